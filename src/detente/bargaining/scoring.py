"""How good reckonings were, once it is entered what was decided: each model beside base rates on the same issues.

A dimension of an issue counts once, however often it was reckoned: of its reckonings the mean is taken first. What was
reckoned on the day of the decision or later is scored apart, as whoever reckoned may have known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean
from typing import Any, Final

import numpy as np

from detente.bargaining.distribution import Distribution
from detente.bargaining.issued import BASES
from detente.bargaining.models import MODELS
from detente.bargaining.reckoning import COMBINED
from detente.ledger import Ledger

_ORDER: Final = {name: at for at, name in enumerate((COMBINED, *MODELS, *BASES))}
"""In which models are told; one that another version had comes last."""

_LAST: Final = """
    FROM outcomes QUALIFY row_number() OVER (PARTITION BY issue, dimension ORDER BY entry DESC) = 1
"""
_FIRST: Final = "FROM outcomes WHERE entry = 1"


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model in a setting, the distribution or a base rate was; everything in percent of the scale."""

    model: str
    setting: str | None
    number: int
    """Dimensions of issues that it was reckoned on and that were decided."""
    reckonings: int
    error: float | None
    """Mean absolute error of points; None where only ranges were told."""
    crps: float | None
    """Continuous ranked probability score of the distribution."""
    coverage: float | None
    """The share of outcomes that its intervals hold."""
    share: float | None
    """The share that they should hold."""
    bases: Mapping[str, float | None]
    """The errors of `BASES` on the same dimensions; of the status quo on those of them that state one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of all reckonings about which an outcome was entered."""

    reckonings: int
    decided: int
    void: int
    """Dimensions that will never be decided."""
    pending: int
    """Dimensions of which no outcome was entered."""
    beforehand: tuple[Score, ...]
    """Of those that were reckoned before the day of the decision."""
    afterwards: tuple[Score, ...]
    changed: int
    """Dimensions of which the outcome or its day was corrected; a further source corrects neither."""
    as_first_entered: tuple[Score, ...]
    """Those reckoned beforehand by what was entered first, where anything was corrected."""


def score(ledger: Ledger) -> Scored:
    """How good the reckonings in the ledger were that an outcome is known of."""
    counted = f"""
        SELECT (SELECT count(*) FROM reckonings) AS reckonings, count(*) FILTER (last.value IS NOT NULL) AS decided,
            count(*) FILTER (last.entry IS NOT NULL AND last.value IS NULL) AS void,
            count(*) FILTER (last.entry IS NULL) AS pending,
            count(*) FILTER ((last.value, last.decided) IS DISTINCT FROM (first.value, first.decided)) AS changed
        FROM (SELECT DISTINCT issue, dimension FROM settlements JOIN reckonings ON id = reckoning)
        LEFT JOIN ({_LAST}) AS last USING (issue, dimension) LEFT JOIN ({_FIRST}) AS first USING (issue, dimension)
    """  # noqa: S608
    (counts,) = ledger.sql(counted)
    known = _rows(ledger, _LAST)
    first = [row for row in _rows(ledger, _FIRST) if _beforehand(row)] if counts["changed"] else []
    return Scored(
        **counts,
        beforehand=_scores([row for row in known if _beforehand(row)]),
        afterwards=_scores([row for row in known if not _beforehand(row)]),
        as_first_entered=_scores(first),
    )


def _rows(ledger: Ledger, outcomes: str) -> Sequence[dict[str, Any]]:
    """What was said of each dimension that was decided; on a scale of one point there was nothing to say."""
    query = f"""
        SELECT settlements.*, issue, issued, decided, value
        FROM settlements JOIN reckonings ON id = reckoning JOIN ({outcomes}) USING (issue, dimension)
        WHERE value IS NOT NULL AND scale_low < scale_high ORDER BY issued, reckoning, dimension
    """  # noqa: S608
    return [*ledger.sql(query)]


def _beforehand(row: Mapping[str, Any]) -> bool:
    return bool(row["issued"].date() < row["decided"])


def _scores(rows: Sequence[Mapping[str, Any]]) -> tuple[Score, ...]:
    groups: dict[tuple[str, str | None], list[Mapping[str, Any]]] = defaultdict(list)
    errors: dict[tuple[str, str, str], float | None] = {}
    for row in rows:
        groups[row["model"], row["setting"]].append(row)
        if row["model"] in BASES:
            errors[row["model"], row["reckoning"], row["dimension"]] = _error(row)
    found = []
    for model, setting in sorted(groups, key=lambda one: (_ORDER.get(one[0], len(_ORDER)), one[0], one[1] or "")):
        several = groups[model, setting]
        shares = [row["share"] for row in several if row["share"] is not None]
        found.append(
            Score(
                model=model,
                setting=setting,
                number=len({(row["issue"], row["dimension"]) for row in several}),
                reckonings=len({row["reckoning"] for row in several}),
                error=_mean(several, _error),
                crps=_mean(several, _crps),
                coverage=_mean(several, _held),
                share=fmean(shares) if shares else None,
                bases={name: _mean(several, partial(_beside, errors, name)) for name in BASES},
            )
        )
    return tuple(found)


def _beside(errors: Mapping[tuple[str, str, str], float | None], name: str, row: Mapping[str, Any]) -> float | None:
    """The error of a base rate where a row is about."""
    return errors.get((name, row["reckoning"], row["dimension"]))


def _mean(rows: Iterable[Mapping[str, Any]], measure: Callable[[Mapping[str, Any]], float | None]) -> float | None:
    """The mean over dimensions of issues, of each the mean over its reckonings; None where nothing can be measured."""
    measured = defaultdict(list)
    for row in rows:
        if (value := measure(row)) is not None:
            measured[row["issue"], row["dimension"]].append(value)
    return fmean(map(fmean, measured.values())) if measured else None


def _percent(row: Mapping[str, Any], length: float) -> float:
    return float(length / (row["scale_high"] - row["scale_low"]) * 100)


def _error(row: Mapping[str, Any]) -> float | None:
    return None if row["outcome"] is None else _percent(row, abs(row["outcome"] - row["value"]))


def _crps(row: Mapping[str, Any]) -> float | None:
    if row["probability"] is None:
        return None
    told = Distribution(row["scale_low"], row["scale_high"], np.array(row["probability"]))
    return _percent(row, told.crps(row["value"]))


def _held(row: Mapping[str, Any]) -> float | None:
    if row["low"] is None or row["high"] is None:
        return None
    # An outcome at the very end of an interval is held, however its number was rounded.
    slack = 1e-9 * (row["scale_high"] - row["scale_low"])
    return float(row["low"] - slack <= row["value"] <= row["high"] + slack)
