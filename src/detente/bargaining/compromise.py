"""The compromise: the mean of positions, weighted by what each actor brings to bear.

    x = Σ c_i s_i x_i / Σ c_i s_i

over actors i with position x_i, capability c_i and salience s_i on one dimension. Van den Bos (1991, Dutch EC Policy
Making, ch. 5) derives it as the limit of Nash's bargaining solution where failure is far worse for everybody than any
agreement; Achen (2006, in Thomson et al., The European Union Decides, ch. 4) defends it and finds it hard to beat.
"""

from __future__ import annotations

import numpy as np

from detente.bargaining.issue import Floats


def mean(position: Floats, stakes: Floats) -> Floats:
    """The weighted means of positions along the first axis; NaN positions have no part.

    `position` and `stakes` (capability times salience) are actors by anything, and the result has the rest of their
    shape, in the units of `position`. It is NaN where no stakes are above 0.
    """
    known = ~np.isnan(position)
    weight = np.where(known, stakes, 0.0)
    total = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (weight * np.where(known, position, 0.0)).sum(axis=0) / total
    return found
