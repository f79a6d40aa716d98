"""Reading on a Ray cluster: on a real one of two processes, and what lies in the folder between its parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from detente.errors import ExtraError, InputError
from detente.ledger import Ledger
from detente.reading import cluster
from detente.reading.cluster import Parts, read_on_cluster
from detente.reading.reader import Outcome, reader
from detente.records import Document, Reader, Reading


def document(name: str) -> Document:
    text = f"Iran accused Israel of raid {name} on Monday. Egypt said that it would host talks."
    return Document(id=name, language="en", published="2024-06-14", text=text)


DOCUMENTS = [document(f"d{number}") for number in range(100)]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reads pieces in this process in the place of a cluster, and lists the documents that it has read."""
    read: list[str] = []

    def in_turn(documents: list[Document]) -> Iterator[Outcome]:
        for one in documents:
            read.append(one.id)
            yield Reading(reader=reader(), document=one) if one.text else InputError(one.id, "is empty")

    def pieces(parts: Parts, pieces: list[int], known: Reader, *_: object) -> Iterator[None]:
        actor = cluster.Reads({}, known)
        for piece in reversed(pieces):
            path = parts.documents(piece)
            actor({"path": str(path), "bytes": path.read_bytes()})
            yield

    monkeypatch.setattr(cluster, "read_in_turn", in_turn)
    monkeypatch.setattr(cluster, "_ready", lambda _: None)
    monkeypatch.setattr(cluster, "_read", pieces)
    return read


def test_readings_come_in_the_order_of_the_documents_and_nothing_is_left(here: list[str], tmp_path: Path) -> None:
    documents = [*DOCUMENTS, Document(id="empty", text=""), document("last")]
    failed: list[InputError] = []
    readings = [*read_on_cluster(documents, parts=tmp_path / "parts", failed=failed.append)]
    assert [reading.document for reading in readings] == [*DOCUMENTS, document("last")]
    assert [(error.name, error.reason) for error in failed] == [("empty", "is empty")]
    assert not any(tmp_path.iterdir())


def test_a_run_that_was_broken_off_is_finished_before_another_begins(here: list[str], tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts")
    run = parts.stage(DOCUMENTS)
    next(cluster._read(parts, [0, 1], run.reader, None, None))  # has read piece 1 when it ends
    before = [*here]
    assert 0 < len(before) < len(DOCUMENTS)
    readings = read_on_cluster([document("new")], parts=parts.folder)
    assert [reading.document.id for reading in readings] == [*(one.id for one in DOCUMENTS), "new"]
    assert len(here) == len(DOCUMENTS) + 1


def test_what_another_reader_has_read_is_read_again(here: list[str], tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts")
    run = parts.stage(DOCUMENTS)
    next(cluster._read(parts, [0], run.reader, None, None))
    other = msgspec.structs.replace(run, reader=Reader(version="0", model="0"))
    (parts.folder / "run.json").write_bytes(msgspec.json.encode(other))
    first = len(here)
    assert len([*read_on_cluster([], parts=parts.folder)]) == len(DOCUMENTS)
    assert len(here) == first + len(DOCUMENTS)


def test_what_was_not_wholly_written_is_written_anew_and_a_strange_file_stays(here: list[str], tmp_path: Path) -> None:
    def broken_off() -> Iterator[Document]:
        yield from DOCUMENTS
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Parts(tmp_path).stage(broken_off())
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert [reading.document.id for reading in read_on_cluster([document("new")], parts=tmp_path)] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_of_somebody_else_is_refused_and_left_alone(here: list[str], tmp_path: Path) -> None:
    theirs = tmp_path / "documents-2024.jsonl"
    theirs.write_text("{}", "utf-8")
    with pytest.raises(InputError, match="name a new folder"):
        [*read_on_cluster(DOCUMENTS, parts=tmp_path)]
    with pytest.raises(InputError, match="is no folder"):
        [*read_on_cluster(DOCUMENTS, parts=theirs)]
    assert theirs.read_text("utf-8") == "{}"
    assert not here


def test_a_document_that_two_actors_die_of_is_left_out_and_no_other(
    here: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = vars(cluster)["read_in_turn"]

    class Died(BaseException):
        """In the place of a killed process."""

    def deadly(documents: list[Document]) -> Iterator[Outcome]:
        if any(one.id == "d3" for one in documents):
            raise Died
        yield from well(documents)

    monkeypatch.setattr(cluster, "read_in_turn", deadly)
    parts = Parts(tmp_path / "parts")
    run = parts.stage(DOCUMENTS[:5])
    for _ in range(3):
        with pytest.raises(Died):
            [*cluster._read(parts, [0], run.reader, None, None)]
    failed: list[InputError] = []
    readings = read_on_cluster([], parts=parts.folder, failed=failed.append)
    assert [reading.document.id for reading in readings] == ["d0", "d1", "d2", "d4"]
    assert [error.name for error in failed] == ["d3"]


def test_without_ray_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExtraError, match=r"detente\[ray\]"):
        [*read_on_cluster(DOCUMENTS, parts=tmp_path / "parts")]
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:99999"])
def test_where_no_cluster_answers_it_is_said_and_nothing_is_written_or_lost(tmp_path: Path, address: str) -> None:
    pytest.importorskip("ray")
    parts = Parts(tmp_path / "parts")
    with pytest.raises(InputError, match=f"{address}: no Ray cluster answers"):
        [*read_on_cluster(DOCUMENTS, parts=parts.folder, address=address)]
    assert not [*tmp_path.iterdir()]
    parts.stage(DOCUMENTS)  # in a run that is broken off
    with pytest.raises(InputError, match="no Ray cluster answers"):
        [*read_on_cluster([], parts=parts.folder, address=address)]
    assert parts.begun() is not None


def actors() -> list[int]:
    """The processes of a local cluster that read."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            # Ray calls its actors by what they do.
            if process.name.isdigit() and b"ray::MapWorker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            pass
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_the_ledger_is_that_of_one_process_also_when_an_actor_is_killed(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in DOCUMENTS))

    def command(ledger: str, *options: str) -> list[str]:
        return [sys.executable, "-m", "detente", "read", str(corpus), "--ledger", str(tmp_path / ledger), *options]

    with subprocess.Popen(command("cluster.duckdb", "--engine", "ray", "--workers", "2")) as process:
        parts = tmp_path / "cluster.duckdb.parts"
        until = time.monotonic() + 200
        while time.monotonic() < until and not [*parts.glob("readings-*")]:
            time.sleep(0.05)
        reading = actors()
        os.kill(reading[-1], signal.SIGKILL)
        assert len([*parts.glob("readings-*.parquet")]) < 4  # pieces are still to be read
        assert process.wait() == 0
    subprocess.run(command("alone.duckdb"), check=True)
    assert not parts.exists()
    assert everything(tmp_path / "cluster.duckdb") == everything(tmp_path / "alone.duckdb")


def everything(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of a ledger."""
    with Ledger(path, read_only=True) as ledger:
        tables = [row["table_name"] for row in ledger.sql("SELECT table_name FROM duckdb_tables()")]
        return {table: [*ledger.sql(f"FROM {table} ORDER BY ALL")] for table in tables}
