"""Issues made from rows of a table, for tests that need none of the formats."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from detente.bargaining.issue import Actor, Dimension, Issue, Scale


def issue(
    position: ArrayLike,
    salience: ArrayLike,
    capability: ArrayLike,
    *,
    position_sd: float = 0.0,
    salience_sd: float = 0.0,
    capability_sd: float = 0.0,
    status_quo: float | None = None,
    quota: float | None = None,
    capability_stated: bool = True,
) -> Issue:
    """Actors A0, A1, … by dimensions d0, d1, … with scales from 0 to 100, every cell equally unsure."""
    x, care, power = (np.array(each, dtype=np.float64) for each in (position, salience, capability))
    part = ~np.isnan(x)
    return Issue(
        name="made.csv",
        title="Made",
        actors=tuple(Actor(f"A{i}", f"A{i}") for i in range(len(x))),
        dimensions=tuple(Dimension(f"d{k}", f"d{k}", Scale(0, 100), status_quo) for k in range(x.shape[1])),
        position=x,
        salience=np.where(part, care, 0.0),
        capability=np.where(part, power, 0.0),
        resolve=np.full(x.shape, np.nan),
        veto=np.zeros(x.shape, np.bool_),
        position_sd=np.where(part, position_sd, 0.0),
        salience_sd=np.where(part, salience_sd, 0.0),
        capability_sd=np.where(part, capability_sd, 0.0),
        quota=quota,
        capability_stated=capability_stated,
    )


def column(*values: float) -> list[list[float]]:
    """Values of the only dimension."""
    return [[value] for value in values]
