"""What was read, by period: the measure that every count of deeds is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente import days
from detente.days import By
from detente.errors import InputError
from detente.ledger import Ledger
from detente.ledger.formats import TEXTS

_MOST_PERIODS: Final = 2000
"""Periods beyond which a table of them, and change points among them, help nobody."""


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
    first, last = _asked(since, until)
    first, last = first or begun, last or ended
    if first is None or last is None:
        return {}
    return {start: read.get(start, Read(0, 0)) for start in _starts(by, first, last)}


def exposed_in(
    ledger: Ledger, datasets: DataSets, *, since: str | None = None, until: str | None = None
) -> tuple[Read, date, date]:
    """What was read in one time, and its first and last day.

    Without `since` and `until` it is from the month of the first document to the last: news tells of the days before
    it. Raises `ValueError` for a date that is none, and `InputError` where the ledger lacks a data set, and where
    nothing was read.
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
    first, last = _asked(since, until)
    (row,) = ledger.sql(query, {**datasets.values, "from": first, "to": last})
    _need(ledger, datasets, set(row["names"]))
    if row["first"] is None:
        raise InputError(
            ", ".join(datasets.names), "has no document that was published in this time; take a longer one"
        )
    return Read(row["documents"], row["outlets"]), first or days.begin("month", row["first"]), last or row["last"]


def within(by: By) -> str:
    """The period in which the days `first` and `last` both lie, in SQL; NULL where that is none."""
    return f"if(date_trunc('{by}', first) = date_trunc('{by}', last), date_trunc('{by}', first)::DATE, NULL)"


def only_scale(datasets: DataSets, scales: Iterable[str], *, way: str = "ask for one data set") -> str | None:
    """The one scale on which intensities are; None where there are none. Raises `InputError` where there are two."""
    several = sorted(set(scales))
    if len(several) > 1:
        raise InputError(
            " and ".join(datasets.names), f"measured on several scales of intensity ({', '.join(several)}): {way}"
        )
    return several[0] if several else None


def _asked(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and the last day that are asked for. Raises `ValueError` for a date that is none."""
    return (
        date.fromisoformat(days.earliest(since)) if since is not None else None,
        date.fromisoformat(days.latest(until)) if until is not None else None,
    )


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
    start = days.begin(by, first)
    while start <= last:
        starts.append(start)
        if len(starts) > _MOST_PERIODS:
            raise InputError(f"by {by}", f"would be more than {_MOST_PERIODS} periods; take longer ones or less time")
        start = days.following(by, start)
    return starts
