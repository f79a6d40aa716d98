"""Who is in the text: every person, state, organisation and group, under all the names that it has there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.reading.cast import coreference, forms, names, nominals, titles
from detente.reading.cast.casting import Casting, Site
from detente.reading.parsed import Parsed
from detente.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Cast:
    """The actors of one text, and which of them each noun phrase stands for."""

    actors: tuple[Actor, ...]
    """In the order of their first mention; those that others act for and nobody mentions come last."""
    heads: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Index of a phrase's head token to the ids of the actors it stands for ("both nations" stands for two)."""
    spans: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Index of a phrase's head token to the character offsets of the whole mention."""
    sites: tuple[Site, ...] = ()
    """The registry's names that can be places, for the stage that finds places."""

    def at(self, token: Token) -> tuple[str, ...]:
        """The actors that the phrase headed by `token` stands for, none where it stands for no actor."""
        return self.heads.get(token.i, ())


def find(parsed: Parsed) -> Cast:
    """The cast of a text."""
    casting = Casting(parsed)
    names.find(casting)
    forms.find(casting)
    nominals.find(casting)
    coreference.resolve(casting)
    titles.complete(casting)
    return Cast(casting.actors(), casting.heads, casting.spans, tuple(casting.sites))
