"""Where: the places that a text names, and which clause each one locates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.reading.actors import Cast
from detente.reading.parsed import Parsed
from detente.records import Place

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Places:
    """The places of one text."""

    heads: Mapping[int, Place] = field(default_factory=dict)
    """Index of the head token of each phrase that names a place."""

    def at(self, token: Token) -> Place | None:
        """The place that the phrase headed by `token` names."""
        return self.heads.get(token.i)

    def of(self, token: Token) -> Place | None:
        """Where the deed which `token` names was done, as its own clause says."""
        return None


def find(parsed: Parsed, cast: Cast) -> Places:
    """The places of a text."""
    return Places()
