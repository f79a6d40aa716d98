"""`detente import` tells what became of each file, and its status whether rows were left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli import run
from detente.records import to_json
from tests.examples import READING
from tests.ledger.formats.made import ACLED, ICEWS, asked, comma, tsv


def test_it_tells_what_was_written_revised_and_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "l.duckdb"
    bad = {**ACLED, "event_id_cnty": "MLI2", "event_date": "some day"}
    first = comma(tmp_path / "1.csv", [ACLED, bad])
    second = comma(tmp_path / "2.csv", [{**ACLED, "fatalities": "9", "sub_event_type": "Something new"}])
    command = ["import", "acled", str(first), "--dataset", "mali", "--ledger", str(ledger)]
    assert run([*command, "--vintage", "24.1"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"detente: {first}: 1 event written to {ledger}, 1 row set aside",
        f"detente: {first}: 1 row set aside: has in column event_date …, which is no date",
    ]
    assert run(command) == 0
    assert capsys.readouterr().err == f"detente: {first}: is in mali already\n"
    command[2] = str(second)
    assert run(command) == 0
    assert capsys.readouterr().err == (
        f"detente: {second}: 1 event written to {ledger}, 1 of them in the place of earlier ones, "
        "1 of a kind for which PLOVER has no type\n"
    )
    assert asked(ledger, "SELECT vintage FROM files ORDER BY file") == [("24.1",), (None,)]


def test_a_dry_run_makes_no_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, file = tmp_path / "l.duckdb", tsv(tmp_path / "e.tab", [ICEWS])
    assert run(["import", "icews", str(file), "--dataset", "icews", "--dry-run", "--ledger", str(ledger)]) == 0
    assert capsys.readouterr().err == f"detente: {file}: 1 event would be written\n"
    assert not ledger.exists()


def test_a_file_of_another_format_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tsv(tmp_path / "e.tab", [ICEWS])
    assert run(["import", "ucdp", str(file), "--dataset", "ged", "--ledger", str(tmp_path / "l.duckdb")]) == 1
    assert capsys.readouterr().err == f"detente: {file}: has no column id; is it a file of UCDP GED?\n"


def test_an_imported_data_set_is_asked_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, file = tmp_path / "l.duckdb", tsv(tmp_path / "e.tab", [ICEWS])
    assert run(["import", "icews", str(file), "--dataset", "icews", "--ledger", str(ledger), "--quiet"]) == 0
    asking = [
        "relations",
        "RUS",
        "UKR",
        "--dataset",
        "icews",
        "--by",
        "year",
        "--format",
        "csv",
        "--ledger",
        str(ledger),
    ]
    assert run(asking) == 0
    head, row = capsys.readouterr().out.splitlines()
    told = dict(zip(head.split(","), row.split(","), strict=True))
    assert (told["period"], told["deeds"], told["verbal_conflict"], told["intensity"]) == (
        "2014-01-01",
        "1",
        "1",
        "-2.0",
    )


def test_readings_of_another_ledger_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger, file = tmp_path / "l.duckdb", tmp_path / "all.jsonl"
    file.write_bytes(to_json(READING) + b"\n{}\n")
    command = ["import", "jsonl", str(file), "--ledger", str(ledger)]
    assert run([*command, "--dry-run", "--quiet"]) == 1
    assert not ledger.exists()
    wrong = f"detente: {file}:2: is no reading: Object missing required field `reader`"
    assert capsys.readouterr().err.splitlines() == [wrong]
    assert run(command) == 1
    assert capsys.readouterr().err.splitlines() == [
        wrong,
        f"detente: {file}: 1 document written to {ledger}, 0 there already, 1 left out",
    ]
    assert run([*command, "--dataset", "counts"]) == 1
    assert "0 documents written" in capsys.readouterr().err
    assert asked(ledger, "SELECT dataset FROM documents") == [(None,)]
    assert run([*command, "--vintage", "24.1"]) == 2
    assert run(["import", "icews", str(file), "--ledger", str(ledger)]) == 2
    assert "Missing option '--dataset'" in capsys.readouterr().err
