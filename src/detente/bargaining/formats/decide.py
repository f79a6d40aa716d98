"""Inputs of Decide (decide-exchange-model): tab-separated lines that begin with what they are.

`#A` an actor (name, name in full), `#P` an issue (name, name in full), `#M` a point of an issue's scale (issue, value,
words), `#D` a cell (actor, issue, position, salience, power), `#O` the title, `#/` a remark. Texts may stand between
apostrophes. An issue without `#M` has the scale 0 to 100. An actor without `#D` on an issue takes no part in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final

from detente.bargaining.formats.fields import lines
from detente.bargaining.issue import Field
from detente.bargaining.sheet import Line, Mark, Place, Sheet

_HEAD: Final = re.compile(r"\s*'?#[OAPMD/]'?\t")
_CELL: Final[tuple[Field, ...]] = ("position", "salience", "capability")
_NEEDED: Final = {"#A": 2, "#P": 2, "#M": 3, "#D": 6}
_SCALE: Final = (0.0, 100.0)


def is_of(text: str) -> bool:
    """Whether a text is in this format."""
    return _HEAD.match(text) is not None


def sheet(name: str, text: str) -> Sheet:
    """What a text says."""
    found = Sheet(name)
    rows = [fields(line, number) for number, line in enumerate(lines(text), start=1) if line.strip()]
    for row in rows:
        _declare(found, row)
    for row in rows:
        kind = row[0].text
        if kind == "#M" and len(row) >= _NEEDED[kind] and _known(found, row[1], found.lines, "issue", "#P"):
            found.lines[row[1].text].ends.append((row[2], row[3].text if len(row) > 3 else ""))
        if kind == "#D" and len(row) >= _NEEDED[kind]:
            known = _known(found, row[1], found.actors, "actor", "#A")
            if _known(found, row[2], found.lines, "issue", "#P") and known:
                found.add(row[1], row[2], dict(zip(_CELL, row[3:], strict=False)))
    return found


def fields(line: str, number: int) -> list[Mark]:
    """The fields of a line, without the apostrophes around them."""
    return [Mark(_bare(field), Place(number, column)) for column, field in enumerate(line.split("\t"), start=1)]


def _bare(field: str) -> str:
    field = field.strip()
    return field[1:-1].strip() if len(field) > 1 and field[0] == field[-1] == "'" else field


def _declare(found: Sheet, row: Sequence[Mark]) -> None:
    """Take in an actor, an issue or a title; tell what kind of line is unknown or too short."""
    kind, place = row[0]
    if kind in _NEEDED and len(row) < _NEEDED[kind]:
        found.fault(place, f"a line {kind} has {_NEEDED[kind]} fields, this one {len(row)}; separate them with tabs")
    elif kind == "#O":
        found.title = found.title or (row[1].text if len(row) > 1 else "")
    elif kind in ("#A", "#P"):
        name, title = row[1], row[2].text if len(row) > 2 else ""
        if name.text in (found.actors if kind == "#A" else found.lines):
            found.fault(name.place, f"{name.text} stands twice among lines {kind}")
        elif not name.text:
            found.fault(name.place, f"a line {kind} without a name")
        elif kind == "#A":
            found.actors[name.text] = title
        else:
            found.lines[name.text] = Line(name, title, default=_SCALE)
    elif kind not in _NEEDED and not kind.startswith("#/"):
        found.fault(place, f"a line of no known kind {kind!r}; there are #A, #P, #M, #D, #O and #/")


def _known(found: Sheet, mark: Mark, names: Container[str], what: str, kind: str) -> bool:
    if mark.text in names:
        return True
    found.fault(mark.place, f"no {what} {mark.text!r} in the lines {kind}")
    return False
