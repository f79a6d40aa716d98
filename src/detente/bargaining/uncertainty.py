"""How sure an outcome is, and what would change it: all that is asked of one issue, put together.

`spread` is the Monte Carlo run: a model put to tables drawn from what cells may be (`draws`). `examine` adds, for one
model, which cells matter (`sobol`), the smallest changes, pivotal actors and levers (`whatif`) and the coalitions to
watch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from detente.bargaining import draws as tables
from detente.bargaining.batches import Progress, settle
from detente.bargaining.budget import COSTLY, affordable, share
from detente.bargaining.coalitions import HOWS, Coalition, coalitions, largest
from detente.bargaining.draws import Cell
from detente.bargaining.issue import Floats, Issue
from detente.bargaining.models import MODELS, taken
from detente.bargaining.result import number
from detente.bargaining.sobol import Index, indices, size
from detente.bargaining.whatif import Change, Levers, Pivot, Trials, levers, pivots, smallest_changes
from detente.errors import IssueError

MODEL: Final = "compromise"
"""The model that is examined where nobody names one: the nearest to decided issues (docs/benchmarks.md)."""

DRAWS: Final = 10_000

SHARE: Final = 0.8
"""Of the draws, how many an interval holds."""

_DECILES: Final = np.arange(11) / 10

_MOST_DRAWS: Final = 1_000_000
_MOST_FOR_INDICES: Final = 100_000
"""Draws beyond which quantiles and indices stay as they are."""

_BASES: Final = 64
_FEWER_BASES: Final = 8
"""Divisions of capability over which changes are averaged where it is not stated."""

_MOST_GROUPS: Final = 1500
_FEWER_GROUPS: Final = 12

_GROWN: Final = 36_000
"""Groups beyond those that are all tried; of 30 actors on two dimensions every model is asked of groups of any size."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Where an issue settles by one model, over drawn tables."""

    model: str
    setting: str
    outcomes: Floats
    """(draws, dimensions), in the units of the scales; draws that the model could not reckon are left out."""

    @property
    def median(self) -> Floats:
        """By dimension, as all that follows."""
        return np.asarray(np.quantile(self.outcomes, 0.5, axis=0))

    @property
    def mean(self) -> Floats:
        """The expected outcomes."""
        return np.asarray(self.outcomes.mean(axis=0))

    @property
    def sd(self) -> Floats:
        """The standard deviations of outcomes."""
        return np.asarray(self.outcomes.std(axis=0))

    def interval(self, share: float = SHARE) -> tuple[Floats, Floats]:
        """The ends of the range that leaves as many draws below it as above it, and holds `share` of all."""
        low, high = np.quantile(self.outcomes, [(1 - share) / 2, (1 + share) / 2], axis=0)
        return np.asarray(low), np.asarray(high)

    @property
    def ends(self) -> tuple[Floats, Floats]:
        """The lowest and the highest outcome of all draws."""
        return np.asarray(self.outcomes.min(axis=0)), np.asarray(self.outcomes.max(axis=0))

    def json(self, issue: Issue) -> dict[str, Any]:
        """By dimension, as JSON has it; without any point where capability is not stated."""
        (low, high), (least, most) = self.interval(), self.ends
        columns = {"low": low, "high": high, "least": least, "most": most}
        if issue.capability_stated:
            columns = {"median": self.median, "mean": self.mean, "sd": self.sd} | columns
        told: list[dict[str, Any]] = [
            {name: number(values[k]) for name, values in columns.items()} for k in range(len(issue.dimensions))
        ]
        if issue.capability_stated:
            for row, deciles in zip(told, np.quantile(self.outcomes, _DECILES, axis=0).T.tolist(), strict=True):
                row["deciles"] = deciles
        names = (line.name for line in issue.dimensions)
        return {
            "setting": self.setting,
            "draws": len(self.outcomes),
            "dimensions": dict(zip(names, told, strict=True)),
        }


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How sure the outcomes of an issue are, and what would change that of `model`. Tuples are by dimension."""

    issue: Issue
    model: str
    setting: str
    seed: int
    by: float
    """Percent of the scale by which the outcome is to move, for changes and coalitions."""
    spreads: tuple[Spread, ...]
    """Of every model that was drawn; none where the table states no uncertainty."""
    indices: tuple[Index, ...]
    """Of `model`, as all that follows."""
    changes: tuple[Change, ...]
    pivots: tuple[Pivot, ...]
    levers: tuple[Levers, ...]
    coalitions: tuple[Coalition, ...]
    notes: tuple[str, ...] = ()
    """What is missing, and why."""

    def json(self) -> dict[str, Any]:
        """All of it as `detente issue sensitivity --json` prints it (docs/bargaining.md)."""
        return {
            "model": self.model,
            "setting": self.setting,
            "seed": self.seed,
            "by": self.by,
            "spreads": {spread.model: spread.json(self.issue) for spread in self.spreads},
            "dimensions": {line.name: self._of(line.name) for line in self.issue.dimensions},
            "notes": [*self.notes],
        }

    def _of(self, dimension: str) -> dict[str, Any]:
        def here(rows: Sequence[Any]) -> Iterator[Any]:
            return (row for row in rows if row.dimension == dimension)

        return {
            "indices": [
                _cell(one.cell)
                | {"first": one.first, "first_error": one.first_error}
                | {"total": one.total, "total_error": one.total_error}
                for one in here(self.indices)
            ],
            "changes": [
                _cell(one.cell) | {"from": one.start, "to": one.end, "size": one.size, "shift": one.shift}
                for one in here(self.changes)
            ],
            "pivots": [
                {"actor": one.actor, "without": one.without, "low": one.low, "high": one.high}
                for one in here(self.pivots)
            ],
            "levers": {
                one.actor: {
                    "own": [_lever(lever) for lever in one.own],
                    "others": [_lever(lever) for lever in one.others],
                }
                for one in here(self.levers)
            },
            "coalitions": [
                {"how": one.how, "actors": [*one.actors], "shift": one.shift, "exact": one.exact}
                for one in here(self.coalitions)
            ],
        }


def spread(
    issue: Issue,
    model: str,
    setting: str | None = None,
    *,
    rounds: int | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    sd: float | None = None,
    progress: Progress | None = None,
) -> Spread:
    """A model's outcomes over `draws` tables; `sd` as for `draws.estimates`, the rest as for `Issue.reckon`.

    The same seed gives the same numbers, with one thread or many. Raises `IssueError` where the model cannot take the
    issue, or where no cell is unsure.
    """
    setting = taken(issue, model, setting, rounds)
    _check(issue, draws)
    drawn = tables.random(issue, tables.unsure(issue, sd), draws, seed)
    outcomes = np.concatenate([settle(issue, part, model, setting, rounds, progress) for part in drawn])
    outcomes = outcomes[~np.isnan(outcomes).any(axis=1)]
    if not len(outcomes):
        raise IssueError(issue.name, f"{model} ({setting}) reckons none of the drawn tables; take another model")
    return Spread(model, setting, outcomes)


def _check(issue: Issue, draws: int) -> None:
    if not 1 <= draws <= _MOST_DRAWS:
        raise IssueError(issue.name, f"{draws} tables cannot be drawn; give 1 to {_MOST_DRAWS}")


def examine(
    issue: Issue,
    model: str = MODEL,
    setting: str | None = None,
    *,
    rounds: int | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    sd: float | None = None,
    by: float = 5.0,
    progress: Progress | None = None,
) -> Sensitivity:
    """How sure the outcomes are, and what would move that of `model` by `by` percent of the scale.

    Outcomes are drawn for `model` and for all others that can take the issue and are fast, as often as `budget` has it
    for tables of its size; a note tells where that is less often than usual. Raises `IssueError` where
    `model` cannot take it, or `by`, `sd` or `draws` is none that can be.
    """
    setting = taken(issue, model, setting, rounds)
    if not 0 < by <= 100:
        raise IssueError(issue.name, f"an outcome does not move by {by:g} % of its scale; give more than 0, to 100")
    _check(issue, draws)
    notes, spreads, shares = list[str](), list[Spread](), tuple[Index, ...]()
    try:
        cells = tables.unsure(issue, sd)
    except IssueError:
        if sd is not None:
            raise
        cells = ()
        notes.append(
            "no cell states how unsure it is, so that outcomes are not drawn: fill in position_sd or give --sd"
        )
    if cells:
        for name, of in MODELS.items():
            if name == model or (name not in COSTLY and of.unfit(issue, of.usual(issue)) is None):
                how = setting if name == model else of.usual(issue)
                count = affordable(issue, name, draws)
                if count < (usual := share(name, draws)):
                    notes.append(
                        f"{name} is put to {count} tables, not {usual}, as it takes long for one with so many pairs of "
                        "actors; give more with --draws"
                    )
                spreads.append(
                    spread(issue, name, how, rounds=rounds, draws=count, seed=seed, sd=sd, progress=progress)
                )
        count = min(affordable(issue, model, draws), _MOST_FOR_INDICES)
        shares = indices(issue, cells, model, setting, rounds=rounds, draws=count, seed=seed, progress=progress)
        if not size(len(cells), count):
            notes.append(
                f"{count} draws are too few to tell which of {len(cells)} cells matter; give more with --draws"
            )
    bases = None
    if not issue.capability_stated:
        unknown = [one for one in tables.unsure(issue) if np.isnan(one.sd)]
        (bases,) = tables.random(issue, unknown, _FEWER_BASES if model in COSTLY else _BASES, seed)
        notes.append("capability is not stated: changes are means over drawn divisions of it")
    trials = Trials(issue, model, setting, rounds, bases, progress)
    members = largest(len(issue.actors), affordable(issue, model, _GROWN))
    groups = coalitions(trials, by, _FEWER_GROUPS if model in COSTLY else _MOST_GROUPS, members)
    if members < len(issue.actors) and len(groups) < len(HOWS) * len(issue.dimensions):
        notes.append(f"coalitions of more than {members} of the {len(issue.actors)} actors were not looked for")
    return Sensitivity(
        issue=issue,
        model=model,
        setting=setting,
        seed=seed,
        by=by,
        spreads=tuple(spreads),
        indices=shares,
        changes=smallest_changes(trials, by),
        pivots=pivots(trials),
        levers=levers(trials),
        coalitions=groups,
        notes=tuple(notes),
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return {"actor": cell.actor, "dimension": cell.dimension, "field": cell.field}


def _lever(lever: Any) -> dict[str, Any]:
    return _cell(lever.cell) | {"from": lever.start, "to": lever.end, "size": lever.size, "gain": lever.gain}
