"""A ledger made of what another exported is equal to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from detente import Ledger
from detente.ledger.formats import readings as exporting
from detente.ledger.formats.readings import export_readings
from detente.ledger.formats.tables import TABLES
from detente.records import Reading, reading_from_json
from tests.examples import READING
from tests.relations.made import event, reading
from tests.strategies import readings

on_disk = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def back(file: Path) -> list[Reading]:
    return [reading_from_json(line) for line in file.read_bytes().splitlines()]


def whole(ledger: Ledger) -> dict[str, Any]:
    """All that a ledger holds."""
    return {table: sorted(ledger.sql(f"FROM {table}"), key=repr) for table in (*TABLES, "bands")}


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
