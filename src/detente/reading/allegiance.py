"""Whose side somebody is on, by whom he acts for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from detente.reading.actors import Cast
from detente.records import Actor

_UNIONS: Final = frozenset({"UNO", "EUR"})
_IMPARTIAL: Final = frozenset({"UNO", "IGO", "NGO", "ISM", "MNC"})
ARMED: Final = frozenset({"MIL", "REB", "PRM"})
"""Sectors of those who fight a war."""
_OF_A_STATE: Final = frozenset(
    "state state-run state-owned state-controlled official government government-run army military".split()
)
_BROADCASTING: Final = frozenset({"radio", "television", "tv", "broadcast"})
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


def claims_for(speakers: frozenset[str], doers: frozenset[str], victims: frozenset[str], cast: Cast) -> bool:
    """Whether a party to a war speaks of its own force: an army, or its state's broadcaster or agency, of what its side
    did to whom, or of what befell soldiers of another.
    """
    actors = cast.by_id
    organs = {a for a in speakers if a in actors and _is_organ(actors[a])}
    countries = {a: actors[a].country for a in (*speakers, *doers, *victims) if a in actors and actors[a].country}
    own = {countries[a] for a in speakers if a in countries}
    if doers:
        theirs = {countries[a] for a in doers if a in countries}
        return same_side(speakers, doers, cast) or bool(theirs & {countries[a] for a in organs if a in countries})
    armed = {a for a in speakers if a in actors and ARMED & set(actors[a].sectors)} | organs
    # "two American drones" are the state's
    struck = [a for a in victims if a in actors and (ARMED & set(actors[a].sectors) or actors[a].kind == "state")]
    return bool(armed and struck) and all(a in countries and own and countries[a] not in own for a in struck)


def _is_organ(actor: Actor) -> bool:
    """Whether the text calls a medium that of a state: "Iranian state television", "Baghdad Radio", "Radio Hanoi"."""
    if "JRN" not in actor.sectors or actor.kind != "organisation":
        return False
    called = [mention.text.lower().split() for mention in actor.mentions]
    named = any(words[0] in _BROADCASTING or words[-1] in _BROADCASTING for words in called if len(words) > 1)
    return any(_OF_A_STATE & set(words) for words in called) or (named and "public" not in actor.name.lower())


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


def are_at_war(doers: frozenset[str], victims: frozenset[str], cast: Cast) -> bool:
    """Whether the doers are soldiers, rebels or a state, and the victims soldiers or rebels of another."""
    actors = cast.by_id
    fighters = [actors[a] for a in victims if a in actors and ARMED & set(actors[a].sectors)]
    forces = [actors[a] for a in doers if a in actors and (ARMED & set(actors[a].sectors) or actors[a].kind == "state")]
    return any(
        one.country is not None and one.country != other.country and other.country is not None
        for one in forces
        for other in fighters
    )


def is_identified(speakers: frozenset[str], cast: Cast) -> bool:
    """Whether it is known whose side the speakers are on: "officials" and "sources" are the newspaper's own."""
    known = {a.id for a in cast.actors if a.country is not None or a.acts_for is not None}
    return bool(speakers & known)


def is_bystander(speakers: frozenset[str], doers: frozenset[str], cast: Cast) -> bool:
    """Whether those who say that nothing happened speak for no state: monitors, witnesses, doctors."""
    if same_side(speakers, doers, cast):
        return False
    known = cast.by_id
    return bool(speakers) and all(
        s in known and known[s].kind != "state" and known[s].acts_for is None and not _OFFICIAL & set(known[s].sectors)
        for s in speakers
    )
