"""What happened before when things stood as they do: earlier moments after the same deeds, and what followed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.forecasting.dealings import TYPES, Dealings, Level
from detente.records import EventType

WITHIN: Final = 10
"""Days within which the deeds that a moment follows were done."""

_KINDS: Final = 2
"""Types of deeds that are looked for, at most: the rarest tell most."""
_MOST_OF_A_KIND: Final = 2
_ENOUGH: Final = 10
"""Earlier moments that are wanted; with fewer, less is looked for."""
_NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed, with the sentence that tells it; `id` is its event's DOCUMENT/ID."""

    id: str
    day: date
    type: EventType
    evidence: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier moment: who did what was looked for to whom, the day after, and whether what is asked followed."""

    source: str
    target: str
    day: int
    followed: bool
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedents:
    """After deeds as in `after` (type, at least how many) within ten days, what is asked followed in `hits` of `cases`.

    Moments are at least ten days apart. `nearest` are of the pair itself where there are some, the latest first.
    """

    after: Mapping[EventType, int]
    cases: int
    hits: int
    nearest: tuple[Precedent, ...]


def precedents(
    dealings: Dealings, source: int, target: int, day: int, *, level: Level, kinds: Sequence[int], horizon: int
) -> tuple[Precedents, ...]:
    """Earlier moments like that of a pair on a day, of any pair, and for each of the classes `kinds` what followed.

    Outcomes were known by that day. What the pair did in the last ten days is looked for; where fewer than ten moments
    are like that, less of it. Empty where it did nothing in these days, or nothing is like it.
    """
    known = dealings.before(day)
    known = known.only(known.asked_about())
    own = (known.sources == source) & (known.targets == target) & (known.days >= day - WITHIN)
    done = Counter(known.types[own].tolist())
    if not done:
        return ()
    often = np.bincount(known.types, minlength=len(TYPES))
    rare = sorted(done, key=lambda code: (often[code], code))[:_KINDS]
    wanted = {code: min(done[code], _MOST_OF_A_KIND) for code in rare}
    found = _moments(known, wanted, day - horizon)
    while len(found) < _ENOUGH and sum(wanted.values()) > 1:
        # First fewer of a kind, then no more of the rarest kind.
        code = max(wanted, key=lambda code: wanted[code])
        if wanted[code] > 1:
            wanted[code] -= 1
        else:
            del wanted[min(wanted, key=lambda code: often[code])]
        found = _moments(known, wanted, day - horizon)
    if not len(found):
        return ()
    keys, days = found[:, 0], found[:, 1]
    pair = source * len(known.parties) + target
    nearest = np.lexsort((-days, keys != pair))[:_NEAREST].tolist()
    sides = [divmod(int(keys[place]), len(known.parties)) for place in nearest]
    after = {TYPES[code]: number for code, number in sorted(wanted.items())}
    told = []
    for kind in kinds:
        followed = _followed(known, found, level, kind, horizon)
        some = tuple(
            Precedent(known.parties[one], known.parties[other], int(days[place]), bool(followed[place]))
            for place, (one, other) in zip(nearest, sides, strict=True)
        )
        told.append(Precedents(after, len(found), int(followed.sum()), some))
    return tuple(told)


def _moments(known: Dealings, wanted: Mapping[int, int], last: int) -> NDArray[np.int64]:
    """Pairs and days, up to `last`, before which there were the deeds wanted, ten days or more apart for each pair."""
    aimed = np.flatnonzero(np.isin(known.types, [*wanted]))
    keys, days = known.keys()[aimed], known.days[aimed].astype(np.int64)
    # Pair and day as one number, so that what was done within some days is a part of a sorted column.
    span = int(days.max(initial=0)) + 2 * WITHIN
    points = np.unique(keys * span + days + 1)
    enough = np.ones(len(points), bool)
    for code, number in wanted.items():
        column = np.sort((keys * span + days)[known.types[aimed] == code])
        enough &= np.searchsorted(column, points) - np.searchsorted(column, points - WITHIN) >= number
    moments = np.stack(np.divmod(points[enough], span), axis=1)
    moments = moments[moments[:, 1] <= last]
    kept = []
    former = (-1, 0)
    for place, (key, day) in enumerate(moments.tolist()):
        if key != former[0] or day - former[1] >= WITHIN:
            kept.append(place)
            former = (key, day)
    return moments[kept]


def _followed(known: Dealings, moments: NDArray[np.int64], level: Level, kind: int, horizon: int) -> NDArray[np.bool_]:
    """Whether a deed of the class was done in the days from each moment on."""
    chosen = known.classes(level) == kind
    days = known.days[chosen].astype(np.int64)
    span = int(max(days.max(initial=0), moments[:, 1].max(initial=0))) + horizon + 1
    column = np.sort(known.keys()[chosen] * span + days)
    points = moments[:, 0] * span + moments[:, 1]
    return np.searchsorted(column, points + horizon) > np.searchsorted(column, points)
