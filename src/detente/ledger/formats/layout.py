"""What tells one format of event data from another: its columns, and how they become those of the table `imported`."""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from detente.errors import InputError

HEAD: Final = 1 << 20
"""Characters in which the first lines of a file must end."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file: its first line, and the cells of the first two."""

    line: str
    first: Sequence[str]
    second: Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """How one file is read: its columns in their order with DuckDB's types, the options of `read_csv`, and the query.

    `query` selects columns of `imported` by their names from `{rows}`, the rows of the file.
    """

    columns: Mapping[str, str]
    options: Mapping[str, str]
    query: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A format. `source` says how a file that begins so is read, or raises `ValueError` with the reason why not."""

    name: str
    """As the command line and the ledger have it."""
    title: str
    terms: str
    """Of use, as the source states them."""
    citation: str
    delimiter: str
    required: Sequence[str]
    """Columns that no row may leave empty."""
    source: Callable[[Head], Source]
    faults: Mapping[str, str] = field(default_factory=dict)
    """Conditions on rows of `imported` that are to be set aside, with the reason."""


def head(path: Path, delimiter: str) -> Head:
    """The beginning of a file. Raises `InputError` where it cannot be read or is no text."""
    try:
        with _opened(path) as file:
            beginning = file.read(HEAD)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if beginning.startswith("PK\x03\x04"):
        raise InputError(str(path), "is a ZIP archive; unpack it and name the file in it")
    if beginning.startswith(("��", "\x00")):
        raise InputError(str(path), "is not UTF-8; convert it first")
    if not beginning.strip():
        raise InputError(str(path), "is empty; name a file with events")
    lines = re.split(r"\r\n|\n|\r", beginning, maxsplit=2)
    # Quotation marks in the first line say whether the file has them round its cells at all.
    quoted = '"' in lines[0] or delimiter == ","
    cells = [_cells(line, delimiter, quoted) for line in (*lines, "")[:2]]
    return Head(lines[0], cells[0], cells[1])


def named_columns(header: Sequence[str], types: Mapping[str, str], *, required: Sequence[str]) -> dict[str, str]:
    """The columns of a file that names them in its first line, in lower case with underscores, with their types.

    `types` has those that are no text. Raises `ValueError` where one of `required` is missing.
    """
    names: dict[str, str] = {}
    for number, cell in enumerate(header, start=1):
        name = re.sub(r"\W+", "_", cell.strip().lower()).strip("_") or f"column_{number}"
        names[name if name not in names else f"{name}_{number}"] = types.get(name, "VARCHAR")
    if missing := [name for name in required if name not in names]:
        raise ValueError(f"has no column {missing[0]}")
    return names


def or_null(name: str, columns: Mapping[str, str]) -> str:
    """A column that some releases lack, in SQL."""
    return f'"{name}"' if name in columns else "NULL"


def _cells(line: str, delimiter: str, quoted: bool) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), []) if quoted else line.split(delimiter)


def _opened(path: Path) -> TextIO:
    options = {"encoding": "utf-8-sig", "errors": "replace", "newline": ""}
    return gzip.open(path, "rt", **options) if path.suffix == ".gz" else path.open("r", **options)  # type: ignore[call-overload, no-any-return]
