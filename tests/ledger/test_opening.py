"""A file that cannot be used is refused in one line that names it, the reason and the way out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pytest

from detente import Ledger, LedgerError
from detente.ledger import adding, file
from detente.ledger.file import plain_words
from tests.examples import READING

root_may_write_anywhere = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user"
)


def refusal(path: Path, *, read_only: bool = False) -> str:
    """What is said when the ledger is opened, read and closed."""
    with pytest.raises(LedgerError) as caught, Ledger(path, read_only=read_only) as ledger:
        list(ledger.readings())
    line = str(caught.value)
    assert line.startswith(str(path))
    assert len(line.splitlines()) == 1
    return line


def filled(path: Path, documents: int = 1) -> None:
    import msgspec

    with Ledger(path) as ledger:
        for number in range(documents):
            document = msgspec.structs.replace(READING.document, id=f"d{number}", text=READING.document.text * 50)
            ledger.add(msgspec.structs.replace(READING, document=document))


def test_a_missing_ledger_is_made(tmp_path: Path) -> None:
    with Ledger(tmp_path / "new.duckdb") as ledger:
        assert list(ledger.readings()) == []


def test_a_missing_ledger_is_not_made_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "none.duckdb"
    assert "detente read" in refusal(path, read_only=True)
    assert not path.exists()


def test_a_path_that_duckdb_takes_for_something_else_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger(":memory:") as ledger:
        ledger.add(READING)
    assert Path(":memory:").is_file()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "there is no folder" in refusal(tmp_path / "none" / "ledger.duckdb")


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"short", b"a report, and no database at all " * 500, b"SQLite format 3\x00" * 99]
)
def test_another_file_is_no_ledger_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    assert "is no ledger" in refusal(path)
    assert path.read_bytes() == content


def test_another_duckdb_file_is_no_ledger_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE prices (price DOUBLE)")
    assert "no ledger of detente" in refusal(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("prices",)]


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.duckdb"
    filled(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE ledger SET version = version + 1")
    assert "newer detente" in refusal(path)
    assert "pip install --upgrade detente" in refusal(path, read_only=True)


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _overwritten(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * (len(content) - 4096)


def _without_head(content: bytes) -> bytes:
    return content[:12] + b"\x00" * 4000 + content[4012:]


@pytest.mark.parametrize("damage", [_cut, _overwritten, _without_head])
def test_a_damaged_ledger_is_named_so(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "damaged.duckdb"
    filled(path, documents=20)
    path.write_bytes(damage(path.read_bytes()))
    assert "is damaged or cannot be used" in refusal(path)


HOLDER = """
import sys
import duckdb
from detente import Ledger
path, how = sys.argv[1:]
with Ledger(path) if how == "detente" else duckdb.connect(path, read_only=how == "to read"):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path, how: str) -> Iterator[int]:
    """Another process has the ledger open; its number."""
    command = [sys.executable, "-c", HOLDER, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        yield holder.pid
        holder.communicate()


def test_a_second_writer_is_refused_at_once_and_a_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    with held(path, "detente") as writer:
        line = refusal(path)
        with Ledger(path, read_only=True) as ledger:
            assert len(list(ledger.readings())) == 1
    assert f"is being written by another program (process {writer}); wait until" in line
    filled(path, documents=2)


def test_the_same_ledger_under_another_name_has_the_same_writer(tmp_path: Path) -> None:
    path, link = tmp_path / "ledger.duckdb", tmp_path / "link.duckdb"
    filled(path)
    link.symlink_to(path)
    with Ledger(path):
        line = refusal(link)
    assert f"is being written by another program (process {os.getpid()})" in line


@pytest.mark.parametrize(("how", "read_only"), [("to write", True), ("to write", False)])
def test_a_ledger_that_another_program_does_not_let_go_of_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, read_only: bool
) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    monkeypatch.setattr(file, "_PATIENCE", 0.1)
    with held(path, how) as holder:
        line = refusal(path, read_only=read_only)
    assert f"is in use by another program (process {holder}); try again" in line


def test_who_waits_for_another_program_says_for_which_and_goes_on_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    monkeypatch.setattr(file, "_SILENCE", 0)
    with ExitStack() as stack:
        holder = stack.enter_context(held(path, "to read"))
        said: list[str] = []

        def warning(line: str, *values: object) -> None:
            said.append(line % values)
            # The other lets go as soon as it is waited for.
            stack.close()

        monkeypatch.setattr(file.log, "warning", warning)
        with Ledger(path) as ledger:
            assert ledger.add(READING)
    assert said == [f"{path}: waiting for another program (process {holder}) to let go of it"]


def test_two_ledgers_of_one_program_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with Ledger(path) as writer, Ledger(path, read_only=True) as reader:
        writer.add(READING)
        assert list(reader.readings()) == [READING]


def test_a_ledger_that_the_same_program_has_attached_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    monkeypatch.setattr(file, "_PATIENCE", 0.1)
    with duckdb.connect(str(path)):
        assert "is in use by another program" in refusal(path, read_only=True)


def test_who_takes_long_over_rows_keeps_nobody_from_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    monkeypatch.setattr(file, "_PATIENCE", 0.1)
    with Ledger(path, read_only=True) as reader, Ledger(path) as writer:
        rows = reader.list("events")
        assert next(rows)["id"] == "d0/e1"
        assert writer.add(READING)
        assert [row["id"] for row in rows] == ["d0/e2"]


def test_nothing_that_is_asked_reaches_other_files(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE OR REPLACE VIEW list_events AS SELECT 1 AS document, * FROM read_csv('/etc/passwd')")
    with Ledger(path, read_only=True) as ledger, pytest.raises(LedgerError, match="disabled by configuration"):
        list(ledger.list("events"))


@pytest.mark.parametrize("name", ["it's a ledger.duckdb", 'the "ledger".duckdb', "a; DETACH ledger.duckdb", "л 账"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    filled(tmp_path / name)
    with Ledger(tmp_path / name, read_only=True) as ledger:
        assert len(list(ledger.list("events"))) == 2


def test_two_programs_may_read_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    command = [
        sys.executable,
        "-c",
        "import sys; from detente import Ledger; Ledger(sys.argv[1], read_only=True)",
        str(path),
    ]
    with Ledger(path, read_only=True):
        assert subprocess.run(command, check=False).returncode == 0


def test_a_ledger_opened_to_be_read_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    with Ledger(path, read_only=True) as ledger, pytest.raises(LedgerError, match="cannot be written"):
        ledger.add(READING, again=True)


@root_may_write_anywhere
def test_a_place_that_cannot_be_written_is_named_so(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    assert "cannot be written" in refusal(folder / "ledger.duckdb")


@root_may_write_anywhere
def test_a_file_that_cannot_be_opened_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    filled(path)
    path.chmod(0)
    assert "cannot be opened" in refusal(path)


def test_a_full_disk_is_told_with_its_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise duckdb.IOException('Could not write file "ledger.duckdb": No space left on device')

    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        monkeypatch.setattr(adding, "insert", full)
        with pytest.raises(LedgerError, match=r"the disk is full \(No space left on device\); make room"):
            ledger.add(READING)
        monkeypatch.undo()
        assert list(ledger.readings()) == []


@pytest.mark.parametrize("error", [duckdb.InterruptException("INTERRUPT"), RuntimeError("Query interrupted")])
def test_an_interrupted_query_is_an_interruption_and_no_damage(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(KeyboardInterrupt), plain_words(tmp_path):
        raise error


def test_an_error_of_other_making_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="something else"), plain_words(tmp_path):
        raise RuntimeError("something else")
