"""`detente panel`: the table and its manifest as files, and what is wrong in one line."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from tests.relations.made import event, reading


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a ledger: a threat in January, nothing read in February, an old deed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    with Ledger("detente.duckdb") as ledger:
        ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",))))
        ledger.add(reading("2024-03-10", event(("RUS",), "AID", ("BLR",), date="2024")))
        ledger.add(reading("2023-06-01", event(("USA",), "AID", ("UKR",), scale="cameo-goldstein")), dataset="counts")
    return tmp_path


def test_a_table_is_written_with_its_manifest_and_a_line_says_what_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["panel", "--actors", "RUS, UKR", "--out", "panel.csv"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "detente: panel.csv: 6 rows, 2 states from 2024-01-01 to 2024-03-01, out of 2 documents",
        "detente: left out: deeds that are not dated to the month: 1",
    ]
    with (folder / "panel.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["period"], row["read"], row["deeds"]) for row in rows if row["source"] == "RUS"] == [
        ("2024-01-01", "1", "1"),
        ("2024-02-01", "0", ""),
        ("2024-03-01", "1", "0"),
    ]
    manifest = json.loads((folder / "panel.csv.manifest.json").read_text("utf-8"))
    assert manifest["sha256"] == hashlib.sha256((folder / "panel.csv").read_bytes()).hexdigest()
    assert manifest["parameters"]["actors"] == ["RUS", "UKR"]
    assert run(["panel", "--output", "panel.csv", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_time_unit_data_set_and_scale_are_those_asked_for(folder: Path) -> None:
    asked = ["--dataset", "counts", "--since", "2023-05", "--until", "2023-06", "--scale", "cameo-goldstein"]
    assert run(["panel", "--unit", "country-month", *asked, "--out", "panel.csv"]) == 0
    with (folder / "panel.csv").open(newline="") as stream:
        rows = [(row["dataset"], row["country"], row["period"], row["by_intensity"]) for row in csv.DictReader(stream)]
    assert rows == [
        ("counts", "UKR", "2023-05-01", ""),
        ("counts", "UKR", "2023-06-01", ""),
        ("counts", "USA", "2023-05-01", ""),
        ("counts", "USA", "2023-06-01", "10.0"),
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("", "Missing option '--out'"),
        ("--out panel.xlsx", "panel.xlsx: its ending is none of .csv, .parquet"),
        ("--out none/panel.csv", "none/panel.csv: cannot be written: No such file"),
        ("--out panel.csv --unit dyad-year", "is not one of"),
        ("--out panel.csv --since soon", "'soon' is no date"),
        ("--out panel.csv --since 2025", "is no time; documents were read from 2024-01-01 to 2024-03-01"),
        ("--out panel.csv --actors RUS,Ukraine", "Ukraine: is no state's code"),
        (
            "--out panel.csv --dataset other",
            "no data set 'other' in it; name one of its data sets with --dataset: counts",
        ),
        (
            "--out panel.csv --unit dyad-day --since 0001 --until 9999",
            "and at most 5,000,000 are written; name fewer",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    before = {path.name for path in folder.iterdir()}
    assert run(["panel", *arguments.split()]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
    assert {path.name for path in folder.iterdir()} - {"detente.duckdb.waiting"} == before - {"detente.duckdb.waiting"}


def test_a_missing_ledger_is_status_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["panel", "--out", "panel.csv", "--ledger", "none.duckdb"]) == 3
    assert "there is no ledger" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
