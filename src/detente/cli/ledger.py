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
    help="Look for faults in a ledger, copy it, put a copy in its place, or part what it took for one.",
    rich_markup_mode=None,
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


@app.command("part", epilog="Example: detente ledger part 3f9a/e2 81c0/e5 --ledger crisis.duckdb")
def part(
    one: Annotated[str, typer.Argument(metavar="ONE", help="An event's DOCUMENT/ID, with any beginning of DOCUMENT.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Another event that is no report of the same.")],
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Decide that two events are not reports of one happening, now and whenever their documents are read again."""
    log_to_stderr(verbose)
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    # A missing ledger is not made for this.
    with Ledger(path, read_only=True):
        pass
    with Ledger(path) as opened:
        together = opened.part(one, other)
    if not quiet:
        say(f"{one} and {other} are reports of two happenings" + ("" if together else ", as they were already"))
