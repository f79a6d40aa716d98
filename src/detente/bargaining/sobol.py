"""Which unsure cells matter: how much of the variance of the outcome each of them is the reason of.

Sobol's indices (Sobol 2001, Mathematics and Computers in Simulation 55), reckoned by SALib on Saltelli's design with
the estimators of Saltelli et al. (2010, Computer Physics Communications 181). The first-order index of a cell is the
share of variance that it has by itself, the total one that with all that it does together with others: a cell whose
total index is near 0 may be left as it is, one with a large first-order index is what to find out more about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from detente.bargaining.batches import Progress, settle
from detente.bargaining.draws import Cell, Estimate, drawn
from detente.bargaining.issue import Issue

_FEWEST: Final = 16
"""Points of a design, of which a cell has as many; with fewer the indices are noise."""

_RESAMPLES: Final = 100
_STILL: Final = 1e-9
"""A deviation of outcomes, in percent of the scale, that is none."""


@dataclass(frozen=True)
class Index:
    """How much of the variance of a dimension's outcome comes from one cell, each with half its 95 % interval."""

    dimension: str
    cell: Cell
    first: float
    first_error: float
    total: float
    total_error: float


def size(cells: int, draws: int) -> int:
    """How many points a design with at most `draws` tables has: a power of two, or 0 where these are too few."""
    points = draws // (cells + 2)
    return 1 << (points.bit_length() - 1) if points >= _FEWEST else 0


def indices(
    issue: Issue,
    cells: Sequence[Estimate],
    model: str,
    setting: str,
    *,
    rounds: int | None = None,
    draws: int,
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Index, ...]:
    """The indices of all cells with a part in the variance, by dimension, the largest total index first.

    At most `draws` tables are reckoned. There are none where those are too few, or on a dimension whose outcome is
    always the same.
    """
    points = size(len(cells), draws)
    if not points:
        return ()
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as design

    problem = {"num_vars": len(cells), "names": [str(at) for at in range(len(cells))], "bounds": [[0, 1]] * len(cells)}
    chances = design.sample(problem, points, calc_second_order=False, seed=seed)
    outcomes = settle(issue, drawn(issue, cells, chances), model, setting, rounds, progress)
    found = list[tuple[int, Index]]()
    for k, line in enumerate(issue.dimensions):
        values = line.scale.percent(outcomes[:, k])
        if np.isnan(values).any() or values.std() <= _STILL:
            continue
        # SALib takes a seed of 0 for none.
        shares: dict[str, Any] = analysis.analyze(
            problem, values, calc_second_order=False, num_resamples=_RESAMPLES, seed=seed + 1
        )
        columns = (shares[name].tolist() for name in ("S1", "S1_conf", "ST", "ST_conf"))
        for one, first, first_error, total, total_error in zip(cells, *columns, strict=True):
            if total > 0:
                found.append((k, Index(line.name, one.cell, first, first_error, total, total_error)))
    return tuple(one for _, one in sorted(found, key=lambda item: (item[0], -item[1].total)))
