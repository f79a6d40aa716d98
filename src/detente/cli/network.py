"""`detente network`: who stands with whom, against whom, and who stands between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import Format, destination, period_name, print_csv, print_jsonl, print_lines, print_table
from detente.days import By

if TYPE_CHECKING:
    from detente.relations.snapshots import Snapshot

EXAMPLE: Final = "Example: detente network --year 2024 --plot blocs.svg"

_EDGES: Final = ("party", "other", "cooperation", "conflict", "weight")
_PERIODS: Final = (
    "period", "documents", "outlets", "parties", "edges", "poles", "polarity", "frustration", "between",
)  # fmt: skip
_PARTIES: Final = ("party", "pole", "cooperation", "conflict", "edges", "warmth", "hostility")

_SHOWN: Final = 30
_BROKERS: Final = 5


def network(
    year: Annotated[str | None, typer.Option(metavar="YYYY", help="The network of one year.")] = None,
    since: options.Since = None,
    until: options.Until = None,
    by: Annotated[By | None, typer.Option(help="A network for each period, a row each.")] = None,
    dataset: options.DataSets = None,
    plot: options.Plot = None,
    format_: Annotated[
        Format, typer.Option("--format", help="How to print it; csv has edges or periods, jsonl all.")
    ] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Show the signed network of states and organisations: its poles, how divided it is, and who stands between.

    It rests on deeds told as facts, of all the time in which anything was read unless a time is given.
    """
    options.not_together(year=year, since=since)
    options.not_together(year=year, until=until)
    options.not_together(by=by, plot=plot)
    options.check_dates(year=year, since=since, until=until)
    log_to_stderr(verbose)
    from detente.ledger import Ledger
    from detente.relations.snapshots import snapshot, snapshots

    path = options.ledger_path(ledger)
    begin, end, sets = year or since, year or until, dataset or ()
    with Ledger(path, read_only=True) as opened:
        if by is None:
            found = [snapshot(opened, since=begin, until=end, datasets=sets)]
        else:
            found = snapshots(opened, by, since=begin, until=end, datasets=sets)
    if plot is not None:
        from detente.relations import pictures, plots

        plots.save(pictures.network(found[0]), plot)
    with destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl(map(_whole, found), stream)
        elif by is not None:
            rows = map(_row, found)
            if format_ == "csv":
                print_csv(rows, _PERIODS, stream)
            else:
                print_table((_shown(row, by) for row in rows), _PERIODS, stream)
        elif format_ == "csv":
            print_csv(map(asdict, found[0].network.edges()), _EDGES, stream)
        else:
            _show(found[0], stream)


def _row(found: Snapshot) -> dict[str, Any]:
    """A network in one row: how many poles it has and who leads them."""
    net = found.network
    return {
        "period": found.first.isoformat(),
        "documents": found.read.documents,
        "outlets": found.read.outlets,
        "parties": len(net.parties),
        "edges": len(net.weight),
        "poles": len(net.poles),
        "polarity": net.polarity,
        "frustration": net.frustration,
        "between": [broker.party for broker in net.brokers[:_BROKERS]],
    }


def _whole(found: Snapshot) -> dict[str, Any]:
    net = found.network
    return {
        "first": found.first,
        "last": found.last,
        "documents": found.read.documents,
        "outlets": found.read.outlets,
        "polarity": net.polarity,
        "frustration": net.frustration,
        "communities": net.communities,
        "poles": [asdict(pole) for pole in net.poles],
        "brokers": [asdict(broker) for broker in net.brokers],
        "parties": [asdict(one) for one in net.standings()],
        "edges": [asdict(edge) for edge in net.edges()],
    }


def _show(found: Snapshot, stream: TextIO) -> None:
    from detente.relations.parties import called

    net = found.network
    standings = sorted(net.standings(), key=lambda one: (-one.cooperation - one.conflict, one.party))
    print_lines(stream, *_lines(found))
    rows = (
        {
            "party": called(one.party),
            "pole": None if one.pole is None else one.pole + 1,
            "cooperation": one.cooperation,
            "conflict": one.conflict,
            "edges": one.degree,
            "warmth": f"{one.warmth:.2f}",
            "hostility": f"{one.hostility:.2f}",
        }
        for one in standings[:_SHOWN]
    )
    print_table(rows, _PARTIES, stream)
    if len(standings) > _SHOWN:
        say(f"these are the {_SHOWN} of {len(standings)} parties with most deeds; --format jsonl has all")


def _lines(found: Snapshot) -> Iterator[str]:
    from detente.relations.parties import called

    net = found.network
    yield (
        f"{found.first} to {found.last}: {found.read.documents} documents read, "
        f"{len(net.parties)} parties, {len(net.weight)} edges."
    )
    yield f"Polarity {net.polarity:.2f} (0 nothing divides, 1 two hostile camps), frustration {net.frustration:.2f}."
    if not net.poles:
        yield "No poles: no two communities are opposed to each other and have much of the conflict."
    for number, pole in enumerate(net.poles, start=1):
        against = " and ".join(str(other + 1) for other in pole.opponents)
        yield f"Pole {number}, against {against}: {', '.join(map(called, pole.members)) or 'nobody alone'}."
    for broker in net.brokers[:_BROKERS]:
        one, other = (", ".join(map(called, side[:3])) for side in broker.partners)
        yield (
            f"Between poles {broker.poles[0] + 1} and {broker.poles[1] + 1}: {called(broker.party)} "
            f"({broker.score:.2f}), with {one} and with {other}."
        )


def _shown(row: dict[str, Any], by: By) -> dict[str, Any]:
    """A row as a table has it."""
    from detente.relations.parties import called

    figures = {name: f"{row[name]:.2f}" for name in ("polarity", "frustration")}
    return row | figures | {"period": period_name(row["period"], by), "between": [*map(called, row["between"])]}
