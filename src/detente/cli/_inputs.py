"""Reading, with a line for each input that is left out and for each text without a day of publication."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.cli._messages import say, with_progress

if TYPE_CHECKING:
    from detente.documents import Metadata
    from detente.errors import InputError
    from detente.records import Document, Reading

log = logging.getLogger(__name__)

_NAMED: Final = 3
"""Texts without a day of publication that get a line of their own: a corpus may have thousands of them."""


@dataclass
class Inputs:
    """The inputs of one command; `left_out` counts those that could not be read, `undated` those without a day."""

    paths: list[str]
    metadata: Metadata
    quiet: bool
    reads: Callable[..., Iterator[Reading]] | None = None
    """What reads documents and takes `failed`; None for this process."""
    left_out: int = 0
    undated: int = 0

    def documents(self) -> Iterator[Document]:
        """The documents, streamed in order."""
        from detente.documents import load

        return load(self.paths, metadata=self.metadata, failed=self.leave_out)

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """The readings of documents, streamed in order, with progress."""
        for reading in with_progress(self._read(documents), quiet=self.quiet):
            self._note_if_undated(reading.document)
            log.info(
                "%s: %d statements, %d events, %d holdings, %d positions",
                _name(reading.document),
                len(reading.statements),
                len(reading.events),
                len(reading.holdings),
                len(reading.positions),
            )
            yield reading
        if self.undated > _NAMED:
            say(f"{self.undated - _NAMED:,} more texts have no day of publication; --verbose names them")

    def _note_if_undated(self, document: Document) -> None:
        if is_dated(document):
            return
        self.undated += 1
        if self.undated <= _NAMED:
            say_undated(document)
        else:
            log.info("%s: no day of publication", _name(document))

    def _read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        if self.reads is not None:
            return self.reads(documents, failed=self.leave_out)
        from detente.reading.reader import read_documents

        return read_documents(documents, failed=self.leave_out)

    def leave_out(self, error: InputError) -> None:
        """Say that an input is left out, and why."""
        self.left_out += 1
        say(str(error))


def is_dated(document: Document) -> bool:
    """Whether the day of publication is known."""
    return document.published is not None and len(document.published) >= len("2024-06-14")


def say_undated(document: Document) -> None:
    """Say on standard error what stays open in a text without a day of publication."""
    published = document.published
    say(
        f"{_name(document)}: {f'published {published}' if published else 'no date'}: "
        "relative dates stay open, and office-holders are known only as far as the text names them; "
        "say the day with --published 2024-06-14"
    )


def _name(document: Document) -> str:
    """What the user knows a document by, with the id by which the ledger does: a file may hold many."""
    return f"{document.path or document.url or 'text'} ({document.id})"
