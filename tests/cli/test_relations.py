"""`detente relations` and `detente timeline` print what the library returns."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from detente.cli import run
from tests.relations.told import event, ledger, reading


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in this folder: Russia and the United States, January to March; nothing was read in February."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    return ledger(
        tmp_path / "detente.duckdb",
        reading(
            "d1",
            event(1, "ACCUSE", ["person:putin"], ["USA"], date="2024-01-09"),
            event(2, "THREATEN", ["USA"], ["RUS"], date="2024"),
            published="2024-01-21",
        ),
        reading("d2", event(1, "CONSULT", ["RUS", "USA"], []), event(2, "ASSAULT", ["RUS"], ["USA"], status="alleged")),
    )


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run([*arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_the_table_tells_what_was_read_and_what_was_done(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "relations", "Russia", "USA")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines[0] == "Russia (forth) and United States (back), by month. Data: texts, 2 documents in this time."
    assert "2024-01 1 1 1 – – – – 1 – 1000 -3.0 –" in lines
    assert "2024-02 none" in lines
    assert any(line.startswith("2024-03 1 1 – – 1 1 – – – 1000 +2.5 1") for line in lines)
    assert "Of 2 deeds 1 are dated by no text: they stand under its day of publication." in lines
    assert "Left out: 1 are dated less precisely than a month." in lines


def test_csv_has_the_periods(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*csv.DictReader(io.StringIO(printed(capsys, "relations", "RUS", "USA", "--format", "csv")))]
    assert [(row["period"], row["deeds"], row["alleged"]) for row in rows] == [
        ("2024-01-01", "1", "0"),
        ("2024-02-01", "0", "0"),
        ("2024-03-01", "1", "1"),
    ]
    assert [row["per_1000_documents"] for row in rows] == ["1000.0", "", "1000.0"]
    assert {(row["dataset"], row["intensity_scale"]) for row in rows} == {("texts", "plover")}


def test_json_has_all_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = map(
        json.loads, printed(capsys, "relations", "RUS", "USA", "--by", "year", "--format", "jsonl").splitlines()
    )
    assert found["first"] == {"name": "Russia", "parties": ["RUS"]}
    assert [period["deeds"] for period in found["periods"]] == [3]
    assert found["left_out"] == {"vague": 0, "undated": 0, "outside": 0}
    assert found["changes"] == found["drivers"] == []


def test_a_group_has_no_directions(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "relations", "RUS,USA", "--by", "year")
    assert shown.startswith("Among Russia, United States, by year.")
    assert "forth" not in shown.splitlines()[2]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["RUS"], 1, "Russia: is one party; name the other one, or several with commas between"),
        (["RUS", "Kremlin"], 1, "Kremlin: acts for RUS and is no party of its own"),
        (["RUS", "Atlantis"], 1, "Atlantis: is the name of nobody here"),
        (["RUS", "USA", "--by", "day", "--since", "1900"], 1, "by day: would be more than 2000 periods"),
        (["RUS", "USA", "--dataset", "icews"], 1, "icews: is no data set of this ledger, which holds texts"),
        (["RUS", "USA", "--since", "soon"], 2, "--since"),
        (["RUS", "USA", "--ledger", "none.duckdb"], 3, "none.duckdb: there is no ledger"),
    ],
)
def test_errors_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    assert run(["relations", *arguments]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1


def test_names_from_texts_are_harmless(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from detente import Ledger

    with Ledger(path) as opened:
        opened.add(reading("d3", event(1, "ACCUSE", ["group:[red]=1+1\x1b[2J"], ["USA"], date="2024-03-05")))
    shown = printed(capsys, "relations", "group:[red]=1+1\x1b[2J", "USA")
    assert "[red]=1+1" in shown
    assert "\x1b" not in shown


def test_a_timeline_has_deeds_with_their_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*map(json.loads, printed(capsys, "timeline", "RUS", "--format", "jsonl").splitlines())]
    assert [row["what"] for row in rows] == ["THREATEN", "ACCUSE", "CONSULT", "ASSAULT"]
    assert all(row["evidence"].startswith("Text d") for row in rows)
    head, *_ = csv.reader(io.StringIO(printed(capsys, "timeline", "RUS", "--format", "csv")))
    assert head == [*rows[0]]
    assert "THREATEN" in printed(capsys, "timeline", "RUS", "--limit", "1")


def test_an_empty_timeline_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["timeline", "Nobody"]) == 0
    told = capsys.readouterr().err
    assert told.startswith("detente: nothing of Nobody is in ")
    assert told.endswith("; detente list actors shows who is known\n")


def test_an_interval_stands_on_one_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = "2023-01-02/2023-01-08"
    ledger(path, reading("d4", event(1, "AID", ["CHN"], ["KEN"], date=days), text="Aid."))
    assert days in printed(capsys, "timeline", "CHN")


def test_a_timeline_says_what_it_leaves_out(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger(path, reading("many", *(event(n, "AID", ["CHN"], ["KEN"], date="2023") for n in range(101)), text="Aid."))
    assert run(["timeline", "CHN"]) == 0
    assert capsys.readouterr().err == "detente: these are the first 100; --limit N shows more, --format csv all\n"
