"""What would change the outcome: the issue reckoned again with some cells changed, or without some actors.

The yardstick of a change is the range of its cell: a position's is the scale, a salience's 0 to 1, a capability's what
all actors have together. A change of size 0.1 is a tenth of that. What it moves the outcome by is in percent of the
scale. Where capability is not stated both are means over drawn capabilities, so that no made-up power decides.

- **Smallest change** of a cell: the least that moves the outcome by so many percent, either way.
- **Pivotal** is an actor by what hangs on it: how far the outcome goes without it, and how far it can bring the outcome
  by its position alone. That is power as the sensitivity of outcomes to what a player does (Napel and Widgrén 2004,
  Journal of Theoretical Politics 16): an actor that may say anything and change nothing has none.
- **Levers** of an actor: what brings the outcome nearer to the position that it has in the table. Of its own these are
  what it says its position is and how much it cares; of the others, whom it would work on, a step of a tenth each.

Cells are looked at in steps of a twentieth of their range (a tenth where a model takes milliseconds for a table);
within the step in which a change is enough for the first time, the least that is enough is found by halves. A jump that
comes and goes within one step is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from detente.bargaining.batches import JOINT, Progress, settle
from detente.bargaining.budget import COSTLY
from detente.bargaining.draws import Cell, Estimate, Tables, as_stated, estimates
from detente.bargaining.issue import Bools, Field, Floats, Issue

STEP: Final = 0.1
"""Of the range of a cell: how far others are moved."""

_GRID: Final = 0.05
_COARSE: Final = 0.1
"""Of the range of a cell: how far one step is from the next, and where a table takes milliseconds."""

_CANDIDATES: Final = 20
"""Cells of a dimension whose smallest change is sought: those for which the fewest steps are enough."""

_EXACT: Final = 1e-4
_ROUGH: Final = 1e-3
"""The part of a range to which a smallest change is told, and where a table takes milliseconds."""

_NOTHING: Final = 1e-9
"""A gain, in percent, that is rounding."""

_AT_ONCE: Final = 4096
"""Tables that are in memory at once."""


class Edit(NamedTuple):
    """A value of an actor's cells. NaN as a position takes the actor out on that dimension."""

    actor: int
    dimensions: tuple[int, ...]
    field: Field
    value: float


@dataclass(frozen=True)
class Change:
    """The smallest change of one cell that moves the outcome of `dimension` by so much."""

    dimension: str
    cell: Cell
    start: float
    end: float
    size: float
    """As a share of the cell's range."""
    shift: float
    """Where the outcome goes, in percent of the scale, up or down."""


@dataclass(frozen=True)
class Pivot:
    """What hangs on an actor, on a dimension: shifts of the outcome in percent of the scale."""

    dimension: str
    actor: str
    without: float | None
    """If it took no part; None where nothing would be left to decide."""
    low: float
    high: float
    """The lowest and the highest to which it brings the outcome by its position alone."""

    @property
    def weight(self) -> float:
        """The most that hangs on it."""
        return max(abs(self.without or 0.0), self.high - self.low)


@dataclass(frozen=True)
class Lever:
    """A change of one cell that brings the outcome nearer to where an actor wants it."""

    cell: Cell
    start: float
    end: float
    size: float
    """As a share of the cell's range."""
    gain: float
    """By how much the outcome comes nearer, in percent of the scale."""


@dataclass(frozen=True)
class Levers:
    """What an actor can do for its position on a dimension: the most gainful first, those without a gain left out."""

    dimension: str
    actor: str
    own: tuple[Lever, ...]
    """The best that it can say its position is, and the best salience."""
    others: tuple[Lever, ...]
    """Of each other actor's cells the better step, by gain for the way that it goes."""


class Trials:
    """The changes that are tried on one issue with one model: all cells by steps, and what else is asked."""

    def __init__(
        self,
        issue: Issue,
        model: str,
        setting: str,
        rounds: int | None = None,
        bases: Tables | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.issue, self._how, self._progress = issue, (model, setting, rounds), progress
        self._bases = as_stated(issue) if bases is None else bases
        self.cells = tuple(one for one in estimates(issue) if not np.isnan(one.sd))
        self.width = np.array([line.scale.high - line.scale.low for line in issue.dimensions])
        self.apart = model not in JOINT
        self._step, self.exact = (_COARSE, _ROUGH) if model in COSTLY else (_GRID, _EXACT)
        self.before = self._percent(settle(issue, self._bases, *self._how))

    def _percent(self, outcomes: Floats) -> Floats:
        low = np.array([line.scale.low for line in self.issue.dimensions])
        return np.asarray((outcomes - low) / np.where(self.width > 0, self.width, 1.0) * 100)

    def after(self, changes: Sequence[Sequence[Edit]]) -> Floats:
        """The outcomes after each change: (changes, bases, dimensions), in percent of the scales."""
        found = np.empty((len(changes), *self.before.shape))
        at_once = max(1, _AT_ONCE // len(self._bases))
        for first in range(0, len(changes), at_once):
            part = slice(first, first + at_once)
            outcomes = settle(self.issue, self._changed(changes[part]), *self._how, progress=self._progress)
            found[part] = self._percent(outcomes).reshape(-1, *self.before.shape)
        return found

    def _changed(self, changes: Sequence[Sequence[Edit]]) -> Tables:
        """Each base with each change, the bases of a change one after the other."""
        count, bases = len(self._bases), self._bases
        tables = Tables(
            *(np.tile(each, (len(changes), 1, 1)) for each in (bases.position, bases.salience, bases.capability))
        )
        for number, edits in enumerate(changes):
            rows = slice(number * count, (number + 1) * count)
            for edit in edits:
                for k in edit.dimensions:
                    getattr(tables, edit.field)[rows, edit.actor, k] = edit.value
                    if edit.field == "position" and np.isnan(edit.value):
                        tables.salience[rows, edit.actor, k] = tables.capability[rows, edit.actor, k] = 0.0
        return tables

    def shifts(self, changes: Sequence[Sequence[Edit]]) -> Floats:
        """By how much each change moves the outcomes, on average: (changes, dimensions); NaN where none is left."""
        return np.asarray((self.after(changes) - self.before).mean(axis=1))

    def range(self, one: Estimate) -> float:
        """What a change of a cell is measured by, in its own units."""
        if one.cell.field == "capability":
            return float(self.issue.capability[:, one.dimensions[0]].sum())
        return one.high - one.low

    def moved(self, one: Estimate, size: float) -> Edit:
        """A cell changed by so much of its range, up or down, as far as its limits let it."""
        value = min(max(one.value + size * self.range(one), one.low), one.high)
        return Edit(one.actor, one.dimensions, one.cell.field, value)

    def withdrawn(self, actors: Iterable[int]) -> list[Edit]:
        """Actors taken out of all dimensions."""
        every = tuple(range(len(self.issue.dimensions)))
        return [Edit(i, every, "position", np.nan) for i in actors]

    @cached_property
    def grid(self) -> tuple[tuple[int, float], ...]:
        """Steps of all cells: the number of the cell, and the size, up or down. The last each way is the limit."""
        found = list[tuple[int, float]]()
        for number, one in enumerate(self.cells):
            width = self.range(one)
            if width <= 0:
                continue
            for way, room in ((1.0, (one.high - one.value) / width), (-1.0, (one.value - one.low) / width)):
                most = min(room, 1.0)
                inner = np.arange(1, np.ceil(most / self._step - 1e-9)) * self._step
                found += [(number, way * size) for size in ([*inner.tolist(), most] if most > 1e-12 else [])]
        return tuple(found)

    @cached_property
    def stepped(self) -> Floats:
        """The outcomes after each step of the grid: (steps, bases, dimensions), in percent."""
        return self.after([[self.moved(self.cells[number], size)] for number, size in self.grid])

    def touches(self, one: Estimate, k: int) -> bool:
        """Whether a change of a cell can matter on dimension k."""
        return not self.apart or k in one.dimensions


@dataclass
class _Bracket:
    """Two sizes of a cell's change: with the one the outcome of dimension k moves too little, with the other enough."""

    cell: int
    k: int
    less: float
    enough: float
    shift: float


def smallest_changes(trials: Trials, by: float) -> tuple[Change, ...]:
    """By dimension the smallest changes that move the outcome by `by` percent, one for a cell, the smallest first."""
    brackets = [one for k in range(len(trials.width)) for one in _brackets(trials, k, by)]
    while going := [one for one in brackets if abs(one.enough - one.less) > trials.exact]:
        sizes = [(one.less + one.enough) / 2 for one in going]
        shifts = trials.shifts(
            [[trials.moved(trials.cells[one.cell], size)] for one, size in zip(going, sizes, strict=True)]
        )
        for one, size, shift in zip(going, sizes, shifts, strict=True):
            if abs(shift[one.k]) >= by:
                one.enough, one.shift = size, float(shift[one.k])
            else:
                one.less = size
    best = dict[tuple[int, int], _Bracket]()
    for one in sorted(brackets, key=lambda one: (one.k, abs(one.enough))):
        best.setdefault((one.k, one.cell), one)
    return tuple(_change(trials, one) for one in best.values())


def _brackets(trials: Trials, k: int, by: float) -> list[_Bracket]:
    """Up and down, between which steps of the grid cells become enough; of those for which the fewest steps are."""
    shifts = (trials.stepped[:, :, k] - trials.before[:, k]).mean(axis=1)
    found = dict[tuple[int, bool], _Bracket]()
    passed = dict[tuple[int, bool], float]()
    for (number, size), shift in zip(trials.grid, shifts.tolist(), strict=True):
        way = (number, size > 0)
        if way not in found and abs(shift) >= by and trials.touches(trials.cells[number], k):
            found[way] = _Bracket(number, k, passed.get(way, 0.0), size, shift)
        passed[way] = size
    steps = sorted(abs(one.enough) for one in found.values())[:_CANDIDATES]
    return [one for one in found.values() if abs(one.enough) <= steps[-1] + trials.exact]


def _change(trials: Trials, found: _Bracket) -> Change:
    one = trials.cells[found.cell]
    end = trials.moved(one, found.enough).value
    dimension = trials.issue.dimensions[found.k].name
    return Change(dimension, one.cell, one.value, end, abs(found.enough), found.shift)


def pivots(trials: Trials) -> tuple[Pivot, ...]:
    """What hangs on each actor, by dimension, the most first."""
    issue = trials.issue
    without = trials.shifts([trials.withdrawn([i]) for i in range(len(issue.actors))])
    shifts = (trials.stepped - trials.before).mean(axis=1)
    found = list[tuple[int, Pivot]]()
    for k, line in enumerate(issue.dimensions):
        for i in np.flatnonzero(issue.present[:, k]):
            own = _steps(trials, int(i), k, "position")
            reach = np.append(shifts[own, k], 0.0)
            left = None if np.isnan(without[i, k]) else float(without[i, k])
            one = Pivot(line.name, issue.actors[i].name, left, float(np.nanmin(reach)), float(np.nanmax(reach)))
            found.append((k, one))
    return tuple(one for _, one in sorted(found, key=lambda item: (item[0], -item[1].weight)))


def levers(trials: Trials) -> tuple[Levers, ...]:
    """The levers of each actor on each dimension on which it takes part."""
    steps = [(number, way * STEP) for number in range(len(trials.cells)) for way in (1, -1)]
    edits = [trials.moved(trials.cells[number], size) for number, size in steps]
    after = trials.after([[edit] for edit in edits])
    issue, found = trials.issue, list[Levers]()
    for k, line in enumerate(issue.dimensions):
        touching = np.array([trials.touches(one, k) for one in trials.cells])
        for i in np.flatnonzero(issue.present[:, k]):
            wanted = float(line.scale.percent(issue.position[i : i + 1, k])[0])
            miss = np.abs(trials.before[:, k] - wanted)
            own = list[Lever]()
            for field in ("position", "salience"):
                mine = _steps(trials, int(i), k, field)
                gains = (miss - np.abs(trials.stepped[mine, :, k] - wanted)).mean(axis=1)
                best = int(np.argmax(np.nan_to_num(gains, nan=-np.inf))) if mine else -1
                if mine and gains[best] > _NOTHING:
                    number, size = trials.grid[mine[best]]
                    edit = trials.moved(trials.cells[number], size)
                    own.append(_lever(trials, number, edit.value, float(gains[best])))
            gains = (miss - np.abs(after[:, :, k] - wanted)).mean(axis=1)
            better = dict[int, Lever]()
            for (number, _), edit, gain in zip(steps, edits, gains.tolist(), strict=True):
                if gain > _NOTHING and touching[number] and trials.cells[number].actor != i:
                    lever = _lever(trials, number, edit.value, gain)
                    if number not in better or lever.gain > better[number].gain:
                        better[number] = lever
            own.sort(key=lambda lever: -lever.gain)
            others = sorted(better.values(), key=lambda lever: -lever.gain / lever.size)
            found.append(Levers(line.name, issue.actors[i].name, tuple(own), tuple(others)))
    return tuple(found)


def _lever(trials: Trials, number: int, end: float, gain: float) -> Lever:
    one = trials.cells[number]
    return Lever(one.cell, one.value, end, abs(end - one.value) / trials.range(one), gain)


def _steps(trials: Trials, i: int, k: int, field: str) -> list[int]:
    """Where in the grid an actor's cell stands."""
    cells: Bools = np.array(
        [one.actor == i and one.dimensions == (k,) and one.cell.field == field for one in trials.cells]
    )
    return [at for at, (number, _) in enumerate(trials.grid) if cells[number]]
