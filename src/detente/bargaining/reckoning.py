"""An issue reckoned by several models, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detente.bargaining.batches import Progress
from detente.bargaining.budget import affordable
from detente.bargaining.distribution import FITTED_ON, Distribution, forecast
from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS, chosen
from detente.bargaining.result import Result, by_dimension, number, shown
from detente.bargaining.uncertainty import SHARE, Spread, spread
from detente.errors import ExtraError, IssueError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

COLUMNS: Final = ("model", "setting", "round", "actor", "dimension", "position", "percent", "low", "high")
"""Of the tidy table. A row without an actor is the outcome of a model, after its last round; `low` and `high` are the
ends of a range that holds 80 % of what may be, where there is one."""

COMBINED: Final = "combined"
"""What the distribution of outcomes is called beside the models."""

_DRAWS: Final = 1000
"""Tables over which outcomes range where capability is not stated."""

_HIGHEST_SEED: Final = 2**63 - 1
"""What a ledger can keep."""

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
    combined: tuple[Distribution, ...] = ()
    """How likely each point is, by dimension. Not there where models were named, or capability is not stated."""
    ranges: Mapping[str, Spread] = field(default_factory=dict)
    """By model, where capability is not stated: its outcomes over drawn divisions of it. Its result has no outcome."""
    rounds: int | None = None
    """How many rounds were to be played at most; None: as many as each model has where nobody says."""

    def __getitem__(self, model: str) -> Result:
        """What one model says. Raises `KeyError` where it was not reckoned."""
        for result in self.results:
            if result.model == model:
                return result
        raise KeyError(model)

    def json(self) -> dict[str, Any]:
        """All of it as `detente issue reckon --json` prints it (docs/bargaining.md)."""
        told: dict[str, Any] = {"models": {result.model: self._told(result) for result in self.results}}
        if self.combined:
            lines = zip(self.issue.dimensions, self.combined, strict=True)
            told[COMBINED] = {"fitted_on": FITTED_ON, "dimensions": {line.name: _likely(one) for line, one in lines}}
        return told

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
        if result.model in self.ranges:
            told["range"] = self.ranges[result.model].json(self.issue)
        return told | dict(result.details)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The tidy table, a row for each position and outcome; its columns are `COLUMNS`."""
        for k, one in enumerate(self.combined):
            of: dict[str, Any] = {"model": COMBINED, "setting": None, "round": 0, "actor": None}
            low, high = one.interval(SHARE)
            yield of | self._point(k, one.median) | {"low": low, "high": high}
        for result in self.results:
            of = {"model": result.model, "setting": result.setting}
            # A model without rounds moves nobody: its row is its outcome.
            for at, state in enumerate(result.positions if result.settled is not None else ()):
                for i, k in np.ndindex(state.shape):
                    if not np.isnan(state[i, k]):
                        yield of | {"round": at, "actor": self.issue.actors[i].name, **self._point(k, state[i, k])}
            for k, value in enumerate(result.outcome):
                ends = {}
                if result.model in self.ranges:
                    low_all, high_all = self.ranges[result.model].interval()
                    ends = {"low": float(low_all[k]), "high": float(high_all[k])}
                yield of | {"round": result.rounds, "actor": None, **self._point(k, value)} | ends

    def _point(self, k: int, value: float) -> dict[str, Any]:
        line = self.issue.dimensions[k]
        percent = line.scale.percent(np.asarray(value))
        point = {"dimension": line.name, "position": number(value), "percent": number(float(percent))}
        return point | {"low": None, "high": None}

    def arrow(self) -> pa.Table:
        """The tidy table in Arrow's form. Raises `ExtraError` where pyarrow is not installed."""
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ExtraError("pyarrow is not installed; get it with: pip install 'detente[frames]'") from error
        types = (pa.string(), pa.string(), pa.int64(), pa.string(), pa.string(), *[pa.float64()] * 4)
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
    issue: Issue,
    models: Sequence[str],
    *,
    settings: Mapping[str, str],
    rounds: int | None,
    seed: int,
    progress: Progress | None = None,
) -> Reckoning:
    """Reckon an issue, as `Issue.reckon` does."""
    if not 0 <= seed <= _HIGHEST_SEED:
        raise IssueError(issue.name, f"{seed} cannot be a seed; give 0 to {_HIGHEST_SEED}")
    for name in (*models, *settings):
        chosen(issue, name, settings.get(name), rounds)
    results, left_out, ranges = list[Result](), dict[str, str](), dict[str, Spread]()
    for name, model in MODELS.items():
        if models and name not in models:
            continue
        setting = chosen(issue, name, settings.get(name), rounds)
        reason = model.unfit(issue, setting)
        if reason is None and issue.capability_stated:
            results.append(model.run(issue, setting, model.rounds if rounds is None else rounds, seed))
        elif reason is None:
            ranges[name] = drawn = spread(
                issue, name, setting, rounds=rounds, draws=affordable(issue, name, _DRAWS), seed=seed
            )
            results.append(_open(issue, drawn))
        elif name in models or name in settings:
            raise IssueError(issue.name, f"{name} ({setting}) cannot take it: {reason}")
        else:
            left_out[name] = reason
        if progress:
            progress(1)
    combined = forecast(issue) if issue.capability_stated and not models else ()
    return Reckoning(issue, seed, tuple(results), left_out, combined, ranges, rounds)


def _open(issue: Issue, drawn: Spread) -> Result:
    """What a model says of an issue whose capabilities nobody has stated: nothing but how far its outcomes range."""
    nowhere = np.full(len(issue.dimensions), np.nan)
    return Result(drawn.model, drawn.setting, nowhere, issue.position[np.newaxis])


def _likely(one: Distribution) -> dict[str, Any]:
    low, high = one.interval(SHARE)
    return {
        "median": one.median,
        "mean": one.mean,
        "low": low,
        "high": high,
        "points": one.points.tolist(),
        "probability": one.probability.tolist(),
    }
