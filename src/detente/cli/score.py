"""`detente score`: how good what was forecast was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr
from detente.cli._output import Format, console, destination, print_csv, print_jsonl, print_lines, print_table

if TYPE_CHECKING:
    from detente.bargaining.scoring import Score
    from detente.bargaining.scoring import Scored as ScoredIssues
    from detente.forecasting.issued import Scored, Scores

EXAMPLE: Final = "Example: detente score forecasts --ledger crisis.duckdb"

_COLUMNS: Final = ("class", "number", "happened", "brier", "base", "skill", "log score", "crps")
_BINS: Final = ("forecast", "happened", "number")
_ISSUES: Final = (
    "made", "model", "setting", "number", "reckonings", "error", "crps", "coverage", "share", "mean of positions",
    "middle of the scale", "status quo",
)  # fmt: skip
_MODELS: Final = ("model", "number", "error", "crps", "held", "mean", "middle", "quo")
_FEWER: Final = ("model", "error", "crps", "mean", "middle", "quo")
_WHOLE: Final = 72
"""Columns of a terminal in which all of these have room; with fewer it shows some."""

app: Final = typer.Typer(help="How good what was forecast was.", rich_markup_mode=None)


@app.callback()
def _score() -> None:
    """Forecasts and reckonings that were issued."""


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


@app.command("issues", epilog="Example: detente score issues --ledger crisis.duckdb")
def issues(
    format_: Annotated[Format, typer.Option("--format", help="How to print it; jsonl has all, on one line.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
) -> None:
    """Say how good the reckonings of issues were whose outcome was entered, beside base rates on the same issues.

    Errors and CRPS are in percent of the scale; lower is better. What was reckoned on the day of the decision or later
    stands apart.
    """
    from detente.bargaining.scoring import score
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened:
        found = score(opened)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl([asdict(found)], stream)
        elif format_ == "csv":
            print_csv(_rows(found), _ISSUES, stream)
        else:
            print_lines(
                stream,
                f"{found.reckonings} reckoning{'' if found.reckonings == 1 else 's'}. "
                f"Dimensions of issues: {found.decided} decided, {found.void} void (never to be "
                f"decided), {found.pending} without an outcome.",
            )
            for made, scores in _groups(found):
                print_lines(stream, f"Reckoned {made}:")
                print_table(map(_shown, scores), _MODELS if console(stream).width >= _WHOLE else _FEWER, stream)
            if found.beforehand or found.afterwards:
                print_lines(
                    stream,
                    "Error: mean absolute error in percent of the scale; beside it those of the mean of positions, the "
                    "middle of the scale and the status quo on the same dimensions (the status quo on those that state "
                    "one; its own line has their number). Held: outcomes in the interval, and how many should be.",
                )


def _groups(found: ScoredIssues) -> Iterator[tuple[str, Iterable[Score]]]:
    """The scores that stand apart, by when and by what outcomes, in words."""
    for made, scores in (
        ("before the day of the decision", found.beforehand),
        ("on the day of the decision or later", found.afterwards),
        (f"before it, by the outcomes first entered ({found.changed} corrected since)", found.as_first_entered),
    ):
        if scores:
            yield made, scores


def _rows(found: ScoredIssues) -> Iterator[dict[str, Any]]:
    groups = {
        "beforehand": found.beforehand,
        "afterwards": found.afterwards,
        "beforehand, as first entered": found.as_first_entered,
    }
    for made, scores in groups.items():
        for one in scores:
            row = asdict(one)
            yield {"made": made} | row.pop("bases") | row


def _shown(one: Score) -> dict[str, Any]:
    held = None if one.coverage is None or one.share is None else f"{one.coverage:.0%} of {one.share:.0%}"
    return {
        "model": one.model.replace("_", " ") + (f" ({one.setting})" if one.setting else ""),
        "number": one.number,
        "error": _figure(one.error),
        "crps": _figure(one.crps),
        "held": held,
        **{short: _figure(value) for short, value in zip(_MODELS[-3:], one.bases.values(), strict=True)},
    }


def _figure(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"
