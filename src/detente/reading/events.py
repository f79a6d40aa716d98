"""Who did what to whom: PLOVER events with mode, roles, status, date and place."""

from __future__ import annotations

from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.places import Places
from detente.reading.statements import Sayings
from detente.records import Event


def find(parsed: Parsed, cast: Cast, calendar: Calendar, places: Places, sayings: Sayings) -> tuple[Event, ...]:
    """The events of a text, in the order of their triggers."""
    return ()
