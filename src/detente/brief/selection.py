"""Which records of a reading a brief is about: those that involve somebody, some words, some time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from detente import days
from detente.brief.names import Names
from detente.records import Event, Holding, Position, Reading, Statement
from detente.world.registry import normal

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Selection:
    """What is asked for; None asks nothing.

    `about` is an actor's id or name, or words of the text, without case and accents; an actor covers those who act for
    it. `since` and `until` are dates such as 2024, 2024-06 or 2024-06-14; a record without a date has that of its
    document. Raises `ValueError` where one of them is no date.
    """

    about: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for when in (self.since, self.until):
            if when is not None:
                days.earliest(when)

    def of(self, reading: Reading) -> Reading:
        """`reading` with the records that are asked for."""
        if self.about is None and self.since is None and self.until is None:
            return reading
        matching = _Matching(self, reading)
        return msgspec.structs.replace(
            reading,
            statements=tuple(filter(matching.statement, reading.statements)),
            events=tuple(filter(matching.event, reading.events)),
            holdings=tuple(filter(matching.holding, reading.holdings)),
            positions=tuple(filter(matching.position, reading.positions)),
        )


@dataclass(frozen=True)
class _Matching:
    """The questions put to one reading."""

    selection: Selection
    reading: Reading

    def statement(self, statement: Statement) -> bool:
        by = [statement.source.actor] if statement.source is not None else []
        return self._is_when(statement.date, statement.date) and self._is_about(statement, [*by, statement.addressee])

    def event(self, event: Event) -> bool:
        actors = [*event.sources, *event.targets, *(stance.actor for stance in event.stances)]
        return self._is_when(event.date, event.date_end or event.date) and self._is_about(
            event, actors, event.place.name if event.place else ""
        )

    def holding(self, holding: Holding) -> bool:
        # What is held is known to be held until its end, or else until it was last seen or reported.
        published = self.reading.document.published
        first = holding.since or holding.as_of or holding.until or published
        last = holding.until or holding.as_of or published or holding.since
        return self._is_when(first, last) and self._is_about(holding, [holding.holder], holding.place.name)

    def position(self, position: Position) -> bool:
        return self._is_when(position.date, position.date) and self._is_about(position, [position.actor, position.of])

    def _is_when(self, first: str | None, last: str | None) -> bool:
        selection, published = self.selection, self.reading.document.published
        if selection.since is None and selection.until is None:
            return True
        first, last = first or published, last or published
        if first is None or last is None:
            return False
        return (selection.since is None or days.latest(last) >= days.earliest(selection.since)) and (
            selection.until is None or days.earliest(first) <= days.latest(selection.until)
        )

    def _is_about(
        self, record: Statement | Event | Holding | Position, actors: Iterable[str | None], place: str = ""
    ) -> bool:
        if self.selection.about is None:
            return True
        if any(actor is not None and self._sides(actor) & self._meant for actor in actors):
            return True
        evidence = self.reading.document.text[record.evidence.start : record.evidence.end]
        return self._names(evidence) or self._names(place)

    def _sides(self, actor: str) -> frozenset[str]:
        return self._all_names.sides(actor)

    @cached_property
    def _all_names(self) -> Names:
        return Names.of(self.reading)

    @cached_property
    def _meant(self) -> frozenset[str]:
        """The ids of the actors that `about` means."""
        about = (self.selection.about or "").casefold()
        return frozenset(
            actor.id
            for actor in self.reading.actors
            if actor.id.casefold() == about
            or self._names(actor.name)
            or any(self._names(mention.text) for mention in actor.mentions)
        )

    @cached_property
    def _wanted(self) -> str:
        return plain(self.selection.about or "")

    def _names(self, text: str) -> bool:
        """Whether the words of `about` stand in `text`, each on its own."""
        return bool(self._wanted.strip()) and self._wanted in plain(text)


def plain(text: str) -> str:
    """The words of a text without case, accents and marks, each with a blank on either side."""
    return f" {' '.join(_WORD.findall(normal(text.casefold())))} "
