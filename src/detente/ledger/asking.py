"""Questions to the ledger in the user's own SQL, and what they give: rows, an Arrow table or a pandas frame.

A statement can only read, and only the ledger: the file may be open for writing and the statement anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from detente.errors import ExtraError, InputError
from detente.ledger.fetching import fetched
from detente.ledger.file import interruptible

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from duckdb import DuckDBPyConnection, DuckDBPyRelation
    from numpy.typing import NDArray

Parameters = Sequence[Any] | Mapping[str, Any]

_NAME: Final = "the statement"


class Rows:
    """What a statement gives. It is run anew for each use, so that no rows and no open file are kept between.

        rows = ledger.sql("FROM list_events WHERE status = $status", {"status": "denied"})
        rows.columns        # the names of the columns
        for row in rows:    # dictionaries, streamed
            ...
        rows.df()           # a pandas.DataFrame
        rows.arrow()        # a pyarrow.Table
        rows.arrays()       # a NumPy array for each column

    Of columns that are called alike, the later ones get a number (`count`, `count_1`). Every use raises `InputError`
    where DuckDB cannot carry the statement out.
    """

    def __init__(
        self,
        cursor: Callable[[], AbstractContextManager[DuckDBPyConnection]],
        statement: str,
        parameters: Parameters | None,
    ) -> None:
        self._new_cursor = cursor
        self._statement = statement
        self._parameters = parameters
        with self._cursor() as opened:
            _check(opened, statement)
            self.columns = _told_apart(self._relation(opened).columns)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self._cursor() as opened:
            interruptible(opened, lambda: opened.execute(self._statement, self._parameters))
            yield from fetched(opened, self.columns)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The rows as one of NumPy's arrays for each column, masked where it has NULLs."""
        with self._cursor() as opened:
            found = interruptible(opened, lambda: self._relation(opened).fetchnumpy())
        return dict(zip(self.columns, found.values(), strict=True))

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table, with DuckDB's types. Raises `ExtraError` where pyarrow is not installed."""
        _need("pyarrow")
        with self._cursor() as opened:
            table = interruptible(opened, lambda: self._relation(opened).to_arrow_table())
        return table.rename_columns([*self.columns])

    @contextmanager
    def batches(self, size: int) -> Iterator[pyarrow.RecordBatchReader]:
        """The rows as a reader of Arrow batches of at most `size` rows, for what is too large to be held in memory.

        Nobody else writes until it is closed. Raises `ExtraError` where pyarrow is not installed.
        """
        _need("pyarrow")
        with self._cursor() as opened:
            reader = interruptible(opened, lambda: self._relation(opened).to_arrow_reader(size))
            with reader:
                yield reader

    def df(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Raises `ExtraError` where pandas is not installed."""
        _need("pandas")
        with self._cursor() as opened:
            frame: pandas.DataFrame = interruptible(opened, lambda: self._relation(opened).df())
        return frame.set_axis([*self.columns], axis="columns")

    def _relation(self, opened: DuckDBPyConnection) -> DuckDBPyRelation:
        return opened.sql(self._statement, params=self._parameters)

    @contextmanager
    def _cursor(self) -> Iterator[DuckDBPyConnection]:
        """A cursor that can only read; what DuckDB has against the statement becomes an `InputError`."""
        import duckdb

        with self._new_cursor() as opened:
            try:
                # EXPLAIN ANALYZE and WITH may hold a statement that writes.
                opened.execute("BEGIN TRANSACTION READ ONLY")
                yield opened
            except (duckdb.PermissionException, duckdb.TransactionException) as error:
                raise InputError(_NAME, f"{_reason(error)}; it may read the ledger and do nothing else") from error
            except (
                duckdb.InterruptException,
                duckdb.IOException,
                duckdb.SerializationException,
                duckdb.FatalException,
                duckdb.InternalException,
            ):
                # Not the statement's fault: the ledger tells what is wrong with its file.
                raise
            except duckdb.Error as error:
                raise InputError(_NAME, _reason(error)) from error
            finally:
                # Where the statement failed DuckDB may have ended it itself. Until it ends, the file is not let go.
                with suppress(duckdb.Error):
                    opened.rollback()


def _check(cursor: DuckDBPyConnection, statement: str) -> None:
    """Raise `InputError` where `statement` is not one statement that reads."""
    from duckdb import StatementType

    # SHOW, DESCRIBE, SUMMARIZE and VALUES are SELECT to DuckDB; PIVOT, which first looks for its columns, is MULTI.
    reading = (StatementType.SELECT, StatementType.EXPLAIN, StatementType.MULTI)
    statements = cursor.extract_statements(statement)
    if not statements:
        raise InputError(_NAME, "is empty; SHOW TABLES shows what can be asked")
    if len(statements) > 1:
        raise InputError(_NAME, f"is {len(statements)} statements; write one at a time")
    if statements[0].type not in reading:
        kind = statements[0].type.name.replace("_", " ")
        raise InputError(_NAME, f"is {kind}; only what reads is run, such as SELECT, DESCRIBE or SHOW TABLES")


def _reason(error: Exception) -> str:
    """DuckDB's reason, with the names that it suggests: the first paragraph, without the kind of error before it."""
    return re.sub(r"^[\w ]+ Error: ", "", str(error).partition("\n\n")[0])


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    apart: dict[str, None] = {}
    for name in names:
        unique, number = name, 0
        while unique in apart:
            number += 1
            unique = f"{name}_{number}"
        apart[unique] = None
    return tuple(apart)


def _need(package: str) -> None:
    try:
        import_module(package)
    except ImportError as error:
        raise ExtraError(f"{package} is not installed; get it with: pip install 'detente[frames]'") from error
