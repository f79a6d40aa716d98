"""When: date phrases of a text, resolved against its day of publication, and which clause each one dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.parsed import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class DatePhrase:
    """A phrase that names a date. `value` is ISO 8601 with the precision of the phrase, or an interval."""

    start: int
    end: int
    value: str
    relation: str
    """How it is tied to its clause: "on" (the day, month or year of the deed), "since", "until", "within"."""
    head: int
    """Index of the token that the phrase depends on."""


@dataclass(frozen=True)
class Calendar:
    """The date phrases of one text."""

    phrases: tuple[DatePhrase, ...] = ()

    def of(self, token: Token, *relations: str) -> DatePhrase | None:
        """The phrase that dates the deed which `token` names, of the given relations ("on" where none is given)."""
        return None


def find(parsed: Parsed) -> Calendar:
    """The date phrases of a text."""
    return Calendar()
