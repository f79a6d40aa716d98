"""How a pair's relation moved, as a picture; nothing is computed here but where things stand on the page.

What was not read is marked, and never drawn as a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError
from detente.records import Quad
from detente.relations import plots

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True)
class Period:
    """A span of days from `start` to `end`, both of them in it.

    `documents` is how many documents of these days were read: where none was, the period is a gap. `mean` is the mean
    intensity of its deeds, `low` and `high` the ends of the mean's interval; each is None where there is none.
    """

    start: date
    end: date
    documents: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Deed:
    """What `source` did to `target`. `label` is for who hears the picture read aloud, or points at the deed."""

    day: date
    source: str
    target: str
    intensity: float
    quad: Quad
    label: str


@dataclass(frozen=True)
class Break:
    """A day from which the relation was another. `by_exposure`: what was read changed then, and may explain it."""

    at: date
    by_exposure: bool
    label: str


QUADS: Final[dict[Quad, tuple[str, str]]] = {
    "verbal_cooperation": ("#4292C6", "circle"),
    "material_cooperation": ("#08306B", "triangle-up"),
    "verbal_conflict": ("#B35806", "diamond"),
    "material_conflict": ("#A50F15", "triangle-down"),
}
"""Colour and shape of a deed. Words are light, deeds dark; what is done for somebody points up, against him down."""

_WIDTH: Final = 760

_HEIGHT: Final = 400

_EXPOSURE_HEIGHT: Final = 85

_MARK: Final = 8
"""Width in pixels of a deed."""

_AREAS: Final = (60, 240)
"""Square pixels of the mark of one deed, and of the most that one mark stands for."""

_CROWD: Final = 300
"""Marks beyond which the means are drawn above them, not below."""

_ASIDE: Final = 4
"""Pixels by which deeds of one direction stand higher, and those of the other lower."""

_KEY: Final = (
    "Line: mean intensity of a period, with the band of its interval. Pale column: nothing was read.",
    "Rule: the relation changed; dashed: what was read changed then too.",
)


def picture(
    title: str, periods: Sequence[Period], deeds: Sequence[Deed], breaks: Sequence[Break]
) -> altair.VConcatChart:
    """The relation of a pair over time: its deeds by intensity, their mean, what broke it, and below what was read.

    Intensity goes from -10 to 10, as in PLOVER and in Goldstein's scale. Deeds of one direction are filled, those of
    the other hollow. Deeds of one direction, class and intensity that would lie on each other are one mark, the larger
    the more they are. The order of what is given changes nothing. Raises `InputError` where there is no period, or
    deeds of more than one pair, and `ExtraError` where Altair is not installed.
    """
    if not periods:
        raise InputError(plots.shortened(title), "has no period to draw; read documents of that time first")
    directions = sorted({(deed.source, deed.target) for deed in deeds})
    if len(directions) > 2 or len({frozenset(direction) for direction in directions}) > 1:
        raise InputError(plots.shortened(title), "has deeds of several pairs; draw one pair at a time")
    plots.need("altair")
    import altair as alt

    periods = sorted(periods, key=lambda period: (period.start, period.end))
    first = min([periods[0].start] + [deed.day for deed in deeds] + [one.at for one in breaks])
    last = max([period.end for period in periods] + [deed.day for deed in deeds] + [one.at for one in breaks])
    days = (last - first).days + 1
    filled, hollow = (
        _gathered([deed for deed in deeds if (deed.source, deed.target) in chosen], max(1, days * _MARK // _WIDTH))
        for chosen in (directions[:1], directions[1:])
    )
    datasets: plots.Datasets = {
        "unread": [
            _span(run[0].start, run[-1].end) | {"label": f"{run[0].start} to {run[-1].end}: nothing was read"}
            for run in _runs(periods, lambda period: period.documents == 0)
        ],
        "read": [
            _span(period.start, period.end) | {"documents": period.documents, "label": _aloud(period)}
            for period in periods
            if period.documents
        ],
        "zero": [{"zero": 0}],
        "intervals": [
            _span(period.start, period.end) | {"low": period.low, "high": period.high}
            for period in periods
            if period.low is not None and period.high is not None
        ],
        # A level for each period, so that one between two gaps is seen too.
        "means": [
            {"from": day, "mean": period.mean, "run": number}
            for number, run in enumerate(_runs(periods, lambda period: period.mean is not None))
            for period in run
            for day in _span(period.start, period.end).values()
        ],
        "filled": filled,
        "hollow": hollow,
        "breaks": _labelled(breaks, first, last),
    }

    scale = alt.Scale(type="utc", domain=[first.isoformat(), (last + timedelta(1)).isoformat()], nice=False)
    x = alt.X("from:T", scale=scale, axis=None)

    def y(field: str) -> altair.Y:
        return alt.Y(
            f"{field}:Q", scale=alt.Scale(domain=[-10, 10], nice=False), title="intensity (−10 hostile … 10 friendly)"
        )

    # Heights of labels are pixels already.
    lane = alt.Y("lane:Q", scale=None, axis=None)
    gaps = plots.drawn("unread").mark_rect(color=plots.PALE).encode(x=x, x2="to:T", description="label:N")
    marks = _marks(x, y("intensity"), max((mark["deeds"] for mark in filled + hollow), default=1), both=bool(hollow))
    means = [
        plots.drawn("intervals")
        .mark_rect(color=plots.GREY, fillOpacity=0.35, aria=False)
        .encode(x=x, x2="to:T", y=y("low"), y2="high:Q"),
        # A white rim, so that the line is seen among many deeds.
        *(
            plots.drawn("means")
            .mark_line(color=colour, strokeWidth=width, aria=False)
            .encode(x=x, y=y("mean"), detail="run:N", order="from:T")
            for colour, width in ((plots.WHITE, 4), (plots.BLACK, 2))
        ),
    ]
    layers = [
        gaps,
        plots.drawn("zero").mark_rule(color=plots.GREY, strokeWidth=0.5, aria=False).encode(y=y("zero")),
        *(marks + means if len(filled + hollow) > _CROWD else means + marks),
        plots.drawn("breaks")
        .mark_rule(color=plots.BLACK, strokeWidth=1.5, aria=False)
        .encode(x=x, y=lane, y2=alt.value(_HEIGHT), strokeDash=alt.StrokeDash("dashes:N", scale=None)),
        plots.drawn("breaks")
        .mark_text(align="left", baseline="top", dx=4, fontSize=11)
        .encode(x=x, y=lane, text="label:N", description="label:N"),
    ]
    above = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)
    dated = alt.X("from:T", scale=scale, axis=_calendar(days))
    counted = alt.Y(
        "documents:Q",
        title="documents read",
        scale=alt.Scale(zero=True),
        axis=alt.Axis(tickCount=3, tickMinStep=1, format="d"),
    )
    bars = (
        plots.drawn("read")
        .mark_rect(color=plots.SILVER, stroke=plots.WHITE, strokeWidth=0.3)
        .encode(x=dated, x2="to:T", y=counted, y2=alt.datum(0), description="label:N")
    )
    # The axis is that of the first layer.
    below = alt.layer(gaps.encode(x=dated), bars).properties(width=_WIDTH, height=_EXPOSURE_HEIGHT)
    shown = plots.told_apart(sorted({name for direction in directions for name in direction}))
    fillings = ("Filled, a little higher", "Hollow, a little lower") if hollow else ("Filled",)
    key = " ".join(
        f"{filling}: {shown[source]} → {shown[target]}."
        for filling, (source, target) in zip(fillings, directions, strict=False)
    )
    return plots.page(alt.vconcat(above, below, spacing=12), title, [*_KEY, key], datasets)


def _marks(x: altair.X, intensity: altair.Y, most: int, *, both: bool) -> list[altair.Chart]:
    """The deeds of one direction, filled, and those of the other, hollow; side by side where there are both.

    `most` is how many deeds a mark stands for at most.
    """
    import altair as alt

    classes = [_class(quad) for quad in QUADS]
    shape = plots.scaled(alt.Shape, "deed", classes, [shape for _, shape in QUADS.values()])
    colours = [colour for colour, _ in QUADS.values()]
    size = alt.Size(
        "deeds:Q",
        title="deeds in a mark",
        scale=alt.Scale(domain=[1, max(4, most)], range=[*_AREAS]),
        legend=alt.Legend(values=[1, most], format="d", symbolFillColor=plots.GREY) if most > 1 else None,
    )
    aside = _ASIDE if both else 0
    filled = plots.drawn("filled").mark_point(opacity=1, yOffset=-aside, stroke=plots.WHITE, strokeWidth=0.5)
    hollow = plots.drawn("hollow").mark_point(opacity=1, yOffset=aside, fill=plots.WHITE, strokeWidth=1.3)
    return [
        chart.encode(x=x, y=intensity, shape=shape, size=size, description="label:N", tooltip=["label:N", "deed:N"])
        for chart in (
            filled.encode(fill=plots.scaled(alt.Fill, "deed", classes, colours)),
            hollow.encode(stroke=plots.scaled(alt.Stroke, "deed", classes, colours)),
        )
    ]


def _gathered(deeds: Sequence[Deed], days: int) -> list[dict[str, Any]]:
    """The marks of deeds of one direction; those of one class and intensity within so many days are one.

    A mark stands in the middle of its days. The largest are first, so that they hide none.
    """
    groups: list[list[Deed]] = []
    for deed in sorted(deeds, key=lambda deed: (deed.quad, deed.intensity, deed.day, deed.label)):
        begun = groups[-1][0] if groups else None
        if (
            begun
            and (begun.quad, begun.intensity) == (deed.quad, deed.intensity)
            and (deed.day - begun.day).days < days
        ):
            groups[-1].append(deed)
        else:
            groups.append([deed])
    marks = []
    for group in groups:
        begin, end = (datetime.combine(deed.day, time(12)) for deed in (group[0], group[-1]))
        others = f" (and {len(group) - 1} more until {group[-1].day})" if len(group) > 1 else ""
        marks.append(
            {"from": f"{(begin + (end - begin) / 2).isoformat()}Z", "intensity": group[0].intensity}
            | {
                "deed": _class(group[0].quad),
                "deeds": len(group),
                "label": plots.shortened(group[0].label, 200) + others,
            }
        )
    return sorted(marks, key=lambda mark: (-mark["deeds"], mark["from"], mark["intensity"], mark["deed"]))


def _labelled(breaks: Sequence[Break], first: date, last: date) -> list[dict[str, Any]]:
    """The rules of breaks, each with the height in pixels at which its label is free of the others."""
    lanes: list[tuple[float, int]] = []
    marks: list[dict[str, Any]] = []
    # From the last: what stands to the right of a label is lower, so that no rule runs through a label.
    for one in sorted(breaks, key=lambda one: (one.at, one.label, one.by_exposure), reverse=True):
        left = _WIDTH * (one.at - first).days / ((last - first).days + 1)
        label = plots.shortened(one.label) + (" (reading changed)" if one.by_exposure else "")
        lane = max((lane for start, lane in lanes if start < left + plots.room(label)), default=0) + 1
        lanes.append((left, lane))
        marks.append(
            {
                "from": one.at.isoformat(),
                "label": label,
                "lane": -lane * plots.LINE,
                "dashes": [4, 3] if one.by_exposure else [1, 0],
            }
        )
    return marks


def _runs(periods: Sequence[Period], wanted: Callable[[Period], bool]) -> Iterator[list[Period]]:
    """The wanted periods, in runs that follow each other without a day between."""
    run: list[Period] = []
    for period in sorted(filter(wanted, periods), key=lambda period: period.start):
        if run and period.start != run[-1].end + timedelta(1):
            yield run
            run = []
        run.append(period)
    if run:
        yield run


def _calendar(days: int) -> altair.Axis:
    """A time axis of so many days, with a dozen ticks at most."""
    import altair as alt

    if days > 4 * 365:
        interval, step, form = "year", days // (12 * 365) + 1, "%Y"
    elif days > 120:
        interval, step, form = "month", days // (12 * 30) + 1, "%Y-%m"
    else:
        interval, step, form = "day", days // 8 + 1, "%Y-%m-%d"
    return alt.Axis(title=None, format=form, tickCount={"interval": interval, "step": step}, labelOverlap="greedy")


def _class(quad: Quad) -> str:
    return quad.replace("_", " ")


def _span(start: date, end: date) -> dict[str, Any]:
    """Where a mark that covers these days begins and ends: at the beginning of the day after them."""
    return {"from": start.isoformat(), "to": (end + timedelta(1)).isoformat()}


def _aloud(period: Period) -> str:
    """A period for who hears the picture. Altair's own words would have days of the machine's time zone."""
    mean = "" if period.mean is None else f", mean intensity {period.mean:.1f}"
    interval = "" if period.low is None or period.high is None else f" ({period.low:.1f} to {period.high:.1f})"
    return f"{period.start} to {period.end}: documents read {period.documents}{mean}{interval}"
