"""Lines of delimited tables as fields with their places."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from detente.bargaining.sheet import Mark, Place


def rows(text: str, delimiter: str, *, first: int = 1) -> Iterator[list[Mark]]:
    """The rows of a table whose first line has the number `first`, without empty ones; fields are stripped.

    Raises `BadRow` where a row cannot be divided.
    """
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True, skipinitialspace=True)
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
