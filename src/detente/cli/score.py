"""`detente score`: how good what was forecast was."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr
from detente.cli._output import destination, print_jsonl, print_lines, print_table

if TYPE_CHECKING:
    from detente.forecasting.issued import Scored, Scores

EXAMPLE: Final = "Example: detente score forecasts --ledger crisis.duckdb"

_COLUMNS: Final = ("class", "number", "happened", "brier", "base", "skill", "log score", "crps")
_BINS: Final = ("forecast", "happened", "number")

app: Final = typer.Typer(help="How good what was forecast was.", rich_markup_mode=None)


@app.callback()
def _score() -> None:
    """Forecasts that were issued."""


@app.command("forecasts", epilog=EXAMPLE)
def forecasts(
    format_: Annotated[Literal["table", "jsonl"], typer.Option("--format", help="How to print it.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Resolve the forecasts whose time is over, once and for all, and say how good they were.

    Lower is better for Brier, log score and CRPS; skill is over the base rates that stood beside the forecasts.
    """
    log_to_stderr(verbose)
    from detente.forecasting.issued import resolve, score
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path) as opened:
        resolve(opened)
        found = score(opened)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl([asdict(found)], stream)
            return
        print_lines(stream, _counts(found))
        if found.all is not None and found.revised is not None:
            kinds = {**found.by_kind, "all": found.all, "issued beforehand": found.beforehand}
            kinds |= {"as known now": found.revised}
            print_table((_row(kind, scores) for kind, scores in kinds.items() if scores), _COLUMNS, stream)
            print_table(
                (
                    {"forecast": f"{one.forecast:.2f}", "number": one.count}
                    | {"happened": f"{one.observed:.2f} [{one.low:.2f}, {one.high:.2f}]"}
                    for one in found.reliability
                ),
                _BINS,
                stream,
            )
            late = found.all.number - (found.beforehand.number if found.beforehand else 0)
            print_lines(
                stream,
                f"{late} were issued when their days had begun or were over, by what was known before them.",
                f"By what is known now, {found.changed} would be resolved otherwise.",
            )


def _counts(found: Scored) -> str:
    resolved = 0 if found.all is None else found.all.number
    return (
        f"{found.issued} forecasts issued: {resolved} resolved, {found.void} void (too little was read), "
        f"{found.pending} whose time is not over."
    )


def _row(kind: str, scores: Scores) -> dict[str, Any]:
    return {
        "class": kind.replace("_", " "),
        "number": scores.number,
        "happened": f"{scores.happened:.0%}",
        "brier": f"{scores.brier:.4f}",
        "base": f"{scores.base_brier:.4f}",
        "skill": f"{scores.skill:+.3f}",
        "log score": f"{scores.log_score:.3f}",
        "crps": None if scores.crps is None else f"{scores.crps:.3f}",
    }
