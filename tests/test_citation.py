"""CITATION.cff is what the Citation File Format 1.2.0 asks for, and of this version."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

import detente

ROOT = Path(__file__).parents[1]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_it_has_the_keys_that_the_format_requires_and_no_unknown_ones() -> None:
    assert {"cff-version", "message", "title", "authors"} <= CITATION.keys()
    assert CITATION["cff-version"] == "1.2.0"
    known = {"cff-version", "message", "type", "title", "abstract", "authors", "version", "license", "keywords"}
    assert CITATION.keys() <= known
    assert all(isinstance(word, str) for word in CITATION["keywords"])


def test_it_is_of_this_version_and_licence() -> None:
    assert CITATION["version"] == PROJECT["version"] == detente.__version__
    assert (CITATION["license"], CITATION["type"]) == (PROJECT["license"], "software")
    assert CITATION["keywords"] == PROJECT["keywords"]


def test_it_names_no_people_and_no_identifier_that_there_is_not() -> None:
    assert CITATION["authors"] == [{"name": "The detente authors"}]
    assert "doi" not in CITATION
