"""The tables of schema.sql have the fields of the contract, and the macros mean what dates and names mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import resources

import duckdb
import msgspec
import pytest

from detente import records
from detente.ledger.listing import VIEWED


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name in ("schema.sql", "views.sql"):
            connection.execute(resources.files("detente.ledger").joinpath(name).read_text("utf-8"))
        yield connection


@pytest.mark.parametrize(
    ("table", "record", "besides"),
    [
        ("documents", records.Document, {"schema", "reader", "added", "dataset", "accents"}),
        ("actors", records.Actor, {"document", "ordinal"}),
        ("statements", records.Statement, {"document", "ordinal"}),
        ("events", records.Event, {"document", "ordinal"}),
        ("holdings", records.Holding, {"document", "ordinal"}),
        ("positions", records.Position, {"document", "ordinal"}),
    ],
)
def test_a_table_has_the_fields_of_its_record(
    database: duckdb.DuckDBPyConnection, table: str, record: type[records.Record], besides: set[str]
) -> None:
    columns = database.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index", [table]
    ).fetchall()
    fields = [field.name for field in msgspec.structs.fields(record)]
    assert [name for (name,) in columns if name not in besides] == fields
    assert {name for (name,) in columns} == {*fields, *besides}


@pytest.mark.parametrize("kind", VIEWED)
def test_every_kind_has_a_view_that_lists_it(database: duckdb.DuckDBPyConnection, kind: str) -> None:
    assert database.execute(f"SELECT * FROM list_{kind}").fetchall() == []  # noqa: S608


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024-06-14", date(2024, 6, 14), date(2024, 6, 14)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2022-02-24/2022-03-31", date(2022, 2, 24), date(2022, 3, 31)),
        ("2022-02-24/2022-04", date(2022, 2, 24), date(2022, 4, 30)),
        ("1992/1995", date(1992, 1, 1), date(1995, 12, 31)),
        ("2024-02-30", None, None),
        ("soon", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_date_means_its_first_to_its_last_day(
    database: duckdb.DuckDBPyConnection, partial: str | None, first: date | None, last: date | None
) -> None:
    assert database.execute("SELECT earliest($1), latest($1)", [partial]).fetchone() == (first, last)


@pytest.mark.parametrize(
    ("text", "asked", "there"),
    [
        ("Iran's foreign ministry", "iran", True),
        ("Tirana", "Iran", False),
        ("Recep Tayyip Erdoğan", "ERDOGAN", True),
        ("the United Nations, today", "United Nations", True),
        ("United Arab Nations", "United Nations", False),
        ("Iran", "--", False),
    ],
)
def test_names_are_found_by_whole_words_without_case_and_accents(
    database: duckdb.DuckDBPyConnection, text: str, asked: str, there: bool
) -> None:
    found = database.execute("SELECT contains(words($1), words($2))", [text, asked]).fetchone()
    assert found is not None
    assert bool(found[0]) is there
