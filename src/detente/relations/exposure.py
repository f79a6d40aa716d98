"""What was read, by period: the measure that every count of deeds is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

from detente import days
from detente.errors import InputError
from detente.ledger import Ledger
from detente.ledger.formats import TEXTS

By = Literal["day", "week", "month", "quarter", "year"]

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
class DataSets:
    """Data sets that are to be summed, as a condition on a table with a column `dataset`, with `values`."""

    names: tuple[str, ...]
    condition: str
    values: Mapping[str, str]

    @property
    def deeds(self) -> str:
        """Where their deeds are: of texts in a table alone, which DuckDB looks at sooner than at the view of all."""
        return "told_deeds" if self.names == (TEXTS,) else "deeds"

    @classmethod
    def of(cls, names: Sequence[str]) -> DataSets:
        """Without any name it is the texts that were read."""
        asked = tuple(dict.fromkeys(names)) or (TEXTS,)
        values = {f"set{number}": name for number, name in enumerate(asked) if name != TEXTS}
        either = (["dataset IS NULL"] if TEXTS in asked else []) + [f"dataset = ${name}" for name in values]
        return cls(asked, f"({' OR '.join(either)})", values)


@dataclass(frozen=True, slots=True)
class Read:
    """How many documents were read, and from how many outlets, of those that name theirs."""

    documents: int
    outlets: int


def exposed(
    ledger: Ledger, datasets: DataSets, by: By, *, since: str | None = None, until: str | None = None
) -> dict[date, Read]:
    """What was read in every period, by its first day, from that of `since` to that of `until`.

    Without them it is from the first to the last in which anything was read. Raises `ValueError` for a date that is
    none, and `InputError` where the ledger lacks a data set and for more than two thousand periods.
    """
    query = f"""
        SELECT
            {within(by)} AS start,
            min(first) AS first,
            max(last) AS last,
            sum(documents)::BIGINT AS documents,
            count(DISTINCT outlet) AS outlets,
            list(DISTINCT coalesce(dataset, '{TEXTS}')) AS names
        FROM exposure WHERE {datasets.condition} GROUP BY ALL
    """  # noqa: S608
    rows = [*ledger.sql(query, datasets.values)]
    _need(ledger, datasets, {name for row in rows for name in row["names"]})
    read = {row["start"]: Read(row["documents"], row["outlets"]) for row in rows}
    begun = min((row["first"] for row in rows if row["first"] is not None), default=None)
    ended = max((row["last"] for row in rows if row["last"] is not None), default=None)
    first = date.fromisoformat(days.earliest(since)) if since is not None else begun
    last = date.fromisoformat(days.latest(until)) if until is not None else ended
    if first is None or last is None:
        return {}
    return {start: read.get(start, Read(0, 0)) for start in _starts(by, first, last)}


def exposed_in(ledger: Ledger, datasets: DataSets, first: date | None, last: date | None) -> tuple[Read, date, date]:
    """What was read from one day to another, and these days. Raises `InputError` where nothing was.

    Without days it is from the month of the first document to the last: news tells of the days before it.
    """
    query = f"""
        SELECT
            min(first) AS first,
            max(last) AS last,
            coalesce(sum(documents), 0)::BIGINT AS documents,
            count(DISTINCT outlet) AS outlets,
            coalesce(list(DISTINCT coalesce(dataset, '{TEXTS}')), []) AS names
        FROM exposure
        WHERE {datasets.condition}
            AND ($from::DATE IS NULL OR first >= $from::DATE) AND ($to::DATE IS NULL OR last <= $to::DATE)
    """  # noqa: S608
    (row,) = ledger.sql(query, {**datasets.values, "from": first, "to": last})
    if row["first"] is None:
        _need(ledger, datasets, set())
        raise InputError(
            ", ".join(datasets.names), "has no document that was published in this time; take a longer one"
        )
    return Read(row["documents"], row["outlets"]), first or _start("month", row["first"]), last or row["last"]


def within(by: By) -> str:
    """The period in which the days `first` and `last` both lie, in SQL; NULL where that is none."""
    return f"if(date_trunc('{by}', first) = date_trunc('{by}', last), date_trunc('{by}', first)::DATE, NULL)"


def _need(ledger: Ledger, datasets: DataSets, found: set[str]) -> None:
    """Raise `InputError` for a data set that the ledger lacks; texts may be missing where nothing was read yet."""
    if found >= set(datasets.names):
        return
    query = f"SELECT DISTINCT coalesce(dataset, '{TEXTS}') AS name FROM exposure"  # noqa: S608
    held = sorted(row["name"] for row in ledger.sql(query))
    for name in datasets.names:
        if held and name not in held:
            raise InputError(name, f"is no data set of this ledger, which holds {', '.join(held)}")


def _starts(by: By, first: date, last: date) -> list[date]:
    """The first days of the periods from that of `first` to that of `last`."""
    starts = []
    start = _start(by, first)
    while start <= last:
        starts.append(start)
        if len(starts) > _MOST_PERIODS:
            raise InputError(f"by {by}", f"would be more than {_MOST_PERIODS} periods; take longer ones or less time")
        start = _next(by, start)
    return starts


def last_day(by: By, start: date) -> date:
    """The last day of the period that begins on `start`."""
    return _next(by, start) - timedelta(days=1)


def _next(by: By, start: date) -> date:
    """The first day of the period after that which begins on `start`."""
    # As far on as the longest period is: within the next one.
    return _start(by, start + _LONGEST[by])


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
