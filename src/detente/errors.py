"""What can go wrong, in words for the person at the keyboard.

DetenteError
├── InputError    one input could not be read; the others still are
├── ModelError    the language model is missing or unusable
├── LedgerError   the ledger cannot be opened, is newer than this program, or is held by another writer
├── IssueError    the table of a contested issue has faults, or does not fit what is asked of it
└── ExtraError    a package that is installed on request is missing

Every message is one line that names the thing, the reason and, where there is one, the way out; that of `IssueError`
has a line for each fault.
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of every error that detente raises on purpose."""


class InputError(DetenteError, ValueError):
    """One input could not be read.

    `name` is what the user called it (a path, `-`, a path with a line number), `reason` the rest of the line.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name = one_line(name)
        self.reason = one_line(reason)
        super().__init__(f"{self.name}: {self.reason}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        # An exception is sent to another process with what it was told at last, which is one string here.
        return type(self), (self.name, self.reason)


class ModelError(DetenteError, RuntimeError):
    """The language model is missing or unusable."""


class LedgerError(DetenteError, OSError):
    """The ledger cannot be opened, read or written."""


class IssueError(DetenteError, ValueError):
    """The table of a contested issue cannot be used.

    `faults` says all that is wrong, each on a line that begins with `name`, what the user called the table.
    """

    def __init__(self, name: str, *faults: str) -> None:
        self.faults = tuple(one_line(f"{name}: {fault}") for fault in faults)
        super().__init__("\n".join(self.faults))


class ExtraError(DetenteError, ImportError):
    """A package that detente needs for this alone, and that is installed on request, is missing."""


def one_line(message: str) -> str:
    """`message` on one line, without control characters that could redraw a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in message).split())
