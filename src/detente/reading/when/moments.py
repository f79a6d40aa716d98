"""What day, month or year a date phrase means, seen from an anchor day and with the precision that it has."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

Kind = Literal["date", "weekday", "ago", "span", "window", "unit", "years", "season", "shift"]
Side = Literal["last", "this", "next"]
Part = Literal["earlier", "later", "end"]


@dataclass(frozen=True)
class Moment:
    """One date phrase before it is resolved: what its words say. `kind` tells which fields count."""

    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None
    """Of "years", the last one."""
    weekday: int | None = None
    count: int = 0
    """How many units ago, within or long; of units ago, negative is ahead; of a shift, negative is before."""
    unit: str = "day"
    side: Side | None = None
    part: Part | None = None
    """Which part of a unit: up to now, from now on, its end."""
    exact: str | None = None
    """Of units ago, the finer unit that is so far away: the day in "a year ago today"."""
    of: Moment | None = None
    """The year or week that other words give a month or weekday: "March of the previous year", "Monday last week"."""
    in_tale: Moment | None = None
    """What the same words mean where they tell of the past: "the next year" of a story."""
    hangs: bool = False
    """Of a shift, whether what it is counted from may follow it: "the day before" (the vote on 9 June)."""
    is_point: bool = False
    """Of a window, whether its end alone is meant: "vote in two weeks"; not "leave within two weeks"."""
    feast: bool = False
    """Whether it is a day with a name of its own: "Christmas Day"."""
    through: Moment | None = None
    """Of a range, its other end."""

    @property
    def is_absolute(self) -> bool:
        """Whether the words alone say the date."""
        return self.year is not None or (self.through is not None and self.through.year is not None)

    @property
    def is_told(self) -> bool:
        """Whether it is counted from a date that the text names, not from the day of publication."""
        return self.kind == "shift" or (self.of is not None and self.of.kind == "shift")

    @property
    def is_bare(self) -> bool:
        """Whether it is a mere year or month, which is a date only where the words around it say so."""
        return (
            self.kind == "date"
            and self.day is None
            and self.through is None
            and self.side is None
            and self.of is None
            and ((self.year is None) != (self.month is None))
        )


def resolve(moment: Moment, anchor: date | None, *, ahead: bool) -> str | None:
    """What `moment` means seen from the day `anchor`, in ISO 8601; None where that cannot be known.

    `ahead` says that the deed is still to come: "in June" is then the next June, not the last.
    """
    if moment.through is not None:
        return _range(moment, moment.through, anchor, ahead=ahead)
    if moment.kind == "date" and moment.year is not None:
        return _iso(moment.year, moment.month, moment.day)
    if moment.kind == "years":
        return f"{moment.year}/{moment.last_year}"
    if anchor is None:
        return None
    try:
        return _RELATIVE[moment.kind](moment, anchor, ahead)
    except OverflowError:
        return None


def shifted(moment: Moment, named: str) -> str | None:
    """What `moment` means, counted from the date `named` that the text told before it; no finer than either of both."""
    if moment.of is not None:
        year = shifted(moment.of, named)
        return _in_year(int(year), moment) if year is not None else None
    if "/" in named or len(named) < _LENGTHS[moment.unit]:
        return None
    day = first_day(named)
    try:
        if moment.weekday is not None:
            return _neighbour(day, moment.weekday, moment.count)
        if moment.month is not None:
            later = moment.month > day.month if moment.count > 0 else moment.month < day.month
            return _iso(day.year if later else day.year + moment.count, moment.month)
        return _ago(replace(moment, count=-moment.count), day, moment.count > 0)
    except OverflowError:
        return None


_LENGTHS: Final = {"day": 10, "week": 10, "month": 7, "year": 4, "decade": 4}
"""How many characters of an ISO date a unit needs to be counted from it."""


def _neighbour(day: date, weekday: int, count: int) -> str:
    """The first such weekday after a day, or the last one before it."""
    away = (weekday - day.weekday()) * count % 7 or 7
    return (day + timedelta(away * count)).isoformat()


def first_day(value: str) -> date:
    """The first day of an ISO value."""
    start = value.split("/", 1)[0]
    return date.fromisoformat(start + "-01-01"[len(start) - 4 :] if len(start) < 10 else start)


def last_day(value: str) -> date:
    """The last day of an ISO value."""
    parts = [int(part) for part in value.rsplit("/", 1)[-1].split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])


def _range(first: Moment, second: Moment, anchor: date | None, *, ahead: bool) -> str | None:
    end = resolve(second, anchor, ahead=ahead)
    if end is None or "/" in end:
        return None
    if first.kind == "weekday":
        closing = last_day(end)
        start: str | None = (closing - timedelta((closing.weekday() - (first.weekday or 0)) % 7)).isoformat()
    else:
        if first.year is None and first.month is not None:
            last = last_day(end)
            year = last.year if (first.month, first.day or 1) <= (last.month, last.day) else last.year - 1
            first = replace(first, year=year)
        start = resolve(replace(first, through=None), anchor, ahead=ahead)
    if start is None or first_day(start) > last_day(end):
        return None
    return f"{start}/{end}"


def _yearless(moment: Moment, anchor: date, ahead: bool) -> str | None:
    """A month, or a day of a month, without a year."""
    month, day = moment.month or 1, moment.day
    if moment.of is not None:
        told = _RELATIVE[moment.of.kind](replace(moment.of, part=None), anchor, ahead)
        return _in_year(int(told), moment) if told is not None else None
    now = (anchor.month, anchor.day) if day else (anchor.month,)
    named = (month, day) if day else (month,)
    if moment.side == "this":
        return _in_year(anchor.year, moment)
    if ahead or moment.side == "next":
        year = anchor.year + (named < now or (moment.side == "next" and named == now))
    else:
        year = anchor.year - (named > now or (moment.side == "last" and named == now))
    while day is not None and day > monthrange(year, month)[1]:
        year += 1 if ahead else -1
    return _iso(year, month, day)


def _in_year(year: int, moment: Moment) -> str | None:
    """A month, or a day of a month, in this year; None where it has no such day."""
    month, day = moment.month or 1, moment.day
    return _iso(year, month, day) if day is None or day <= monthrange(year, month)[1] else None


def _weekday(moment: Moment, anchor: date, ahead: bool) -> str:
    if moment.of is not None:
        step = {"last": -1, "next": 1}.get(moment.of.side or "", 0)
        return (anchor + timedelta(7 * step + (moment.weekday or 0) - anchor.weekday())).isoformat()
    since = (anchor.weekday() - (moment.weekday or 0)) % 7
    if moment.side == "last":
        return (anchor - timedelta(since or 7)).isoformat()
    if moment.side == "next" or ahead:
        return (anchor + timedelta((7 - since) if since or moment.side == "next" else 0)).isoformat()
    return (anchor - timedelta(since)).isoformat()


def _ago(moment: Moment, anchor: date, ahead: bool) -> str | None:
    count = moment.count
    if moment.unit == "day":
        if moment.weekday is not None:
            anchor -= timedelta((anchor.weekday() - moment.weekday) % 7)
        return (anchor - timedelta(count)).isoformat()
    if moment.exact is not None:
        return _anniversary(anchor, moment)
    if moment.unit == "week":
        monday = anchor - timedelta(anchor.weekday() + 7 * count)
        return f"{monday}/{monday + timedelta(6)}"
    return _shifted(anchor, moment.unit, -count)


def _anniversary(anchor: date, moment: Moment) -> str | None:
    """The same day or month so many months or years ago; None where that month has no such day."""
    value = _shifted(anchor, moment.unit, -moment.count)
    month = value if len(value) > 4 else f"{value}-{moment.month or anchor.month:02}"
    if moment.exact == "month":
        return month
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{anchor.day:02}" if anchor.day <= monthrange(year, number)[1] else None


def _shifted(anchor: date, unit: str, count: int) -> str:
    """The month or year so many of them away, at that precision."""
    if unit == "decade":
        unit, count = "year", 10 * count
    if unit == "year":
        return _iso(anchor.year + count)
    months = anchor.year * 12 + anchor.month - 1 + count
    return _iso(months // 12, months % 12 + 1)


def _span(moment: Moment, anchor: date, ahead: bool) -> str | None:
    sign = 1 if moment.side == "next" else -1
    if moment.unit in {"hour", "day", "week"}:
        days = {"hour": -(-moment.count // 24), "day": moment.count, "week": 7 * moment.count}[moment.unit]
        ends = [anchor.isoformat(), (anchor + timedelta(sign * days)).isoformat()]
    elif moment.unit == "weekend":
        return None
    elif moment.unit == "month":
        ends = [anchor.isoformat(), _shifted(anchor, "month", sign * moment.count)]
    else:
        ends = [anchor.isoformat(), _shifted(anchor, moment.unit, sign * moment.count)]
    return "/".join(sorted(ends))


def _window(moment: Moment, anchor: date, ahead: bool) -> str | None:
    if not ahead:
        return None
    if moment.is_point:
        return _ago(replace(moment, count=-moment.count), anchor, ahead)
    return _span(replace(moment, side="next"), anchor, ahead)


def _season(moment: Moment, anchor: date, ahead: bool) -> str | None:
    """The year of a season. Winter lies in two, and which of them is not told."""
    month, side = moment.month or 1, moment.side
    begun = anchor.year - (anchor.month < month)
    """The year in which the latest such season began."""
    is_on = (anchor.year - begun) * 12 + anchor.month < month + 3
    if side == "last":
        year = begun - is_on
    elif side == "next" or (ahead and not is_on):
        year = begun + 1
    else:
        year = begun if is_on or side is None else anchor.year
    return f"{year}/{year + 1}" if month == 12 else _iso(year)


def _in_unit(moment: Moment, anchor: date, ahead: bool) -> str | None:
    unit, side = moment.unit, moment.side
    step = {"last": -1, "this": 0, "next": 1, None: 0}[side]
    if unit in {"week", "weekend"}:
        return _week(moment, anchor, ahead, step)
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return f"{first}/{first + 9}"
    value = _shifted(anchor, unit, step)
    if moment.part == "end":
        return f"{value}-12" if unit == "year" else value
    if moment.part == "earlier" and unit == "year":
        return f"{value}-01/{_iso(anchor.year, anchor.month)}" if anchor.month > 1 else _iso(anchor.year, 1)
    if moment.part == "later" and unit == "year":
        return f"{_iso(anchor.year, anchor.month)}/{value}-12" if anchor.month < 12 else _iso(anchor.year, 12)
    return value


def _week(moment: Moment, anchor: date, ahead: bool, step: int) -> str | None:
    monday = anchor - timedelta(anchor.weekday() - 7 * step)
    first, last = monday, monday + timedelta(6)
    if moment.unit == "weekend":
        first = monday + timedelta(5)
        if moment.side in {None, "last"} and not ahead:
            # The weekend that is over or on: on a Sunday it began yesterday.
            saturday = anchor - timedelta((anchor.weekday() - 5) % 7)
            first, last = saturday, saturday + timedelta(1)
    if step == 0 and moment.unit == "week":
        first, last = (anchor, last) if ahead or moment.part == "later" else (monday, anchor)
    return f"{first}/{last}" if first < last else first.isoformat()


_RELATIVE: Final[dict[str, Callable[[Moment, date, bool], str | None]]] = {
    "date": _yearless,
    "weekday": _weekday,
    "ago": _ago,
    "span": _span,
    "window": _window,
    "unit": _in_unit,
    "season": _season,
}
