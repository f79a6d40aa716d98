"""Writing rows into the ledger's tables.

Rows are written as one array of JSON, which is quicker than one by one and checks every field's name. DuckDB plans each
INSERT anew, which takes longer than some hundreds of rows: so the records of several documents are written together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GIVEN: Final = ("document", "ordinal")
"""Columns that are no part of a record: whose it is, and its place among them."""


def insert(connection: DuckDBPyConnection, table: str, rows: Sequence[object]) -> None:
    """Write rows; a column that they lack is NULL."""
    if not rows:
        return
    fields = ", ".join(f'"{name}" {kind}' for name, kind in _columns(connection, table).items())
    connection.execute(
        f"INSERT INTO {table} BY NAME SELECT unnest(CAST($rows::JSON AS STRUCT({fields})[]), max_depth := 2)",
        {"rows": msgspec.json.encode(rows).decode()},
    )


def insert_records(connection: DuckDBPyConnection, table: str, records: Mapping[str, Sequence[object]]) -> None:
    """Write the records of documents, by the documents' ids, each with its place among them."""
    written = [{"document": document, "records": some} for document, some in records.items() if some]
    if not written:
        return
    columns = _columns(connection, table)
    fields = ", ".join(f'"{name}" {kind}' for name, kind in columns.items() if name not in _GIVEN)
    connection.execute(
        f"""
        INSERT INTO {table} BY NAME
        SELECT document, unnest(range(1, len(records) + 1)) AS ordinal, unnest(records, max_depth := 2) FROM (
            SELECT unnest(
                CAST($written::JSON AS STRUCT(document VARCHAR, records STRUCT({fields})[])[]), max_depth := 2
            )
        )
        """,  # noqa: S608
        {"written": msgspec.json.encode(written).decode()},
    )


_types: Final[dict[str, Mapping[str, str]]] = {}


def _columns(connection: DuckDBPyConnection, table: str) -> Mapping[str, str]:
    """The columns of a table with DuckDB's types; the schema is one for the whole process."""
    if table not in _types:
        query = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
        _types[table] = dict(connection.execute(query, [table]).fetchall())
    return _types[table]
