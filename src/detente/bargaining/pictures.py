"""What is drawn of a reckoning: where each model ends, and how positions move from round to round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detente.bargaining.distribution import Distribution
from detente.bargaining.issue import Dimension
from detente.bargaining.issued import called
from detente.bargaining.reckoning import Reckoning
from detente.relations import plots

if TYPE_CHECKING:
    import altair

_WIDTH: Final = 230
_HEIGHT: Final = 190
_NAMES: Final = 130
"""Pixels of a panel of rounds, and the width of that of outcomes, in which models stand beside each other."""

_LIKELY: Final = 110
_ROW: Final = 20
"""Pixels of the height of a distribution, and of a row below it."""

_POSITIONS, _QUO = "positions", "status quo"

_BLUE, _PALE = "#08519C", "#DCE9F5"

_DASHES: Final = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2))
"""How the lines of the first eight actors are dashed, of the next eight, and so on."""

LEGEND: Final = 30
"""Actors beyond whom there is no legend: it would be longer than what it explains."""

_KEY: Final = (
    "Rule: the outcome of the model. Dashes tell apart actors of one colour.",
    "A bar from low to high holds 80 % of what may be.",
)


def reckoning(found: Reckoning) -> altair.VConcatChart:
    """A row of panels for each dimension: the outcomes of all models, and positions by round of each that has rounds.

    Raises `ExtraError` where Altair is not installed.
    """
    plots.need("altair")
    import altair as alt

    names = plots.told_apart(actor.name for actor in found.issue.actors)
    rows = [
        row | {"actor": names.get(row["actor"]), "outcome": row["actor"] is None}
        for row in found.rows()
        if row["position"] is not None or row["low"] is not None
    ]
    datasets: plots.Datasets = {}
    shown = []
    for number, line in enumerate(found.issue.dimensions):
        own = [row for row in rows if row["dimension"] == line.name]
        datasets[f"outcomes-{number}"] = [row for row in own if row["outcome"]]
        panels: list[Any] = [_outcomes(line, f"outcomes-{number}", plots.told_apart([line.title])[line.title])]
        for result in found.results:
            if result.settled is not None:
                name = f"{result.model}-{number}"
                datasets[name] = [row for row in own if row["model"] == result.model]
                panels.append(_rounds(line, name, result.model, [*names.values()]))
        shown.append(alt.hconcat(*panels, spacing=24))
    title = called(found.issue)
    key = _KEY if len(names) <= LEGEND else (*_KEY, f"The {len(names)} actors are too many for a legend.")
    return plots.page(alt.vconcat(*shown, spacing=24), f"{title}: outcomes and positions by round", key, datasets)


def likely(found: Reckoning, number: int, told: Distribution | None) -> altair.VConcatChart:
    """How likely each point of a dimension is, above where actors stand and where each model ends.

    Small, and without a title, to stand in a page. Raises `ExtraError` where Altair is not installed.
    """
    plots.need("altair")
    import altair as alt

    line, here = found.issue.dimensions[number], found.issue.present[:, number]
    shares = found.issue.stakes[here, number] / found.issue.stakes[:, number].sum()
    places = zip(found.issue.position[here, number].tolist(), shares.tolist(), strict=True)
    ends = [
        {"row": result.model.replace("_", " "), "x": float(result.outcome[number])}
        for result in found.results
        if not np.isnan(result.outcome[number])
    ]
    ranges = [
        {"row": model.replace("_", " "), "x": float(low[number]), "to": float(high[number])}
        for model, (low, high) in ((model, drawn.interval()) for model, drawn in found.ranges.items())
    ]
    datasets: plots.Datasets = {
        "positions": [{"row": _POSITIONS, "x": x, "stakes": share} for x, share in places],
        "models": ends,
        "ranges": ranges,
        "status quo": [] if line.status_quo is None else [{"row": _QUO, "x": line.status_quo}],
    }
    # Bars would have room kept for them, and stand elsewhere than what lies below them.
    scale = alt.Scale(domain=[line.scale.low, line.scale.high], nice=False, zero=False, padding=0)
    x = alt.X("x:Q", title=None, scale=scale)
    rows = [_POSITIONS, *([_QUO] if datasets["status quo"] else []), *(str(end["row"]) for end in (*ends, *ranges))]
    row = alt.Y("row:N", title=None, scale=alt.Scale(domain=rows))
    stand = plots.drawn("positions").mark_point(color=plots.GREY, strokeWidth=1.5)
    stand = stand.encode(x, row, alt.Size("stakes:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[12, 400])))
    end = plots.drawn("models").mark_point(filled=True, shape="diamond", size=70, opacity=1, color=_BLUE)
    # Round ends are seen where a range is one point, too.
    span = plots.drawn("ranges").mark_rule(color=_BLUE, strokeWidth=4, strokeCap="round").encode(x, row, alt.X2("to:Q"))
    quo = plots.drawn("status quo").mark_point(shape="cross", size=70, filled=True, opacity=1, color=plots.GREY)
    below = alt.layer(span, stand, quo.encode(x, row), end.encode(x, row), width=_WIDTH, height=_ROW * len(rows))
    if told is None:
        return plots.bare(alt.vconcat(below), datasets)
    low, high = told.interval()
    points = zip(told.points.tolist(), told.probability.tolist(), strict=True)
    datasets["points"] = [{"x": point, "probability": chance} for point, chance in points]
    datasets["interval"] = [{"x": low, "to": high, "middle": told.median}]
    bare = alt.X("x:Q", title=None, scale=scale, axis=alt.Axis(labels=False, ticks=False))
    chance = alt.Y("probability:Q", title=None, axis=alt.Axis(format=".0%", tickCount=3))
    band = plots.drawn("interval").mark_rect(color=_PALE).encode(bare, alt.X2("to:Q"))
    middle = plots.drawn("interval").mark_rule(color=plots.BLACK, strokeDash=[4, 3])
    bars = plots.drawn("points").mark_bar(color=_BLUE, size=2).encode(bare, chance)
    above = alt.layer(band, bars, middle.encode(alt.X("middle:Q", scale=scale)), width=_WIDTH, height=_LIKELY)
    return plots.bare(alt.vconcat(above, below, spacing=10, bounds="flush"), datasets)


def rounds(found: Reckoning, number: int, model: str) -> altair.VConcatChart:
    """Positions on a dimension by round, as a model has them; small, and without a title, to stand in a page.

    With more than `LEGEND` actors it is without a legend, too.
    Raises `ExtraError` where Altair is not installed.
    """
    plots.need("altair")
    import altair as alt

    names = plots.told_apart(actor.name for actor in found.issue.actors)
    line = found.issue.dimensions[number]
    rows = [
        row | {"actor": names.get(row["actor"]), "outcome": row["actor"] is None}
        for row in found.rows()
        if (row["model"], row["dimension"]) == (model, line.name) and row["position"] is not None
    ]
    legend = alt.Legend(orient="bottom", columns=2, title=None, labelLimit=_WIDTH // 2)
    chart = _rounds(line, "rounds", None, [*names.values()], legend)
    return plots.bare(alt.vconcat(chart), {"rounds": rows})


def _height(line: Dimension, title: str | None) -> altair.Y:
    """The axis of positions, over the whole scale; its labels are numbers, as words may be long."""
    import altair as alt

    scale = alt.Scale(domain=[line.scale.low, line.scale.high], nice=False, zero=False)
    return alt.Y("position:Q", scale=scale, title=title)


def _outcomes(line: Dimension, dataset: str, title: str) -> altair.LayerChart | altair.FacetChart:
    import altair as alt

    x = alt.X("model:N", sort=None, title=None, axis=alt.Axis(labelAngle=-40))
    base = plots.drawn(dataset)
    ranges = (
        base.transform_filter("datum.low !== null")
        .mark_rule(color=plots.BLACK, strokeWidth=1.5, strokeCap="round")
        .encode(x, alt.Y("low:Q"), alt.Y2("high:Q"))
    )
    points = (
        base.transform_filter("datum.position !== null")
        .mark_point(filled=True, size=60, color=plots.BLACK, clip=False)
        .encode(x, _height(line, title))
    )
    return alt.layer(points, ranges, width=_NAMES, height=_HEIGHT, title=alt.Title("outcomes", fontSize=12))


def _rounds(
    line: Dimension, dataset: str, model: str | None, names: list[str], legend: altair.Legend | None = None
) -> altair.LayerChart | altair.FacetChart:
    import altair as alt

    key: dict[str, Any] = {"title": "actor"} if legend is None else {"legend": legend}
    if len(names) > LEGEND:
        key = {"legend": None}
    colours = [plots.POLES[at % len(plots.POLES)][0] for at in range(len(names))]
    dashes = [_DASHES[at // len(plots.POLES) % len(_DASHES)] for at in range(len(names))]
    base = plots.drawn(dataset)
    x = alt.X("round:Q", title="round", axis=alt.Axis(tickMinStep=1, format="d"))
    lines = (
        base.transform_filter("!datum.outcome")
        .mark_line(strokeWidth=1.8)
        .encode(
            x,
            _height(line, None),
            alt.Color("actor:N", scale=alt.Scale(domain=names, range=colours), **key),
            alt.StrokeDash("actor:N", scale=alt.Scale(domain=names, range=dashes), **key),
        )
    )
    rule = base.transform_filter("datum.outcome").mark_rule(color=plots.BLACK).encode(_height(line, None))
    titled = {} if model is None else {"title": alt.Title(model.replace("_", " "), fontSize=12)}
    return alt.layer(rule, lines, width=_WIDTH, height=_HEIGHT, **titled)
