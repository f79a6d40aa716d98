"""Who holds what: territory controlled, occupied, administered, claimed or lost, with share, since and until."""

from __future__ import annotations

from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.places import Places
from detente.reading.statements import Sayings
from detente.records import Holding


def find(parsed: Parsed, cast: Cast, calendar: Calendar, places: Places, sayings: Sayings) -> tuple[Holding, ...]:
    """The holdings of a text, in its order."""
    return ()
