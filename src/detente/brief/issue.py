"""The reckoning of a contested issue as one page of HTML that needs nothing but itself, like the brief's.

It shows the table, each cell with the sentences it rests on, the models side by side, how likely each point is,
positions by round, and what the outcome hangs on. Nothing is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from detente import __version__
from detente.bargaining import pictures
from detente.bargaining.distribution import FITTED_ON
from detente.bargaining.issue import Ground, Issue
from detente.bargaining.issued import called
from detente.bargaining.reckoning import Reckoning
from detente.bargaining.result import Result, marked, shown
from detente.bargaining.uncertainty import Sensitivity
from detente.bargaining.whatif import STEP
from detente.brief import pages
from detente.relations import plots

_STEP: Final = f"by {STEP:.0%} of the scale".replace("%", " %")
_DOING: Final = {
    "withdraw": ("withdraws", "withdraw"),
    "go up": (f"goes up {_STEP}", f"go up {_STEP}"),
    "go down": (f"goes down {_STEP}", f"go down {_STEP}"),
}
"""What coalitions do, of one and of several."""

_MOST: Final = 12
"""Rows of a list of what the outcome hangs on; the rest is for `detente issue sensitivity`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement that cells rest on, by the number it has on the page, and the ids of these cells."""

    number: int
    ground: Ground
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An actor's part in a dimension, as the table shows it: values with their marks and how unsure they are."""

    id: str
    actor: str
    """Its name, by which all else on the page calls it."""
    title: str
    position: str
    salience: str
    capability: str
    stakes: str
    veto: bool
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """A dimension: its scale in words, its table, what the models say of it, and its pictures as SVG."""

    title: str
    scale: str
    labels: tuple[tuple[str, str], ...]
    summary: str
    cells: tuple[Cell, ...]
    models: tuple[dict[str, Any], ...]
    likely: str
    rounds: tuple[tuple[str, str], ...]
    sure: dict[str, Sequence[Any]]


def render(found: Reckoning, sure: Sensitivity, made: date, sd: float | None = None) -> str:
    """The page; `sd` is how unsure cells that do not say it were taken to be, as a share.

    Raises `ExtraError` where the packages that draw pictures are not installed.
    """
    issue = found.issue
    numbers = _numbers(issue)
    return pages.template("issue.html").render(
        title=called(issue),
        made=made.isoformat(),
        version=__version__,
        found=found,
        sure=sure,
        sd=sd,
        matters=[_matter(found, sure, k, numbers) for k in range(len(issue.dimensions))],
        sentences=_sentences(issue, numbers),
        proxies=bool(issue.proxies),
        blocks=[*_blocks(found)],
        notes=[(result.model, note) for result in found.results for note in result.notes],
        played=any(result.settled is not None for result in found.results),
        doing=_DOING,
        fitted_on=FITTED_ON,
        most=_MOST,
        legend=pictures.LEGEND,
        shown=shown,
    )


def _blocks(found: Reckoning) -> Iterator[str]:
    """Who blocks, those with one reason together."""
    for result in found.results:
        together: dict[tuple[str, str], list[str]] = {}
        for block in result.blocks:
            together.setdefault((block.dimension, block.why), []).append(block.actor)
        for (dimension, why), actors in together.items():
            each = "each " if len(actors) > 1 else ""
            yield f"{result.model}, blocked on {dimension} by {', '.join(actors)}: {each}{why}."


def _numbers(issue: Issue) -> dict[tuple[str, str], int]:
    """The numbers of sentences, by statement and sentence, in the order of the table's cells."""
    found: dict[tuple[str, str], int] = {}
    for k in range(len(issue.dimensions)):
        for i in range(len(issue.actors)):
            for ground in issue.grounds.get((i, k), ()):
                found.setdefault((ground.statement, ground.sentence), len(found) + 1)
    return found


def _sentences(issue: Issue, numbers: dict[tuple[str, str], int]) -> list[Sentence]:
    grounds = dict[int, Ground]()
    cells = dict[int, list[str]]()
    for (i, k), several in sorted(issue.grounds.items()):
        for ground in several:
            number = numbers[ground.statement, ground.sentence]
            grounds.setdefault(number, ground)
            if (cell := f"cell-{k}-{i}") not in cells.setdefault(number, []):
                cells[number].append(cell)
    return [Sentence(number, grounds[number], tuple(cells[number])) for number in sorted(grounds)]


def _matter(found: Reckoning, sure: Sensitivity, k: int, numbers: dict[tuple[str, str], int]) -> Matter:
    line = found.issue.dimensions[k]
    ends = f"{line.scale.low:g} to {line.scale.high:g}" + ("" if line.scale.declared else ", as far as positions go")
    quo = "" if line.status_quo is None else f"; status quo {line.status_quo:g}"
    told = found.combined[k] if found.combined else None
    name = found.issue.name
    return Matter(
        title=line.title,
        scale=f"{ends}{quo}",
        labels=tuple((f"{point:g}", label) for point, label in line.scale.labels),
        summary=_summary(found, k),
        cells=tuple(_cells(found.issue, k, numbers)),
        models=tuple(_model(found, result, k) for result in found.results),
        likely=plots.svg(pictures.likely(found, k, told), name),
        rounds=tuple(
            (result.model.replace("_", " "), plots.svg(pictures.rounds(found, k, result.model), name))
            for result in found.results
            if result.settled is not None
        ),
        sure={
            part: [one for one in getattr(sure, part) if one.dimension == line.name]
            for part in ("indices", "changes", "pivots", "levers", "coalitions")
        },
    )


def _cells(issue: Issue, k: int, numbers: dict[tuple[str, str], int]) -> Iterator[Cell]:
    total = issue.stakes[:, k].sum()
    for i in np.flatnonzero(issue.present[:, k]).tolist():
        grounds = issue.grounds.get((i, k), ())
        yield Cell(
            id=f"cell-{k}-{i}",
            actor=issue.actors[i].name,
            title=issue.actors[i].title,
            position=_value(issue, "position", i, k),
            salience=_value(issue, "salience", i, k),
            capability=_value(issue, "capability", i, k) if issue.capability_stated else "not stated",
            stakes=f"{issue.stakes[i, k] / total:.0%}" if issue.capability_stated else "–",
            veto=bool(issue.veto[i, k]),
            sentences=tuple(dict.fromkeys(numbers[one.statement, one.sentence] for one in grounds)),
        )


def _value(issue: Issue, name: str, i: int, k: int) -> str:
    value, sd = (float(getattr(issue, field)[i, k]) for field in (name, f"{name}_sd"))
    return marked(name, value, sd, issue.proxies.get((i, k), ()))


def _model(found: Reckoning, result: Result, k: int) -> dict[str, Any]:
    """A row of the table of models."""
    line = found.issue.dimensions[k]
    outcome = shown(result.outcome[k])
    if result.model in found.ranges:
        low, high = found.ranges[result.model].interval()
        outcome = f"{shown(low[k])} to {shown(high[k])}"
    return {
        "model": result.model.replace("_", " "),
        "setting": result.setting,
        "outcome": outcome,
        "percent": f"{float(line.scale.percent(result.outcome[k])):.0f} %",
        "rounds": result.rounds if result.settled is not None else "",
        "settled": {True: "yes", False: "no", None: ""}[result.settled],
        "reason": result.reasons.get(line.name, ""),
    }


def _summary(found: Reckoning, k: int) -> str:
    """The outcome of a dimension in one sentence."""
    scale = found.issue.dimensions[k].scale
    if found.ranges:
        lows, highs = zip(*(one.interval() for one in found.ranges.values()), strict=True)
        low, high = min(float(low[k]) for low in lows), max(float(high[k]) for high in highs)
        return f"By model, the ranges that hold 80 % of draws reach from {shown(low)} to {shown(high)}."
    outcomes = [(float(one.outcome[k]), one.model.replace("_", " ")) for one in found.results]
    known = sorted(one for one in outcomes if not np.isnan(one[0]))
    models = "No model has an outcome."
    if known:
        low, high = scale.percent(np.array([known[0][0], known[-1][0]])).tolist()
        ends = " to ".join(f"{shown(value)} ({model})" for value, model in (known[0], known[-1]))
        models = f"The models say {ends}, {high - low:.0f} % of the scale apart."
        if known[0][0] == known[-1][0]:
            models = f"The models agree on {shown(known[0][0])}."
    if not found.combined:
        return models
    told = found.combined[k]
    low, high = told.interval()
    return f"The median is {shown(told.median)}; 80 % of the chances lie from {shown(low)} to {shown(high)}. {models}"
