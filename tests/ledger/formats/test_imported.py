"""Imported events leave the ledger as they are in it, with the terms of those who made them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any, get_args
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import InputError, Ledger, plover
from detente.ledger.formats import tables
from detente.ledger.formats.ftm import export_ftm
from detente.ledger.formats.importing import import_files
from detente.ledger.formats.plover_tsv import export_polecat
from detente.ledger.formats.readings import export_readings
from detente.ledger.formats.tables import OF_IMPORTS, TABLES, Format, Table, export_table, export_tables
from detente.ledger.manifest import ImportedFile, Manifest, manifest_of
from detente.ledger.opening import opened
from detente.ledger.writing import insert
from detente.relations.graphs import export_graph
from tests.ledger.formats.back import back
from tests.ledger.formats.made import ACLED, ICEWS, POLECAT, asked, comma, taken, tsv
from tests.relations.made import event, reading

FORMATS: tuple[Format, ...] = get_args(Format)


@pytest.fixture
def path(imports: Path, tmp_path: Path) -> Path:
    """A ledger of its own for a test that adds to it."""
    return Path(copy(imports, tmp_path / "l.duckdb"))


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with data sets of three formats; a battle, a statement without a type, a deed of two states."""
    tmp_path = tmp_path_factory.mktemp("imports")
    ledger = tmp_path / "l.duckdb"
    icews = [ICEWS, {**ICEWS, "Event ID": "1", "Event Date": "2015-01-01", "CAMEO Code": "190", "Intensity": "-10"},
             {**ICEWS, "Event ID": "2", "CAMEO Code": "010"}]  # fmt: skip
    file = tsv(tmp_path / "events.2014.tab", icews)
    list(import_files(ledger, "icews", [file], dataset="icews", vintage="2014"))
    taken(ledger, "acled", comma(tmp_path / "a.csv", [ACLED]), dataset="acled")
    joint = {**POLECAT, "Event ID": "AB12-1", "Actor Name": "Allies", "Actor Country": "USA; GBR"}
    taken(ledger, "polecat", tsv(tmp_path / "p.txt", [POLECAT, joint]), dataset="polecat")
    return ledger


def of(dataset: str, table: Table) -> str:
    """The rows of a data set in the ledger."""
    if table == "sectors":
        return f"SELECT sectors.* FROM sectors JOIN datasets USING (format) WHERE name = '{dataset}'"  # noqa: S608
    return f"FROM {table} WHERE dataset = '{dataset}'"


@pytest.mark.parametrize("format", FORMATS)
def test_every_table_comes_back_field_by_field(path: Path, tmp_path: Path, format: Format) -> None:
    with Ledger(path, read_only=True) as ledger:
        for dataset, rows in (("icews", 3), ("acled", 1), ("polecat", 2)):
            made = export_tables(ledger, format, tmp_path / dataset, dataset=dataset)
            assert [one.file for one in made] == [f"{table}.{format}" for table in OF_IMPORTS]
            assert made[0].rows == rows
            for table in OF_IMPORTS:
                found = back(ledger, table, format, tmp_path / dataset / f"{table}.{format}")
                assert found
                assert sorted(found, key=repr) == sorted(ledger.sql(of(dataset, table)), key=repr)


CELLS = {
    "VARCHAR": st.text(st.characters(blacklist_categories=["Cs"]), max_size=8)
    | st.sampled_from(["010", "", "'", "=1"]),
    "DATE": st.dates(),
    "BOOLEAN": st.booleans(),
    "DOUBLE": st.floats(allow_nan=False, allow_infinity=False),
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "INTEGER": st.integers(-(2**31), 2**31 - 1),
}
NEEDED = {"first", "last", "single", "mutual"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger for all examples of a property test."""
    folder = tmp_path_factory.mktemp("filled")
    taken(folder / "l.duckdb", "icews", tsv(folder / "e.tab", [ICEWS]), dataset="set")
    return folder / "l.duckdb"


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_an_event_holds_comes_back(filled: Path, data: st.DataObject) -> None:
    place = opened(filled, read_only=False)
    with place.reading() as connection:
        kinds = {name: kind for name, kind, *_ in connection.execute("DESCRIBE imported").fetchall()}
    cells = {
        name: CELLS[kind] if name in NEEDED else st.none() | CELLS[kind]
        for name, kind in kinds.items()
        if name not in ("dataset", "file", "id")
    }
    coded = st.none() | st.sampled_from([*plover.TYPES])
    cells |= {"type": coded, "quad": st.just("verbal_conflict"), "intensity_scale": st.sampled_from(["plover", "own"])}
    drawn = data.draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=3))
    rows = [{**row, "dataset": "set", "file": 1, "id": f"{number}"} for number, row in enumerate(drawn)]
    with place.writing() as connection:
        connection.execute("DELETE FROM imported")
        insert(connection, "imported", rows)
    place.close()
    out = filled.with_name("out")
    with Ledger(filled, read_only=True) as ledger:
        held = sorted(ledger.sql("FROM imported"), key=repr)
        assert len(held) == len(rows)
        for format in FORMATS:
            export_table(ledger, "imported", format, out, dataset="set")
            assert sorted(back(ledger, "imported", format, out), key=repr) == held
        # Events of any texts and numbers are a row of POLECAT each, or counted.
        made = export_polecat(ledger, out, dataset="set")
        assert made.rows + sum(made.left_out.values()) == len(held)
        with out.open(encoding="utf-8", newline="") as stream:
            written = list(csv.DictReader(stream, delimiter="\t"))
        assert [row["Status"] for row in written] == ["actual"] * made.rows


def test_the_manifest_has_terms_citation_and_vintage(path: Path, tmp_path: Path) -> None:
    with Ledger(path, read_only=True) as ledger:
        export_table(ledger, "imported", "csv", tmp_path / "out", dataset="icews")
        ((sha256,),) = (row.values() for row in ledger.sql("SELECT sha256 FROM files WHERE dataset = 'icews'"))
    origin = msgspec.json.decode(manifest_of(tmp_path / "out").read_bytes(), type=Manifest).inputs.origin
    assert origin is not None
    assert origin.format == "icews"
    assert "10.7910/DVN/28075" in origin.terms
    assert origin.citation.startswith("Boschee")
    assert origin.files == (ImportedFile(name="events.2014.tab", sha256=sha256, vintage="2014"),)


def test_codes_keep_their_zeros_and_days_are_iso(path: Path, tmp_path: Path) -> None:
    with Ledger(path, read_only=True) as ledger:
        export_table(ledger, "imported", "csv", tmp_path / "out", dataset="icews")
    with (tmp_path / "out").open(newline="") as stream:
        assert [(row["first"], row["code"]) for row in csv.DictReader(stream)] == [
            ("2014-03-04", "010"),
            ("2014-03-04", "111"),
            ("2015-01-01", "190"),
        ]


def test_events_are_chosen_by_day_and_slices_make_one_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def days(**asked: str) -> list[date]:
        export_table(ledger, "imported", "parquet", tmp_path / "out", dataset="icews", **asked)  # type: ignore[arg-type]
        return [row["first"] for row in back(ledger, "imported", "parquet", tmp_path / "out")]

    with Ledger(path, read_only=True) as ledger:
        assert days(since="2015") == [date(2015, 1, 1)]
        assert days(until="2014-03-04") == [date(2014, 3, 4)] * 2
        assert days(since="2016") == []
        whole = days()
        monkeypatch.setattr(tables, "_EVENTS_AT_ONCE", 1)
        assert [*tables.periods(ledger, "icews")] == [(date(2014, 3, 4),) * 2, (date(2015, 1, 1),) * 2]
        assert days() == whole


def test_what_a_data_set_does_not_have_is_refused(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Ledger(path) as ledger:
        ledger.add(reading("2023-06-01", event(("USA",), "AID", ("UKR",))))
        with pytest.raises(InputError, match="imported: is what an imported data set has"):
            export_table(ledger, "imported", "csv", out)
        with pytest.raises(InputError, match="imported: cannot be filtered by about"):
            export_table(ledger, "imported", "csv", out, dataset="icews", about="Kyiv")
        with pytest.raises(ValueError, match="'soon' is no date"):
            export_table(ledger, "imported", "csv", out, dataset="icews", since="soon")
        for refused in (export_readings, export_ftm):
            with pytest.raises(InputError, match="icews: is an imported data set, which has no texts"):
                refused(ledger, out, dataset="icews")
        with pytest.raises(InputError, match="icews: is an imported data set, which has no texts"):
            export_table(ledger, "events", "csv", out, dataset="icews")
    assert not out.exists()


def test_a_data_set_may_have_texts_too(path: Path, tmp_path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(reading("2023-01-31", event(("USA",), "AID", ("UKR",))), dataset="acled")
        made = export_tables(ledger, "jsonl", tmp_path / "out", dataset="acled")
        assert [one.file for one in made] == [f"{table}.jsonl" for table in TABLES]
        found = back(ledger, "deeds", "jsonl", tmp_path / "out" / "deeds.jsonl")
        # The battle in both directions, and the text's.
        assert sorted(found, key=repr) == sorted(ledger.sql(of("acled", "deeds")), key=repr)
        assert len(found) == 3


def polecat(path: Path, file: Path, dataset: str, **asked: Any) -> tuple[list[dict[str, str]], dict[str, int]]:
    with Ledger(path, read_only=True) as ledger:
        made = export_polecat(ledger, file, dataset=dataset, **asked)
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t")), dict(made.left_out)


def test_icews_as_polecat_has_plovers_scores(path: Path, tmp_path: Path) -> None:
    rows, left_out = polecat(path, tmp_path / "out.tsv", "icews")
    assert left_out == {"events for which PLOVER has no type": 1}
    picked = ("Event Date", "Event Type", "Event Mode", "Intensity", "Actor Country", "Actor Sectors", "Version")
    assert [tuple(row[name] for name in picked) for row in rows] == [
        ("2014-03-04", "ACCUSE", "disapprove", "-2.0", "RUS", "GOV", "icews 2014"),
        ("2015-01-01", "ASSAULT", "None", "-9.0", "RUS", "GOV", "icews 2014"),
    ]
    assert polecat(path, tmp_path / "out.tsv", "icews", status="denied") == ([], {"events that are actual": 3})
    assert len(polecat(path, tmp_path / "out.tsv", "icews", since="2015")[0]) == 1
    with pytest.raises(InputError, match="cannot be filtered by about"):
        polecat(path, tmp_path / "out.tsv", "icews", about="Kyiv")


def test_battles_are_no_events_of_polecat(path: Path, tmp_path: Path) -> None:
    rows, left_out = polecat(path, tmp_path / "out.tsv", "acled")
    assert (rows, left_out) == ([], {"events that both sides did, which POLECAT cannot tell": 1})


def test_a_day_that_is_not_known_is_none(path: Path, tmp_path: Path) -> None:
    raid = {**ACLED, "event_type": "Violence against civilians", "sub_event_type": "Attack", "time_precision": "2"}
    taken(path, "acled", comma(tmp_path / "b.csv", [raid]), dataset="raids")
    ((row,), _) = polecat(path, tmp_path / "out.tsv", "raids")
    assert row["Event Date"] == "None"


def test_polecat_comes_back_as_the_same_deeds(path: Path, tmp_path: Path) -> None:
    rows, left_out = polecat(path, tmp_path / "out.tsv", "polecat")
    assert left_out == {}
    assert [row["Actor Name"] for row in rows] == ["Ministry of Defence", "Allies"]
    assert [sorted(row["Actor Country"].split("; ")) for row in rows] == [["RUS"], ["GBR", "USA"]]
    taken(path, "polecat", tmp_path / "out.tsv", dataset="again")
    query = """
        SELECT event, first, source_party, target_party, type, mode, quad, intensity, intensity_scale
        FROM deeds WHERE dataset = '{}' ORDER BY ALL
    """
    assert asked(path, query.format("again")) == asked(path, query.format("polecat"))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_the_network_of_imported_events_is_a_graph(path: Path, tmp_path: Path, format: Any) -> None:
    with Ledger(path, read_only=True) as ledger:
        made = export_graph(ledger, format, tmp_path / "net", dataset="icews")
    assert made.rows == 1
    assert made.inputs.origin is not None
    names = {element.tag.rpartition("}")[2] for element in ElementTree.parse(tmp_path / "net").getroot().iter()}
    assert names >= {"graph", "node", "edge"}
