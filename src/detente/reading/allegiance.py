"""Whose side somebody is on, by whom he acts for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from detente.reading.actors import Cast

_UNIONS: Final = frozenset({"UNO", "EUR"})
_IMPARTIAL: Final = frozenset({"UNO", "IGO", "NGO", "ISM", "MNC"})
_OFFICIAL: Final = frozenset({"GOV", "MIL", "COP", "REB", "PRM", "SPY", "PTY", "LEG"})


def side(actor: str, cast: Cast) -> frozenset[str]:
    """`actor` and everybody that it acts for."""
    acts_for = {a.id: a.acts_for for a in cast.actors}
    if actor.startswith("org:"):
        # the bodies of the United Nations and of the European Union speak for one another
        acts_for |= {a.id: a.acts_for or a.country for a in cast.actors if a.country in _UNIONS}
    found: set[str] = set()
    at: str | None = actor
    while at is not None and at not in found:
        found.add(at)
        at = acts_for.get(at)
    return frozenset(found)


def sides(actors: Iterable[str], cast: Cast) -> frozenset[str]:
    """`actors` and everybody that one of them acts for."""
    return frozenset().union(*(side(actor, cast) for actor in actors))


def others(actors: Iterable[str], doers: Collection[str], cast: Cast) -> list[str]:
    """`actors` without the doers, those that they act for, and those that act for them."""
    own, acting = sides(doers, cast), frozenset(doers)
    found = [actor for actor in actors if actor not in own and not acting & side(actor, cast)]
    # a president and the government of his state are one side
    return [a for a in found if not (a.startswith("org:government-of-") and own & side(a, cast))]


def same_side(some: frozenset[str], others: frozenset[str], cast: Cast) -> bool:
    """Whether one of `some` acts for one of `others`, or both for the same."""
    return any(side(a, cast) & side(b, cast) for a in some for b in others)


def are_opposed(speakers: frozenset[str], doers: frozenset[str], victims: frozenset[str], cast: Cast) -> bool:
    """Whether the speakers belong to the victims, or where theirs is unknown to another state than the doers."""
    if same_side(speakers, victims, cast):
        return True
    countries = {a.id: a.country for a in cast.actors if a.country is not None}
    own = {countries[a] for a in speakers if a in countries}
    theirs = {countries[a] for a in doers if a in countries}
    if not theirs or not own or own & theirs:
        return False
    suffering = {countries[a] for a in victims if a in countries}
    return bool(suffering & own) or not (suffering or own & _IMPARTIAL)


def is_identified(speakers: frozenset[str], cast: Cast) -> bool:
    """Whether it is known whose side the speakers are on: "officials" and "sources" are the newspaper's own."""
    known = {a.id for a in cast.actors if a.country is not None or a.acts_for is not None}
    return bool(speakers & known)


def is_bystander(speakers: frozenset[str], doers: frozenset[str], cast: Cast) -> bool:
    """Whether those who say that nothing happened speak for no state: monitors, witnesses, doctors."""
    if same_side(speakers, doers, cast):
        return False
    known = {a.id: a for a in cast.actors}
    return bool(speakers) and all(
        s in known and known[s].kind != "state" and known[s].acts_for is None and not _OFFICIAL & set(known[s].sectors)
        for s in speakers
    )
