"""Texts as lines, and lines of delimited tables as fields with their places."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from detente.bargaining.sheet import Mark, Place


def lines(text: str) -> list[str]:
    """The lines of a text with their ends, as editors count them.

    `str.splitlines` also divides at form feeds and at separators such as U+2028, which may stand within a field.
    """
    return [*io.StringIO(text, newline="")]


def rows(text: str, delimiter: str, *, first: int = 1) -> Iterator[list[Mark]]:
    """The rows of a table whose first line has the number `first`, without empty ones; fields are stripped.

    Raises `BadRow` where a row cannot be divided.
    """
    reader = csv.reader(lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    line = first
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield [Mark(field.strip(), Place(line, column)) for column, field in enumerate(row, start=1)]
            line = first + reader.line_num
    except csv.Error as error:
        raise BadRow(line, str(error)) from None


class BadRow(ValueError):
    """A row that cannot be divided into fields."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
