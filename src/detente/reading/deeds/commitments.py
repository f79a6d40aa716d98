"""What a deed is while it is only promised, threatened, asked for or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente import plover

if TYPE_CHECKING:
    from detente.reading.deeds.drafts import Draft
    from detente.records import EventType

VERBAL: Final = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
"""Types that take their kind from the deed inside them."""
_YIELDING: Final = frozenset({"RETREAT", "CONCEDE"})
WANTED: Final[dict[EventType, str]] = {
    "CONSULT": "meet",
    "AGREE": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
"""Modes of REQUEST and REJECT by the deed that is asked for or refused."""
MENACED: Final[dict[EventType, str]] = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "COERCE": "restrict",
    "PROTEST": "restrict",
}
_MODES: Final = {"arrest": "arrest", "seize": "territory", "expel": "expel", "deport": "expel"}


def commitment(inner: Draft, *, friendly: bool = False) -> EventType | None:
    """What a promise of `inner` is: to yield is to concede, to harm is to threaten; None for mere words."""
    if inner.type in _YIELDING:
        return "CONCEDE"
    quad = plover.quad(inner.type)
    if inner.type == "MOBILIZE" and not inner.targets:
        return None  # who sends troops to nobody's harm may mean to help
    if quad == "material_conflict" and not friendly:
        return "THREATEN"
    return None if quad == "verbal_conflict" else "AGREE"


def mode(event_type: EventType, inner: Draft) -> str | None:
    """The mode of a demand, refusal or threat by the deed that it is about."""
    if event_type in {"REQUEST", "REJECT"}:
        if inner.mode == "resign":
            return "change"
        return WANTED.get(inner.type)
    if event_type == "THREATEN":
        return _MODES.get(inner.mode or "") or MENACED.get(inner.type)
    return None
