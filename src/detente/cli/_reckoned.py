"""How issues and what is reckoned of them are told in a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, TextIO

from detente.cli._output import console, print_lines, print_table

if TYPE_CHECKING:
    from detente.bargaining.issue import Issue, Scale
    from detente.bargaining.reckoning import Reckoning
    from detente.bargaining.result import Result

_MOST_MOVERS: Final = 5

_WHOLE: Final = 72
"""Columns of a terminal in which a row for each model has room; with fewer the setting is left out."""


def scale(issue: Issue, number: int) -> Iterator[str]:
    """A dimension in words, after the title of the issue where it is the first."""
    line = issue.dimensions[number]
    if number == 0 and issue.title:
        yield issue.title
    labels = "; ".join(f"{point:g} {label}" for point, label in line.scale.labels)
    ends = f"{line.scale.low:g} to {line.scale.high:g}"
    quo = "" if line.status_quo is None else f", status quo {line.status_quo:g}"
    yield (
        f"{line.title}: {ends}{'' if line.scale.declared else ', as far as the positions go'}{quo}"
        + (f" ({labels})" if labels else "")
    )


def show(found: Reckoning, stream: TextIO) -> None:
    """The models side by side, by dimension; then who moves and blocks, what was noted, and where they disagree."""
    from detente.bargaining.distribution import FITTED_ON

    issue = found.issue
    columns = ["model", "setting", *(("80 %", "all draws", "draws") if found.ranges else ("outcome", "percent"))]
    if found.combined:
        columns.append("80 %")
    if console(stream).width < _WHOLE:
        columns.remove("setting")
    for number in range(len(issue.dimensions)):
        print_lines(stream, *scale(issue, number))
        print_table(_rows(found, number), columns, stream)
        for result in found.results:
            if result.settled is not None:
                print_lines(stream, f"{result.model}: {_played(found, result, number)}.")
    if found.ranges:
        print_lines(
            stream,
            "Capability is not stated, so that no outcome is told: only how far outcomes range over divisions of it at "
            "random.",
        )
    if found.combined:
        print_lines(
            stream,
            f"combined: the median, and the range that holds 80 %, of a distribution fitted on {FITTED_ON}; "
            "elsewhere it is a guess.",
        )
    for result in found.results:
        blocks = (f"{result.model}: {one.actor} blocks on {one.dimension}: {one.why}." for one in result.blocks)
        notes = (f"{result.model}: {note}." for note in result.notes)
        print_lines(stream, *blocks, *notes)
    print_lines(stream, *found.disagreements())


def between(low: float, high: float, scale: Scale) -> str:
    """A range for people, its ends to about a thousandth of the scale."""
    width = scale.high - scale.low
    decimals = max(0, 3 - math.ceil(math.log10(width))) if width > 0 else 0
    return f"{low:.{decimals}f} to {high:.{decimals}f}"


def _rows(found: Reckoning, number: int) -> Iterator[dict[str, Any]]:
    """A row for each model, and for the distribution before them."""
    import numpy as np

    from detente.bargaining.reckoning import COMBINED
    from detente.bargaining.result import shown

    scale = found.issue.dimensions[number].scale
    for one in found.combined[number : number + 1]:
        row = {
            "model": COMBINED,
            "setting": None,
            "outcome": shown(one.median),
            "80 %": between(*one.interval(), scale),
        }
        yield row | {"percent": f"{float(scale.percent(np.asarray(one.median))):.1f}"}
    for result in found.results:
        row = {"model": result.model, "setting": result.setting, "80 %": None}
        if result.model in found.ranges:
            drawn = found.ranges[result.model]
            (low, high), (least, most) = drawn.interval(), drawn.ends
            yield row | {
                "80 %": between(low[number], high[number], scale),
                "all draws": between(least[number], most[number], scale),
                "draws": len(drawn.outcomes),
            }
        else:
            outcome = result.outcome[number]
            yield row | {"outcome": shown(outcome), "percent": f"{float(scale.percent(outcome)):.1f}"}


def _played(found: Reckoning, result: Result, number: int) -> str:
    """How long a model was played, and who is elsewhere in the end, by how far; those that went farthest first."""
    from detente.bargaining.result import shown

    start, end = result.positions[0][:, number], result.positions[-1][:, number]
    moved = sorted(
        (i for i in range(len(start)) if abs(end[i] - start[i]) > 0), key=lambda i: -abs(float(end[i] - start[i]))
    )
    names = [f"{found.issue.actors[i].name} {shown(start[i])} → {shown(end[i])}" for i in moved[:_MOST_MOVERS]]
    more = f", and {len(moved) - _MOST_MOVERS} more" if len(moved) > _MOST_MOVERS else ""
    rounds = f"{result.rounds} round{'' if result.rounds == 1 else 's'}"
    return f"{rounds}, {'settled' if result.settled else 'not settled'}; {', '.join(names) + more or 'nobody moves'}"
