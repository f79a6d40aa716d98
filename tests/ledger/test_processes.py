"""Killed at any moment, read by others meanwhile, on a full disk: what was added stays, whole."""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final
from unittest import mock

import duckdb
import msgspec
import pytest

from detente import Ledger, LedgerError
from detente.cli import run
from detente.ledger import store
from detente.records import Reading
from tests.examples import READING

KILLS: Final = 50
DOCUMENTS: Final = 60
TOGETHER: Final = 3
FULL: Final = "{}: the disk is full (File too large); make room and run the same command again"

# Processes are forked from one that has imported what they need, and start in a moment.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["duckdb", "msgspec", "detente.ledger.store", "tests.examples"])


def prepared(number: int) -> Reading:
    """The example as another document, longer or shorter, with more or fewer events."""
    document = msgspec.structs.replace(
        READING.document, id=f"d{number:04}", title=f"Number {number}", text=READING.document.text * (1 + number % 7)
    )
    return msgspec.structs.replace(READING, document=document, events=READING.events[: number % 3])


def add(path: Path, numbers: Sequence[int], told: Connection) -> None:
    """Begin, add documents, telling each, and the error at which it ends."""
    told.send("begun")
    try:
        with Ledger(path) as ledger:
            for number in numbers:
                ledger.add(prepared(number))
                told.send(number)
    except LedgerError as error:
        told.send(str(error))


def add_together(path: Path, numbers: Sequence[int], told: Connection) -> None:
    """Begin, add documents as `detente read` does, some in one transaction, telling each when the next is asked for."""
    told.send("begun")

    def read() -> Iterator[Reading]:
        for number in numbers:
            yield prepared(number)
            told.send(number)

    # A few, so that many kills fall between them.
    with mock.patch.object(store, "_TOGETHER", TOGETHER), Ledger(path) as ledger:
        [*ledger.add_all(read())]


def add_on_a_small_disk(path: Path, room: int, told: Connection) -> None:
    """Add documents where no file may grow over `room` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    add(path, range(10_000), told)


@contextmanager
def started(target: Callable[..., None], *arguments: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process, and what it tells. It is killed in the end."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=target, args=(*arguments, there), daemon=True)
    process.start()
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join()
        here.close()


def all_told(here: Connection) -> list[Any]:
    """What a process still tells before it ends."""
    told = []
    try:
        while True:
            told.append(here.recv())
    except EOFError:
        return told


def content(path: Path) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in tables}


def found(path: Path) -> list[Reading]:
    """The readings of a ledger that may not have been made yet."""
    if not path.exists():
        return []
    with Ledger(path, read_only=True) as ledger:
        return list(ledger.readings())


def test_killed_fifty_times_it_holds_what_an_undisturbed_run_holds(tmp_path: Path) -> None:
    undisturbed, path = tmp_path / "undisturbed.duckdb", tmp_path / "ledger.duckdb"
    with started(add_together, undisturbed, range(DOCUMENTS)) as (_, here):
        here.recv()
        start = time.monotonic()
        assert here.recv() == 0
        opening = time.monotonic() - start
        assert all_told(here) == [*range(1, DOCUMENTS)]
        pace = (time.monotonic() - start - opening) / (DOCUMENTS / TOGETHER - 1)
    held = 0
    for _ in range(KILLS):
        with started(add_together, path, range(held, DOCUMENTS)) as (process, here):
            here.recv()
            # Most kills fall on the opening and what is written first, the others on what is written then.
            time.sleep(random.uniform(0, opening + 2 * pace))  # noqa: S311
            process.kill()
            told = all_told(here)
        readings = found(path)
        assert readings == [prepared(number) for number in range(len(readings))]
        # Whoever writes next takes over what waited: no more is lost than the one in hand.
        with Ledger(path) as ledger:
            readings = [*ledger.readings()]
        assert len(readings) >= held + len(told)
        held = len(readings)
        assert readings == [prepared(number) for number in range(held)]
    assert held
    with started(add_together, path, range(DOCUMENTS)) as (_, here):
        assert all_told(here) == ["begun", *range(DOCUMENTS)]
    assert content(path) == content(undisturbed)


def test_others_read_whole_documents_while_one_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ledger.duckdb"
    seen = []
    with started(add, path, range(10_000)) as (writer, here):
        assert (here.recv(), here.recv()) == ("begun", 0)
        with Ledger(path, read_only=True) as ledger:
            for _ in range(10):
                readings = list(ledger.readings())
                assert readings == [prepared(number) for number in range(len(readings))]
                seen.append(len(readings))
                assert run(["list", "documents", "--format", "jsonl", "--ledger", str(path)]) == 0
                rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
                assert [row["events"] for row in rows] == [number % 3 for number in range(len(rows))]
                seen.append(len(rows))
            assert run(["brief", "--json", "--ledger", str(path)]) == 0
            assert "Number 0" in capsys.readouterr().out
        assert writer.is_alive()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_a_full_disk_is_told_where_a_ledger_is_made(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with started(add_on_a_small_disk, path, 20_000) as (_, here):
        assert all_told(here) == ["begun", FULL.format(path)]
    assert {left.name for left in tmp_path.iterdir()} == {"ledger.duckdb.lock", "ledger.duckdb.waiting"}


@pytest.mark.parametrize("room", [-1_000_000, 300_000])
def test_a_full_disk_is_told_and_what_was_written_stays(tmp_path: Path, room: int) -> None:
    path = tmp_path / "ledger.duckdb"
    with started(add, path, range(3)) as (_, here):
        all_told(here)
    # Less room than the file has already is left to its log alone.
    room = max(path.stat().st_size + room, 5_000)
    with started(add_on_a_small_disk, path, room) as (_, here):
        _, *told, line = all_told(here)
    assert line == FULL.format(path)
    readings = found(path)
    assert len(readings) >= max(len(told), 3)
    assert readings == [prepared(number) for number in range(len(readings))]
    with Ledger(path) as ledger:
        assert ledger.add(prepared(len(readings)))
    assert len(found(path)) == len(readings) + 1
