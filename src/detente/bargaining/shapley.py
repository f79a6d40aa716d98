"""Power under a voting rule: how often an actor's consent is the one that decides.

Shapley and Shubik 1954 (American Political Science Review 48). Actors join a coalition one by one, in every order
alike; the index of an actor is the share of orders in which it turns a losing coalition into a winning one:

    φ_i = Σ_S |S|! (n - |S| - 1)! / n!  over coalitions S without i that lose, and win with i

Coalitions are counted by size and by what they weigh, not listed: with weights in small integers thirty actors take
a fraction of a second, and the result is exact but for rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Final

import numpy as np

from detente.bargaining.issue import Bools, Floats, Ints

Rule = Callable[..., Bools]
"""Whether coalitions win: takes their size, then what they weigh by each measure, as arrays that broadcast."""

MOST: Final = 50
"""Actors up to which every count of coalitions is an integer that a float holds."""


def index(weights: Ints, wins: Rule) -> Floats:
    """The Shapley-Shubik index by actor, from 0 to 1, of sum 1.

    `weights` is actors by measures, integers of 0 or more (votes; inhabitants; 1 for one actor who is needed), and
    `wins` must never turn a winning coalition into a losing one when an actor joins. Raises `ValueError` for more
    actors than `MOST`, weights below 0, or where all together lose, or nobody at all wins.
    """
    number = len(weights)
    if number > MOST or weights.min() < 0:
        raise ValueError(f"at most {MOST} actors, with weights of 0 or more, are wanted")
    shape = tuple(int(total) + 1 for total in weights.sum(axis=0))
    totals = np.ogrid[tuple(slice(0, length) for length in (number + 1, *shape))]
    won = np.broadcast_to(wins(*totals), (number + 1, *shape))
    if won[0].flat[0] or not won[-1].flat[-1]:
        raise ValueError("a rule is wanted by which all actors together win, and nobody at all does not")
    counts = np.zeros((number + 1, *shape))
    counts[0].flat[0] = 1
    for row in weights:
        to, whence = _shifted(row)
        for size in range(number, 0, -1):
            counts[size][to] += counts[size - 1][whence]
    orders = np.array([1 / (number * comb(number - 1, size)) for size in range(number)])
    known: dict[tuple[int, ...], float] = {}
    for row in weights:
        if (key := tuple(row.tolist())) in known:
            continue
        to, whence = _shifted(row)
        # Those without the actor, from the smallest: of all of a size, those that are not a smaller one with it.
        left = np.zeros(shape)
        swings = np.zeros(number)
        for size in range(number):
            with_it = np.zeros(shape)
            with_it[to] = left[whence]
            left = counts[size] - with_it
            after = np.zeros(shape, np.bool_)
            after[whence] = won[size + 1][to]
            swings[size] = left[after & ~won[size]].sum()
        known[key] = float(orders @ swings)
    return np.array([known[tuple(row.tolist())] for row in weights])


def _shifted(row: Ints) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    """Where totals lie once an actor has joined, and where they lay before."""
    return (
        tuple(slice(int(weight), None) for weight in row),
        tuple(slice(0, -int(weight) if weight else None) for weight in row),
    )
