"""What is written is what comes back, once, wholly or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from detente import Ledger
from detente.errors import InputError
from detente.ledger import witnesses
from detente.records import Reading, to_json
from tests.examples import READING
from tests.strategies import readings

on_disk = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger for all examples of a property test."""
    with Ledger(tmp_path_factory.mktemp("ledger") / "shared.duckdb") as ledger:
        yield ledger


def other(number: int, published: str | None = "2025-01-15") -> Reading:
    """The example as another document."""
    document = msgspec.structs.replace(READING.document, id=f"d{number}", published=published)
    return msgspec.structs.replace(READING, document=document)


@on_disk
@given(reading=readings())
def test_a_reading_comes_back_exactly(shared: Ledger, reading: Reading) -> None:
    # One id for all, so that each replaces the one before.
    document = msgspec.structs.replace(reading.document, id="d1")
    reading = msgspec.structs.replace(reading, document=document)
    assert shared.add(reading, again=True)
    (back,) = shared.readings_of(["d1"])
    assert back == reading
    assert to_json(back) == to_json(reading)


@on_disk
@given(reading=readings())
def test_adding_twice_is_adding_once(shared: Ledger, reading: Reading) -> None:
    shared.add(reading)
    once = list(shared.readings())
    assert not shared.add(reading)
    assert list(shared.readings()) == once


def test_a_document_that_it_holds_is_skipped_even_where_its_reading_is_another(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        assert ledger.add(READING)
        assert not ledger.add(msgspec.structs.replace(READING, events=()))
        assert list(ledger.readings()) == [READING]


def test_again_replaces_all_records_of_the_document_and_no_other(tmp_path: Path) -> None:
    shorter = msgspec.structs.replace(READING, events=READING.events[1:], positions=())
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        ledger.add(other(2))
        assert ledger.add(shorter, again=True)
        assert list(ledger.readings()) == [shorter, other(2)]


def test_again_adds_what_is_new(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        assert ledger.add(READING, again=True)
        assert list(ledger.readings()) == [READING]


def test_it_knows_which_documents_it_holds(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        assert ledger.holds("d1")
        assert not ledger.holds("d")


def test_readings_come_in_the_order_of_publication_with_the_undated_last(tmp_path: Path) -> None:
    days = {1: "2025-01-15", 2: None, 3: "2024-06", 4: "2024"}
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        for number, day in days.items():
            ledger.add(other(number, day))
        assert [reading.document.id for reading in ledger.readings()] == ["d4", "d3", "d1", "d2"]


def test_more_documents_than_are_fetched_at_once_all_come_back(tmp_path: Path) -> None:
    some = [other(number) for number in range(1000, 1150)]
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        assert [*ledger.add_all(some)] == [True] * len(some)
        assert list(ledger.readings()) == some


def test_it_may_be_written_to_while_readings_are_streamed(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        for reading in ledger.readings():
            ledger.add(msgspec.structs.replace(reading, events=()), again=True)
        assert [reading.events for reading in ledger.readings()] == [()]


def _same_id_twice() -> Reading:
    return msgspec.structs.replace(READING, positions=READING.positions * 2)


def _number_without_end() -> Reading:
    evidence = msgspec.structs.replace(READING.positions[0].evidence, end=10**30)
    return msgspec.structs.replace(
        READING, positions=(msgspec.structs.replace(READING.positions[0], evidence=evidence),)
    )


def _half_a_character() -> Reading:
    return msgspec.structs.replace(READING, positions=(msgspec.structs.replace(READING.positions[0], topic="\ud800"),))


@pytest.mark.parametrize("broken", [_same_id_twice(), _number_without_end(), _half_a_character()])
def test_a_reading_that_breaks_the_contract_is_refused_and_leaves_nothing(tmp_path: Path, broken: Reading) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        with pytest.raises(InputError, match=r"^chad\.txt: cannot be stored"):
            ledger.add(broken)
        assert list(ledger.readings()) == []
        assert ledger.add(READING)


def test_a_replacement_that_fails_leaves_the_old_records(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        with pytest.raises(InputError):
            ledger.add(_same_id_twice(), again=True)
        assert list(ledger.readings()) == [READING]


def test_an_interruption_in_the_middle_leaves_the_old_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **keywords: object) -> None:
        raise KeyboardInterrupt

    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(READING)
        monkeypatch.setattr(witnesses, "link", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ledger.add(msgspec.structs.replace(READING, holdings=()), again=True)
        monkeypatch.undo()
        assert list(ledger.readings()) == [READING]


WRITER = """
import sys, msgspec
from detente import Ledger
from tests.examples import READING
with Ledger(sys.argv[1]) as ledger:
    for number in range(10_000):
        document = msgspec.structs.replace(READING.document, id=f"d{number:05}")
        ledger.add(msgspec.structs.replace(READING, document=document))
        print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_had_added(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, cwd=root, text=True) as writer:
        assert writer.stdout
        added = [int(writer.stdout.readline()) for _ in range(20)][-1]
        writer.send_signal(signal.SIGKILL)
    with Ledger(path, read_only=True) as ledger:
        found = list(ledger.readings())
    assert len(found) > added
    assert all(reading.events == READING.events for reading in found)


def test_analysts_may_query_its_tables_with_sql(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with Ledger(path) as ledger:
        ledger.add(READING)
    with duckdb.connect(str(path), read_only=True) as connection:
        said = connection.execute("SELECT source.actor, content.text FROM statements").fetchall()
        roles = connection.execute("SELECT event, role, actor FROM participants ORDER BY event, role").fetchall()
        mentions = connection.execute("SELECT text FROM mentions WHERE actor = 'FRA'").fetchall()
        stances = connection.execute("SELECT event, stance FROM stances").fetchall()
    assert said == [("person:abderaman-koulamallah", READING.statements[0].content.text)]
    assert roles == [
        ("e1", "source", "org:government-of-chad"),
        ("e1", "target", "FRA"),
        ("e2", "source", "org:armed-forces-of-france"),
        ("e2", "target", "org:government-of-chad"),
    ]
    assert mentions == [("French",)]
    assert stances == [("e2", "asserts")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["d1", "d2"]),
        ({"about": "Chad"}, ["d1", "d2"]),
        ({"about": "TCD"}, ["d1", "d2"]),
        ({"about": "faya"}, ["d1", "d2"]),
        ({"about": "a base in"}, ["d1", "d2"]),
        ({"about": "Cha"}, []),
        ({"about": "Paris"}, []),
        ({"since": "2025-01-15"}, ["d1"]),
        ({"since": "2025-01-16"}, []),
        ({"since": "2025-01", "until": "2025"}, ["d1"]),
        ({"until": "2024-11-01"}, ["d1", "d2"]),
        ({"until": "2012"}, []),
    ],
)
def test_readings_are_those_of_the_documents_that_have_to_do_with_it(
    tmp_path: Path, asked: dict[str, str], found: list[str]
) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        ledger.add(other(1))
        ledger.add(other(2, published=None))
        assert [reading.document.id for reading in ledger.readings(**asked)] == found


def test_a_time_that_is_no_date_is_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger, pytest.raises(ValueError, match="no date"):
        list(ledger.readings(since="last week"))
