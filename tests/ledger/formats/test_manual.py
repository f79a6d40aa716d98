"""What docs/export.md shows runs, and it names all that is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from detente import Ledger
from detente.cli.export import Format
from detente.ledger.formats.plover_tsv import export_polecat
from detente.ledger.formats.tables import TABLES
from detente.relations.graphs import EDGES, NODES
from tests.examples import READING

MANUAL = (Path(__file__).parents[3] / "docs" / "export.md").read_text("utf-8")


def section(name: str) -> str:
    _, found, below = MANUAL.partition(f"\n## {name}\n")
    assert found
    return below.partition("\n## ")[0]


def named(text: str) -> set[str]:
    """The words in code of the first cell of each row."""
    return {word for row in re.findall(r"^\|(.*?)\|", text, re.MULTILINE) for word in re.findall(r"`([^`]+)`", row)}


def test_its_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger("crisis.duckdb") as ledger:
        ledger.add(READING)
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    exec(compile(code, "docs/export.md", "exec"), {})  # noqa: S102
    with Ledger("copy.duckdb") as copy:
        assert list(copy.readings()) == [READING]


def test_it_names_all_formats_and_tables() -> None:
    told = MANUAL.partition("\n## ")[0]
    assert {word.split()[0] for word in named(told)} == set(get_args(Format))
    assert set(TABLES) <= set(re.findall(r"`(\w+)`", section("Tables") + section("Imported events")))


def test_it_names_all_columns_of_polecat_and_no_others(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        columns = set(export_polecat(ledger, tmp_path / "out.tsv").columns)
    told = named(section("POLECAT"))
    for called in ("Actor", "Recipient"):
        told |= {name.replace("…", called) for name in told if "…" in name}
    assert {name for name in told if "…" not in name} == columns


def test_it_names_all_that_nodes_and_edges_tell() -> None:
    assert named(section("Graphs")) == {"id", "party", *NODES, *EDGES}
