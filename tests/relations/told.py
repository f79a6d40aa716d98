"""Readings made by hand for relations: a line for each deed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from detente import Ledger, plover
from detente.records import Actor, Document, Event, Evidence, Reader, Reading, Span

PEOPLE = {
    "person:putin": ("Putin", "RUS", "RUS"),
    "person:lavrov": ("Lavrov", "RUS", "RUS"),
    "person:biden": ("Biden", "USA", "USA"),
    "group:protesters": ("protesters", "RUS", None),
    "org:nato": ("NATO", "IGO", None),
}
"""Who is no state: name, country, for whom they act."""


def event(number: int, type_: Any, sources: Sequence[str], targets: Sequence[str], **fields: Any) -> Event:
    """An event, told as a fact unless `fields` say otherwise."""
    mode = fields.pop("mode", None)
    return Event(
        id=f"e{number}",
        type=type_,
        mode=mode,
        sources=tuple(sources),
        targets=tuple(targets),
        trigger=Span(text="", start=0, end=0),
        status=fields.pop("status", "actual"),
        quad=plover.quad(type_),
        intensity=plover.intensity(type_, mode),
        evidence=Evidence(start=0, end=0),
        **fields,
    )


def reading(
    name: str, *events: Event, published: str | None = "2024-03-05", source: str | None = "Gazette", text: str = ""
) -> Reading:
    """A document of these events, which all rest on its whole text."""
    text = text or f"Text {name}."
    ids = dict.fromkeys(party for one in events for party in (*one.sources, *one.targets))
    ids |= dict.fromkeys(state for id in ids if id in PEOPLE and (state := PEOPLE[id][2]) is not None)
    return Reading(
        reader=Reader(version="0", model="0"),
        document=Document(id=name, source=source, published=published, language="en", text=text),
        actors=tuple(map(_actor, ids)),
        events=tuple(replace(one, evidence=Evidence(start=0, end=len(text))) for one in events),
    )


def ledger(path: Path, *readings: Reading, dataset: str | None = None) -> Path:
    """A ledger of these readings at `path`, which is returned."""
    with Ledger(path) as opened:
        assert [*opened.add_all(readings, dataset=dataset)] == [True] * len(readings)
    return path


def _actor(id: str) -> Actor:
    name, country, acts_for = PEOPLE.get(id, (id, id, None))
    kind: Any = id.partition(":")[0] if ":" in id else "state"
    return Actor(
        id=id,
        name=name,
        kind="organisation" if kind == "org" else kind,
        country=country,
        acts_for=acts_for,
        mentions=(),
    )
