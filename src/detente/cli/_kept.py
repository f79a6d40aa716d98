"""Keeping reckonings in the ledger, for the commands that make them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import say
from detente.errors import LedgerError

if TYPE_CHECKING:
    from detente.bargaining.reckoning import Reckoning

_UNUSABLE: Final = 3

KeptIn = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help=f"The ledger to keep it; else ${options.LEDGER_VARIABLE}, else {options.DEFAULT_LEDGER} if it is there.",
    ),
]


def keep(ledger: str | None, found: Reckoning) -> int:
    """Have the ledger keep a reckoning, and return the exit status.

    A ledger that is named is made where it is missing; without a name, and without one in this folder, nothing is kept.
    Where it cannot be written, that is said: the reckoning was made all the same.
    """
    path = options.ledger_path(ledger)
    if not (ledger or os.environ.get(options.LEDGER_VARIABLE) or path.exists()):
        return 0
    from detente.bargaining.issued import keep as kept
    from detente.ledger import Ledger

    try:
        with Ledger(path) as opened:
            kept(opened, found)
    except LedgerError as error:
        say(f"{error}; the reckoning is not kept and will not be scored")
        return _UNUSABLE
    return 0
