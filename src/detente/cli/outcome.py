"""`detente issue outcome`: what was decided in the end, by which reckonings are scored."""

from __future__ import annotations

from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import say

if TYPE_CHECKING:
    from detente.bargaining.issued import Entry

EXAMPLE: Final = "Example: detente issue outcome tariffs.csv --value 12 --date 2024-11-05"


def outcome(
    issue: Annotated[
        str, typer.Argument(metavar="ISSUE", help="The issue: its file, or its title, by which the ledger knows it.")
    ],
    date: Annotated[str, typer.Option(metavar="DATE", help="The day of the decision, such as 2024-11-05.")],
    value: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="What was decided, on the scale of the dimension.")
    ] = None,
    void: Annotated[
        bool, typer.Option("--void", help="It will never be decided: no reckoning of it is scored.")
    ] = False,
    dimension: Annotated[
        str | None, typer.Option(metavar="NAME", help="On which dimension, where there are several.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who says so, or the address where it stands.")
    ] = None,
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
) -> None:
    """Enter what was decided about an issue that was reckoned, so that `detente score issues` can score it.

    Nothing is rewritten: an entry that was wrong is corrected by another one, and the last one counts.
    """
    if (value is None) != void:
        raise typer.TyperException("say what was decided: --value NUMBER, or --void where it never will be")
    try:
        decided = day.fromisoformat(date)
    except ValueError:
        raise typer.BadParameter(f"{date!r} is no day; write it as 2024-11-05", param_hint="--date") from None
    from detente.bargaining.issue import Issue
    from detente.bargaining.issued import called, enter
    from detente.ledger import Ledger

    name = called(Issue.from_file(issue)) if Path(issue).is_file() else issue
    path = options.ledger_path(ledger)
    # One that is missing is told, and not made.
    with Ledger(path, read_only=True):
        pass
    with Ledger(path) as opened:
        entry = enter(opened, name, dimension, value, decided, source)
    if not quiet:
        say(_told(entry))


def _told(entry: Entry) -> str:
    what = "void, never to be decided" if entry.value is None else f"{entry.value:g}"
    whole = f"{entry.issue}: {entry.dimension}: {what}, {entry.decided}"
    if not entry.new:
        return f"{whole}, stands there already"
    if entry.number == 1:
        return whole
    former = "void" if entry.corrects is None else f"{entry.corrects:g}"
    return f"{whole}; corrects {former}, which stays on record"
