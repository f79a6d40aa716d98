"""`detente review`: a coder answers line by line, stops and goes on; the report counts what was said."""

from __future__ import annotations

import io
import re
import signal
from pathlib import Path

import pytest

from detente import Ledger
from detente.cli import run
from tests.cli.conftest import Detente
from tests.examples import READING, TEXT
from tests.relations.made import event, reading


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a ledger of three accusations and a denied threat."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_LEDGER", raising=False)
    with Ledger("detente.duckdb") as ledger:
        for _ in range(3):
            ledger.add(reading("2024-01-10", event(("RUS",), "ACCUSE", ("UKR",))))
        ledger.add(reading("2024-01-10", event(("RUS",), "THREATEN", ("UKR",), status="denied")))
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> int:
    """Run `detente review` with lines on standard input; in `lines` a / stands between two."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines.split(" / ") if line)))
    return run(["review", *arguments])


def said(folder: Path) -> list[tuple[str, str, str | None, str | None]]:
    """What was kept, in the order in which it was said."""
    with Ledger(folder / "detente.duckdb", read_only=True) as ledger:
        rows = ledger.sql("SELECT coder, verdict, field, correction FROM reviews ORDER BY made, field")
        return [(row["coder"], row["verdict"], row["field"], row["correction"]) for row in rows]


def places(shown: str) -> list[str]:
    """Which records of the sample were shown, in this order."""
    return re.findall(r"^(?:> )*(\d+ of \d+)$", shown, re.MULTILINE)


def test_the_sentence_comes_first_and_then_the_record(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert answer(monkeypatch, "y / q", "--ledger", str(ledger), "--kind", "events", "--seed", "1") == 0
    shown = capsys.readouterr().out
    for told in (
        "type         REQUEST",
        "targets      France (FRA)",
        "reported_by  Abderaman Koulamallah",
        "sure         not known",
    ):
        assert 0 < shown.index(TEXT) < shown.index(told)
    assert shown.index("words  ") < shown.index("type  ")


def test_each_answer_is_kept_and_the_same_command_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(monkeypatch, "y / type threaten; date none / q", "--coder", "A") == 0
    shown = capsys.readouterr()
    assert places(shown.out) == ["1 of 4", "2 of 4", "3 of 4"]
    assert shown.err == "detente: A: 2 of 4 records answered\n"
    first = [("A", "right", None, None), ("A", "wrong", "date", "none"), ("A", "wrong", "type", "THREATEN")]
    assert said(folder) == first
    # To have nothing more to say is to have enough.
    assert answer(monkeypatch, "n", "--coder", "A") == 0
    assert places(capsys.readouterr().out) == ["3 of 4", "4 of 4"]
    assert said(folder) == [*first, ("A", "wrong", None, None)]
    assert answer(monkeypatch, "u", "--coder", "A") == 0
    assert places(capsys.readouterr().out) == ["4 of 4"]
    assert answer(monkeypatch, "", "--coder", "A") == 0
    assert places(capsys.readouterr().out) == []


def test_another_coder_gets_the_same_sample(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = []
    for coder in ("A", "B"):
        assert answer(monkeypatch, "y / y", "--coder", coder, "--sample", "2") == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    with Ledger("detente.duckdb", read_only=True) as ledger:
        records = ledger.sql("SELECT list(document || '/' || record ORDER BY made) AS seen FROM reviews GROUP BY coder")
        one, other = (row["seen"] for row in records)
    assert one == other


def test_a_coder_goes_back_and_answers_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(monkeypatch, "y / y / b / b / status alleged / q") == 0
    shown = capsys.readouterr().out
    assert places(shown) == ["1 of 4", "2 of 4", "3 of 4", "2 of 4", "1 of 4", "3 of 4"]
    assert shown.count("you said: right") == 2
    assert said(folder) == [("coder", "right", None, None), ("coder", "wrong", "status", "alleged")]
    assert answer(monkeypatch, "b / b / b / q") == 0
    shown = capsys.readouterr().out
    assert places(shown) == ["3 of 4", "2 of 4", "1 of 4", "1 of 4"]
    assert "you said: wrong: status alleged" in shown


def test_what_is_left_for_later_comes_again_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(monkeypatch, "s / y / y / y") == 0
    assert places(capsys.readouterr().out) == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]
    assert answer(monkeypatch, "y") == 0
    assert places(capsys.readouterr().out) == ["1 of 4"]
    assert len(said(folder)) == 4


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("yes", "yes: is no answer; write FIELD VALUE, or ? for help"),
        ("type war", "war is no type; these are: AGREE"),
        ("colour red", "colour is nothing that can be wrong"),
        ("type AID; date", "date: is no answer"),
        ("date soon", "'soon' is no date"),
    ],
)
def test_what_is_no_answer_is_asked_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, reason: str
) -> None:
    assert answer(monkeypatch, f"{line} / ? / y / q") == 0
    shown = capsys.readouterr()
    assert reason in shown.err.splitlines()[0]
    assert places(shown.out) == ["1 of 4", "2 of 4"]
    assert said(folder) == [("coder", "right", None, None)]


def test_a_record_that_was_read_anew_is_shown_anew(
    ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import msgspec

    assert answer(monkeypatch, "y / y", "--ledger", str(ledger)) == 0
    changed = msgspec.structs.replace(READING.events[0], date="2024-10")
    with Ledger(ledger) as opened:
        opened.add(msgspec.structs.replace(READING, events=(changed, READING.events[1])), again=True)
    capsys.readouterr()
    assert answer(monkeypatch, "n", "--ledger", str(ledger)) == 0
    shown = capsys.readouterr()
    assert len(places(shown.out)) == 1
    assert "2024-10" in shown.out


def test_ctrl_c_keeps_what_was_said(folder: Path, detente: Detente) -> None:
    with detente.start("review", "--coder", "A") as coder:
        assert coder.stdin
        assert coder.stdout
        coder.stdin.write(b"y\n")
        coder.stdin.flush()
        for line in coder.stdout:
            if line.endswith(b"2 of 4\n"):
                break
        # The second record was shown, so that the first answer was kept.
        for line in coder.stdout:
            if line.startswith(b"  sure"):
                break
        coder.send_signal(signal.SIGINT)
        _, told = coder.communicate()
    assert coder.returncode == 130
    assert b"interrupted" in told
    assert said(folder) == [("A", "right", None, None)]


def test_bytes_that_are_no_text_are_asked_again(folder: Path, detente: Detente) -> None:
    done = detente("review", given=b"\xff\xfe\ny\nq\n")
    assert done.returncode == 0
    assert "is no answer" in done.stderr.decode()
    assert said(folder) == [("coder", "right", None, None)]


def test_others_may_write_while_a_coder_thinks(folder: Path, detente: Detente) -> None:
    with detente.start("review") as coder:
        assert coder.stdout
        for line in coder.stdout:
            if line.startswith(b"  sure"):
                break
        with Ledger(folder / "detente.duckdb") as ledger:
            ledger.add(READING)
        coder.communicate(b"y\nq\n")
    assert coder.returncode == 0
    assert said(folder) == [("coder", "right", None, None)]


def test_the_report_weighs_strata_and_tells_agreement(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "--report"]) == 0
    nothing = capsys.readouterr()
    assert (nothing.out, "nobody has reviewed anything" in nothing.err) == ("", True)
    # The first two are of two strata, one of three records and one of one.
    for coder, lines in (("A", "y / type AID"), ("B", "y / y")):
        assert answer(monkeypatch, lines, "--coder", coder, "--sample", "2") == 0
    capsys.readouterr()
    assert run(["review", "--report"]) == 0
    shown = capsys.readouterr().out
    of_a, _, of_b = shown.partition("events by type, status: B")
    assert of_a.startswith("events by type, status: A\n")
    (whole,) = re.findall(r"all, weighted\s+4\s+1\s+1\s+0\s+(\S+)", of_a)
    assert whole in ("0.75", "0.25")
    assert "wrong: type 1" in of_a
    assert re.search(r"ACCUSE actual\s+3\s+1\s+0\s+0\s+1.00\s+0.21–1.00", of_b)
    assert "A, B agree on what is right with Krippendorff's alpha 0.00, over 2 records" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("--kind treaties", "is not one of"),
        ("--sample 0", "--sample"),
        ("--stratify colour", "colour: is no column of events to stratify by"),
        ("--kind positions", "holds no positions of texts that were read"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: str, reason: str
) -> None:
    assert run(["review", *arguments.split()]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert reason in line


def test_a_missing_ledger_is_status_3_and_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["review", "--ledger", "none.duckdb"]) == 3
    assert "there is no ledger" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
