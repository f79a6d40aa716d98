"""Writing readings into the ledger: all that it keeps of a document, some documents in one transaction.

What is written together is what would be written one after the other, row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from detente.errors import InputError
from detente.ledger import deeds, witnesses
from detente.ledger.fetching import RECORDS
from detente.ledger.spelling import has_accents
from detente.ledger.writing import insert, insert_records
from detente.records import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from detente.ledger.file import File

Outcome = bool | InputError
"""What came of a reading: whether anything was written, or why it cannot be."""


def add(file: File, readings: Sequence[Reading], *, again: bool, dataset: str | None) -> list[Outcome]:
    """Write readings, and return what came of each, in their order; what `Ledger.add_all` says holds for them.

    Those that are new are written together; one that is replaced by itself, as what others were linked to changes.
    """
    outcomes: dict[int, Outcome] = {}
    new: dict[str, int] = {}

    def write_new() -> None:
        some = _added(file, [readings[place] for place in new.values()], dataset)
        outcomes.update(zip(new.values(), some, strict=True))
        held.update(id for id, place in new.items() if outcomes[place] is True)
        new.clear()

    held = _held(file, [reading.document.id for reading in readings])
    for place, reading in enumerate(readings):
        if reading.document.id in new:
            write_new()
        if reading.document.id not in held:
            new[reading.document.id] = place
        elif again:
            write_new()
            (outcomes[place],) = _added(file, [reading], dataset)
        else:
            outcomes[place] = False
    write_new()
    return [outcomes[place] for place in range(len(readings))]


def _held(file: File, document_ids: Sequence[str]) -> set[str]:
    """Which documents the ledger holds."""
    with file.reading() as connection:
        query = "SELECT id FROM documents WHERE id IN (SELECT unnest($ids))"
        return {id for (id,) in connection.execute(query, {"ids": document_ids}).fetchall()}


def _added(file: File, readings: Sequence[Reading], dataset: str | None) -> list[Outcome]:
    """Write readings of different documents in one transaction; where one cannot be stored, each by itself."""
    if not readings:
        return []
    try:
        with file.writing() as connection:
            _write(connection, readings, dataset)
    except InputError as error:
        if len(readings) == 1:
            return [error]
        return [outcome for reading in readings for outcome in _added(file, [reading], dataset)]
    return [True] * len(readings)


def _write(connection: DuckDBPyConnection, readings: Sequence[Reading], dataset: str | None) -> None:
    """Write readings that are new or, where it is one, take the place of what the ledger has of its document.

    Raises `InputError`, in the name of the first, where one of them cannot be stored.
    """
    import duckdb

    places = _places(connection, readings)
    heads = [
        msgspec.structs.asdict(reading.document)
        | {"schema": reading.schema, "reader": reading.reader, "dataset": dataset, "added": added}
        | {"accents": has_accents(reading.document.text)}
        for reading, added in zip(readings, places, strict=True)
    ]
    called = readings[0].document.path or readings[0].document.id
    try:
        insert(connection, "documents", heads)
        for table in RECORDS:
            insert_records(connection, table, _by_document(readings, table))
    except duckdb.ConstraintException as error:
        raise InputError(called, "cannot be stored: two records have one id") from error
    except (duckdb.ConversionException, UnicodeError) as error:
        raise InputError(called, "cannot be stored: a value fits no column") from error
    links = witnesses.link(connection, readings, dataset=dataset)
    deeds.write(connection, readings, links, dataset=dataset)


def _by_document(readings: Sequence[Reading], table: str) -> Mapping[str, Sequence[object]]:
    return {reading.document.id: getattr(reading, table) for reading in readings}


def _places(connection: DuckDBPyConnection, readings: Sequence[Reading]) -> list[int]:
    """The places of documents in the order of writing; what the ledger has of them is removed and leaves its place."""
    if len(readings) == 1:
        id = readings[0].document.id
        held = connection.execute("SELECT added FROM documents WHERE id = ?", [id]).fetchone()
        if held is not None:
            _remove(connection, id)
            return [held[0]]
    ((last,),) = connection.execute("SELECT coalesce(max(added), 0) FROM documents").fetchall()
    return [*range(last + 1, last + 1 + len(readings))]


def _remove(connection: DuckDBPyConnection, document_id: str) -> None:
    shared = deeds.sharing(connection, [document_id])
    witnesses.unlink(connection, document_id)
    for table in (*RECORDS, "told_deeds"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", [document_id])  # noqa: S608
    connection.execute("DELETE FROM documents WHERE id = ?", [document_id])
    deeds.settle(connection, shared)
