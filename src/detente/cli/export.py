"""`detente export`: what the ledger holds, in the formats that others read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.ledger import Ledger
    from detente.ledger.listing import Filters
    from detente.ledger.manifest import Manifest

EXAMPLE: Final = "Example: detente export parquet --kind events --since 2024 --out events.parquet"

_CHOOSING: Final = ("about", "since", "until")

Kind = Literal[
    "documents", "actors", "statements", "events", "holdings", "positions", "deeds", "reports", "copies", "reviews",
    "imported", "sectors",
]  # fmt: skip
Format = Literal["csv", "parquet", "jsonl", "polecat", "ftm", "graphml", "gexf"]


def export(
    format_: Annotated[
        Format,
        typer.Argument(
            metavar="csv|parquet|jsonl|polecat|ftm|graphml|gexf",
            help="Tables; readings (jsonl); events as POLECAT's; entities (ftm); the network.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "--output",
            metavar="FILE",
            help="The file; a manifest is put beside it. For csv and parquet without --kind a folder.",
        ),
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(metavar="KIND", help="One table (csv, parquet, jsonl): events, statements, deeds, imported …"),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar="STATUS", help="Only what has STATUS; polecat and ftm without it: what is actual."),
    ] = None,
    about: options.About = None,
    since: options.Since = None,
    until: options.Until = None,
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="The imported data set; else `texts`, those that were read.")
    ] = None,
    ledger: options.LedgerFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write what the ledger holds for other programs, with a manifest of what it rests on.

    csv, parquet and jsonl come back field by field. In the others there is only what they have room for; what is left
    out is counted.
    """
    log_to_stderr(verbose)
    options.check_dates(since=since, until=until)
    path = options.ledger_path(ledger)
    from detente.ledger import Ledger
    from detente.ledger.formats import TEXTS
    from detente.ledger.listing import KINDS, Filters, checked

    filters = Filters(status=status, about=about, since=since, until=until)
    if kind in KINDS or format_ in ("polecat", "ftm"):
        try:
            checked(kind or "events", filters)
        except ValueError as error:
            raise typer.TyperException(str(error)) from None
    with Ledger(path, read_only=True) as opened:
        try:
            # As `detente relations` calls those that were read.
            made = _write(opened, format_, out, kind, filters, None if dataset == TEXTS else dataset)
        except InputError as error:
            raise typer.TyperException(str(error)) from None
    if not quiet:
        for manifest in made:
            _tell(manifest, out if len(made) == 1 else out / manifest.file)


def _write(
    ledger: Ledger, format_: Format, out: Path, kind: Kind | None, filters: Filters, dataset: str | None
) -> Sequence[Manifest]:
    match format_:
        case "csv" | "parquet" | "jsonl" if kind is not None:
            from detente.ledger.formats.tables import export_table

            return [export_table(ledger, kind, format_, out, dataset=dataset, **filters)]
        case "csv" | "parquet":
            from detente.ledger.formats.tables import export_tables

            _only(format_, kind, filters)
            return export_tables(ledger, format_, out, dataset=dataset)
        case "jsonl":
            from detente.ledger.formats.readings import export_readings

            return [export_readings(ledger, out, dataset=dataset, **_only(format_, kind, filters, *_CHOOSING))]
        case "polecat":
            from detente.ledger.formats.plover_tsv import export_polecat

            asked = _only(format_, kind, filters, "status", *_CHOOSING)
            return [export_polecat(ledger, out, dataset=dataset, **asked)]
        case "ftm":
            from detente.ledger.formats.ftm import export_ftm

            return [export_ftm(ledger, out, dataset=dataset, **_only(format_, kind, filters, "status", *_CHOOSING))]
        case "graphml" | "gexf":
            from detente.relations.graphs import export_graph

            asked = _only(format_, kind, filters, "since", "until")
            return [export_graph(ledger, format_, out, dataset=dataset, **asked)]


def _only(format_: Format, kind: Kind | None, filters: Filters, *fitting: str) -> dict[str, Any]:
    """The filters, where all of them fit. Raises a usage error where one does not."""
    given = {"kind": kind} | dict(filters)
    for name, value in given.items():
        if value is not None and name not in fitting:
            way = "; name one table with --kind" if format_ in ("csv", "parquet", "jsonl") else ""
            raise typer.TyperException(f"--{name} does not fit {format_}{way}")
    return {name: value for name, value in filters.items() if value is not None}


def _tell(manifest: Manifest, file: Path) -> None:
    inputs = manifest.inputs
    of = [f"{inputs.documents} documents"] if inputs.documents or not inputs.origin else []
    of += [f"{len(inputs.origin.files)} files of {inputs.dataset}"] if inputs.origin else []
    say(f"{file}: {manifest.rows} rows, out of {' and '.join(of)}")
    if inputs.origin:
        say(f"terms of {inputs.dataset}: {inputs.origin.terms}")
    for reason, number in manifest.left_out.items():
        say(f"left out: {reason}: {number}")
