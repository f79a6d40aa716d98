"""`detente ledger check|backup|restore`: faults are found, copies are whole, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pytest

from detente import Ledger
from detente.cli import run
from detente.records import Reading
from tests.examples import READING

OTHER = msgspec.structs.replace(READING, document=msgspec.structs.replace(READING.document, id="d2"))

RECORDS = ("e1", "e2", "h1", "p1", "s1", "band", *(f"actor {actor.id}" for actor in READING.actors))

# DuckDB moves what it wrote from its log into the file when it closes it; a killed process leaves it in the log.
KILLED = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("UPDATE documents SET title = 'From the log'")
os._exit(0)
"""


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error."""
    (line,) = capsys.readouterr().err.splitlines()
    return line.removeprefix("detente: ")


def held(path: Path) -> list[Reading]:
    """The readings of a ledger."""
    with Ledger(path, read_only=True) as ledger:
        return list(ledger.readings())


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for the files that are only locked."""
    return sorted(path.name for path in folder.iterdir() if path.suffix not in {".lock", ".waiting"})


def _with(table: str, column: str, change: str) -> str:
    """SQL that changes a field of a struct in all rows."""
    return f"UPDATE {table} SET {column} = struct_update({column}, {change})"  # noqa: S608


def test_a_ledger_without_faults_is_told_so_with_what_it_holds(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ledger", "check", "--ledger", str(ledger)]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "1 documents" in shown.err
    assert "2 events" in shown.err
    assert shown.err.endswith("; no faults\n")
    assert run(["ledger", "check", "--ledger", str(ledger), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ("DELETE FROM documents", [f"d1/{record}: belongs to a document that is not there" for record in RECORDS]),
        (
            "DELETE FROM statements",
            ["d1/e1: reported_by", "d1/e2: reported_by", "d1/e2: stances", "d1/h1: reported_by", "d1/p1: statement"],
        ),
        (
            "DELETE FROM actors WHERE id = 'FRA'",
            ["d1/e1: targets names an actor that is not there: FRA", "d1/p1: of n"],
        ),
        ("UPDATE statements SET within = 's9'", ["d1/s1: within names a statement that is not there: s9"]),
        ("UPDATE holdings SET reported_by = 's9'", ["d1/h1: reported_by names a statement that is not there: s9"]),
        ("UPDATE statements SET addressee = 'X'", ["d1/s1: addressee names an actor that is not there: X"]),
        (_with("events", "trigger", "start := 0"), ["d1/e1: trigger has other", "d1/e2: trigger has other"]),
        (_with("positions", "evidence", '"end" := 1000'), ["d1/p1: evidence lies outside the text: 0–1000"]),
        (_with("holdings", "evidence", "start := -1"), ["d1/h1: evidence lies outside the text: -1–"]),
        (_with("statements", "content", "text := 'Chad'"), ["d1/s1: content has other words than the text"]),
        (_with("statements", "content", "spans := [[0, 999]]"), ["d1/s1: content has", "d1/s1: content lies outside"]),
        ("UPDATE actors SET mentions = [{'text': 'x', 'start': 0, 'end': 4}] WHERE id = 'TCD'", ["d1/actor TCD: men"]),
        ("INSERT INTO copies VALUES ('d1', 'd0', 1)", ["d0/original: belongs to a document that is not there"]),
        ("INSERT INTO bands VALUES (1, 'd0')", ["d0/band: belongs to a document that is not there"]),
    ],
)
def test_faults_are_lines_and_status_3(
    ledger: Path, capsys: pytest.CaptureFixture[str], change: str, faults: list[str]
) -> None:
    with duckdb.connect(str(ledger)) as connection:
        connection.execute(change)
    assert run(["ledger", "check", "--ledger", str(ledger)]) == 3
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert len(lines) == len(faults)
    assert all(line.startswith(fault) for line, fault in zip(lines, sorted(faults), strict=True)), lines
    assert f"; {len(lines)} fault" in shown.err


def test_damage_is_found_wherever_it_is(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = ledger.read_bytes()
    place = content.index(b"French soldiers leave")
    ledger.write_bytes(content[:place] + b"X" + content[place + 1 :])
    assert run(["ledger", "check", "--ledger", str(ledger)]) == 3
    assert said(capsys).startswith(f"{ledger}: is damaged or cannot be used (")


def test_a_backup_restored_is_the_ledger_and_the_later_one_is_kept(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.duckdb"
    assert run(["ledger", "backup", str(copy), "--ledger", str(ledger)]) == 0
    assert said(capsys) == f"{ledger} copied to {copy}"
    assert held(copy) == [READING]
    with Ledger(ledger) as opened:
        opened.add(OTHER)
    assert run(["ledger", "restore", str(copy), "--ledger", str(ledger)]) == 0
    kept = tmp_path / "detente.duckdb.old-1"
    assert said(capsys) == f"{ledger} is now what {copy} holds; what was there is kept as {kept}"
    assert held(ledger) == held(copy) == [READING]
    assert held(kept) == [READING, OTHER]
    assert run(["ledger", "restore", str(kept), "--ledger", str(ledger), "--quiet"]) == 0
    assert held(ledger) == [READING, OTHER]
    assert capsys.readouterr().err == ""
    assert names(tmp_path) == ["copy.duckdb", "detente.duckdb", "detente.duckdb.old-1", "detente.duckdb.old-2"]


def test_what_a_killed_writer_left_in_the_log_is_in_the_backup_and_stays_with_the_ledger(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(ledger)], check=True)
    log = tmp_path / "detente.duckdb.wal"
    assert log.exists()
    copy = tmp_path / "copy.duckdb"
    assert run(["ledger", "backup", str(copy), "--ledger", str(ledger), "--quiet"]) == 0
    assert names(tmp_path) == ["copy.duckdb", "detente.duckdb", "detente.duckdb.wal"]
    assert run(["ledger", "restore", str(copy), "--ledger", str(ledger), "--quiet"]) == 0
    assert not log.exists()
    for path in (copy, ledger, tmp_path / "detente.duckdb.old-1"):
        assert [reading.document.title for reading in held(path)] == ["From the log"]


def test_a_backup_is_made_while_another_writes_and_is_not_restored_over_it(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.duckdb"
    with Ledger(ledger) as writer:
        assert run(["ledger", "backup", str(copy), "--ledger", str(ledger), "--quiet"]) == 0
        assert run(["ledger", "restore", str(copy), "--ledger", str(ledger)]) == 3
        assert "is being written by another program" in said(capsys)
        writer.add(OTHER)
    assert held(copy) == [READING]
    assert held(ledger) == [READING, OTHER]


def test_a_ledger_is_restored_where_there_is_none_or_a_damaged_one(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.duckdb"
    assert run(["ledger", "restore", str(ledger), "--ledger", str(path)]) == 0
    assert said(capsys) == f"{path} is now what {ledger} holds"
    path.write_bytes(b"damaged")
    assert run(["ledger", "restore", str(ledger), "--ledger", str(path), "--quiet"]) == 0
    assert held(path) == [READING]
    assert (tmp_path / "new.duckdb.old-1").read_bytes() == b"damaged"


def test_nothing_is_overwritten_by_a_backup(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_text("something else")
    assert run(["ledger", "backup", str(copy), "--ledger", str(ledger)]) == 3
    assert said(capsys) == f"{copy}: is there already; name a new file for the backup"
    assert copy.read_text() == "something else"
    assert run(["ledger", "backup", str(tmp_path / "none" / "copy.duckdb"), "--ledger", str(ledger)]) == 3
    assert "there is no folder" in said(capsys)


def test_a_backup_with_faults_is_not_restored(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.duckdb"
    assert run(["ledger", "backup", str(copy), "--ledger", str(ledger), "--quiet"]) == 0
    with duckdb.connect(str(copy)) as connection:
        connection.execute("DELETE FROM documents")
    assert run(["ledger", "restore", str(copy), "--ledger", str(ledger)]) == 3
    line = said(capsys)
    assert line.startswith(f"{copy}: d1/")
    assert line.endswith(f"see all faults with: detente ledger check --ledger {copy}")
    copy.write_text("no ledger at all")
    assert run(["ledger", "restore", str(copy), "--ledger", str(ledger)]) == 3
    assert said(capsys).startswith(f"{copy}: is no ledger")
    assert run(["ledger", "restore", str(tmp_path / "none.duckdb"), "--ledger", str(ledger)]) == 3
    assert "there is no ledger" in said(capsys)
    assert held(ledger) == [READING]
    assert names(tmp_path) == ["copy.duckdb", "detente.duckdb"]


@pytest.mark.parametrize(("other", "reason"), [("d9/e1", "no such record"), ("d1/s1", "is no event")])
def test_only_events_that_are_there_are_parted(
    ledger: Path, other: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ledger", "part", "d1/e1", other, "--ledger", str(ledger)]) == 1
    line = said(capsys)
    assert line.startswith(f"{other}: ")
    assert reason in line


def test_no_ledger_is_made_to_part_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.duckdb"
    assert run(["ledger", "part", "d1/e1", "d2/e1", "--ledger", str(path)]) == 3
    assert "there is no ledger" in said(capsys)
    assert not path.exists()
