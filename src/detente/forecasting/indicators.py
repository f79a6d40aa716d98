"""What a forecast looks at: what a pair did of a class and otherwise, what came back, what both did to others.

Everything is reckoned from what was known before the day of the forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.forecasting.dealings import QUAD_OF, QUADS, Dealings, Ints, Level, names

Floats = NDArray[np.float64]

LOOKBACK: Final = 730
"""Days beyond which nothing is looked at."""

ACTIVE: Final = 5
"""Deeds in the last `RECENT` days that a pair must have for a forecast of its own."""
RECENT: Final = 180

_WINDOWS: Final = (7, 30, 90, 180)
_HALF_LIVES: Final = (15, 60)
_PSEUDO: Final = 8.0
"""Deeds of those like it that a pair's own mix of deeds is mixed with."""

INDICATORS: Final = (
    "class",
    *(f"own_{days}" for days in _WINDOWS),
    *(f"own_decayed_{days}" for days in _HALF_LIVES),
    "own_since",
    "own_share",
    "own_share_90",
    "own_weeks",
    "own_days",
    *(f"pair_{days}" for days in _WINDOWS),
    *(f"pair_decayed_{days}" for days in _HALF_LIVES),
    "pair_since",
    *(f"pair_{quad}_30" for quad in QUADS),
    "back_own_30",
    "back_own_180",
    "back_own_since",
    "back_own_share",
    "back_all_30",
    "back_all_180",
    "back_conflict_30",
    "source_own_30",
    "source_own_180",
    "source_all_30",
    "source_all_180",
    "target_own_30",
    "target_own_180",
    "target_all_30",
    "target_all_180",
    "world_own",
    "expected",
    "expected_recent",
    "reading",
    "states",
    "length",
)
"""The columns of indicators; docs/forecasts.md says what each is."""


@dataclass(frozen=True)
class Asked:
    """Pairs that are asked about on a day, each with all classes of a level: row n·C+c is pair n and class c."""

    sources: Ints
    targets: Ints
    day: int


def active(dealings: Dealings, day: int) -> Asked:
    """The pairs with at least `ACTIVE` deeds in the `RECENT` days before a day, as far as they were known by then."""
    asked, deeds = dealt(dealings, day)
    kept = deeds >= ACTIVE
    return Asked(asked.sources[kept], asked.targets[kept], day)


def dealt(dealings: Dealings, day: int) -> tuple[Asked, Ints]:
    """The pairs with a deed in the `LOOKBACK` days before a day, and how many they had in the `RECENT` days.

    Of deeds by actor it is what a party does, and not what it suffers.
    """
    kept = (dealings.known < day) & (dealings.days >= day - LOOKBACK) & dealings.asked_about()
    keys, places = np.unique(dealings.keys()[kept], return_inverse=True)
    deeds = np.bincount(places, dealings.days[kept] >= day - RECENT, minlength=len(keys))
    sources, targets = np.divmod(keys, max(1, len(dealings.parties)))
    return Asked(sources.astype(np.int32), targets.astype(np.int32), day), deeds.astype(np.int32)


def looked_at(dealings: Dealings, asked: Asked) -> Dealings:
    """The deeds on which the indicators of a few pairs rest: what their sources did, their targets suffered, and gave.

    Of a large ledger they are a small part, but of what an actor does to whomever, which is compared with what all do.
    """
    known = (dealings.known < asked.day) & (dealings.days >= asked.day - LOOKBACK)
    sides = np.isin(dealings.sources, asked.sources) | np.isin(dealings.targets, asked.targets)
    return dealings.only(known & (sides | np.isin(dealings.keys(), dealings.key(asked.targets, asked.sources))))


def indicators(dealings: Dealings, asked: Asked, level: Level, horizon: int) -> Floats:
    """A row of `INDICATORS` for each pair and class, for the `horizon` days that begin with the day asked about.

    Counts are of deeds; what is decayed counts a deed half as much for each half-life that it lies back; `own` is of
    the class, `since` are days since the last; `own_share` is the share of all spans of `horizon` days with a deed of
    the class, `own_share_90` of those within 90 days, `own_weeks` and `own_days` the share of spans of seven days and
    of days; `expected` are the deeds to expect from the pair's own pace, of a mix shrunk to that of those like it.
    """
    day, pairs = asked.day, len(asked.sources)
    classes = len(names(level))
    found = (dealings.known < day) & (dealings.days >= day - LOOKBACK)
    past = _Past(
        dealings.keys()[found],
        dealings.sources[found],
        dealings.targets[found],
        dealings.classes(level)[found],
        QUAD_OF[dealings.types[found]].astype(np.int32),
        day - dealings.days[found],
    )
    length = float(min(LOOKBACK, max(1, day - dealings.first)))

    forth = _places(past.keys, dealings.key(asked.sources, asked.targets))
    back = _places(past.keys, dealings.key(asked.targets, asked.sources))
    source = _places(past.sources, asked.sources)
    target = _places(past.targets, asked.targets)

    def own(places: _Places, days: int | None = None, weights: Floats | None = None) -> Floats:
        return _tally(places, past.classes, classes, None if days is None else past.ages <= days, weights)

    of = {days: own(forth, days) for days in _WINDOWS}
    ever = own(forth)
    every = {days: counts.sum(axis=1) for days, counts in of.items()}
    ages = past.ages[forth.rows]
    decayed = {half: own(forth, weights=0.5 ** (ages / half)) for half in _HALF_LIVES}
    quads = _tally(forth, past.quads, len(QUADS), past.ages <= 30)
    returned = {days: own(back, days) for days in (30, 180)}
    conflict = _tally(back, past.quads, len(QUADS), past.ages <= 30)[:, 2:].sum(axis=1)
    by_source = {days: own(source, days) for days in (30, 180)}
    on_target = {days: own(target, days) for days in (30, 180)}

    world = _world(dealings, day, level)
    mix = _mix(ever, own(source), own(target), world[1])
    pace = every[180] / min(RECENT, length)
    recent = np.stack([weight.sum(axis=1) for weight in decayed.values()])
    # What a decayed count comes to where a deed is done each day, in the days that there were.
    unit = [sum(0.5 ** (age / half) for age in range(1, int(length) + 1)) for half in _HALF_LIVES]
    pace_recent = (recent / np.array(unit)[:, None]).mean(axis=0)

    def each(values: Floats) -> Floats:
        """What a pair has in all classes."""
        return np.repeat(values[:, None], classes, axis=1)

    read = _reading(dealings, day)
    # How long spans are, and the days within which they lie.
    spans = ((horizon, int(length)), (horizon, min(int(length), max(90, horizon))), (7, int(length)), (1, int(length)))
    columns = [
        np.tile(np.arange(classes, dtype=float), (pairs, 1)),
        *of.values(),
        *decayed.values(),
        _since(forth, past, classes),
        *(_share(forth, past, classes, *span) for span in spans),
        *map(each, every.values()),
        *map(each, recent),
        each(_since(forth, past, 1)[:, 0]),
        *(each(quads[:, n]) for n in range(len(QUADS))),
        returned[30],
        returned[180],
        _since(back, past, classes),
        _share(back, past, classes, horizon, int(length)),
        each(returned[30].sum(axis=1)),
        each(returned[180].sum(axis=1)),
        each(conflict),
        by_source[30],
        by_source[180],
        each(by_source[30].sum(axis=1)),
        each(by_source[180].sum(axis=1)),
        on_target[30],
        on_target[180],
        each(on_target[30].sum(axis=1)),
        each(on_target[180].sum(axis=1)),
        np.tile(world[0] / np.maximum(world[1], 1e-9), (pairs, 1)),
        horizon * pace[:, None] * mix,
        horizon * pace_recent[:, None] * mix,
        np.full((pairs, classes), read),
        each(dealings.states[asked.sources] + dealings.states[asked.targets]),
        np.full((pairs, classes), length),
    ]
    return np.stack(columns, axis=2).reshape(pairs * classes, len(INDICATORS))


@dataclass(frozen=True)
class _Past:
    """The deeds that are looked at, `ages` in days."""

    keys: NDArray[np.int64]
    sources: Ints
    targets: Ints
    classes: Ints
    quads: Ints
    ages: Ints


@dataclass(frozen=True)
class _Places:
    """Which deeds are of which of `number` things that are asked about: of the deeds `rows` those at `places`."""

    rows: NDArray[np.intp]
    places: NDArray[np.intp]
    number: int
    whose: NDArray[np.intp]
    """The place of each thing that is asked about."""


def _places(of: NDArray[np.int64] | Ints, asked: NDArray[np.int64] | Ints) -> _Places:
    distinct, whose = np.unique(asked, return_inverse=True)
    if not len(distinct):
        return _Places(np.empty(0, np.intp), np.empty(0, np.intp), 0, whose)
    if len(distinct) == 1:  # as for whatever is asked about one pair: no need to search
        rows = np.flatnonzero(of == distinct[0])
        return _Places(rows, np.zeros(len(rows), np.intp), 1, whose)
    places = np.minimum(np.searchsorted(distinct, of), len(distinct) - 1)
    rows = np.flatnonzero(distinct[places] == of)
    return _Places(rows, places[rows], len(distinct), whose)


def outcomes(dealings: Dealings, asked: Asked, level: Level, horizon: int) -> Floats:
    """The deeds of each pair and class in the `horizon` days that begin with the day asked about."""
    number = len(names(level))
    found = (dealings.days >= asked.day) & (dealings.days < asked.day + horizon)
    places = _places(dealings.keys()[found], dealings.key(asked.sources, asked.targets))
    return _tally(places, dealings.classes(level)[found], number, None).reshape(-1)


def _tally(
    places: _Places, classes: Ints, number: int, kept: NDArray[np.bool_] | None, weights: Floats | None = None
) -> Floats:
    """How many deeds of each class there are for each thing asked about; `weights` has one for each of `rows`."""
    flat = places.places * number + classes[places.rows]
    weight = None if kept is None else kept[places.rows].astype(np.float64)
    if weights is not None:
        weight = weights
    counts = np.bincount(flat, weight, minlength=places.number * number).reshape(places.number, number)
    return counts[places.whose].astype(np.float64)


def _since(places: _Places, past: _Past, number: int) -> Floats:
    """Days since the last deed of each class, or of any where `number` is 1; `LOOKBACK` where there is none."""
    last = np.full(places.number * number, float(LOOKBACK))
    classes = past.classes[places.rows] if number > 1 else 0
    np.minimum.at(last, places.places * number + classes, past.ages[places.rows])
    return last.reshape(places.number, number)[places.whose]


def _share(places: _Places, past: _Past, number: int, horizon: int, length: int) -> Floats:
    """The share of all spans of `horizon` days in the last `length` days in which there was a deed of each class."""
    spans = max(0, length - horizon + 1)
    flat = places.places * number + past.classes[places.rows]
    # Days from the beginning of what is looked at; what lies before it is in no span.
    days = length - past.ages[places.rows]
    order = np.lexsort((days, flat))
    flat, days = flat[order], days[order]
    former = np.full(len(days), -1)
    same = flat[1:] == flat[:-1]
    former[1:][same] = days[:-1][same]
    # A deed on day d is in the spans that begin on the days d - horizon + 1 … d, of which the former deed had some.
    begun = np.maximum(np.maximum(former + 1, days - horizon + 1), 0)
    covered = np.maximum(0, np.minimum(days, spans - 1) - begun + 1)
    hits = np.bincount(flat, covered, minlength=places.number * number).reshape(places.number, number)
    return hits[places.whose] / max(1, spans)


def _mix(own: Floats, source: Floats, target: Floats, world: Floats) -> Floats:
    """The shares of classes in what pairs do, shrunk to those of source and target, and these to the world's."""
    common = world / max(world.sum(), 1.0)

    def shrunk(counts: Floats, towards: Floats) -> Floats:
        shares: Floats = (counts + _PSEUDO * towards) / (counts.sum(axis=1, keepdims=True) + _PSEUDO)
        return shares

    return shrunk(own, (shrunk(source, common) + shrunk(target, common)) / 2)


def _world(dealings: Dealings, day: int, level: Level) -> tuple[Floats, Floats]:
    """Deeds a day of each class, of the last 30 days and of the last 180."""
    end = max(0, min(day - dealings.first, len(dealings.world)))
    rates: list[Floats] = []
    for days in (30, RECENT):
        some = dealings.world[max(0, end - days) : end]
        rate: Floats = some.sum(axis=0) / max(1, len(some))
        rates.append(rate if level == "type" else np.bincount(QUAD_OF, rate, len(QUADS)).astype(np.float64))
    return rates[0], rates[1]


def _reading(dealings: Dealings, day: int) -> float:
    """What is read a day of late, by what was read a day before: 1 where it is as much."""
    end = max(0, min(day - dealings.first, len(dealings.read)))
    late, before = (dealings.read[max(0, end - days) : end] for days in (30, RECENT))
    usual = before.mean() if len(before) else 0.0
    return float(late.mean() / usual) if usual else 1.0
