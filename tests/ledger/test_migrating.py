"""A ledger of an older version becomes what a new one is, with all that was in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from detente import Ledger, LedgerError
from detente.ledger import opening
from detente.records import Reading
from tests.examples import READING

VERSION_2 = (Path(__file__).parent / "data" / "schema-2.sql").read_text("utf-8")
RECORDS = ("actors", "statements", "events", "holdings", "positions")
SCHEMA = """
SELECT 'column', table_name, column_name, column_index, data_type, is_nullable::VARCHAR FROM duckdb_columns() UNION ALL
SELECT 'constraint', table_name, constraint_text, 0, constraint_type, '' FROM duckdb_constraints() UNION ALL
SELECT 'index', table_name, index_name, 0, sql, '' FROM duckdb_indexes() UNION ALL
SELECT 'view', view_name, sql, column_count, '', '' FROM duckdb_views() WHERE NOT internal UNION ALL
SELECT 'macro', function_name, macro_definition, 0, parameters::VARCHAR, function_type
FROM duckdb_functions() WHERE NOT internal
ORDER BY ALL
"""


def other(id_: str) -> Reading:
    """The example as another document."""
    return msgspec.structs.replace(READING, document=msgspec.structs.replace(READING.document, id=id_))


ACCENTED = msgspec.structs.replace(
    READING, document=msgspec.structs.replace(READING.document, id="a", text=f"{READING.document.text} São Tomé.")
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger of version 2 with two documents, the one that was written later before the other in the alphabet."""
    new, path = tmp_path / "new.duckdb", tmp_path / "old.duckdb"
    with Ledger(new) as ledger:
        ledger.add(other("b"))
        ledger.add(ACCENTED)
    with duckdb.connect(str(path)) as connection:
        connection.execute(VERSION_2)
        connection.execute("INSERT INTO ledger VALUES (2)")
        connection.execute(f"ATTACH '{new}' AS new (READ_ONLY)")
        query = "INSERT INTO documents SELECT * EXCLUDE (added, dataset, accents) FROM new.documents ORDER BY added"
        connection.execute(query)
        for table in RECORDS:
            connection.execute(f"INSERT INTO {table} FROM new.{table}")
    return path


def asked(path: Path, query: str) -> list[Any]:
    """What DuckDB alone finds in a file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("read_only", [False, True])
def test_an_old_ledger_becomes_a_new_one_on_opening(tmp_path: Path, old: Path, read_only: bool) -> None:
    with Ledger(old, read_only=read_only) as ledger:
        assert sorted(ledger.readings(), key=lambda reading: reading.document.id) == [ACCENTED, other("b")]
        assert len(list(ledger.list("events"))) == 4
    assert asked(old, SCHEMA) == asked(tmp_path / "new.duckdb", SCHEMA)
    assert asked(old, "FROM ledger") == asked(tmp_path / "new.duckdb", "FROM ledger")
    query = "SELECT id, added, dataset, accents FROM documents ORDER BY added"
    assert asked(old, query) == [("b", 1, None, False), ("a", 2, None, True)]


def test_forecasts_of_version_4_stay_beside_reckonings(tmp_path: Path) -> None:
    new, path = tmp_path / "new.duckdb", tmp_path / "old.duckdb"
    for one in (new, path):
        with Ledger(one):
            pass
    with duckdb.connect(str(path)) as connection:
        for table in ("reckonings", "settlements", "outcomes"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE documents DROP COLUMN accents")
        connection.execute("UPDATE ledger SET version = 4")
        connection.execute("INSERT INTO resolutions VALUES ('f', TIMESTAMP '2024-01-01', 3, 5, false)")
    with Ledger(path) as ledger:
        assert [row["deeds"] for row in ledger.sql("FROM resolutions")] == [3]
    assert asked(path, SCHEMA) == asked(new, SCHEMA)


def test_an_old_ledger_is_written_on(old: Path) -> None:
    with Ledger(old) as ledger:
        assert not ledger.add(other("a"))
        assert ledger.add(other("c"))
    assert asked(old, "SELECT id FROM documents ORDER BY added") == [("b",), ("a",), ("c",)]


def test_a_migration_that_fails_leaves_the_old_ledger(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked(old, SCHEMA)
    sql = opening.sql

    def broken(*name: str) -> str:
        return "SELECT no_such_column FROM documents" if name == ("views.sql",) else sql(*name)

    monkeypatch.setattr(opening, "sql", broken)
    with pytest.raises(LedgerError):
        Ledger(old)
    assert asked(old, SCHEMA) == before
    assert asked(old, "FROM ledger") == [(2,)]


def test_an_old_ledger_that_somebody_writes_is_not_read_before_it_is_up_to_date(old: Path) -> None:
    writer = opening.existing(old)
    writer.hold()
    with pytest.raises(LedgerError) as caught:
        Ledger(old, read_only=True)
    writer.close()
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{old}: was written by an older detente and has to be brought up to date first, but is ")
    assert "is being written by another program" in line


def test_a_ledger_too_old_to_be_brought_up_to_date_is_refused(old: Path) -> None:
    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE ledger SET version = 1")
    with pytest.raises(LedgerError, match=r"too old to be brought up to date.*; read the texts again into a new file"):
        Ledger(old)
