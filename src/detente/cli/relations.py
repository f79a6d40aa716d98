"""`detente relations`: how two parties stand to each other, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TextIO, get_args

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import (
    TABLE_ROWS,
    Format,
    destination,
    period_name,
    print_csv,
    print_jsonl,
    print_lines,
    print_table,
)
from detente.days import By
from detente.records import Quad

if TYPE_CHECKING:
    from detente.relations.dyads import History
    from detente.relations.relation import Change, Deed, Relation
    from detente.relations.responses import Responses
    from detente.relations.trends import Interval

EXAMPLE: Final = "Example: detente relations RUS USA --since 2022 --by month --plot russia-usa.svg"

_QUADS: Final[tuple[Quad, ...]] = get_args(Quad)

COLUMNS: Final = (
    "period", "documents", "outlets", "deeds", "forth", "back", "together", *_QUADS, "per_1000_documents", "intensity",
    "low", "high", "alleged", "dataset", "intensity_scale",
)  # fmt: skip

_DIRECTIONS: Final = ("forth", "back", "together")
_TABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "period": "period",
        "documents": "read",
        "deeds": "deeds",
        **{name: name for name in _DIRECTIONS},
        "verbal_cooperation": "verbal coop",
        "material_cooperation": "material coop",
        "verbal_conflict": "verbal conflict",
        "material_conflict": "material conflict",
        "per_1000_documents": "per 1,000",
        "intensity": "mean",
        "low": "low",
        "high": "high",
        "alleged": "alleged",
    }
)
"""The columns of the table, with what they are called there: a terminal has room for short words."""
_DRIVERS: Final = ("date", "source", "target", "type", "intensity", "evidence", "id")


def relations(
    first: Annotated[
        str, typer.Argument(metavar="PARTY", help="An id or a name, or several with commas between: RUS,BLR.")
    ],
    second: Annotated[
        str | None, typer.Argument(metavar="[PARTY]", help="The other side; without it the members of a group.")
    ] = None,
    by: Annotated[By, typer.Option(help="The length of a period.")] = "month",
    since: options.Since = None,
    until: options.Until = None,
    include: Annotated[
        Literal["society"] | None, typer.Option(help="Count also who belongs to a state and does not act for it.")
    ] = None,
    dataset: options.DataSets = None,
    mixed_scales: Annotated[
        bool, typer.Option("--mixed-scales", help="Average intensities also where data sets measure them differently.")
    ] = False,
    plot: options.Plot = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it; jsonl has all, on one line.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Show what two parties did to each other by period, how hostile or friendly, what changed, and who reacts to whom.

    Only what is told as a fact counts; what is alleged stands beside it. Each period shows what was read in it.
    """
    options.check_dates(since=since, until=until)
    log_to_stderr(verbose)
    from detente.ledger import Ledger
    from detente.relations.dyads import Chosen
    from detente.relations.parties import group
    from detente.relations.relation import relation

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened:
        sides = [group(opened, side) for side in (first, second) if side is not None]
        chosen = Chosen.of(*sides, society=include == "society", datasets=dataset or ())
        found = relation(opened, chosen, by=by, since=since, until=until, mixed_scales=mixed_scales)
        if plot is not None:
            from detente.relations import pictures, plots

            plots.save(pictures.relation(opened, found), plot)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl([_whole(found)], stream)
        elif format_ == "csv":
            print_csv(_rows(found), COLUMNS, stream)
        else:
            _show(found, stream)


def _rows(found: Relation) -> Iterator[dict[str, Any]]:
    """The periods as flat rows of `COLUMNS`."""
    past = found.history
    for period, tone in zip(past.periods, found.tones, strict=True):
        yield {
            "period": period.start.isoformat(),
            "documents": period.documents,
            "outlets": period.outlets,
            "deeds": period.deeds,
            "forth": period.forth,
            "back": period.back,
            "together": period.together,
            **{str(quad): number for quad, number in period.quads.items()},
            "per_1000_documents": period.per_thousand,
            "intensity": tone.value,
            "low": tone.low,
            "high": tone.high,
            "alleged": period.alleged,
            "dataset": "; ".join(past.chosen.datasets.names),
            "intensity_scale": past.scale,
        }


def _whole(found: Relation) -> dict[str, Any]:
    """All that is known of a relation."""
    past = found.history
    return {
        "first": asdict(past.chosen.first),
        "second": asdict(past.chosen.second) if past.chosen.second else None,
        "society": past.chosen.society,
        "datasets": past.chosen.datasets.names,
        "intensity_scale": past.scale,
        "by": past.by,
        "periods": [*_rows(found)],
        "intensity": asdict(found.tone),
        "intensity_forth": asdict(found.forth),
        "intensity_back": asdict(found.back),
        "trend": asdict(found.trend) if found.trend else None,
        "changes": [asdict(change) for change in found.changes],
        "response": asdict(found.response) if found.response else None,
        "drivers": [asdict(deed) for deed in found.drivers],
        "by_publication": past.by_publication,
        "left_out": asdict(past.left_out),
    }


def _show(found: Relation, stream: TextIO) -> None:
    past = found.history
    rows = [_shown(row, past.by) for row in _rows(found)]
    columns = [head for name, head in _TABLE.items() if past.chosen.second is not None or name not in _DIRECTIONS]
    print_lines(stream, _heading(past))
    print_table(rows[-TABLE_ROWS:], columns, stream)
    if len(rows) > TABLE_ROWS:
        say(f"these are the last {TABLE_ROWS} of {len(rows)} periods; --format csv has all")
    print_lines(stream, *_lines(found))
    if found.drivers:
        print_table((asdict(deed) | {"date": _day(deed)} for deed in found.drivers), _DRIVERS, stream)
    print_lines(stream, *_left_out(past))


def _heading(past: History) -> str:
    first, second = past.chosen.first.name, past.chosen.second
    sides = f"{first} (forth) and {second.name} (back)" if second else f"Among {first}"
    read = sum(period.documents for period in past.periods)
    return f"{sides}, by {past.by}. Data: {', '.join(past.chosen.datasets.names)}, {read} documents in this time."


def _shown(row: dict[str, Any], by: By) -> dict[str, Any]:
    """Cells as a table has them: a dash for a zero, and nothing where nothing was read."""
    nothing = "–" if row["documents"] else ""
    cells = {name: value or nothing for name, value in row.items()}
    for name in ("intensity", "low", "high"):
        cells[name] = "" if row[name] is None else f"{row[name]:+.1f}"
    if row["per_1000_documents"]:
        cells["per_1000_documents"] = f"{row['per_1000_documents']:.0f}"
    cells |= {"period": period_name(row["period"], by), "documents": row["documents"] or "none"}
    return {head: cells[name] for name, head in _TABLE.items()}


def _told(mean: Interval) -> str:
    """A mean with its interval, where there are enough values for one."""
    if mean.value is None:
        return "none"
    if mean.low is None or mean.high is None:
        return f"{mean.value:+.1f}"
    return f"{mean.value:+.1f} [{mean.low:+.1f}, {mean.high:+.1f}]"


def _lines(found: Relation) -> Iterator[str]:
    past = found.history
    first, second = past.chosen.first.name, past.chosen.second
    measured = f"Mean intensity ({past.scale or 'no deeds'}), with its 95 % interval"
    yield f"{measured}: {_told(found.tone)}, {found.tone.count} deeds."
    if second is not None:
        yield (
            f"{first} towards {second.name}: {_told(found.forth)}, {found.forth.count} deeds; "
            f"{second.name} towards {first}: {_told(found.back)}, {found.back.count}."
        )
    if found.trend is not None:
        slope = f"{found.trend.slope:+.2f} a {past.by} [{found.trend.low:+.2f}, {found.trend.high:+.2f}]"
        yield f"Trend: {slope}" + ("." if found.trend.told else ", not told from none.")
    else:
        yield "Trend: too few periods with deeds to tell one."
    if second is not None:
        yield _response(found.response, first, second.name, past.by)
    yield from (_change(change, past.by) for change in found.changes)
    if not found.changes:
        yield "No change stands out from chance."
    if found.drivers:
        yield "The last change rests most on:"


def _response(found: Responses | None, first: str, second: str, by: str) -> str:
    """Who reacts to whom."""
    if found is None:
        return "Response: too few periods to tell who reacts to whom."
    reactions = ((found.first, second, first, "first"), (found.second, first, second, "second"))
    told = [
        f"{follower} {'reacts in kind to' if lead.strength > 0 else 'does the contrary of'} what {leader} does, "
        f"{lead.lag} {by}{'s' if lead.lag > 1 else ''} later (p {_p(lead.p)})"
        for lead, follower, leader, direction in reactions
        if found.direction in (direction, "both")
    ]
    return f"Response: {'; '.join(told) or 'neither side is seen to react to the other'}."


def _change(change: Change, by: By) -> str:
    before, after = f"{change.before:+.1f}", f"{change.after:+.1f}"
    if change.of == "tone":
        what = f"intensity {before} before, {after} after"
    else:
        unit = f"deeds a {by}" if change.by_exposure else "deeds per 1,000 documents"
        what = f"{change.before:.1f} {unit} before, {change.after:.1f} after"
    reason = "; what was read changed, the world need not have" if change.by_exposure else ""
    return f"Change from {change.at}: {what} (p {_p(change.p)}){reason}."


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}"


def _day(deed: Deed) -> str:
    """When it was; in brackets where only the day of publication tells."""
    day = deed.first.isoformat() if deed.first == deed.last else f"{deed.first} / {deed.last}"
    return day if deed.dated else f"({day})"


def _left_out(past: History) -> Iterator[str]:
    out, counted = past.left_out, sum(period.deeds for period in past.periods)
    if past.by_publication:
        yield f"Of {counted} deeds {past.by_publication} are dated by no text: they stand under its day of publication."
    reasons = (
        (out.vague, f"are dated less precisely than a {past.by}"),
        (out.outside, "lie before or after these periods"),
        (out.undated, "have no date at all"),
    )
    told = ", ".join(f"{number} {reason}" for number, reason in reasons if number)
    if told:
        yield f"Left out: {told}."
