"""Events as POLECAT has them: its columns, its spellings, facts alone, whatever texts hold."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from detente import Ledger
from detente.ledger.formats.plover_tsv import export_polecat
from detente.records import Actor, Event, Place, Reading, Span
from tests.examples import FAYA, READING
from tests.relations.made import event, reading, state
from tests.strategies import readings

on_disk = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])

COLUMNS = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\t"
    "Actor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\t"
    "Recipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\t"
    "Placename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\t"
    "Source\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\tStatus"
)
"""POLECAT's header as its releases document it, and our `Status`."""


def exported(ledger: Ledger, file: Path, **asked: Any) -> list[dict[str, str]]:
    export_polecat(ledger, file, **asked)
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def dated(*events: Event, published: str | None = "2024-03-05") -> Reading:
    return reading(published, *events)


def test_the_columns_are_those_of_polecat(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    exported(ledger, tmp_path / "out.tsv")
    assert (tmp_path / "out.tsv").read_text("utf-8").splitlines()[0] == COLUMNS


def test_an_event_is_spelled_as_polecat_does(ledger: Ledger, tmp_path: Path) -> None:
    minister = Actor(
        id="person:m",
        name="A. Minister",
        kind="person",
        country="FRA",
        sectors=("GOV", "MIL"),
        roles=("minister", "general"),
        mentions=(Span(text="It", start=0, end=2), Span(text="told", start=7, end=11)),
    )
    made = event(("person:m", "UNO"), "ASSAULT", ("TCD",), date="2024-03-01/2024-03-04")
    made = replace(made, mode="aerial", contexts=("military", "territory"), place=FAYA)
    office = Actor(id="UNO", name="United Nations", kind="organisation")
    ledger.add(reading("2024-03-05", made, others=(minister, office, state("TCD"))))
    (row,) = exported(ledger, tmp_path / "out.tsv")
    assert {name: value for name, value in row.items() if name not in ("Event ID", "Source")} == {
        "Event Date": "2024-03-01",
        "Event Type": "ASSAULT",
        "Event Mode": "aerial",
        "Intensity": "-9.0",
        "Quad Code": "MATERIAL CONFLICT",
        "Contexts": "military; territory",
        "Actor Name": "A. Minister; United Nations",
        "Actor Country": "FRA; None",
        "Actor COW": "220; None",
        "Primary Actor Sector": "GOV; None",
        "Actor Sectors": "GOV|MIL; None",
        "Actor Title": "minister|general; None",
        "Actor Name Raw": "It; None",
        "Wikipedia Actor ID": "",
        "Recipient Name": "TCD",
        "Recipient Country": "TCD",
        "Recipient COW": "483",
        "Primary Recipient Sector": "None",
        "Recipient Sectors": "None",
        "Recipient Title": "None",
        "Recipient Name Raw": "It",
        "Wikipedia Recipient ID": "",
        "Placename": "Faya",
        "City": "",
        "District": "",
        "Province": "",
        "Country": "TCD",
        "Latitude": "17.93",
        "Longitude": "19.1",
        "GeoNames ID": "",
        "Raw Placename": "",
        "Feature Type": "",
        "Publication Date": "2024-03-05",
        "Story People": "A. Minister",
        "Story Organizations": "United Nations",
        "Story Locations": "",
        "Language": "en",
        "Version": "detente 0.1.0",
        "Status": "actual",
    }


@pytest.mark.parametrize(
    ("date", "published", "day"),
    [
        ("2024-03-01", "2024-03-05", "2024-03-01"),
        ("2024-02", "2024-03-05", "None"),
        ("2024", "2024-03-05", "None"),
        (None, "2024-03-05", "2024-03-05"),
        (None, "2024-03", "None"),
        (None, None, "None"),
    ],
)
def test_a_month_is_no_day_and_what_is_undated_stands_under_its_report(
    ledger: Ledger, tmp_path: Path, date: str | None, published: str | None, day: str
) -> None:
    ledger.add(dated(event(("RUS",), "AID", ("BLR",), date=date), published=published))
    (row,) = exported(ledger, tmp_path / "out.tsv")
    assert row["Event Date"] == day


def test_facts_alone_unless_told_and_what_is_left_out_is_counted(ledger: Ledger, tmp_path: Path) -> None:
    deeds = [event(("RUS",), "AID", ("BLR",), status=status) for status in ("actual", "alleged", "denied", "denied")]
    ledger.add(dated(*deeds))
    ledger.add(dated(event(("RUS",), "AID", ("BLR",), status="planned")), dataset="counts")
    made = export_polecat(ledger, tmp_path / "out.tsv")
    assert made.left_out == {"events that are alleged": 1, "events that are denied": 2}
    assert made.rows == 1
    assert [row["Status"] for row in exported(ledger, tmp_path / "out.tsv", status="denied")] == ["denied"] * 2
    assert [row["Status"] for row in exported(ledger, tmp_path / "out.tsv", status="planned", dataset="counts")] == [
        "planned"
    ]
    with pytest.raises(ValueError, match="'maybe' is no status"):
        export_polecat(ledger, tmp_path / "out.tsv", status="maybe")  # type: ignore[arg-type]


def test_events_are_chosen_as_the_list_does(ledger: Ledger, tmp_path: Path) -> None:
    for day in ("2024-03-01", "2023-03-01"):
        ledger.add(dated(event(("RUS",), "AID", ("BLR",), date=day), event(("USA",), "AID", ("UKR",), date=day)))
    rows = exported(ledger, tmp_path / "out.tsv", about="USA", since="2024")
    assert [(row["Event Date"], row["Actor Name"]) for row in rows] == [("2024-03-01", "USA")]


@pytest.mark.parametrize("name", ["a\tb", "a\nb", "a\rb", "a; b", "a|b", "\x00", "=cmd()", "@x", 'say "x"', " "])
def test_hostile_names_break_no_row_and_no_list(ledger: Ledger, tmp_path: Path, name: str) -> None:
    actors = tuple(Actor(id=f"person:{n}", name=name, kind="person", roles=(name,)) for n in (1, 2))
    made = replace(event(("person:1", "person:2"), "AID", ("UKR",)), place=Place(name=name))
    ledger.add(reading("2024-03-05", made, others=actors))
    (row,) = exported(ledger, tmp_path / "out.tsv")
    assert None not in row and None not in row.values()
    assert (row["Event Type"], row["Recipient Name"], row["Status"]) == ("AID", "UKR", "actual")
    assert len(row["Actor Name"].split("; ")) == 2
    assert not any(value.startswith(("=", "+", "@", "\t")) for value in row.values())
    assert len((tmp_path / "out.tsv").read_bytes().splitlines()) == 2


@on_disk
@given(read=readings())
def test_every_fact_is_a_row_whatever_was_read(
    shared: Ledger, tmp_path_factory: pytest.TempPathFactory, read: Reading
) -> None:
    shared.add(replace(read, document=replace(read.document, id="d1")), again=True)
    rows = exported(shared, tmp_path_factory.getbasetemp() / "out.tsv")
    facts = [one for one in read.events if one.status == "actual"]
    assert [row["Event ID"] for row in rows] == [f"d1/{one.id}" for one in facts]
    assert [float(row["Intensity"]) for row in rows] == [one.intensity for one in facts]
    for row, one in zip(rows, facts, strict=True):
        assert len(row["Actor Name"].split("; ")) == max(len(one.sources), 1)
        assert len(row["Recipient Name"].split("; ")) == max(len(one.targets), 1)
