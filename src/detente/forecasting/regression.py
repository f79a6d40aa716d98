"""Log odds as a sum: a logistic regression over indicators, each on the scale on which it adds up.

What it says of an indicator is one weight for all classes; for the few that tell most, and for the beginning, a class
departs from that as far as the data make it (ridge: le Cessie and van Houwelingen 1992, Applied Statistics 41).
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.forecasting.indicators import INDICATORS, Floats

_PRECISION: Final = 1000.0
"""Of the normal prior around 0 of the weight of what varies by one standard deviation."""
_STEPS: Final = 50

_SHARES: Final = [
    INDICATORS.index(name) for name in ("own_share", "own_share_90", "own_weeks", "own_days", "back_own_share")
]
_STATES: Final = INDICATORS.index("states")
_LENGTH: Final = len(INDICATORS) - 1
_BY_CLASS: Final = [INDICATORS.index(name) for name in ("own_decayed_15", "expected_recent", "length")]
"""What has a weight for each class."""


class Regression(msgspec.Struct, frozen=True):
    """For each class where log odds begin and a weight for each indicator, less its `centres`.

    In the place of `length`, which is none, stand the log odds of the base rate.
    """

    starts: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    centres: tuple[float, ...]

    @classmethod
    def fit(cls, found: Floats, base: Floats, happened: NDArray[np.bool_], *, classes: int, horizon: int) -> Regression:
        """The likeliest weights under a normal prior, for rows of indicators and the log odds of their base rates."""
        on_scale = _on_scale(found, base, horizon)
        centres = on_scale.mean(axis=0)
        member = found[:, :1] == np.arange(classes)
        apart = on_scale[:, _BY_CLASS] - centres[_BY_CLASS]
        columns = np.concatenate(
            [member, on_scale - centres, (apart[:, :, None] * member[:, None, :]).reshape(len(found), -1)], axis=1
        )
        spread = columns.std(axis=0)
        middle = columns.mean(axis=0)
        scale = np.where(spread > 1e-9, spread, np.inf)
        start, fitted = _likeliest((columns - middle) / scale, happened)
        fitted = fitted / scale
        common, own = fitted[classes : classes + len(INDICATORS)], fitted[classes + len(INDICATORS) :]
        weights = np.tile(common, (classes, 1))
        weights[:, _BY_CLASS] += own.reshape(len(_BY_CLASS), classes).T
        starts = start + fitted[:classes] - middle @ fitted
        return cls(tuple(starts.tolist()), tuple(map(tuple, weights.tolist())), tuple(centres.tolist()))

    def contributions(self, found: Floats, base: Floats, horizon: int) -> Floats:
        """What each indicator adds to the log odds of each row, and as the last column where all begin.

        The class adds what it begins with more than others.
        """
        kinds = found[:, 0].astype(int)
        starts = np.array(self.starts)
        parts = (_on_scale(found, base, horizon) - np.array(self.centres)) * np.array(self.weights)[kinds]
        parts[:, 0] += starts[kinds] - starts.mean()
        return np.append(parts, np.full((len(found), 1), starts.mean()), axis=1)

    def log_odds(self, found: Floats, base: Floats, horizon: int) -> Floats:
        """The log odds of each row of indicators, given those of its base rate."""
        return np.asarray(self.contributions(found, base, horizon).sum(axis=1), np.float64)


def _on_scale(found: Floats, base: Floats, horizon: int) -> Floats:
    """Indicators as they add up: shares as log odds, shrunk a little, counts and days as logarithms."""
    scaled = np.log(np.maximum(found, 0.0) + 0.3)
    spans = np.maximum(found[:, [_LENGTH]] / horizon, 0.0)
    shares = (found[:, _SHARES] * spans + 0.05) / (spans + 1)
    scaled[:, _SHARES] = np.log(shares / (1 - shares))
    scaled[:, _STATES] = found[:, _STATES]
    # The number of a class means nothing.
    scaled[:, 0] = 0.0
    scaled[:, _LENGTH] = base
    return np.asarray(scaled, np.float64)


def _likeliest(columns: Floats, happened: NDArray[np.bool_]) -> tuple[float, Floats]:
    """Where log odds begin and the weights of standardised columns, by Newton's method."""
    design = np.append(columns, np.ones((len(columns), 1)), axis=1)
    precision = np.append(np.full(columns.shape[1], _PRECISION), 1e-6)
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(design @ weights, -40, 40)))
        gradient = design.T @ (happened - chances) - precision * weights
        curvature = (design * (chances * (1 - chances))[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return float(weights[-1]), weights[:-1]
