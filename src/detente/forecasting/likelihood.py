"""How likely a deed of a class is between two parties in the days to come: fitted, beside a base rate.

Three opinions give the log odds of at least one deed: boosted trees (LightGBM) and a regression over `indicators`, and
the base rate. They are stacked (Wolpert 1992, Neural Networks 5) on forecasts of days that they had not seen. Other
trees give the number of deeds to expect; how much numbers scatter around that is told by a negative binomial
distribution, fitted on the same days.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError
from detente.forecasting.baserates import Comparable, base_rates, comparables, days_to_learn
from detente.forecasting.dealings import Dealings, Level, names
from detente.forecasting.indicators import INDICATORS, Asked, Floats, active, indicators, outcomes
from detente.forecasting.regression import Regression

if TYPE_CHECKING:
    from lightgbm import Booster

HORIZONS: Final = (7, 30, 90)

_ROWS: Final = 60_000
"""Pairs and classes that a model is fitted on, at most."""
_FEWEST_ROWS: Final = 400
_FEWEST_HITS: Final = 30
_FOLDS: Final = (0.6, 0.8)
"""Where the parts begin that are forecast by what was fitted before them, as shares of all days."""

# Chosen on days before the 245th of ICEWS14, with the rest (docs/forecasts.md).
_WEIGHTS: Final = (0.3, 0.4, 0.3)
"""What the trees, the regression and the base rate count, as far as nothing speaks against it."""
_HELD: Final = 1000.0
"""The precision with which it does: as much as some thousand forecasts."""

_SEED: Final = 20140101
_TREES: Final = 120
_SETTINGS: Final = {
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_cat_to_onehot": 16,
    "seed": _SEED,
    "deterministic": True,
    "force_row_wise": True,
    # Several threads wait for each other where the machine has other work.
    "num_threads": 1,
    "verbose": -1,
}

_SEEN: Final = len(INDICATORS) - 1
"""Indicators that the trees look at: all but the last, the days that are known."""


class TooLittle(InputError):
    """There is too little history to fit a model on."""


@dataclass(frozen=True)
class _Rows:
    """What was known of pairs and classes on some days, and how many deeds followed."""

    days: NDArray[np.int64]
    indicators: Floats
    deeds: Floats

    def of(self, chosen: NDArray[np.bool_]) -> _Rows:
        """Some of them."""
        return _Rows(self.days[chosen], self.indicators[chosen], self.deeds[chosen])


class Model(msgspec.Struct, frozen=True, dict=True):
    """A fitted model for one level and horizon; `by_actor` where sources are asked about and not pairs."""

    level: Level
    horizon: int
    by_actor: bool
    fitted: int
    """The day before which all that it was fitted on was known."""
    rows: int
    odds: str
    """The trees of the log odds, as LightGBM writes them."""
    numbers: str
    """The trees of the logarithm of the number of deeds."""
    regression: Regression
    weights: tuple[float, float, float]
    """What the log odds of the trees, the regression and the base rate count."""
    weighed_on: int
    """Rows on which that was fitted."""
    size: float
    """Of the negative binomial distribution: the smaller, the more numbers scatter."""
    comparable: tuple[tuple[Comparable, ...], ...]
    """By busyness and class."""
    read: float
    """Documents that were read on a day of the time that it was fitted on."""

    def to_bytes(self) -> bytes:
        """The model as bytes, the same for the same model."""
        return zlib.compress(msgspec.msgpack.encode(self), 9)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Model:
        """What `to_bytes` made."""
        return msgspec.msgpack.decode(zlib.decompress(stored), type=cls)

    @cached_property
    def version(self) -> str:
        """What tells it from others."""
        return sha256(msgspec.msgpack.encode(self)).hexdigest()[:16]

    @cached_property
    def _trees(self) -> tuple[Booster, Booster]:
        from lightgbm import Booster

        return Booster(model_str=self.odds), Booster(model_str=self.numbers)

    def probabilities(self, found: Floats) -> Floats:
        """The probability of at least one deed for each row of indicators."""
        base = _odds(self.base_rates(found))
        opinions = _raw(self._trees[0], found), self.regression.log_odds(found, base, self.horizon), base
        return _logistic(np.stack(opinions, axis=1) @ np.array(self.weights))

    def contributions(self, found: Floats) -> Floats:
        """What each indicator adds to the log odds of each row, and as the last column where they begin.

        Exact (SHAP values of trees, Lundberg et al. 2020; terms of the regression): the sum of a row is the log odds
        of its probability. What the base rate adds stands in the column of `length`, which nothing else looks at.
        """
        trees, regression, base = self.weights
        usual = _odds(self.base_rates(found))
        told = np.asarray(self._trees[0].predict(found[:, :_SEEN], pred_contrib=True, num_threads=1), np.float64)
        parts = trees * np.insert(told, _SEEN, 0.0, axis=1)
        parts += regression * self.regression.contributions(found, usual, self.horizon)
        parts[:, _SEEN] += base * usual
        return parts

    def expected(self, found: Floats) -> Floats:
        """The number of deeds to expect for each row of indicators."""
        return np.exp(np.minimum(_raw(self._trees[1], found), 15.0))

    def base_rates(self, found: Floats) -> Floats:
        """The base rate for each row of indicators."""
        return base_rates(found, self.comparable, self.horizon)

    def exceeding(self, expected: float, most: int) -> float:
        """The probability of more than `most` deeds where a number is expected."""
        return float(1 - cumulative(np.array([expected]), np.array([self.size]), most)[0, -1])


def _rows(dealings: Dealings, level: Level, horizon: int, *, end: int) -> _Rows:
    """The rows to fit a model on that knows what was known before the day `end`."""
    known = dealings.before(end)
    days = days_to_learn(known.first, end, horizon)
    most = max(1, _ROWS // (len(names(level)) * max(1, len(days))))
    random = np.random.default_rng(_SEED)
    parts = []
    for day in days:
        asked = active(known, day)
        if len(asked.sources) > most:
            some = np.sort(random.choice(len(asked.sources), most, replace=False))
            asked = Asked(asked.sources[some], asked.targets[some], day)
        found = indicators(known, asked, level, horizon)
        parts.append(_Rows(np.full(len(found), day), found, outcomes(known, asked, level, horizon)))
    return _joined(parts)


def _joined(parts: Sequence[_Rows]) -> _Rows:
    empty = _Rows(np.empty(0, np.int64), np.empty((0, len(INDICATORS))), np.empty(0))
    every = (empty, *parts)
    return _Rows(
        np.concatenate([part.days for part in every]),
        np.concatenate([part.indicators for part in every]),
        np.concatenate([part.deeds for part in every]),
    )


def fit(dealings: Dealings, level: Level, horizon: int, *, end: int, by_actor: bool = False) -> Model:
    """A model that knows what was known before the day `end`. Raises `TooLittle` where that is too little.

    With `by_actor` it is about what parties do to whomever, and `dealings` are those of `Dealings.by_actor`.
    """
    found = _rows(dealings, level, horizon, end=end)
    hits = int((found.deeds > 0).sum())
    if len(found.days) < _FEWEST_ROWS or hits < _FEWEST_HITS:
        raise TooLittle(
            f"{horizon} days ahead",
            f"too little history to fit a model on ({len(found.days)} cases of active pairs, {hits} with a deed)",
        )
    opinions, counted, deeds = [], [], []
    for chosen, unseen in _folds(found.days, horizon):
        past, later = found.of(chosen), found.of(unseen)
        if len(past.days) >= _FEWEST_ROWS and (past.deeds > 0).sum() >= _FEWEST_HITS:
            table = comparables(dealings, level, horizon, end=int(later.days.min()))
            usual = _odds(base_rates(later.indicators, table, horizon))
            trees = _raw(_boosted(past, "binary"), later.indicators)
            sums = _regression(past, table, level, horizon).log_odds(later.indicators, usual, horizon)
            opinions.append(np.stack([trees, sums, usual], axis=1))
            counted.append(_raw(_boosted(past, "poisson"), later.indicators))
            deeds.append(later.deeds)
    if not opinions:
        raise TooLittle(f"{horizon} days ahead", "too little history to learn from how good forecasts were")
    outcome = np.concatenate(deeds)
    table = comparables(dealings, level, horizon, end=end)
    return Model(
        level=level,
        horizon=horizon,
        by_actor=by_actor,
        fitted=end,
        rows=len(found.days),
        odds=_boosted(found, "binary").model_to_string(),
        numbers=_boosted(found, "poisson").model_to_string(),
        regression=_regression(found, table, level, horizon),
        weights=stacked(np.concatenate(opinions), outcome > 0),
        weighed_on=len(outcome),
        size=_size(np.exp(np.concatenate(counted)), outcome),
        comparable=table,
        read=float(dealings.before(end).read.mean()),
    )


def stacked(opinions: Floats, happened: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Weights of the columns of log odds under which what happened is likeliest, by Newton's method.

    A normal prior holds them near `_WEIGHTS`. There is no shift: that more or less than usual happened of late says
    little of the months to come, and forecasts that follow it are worse.
    """
    centre = np.array(_WEIGHTS)
    weights = centre.copy()
    for _ in range(50):
        chances = _logistic(opinions @ weights)
        gradient = opinions.T @ (happened - chances) - _HELD * (weights - centre)
        curvature = (opinions * (chances * (1 - chances))[:, None]).T @ opinions + _HELD * np.eye(len(centre))
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-10:
            break
    return float(weights[0]), float(weights[1]), float(weights[2])


def _regression(found: _Rows, table: tuple[tuple[Comparable, ...], ...], level: Level, horizon: int) -> Regression:
    usual = _odds(base_rates(found.indicators, table, horizon))
    return Regression.fit(found.indicators, usual, found.deeds > 0, classes=len(names(level)), horizon=horizon)


def _folds(days: NDArray[np.int64], horizon: int) -> Iterable[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Rows to fit on, and later rows to forecast whose days begin when all outcomes of the former are known."""
    first, last = int(days.min()), int(days.max())
    cuts = [first + round(share * (last - first)) for share in _FOLDS]
    for cut, after in zip(cuts, [*cuts[1:], last + 1], strict=True):
        yield days + horizon <= cut, (days >= cut) & (days < after)


def _boosted(found: _Rows, objective: str) -> Booster:
    import lightgbm

    label = found.deeds if objective == "poisson" else (found.deeds > 0).astype(np.float64)
    seen = found.indicators[:, :_SEEN]
    data = lightgbm.Dataset(seen, label, feature_name=[*INDICATORS[:_SEEN]], categorical_feature=["class"])
    settings = {**_SETTINGS, "objective": objective}
    if objective == "poisson":
        # Few pairs have most of the deeds: a step of a tree is not to follow one of them.
        settings["poisson_max_delta_step"] = 0.3
    return lightgbm.train(settings, data, _TREES)


def _raw(trees: Booster, found: Floats) -> Floats:
    if not len(found):
        return np.empty(0)
    return np.asarray(trees.predict(found[:, :_SEEN], raw_score=True, num_threads=1), np.float64)


def _odds(chances: Floats) -> Floats:
    """Log odds, of chances that are no certainty."""
    bounded = np.clip(chances, 0.005, 0.995)
    return np.asarray(np.log(bounded / (1 - bounded)), np.float64)


def _logistic(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(odds, -40, 40)))


def _size(expected: Floats, deeds: Floats) -> float:
    """The size of the negative binomial distribution by its moments: the variance is m + m²/size."""
    excess = ((deeds - expected) ** 2 - expected).sum()
    return float(np.clip((expected**2).sum() / max(excess, 1e-9), 0.05, 1e4))


def cumulative(expected: Floats, sizes: Floats, most: int) -> Floats:
    """The probabilities of at most 0 … `most` deeds, a row for each number expected: negative binomial.

    The mean is m, the variance m + m²/size.
    """
    expected = np.maximum(expected, 1e-12)
    share = expected / (expected + sizes)
    numbers = np.arange(1, most + 1)
    # P(n) = P(n-1) · (n - 1 + size) / n · share
    growth = np.log((numbers - 1 + sizes[:, None]) / numbers) + np.log(share)[:, None]
    logs = np.concatenate([np.zeros((len(expected), 1)), np.cumsum(growth, axis=1)], axis=1)
    sums = np.cumsum(np.exp(logs + (sizes * np.log1p(-share))[:, None]), axis=1)
    return np.asarray(np.minimum(sums, 1.0), np.float64)
