"""Partial dates and intervals as the days that they may mean, and the periods in which days lie."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

By = Literal["day", "week", "month", "quarter", "year"]
"""The length of a period."""

_LONGEST: Final[Mapping[By, timedelta]] = MappingProxyType(
    {
        "day": timedelta(days=1),
        "week": timedelta(days=7),
        "month": timedelta(days=31),
        "quarter": timedelta(days=92),
        "year": timedelta(days=366),
    }
)

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def checked(partial: str) -> str:
    """`partial` itself. Raises `ValueError` where it is no date such as 2024, 2024-06 or 2024-06-14."""
    _parts(partial)
    return partial


@lru_cache(maxsize=20_000)
def earliest(when: str) -> str:
    """The first day that a date or an interval may mean, as ISO 8601. Raises `ValueError` where it is no date."""
    year, month, day = _parts(when.partition("/")[0])
    return date(year, month or 1, day or 1).isoformat()


@lru_cache(maxsize=20_000)
def latest(when: str) -> str:
    """The last day that a date or an interval may mean, as ISO 8601. Raises `ValueError` where it is no date."""
    begun, _, ended = when.partition("/")
    year, month, day = _parts(ended or begun)
    return date(year, month or 12, day or monthrange(year, month or 12)[1]).isoformat()


def overlap(one: str, other: str) -> bool:
    """Whether two dates or intervals may mean the same day."""
    return earliest(one) <= latest(other) and earliest(other) <= latest(one)


def between(one: str, other: str) -> int:
    """Days from the last one that `one` may mean to the first one that `other` may mean."""
    return (date.fromisoformat(earliest(other)) - date.fromisoformat(latest(one))).days


def begin(by: By, day: date) -> date:
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


def following(by: By, start: date) -> date:
    """The first day of the period after that which begins on `start`."""
    # As far on as the longest period is: within the next one.
    return begin(by, start + _LONGEST[by])


def end(by: By, start: date) -> date:
    """The last day of the period that begins on `start`."""
    return following(by, start) - timedelta(days=1)


def _parts(when: str) -> tuple[int, int, int]:
    found = _DAY.fullmatch(when)
    try:
        if found is None:
            raise ValueError
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise ValueError(f"{when!r} is no date; write it like 2024, 2024-06 or 2024-06-14") from None
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)
