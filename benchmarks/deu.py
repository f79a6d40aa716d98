"""Decisions of the European Union with what everybody wanted: the data set DEU III as issues.

Arregui and Perarnaud 2022 (doi 10.34810/data53): a row for each contested issue of a legislative proposal, positions
`p…` and saliences `s…` from 0 to 100 of the member states, the Commission (`com`) and the Parliament (`ep`), the
reference point `rp` if there is no decision, and the outcome `out`. The second line has capabilities, GDP in trillions,
in the columns of positions; the Commission and the Parliament have as much there as the largest state.

Who has no position or no salience on an issue takes no part in it.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np

import council
from detente.bargaining.issue import Actor, Dimension, Floats, Issue, Scale

SCALE: Final = Scale(0.0, 100.0)

Capability = Literal["gdp", "power"]


@dataclass(frozen=True, eq=False)
class Contested:
    """One contested issue of a proposal. Arrays are by actor, NaN positions for who takes no part."""

    proposal: str
    name: str
    actors: tuple[str, ...]
    position: Floats
    salience: Floats
    """From 0 to 1."""
    capability: Mapping[Capability, Floats]
    unanimity: bool
    reference: float
    """NaN where there is none."""
    outcome: float
    """NaN where none is known."""


def read(path: Path, gdp: Mapping[str, float] | None = None) -> tuple[list[Contested], dict[str, float]]:
    """The issues of a file, and the capabilities of its second line; `gdp` is taken where it has none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    known = dict(gdp or {})
    if rows and not rows[0]["prnr"]:
        line = rows.pop(0)
        known = {name[1:]: _number(value) for name, value in line.items() if name[0] == "p" and _number(value) >= 0}
    if not rows or not known:
        raise SystemExit(f"{path}: no issues, or no line of capabilities")
    actors = tuple(name for name in known if f"p{name}" in rows[0])
    placed: dict[str, set[str]] = {}
    for row in rows:
        here = {name for name in actors if not math.isnan(_number(row["p" + name])) or _number(row["s" + name]) > 0}
        placed.setdefault(row["prnr"], set()).update(here - {council.COMMISSION, council.PARLIAMENT})
    return [_contested(row, actors, known, placed[row["prnr"]]) for row in rows], known


def _contested(
    row: Mapping[str, str], actors: tuple[str, ...], gdp: Mapping[str, float], placed: set[str]
) -> Contested:
    position = np.array([_number(row["p" + name]) for name in actors])
    salience = np.array([_number(row["s" + name]) for name in actors]) / 100
    present = ~np.isnan(position) & ~np.isnan(salience)
    year = council.year(row["prnr"])
    unanimity = row["counvte"] == "Unan"
    power = council.power(council.members(placed, year), year, row["proc"] == "COD", unanimity)
    return Contested(
        proposal=row["prnr"],
        name=row["isnr"],
        actors=actors,
        position=np.where(present, position, np.nan),
        salience=np.where(present, salience, 0.0),
        capability={
            "gdp": np.where(present, [gdp[name] for name in actors], 0.0),
            "power": np.where(present, [power.get(name, 0.0) for name in actors], 0.0),
        },
        unanimity=unanimity,
        reference=_number(row["rp"]),
        outcome=_number(row["out"]),
    )


def issue(contested: Sequence[Contested], capability: Capability, *, stakeless: bool = True) -> Issue:
    """Contested issues of one proposal as the dimensions of one issue.

    Who takes no part in any is left out, without `stakeless` also who has no stakes.
    """
    position = np.column_stack(
        [
            np.where(stakeless | (each.capability[capability] * each.salience > 0), each.position, np.nan)
            for each in contested
        ]
    )
    here = ~np.isnan(position).all(axis=1)
    position = position[here]

    def table(columns: Sequence[Floats]) -> Floats:
        return np.where(np.isnan(position), 0.0, np.column_stack(columns)[here])

    nothing = np.zeros(position.shape)
    return Issue(
        name=contested[0].proposal,
        title=contested[0].proposal,
        actors=tuple(Actor(name, name) for name, in_it in zip(contested[0].actors, here, strict=True) if in_it),
        dimensions=tuple(
            Dimension(each.name, each.name, SCALE, None if math.isnan(each.reference) else each.reference)
            for each in contested
        ),
        position=position,
        salience=table([each.salience for each in contested]),
        capability=table([each.capability[capability] for each in contested]),
        resolve=np.full(position.shape, np.nan),
        veto=np.zeros(position.shape, np.bool_),
        position_sd=nothing,
        salience_sd=nothing,
        capability_sd=nothing,
        quota=1.0 if contested[0].unanimity else council.QUALIFIED,
    )


def _number(text: str | None) -> float:
    """A number, NaN for an empty cell."""
    return float(text) if text and text.strip() else math.nan
