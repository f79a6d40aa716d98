"""Whether two events of different texts are reports of one happening.

An `Account` is what is compared of an event: its type and phase, who did it to whom, when, where, and the words that
tell of it. Two accounts are of one happening where none of these speaks against it and enough speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from detente import days, plover
from detente.reading.wants import families
from detente.reading.wants.matters import Actors
from detente.records import Event, EventType, Place, Reading, Status
from detente.world.registry import normal, registry

Phase = str
_PHASES: Final[Mapping[Status, Phase]] = {
    "actual": "told",
    "alleged": "told",
    "denied": "told",
    "negated": "told",
    "planned": "ahead",
    "promised": "ahead",
    "offered": "ahead",
    "demanded": "demanded",
    "threatened": "threatened",
    "conditional": "possible",
    "hypothetical": "possible",
}
"""Reports that disagree on whether a thing happened are of one happening; a demand and its fulfilment are two."""

_SPOKEN: Final[frozenset[EventType]] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
"""Deeds done in words, of which the same speaker does many in a day: the matter has to be the same, too."""

_PLACED: Final[frozenset[EventType]] = frozenset({"ASSAULT", "PROTEST"})
"""Deeds of which the same doer does many in a day, in different towns."""

_LEEWAY: Final = timedelta(days=1)
"""Reports of one night are dated by its evening and by its morning."""
_RECENT: Final = timedelta(days=3)
"""What news tells without a date happened at most so long before it was published, if it is news."""

_WEEK: Final = timedelta(days=7)

# How much speaks for one happening. Found by benchmarks/witnesses.py on its parts `develop`.
_SAME_ACTOR: Final = 1.0
_SAME_COUNTRY: Final = 0.5
_NEARBY: Final = 0.6
_SAME_DAY: Final = 0.8
_SAME_WEEK: Final = 0.5
_PERHAPS: Final = 0.3
_NEXT_DAY: Final = -0.3
_SAME_NAME: Final = 0.7
_OTHER_NAMES: Final = 0.2
_OTHER_TOWN: Final = 0.8
_OTHER_PLACE: Final = 0.3
_WORDS: Final = 2.2
_MATTER: Final = 0.15
_OTHER_MATTER: Final = 0.5
_OTHER_CHARGE: Final = 1.2
_MODE: Final = 0.3
_ENOUGH: Final = 2.0

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


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much speaks for two accounts being of one happening, and what does."""

    score: float
    reasons: tuple[str, ...]


def accounts(reading: Reading) -> Iterator[Account]:
    """The accounts of a reading's events, in their order."""
    cast = Actors(reading.actors)
    countries = {actor.id: actor.country for actor in reading.actors}
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
            around=_sides(_named(reading, start, end), countries, cast),
            place=_place(event.place),
            names=frozenset(names),
            words=frozenset(words),
        )


def compare(one: Account, other: Account) -> Agreement | None:
    """How two accounts of different documents agree; None where something speaks against one happening."""
    if (one.type, one.phase) != (other.type, other.phase):
        return None
    reasons: list[str] = []
    score = 0.0
    for found in (_in_parties(one, other), _in_time(one, other), _in_place(one, other), _in_words(one, other)):
        if found is None:
            return None
        score += found.score
        reasons += found.reasons
    if one.mode is not None and other.mode is not None:
        score += _MODE if one.mode == other.mode else -_MODE
    return Agreement(score / _ENOUGH, tuple(reasons))


def copied(one: Account, other: Account) -> Agreement | None:
    """How two accounts of copies of one text agree: fully where their sentences are the same."""
    if one.type != other.type or not one.words or len(one.words & other.words) < _COPIED * len(one.words | other.words):
        return None
    return Agreement(_MOST, ("the same sentence in a copy of the same text",))


def _in_parties(one: Account, other: Account) -> Agreement | None:
    if one.type in plover.MUTUAL:
        return _in_role("parties", one.sides, other.sides, one, other)
    source = _in_role("sources", one.sources, other.sources, one, other)
    target = _in_role("targets", one.targets, other.targets, one, other)
    if source is None or (target is None and one.type in _SPOKEN):
        return None
    if target is None:
        # Two texts see one shelling as done to a town and to its people.
        target = Agreement(0, ())
    return Agreement(source.score + target.score, source.reasons + target.reasons)


def _in_role(
    role: str, of_one: frozenset[str], of_other: frozenset[str], one: Account, other: Account
) -> Agreement | None:
    """How far two accounts name the same actors in a role; None where both name some and none in common."""
    shared = of_one & of_other
    if shared:
        actors = sorted(actor for actor in shared if not actor.startswith("~"))
        score = _SAME_ACTOR if actors else _SAME_COUNTRY
        if one.type in plover.MUTUAL:
            score *= _parties_in_common(of_one, of_other)
            if (of_one - of_other) & other.around or (of_other - of_one) & one.around:
                score += _NEARBY
        return Agreement(score, (f"{role}: {', '.join(actors or sorted(shared)).replace('~', '')}",))
    if _is_placed(of_one) and _is_placed(of_other):
        return None
    # Who is not named in the role, or by no more than "the men", may be named beside it.
    if of_one & other.around or of_other & one.around:
        return Agreement(_NEARBY, ())
    return Agreement(0, ())


def _is_placed(sides: frozenset[str]) -> bool:
    """Whether it is known of somebody in a role where he belongs."""
    return any(side.startswith("~") for side in sides)


def _parties_in_common(of_one: frozenset[str], of_other: frozenset[str]) -> float:
    """2 where two accounts share both of their parties, 1 where one names a single one, 0.3 where others differ."""
    one, other = (frozenset(actor for actor in sides if actor.startswith("~")) for sides in (of_one, of_other))
    if len(one) < 2 or len(other) < 2:
        return 1.0
    return 2.0 if len(one & other) >= 2 else 0.3


def _in_time(one: Account, other: Account) -> Agreement | None:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    both = one.dated and other.dated
    gap = max(one.first - other.last, other.first - one.last)
    if gap > _LEEWAY:
        return None
    first, last = max(one.first, other.first), min(one.last, other.last)
    if gap > timedelta(0):
        return Agreement(_NEXT_DAY, ())
    told = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    if both and first == last and one.last - one.first <= _WEEK and other.last - other.first <= _WEEK:
        exact = one.first == one.last and other.first == other.last
        return Agreement(_SAME_DAY if exact else _SAME_WEEK, (f"day: {told}",))
    return Agreement(_SAME_WEEK if both else _PERHAPS, (f"time: {told}",))


def _in_place(one: Account, other: Account) -> Agreement | None:
    """How far two accounts agree in what they name beside the parties: towns, districts, rivers, firms."""
    score = 0.0
    if (
        one.place is not None
        and other.place is not None
        and one.place != other.place
        and one.names.isdisjoint(other.place.split())
        and other.names.isdisjoint(one.place.split())
    ):
        if one.type not in _SPOKEN:
            return None
        score -= _OTHER_PLACE
    shared = (one.names | {one.place}) & (other.names | {other.place}) - {None}
    if shared:
        return Agreement(score + _SAME_NAME, (f"names: {', '.join(sorted(filter(None, shared)))}",))
    if one.names and other.names:
        score -= _OTHER_TOWN if one.type in _PLACED else _OTHER_NAMES
    return Agreement(score, ())


def _in_words(one: Account, other: Account) -> Agreement | None:
    shared = one.words & other.words
    least = min(sum(map(families.weight, words)) for words in (one.words, other.words))
    share = sum(map(families.weight, shared)) / least if least else 0.0
    reasons = (f"words: {', '.join(sorted(shared))}",) if shared else ()
    if one.type in _SPOKEN and share < _MATTER:
        return Agreement(_WORDS * share - (_OTHER_CHARGE if one.type == "ACCUSE" else _OTHER_MATTER), reasons)
    return Agreement(_WORDS * share, reasons)


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


def _named(reading: Reading, start: int, end: int) -> Iterator[str]:
    for actor in reading.actors:
        if any(start <= mention.start < end for mention in actor.mentions):
            yield actor.id


def _place(place: Place | None) -> str | None:
    """The name of a place within a state; None for a state."""
    if place is None or any(entry.id == place.country for entry in registry().named(place.name)):
        return None
    return normal(place.name)


def _spoken(reading: Reading, start: int, end: int, trigger: int) -> tuple[set[str], set[str]]:
    """The names and the other words from `start` to `end`, without parties, the trigger, grammar and reporting."""
    parties = {
        place
        for actor in reading.actors
        if actor.country is not None
        for mention in actor.mentions
        if start <= mention.start < end
        for place in range(mention.start, mention.end)
    }
    names: set[str] = set()
    words: set[str] = set()
    for match in families.WORD.finditer(reading.document.text, start, end):
        written = families.POSSESSIVE.sub("", match.group())
        word = normal(written)
        if match.start() == trigger or len(word) < 3 or families.is_empty(word) or word in _REPORTING:
            continue
        if not written[0].isupper():
            words.add(families.key(word))
        elif match.start() not in parties:
            # What begins the sentence has a capital letter whatever it is.
            names.add(word)
            if match.start() == start:
                words.add(families.key(word))
    return names, words
