"""`detente issue report`: an issue, what the models say of it and what that hangs on, on one page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

import typer

from detente.cli import _kept
from detente.cli import _options as options
from detente.cli._messages import counting
from detente.cli._output import destination

EXAMPLE: Final = "Example: detente issue report tariffs.yaml --html --output tariffs.html"


def report(
    file: options.IssueFile,
    html: Annotated[bool, typer.Option("--html", help="One self-contained page, the only form that there is.")] = False,
    model: Annotated[
        str, typer.Option(metavar="NAME", help="Whose outcome is looked into: what matters, what would change it.")
    ] = "compromise",
    by: Annotated[
        float, typer.Option(metavar="X", help="By how much the outcome is to move, in percent of the scale.")
    ] = 5.0,
    draws: Annotated[int, typer.Option(min=1, metavar="N", help="How many tables are drawn.")] = 10_000,
    sd: Annotated[
        float | None, typer.Option(metavar="SHARE", help="How unsure the cells are that do not say it.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="What random choices follow.")] = 0,
    ledger: _kept.KeptIn = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """Show an issue on one page: the table with its sentences, the models, how likely each point is, what it hangs on.

    What is drawn and looked into is as in `detente issue sensitivity`. A ledger keeps the reckoning to be scored.
    """
    if not html:
        raise typer.TyperException("a report is a page: say --html")
    from detente.bargaining.issue import Issue
    from detente.brief.issue import render

    issue = Issue.from_file(file)
    with counting("models", quiet=quiet) as progress:
        found = issue.reckon(seed=seed, progress=progress)
    with counting("tables", quiet=quiet) as progress:
        sure = issue.sensitivity(model, draws=draws, sd=sd, by=by, seed=seed, progress=progress)
    page = render(found, sure, date.today(), sd)
    status = _kept.keep(ledger, found)
    with destination(output, spare=[file, options.ledger_path(ledger)]) as stream:
        stream.write(page)
    if status:
        raise typer.Exit(status)
