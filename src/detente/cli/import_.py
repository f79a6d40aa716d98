"""`detente import`: event data of others into the ledger, and readings out of another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say

if TYPE_CHECKING:
    from detente.errors import InputError

EXAMPLE: Final = "Example: detente import icews events.2014.tab events.2015.tab --dataset icews"

_SHOWN: Final = 5
"""Reasons of rows that were set aside that are told for each file."""


def import_(
    format_: Annotated[
        Literal["icews", "polecat", "gdelt", "acled", "ucdp", "jsonl"],
        typer.Argument(
            metavar="FORMAT",
            help="icews, polecat, gdelt (1.0 and 2.0), acled or ucdp (GED); jsonl: readings, as export writes them.",
        ),
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files of events or readings, also ending in .gz.")
    ],
    dataset: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The data set of the ledger that they belong to, such as icews; jsonl has none without it.",
        ),
    ] = None,
    vintage: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the files' release is called, such as 24.1.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be imported, revised and set aside; nothing stays.")
    ] = False,
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Import event data into a data set, which `relations`, `network`, `panel` and `sql` then take by its name.

    Events of an id that the data set has are replaced by the later file's; the same file again changes nothing. Rows
    that cannot be taken are kept with the reason in the table `rejects`, and the status is 1. Of readings (jsonl)
    documents that the ledger holds are skipped; a line that holds none is left out and told.
    """
    log_to_stderr(verbose)
    if format_ == "jsonl":
        if vintage is not None:
            raise typer.TyperException("--vintage does not fit jsonl")
        _import_readings(options.ledger_path(ledger), files, dataset, dry_run=dry_run, quiet=quiet)
        return
    if dataset is None:
        raise typer.TyperException("Missing option '--dataset': name the data set that the events belong to")
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


def _import_readings(ledger: Path, files: list[Path], dataset: str | None, *, dry_run: bool, quiet: bool) -> None:
    from detente.ledger.formats.readings import import_readings

    left_out = 0

    def failed(error: InputError) -> None:
        say(str(error))

    for done in import_readings(ledger, files, failed=failed, dataset=dataset, dry_run=dry_run):
        left_out += done.left_out
        if not quiet:
            written = "would be written" if dry_run else f"written to {ledger}"
            say(
                f"{done.file}: {_number(done.written, 'document')} {written}, {done.held:,} there already, "
                f"{done.left_out:,} left out"
            )
    if left_out:
        raise typer.Exit(1)


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
