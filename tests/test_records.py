"""The records are the reading contract: its names, exact bytes, immutable, and a schema that is kept current."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from detente import records
from detente.records import Reading, reading_from_json, to_json
from tests.examples import READING
from tests.strategies import readings

CONTRACT = {
    records.Reading: "schema reader document actors statements events holdings positions",
    records.Reader: "version model",
    records.Document: "id path title source url published language text",
    records.Actor: "id name kind country sectors acts_for roles wikidata mentions",
    records.Span: "text start end",
    records.Evidence: "start end",
    records.Source: "actor text start end",
    records.Content: "text spans",
    records.Statement: ("id source hedged addressee cue content quotation act within date confidence evidence"),
    records.Place: "name country claimed_by latitude longitude",
    records.Stance: "actor statement stance",
    records.Size: "dead injured arrested displaced troops",
    records.Count: "low high text",
    records.Event: (
        "id type mode contexts sources targets trigger date date_end place status stances reported_by size quad "
        "intensity intensity_scale confidence evidence"
    ),
    records.Holding: (
        "id holder kind place share share_text area_km2 since until as_of status reported_by confidence evidence"
    ),
    records.Position: "id actor act of what condition topic due date statement confidence evidence",
}
"""The fields of each part. Some may be added; these keep their names."""


@pytest.mark.parametrize("record", CONTRACT, ids=lambda record: record.__name__)
def test_a_record_has_the_fields_of_the_contract(record: type[records.Record]) -> None:
    fields = [field.name for field in msgspec.structs.fields(record)]
    assert [name for name in CONTRACT[record].split() if name not in fields] == []


def test_every_record_is_in_the_contract() -> None:
    declared = {record for record in records.Record.__subclasses__() if record.__module__ == records.__name__}
    assert declared == set(CONTRACT)


@pytest.mark.parametrize("record", [READING, READING.document, *READING.actors, *READING.events, *READING.positions])
def test_a_record_does_not_change(record: records.Record) -> None:
    for field in msgspec.structs.fields(record):
        with pytest.raises(AttributeError):
            setattr(record, field.name, None)


def test_parts_of_a_record_do_not_change() -> None:
    for field in msgspec.structs.fields(READING):
        assert not isinstance(getattr(READING, field.name), list | dict | set)
    assert hash(READING) == hash(reading_from_json(to_json(READING)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(reading=readings())
def test_a_reading_comes_back_from_its_json_exactly(reading: Reading) -> None:
    line = to_json(reading)
    assert b"\n" not in line
    assert reading_from_json(line) == reading
    assert to_json(reading_from_json(line)) == line


def test_absent_values_are_null_in_the_order_of_the_contract() -> None:
    document = json.loads(to_json(READING))["document"]
    assert list(document) == CONTRACT[records.Document].split()
    assert document["url"] is None


@pytest.mark.parametrize(
    "broken",
    [
        b"{}",
        b"not json",
        to_json(READING).replace(b'"RETREAT"', b'"WAR"'),
        to_json(READING).replace(b'"hedged"', b'"certain"'),
        to_json(READING).replace(b'"start":0', b'"start":"0"'),
    ],
)
def test_what_breaks_the_contract_is_refused(broken: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        reading_from_json(broken)


def test_the_json_schema_is_current() -> None:
    kept = Path(__file__).parents[1] / "docs" / "reading.schema.json"
    assert kept.read_bytes() == records.json_schema(), "run: python -m detente.records > docs/reading.schema.json"


def test_the_json_schema_describes_every_record() -> None:
    described = json.loads(records.json_schema())["$defs"]
    assert set(described) == {record.__name__ for record in CONTRACT}
