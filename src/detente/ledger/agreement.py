"""Whether two events of different texts are reports of one happening.

An `Account` is what is compared of an event: its type and phase, who did it to whom, when, where, and the words that
tell of it. Two accounts are of one happening where none of these speaks against it and enough speaks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from detente import days, plover
from detente.reading.wants import families
from detente.reading.wants.matters import Actors
from detente.records import Actor, Event, EventType, Place, Reading, Status
from detente.world.registry import normal, registry

Phase = str
_PHASES: Final[Mapping[Status, Phase]] = {
    "actual": "told",
    "alleged": "told",
    "denied": "disputed",
    "negated": "disputed",
    "planned": "ahead",
    "promised": "ahead",
    "offered": "ahead",
    "demanded": "demanded",
    "threatened": "threatened",
    "conditional": "possible",
    "hypothetical": "possible",
}
"""What is compared with what of its own phase; a demand and its fulfilment are two happenings."""

_TOLD: Final = frozenset({"told", "disputed"})
"""Phases of one happening, whose reports disagree on whether it was."""

_NEAR: Final[tuple[frozenset[EventType], ...]] = (
    # One meeting is told by its taking place, by what is agreed on, praised or yielded there, and by what is signed.
    frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE"}),
    # Goods are given or sold, people returned or extradited: the texts often leave open which.
    frozenset({"AID", "COOPERATE", "RETREAT"}),
    # A cease-fire is signed, agreed to and kept.
    frozenset({"SUPPORT", "CONCEDE", "RETREAT"}),
    # Assets are frozen as a penalty or seized.
    frozenset({"SANCTION", "COERCE"}),
    # Ships and buildings are seized with force or without.
    frozenset({"COERCE", "ASSAULT"}),
)
"""Types of which texts may have different ones for one deed: neighbours within a quad class of PLOVER, and to yield.

Not so the types of verbal conflict: who accuses, demands, threatens and refuses in one speech does four things.
"""

_ONE_WAY: Final[frozenset[EventType]] = frozenset({"SANCTION", "COERCE", "ASSAULT"})
"""Types in which, whatever near type another text has, the doer is never whom it is done to."""

_SPOKEN: Final[frozenset[EventType]] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
"""Deeds done in words, of which the same speaker does many in a day, to this one and that one."""

_PLACED: Final[frozenset[EventType]] = frozenset({"ASSAULT", "PROTEST"})
"""Deeds of which the same doer does many in a day, in different towns."""

_LEEWAY: Final = timedelta(days=1)
"""Reports of one night are dated by its evening and by its morning."""
_RECENT: Final = timedelta(days=3)
"""What news tells without a date happened at most so long before it was published, if it is news."""

_WEEK: Final = timedelta(days=7)

WEIGHTS: Final[dict[str, float]] = {
    "same sources": 0.47,
    "sources of one country": 0.0,
    "sources nearby": 0.26,
    "same targets": 0.61,
    "targets of one country": 0.59,
    "targets nearby": 0.26,
    "both parties": 0.75,
    "same parties": 0.45,
    "parties of one country": 0.56,
    "parties nearby": 0.18,
    "same day": 0.4,
    "vague time": -0.28,
    "perhaps": 0.35,
    "other day": -0.45,
    "same name": 0.0,
    "other names": 0.0,
    "other town": -0.82,
    "other place": -0.2,
    "words": 1.22,
    "other charge": -1.11,
    "same mode": 0.42,
    "other mode": -0.29,
    "other type": -0.52,
}
"""How much each thing speaks for one happening, found by `python benchmarks/witnesses.py --fit`.

"Same" is an actor in common, "of one country" no more than a country; "nearby" is who is named in the sentence of the
other without that part in it. In time "same day" is told by both, "perhaps" guessed of one from its day of publication.
"Words" are the part of the shorter sentence's words that are in the other.
"""

_MATTER: Final = 0.15
"""The part of the words below which two accusations, or two deeds of other modes, are about other matters."""


SAME: Final = 1.0
"""The score from which two accounts are of one happening."""
OTHER: Final = 0.5
"""The score below which two accounts speak of two happenings."""

_MOST: Final = 3 * SAME
"""More than accounts in other words can come to."""

_COPIED: Final = 0.8
"""The part of the words of two sentences that is the same where one was copied from the other."""

_REPORTING: Final = frozenset(
    """said say says saying told tell tells telling reported report reports according announced added statement
    official officials spokesman spokeswoman spokesperson agency sources""".split()
)
"""Words that tell of the telling."""

_SENTENCE_END: Final = re.compile(r"[.!?][”’\"')]*\s+(?=[\"“‘'(]?[A-Z])|\n")


@dataclass(frozen=True, slots=True)
class Account:
    """What one event of a document tells, as far as it is compared with others."""

    document: str
    event: str
    type: EventType
    mode: str | None
    phase: Phase
    first: date | None
    last: date | None
    dated: bool
    """Whether the text dates it; else the days are guessed from the day of publication."""
    sources: frozenset[str]
    targets: frozenset[str]
    """Ids of the actors and of those they act for, and `~` with the code of a country for who only belongs there."""
    around: frozenset[str]
    """The same of everybody whom its sentence names: whoever has a part in it may be among them."""
    place: str | None
    """Where it happened, by the name of a place within a state, in lower case."""
    names: frozenset[str]
    """Names in its sentence that are none of a state or of who acts for one, word by word, in lower case."""
    words: frozenset[str]
    """Families and stems of the other words of its sentence."""

    @property
    def id(self) -> str:
        """The event's DOCUMENT/ID."""
        return f"{self.document}/{self.event}"

    @property
    def sides(self) -> frozenset[str]:
        """Everybody who has a part in it."""
        return self.sources | self.targets

    @property
    def everybody(self) -> frozenset[str]:
        """Everybody whom its sentence names."""
        return self.sides | self.around

    @property
    def counts(self) -> bool:
        """Whether it tells of a fact, as such or as a claim, and does not dispute one."""
        return self.phase == "told"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two accounts being of one happening, or makes it doubtful: how much of each, and in words."""

    amounts: dict[str, float]
    """By the names of `WEIGHTS`; 1 where it is so or not."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much speaks for two accounts being of one happening, and what does."""

    score: float
    reasons: tuple[str, ...]


def accounts(reading: Reading) -> Iterator[Account]:
    """The accounts of a reading's events, in their order."""
    cast = Actors(reading.actors)
    countries = {actor.id: actor.country for actor in reading.actors}
    named = sorted((mention.start, actor.id) for actor in reading.actors for mention in actor.mentions)
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(reading.document.text)), len(reading.document.text)]
    for event in reading.events:
        first, last, dated = _days(event, reading.document.published)
        start = max(end for end in ends if end <= event.evidence.start)
        end = min((end for end in ends if end >= event.evidence.end), default=event.evidence.end)
        names, words = _spoken(reading, start, end, event.trigger.start)
        yield Account(
            document=reading.document.id,
            event=event.id,
            type=event.type,
            mode=event.mode,
            phase=_PHASES[event.status],
            first=first,
            last=last,
            dated=dated,
            sources=_sides(event.sources, countries, cast),
            targets=_sides(event.targets, countries, cast),
            around=_sides(_within(named, start, end), countries, cast),
            place=_place(event.place),
            names=frozenset(names),
            words=frozenset(words),
        )


def compare(one: Account, other: Account) -> Agreement | None:
    """How two accounts of different documents agree; None where something speaks against one happening."""
    found = evidence(one, other)
    if found is None:
        return None
    return Agreement(sum(WEIGHTS[name] * value for name, value in found.amounts.items()), found.reasons)


@cache
def near(event_type: EventType) -> frozenset[EventType]:
    """The types by which another text may have one deed of this type, and the type itself."""
    return frozenset({event_type}).union(*(types for types in _NEAR if event_type in types))


def compared(phase: Phase) -> frozenset[Phase]:
    """The phases of accounts that an account of this phase is compared with."""
    return _TOLD if phase in _TOLD else frozenset({phase})


def may_agree(one: Account, other: Account) -> bool:
    """Whether two accounts of near types and compared phases are of days and of somebody that do not speak against it.

    `compare` refuses the others. It is quick, and so asked of many.
    """
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    if one.first - other.last > _LEEWAY or other.first - one.last > _LEEWAY:
        return False
    return not (one.everybody and other.everybody and one.everybody.isdisjoint(other.everybody))


def evidence(one: Account, other: Account) -> Evidence | None:
    """What speaks for one happening and what makes it doubtful; None where something speaks against it."""
    if other.phase not in compared(one.phase) or other.type not in near(one.type):
        return None
    if not may_agree(one, other):
        return None
    found = [_in_parties(one, other), _in_time(one, other), _in_place(one, other), _in_words(one, other)]
    if one.type != other.type:
        found.append(Evidence({"other type": 1.0}))
    elif one.mode is not None and other.mode is not None:
        if one.mode != other.mode and not (one.dated and other.dated) and _share(one, other) < _MATTER:
            return None  # one state does several things to another in a week
        found.append(Evidence({"same mode" if one.mode == other.mode else "other mode": 1.0}))
    whole = Evidence({})
    for part in found:
        if part is None:
            return None
        whole = Evidence(whole.amounts | part.amounts, whole.reasons + part.reasons)
    return whole


def copied(one: Account, other: Account) -> Agreement | None:
    """How two accounts of copies of one text agree: fully where their sentences are the same."""
    if one.type != other.type or not one.words or len(one.words & other.words) < _COPIED * len(one.words | other.words):
        return None
    return Agreement(_MOST, ("the same sentence in a copy of the same text",))


def _in_parties(one: Account, other: Account) -> Evidence | None:
    if (
        one.type in plover.MUTUAL
        or other.type in plover.MUTUAL
        or (one.type != other.type and one.type not in _ONE_WAY)
    ):
        return _in_either_role(one, other)
    source = _in_role("sources", one.sources, other.sources, one, other)
    target = _in_role("targets", one.targets, other.targets, one, other)
    if source is None or (target is None and one.type in _SPOKEN):
        return None
    if target is None:
        # Two texts see one shelling as done to a town and to its people.
        target = Evidence({})
    return Evidence(source.amounts | target.amounts, source.reasons + target.reasons)


def _in_role(
    role: str, of_one: frozenset[str], of_other: frozenset[str], one: Account, other: Account
) -> Evidence | None:
    """How far two accounts name the same actors in a role; None where both name some and none in common."""
    if shared := of_one & of_other:
        return _shared(role, shared)
    if _countries(of_one) and _countries(of_other):
        return None
    # Who is not named in the role, or by no more than "the men", may be named beside it.
    if of_one & other.around or of_other & one.around:
        return Evidence({f"{role} nearby": 1.0})
    return Evidence({})


def _in_either_role(one: Account, other: Account) -> Evidence | None:
    """How far two accounts name the same parties, whoever is source and target; None where they name others."""
    mine, its = _countries(one.sides), _countries(other.sides)
    shared = one.sides & other.sides
    if not shared:
        if mine and its:
            return None
        near = one.sides & other.around or other.sides & one.around
        return Evidence({"parties nearby": 1.0} if near else {})
    if len(mine) >= 2 and len(its) >= 2 and len(mine & its) == 1:
        return Evidence({})  # who met another met at another time
    found = _shared("parties", shared)
    if len(mine & its) >= 2:
        return Evidence({"both parties": 1.0}, found.reasons)
    if (one.sides - other.sides) & other.around or (other.sides - one.sides) & one.around:
        return Evidence(found.amounts | {"parties nearby": 1.0}, found.reasons)
    return found


def _shared(role: str, shared: frozenset[str]) -> Evidence:
    actors = sorted(actor for actor in shared if not actor.startswith("~"))
    named = ", ".join(actors or sorted(shared)).replace("~", "")
    return Evidence({f"same {role}" if actors else f"{role} of one country": 1.0}, (f"{role}: {named}",))


def _countries(sides: frozenset[str]) -> frozenset[str]:
    """Where those belong of whom it is known."""
    return frozenset(side for side in sides if side.startswith("~"))


def _in_time(one: Account, other: Account) -> Evidence | None:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    both = one.dated and other.dated
    gap = max(one.first - other.last, other.first - one.last)
    first, last = max(one.first, other.first), min(one.last, other.last)
    if gap > timedelta(0):
        return Evidence({"other day": 1.0} if one.first == one.last and other.first == other.last else {})
    told = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    if both and first == last and one.last - one.first <= _WEEK and other.last - other.first <= _WEEK:
        return Evidence({"same day": 1.0}, (f"day: {told}",))
    return Evidence({"vague time" if both else "perhaps": 1.0}, (f"time: {told}",))


def _in_place(one: Account, other: Account) -> Evidence | None:
    """How far two accounts agree in what they name beside the parties: towns, districts, rivers, firms."""
    amounts: dict[str, float] = {}
    if (
        one.place is not None
        and other.place is not None
        and one.place != other.place
        and one.names.isdisjoint(other.place.split())
        and other.names.isdisjoint(one.place.split())
    ):
        if one.type not in _SPOKEN or other.type not in _SPOKEN:
            return None
        amounts["other place"] = 1.0
    shared = (one.names | {one.place}) & (other.names | {other.place}) - {None}
    if shared:
        return Evidence(amounts | {"same name": 1.0}, (f"names: {', '.join(sorted(filter(None, shared)))}",))
    if one.names and other.names:
        amounts["other town" if one.type in _PLACED else "other names"] = 1.0
    return Evidence(amounts)


def _in_words(one: Account, other: Account) -> Evidence:
    shared, share = one.words & other.words, _share(one, other)
    reasons = (f"words: {', '.join(sorted(shared))}",) if shared else ()
    amounts = {"words": share}
    if share < _MATTER and one.type == other.type == "ACCUSE":
        amounts["other charge"] = 1.0
    return Evidence(amounts, reasons)


def _share(one: Account, other: Account) -> float:
    """The part of the words of the shorter sentence that the other has, too."""
    least = min(sum(map(families.weight, words)) for words in (one.words, other.words))
    return sum(map(families.weight, one.words & other.words)) / least if least else 0.0


def _days(event: Event, published: str | None) -> tuple[date | None, date | None, bool]:
    """The first and the last day that an event may have happened, and whether the text says so."""
    try:
        if event.date is not None:
            return _day(days.earliest(event.date)), _day(days.latest(event.date_end or event.date)), True
        if published is not None:
            return _day(days.earliest(published)) - _RECENT, _day(days.latest(published)), False
    except (ValueError, OverflowError):  # no date of the contract's, or one in the year 1
        pass
    return None, None, False


_day = date.fromisoformat


def _sides(actors: Iterable[str], countries: Mapping[str, str | None], cast: Actors) -> frozenset[str]:
    found: set[str] = set()
    for actor in actors:
        found |= {actor, cast.side(actor)}
        if (country := countries.get(actor)) is not None:
            found.add(f"~{country}")
    return frozenset(found)


def _within(named: Sequence[tuple[int, str]], start: int, end: int) -> set[str]:
    """Who is named from `start` to `end`, of mentions in their order."""
    return {actor for _, actor in named[bisect_left(named, (start,)) : bisect_left(named, (end,))]}


def _mentioned(reading: Reading, start: int, end: int, actors: Iterable[Actor]) -> set[int]:
    """The offsets within the mentions of `actors` that begin between `start` and `end`."""
    mentions = (mention for actor in actors for mention in actor.mentions if start <= mention.start < end)
    return {place for mention in mentions for place in range(mention.start, mention.end)}


def _place(place: Place | None) -> str | None:
    """The name of a place within a state; None for a state."""
    if place is None or any(entry.id == place.country for entry in registry().named(place.name)):
        return None
    return normal(place.name)


def _spoken(reading: Reading, start: int, end: int, trigger: int) -> tuple[set[str], set[str]]:
    """The names and the other words from `start` to `end`, without parties, the trigger, grammar and reporting."""
    parties = _mentioned(reading, start, end, [actor for actor in reading.actors if actor.country is not None])
    # "the army" and "the ministry" are compared as who did it; "the nurses" are what it is about
    acting = [actor for actor in reading.actors if actor.kind == "state" or actor.acts_for is not None]
    official = _mentioned(reading, start, end, acting)
    names: set[str] = set()
    words: set[str] = set()
    for match in families.WORD.finditer(reading.document.text, start, end):
        written = families.POSSESSIVE.sub("", match.group())
        word = normal(written)
        if match.start() == trigger or len(word) < 3 or families.is_empty(word) or word in _REPORTING:
            continue
        if match.start() in official:
            continue
        if not written[0].isupper():
            words.add(families.key(word))
        elif match.start() not in parties:
            # What begins the sentence has a capital letter whatever it is.
            names.add(word)
            if match.start() == start:
                words.add(families.key(word))
    return names, words
