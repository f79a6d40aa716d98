"""Forecasts that were issued: kept as they were, resolved when their time is over, and scored.

A forecast is resolved by the data sets that it names, `LAG` days after its last day, by what they told until then. It
is void where fewer documents than half of what was usual before were read in its days. What is told of these days
later does not change that: scores by what is known now stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import msgspec
import numpy as np

from detente.forecasting import scoring
from detente.forecasting.dealings import names
from detente.forecasting.gathering import Past, last_day
from detente.forecasting.likelihood import cumulative
from detente.forecasting.outlook import Forecast
from detente.forecasting.scoring import Bin
from detente.ledger import Ledger
from detente.relations.exposure import DataSets

LAG: Final = 14
"""Days after the last day of a forecast on which it is resolved."""

_ENOUGH: Final = 0.5
"""The share of the usual reading without which nothing can be told."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A chance that changed since an earlier forecast about the same."""

    source: str
    target: str | None
    kind: str
    day: date
    before: float
    before_day: date
    now: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How good forecasts were that were resolved; skill is over the base rates that stood beside them."""

    number: int
    happened: float
    brier: float
    log_score: float
    base_brier: float
    skill: float
    crps: float | None
    """Of the numbers of deeds, where these were told."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of issued forecasts; `revised` by what is known now of the same ones."""

    issued: int
    pending: int
    void: int
    by_kind: Mapping[str, Scores]
    all: Scores | None
    beforehand: Scores | None
    """Of those alone that were issued by their first day: others were asked for when their days were on or over."""
    revised: Scores | None
    changed: int
    """How many would now be resolved otherwise."""
    reliability: tuple[Bin, ...]


def issue(ledger: Ledger, forecasts: Iterable[Forecast]) -> int:
    """Keep forecasts and the models that made them in the ledger, and return how many are new.

    What was asked of the same data before is one forecast. Raises `LedgerError` where the ledger cannot be written.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    several = [*forecasts]
    models = {one.fitted.model.version: one.fitted.row for one in several if one.fitted is not None}
    if models:
        ledger.keep("models", [*models.values()])
    return ledger.keep("forecasts", [row for one in several for row in _rows(one, now)])


def _rows(one: Forecast, now: datetime) -> Iterator[dict[str, Any]]:
    for chance in one.chances:
        asked = (one.day.isoformat(), one.horizon, one.source, one.target, one.level, chance.kind)
        told = (sorted(one.datasets), one.data, one.model)
        yield {
            "id": sha256(msgspec.json.encode((asked, told))).hexdigest()[:16],
            "issued": now,
            "day": one.day,
            "horizon": one.horizon,
            "source": one.source,
            "target": one.target,
            "level": one.level,
            "class": chance.kind,
            "probability": chance.probability,
            "expected": chance.expected,
            "size": chance.size,
            "base": chance.base,
            "most": chance.most,
            "exceeding": chance.exceeding,
            "datasets": sorted(one.datasets),
            "lag": LAG,
            "read": one.read,
            "data": one.data,
            "model": one.model,
        }


def shifts(ledger: Ledger, forecasts: Sequence[Forecast], *, limit: int) -> list[Shift]:
    """The largest changes of chances since the last forecasts about the same that were issued, of data before."""
    if not forecasts:
        return []
    one = forecasts[0]
    query = """
        SELECT source, target, class, arg_max(probability, (day, issued)) AS probability, max(day) AS day
        FROM forecasts
        WHERE day < $day AND horizon = $horizon AND level = $level AND datasets = $datasets GROUP BY ALL
    """
    values = {"day": one.day, "horizon": one.horizon, "level": one.level, "datasets": sorted(one.datasets)}
    former = {(row["source"], row["target"], row["class"]): row for row in ledger.sql(query, values)}
    found = [
        Shift(each.source, each.target, chance.kind, each.day, row["probability"], row["day"], chance.probability)
        for each in forecasts
        for chance in each.chances
        if (row := former.get((each.source, each.target, chance.kind))) is not None
    ]
    found.sort(key=lambda shift: (-abs(shift.now - shift.before), shift.source, shift.target or "", shift.kind))
    return [shift for shift in found if shift.now != shift.before][:limit]


def resolve(ledger: Ledger) -> int:
    """Resolve the forecasts whose time is over and whose data sets reach as far, once and for all; how many these were.

    Raises `LedgerError` where the ledger cannot be written.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    query = "FROM forecasts ANTI JOIN resolutions ON resolutions.forecast = forecasts.id SELECT *"
    rows = []
    for ask, several in _grouped(ledger.sql(query)):
        reached = last_day(ledger, DataSets.of(ask.datasets))
        if reached is None or reached < ask.end:
            continue
        for row, (deeds, documents) in zip(several, _counted(ledger, ask, several, by_then=True), strict=True):
            void = documents < _ENOUGH * row["read"] * row["horizon"]
            rows.append({"forecast": row["id"], "resolved": now, "deeds": deeds, "documents": documents, "void": void})
    return ledger.keep("resolutions", rows)


def score(ledger: Ledger) -> Scored:
    """How good the issued forecasts were that are resolved."""
    query = """
        FROM forecasts JOIN resolutions ON resolutions.forecast = forecasts.id
        SELECT forecasts.*, deeds, void ORDER BY forecasts.id
    """
    resolved = [*ledger.sql(query)]
    ((issued,),) = [tuple(row.values()) for row in ledger.sql("SELECT count(*) AS n FROM forecasts")]
    kept = [row for row in resolved if not row["void"]]
    revised: dict[str, int] = {}
    for ask, several in _grouped(kept):
        counts = _counted(ledger, ask, several, by_then=False)
        revised |= {row["id"]: deeds for row, (deeds, _) in zip(several, counts, strict=True)}
    later = [row | {"deeds": revised[row["id"]]} for row in kept]
    beforehand = [row for row in kept if row["issued"].date() <= row["day"]]
    kinds = sorted({row["class"] for row in kept})
    return Scored(
        issued=issued,
        pending=issued - len(resolved),
        void=len(resolved) - len(kept),
        by_kind={kind: _scores([row for row in kept if row["class"] == kind]) for kind in kinds},
        all=_scores(kept) if kept else None,
        beforehand=_scores(beforehand) if beforehand else None,
        revised=_scores(later) if kept else None,
        changed=sum((row["deeds"] > 0) != (revised[row["id"]] > 0) for row in kept),
        reliability=scoring.reliability(
            [row["probability"] for row in kept], [float(row["deeds"] > 0) for row in kept]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked of the ledger once for all forecasts of the same days and data sets."""

    datasets: tuple[str, ...]
    day: date
    horizon: int
    lag: int

    @property
    def end(self) -> date:
        """The day on which they are resolved."""
        return self.day + timedelta(days=self.horizon - 1 + self.lag)


def _grouped(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Ask, list[Mapping[str, Any]]]]:
    groups: dict[_Ask, list[Mapping[str, Any]]] = {}
    for row in rows:
        ask = _Ask(tuple(row["datasets"]), row["day"], row["horizon"], row["lag"])
        groups.setdefault(ask, []).append(row)
    yield from groups.items()


def _counted(
    ledger: Ledger, ask: _Ask, rows: Sequence[Mapping[str, Any]], *, by_then: bool
) -> Iterator[tuple[int, int]]:
    """For each forecast, deeds in its days and documents read, by what was told until its resolution, or until now."""
    datasets = DataSets.of(ask.datasets)
    last = last_day(ledger, datasets) or ask.end
    before = (ask.end if by_then else max(last, ask.end)) + timedelta(days=1)
    deeds = Past(ledger, datasets, before).dealings()
    place = {party: number for number, party in enumerate(deeds.parties)}
    begin, end = ask.day.toordinal(), ask.day.toordinal() + ask.horizon
    inside = (deeds.days >= begin) & (deeds.days < end)
    read = deeds.read[max(0, begin - deeds.first) : max(0, end - deeds.first)].sum()
    for row in rows:
        own = inside & (deeds.sources == place.get(row["source"], -2))
        if row["target"] is not None:
            own = own & (deeds.targets == place.get(row["target"], -2))
        kind = names(row["level"]).index(row["class"])
        yield int((own & (deeds.classes(row["level"]) == kind)).sum()), int(read)


def _scores(rows: Sequence[Mapping[str, Any]]) -> Scores:
    told = np.array([row["probability"] for row in rows])
    happened = np.array([float(row["deeds"] > 0) for row in rows])
    base = np.array([row["base"] for row in rows])
    own, other = scoring.brier(told, happened), scoring.brier(base, happened)
    counted = [row for row in rows if row["expected"] is not None]
    crps = None
    if counted:
        most = 10 + max(int(row["deeds"] + 4 * row["expected"]) for row in counted)
        table = cumulative(
            np.array([row["expected"] for row in counted]), np.array([row["size"] for row in counted]), most
        )
        crps = float(scoring.crps(table, [row["deeds"] for row in counted]).mean())
    return Scores(
        number=len(rows),
        happened=float(happened.mean()),
        brier=float(own.mean()),
        log_score=float(scoring.log_score(told, happened).mean()),
        base_brier=float(other.mean()),
        skill=scoring.skill(own, other) if other.any() else 0.0,
        crps=crps,
    )
