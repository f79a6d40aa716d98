"""`detente said` tells who said some words, as a table, CSV or JSON Lines, harmlessly."""

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
from detente.cli.said import TABLE
from detente.ledger.saying import COLUMNS
from tests.examples import READING


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)


def again(path: Path, document: str, name: str = "Minister Tamm", published: str | None = "2025-02-01") -> None:
    """Add the example as another document, with `name` for the speaker and the outlet."""
    speaker = msgspec.structs.replace(READING.actors[-1], name=name)
    head = msgspec.structs.replace(READING.document, id=document, published=published, source=name)
    with Ledger(path) as ledger:
        ledger.add(msgspec.structs.replace(READING, document=head, actors=(*READING.actors[:-1], speaker)))


def printed(capsys: pytest.CaptureFixture[str], arguments: Iterable[str]) -> str:
    """What a command prints, and that it prints nothing else."""
    assert run(["said", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_a_table_names_the_first_speaker_and_who_came_after(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again(ledger, "d2")
    shown = " ".join(printed(capsys, ["soldiers leave a base"]).split())
    for cell in ("Koulamallah", "state", "indirect", "French soldiers", "The Gazette", "exact", "d1/s1", "d2/s1"):
        assert cell in shown
    assert shown.index("d1/s1") < shown.index("d2/s1")
    # The day when it was said is not known, only the day of the report.
    assert "(2025-02-01)" in shown


def test_a_table_shows_columns_that_there_are() -> None:
    assert set(TABLE) <= set(COLUMNS)


def test_json_lines_are_exact_and_mark_the_first(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again(ledger, "d2")
    rows = [json.loads(line) for line in printed(capsys, ["leave a base", "--format", "jsonl"]).splitlines()]
    with Ledger(ledger, read_only=True) as opened:
        assert rows == list(opened.said("leave a base"))
    assert [(row["id"], row["first"]) for row in rows] == [("d1/s1", "first in this ledger"), ("d2/s1", None)]
    assert rows[0]["date"] is None


def test_csv_has_a_header_and_a_line_for_each_row(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again(ledger, "d2", "=HYPERLINK(1)")
    shown = printed(capsys, ["leave a base", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["match"] for row in rows] == ["exact", "exact"]
    assert rows[1]["outlet"] == "'=HYPERLINK(1)"


def test_nobody_found_is_an_answer_and_says_so_in_one_line(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("table", "csv", "jsonl"):
        assert run(["said", "\x1b[2Jpeace in our time", "--format", form]) == 0
        shown = capsys.readouterr()
        assert "d1" not in shown.out
        (line,) = shown.err.splitlines()
        assert line == "detente: nobody in detente.duckdb is known to have said these words or nearly the same"
    assert shown.out == ""


@pytest.mark.parametrize("words", ["", " ", "%", "_", "'", "\x1b"])
def test_no_words_are_wrong_usage_before_anything_is_opened(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["said", words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "there is no word to look for" in line
    assert list(tmp_path.iterdir()) == []


def test_words_without_quotation_marks_are_wrong_usage(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["said", "deserves", "attention"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "attention" in line


def test_control_characters_and_markup_do_not_reach_the_terminal(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again(ledger, "d2", "\x1b[2J[b]Red[/b]\x07\u202e")
    shown = printed(capsys, ["leave a base"])
    assert not [c for c in shown if c != "\n" and not c.isprintable()]
    assert "[b]Red[/b]" in shown


def test_a_table_without_limit_says_that_there_is_more(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = tuple(msgspec.structs.replace(READING.statements[0], id=f"s{number}") for number in range(150))
    head = msgspec.structs.replace(READING.document, id="many")
    with Ledger(ledger) as opened:
        opened.add(msgspec.structs.replace(READING, document=head, statements=many))
    assert run(["said", "leave a base"]) == 0
    shown = capsys.readouterr()
    assert "these are the first 100" in shown.err
    assert shown.out.count("many/s") == 99
    assert printed(capsys, ["leave a base", "--limit", "120"]).count("many/s") == 119
    assert len(printed(capsys, ["leave a base", "--limit", "3", "--format", "jsonl"]).splitlines()) == 3


def test_results_go_to_a_file_but_never_over_the_ledger(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["leave a base", "--format", "jsonl", "--ledger", str(ledger), "--output"]
    assert printed(capsys, [*arguments, "said.jsonl"]) == ""
    assert len(Path("said.jsonl").read_text("utf-8").splitlines()) == 1
    assert run(["said", *arguments, str(ledger)]) == 2
    assert "would be lost" in capsys.readouterr().err


def test_a_missing_ledger_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["said", "leave a base"]) == 3
    assert "there is no ledger" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
