"""`detente forecast which`: whom a deed is likely to be done to next, or by whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli._kept import kept
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import Format, destination, print_csv, print_jsonl, print_lines, print_table, whole

if TYPE_CHECKING:
    from detente.forecasting.which import Candidate, Ranked

EXAMPLE: Final = "Example: detente forecast which --source RUS --type COERCE --why"

COLUMNS: Final = (
    "day", "source", "target", "type", "place", "candidate", "score", "base", "base_place", "dataset", "model",
)  # fmt: skip
_TABLE: Final = ("place", "candidate", "score", "base", "base place")


def which(
    type_: Annotated[str, typer.Option("--type", metavar="TYPE", help="The deed: a type of PLOVER's, such as COERCE.")],
    source: Annotated[
        str | None, typer.Option(metavar="PARTY", help="Who would do it; whom to is asked. An id or a name.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="PARTY", help="Whom it would be done to; who does it is asked.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day asked about: nothing told on it or later is looked at. "
                                          "Else the day after the last that was read."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many to show.")] = 10,
    why: Annotated[bool, typer.Option("--why", help="What moved each score, and the last such deeds.")] = False,
    dataset: options.DataSets = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it; jsonl has all, on one line.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:  # fmt: skip
    """Put parties in the order in which a deed is likely to be done to them next, or by them.

    Give one side, `--source` or `--target`; who may be the other is told. A score says nothing but the order. Beside it
    stands the baseline: what happened comes again. A model is fitted where the ledger has none; that takes a while.
    """
    options.check_dates(**{"as-of": as_of})
    if (source is None) == (target is None):
        raise typer.BadParameter("one side is open; give the other", param_hint="--source or --target")
    log_to_stderr(verbose)
    from detente.forecasting.which import which as ranked
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened:
        found = ranked(
            opened,
            source=source,
            target=target,
            type=type_,
            as_of=as_of,
            datasets=dataset or (),
            most=limit,
            why=why,
            progress=None if quiet else say,
        )
    if found.fitted is not None:
        _keep(path, found.fitted)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl([whole(found, without="fitted")], stream)
        elif format_ == "csv":
            print_csv(_rows(found), COLUMNS, stream)
        else:
            _show(found, stream)


def _keep(path: Path, row: dict[str, Any]) -> None:
    """Have the ledger keep the model; where it cannot be written, it is fitted again next time."""
    kept(path, lambda ledger: ledger.keep("models", [row]), "the model is not kept and will be fitted again")


def _rows(found: Ranked) -> Iterator[dict[str, Any]]:
    for place, one in enumerate(found.candidates, 1):
        yield {
            "day": found.day.isoformat(),
            "source": found.source,
            "target": found.target,
            "type": found.type,
            "place": place,
            "candidate": one.party,
            "score": one.score,
            "base": one.base,
            "base_place": one.base_place,
            "dataset": "; ".join(found.datasets),
            "model": found.model,
        }


def _show(found: Ranked, stream: TextIO) -> None:
    from detente.forecasting.outlook import side

    asked = f"{side(found.source)} towards whom" if found.target is None else f"who towards {side(found.target)}"
    print_lines(
        stream,
        f"{found.type}: {asked}, next from {found.day} on. Data: {', '.join(found.datasets)}, {found.events} deeds; "
        f"{found.parties} parties compared.",
    )
    if found.reason is not None:
        print_lines(stream, f"Too little history: {found.reason}. What stands here is the baseline alone.")
    print_table(
        (
            {
                "place": place,
                "candidate": side(one.party),
                "score": None if one.score is None else f"{one.score:.2f}",
                "base": None if one.base is None else f"{one.base:.3f}",
                "base place": one.base_place,
            }
            for place, one in enumerate(found.candidates, 1)
        ),
        _TABLE,
        stream,
    )
    for one in found.candidates:
        if one.why is not None:
            print_lines(stream, *_why(found, one))


def _why(found: Ranked, one: Candidate) -> Iterator[str]:
    from detente.forecasting.outlook import side

    if one.why is None:
        return
    yield f"Why {side(one.party)} scores {one.score:.2f}:"
    yield f"  {one.why.start:+.2f} to begin with"
    for moved in one.why.reasons:
        value = "none" if moved.value is None else f"{moved.value:.3g}"
        yield f"  {moved.adds:+.2f} {moved.feature}: {value}"
    yield f"  {one.why.rest:+.2f} all else"
    if not one.why.cases:
        yield "  The two had no such dealings in the two years before."
    elif one.why.same:
        yield f"  The last {found.type} of the two:"
    else:
        yield f"  No {found.type} of the two in the two years before; their last deeds:"
    yield from (f"    {deed.day} {deed.type}: {deed.evidence} [{deed.id}]" for deed in one.why.cases)
