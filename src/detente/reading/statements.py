"""Who said what: statements with speaker, addressee, cue, content, kind of quotation and speech act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.records import Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Saying:
    """A statement with the tokens that it was read from."""

    record: Statement
    cue: int | None
    """Index of the cue's main token ("said", "according")."""
    content: frozenset[int]
    """Indices of the content's tokens."""


@dataclass(frozen=True)
class Sayings:
    """The statements of one text, in the order of the text."""

    all: tuple[Saying, ...] = ()

    def around(self, token: Token) -> Saying | None:
        """The innermost statement whose content holds `token`; None where the newspaper speaks itself."""
        holding = [saying for saying in self.all if token.i in saying.content]
        return min(holding, key=lambda saying: len(saying.content)) if holding else None

    def cued_by(self, token: Token) -> tuple[Saying, ...]:
        """The statements whose cue is `token`."""
        return tuple(saying for saying in self.all if saying.cue == token.i)


def find(parsed: Parsed, cast: Cast, calendar: Calendar) -> Sayings:
    """The statements of a text."""
    return Sayings()
