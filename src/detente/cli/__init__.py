"""The command line: one file per command; each parses its options, calls the library and prints.

Results go to standard output, everything else to standard error, a line each. Exit status: 0 all done, 1 something was
left out, 2 wrong usage, 3 ledger or model unusable, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Final

import typer

from detente import __version__
from detente.cli._messages import quiet_libraries, say
from detente.errors import DetenteError, IssueError, LedgerError, ModelError

LEFT_OUT: Final = 1
WRONG_USAGE: Final = 2
UNUSABLE: Final = 3
INTERRUPTED: Final = 130

COMMANDS: Final[Mapping[str, str]] = {
    "read": "read.read",
    "import": "import_.import_",
    "brief": "brief.brief",
    "list": "list.list_records",
    "said": "said.said",
    "timeline": "timeline.timeline",
    "relations": "relations.relations",
    "network": "network.network",
    "panel": "panel.panel",
    "forecast": "forecast.app",
    "score": "score.app",
    "export": "export.export",
    "review": "review.review",
    "explain": "explain.explain",
    "sql": "sql.sql",
    "who": "who.who",
    "issue": "issue.app",
    "ledger": "ledger.app",
    "world": "world.world",
}
"""The commands, in the order of the help, each with its file here and its function, or its group of commands."""


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"detente {__version__}")
        raise typer.Exit


def _detente(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Options before any command."""


def app(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The command line with the commands `names`. To load and build all of them takes a sixth of a second."""
    built = typer.Typer(
        name="detente",
        help="From news text to a computable picture of an international situation.",
        epilog="Example: detente brief article.html",
        add_completion=False,
        # Without rich, `--help` starts in half the time.
        rich_markup_mode=None,
    )
    built.callback()(_detente)
    for name in names:
        file, part = COMMANDS[name].split(".")
        module = import_module(f"detente.cli.{file}")
        if isinstance(group := getattr(module, part), typer.Typer):
            built.add_typer(group, name=name, epilog=module.EXAMPLE)
        else:
            built.command(name, epilog=module.EXAMPLE)(group)
    return built


def main() -> None:
    """Entry point of `detente`: run the command line and exit with its status."""
    quiet_libraries()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status. Every error ends as one line on standard error."""
    # Where another word stands first, the help is asked for, or what there is has to be told.
    command = typer.main.get_command(app([name for name in arguments[:1] if name in COMMANDS] or COMMANDS))
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
