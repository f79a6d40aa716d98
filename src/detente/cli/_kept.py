"""Keeping what a command made in the ledger: forecasts, models, reckonings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import say
from detente.errors import LedgerError

if TYPE_CHECKING:
    from detente.bargaining.reckoning import Reckoning
    from detente.ledger import Ledger

_UNUSABLE: Final = 3

KeptIn = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help=f"The ledger to keep it; else ${options.LEDGER_VARIABLE}, else {options.DEFAULT_LEDGER} if it is there.",
    ),
]


def kept(path: Path, keep: Callable[[Ledger], object], otherwise: str) -> bool:
    """Have a ledger keep something, and return whether it could; if not, that is said, with what comes of it.

    What was made was made all the same.
    """
    from detente.ledger import Ledger

    try:
        with Ledger(path) as ledger:
            keep(ledger)
    except LedgerError as error:
        say(f"{error}; {otherwise}")
        return False
    return True


def keep(ledger: str | None, found: Reckoning) -> int:
    """Have the ledger keep a reckoning, and return the exit status.

    A ledger that is named is made where it is missing; without a name, and without one in this folder, nothing is kept.
    """
    path = options.ledger_path(ledger)
    if not (ledger or os.environ.get(options.LEDGER_VARIABLE) or path.exists()):
        return 0
    from detente.bargaining import issued

    otherwise = "the reckoning is not kept and will not be scored"
    return 0 if kept(path, lambda opened: issued.keep(opened, found), otherwise) else _UNUSABLE
