"""The tables beside this module: words that decide something, row by row, each row with its place in its file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files


@dataclass(frozen=True)
class Row:
    """A row of a table and where it stands, so that what it decided can be traced to it."""

    table: str
    line: int
    cells: Mapping[str, str] = field(compare=False)
    word: str = ""
    """Which of its words was looked up; empty where nothing was."""


Reason = Row | str
"""Why something was read as it was: the row of a table that says so, or a rule of grammar, in words."""


def rows(name: str) -> Iterator[Row]:
    """The rows of a table, without its comments."""
    lines = files("detente.reading").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    reader = csv.DictReader(line for _, line in numbered)
    for cells in reader:
        yield Row(name, numbered[reader.line_num - 1][0], cells)
