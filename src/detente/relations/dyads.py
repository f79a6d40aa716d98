"""Relations of two parties, or of a group, over time: what was done, how hostile or friendly, by whom, since when.

Only deeds told as facts count; what is alleged stands beside them, and nothing else that was said of deeds has any part
in it. Every period carries what was read in it. A relation is of one data set and of one scale of intensity, unless it
is told otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, get_args

from detente.days import By
from detente.errors import InputError
from detente.ledger import Ledger
from detente.records import Quad
from detente.relations.exposure import DataSets, Read, exposed, only_scale, within
from detente.relations.parties import Group


@dataclass(frozen=True, slots=True)
class Chosen:
    """The happenings between two sides, or with `second` None among the members of a group.

    `query` gives them with `values`, each once: what two ministers of a state did is one deed. A party's deeds are
    those of whoever acts for it at that date; `society` adds those who belong to a state and act for none. `datasets`
    are those to be summed.
    """

    first: Group
    second: Group | None
    society: bool
    datasets: DataSets
    query: str
    values: Mapping[str, Any]

    @classmethod
    def of(
        cls, first: Group, second: Group | None = None, *, society: bool = False, datasets: Sequence[str] = ()
    ) -> Chosen:
        """Raises `InputError` where the sides have a party in common, or there is only one party."""
        if second is not None and (both := set(first.parties) & set(second.parties)):
            raise InputError(f"{first.name} and {second.name}", f"have {min(both)} in common; name each party once")
        if second is None and len(first.parties) < 2:
            raise InputError(first.name, "is one party; name the other one, or several with commas between")
        values: dict[str, Any] = {f"first{n}": party for n, party in enumerate(first.parties)}
        values |= {f"second{n}": party for n, party in enumerate(second.parties if second else ())}
        sets = DataSets.of(datasets)

        def on(role: str, side: str) -> str:
            ids = ", ".join(f"${name}" for name in values if name.startswith(side))
            party = f"{role}_party IN ({ids})"
            # Who is of a country and acts for no state.
            belongs = f"{role}_country IN ({ids}) AND NOT regexp_full_match({role}_party, '[A-Z]{{3}}')"
            return f"({party} OR ({belongs}))" if society else party

        if second is None:
            forth, back = (
                f"{on('source', 'first')} AND {on('target', 'first')} AND source_party <> target_party",
                "false",
            )
        else:
            forth = f"{on('source', 'first')} AND {on('target', 'second')}"
            back = f"{on('source', 'second')} AND {on('target', 'first')}"
        query = f"""
            SELECT
                document,
                event,
                any_value(first) AS first,
                any_value(last) AS last,
                any_value(dated) AS dated,
                any_value(status) AS status,
                any_value({{'source': source_party, 'target': target_party}}) AS parties,
                any_value(type) AS type,
                any_value(mode) AS mode,
                any_value(quad) AS quad,
                any_value(intensity) AS intensity,
                any_value(intensity_scale) AS scale,
                any_value(evidence) AS evidence,
                bool_or({forth}) AS forth,
                bool_or({back}) AS back
            FROM {sets.deeds}
            WHERE counts AND (({forth}) OR ({back})) AND ({sets.condition})
            GROUP BY document, event
        """  # noqa: S608
        return cls(first, second, society, sets, query, {**values, **sets.values})


@dataclass(frozen=True, slots=True)
class Period:
    """What was done in a period. Where no document was read in it, `deeds` 0 does not say that nothing was done."""

    start: date
    documents: int
    outlets: int
    deeds: int
    """Happenings told as facts; of these `forth` by the first party, `back` by the second, `together` by both."""
    forth: int
    back: int
    together: int
    quads: Mapping[Quad, int]
    alleged: int
    """Happenings that are only alleged; none of the other numbers counts them."""

    @property
    def per_thousand(self) -> float | None:
        """Deeds per 1,000 documents; None where nothing was read."""
        return 1000 * self.deeds / self.documents if self.documents else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Happenings told as facts that no period has, and why."""

    vague: int
    """Dated less precisely than a period."""
    undated: int
    """Without any date, in texts without one."""
    outside: int
    """Before or after what was asked, or before or after everything that was read."""


@dataclass(frozen=True, slots=True)
class History:
    """The deeds of a relation in periods; `intensities[n]` are those of period n with their number, on `scale`."""

    chosen: Chosen
    by: By
    scale: str | None
    periods: tuple[Period, ...]
    intensities: tuple[Mapping[float, int], ...]
    forth: tuple[Mapping[float, int], ...]
    back: tuple[Mapping[float, int], ...]
    by_publication: int
    """Of the deeds counted, how many stand under the day of publication, as their text does not date them."""
    left_out: LeftOut


def history(
    ledger: Ledger,
    chosen: Chosen,
    *,
    by: By = "month",
    since: str | None = None,
    until: str | None = None,
    mixed_scales: bool = False,
) -> History:
    """What was done between two sides, by period; without `since` and `until` those in which anything was read.

    Raises `ValueError` for a date that is none, and `InputError` where the ledger lacks a data set, two scales of
    intensity would be averaged (unless `mixed_scales`), and for more than two thousand periods.
    """
    read = exposed(ledger, chosen.datasets, by, since=since, until=until)
    told, alleged = _told(ledger, by, chosen)
    inside = {start: told.get(start, []) for start in read}
    counted = [row for rows in inside.values() for row in rows]
    elsewhere = [row for start, rows in told.items() if start is not None and start not in read for row in rows]
    return History(
        chosen=chosen,
        by=by,
        scale=_scale(counted, chosen.datasets, mixed=mixed_scales),
        periods=tuple(
            _period(start, read[start], rows, _sum(alleged.get(start, ()))) for start, rows in inside.items()
        ),
        intensities=tuple(_spread(rows) for rows in inside.values()),
        forth=tuple(_spread(row for row in rows if row["forth"]) for rows in inside.values()),
        back=tuple(_spread(row for row in rows if row["back"]) for rows in inside.values()),
        by_publication=_sum(row for row in counted if not row["dated"]),
        left_out=LeftOut(
            vague=_sum(row for row in told.get(None, ()) if not row["undated"]),
            undated=_sum(row for row in told.get(None, ()) if row["undated"]),
            outside=_sum(elsewhere),
        ),
    )


_Row = Mapping[str, Any]


def _told(
    ledger: Ledger, by: By, chosen: Chosen
) -> tuple[dict[date | None, list[_Row]], dict[date | None, list[_Row]]]:
    """What was told as a fact, and what was alleged, by period; None for what cannot be put in one."""
    query = f"""
        SELECT
            {within(by)} AS period,
            first IS NULL AS undated, status, type, quad, intensity, scale, forth, back, dated, count(*) AS n
        FROM ({chosen.query}) GROUP BY ALL
    """  # noqa: S608
    told: dict[date | None, list[_Row]] = defaultdict(list)
    alleged: dict[date | None, list[_Row]] = defaultdict(list)
    for row in ledger.sql(query, chosen.values):
        (told if row["status"] == "actual" else alleged)[row["period"]].append(row)
    return told, alleged


def _period(start: date, read: Read, rows: Sequence[_Row], alleged: int) -> Period:
    return Period(
        start=start,
        documents=read.documents,
        outlets=read.outlets,
        deeds=_sum(rows),
        forth=_sum(row for row in rows if row["forth"] and not row["back"]),
        back=_sum(row for row in rows if row["back"] and not row["forth"]),
        together=_sum(row for row in rows if row["forth"] and row["back"]),
        quads=MappingProxyType({quad: _sum(row for row in rows if row["quad"] == quad) for quad in get_args(Quad)}),
        alleged=alleged,
    )


def _scale(rows: Iterable[_Row], datasets: DataSets, *, mixed: bool) -> str | None:
    """The scale of all intensities. Raises `InputError` where there are two and they are not to be mixed."""
    scales = sorted({row["scale"] for row in rows})
    if mixed:
        return " and ".join(scales) or None
    way = "ask for one data set, or average them all the same with --mixed-scales"
    return only_scale(datasets, scales, way=way)


def _spread(rows: Iterable[_Row]) -> Mapping[float, int]:
    found: Counter[float] = Counter()
    for row in rows:
        # Data sets have deeds without one.
        if row["intensity"] is not None:
            found[row["intensity"]] += row["n"]
    return MappingProxyType(dict(sorted(found.items())))


def _sum(rows: Iterable[_Row]) -> int:
    return sum(row["n"] for row in rows)
