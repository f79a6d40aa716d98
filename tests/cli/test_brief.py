"""`detente brief` from texts, which touches no ledger, and from the ledger, which touches no text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from detente.errors import LedgerError
from tests.cli.conftest import Detente
from tests.examples import READING

Write = Callable[..., Path]
PUBLISHED = ("--published", "2024-06-14")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)


def test_a_text_is_briefed_in_memory(detente: Detente, article: Write) -> None:
    article()
    done = detente("brief", "article.txt", *PUBLISHED)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Orlan" in done.stdout.decode()
    assert [path.name for path in detente.folder.iterdir()] == ["article.txt"]


def test_a_ledger_is_neither_opened_nor_changed_where_texts_are_given(
    detente: Detente, article: Write, tmp_path: Path
) -> None:
    article()
    broken = tmp_path / "detente.duckdb"
    broken.write_bytes(b"no ledger at all")
    assert detente("brief", "article.txt", *PUBLISHED).returncode == 0
    assert broken.read_bytes() == b"no ledger at all"


def test_an_input_that_cannot_be_read_leaves_a_brief_of_the_others(detente: Detente, article: Write) -> None:
    article()
    done = detente("brief", "none.txt", "article.txt", *PUBLISHED, "--json")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("detente: none.txt: ")
    assert len(done.stderr.splitlines()) == 1
    assert "Orlan" in done.stdout.decode()


def test_where_nothing_can_be_read_there_is_no_brief(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "none.txt", "--output", "brief.txt"]) == 1
    assert capsys.readouterr().out == ""
    assert not Path("brief.txt").exists()


def test_a_text_on_standard_input_is_briefed(detente: Detente, article: Write) -> None:
    done = detente("brief", "-", "--json", *PUBLISHED, given=article().read_bytes())
    assert done.returncode == 0
    assert "Orlan" in json.dumps(json.loads(done.stdout))


def test_the_ledger_is_briefed_without_reading_a_text(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "Koulamallah" in shown.out
    assert "Faya" in shown.out


def test_the_situation_is_printed_as_one_json_object(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "--json"]) == 0
    assert "Koulamallah" in json.dumps(json.loads(capsys.readouterr().out))


def test_the_page_goes_to_a_file(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "--html", "--output", "brief.html"]) == 0
    assert capsys.readouterr().out == ""
    page = Path("brief.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Koulamallah" in page


@pytest.mark.parametrize(
    ("filters", "there"),
    [
        (["--about", "Chad"], True),
        (["--about", "Norway"], False),
        (["--since", "2025"], True),
        (["--since", "2025-02"], False),
        (["--until", "2012"], False),
    ],
)
def test_the_brief_is_of_what_is_asked(
    ledger: Path, capsys: pytest.CaptureFixture[str], filters: list[str], there: bool
) -> None:
    assert run(["brief", "--json", *filters]) == 0
    assert ("Koulamallah" in capsys.readouterr().out) is there


def test_neither_the_ledger_nor_an_article_is_overwritten(
    ledger: Path, article: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["brief", "--output", "detente.duckdb"]) == 2
    assert "would be lost" in capsys.readouterr().err
    with Ledger(ledger, read_only=True) as opened:
        assert list(opened.readings()) == [READING]
    text = article().read_bytes()
    assert run(["brief", "article.txt", *PUBLISHED, "--output", "article.txt"]) == 2
    assert Path("article.txt").read_bytes() == text


def test_while_a_program_writes_a_brief_is_shown_and_not_remembered(ledger: Path, detente: Detente) -> None:
    with Ledger(ledger):
        done = detente("brief")
    assert done.returncode == 0
    assert b"Chad" in done.stdout
    (line,) = done.stderr.decode().splitlines()
    assert "is being written by another program" in line
    assert line.endswith("the next brief will not tell what is new since this one")


def test_a_closed_pipe_ends_it_quietly(ledger: Path, detente: Detente) -> None:
    with detente.start("brief") as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_the_ledger_remembers_that_a_brief_was_shown(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "--about", "Chad", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["former"] is None
    assert run(["brief", "--about", "CHAD", "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["former"] is not None
    assert shown.err == ""


def test_where_the_ledger_cannot_be_written_the_brief_is_shown_all_the_same(
    ledger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LedgerError(f"{ledger}: cannot be written here")

    monkeypatch.setattr(Ledger, "remember_brief", refuse)
    assert run(["brief"]) == 0
    shown = capsys.readouterr()
    assert "Koulamallah" in shown.out
    assert len(shown.err.splitlines()) == 1
    assert "cannot be written here; the next brief will not tell what is new since this one" in shown.err
