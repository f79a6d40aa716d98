"""What a ledger knows of a situation beyond its readings, as plain data for a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from detente.records import Position, Reading


class Brief(NamedTuple):
    """A brief that was made: when (UTC, without a zone), and the last document that it could tell of."""

    made: datetime
    upto: int


class Taken(NamedTuple):
    """A position in its reading."""

    reading: Reading
    position: Position


@dataclass(frozen=True)
class Memory:
    """The latest documents that have to do with something, and what the ledger knows of them."""

    readings: Sequence[Reading]
    """In the order of publication."""
    matching: int
    """How many documents have to do with it, those that are left out too."""
    upto: int
    """The last document of the ledger (documents.added)."""
    former: Brief | None
    """The last brief about the same thing."""
    fresh: frozenset[str]
    """The documents that came into the ledger after it."""
    happenings: Mapping[str, str]
    """What happening an event, by DOCUMENT/ID, tells of."""
    stories: Mapping[str, str]
    """Which story a document tells: copies tell the same."""
