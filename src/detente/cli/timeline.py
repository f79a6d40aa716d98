"""`detente timeline`: what somebody did, suffered and said, in the order of time."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import TABLE_ROWS, Format, destination, print_csv, print_jsonl, print_table, with_short_ids

EXAMPLE: Final = "Example: detente timeline Putin --since 2024-10"


def timeline(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="An id or a name; it covers who acts for that actor.")],
    since: options.Since = None,
    until: options.Until = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N rows.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Show what ACTOR did, what was done to it, and what it said, in the order of time.

    Only what is told as a fact or alleged is there; each happening once, with the number of independent stories.
    """
    options.check_dates(since=since, until=until)
    log_to_stderr(verbose)
    from detente.ledger import Ledger
    from detente.relations.timeline import COLUMNS
    from detente.relations.timeline import timeline as of

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened, destination(output, spare=[path]) as stream:
        if format_ == "table":
            rows = of(opened, actor, since=since, until=until, limit=limit or TABLE_ROWS + 1)
            shown = with_short_ids(islice(rows, limit or TABLE_ROWS), opened.unambiguous())
            if not print_table(shown, COLUMNS, stream):
                say(f"nothing of {actor} is in {path} for this time; detente list actors shows who is known")
            if next(rows, None) is not None:
                say(f"these are the first {TABLE_ROWS}; --limit N shows more, --format csv all")
        else:
            rows = of(opened, actor, since=since, until=until, limit=limit)
            if format_ == "csv":
                print_csv(rows, COLUMNS, stream)
            else:
                print_jsonl(rows, stream)
