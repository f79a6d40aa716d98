"""`detente read` as a process: results on standard output, everything else on standard error, and its exit status."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from detente import Ledger
from detente.records import Reading, reading_from_json
from tests.cli.conftest import Detente

Write = Callable[..., Path]
PUBLISHED = ("--published", "2024-06-14")


def lines(stream: bytes) -> list[str]:
    """The lines of a stream, none of which is a traceback."""
    text = stream.decode("utf-8")
    assert "Traceback" not in text
    return text.splitlines()


def remembered(path: Path) -> list[Reading]:
    """What a ledger holds."""
    with Ledger(path, read_only=True) as ledger:
        return list(ledger.readings())


def wait_for_one(path: Path) -> None:
    """Wait until a ledger that another process writes holds a document."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if path.exists() and remembered(path):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing was written to {path}")


def test_what_is_read_is_written_to_the_ledger_and_a_second_time_changes_nothing(
    detente: Detente, article: Write
) -> None:
    article()
    first = detente("read", "article.txt", *PUBLISHED, "--source", "The Gazette")
    ledger = detente.folder / "detente.duckdb"
    once = remembered(ledger)
    second = detente("read", "article.txt", *PUBLISHED, "--source", "The Gazette")
    assert (first.returncode, first.stdout) == (0, b"")
    assert lines(first.stderr) == ["detente: 1 document written to detente.duckdb, 0 there already, 0 left out"]
    assert (second.returncode, second.stdout) == (0, b"")
    assert lines(second.stderr) == ["detente: 0 documents written to detente.duckdb, 1 there already, 0 left out"]
    assert remembered(ledger) == once
    assert [(reading.document.source, reading.document.published) for reading in once] == [
        ("The Gazette", "2024-06-14")
    ]


def test_the_ledger_and_the_json_hold_the_same_reading(detente: Detente, article: Write) -> None:
    article()
    printed = detente("read", "article.txt", *PUBLISHED, "--json")
    (line,) = lines(printed.stdout)
    assert printed.stderr == b""
    assert list(detente.folder.iterdir()) == [detente.folder / "article.txt"]
    detente("read", "article.txt", *PUBLISHED, "--quiet")
    assert remembered(detente.folder / "detente.duckdb") == [reading_from_json(line)]


def test_again_writes_what_the_ledger_holds_once_more(detente: Detente, article: Write) -> None:
    article()
    detente("read", "article.txt", *PUBLISHED)
    again = detente("read", "article.txt", *PUBLISHED, "--again")
    assert lines(again.stderr) == ["detente: 1 document written to detente.duckdb, 0 there already, 0 left out"]
    assert len(remembered(detente.folder / "detente.duckdb")) == 1


def test_an_input_that_cannot_be_read_leaves_the_others_read(detente: Detente, article: Write) -> None:
    article("one.txt")
    article("two.txt", speaker="Vesk")
    (detente.folder / "empty.txt").write_bytes(b"")
    (detente.folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    done = detente("read", "one.txt", "none.txt", "empty.txt", "binary.txt", "two.txt", *PUBLISHED, "--json")
    assert done.returncode == 1
    assert [json.loads(line)["document"]["path"] for line in lines(done.stdout)] == ["one.txt", "two.txt"]
    said = lines(done.stderr)
    assert len(said) == 3
    for line, name in zip(said, ("none.txt", "empty.txt", "binary.txt"), strict=True):
        assert line.startswith(f"detente: {name}: ")


def test_where_nothing_can_be_read_no_ledger_is_made(detente: Detente) -> None:
    done = detente("read", "none.txt")
    assert done.returncode == 1
    assert done.stdout == b""
    assert len(lines(done.stderr)) == 1
    assert list(detente.folder.iterdir()) == []


def test_a_text_on_standard_input_is_read(detente: Detente, article: Write) -> None:
    text = article().read_bytes()
    done = detente("read", "-", "--json", *PUBLISHED, given=text)
    assert done.returncode == 0
    (line,) = lines(done.stdout)
    assert json.loads(line)["document"]["text"] == text.decode("utf-8")


def test_a_text_without_date_gets_a_line_that_says_what_stays_open(detente: Detente, article: Write) -> None:
    article()
    done = detente("read", "article.txt", "--json")
    assert done.returncode == 0
    (line,) = lines(done.stderr)
    assert line.startswith("detente: article.txt (")
    assert "): no date: relative dates stay open, and office-holders" in line


def test_of_many_texts_without_a_date_three_are_named_and_the_others_counted(detente: Detente) -> None:
    rows = [{"id": str(i), "text": f"Chile and Peru signed accord number {i}."} for i in range(5)]
    (detente.folder / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = detente("read", "many.jsonl", "--json")
    named, more = lines(done.stderr)[:3], lines(done.stderr)[3:]
    assert all(f"({i}): no date: relative dates" in line for i, line in enumerate(named))
    assert more == ["detente: 2 more texts have no day of publication; --verbose names them"]
    told = detente("read", "many.jsonl", "--json", "--verbose").stderr.decode()
    assert all(f"({row['id']})" in told for row in rows)


def test_verbose_tells_what_is_done_and_never_the_text(detente: Detente, article: Write) -> None:
    article()
    done = detente("read", "article.txt", *PUBLISHED, "--json", "--verbose")
    assert "article.txt (" in done.stderr.decode()
    assert "Negotiators" not in done.stderr.decode()


def test_a_ledger_that_cannot_be_used_is_status_3(detente: Detente, article: Write) -> None:
    article()
    for ledger in ("article.txt", ".", "none/ledger.duckdb"):
        done = detente("read", "article.txt", *PUBLISHED, "--ledger", ledger)
        assert done.returncode == 3
        (line,) = lines(done.stderr)
        assert line.startswith(f"detente: {ledger}: ")
    assert article().read_bytes().startswith(b"Negotiators")


def test_two_runs_read_the_same_bytes(detente: Detente, article: Write) -> None:
    article()
    first, second = (detente("read", "article.txt", *PUBLISHED, "--json").stdout for _ in range(2))
    assert first == second


def _endless(article: Path, count: int = 80) -> bytes:
    return b"".join(
        json.dumps({"id": f"d{number}", "published": "2024-06-14", "text": article.read_text("utf-8")}).encode() + b"\n"
        for number in range(count)
    )


def test_a_closed_pipe_ends_it_quietly(detente: Detente, article: Write) -> None:
    with detente.start("read", "-", "--json") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(_endless(article()))
        process.stdin.close()
        reading_from_json(process.stdout.readline())
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize("json_lines", [True, False])
def test_an_interruption_is_one_line_and_keeps_what_was_written(
    detente: Detente, article: Write, json_lines: bool
) -> None:
    with detente.start("read", "-", *(["--json"] if json_lines else ["--verbose"])) as process:
        assert process.stdin and process.stdout and process.stderr
        # More articles are to come: it reads these and waits.
        process.stdin.write(_endless(article()))
        process.stdin.flush()
        (process.stdout if json_lines else process.stderr).readline()
        if not json_lines:
            wait_for_one(detente.folder / "detente.duckdb")
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode().splitlines()
        assert process.wait() == 130
    assert said[-1] == "detente: interrupted; what was written before is kept"
    assert not [line for line in said if "Traceback" in line]
    if not json_lines:
        assert remembered(detente.folder / "detente.duckdb")


def test_two_processes_read_into_the_ledger_and_skip_what_it_holds(detente: Detente, article: Write) -> None:
    (detente.folder / "some.jsonl").write_bytes(_endless(article(), 6))
    detente("read", "some.jsonl", "--workers", "2")
    again = detente("read", "some.jsonl", "--workers", "2")
    assert lines(again.stderr) == ["detente: 0 documents written to detente.duckdb, 6 there already, 0 left out"]
    written = remembered(detente.folder / "detente.duckdb")
    assert sorted(reading.document.id for reading in written) == [f"d{number}" for number in range(6)]


def children(pid: int) -> list[int]:
    """The processes that a process has started, and that are there."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(child) for child in told]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_when_a_reading_ends_its_processes_end(detente: Detente, article: Write, ending: signal.Signals) -> None:
    with detente.start("read", "-", "--json", "--workers", "2") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(_endless(article()))
        process.stdin.flush()
        process.stdout.readline()
        started = children(process.pid)
        process.send_signal(ending)
        assert process.wait() == (130 if ending == signal.SIGINT else -ending)
        said = process.stderr.read().decode()
    assert len(started) >= 2
    until = time.monotonic() + 60
    while time.monotonic() < until and any(Path(f"/proc/{pid}").exists() for pid in started):
        time.sleep(0.05)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
    assert "Traceback" not in said
    if ending == signal.SIGINT:
        assert said == "detente: interrupted; what was written before is kept\n"
