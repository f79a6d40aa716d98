"""`detente issue sensitivity`: how sure outcomes are, and what would change them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli import _reckoned
from detente.cli._messages import counting, log_to_stderr
from detente.cli._output import destination, print_jsonl, print_lines, print_table

if TYPE_CHECKING:
    from detente.bargaining.draws import Cell
    from detente.bargaining.uncertainty import Sensitivity
    from detente.bargaining.whatif import Lever

EXAMPLE: Final = "Example: detente issue sensitivity tariffs.csv --by 10 --actor Borland"

_MOST: Final = 5
"""Rows of a table; --json has all."""


def sensitivity(
    file: options.IssueFile,
    model: Annotated[str, typer.Option(metavar="NAME", help="The model of which it is asked.")] = "compromise",
    setting: Annotated[str | None, typer.Option(metavar="NAME", help="Its setting.")] = None,
    rounds: Annotated[int | None, typer.Option(min=0, metavar="N", help="How many rounds are played at most.")] = None,
    by: Annotated[
        float, typer.Option(metavar="X", help="By how much the outcome is to move, in percent of the scale.")
    ] = 5.0,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Tell the levers of this actor: what it can do, whom to work on.")
    ] = None,
    draws: Annotated[int, typer.Option(min=1, metavar="N", help="How many tables are drawn.")] = 10_000,
    sd: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="How unsure the cells are that do not say it, as a standard deviation: a share of the scale, of 1 for "
            "salience, of itself for capability.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="What the draws follow.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print all of it, as JSON.")] = False,
    output: options.Output = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Say how sure the outcome of an issue is, which cells matter, and what would change it.

    Outcomes are drawn over what the cells may be; the rest is of one model: the smallest changes that move its outcome,
    pivotal actors, coalitions to watch, and an actor's levers.
    """
    from detente.bargaining.issue import Issue

    log_to_stderr(verbose)
    issue = Issue.from_file(file)
    names = [one.name for one in issue.actors]
    if actor is not None and actor not in names:
        raise typer.BadParameter(f"no actor {actor!r}; there are: {', '.join(names)}", param_hint="--actor")
    with counting("tables", quiet=quiet) as progress:
        found = issue.sensitivity(
            model, setting=setting, rounds=rounds, draws=draws, seed=seed, sd=sd, by=by, progress=progress
        )
    with destination(output, spare=[file]) as stream:
        if json:
            print_jsonl([found.json()], stream)
        else:
            _show(found, actor, stream)


def _show(found: Sensitivity, actor: str | None, stream: TextIO) -> None:
    for number, line in enumerate(found.issue.dimensions):
        print_lines(stream, *_reckoned.scale(found.issue, number))
        if found.spreads:
            stated = found.issue.capability_stated
            columns = ("model", *(("median",) if stated else ()), "80 % of draws", "all draws")
            print_table(_spreads(found, number), columns, stream)
        _table(stream, f"Which cells {found.model} depends on", _indices(found, line.name))
        by = f"{found.by:g} % of the scale"
        _table(stream, f"The smallest changes that move {found.model} by {by}", _changes(found, line.name))
        _table(stream, f"What hangs on whom, in percent of the scale ({found.model})", _pivots(found, line.name))
        _table(stream, f"The smallest coalitions that move {found.model} by {by}", _coalitions(found, line.name))
        if actor is not None:
            _table(stream, f"What brings {found.model} nearer to {actor}", _levers(found, line.name, actor))
    print_lines(stream, *(f"{note}." for note in found.notes))


def _table(stream: TextIO, title: str, rows: list[dict[str, Any]]) -> None:
    """A table below what it tells, or a line that there is nothing to tell."""
    if not rows:
        print_lines(stream, f"{title}: none.", "")
        return
    print_lines(stream, f"{title}:")
    print_table(rows, [*rows[0]], stream)


def _spreads(found: Sensitivity, number: int) -> Iterator[dict[str, Any]]:
    from detente.bargaining.result import shown

    scale = found.issue.dimensions[number].scale
    for one in found.spreads:
        (low, high), (least, most) = one.interval(), one.ends
        yield {
            "model": one.model,
            "median": shown(one.median[number]),
            "80 % of draws": _reckoned.between(low[number], high[number], scale),
            "all draws": _reckoned.between(least[number], most[number], scale),
        }


def _indices(found: Sensitivity, dimension: str) -> list[dict[str, Any]]:
    own = [one for one in found.indices if one.dimension == dimension]
    return [
        {
            "cell": _cell(found, one.cell),
            "share of variance": f"{one.first:z.2f} ± {one.first_error:z.2f}",
            "with others": f"{one.total:z.2f} ± {one.total_error:z.2f}",
        }
        for one in own[:_MOST]
    ]


def _changes(found: Sensitivity, dimension: str) -> list[dict[str, Any]]:
    own = [one for one in found.changes if one.dimension == dimension]
    return [
        {
            "change": f"{_cell(found, one.cell)} {_way(one.start, one.end)}",
            "of its range": f"{one.size:.1%}",
            "outcome": f"{one.shift:+z.1f} %",
        }
        for one in own[:_MOST]
    ]


def _pivots(found: Sensitivity, dimension: str) -> list[dict[str, Any]]:
    own = [one for one in found.pivots if one.dimension == dimension]
    return [
        {
            "actor": one.actor,
            "without it": "–" if one.without is None else f"{one.without:+z.1f}",
            "by its position": f"{one.low:+z.1f} to {one.high:+z.1f}",
        }
        for one in own[:_MOST]
    ]


def _coalitions(found: Sensitivity, dimension: str) -> list[dict[str, Any]]:
    """Whether smaller groups were all tried is told only where not all were."""
    from detente.bargaining.whatif import STEP

    own = [one for one in found.coalitions if one.dimension == dimension]
    by = f"by {STEP:.0%}".replace("%", " %")
    step = {"withdraw": "withdraw", "go up": f"go up {by}", "go down": f"go down {by}"}
    rows = [{"who": ", ".join(one.actors), "if they": step[one.how], "outcome": f"{one.shift:+z.1f} %"} for one in own]
    if all(one.exact for one in own):
        return rows
    tried = ({"smaller ones": "all tried" if one.exact else "not all tried"} for one in own)
    return [row | more for row, more in zip(rows, tried, strict=True)]


def _levers(found: Sensitivity, dimension: str, actor: str) -> list[dict[str, Any]]:
    return [
        row
        for one in found.levers
        if (one.dimension, one.actor) == (dimension, actor)
        for row in (
            *(_lever(found, "its own", lever) for lever in one.own),
            *(_lever(found, "work on", lever) for lever in one.others[:_MOST]),
        )
    ]


def _lever(found: Sensitivity, whose: str, lever: Lever) -> dict[str, Any]:
    change = f"{_cell(found, lever.cell)} {_way(lever.start, lever.end)}"
    return {"whose": whose, "change": change, "nearer by": f"{lever.gain:.1f} %"}


def _cell(found: Sensitivity, cell: Cell) -> str:
    on = f" on {cell.dimension}" if cell.dimension is not None and len(found.issue.dimensions) > 1 else ""
    return f"{cell.actor}: {cell.field}{on}"


def _way(start: float, end: float) -> str:
    from detente.bargaining.result import shown

    return f"{shown(start)} → {shown(end)}"
