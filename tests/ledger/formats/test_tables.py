"""What is exported as tables comes back field by field, from CSV, JSON Lines and Parquet alike."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from detente import InputError, Ledger, LedgerError
from detente.ledger import manifest
from detente.ledger.fetching import RECORDS
from detente.ledger.formats import tables
from detente.ledger.formats.tables import OF_TEXTS, Format, Table, export_table, export_tables
from detente.ledger.reviews import Review
from detente.records import Actor, Reading, to_json
from tests.examples import READING
from tests.ledger.formats.back import back, types
from tests.strategies import readings

FORMATS: tuple[Format, ...] = get_args(Format)

on_disk = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


def other(number: int, published: str | None = "2025-01-15") -> Reading:
    """The example as another document."""
    return replace(READING, document=replace(READING.document, id=f"d{number}", published=published))


def rebuilt(ledger: Ledger, format: Format, folder: Path) -> list[Reading]:
    """Readings out of the tables of records alone."""
    heads = back(ledger, "documents", format, folder / f"documents.{format}")
    parts = {table: back(ledger, table, format, folder / f"{table}.{format}") for table in RECORDS}
    return [
        msgspec.convert(
            {
                "schema": head.pop("schema"),
                "reader": head.pop("reader"),
                "document": {
                    name: value for name, value in head.items() if name not in ("added", "dataset", "accents")
                },
            }
            | {
                table: [
                    {name: value for name, value in row.items() if name not in ("document", "ordinal")}
                    for row in rows
                    if row["document"] == head["id"]
                ]
                for table, rows in parts.items()
            },
            type=Reading,
        )
        for head in heads
    ]


@pytest.mark.parametrize("format", FORMATS)
@on_disk
@given(reading=readings())
def test_readings_can_be_made_again_of_the_tables(
    shared: Ledger, tmp_path_factory: pytest.TempPathFactory, format: Format, reading: Reading
) -> None:
    reading = replace(reading, document=replace(reading.document, id="d1"))
    shared.add(reading, again=True)
    folder = tmp_path_factory.mktemp("out")
    for table in ("documents", *RECORDS):
        export_table(shared, table, format, folder / f"{table}.{format}")
    (again,) = rebuilt(shared, format, folder)
    assert again == reading
    assert to_json(again) == to_json(reading)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("table", [table for table in OF_TEXTS if table != "reviews"])
def test_every_table_comes_back_field_by_field(ledger: Ledger, tmp_path: Path, table: Table, format: Format) -> None:
    for number in (2, 1):
        ledger.add(other(number))
    file = tmp_path / "out"
    made = export_table(ledger, table, format, file)
    rows = back(ledger, table, format, file)
    assert rows
    assert sorted(rows, key=repr) == sorted(ledger.sql(f"FROM {table}"), key=repr)
    assert [*rows[0]] == [*made.columns]
    assert made.rows == len(rows)
    # What was written first comes first.
    documents = [str(row["id"] if table == "documents" else row["document"]) for row in rows]
    assert documents == sorted(documents, reverse=True)


HOSTILE = ("=cmd()", "'quoted'", "''", "", "+1", "-1", "@x", "\tx", "\rx", "a\rb", "a\nb", 'a"b', "a,b", "\x00", "None")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_and_no_spreadsheet_computes_them(
    ledger: Ledger, tmp_path: Path, format: Format, text: str
) -> None:
    actor = Actor(id="org:x", name=text, kind="group", wikidata=text, roles=(text,))
    ledger.add(replace(READING, actors=(*READING.actors, actor)))
    file = tmp_path / "out"
    export_table(ledger, "actors", format, file)
    (row,) = (row for row in back(ledger, "actors", format, file) if row["id"] == "org:x")
    assert (row["name"], row["wikidata"], row["roles"]) == (text, text, [text])
    if format == "csv":
        with file.open(encoding="utf-8", newline="") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []


def test_numbers_below_zero_stay_numbers_in_csv(ledger: Ledger, tmp_path: Path) -> None:
    event = replace(READING.events[0], intensity=-2.5)
    ledger.add(replace(READING, events=(event,)))
    export_table(ledger, "events", "csv", tmp_path / "out")
    with (tmp_path / "out").open(newline="") as stream:
        assert [row["intensity"] for row in csv.DictReader(stream)] == ["-2.5"]


def test_filters_choose_what_the_list_shows(ledger: Ledger, tmp_path: Path) -> None:
    for number, day in ((1, "2025-01-15"), (2, "2023-01-15")):
        ledger.add(other(number, day))
    file = tmp_path / "out"
    for table, filters in (
        ("events", {"status": "demanded"}),
        ("events", {"since": "2024-12"}),
        ("statements", {"about": "Koulamallah", "until": "2023"}),
        ("documents", {"since": "2025"}),
    ):
        made = export_table(ledger, table, "jsonl", file, **filters)  # type: ignore[arg-type]
        rows = back(ledger, table, "jsonl", file)  # type: ignore[arg-type]
        found = {row["id"] for row in ledger.list(table, **filters)}  # type: ignore[arg-type]
        assert found
        assert {row["id"] if table == "documents" else f"{row['document']}/{row['id']}" for row in rows} == found
        assert made.parameters == {"command": "export", "format": "jsonl", "kind": table, **filters}


def test_actors_are_all_rows_of_those_that_are_found(ledger: Ledger, tmp_path: Path) -> None:
    for number in (1, 2):
        ledger.add(other(number))
    export_table(ledger, "actors", "jsonl", tmp_path / "out", about="Koulamallah")
    rows = back(ledger, "actors", "jsonl", tmp_path / "out")
    assert [(row["document"], row["id"]) for row in rows] == [
        (document, "person:abderaman-koulamallah") for document in ("d1", "d2")
    ]


def test_a_data_set_is_exported_alone(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(other(1))
    ledger.add(other(2), dataset="=counts")
    ledger.add(other(3))
    for dataset, documents in ((None, {"d1", "d3"}), ("=counts", {"d2"})):
        for made in export_tables(ledger, "jsonl", tmp_path / "out", dataset=dataset):
            assert (made.inputs.dataset, made.inputs.documents) == (dataset, len(documents))
        for table in ("events", "deeds", "reports"):
            rows = back(ledger, table, "jsonl", tmp_path / "out" / f"{table}.jsonl")
            assert {row["document"] for row in rows} == documents
    with pytest.raises(InputError, match=r"there is no data set 'other' in it; name one of its data sets"):
        export_table(ledger, "events", "csv", tmp_path / "none.csv", dataset="other")
    assert not (tmp_path / "none.csv").exists()


def test_what_coders_said_is_exported(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    for format in FORMATS:
        empty = export_table(ledger, "reviews", format, tmp_path / "out")
        assert (empty.rows, empty.columns) == (0, tuple(types(ledger, "reviews")))
        assert back(ledger, "reviews", format, tmp_path / "out") == []
    ledger.review(Review("d1", READING.events[0], "all", "A", "wrong", {"type": "=ACCUSE"}))
    for format in FORMATS:
        export_table(ledger, "reviews", format, tmp_path / "out")
        assert back(ledger, "reviews", format, tmp_path / "out") == list(ledger.sql("FROM reviews"))


@pytest.mark.parametrize("format", FORMATS)
def test_slices_make_one_file(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: Format) -> None:
    for number in range(5):
        ledger.add(other(number))
    export_table(ledger, "events", format, tmp_path / "whole")
    monkeypatch.setattr(tables, "_DOCUMENTS_AT_ONCE", 2)
    assert len([*tables.slices(ledger, None, whole=False)]) == 3
    export_table(ledger, "events", format, tmp_path / "sliced")
    whole = back(ledger, "events", format, tmp_path / "whole")
    assert [row["document"] for row in whole] == [f"d{n}" for n in range(5) for _ in READING.events]
    assert back(ledger, "events", format, tmp_path / "sliced") == whole


def test_the_same_ledger_gives_the_same_bytes_and_a_manifest_for_each_file(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    for format in FORMATS:
        made = [export_tables(ledger, format, tmp_path / name) for name in ("one", "other")]
        assert [(one.file, one.sha256) for one in made[0]] == [(one.file, one.sha256) for one in made[1]]
        for one in made[0]:
            beside = manifest.manifest_of(tmp_path / "one" / one.file)
            assert msgspec.json.decode(beside.read_bytes(), type=manifest.Manifest).sha256 == one.sha256


def test_a_folder_that_cannot_be_made_and_a_filter_that_does_not_fit_are_refused(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.add(READING)
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputError, match=r"file: is no folder and cannot be made one: File exists"):
        export_tables(ledger, "csv", tmp_path / "file")
    with pytest.raises(ValueError, match="status does not fit documents"):
        export_table(ledger, "documents", "csv", tmp_path / "out", status="actual")
    with pytest.raises(InputError, match="deeds: cannot be filtered; leave out about"):
        export_table(ledger, "deeds", "csv", tmp_path / "out", about="Chad")


def test_a_folder_of_which_the_ledger_changed_is_told(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(READING)

    def meanwhile(ledger: Ledger, table: Table, *rest: Any, **more: Any) -> manifest.Manifest:
        made = export_table(ledger, table, *rest, **more)
        ledger.add(other(2))
        return made

    monkeypatch.setattr(tables, "export_table", meanwhile)
    with pytest.raises(LedgerError, match=r"was written to while .* was filled"):
        export_tables(ledger, "csv", tmp_path / "out")
