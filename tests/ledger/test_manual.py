"""The manual of the ledger names all that a ledger holds, and its queries run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from detente import Ledger
from tests.examples import READING

MANUAL = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", MANUAL, re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("manual") / "ledger.duckdb"
    with Ledger(path) as ledger:
        ledger.add(READING)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def test_every_table_view_and_macro_is_named(database: duckdb.DuckDBPyConnection) -> None:
    names = database.execute(
        """
        SELECT table_name FROM duckdb_tables() UNION ALL
        SELECT view_name FROM duckdb_views() WHERE NOT internal UNION ALL
        SELECT function_name FROM duckdb_functions() WHERE NOT internal
        """
    ).fetchall()
    assert len(names) > 10
    assert [name for (name,) in names if not re.search(rf"`{name}[`(]", MANUAL)] == []


def test_every_column_of_a_table_is_named(database: duckdb.DuckDBPyConnection) -> None:
    columns = database.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)$", MANUAL, re.MULTILINE))
    everywhere = {"document", "id", "ordinal"}
    tables = {name for name, _ in columns if name in rows and not name.startswith("list_")}
    assert {"documents", "events"} <= tables
    assert [(t, c) for t, c in columns if t in tables and c not in everywhere and f"`{c}`" not in rows[t]] == []


@pytest.mark.parametrize("query", QUERIES)
def test_its_queries_run(database: duckdb.DuckDBPyConnection, query: str) -> None:
    database.execute(query).fetchall()


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 3
