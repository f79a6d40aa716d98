"""Relations of two parties, or of a group, over time: what was done, how hostile or friendly, by whom, since when.

Only deeds told as facts count; what is alleged stands beside them, and nothing else that was said of deeds has any part
in it. Every period carries what was read in it. A relation is of one data set and of one scale of intensity, unless it
is told otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from detente import days
from detente.errors import InputError
from detente.ledger import Ledger
from detente.records import Quad
from detente.relations.parties import Group

By = Literal["day", "week", "month", "quarter", "year"]

TEXTS: Final = "texts"
"""How the texts that were read are called among data sets, which are called by their own names."""

_MOST_PERIODS: Final = 2000
"""Periods beyond which a table of them, and change points among them, help nobody."""

_LONGEST: Final[Mapping[By, timedelta]] = MappingProxyType(
    {
        "day": timedelta(days=1),
        "week": timedelta(days=7),
        "month": timedelta(days=31),
        "quarter": timedelta(days=92),
        "year": timedelta(days=366),
    }
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The happenings between two sides, or with `second` None among the members of a group.

    `query` gives them with `values`, each once: what two ministers of a state did is one deed. A party's deeds are
    those of whoever acts for it at that date; `society` adds those who belong to a state and act for none. `datasets`
    are those to be summed, of which `of_datasets` is the condition; without any, it is the texts that were read.
    """

    first: Group
    second: Group | None
    society: bool
    datasets: tuple[str, ...]
    of_datasets: str
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
        sets = tuple(dict.fromkeys(datasets)) or (TEXTS,)
        values: dict[str, Any] = {f"set{n}": name for n, name in enumerate(sets) if name != TEXTS}
        values |= {f"first{n}": party for n, party in enumerate(first.parties)}
        values |= {f"second{n}": party for n, party in enumerate(second.parties if second else ())}
        asked = [f"dataset = ${name}" for name in values if name.startswith("set")]
        of_datasets = " OR ".join((["dataset IS NULL"] if TEXTS in sets else []) + asked)

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
            FROM deeds
            WHERE counts AND (({forth}) OR ({back})) AND ({of_datasets})
            GROUP BY document, event
        """  # noqa: S608
        return cls(first, second, society, sets, of_datasets, query, values)


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
    read = _exposure(ledger, by, chosen, since, until)
    told, alleged = _told(ledger, by, chosen)
    inside = {start: told.get(start, []) for start in read}
    counted = [row for rows in inside.values() for row in rows]
    elsewhere = [row for start, rows in told.items() if start is not None and start not in read for row in rows]
    return History(
        chosen=chosen,
        by=by,
        scale=_scale(counted, chosen.datasets, mixed=mixed_scales),
        periods=tuple(
            _period(start, *read[start], rows, _sum(alleged.get(start, ()))) for start, rows in inside.items()
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


def _exposure(
    ledger: Ledger, by: By, chosen: Chosen, since: str | None, until: str | None
) -> dict[date, tuple[int, int]]:
    """For every period from `since` to `until`, by its first day, how many documents were read from how many outlets.

    Without them it is the time in which anything was read. Raises `InputError` where the ledger lacks a data set.
    """
    query = f"""
        SELECT
            {_within(by)} AS start,
            min(first) AS first,
            max(last) AS last,
            sum(documents)::BIGINT AS documents,
            count(DISTINCT outlet) AS outlets
        FROM exposure WHERE {chosen.of_datasets} GROUP BY ALL
    """  # noqa: S608
    rows = [*ledger.sql(query, {name: value for name, value in chosen.values.items() if f"${name}" in query})]
    if not rows:
        _need_datasets(ledger, chosen.datasets)
    begun = [row["first"] for row in rows if row["first"] is not None]
    ended = [row["last"] for row in rows if row["last"] is not None]
    first = date.fromisoformat(days.earliest(since)) if since is not None else min(begun, default=None)
    last = date.fromisoformat(days.latest(until)) if until is not None else max(ended, default=None)
    read = {row["start"]: (row["documents"], row["outlets"]) for row in rows}
    if first is None or last is None:
        return {}
    return {start: read.get(start, (0, 0)) for start in _starts(by, first, last)}


def _need_datasets(ledger: Ledger, asked: Sequence[str]) -> None:
    """Raise `InputError` for a data set that the ledger lacks; texts may be missing where nothing was read yet."""
    names = {row["name"] for row in ledger.sql(f"SELECT DISTINCT coalesce(dataset, '{TEXTS}') AS name FROM exposure")}  # noqa: S608
    for name in asked:
        if names and name not in names:
            raise InputError(name, f"is no data set of this ledger, which holds {', '.join(sorted(names))}")


def _starts(by: By, first: date, last: date) -> list[date]:
    """The first days of the periods from that of `first` to that of `last`."""
    starts = []
    start = _start(by, first)
    while start <= last:
        starts.append(start)
        if len(starts) > _MOST_PERIODS:
            raise InputError(f"by {by}", f"would be more than {_MOST_PERIODS} periods; take longer ones or less time")
        # At least the longest period on, and less than two of the shortest.
        start = _start(by, start + _LONGEST[by])
    return starts


def _start(by: By, day: date) -> date:
    """The first day of the period in which a day lies, as DuckDB's date_trunc has it."""
    match by:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)


def _within(by: By) -> str:
    """The period in which two days both lie, in SQL; NULL where that is none."""
    return f"if(date_trunc('{by}', first) = date_trunc('{by}', last), date_trunc('{by}', first)::DATE, NULL)"


_Row = Mapping[str, Any]


def _told(
    ledger: Ledger, by: By, chosen: Chosen
) -> tuple[dict[date | None, list[_Row]], dict[date | None, list[_Row]]]:
    """What was told as a fact, and what was alleged, by period; None for what cannot be put in one."""
    query = f"""
        SELECT
            {_within(by)} AS period,
            first IS NULL AS undated, status, type, quad, intensity, scale, forth, back, dated, count(*) AS n
        FROM ({chosen.query}) GROUP BY ALL
    """  # noqa: S608
    told: dict[date | None, list[_Row]] = defaultdict(list)
    alleged: dict[date | None, list[_Row]] = defaultdict(list)
    for row in ledger.sql(query, chosen.values):
        (told if row["status"] == "actual" else alleged)[row["period"]].append(row)
    return told, alleged


def _period(start: date, documents: int, outlets: int, rows: Sequence[_Row], alleged: int) -> Period:
    return Period(
        start=start,
        documents=documents,
        outlets=outlets,
        deeds=_sum(rows),
        forth=_sum(row for row in rows if row["forth"] and not row["back"]),
        back=_sum(row for row in rows if row["back"] and not row["forth"]),
        together=_sum(row for row in rows if row["forth"] and row["back"]),
        quads=MappingProxyType({quad: _sum(row for row in rows if row["quad"] == quad) for quad in get_args(Quad)}),
        alleged=alleged,
    )


def _scale(rows: Iterable[_Row], datasets: Sequence[str], *, mixed: bool) -> str | None:
    """The scale of all intensities. Raises `InputError` where there are two and they are not to be mixed."""
    scales = sorted({row["scale"] for row in rows})
    if len(scales) > 1 and not mixed:
        several = ", ".join(scales)
        raise InputError(
            " and ".join(datasets),
            f"measured on several scales of intensity ({several}): ask for one data set, or average them all the same "
            "with --mixed-scales",
        )
    return " and ".join(scales) or None


def _spread(rows: Iterable[_Row]) -> Mapping[float, int]:
    found: Counter[float] = Counter()
    for row in rows:
        found[row["intensity"]] += row["n"]
    return MappingProxyType(dict(sorted(found.items())))


def _sum(rows: Iterable[_Row]) -> int:
    return sum(row["n"] for row in rows)
