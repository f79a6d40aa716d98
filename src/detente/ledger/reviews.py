"""What coders say of records, kept beside them: a verdict, what is wrong, and what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, get_args, get_type_hints

from detente import days, records
from detente.records import Event, Holding, Position, Reading, Statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kind = Literal["statements", "events", "holdings", "positions"]
"""What can be reviewed: the records that are read in a text and rest on words of it."""

Verdict = Literal["right", "wrong", "unsure"]

Reviewable = Statement | Event | Holding | Position

TYPES: Final[Mapping[Kind, type[Reviewable]]] = {
    "statements": Statement,
    "events": Event,
    "holdings": Holding,
    "positions": Position,
}

FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "statements": ("source", "act", "addressee", "content", "quotation", "status", "date"),
    "events": ("type", "mode", "sources", "targets", "status", "date", "date_end", "place", "reported_by"),
    "holdings": ("holder", "kind", "place", "share", "since", "until", "as_of", "status", "reported_by"),
    "positions": ("actor", "act", "of", "what", "condition", "due", "date"),
}
"""What a coder is shown of a record and may call wrong."""

NONE: Final = "none"
"""What a coder writes for a field that should be empty."""

_DATES: Final = frozenset({"date", "date_end", "since", "until", "as_of", "due"})


@dataclass(frozen=True)
class Review:
    """What a coder says of a record as it stands now."""

    document: str
    record: Reviewable
    stratum: str
    """What part of which kind of sample it was drawn for (`sampling.Drawn`)."""
    coder: str
    verdict: Verdict
    corrections: Mapping[str, str]
    """For a wrong record the fields that are wrong, with what they should be; empty where it should not be at all."""


def checked(kind: Kind, field: str, value: str) -> str:
    """`value`, as the field of a record has to be spelled.

    Raises `ValueError` for a field that is not among `FIELDS`, and for a value that it cannot have.
    """
    if field not in FIELDS[kind]:
        raise ValueError(f"{field} is nothing that can be wrong; these can: {', '.join(FIELDS[kind])}")
    if value.lower() == NONE:
        return NONE
    words = _vocabulary(TYPES[kind], field)
    if words:
        known = {word.lower(): word for word in words}
        if value.lower() not in known:
            raise ValueError(f"{value} is no {field}; these are: {', '.join(words)}")
        return known[value.lower()]
    if field in _DATES:
        days.latest(value)
    return value


def write(connection: DuckDBPyConnection, review: Review) -> None:
    """Write a review in the place of the coder's former one of the same record in the same kind of sample."""
    connection.execute(
        "DELETE FROM reviews WHERE document = ? AND record = ? AND coder = ? AND stratum = ?",
        [review.document, review.record.id, review.coder, review.stratum],
    )
    made = datetime.now(UTC).replace(tzinfo=None)
    machine = machine_of(review.record)
    for field, correction in review.corrections.items() or [(None, None)]:
        row = {
            "document": review.document,
            "record": review.record.id,
            "coder": review.coder,
            "made": made,
            "verdict": review.verdict,
            "field": field,
            "correction": correction,
            "machine": machine,
            "stratum": review.stratum,
        }
        names, values = ", ".join(row), ", ".join(f"${name}" for name in row)
        connection.execute(f"INSERT INTO reviews ({names}) VALUES ({values})", row)  # noqa: S608


def reviewable(reading: Reading) -> Iterator[Reviewable]:
    """The records of a reading that can be reviewed."""
    yield from reading.statements
    yield from reading.events
    yield from reading.holdings
    yield from reading.positions


def machine_of(record: Reviewable) -> str:
    """A record as a review keeps it: as JSON, by which it is seen whether it is still the same."""
    return records.to_json(record).decode()


def _vocabulary(record: type[Reviewable], field: str) -> tuple[str, ...]:
    """The words of a field's closed vocabulary, if it has one."""
    hint = get_type_hints(record)[field]
    return tuple(word for word in get_args(hint) if isinstance(word, str))
