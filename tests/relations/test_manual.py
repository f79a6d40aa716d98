"""The manual for research names the columns and fields that there are, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import Ledger
from detente.ledger.manifest import Inputs, Manifest, ReadBy
from detente.relations.panel import MOST_ROWS, Unit, panel
from tests.examples import READING

MANUAL = (Path(__file__).parents[2] / "docs" / "research.md").read_text("utf-8")


def section(heading: str) -> str:
    """The text below a heading."""
    _, found, below = MANUAL.partition(f"\n{heading}\n")
    assert found
    return re.split(r"\n##+ ", below)[0]


def named(text: str) -> list[str]:
    """What the first cells of the tables in a text name, in their order."""
    cells = re.findall(r"^\| (`.*?`) \| ", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def columns(tmp_path: Path, unit: Unit) -> list[str]:
    """The columns that a table of these units has."""
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        return [*panel(ledger, unit).rows.columns]


@pytest.mark.parametrize("unit", ["dyad-month", "dyad-day"])
def test_it_names_the_columns_of_dyads(tmp_path: Path, unit: Unit) -> None:
    assert named(section("### Columns of dyads")) == columns(tmp_path, unit)


def test_it_names_the_columns_of_countries(tmp_path: Path) -> None:
    told = named(section("### Columns of dyads"))
    start, end = told.index("deeds"), told.index("deeds_per_1000") + 1
    sides = named(section("### Columns of countries"))
    assert sides == ["by_", "to_", "within_"]
    repeated = [f"{side}{name}" for side in sides for name in told[start:end]]
    known = [name for name in told[:start] if name not in ("source", "target")]
    assert [*known[:1], "country", *known[1:], *repeated, *told[end:]] == columns(tmp_path, "country-month")


def test_it_names_the_fields_of_a_manifest() -> None:
    fields, _, inputs = section("## Manifests").partition("| field of `inputs` |")
    assert named(fields) == [*Manifest.__struct_fields__]
    assert named(inputs) == [*Inputs.__struct_fields__]
    assert all(f"`{name}`" in inputs for name in ReadBy.__struct_fields__)


def test_it_names_the_most_rows() -> None:
    assert f"More than {MOST_ROWS:,} rows are refused" in MANUAL


def test_its_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with Ledger("crisis.duckdb") as ledger:
        ledger.add(READING)
    exec(code, {})  # noqa: S102
    assert (tmp_path / "panel.parquet.manifest.json").exists()
