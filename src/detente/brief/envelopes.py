"""Demands, promises, threats and accusations together with the deed that they are about.

The contract codes one text as two events: that Chad demanded (REQUEST, actual), and that French soldiers withdraw
(RETREAT, demanded). A brief tells both in one line, under what is only demanded: "Chad demanded that …".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detente.records import Event, EventType, Status

_ENVELOPES: Final[Mapping[Status, frozenset[EventType]]] = {
    "demanded": frozenset({"REQUEST"}),
    "promised": frozenset({"AGREE", "CONCEDE"}),
    "offered": frozenset({"AGREE", "CONCEDE"}),
    "planned": frozenset({"AGREE", "CONCEDE"}),
    "threatened": frozenset({"THREATEN"}),
    "conditional": frozenset({"AGREE", "CONCEDE"}),
    "negated": frozenset({"REJECT"}),
    "alleged": frozenset({"ACCUSE"}),
    "denied": frozenset({"ACCUSE"}),
}
_OF_ANOTHER: Final[frozenset[Status]] = frozenset({"demanded", "alleged", "denied"})
"""Statuses of deeds of others than the one who speaks; with the rest it is the speaker's own."""


@dataclass(frozen=True)
class Envelopes:
    """The events of one text that hold others: `folded` are the ids of those that hold any."""

    folded: frozenset[str]
    _around: Mapping[str, Event]

    @classmethod
    def of(cls, events: Sequence[Event]) -> Envelopes:
        """The envelopes among `events`."""
        outer = [e for e in events if e.status == "actual" and any(e.type in types for types in _ENVELOPES.values())]
        around: dict[str, Event] = {}
        for event in events:
            fitting = [e for e in outer if _holds(e, event)] if event.status in _ENVELOPES else []
            if fitting:
                around[event.id] = min(fitting, key=lambda e: (e.evidence.end - e.evidence.start, e.id))
        return cls(frozenset(e.id for e in around.values()), around)

    def around(self, event: Event) -> Event | None:
        """The event in which `event` is demanded, promised, refused, threatened or alleged, if the text tells it."""
        return self._around.get(event.id)


def _holds(outer: Event, inner: Event) -> bool:
    if outer.type not in _ENVELOPES[inner.status] or outer.reported_by != inner.reported_by:
        return False
    if not outer.evidence.start <= inner.evidence.start <= inner.evidence.end <= outer.evidence.end:
        return False
    if inner.status in _OF_ANOTHER:
        return not outer.sources or not set(outer.sources) & set(inner.sources)
    return not inner.sources or bool(set(outer.sources) & set(inner.sources))
