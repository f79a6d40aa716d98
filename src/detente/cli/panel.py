"""`detente panel`: a balanced table of deeds for research."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.ledger.manifest import Manifest

EXAMPLE: Final = "Example: detente panel --unit dyad-month --actors RUS,USA,UKR --out panel.csv"


def panel(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "--output",
            metavar="FILE",
            help="The table (.csv or .parquet); a manifest is put beside it.",
        ),
    ],
    unit: Annotated[
        Literal["dyad-month", "country-month", "dyad-day"], typer.Option(help="What a row is.")
    ] = "dyad-month",
    actors: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these states, such as RUS,USA,UKR; else all that occur.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="From the period of DATE; else from the first document.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="To the period of DATE; else to the last document.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="The imported data set; else `texts`, those that were read.")
    ] = None,
    scale: Annotated[
        Literal["plover", "cameo-goldstein"] | None,
        typer.Option(help="The scale of the mean intensities where the data set has two."),
    ] = None,
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write a balanced table of deeds by dyad or country and month or day, for regressions, with its manifest.

    Every unit has a row for every period. Counts are of deeds told as facts; of a period from which nothing was read
    they are missing.
    """
    log_to_stderr(verbose)
    options.check_dates(since=since, until=until)
    from detente.ledger import Ledger
    from detente.ledger.formats import TEXTS
    from detente.relations.panel import write

    with Ledger(options.ledger_path(ledger), read_only=True) as opened:
        try:
            manifest = write(
                opened,
                out,
                unit,
                since=since,
                until=until,
                # As `detente relations` calls those that were read.
                dataset=None if dataset == TEXTS else dataset,
                actors=[code.strip() for code in actors.split(",")] if actors else (),
                scale=scale,
            )
        except InputError as error:
            raise typer.TyperException(str(error)) from None
    if not quiet:
        _tell(manifest, out)


def _tell(manifest: Manifest, out: Path) -> None:
    asked = manifest.parameters
    say(
        f"{out}: {manifest.rows} rows, {len(asked['states'])} states from {asked['first']} to {asked['last']}, "
        f"out of {manifest.inputs.documents} documents"
    )
    for reason, number in manifest.left_out.items():
        say(f"left out: {reason}: {number}")
