"""What is drawn of a reckoning: where each model ends, and how positions move from round to round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from detente.bargaining.issue import Dimension
from detente.bargaining.reckoning import Reckoning
from detente.relations import plots

if TYPE_CHECKING:
    import altair

_WIDTH: Final = 230
_HEIGHT: Final = 190
_NAMES: Final = 130
"""Pixels of a panel of rounds, and the width of that of outcomes, in which models stand beside each other."""

_DASHES: Final = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2))
"""How the lines of the first eight actors are dashed, of the next eight, and so on."""

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
    datasets: dict[str, list[dict[str, Any]]] = {}
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
    title = found.issue.title or found.issue.name
    return plots.page(alt.vconcat(*shown, spacing=24), f"{title}: outcomes and positions by round", _KEY, datasets)


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
        .mark_rule(color="#000000", strokeWidth=1.5)
        .encode(x, alt.Y("low:Q"), alt.Y2("high:Q"))
    )
    points = (
        base.transform_filter("datum.position !== null")
        .mark_point(filled=True, size=60, color="#000000", clip=False)
        .encode(x, _height(line, title))
    )
    return alt.layer(points, ranges, width=_NAMES, height=_HEIGHT, title=alt.Title("outcomes", fontSize=12))


def _rounds(line: Dimension, dataset: str, model: str, names: list[str]) -> altair.LayerChart | altair.FacetChart:
    import altair as alt

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
            alt.Color("actor:N", scale=alt.Scale(domain=names, range=colours), title="actor"),
            alt.StrokeDash("actor:N", scale=alt.Scale(domain=names, range=dashes), title="actor"),
        )
    )
    rule = base.transform_filter("datum.outcome").mark_rule(color="#000000").encode(_height(line, None))
    title = alt.Title(model.replace("_", " "), fontSize=12)
    return alt.layer(rule, lines, width=_WIDTH, height=_HEIGHT, title=title)
