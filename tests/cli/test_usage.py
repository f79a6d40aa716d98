"""Wrong usage ends with status 2 and one line that says what is wrong, before anything is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cli import run


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("", "Missing command"),
        ("reckon", "No such command"),
        ("read", "Missing argument"),
        ("read a.txt --colour", "No such option"),
        ("read a.txt --published soon", "is no date"),
        ("read a.txt --json --ledger b.duckdb", "--json and --ledger do not go together"),
        ("read a.txt --json --again", "--json and --again do not go together"),
        ("brief --html --json", "--html and --json do not go together"),
        ("brief a.txt --ledger b.duckdb", "--ledger and PATH do not go together"),
        ("brief --title Talks", "--title is about texts"),
        ("brief --since yesterday", "is no date"),
        ("list", "Missing argument"),
        ("list treaties", "cannot be listed"),
        ("list events --format xml", "is not one of 'table', 'csv', 'jsonl'"),
        ("list events --since 2024-13", "'2024-13' is no date"),
        ("list events --type war", "'war' is no type of events"),
        ("list events --act deny", "act does not fit events"),
        ("list events --limit 0", "--limit"),
        ("list events --limit many", "--limit"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert line.startswith("detente: ")
    assert reason in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["list events", "brief"])
def test_a_missing_ledger_is_status_3_and_is_not_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    assert run([*command.split(), "--output", "out.txt"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("detente: detente.duckdb: there is no ledger; look for its name, or make one with")
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_of_ours_is_one_line_without_the_text_it_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the words of a document")

    monkeypatch.setattr("detente.documents.load", broken)
    assert run(["read", "a.txt", "--json"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("detente: a mistake in detente: ValueError at ")
    assert "words of a document" not in line
