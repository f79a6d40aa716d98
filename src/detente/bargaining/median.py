"""The median voter: the position that no majority of what is brought to bear would leave for another.

With preferences that fall off on both sides of each actor's position, the median of positions wins every vote against
another point of a single dimension (Black 1948, Journal of Political Economy 56). Votes are weighted by capability
times salience, as in Bueno de Mesquita (1994).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from detente.bargaining.issue import Floats

_HALF: Final = 0.5 - 1e-12
"""What counts as half of all stakes; sums of fractions miss it by a rounding error."""


def median(position: Floats, stakes: Floats) -> Floats:
    """The weighted medians of positions along the first axis; NaN positions have no part.

    `position` and `stakes` (capability times salience) are actors by dimensions, or actors alone; the result is in
    the units of `position`, NaN where no stakes are above 0. Where the stakes on either side of a gap are equal the
    lower of its ends is the median: no majority wants to leave either, and a choice must not depend on chance.
    """
    weight = np.where(np.isnan(position), 0.0, stakes)
    order = np.argsort(position, axis=0, kind="stable")
    reached = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0)
    total = reached[-1]
    first = np.argmax(reached >= _HALF * total, axis=0)
    found = np.take_along_axis(np.take_along_axis(position, order, axis=0), first[np.newaxis], axis=0)[0]
    return np.where(total > 0, found, np.nan)
