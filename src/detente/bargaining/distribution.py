"""Where an issue may settle, as a distribution: the models' point outcomes hide that bargains end on named points.

Of the points x of a scale, in percent of it, as 101 steps:

    P(x) ∝ exp( - pull ((x - m)/100)²  + named [x is named]  + held ln(h(x) + 0.01)  + middle [x = 50] )

m is the weighted mean of positions, by the mean of two weights: shares of capability times salience, and of salience
alone, as capability is what an analyst is least sure of. Named are the positions of actors and the status quo. h(x) is
the share of stakes (capability times salience) of who stands at x; the status quo has at least as much as one of all
actors, since it needs nobody to ask for it. So this is the compromise with a normal error, cut to the scale, on which
what was asked for, what is already and half way are likelier than what lies between.

The four weights are those that make decided issues likeliest: a conditional logit over points (McFadden 1974, in
Zarembka, Frontiers in Econometrics). What other models say was left out as it adds nothing (docs/benchmarks.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.bargaining.compromise import mean
from detente.bargaining.issue import Floats, Issue

GRID: Final[Floats] = np.arange(101.0)
"""Points of a scale, in percent of the way from its low end to its high one."""

TERMS: Final = ("pull", "named", "held", "middle")

FITTED: Final[Floats] = np.array([3.284, 3.014, 0.310, 1.296])
"""The weights of `TERMS`, as `python benchmarks/bargaining.py` prints them: fitted on 155 issues of EU legislation
with GDP as capability. Where others bargain, outcomes may lie nearer to the mean or farther."""

FITTED_ON: Final = "155 issues of legislation of the European Union"
"""Those, in words."""

_LEAST: Final = 0.01

GRID.setflags(write=False)
FITTED.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Distribution:
    """How likely each point of a dimension is."""

    low: float
    high: float
    probability: Floats
    """By the points of `GRID`; sums to 1."""

    @property
    def points(self) -> Floats:
        """Where the points lie, in the units of the scale."""
        return self.low + (self.high - self.low) / 100 * GRID

    @property
    def median(self) -> float:
        """The point below which half of the probability lies: the forecast whose absolute error is least."""
        return float(self.points[np.argmax(np.cumsum(self.probability) >= 0.5)])

    @property
    def mean(self) -> float:
        """The expected outcome."""
        return float(self.probability @ self.points)

    def interval(self, share: float = 0.8) -> tuple[float, float]:
        """The ends of the shortest interval whose probability comes nearest to `share`; both ends belong to it."""
        below = np.append(0.0, np.cumsum(self.probability))
        best, found = np.inf, (0, len(GRID) - 1)
        for length in range(1, len(GRID) + 1):
            held = below[length:] - below[:-length]
            first = int(np.argmax(held))
            miss = abs(float(held[first]) - share)
            if miss < best - 1e-12:
                best, found = miss, (first, first + length - 1)
        return float(self.points[found[0]]), float(self.points[found[1]])

    def crps(self, outcome: float) -> float:
        """The continuous ranked probability score of a known outcome, in the units of the scale; 0 is best.

        E|X - y| - E|X - X'|/2 (Gneiting and Raftery 2007, Journal of the American Statistical Association 102): for
        a forecast of one point it is the absolute error.
        """
        points = self.points
        below = np.cumsum(self.probability)[:-1]
        apart = 2 * float((below * (1 - below)) @ np.diff(points))
        return float(self.probability @ np.abs(points - outcome)) - apart / 2


def forecast(issue: Issue, weights: Floats = FITTED) -> tuple[Distribution, ...]:
    """The distribution of outcomes on each dimension, by itself."""
    found = []
    for number, line in enumerate(issue.dimensions):
        found.append(Distribution(line.scale.low, line.scale.high, likely(terms(issue, number), weights)))
    return tuple(found)


def terms(issue: Issue, number: int) -> Floats:
    """What speaks for each point of a dimension: points by `TERMS`."""
    scale = issue.dimensions[number].scale
    position = scale.percent(issue.position[:, number])
    present = issue.present[:, number]
    stakes = _shares(issue.stakes[:, number])
    salience = _shares(np.where(present, issue.salience[:, number], 0.0))
    centre = float(mean(position, stakes + salience))
    named = np.zeros(len(GRID), np.bool_)
    held = np.zeros(len(GRID))
    at = np.rint(position[present]).astype(np.int64)
    named[at] = True
    np.add.at(held, at, stakes[present])
    quo = float(scale.percent(issue.status_quo[number : number + 1])[0])
    if not np.isnan(quo):
        now = round(quo)
        named[now] = True
        held[now] = max(held[now], 1 / present.sum())
    return np.column_stack([-(((GRID - centre) / 100) ** 2), named, np.log(held + _LEAST), GRID == 50])


def likely(terms: Floats, weights: Floats) -> Floats:
    """Probabilities of points (…, points) by their terms (…, points, terms)."""
    score = terms @ weights
    weight = np.exp(score - score.max(axis=-1, keepdims=True))
    found: Floats = weight / weight.sum(axis=-1, keepdims=True)
    return found


def _shares(weights: Floats) -> Floats:
    """Weights that sum to 1, or are all 0."""
    total = weights.sum()
    return weights / total if total > 0 else weights
