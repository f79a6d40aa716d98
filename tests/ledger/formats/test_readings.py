"""A ledger made of what another exported is equal to it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from detente import InputError, Ledger
from detente.ledger.formats import readings as exporting
from detente.ledger.formats.contract import fault
from detente.ledger.formats.readings import export_readings, import_readings
from detente.ledger.formats.tables import OF_TEXTS
from detente.records import Content, Evidence, Reading, Span, reading_from_json, to_json
from tests.examples import READING
from tests.relations.made import event, reading
from tests.strategies import readings

on_disk = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def back(file: Path) -> list[Reading]:
    return [reading_from_json(line) for line in file.read_bytes().splitlines()]


def whole(ledger: Ledger) -> dict[str, Any]:
    """All that a ledger holds."""
    return {table: sorted(ledger.sql(f"FROM {table}"), key=repr) for table in (*OF_TEXTS, "bands")}


@on_disk
@given(read=readings())
def test_a_reading_comes_back_exactly(shared: Ledger, tmp_path_factory: pytest.TempPathFactory, read: Reading) -> None:
    read = replace(read, document=replace(read.document, id="d1"))
    shared.add(read, again=True)
    file = tmp_path_factory.getbasetemp() / "all.jsonl"
    export_readings(shared, file)
    assert back(file) == [read]


def test_a_ledger_of_the_export_is_equal_with_all_its_witnesses(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_DOCUMENTS_AT_ONCE", 2)
    # Neither by day nor by id in the order of writing: who was written first comes first in a happening.
    for id, day in (("c", "2024-03-03"), ("b", "2024-03-02"), ("d", "2024-03-04"), ("a", "2024-03-01")):
        one = reading(day, event(("RUS",), "THREATEN", ("UKR",), date="2024-03-01"), outlet=day)
        ledger.add(replace(one, document=replace(one.document, id=id)))
    ledger.add(READING)
    made = export_readings(ledger, tmp_path / "all.jsonl")
    assert made.rows == 5
    assert len({row["happening"] for row in ledger.sql("FROM reports")}) < 6
    with Ledger(tmp_path / "copy.duckdb") as copy:
        for one in back(tmp_path / "all.jsonl"):
            copy.add(one)
        assert whole(copy) == whole(ledger)
        assert export_readings(copy, tmp_path / "again.jsonl").sha256 == made.sha256


def test_documents_are_chosen_by_data_set_matter_and_time(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    ledger.add(reading("2023-06-01", event(("USA",), "AID", ("UKR",))))
    ledger.add(replace(READING, document=replace(READING.document, id="d2")), dataset="counts")
    file = tmp_path / "some.jsonl"
    for asked in ({"about": "Chad"}, {"since": "2024-01"}):
        export_readings(ledger, file, **asked)
        assert back(file) == [READING]
    export_readings(ledger, file, dataset="counts")
    assert [one.document.id for one in back(file)] == ["d2"]
    export_readings(ledger, file, until="1990")
    assert back(file) == []
    with pytest.raises(ValueError, match="'soon' is no date"):
        export_readings(ledger, file, since="soon")


def test_a_ledger_takes_what_another_exported_and_doing_it_twice_changes_nothing(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.add(READING)
    ledger.add(reading("2023-06-01", event(("USA",), "AID", ("UKR",))))
    file, copy = tmp_path / "all.jsonl", tmp_path / "copy.duckdb"
    export_readings(ledger, file)
    packed = tmp_path / "all.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    wrong: list[InputError] = []
    (dry,) = import_readings(copy, [file], failed=wrong.append, dry_run=True)
    assert not copy.exists()
    first, again = import_readings(copy, [file, packed], failed=wrong.append)
    assert (first.written, first.held, first.left_out) == (2, 0, 0)
    assert (again.written, again.held, again.left_out) == (0, 2, 0)
    assert dry == first
    (dry,) = import_readings(copy, [packed], failed=wrong.append, dry_run=True)
    assert dry == again
    assert wrong == []
    with Ledger(copy, read_only=True) as other:
        assert whole(other) == whole(ledger)


def broken(**parts: Any) -> bytes:
    """The example with parts of it replaced, as JSON."""
    return to_json(replace(READING, **{"document": replace(READING.document, id="broken"), **parts}))


EVENT = READING.events[0]
STATEMENT = READING.statements[0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is JSON nested too deeply|is no JSON|is no reading"),
        (b"\xff\xfe", "is no JSON|is not UTF-8"),
        (b'{"text": "an article"}', "is no reading: Object "),
        (broken(schema=999), "was written by a newer detente"),
        (broken(document=replace(READING.document, text="")), "has a document without an id or a text"),
        (broken(events=(replace(EVENT, evidence=Evidence(start=0, end=10**6)),)), r"at events\[0\]\.evidence a place"),
        (broken(events=(replace(EVENT, evidence=Evidence(start=-5, end=2)),)), r"at events\[0\]\.evidence a place"),
        (broken(events=(replace(EVENT, trigger=Span(text="x", start=0, end=1)),)), r"events\[0\]\.trigger words that"),
        (broken(events=(replace(EVENT, sources=("XXX",)),)), r"events\[0\]\.sources 'XXX', which is not in the read"),
        (broken(events=(replace(EVENT, reported_by="s99"),)), r"reported_by 's99', which is not in the reading"),
        (broken(events=(replace(EVENT, date="soon"),)), r"events\[0\]\.date 'soon', which is no date"),
        (
            broken(statements=(replace(STATEMENT, content=Content(text="x", spans=((5, 3),))),)),
            r"statements\[0\]\.content a place",
        ),
        (broken(actors=(*READING.actors, READING.actors[0])), "two records have one id"),
    ],
)
def test_a_line_that_holds_no_sound_reading_is_left_out(tmp_path: Path, line: bytes, reason: str) -> None:
    file = tmp_path / "all.jsonl"
    file.write_bytes(line + b"\n\n" + to_json(READING) + b"\n")
    wrong: list[InputError] = []
    (done,) = import_readings(tmp_path / "l.duckdb", [file], failed=wrong.append)
    assert (done.written, done.left_out) == (1, 1)
    (error,) = wrong
    assert re.search(reason, str(error))
    assert len(str(error).splitlines()) == 1
    with Ledger(tmp_path / "l.duckdb", read_only=True) as ledger:
        assert [*ledger.readings()] == [READING]


@on_disk
@given(read=readings())
def test_a_reading_that_keeps_the_contract_has_no_fault(read: Reading) -> None:
    assert fault(read) is None


def test_long_lines_and_torn_files_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = to_json(READING) + b"\n"
    monkeypatch.setattr(exporting, "_LONGEST", len(good))
    long, torn = tmp_path / "long.jsonl", tmp_path / "torn.jsonl.gz"
    long.write_bytes(b"x" * (3 * len(good)) + b"\n" + good)
    torn.write_bytes(gzip.compress(good + good)[:-20])
    wrong: list[InputError] = []
    done = [*import_readings(tmp_path / "l.duckdb", [long, torn], failed=wrong.append)]
    assert (done[0].written, done[0].left_out, done[1].left_out) == (1, 1, 1)
    assert [str(error).partition(": ")[0] for error in wrong] == [f"{long}:1", f"{torn}:2"]
    with pytest.raises(InputError, match=r"none\.jsonl: cannot be read: No such file"):
        [*import_readings(tmp_path / "l.duckdb", [tmp_path / "none.jsonl"], failed=wrong.append)]
