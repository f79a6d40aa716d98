"""Readings made for tests: documents of a day, in which one does something to another."""

from __future__ import annotations

from itertools import count

from detente import plover
from detente.records import Actor, Document, Event, EventType, Evidence, IntensityScale, Reader, Reading, Span, Status

_numbers = count(1)

TEXT = "It was told."


def state(code: str) -> Actor:
    """A state, by its code."""
    return Actor(id=code, name=code, kind="state", country=code, mentions=(Span(text="It", start=0, end=2),))


def people(id: str, country: str, acts_for: str | None = None) -> Actor:
    """A group of a country."""
    mentions = (Span(text="It", start=0, end=2),)
    return Actor(id=id, name=id, kind="group", country=country, acts_for=acts_for, mentions=mentions)


def event(
    sources: tuple[str, ...],
    type: EventType,
    targets: tuple[str, ...] = (),
    date: str | None = None,
    status: Status = "actual",
    scale: IntensityScale = "plover",
) -> Event:
    """What somebody did to somebody, each time under another id."""
    return Event(
        id=f"e{next(_numbers)}",
        type=type,
        sources=sources,
        targets=targets,
        trigger=Span(text="told", start=7, end=11),
        date=date,
        status=status,
        quad=plover.quad(type),
        intensity=float(plover.intensity(type, None)),
        intensity_scale=scale,
        evidence=Evidence(start=0, end=len(TEXT)),
    )


def reading(
    published: str | None, *events: Event, outlet: str | None = "The Gazette", others: tuple[Actor, ...] = ()
) -> Reading:
    """A document with some events; whoever is in them and not among `others` is a state."""
    known = {actor.id for actor in others}
    codes = dict.fromkeys(id for event in events for id in (*event.sources, *event.targets) if id not in known)
    return Reading(
        reader=Reader(version="0.1.0", model="0" * 64),
        document=Document(id=f"d{next(_numbers)}", source=outlet, published=published, language="en", text=TEXT),
        actors=(*others, *map(state, codes)),
        events=events,
    )
