"""Inputs to documents: text, HTML, JSON Lines, RSS and Atom, folders of these, standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.errors import InputError
from detente.records import Document

Failed = Callable[[InputError], None]
"""What is told of an input that was left out."""


@dataclass(frozen=True)
class Metadata:
    """What the user says of inputs that do not say it themselves; an input's own word comes first."""

    published: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None


def load(
    paths: Iterable[str | Path], *, metadata: Metadata | None = None, failed: Failed | None = None
) -> Iterator[Document]:
    """The documents of `paths`, streamed in order. An input that cannot be read is passed to `failed`, else raised."""
    yield from ()


def from_text(text: str, *, metadata: Metadata | None = None, name: str = "text") -> Document:
    """A document from a text in hand."""
    raise NotImplementedError
