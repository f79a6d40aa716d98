"""How often what is asked happens at all: the base rates that stand beside every forecast, and need no model."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from detente.forecasting.dealings import Dealings, Level, names
from detente.forecasting.indicators import ACTIVE, INDICATORS, Floats, dealt, outcomes

_ORIGINS: Final = 32
"""Days that a model is fitted on, at most: they are spread evenly over the time that there is."""
_SPACING: Final = 5
"""Days between them, at least."""
_SPIN_UP: Final = 60
"""Days of reading before the first of them: without a past nothing can be told."""
_BUSYNESS: Final = np.array([1, 5, 8, 12, 20, 40, 80, 160])
"""Deeds of a pair in the last 180 days, from which on pairs are taken for busier ones."""

_ACTIVE_SPANS: Final = 4.0
_QUIET_SPANS: Final = 16.0
"""Spans of a pair's own that pairs as busy count as much as: of those with enough deeds for a forecast of their own,
and of others, of which it is known that they fell quiet. Best of 1, 2, 4, 8, 16 on days before the 245th of ICEWS14."""

_PAIR_180: Final = INDICATORS.index("pair_180")
_SHARE: Final = INDICATORS.index("own_share")


class Comparable(msgspec.Struct, frozen=True):
    """How often pairs as busy as a pair had a deed of a class in as many days: of `cases`, `hits`."""

    cases: int
    hits: int

    @property
    def rate(self) -> float:
        """Their base rate."""
        return (self.hits + 0.5) / (self.cases + 1)


def days_to_learn(first: int, end: int, horizon: int) -> list[int]:
    """The days that a model may be fitted on which knows what was known before `end`, of data from `first` on."""
    begin, last = first + _SPIN_UP, end - horizon
    if last < begin:
        return []
    step = max(_SPACING, -(-(last - begin + 1) // _ORIGINS))
    return [*range(last, begin - 1, -step)][::-1]


def comparables(dealings: Dealings, level: Level, horizon: int, *, end: int) -> tuple[tuple[Comparable, ...], ...]:
    """How often pairs that had dealt with each other had a deed in `horizon` days, by busyness and class."""
    known, classes = dealings.before(end), len(names(level))
    cases = np.zeros((len(_BUSYNESS) + 1, classes), np.int64)
    hits = cases.copy()
    for day in days_to_learn(known.first, end, horizon):
        asked, deeds = dealt(known, day)
        flat = (np.digitize(deeds, _BUSYNESS)[:, None] * classes + np.arange(classes)).reshape(-1)
        happened = outcomes(known, asked, level, horizon) > 0
        cases += np.bincount(flat, minlength=cases.size).reshape(cases.shape)
        hits += np.bincount(flat[happened], minlength=cases.size).reshape(cases.shape)
    return tuple(
        tuple(Comparable(int(n), int(k)) for n, k in zip(some, had, strict=True))
        for some, had in zip(cases, hits, strict=True)
    )


def as_busy(table: tuple[tuple[Comparable, ...], ...], deeds: float) -> tuple[Comparable, ...]:
    """Of `comparables`, those of pairs with about as many deeds in the last 180 days; of all where there are none."""
    found = table[int(np.digitize(deeds, _BUSYNESS))]
    if found[0].cases:
        return found
    every = zip(*table, strict=True)
    return tuple(Comparable(sum(one.cases for one in some), sum(one.hits for one in some)) for some in every)


def base_rates(found: Floats, table: tuple[tuple[Comparable, ...], ...], horizon: int) -> Floats:
    """How often each pair itself had a deed of the class, shrunk to the rates of pairs as busy, for rows of indicators.

    Its own is the share of the spans of `horizon` days; those as busy count as much as four spans, or sixteen where it
    had fewer than `ACTIVE` deeds of late.
    """
    rows = zip(found[:, _PAIR_180], found[:, 0].astype(int), strict=True)
    rates = np.array([as_busy(table, deeds)[kind].rate for deeds, kind in rows])
    spans = found[:, -1] / horizon
    others = np.where(found[:, _PAIR_180] >= ACTIVE, _ACTIVE_SPANS, _QUIET_SPANS)
    return np.asarray((found[:, _SHARE] * spans + others * rates) / (spans + others), np.float64)
