"""`detente sql`: the ledger asked in SQL."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import TABLE_ROWS, Format, destination, print_any_table, print_csv, print_jsonl
from detente.errors import InputError

EXAMPLE: Final = 'Example: detente sql "SELECT type, count(*) FROM events GROUP BY ALL" --format csv'


def sql(
    statement: Annotated[
        str,
        typer.Argument(metavar="STATEMENT", help="One statement in quotation marks; - reads it from standard input."),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Ask the ledger in SQL. Nothing but the ledger can be read, and nothing written.

    STATEMENT is DuckDB's SQL. "SHOW TABLES" shows tables and views, "DESCRIBE list_events" the columns of one.
    """
    log_to_stderr(verbose)
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    try:
        with Ledger(path, read_only=True) as opened:
            rows = opened.sql(_from_standard_input() if statement == "-" else statement)
            with destination(output, spare=[path]) as stream:
                if format_ == "jsonl":
                    print_jsonl(rows, stream)
                elif format_ == "csv":
                    print_csv(rows, rows.columns, stream)
                else:
                    found = iter(rows)
                    shown = print_any_table(islice(found, TABLE_ROWS), rows.columns, stream)
                    if shown < len(rows.columns):
                        say(f"these are {shown} of {len(rows.columns)} columns; select fewer, or take --format csv")
                    if next(found, None) is not None:
                        say(f"these are the first {TABLE_ROWS}; --format csv shows all")
    except InputError as error:
        raise typer.TyperException(str(error)) from None


def _from_standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise InputError("-", "is not UTF-8; convert it first") from None
