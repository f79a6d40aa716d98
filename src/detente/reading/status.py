"""Whether it happened: the status of a deed by the grammar around it, and on whose word it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.actors import Cast
from detente.reading.statements import Sayings
from detente.records import Stance, Status

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Standing:
    """Status, the statement that reports it (None: the newspaper's own word) and who asserts, alleges or denies it."""

    status: Status
    reported_by: str | None = None
    stances: tuple[Stance, ...] = ()


def of(token: Token, cast: Cast, sayings: Sayings, *, doers: frozenset[str] = frozenset()) -> Standing:
    """The standing of the deed that `token` names and `doers` (actor ids) did."""
    return Standing("actual")
