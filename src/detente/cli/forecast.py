"""`detente forecast`: how likely deeds are in the days to come, and where that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli import which
from detente.cli._kept import kept
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import Format, destination, print_csv, print_jsonl, print_lines, print_table, whole

if TYPE_CHECKING:
    from detente.forecasting.chances import Chance, Why
    from detente.forecasting.outlook import Forecast

EXAMPLE: Final = "Example: detente forecast events --source RUS --target UKR --horizon 30d --why"

COLUMNS: Final = (
    "day", "horizon", "source", "target", "class", "probability", "base", "comparable", "cases", "expected", "most",
    "exceeding", "modelled", "dataset", "data", "model",
)  # fmt: skip
_TABLE: Final = ("class", "chance", "base rate", "comparable", "expected", "exceeding")
_SHIFTS: Final = ("source", "target", "class", "before", "of", "now")

app: Final = typer.Typer(
    help="How likely deeds are in the days to come, and where that changed.", rich_markup_mode=None
)

Horizon = Annotated[str, typer.Option(metavar="DAYS", help="How many days ahead: 7d, 30d or 90d.")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The first day forecast: nothing told on it or later is looked at. "
                                      "Else the day after the last that was read."),
]  # fmt: skip


@app.command("events", epilog=EXAMPLE)
def events(
    source: Annotated[str, typer.Option(metavar="PARTY", help="Who would do it, an id or a name.")],
    target: Annotated[
        str | None, typer.Option(metavar="PARTY", help="Whom it would be done to; without it, whomever.")
    ] = None,
    horizon: Horizon = "30d",
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="One type (COERCE) or quad class; `all`: every type.")
    ] = None,
    as_of: AsOf = None,
    why: Annotated[bool, typer.Option("--why", help="What moved it, precedents, and what would change it.")] = False,
    dataset: options.DataSets = None,
    plot: options.Plot = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it; jsonl has all, on one line.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Say how likely at least one deed of each class is, beside the base rate, and keep the forecast to be scored.

    Only what is told as a fact counts. A model is fitted where the ledger has none that fits; that takes a while.
    """
    options.check_dates(**{"as-of": as_of})
    log_to_stderr(verbose)
    from detente.forecasting.outlook import forecast
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened:
        found = forecast(
            opened,
            source,
            target,
            horizon=_days(horizon),
            type=None if type_ == "all" else type_,
            by_type=type_ == "all",
            as_of=as_of,
            datasets=dataset or (),
            why=why,
            progress=None if quiet else say,
        )
    _keep(path, [found])
    if plot is not None:
        from detente.forecasting import pictures
        from detente.relations import plots

        plots.save(pictures.chances(found), plot)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl([whole(found, without="fitted")], stream)
        elif format_ == "csv":
            print_csv(_rows(found), COLUMNS, stream)
        else:
            _show(found, stream)


@app.command("watch", epilog="Example: detente forecast watch --horizon 30d --limit 20")
def watch(
    horizon: Horizon = "30d",
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many changes to show.")] = 20,
    dataset: options.DataSets = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Forecast all active pairs by quad class, keep that, and show the largest changes since the last run."""
    options.check_dates(**{"as-of": as_of})
    log_to_stderr(verbose)
    from detente.forecasting.issued import shifts
    from detente.forecasting.outlook import chances_of_all
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened:
        found = chances_of_all(
            opened, horizon=_days(horizon), as_of=as_of, datasets=dataset or (), progress=None if quiet else say
        )
        changed = shifts(opened, found, limit=limit)
    _keep(path, found)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl(map(asdict, changed), stream)
        else:
            rows = (_shift(asdict(one), exact=format_ == "csv") for one in changed)
            (print_csv if format_ == "csv" else print_table)(rows, _SHIFTS, stream)
    if not changed and not quiet:
        say(f"{len(found)} pairs forecast; there is nothing earlier to hold them against, or nothing changed")


app.command("which", epilog=which.EXAMPLE)(which.which)


def _days(horizon: str) -> int:
    """The number of days in "30d" or "30". Raises a usage error where it is none."""
    number = horizon.removesuffix("d")
    if not number.isdecimal() or int(number) not in (7, 30, 90):
        raise typer.BadParameter("7d, 30d and 90d can be forecast", param_hint="--horizon")
    return int(number)


def _keep(path: Path, found: Sequence[Forecast]) -> None:
    """Have the ledger keep the forecasts; where it cannot be written, they were made all the same."""
    from detente.forecasting.issued import issue

    kept(path, lambda ledger: issue(ledger, found), "the forecast is not kept and will not be scored")


def _rows(found: Forecast) -> Iterator[dict[str, Any]]:
    for chance in found.chances:
        yield {
            "day": found.day.isoformat(),
            "horizon": found.horizon,
            "source": found.source,
            "target": found.target,
            "class": chance.kind,
            "probability": chance.probability,
            "base": chance.base,
            "comparable": chance.comparable.hits,
            "cases": chance.comparable.cases,
            "expected": chance.expected,
            "most": chance.most,
            "exceeding": chance.exceeding,
            "modelled": chance.modelled,
            "dataset": "; ".join(found.datasets),
            "data": found.data,
            "model": found.model,
        }


def _show(found: Forecast, stream: TextIO) -> None:
    print_lines(stream, *_head(found))
    print_table((_shown(chance) for chance in found.chances), _TABLE, stream)
    for chance in found.chances:
        if chance.why is not None:
            print_lines(stream, *_why(found, chance, chance.why))


def _head(found: Forecast) -> Iterator[str]:
    from detente.forecasting.outlook import side

    yield (
        f"{side(found.source)} towards {side(found.target)}, {found.day} to {found.last}. "
        f"Data: {', '.join(found.datasets)}, {found.deeds} deeds in the last 180 days."
    )
    if found.imprecise:
        yield (
            f"Left out: {found.imprecise} deeds of the last two years that are dated by a month or a year, "
            "and not by a day."
        )
    if found.reason is not None:
        yield (
            f"Too little history: {found.reason}. What stands here is the base rate alone: how often it was so with "
            "the pair itself, drawn towards comparable pairs."
        )


def _shown(chance: Chance) -> dict[str, Any]:
    like = chance.comparable
    return {
        "class": chance.kind.replace("_", " "),
        "chance": _percent(chance.probability),
        "base rate": _percent(chance.base),
        "comparable": f"{like.hits} of {like.cases}",
        "expected": None if chance.expected is None else f"{chance.expected:.1f}",
        "exceeding": None if chance.exceeding is None else f"{_percent(chance.exceeding)} for more than {chance.most}",
    }


def _why(found: Forecast, chance: Chance, why: Why) -> Iterable[str]:
    from detente.forecasting.outlook import side

    yield f"Why {_percent(chance.probability)} for {chance.kind.replace('_', ' ')}, in log odds:"
    yield f"  {why.moved.start:+.2f} to begin with"
    yield from (f"  {reason.adds:+.2f} {reason.words}" for reason in why.moved.reasons)
    yield f"  {why.moved.rest:+.2f} all else"
    like = why.precedents
    if like is None:
        yield "Precedents: nothing was done in the last ten days that an earlier moment could be like."
    else:
        after = " and ".join(f"{number} {kind}" for kind, number in like.after.items())
        what = f"{chance.kind.replace('_', ' ')} followed within {found.horizon} days"
        yield f"Precedents: after {after} within ten days, {what} {like.hits} of {like.cases} times. The nearest:"
        for one in like.nearest:
            followed = "followed" if one.followed else "did not follow"
            yield f"  {side(one.source)} towards {side(one.target)}, it {followed}:"
            yield from (f"    {deed.day} {deed.type}: {deed.evidence} [{deed.id}]" for deed in one.deeds)
    if not why.changes:
        yield "No deed more would change it by half a point."
    for change in why.changes:
        kind = change.kind.replace("_", " ")
        done = f"one more deed of {kind} {'by the target' if change.back else 'by the source'}"
        if change.back and found.target is None:
            done = f"one more deed of {kind} that it suffers"
        yield f"With {done} it would be {_percent(change.probability)}."


def _shift(row: dict[str, Any], *, exact: bool) -> dict[str, Any]:
    from detente.forecasting.outlook import side

    if exact:
        return {**row, "class": row["kind"], "of": row["before_day"].isoformat()}
    return {
        "source": side(row["source"]),
        "target": side(row["target"]),
        "class": row["kind"].replace("_", " "),
        "before": _percent(row["before"]),
        "of": row["before_day"].isoformat(),
        "now": _percent(row["now"]),
    }


def _percent(chance: float) -> str:
    return "< 1 %" if chance < 0.01 else "> 99 %" if chance > 0.99 else f"{chance:.0%}".replace("%", " %")
