"""`detente brief`: a situation on one page, from texts or from the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli._inputs import Inputs
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import console, destination
from detente.errors import LedgerError

if TYPE_CHECKING:
    from detente.brief.situation import Situation

EXAMPLE: Final = "Example: detente brief --about Ukraine --since 2024-10-01 --html --output brief.html"


def brief(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Texts to read, as for `read`; without any, the ledger is asked."),
    ] = None,
    about: options.About = None,
    since: options.Since = None,
    until: options.Until = None,
    html: Annotated[bool, typer.Option("--html", help="One self-contained page.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The situation as JSON.")] = False,
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    published: options.Published = None,
    title: options.Title = None,
    source: options.Outlet = None,
    url: options.Url = None,
    world: options.World = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show who said what, what happened, what is only claimed, who holds and who wants what.

    Texts are read in memory, and no ledger is opened. Every line names the sentence that it rests on.
    """
    options.not_together(html=html, json=json)
    options.not_together(ledger=ledger, PATH=paths)
    options.check_dates(since=since, until=until)
    metadata = options.metadata(published, title, source, url)
    if not paths:
        options.need_paths(published=published, title=title, source=source, url=url, world=world)
    log_to_stderr(verbose)
    options.use_world(world)
    from detente.brief.situation import gather, recalled

    path = options.ledger_path(ledger)
    if not paths:
        from detente.ledger import Ledger

        with Ledger(path, read_only=True) as opened:
            situation, upto = recalled(opened, about=about, since=since, until=until)
        with destination(output, spare=[path]) as stream:
            _show(situation, stream, html=html, json=json)
        _remember(path, about, upto, datetime.now(UTC))
        return
    inputs = Inputs(paths, metadata, quiet)
    readings = inputs.readings(inputs.documents())
    # Where no text can be read there is no situation.
    first = list(islice(readings, 1))
    if not first:
        raise typer.Exit(1)
    situation = gather(chain(first, readings), about=about, since=since, until=until)
    with destination(output, spare=[path, *inputs.paths]) as stream:
        _show(situation, stream, html=html, json=json)
    if inputs.left_out:
        raise typer.Exit(1)


def _remember(path: Path, about: str | None, upto: int, now: datetime) -> None:
    """Let the ledger remember a brief that was shown; where it cannot be written the brief was made all the same."""
    from detente.ledger import Ledger
    from detente.ledger.memory import Brief

    try:
        with Ledger(path) as ledger:
            ledger.remember_brief(about, Brief(made=now.replace(tzinfo=None), upto=upto))
    except LedgerError as error:
        say(f"{error}; the next brief will not tell what is new since this one")


def _show(situation: Situation, stream: TextIO, *, html: bool, json: bool) -> None:
    if json:
        import msgspec

        stream.write(msgspec.json.encode(situation).decode() + "\n")
    elif html:
        from detente.brief.html import render as render_html

        stream.write(render_html(situation))
    else:
        from detente.brief.terminal import render

        render(situation, console(stream))
