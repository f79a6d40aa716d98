"""What a file says of an issue before it is believed: texts with their places, checked all at once.

Readers of formats fill a `Sheet`; `Sheet.issue` finds every fault and tells each with line and column, so that a file
can be mended in one go.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from detente.bargaining.issue import CELL, Actor, Bools, Dimension, Field, Floats, Ground, Issue, Scale
from detente.errors import IssueError

_YES: Final = frozenset(["yes", "true", "1", "x"])
_NO: Final = frozenset(["no", "false", "0", ""])

_SMALLEST: Final = 1e-12
_LARGEST: Final = 1e12
"""Numbers other than 0 beyond these are slips; products and squares of them would leave what a computer can tell."""


class Place(NamedTuple):
    """Where something stands: a line and a column of it, each counted from 1.

    In tables a column is a field, in YAML a character.
    """

    line: int
    column: int


class Mark(NamedTuple):
    """A text and where it stands."""

    text: str
    place: Place


_NOTHING: Final = Mark("", Place(1, 1))


@dataclass
class Line:
    """What a file says of one dimension's scale. `ends` are numbers of it, two or more where the scale is stated."""

    mark: Mark
    title: str = ""
    ends: list[tuple[Mark, str]] = field(default_factory=list)
    status_quo: Mark | None = None
    default: tuple[float, float] | None = None
    """The scale where none is stated; else it goes from the lowest position to the highest."""


@dataclass
class Sheet:
    """What was found in the file that the user calls `name`."""

    name: str
    title: str = ""
    quota: Mark | None = None
    actors: dict[str, str] = field(default_factory=dict)
    """Names in the order of the file, and what they are in full."""
    lines: dict[str, Line] = field(default_factory=dict)
    cells: dict[tuple[str, str], dict[Field, Mark]] = field(default_factory=dict)
    """By actor and dimension. A text that is empty is as good as none."""
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where a cell begins, for what it lacks."""
    proxies: dict[tuple[str, str], Mark] = field(default_factory=dict)
    """By actor and dimension, the names of fields that were counted from texts, with spaces or commas between them."""
    grounds: dict[tuple[str, str], tuple[Ground, ...]] = field(default_factory=dict)
    percent: frozenset[Field] = frozenset()
    """Fields that the file gives in percent, where the table has shares."""
    faults: list[tuple[Place, str]] = field(default_factory=list)

    def fault(self, place: Place, reason: str) -> None:
        """Note that something is wrong."""
        self.faults.append((place, reason))

    def add(self, actor: Mark, dimension: Mark, cell: Mapping[Field, Mark]) -> None:
        """Take in a cell; it is a fault where there is one already."""
        key = (actor.text, dimension.text)
        if key in self.cells:
            where = f" on {dimension.text}" if dimension.text else ""
            self.fault(actor.place, f"{actor.text}{where} stands twice, first in line {self.places[key].line}")
            return
        self.cells[key] = dict(cell)
        self.places[key] = actor.place

    def issue(self) -> Issue:
        """The issue. Raises `IssueError` with all faults, in the order of the file."""
        shape = (len(self.actors), len(self.lines))
        position, resolve = np.full(shape, np.nan), np.full(shape, np.nan)
        numbers: dict[Field, Floats] = {
            "position": position,
            "resolve": resolve,
            "salience": np.zeros(shape),
            "capability": np.zeros(shape),
            "position_sd": np.zeros(shape),
            "salience_sd": np.zeros(shape),
            "capability_sd": np.zeros(shape),
        }
        veto = np.zeros(shape, np.bool_)
        rows = {name: number for number, name in enumerate(self.actors)}
        columns = {name: number for number, name in enumerate(self.lines)}
        stated = self._states_capability()
        for (actor, dimension), cell in self.cells.items():
            if actor in rows and dimension in columns:
                self._fill(cell, self.places[actor, dimension], numbers, veto, (rows[actor], columns[dimension]))
        dimensions = tuple(
            self._dimension(name, line, position[:, number]) for number, (name, line) in enumerate(self.lines.items())
        )
        quota = self.number(self.quota, "quota", 0, 1) if self.quota else None
        if self.quota and quota == 0:
            self.fault(self.quota.place, "a quota of 0 lets nobody decide; give a share above 0, to 1 for unanimity")
        if not stated:
            numbers["capability"][~np.isnan(position)] = 1
        proxies = {key: self._proxies(key, mark) for key, mark in self.proxies.items()}
        self._check_whole(numbers["salience"] * numbers["capability"])
        if self.faults:
            self.faults.sort()
            raise IssueError(
                self.name, *(f"line {at.line}, column {at.column}: {reason}" for at, reason in self.faults)
            )
        for array in (*numbers.values(), veto):
            array.setflags(write=False)
        return Issue(
            name=self.name,
            title=self.title,
            actors=tuple(Actor(name, title or name) for name, title in self.actors.items()),
            dimensions=dimensions,
            position=position,
            salience=numbers["salience"],
            capability=numbers["capability"],
            resolve=resolve,
            veto=veto,
            position_sd=numbers["position_sd"],
            salience_sd=numbers["salience_sd"],
            capability_sd=numbers["capability_sd"],
            quota=quota,
            capability_stated=stated,
            proxies={(rows[a], columns[d]): names for (a, d), names in proxies.items() if names},
            grounds={(rows[a], columns[d]): found for (a, d), found in self.grounds.items() if found},
        )

    def lacking(self, name: Field) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The cells with a position that have no value for a field, and all cells with a position."""
        placed = [key for key, cell in self.cells.items() if cell.get("position", _NOTHING).text]
        return [key for key in placed if not self.cells[key].get(name, _NOTHING).text], placed

    def _states_capability(self) -> bool:
        """Whether the table says what its actors could bring to bear. Who alone lacks it is a fault."""
        lacking, placed = self.lacking("capability")
        if len(lacking) == len(placed):
            return not placed
        for actor, dimension in lacking:
            reason = f"{actor} has no capability, where others have one; give it, or leave it empty for all"
            self.fault(self.places[actor, dimension], reason)
        return True

    def _proxies(self, key: tuple[str, str], mark: Mark) -> frozenset[Field]:
        """The fields of a cell that a text marks as counted from texts."""
        names = mark.text.replace(",", " ").split()
        for name in names:
            if name not in CELL:
                self.fault(mark.place, f"proxies are fields of a cell, not {name!r}; there are {', '.join(CELL)}")
        for field_, value in ((one, self.cells[key].get(one, _NOTHING)) for one in CELL if one in names):
            if not value.text:
                self.fault(mark.place, f"{field_} of {key[0]} is marked as a proxy and has no value")
        return frozenset(name for name in CELL if name in names)

    def _fill(
        self, cell: Mapping[Field, Mark], place: Place, numbers: dict[Field, Floats], veto: Bools, at: tuple[int, int]
    ) -> None:
        """Check one cell's texts and put their numbers into the arrays."""
        said = {name: mark for name, mark in cell.items() if mark.text}
        if "position" not in said:
            for name in sorted(said.keys() & {"salience", "resolve", "position_sd", "salience_sd"}):
                self.fault(said[name].place, f"{name} of {said[name].text} without a position; give it or leave both")
            return
        if "salience" not in said:
            self.fault(place, "a position without salience; give it, or leave the position empty")
        for name, mark in said.items():
            if name == "veto":
                veto[at] = self._yes(mark)
                continue
            low = -math.inf if name == "position" else 0.0
            high = 1.0 if name in ("salience", "resolve", "salience_sd") else math.inf
            share = 100.0 if name in self.percent else 1.0
            numbers[name][at] = self.number(mark, name, low, high * share) / share

    def _dimension(self, name: str, line: Line, positions: Floats) -> Dimension:
        """A dimension whose positions all lie on its scale."""
        points = [(self.number(mark, "scale"), label) for mark, label in line.ends]
        if any(math.isnan(point) for point, _ in points):
            return Dimension(name, line.title or name, Scale(math.nan, math.nan))
        values = sorted({point for point, _ in points})
        if len(values) == 1:
            self.fault(line.ends[0][0].place, f"the scale of {name or 'the issue'} has one end; give the other too")
        stated = (values[0], values[-1]) if len(values) > 1 else line.default
        status_quo = self.number(line.status_quo, "status quo") if line.status_quo else None
        if stated is None:
            known = positions[~np.isnan(positions)]
            low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
            if status_quo is not None and not math.isnan(status_quo):
                low, high = min(low, status_quo), max(high, status_quo)
        else:
            low, high = stated
            for (actor, dimension), cell in self.cells.items():
                if dimension == name and "position" in cell:
                    self._on_scale(cell["position"], name, f"{actor}'s position", low, high)
            if line.status_quo:
                self._on_scale(line.status_quo, name, "the status quo", low, high)
        labels = tuple(sorted((point, label) for point, label in points if label))
        return Dimension(name, line.title or name, Scale(low, high, labels, declared=stated is not None), status_quo)

    def _on_scale(self, mark: Mark, name: str, what: str, low: float, high: float) -> None:
        value = _float(mark.text)
        if value is not None and not low <= value <= high:
            of = f" of {name}" if name else ""
            self.fault(mark.place, f"{what} {mark.text} lies outside the scale{of}, {low:g} to {high:g}")

    def number(self, mark: Mark, name: str, low: float = -math.inf, high: float = math.inf) -> float:
        """The number that a text is, NaN with a fault where it is none that can be."""
        value = _float(mark.text)
        if value is None:
            self.fault(mark.place, f"{name} {mark.text!r} is no number; write it like 0.5")
            return math.nan
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            self.fault(mark.place, f"{name} {mark.text} is too small or too large to reckon with; take another unit")
            return math.nan
        if not low <= value <= high:
            wanted = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
            self.fault(mark.place, f"{name} {mark.text} is not {wanted}")
            return math.nan
        return value

    def _yes(self, mark: Mark) -> bool:
        text = mark.text.lower()
        if text not in _YES | _NO:
            self.fault(mark.place, f"veto {mark.text!r} is neither yes nor no")
        return text in _YES

    def _check_whole(self, stakes: Floats) -> None:
        """Nobody can reckon without two actors, or on a dimension that nobody cares for."""
        nowhere = Place(1, 1)
        if not self.faults and len({actor for actor, _ in self.cells}) < 2:
            self.fault(nowhere, "fewer than two actors; bargaining takes two")
        for name, total in zip(self.lines, stakes.sum(axis=0), strict=True):
            if not self.faults and not total > 0:
                of = f" on {name}" if name else ""
                self.fault(nowhere, f"no actor has both salience and capability above 0{of}")


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None
