"""`detente read`: from texts to the ledger, or to JSON Lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._inputs import Inputs
from detente.cli._messages import log_to_stderr, say
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.records import Document, Reading


class Engine(StrEnum):
    """What reads other than this machine's own processes."""

    RAY = "ray"


EXAMPLE: Final = "Example: detente read articles/ report.html --ledger crisis.duckdb"


def read(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Texts, pages, JSON Lines, feeds, folders of these; - is standard input."),
    ],
    ledger: options.LedgerFile = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the readings as JSON Lines; no ledger is opened or written.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Read what the ledger holds again and replace it.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Read in N processes of one thread and about 1 GB each, instead of in this one."
        ),
    ] = None,
    engine: Annotated[
        Engine | None, typer.Option(help="Read on a Ray cluster (docs/scale.md): by default one of this machine alone.")
    ] = None,
    address: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where the Ray cluster is: HOST:PORT, or auto.")
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="A folder that all machines of the cluster see, for its parts; else LEDGER.parts."
        ),
    ] = None,
    published: options.Published = None,
    title: options.Title = None,
    source: options.Outlet = None,
    url: options.Url = None,
    world: options.World = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read texts: who said, did, wants and holds what, into the ledger.

    What the ledger holds already is skipped, so that an interrupted run can be started again.
    """
    options.not_together(json=json, ledger=ledger)
    options.not_together(json=json, again=again)
    if engine is None and (address or parts):
        raise typer.TyperException("--address and --parts are about a cluster: say --engine ray")
    log_to_stderr(verbose)
    options.use_world(world)
    inputs = Inputs(
        paths,
        options.metadata(published, title, source, url),
        quiet,
        _reads(workers, engine, address, parts or (None if json else _parts(ledger))),
    )
    if json:
        _print(inputs)
    else:
        _write(inputs, options.ledger_path(ledger), again=again)
    if inputs.left_out:
        raise typer.Exit(1)


def _reads(
    workers: int | None, engine: Engine | None, address: str | None, parts: Path | None
) -> Callable[..., Iterator[Reading]] | None:
    """What is to read, where it is not this process."""
    if engine is Engine.RAY:
        from detente.reading.cluster import read_on_cluster

        return partial(read_on_cluster, parts=parts, workers=workers, address=address)
    if workers is not None:
        from detente.reading.processes import read_in_processes

        return partial(read_in_processes, workers=workers)
    return None


def _parts(ledger: str | None) -> Path:
    """Where a cluster's parts lie until they are in the ledger."""
    return Path(f"{options.ledger_path(ledger)}.parts")


def _print(inputs: Inputs) -> None:
    from detente.records import to_json

    for reading in inputs.readings(inputs.documents()):
        sys.stdout.buffer.write(to_json(reading) + b"\n")
        sys.stdout.buffer.flush()


def _write(inputs: Inputs, path: Path, *, again: bool) -> None:
    documents = inputs.documents()
    # Where nothing can be read, no ledger is made.
    first = next(documents, None)
    if first is None:
        return
    from detente.ledger import Ledger

    written = held = 0
    with Ledger(path) as ledger:

        def unknown() -> Iterator[Document]:
            nonlocal held
            for document in chain([first], documents):
                if again or not ledger.holds(document.id):
                    yield document
                else:
                    held += 1

        for outcome in ledger.add_all(inputs.readings(unknown()), again=again):
            if isinstance(outcome, InputError):
                inputs.leave_out(outcome)
            else:
                written += outcome
                held += not outcome
    if not inputs.quiet:
        noun = "document" if written == 1 else "documents"
        say(f"{written} {noun} written to {path}, {held} there already, {inputs.left_out} left out")
