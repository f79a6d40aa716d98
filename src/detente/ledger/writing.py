"""Writing rows into the ledger's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GIVEN: Final = ("document", "ordinal")
"""Columns that are no part of a record: whose it is, and its place among them."""


def insert(
    connection: DuckDBPyConnection, table: str, records: Sequence[object], *, document: str | None = None
) -> None:
    """Write records as one array of JSON, which is quicker than row by row and checks every field's name.

    Where `document` is given the rows are that document's.
    """
    if not records:
        return
    columns = _columns(connection, table)
    fields = ", ".join(f'"{name}" {kind}' for name, kind in columns.items() if name not in _GIVEN)
    values = {"records": msgspec.json.encode(records).decode()}
    keys = ""
    if document is not None:
        values["document"] = document
        keys = "$document AS document, "
        if "ordinal" in columns:
            keys += f"unnest(range(1, {len(records) + 1})) AS ordinal, "
    connection.execute(
        f"INSERT INTO {table} BY NAME SELECT {keys}unnest(CAST($records::JSON AS STRUCT({fields})[]), max_depth := 2)",
        values,
    )


_types: Final[dict[str, Mapping[str, str]]] = {}


def _columns(connection: DuckDBPyConnection, table: str) -> Mapping[str, str]:
    """The columns of a table with DuckDB's types; the schema is one for the whole process."""
    if table not in _types:
        query = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
        _types[table] = dict(connection.execute(query, [table]).fetchall())
    return _types[table]
