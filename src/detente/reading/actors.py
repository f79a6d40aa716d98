"""Who is in the text: every person, state, organisation and group, under all the names that it has there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from detente.reading.cast import coreference, forms, names, nominals, titles
from detente.reading.cast.casting import Casting, Site
from detente.reading.parsed import Parsed
from detente.records import Actor, Span
from detente.world.registry import registry

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

    @cached_property
    def by_id(self) -> Mapping[str, Actor]:
        """The actors by their ids."""
        return {actor.id: actor for actor in self.actors}

    def at(self, token: Token) -> tuple[str, ...]:
        """The actors that the phrase headed by `token` stands for, none where it stands for no actor."""
        return self.heads.get(token.i, ())

    def named(self, token: Token) -> tuple[str, ...]:
        """The actors of `token`, also the state that its name is where it is read as ground: "a base of France"."""
        found = self.at(token)
        if found:
            return found
        states = (s.entry.id for s in self.sites if s.head == token.i and s.entry.sense == "state")
        return tuple(dict.fromkeys(states))


def with_grounds(cast: Cast, grounds: Mapping[tuple[int, int], str], text: str) -> tuple[Actor, ...]:
    """The actors of `cast`, states also mentioned where the names of their places stand for them.

    `grounds` has the offsets of such names, and the ids of the states.
    """
    if not grounds:
        return cast.actors
    mentions: dict[str, list[Span]] = {}
    for (start, end), state in grounds.items():
        mentions.setdefault(state, []).append(Span(text=text[start:end], start=start, end=end))
    known = dict(cast.by_id)
    for state, spans in mentions.items():
        actor = known.get(state) or _state(state)
        merged = {(span.start, span.end): span for span in (*actor.mentions, *spans)}
        known[state] = msgspec.structs.replace(actor, mentions=tuple(merged[at] for at in sorted(merged)))
    return tuple(sorted(known.values(), key=lambda a: (not a.mentions, a.mentions[0].start if a.mentions else 0, a.id)))


def _state(code: str) -> Actor:
    entry = registry().states[code]
    return Actor(id=entry.id, name=entry.name, kind="state", country=entry.country, sectors=tuple(entry.sectors))


def find(parsed: Parsed) -> Cast:
    """The cast of a text."""
    casting = Casting(parsed)
    names.find(casting)
    forms.find(casting)
    nominals.find(casting)
    coreference.resolve(casting)
    titles.complete(casting)
    return Cast(casting.actors(), casting.heads, casting.spans, tuple(casting.sites))
