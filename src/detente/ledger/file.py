"""A ledger's file: locked only while it is read from or written to, with DuckDB's errors in plain words."""

from __future__ import annotations

import logging
import os
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TextIO, TypeVar
from weakref import WeakMethod

from detente.errors import LedgerError, one_line
from detente.ledger.fetching import fetched

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)

T = TypeVar("T")

PARTS: Final = ("", ".wal", ".wal.checkpoint", ".wal.recovery")
"""What DuckDB adds to a file's name for the file itself and for what lies beside it while, or after, it is written."""

# Nothing is fetched from the network, and SQL sees no variables of ours.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}

_IMPORT_MEMORY: Final = "500MB"
_IMPORT_THREADS: Final = 4
"""Each has blocks of the file in memory, beside what DuckDB counts."""

_PATIENCE: Final = 120.0
"""Seconds to wait for another program to let go of the file. detente does so soon; what people use besides may not."""
_SILENCE: Final = 2.0
"""Seconds to wait before saying for whom."""
_PAUSE: Final = (0.005, 0.015)
"""Seconds between two attempts, at random, so that two who wait do not keep step."""
_BREATH: Final = 0.025
"""Seconds for which a writer leaves the file to others who waited: longer than they pause."""
_LOOK: Final = 0.02
"""Seconds between two looks whether somebody waits."""


class File:
    """A DuckDB file under the name `ledger`, attached only while something is read from it or written to it.

    DuckDB locks a file as long as it is attached. To start DuckDB takes some 20 ms, to attach a file less than one: so
    one instance in memory lives as long as this object. Who finds the file locked waits, and lets the one that writes
    know. That one keeps the file attached between two documents, and what it has of it in memory, until somebody waits:
    of a large ledger the indexes alone take longer to load than a document takes to write. Not for several threads at
    once.
    """

    def __init__(self, path: Path, place: Path | None = None, *, imports: Sequence[Path] = ()) -> None:
        """The file at `path`, or the one at `place` that is to become it; `imports` may be read beside it."""
        import duckdb

        self.path = path
        # Absolute, as DuckDB gives names like ":memory:" a meaning of their own; where links lead, so that a file has
        # one lock whatever it is called.
        self.place = place or path.resolve()
        self._held: TextIO | None = None
        self._attached = False
        self._purposes = 0
        """For how many, one within the other, the file is attached now."""
        self._busy = threading.RLock()
        """Held while the file is attached for a purpose, so that the watch lets go of it only between."""
        self._let_go_at = 0.0
        self._watch: _Watch | None = None
        with plain_words(path):
            self._duckdb = duckdb.connect(config={**_CONFIG, "temp_directory": f"{self.place}.tmp"})
            # No SQL in a ledger reaches other files, and none takes that back.
            allowed = ", ".join(
                _quoted(name) for name in (*(f"{self.place}{part}" for part in PARTS), *map(str, imports))
            )
            if imports:
                # However large the file is: an import takes less than a gigabyte.
                self._duckdb.execute(f"SET memory_limit = '{_IMPORT_MEMORY}'")
                self._duckdb.execute(f"SET threads = {min(_IMPORT_THREADS, os.cpu_count() or 1)}")
                # DuckDB does not know how long a file of text is: it would load it, and look up in it the rows of
                # a small table.
                self._duckdb.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
            self._duckdb.execute(f"SET allowed_paths = [{allowed}]")
            self._duckdb.execute("SET enable_external_access = false")
            self._duckdb.execute("SET lock_configuration = true")

    def close(self) -> None:
        """Let others write. What was written is safe before that."""
        import duckdb

        if self._watch is not None:
            self._watch.end()
            self._watch = None
        with plain_words(self.path):
            # What was written is moved from the log into the file here, unless somebody still takes rows.
            with suppress(duckdb.TransactionException):
                self._let_go()
            self._attached = False
            self._duckdb.close()
        if self._held is not None:
            self._held.close()

    def hold(self) -> None:
        """Be the only one who writes, until `close` or the end of the process, however it comes.

        The lock is that of a file beside, as the ledger's own is let go between documents. It stays there and does no
        harm: the system frees the lock, not the file. Raises `LedgerError` where another program writes.
        """
        try:
            self._held = self.place.with_name(f"{self.place.name}.lock").open("a+")
            if sys.platform != "win32":
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._held.truncate(0)
            self._held.write(str(os.getpid()))
            self._held.flush()
            if sys.platform != "win32":
                self._watch = _Watch(self._waiting(), self._let_go)
        except BlockingIOError:
            assert self._held  # noqa: S101
            self._held.seek(0)
            by = _by(self._held.read())
            raise LedgerError(
                f"{self.path}: is being written by another program{by}; "
                "wait until that has ended, or name another file with --ledger"
            ) from None
        except OSError as error:
            raise LedgerError(f"{self.path}: {reason(str(error))}") from error

    @contextmanager
    def reading(self) -> Iterator[DuckDBPyConnection]:
        """A connection that sees what was committed last. Meanwhile others read, and nobody writes."""
        with plain_words(self.path), closing(self._duckdb.cursor()) as connection, self._opened(connection):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[DuckDBPyConnection]:
        """A connection in a transaction, which is committed at the end, or undone where anything is raised.

        The file is made where it is missing. Meanwhile nobody else has it.
        """
        with self.rehearsing() as connection:
            yield connection
            connection.commit()

    @contextmanager
    def rehearsing(self) -> Iterator[DuckDBPyConnection]:
        """A connection in a transaction, as `writing` gives it, which is undone at the end."""
        import duckdb

        with (
            plain_words(self.path),
            closing(self._duckdb.cursor()) as connection,
            self._opened(connection, to_write=True),
        ):
            connection.begin()
            try:
                yield connection
            finally:
                # It may have ended: committed, or undone by DuckDB itself where the disk is full.
                with suppress(duckdb.Error):
                    connection.rollback()

    def rows(self, query: str, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The rows of a query, streamed.

        They are copied into memory first, where most queries have them anyway to put them in order: whoever takes
        long over them keeps nobody from writing, and may write too.
        """
        with plain_words(self.path), closing(self._duckdb.cursor()) as connection:
            with self._opened(connection):
                interruptible(connection, lambda: connection.execute(f"CREATE TEMP TABLE found AS {query}", values))
            yield from fetched(connection.execute("FROM temp.found"))

    @contextmanager
    def _opened(self, connection: DuckDBPyConnection, *, to_write: bool = False) -> Iterator[None]:
        """Have the file attached, under the name by which the connection finds its tables."""
        import duckdb

        with self._busy:
            if not self._attached:
                self._attach(connection, to_write=to_write)
            self._purposes += 1
            try:
                connection.execute("USE ledger")
                yield
            finally:
                self._purposes -= 1
                # Where the ledger was closed before the last row was taken, nothing is attached any more.
                with suppress(duckdb.ConnectionException):
                    connection.execute("USE memory")
                if not self._purposes and (self._watch is None or self._watch.is_asked()):
                    self._let_go()

    def _let_go(self) -> None:
        """Leave the file to others."""
        with self._busy:
            if self._attached:
                self._duckdb.execute("DETACH ledger")
                self._attached = False
                self._let_go_at = time.monotonic()

    def _attach(self, connection: DuckDBPyConnection, *, to_write: bool) -> None:
        """Attach the file as soon as those who have it let go. Raises DuckDB's error where they do not."""
        import duckdb

        # Who holds the ledger may write at any time, and leaves it to those who waited for a moment.
        mode = "READ_WRITE" if to_write or self._watch is not None else "READ_ONLY"
        if mode == "READ_WRITE":
            time.sleep(max(0.0, self._let_go_at + _BREATH - time.monotonic()))
        start, told = time.monotonic(), False
        with ExitStack() as stack:
            waiting: BinaryIO | None = None
            while True:
                try:
                    connection.execute(f"ATTACH {_quoted(str(self.place))} AS ledger ({mode})")
                    self._attached = True
                    return
                except (duckdb.IOException, duckdb.ResourceInUseException) as error:
                    waited = time.monotonic() - start
                    if not _is_busy(str(error)) or waited > _PATIENCE:
                        raise
                    if waited > _SILENCE and not told:
                        log.warning("%s: waiting for another program%s to let go of it", self.path, _holder(str(error)))
                        told = True
                if self._watch is None and sys.platform != "win32":
                    with suppress(OSError):  # Nobody keeps it attached, or nobody may be asked, or he is just looking.
                        waiting = waiting or stack.enter_context(self._waiting().open("rb"))
                        fcntl.flock(waiting, fcntl.LOCK_SH | fcntl.LOCK_NB)
                time.sleep(random.uniform(*_PAUSE))  # noqa: S311

    def _waiting(self) -> Path:
        """The file on which those who wait for the ledger hold a lock."""
        return self.place.with_name(f"{self.place.name}.waiting")


class _Watch:
    """Lets go of a file as soon as somebody asks for it, in a thread."""

    def __init__(self, path: Path, let_go: Callable[[], None]) -> None:
        self._file = path.open("ab")
        # Weakly, so that a ledger that nobody closed ends with the program all the same.
        self._let_go = WeakMethod(let_go)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="detente-ledger", daemon=True)
        self._thread.start()

    def is_asked(self) -> bool:
        """Whether somebody waits for the file."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(self._file, fcntl.LOCK_UN)
        return False

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()
        self._file.close()

    def _run(self) -> None:
        while not self._ended.wait(_LOOK):
            if (let_go := self._let_go()) is None:
                return
            if self.is_asked():
                let_go()
            del let_go


def interruptible(connection: DuckDBPyConnection, run: Callable[[], T]) -> T:
    """What `run` gives, which asks the connection for something that may take long: Ctrl-C ends it at once.

    DuckDB itself looks for signals between its tasks alone, and one task may take minutes.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        running = thread.submit(run)
        try:
            return running.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


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
        raise LedgerError(f"{path}: {reason(str(error))}") from error


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn the system's errors into a `LedgerError` of one line."""
    try:
        yield
    except LedgerError:
        raise
    except OSError as error:
        raise LedgerError(f"{path}: {reason(str(error))}") from error


def _quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def _is_busy(message: str) -> bool:
    return "Could not set lock" in message or "Unique file handle conflict" in message


def _holder(message: str) -> str:
    found = re.search(r"\(PID (\d+)\)", message)
    return _by(found[1] if found else "")


def _by(process: str) -> str:
    return f" (process {process})" if process.isdecimal() else ""


def reason(message: str) -> str:
    """A message of DuckDB or of the system as a reason and a way out."""
    if _is_busy(message):
        return (
            f"is in use by another program{_holder(message)}; "
            "try again when that has ended, or name another file with --ledger"
        )
    if full := re.search(r"No space left on device|Disk quota exceeded|File too large", message):
        return f"the disk is full ({full[0]}); make room and run the same command again"
    if re.search(r"Permission denied|Read-only file system|Operation not permitted", message):
        return "cannot be written here; change the file's permissions, or name another place with --ledger"
    if "Out of Memory" in message:
        return "takes more memory than there is for this; ask for less, such as a shorter time or one actor"
    cause = one_line(message.splitlines()[0])
    return (
        f"is damaged or cannot be used ({cause}); put a backup in its place with: "
        "detente ledger restore BACKUP --ledger FILE, or read the texts again into a new file"
    )
