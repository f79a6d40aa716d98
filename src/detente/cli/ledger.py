"""`detente ledger`: looking after a ledger's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.errors import one_line

EXAMPLE: Final = "Example: detente ledger check --ledger crisis.duckdb"

app: Final = typer.Typer(
    help="Look for faults in a ledger, copy it, or put a copy in its place.", rich_markup_mode=None
)


@app.command("check", epilog=EXAMPLE)
def check(ledger: options.LedgerFile = None, quiet: options.Quiet = False, verbose: options.Verbose = False) -> None:
    """Read all that the ledger holds and list its faults: damage, records that point to nothing, words not in the text.

    Status 3 where there is a fault.
    """
    log_to_stderr(verbose)
    from detente.ledger import keeping

    path = options.ledger_path(ledger)
    checked = keeping.check(path)
    for line in checked.faults:
        print(one_line(line))
    if not quiet:
        held = ", ".join(f"{number} {table}" for table, number in checked.counts.items() if table != "ledger")
        say(f"{path}: {held}; {len(checked.faults) or 'no'} fault{'' if len(checked.faults) == 1 else 's'}")
    if checked.faults:
        raise typer.Exit(3)


@app.command("backup", epilog="Example: detente ledger backup crisis-2024-06-14.duckdb --ledger crisis.duckdb")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to be made; it must not be there yet.")],
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Copy the ledger to FILE as it was committed last, also while another program writes to it."""
    log_to_stderr(verbose)
    from detente.ledger import keeping

    path = options.ledger_path(ledger)
    keeping.backup(path, file)
    if not quiet:
        say(f"{path} copied to {file}")


@app.command("restore", epilog="Example: detente ledger restore crisis-2024-06-14.duckdb --ledger crisis.duckdb")
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `detente ledger backup` made.")],
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Put a copy of BACKUP in the place of the ledger, after a check; the ledger that was there is kept beside it."""
    log_to_stderr(verbose)
    from detente.ledger import keeping

    path = options.ledger_path(ledger)
    kept = keeping.restore(backup, path)
    if not quiet:
        say(f"{path} is now what {backup} holds" + (f"; what was there is kept as {kept}" if kept else ""))
