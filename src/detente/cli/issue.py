"""`detente issue`: contested issues as tables, and where the bargaining over them will settle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from detente.cli import _kept, _reckoned, outcome, report, sensitivity
from detente.cli import _options as options
from detente.cli._messages import counting, log_to_stderr, say
from detente.cli._output import Format, destination, print_csv, print_jsonl, print_lines, print_table
from detente.errors import InputError, IssueError

if TYPE_CHECKING:
    from detente.bargaining.issue import Field, Issue

EXAMPLE: Final = "Example: detente issue reckon tariffs.csv"

app: Final = typer.Typer(
    help="Show, list and change the tables of contested issues, and reckon where the bargaining will settle.",
    rich_markup_mode=None,
)
app.command("outcome", epilog=outcome.EXAMPLE)(outcome.outcome)
app.command("report", epilog=report.EXAMPLE)(report.report)
app.command("sensitivity", epilog=sensitivity.EXAMPLE)(sensitivity.sensitivity)

Value = Annotated[str | None, typer.Option(metavar="NUMBER")]

_CELLS: Final = ("actor", "position", "salience", "capability", "stakes", "resolve", "veto")
_TABLE: Final = (*_CELLS, "rests on")
_ROWS: Final = ("dimension", *_CELLS, "position_sd", "salience_sd", "capability_sd", "proxies", "statements")
_FILES: Final = ("file", "title", "actors", "dimensions", "cells", "faults")


@app.command("show", epilog="Example: detente issue show tariffs.csv")
def show(
    file: options.IssueFile,
    grounds: Annotated[
        bool, typer.Option("--grounds", help="Show below each table the sentences that its cells rest on.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print it; csv, jsonl: a row a cell.")] = "table",
    output: options.Output = None,
) -> None:
    """Show an issue: its scales, and where each actor stands, how much it cares and what it can bring to bear.

    A value with * behind it was counted from texts and stands in for an estimate of yours.
    """
    issue = _read(file)
    with destination(output, spare=[file]) as stream:
        if format_ == "jsonl":
            print_jsonl(_cells(issue), stream)
        elif format_ == "csv":
            print_csv(_cells(issue), _ROWS, stream)
        else:
            for number, name in enumerate(line.name for line in issue.dimensions):
                print_lines(stream, *_reckoned.scale(issue, number))
                rows = [_shown(row) for row in _cells(issue) if row["dimension"] == name]
                print_table(rows, [column for column in _TABLE if any(row[column] for row in rows)], stream)
                if grounds:
                    print_lines(stream, *_grounds(issue, number))
            if issue.proxies:
                print_lines(stream, "* counted from texts, not estimated; detente issue edit replaces it.")
            if not issue.capability_stated:
                print_lines(stream, "Nobody's capability is stated: all count alike, and stakes are salience alone.")
            if issue.quota is not None:
                print_lines(stream, f"A decision needs {issue.quota:.0%} of the capability.")


@app.command("draft", epilog='Example: detente issue draft "NATO membership of Ukraine" --output nato.yaml')
def draft(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The issue in a few words, as one would want it.")],
    ledger: options.LedgerFile = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only texts published by DATE; those without a date are left out."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE.yaml", help="Write it to a new file instead of standard output.")
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Propose the table of an issue from what a ledger holds, as YAML: who stands where, by which sentences.

    Members of one government are one row. What was counted is marked as such, and capability is left to you.
    """
    from detente.bargaining import drafting, formats
    from detente.ledger import Ledger

    options.check_dates(**{"as-of": as_of})
    if output is not None and output.suffix.lower() not in formats.YAML:
        raise typer.BadParameter(f"{output} is no YAML file; name one that ends in .yaml", param_hint="--output")
    if output is not None and (output.exists() or output.is_symlink()):  # a link to nothing is there as well
        reason = "is there already and may have your estimates; name another file, or remove it"
        raise typer.BadParameter(f"{output} {reason}", param_hint="--output")
    log_to_stderr(verbose)
    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened, opened.at_once():
        found = drafting.draft(opened, title, as_of=as_of)
    with destination(output) as stream:
        stream.write(found.text(str(path)))
    if not quiet:
        for line in found.told():
            say(line)
        if output is not None:
            say(f"written to {output}; detente issue show {output} --grounds shows what each cell rests on")


@app.command("list", epilog="Example: detente issue list issues/")
def list_reckoned(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to look.")] = Path(),
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = "table",
    output: options.Output = None,
) -> None:
    """List the issues in a folder, with how many actors, dimensions, cells and faults each has.

    Status 1 where there are faults; `detente issue show` tells them.
    """
    from detente.bargaining import formats

    try:
        rows = [_listed(path) for path in formats.find(folder)]
    except OSError as error:
        raise InputError(str(folder), f"{error.strerror}; name a folder") from None
    with destination(output) as stream:
        if format_ == "jsonl":
            print_jsonl(rows, stream)
        elif format_ == "csv":
            print_csv(rows, _FILES, stream)
        else:
            print_table(rows, _FILES, stream)
    if any(row["faults"] for row in rows):
        raise typer.Exit(1)


@app.command("edit", epilog="Example: detente issue edit tariffs.csv --actor France --position 40")
def edit(
    file: options.IssueFile,
    actor: Annotated[str, typer.Option(metavar="NAME", help="Whose row.")],
    dimension: Annotated[
        str | None, typer.Option(metavar="NAME", help="On which dimension, where there are several.")
    ] = None,
    position: Value = None,
    salience: Value = None,
    capability: Value = None,
    resolve: Value = None,
    veto: Annotated[str | None, typer.Option(metavar="yes|no")] = None,
    position_sd: Value = None,
    salience_sd: Value = None,
    capability_sd: Value = None,
    quiet: options.Quiet = False,
) -> None:
    """Change values of one actor in the file, where they stand; all else in it stays as it was written.

    Nothing is written where the issue would then have a fault.
    """
    from detente.bargaining.formats.editing import edit as change
    from detente.bargaining.issue import CELL

    given = {
        "position": position,
        "salience": salience,
        "capability": capability,
        "resolve": resolve,
        "veto": veto,
        "position_sd": position_sd,
        "salience_sd": salience_sd,
        "capability_sd": capability_sd,
    }
    changes: dict[Field, str] = {name: value for name in CELL if (value := given[name]) is not None}
    if not changes:
        raise typer.TyperException("nothing to change: name a value, such as --position 40")
    issue = change(file, actor, dimension, changes)
    if not quiet:
        on = issue.dimensions[issue.dimension(dimension)].name
        say(f"{file}: {actor} on {on}: {', '.join(f'{name} {value}' for name, value in changes.items())}")


@app.command("reckon", epilog=EXAMPLE)
def reckon(
    file: options.IssueFile,
    model: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this model; may be repeated. Else all that can take the issue."),
    ] = None,
    setting: Annotated[
        str | None, typer.Option(metavar="NAME", help="The setting of the one model that is named.")
    ] = None,
    rounds: Annotated[int | None, typer.Option(min=0, metavar="N", help="How many rounds are played at most.")] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="What random choices follow.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print all that the models say, as JSON.")] = False,
    format_: Annotated[
        Format, typer.Option("--format", help="How to print it; csv and jsonl have a row for each position by round.")
    ] = "table",
    plot: options.Plot = None,
    ledger: _kept.KeptIn = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Reckon where an issue settles, by several published models side by side: outcome, who moves, who blocks.

    The last lines say where the models disagree, and what each outcome rests on. A ledger keeps it to be scored.
    """
    if setting is not None and len(model or ()) != 1:
        raise typer.TyperException("--setting belongs to one model: name it with --model")
    if json and format_ != "table":
        raise typer.TyperException("--json and --format do not go together")
    log_to_stderr(verbose)
    issue = _read(file)
    settings = {model[0]: setting} if model and setting is not None else None
    with counting("models", quiet=quiet) as progress:
        found = issue.reckon(model or (), settings=settings, rounds=rounds, seed=seed, progress=progress)
    status = _kept.keep(ledger, found)
    if plot is not None:
        from detente.bargaining import pictures
        from detente.relations import plots

        plots.save(pictures.reckoning(found), plot)
    with destination(output, spare=[file, options.ledger_path(ledger)]) as stream:
        if json:
            print_jsonl([found.json()], stream)
        elif format_ == "jsonl":
            print_jsonl(found.rows(), stream)
        elif format_ == "csv":
            from detente.bargaining.reckoning import COLUMNS

            print_csv(found.rows(), COLUMNS, stream)
        else:
            _reckoned.show(found, stream)
    if not quiet:
        for name, reason in found.left_out.items():
            say(f"left out: {name}: {reason}")
    if status:
        raise typer.Exit(status)


def _read(file: Path) -> Issue:
    from detente.bargaining.issue import Issue

    return Issue.from_file(file)


def _cells(issue: Issue) -> Iterator[dict[str, Any]]:
    """The table, a row for each cell in which an actor takes part, by dimension."""
    total = issue.stakes.sum(axis=0)
    for number, line in enumerate(issue.dimensions):
        for i, actor in enumerate(issue.actors):
            if issue.present[i, number]:
                resolve = float(issue.resolve[i, number])
                yield {
                    "dimension": line.name,
                    "actor": actor.name,
                    "position": float(issue.position[i, number]),
                    "salience": float(issue.salience[i, number]),
                    "capability": float(issue.capability[i, number]) if issue.capability_stated else None,
                    "stakes": float(issue.stakes[i, number] / total[number]),
                    "resolve": None if resolve != resolve else resolve,
                    "veto": bool(issue.veto[i, number]),
                    "position_sd": float(issue.position_sd[i, number]),
                    "salience_sd": float(issue.salience_sd[i, number]),
                    "capability_sd": float(issue.capability_sd[i, number]),
                    "proxies": sorted(issue.proxies.get((i, number), ())),
                    "statements": [ground.statement for ground in issue.grounds.get((i, number), ())],
                }


def _grounds(issue: Issue, number: int) -> Iterator[str]:
    """What each cell of a dimension rests on: the actor, and each statement with the sentence that supports it."""
    for i, actor in enumerate(issue.actors):
        for ground in issue.grounds.get((i, number), ()):
            at = "" if ground.position is None else f" at {ground.position:g}"
            who = ", ".join(filter(None, (ground.speaker, ground.date, ground.source)))
            yield f"{actor.name}{at}: “{ground.sentence}” ({who}; {ground.statement})"


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A cell as a table has it: with what it is uncertain by, and stakes as a share of all."""
    from detente.bargaining.result import marked

    shown = {"actor": row["actor"], "resolve": row["resolve"], "veto": "veto" if row["veto"] else None}
    for name in ("position", "salience", "capability"):
        value = row[name]
        shown[name] = None if value is None else marked(name, value, row[f"{name}_sd"], row["proxies"])
    count = len(row["statements"])
    rests_on = f"{count} statement{'s' if count > 1 else ''}" if count else None
    return shown | {"stakes": f"{row['stakes']:.1%}", "rests on": rests_on}


def _listed(path: Path) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_FILES) | {"file": path.name, "faults": 0}
    try:
        issue = _read(path)
    except IssueError as error:
        return row | {"faults": len(error.faults)}
    return row | {
        "title": issue.title or None,
        "actors": len(issue.actors),
        "dimensions": len(issue.dimensions),
        "cells": int(issue.present.sum()),
    }
