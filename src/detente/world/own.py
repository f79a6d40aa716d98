"""Users' own tables: what they add to what is known, or correct in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.errors import InputError
from detente.world import checks, lexicon, tables
from detente.world.registry import registry


def use(paths: Iterable[Path]) -> None:
    """Take users' tables into account in all that is read after; call it before anything is read.

    Raises `InputError` with the first fault of a file that does not fit the rest, and then takes none of them.
    """
    for path in paths:
        try:
            tables.add(path)
            fault = next(checks.faults(), None)
        except InputError:
            tables.forget()
            raise
        if fault is not None:
            tables.forget()
            raise InputError(str(path), f"does not fit: {fault}")
    for known in (registry, lexicon.first_names, lexicon.nouns, lexicon.states_of):
        known.cache_clear()
