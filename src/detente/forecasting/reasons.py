"""Why a forecast is what it is: what moved it, in words, and what one more deed would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.forecasting.dealings import QUAD_OF, QUADS, TYPES, Dealings, Ints, Level, names
from detente.forecasting.indicators import INDICATORS, LOOKBACK, Asked, Floats, indicators
from detente.forecasting.likelihood import Model

_TOLD: Final = 6
_CHANGES: Final = 4
_LEAST: Final = 0.005
"""By which a chance must change to be worth a word."""

_WORDS: Final[Mapping[str, str]] = {
    "class": "it is about {class}",
    "own_": "deeds of this class in the last {days} days: {value:.0f}",
    "own_decayed_": "deeds of this class, those of {days} days ago counted half: {value:.1f}",
    "own_since": "days since the last deed of this class: {value:.0f}",
    "own_share": "share of spans as long in which there was one: {value:.0%}",
    "own_share_": "share of spans as long in the last {days} days in which there was one: {value:.0%}",
    "own_weeks": "share of spans of seven days in which there was one: {value:.0%}",
    "own_days": "share of days on which there was one: {value:.0%}",
    "pair_": "deeds of any class in the last {days} days: {value:.0f}",
    "pair_decayed_": "deeds of any class, those of {days} days ago counted half: {value:.1f}",
    "pair_since": "days since the last deed of any class: {value:.0f}",
    **{
        f"pair_{quad}_": f"deeds of {quad.replace('_', ' ')} in the last {{days}} days: {{value:.0f}}" for quad in QUADS
    },
    "back_own_": "deeds of this class that came back in the last {days} days: {value:.0f}",
    "back_own_since": "days since the last deed of this class that came back: {value:.0f}",
    "back_own_share": "share of spans as long in which one came back: {value:.0%}",
    "back_all_": "deeds of any class that came back in the last {days} days: {value:.0f}",
    "back_conflict_": "deeds of conflict that came back in the last {days} days: {value:.0f}",
    "source_own_": "deeds of this class by the source to anybody in the last {days} days: {value:.0f}",
    "source_all_": "deeds by the source to anybody in the last {days} days: {value:.0f}",
    "target_own_": "deeds of this class to the target by anybody in the last {days} days: {value:.0f}",
    "target_all_": "deeds to the target by anybody in the last {days} days: {value:.0f}",
    "world_own": "deeds of this class in the world of late, where 1 is as usual: {value:.2f}",
    "expected": "deeds of this class to expect at the pace of 180 days: {value:.1f}",
    "expected_recent": "deeds of this class to expect at the pace of late: {value:.1f}",
    "reading": "documents read of late, where 1 is as usual: {value:.2f}",
    "length": "its base rate: {value:.0%}",
    "states": "states among the two: {value:.0f}",
}
"""What indicators are in words; those that end in days are called alike."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What an indicator adds to the log odds of a forecast, in words and with its value."""

    indicator: str
    words: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Change:
    """The probability if, on the last day, one more deed of a class were known; `back` is one by the target."""

    kind: str
    back: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved a forecast: log odds begin at `start`, every reason adds to them, and so does all the `rest`."""

    start: float
    reasons: tuple[Reason, ...]
    rest: float


def moved(model: Model, found: Floats, level: Level) -> Moved:
    """What moved the forecast of one row of indicators, the strongest first."""
    parts = model.contributions(found[None, :])[0]
    usual = float(model.base_rates(found[None, :])[0])
    places, rest = strongest(parts, _TOLD)
    reasons = tuple(
        _reason(n, usual if INDICATORS[n] == "length" else float(found[n]), float(parts[n]), level) for n in places
    )
    return Moved(float(parts[-1]), reasons, rest)


def strongest(parts: Floats, most: int) -> tuple[list[int], float]:
    """Where the contributions stand that move a score most, the strongest first, and what all others add.

    `parts` are one row of contributions, of which the last is what every row has.
    """
    places = [n for n in np.argsort(-np.abs(parts[:-1]), kind="stable")[:most].tolist() if parts[n]]
    return places, float(parts[:-1].sum()) - sum(float(parts[n]) for n in places)


def _reason(place: int, value: float, adds: float, level: Level) -> Reason:
    name = "base rate" if INDICATORS[place] == "length" else INDICATORS[place]
    return Reason(name, words(INDICATORS[place], value, level), value, adds)


def words(indicator: str, value: float, level: Level) -> str:
    """An indicator and its value in words."""
    stem, underscore, days = indicator.rpartition("_")
    known = _WORDS[stem + underscore] if days.isdecimal() else _WORDS[indicator]
    if indicator == "class":
        return known.format_map({"class": names(level)[int(value)].replace("_", " ")})
    if indicator.endswith("since") and value >= LOOKBACK:
        return known.partition(":")[0] + ": none known"
    return known.format(days=days, value=value)


def changes(
    model: Model, dealings: Dealings, source: int, target: int, day: int, kinds: Sequence[int]
) -> Iterator[tuple[Change, ...]]:
    """For each of the classes `kinds`, what one more deed of any class changes most.

    It would be done by either side, and known on the day before.
    """
    asked = Asked(np.array([source], np.int32), np.array([target], np.int32), day)
    # A quad class stands for all its types, which a model of quad classes does not tell apart.
    codes = [*range(len(TYPES))]
    if model.level == "quad":
        codes = [int(np.argmax(quad == QUAD_OF)) for quad in range(len(QUADS))]
    more = [(code, back) for code in codes for back in (False, True)]
    found = [indicators(dealings, asked, model.level, model.horizon)]
    for code, back in more:
        sides = (target, source) if back else (source, target)
        found.append(indicators(_with(dealings, *sides, code, day - 1), asked, model.level, model.horizon))
    every = np.stack(found)
    for kind in kinds:
        chances = model.probabilities(every[:, kind])
        order = np.argsort(-np.abs(chances[1:] - chances[0]), kind="stable")[:_CHANGES]
        yield tuple(
            Change(_name(more[n][0], model.level), more[n][1], float(chances[n + 1]))
            for n in order.tolist()
            if abs(chances[n + 1] - chances[0]) >= _LEAST
        )


def _name(code: int, level: Level) -> str:
    return TYPES[code] if level == "type" else QUADS[QUAD_OF[code]]


def _with(dealings: Dealings, source: int, target: int, code: int, day: int) -> Dealings:
    """The same with one deed more."""

    def and_(column: Ints, value: int) -> Ints:
        return np.append(column, np.int32(value))

    return replace(
        dealings,
        sources=and_(dealings.sources, source),
        targets=and_(dealings.targets, target),
        types=and_(dealings.types, code),
        days=and_(dealings.days, day),
        known=and_(dealings.known, day),
    )
