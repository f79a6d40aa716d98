"""Histories made up for the tests."""

from __future__ import annotations

import numpy as np

from detente.forecasting.history import History, Ints

RELATIONS = ("meet", "warn", "attack")


def entities(count: int) -> tuple[str, ...]:
    """States, their citizens, and persons whose names tell no country."""
    states = ("Chad", "Niger", "Mali")
    named = (*states, *(f"Citizen_({state})" for state in states))
    return (*named, *(f"Person {n}" for n in range(count - len(named))))


def history(events: Ints, count: int = 12) -> History:
    """A history of rows of source, relation, target, time."""
    return History.of(np.asarray(events, np.int32).reshape(-1, 4), entities(count), RELATIONS)


def drawn(seed: int, *, days: int = 30, per_day: int = 12, count: int = 12) -> History:
    """Events among actors of whom some act more than others, and who do again what they did."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, count + 1)
    rows: list[list[int]] = []
    for day in range(days):
        for _ in range(per_day):
            if rows and rng.uniform() < 0.5:
                rows.append([*rows[rng.integers(len(rows))][:3], day])
                continue
            source, target = rng.choice(count, 2, replace=False, p=weight / weight.sum())
            rows.append([source, int(rng.integers(len(RELATIONS))), target, day])
    return history(np.array(rows, np.int32), count)
