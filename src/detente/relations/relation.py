"""The relation of two sides: how warm, since when, where it tends, what turned it, and who moves first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente import days
from detente.days import By
from detente.ledger import Ledger
from detente.records import EventType, Quad
from detente.relations import dyads, trends
from detente.relations.dyads import Chosen, History
from detente.relations.exposure import within
from detente.relations.responses import Responses, responses
from detente.relations.trends import Break, Interval, Trend

_AFTER: Final = 3
"""Periods after a change in which the deeds that drove it are looked for."""

_SENTENCES: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A new regime begins with the period `at`.

    `of` is the mean intensity (`tone`) or the number of deeds (`volume`, per 1,000 documents read). A change of volume
    `by_exposure` says that more or fewer documents were read and nothing of the world; `before` and `after` are then
    deeds per period. `p` bounds the chance that a series without changes shows one as clear.
    """

    at: date
    of: Literal["tone", "volume"]
    before: float
    after: float
    p: float
    by_exposure: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed told as a fact, with the sentence that tells it; `id` is its event's DOCUMENT/ID.

    Of an imported deed, DATASET/ID, `evidence` is what the data set tells of it, or the code that it has there. Where
    PLOVER has no type for it `type` is None, and `quad` and `intensity` may be.
    """

    id: str
    first: date
    last: date
    dated: bool
    source: str
    target: str
    forth: bool
    """Whether the first side did it, perhaps with the second."""
    type: EventType | None
    mode: str | None
    quad: Quad | None
    intensity: float | None
    evidence: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """What is known of a relation. Numbers with an interval are means of intensities on `history.scale`."""

    history: History
    tones: tuple[Interval, ...]
    """The mean intensity of each period."""
    tone: Interval
    forth: Interval
    back: Interval
    trend: Trend | None
    """What the tone gains per period."""
    changes: tuple[Change, ...]
    """In the order of time."""
    response: Responses | None
    """Who reacts to whom; None for a group, which has no two sides."""
    drivers: tuple[Deed, ...]
    """What speaks most for the last change that exposure does not explain."""


def relation(
    ledger: Ledger,
    chosen: Chosen,
    *,
    by: By = "month",
    since: str | None = None,
    until: str | None = None,
    mixed_scales: bool = False,
) -> Relation:
    """What is known of the relation of two sides; arguments and errors are those of `dyads.history`."""
    with ledger.at_once():
        past = dyads.history(ledger, chosen, by=by, since=since, until=until, mixed_scales=mixed_scales)
        moments = _moments(past.intensities)
        changes = _changes(past, moments)
        drivers = _drivers(ledger, past, changes)
    return Relation(
        history=past,
        tones=tuple(trends.mean_interval(_values(spread)) for spread in past.intensities),
        tone=trends.mean_interval(_values(_together(past.intensities))),
        forth=trends.mean_interval(_values(_together(past.forth))),
        back=trends.mean_interval(_values(_together(past.back))),
        trend=_trend(moments),
        changes=changes,
        response=None if chosen.second is None else _response(past),
        drivers=drivers,
    )


def _changes(past: History, moments: _Moments) -> tuple[Change, ...]:
    read = [period.documents for period in past.periods]
    changes = [_change(past, "tone", cut) for cut in trends.tone_breaks(*moments)]
    changes += [_change(past, "volume", cut) for cut in trends.volume_breaks(moments.counts, read)]
    return tuple(sorted(changes, key=lambda change: (change.at, change.of)))


def _change(past: History, of: Literal["tone", "volume"], cut: Break) -> Change:
    # Of volume it is deeds per document that change, unless it is the documents that do.
    unit = 1000 if of == "volume" and not cut.by_exposure else 1
    return Change(past.periods[cut.at].start, of, unit * cut.before, unit * cut.after, cut.p, cut.by_exposure)


def _trend(moments: _Moments) -> Trend | None:
    return trends.trend(moments.means, trends.precisions(*moments))


def _response(past: History) -> Responses | None:
    """Who reacts to whom, by the sums of the intensities of what each side does."""
    forth, back = ([sum(of * n for of, n in spread.items()) for spread in side] for side in (past.forth, past.back))
    return responses(forth, back, exposure=[period.documents for period in past.periods])


def deeds(ledger: Ledger, past: History) -> Iterator[Deed]:
    """The deeds that are counted in the periods of a history, in the order of time."""
    if not past.periods:
        return iter(())
    last = days.end(past.by, past.periods[-1].start)
    where = f"{within(past.by)} IS NOT NULL AND first >= $from AND last <= $to"
    return _deeds(ledger, past, where, {"from": past.periods[0].start, "to": last}, order="first, document, event")


def _drivers(ledger: Ledger, past: History, changes: Sequence[Change]) -> tuple[Deed, ...]:
    """The deeds that speak most for the last change that exposure does not explain, of its first periods."""
    last = next((change for change in reversed(changes) if not change.by_exposure), None)
    if last is None:
        return ()
    ends = [period.start for period in past.periods if period.start > last.at][_AFTER - 1 :]
    ends += [change.at for change in changes if change.at > last.at]
    where = "first >= $from"
    values: dict[str, Any] = {"from": last.at}
    if ends:
        where += " AND last < $to"
        values["to"] = min(ends)
    # How far a deed lies from what was usual, on the side to which the tone turned; of volume, how strong it is.
    turned = "abs(intensity)"
    if last.of == "tone":
        turned = "(intensity - $before)" if last.after > last.before else "($before - intensity)"
        where += f" AND {turned} > 0"
        values["before"] = last.before
    order = f"{turned} DESC, first, document, event"
    return tuple(_deeds(ledger, past, where, values, order=order, limit=_SENTENCES))


def _deeds(
    ledger: Ledger, past: History, where: str, values: Mapping[str, Any], *, order: str, limit: int | None = None
) -> Iterator[Deed]:
    query = f"""
        WITH found AS (
            SELECT *, row_number() OVER (ORDER BY {order}) AS place
            FROM ({past.chosen.query}) WHERE status = 'actual' AND {where}
            ORDER BY place LIMIT $limit
        )
        SELECT
            document || '/' || event AS id,
            first,
            last,
            dated,
            parties.source AS source,
            parties.target AS target,
            forth,
            type,
            mode,
            quad,
            intensity,
            coalesce(
                substr(text, evidence.start + 1, evidence."end" - evidence.start), imported.told, imported.code, ''
            ) AS evidence,
            coalesce(documents.source, imported.publisher) AS outlet
        FROM found
        LEFT JOIN documents ON documents.id = document
        LEFT JOIN (SELECT dataset, id, told, code, publisher FROM imported) AS imported
            ON imported.dataset = document AND imported.id = event
        ORDER BY place
    """  # noqa: S608
    return (Deed(**row) for row in ledger.sql(query, {**past.chosen.values, **values, "limit": limit}))


class _Moments(NamedTuple):
    """Numbers, means and variances of the intensities of each period; NaN where there are none."""

    counts: list[int]
    means: list[float]
    variances: list[float]


def _moments(spreads: Sequence[Mapping[float, int]]) -> _Moments:
    values = [_values(spread) for spread in spreads]
    return _Moments(
        [len(some) for some in values],
        [float(np.mean(some)) if len(some) else np.nan for some in values],
        [float(np.var(some)) if len(some) else np.nan for some in values],
    )


def _values(spread: Mapping[float, int]) -> NDArray[np.float64]:
    return np.repeat(np.array([*spread.keys()], dtype=float), [*spread.values()])


def _together(spreads: Sequence[Mapping[float, int]]) -> Mapping[float, int]:
    every: Counter[float] = Counter()
    for spread in spreads:
        every.update(spread)
    return every
