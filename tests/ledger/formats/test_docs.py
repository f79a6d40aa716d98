"""The manual of formats names the columns that there are, and what it shows runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.ledger.formats.importing import FORMATS
from tests.ledger.formats.made import ICEWS, asked, taken, tsv

MANUAL = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")
TABLES = re.findall(r"^\| .* \| (.*) \|$", MANUAL, re.MULTILINE)


def test_every_format_has_a_section_with_its_terms() -> None:
    for layout in FORMATS.values():
        _, found, section = MANUAL.partition(f"\n## {layout.title}\n")
        assert found
        assert re.search(r"Terms:\s+as\s+stated", section.partition("\n## ")[0])


def test_it_names_columns_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "l.duckdb"
    taken(path, "icews", tsv(tmp_path / "e.tab", [ICEWS]))
    columns = {row[0] for row in asked(path, "SELECT column_name FROM (DESCRIBE imported)")}
    scales = {"cameo-goldstein", "plover"}
    named = {name for cell in TABLES for name in re.findall(r"`([\w-]+)`", cell)}
    assert named - scales <= columns


def test_its_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    tsv(tmp_path / "events.2014.tab", [ICEWS])
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    exec(code, {})  # noqa: S102
    assert capsys.readouterr().out == "1 0 0 {}\n"
    (query,) = re.findall(r"```sql\n(.*?)```", MANUAL, re.DOTALL)
    assert asked(tmp_path / "crisis.duckdb", query) == [("Foreign Ministry (Russia)", ["GOV"])]
