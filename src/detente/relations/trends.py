"""How warm relations are, where they tend, and when they changed.

A period is a week or a month. Arrays have one number per period, in the order of time. A period in which nothing was
read tells nothing: it is left out, and is never a zero.

Breaks are those of the best of all divisions into regimes, found by the dynamic programme of Jackson et al. (2005, An
algorithm for optimal partitioning of data on an interval, IEEE Signal Processing Letters 12) under the modified BIC of
Zhang and Siegmund (2007, A modified Bayes information criterion with applications to the analysis of comparative
genomic hybridization data, Biometrics 63). ruptures could do it, but works on one candidate at a time: it takes some
ten times as long, and loads most of SciPy first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Gain = Callable[[Floats, Floats], Floats]

_FEWEST: Final = 6
"""Fewer periods than these say nothing about trends and breaks."""

_FEWEST_VALUES: Final = 5

_SHORTEST: Final = 3
"""A regime has this many periods: one or two are an incident."""

_LEVEL: Final = 0.01
"""Of a hundred series without a break, one may be given one."""

_RESAMPLES: Final = 1000


@dataclass(frozen=True)
class Interval:
    """The mean of `count` values, and between which bounds it lies; None where the values are too few to say."""

    value: float | None
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True)
class Trend:
    """What a series gains per period, with the bounds of its 95 % interval."""

    slope: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the trend is told from none: the interval does not hold 0."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class Break:
    """A new regime begins.

    `at` is its first period. `before` and `after` are the means of the regimes on both sides. `p` bounds the chance
    that a series without breaks shows one as clear as this at any of its periods. `by_exposure` says that more or fewer
    documents were read, and that the world need not have changed; the means are then events per period, as of breaks
    in the rate they are events per document.
    """

    at: int
    before: float
    after: float
    p: float
    by_exposure: bool = False


def mean_interval(values: ArrayLike, *, seed: int = 0) -> Interval:
    """The mean of events' intensities with its 95 % percentile bootstrap interval (Efron 1979, Annals of Statistics 7).

    `values` has one number per event, of which each counts as drawn by itself. A score has few distinct values, so that
    a resample is one multinomial draw of how often each comes up: the time does not grow with the events. The same
    values and the same `seed` give the same interval. Fewer than five values have none: resamples of so few
    say too little (Hesterberg 2015, What teachers should know about the bootstrap, The American Statistician 69).
    """
    distinct, times = np.unique(np.asarray(values, dtype=float), return_counts=True)
    count = int(times.sum())
    if count == 0:
        return Interval(None, None, None, 0)
    mean = float(times @ distinct / count)
    if count < _FEWEST_VALUES:
        return Interval(mean, None, None, count)
    if len(distinct) > _RESAMPLES:  # no score, and so many values that the bootstrap would only find the normal again
        spread = NormalDist().inv_cdf(0.975) * math.sqrt(times @ (distinct - mean) ** 2) / count
        return Interval(mean, mean - spread, mean + spread, count)
    resamples = np.random.default_rng(seed).multinomial(count, times / count, size=_RESAMPLES)
    # Around the mean, so that moving all values moves the interval by as much, and equal values have none but it.
    low, high = np.quantile(resamples @ (distinct - mean) / count, [0.025, 0.975])
    return Interval(mean, mean + float(low), mean + float(high), count)


def precisions(counts: ArrayLike, means: ArrayLike, variances: ArrayLike) -> Floats:
    """How well each period's mean intensity is known: one over its variance, and 0 for periods without events.

    `counts`, `means` and `variances` are those of the periods' events; a variance is the population's (`var_pop` in
    SQL). A mean varies because its events do, and because periods differ beyond that: the former is pooled from all
    periods, the latter is what neighbouring periods differ by in excess of it (the method of moments of DerSimonian
    and Laird 1986, Controlled Clinical Trials 7, on differences, which a break hardly touches).
    """
    counts, means, variances = _periods(counts=counts, means=means, variances=variances)
    known = (counts > 0) & np.isfinite(means)
    number, mean = counts[known], means[known]
    weights = np.zeros(len(counts))
    if len(number) < 2:
        weights[known] = 1.0
        return weights
    within = float(number @ np.nan_to_num(variances[known])) / max(float((number - 1).sum()), 1.0)
    excess = np.diff(mean) ** 2 - within * (1 / number[1:] + 1 / number[:-1])
    between = max(float(excess.mean()) / 2, 0.0)
    spread = between + within / number
    weights[known] = 1 / np.where(spread > 0, spread, 1.0)
    return weights


def trend(means: ArrayLike, weights: ArrayLike) -> Trend | None:
    """The slope of a series by the median of all pairs' slopes, each weighted by how well the pair is known.

    `means` has NaN for periods without events; `weights` says how well each mean is known (`precisions`, or the number
    of events). The estimate is that of Theil (1950) and Sen (1968, JASA 63), with the weights and the interval of
    Sievers (1978, Weighted rank statistics for simple linear regression, JASA 73), widened where neighbouring periods
    resemble each other. None where there are fewer than six periods with events, or too few for any interval.
    """
    means, weights = _periods(means=means, weights=weights)
    known = np.flatnonzero(np.isfinite(means) & (weights > 0))
    if len(known) < _FEWEST:
        return None
    value, weight = means[known], weights[known] / weights[known].max()
    left, right = np.triu_indices(len(known), 1)
    slopes = (value[right] - value[left]) / (known[right] - known[left])
    shared = weight[left] * weight[right] / (weight[left] + weight[right])
    order = np.argsort(slopes)
    slopes, below = slopes[order], np.cumsum(shared[order])
    slope = _quantile(slopes, below, below[-1] / 2)
    rest = (value - slope * known - np.median(value - slope * known)) * np.sqrt(weight)
    later = np.bincount(right, shared, len(known)) - np.bincount(left, shared, len(known))
    # The variance of the weighted sum of signs; with equal weights it is Kendall's n(n - 1)(2n + 5) / 18.
    variance = (float(later @ later) + float(shared @ shared)) / 3 * _inflation(rest, 2)
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(variance)
    if reach >= below[-1]:
        return None
    low, high = (_quantile(slopes, below, (below[-1] + side * reach) / 2) for side in (-1, 1))
    return Trend(slope, low, high)


def tone_breaks(counts: ArrayLike, means: ArrayLike, variances: ArrayLike) -> tuple[Break, ...]:
    """When relations became warmer or colder: breaks in the mean intensity of events, in the order of time.

    The arguments are those of `precisions`; `means` has NaN, or `counts` 0, for periods without events. Periods count
    by how well their means are known, and for less where neighbouring periods resemble each other.
    """
    counts, means, variances = _periods(counts=counts, means=means, variances=variances)
    weights = precisions(counts, means, variances)
    known = np.flatnonzero(weights > 0)
    number, mean, weight = counts[known], means[known], weights[known]
    if len(known) < _FEWEST or np.ptp(mean) == 0:
        return ()
    distance = mean - np.average(mean, weights=weight)  # squares of what is far from 0 lose digits
    cuts: dict[int, float] = {}
    scale = 1.0
    for _ in range(2):
        cuts = _cuts(weight * distance, weight, _normal_gain, scale)
        rest = (distance - _fitted(weight * distance, weight, cuts)) * np.sqrt(weight)
        scale = _inflation(rest, len(cuts) + 1)
    return tuple(
        Break(int(known[cut]), before, after, cuts[cut])
        for cut, before, after in _sides(number * mean, number, list(cuts))
    )


def volume_breaks(counts: ArrayLike, exposure: ArrayLike) -> tuple[Break, ...]:
    """When deeds became more or fewer: breaks in events per document, and marked ones in the events of a period.

    `counts` are the events of each period, `exposure` the documents read; 0 or NaN where nothing was read. Breaks in
    the rate are found first, those too that counts hide because exposure moved against them. What is left of breaks in
    the counts is reported where exposure moved with them and explains half of it or more: marked, and at the period in
    which exposure moved. In the order of time. Bursts that last for several periods (autocorrelation of 0.5 and more
    within a regime) look like regimes, and are reported as such.
    """
    counts, exposure = _periods(counts=counts, exposure=exposure)
    read = np.flatnonzero(np.isfinite(counts) & np.isfinite(exposure) & (exposure > 0))
    count, documents = counts[read], exposure[read]
    if len(read) < _FEWEST or not count.any():
        return ()
    rates = _volume_cuts(count, documents)
    found = [
        Break(int(read[cut]), before, after, rates[cut]) for cut, before, after in _sides(count, documents, list(rates))
    ]
    one = np.ones(len(read))
    cuts = _volume_cuts(count, one)
    events, spread = _sides(count, one, list(cuts)), _sides(documents, one, list(cuts))
    edges = [0, *cuts, len(read)]
    for begin, (cut, before, after), (_, fewer, more), end in zip(edges, events, spread, edges[2:], strict=False):
        if any(abs(cut - rate) <= _SHORTEST for rate in rates) or not before or not after:
            continue
        moved, explained = math.log(after / before), math.log(more / fewer)
        if explained * moved > 0 and abs(explained) >= abs(moved) / 2:
            at = begin + _step(np.log(documents[begin:end]))
            sides = float(count[begin:at].mean()), float(count[at:end].mean())
            found.append(Break(int(read[at]), *sides, cuts[cut], by_exposure=True))
    return tuple(sorted(found, key=lambda each: each.at))


def _volume_cuts(counts: Floats, exposure: Floats) -> dict[int, float]:
    """Where the rate of events breaks, each with its p.

    News comes in bursts: the variance of a count is its mean and `excess` times the mean's square (negative binomial;
    Cameron and Trivedi 1986, Journal of Applied Econometrics 1). Each period counts as if it had the variance of a
    Poisson count: by one over what its own variance has in excess, at the mean of its regime, which is not known before
    the breaks are; hence twice (McCullagh and Nelder 1989, Generalized Linear Models, chapter 9 on quasi-likelihood).
    """
    exposure = exposure / exposure.mean()
    excess = _excess(counts, exposure)
    cuts: dict[int, float] = {}
    scale = 1.0
    mean = exposure * (counts.sum() / exposure.sum())
    for _ in range(2):
        weight = 1 / (1 + excess * mean)
        cuts = _cuts(weight * counts, weight * exposure, _poisson_gain, scale)
        mean = exposure * _fitted(weight * counts, weight * exposure, cuts)
        rest = (counts - mean) / np.sqrt(np.maximum(mean, np.finfo(float).tiny) * (1 + excess * mean))
        scale = _inflation(rest, len(cuts) + 1)
    return cuts


def _excess(counts: Floats, exposure: Floats) -> float:
    """By how much the variance of counts exceeds a Poisson count's, over the square of the mean.

    From what neighbouring periods differ by, which a break hardly touches.
    """
    rate, both = counts / exposure, exposure[1:] + exposure[:-1]
    pooled = (counts[1:] + counts[:-1]) / both
    by_chance = pooled * (1 / exposure[1:] + 1 / exposure[:-1])
    most = 2 * float((pooled**2 - pooled / both).sum())
    if most <= 0:
        return 0.0
    # The pooled rate varies as well, and its square is on average larger than the square of the rate: the divisor.
    share = float(np.clip((np.diff(rate) ** 2 - by_chance).sum() / most, 0, 1.8))
    return share / (1 - share / 2)


def _cuts(top: Floats, bottom: Floats, gain: Gain, scale: float) -> dict[int, float]:
    """Where the level top / bottom breaks, each with its p: the best division, less what chance would give as well.

    `gain` is twice the log-likelihood that a regime with these sums of `top` and `bottom` gains by a level of its own.
    """
    periods, cuts = len(top), _divide(top, bottom, gain, scale)
    tops, bottoms = _sums(top), _sums(bottom)
    while cuts:
        edges = [0, *cuts, periods]
        apart = gain(np.diff(tops[edges]), np.diff(bottoms[edges]))
        joined = gain(tops[edges[2:]] - tops[edges[:-2]], bottoms[edges[2:]] - bottoms[edges[:-2]])
        gained = np.maximum(apart[1:] + apart[:-1] - joined, 0) / scale
        # Chi-square with one degree of freedom, times the places where chance could have put it (Bonferroni).
        chances = [min(1.0, periods * math.erfc(math.sqrt(each / 2))) for each in gained]
        worst = int(np.argmax(chances))
        if chances[worst] <= _LEVEL:
            return dict(zip(cuts, chances, strict=True))
        del cuts[worst]
    return {}


def _divide(top: Floats, bottom: Floats, gain: Gain, scale: float) -> list[int]:
    """Where the regimes of the best division begin, but for the first."""
    periods, tops, bottoms = len(top), _sums(top), _sums(bottom)
    # best[end] is the least cost of the periods before `end`, last[end] where their last regime begins.
    best, last = np.full(periods + 1, np.inf), np.zeros(periods + 1, dtype=int)
    best[0] = 0
    for end in range(_SHORTEST, periods + 1):
        begin = np.arange(end - _SHORTEST + 1)
        gained = gain(tops[end] - tops[begin], bottoms[end] - bottoms[begin]) / scale
        cost = best[begin] - gained + np.log(end - begin) + 2 * math.log(periods)
        last[end] = cost.argmin()
        best[end] = cost[last[end]]
    cuts: list[int] = []
    end = int(last[periods])
    while end > 0:
        cuts.insert(0, end)
        end = int(last[end])
    return cuts


def _sums(values: Floats) -> Floats:
    """What the values before each place sum to."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _normal_gain(top: Floats, bottom: Floats) -> Floats:
    """Of a normal mean, where `top` sums values times their precisions and `bottom` the precisions."""
    return top**2 / bottom


def _poisson_gain(top: Floats, bottom: Floats) -> Floats:
    """Of a Poisson rate, where `top` sums counts and `bottom` exposure."""
    return 2 * top * np.log(np.maximum(top, np.finfo(float).tiny) / bottom)


def _fitted(top: Floats, bottom: Floats, cuts: Iterable[int]) -> Floats:
    """The level top / bottom of each period's regime."""
    edges = [0, *cuts, len(top)]
    begins = edges[:-1]
    return np.repeat(np.add.reduceat(top, begins) / np.add.reduceat(bottom, begins), np.diff(edges))


def _sides(top: Floats, bottom: Floats, cuts: Sequence[int]) -> list[tuple[int, float, float]]:
    """Each cut with the level top / bottom of the regimes before and after it."""
    levels = _fitted(top, bottom, cuts)
    return [(cut, float(levels[cut - 1]), float(levels[cut])) for cut in cuts]


def _step(values: Floats) -> int:
    """Where a series that has one step has it: the division with the least squares."""
    begin = np.arange(1, len(values))
    left = np.cumsum(values - values.mean())[:-1]  # what the right side sums to is the same with the other sign
    return int(begin[np.argmax(left**2 / begin + left**2 / (len(values) - begin))])


def _inflation(rest: Floats, fitted: int) -> float:
    """How many times larger the variance of a mean is because neighbouring periods resemble each other.

    (1 + r) / (1 - r) for a first-order autoregression (Bayley and Hammersley 1946, Supplement to the JRSS 8). `rest` is
    what `fitted` levels leave of the series; each makes its autocorrelation r smaller by about one over the periods.
    More than 0.5 is taken for what a missed break leaves, not for resemblance.
    """
    square = float(rest @ rest)
    if square == 0:
        return 1.0
    correlation = float(np.clip(rest[1:] @ rest[:-1] / square + fitted / len(rest), 0, 0.5))
    return (1 + correlation) / (1 - correlation)


def _quantile(values: Floats, below: Floats, at: float) -> float:
    """The value, of sorted ones, where their weights, summed up in `below`, reach `at`."""
    return float(values[min(int(np.searchsorted(below, at)), len(values) - 1)])


def _periods(**arrays: ArrayLike) -> tuple[Floats, ...]:
    """The arrays as numbers, after a check that they have the same periods."""
    numbers = tuple(np.asarray(array, dtype=float) for array in arrays.values())
    if len({array.shape for array in numbers}) > 1 or numbers[0].ndim != 1:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in zip(arrays, numbers, strict=True))
        raise ValueError(f"{shapes}: not the same periods; give one number per period in each")
    return numbers
