"""Standard error is for people: one line each, and a bar only where somebody is looking."""

from __future__ import annotations

import io

import pytest

from detente.cli._messages import counting, say, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_message_is_one_line_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\nb\x1b[31m\u2028c\r")
    assert capsys.readouterr().err == "detente: a b [31m c\n"


@pytest.mark.parametrize("count", [0, 2, 3, 4, 50])
@pytest.mark.parametrize("quiet", [True, False])
def test_a_bar_changes_nothing_of_what_it_counts(count: int, quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    assert list(with_progress(iter(range(count)), quiet=quiet)) == list(range(count))


@pytest.mark.parametrize(("count", "quiet", "shown"), [(9, False, True), (9, True, False), (3, False, False)])
def test_a_bar_is_for_more_than_a_few(count: int, quiet: bool, shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    list(with_progress(iter(range(count)), quiet=quiet))
    assert ("documents" in terminal.getvalue()) is shown


def test_no_bar_is_shown_to_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    list(with_progress(iter(range(9)), quiet=False))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("quiet", [True, False])
def test_what_is_done_is_counted_for_who_is_looking(quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with counting("tables", quiet=quiet) as progress:
        progress(250)
        progress(6)
    assert ("256 tables" in terminal.getvalue()) is not quiet
