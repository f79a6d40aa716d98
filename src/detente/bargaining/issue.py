"""A contested issue as a table: where each actor stands on named scales, how much it cares, what it can bring to bear.

The table is what every model of bargaining takes (Bueno de Mesquita 1994; Stokman and van Oosten 1994; Wise, Lester and
Efird 2015): actors by dimensions, in each cell a position, a salience and a capability. What Decide calls the issues of
a negotiation and KTAB the dimensions of a policy are the dimensions of one `Issue` here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt

from detente.errors import IssueError

if TYPE_CHECKING:
    from detente.bargaining.reckoning import Reckoning
    from detente.bargaining.uncertainty import Sensitivity

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Field = Literal[
    "position", "salience", "capability", "resolve", "veto", "position_sd", "salience_sd", "capability_sd"
]  # fmt: skip
"""What a cell of the table may say."""


@dataclass(frozen=True)
class Scale:
    """The line on which positions lie, from `low` to `high`, in the units of the issue.

    `labels` puts points of it in words, in their order. `declared` is false where neither file nor format gives
    the ends; then the scale goes from the lowest position to the highest.
    """

    low: float
    high: float
    labels: tuple[tuple[float, str], ...] = ()
    declared: bool = True

    def percent(self, values: Floats) -> Floats:
        """Points of the scale as percentages of the way from `low` to `high`; all 0 where the scale is one point."""
        width = self.high - self.low
        return np.where(np.isnan(values), np.nan, 0.0) if width == 0 else (values - self.low) / width * 100


@dataclass(frozen=True)
class Dimension:
    """One matter of the issue, and its scale; `status_quo` is where things are as long as nothing is agreed."""

    name: str
    title: str
    scale: Scale
    status_quo: float | None = None


@dataclass(frozen=True)
class Actor:
    """Who takes part; `title` is its name in full."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a cell rests on: a statement in a ledger, and the sentence that supports it."""

    statement: str
    """As `DOCUMENT/ID`."""
    speaker: str
    date: str | None
    source: str
    """Who published the document, or else where it is from."""
    url: str | None
    sentence: str
    position: float | None = None
    """Where it would place the actor by itself, in the units of the scale; None where it does not tell."""


@dataclass(frozen=True, eq=False)
class Issue:
    """Actors by dimensions. Every array has that shape, and none can be written to.

    An actor without a position on a dimension takes no part in it: its position is NaN there, its salience and
    capability 0. What is not stated of `resolve` is NaN, of the standard deviations 0, of `veto` false.
    """

    name: str
    """What the user called it: the file's path."""
    title: str
    actors: tuple[Actor, ...]
    dimensions: tuple[Dimension, ...]
    position: Floats
    """In the units of the dimension's scale, and within it."""
    salience: Floats
    """How much of what it has an actor brings to bear on the dimension, from 0 to 1."""
    capability: Floats
    """What it could bring to bear, 0 or more, in any unit that is one for all actors of a dimension."""
    resolve: Floats
    """How firmly it holds to its position, from 0 to 1."""
    veto: Bools
    """Whether nothing is decided on the dimension against it."""
    position_sd: Floats
    salience_sd: Floats
    capability_sd: Floats
    quota: float | None = None
    """The share of capability that a decision needs, above 0 to 1 (unanimity); None where no rule is stated."""
    capability_stated: bool = True
    """False where the table leaves capability empty throughout: it is 1 for all then, and nobody's estimate."""
    proxies: Mapping[tuple[int, int], frozenset[Field]] = field(default_factory=dict)
    """By actor and dimension, what of a cell was counted from texts and stands in for an analyst's estimate."""
    grounds: Mapping[tuple[int, int], tuple[Ground, ...]] = field(default_factory=dict)
    """By actor and dimension, the statements on which a cell rests."""

    @classmethod
    def from_file(cls, path: str | Path) -> Issue:
        """The issue in a file: YAML where it ends in .yaml or .yml, else one of the formats of `from_csv`.

        Raises `IssueError` with every fault and its place, and `InputError` where the file cannot be read.
        """
        from detente.bargaining.formats import read

        return read(Path(path))

    @classmethod
    def from_csv(cls, path: str | Path) -> Issue:
        """The issue in a table: detente's own CSV, or an input of Decide or KTAB, told by their heads.

        Raises as `from_file`.
        """
        from detente.bargaining.formats import read_table

        return read_table(Path(path))

    @classmethod
    def from_yaml(cls, path: str | Path) -> Issue:
        """The issue in a YAML file. Raises as `from_file`."""
        from detente.bargaining.formats import read_yaml

        return read_yaml(Path(path))

    @property
    def present(self) -> Bools:
        """Which actor takes a position on which dimension."""
        return ~np.isnan(self.position)

    @property
    def stakes(self) -> Floats:
        """Capability times salience: what an actor brings to bear on a dimension, 0 where it takes no part."""
        return self.capability * self.salience

    @property
    def status_quo(self) -> Floats:
        """Where things are on each dimension, NaN where it is not stated."""
        return np.array([np.nan if one.status_quo is None else one.status_quo for one in self.dimensions])

    def reckon(
        self,
        models: Sequence[str] = (),
        *,
        settings: Mapping[str, str] | None = None,
        rounds: int | None = None,
        seed: int = 0,
        progress: Callable[[int], None] | None = None,
    ) -> Reckoning:
        """Where the issue settles by each of `models`, or by all that fit it.

        `settings` names a setting for a model, where it has several; `rounds` is how many rounds are played at most,
        where a model has rounds; `seed` is what random choices follow. `progress` is told after each model that one
        more is done. Raises `IssueError` where a model or setting is unknown, or where a model that was named cannot
        take the issue.
        """
        from detente.bargaining.reckoning import reckon

        return reckon(self, models, settings=settings or {}, rounds=rounds, seed=seed, progress=progress)

    def sensitivity(
        self,
        model: str = "compromise",
        *,
        setting: str | None = None,
        rounds: int | None = None,
        draws: int = 10_000,
        seed: int = 0,
        sd: float | None = None,
        by: float = 5.0,
        progress: Callable[[int], None] | None = None,
    ) -> Sensitivity:
        """How sure outcomes are over `draws` drawn tables, and what would move that of `model` by `by` percent.

        `sd` is how unsure the cells are that do not say it: as a share of the scale, of 1 for saliences, of their own
        value for capabilities. `progress` is told how many tables more were reckoned. Raises `IssueError` where the
        model cannot take the issue, or a number is none that can be.
        """
        from detente.bargaining.uncertainty import examine

        return examine(self, model, setting, rounds=rounds, draws=draws, seed=seed, sd=sd, by=by, progress=progress)

    def dimension(self, name: str | None) -> int:
        """The number of a dimension. None stands for the only one; raises `IssueError` where there are several."""
        names = [one.name for one in self.dimensions]
        if name is None and len(names) == 1:
            return 0
        if name not in names:
            asked = "name a dimension" if name is None else f"no dimension {name!r}"
            raise IssueError(self.name, f"{asked}; there are: {', '.join(names)}")
        return names.index(name)


CELL: Final[tuple[Field, ...]] = (
    "position", "salience", "capability", "resolve", "veto", "position_sd", "salience_sd", "capability_sd",
)  # fmt: skip
"""The fields of a cell, in the order in which they are told."""
