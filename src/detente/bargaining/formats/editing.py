"""Changes to the file of an issue: one value is replaced where it stands, and all else stays as it was written."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

from detente.bargaining import formats
from detente.bargaining.formats import decide, ktab, plain, yaml
from detente.bargaining.formats.fields import lines
from detente.bargaining.issue import Field, Issue
from detente.bargaining.sheet import Mark, Place, Sheet
from detente.errors import InputError, IssueError


def edit(path: Path, actor: str, dimension: str | None, changes: Mapping[Field, str]) -> Issue:
    """Write new values into an actor's cell, and return the issue as it then is.

    The values are shares and units of the table, also where the file has percentages. Where the file says a value once
    for several dimensions it changes for all of them. Nothing is written where the issue would then have a fault.
    Raises `IssueError` for that, and where the file has no such cell or no place for a value; `InputError` where it
    cannot be read or written.
    """
    text = formats.text(path)
    asked: dict[Field, str] = {}
    if "capability" in changes:
        lacking, placed = _sheet(path, text).lacking("capability")
        if len(lacking) == len(placed) > 1:
            reason = "no capability is stated, and that of one alone says nothing; write it into the file for all"
            raise IssueError(str(path), reason)
    for field, value in changes.items():
        text = _without_proxy(path, text, actor, dimension, field)
        # Anew for each value, as one may have moved what stands after it.
        before = _sheet(path, text)
        cell = _cell(before, actor, dimension)
        if field not in cell:
            way = "add the column" if path.suffix.lower() not in formats.YAML else f"write `{field}:` there first"
            raise IssueError(str(path), f"the file has no place for the {field} of {actor}; {way}")
        written = _percent(value) if field in before.percent else value
        text = _replaced(path, text, cell[field].place, written)
        asked[field] = written
    sheet = _sheet(path, text)
    after = sheet.issue()
    cell = _cell(sheet, actor, dimension)
    for field, written in asked.items():
        # What has a meaning of its own in the file is read as something else, or is more than a value.
        if field not in cell or cell[field].text != written:
            raise IssueError(str(path), f"{field} {written!r} is no plain value; write a number, such as 40")
    _write(path, text)
    return after


def _sheet(path: Path, text: str) -> Sheet:
    return (yaml.sheet if path.suffix.lower() in formats.YAML else formats.table)(str(path), text)


def _cell(sheet: Sheet, actor: str, dimension: str | None) -> dict[Field, Mark]:
    if actor not in sheet.actors:
        raise IssueError(sheet.name, f"no actor {actor!r}; there are: {', '.join(sheet.actors)}")
    names = [*sheet.lines]
    if dimension is None and len(names) == 1:
        dimension = names[0]
    if dimension is None or dimension not in names:
        asked = "name a dimension" if dimension is None else f"no dimension {dimension!r}"
        raise IssueError(sheet.name, f"{asked}; there are: {', '.join(names)}")
    if (actor, dimension) not in sheet.cells:
        raise IssueError(sheet.name, f"{actor} has no row on {dimension}; add it to the file")
    return sheet.cells[actor, dimension]


def _without_proxy(path: Path, text: str, actor: str, dimension: str | None, field: Field) -> str:
    """`text` in which a field of a cell is no proxy any more: it is about to become the analyst's own value."""
    sheet = _sheet(path, text)
    _cell(sheet, actor, dimension)
    mark = sheet.proxies.get((actor, dimension or next(iter(sheet.lines))))
    names = mark.text.replace(",", " ").split() if mark is not None else []
    if mark is None or field not in names:
        return text
    return _replaced(path, text, mark.place, " ".join(name for name in names if name != field))


def _percent(value: str) -> str:
    try:
        return f"{float(value) * 100:.12g}"
    except ValueError:
        return value  # which the check of the whole then tells


def _replaced(path: Path, text: str, place: Place, value: str) -> str:
    """`text` with another value in a place."""
    if path.suffix.lower() in formats.YAML:
        return yaml.replaced(text, place, value)
    every = lines(text)
    line = every[place.line - 1]
    bare = line.rstrip("\r\n")
    end = line[len(bare) :]
    if decide.is_of(text):
        fields = bare.split("\t")
        fields[place.column - 1] = value
        every[place.line - 1] = "\t".join(fields) + end
        return "".join(every)
    sign = "," if ktab.is_of(text) else plain.delimiter(text)
    try:
        (fields,) = csv.reader([bare], delimiter=sign, strict=True)
    except (csv.Error, ValueError):
        raise IssueError(str(path), f"line {place.line}: is one of a row of several lines; change it by hand") from None
    fields[place.column - 1] = value
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator="").writerow(fields)
    every[place.line - 1] = written.getvalue() + end
    return "".join(every)


def _write(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    path = path.resolve()
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(text.encode())
        new.chmod(path.stat().st_mode)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise InputError(str(path), f"cannot be written: {error.strerror}") from None
