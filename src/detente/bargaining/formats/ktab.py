"""Inputs of KTAB's spatial model: comma-separated, with a head that counts actors and dimensions.

The first line is name, description, number of actors, number of dimensions; the second heads the columns; then, a line
an actor: name, name in full, influence, and for each dimension position and salience. Positions and saliences are in
percent. The head of a position's column, without the word "Position", names its dimension.
"""

from __future__ import annotations

import re
from typing import Final

from detente.bargaining.formats.fields import BadRow, rows
from detente.bargaining.sheet import Line, Mark, Place, Sheet

_HEAD: Final = re.compile(r"[^\n]*\S[^\n]*\n[^\S\n]*\"?actor\"?\s*,\s*\"?description\"?\s*,", re.IGNORECASE)
_SCALE: Final = (0.0, 100.0)
_ACTOR_FIELDS: Final = 3


def is_of(text: str) -> bool:
    """Whether a text is in this format."""
    return _HEAD.match(text) is not None


def sheet(name: str, text: str) -> Sheet:
    """What a text says."""
    found = Sheet(name, percent=frozenset(["salience"]))
    try:
        table = [_ended(row) for row in rows(text, ",")]
    except BadRow as error:
        found.fault(Place(error.line, 1), str(error))
        return found
    head, columns, actors = table[0], table[1] if len(table) > 1 else [], table[2:]
    found.title = head[0].text
    heads = columns[_ACTOR_FIELDS::2]
    for mark in heads:
        found.lines[mark.text] = Line(mark, _SUFFIX.sub("", mark.text), default=_SCALE)
    if len(found.lines) < len(heads):
        found.fault(columns[0].place, "two dimensions have one name")
    _count(found, head, 2, len(actors), "actors")
    _count(found, head, 3, len(heads), "dimensions")
    for row in actors:
        wanted = _ACTOR_FIELDS + 2 * len(heads)
        if len(row) != wanted:
            found.fault(row[0].place, f"{row[0].text} has {len(row)} fields, where {wanted} are wanted")
            continue
        if row[0].text in found.actors:
            found.fault(row[0].place, f"{row[0].text} stands twice")
            continue
        found.actors[row[0].text] = row[1].text
        for number, dimension in enumerate(heads):
            position, salience = row[_ACTOR_FIELDS + 2 * number :][:2]
            found.add(row[0], dimension, {"position": position, "salience": salience, "capability": row[2]})
    return found


_SUFFIX: Final = re.compile(r"\s*\bposition$", re.IGNORECASE)


def _ended(row: list[Mark]) -> list[Mark]:
    """A row without what follows its last comma."""
    return row[:-1] if not row[-1].text else row


def _count(found: Sheet, head: list[Mark], at: int, number: int, what: str) -> None:
    if at >= len(head):
        found.fault(head[0].place, f"the first line does not tell the number of {what}")
    elif head[at].text != str(number):
        found.fault(head[at].place, f"the first line tells of {head[at].text} {what}, but there are {number}")
