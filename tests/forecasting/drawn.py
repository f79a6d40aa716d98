"""Deeds that are drawn for tests: pairs with a pace of their own, which changes now and then."""

from __future__ import annotations

import numpy as np

from detente.forecasting.dealings import TYPES, Dealings, daily


def dealings(*, parties: int = 12, days: int = 400, seed: int = 1, late: int = 0) -> Dealings:
    """Deeds of all pairs, drawn; each is known up to `late` days after its day."""
    random = np.random.default_rng(seed)
    sources, targets = (side.reshape(-1) for side in np.meshgrid(np.arange(parties), np.arange(parties)))
    apart = sources != targets
    sources, targets = sources[apart], targets[apart]
    pace = random.gamma(0.5, 0.12, (len(sources), 1)) * random.choice([0.3, 1.0, 3.0], (len(sources), days // 50 + 1))
    counts = random.poisson(np.repeat(pace, 50, axis=1)[:, :days])
    pairs, when = np.nonzero(counts)
    repeated = counts[pairs, when]
    pairs, when = np.repeat(pairs, repeated), np.repeat(when, repeated).astype(np.int32)
    types = random.choice(len(TYPES), len(pairs), p=random.dirichlet(np.ones(len(TYPES)))).astype(np.int32)
    known = (when + random.integers(0, late + 1, len(when))).astype(np.int32)
    kept = known < days
    return Dealings(
        sources=sources[pairs][kept].astype(np.int32),
        targets=targets[pairs][kept].astype(np.int32),
        types=types[kept],
        days=when[kept].astype(np.int32),
        known=known[kept],
        parties=tuple(f"P{number:02}" for number in range(parties)),
        states=np.ones(parties),
        first=0,
        world=daily(known[kept], types[kept], days),
        read=np.full(days, 10.0),
    )


def handmade(*deeds: tuple[int, int, int, int], length: int) -> Dealings:
    """Deeds as source, target, type and day, among two states and another party in so many days."""
    columns = np.array(deeds, np.int32).reshape(-1, 4).T
    return Dealings(
        sources=columns[0],
        targets=columns[1],
        types=columns[2],
        days=columns[3],
        known=columns[3],
        parties=("A", "B", "C"),
        states=np.array([1.0, 1.0, 0.0]),
        first=0,
        world=daily(columns[3], columns[2], length),
        read=np.ones(length),
    )
