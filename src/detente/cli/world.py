"""`detente world check`: what is wrong with the tables of what is known before reading."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import typer

from detente.cli import _options as options
from detente.cli._messages import say

EXAMPLE: Final = "Example: detente world check --world leaders.csv --gaps"


def world(
    action: Annotated[Literal["check"], typer.Argument(metavar="check", help="Find what is wrong in the tables.")],
    world: options.World = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Show also for which times nobody holds an office.")] = False,
) -> None:
    """Check what is known before reading: codes, dates, and offices that two hold at a time or nobody holds.

    Lists each fault with the table that it stands in.
    """
    from detente.world import checks, tables

    for path in world or ():
        tables.add(path)
    found = list(checks.faults())
    for line in found:
        print(line)
    if gaps and not found:
        for line in checks.gaps():
            print(line)
    say(f"{len(found)} faults" if found else "no faults")
    if found:
        raise typer.Exit(1)
