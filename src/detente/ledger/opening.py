"""Opening a ledger's file, and saying in one line why that is not possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import LedgerError, one_line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MAGIC: Final = slice(8, 12), b"DUCK"
"""Where a DuckDB file says that it is one."""

# Nothing is fetched from the network, and no SQL in a ledger reaches other files. No SQL changes that either: functions
# such as enable_logging() would, from within a SELECT.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}


def connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    """A connection to the ledger at `path`, which is made where it is missing, unless `read_only`.

    Raises `LedgerError`.
    """
    import duckdb

    new = _is_new(path)
    if new and read_only:
        raise LedgerError(f"{path}: there is no ledger; make one with: detente read ARTICLE --ledger {path}")
    with plain_words(path):
        # An absolute path, as DuckDB gives names like ":memory:" a meaning of their own.
        connection = duckdb.connect(path.absolute(), read_only=read_only, config=_CONFIG)
    try:
        with plain_words(path):
            if not read_only and not _tables(connection):
                _create(connection)
            _check_version(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn DuckDB's errors into a `LedgerError` of one line, and its interruption into Python's."""
    import duckdb

    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        # Ctrl-C while a query runs is a RuntimeError of this message in DuckDB's Python.
        if isinstance(error, duckdb.InterruptException) or str(error) == "Query interrupted":
            raise KeyboardInterrupt from None
        raise
    except duckdb.Error as error:
        raise LedgerError(f"{path}: {_reason(str(error))}") from error


def _is_new(path: Path) -> bool:
    """Whether nothing is at `path` yet. Raises `LedgerError` where something else than a DuckDB file is."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        if not path.absolute().parent.is_dir():
            raise LedgerError(f"{path}: there is no folder {path.parent}; make it, or name another place") from None
        return True
    except IsADirectoryError:
        raise LedgerError(f"{path}: is a folder; name a file, such as {path / 'detente.duckdb'}") from None
    except OSError as error:
        raise LedgerError(f"{path}: cannot be opened ({error.strerror}); name another file with --ledger") from error
    where, magic = _MAGIC
    if head[where] != magic:
        raise LedgerError(f"{path}: is no ledger (not a DuckDB file); name another file with --ledger")
    return False


def _reason(message: str) -> str:
    """DuckDB's message as a reason and a way out."""
    if "Could not set lock" in message:
        holder = re.search(r"\(PID (\d+)\)", message)
        by = f" (process {holder[1]})" if holder else ""
        return f"is in use by another program{by}; try again when that has ended, or name another file with --ledger"
    if re.search(r"Permission denied|Read-only file system|read-only mode|Operation not permitted", message):
        return "cannot be written here; change the file's permissions, or name another place with --ledger"
    if "No space left" in message:
        return "the disk is full; make room and run the same command again"
    reason = one_line(message.splitlines()[0])
    return f"is damaged or cannot be used ({reason}); put back a copy, or read the texts again into a new file"


@cache
def _schema() -> tuple[int, str]:
    """The version of the schema, and the schema with its views."""
    home = resources.files("detente.ledger")
    tables, views = (home.joinpath(name).read_text("utf-8") for name in ("schema.sql", "views.sql"))
    version = re.match(r"-- version: (\d+)\n", tables)
    assert version, "schema.sql begins with its version"  # noqa: S101
    return int(version[1]), tables + views


def _create(connection: DuckDBPyConnection) -> None:
    version, sql = _schema()
    connection.begin()
    connection.execute(sql)
    connection.execute("INSERT INTO ledger VALUES (?)", [version])
    connection.commit()


def _tables(connection: DuckDBPyConnection) -> frozenset[str]:
    return frozenset(name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall())


def _check_version(connection: DuckDBPyConnection, path: Path) -> None:
    row = connection.execute("SELECT version FROM ledger").fetchone() if "ledger" in _tables(connection) else None
    known, _ = _schema()
    if row is None:
        raise LedgerError(f"{path}: is a DuckDB file but no ledger of detente; name another file with --ledger")
    if row[0] < known:
        raise LedgerError(
            f"{path}: was written by an older detente (schema {row[0]}, this one writes {known}); "
            "read the texts again into a new file"
        )
    if row[0] > known:
        raise LedgerError(
            f"{path}: was written by a newer detente (schema {row[0]}, this one knows {known}); "
            "bring this one up to date with: pip install --upgrade detente"
        )
