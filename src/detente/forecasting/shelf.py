"""Fitted models in a ledger: whether one fits a day, and what is to be kept of a new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from detente.forecasting.dealings import Level
from detente.forecasting.gathering import Past, tells

_STALE: Final = 30
"""Days after which a model is fitted anew."""
_GROWN: Final = 1.1
"""How many times the deeds that a model was fitted on there may be, now, of the time before it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is fitted for: chances of a level, or, of level "which", the order of parties."""

    level: Level | Literal["which"]
    horizon: int
    by_actor: bool = False


def stored(past: Past, question: Question) -> Iterator[bytes]:
    """The ledger's models for a question that fit the day, the latest first."""
    query = """
        SELECT fitted, deeds, model FROM models
        WHERE level = $level AND horizon = $horizon AND by_actor = $actor AND datasets = $datasets
            AND fitted <= $day AND fitted > $day - $stale
        ORDER BY fitted DESC, made DESC
    """
    values = {
        "level": question.level,
        "horizon": question.horizon,
        "actor": question.by_actor,
        "datasets": sorted(past.datasets.names),
        "day": past.before,
        "stale": _STALE,
    }
    for row in past.ledger.sql(query, values):
        now, _ = tells(past.ledger, past.datasets, row["fitted"])
        if row["deeds"] / _GROWN <= now <= row["deeds"] * _GROWN:
            yield row["model"]


def row(past: Past, question: Question, version: str, model: bytes) -> dict[str, Any]:
    """The row of `models` for one that was fitted on what was known before the day."""
    counted, _ = tells(past.ledger, past.datasets, past.before)
    return {
        "version": version,
        "level": question.level,
        "horizon": question.horizon,
        "by_actor": question.by_actor,
        "datasets": sorted(past.datasets.names),
        "fitted": past.before,
        "deeds": counted,
        "made": datetime.now(UTC).replace(tzinfo=None),
        "model": model,
    }
