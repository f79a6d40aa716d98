"""How often a model is put to an issue, so that a question of a large table is answered while somebody waits.

What models take milliseconds for gets a share of what the fast ones get. What models reckon for each pair of actors
gets less in tables with more pairs than usual, in proportion, as long as what is told of the draws means something.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from types import MappingProxyType
from typing import Final

from detente.bargaining.issue import Issue

_FEWER: Final[Mapping[str, int]] = MappingProxyType({"nash": 5, "exchange": 10, "election": 20})
"""By what numbers are divided for models that take milliseconds for a table."""

COSTLY: Final = frozenset(_FEWER)
"""These models."""

_USUAL: Final[Mapping[str, int]] = MappingProxyType({"expected_utility": 1000, "election": 1000, "exchange": 10_000})
"""Pairs, as `pairs` counts them, up to which a table is usual: for expected utility and the election those of 45 actors
on one dimension or 20 on five, for exchange those of 30 actors on seven dimensions."""

_FEWEST: Final = 20
"""Draws that a large table is given at least: of fewer no range that holds 80 % could be told."""


def pairs(issue: Issue, model: str) -> int:
    """What a model goes through: pairs of actors on each dimension, in exchange on each pair of dimensions."""
    actors, dimensions = issue.position.shape
    return comb(actors, 2) * (comb(dimensions, 2) if model == "exchange" else dimensions)


def fitting(issue: Issue, model: str, number: int) -> int:
    """How many of `number` repetitions a table of this size is given, one at least; all where its size is usual."""
    usual = _USUAL.get(model)
    return number if usual is None else max(1, min(number, number * usual // max(1, pairs(issue, model))))


def share(model: str, number: int) -> int:
    """How many of `number` draws a model is given on tables of a usual size, one at least."""
    return max(1, number // _FEWER.get(model, 1))


def affordable(issue: Issue, model: str, number: int) -> int:
    """How many of `number` draws a model is given on a table of this size."""
    usual = share(model, number)
    return max(fitting(issue, model, usual), min(usual, _FEWEST))
