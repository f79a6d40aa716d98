"""Pictures of relations, drawn by Altair: how a pair's relation moved, and who stands with and against whom.

Nothing is computed here but where things stand on the page. A picture can be read without colour: shape, filling and
dashes say the same. The colours are Okabe and Ito's (Color Universal Design, jfly.uni-koeln.de/color, 2008), made to be
told apart by people who see no difference between red and green; those that may stand side by side also differ in
lightness, for black and white print. What was not read is marked, and never drawn as a zero.

Names and labels come from texts of anybody. They stand in a picture as they are, on one line and cut where they are
long; none is taken for code, and nothing is fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

from detente.errors import ExtraError, InputError, one_line
from detente.records import Quad

if TYPE_CHECKING:
    import altair
    import numpy as np
    import numpy.typing as npt

    Positions = npt.NDArray[np.float64]


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


@dataclass(frozen=True)
class Node:
    """An actor in a network. `pole` is the name of its pole, None where it belongs to none."""

    id: str
    name: str
    pole: str | None
    broker: bool


@dataclass(frozen=True)
class Tie:
    """How two nodes, named by their ids, stand: a `weight` above 0 is friendly, below 0 hostile."""

    one: str
    other: str
    weight: float


@dataclass(frozen=True)
class Exposure:
    """What a network rests on: how many documents were read, and of how many outlets."""

    documents: int
    outlets: int


_BLACK: Final = "#000000"
_GREY: Final = "#595959"
_PALE: Final = "#E6E6E6"
_ORANGE: Final = "#E69F00"
_SKY: Final = "#56B4E9"
_GREEN: Final = "#009E73"
_YELLOW: Final = "#F0E442"
_BLUE: Final = "#0072B2"
_VERMILION: Final = "#D55E00"
_PURPLE: Final = "#CC79A7"

QUADS: Final[dict[Quad, tuple[str, str]]] = {
    "verbal_cooperation": (_SKY, "circle"),
    "material_cooperation": (_BLUE, "triangle-up"),
    "verbal_conflict": (_ORANGE, "diamond"),
    "material_conflict": (_VERMILION, "triangle-down"),
}
"""Colour and shape of a deed. Words are light, deeds dark; what is done for somebody points up, against him down."""

POLES: Final = (
    (_BLUE, "circle"),
    (_YELLOW, "square"),
    (_GREEN, "triangle-up"),
    (_ORANGE, "diamond"),
    (_PURPLE, "triangle-down"),
    (_SKY, "cross"),
    (_VERMILION, "triangle-right"),
    (_GREY, "triangle-left"),
)
"""Colour and shape of a pole, from the first; a ninth pole begins anew, and only its place tells it apart."""

UNALIGNED: Final = ("#FFFFFF", "circle")
"""Colour and shape of who belongs to no pole."""

TIES: Final = {"friendly": (_BLUE, (1, 0)), "hostile": (_VERMILION, (6, 4))}
"""Colour and dashes of a tie."""

_WIDTH: Final = 760
_HEIGHT: Final = 300
_EXPOSURE_HEIGHT: Final = 85
_LINE: Final = 14
"""Height in pixels of a line of small text."""
_CHARACTER: Final = 6.6
"""Width in pixels of a wide letter of the small text: room that is kept for a character."""
_NAME: Final = 32
"""Characters of a name or label that are shown."""

_TALL: Final = 44.0
"""Height in pixels of a node with its name."""
_UNIT: Final = 110
"""Pixels that a network is wide or high, times the root of how many nodes it has, before room is made for names."""
_NEAR: Final = 1.0
_FAR: Final = 2.2
_PULL: Final = 0.5
"""The distance that nodes of one pole should have, and of two, and by how much the strongest tie shortens it."""
_NO_POLE: Final = "of no pole"

_TIMELINE_KEY: Final = (
    "Line: mean intensity of a period, with its interval. Grey: nothing was read.",
    "Rule: the relation changed; dashed: what was read changed then too.",
)
_NETWORK_KEY: Final = ("The wider a tie, the stronger. Dashed: hostile. Ring: broker between poles.",)

_CONFIG: Final[dict[str, Any]] = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "background": "#FFFFFF",
    "view": {"stroke": None},
    "axis": {"labelColor": _BLACK, "titleColor": _BLACK, "titleFontWeight": "normal", "gridColor": _PALE},
    "legend": {"labelLimit": 0, "titleLimit": 0, "titleFontWeight": "normal", "symbolLimit": 0, "symbolOpacity": 1},
    "title": {"anchor": "start", "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": _GREY, "limit": 0},
}


def timeline(
    title: str, periods: Sequence[Period], deeds: Sequence[Deed], breaks: Sequence[Break]
) -> altair.VConcatChart:
    """The relation of a pair over time: its deeds by intensity, their mean, what broke it, and below what was read.

    Intensity goes from -10 to 10, as in PLOVER and in Goldstein's scale. Deeds of one direction are filled, those of
    the other hollow. Raises `InputError` where there is no period, or deeds of more than one pair, and `ExtraError`
    where Altair is not installed.
    """
    if not periods:
        raise InputError(_short(title), "has no period to draw; read documents of that time first")
    directions = sorted({(deed.source, deed.target) for deed in deeds})
    if len(directions) > 2 or len({frozenset(direction) for direction in directions}) > 1:
        raise InputError(_short(title), "has deeds of several pairs; draw one pair at a time")
    _need("altair")
    import altair as alt

    first = min([period.start for period in periods] + [deed.day for deed in deeds] + [one.at for one in breaks])
    last = max([period.end for period in periods] + [deed.day for deed in deeds] + [one.at for one in breaks])
    time = alt.Scale(type="utc", domain=[first.isoformat(), (last + timedelta(1)).isoformat()], nice=False)
    x = alt.X("from:T", scale=time, axis=None)
    marks = _labelled(breaks, first, last)

    unread = [_span(run[0].start, run[-1].end) for run in _runs(periods, lambda period: period.documents == 0)]
    # A level for each period, so that one between two gaps is seen too.
    levels = [
        {"from": day, "mean": period.mean, "run": number}
        for number, run in enumerate(_runs(periods, lambda period: period.mean is not None))
        for period in run
        for day in _span(period.start, period.end).values()
    ]
    intervals = [
        _span(period.start, period.end) | {"low": period.low, "high": period.high}
        for period in periods
        if period.low is not None and period.high is not None
    ]
    key = [
        f"{filling}: {_short(source)} → {_short(target)}."
        for filling, (source, target) in zip(("Filled", "Hollow"), directions, strict=False)
    ]
    points = [
        {"from": f"{deed.day}T12:00Z", "intensity": deed.intensity, "deed": _class(deed.quad)}
        | {"filled": int((deed.source, deed.target) == directions[0]), "label": _short(deed.label, 200)}
        for deed in sorted(deeds, key=lambda deed: (deed.day, deed.source, deed.intensity, deed.quad, deed.label))
    ]
    read = [_span(one.start, one.end) | {"documents": one.documents} for one in periods if one.documents]

    def y(field: str) -> altair.Y:
        scale = alt.Scale(domain=[-10, 10], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, title="intensity (−10 hostile … 10 friendly)")

    # Heights of labels are pixels already.
    lane = alt.Y("lane:Q", scale=None, axis=None)
    classes, colours = [_class(quad) for quad in QUADS], [colour for colour, _ in QUADS.values()]
    gaps = alt.Chart(_data(unread)).mark_rect(color=_PALE).encode(x=x, x2="to:T")
    layers = [
        gaps,
        alt.Chart(_data([{"zero": 0}])).mark_rule(color=_GREY, strokeWidth=0.5).encode(y=y("zero")),
        alt.Chart(_data(intervals)).mark_rect(color=_GREY, opacity=0.3).encode(x=x, x2="to:T", y=y("low"), y2="high:Q"),
        alt.Chart(_data(points))
        .mark_point(size=45, strokeWidth=1.2, opacity=max(0.25, min(1, 250 / max(1, len(points)))))
        .encode(
            x=x,
            y=y("intensity"),
            shape=_scaled(alt.Shape, "deed", classes, [shape for _, shape in QUADS.values()]),
            stroke=_scaled(alt.Stroke, "deed", classes, colours),
            fill=_scaled(alt.Fill, "deed", classes, colours),
            fillOpacity=alt.FillOpacity("filled:Q", scale=None),
            description="label:N",
            tooltip=["label:N", "deed:N", "intensity:Q"],
        ),
        alt.Chart(_data(levels))
        .mark_line(color=_BLACK, strokeWidth=2)
        .encode(x=x, y=y("mean"), detail="run:N", order="from:T"),
        alt.Chart(_data(marks))
        .mark_rule(color=_BLACK, strokeWidth=1.5)
        .encode(x=x, y=lane, y2=alt.value(_HEIGHT), strokeDash=alt.StrokeDash("dashes:N", scale=None)),
        alt.Chart(_data(marks))
        .mark_text(align="left", baseline="top", dx=4, fontSize=11)
        .encode(x=x, y=lane, text="label:N"),
    ]
    above = alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)
    dated = alt.X("from:T", scale=time, axis=_calendar((last - first).days))
    bars = (
        alt.Chart(_data(read))
        .mark_rect(color=_GREY, stroke="#FFFFFF", strokeWidth=0.3)
        .encode(
            x=dated,
            x2="to:T",
            y=alt.Y(
                "documents:Q",
                title="documents read",
                scale=alt.Scale(zero=True),
                axis=alt.Axis(tickCount=3, tickMinStep=1, format="d"),
            ),
            y2=alt.datum(0),
        )
    )
    # The axis is that of the first layer.
    below = alt.layer(gaps.encode(x=dated), bars).properties(width=_WIDTH, height=_EXPOSURE_HEIGHT)
    return _page(alt.vconcat(above, below, spacing=8), title, [*_TIMELINE_KEY, " ".join(key)])


def network(title: str, nodes: Sequence[Node], ties: Sequence[Tie], exposure: Exposure) -> altair.VConcatChart:
    """The signed network of a period: friends near each other, poles apart, and below what it rests on.

    The order of nodes and ties changes nothing. Raises `InputError` where there is no node, where two have one id, or
    where a tie leads to no node, and `ExtraError` where Altair or igraph is not installed.
    """
    if not nodes:
        raise InputError(_short(title), "has no actor to draw; read documents of that time first")
    if len({node.id for node in nodes}) < len(nodes):
        raise InputError(_short(title), "has two actors of one id; give each its own")
    strangers = sorted({end for tie in ties for end in (tie.one, tie.other)} - {node.id for node in nodes})
    if strangers:
        raise InputError(_short(title), f"has a tie to {_short(strangers[0])}, which is no node; add it to the nodes")
    _need("altair")
    import altair as alt

    # By pole, for the layout begins with all nodes on a circle in this order.
    nodes = sorted(nodes, key=lambda node: (node.pole is None, node.pole or "", node.id))
    ties = sorted((tie for tie in ties if tie.weight), key=lambda tie: (*sorted([tie.one, tie.other]), tie.weight))
    names = {node.id: _short(node.name) for node in nodes}
    rooms = [_room(name) for name in names.values()]
    places = _layout(nodes, ties, rooms)
    at = {node.id: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, places, strict=True)}

    poles = _told_apart(sorted({node.pole for node in nodes if node.pole is not None}))
    looks = {pole: POLES[number % len(POLES)] for number, pole in enumerate(poles.values())}
    if any(node.pole is None for node in nodes):
        looks[_NO_POLE] = UNALIGNED
    strongest = max((abs(tie.weight) for tie in ties), default=1)
    lines = [
        dict(zip(("x", "y", "x2", "y2"), (*at[tie.one], *at[tie.other]), strict=True))
        | {"tie": "friendly" if tie.weight > 0 else "hostile", "strength": abs(tie.weight) / strongest}
        | {"between": f"{names[tie.one]} – {names[tie.other]}", "weight": tie.weight}
        for tie in ties
    ]
    marks = [
        {"x": at[node.id][0], "y": at[node.id][1], "name": names[node.id], "broker": "broker" if node.broker else ""}
        | {"pole": _NO_POLE if node.pole is None else poles[node.pole]}
        for node in nodes
    ]

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    drawn = (
        alt.Chart(_data(lines))
        .mark_rule(opacity=max(0.3, min(0.9, 80 / max(1, len(lines)))))
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.5, 5]), legend=None),
            color=_scaled(alt.Color, "tie", TIES, [colour for colour, _ in TIES.values()]),
            strokeDash=_scaled(alt.StrokeDash, "tie", TIES, [dashes for _, dashes in TIES.values()]),
            description="between:N",
            tooltip=["between:N", "tie:N", "weight:Q"],
        )
    )
    base = alt.Chart(_data(marks)).encode(x=x, y=y)
    dots = base.mark_point(size=170, stroke=_BLACK, strokeWidth=1.2, opacity=1).encode(
        shape=_scaled(alt.Shape, "pole", looks, [shape for _, shape in looks.values()]),
        fill=_scaled(alt.Fill, "pole", looks, [colour for colour, _ in looks.values()]),
        description="name:N",
        tooltip=["name:N", "pole:N", "broker:N"],
    )
    rings = (
        alt.Chart(_data([mark for mark in marks if mark["broker"]]))
        .mark_point(shape="circle", size=620, color=_BLACK, strokeWidth=2.5, opacity=1, filled=False)
        .encode(x=x, y=y)
    )
    words = base.mark_text(dy=16, baseline="top", fontSize=11, color=_BLACK).encode(text="name:N")
    picture = alt.layer(drawn, rings, dots, words).properties(
        width=max(x + room / 2 for (x, _), room in zip(at.values(), rooms, strict=True)),
        height=max(y for _, y in at.values()) + _TALL,
    )
    foot = alt.Title(_read(exposure), orient="bottom", fontSize=11, fontWeight="normal", offset=12)
    return _page(alt.vconcat(picture.properties(title=foot)), title, _NETWORK_KEY)


def save(chart: altair.VConcatChart, path: Path) -> None:
    """Write a picture, as SVG or as PNG of twice its size in pixels, by the ending of `path`.

    The same picture gives the same bytes of SVG; a PNG takes its letters from the fonts of the machine. Nothing is
    fetched. Raises `InputError` where the ending is another or the file cannot be written, and `ExtraError` where
    vl-convert is not installed.
    """
    ending = path.suffix.lower()
    if ending not in (".svg", ".png"):
        raise InputError(str(path), f"ends in {ending or 'nothing'}; let it end in .svg or .png")
    _need("vl_convert")
    import altair
    import vl_convert

    version = "_".join(altair.SCHEMA_VERSION.split(".")[:2])
    # No address is allowed, so that not even a chart made elsewhere can fetch anything.
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=version, allowed_base_urls=[])
    try:
        path.write_bytes(svg.encode() if ending == ".svg" else vl_convert.svg_to_png(svg, scale=2))
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error


def _page(chart: altair.VConcatChart, title: str, key: Sequence[str]) -> altair.VConcatChart:
    import altair as alt

    lines = wrap(_short(title, 200), 90) or [""]
    return chart.properties(title=alt.Title(lines, subtitle=[*key], offset=12), config=_CONFIG)


def _read(exposure: Exposure) -> str:
    documents = "1 document" if exposure.documents == 1 else f"{exposure.documents:,} documents"
    outlets = "1 outlet" if exposure.outlets == 1 else f"{exposure.outlets:,} outlets"
    return f"Read: {documents} of {outlets}."


def _layout(nodes: Sequence[Node], ties: Sequence[Tie], rooms: Sequence[float]) -> Positions:
    """Where each node stands, in pixels, so that the names below the nodes do not overlap. `rooms`: their widths.

    Every two nodes have a distance that they should have: less within a pole than between poles, less where a tie is
    friendly, more where it is hostile. Kamada and Kawai (1989) find places that come near to these.
    """
    _need("igraph")
    import igraph
    import numpy as np

    if len(nodes) == 1:
        return np.array([[rooms[0] / 2, _TALL / 2]])
    strongest = max((abs(tie.weight) for tie in ties), default=1)
    stands: Counter[frozenset[str]] = Counter()
    for tie in ties:
        stands[frozenset([tie.one, tie.other])] += tie.weight / strongest
    pairs = [(i, j) for i in range(len(nodes)) for j in range(i)]
    distances = [
        (_NEAR if nodes[i].pole == nodes[j].pole else _FAR)
        * (1 - _PULL * max(-1, min(1, stands[frozenset([nodes[i].id, nodes[j].id])])))
        for i, j in pairs
    ]
    graph = igraph.Graph(n=len(nodes), edges=pairs)
    drawn = graph.layout_kamada_kawai(seed=graph.layout_circle(), weights=distances)
    places = np.array(drawn.coords)
    return _apart(places * _UNIT * len(nodes) ** 0.5 / np.ptp(places, axis=0).max(), np.array(rooms))


def _apart(places: Positions, rooms: Positions) -> Positions:
    """`places` moved as little as makes room for all: boxes as wide as `rooms` that do not overlap."""
    import numpy as np

    step = np.subtract.outer
    while True:
        across, down = step(places[:, 0], places[:, 0]), step(places[:, 1], places[:, 1])
        lacking_across = np.add.outer(rooms, rooms) / 2 - np.abs(across)
        lacking_down = _TALL - np.abs(down)
        overlap = (lacking_across > 0) & (lacking_down > 0)
        np.fill_diagonal(overlap, False)
        if not overlap.any():
            break
        # The shorter way out, half of it for each of the two; who stand at one place part by their order.
        order = np.sign(step(np.arange(len(rooms)), np.arange(len(rooms))))
        sideways = overlap & (lacking_across < lacking_down)
        upright = overlap & ~sideways
        places = (
            places
            + np.stack(
                [
                    (sideways * lacking_across * np.where(across, np.sign(across), order)).sum(axis=1),
                    (upright * lacking_down * np.where(down, np.sign(down), order)).sum(axis=1),
                ],
                axis=1,
            )
            / 2
        )
        # All a little wider each time, so that room is found in the end.
        places *= 1.01
    corner = np.array([(places[:, 0] - rooms / 2).min(), places[:, 1].min() - _TALL / 2])
    return places - corner


def _labelled(breaks: Sequence[Break], first: date, last: date) -> list[dict[str, Any]]:
    """The rules of breaks, each with the height in pixels at which its label is free of the others."""
    lanes: list[tuple[float, int]] = []
    marks = []
    # From the last: what stands to the right of a label is lower, so that no rule runs through a label.
    for one in sorted(breaks, key=lambda one: (one.at, one.label, one.by_exposure), reverse=True):
        left = _WIDTH * (one.at - first).days / ((last - first).days + 1)
        label = _short(one.label) + (" (reading changed)" if one.by_exposure else "")
        lane = max((lane for start, lane in lanes if start < left + _room(label)), default=0) + 1
        lanes.append((left, lane))
        marks.append(
            {
                "from": one.at.isoformat(),
                "label": label,
                "lane": -lane * _LINE,
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


def _scaled(channel: Any, field: str, domain: Iterable[str], marks: Iterable[Any]) -> Any:
    """The channel that shows `field` by the mark that each value of the domain has, with its legend."""
    import altair as alt

    scale = alt.Scale(domain=[*domain], range=[*marks])
    return channel(f"{field}:N", scale=scale, title=field)


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


def _told_apart(names: Iterable[str]) -> dict[str, str]:
    """Each name as it is shown; those that are alike once they are cut get a number."""
    shown: dict[str, str] = {}
    for name in names:
        label, number = _short(name), 1
        while label in shown.values():
            number += 1
            label = f"{_short(name)} ({number})"
        shown[name] = label
    return shown


def _short(text: str, length: int = _NAME) -> str:
    """`text` on one line, cut where it is longer than `length`."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _room(label: str) -> float:
    """Pixels that a label of small text may need; Chinese and the like are twice as wide."""
    return _CHARACTER * sum(2 if east_asian_width(character) in "WF" else 1 for character in label) + _LINE


def _data(rows: Sequence[dict[str, Any]]) -> altair.InlineData:
    import altair as alt

    return alt.InlineData(values=[*rows])


def _need(package: str) -> None:
    try:
        import_module(package)
    except ImportError as error:
        raise ExtraError(f"{package} is not installed; get it with: pip install 'detente[plots]'") from error
