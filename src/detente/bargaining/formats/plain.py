"""detente's own table: a row for each actor, or for each actor and dimension, under a line that heads the columns.

Columns are actor, position, salience and capability, and where wanted dimension, title, resolve, veto, position_sd,
salience_sd, capability_sd and proxies, in any order and case, between commas, semicolons or tabs. Lines before the
heads that begin with # describe the rest:

    # title: Emission standards
    # quota: 0.7
    # scale: 4 = four years from now; 10 = ten years from now
    # status quo: 10

With several dimensions, "scale", "status quo" and "named" (its name in full) are followed by the dimension's name:
"# scale tariff: 0; 100". Without a column of dimensions there is one, called "position".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

from detente.bargaining.formats.fields import BadRow, lines, rows
from detente.bargaining.issue import CELL, Field
from detente.bargaining.sheet import Line, Mark, Place, Sheet

_DESCRIPTION: Final = re.compile(r"#\s*(title|quota|scale|status quo|named)\b\s*([^:]*?)\s*:\s*(.*)", re.IGNORECASE)
_OTHERS: Final = ("actor", "dimension", "title", "proxies")
_NEEDED: Final = ("actor", "position", "salience", "capability")


def sheet(name: str, text: str) -> Sheet:
    """What a text says."""
    found = Sheet(name)
    every, skipped = lines(text), described(text)
    try:
        table = list(rows("".join(every[skipped:]), delimiter(text), first=skipped + 1))
    except BadRow as error:
        found.fault(Place(error.line, 1), str(error))
        return found
    if not table:
        found.fault(Place(skipped + 1, 1), f"no table; its first line heads the columns {', '.join(_NEEDED)}")
        return found
    heads, *body = table
    columns = _columns(found, heads)
    if found.faults:
        return found
    for row in body:
        _row(found, columns, row)
    for number, line in enumerate(every[:skipped], start=1):
        if match := _DESCRIPTION.match(line.rstrip()):
            place = Place(number, 1)
            _describe(found, match[1].lower(), Mark(match[2], place), Mark(match[3].strip(), place))
    return found


def described(text: str) -> int:
    """How many lines stand before the heads of the columns."""
    number = 0
    for line in lines(text):
        if line.strip() and not line.startswith("#"):
            break
        number += 1
    return number


def delimiter(text: str) -> str:
    """What stands between the fields of a table: of comma, semicolon and tab what its heads have most of."""
    heads = next(iter(lines(text)[described(text) :]), "")
    return max(",;\t", key=heads.count)


def is_of(text: str) -> bool:
    """Whether a text may be in this format: its first line has heads for actors and positions."""
    heads = next(iter(lines(text)[described(text) :]), "").lower()
    return "actor" in heads and "position" in heads


def _columns(found: Sheet, heads: Sequence[Mark]) -> list[str]:
    """The names of the columns."""
    known = (*_OTHERS, *CELL)
    names = [re.sub(r"[\s-]+", "_", mark.text.lower()) for mark in heads]
    for mark, name in zip(heads, names, strict=True):
        if name and name not in known:
            found.fault(mark.place, f"no column is called {mark.text!r}; there are {', '.join(known)}")
        elif name and names.count(name) > 1:
            found.fault(mark.place, f"column {name} stands {names.count(name)} times")
    if missing := [name for name in _NEEDED if name not in names]:
        hint = "; capability may be empty throughout" if missing == ["capability"] else ""
        found.fault(heads[0].place, f"no column {', '.join(missing)}{hint}")
    return names


def _row(found: Sheet, columns: Sequence[str], row: Sequence[Mark]) -> None:
    at = row[0].place
    if len(row) > len(columns) and any(mark.text for mark in row[len(columns) :]):
        found.fault(row[len(columns)].place, f"{len(row)} fields under {len(columns)} columns")
        return
    fields = dict(zip(columns, row, strict=False))
    actor = fields.get("actor", Mark("", at))
    dimension = fields.get("dimension", Mark("position", at))
    if not actor.text:
        found.fault(actor.place, "no actor is named")
        return
    if "dimension" in columns and not dimension.text:
        found.fault(dimension.place, f"no dimension is named for {actor.text}")
        return
    title = fields.get("title", Mark("", at)).text
    found.actors[actor.text] = found.actors.get(actor.text) or title
    found.lines.setdefault(dimension.text, Line(dimension))
    found.add(actor, dimension, {name: fields[name] for name in cell_fields(fields)})
    if "proxies" in fields:
        found.proxies.setdefault((actor.text, dimension.text), fields["proxies"])


def cell_fields(names: Sequence[str] | dict[str, Mark]) -> list[Field]:
    """Those of `names` that are fields of a cell."""
    return [name for name in CELL if cast(str, name) in names]


def _describe(found: Sheet, what: str, dimension: Mark, value: Mark) -> None:
    """Take in a line before the table."""
    if what == "title":
        found.title = value.text
        return
    if what == "quota":
        found.quota = value
        return
    name = next(iter(found.lines)) if not dimension.text and len(found.lines) == 1 else dimension.text
    if name not in found.lines:
        found.fault(dimension.place, f"no dimension {name!r} in the table; there are: {', '.join(found.lines)}")
    elif what == "scale":
        for point in value.text.split(";"):
            number, _, label = point.partition("=")
            found.lines[name].ends.append((Mark(number.strip(), value.place), label.strip()))
    elif what == "status quo":
        found.lines[name].status_quo = value
    else:
        found.lines[name].title = value.text
