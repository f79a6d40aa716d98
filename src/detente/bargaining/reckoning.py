"""An issue reckoned by several models, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from detente.bargaining.result import Result, by_dimension, number, shown
from detente.errors import ExtraError, IssueError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

COLUMNS: Final = ("model", "setting", "round", "actor", "dimension", "position", "percent")
"""Of the tidy table. A row without an actor is the outcome of a model, after its last round."""

_MOST_ROUNDS: Final = 10_000
"""Rounds beyond which nothing new comes, and which are all kept: play without an end goes in circles long before."""

_APART: Final = 5.0
"""Percent of a scale by which outcomes differ if they differ."""


@dataclass(frozen=True, eq=False)
class Reckoning:
    """What the models say of an issue."""

    issue: Issue
    seed: int
    results: tuple[Result, ...]
    left_out: Mapping[str, str]
    """Models that cannot take the issue, and why."""

    def __getitem__(self, model: str) -> Result:
        """What one model says. Raises `KeyError` where it was not reckoned."""
        for result in self.results:
            if result.model == model:
                return result
        raise KeyError(model)

    def json(self) -> dict[str, Any]:
        """All of it as `detente issue reckon --json` prints it (docs/bargaining.md)."""
        return {"models": {result.model: self._told(result) for result in self.results}}

    def _told(self, result: Result) -> dict[str, Any]:
        told: dict[str, Any] = {
            "setting": result.setting,
            "outcome": by_dimension(self.issue, result.outcome),
            "reasons": dict(result.reasons),
            "notes": [*result.notes],
            "blocks": [{"actor": one.actor, "dimension": one.dimension, "why": one.why} for one in result.blocks],
        }
        if result.settled is not None:
            told["settled"] = result.settled
        return told | dict(result.details)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The tidy table, a row for each position and outcome; its columns are `COLUMNS`."""
        for result in self.results:
            of = {"model": result.model, "setting": result.setting}
            # A model without rounds moves nobody: its row is its outcome.
            for at, state in enumerate(result.positions if result.settled is not None else ()):
                for i, k in np.ndindex(state.shape):
                    if not np.isnan(state[i, k]):
                        yield of | {"round": at, "actor": self.issue.actors[i].name, **self._point(k, state[i, k])}
            for k, value in enumerate(result.outcome):
                yield of | {"round": result.rounds, "actor": None, **self._point(k, value)}

    def _point(self, k: int, value: float) -> dict[str, Any]:
        line = self.issue.dimensions[k]
        percent = line.scale.percent(np.asarray(value))
        return {"dimension": line.name, "position": number(value), "percent": number(float(percent))}

    def arrow(self) -> pa.Table:
        """The tidy table in Arrow's form. Raises `ExtraError` where pyarrow is not installed."""
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ExtraError("pyarrow is not installed; get it with: pip install 'detente[frames]'") from error
        types = (pa.string(), pa.string(), pa.int64(), pa.string(), pa.string(), pa.float64(), pa.float64())
        return pa.Table.from_pylist([*self.rows()], schema=pa.schema(list(zip(COLUMNS, types, strict=True))))

    def df(self) -> pd.DataFrame:
        """The tidy table as a pandas frame. Raises `ExtraError` where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise ExtraError("pandas is not installed; get it with: pip install 'detente[frames]'") from error
        return pd.DataFrame.from_records([*self.rows()], columns=[*COLUMNS])

    def disagreements(self) -> Iterator[str]:
        """Where outcomes lie more than a twentieth of a scale apart, and what each of them rests on."""
        for k, line in enumerate(self.issue.dimensions):
            known = [(float(line.scale.percent(one.outcome[k])), one) for one in self.results]
            known = sorted((one for one in known if not np.isnan(one[0])), key=lambda one: one[0])
            if len(known) < 2:
                continue
            (low, first), (high, last) = known[0], known[-1]
            if high - low <= _APART:
                yield f"{line.title}: the models agree to {high - low:.1f} % of the scale."
                continue
            yield (
                f"{line.title}: the models are {high - low:.0f} % of the scale apart, "
                f"from {first.model} ({shown(first.outcome[k])}) to {last.model} ({shown(last.outcome[k])})."
            )
            for _, one in known:
                yield f"  {one.model} {shown(one.outcome[k])}: {one.reasons[line.name]}."


def reckon(
    issue: Issue, models: Sequence[str], *, settings: Mapping[str, str], rounds: int | None, seed: int
) -> Reckoning:
    """Reckon an issue, as `Issue.reckon` does."""
    for name in (*models, *settings):
        if name not in MODELS:
            raise IssueError(issue.name, f"no model {name!r}; there are: {', '.join(MODELS)}")
    for name, setting in settings.items():
        if setting not in MODELS[name].settings:
            raise IssueError(
                issue.name, f"{name} has no setting {setting!r}; there are: {', '.join(MODELS[name].settings)}"
            )
    if rounds is not None and not 0 <= rounds <= _MOST_ROUNDS:
        raise IssueError(issue.name, f"{rounds} rounds cannot be played; give 0 to {_MOST_ROUNDS}")
    results, left_out = [], {}
    for name, model in MODELS.items():
        if models and name not in models:
            continue
        setting = settings.get(name) or model.usual(issue)
        reason = model.unfit(issue, setting)
        if reason is None:
            results.append(model.run(issue, setting, model.rounds if rounds is None else rounds, seed))
        elif name in models or name in settings:
            raise IssueError(issue.name, f"{name} ({setting}) cannot take it: {reason}")
        else:
            left_out[name] = reason
    return Reckoning(issue, seed, tuple(results), left_out)
