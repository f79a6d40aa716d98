"""`detente network` prints what the library returns."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from detente.cli import run
from tests.relations.told import event, ledger, reading

WEST, EAST = ("USA", "GBR", "FRA"), ("RUS", "BLR", "CHN")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in this folder: two hostile camps, and India that deals with both."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    friends = [(one, other) for side in (WEST, EAST) for one in side for other in side if one != other]
    friends += [("IND", one) for one in (*WEST, *EAST)]
    deeds = [("AID", one, other) for one, other in friends] + [
        ("ASSAULT", one, other) for one in WEST for other in EAST
    ]
    events = [
        event(number, type_, [one], [other], date=f"2024-{month:02}-02")
        for number, (month, (type_, one, other)) in enumerate((m, d) for m in range(1, 7) for d in deeds)
    ]
    return ledger(tmp_path / "detente.duckdb", reading("d1", *events, published="2024-06-30"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["network", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_it_tells_poles_and_who_stands_between(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [" ".join(line.split()) for line in printed(capsys, "--year", "2024").splitlines()]
    assert lines[0] == "2024-01-01 to 2024-12-31: 1 documents read, 7 parties, 21 edges."
    assert lines[1].startswith("Polarity 0.47 ")
    assert {lines[2].partition(": ")[2], lines[3].partition(": ")[2]} == {
        "France, United Kingdom, United States.", "Belarus, China, Russia.",
    }  # fmt: skip
    assert lines[4].startswith("Between poles 1 and 2: India (")
    assert any(line.startswith("India ") for line in lines[6:])


def test_csv_has_the_edges(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*csv.DictReader(io.StringIO(printed(capsys, "--year", "2024", "--format", "csv")))]
    assert len(rows) == 21
    assert {(row["cooperation"], row["conflict"]) for row in rows} == {("12", "0"), ("6", "0"), ("0", "6")}


def test_json_has_all_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = map(json.loads, printed(capsys, "--year", "2024", "--format", "jsonl").splitlines())
    assert [broker["party"] for broker in found["brokers"]] == ["IND"]
    assert {party["party"] for party in found["parties"]} == {*WEST, *EAST, "IND"}
    assert len(found["edges"]) == 21


def test_periods_have_a_row_each(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*csv.DictReader(io.StringIO(printed(capsys, "--year", "2024", "--by", "quarter", "--format", "csv")))]
    assert [(row["period"], row["documents"], row["edges"], row["poles"]) for row in rows] == [
        ("2024-01-01", "0", "21", "2"),
        ("2024-04-01", "1", "21", "2"),
        ("2024-07-01", "0", "0", "0"),
        ("2024-10-01", "0", "0", "0"),
    ]
    assert "2024-Q2" in printed(capsys, "--year", "2024", "--by", "quarter")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--year", "2024", "--since", "2023"], 2, "--year and --since do not go together"),
        (["--by", "month", "--plot", "x.svg"], 2, "--by and --plot do not go together"),
        (["--year", "soon"], 2, "--year"),
        (["--year", "1990"], 1, "texts: has no document that was published in this time; take a longer one"),
        (["--year", "2024", "--plot", "x.doc"], 1, "x.doc: ends in .doc; let it end in .svg or .png"),
    ],
)
def test_errors_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert run(["network", *arguments]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(("command", "name"), [("network", "n.svg"), ("network", "n.png"), ("relations", "r.svg")])
def test_pictures_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, name: str) -> None:
    parties = ["USA", "RUS"] if command == "relations" else ["--year", "2024"]
    assert run([command, *parties, "--plot", name]) == 0
    drawn = (tmp_path / name).read_bytes()
    assert drawn.startswith(b"<svg" if name.endswith(".svg") else b"\x89PNG")
    if name == "n.svg":
        assert b"India" in drawn and b"Read: 1 document of 1 outlet." in drawn
    if name == "r.svg":
        assert b"United States" in drawn and b"documents read" in drawn


def test_a_picture_of_too_many_deeds_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.relations.pictures._MOST_DEEDS", 3)
    assert run(["relations", "USA", "RUS", "--since", "2024", "--plot", "r.svg"]) == 0
    assert "too many to draw each" in (tmp_path / "r.svg").read_text()
