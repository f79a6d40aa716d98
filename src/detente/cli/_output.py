"""Where results go, and rows as a table, CSV or JSON Lines."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TextIO

import typer

from detente.errors import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Format = Literal["table", "csv", "jsonl"]

TABLE_ROWS: Final = 100
"""Rows that a table shows where no limit is given: more is for CSV."""

WIDE: Final = 160
"""Columns of a table or brief that nobody sees in a terminal."""

_LONG: Final = frozenset(["content", "evidence", "what", "condition", "title", "roles"])
"""Columns of a table that hold sentences: they share the room that the others, of at most `_NARROW`, leave."""
_NARROW: Final = 20

_DATES: Final = frozenset({"date", "since", "until", "as_of", "due"})
_INTERVAL: Final = len("2024-04-29/2024-05-05")
"""Columns of a date that may be an interval, which cannot be read in two pieces."""

_READABLE: Final = 14
"""Columns of a terminal that a column of a table needs."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


@contextmanager
def destination(output: Path | None, *, spare: Iterable[str | Path] = ()) -> Iterator[TextIO]:
    """Where results go, in UTF-8: standard output, or the file `output`.

    Raises a usage error where the file cannot be written, or is one of those to `spare`.
    """
    if output is None:
        yield _standard_output()
        return
    try:
        if any(Path(other).exists() and output.exists() and output.samefile(other) for other in spare):
            raise typer.BadParameter(f"{output} is read from and would be lost", param_hint="--output")
        stream = output.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise typer.BadParameter(f"{output} cannot be written: {error.strerror}", param_hint="--output") from None
    with stream:
        yield stream


def console(stream: TextIO) -> Console:
    """A terminal on `stream`, without colours and wide where it is none."""
    from rich.console import Console

    class PipeConsole(Console):
        """Lets a closed pipe be known, where rich would end the program."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDE
    return PipeConsole(file=stream, width=width, highlight=False, emoji=False)


def dated(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose date, where it is not known, is that of publication, in brackets."""
    if row["date"] is None and row.get("published") is not None:
        return row | {"date": f"({row['published']})"}
    return row


def print_lines(stream: TextIO, *lines: str) -> None:
    """Print sentences, whatever they hold, wrapped as wide as the terminal is."""
    from rich.text import Text

    terminal = console(stream)
    for line in lines:
        # Text, as a string would be taken for rich's markup.
        terminal.print(Text(one_line(line)))


def print_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], stream: TextIO) -> int:
    """Print some columns of records as a table, and return how many records that are."""
    from rich.text import Text

    table = _table(expand=True)
    for column in columns:
        heading = Text(column.removesuffix("_name").removesuffix("_names").replace("_", " "))
        if column in _LONG:
            table.add_column(heading, overflow="fold", ratio=1)
        else:
            width = None if column == "id" else _INTERVAL if column in _DATES else _NARROW
            table.add_column(heading, overflow="fold", max_width=width)
    _fill(table, rows, columns, stream)
    return table.row_count


def print_any_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], stream: TextIO) -> int:
    """Print rows of any columns as a table, as many of these as leave room to read, and return how many that are."""
    from rich.text import Text

    shown = columns[: max(1, console(stream).width // _READABLE)]
    table = _table(expand=False)
    for column in shown:
        table.add_column(Text(one_line(column)), overflow="fold")
    _fill(table, rows, shown, stream)
    return len(shown)


def print_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Print rows for spreadsheets, where a cell that looks like a formula gets an apostrophe before it."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([_harmless(one_line(column), column) for column in columns])
    for row in rows:
        writer.writerow([_harmless(_cell(row[column]), row[column]) for column in columns])


def print_jsonl(rows: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """Print rows as JSON Lines, exact and unabridged."""
    for row in rows:
        stream.write(_json(row) + "\n")


def whole(found: Any, *, without: str) -> dict[str, Any]:
    """All that a record of the library holds, as JSON has it, but for one of its fields."""
    from msgspec import to_builtins

    told: dict[str, Any] = to_builtins(
        {name: getattr(found, name) for name in found.__dataclass_fields__ if name != without}
    )
    return told


def period_name(start: str, by: str) -> str:
    """How a period is called: 2024, 2024-Q2, 2024-06, or by its first day."""
    year, month, _ = start.split("-")
    names = {"year": year, "quarter": f"{year}-Q{(int(month) + 2) // 3}", "month": f"{year}-{month}"}
    return names.get(by, start)


def with_short_ids(rows: Iterable[dict[str, Any]], length: int | None) -> Iterator[dict[str, Any]]:
    """Rows with ids that have only the first `length` characters of their DOCUMENT, which any command takes."""
    for row in rows:
        document, slash, record = row["id"].rpartition("/")
        yield row | {"id": f"{document[:length]}/{record}" if slash else row["id"][:length]}


def _table(*, expand: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, expand=expand)


def _fill(table: Table, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    from rich.text import Text

    for row in rows:
        # Text, as a string would be taken for rich's markup.
        table.add_row(*(Text(_cell(row[column])) for column in columns))
    console(stream).print(table)


def _cell(value: object) -> str:
    """A value on one line, without control characters; of a list, its items with semicolons between them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return one_line(_json(value))
    return one_line(str(value))


def _json(value: Mapping[str, Any]) -> str:
    import msgspec

    return msgspec.json.Encoder(decimal_format="number").encode(_with_text_keys(value)).decode()


def _with_text_keys(value: object) -> object:
    """A value whose dictionaries have only strings for keys, as JSON wants: DuckDB's maps have any."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else _cell(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_text_keys(item) for item in value]
    return value


def _harmless(cell: str, value: object) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not isinstance(value, int | float | Decimal) else cell


def _standard_output() -> TextIO:
    # Elsewhere than in a terminal, results are UTF-8 in any locale.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace", newline="\n")
    return sys.stdout
