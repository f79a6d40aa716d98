"""Pairs of countries whose breaks and reactions are known, because they were drawn.

**Breaks.** A series has 36, 52, 60, 104, 120, 156 or 240 periods (months or weeks). In each, 50 to 1,000 documents are
read (drawn once per series, evenly on the logarithm), give or take 20 %; of one series in five, one to three periods
in succession were not read. Events per period are gamma-Poisson: 6 to 40 on average, with a shape of 3 to 10, so that
their variance is 1.6 to 14 times the mean; the gamma noise of one period correlates with that of the next by 0 to 0.3.
Intensities are drawn from PLOVER's scores; the share of conflict is 0.2 to 0.5 and wanders by 0.3 (standard deviation,
on the logit) from period to period, so that the mean of a period of ten events is known to about ±2. Of 200 series

- 60 have one or two breaks in tone: the share of conflict moves by 0.3 to 0.5, which moves the mean by 3.3 to 5.5 on
  the scale from -10 to 10;
- 40 have one to three breaks in the rate: events per document are multiplied or divided by 2 to 4;
- 20 have one such break, and the documents move against it, so that the counts stay level;
- 50 have one or two breaks in exposure alone: the documents read are multiplied or divided by 2 to 4;
- 30 have none.

Regimes last at least 12 periods. An analyst who sees one of these in a chart would call it a break.

**Reactions.** A pair has 60 to 240 periods. Each side has 5 to 30 events of its own per period, gamma-Poisson with a
shape of 2 to 5, and their gamma noise correlates with that of the period before by 0 to 0.5. Who follows adds a
Poisson number of events whose mean is 0.5 to 1 times what the other did one to four periods before; where both react,
0.35 to 0.7 times. In every second pair both sides grow or shrink together by a factor of 2 to 4; in every second pair
both depend on the documents read, which wander by 30 % with a correlation of 0.7 from period to period, and are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente import plover

Floats = NDArray[np.float64]
Rng = np.random.Generator
BreakKind = Literal["tone", "rate", "exposure"]
Direction = Literal["first", "second", "both", "none"]

PERIODS = (36, 52, 60, 104, 120, 156, 240)
SHORTEST_REGIME = 12

_SCORES = np.array([plover.intensity(kind, None) for kind in plover.TYPES])
_HOSTILE, _FRIENDLY = _SCORES[_SCORES < 0], _SCORES[_SCORES > 0]


@dataclass(frozen=True)
class Drawn:
    """A series and its breaks: period and kind. Of each period the events' number, mean, variance; the documents."""

    kind: str
    breaks: frozenset[tuple[int, BreakKind]]
    counts: Floats
    means: Floats
    variances: Floats
    exposure: Floats


@dataclass(frozen=True)
class Pair:
    """Two series of deeds, the documents read (None where they are the same throughout), and who leads."""

    leads: Direction
    lag: int
    first: Floats
    second: Floats
    exposure: Floats | None


def series(seed: int) -> list[Drawn]:
    """The 200 series with known breaks."""
    rng = np.random.default_rng(seed)
    kinds = ["tone"] * 60 + ["rate"] * 40 + ["hidden"] * 20 + ["exposure"] * 50 + ["none"] * 30
    return [_series(kind, rng) for kind in kinds]


def pairs(seed: int) -> list[Pair]:
    """200 pairs in which one side leads, then 50 in which both react, then 100 in which neither does."""
    rng = np.random.default_rng(seed)
    kinds: list[Direction] = ["first"] * 100 + ["second"] * 100 + ["both"] * 50 + ["none"] * 100  # type: ignore[assignment]
    return [_pair(kind, rng) for kind in kinds]


def _series(kind: str, rng: Rng) -> Drawn:
    periods = int(rng.choice(PERIODS))
    most = {"tone": 2, "rate": 3, "hidden": 1, "exposure": 2, "none": 0}[kind]
    places = _places(periods, most, rng)
    exposure = _between(50, 1000, rng) * np.exp(rng.normal(0, 0.2, periods))
    rate = np.full(periods, _between(6, 40, rng)) / exposure.mean()
    share = np.full(periods, rng.uniform(0.2, 0.5))
    for at in places:
        factor = _between(2, 4, rng) ** rng.choice([-1, 1])
        if kind == "tone":
            move = rng.uniform(0.3, 0.5)
            share[at:] += move if share[at] < 0.5 else -move
        if kind in {"rate", "hidden"}:
            rate[at:] *= factor
        if kind == "exposure":
            exposure[at:] *= factor
        if kind == "hidden":
            exposure[at:] /= factor
    exposure = np.round(exposure)
    if rng.random() < 0.2:
        begin = int(rng.integers(0, periods - 3))
        exposure[begin : begin + int(rng.integers(1, 4))] = 0
    noise = _noise(periods, _between(3, 10, rng), rng.uniform(0, 0.3), rng)
    counts = rng.poisson(rate * exposure * noise).astype(float)
    logit = np.log(share / (1 - share)) + rng.normal(0, 0.3, periods)
    means, variances = np.full(periods, np.nan), np.full(periods, np.nan)
    for at, count in enumerate(counts.astype(int)):
        if count:
            hostile = rng.random(count) < 1 / (1 + np.exp(-logit[at]))
            values = np.where(hostile, rng.choice(_HOSTILE, count), rng.choice(_FRIENDLY, count))
            means[at], variances[at] = values.mean(), values.var()
    name: BreakKind = "rate" if kind == "hidden" else kind  # type: ignore[assignment]
    # What happens while nobody reads is seen when somebody reads again.
    seen = {next(period for period in range(at, periods) if exposure[period]) for at in places}
    return Drawn(kind, frozenset((at, name) for at in seen), counts, means, variances, exposure)


def _pair(leads: Direction, rng: Rng) -> Pair:
    periods = int(rng.integers(60, 241))
    lag = int(rng.integers(1, 5))
    common = np.ones(periods)
    if rng.random() < 0.5:
        common = np.exp(np.log(_between(2, 4, rng)) * rng.choice([-1, 1]) * np.linspace(-0.5, 0.5, periods))
    exposure = None
    if rng.random() < 0.5:
        exposure = np.round(300 * np.exp(0.3 * _wandering(periods, 0.7, rng)))
    read = common if exposure is None else common * exposure / 300
    deeds = np.zeros((2, periods + lag))
    own = [_between(5, 30, rng) * _noise(periods, _between(2, 5, rng), rng.uniform(0, 0.5), rng) for _ in range(2)]
    follows = [leads in {"second", "both"}, leads in {"first", "both"}]
    answers = [_between(0.5, 1, rng) if follow else 0.0 for follow in follows]
    if leads == "both":
        answers = [0.7 * answer for answer in answers]  # else they would answer each other without end
    for at in range(periods):
        for side in range(2):
            other = deeds[1 - side, at]  # `lag` periods before, as the first `lag` columns lie before the series
            usual = own[side][at] * read[at] + answers[side] * other
            deeds[side, at + lag] = rng.poisson(usual)
    return Pair(leads, lag, deeds[0, lag:], deeds[1, lag:], exposure)


def _places(periods: int, most: int, rng: Rng) -> list[int]:
    """Where breaks are, in order, each regime long enough; as many as there is room for, up to a number drawn."""
    number = int(rng.integers(1, most + 1)) if most else 0
    number = min(number, periods // SHORTEST_REGIME - 1)
    spare = periods - (number + 1) * SHORTEST_REGIME
    cuts = np.sort(rng.integers(0, spare + 1, number))
    return [int(cut) + SHORTEST_REGIME * (which + 1) for which, cut in enumerate(cuts)]


def _between(low: float, high: float, rng: Rng) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def _wandering(periods: int, correlation: float, rng: Rng) -> Floats:
    """A Gaussian series of variance 1 in which each value correlates with the one before."""
    shocks = rng.normal(size=periods)
    values = np.empty(periods)
    values[0] = shocks[0]
    for at in range(1, periods):
        values[at] = correlation * values[at - 1] + np.sqrt(1 - correlation**2) * shocks[at]
    return values


def _noise(periods: int, shape: float, correlation: float, rng: Rng) -> Floats:
    """Gamma noise of mean 1, each value correlated with the one before (Lewis 1983, the beta-gamma process)."""
    kept = rng.beta(shape * correlation, shape * (1 - correlation), periods)
    fresh = rng.gamma(shape * (1 - correlation), 1 / shape, periods)
    noise = rng.gamma(shape, 1 / shape, periods)
    for at in range(1, periods):
        noise[at] = kept[at] * noise[at - 1] + fresh[at]
    return noise
