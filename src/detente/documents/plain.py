"""Plain text: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from detente.documents.build import build
from detente.documents.inputs import Input, decoded
from detente.documents.metadata import Metadata
from detente.records import Document


def documents(given: Input) -> Iterator[Document]:
    """The document. All that is known about it is what the user says."""
    text = decoded(given.whole(), given.name)
    yield build(text, name=given.name, path=given.name, own=Metadata(), options=given.options)
