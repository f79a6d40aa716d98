"""Readings that wait to be written together: kept beside the ledger, so that who is killed meanwhile loses none.

There is one line of JSON for each. It is with the system when the next text is read: the end of the process, however it
comes, takes nothing of it away (the end of the machine may).
"""

from __future__ import annotations

import logging
from io import FileIO
from pathlib import Path
from typing import Final

import msgspec

from detente.ledger.file import in_plain_words
from detente.records import Reading

log = logging.getLogger(__name__)

SUFFIX: Final = ".journal"
"""What is added to the name of the ledger's file."""


class Waiting(msgspec.Struct, frozen=True):
    """A reading, and how it is to be written; see `Ledger.add_all`."""

    reading: Reading
    again: bool
    dataset: str | None


class Journal:
    """The readings that wait for the ledger at `ledger`, for the one program that writes to it.

    Every method raises `LedgerError` where the file cannot be used.
    """

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._path = ledger.with_name(f"{ledger.name}{SUFFIX}")
        self._file: FileIO | None = None

    def left(self) -> list[Waiting]:
        """What a program that was killed had read and not written yet."""
        found = []
        with in_plain_words(self._ledger):
            lines = self._path.read_bytes().split(b"\n") if self._path.exists() else []
        for line in lines[:-1]:  # the last was not written to its end
            try:
                found.append(msgspec.json.decode(line, type=Waiting))
            except msgspec.MsgspecError:
                log.warning(
                    "%s: a reading that an interrupted run left cannot be taken over; read its text again", self._path
                )
        return found

    def add(self, waiting: Waiting) -> None:
        """Keep a reading."""
        try:
            line = msgspec.json.encode(waiting) + b"\n"
        except UnicodeError:
            return  # cannot be stored either, which is told when it is to be
        with in_plain_words(self._ledger):
            self._file = self._file or self._path.open("ab", buffering=0)
            rest = memoryview(line)
            while rest:  # on a disk that is nearly full, a part of it
                rest = rest[self._file.write(rest) :]

    def clear(self) -> None:
        """Keep nothing any more: all was written."""
        with in_plain_words(self._ledger):
            if self._file is not None:
                self._file.truncate(0)
            else:
                self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file, which is removed where nothing waits."""
        if self._file is not None:
            with in_plain_words(self._ledger):
                self._file.close()
                if not self._path.stat().st_size:
                    self._path.unlink()
            self._file = None
