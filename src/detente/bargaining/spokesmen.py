"""For whom the people of a document speak on an issue.

Most are known: the reading says whom a minister acts for. Where a text leaves it to the reader ("Finance Minister Desai
said that India will not …"), what he says and what stands around him tell it as a rule; a draft names those people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from detente.reading.wants import matters
from detente.records import Act, Actor, Reading
from detente.world.registry import registry

GUESSING: Final[frozenset[Act]] = frozenset({"claim", "accuse", "deny", "predict", "ask", "condemn"})
"""Acts by which somebody tells of others what they may not have said."""

_OF_OTHERS: Final[frozenset[Act]] = GUESSING | {"demand", "request", "warn"}
"""Acts of which the words begin with others than who speaks."""

_HEAD: Final = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|taoiseach|secretary[- ]general|"
    r"director[- ]general|spokes\w+)\b",
    re.IGNORECASE,
)
"""Roles in which one speaks for the whole."""
_NOT_THE_HEAD: Final = re.compile(r"\b(?:vice|deputy|former|ex)\b", re.IGNORECASE)
_SPOKES: Final = re.compile(r"\bspokes\w+", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"\b(?:minister|ministry|president|premier|chancellor|secretary|ambassador|envoy|spokes\w+|commissioner)\b",
    re.IGNORECASE,
)
"""What calls somebody an office-holder in words that tell no more of him."""
_FORMER: Final = re.compile(r"\b(?:former|ex|then|predecessor|shadow|opposition)\b", re.IGNORECASE)
_OFFICES: Final = frozenset({"GOV", "ELI"})

_OPENING: Final = re.compile(r"[\W_]*(?:that\s+)?(?:the\s+)?", re.IGNORECASE)


class Sides:
    """Whom the words of a document's actors bind."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._actors = matters.Actors(reading.actors)
        self._by_id = {actor.id: actor for actor in reading.actors}

    def of(self, actor_id: str) -> str:
        """Whom an actor's words bind: whom it acts for in the end, or, where no text tells that, `supposed`."""
        side = self._actors.side(actor_id)
        return self.supposed.get(side, side)

    @cached_property
    def supposed(self) -> Mapping[str, str]:
        """For whom office-holders speak of whom the text does not tell it, and their governments: by their own words.

        An official whose country is known speaks for it. Else it is the state that opens what he says ("that Poland
        would not …"), or the one that his paragraph has named first before him, or that of all other officials.
        """
        found: dict[str, str] = {}
        officials = [actor for actor in self._reading.actors if actor.kind == "person" and self._holds_office(actor)]
        for actor in officials:
            if actor.acts_for is None:
                state = actor.country if actor.country in registry().states else self._state_of(actor)
                if state is not None:
                    found[actor.id] = state
        known = {found.get(actor.id, self._actors.side(actor.id)) for actor in officials} & registry().states.keys()
        if len(known) == 1:
            found |= {a.id: min(known) for a in officials if a.acts_for is None and a.id not in found}
        for actor in self._reading.actors:
            # "her government", "his state secretary"
            whose = f"person:{actor.id.partition('-of-')[2]}"
            if actor.acts_for is None and whose in found:
                found[actor.id] = found[whose]
        return found

    def speaks_for_the_whole(self, actor_id: str) -> bool:
        """Whether an actor speaks in the name of the whole, not as one member."""
        actor = self._by_id.get(actor_id)
        if actor is None or actor.kind != "person":
            return True
        return any(_HEAD.search(role) and not _NOT_THE_HEAD.search(role) for role in actor.roles)

    def is_of_nobody(self, actor_id: str | None) -> bool:
        """Whether the text tells of no state or body to which somebody belongs, so that it may be the one told of."""
        actor = self._by_id.get(actor_id or "")
        return actor is None or (actor.country is None and self.of(actor.id) == actor.id and actor.kind == "person")

    def _state_of(self, actor: Actor) -> str | None:
        said: Counter[str] = Counter()
        for statement in self._reading.statements:
            if statement.source is None or statement.source.actor != actor.id:
                continue
            if statement.within is not None or statement.act in _OF_OTHERS or not statement.content.spans:
                continue
            start, end = statement.content.spans[0]
            opening = _OPENING.match(self._text(start, end))
            start += opening.end() if opening else 0
            state = self._first_state(start, start + 1)
            if state is not None:
                said[state] += 1
        if said:
            return said.most_common(1)[0][0]
        first = min(mention.start for mention in actor.mentions) if actor.mentions else 0
        begun = self._reading.document.text.rfind("\n", 0, first) + 1
        return self._first_state(begun, first) or self._capital(begun, first)

    def _first_state(self, start: int, end: int) -> str | None:
        """The state that is named first between two offsets, by itself or by those who act for it."""
        named = [
            (mention.start, side)
            for actor in self._reading.actors
            if (side := self._actors.side(actor.id)) in registry().states
            for mention in actor.mentions
            if start <= mention.start < end
        ]
        return min(named)[1] if named else None

    def _capital(self, start: int, end: int) -> str | None:
        """The state whose capital is named first between two offsets."""
        hits = registry().find(self._text(start, end), None)
        return next((e.id for hit in hits for e in hit.entries if e.sense == "capital"), None)

    def _text(self, start: int, end: int) -> str:
        return self._reading.document.text[start:end]

    def _holds_office(self, actor: Actor) -> bool:
        if any(_FORMER.search(role) for role in actor.roles):
            return False
        if actor.roles:
            return bool(_OFFICES & set(actor.sectors)) or any(_SPOKES.search(role) for role in actor.roles)
        return any(
            statement.source is not None
            and statement.source.actor == actor.id
            and is_office(statement.source.text)
            and any(actor.name in mention.text for mention in actor.mentions)
            for statement in self._reading.statements
        )


def is_office(words: str) -> bool:
    """Whether words call somebody an office-holder of the day."""
    return _OFFICE.search(words) is not None and _FORMER.search(words) is None
