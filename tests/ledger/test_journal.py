"""What waited for the ledger when its writer was killed is written by the next one, and nothing else is."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente import Ledger, LedgerError
from detente.ledger.journal import Journal, Waiting
from detente.ledger.keeping import backup, restore
from detente.records import Reading
from tests.examples import READING
from tests.ledger.test_adding import BROKEN, numbered


def left_by_a_killed_program(path: Path, *waiting: Waiting) -> Path:
    """The journal of a ledger to which nobody writes any more."""
    journal = Journal(path)
    for one in waiting:
        journal.add(one)
    journal.close()
    return path.with_name(f"{path.name}.journal")


def test_what_waited_is_written_as_it_was_to_be(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    short = replace(READING, events=())
    with Ledger(path) as ledger:
        ledger.add(numbered(1))
        ledger.add(numbered(2))
    file = left_by_a_killed_program(
        path,
        Waiting(numbered(1, short), again=False, dataset=None),
        Waiting(numbered(2, short), again=True, dataset=None),
        Waiting(numbered(3, BROKEN), again=False, dataset=None),
        Waiting(numbered(4), again=False, dataset="other"),
    )
    with Ledger(path, read_only=True) as ledger:
        assert [*ledger.readings()] == [numbered(1), numbered(2)]
    with Ledger(path) as ledger:
        assert [*ledger.readings()] == [numbered(1), numbered(2, short), numbered(4)]
        assert [row["dataset"] for row in ledger.sql("SELECT dataset FROM documents ORDER BY added")] == [
            None,
            None,
            "other",
        ]
    assert not file.exists()


def test_a_line_that_is_not_whole_costs_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "ledger.duckdb"
    file = left_by_a_killed_program(path, *(Waiting(numbered(n), again=False, dataset=None) for n in (1, 2, 3)))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + b'{"reading": 3}\n' + lines[1] + lines[2][:-20])
    with Ledger(path) as ledger:
        assert [*ledger.readings()] == [numbered(1), numbered(2)]
    assert [record.getMessage() for record in caplog.records] == [
        f"{file}: a reading that an interrupted run left cannot be taken over; read its text again"
    ]


def test_while_readings_wait_they_stand_in_the_journal_and_then_no_more(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"

    def coming() -> Iterator[Reading]:
        yield numbered(1)
        assert [waiting.reading for waiting in Journal(path).left()] == [numbered(1)]
        yield numbered(2)
        assert [waiting.reading for waiting in Journal(path).left()] == [numbered(1), numbered(2)]

    with Ledger(path) as ledger:
        assert [*ledger.add_all(coming())] == [True, True]
        assert Journal(path).left() == []
    assert not path.with_name("ledger.duckdb.journal").exists()
    with Ledger(path, read_only=True) as ledger, pytest.raises(LedgerError, match="opened to be read"):
        next(ledger.add_all([numbered(3), numbered(4)]))
    assert not path.with_name("ledger.duckdb.journal").exists()


def test_what_waited_for_a_ledger_does_not_come_into_the_one_restored_in_its_place(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.duckdb", tmp_path / "copy.duckdb"
    with Ledger(path) as ledger:
        ledger.add(numbered(1))
    backup(path, copy)
    left_by_a_killed_program(path, Waiting(numbered(2), again=False, dataset=None))
    aside = restore(copy, path)
    with Ledger(path) as ledger:
        assert [*ledger.readings()] == [numbered(1)]
    assert aside is not None
    with Ledger(aside) as ledger:
        assert [*ledger.readings()] == [numbered(1), numbered(2)]


def test_a_full_disk_is_told_and_what_waited_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    journal, waiting = Journal(path), Waiting(numbered(1), again=False, dataset=None)
    journal.add(waiting)
    room = path.with_name("ledger.duckdb.journal").stat().st_size + 100
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        with pytest.raises(LedgerError, match="the disk is full"):
            journal.add(waiting)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        journal.close()
    assert Journal(path).left() == [waiting]
