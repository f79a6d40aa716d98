"""Who reacts to whom: whether what one side does follows from what the other did before.

One side leads where its past tells of the other's deeds what the other's own past does not (Granger 1969, Econometrica
37; Goldstein and Freeman 1990, Three-Way Street, for events between states). Each series is first stripped of what its
own past and a slow trend tell; what is left of the one is compared with what was left of the other some periods before
(Haugh 1976, Checking the independence of two covariance-stationary time series, JASA 71). So two series that grow
together, or were both shaken in the same period, are not taken for a reaction. A third cause that reaches one side
later than the other is: no statistic of two series tells it apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Direction = Literal["first", "second", "both", "none"]

_OWN_PAST: Final = 2
"""Periods of its own past that a series is stripped of."""

_SLOW: Final = 60
"""Each 60 periods allow the trend one turn more."""

_FEWEST: Final = 24
"""Fewer periods than these say nothing of who reacts."""

_LEVEL: Final = 0.025
"""For each direction, so that of a hundred pairs without reaction five are given one."""

_PERMUTATIONS: Final = 499


@dataclass(frozen=True)
class Lead:
    """How one side follows the other: `lag` periods later, at best.

    `strength` is the correlation of what is left of both series; below 0, one side does less where the other did more.
    `p` is the chance of as clear a one at any of the lags tried if there were no reaction.
    """

    lag: int
    strength: float
    p: float


@dataclass(frozen=True)
class Responses:
    """Who leads: `first` and the other follows, `second`, `both` in turn, or `none`; with the figures of each."""

    direction: Direction
    first: Lead
    second: Lead


def responses(
    first: ArrayLike, second: ArrayLike, *, exposure: ArrayLike | None = None, longest_lag: int = 4, seed: int = 0
) -> Responses | None:
    """Who reacts to whom, and how many periods later.

    `first` holds what the first side did to the second in each period, `second` what the second did to the first:
    events of conflict or cooperation, or sums of intensities. NaN is a period that is not known. With `exposure`, the
    documents read, both become rates; a period without documents is not known. Every lag from 1 to `longest_lag` is
    tried; p is that of the clearest among permuted series (the studentised permutation test of DiCiccio and Romano
    2017, Robust permutation tests for correlation and regression coefficients, JASA 112), which needs neither many
    events nor equal variance. The same input and `seed` give the same result. None where fewer than 24 periods
    are known together with their past.

    Raises `ValueError` where the arrays have not the same periods.
    """
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    read = np.ones(one.shape) if exposure is None else np.asarray(exposure, dtype=float)
    if one.ndim != 1 or not one.shape == other.shape == read.shape:
        raise ValueError(
            f"first {one.shape}, second {other.shape}, exposure {read.shape}: not the same periods; "
            "give one number per period in each"
        )
    known = np.isfinite(read) & (read > 0)
    if not known.any():
        return None
    usual = read[known].mean()
    rates = [np.where(known, side, np.nan) * usual / np.where(known, read, 1.0) for side in (one, other)]
    left = [_left(np.sign(rate) * np.sqrt(np.abs(rate))) for rate in rates]
    if any(np.isfinite(each).sum() < _FEWEST for each in left):
        return None
    mine, theirs = (np.nan_to_num(each) for each in left)
    leads = (_lead(mine, theirs, longest_lag, seed), _lead(theirs, mine, longest_lag, seed))
    follows = tuple(lead.p <= _LEVEL for lead in leads)
    names: dict[tuple[bool, ...], Direction] = {
        (True, True): "both",
        (True, False): "first",
        (False, True): "second",
        (False, False): "none",
    }
    return Responses(names[follows], *leads)


def _left(series: Floats) -> Floats:
    """What its own past and a slow trend do not tell of a series; NaN where either is not known.

    The series is the signed square root of rates, of which a count's variance depends less.
    """
    periods = len(series)
    turns = np.arange(2 + periods // _SLOW)
    trend = np.cos(np.pi * np.outer((np.arange(periods) + 0.5) / max(periods, 1), turns))
    past = np.full((periods, _OWN_PAST), np.nan)
    for lag in range(1, _OWN_PAST + 1):
        past[lag:, lag - 1] = series[: periods - lag]
    told_by = np.hstack([trend, past])
    known = np.isfinite(series) & np.isfinite(told_by).all(axis=1)
    left = np.full(periods, np.nan)
    if known.any():
        weights = np.linalg.lstsq(told_by[known], series[known])[0]
        left[known] = series[known] - told_by[known] @ weights
        if np.abs(left[known]).max() < 1e-9 * max(1.0, np.abs(series[known]).max()):
            left[known] = 0.0  # what rounding leaves of a series that is told wholly
    return left


def _lead(leader: Floats, follower: Floats, longest_lag: int, seed: int) -> Lead:
    """How the follower follows, of what is left of both; 0 where a period is not known."""
    drawn = np.random.default_rng(seed).permuted(np.tile(leader, (_PERMUTATIONS, 1)), axis=1)
    leaders = np.vstack([leader, drawn])
    squares = leaders**2
    clear = np.zeros((len(leaders), longest_lag))
    for lag in range(1, min(longest_lag, len(leader) - 1) + 1):
        past, now = leaders[:, :-lag], follower[lag:]
        spread = np.sqrt(squares[:, :-lag] @ now**2)
        clear[:, lag - 1] = np.divide(past @ now, spread, out=np.zeros(len(leaders)), where=spread > 0)
    most = np.abs(clear).max(axis=1)
    lag = int(np.abs(clear[0]).argmax()) + 1
    size = float(np.linalg.norm(leader) * np.linalg.norm(follower))
    strength = float(leader[:-lag] @ follower[lag:]) / size if size else 0.0
    as_clear = int((most >= most[0] - 1e-12).sum())  # the series itself is one of its permutations
    return Lead(lag, strength, as_clear / len(leaders))
