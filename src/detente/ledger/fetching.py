"""Getting readings and records back out of the ledger's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from detente.records import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RECORDS: Final = ("actors", "statements", "events", "holdings", "positions")
"""The tables of a document's records, which are also their names in a reading. Only these are put into SQL."""

_ROWS_AT_ONCE: Final = 1024
"""Few enough to hold in memory, enough to make a query cheap."""


def readings(connection: DuckDBPyConnection, document_ids: Sequence[str]) -> Iterator[Reading]:
    """The readings of some documents, in their order; a document that is not there is left out.

    Everything is fetched before the first is given: the connection is needed no longer.
    """
    # A list of constants is looked up in the index, where a subquery would have every text of the ledger read.
    query = "SELECT * EXCLUDE (added, dataset, accents) FROM documents WHERE list_contains($ids, id)"
    heads = {row["id"]: row for row in fetched(connection.execute(query, {"ids": document_ids}))}
    parts = {table: records(connection, table, document_ids) for table in RECORDS}
    return (_reading(heads[id], {table: parts[table][id] for table in RECORDS}) for id in document_ids if id in heads)


def records(
    connection: DuckDBPyConnection, table: str, document_ids: Sequence[str]
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The records of some documents, by document."""
    found = defaultdict(list)
    query = (
        f"SELECT * EXCLUDE (ordinal) FROM {table} WHERE document IN (SELECT unnest($ids)) ORDER BY document, ordinal"  # noqa: S608
    )
    for row in fetched(connection.execute(query, {"ids": document_ids})):
        found[row.pop("document")].append(row)
    return found


def _reading(head: dict[str, Any], parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Reading:
    reading = {"schema": head.pop("schema"), "reader": head.pop("reader"), "document": head}
    return msgspec.convert({**reading, **parts}, type=Reading)


def fetched(connection: DuckDBPyConnection, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of what a connection executed last, streamed; `columns` are other names than it gives them."""
    names = columns or [column[0] for column in connection.description]
    while rows := connection.fetchmany(_ROWS_AT_ONCE):
        for row in rows:
            yield dict(zip(names, row, strict=True))
