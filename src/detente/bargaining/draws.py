"""What an issue's table might be as well: its unsure cells, and tables drawn from them.

A cell that states a standard deviation is drawn from the normal distribution about its value, cut to what the cell may
be (a position to its scale, a salience to 0 to 1, a capability to 0 and above): of all distributions with that mean and
deviation the normal says least beyond them (Jaynes 1957, Physical Review 106). It is cut, not piled up at the ends, as
an end of the scale is no likelier than what lies beside it. Where capability is not stated at all, shares of it are
drawn from a flat Dirichlet distribution: every division of power among the actors is as likely as every other.

Cells are drawn independently, each by its quantile function, so that the same tables serve a Monte Carlo run and the
quasi-random designs of sensitivity analysis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from detente.bargaining.issue import Field, Floats, Issue
from detente.errors import IssueError

DRAWN: Final[tuple[Field, ...]] = ("position", "salience", "capability")
"""What of a cell the models take."""


_ALMOST: Final = 1 - 2.0**-53
"""The highest chance below 1."""

_AT_ONCE: Final = 4096
"""Tables that are drawn at once."""


class Cell(NamedTuple):
    """One estimate in the table; `dimension` is None where one capability stands for all dimensions."""

    actor: str
    dimension: str | None
    field: Field


@dataclass(frozen=True, eq=False)
class Tables:
    """Many versions of one table, each array (tables, actors, dimensions), as `Issue` has them."""

    position: Floats
    salience: Floats
    capability: Floats

    def __len__(self) -> int:
        return len(self.position)

    def __getitem__(self, which: slice) -> Tables:
        return Tables(self.position[which], self.salience[which], self.capability[which])

    @property
    def stakes(self) -> Floats:
        """Capability times salience."""
        return self.capability * self.salience


@dataclass(frozen=True)
class Estimate:
    """A cell by its place in the arrays, and within which limits its value may lie."""

    cell: Cell
    actor: int
    dimensions: tuple[int, ...]
    value: float
    low: float
    high: float
    sd: float = 0.0
    """0 where none is stated, NaN for a capability of which nothing is known."""


def as_stated(issue: Issue) -> Tables:
    """The table as it is, as the only one."""
    return Tables(issue.position[np.newaxis], issue.salience[np.newaxis], issue.capability[np.newaxis])


def estimates(issue: Issue, sd: float | None = None) -> tuple[Estimate, ...]:
    """All estimates in the table, actor by actor.

    `sd` is how unsure those are that do not say it: as a share of the scale for positions, of 1 for saliences, of its
    own value for a capability. A capability that is the same on all dimensions of an actor is one estimate.
    """
    found = list[Estimate]()
    for i, actor in enumerate(issue.actors):
        here = [int(k) for k in np.flatnonzero(issue.present[i])]
        for k in here:
            line = issue.dimensions[k]
            scale = line.scale
            for name, low, high, unit in (
                ("position", scale.low, scale.high, scale.high - scale.low),
                ("salience", 0.0, 1.0, 1.0),
            ):
                value, stated = float(getattr(issue, name)[i, k]), float(getattr(issue, f"{name}_sd")[i, k])
                spread = stated or (sd or 0.0) * unit
                field: Field = "position" if name == "position" else "salience"
                found.append(Estimate(Cell(actor.name, line.name, field), i, (k,), value, low, high, spread))
        for group in _alike(issue, i, here):
            name_of = None if len(group) == len(here) > 1 else issue.dimensions[group[0]].name
            value, stated = float(issue.capability[i, group[0]]), float(issue.capability_sd[i, group[0]])
            spread = stated or (sd or 0.0) * value if issue.capability_stated else np.nan
            found.append(Estimate(Cell(actor.name, name_of, "capability"), i, group, value, 0.0, np.inf, spread))
    return tuple(found)


def unsure(issue: Issue, sd: float | None = None) -> tuple[Estimate, ...]:
    """Those of `estimates` that are drawn.

    Raises `IssueError` where `sd` is none, or where the table states every value as if it were certain.
    """
    if sd is not None and not 0 < sd <= 1:
        raise IssueError(issue.name, f"a standard deviation of {sd:g} is no share; give one above 0, to 1, such as 0.1")
    found = tuple(one for one in estimates(issue, sd) if one.sd != 0)
    if not found:
        raise IssueError(
            issue.name,
            "no cell states how unsure it is; fill in position_sd, salience_sd or capability_sd, or say how unsure all "
            "are (--sd 0.1: a tenth of the scale)",
        )
    return found


def drawn(issue: Issue, cells: Sequence[Estimate], chances: Floats) -> Tables:
    """The tables at points (tables, cells) of the unit cube: each cell at that quantile of its distribution."""
    from scipy.special import ndtr, ndtri

    shape = (len(chances), *issue.position.shape)
    tables = Tables(*(np.array(np.broadcast_to(getattr(issue, name), shape)) for name in DRAWN))
    for one, chance in zip(cells, chances.T, strict=True):
        if np.isnan(one.sd):
            # Exponential shares of their sum are a flat Dirichlet distribution.
            values = -np.log1p(-np.minimum(chance, _ALMOST))
        else:
            below, above = ndtr((one.low - one.value) / one.sd), ndtr((one.high - one.value) / one.sd)
            values = np.clip(one.value + one.sd * ndtri(below + chance * (above - below)), one.low, one.high)
        getattr(tables, one.cell.field)[:, one.actor, one.dimensions] = values[:, np.newaxis]
    return tables


def random(issue: Issue, cells: Sequence[Estimate], number: int, seed: int) -> Iterator[Tables]:
    """So many tables at random, some at a time. The first of them are the same however many are drawn."""
    chances = np.random.default_rng(seed)
    for first in range(0, number, _AT_ONCE):
        yield drawn(issue, cells, chances.random((min(_AT_ONCE, number - first), len(cells))))


def _alike(issue: Issue, i: int, here: Sequence[int]) -> list[tuple[int, ...]]:
    """The dimensions on which an actor takes part, together where one capability is meant for all of them."""
    same = len({(float(issue.capability[i, k]), float(issue.capability_sd[i, k])) for k in here}) == 1
    return [tuple(here)] if same else [(k,) for k in here]
