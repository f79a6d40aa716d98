"""The grammar of date phrases: where they stand in a text, and what their words say.

A grammar of its own and no library: dateutil and dateparser read a phrase that somebody has cut out already, into a
whole timestamp ("June" becomes a day of June); here phrases are found in running text and keep the precision that they
have. One regular expression passes once over an article, in about three milliseconds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from detente.language.grammar import MONTHS
from detente.reading.when.moments import Kind, Moment, Part, Side

_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_SMALL: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS: Final = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_NUMBERS: Final = (
    {word: number for number, word in enumerate(_SMALL)}
    | _TENS
    | {f"{ten}-{word}": tens + n for ten, tens in _TENS.items() for n, word in enumerate(_SMALL[1:10], 1)}
    | {"a": 1, "an": 1}
)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season begins, north of the equator."""

_FEASTS: Final = {
    "New Year's Day": (1, 1),
    "Valentine's Day": (2, 14),
    "International Women's Day": (3, 8),
    "St Patrick's Day": (3, 17),
    "April Fool's Day": (4, 1),
    "Anzac Day": (4, 25),
    "May Day": (5, 1),
    "Juneteenth": (6, 19),
    "Canada Day": (7, 1),
    "Fourth of July": (7, 4),
    "July Fourth": (7, 4),
    "Bastille Day": (7, 14),
    "Assumption Day": (8, 15),
    "Halloween": (10, 31),
    "All Saints' Day": (11, 1),
    "All Souls' Day": (11, 2),
    "Guy Fawkes Night": (11, 5),
    "Armistice Day": (11, 11),
    "Remembrance Day": (11, 11),
    "Veterans Day": (11, 11),
    "World AIDS Day": (12, 1),
    "Human Rights Day": (12, 10),
    "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25),
    "Boxing Day": (12, 26),
    "St Stephen's Day": (12, 26),
    "New Year's Eve": (12, 31),
}
"""Days with a name that are the same each year, and everywhere where they have that name."""

_SIDES: Final[dict[str | None, Side]] = {
    "last": "last",
    "past": "last",
    "this": "this",
    "the": "this",
    "current": "this",
    "next": "next",
    "coming": "next",
}
_PARTS: Final[dict[str | None, Part]] = {"earlier": "earlier", "later": "later", "end": "end", "close": "end"}
_STEPS: Final = {"previous": -1, "preceding": -1, "before": -1, "earlier": -1, "previously": -1, "same": 0, "that": 0}
"""Where words lead from the date named before them; all others lead to the next."""

_DAYTIMES: Final = frozenset("night morning afternoon evening".split())

_MONTH: Final = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAY: Final = rf"(?:{'|'.join(_WEEKDAYS)})"
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d|th\b|-year|-strong)"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
_TEN: Final = "|".join(_TENS)
_NUMBER: Final = rf"(?i:\d{{1,3}}|(?:{_TEN})(?:-(?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(_SMALL)}|an?)"
_DASH: Final = r"[ ]?[-–—][ ]?"
_SEASON: Final = r"(?i:spring|summer|autumn|fall|winter)"
_DAYTIME: Final = r"(?:night|morning|afternoon|evening)"
_HEDGE: Final = r"(?:(?i:mid|early|late)[ -])?"
_FEAST: Final = "|".join(sorted(_FEASTS)).replace("'", "['’]").replace(" ", "[ ]").replace("St[ ]", r"St\.?[ ]")
_VAGUE: Final = rf"[ ]or[ ](?:so|more|less|{_NUMBER})\b"
_ENDS: Final = rf"\b(?![-\w])(?![ ](?:of|than)\b|{_VAGUE})"
"""What may not follow a length of time: "the last week of May", "a day or two", "a year later than planned"."""

_OPENING: Final = rf"""(?=[\dA-Z]|(?:th(?:e|at|is)|last|past|next|coming|current|within|in|earl(?:y|ier)|later?|mid|end
    |close|beginning|start|middle|year|day|week|month|night|eve|yesterday|to(?:day|night|morrow)|{_SEASON}|{_NUMBER})\b)"""
"""How a phrase may begin: most words of a text are none of these, and the rest of the grammar need not look at them."""

_PHRASE: Final = re.compile(
    rf"""(?<![\w$€£/.,-]){_OPENING}(?:
      (?P<iso>\d{{4}}(?P<iso_sep>[-/.])\d\d(?P=iso_sep)\d\d(?![\d/-]|\.\d))
    | (?P<numeric>(?P<numeric_1>\d\d?)(?P<numeric_sep>[-/.])(?P<numeric_2>\d\d?)(?P=numeric_sep)(?P<numeric_y>{_YEAR})
        (?![/-]))
    | (?P<ago>(?P<ago_n>{_NUMBER})[ ](?P<ago_unit>day|week|fortnight|month|year|decade)s?[ ]ago\b
        (?:[ ](?P<ago_on>today|yesterday|(?:on[ ])?{_WEEKDAY}\b|this[ ](?:week|month|{_MONTH})\b))?)
    | (?P<fromnow>(?P<fromnow_n>{_NUMBER})[ ](?P<fromnow_unit>day|week|fortnight|month|year|decade)
        (?:s?[ ]from[ ](?:now|today)\b|s?[ ]hence\b|s?['’]s?[ ]time\b))
    | (?P<beyond>(?i:the[ ])?(?P<beyond_unit>night|week|month|year)[ ](?P<beyond_way>before[ ]last|after[ ]next)\b)
    | (?P<eve>(?i:the[ ])?eve[ ]of\b)
    | (?P<later>(?P<later_n>{_NUMBER})[ ](?P<later_unit>day|week|fortnight|month|year|decade)s?[ ]
        (?:(?P<later_way>earlier|previously|later|afterwards?)|(?P<later_hangs>before|after)(?:[ ](?:that|this)\b)?)
        {_ENDS}(?![ ](?:this|that|last|next|in[ ]the)[ ](?:day|week|month|year)\b))
    | (?P<daynext>(?i:the)[ ](?P<daynext_unit>day|{_DAYTIME}|week|month|year)[ ](?P<daynext_way>before|after)\b
        (?![ ](?:yesterday|tomorrow)\b))
    | (?P<told>(?i:the[ ](?:very[ ])?(?P<told_way>previous|preceding|following|next|same)|that(?:[ ](?:same|very))?)
        [ ](?P<told_unit>{_DAYTIME}|day|(?<!next[ ])(?:week|month|year)){_ENDS}(?![ ](?:as|when|in[ ]which)\b))
    | (?P<toldname>(?i:the[ ](?P<toldname_way>previous|preceding|following|next))[ ]
        (?P<toldname_n>{_WEEKDAY}|{_MONTH})(?!\w)(?:[ ]{_DAYTIME}\b)?)
    | (?P<span>(?:the[ ])?(?P<span_side>(?i:last|past|next|coming))[ ](?P<span_n>{_NUMBER})[ ]
        (?P<span_unit>hour|day|week|month|year|decade)s?\b(?![ ]of\b))
    | (?P<window>(?P<window_in>(?i:within|in)[ ])(?P<window_n>{_NUMBER})[ ]
        (?P<window_unit>hour|day|week|month|year)s?\b(?!['’]|[ ](?:of|after|from)\b|{_VAGUE}))
    | (?P<edge>(?i:the[ ])?(?P<edge_of>end|close|beginning|start|middle)[ ]of[ ](?P<edge_side>the|this|next|last)[ ]
        (?P<edge_unit>week|month|year|decade)\b(?![ ]of\b))
    | (?P<yearend>(?:the[ ])?year(?:['’]s)?[ -]end\b)
    | (?P<unit>(?:(?P<unit_part>(?i:earlier|later|early|late))[ ])?(?P<unit_the>(?i:the)[ ])?
        (?P<unit_side>(?i:this[ ]coming|last|past|this|current|next|coming))[ ]
        (?P<unit_unit>week|weekend|month|year|decade)\b(?![-\w])(?![ ]of\b))
    | (?P<partof>(?P<partof_part>(?i:earlier|later))[ ]in[ ]the[ ](?P<partof_unit>week|month|year){_ENDS})
    | (?P<daypart>(?<![Tt]he[ ])(?P<daypart_side>(?i:last|this))[ ]{_DAYTIME}\b)
    | (?P<weekend>(?:(?<=[Oo]ver[ ])|(?<=[Dd]uring[ ])|(?<=[Aa]t[ ]))the[ ]weekend\b)
    | (?P<deictic>(?i:the[ ])?day[ ](?:before[ ]yesterday|after[ ]tomorrow)\b|(?:[Yy]ester|[Tt]o)day(?:[ ]{_DAYTIME})?\b
        |[Tt]onight\b|[Tt]omorrow(?:[ ]{_DAYTIME})?\b)
    | (?P<feast>(?:{_FEAST})(?!\w)(?:,?[ ](?P<feast_y>{_YEAR}))?(?!\w))
    | (?P<dayrange>(?P<dayrange_1>{_DAY})(?:{_DASH}|[ ](?:to|and|until|through)[ ])(?P<dayrange_2>{_DAY})[ ]
        (?P<dayrange_m>{_MONTH})(?:,?[ ](?P<dayrange_y>{_YEAR}))?(?!\w))
    | (?P<rangeday>(?P<rangeday_m>{_MONTH})[ ](?P<rangeday_1>{_DAY})(?:{_DASH}|[ ](?:to|and|until|through)[ ])
        (?P<rangeday_2>{_DAY})(?:,?[ ](?P<rangeday_y>{_YEAR}))?(?!\w))
    | (?P<dmy>(?:{_WEEKDAY},?[ ])?(?:the[ ])?(?P<dmy_d>{_DAY})[ ](?:of[ ])?(?P<dmy_m>{_MONTH})
        (?:,?[ ](?P<dmy_y>{_YEAR}))?(?!\w))
    | (?P<mdy>(?:{_WEEKDAY},?[ ])?(?P<mdy_m>{_MONTH})[ ](?P<mdy_d>{_DAY})(?:,?[ ](?P<mdy_y>{_YEAR}))?(?!\w))
    | (?P<season>{_HEDGE}{_SEASON}[ ](?:of[ ])?(?P<season_y>{_YEAR})\b)
    | (?P<seasonal>(?:(?P<seasonal_side>(?i:last|this|next|this[ ]past|this[ ]coming|the[ ]coming))[ ]
        |(?<=[Ii]n[ ])the[ ]){_HEDGE}(?P<seasonal_s>{_SEASON}){_ENDS}(?!(?<=fall)[ ](?:in|from)\b))
    | (?P<decade>{_HEDGE}(?P<decade_y>(?:1[5-9]|20)\d0)['’]?s\b)
    | (?P<years>(?P<years_1>{_YEAR})(?:{_DASH}|/)(?P<years_2>{_YEAR}|\d\d(?![\d-]))\b)
    | (?P<year>{_HEDGE}(?P<year_y>{_YEAR})\b)
    | (?P<weekday>(?:(?P<weekday_side>(?i:this[ ]past|this[ ]coming|the[ ]coming|coming|last|this|next))[ ])?
        (?P<weekday_n>{_WEEKDAY})\b(?![ ](?:of|in)[ ](?:{_MONTH}|the[ ]month|each|every))(?:[ ]{_DAYTIME}\b)?)
    | (?P<month>(?:(?P<month_side>(?i:this[ ]past|this[ ]coming|the[ ]coming|last|this|next|past))[ ])?{_HEDGE}
        (?P<month_m>{_MONTH})(?!\w)(?:(?:,|[ ]of)?[ ](?P<month_y>{_YEAR})\b)?)
    )""",
    re.VERBOSE,
)
_NAMED_DAY: Final = re.compile(
    r"\b(?:Bloody|Good|Black|Palm|Easter|Ash|Holy|Super|Cyber|Whit|Shrove|Maundy|Remembrance|The|News|USA|Russia|India)\s$"
)
_HABIT: Final = re.compile(r"\b(?:every|each|any|most|alternate|another|other|some|first|second|third|fourth)\s$", re.I)
"""Words before a day or month that make it any of them."""

_PAPER: Final = re.compile(r"\s(?:Times|Telegraph|Mail|Express|Mirror|Herald|Agreement|prayers)\b")
_TITLE: Final = re.compile(
    r"\s(?:Revolution|Movement|Group|Brigades?|Square|Street|Avenue|Bridge|Party|Alliance|Forum|Coalition|Accords?|War|"
    r"University|Stadium|Front|Army|Uprising|Declaration)\b"
)
"""What a day or month without a year names with it, whenever that was: "the October Revolution"."""

_APPROXIMATE: Final = re.compile(
    rf"""\b(?:about|around|nearly|almost|roughly|approximately|some|over|than|least|most|half|or|{_NUMBER}[ ]to
    |between[ ]{_NUMBER}[ ]and|(?:hour|day|week|month|year)s?[ ]and)\s$""",
    re.I | re.X,
)
_JOINED: Final = re.compile(
    r"[ ]?[-–—][ ]?|[ ](?P<word>to|and|until|till|through)[ ](?:the[ ])?(?:(?:early|late)[ ]|mid-)?"
)
_FROM: Final = re.compile(r"\b(?:from|between)\s(?:the\s)?(?:(?:early|late)\s|mid-)?$", re.I)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:\n\"“”’'])\s*$")


def scan(text: str) -> Iterator[Moment]:
    """The date phrases of `text` in order, ranges joined; a bare year or month is whatever looks like one."""
    held: Moment | None = None
    text = text.replace("\u00a0", " ")
    for match in _PHRASE.finditer(text):
        moment = _moment(match, text)
        if moment is None:
            continue
        if held is not None and _is_completed(text, held, moment):
            held = replace(held, end=moment.end, of=moment)
            continue
        if held is not None and _is_range(text, held, moment):
            yield replace(held, end=moment.end, through=moment)
            held = None
            continue
        if held is not None:
            yield held
        held = moment
    if held is not None:
        yield held


def _moment(match: re.Match[str], text: str) -> Moment | None:
    kind = match.lastgroup
    start, end = match.span()
    if kind in {"weekday", "deictic"} and _is_name(text, match):
        return None
    if kind in {"weekday", "month", "feast"} and _HABIT.search(text, max(0, start - 12), start):
        return None
    if kind in {"ago", "fromnow", "later"} and _APPROXIMATE.search(text, max(0, start - 20), start):
        return None
    fields = _FIELDS[kind or ""](match)
    if fields is None or (fields.kind in {"date", "weekday"} and fields.year is None and _TITLE.match(text, end)):
        return None
    if kind == "window":
        start = match.start("window_n")
    return replace(fields, start=start, end=end)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a day is part of a name: "Good Friday", "USA Today", "The Sunday Times"."""
    start, end = match.span()
    if _NAMED_DAY.search(text, max(0, start - 10), start) or _PAPER.match(text, end):
        return True
    return match.group() in {"Today", "Tomorrow"} and not _SENTENCE_START.search(text, max(0, start - 3), start)


def _of(kind: Kind, **fields: object) -> Moment:
    return Moment(0, 0, kind, **fields)  # type: ignore[arg-type]


def _date(match: re.Match[str], year: str | None, month: str | None, day: str | None) -> Moment | None:
    parts = (
        int(year) if year else None,
        _MONTH_NUMBERS[month[:3].lower()] if month else None,
        int(re.sub(r"\D", "", day)) if day else None,
    )
    if parts[2] and parts[1] and parts[2] > monthrange(parts[0] or 2000, parts[1])[1]:
        return None
    return _of("date", year=parts[0], month=parts[1], day=parts[2])


def _iso_date(match: re.Match[str]) -> Moment | None:
    try:
        day = date.fromisoformat(match.group().replace(match["iso_sep"], "-"))
    except ValueError:
        return None
    return _of("date", year=day.year, month=day.month, day=day.day)


def _numeric_date(match: re.Match[str]) -> Moment | None:
    """A date in figures, where only one of them can be the month: not "03/04/2005"."""
    first, second, year = int(match["numeric_1"]), int(match["numeric_2"]), int(match["numeric_y"])
    months = {
        (month, day)
        for month, day in ((first, second), (second, first))
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    }
    if len(months) != 1:
        return None
    month, day = months.pop()
    return _of("date", year=year, month=month, day=day)


def _feast(match: re.Match[str]) -> Moment:
    name = re.sub(r"\W*(?:\d{4})?$", "", match.group()) if match["feast_y"] else match.group()
    month, day = _FEASTS[name.replace("’", "'").replace("St. ", "St ")]
    year = int(match["feast_y"]) if match["feast_y"] else None
    return _of("date", year=year, month=month, day=day, feast=True)


def _day_range(match: re.Match[str]) -> Moment | None:
    name = match.lastgroup
    year, month = match[f"{name}_y"], match[f"{name}_m"]
    first, second = (_date(match, year, month, match[f"{name}_{n}"]) for n in (1, 2))
    if first is None or second is None or (first.day or 0) >= (second.day or 0):
        return None
    return replace(first, through=second)


def _month(match: re.Match[str]) -> Moment | None:
    found = _date(match, match["month_y"], match["month_m"], None)
    if found is None or (match["month_y"] is None and len(match["month_m"]) < 5 and match["month_m"] not in MONTHS):
        return None
    return replace(found, side=_side(match["month_side"])) if found.year is None else found


def _decade(match: re.Match[str]) -> Moment:
    year = int(match["decade_y"])
    return _of("years", year=year, last_year=year + 9)


def _season(match: re.Match[str]) -> Moment:
    side = _side(match["seasonal_side"])
    return _of("season", month=_SEASONS[match["seasonal_s"].lower()], side=side, unit="year")


def _year_range(match: re.Match[str]) -> Moment | None:
    first, last = match["years_1"], match["years_2"]
    year, last_year = int(first), int(last if len(last) == 4 else first[:2] + last)
    return _of("years", year=year, last_year=last_year) if year < last_year else None


def _unit(match: re.Match[str]) -> Moment:
    words, unit = match["unit_side"].lower(), match["unit_unit"]
    side = _side(words)
    if words in {"past", "coming"} or (match["unit_the"] and words != "current"):
        # "the past week", "the last month": the time up to now; "the next year": the time from now on.
        tale = _of("shift", count=1, unit=unit) if words == "next" else None
        return _of("span", count=1, unit=unit, side=side if side == "next" else "last", in_tale=tale)
    if words == "this coming" and unit == "weekend":
        side = "this"
    part = match["unit_part"]
    return _of("unit", unit=unit, side=side, part=_PARTS.get(part.lower()) if part and side == "this" else None)


def _edge(match: re.Match[str]) -> Moment:
    side, part = _SIDES[match["edge_side"]], _PARTS.get(match["edge_of"])
    return _of("unit", unit=match["edge_unit"], side=side, part=part)


def _deictic(match: re.Match[str]) -> Moment:
    words = re.sub(rf" {_DAYTIME}$", "", match.group().lower().removeprefix("the "))
    count = {"yesterday": 1, "tomorrow": -1, "day before yesterday": 2, "day after tomorrow": -2}.get(words, 0)
    return _of("ago", count=count)


def _weekday(match: re.Match[str]) -> Moment:
    return _of("weekday", weekday=_WEEKDAYS.index(match["weekday_n"]), side=_side(match["weekday_side"]))


def _side(words: str | None) -> Side | None:
    """The side that the last of some words tells: "this coming"."""
    return _SIDES[words.lower().split()[-1]] if words else None


def _length(match: re.Match[str]) -> tuple[int, str]:
    """How many of which unit."""
    name = match.lastgroup
    count, unit = _count(match[f"{name}_n"]), match[f"{name}_unit"]
    return (2 * count, "week") if unit == "fortnight" else (count, unit)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _ago(match: re.Match[str]) -> Moment:
    count, unit = _length(match)
    words = (match["ago_on"] or "").removeprefix("on ")
    if not words or words == "this week":
        return _of("ago", count=count, unit=unit)
    if words in {"today", "yesterday"} or words in _WEEKDAYS:
        return _to_the_day(count, unit, words)
    name = words.removeprefix("this ")[:3].lower()
    month = _MONTH_NUMBERS.get(name) if words != "this month" else None
    return _of("ago", count=count, unit=unit, exact="month", month=month)


def _to_the_day(count: int, unit: str, words: str) -> Moment:
    """The day of "a week ago today"; "a year ago on Monday" may be another, and is left a year."""
    if unit in {"day", "week"}:
        days = count * {"day": 1, "week": 7}[unit] + (words == "yesterday")
        return _of("ago", count=days, weekday=_WEEKDAYS.index(words) if words in _WEEKDAYS else None)
    return _of("ago", count=count, unit=unit, exact="day" if words == "today" else None)


def _from_now(match: re.Match[str]) -> Moment:
    count, unit = _length(match)
    if unit == "week" and match.group().endswith("today"):
        count, unit = 7 * count, "day"
    return _of("ago", count=-count, unit=unit)


def _beyond(match: re.Match[str]) -> Moment:
    unit, way = match["beyond_unit"], match["beyond_way"]
    return _of("ago", count=2 if way == "before last" else -2, unit="day" if unit == "night" else unit)


def _later(match: re.Match[str]) -> Moment:
    count, unit = _length(match)
    way = match["later_way"] or match["later_hangs"]
    hangs = match["later_hangs"] is not None and match.group().endswith(way)
    return _of("shift", count=count * _STEPS.get(way, 1), unit=unit, hangs=hangs)


def _day_next(match: re.Match[str]) -> Moment:
    unit = match["daynext_unit"]
    return _of(
        "shift",
        count=_STEPS.get(match["daynext_way"], 1),
        unit="day" if unit in _DAYTIMES else unit,
        hangs=True,
    )


def _told(match: re.Match[str]) -> Moment:
    """The day, week, month or year next to the date named before, or its own: "the following day", "that year"."""
    unit = match["told_unit"]
    count = _STEPS.get((match["told_way"] or "that").lower(), 1)
    return _of("shift", count=count, unit="day" if unit in _DAYTIMES else unit)


def _told_name(match: re.Match[str]) -> Moment:
    """The weekday or month next to the date named before: "the following Monday"."""
    name, count = match["toldname_n"], _STEPS.get(match["toldname_way"].lower(), 1)
    if name in _WEEKDAYS:
        return _of("shift", count=count, weekday=_WEEKDAYS.index(name))
    return _of("shift", count=count, unit="month", month=_MONTH_NUMBERS[name[:3].lower()])


def _window(match: re.Match[str]) -> Moment:
    count, unit = _length(match)
    is_point = unit != "hour" and match["window_in"].lower() == "in "
    return _of("window", count=count, unit=unit, is_point=is_point)


def _part_of(match: re.Match[str]) -> Moment:
    unit, part = match["partof_unit"], _PARTS[match["partof_part"].lower()]
    tale = _of("shift", unit=unit) if part == "later" else None
    return _of("unit", unit=unit, side="this", part=part, in_tale=tale)


_FIELDS: Final[dict[str, Callable[[re.Match[str]], Moment | None]]] = {
    "iso": _iso_date,
    "numeric": _numeric_date,
    "ago": _ago,
    "fromnow": _from_now,
    "beyond": _beyond,
    "eve": lambda m: _of("shift", count=-1, hangs=True),
    "later": _later,
    "daynext": _day_next,
    "told": _told,
    "toldname": _told_name,
    "span": lambda m: _of(
        "span",
        count=_count(m["span_n"]),
        unit=m["span_unit"],
        side=_side(m["span_side"]),
    ),
    "window": _window,
    "partof": _part_of,
    "edge": _edge,
    "yearend": lambda m: _of("unit", unit="year", side="this", part="end"),
    "unit": _unit,
    "daypart": lambda m: _of("ago", count=1 if m["daypart_side"].lower() == "last" else 0),
    "weekend": lambda m: _of("unit", unit="weekend", side=None),
    "deictic": _deictic,
    "dayrange": _day_range,
    "rangeday": _day_range,
    "dmy": lambda m: _date(m, m["dmy_y"], m["dmy_m"], m["dmy_d"]),
    "mdy": lambda m: _date(m, m["mdy_y"], m["mdy_m"], m["mdy_d"]),
    "feast": _feast,
    "season": lambda m: _date(m, m["season_y"], None, None),
    "seasonal": _season,
    "decade": _decade,
    "years": _year_range,
    "year": lambda m: _date(m, m["year_y"], None, None),
    "weekday": _weekday,
    "month": _month,
}


def _is_completed(text: str, moment: Moment, other: Moment) -> bool:
    """Whether a year or week told from another completes a phrase: "in March last year", "on Thursday of next week"."""
    if moment.year is not None or moment.side is not None or moment.of is not None:
        return False
    if moment.kind == "weekday":
        tells = other.kind == "unit" and other.unit == "week"
    else:
        tells = other.kind in {"unit", "ago", "shift"} and other.unit == "year" and not other.exact
        tells = tells and moment.kind == "date"
    return tells and text[moment.end : other.start] in {" ", ", ", " of "}


def _is_range(text: str, first: Moment, second: Moment) -> bool:
    if not {first.kind, second.kind} <= {"date", "weekday"} or first.through or second.through:
        return False
    gap = _JOINED.fullmatch(text, first.end, second.start)
    if gap is None:
        return False
    begun = _FROM.search(text, max(0, first.start - 24), first.start) is not None
    return begun or gap["word"] in {None, "through"}
