"""The command line: one file per command; each parses its options, calls the library and prints.

Results go to standard output, everything else to standard error, a line each. Exit status: 0 all done, 1 something was
left out, 2 wrong usage, 3 ledger or model unusable, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from detente import __version__
from detente.cli import (
    brief,
    explain,
    export,
    forecast,
    import_,
    issue,
    ledger,
    list,
    network,
    panel,
    read,
    relations,
    review,
    said,
    score,
    sql,
    timeline,
    which,
    who,
    world,
)
from detente.cli._messages import quiet_libraries, say
from detente.errors import DetenteError, IssueError, LedgerError, ModelError

LEFT_OUT: Final = 1
WRONG_USAGE: Final = 2
UNUSABLE: Final = 3
INTERRUPTED: Final = 130

app: Final = typer.Typer(
    name="detente",
    help="From news text to a computable picture of an international situation.",
    epilog="Example: detente brief article.html",
    add_completion=False,
    # Without rich, `--help` starts in half the time.
    rich_markup_mode=None,
)
app.command("read", epilog=read.EXAMPLE)(read.read)
app.command("import", epilog=import_.EXAMPLE)(import_.import_)
app.command("brief", epilog=brief.EXAMPLE)(brief.brief)
app.command("list", epilog=list.EXAMPLE)(list.list_records)
app.command("said", epilog=said.EXAMPLE)(said.said)
app.command("timeline", epilog=timeline.EXAMPLE)(timeline.timeline)
app.command("relations", epilog=relations.EXAMPLE)(relations.relations)
app.command("network", epilog=network.EXAMPLE)(network.network)
app.command("panel", epilog=panel.EXAMPLE)(panel.panel)
forecast.app.command("which", epilog=which.EXAMPLE)(which.which)
app.add_typer(forecast.app, name="forecast", epilog=forecast.EXAMPLE)
app.add_typer(score.app, name="score", epilog=score.EXAMPLE)
app.command("export", epilog=export.EXAMPLE)(export.export)
app.command("review", epilog=review.EXAMPLE)(review.review)
app.command("explain", epilog=explain.EXAMPLE)(explain.explain)
app.command("sql", epilog=sql.EXAMPLE)(sql.sql)
app.command("who", epilog=who.EXAMPLE)(who.who)
app.add_typer(issue.app, name="issue", epilog=issue.EXAMPLE)
app.add_typer(ledger.app, name="ledger", epilog=ledger.EXAMPLE)
app.command("world", epilog=world.EXAMPLE)(world.world)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"detente {__version__}")
        raise typer.Exit


@app.callback()
def _detente(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Options before any command."""


def main() -> None:
    """Entry point of `detente`: run the command line and exit with its status."""
    quiet_libraries()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status. Every error ends as one line on standard error."""
    command = typer.main.get_command(app)
    try:
        with command.make_context("detente", [*arguments]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        where = getattr(error, "ctx", None)
        say(error.format_message() + (f" (see {where.command_path} --help)" if where else ""))
        return WRONG_USAGE
    except KeyboardInterrupt:
        say("interrupted; what was written before is kept")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever reads the results has had enough. Python would complain once more when it flushes them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (LedgerError, ModelError) as error:
        say(str(error))
        return UNUSABLE
    except IssueError as error:
        for fault in error.faults:
            say(fault)
        return LEFT_OUT
    except (DetenteError, OSError) as error:
        say(str(error))
        return LEFT_OUT
    except Exception as error:
        # A mistake of ours. Its message may quote the document, so that only its kind and place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        say(f"a mistake in detente: {type(error).__name__} at {place.filename}:{place.lineno}; please report it")
        return LEFT_OUT
    return 0
