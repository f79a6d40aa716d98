"""Opening a ledger: it is made where it is missing, brought up to date where it is old, or refused in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import LedgerError
from detente.ledger import deeds, fetching, witnesses
from detente.ledger.file import PARTS, File

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MAGIC: Final = slice(8, 12), b"DUCK"
"""Where a DuckDB file says that it is one."""


def opened(path: Path, *, read_only: bool, imports: Sequence[Path] = ()) -> File:
    """The ledger at `path`, which is made where it is missing, unless `read_only`, and brought up to date.

    Without `read_only` no other may write until the file is closed. The files `imports` may be read beside it. Raises
    `LedgerError`.
    """
    new = is_new(path)
    if new and read_only:
        raise LedgerError(
            f"{path}: there is no ledger; look for its name, or make one with: detente read ARTICLE --ledger {path}"
        )
    file = File(path, imports=imports)
    try:
        if not read_only:
            file.hold()
            # Another may have made it before it could be held.
            if is_new(path):
                _make(file)
        if _version(file) < _schema()[0]:
            if read_only:
                _migrate_to_read(file)
            else:
                migrate(file)
    except BaseException:
        file.close()
        raise
    return file


def existing(path: Path) -> File:
    """The ledger at `path` as it is, older ones too, to be read and not to be written. Raises `LedgerError`."""
    if is_new(path):
        raise LedgerError(f"{path}: there is no ledger; look for its name")
    file = File(path)
    try:
        _version(file)
    except BaseException:
        file.close()
        raise
    return file


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A name beside `path` for a file to be made, which takes its place when it is whole, and else leaves nothing.

    Raises `OSError`.
    """
    new = path.with_name(f"{path.name}.new")
    # What a killed process may have left.
    _discard(new)
    try:
        yield new
        new.replace(path)
    finally:
        _discard(new)


def _discard(path: Path) -> None:
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


def is_new(path: Path) -> bool:
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


@cache
def _schema() -> tuple[int, str]:
    """The version of the schema, and the SQL of its tables."""
    tables = sql("schema.sql")
    version = re.match(r"-- version: (\d+)\n", tables)
    assert version, "schema.sql begins with its version"  # noqa: S101
    return int(version[1]), tables


def sql(*name: str) -> str:
    """The SQL in a file of this folder."""
    return resources.files("detente.ledger").joinpath(*name).read_text("utf-8")


def _make(file: File) -> None:
    version, tables = _schema()
    # Beside, so that nobody ever meets a ledger without its tables.
    with put_in_place(file.place) as place:
        new = File(file.path, place)
        try:
            with new.writing() as connection:
                connection.execute(tables)
                connection.execute(sql("views.sql"))
                connection.execute("INSERT INTO ledger VALUES (?)", [version])
        finally:
            new.close()


def _version(file: File) -> int:
    """The version of a ledger's schema. Raises `LedgerError` where it is no ledger or a newer one."""
    known, _ = _schema()
    with file.reading() as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ledger'").fetchall()
        row = connection.execute("SELECT version FROM ledger").fetchone() if ("ledger",) in tables else None
    if row is None:
        raise LedgerError(f"{file.path}: is a DuckDB file but no ledger of detente; name another file with --ledger")
    version = int(row[0])
    if version > known:
        raise LedgerError(
            f"{file.path}: was written by a newer detente (schema {version}, this one knows {known}); "
            "bring this one up to date with: pip install --upgrade detente"
        )
    return version


def _migrate_to_read(file: File) -> None:
    """Bring up to date a ledger that is opened to be read: it has to be written this once."""
    writer = File(file.path)
    try:
        writer.hold()
        migrate(writer)
    except LedgerError as error:
        raise LedgerError(
            f"{file.path}: was written by an older detente and has to be brought up to date first, "
            f"but {str(error).removeprefix(f'{file.path}: ')}"
        ) from error
    finally:
        writer.close()


def migrate(file: File) -> None:
    """Make a ledger that nobody else writes one of this version, in one transaction. Raises `LedgerError`."""
    known, _ = _schema()
    version = _version(file)
    if version == known:
        return
    try:
        steps = [sql("migrations", f"{number}.sql") for number in range(version, known)]
    except FileNotFoundError:
        raise LedgerError(
            f"{file.path}: was written by a detente too old to be brought up to date (schema {version}, "
            f"this one writes {known}); read the texts again into a new file"
        ) from None
    with file.writing() as connection:
        _drop_views(connection)
        for step in steps:
            connection.execute(step)
        connection.execute(sql("views.sql"))
        connection.execute("UPDATE ledger SET version = ?", [known])
        _link(connection)


def _link(connection: DuckDBPyConnection) -> None:
    """Find the witnesses in a ledger whose version knew none, in the order in which its documents were written."""
    linked = "SELECT document FROM bands UNION ALL SELECT document FROM reports"
    query = f"SELECT id FROM documents WHERE id NOT IN ({linked}) ORDER BY added"  # noqa: S608
    for (document,) in connection.execute(query).fetchall():
        for reading in fetching.readings(connection, [document]):
            deeds.write(connection, [reading], witnesses.link(connection, [reading]))


def _drop_views(connection: DuckDBPyConnection) -> None:
    """Remove the views and macros, which may not fit the tables that a migration leaves."""
    found = connection.execute(
        """
        SELECT 'VIEW', view_name FROM duckdb_views() WHERE database_name = 'ledger' AND NOT internal UNION ALL
        SELECT DISTINCT if(function_type = 'table_macro', 'MACRO TABLE', 'MACRO'), function_name
        FROM duckdb_functions() WHERE database_name = 'ledger' AND NOT internal
        """
    ).fetchall()
    for kind, name in found:
        connection.execute(f'DROP {kind} "{name}"')
