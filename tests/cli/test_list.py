"""`detente list` prints rows as a table, CSV or JSON Lines, harmlessly."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from detente import Ledger
from detente.cli import run
from detente.records import Reading
from tests.cli.conftest import Detente
from tests.examples import READING


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)


def hostile(path: Path, name: str) -> None:
    """Add the example with `name` for the speaker and the outlet."""
    speaker = msgspec.structs.replace(READING.actors[-1], name=name)
    document = msgspec.structs.replace(READING.document, id="d2", source=name)
    with Ledger(path) as ledger:
        ledger.add(msgspec.structs.replace(READING, document=document, actors=(*READING.actors[:-1], speaker)))


def many_events(reading: Reading, count: int) -> Reading:
    events = tuple(msgspec.structs.replace(reading.events[0], id=f"e{number}") for number in range(count))
    document = msgspec.structs.replace(reading.document, id="many")
    return msgspec.structs.replace(reading, document=document, events=events)


def answered(path: Path) -> None:
    """Add France's refusal of what the example demands, in another outlet a month later."""
    refusal = msgspec.structs.replace(READING.positions[0], actor="FRA", act="refuse", of=None, topic="base in Faya")
    document = msgspec.structs.replace(READING.document, id="d2", published="2025-02-15", source="The Herald")
    with Ledger(path) as ledger:
        ledger.add(msgspec.structs.replace(READING, document=document, positions=(refusal,)))


def printed(capsys: pytest.CaptureFixture[str], arguments: Iterable[str]) -> str:
    """What a command prints, and that it prints nothing else."""
    assert run(["list", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_a_table_names_who_did_what_to_whom_with_evidence_and_id(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = printed(capsys, ["events", "--type", "request"])
    for cell in ("2024-11", "REQUEST", "Government of Chad", "France", "actual", "demanded in November", "d1/e1"):
        assert cell in shown
    assert "RETREAT" not in shown


def test_a_date_that_is_not_known_is_that_of_publication_in_brackets(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undated = tuple(msgspec.structs.replace(event, date=None) for event in READING.events)
    head = msgspec.structs.replace(READING.document, id="d2", published="2025-02-15")
    with Ledger(ledger) as opened:
        opened.add(msgspec.structs.replace(READING, document=head, events=undated))
    assert "(2025-02-15)" in printed(capsys, ["events", "--id", "d2"])
    assert "(2025-02-15)" not in printed(capsys, ["events", "--id", "d2", "--format", "csv"])


def test_json_lines_are_exact(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in printed(capsys, ["events", "--format", "jsonl"]).splitlines()]
    with Ledger(ledger, read_only=True) as opened:
        assert rows == list(opened.list("events"))
    assert rows[0]["sources"] == ["org:government-of-chad"]
    assert rows[0]["intensity"] == -1.0


def test_topics_show_positions_side_by_side_and_name_each_topic_once(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(ledger)
    lines = printed(capsys, ["topics"]).splitlines()
    (demand,) = (line for line in lines if "d1/p1" in line)
    (refusal,) = (line for line in lines if "d2/p1" in line)
    assert demand.split() == (
        "base in Faya Government of Chad demand French soldiers leave a base in Faya 2024-11 d1/p1".split()
    )
    assert refusal.split() == "France refuse French soldiers leave a base in Faya 2024-11 d2/p1".split()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_topics_for_programs_have_every_column_in_every_row(
    ledger: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    answered(ledger)
    shown = printed(capsys, ["topics", "--format", form])
    rows = csv.DictReader(io.StringIO(shown)) if form == "csv" else map(json.loads, shown.splitlines())
    stood = [(row["topic"], row["id"], row["act"], row["outlet"]) for row in rows]
    assert stood == [
        ("base in Faya", "d1/p1", "demand", "The Gazette"),
        ("base in Faya", "d2/p1", "refuse", "The Herald"),
    ]


def test_topics_of_an_actor_show_who_stands_beside_it(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(ledger)
    shown = printed(capsys, ["topics", "--by", "France", "--about", "Faya", "--act", "refuse"])
    assert "Government of Chad" in shown
    assert run(["list", "topics", "--by", "Egypt"]) == 0
    empty = capsys.readouterr()
    assert "Government of Chad" not in empty.out
    assert empty.err == "detente: nothing in detente.duckdb fits; detente list actors shows who is known\n"


def test_what_does_not_fit_topics_is_wrong_usage(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "topics", "--place", "Faya"]) == 2
    assert "place does not fit topics; it fits events, happenings, holdings" in capsys.readouterr().err


def test_csv_has_a_header_and_a_line_for_each_row(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, ["events", "--format", "csv"]))))
    assert [row["id"] for row in rows] == ["d1/e1", "d1/e2"]
    assert rows[0]["source_names"] == "Government of Chad"
    assert rows[0]["intensity"] == "-1.0"
    assert rows[0]["date_end"] == ""


def test_csv_without_rows_has_its_header(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, ["events", "--type", "assault", "--format", "csv"])
    assert shown.splitlines()[0].startswith("id,date,")
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)"])
def test_csv_disarms_formulas(ledger: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    hostile(ledger, name)
    shown = printed(capsys, ["statements", "--id", "d2", "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(shown))
    assert row["source_name"] == f"'{name}"
    assert row["outlet"] == f"'{name}"


@pytest.mark.parametrize("form", ["table", "csv"])
def test_control_characters_do_not_reach_the_terminal(
    ledger: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    hostile(ledger, "\x1b[2J\x9b31mRed\x07\u202e\nline")
    shown = printed(capsys, ["statements", "--id", "d2", "--format", form])
    assert not [c for c in shown if c != "\n" and not c.isprintable()]
    assert "Red" in shown


def test_markup_in_a_table_is_text(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile(ledger, "[b]Orlan[/b]:smile:")
    assert "[b]Orlan[/b]:smile:" in printed(capsys, ["statements", "--id", "d2"])


def test_a_table_shortens_the_ids_of_documents_as_far_as_they_stay_unambiguous(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger(ledger) as opened:
        for id_ in ("3f9ac1d2e5", "3f9ac1d7aa"):
            document = msgspec.structs.replace(READING.document, id=id_)
            opened.add(msgspec.structs.replace(READING, document=document))
    shown = printed(capsys, ["holdings"])
    assert "3f9ac1d2/h1" in shown
    assert "3f9ac1d2e5" not in shown
    assert "3f9ac1d7/h1" in printed(capsys, ["holdings", "--id", "3f9ac1d7/h1"])


def test_a_table_without_limit_says_that_there_is_more(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger(ledger) as opened:
        opened.add(many_events(READING, 150))
    assert run(["list", "events"]) == 0
    shown = capsys.readouterr()
    assert "these are the first 100" in shown.err
    assert shown.out.count("many/e") == 99
    assert printed(capsys, ["events", "--limit", "120"]).count("REQUEST") == 120


def test_results_go_to_a_file(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, ["events", "--format", "jsonl", "--output", "events.jsonl"]) == ""
    assert len(Path("events.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_file_that_cannot_be_written_is_wrong_usage(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "events", "--output", "none/events.txt"]) == 2
    assert "none/events.txt cannot be written" in capsys.readouterr().err


def test_the_ledger_is_never_overwritten_by_results(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "events", "--output", "../" + ledger.parent.name + "/detente.duckdb"]) == 2
    assert "would be lost" in capsys.readouterr().err
    with Ledger(ledger, read_only=True) as opened:
        assert list(opened.readings()) == [READING]


def test_the_ledger_is_the_options_then_the_variables_then_the_folders(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Ledger("empty.duckdb").close()
    monkeypatch.setenv("DETENTE_LEDGER", "empty.duckdb")
    assert printed(capsys, ["documents", "--format", "jsonl"]) == ""
    assert "d1" in printed(capsys, ["documents", "--format", "jsonl", "--ledger", "detente.duckdb"])
    monkeypatch.delenv("DETENTE_LEDGER")
    assert "d1" in printed(capsys, ["documents", "--format", "jsonl"])


def test_a_damaged_ledger_is_status_3(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.write_bytes(ledger.read_bytes()[:5000])
    assert run(["list", "events"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("detente: detente.duckdb: is damaged")


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_a_closed_pipe_ends_it_quietly(ledger: Path, detente: Detente, form: str) -> None:
    with Ledger(ledger) as opened:
        opened.add(many_events(READING, 2000))
    with detente.start("list", "events", "--format", form, "--limit", "2000") as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
