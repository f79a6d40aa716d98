"""`detente said`: who said some words, first and again."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import (
    TABLE_ROWS,
    Format,
    dated,
    destination,
    print_csv,
    print_jsonl,
    print_table,
    with_short_ids,
)

EXAMPLE: Final = 'Example: detente said "deserves attention"'

TABLE: Final = ("date", "source_name", "act", "quotation", "content", "according_to", "outlet", "match", "first", "id")
"""The columns that a table shows; CSV and JSON Lines have them all."""


def said(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words, as one argument in quotation marks.")],
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N rows.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print them.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Tell who said WORDS first, as far as the ledger knows, and who said them or nearly the same again.

    Those who said just these words come first, by date, then those who said nearly the same. A date in brackets is
    that of publication, where the words tell none.
    """
    log_to_stderr(verbose)
    from detente.ledger import Ledger
    from detente.ledger.saying import COLUMNS, checked_words

    try:
        checked_words(words)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="WORDS") from None
    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened, destination(output, spare=[path]) as stream:
        if format_ == "table":
            rows = opened.said(words, limit=limit or TABLE_ROWS + 1)
            shown = rows[: limit or TABLE_ROWS]
            print_table(map(dated, with_short_ids(shown, opened.unambiguous())), TABLE, stream)
            if len(rows) > len(shown):
                say(f"these are the first {TABLE_ROWS}; --limit N shows more, --format csv all")
        else:
            rows = opened.said(words, limit=limit)
            if format_ == "csv":
                print_csv(rows, COLUMNS, stream)
            else:
                print_jsonl(rows, stream)
    if not rows:
        say(f"nobody in {path} is known to have said these words or nearly the same")
