"""The examples of docs/codebook.md are what the reader gives.

A table whose first column is `text` is checked. The rows of a sentence are all its records of one kind, in their order:
a row without a text goes on with the sentence above, a row of dashes says that there is no record. Columns that a table
does not have are not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from detente import plover
from detente.reading.reader import read_documents
from detente.records import (
    Act,
    Count,
    Document,
    Event,
    HoldingKind,
    Place,
    PositionAct,
    Reading,
    Status,
)

_CODEBOOK: Final = Path(__file__).parents[2] / "docs" / "codebook.md"
_PUBLISHED: Final = "2024-06-14"
_NOTHING: Final = "–"

Cells = tuple[str, ...]
Show = Callable[[Any, Reading], str]


@dataclass(frozen=True)
class Example:
    """One sentence of a table, with the rows that stand under it."""

    text: str
    columns: Cells
    rows: tuple[Cells, ...]


def examples() -> list[Example]:
    """The sentences of all checked tables."""
    found: list[Example] = []
    columns: Cells | None = None
    for line in _CODEBOOK.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            columns = None
            continue
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        if cells[0] == "text":
            columns = cells[1:]
        elif columns is not None and not set(line) <= set("|- "):
            assert len(cells) == len(columns) + 1, line
            if cells[0]:
                found.append(Example(cells[0], columns, (cells[1:],)))
            else:
                last = found.pop()
                found.append(Example(last.text, columns, (*last.rows, cells[1:])))
    return found


@cache
def readings() -> Mapping[str, Reading]:
    """The reading of each sentence, all read in one go."""
    texts = list(dict.fromkeys(example.text for example in examples()))
    documents = [Document(id=f"d{n}", language="en", text=text, published=_PUBLISHED) for n, text in enumerate(texts)]
    return {reading.document.text: reading for reading in read_documents(documents)}


def rows(reading: Reading, columns: Cells) -> tuple[Cells, ...]:
    """The rows that a table with `columns` has for a reading."""
    records, shown = _kind(reading, columns)
    found = tuple(tuple(shown[column](record, reading) or _NOTHING for column in columns) for record in records)
    return found or ((_NOTHING,) * len(columns),)


def _kind(reading: Reading, columns: Cells) -> tuple[tuple[Any, ...], Mapping[str, Show]]:
    if "type" in columns:
        return reading.events, _EVENT
    if "holder" in columns:
        return reading.holdings, _HOLDING
    if "actor" in columns:
        return reading.positions, _POSITION
    return reading.statements, _STATEMENT


def _event_number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _speaker(reading: Reading, statement: str | None) -> str:
    if statement is None:
        return ""
    source = next(s.source for s in reading.statements if s.id == statement)
    return (source.actor or source.text) if source is not None else "nobody"


def _stances(event: Event) -> str:
    return ", ".join(f"{stance.actor or 'nobody'} {stance.stance}" for stance in event.stances)


def _dates(event: Event) -> str:
    return f"{event.date} to {event.date_end}" if event.date_end is not None else event.date or ""


def _place(place: Place | None) -> str:
    return ", ".join(part for part in (place.name, place.country) if part) if place is not None else ""


def _size(event: Event) -> str:
    parts = ("dead", "injured", "arrested", "displaced", "troops")
    counts = [(part, getattr(event.size, part)) for part in parts] if event.size is not None else []
    return ", ".join(f"{part} {_count(count)}" for part, count in counts if count is not None)


def _count(count: Count) -> str:
    if count.high is None:
        return f"{count.low} or more"
    if count.low is None:
        return f"up to {count.high}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def _sectors(event: Event, reading: Reading) -> str:
    return " ".join(s for a in event.targets for actor in reading.actors if actor.id == a for s in actor.sectors)


_EVENT: Final[Mapping[str, Show]] = {
    "type": lambda e, r: e.type,
    "mode": lambda e, r: e.mode or "",
    "status": lambda e, r: e.status,
    "sources": lambda e, r: " ".join(e.sources),
    "targets": lambda e, r: " ".join(e.targets),
    "target sectors": _sectors,
    "trigger": lambda e, r: e.trigger.text,
    "reported by": lambda e, r: _speaker(r, e.reported_by),
    "stances": lambda e, r: _stances(e),
    "date": lambda e, r: _dates(e),
    "place": lambda e, r: _place(e.place),
    "size": lambda e, r: _size(e),
    "contexts": lambda e, r: " ".join(e.contexts),
    "quad": lambda e, r: e.quad,
    "intensity": lambda e, r: _event_number(e.intensity),
}
_HOLDING: Final[Mapping[str, Show]] = {
    "kind": lambda h, r: h.kind,
    "holder": lambda h, r: h.holder,
    "place": lambda h, r: _place(h.place),
    "claimed by": lambda h, r: " ".join(h.place.claimed_by),
    "share": lambda h, r: "" if h.share is None else f"{h.share:g}",
    "share in words": lambda h, r: h.share_text or "",
    "km²": lambda h, r: "" if h.area_km2 is None else f"{h.area_km2:g}",
    "since": lambda h, r: h.since or "",
    "until": lambda h, r: h.until or "",
    "as of": lambda h, r: h.as_of or "",
    "status": lambda h, r: h.status,
    "reported by": lambda h, r: _speaker(r, h.reported_by),
}
_POSITION: Final[Mapping[str, Show]] = {
    "act": lambda p, r: p.act,
    "actor": lambda p, r: p.actor,
    "of": lambda p, r: p.of or "",
    "what": lambda p, r: p.what.text,
    "condition": lambda p, r: p.condition.text if p.condition is not None else "",
    "due": lambda p, r: p.due or "",
}
_STATEMENT: Final[Mapping[str, Show]] = {
    "speaker": lambda s, r: _speaker(r, s.id),
    "act": lambda s, r: s.act,
    "quotation": lambda s, r: s.quotation,
    "status": lambda s, r: s.status,
    "to": lambda s, r: s.addressee or "",
    "content": lambda s, r: s.content.text,
    "within": lambda s, r: _speaker(r, s.within),
    "date": lambda s, r: s.date or "",
}


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.text)
def test_a_sentence_of_the_codebook_gives_just_these_records(example: Example) -> None:
    assert rows(readings()[example.text], example.columns) == example.rows


def _shown(column: str, beside: str) -> set[str]:
    """What stands in a column of the tables that have `beside` as well."""
    tables = [example for example in examples() if column in example.columns and beside in example.columns]
    return {row[example.columns.index(column)] for example in tables for row in example.rows}


def test_every_type_mode_and_status_of_events_has_an_example() -> None:
    assert set(plover.TYPES) <= _shown("type", "sources")
    assert set(get_args(Status)) <= _shown("status", "sources")
    modes = {
        (row[example.columns.index("type")], row[example.columns.index("mode")])
        for example in examples()
        if "mode" in example.columns and "type" in example.columns
        for row in example.rows
    }
    wanted = {(event_type, mode) for event_type, info in plover.TYPES.items() for mode in info.modes}
    assert wanted <= modes


def test_every_kind_of_holding_and_act_of_a_position_or_statement_has_an_example() -> None:
    assert set(get_args(HoldingKind)) <= _shown("kind", "holder")
    assert set(get_args(PositionAct)) <= _shown("act", "actor")
    assert set(get_args(Act)) <= _shown("act", "speaker")
