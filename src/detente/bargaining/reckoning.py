"""An issue reckoned by several models, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.bargaining.issue import Issue


@dataclass(frozen=True)
class Reckoning:
    """What the models say of an issue."""

    issue: Issue


def reckon(
    issue: Issue, models: Sequence[str], *, settings: Mapping[str, str], rounds: int | None, seed: int
) -> Reckoning:
    """Reckon an issue."""
    raise NotImplementedError
