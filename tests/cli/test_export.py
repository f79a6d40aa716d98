"""`detente export` writes what the library does, tells what was left out, and refuses in one line what does not fit."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from detente import Ledger
from detente.cli import export, run
from detente.ledger.formats.tables import OF_TEXTS, TABLES
from detente.records import reading_from_json
from tests.examples import READING
from tests.ledger.formats.made import ICEWS, taken, tsv
from tests.relations.made import event, reading


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a ledger of a text that was read, one of a data set, and imported events."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    with Ledger("detente.duckdb") as ledger:
        ledger.add(READING)
        ledger.add(reading("2023-06-01", event(("USA",), "AID", ("UKR",))), dataset="counts")
    taken(Path("detente.duckdb"), "icews", tsv(tmp_path / "events.tab", [ICEWS]), dataset="icews")
    return tmp_path


def test_the_kinds_are_the_tables_of_the_library() -> None:
    assert get_args(export.Kind) == TABLES


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_all_tables_are_a_file_each_in_a_folder(folder: Path, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    assert run(["export", format_, "--out", "all"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "detente: all/events." + format_ + ": 2 rows, out of 1 documents" in shown.err.splitlines()
    expected = {f"{table}.{format_}{end}" for table in OF_TEXTS for end in ("", ".manifest.json")}
    assert {path.name for path in (folder / "all").iterdir()} == expected


def test_one_table_may_be_chosen_and_filtered(folder: Path) -> None:
    asked = ["--kind", "events", "--status", "demanded", "--about", "Chad", "--since", "2024", "--until", "2025"]
    assert run(["export", "csv", *asked, "--out", "events.csv", "--quiet"]) == 0
    with (folder / "events.csv").open(newline="") as stream:
        assert [row["type"] for row in csv.DictReader(stream)] == ["RETREAT"]
    beside = json.loads((folder / "events.csv.manifest.json").read_bytes())
    assert beside["parameters"] == {
        "command": "export", "format": "csv", "kind": "events",
        "status": "demanded", "about": "Chad", "since": "2024", "until": "2025",
    }  # fmt: skip


def test_readings_come_back_as_they_were(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "jsonl", "--out", "all.jsonl", "--about", "Chad"]) == 0
    assert capsys.readouterr().err == "detente: all.jsonl: 1 rows, out of 1 documents\n"
    assert [reading_from_json(line) for line in (folder / "all.jsonl").read_bytes().splitlines()] == [READING]


def test_other_formats_say_what_they_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "polecat", "--out", "events.tsv"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "detente: events.tsv: 1 rows, out of 1 documents",
        "detente: left out: events that are demanded: 1",
    ]
    assert run(["export", "ftm", "--status", "demanded", "--out", "entities.json"]) == 0
    assert "detente: left out: events that are actual: 1" in capsys.readouterr().err.splitlines()
    assert any(json.loads(line)["schema"] == "Event" for line in (folder / "entities.json").read_bytes().splitlines())


def test_imported_events_are_written_with_their_terms(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terms = "detente: terms of icews: as stated on the data set's page on Harvard Dataverse, doi:10.7910/DVN/28075"
    assert run(["export", "csv", "--kind", "imported", "--dataset", "icews", "--out", "icews.csv"]) == 0
    told = "detente: icews.csv: 1 rows, out of 1 files of icews"
    assert capsys.readouterr().err.splitlines() == [told, terms]
    assert run(["export", "polecat", "--dataset", "icews", "--out", "icews.tsv", "--quiet"]) == 0
    assert (
        (folder / "icews.tsv").read_text("utf-8").splitlines()[1].startswith("2014-03-04:20718170\t2014-03-04\tACCUSE")
    )


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_the_network_of_a_data_set_is_a_graph(folder: Path, format_: str) -> None:
    asked = ["--dataset", "counts", "--since", "2023", "--until", "2023"]
    assert run(["export", format_, *asked, "--out", "net.xml"]) == 0
    root = ElementTree.parse(folder / "net.xml").getroot()
    assert {element.tag.rpartition("}")[2] for element in root.iter()} >= {"graph", "node", "edge"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("csv", "Missing option '--out'"),
        ("xlsx --out x", "'xlsx' is not one of"),
        ("csv --kind topics --out x", "'topics' is not one of"),
        ("csv --about Chad --out x", "--about does not fit csv; name one table with --kind"),
        ("csv --kind events --about Chad --status true --out x", "'true' is no status of events"),
        ("csv --kind deeds --about Chad --out x", "deeds: cannot be filtered; leave out about"),
        ("jsonl --status actual --out x", "--status does not fit jsonl; name one table with --kind"),
        ("csv --kind imported --out x", "imported: is what an imported data set has; name one with --dataset"),
        ("csv --kind imported --dataset ice --out x", "no data set 'ice' in it"),
        ("csv --kind events --dataset icews --out x", "icews: is an imported data set, which has no texts"),
        ("csv --kind imported --dataset icews --about Kyiv --out x", "imported: cannot be filtered by about"),
        ("jsonl --dataset icews --out x", "detente export csv --kind imported --dataset NAME --out FILE"),
        ("ftm --dataset icews --out x", "icews: is an imported data set, which has no texts"),
        ("polecat --kind events --out x", "--kind does not fit polecat"),
        ("gexf --about Chad --out x", "--about does not fit gexf"),
        ("gexf --since 1990 --until 1991 --out x", "has no document that was published in this time"),
        ("polecat --since soon --out x", "'soon' is no date"),
        (
            "ftm --dataset other --out x",
            "no data set 'other' in it; name one of its data sets with --dataset: counts, icews",
        ),
        ("jsonl --out none/x", "none/x: cannot be written: No such file"),
        ("jsonl --out detente.duckdb", "detente.duckdb: is the ledger and would be lost"),
        ("parquet --out none/x", "none/x: is no folder and cannot be made one: No such file"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    before = {path.name for path in folder.iterdir()} | {"detente.duckdb.waiting"}
    assert run(["export", *arguments.split()]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
    assert {path.name for path in folder.iterdir()} <= before
