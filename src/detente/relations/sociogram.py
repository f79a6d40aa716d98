"""Who stands with and against whom, as a picture; nothing is computed here but where things stand on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from detente.errors import InputError
from detente.relations import plots

if TYPE_CHECKING:
    import altair
    import numpy as np
    import numpy.typing as npt

    _Positions = npt.NDArray[np.float64]


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


UNALIGNED: Final = (plots.WHITE, "circle")
"""Colour and shape of who belongs to no pole."""

TIES: Final = {"friendly": ("#08519C", (1, 0)), "hostile": ("#D55E00", (6, 4))}
"""Colour and dashes of a tie."""

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

_KEY: Final = ("The wider a tie, the stronger. Dashed: hostile. Ring: broker between poles.",)


def picture(title: str, nodes: Sequence[Node], ties: Sequence[Tie], exposure: Exposure) -> altair.VConcatChart:
    """The signed network of a period: friends near each other, poles apart, and below what it rests on.

    The order of nodes and ties changes nothing. Raises `InputError` where there is no node, where two have one id, or
    where a tie leads to no node, and `ExtraError` where Altair or igraph is not installed.
    """
    if not nodes:
        raise InputError(plots.shortened(title), "has no actor to draw; read documents of that time first")
    if len({node.id for node in nodes}) < len(nodes):
        raise InputError(plots.shortened(title), "has two actors of one id; give each its own")
    strangers = sorted({end for tie in ties for end in (tie.one, tie.other)} - {node.id for node in nodes})
    if strangers:
        raise InputError(
            plots.shortened(title),
            f"has a tie to {plots.shortened(strangers[0])}, which is no node; add it to the nodes",
        )
    plots.need("altair")
    import altair as alt

    # By pole, for the layout begins with all nodes on a circle in this order.
    nodes = sorted(nodes, key=lambda node: (node.pole is None, node.pole or "", node.id))
    ties = sorted(
        (Tie(min(tie.one, tie.other), max(tie.one, tie.other), tie.weight) for tie in ties if tie.weight),
        # The strongest is drawn last, above the others.
        key=lambda tie: (abs(tie.weight), tie.weight, tie.one, tie.other),
    )
    called = plots.told_apart(sorted({node.name for node in nodes}), 2 * _NAME)
    names = {node.id: called[node.name] for node in nodes}
    lines = {node.id: "\n".join(wrap(names[node.id], _NAME, max_lines=2, placeholder=" …")) for node in nodes}
    rooms = [
        (
            max(plots.room(line) for line in text.split("\n")),
            _ABOVE + _BELOW + plots.LINE * text.count("\n") + plots.LINE + 4,
        )
        for text in lines.values()
    ]
    places = _layout(nodes, ties, rooms)
    at = {node.id: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, places, strict=True)}

    poles = plots.told_apart(sorted({node.pole for node in nodes if node.pole is not None}))
    looks = {pole: plots.POLES[number % len(plots.POLES)] for number, pole in enumerate(poles.values())}
    if any(node.pole is None for node in nodes):
        looks[_NO_POLE] = UNALIGNED
    strongest = max((abs(tie.weight) for tie in ties), default=1)
    marks = [
        {"x": at[node.id][0], "y": at[node.id][1], "name": names[node.id], "lines": lines[node.id]}
        | {"pole": _NO_POLE if node.pole is None else poles[node.pole], "broker": "broker" if node.broker else ""}
        for node in nodes
    ]
    datasets: plots.Datasets = {
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
        plots.drawn("ties")
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
            color=plots.scaled(alt.Color, "tie", TIES, [colour for colour, _ in TIES.values()]).legend(symbolSize=500),
            strokeDash=plots.scaled(alt.StrokeDash, "tie", TIES, [dashes for _, dashes in TIES.values()]).legend(
                symbolSize=500
            ),
            description="between:N",
            tooltip=["between:N", "tie:N", "weight:Q"],
        ),
        plots.drawn("brokers")
        .mark_point(
            shape="circle", size=480, stroke=plots.BLACK, strokeWidth=2.5, fill=plots.WHITE, opacity=1, aria=False
        )
        .encode(x=x, y=y),
        plots.drawn("nodes")
        .mark_point(size=170, stroke=plots.BLACK, strokeWidth=1.2, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=plots.scaled(alt.Shape, "pole", looks, [shape for _, shape in looks.values()]),
            fill=plots.scaled(alt.Fill, "pole", looks, [colour for colour, _ in looks.values()]),
            description="name:N",
            tooltip=["name:N", "pole:N", "broker:N"],
        ),
        # A white rim, so that no tie runs through a name.
        *(
            plots.drawn("nodes")
            .mark_text(dy=_BELOW, baseline="top", fontSize=11, lineBreak="\n", aria=False, **look)
            .encode(x=x, y=y, text="lines:N")
            for look in (
                {"color": plots.WHITE, "stroke": plots.WHITE, "strokeWidth": 4, "strokeJoin": "round"},
                {"color": plots.BLACK},
            )
        ),
    ]
    foot = alt.Title(_read(exposure), orient="bottom", fontSize=11, fontWeight="normal", offset=12)
    picture = alt.layer(*layers).properties(
        width=max(x + width / 2 for (x, _), (width, _) in zip(at.values(), rooms, strict=True)),
        height=max(y + height - _ABOVE for (_, y), (_, height) in zip(at.values(), rooms, strict=True)),
        title=foot,
    )
    return plots.page(alt.vconcat(picture), title, _KEY, datasets)


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
    plots.need("igraph")
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
