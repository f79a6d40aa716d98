"""Keeping a ledger safe: looking for faults, copying it while others write, putting a copy in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from detente.errors import LedgerError
from detente.ledger import journal
from detente.ledger.file import PARTS, File, in_plain_words
from detente.ledger.opening import existing, is_new, migrate, opened, put_in_place, sql


@dataclass(frozen=True)
class Checked:
    """What a ledger holds, by table, and what is wrong with it, a line each."""

    counts: Mapping[str, int]
    faults: tuple[str, ...]


def check(path: Path) -> Checked:
    """Read all that a ledger holds, so that damage shows, and look for records that do not fit together.

    Raises `LedgerError` where it cannot be read to its end.
    """
    file = opened(path, read_only=True)
    try:
        return _checked(file)
    finally:
        file.close()


def backup(path: Path, copy: Path) -> None:
    """Copy a ledger to `copy` as it was committed last, also while another program writes to it.

    Raises `LedgerError` where `copy` is there already.
    """
    if copy.is_file():
        raise LedgerError(f"{copy}: is there already; name a new file for the backup")
    is_new(copy)
    with in_plain_words(copy), put_in_place(copy.resolve()) as new:
        _copy(path, new)


def restore(copy: Path, path: Path) -> Path | None:
    """Put a copy of `copy` in the place of the ledger at `path`, and return where that is kept, if there was one.

    Raises `LedgerError` where `copy` has faults, or another program writes to the ledger.
    """
    if not path.is_file():
        is_new(path)
    file = File(path)
    try:
        with in_plain_words(path):
            file.hold()
            with put_in_place(file.place) as new:
                _copy(copy, new)
                # Of an older detente's the copy is brought up to date, and the backup stays what it is.
                made = File(copy, new)
                try:
                    migrate(made)
                    faults = _checked(made).faults
                finally:
                    made.close()
                if faults:
                    raise LedgerError(f"{copy}: {faults[0]}; see all faults with: detente ledger check --ledger {copy}")
                return _keep_aside(file.place)
    finally:
        file.close()


def _checked(file: File) -> Checked:
    with file.reading() as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'ledger'").fetchall()
        counts = {}
        for (table,) in tables:
            # The hash takes every value of every row, so that DuckDB looks at every block's checksum.
            query = f'SELECT count(*), bit_xor(hash(every)) FROM "{table}" AS every'  # noqa: S608
            ((counts[table], _),) = connection.execute(query).fetchall()
        faults = connection.execute(sql("checks.sql")).fetchall()
    return Checked(counts, tuple(f"{record}: {fault}" for record, fault in faults))


def _copy(path: Path, new: Path) -> None:
    """Copy a ledger to `new`, with what its log holds in it."""
    file = existing(path)
    try:
        # While it is read nobody writes. None of its files is closed before all are copied: when a process closes one,
        # the system takes all its locks on it away.
        with file.reading(), ExitStack() as stack:
            for part in PARTS:
                source = file.place.with_name(file.place.name + part)
                if source.exists():
                    read = stack.enter_context(source.open("rb"))
                    written = stack.enter_context(new.with_name(new.name + part).open("wb"))
                    shutil.copyfileobj(read, written)
                    written.flush()
                    os.fsync(written.fileno())
    finally:
        file.close()
    copy = File(path, new)
    try:
        with copy.writing():
            pass
    finally:
        copy.close()


def _keep_aside(place: Path) -> Path | None:
    """Give a ledger another name beside its own, with its log and what waits for it, so that its place is free."""
    if not place.exists():
        return None
    aside = next(name for n in count(1) if not (name := place.with_name(f"{place.name}.old-{n}")).exists())
    # The file comes last: who is killed before finds it in its place, and a second time it joins its log.
    for part in (journal.SUFFIX, *reversed(PARTS)):
        old = place.with_name(place.name + part)
        if old.exists():
            old.rename(aside.with_name(aside.name + part))
    return aside
