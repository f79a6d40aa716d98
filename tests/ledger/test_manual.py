"""The manual of the ledger names all that a ledger holds, and its queries run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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


def section(name: str, level: str = "##") -> str:
    """The text below a heading."""
    _, found, below = MANUAL.partition(f"\n{level} {name}\n")
    assert found
    return re.split(r"\n##+ ", below)[0]


def columns(database: duckdb.DuckDBPyConnection, names: str) -> Mapping[str, list[str]]:
    """The columns of the tables or views that a query names, in their order."""
    query = (
        "SELECT table_name, list(column_name ORDER BY column_index) "  # noqa: S608
        f"FROM duckdb_columns() WHERE table_name IN ({names}) GROUP BY table_name"
    )
    return dict(database.execute(query).fetchall())


def test_it_names_the_tables_and_their_columns_and_no_others(database: duckdb.DuckDBPyConnection) -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", section("Tables"), re.MULTILINE))
    made = columns(database, "SELECT table_name FROM duckdb_tables()")
    assert told.keys() == made.keys()
    everywhere = {"document", "id", "ordinal"}
    for name in made:
        # What stands in brackets explains a column.
        words = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", told[name])))
        assert words <= set(made[name]), name
        assert set(made[name]) - words <= everywhere, name


def test_it_names_the_views_and_their_columns_and_no_others(database: duckdb.DuckDBPyConnection) -> None:
    made = columns(database, "SELECT view_name FROM duckdb_views() WHERE NOT internal")
    assert len(made) > 10
    assert set(re.findall(r"^### (.+)$", MANUAL, re.MULTILINE)) == made.keys()
    for name in made:
        assert re.findall(r"^\| `(\w+)` \|", section(name, "###"), re.MULTILINE) == made[name], name


def test_it_names_the_macros_and_no_others(database: duckdb.DuckDBPyConnection) -> None:
    made = database.execute("SELECT function_name FROM duckdb_functions() WHERE NOT internal").fetchall()
    assert set(re.findall(r"`(\w+)\(\w+\)`", section("Functions"))) == {name for (name,) in made}


@pytest.mark.parametrize("query", QUERIES)
def test_its_queries_run(database: duckdb.DuckDBPyConnection, query: str) -> None:
    database.execute(query).fetchall()


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 6
