"""Coalitions to watch: the smallest groups of actors who together move the outcome.

A group does one thing together: it withdraws, or each of its members goes a tenth of the scale up, or down. Sought is,
for each of these, the smallest group that moves the outcome by so many percent of the scale; of groups of one size the
one that moves it most. While groups of a size are few all are tried; beyond that those that move it most, up and down,
grow by one actor each, which need not find the smallest (`exact` says which it was). Where actors are very many, that
ends before all are in one group (`largest`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final, Literal

import numpy as np

from detente.bargaining.whatif import STEP, Edit, Trials

How = Literal["withdraw", "go up", "go down"]

HOWS: Final[tuple[How, ...]] = ("withdraw", "go up", "go down")

_MOST: Final = 1500
"""Groups of one size that are all tried."""


@dataclass(frozen=True)
class Coalition:
    """Who together move the outcome of a dimension."""

    dimension: str
    how: How
    actors: tuple[str, ...]
    shift: float
    """In percent of the scale, up or down."""
    exact: bool
    """Whether all smaller groups, and all of this size, were tried."""


def largest(actors: int, groups: int) -> int:
    """How many members groups can have that grow by one, two at least, if no more than so many `groups` are tried."""
    # The best up and the best down grow by each of the others.
    return min(actors, max(2, groups // (2 * actors)))


def coalitions(trials: Trials, by: float, most: int = _MOST, members: int | None = None) -> tuple[Coalition, ...]:
    """The smallest group of each kind that moves the outcome of each dimension by `by` percent, where there is one.

    Groups of a size are all tried if they are `most` or fewer. Groups of more than `members` are not looked for.
    """
    found = list[Coalition]()
    for k, line in enumerate(trials.issue.dimensions):
        here = np.flatnonzero(trials.issue.present[:, k]).tolist()
        sizes = range(1, min(len(here), members or len(here)) + 1)
        for how in HOWS:
            edits = _together(trials, k, how)
            group, shift, exact = _smallest(trials, k, here, sizes, edits, by, most)
            if group:
                names = tuple(trials.issue.actors[i].name for i in group)
                found.append(Coalition(line.name, how, names, shift, exact))
    return tuple(found)


def _together(trials: Trials, k: int, how: How) -> Callable[[Sequence[int]], list[Edit]]:
    """What a group does."""
    if how == "withdraw":
        return trials.withdrawn
    way = STEP if how == "go up" else -STEP
    own = {one.actor: one for one in trials.cells if one.cell.field == "position" and one.dimensions == (k,)}
    return lambda group: [trials.moved(own[i], way) for i in group]


def _smallest(
    trials: Trials,
    k: int,
    here: list[int],
    sizes: range,
    edits: Callable[[Sequence[int]], list[Edit]],
    by: float,
    most: int,
) -> tuple[tuple[int, ...], float, bool]:
    """The group, how far it moves the outcome, and whether no other was left untried; no group where none is enough."""
    best, exact = {1: tuple[int, ...](), -1: tuple[int, ...]()}, True
    for size in sizes:
        if size == 1 or comb(len(here), size) <= most:
            groups = [*combinations(here, size)]
        else:
            exact = False
            groups = sorted({tuple(sorted((*base, i))) for base in best.values() for i in here if i not in base})
        shifts = np.nan_to_num(trials.shifts([edits(group) for group in groups])[:, k])
        at = int(np.argmax(np.abs(shifts)))
        if abs(shifts[at]) >= by:
            return groups[at], float(shifts[at]), exact
        best = {way: groups[int(np.argmax(way * shifts))] for way in best}
    return (), 0.0, exact
