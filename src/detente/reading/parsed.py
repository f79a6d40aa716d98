"""What every stage of reading starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from detente.records import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Parsed:
    """A document with its parse. `published` is the day of publication; None where no day is known."""

    document: Document
    doc: Doc
    published: date | None
