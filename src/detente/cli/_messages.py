"""What is said to the person at the keyboard, on standard error and a line each: messages, logs and progress."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from detente.errors import one_line

Item = TypeVar("Item")

_A_FEW: Final = 3
"""Documents that are read without a progress bar."""


def say(message: str) -> None:
    """Print one line on standard error, whatever `message` holds."""
    print(f"detente: {one_line(message)}", file=sys.stderr)


def quiet_libraries() -> None:
    """Keep the warnings and logs of other libraries, which may quote documents, off the terminal."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())


def log_to_stderr(verbose: bool) -> None:
    """Show detente's own log: with `verbose` what it does, otherwise what went wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("detente: %(message)s"))
    log = logging.getLogger("detente")
    log.handlers = [handler]
    log.setLevel(logging.INFO if verbose else logging.WARNING)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return one_line(super().format(record))


def with_progress(items: Iterator[Item], *, quiet: bool) -> Iterator[Item]:
    """`items`, while a bar on standard error counts them if they are more than a few and somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    for count, item in enumerate(items, start=1):
        yield item
        if count > _A_FEW:
            break
    else:
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, completed=_A_FEW + 1)
        for item in items:
            yield item
            progress.advance(task)


@contextmanager
def counting(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Something to tell how many more are done, which a bar on standard error counts if somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.completed} " + what), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda number: progress.advance(task, number)
