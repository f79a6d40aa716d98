"""Who wants what: demands, offers, promises, refusals, support, opposition and conditions."""

from __future__ import annotations

from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.statements import Sayings
from detente.records import Position


def find(parsed: Parsed, cast: Cast, calendar: Calendar, sayings: Sayings) -> tuple[Position, ...]:
    """The positions of a text, in its order."""
    return ()
