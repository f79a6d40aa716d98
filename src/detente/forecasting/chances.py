"""The chances of pairs, class by class, with what speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from detente.forecasting import reasons
from detente.forecasting.baserates import Comparable, as_busy, base_rates
from detente.forecasting.dealings import ANYONE, Dealings, Level, names
from detente.forecasting.gathering import Past
from detente.forecasting.indicators import INDICATORS, Asked, indicators
from detente.forecasting.likelihood import Model
from detente.forecasting.precedents import WITHIN, Deed, Precedent, Precedents, precedents
from detente.forecasting.reasons import Change, Moved
from detente.records import EventType

_BUSY: Final = 0.9
"""From which share of spans with a deed on a pair is always busy."""

_SHARE: Final = INDICATORS.index("own_share")


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a chance: what moved it, what followed earlier moments like this, what would change it most."""

    moved: Moved
    precedents: Precedents | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely at least one deed of a class is.

    `base` is the base rate: how often the pair itself had one in as many days, shrunk to pairs as busy, `comparable`.
    Where `modelled` is false there was too little history, and `probability` is the base rate.
    `most` is the 90th percentile of the numbers that a pair had that is always busy, `exceeding` the chance of more.
    """

    kind: str
    probability: float
    base: float
    comparable: Comparable
    modelled: bool
    expected: float | None = None
    size: float | None = None
    most: int | None = None
    exceeding: float | None = None
    why: Why | None = None


def chances(
    dealings: Dealings,
    asked: Asked,
    level: Level,
    kinds: Sequence[str],
    horizon: int,
    table: tuple[tuple[Comparable, ...], ...],
    model: Model | None,
) -> tuple[Chance, ...]:
    """The chances of each pair and class asked about."""
    every = names(level)
    found = indicators(dealings, asked, level, horizon)
    chosen = np.array(
        [n * len(every) + every.index(kind) for n in range(len(asked.sources)) for kind in kinds], np.intp
    )
    recent = found[chosen, INDICATORS.index("pair_180")]
    comparable = [as_busy(table, deeds)[row % len(every)] for deeds, row in zip(recent, chosen.tolist(), strict=True)]
    base = base_rates(found[chosen], table, horizon)
    if model is None:
        return tuple(
            Chance(kind, float(own), float(own), one, modelled=False)
            for kind, own, one in zip(np.tile(kinds, len(asked.sources)).tolist(), base, comparable, strict=True)
        )
    own = dealings.only(np.isin(dealings.keys(), dealings.key(asked.sources, asked.targets)))
    told, expected = model.probabilities(found[chosen]), model.expected(found[chosen])
    chances = []
    for n, row in enumerate(chosen.tolist()):
        most = None
        if found[row, _SHARE] >= _BUSY:
            most = _percentile(own, asked, level, row, horizon, int(found[row, -1]))
        chances.append(
            Chance(
                kind=every[row % len(every)],
                probability=float(told[n]),
                base=float(base[n]),
                comparable=comparable[n],
                modelled=True,
                expected=float(expected[n]),
                size=model.size,
                most=most,
                exceeding=None if most is None else model.exceeding(float(expected[n]), most),
            )
        )
    return tuple(chances)


def _percentile(dealings: Dealings, asked: Asked, level: Level, row: int, horizon: int, length: int) -> int:
    """The 90th percentile of how many deeds of its class a pair had in spans of `horizon` days."""
    pair, kind = divmod(row, len(names(level)))
    key = dealings.key(asked.sources[pair : pair + 1], asked.targets[pair : pair + 1])
    own = (dealings.keys() == key) & (dealings.classes(level) == kind) & (dealings.known < asked.day)
    ages = np.sort(asked.day - dealings.days[own])
    ends = np.arange(0, max(1, length - horizon + 1))
    counts = np.searchsorted(ages, ends + horizon, "right") - np.searchsorted(ages, ends, "right")
    return int(np.ceil(np.quantile(counts, 0.9)))


def explained(
    past: Past, model: Model, near: Dealings, every: Dealings, asked: Asked, told: Sequence[Chance]
) -> tuple[Chance, ...]:
    """The chances of a pair with what speaks for them; `near` has deeds of its sides alone, `every` those of all."""
    codes = [names(model.level).index(chance.kind) for chance in told]
    sides = int(asked.sources[0]), int(asked.targets[0])
    found = indicators(near, asked, model.level, model.horizon)
    one, other = (every.parties.index(near.parties[side]) for side in sides)
    like: Sequence[Precedents | None] = [None] * len(codes)
    if alike := precedents(every, one, other, asked.day, level=model.level, kinds=codes, horizon=model.horizon):
        deeds = [_deeds(past, moment, alike[0].after) for moment in alike[0].nearest]
        like = [
            replace(some, nearest=tuple(replace(m, deeds=d) for m, d in zip(some.nearest, deeds, strict=True)))
            for some in alike
        ]
    changes = reasons.changes(model, near, *sides, asked.day, codes)
    return tuple(
        replace(chance, why=Why(reasons.moved(model, found[code], model.level), before, change))
        for chance, code, before, change in zip(told, codes, like, changes, strict=True)
    )


def _deeds(past: Past, moment: Precedent, after: Mapping[EventType, int]) -> tuple[Deed, ...]:
    """The deeds that an earlier moment follows, with their sentences."""
    span = [date.fromordinal(moment.day - back) for back in range(1, WITHIN + 1)]
    target = None if moment.target == ANYONE else moment.target
    return tuple(Deed(**row) for row in past.deeds_on(moment.source, target, span, [*after]))
