"""detente: from news text to a computable picture of an international situation.

    from detente import read

    reading = read("article.html")
    for statement in reading.statements:
        print(statement.source, statement.act, statement.content.text)

What stands in `__all__` is the public face and follows semantic versioning; everything else may move.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from detente.errors import DetenteError, ExtraError, InputError, IssueError, LedgerError, ModelError

if TYPE_CHECKING:
    from detente.bargaining.issue import Issue
    from detente.bargaining.reckoning import Reckoning
    from detente.forecasting.outlook import forecast
    from detente.ledger import Ledger
    from detente.reading.reader import read, read_many
    from detente.records import Reading

__version__: Final = "0.1.0"

__all__ = [
    "DetenteError",
    "ExtraError",
    "InputError",
    "Issue",
    "IssueError",
    "Ledger",
    "LedgerError",
    "ModelError",
    "Reading",
    "Reckoning",
    "forecast",
    "read",
    "read_many",
]

_HOMES: Final = {
    "Issue": "detente.bargaining.issue",
    "Ledger": "detente.ledger",
    "Reading": "detente.records",
    "Reckoning": "detente.bargaining.reckoning",
    "forecast": "detente.forecasting.outlook",
    "read": "detente.reading.reader",
    "read_many": "detente.reading.reader",
}


def __getattr__(name: str) -> Any:
    """Import the heavy parts when they are first asked for, so that `import detente` and `--help` stay quick."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
