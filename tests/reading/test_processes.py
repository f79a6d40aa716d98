"""Reading in several processes: what comes is what one process reads, whatever becomes of the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Generator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from detente.errors import InputError, ModelError
from detente.reading import processes
from detente.reading.processes import read_in_processes
from detente.reading.reader import read_documents, reader
from detente.records import Document, Reader, Reading, to_json
from detente.world import own, tables
from detente.world.registry import registry


def document(name: str) -> Document:
    return Document(
        id=name, language="en", published="2024-06-14", text=f"Iran accused Israel of raid {name}. Belkacem said no."
    )


def of(name: str) -> Reading:
    return Reading(reader=Reader(version="0", model="0"), document=document(name))


def _double(connection: Connection, own: tables.OwnRows) -> None:
    """Stands in a process for the reading of a text, and dies of some."""
    connection.send(None)
    while True:
        try:
            given: list[Document] = connection.recv()
        except EOFError:
            return
        if given[0].id.startswith("late") and len(given) > 1:
            os._exit(9)  # while it parses them all, as it were
        for one in given:
            if one.id.startswith("deadly"):
                os._exit(9)
            connection.send(of(one.id) if one.text else InputError(one.id, "is empty"))


def _unable(connection: Connection, own: tables.OwnRows) -> None:
    connection.send(ModelError("the model is missing; make it with: make train"))


def _unlucky(connection: Connection, own: tables.OwnRows) -> None:
    os._exit(9)


def _mortal(connection: Connection, own: tables.OwnRows) -> None:
    """Stands in a process for the reading of a text; the one that is given `e` first dies as it starts, on a sign."""
    given: list[Document] = connection.recv()
    while given[0].id == "e":
        if Path(os.environ["SIGN"]).exists():
            os._exit(9)
        time.sleep(0.01)
    connection.send(None)
    while True:
        for one in given:
            connection.send(of(one.id))
        given = connection.recv()


def test_several_processes_read_what_one_reads_also_by_own_tables_and_after_a_death(tmp_path: Path) -> None:
    table = tmp_path / "leaders.csv"
    columns = "name,aliases,gender,country,office,sectors,acts_for,start,end,source"
    table.write_text(f"{columns}\nAda Belkacem,Belkacem,f,TCD,minister,GOV,TCD,2020,,made up\n", "utf-8")
    documents = [document(str(number)) for number in range(40)]
    own.use([table])
    reader.cache_clear()
    try:
        alone = [to_json(reading) for reading in read_documents(documents)]
        readings = read_in_processes(documents, 2)
        together = [to_json(next(readings))]
        os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        together += [to_json(reading) for reading in readings]
    finally:
        tables.forget()
        registry.cache_clear()
        reader.cache_clear()
    assert b"person:ada-belkacem" in alone[0]
    assert together == alone
    assert not multiprocessing.active_children()


def test_a_document_that_two_processes_die_of_is_left_out_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work", _double)
    names = [*"abcd", "late", *"efg", "deadly", *"hijk"]
    failed: list[InputError] = []
    readings = read_in_processes(map(document, names), 2, failed=failed.append)
    assert [reading.document.id for reading in readings] == [name for name in names if name != "deadly"]
    assert [str(error) for error in failed] == [
        "deadly: 2 processes died while reading it (of too little memory, as a rule)"
    ]


def test_what_cannot_be_read_is_told_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work", _double)
    documents = [document("a"), Document(id="b", text=""), document("c")]
    failed: list[InputError] = []
    assert [r.document.id for r in read_in_processes(documents, 3, failed=failed.append)] == ["a", "c"]
    assert [(error.name, error.reason) for error in failed] == [("b", "is empty")]
    with pytest.raises(InputError, match="b: is empty"):
        [*read_in_processes(documents, 1)]


@pytest.mark.parametrize(("work", "told"), [(_unable, "make train"), (_unlucky, "fewer --workers")])
def test_where_no_process_can_read_it_is_said_once(monkeypatch: pytest.MonkeyPatch, work: object, told: str) -> None:
    monkeypatch.setattr(processes, "_work", work)
    with pytest.raises(ModelError, match=told):
        [*read_in_processes(map(document, "abc"), 2)]
    assert not multiprocessing.active_children()


def test_no_process_outlives_a_reading_that_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work", _double)
    readings = read_in_processes((document(str(n)) for n in range(1000)), 2)
    next(readings)
    assert isinstance(readings, Generator)
    readings.close()
    assert not multiprocessing.active_children()


def test_of_no_documents_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_work", _unable)
    assert [*read_in_processes([], 2)] == []


def test_where_one_dies_as_it_starts_the_others_read_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sign = tmp_path / "sign"
    monkeypatch.setenv("SIGN", str(sign))
    monkeypatch.setattr(processes, "_work", _mortal)
    names = [*"abcdefghijkl"]
    readings = read_in_processes(map(document, names), 2)
    first = next(readings)
    sign.touch()
    assert [first.document.id, *(reading.document.id for reading in readings)] == names
    assert "1 read on without it" in caplog.text
