"""Pictures of relations, drawn by Altair: how a pair's relation moved, and who stands with and against whom.

Nothing is computed here but where things stand on the page. A picture can be read without colour: shape, filling and
dashes say the same. The colours are Okabe and Ito's (Color Universal Design, jfly.uni-koeln.de/color, 2008) and
ColorBrewer's (Harrower and Brewer 2003), made to be told apart by people who see no difference between red and green.
For black and white print they differ in lightness (CIE L*, of a hundred) as well: classes of deeds by ten, the two
kinds of tie by fifteen, poles by five. What was not read is marked, and never drawn as a zero.

Names and labels come from texts of anybody. They stand in a picture as they are, on one line and cut where they are
long; none is taken for code, and nothing is fetched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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

    _Positions = npt.NDArray[np.float64]
    _Datasets = dict[str, list[dict[str, Any]]]


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
_SILVER: Final = "#8C8C8C"
_PALE: Final = "#E6E6E6"
_WHITE: Final = "#FFFFFF"

QUADS: Final[dict[Quad, tuple[str, str]]] = {
    "verbal_cooperation": ("#4292C6", "circle"),
    "material_cooperation": ("#08306B", "triangle-up"),
    "verbal_conflict": ("#B35806", "diamond"),
    "material_conflict": ("#A50F15", "triangle-down"),
}
"""Colour and shape of a deed. Words are light, deeds dark; what is done for somebody points up, against him down."""

POLES: Final = (
    ("#08519C", "circle"),
    ("#F0E442", "square"),
    ("#238B45", "triangle-up"),
    ("#E69F00", "diamond"),
    ("#252525", "triangle-down"),
    ("#9ECAE1", "cross"),
    ("#8C510A", "triangle-right"),
    ("#CC79A7", "triangle-left"),
)
"""Colour and shape of a pole, from the first; a ninth pole begins anew, and only its place tells it apart."""

UNALIGNED: Final = (_WHITE, "circle")
"""Colour and shape of who belongs to no pole."""

TIES: Final = {"friendly": ("#08519C", (1, 0)), "hostile": ("#D55E00", (6, 4))}
"""Colour and dashes of a tie."""

_WIDTH: Final = 760
_HEIGHT: Final = 400
_EXPOSURE_HEIGHT: Final = 85
_LINE: Final = 14
"""Height in pixels of a line of small text."""
_CHARACTER: Final = 6.6
"""Width in pixels that is kept for a letter of the small text; capitals, m and w get more."""
_LABEL: Final = 40
"""Characters of a label that are shown."""

_MARK: Final = 8
"""Width in pixels of a deed."""
_AREAS: Final = (60, 240)
"""Square pixels of the mark of one deed, and of the most that one mark stands for."""
_CROWD: Final = 300
"""Marks beyond which the means are drawn above them, not below."""
_ASIDE: Final = 4
"""Pixels by which deeds of one direction stand higher, and those of the other lower."""

_NAME: Final = 22
"""Characters of a line of an actor's name; two lines are shown."""
_ABOVE: Final = 16
_BELOW: Final = 15
"""Pixels from the middle of a node up to the end of its room, and down to its name."""
_UNIT: Final = 110
"""Pixels that a network is wide or high, times the root of how many nodes it has, before room is made for names."""
_NEAR: Final = 1.0
_FAR: Final = 2.2
_PULL: Final = 0.5
"""The distance that nodes of one pole should have, and of two, and by how much the strongest tie shortens it."""
_NO_POLE: Final = "of no pole"
_MANY: Final = 60
"""Ties beyond which all are drawn thinner, and the weak ones faint."""

_TIMELINE_KEY: Final = (
    "Line: mean intensity of a period, with the band of its interval. Pale column: nothing was read.",
    "Rule: the relation changed; dashed: what was read changed then too.",
)
_NETWORK_KEY: Final = ("The wider a tie, the stronger. Dashed: hostile. Ring: broker between poles.",)

_CONFIG: Final[dict[str, Any]] = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "background": _WHITE,
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
    the other hollow. Deeds of one direction, class and intensity that would lie on each other are one mark, the larger
    the more they are. The order of what is given changes nothing. Raises `InputError` where there is no period, or
    deeds of more than one pair, and `ExtraError` where Altair is not installed.
    """
    if not periods:
        raise InputError(_short(title), "has no period to draw; read documents of that time first")
    directions = sorted({(deed.source, deed.target) for deed in deeds})
    if len(directions) > 2 or len({frozenset(direction) for direction in directions}) > 1:
        raise InputError(_short(title), "has deeds of several pairs; draw one pair at a time")
    need("altair")
    import altair as alt

    periods = sorted(periods, key=lambda period: (period.start, period.end))
    first = min([periods[0].start] + [deed.day for deed in deeds] + [one.at for one in breaks])
    last = max([period.end for period in periods] + [deed.day for deed in deeds] + [one.at for one in breaks])
    days = (last - first).days + 1
    filled, hollow = (
        _gathered([deed for deed in deeds if (deed.source, deed.target) in chosen], max(1, days * _MARK // _WIDTH))
        for chosen in (directions[:1], directions[1:])
    )
    datasets: _Datasets = {
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
    gaps = drawn("unread").mark_rect(color=_PALE).encode(x=x, x2="to:T", description="label:N")
    marks = _marks(x, y("intensity"), max((mark["deeds"] for mark in filled + hollow), default=1), both=bool(hollow))
    means = [
        drawn("intervals")
        .mark_rect(color=_GREY, fillOpacity=0.35, aria=False)
        .encode(x=x, x2="to:T", y=y("low"), y2="high:Q"),
        # A white rim, so that the line is seen among many deeds.
        *(
            drawn("means")
            .mark_line(color=colour, strokeWidth=width, aria=False)
            .encode(x=x, y=y("mean"), detail="run:N", order="from:T")
            for colour, width in ((_WHITE, 4), (_BLACK, 2))
        ),
    ]
    layers = [
        gaps,
        drawn("zero").mark_rule(color=_GREY, strokeWidth=0.5, aria=False).encode(y=y("zero")),
        *(marks + means if len(filled + hollow) > _CROWD else means + marks),
        drawn("breaks")
        .mark_rule(color=_BLACK, strokeWidth=1.5, aria=False)
        .encode(x=x, y=lane, y2=alt.value(_HEIGHT), strokeDash=alt.StrokeDash("dashes:N", scale=None)),
        drawn("breaks")
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
        drawn("read")
        .mark_rect(color=_SILVER, stroke=_WHITE, strokeWidth=0.3)
        .encode(x=dated, x2="to:T", y=counted, y2=alt.datum(0), description="label:N")
    )
    # The axis is that of the first layer.
    below = alt.layer(gaps.encode(x=dated), bars).properties(width=_WIDTH, height=_EXPOSURE_HEIGHT)
    shown = told_apart(sorted({name for direction in directions for name in direction}))
    fillings = ("Filled, a little higher", "Hollow, a little lower") if hollow else ("Filled",)
    key = " ".join(
        f"{filling}: {shown[source]} → {shown[target]}."
        for filling, (source, target) in zip(fillings, directions, strict=False)
    )
    return page(alt.vconcat(above, below, spacing=12), title, [*_TIMELINE_KEY, key], datasets)


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
    need("altair")
    import altair as alt

    # By pole, for the layout begins with all nodes on a circle in this order.
    nodes = sorted(nodes, key=lambda node: (node.pole is None, node.pole or "", node.id))
    ties = sorted(
        (Tie(min(tie.one, tie.other), max(tie.one, tie.other), tie.weight) for tie in ties if tie.weight),
        # The strongest is drawn last, above the others.
        key=lambda tie: (abs(tie.weight), tie.weight, tie.one, tie.other),
    )
    called = told_apart(sorted({node.name for node in nodes}), 2 * _NAME)
    names = {node.id: called[node.name] for node in nodes}
    lines = {node.id: "\n".join(wrap(names[node.id], _NAME, max_lines=2, placeholder=" …")) for node in nodes}
    rooms = [
        (max(_room(line) for line in text.split("\n")), _ABOVE + _BELOW + _LINE * text.count("\n") + _LINE + 4)
        for text in lines.values()
    ]
    places = _layout(nodes, ties, rooms)
    at = {node.id: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, places, strict=True)}

    poles = told_apart(sorted({node.pole for node in nodes if node.pole is not None}))
    looks = {pole: POLES[number % len(POLES)] for number, pole in enumerate(poles.values())}
    if any(node.pole is None for node in nodes):
        looks[_NO_POLE] = UNALIGNED
    strongest = max((abs(tie.weight) for tie in ties), default=1)
    marks = [
        {"x": at[node.id][0], "y": at[node.id][1], "name": names[node.id], "lines": lines[node.id]}
        | {"pole": _NO_POLE if node.pole is None else poles[node.pole], "broker": "broker" if node.broker else ""}
        for node in nodes
    ]
    datasets: _Datasets = {
        "ties": [
            dict(zip(("x", "y", "x2", "y2"), (*at[tie.one], *at[tie.other]), strict=True))
            | {"tie": "friendly" if tie.weight > 0 else "hostile", "strength": abs(tie.weight) / strongest}
            | {"between": f"{names[tie.one]} – {names[tie.other]}", "weight": tie.weight}
            for tie in ties
        ],
        "nodes": marks,
        "brokers": [mark for mark in marks if mark["broker"]],
    }

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    faintest, widest = (0.8, 5) if len(ties) <= _MANY else (0.2, 3)
    layers = [
        # The opacity of a whole mark would do the same, but costs a picture of its own for each when made into pixels.
        drawn("ties")
        .mark_rule()
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.5, widest]), legend=None),
            strokeOpacity=alt.StrokeOpacity(
                "strength:Q", scale=alt.Scale(domain=[0, 1], range=[faintest, 0.8]), legend=None
            ),
            color=_scaled(alt.Color, "tie", TIES, [colour for colour, _ in TIES.values()]).legend(symbolSize=500),
            strokeDash=_scaled(alt.StrokeDash, "tie", TIES, [dashes for _, dashes in TIES.values()]).legend(
                symbolSize=500
            ),
            description="between:N",
            tooltip=["between:N", "tie:N", "weight:Q"],
        ),
        drawn("brokers")
        .mark_point(shape="circle", size=480, stroke=_BLACK, strokeWidth=2.5, fill=_WHITE, opacity=1, aria=False)
        .encode(x=x, y=y),
        drawn("nodes")
        .mark_point(size=170, stroke=_BLACK, strokeWidth=1.2, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=_scaled(alt.Shape, "pole", looks, [shape for _, shape in looks.values()]),
            fill=_scaled(alt.Fill, "pole", looks, [colour for colour, _ in looks.values()]),
            description="name:N",
            tooltip=["name:N", "pole:N", "broker:N"],
        ),
        # A white rim, so that no tie runs through a name.
        *(
            drawn("nodes")
            .mark_text(dy=_BELOW, baseline="top", fontSize=11, lineBreak="\n", aria=False, **look)
            .encode(x=x, y=y, text="lines:N")
            for look in (
                {"color": _WHITE, "stroke": _WHITE, "strokeWidth": 4, "strokeJoin": "round"},
                {"color": _BLACK},
            )
        ),
    ]
    foot = alt.Title(_read(exposure), orient="bottom", fontSize=11, fontWeight="normal", offset=12)
    picture = alt.layer(*layers).properties(
        width=max(x + width / 2 for (x, _), (width, _) in zip(at.values(), rooms, strict=True)),
        height=max(y + height - _ABOVE for (_, y), (_, height) in zip(at.values(), rooms, strict=True)),
        title=foot,
    )
    return page(alt.vconcat(picture), title, _NETWORK_KEY, datasets)


def save(chart: altair.VConcatChart, path: Path) -> None:
    """Write a picture, as SVG or as PNG of twice its size in pixels, by the ending of `path`.

    The same picture gives the same bytes of SVG, whatever theme Altair is told to use; a PNG takes its letters from the
    fonts of the machine. Nothing is fetched: a chart made elsewhere that asks for data or images from an address is
    refused. Raises `InputError` for that, where the ending is another or the file cannot be written, and `ExtraError`
    where vl-convert is not installed.
    """
    ending = path.suffix.lower()
    if ending not in (".svg", ".png"):
        raise InputError(str(path), f"ends in {ending or 'nothing'}; let it end in .svg or .png")
    need("vl_convert")
    import altair
    import vl_convert

    with altair.theme.enable("none"):
        # What the functions above make is valid, and to look again costs a second where deeds are many.
        drawing = chart.to_dict(validate=False)
    version = "_".join(altair.SCHEMA_VERSION.split(".")[:2])
    try:
        svg = vl_convert.vegalite_to_svg(drawing, vl_version=version, allowed_base_urls=[])
    except ValueError as error:
        raise InputError(str(path), f"cannot be drawn: {_short(str(error), 200)}") from error
    # What is allowed holds for data alone: images would be fetched when the SVG is made into pixels, or looked at.
    if "<image" in svg:
        raise InputError(str(path), "cannot be drawn: the chart shows an image, and nothing is fetched; leave it out")
    try:
        path.write_bytes(svg.encode() if ending == ".svg" else vl_convert.svg_to_png(svg, scale=2))
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error


def page(chart: altair.VConcatChart, title: str, key: Sequence[str], datasets: _Datasets) -> altair.VConcatChart:
    """A chart as it is shown: under its title and the lines of its key, with its rows by the names of datasets."""
    import altair as alt

    lines = wrap(_short(title, 200), 90) or [""]
    shown = chart.properties(title=alt.Title(lines, subtitle=[*key], offset=12), config=_CONFIG)
    # Altair looks through rows that are given to a chart, and copies them, at every step.
    shown.datasets = datasets
    return shown


def drawn(dataset: str) -> altair.Chart:
    """A chart of the rows that `page` gets under this name."""
    import altair as alt

    return alt.Chart(alt.NamedData(dataset))


def _marks(x: altair.X, intensity: altair.Y, most: int, *, both: bool) -> list[altair.Chart]:
    """The deeds of one direction, filled, and those of the other, hollow; side by side where there are both.

    `most` is how many deeds a mark stands for at most.
    """
    import altair as alt

    classes = [_class(quad) for quad in QUADS]
    shape = _scaled(alt.Shape, "deed", classes, [shape for _, shape in QUADS.values()])
    colours = [colour for colour, _ in QUADS.values()]
    size = alt.Size(
        "deeds:Q",
        title="deeds in a mark",
        scale=alt.Scale(domain=[1, max(4, most)], range=[*_AREAS]),
        legend=alt.Legend(values=[1, most], format="d", symbolFillColor=_GREY) if most > 1 else None,
    )
    aside = _ASIDE if both else 0
    filled = drawn("filled").mark_point(opacity=1, yOffset=-aside, stroke=_WHITE, strokeWidth=0.5)
    hollow = drawn("hollow").mark_point(opacity=1, yOffset=aside, fill=_WHITE, strokeWidth=1.3)
    return [
        chart.encode(x=x, y=intensity, shape=shape, size=size, description="label:N", tooltip=["label:N", "deed:N"])
        for chart in (
            filled.encode(fill=_scaled(alt.Fill, "deed", classes, colours)),
            hollow.encode(stroke=_scaled(alt.Stroke, "deed", classes, colours)),
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
            | {"deed": _class(group[0].quad), "deeds": len(group), "label": _short(group[0].label, 200) + others}
        )
    return sorted(marks, key=lambda mark: (-mark["deeds"], mark["from"], mark["intensity"], mark["deed"]))


def _read(exposure: Exposure) -> str:
    documents = "1 document" if exposure.documents == 1 else f"{exposure.documents:,} documents"
    outlets = "1 outlet" if exposure.outlets == 1 else f"{exposure.outlets:,} outlets"
    return f"Read: {documents} of {outlets}."


def _layout(nodes: Sequence[Node], ties: Sequence[Tie], rooms: Sequence[tuple[float, float]]) -> _Positions:
    """Where each node stands, in pixels, so that no node or name lies on another's.

    `rooms` are how wide and high a node is with its name, which stands below it. Every two nodes have a distance that
    they should have: less within a pole than between poles, less where a tie is friendly, more where it is hostile.
    Kamada and Kawai (1989) find places that come near to these.
    """
    need("igraph")
    import igraph
    import numpy as np

    sizes = np.array(rooms)
    # From the corner of its room to a node.
    into = np.stack([sizes[:, 0] / 2, np.full(len(nodes), _ABOVE)], axis=1)
    if len(nodes) == 1:
        return into
    strongest = max((abs(tie.weight) for tie in ties), default=1)
    stands: defaultdict[frozenset[str], float] = defaultdict(float)
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
    places *= _UNIT * len(nodes) ** 0.5 / np.ptp(places, axis=0).max()
    corners = _apart(places - into + sizes / 2, sizes) - sizes / 2
    moved: _Positions = corners - corners.min(axis=0) + into
    return moved


def _apart(middles: _Positions, sizes: _Positions) -> _Positions:
    """The middles of boxes of these sizes (width and height), moved as little as leaves no two boxes overlapping."""
    import numpy as np

    order = np.sign(np.subtract.outer(np.arange(len(sizes)), np.arange(len(sizes))))[:, :, None]
    while True:
        between = middles[:, None] - middles
        lacking: _Positions = (sizes[:, None] + sizes) / 2 - np.abs(between)
        overlap = (lacking > 0).all(axis=2) & ~np.eye(len(sizes), dtype=bool)
        if not overlap.any():
            return middles
        # The shorter way out, half of it for each of the two; who stand at one place part by their order.
        shorter = np.stack([lacking[:, :, 0] < lacking[:, :, 1], lacking[:, :, 0] >= lacking[:, :, 1]], axis=2)
        away = np.where(between, np.sign(between), order)
        middles = middles + (overlap[:, :, None] * shorter * lacking * away).sum(axis=1) / 2
        # All a little wider each time, so that room is found in the end.
        middles *= 1.01


def _labelled(breaks: Sequence[Break], first: date, last: date) -> list[dict[str, Any]]:
    """The rules of breaks, each with the height in pixels at which its label is free of the others."""
    lanes: list[tuple[float, int]] = []
    marks: list[dict[str, Any]] = []
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


def _aloud(period: Period) -> str:
    """A period for who hears the picture. Altair's own words would have days of the machine's time zone."""
    mean = "" if period.mean is None else f", mean intensity {period.mean:.1f}"
    interval = "" if period.low is None or period.high is None else f" ({period.low:.1f} to {period.high:.1f})"
    return f"{period.start} to {period.end}: documents read {period.documents}{mean}{interval}"


def told_apart(names: Iterable[str], length: int = _LABEL) -> dict[str, str]:
    """Each name as it is shown; those that are alike once they are cut get a number."""
    shown: dict[str, str] = {}
    for name in names:
        label, number = _short(name, length), 1
        while label in shown.values():
            number += 1
            label = f"{_short(name, length - 5)} ({number})"
        shown[name] = label
    return shown


def _short(text: str, length: int = _LABEL) -> str:
    """`text` on one line, cut where it is longer than `length`."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _room(label: str) -> float:
    """Pixels that a label of small text may need. Capitals are wide, Chinese and the like are twice as wide."""
    return _LINE + _CHARACTER * sum(
        2 if east_asian_width(letter) in "WF" else 1.4 if letter.isupper() or letter in "mw@%" else 1
        for letter in label
    )


def need(package: str) -> None:
    """Raise `ExtraError` where a package that pictures need is not installed."""
    try:
        import_module(package)
    except ImportError as error:
        raise ExtraError(f"{package} is not installed; get it with: pip install 'detente[plots]'") from error
