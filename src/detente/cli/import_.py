"""`detente import`: event data of others into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say

EXAMPLE: Final = "Example: detente import icews events.2014.tab events.2015.tab --dataset icews"

_SHOWN: Final = 5
"""Reasons of rows that were set aside that are told for each file."""


def import_(
    format_: Annotated[
        Literal["icews", "polecat", "gdelt", "acled", "ucdp"],
        typer.Argument(metavar="FORMAT", help="icews, polecat, gdelt (1.0 and 2.0), acled or ucdp (GED)."),
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of events, also ending in .gz.")],
    dataset: Annotated[
        str, typer.Option(metavar="NAME", help="The data set of the ledger that they belong to, such as icews.")
    ],
    vintage: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the files' release is called, such as 24.1.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be imported and set aside; no ledger is touched.")
    ] = False,
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Import event data into a data set, which `relations`, `network`, `panel` and `sql` then take by its name.

    Events of an id that the data set has are replaced by the later file's; the same file again changes nothing. Rows
    that cannot be taken are kept with the reason in the table `rejects`, and the status is 1.
    """
    log_to_stderr(verbose)
    from detente.ledger.formats.importing import import_files

    path = options.ledger_path(ledger)
    rejected = 0
    for done in import_files(path, format_, files, dataset=dataset, vintage=vintage, dry_run=dry_run):
        rejected += sum(done.rejected.values())
        if quiet:
            continue
        if done.known:
            say(f"{done.file}: is in {dataset} already")
            continue
        written = "would be written" if dry_run else f"written to {path}"
        parts = [f"{_number(done.rows, 'event')} {written}"]
        parts += [f"{done.revised:,} of them in the place of earlier ones"] if done.revised else []
        parts += [f"{done.untyped:,} of a kind for which PLOVER has no type"] if done.untyped else []
        parts += [f"{_number(sum(done.rejected.values()), 'row')} set aside"] if done.rejected else []
        say(f"{done.file}: {', '.join(parts)}")
        for reason, number in [*done.rejected.items()][:_SHOWN]:
            say(f"{done.file}: {_number(number, 'row')} set aside: {reason}")
    if rejected:
        raise typer.Exit(1)


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
