"""The lexicon of cues: words that report speech or thought, what act they report and how their content is attached."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from detente.records import Act


@dataclass(frozen=True)
class Cue:
    """One word that reports speech. `takes` and `prepositions` are explained at the head of data/cues.csv."""

    act: Act
    takes: str
    prepositions: frozenset[str]


@cache
def verbs() -> dict[str, Cue]:
    """Cues by the lemma of the verb, or by "lemma particle" ("point out")."""
    return _table("v")


@cache
def nouns() -> dict[str, Cue]:
    """Cues by the lemma of the noun."""
    return _table("n")


def _table(part: str) -> dict[str, Cue]:
    lines = files("detente.reading").joinpath("data/cues.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {
        row["lemma"]: Cue(cast(Act, row["act"]), row["takes"], frozenset(row["prepositions"].split()))
        for row in rows
        if row["part"] == part
    }
