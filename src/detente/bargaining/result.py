"""What one model says of an issue, in one shape for all models."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from detente.bargaining.issue import Floats, Issue


@dataclass(frozen=True)
class Move:
    """An actor goes from `start` to `end` on a dimension, in the units of its scale, in a round counted from 1.

    `how` is what the model calls it, `towards` the actor with or because of whom it moves.
    """

    round: int
    actor: str
    dimension: str
    start: float
    end: float
    how: str
    towards: str | None = None


@dataclass(frozen=True)
class Block:
    """An actor because of whom something is not decided on a dimension, and why."""

    actor: str
    dimension: str
    why: str


@dataclass(frozen=True, eq=False)
class Result:
    """Where an issue settles by one model in one setting."""

    model: str
    setting: str
    outcome: Floats
    """By dimension, in the units of its scale."""
    positions: Floats
    """(rounds + 1, actors, dimensions): where all stand at the beginning and after each round, NaN for who takes no
    part. A model without rounds has the beginning alone."""
    settled: bool | None = None
    """Whether nothing would change in a further round; None for a model without rounds."""
    moves: tuple[Move, ...] = ()
    blocks: tuple[Block, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By dimension, a clause that says what the outcome rests on."""
    notes: tuple[str, ...] = ()
    """What was done to the table so that the model could take it, and how far the outcome depends on chance."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What this model alone has, as JSON has it."""

    @property
    def rounds(self) -> int:
        """How many rounds were played."""
        return len(self.positions) - 1


def by_dimension(issue: Issue, values: Floats) -> Any:
    """Values by dimension as JSON has them: a number where there is one dimension, else by names."""
    if len(issue.dimensions) == 1:
        return number(values[0])
    return named(issue, values)


def named(issue: Issue, values: Floats) -> dict[str, float | None]:
    """Values by the names of dimensions."""
    return {one.name: number(value) for one, value in zip(issue.dimensions, values, strict=True)}


def number(value: float) -> float | None:
    """A number as JSON has it: null for NaN."""
    return None if np.isnan(value) else float(value)


def marked(field: str, value: float, sd: float, proxies: Collection[str]) -> str:
    """A value of a cell for people: a star where it was counted from texts, and its standard deviation where stated."""
    told = f"{value:g}{'*' if field in proxies else ''}"
    return f"{told} ± {sd:g}{'*' if f'{field}_sd' in proxies else ''}" if sd else told


def shown(value: float) -> str:
    """A number for people, with four figures that count."""
    return "–" if np.isnan(value) else f"{value:.4g}"
