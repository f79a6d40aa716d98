"""What is wrong with a reading that came from elsewhere, beyond its shape, as `detente ledger check` has it.

Spans lie in the text and have its words, records point to what is in the reading, dates are dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente import days
from detente.records import SCHEMA, Actor, Content, Evidence, Reading, Record, Source, Span

_DATES = ("published", "date", "date_end", "since", "until", "as_of", "due")
_ACTORS = ("actor", "addressee", "sources", "targets", "holder", "of")
_STATEMENTS = ("within", "reported_by", "statement")


def fault(reading: Reading) -> str | None:
    """The first thing that breaks the contract, as a reason, or None."""
    if reading.schema > SCHEMA:
        return f"was written by a newer detente (contract {reading.schema}, this one knows {SCHEMA})"
    if not reading.document.id or not reading.document.text:
        return "has a document without an id or a text"
    return next(_faults(reading), None)


def _faults(reading: Reading) -> Iterator[str]:
    text = reading.document.text
    actors = {actor.id for actor in reading.actors}
    statements = {statement.id for statement in reading.statements}
    for name, part in _parts(reading, ""):
        match part:
            case Source() | Span():
                if not 0 <= part.start <= part.end <= len(text) or text[part.start : part.end] != part.text:
                    yield f"has at {name} words that are not in the text at that place"
            case Evidence():
                if not 0 <= part.start <= part.end <= len(text):
                    yield f"has at {name} a place that is not in the text"
            case Content():
                if any(not 0 <= start <= end <= len(text) for start, end in part.spans):
                    yield f"has at {name} a place that is not in the text"
        for field in part.__struct_fields__:
            value = getattr(part, field)
            given = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
            if field in _DATES:
                for date in given:
                    if not _is_date(date):
                        yield f"has at {name}.{field} {date!r}, which is no date"
            known = actors if field in _ACTORS else statements if field in _STATEMENTS else None
            # What an actor is called in other tables is no reference.
            if known is not None and not isinstance(part, Actor):
                for id in given:
                    if id not in known:
                        yield f"has at {name}.{field} {id!r}, which is not in the reading"


def _parts(record: Record, name: str) -> Iterator[tuple[str, Record]]:
    """A record and all records in it, each with its path."""
    yield name.removeprefix("."), record
    for field in record.__struct_fields__:
        value = getattr(record, field)
        for number, inner in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(inner, Record):
                yield from _parts(inner, f"{name}.{field}[{number}]" if isinstance(value, tuple) else f"{name}.{field}")


def _is_date(date: str) -> bool:
    try:
        return days.earliest(date) <= days.latest(date)
    except ValueError:
        return False
