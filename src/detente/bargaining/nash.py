"""Nash's bargaining solution with a disagreement point, over all dimensions at once.

    maximise  Π (u_i(x) - d_i) ^ c_i   over x within the scales, where every u_i(x) ≥ d_i
    u_i(x) = - Σ_k s_ik ((x_k - x_ik) / R_k)²

(Nash 1950, Econometrica 18; with unequal power Harsanyi and Selten 1972, Management Science 18). x_ik is actor i's
position on dimension k, s_ik its salience there, R_k the width of the scale, and c_i its capability, the mean of those
on the dimensions where it has stakes. What failure means is stated, not assumed:

- `status-quo`: d_i = u_i(q), things stay as they are. Where no x is better than q for all, q is the outcome.
- `breakdown`: d_i = -B for all, a failure that is as bad for everybody as the far end of every scale is for an actor
  of full salience: B is the number of dimensions. With B → ∞ the solution becomes the weighted mean (`compromise`).

In each, ln of the product is concave, so that the maximum is one (unless nobody cares about a dimension).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.bargaining.compromise import mean
from detente.bargaining.issue import Bools, Floats

_NO_GAIN: Final = 1e-7
"""A gain in utility, of at most the number of dimensions, that is none: what the optimiser cannot tell from 0."""

_FLAT: Final = 1e-12
"""A rise of the logarithm of Nash's product, or a part of a step, that is as good as none."""

_LEAST: Final = 1e-9
"""The share of power that whoever has stakes has at least: however weak, it can refuse."""

_ROUNDING: Final = 1e-15
"""A share of that logarithm that sums cannot tell from nothing."""

_STEPS: Final = 200


@dataclass(frozen=True)
class Solution:
    """Where all settle: `outcome` by dimension, and by actor what it gains over disagreement, in utility."""

    outcome: Floats
    gain: Floats
    losers: Bools
    """Where nothing can be agreed: to whom the weighted mean would be worse than the status quo."""


def solve(
    position: Floats,
    salience: Floats,
    capability: Floats,
    low: Floats,
    high: Floats,
    *,
    status_quo: Floats | None = None,
    breakdown: float | None = None,
) -> Solution:
    """The solution for actors by dimensions on scales from `low` to `high`.

    With `status_quo`, by dimension, that is the disagreement point; without, failure costs everybody `breakdown`, or
    as much as there are dimensions. The result is in the units of the scales, exact to about 1e-8 of their widths.
    Raises `RuntimeError` where the optimiser finds no maximum.
    """
    width = np.where(high > low, high - low, 1.0)
    place = (np.where(np.isnan(position), low, position) - low) / width
    weight = np.where(np.isnan(position), 0.0, salience)
    stakes = capability * weight
    counted = stakes.sum(axis=1) > 0
    counts = (weight > 0).sum(axis=1)
    power = np.where(weight > 0, capability, 0.0).sum(axis=1) / np.maximum(counts, 1)
    power = np.where(counted, power, 0.0) / power[counted].sum()

    # The unit of an actor's utility changes nothing where all is compared with the status quo; in this one, what an
    # actor that cares little gains is seen as well as what others gain.
    most = weight.max(axis=1, keepdims=True)
    unit = np.where(most > 0, most, 1.0) if status_quo is not None else np.ones_like(most)
    weight = weight / unit

    def utility(x: Floats) -> Floats:
        found: Floats = -(weight * (x - place) ** 2).sum(axis=1)
        return found

    middle = np.nan_to_num(mean(place, stakes), nan=0.5)
    if status_quo is None:
        floor = np.full(len(place), -float(place.shape[1] if breakdown is None else breakdown))
        # Where the weighted mean is an end of the scale it may cost somebody all that a breakdown does.
        start = np.full(place.shape[1], 0.5)
    else:
        quo = (status_quo - low) / width
        floor = utility(quo)
        start = _better(weight[counted], place[counted], floor[counted], quo)
        if (utility(start) - floor)[counted].min() <= _NO_GAIN:
            losers = counted & (utility(middle) - floor < -_NO_GAIN)
            return Solution(status_quo.astype(np.float64), np.zeros(len(place)), losers)

    best = _maximum(weight[counted], place[counted], floor[counted], power[counted], start)
    gain = utility(best) - floor
    return Solution(low + width * best, np.where(counted, gain * unit[:, 0], 0.0), np.zeros(len(place), np.bool_))


def _better(weight: Floats, place: Floats, floor: Floats, start: Floats) -> Floats:
    """The point at which whoever gains least over `floor` gains most."""
    from scipy.optimize import minimize

    def gains(point: Floats) -> Floats:
        found: Floats = -(weight * (point[:-1] - place) ** 2).sum(axis=1) - floor - point[-1]
        return found

    def slopes(point: Floats) -> Floats:
        return np.column_stack([-2 * weight * (point[:-1] - place), -np.ones(len(place))])

    down = np.append(np.zeros(len(start)), -1.0)
    found = minimize(
        lambda point: -point[-1],
        np.append(start, 0.0),
        jac=lambda _: down,
        method="SLSQP",
        constraints={"type": "ineq", "fun": gains, "jac": slopes},
        options={"ftol": 1e-12, "maxiter": 1000},
    )
    best: Floats = found.x[:-1]
    return best


def _maximum(weight: Floats, place: Floats, floor: Floats, power: Floats, x: Floats) -> Floats:
    """Where Σ power ln gain is greatest, from a point where all gain.

    Whoever has little power keeps the solution only just where it does not lose, a corner that Newton's method finds
    slowly. So the way there begins with equal powers, and each tenth of what is equal leads on to the next.
    No bounds are needed: nobody gains outside the box that the positions span.
    """
    power = np.maximum(power, _LEAST)
    equal, share = np.full(len(power), 1 / len(power)), 1.0
    while share > power.min():
        x = _climbed(weight, place, floor, share * equal + (1 - share) * power, x)
        share /= 10
    return _climbed(weight, place, floor, power, x)


def _climbed(weight: Floats, place: Floats, floor: Floats, power: Floats, x: Floats) -> Floats:
    """The same, by Newton's method with halved steps."""

    def gains(x: Floats) -> Floats:
        found: Floats = -(weight * (x - place) ** 2).sum(axis=1) - floor
        return found

    gain = gains(x)
    for _ in range(_STEPS):
        slope = -2 * weight * (x - place) / gain[:, np.newaxis]
        rise = power @ slope
        bend = (slope.T * power) @ slope + np.diag(2 * (power / gain) @ weight)
        # Least squares, as nothing bends along a dimension that nobody cares for.
        step = np.linalg.lstsq(bend, rise)[0]
        before, length = power @ np.log(gain), 1.0
        while (gain := gains(x + length * step)).min() <= 0 or power @ np.log(gain) < before:
            length /= 2
            if length < _FLAT:
                return x
        x = x + length * step
        if rise @ step < _FLAT or power @ np.log(gain) - before <= _ROUNDING * abs(before):
            return x
    raise RuntimeError(f"no maximum of Nash's product was found in {_STEPS} steps")
