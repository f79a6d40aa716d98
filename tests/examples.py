"""A small reading made by hand, with one of everything: Chad wants French soldiers out of Faya."""

from __future__ import annotations

from detente.records import (
    Actor,
    ActorKind,
    Content,
    Document,
    Event,
    Evidence,
    Holding,
    Place,
    Position,
    Reader,
    Reading,
    Source,
    Span,
    Stance,
    Statement,
)

TEXT = "Chad's government demanded in November that French soldiers leave a base in Faya, Koulamallah said."
CHAD = "org:government-of-chad"
SPEAKER = "person:abderaman-koulamallah"
FORCES = "org:armed-forces-of-france"
FAYA = Place(name="Faya", country="TCD", latitude=17.93, longitude=19.1)


def span(words: str) -> Span:
    """Where `words` stand in the text."""
    start = TEXT.index(words)
    return Span(text=words, start=start, end=start + len(words))


def evidence(words: str) -> Evidence:
    """The same, as evidence."""
    found = span(words)
    return Evidence(start=found.start, end=found.end)


def actor(id: str, name: str, kind: ActorKind, country: str, acts_for: str | None, *mentions: str) -> Actor:
    """An actor with its mentions."""
    return Actor(
        id=id,
        name=name,
        kind=kind,
        country=country,
        acts_for=acts_for,
        mentions=tuple(span(words) for words in mentions),
    )


CLAUSE = "Chad's government demanded in November that French soldiers leave a base in Faya"
DEMANDED = "French soldiers leave a base in Faya"

READING = Reading(
    reader=Reader(version="0.1.0", model="0" * 64),
    document=Document(
        id="d1",
        path="chad.txt",
        title="A base in Faya",
        source="The Gazette",
        published="2025-01-15",
        language="en",
        text=TEXT,
    ),
    actors=(
        actor(CHAD, "Government of Chad", "organisation", "TCD", "TCD", "Chad's government"),
        actor("TCD", "Chad", "state", "TCD", None, "Chad"),
        actor(FORCES, "French soldiers", "organisation", "FRA", "FRA", "French soldiers"),
        actor("FRA", "France", "state", "FRA", None, "French"),
        actor(SPEAKER, "Abderaman Koulamallah", "person", "TCD", CHAD, "Koulamallah"),
    ),
    statements=(
        Statement(
            id="s1",
            source=Source(actor=SPEAKER, text="Koulamallah", start=82, end=93),
            cue=span("said"),
            content=Content(text=CLAUSE, spans=((0, 80),)),
            quotation="indirect",
            act="state",
            evidence=evidence(TEXT),
        ),
    ),
    events=(
        Event(
            id="e1",
            type="REQUEST",
            mode="yield",
            contexts=("military",),
            sources=(CHAD,),
            targets=("FRA",),
            trigger=span("demanded"),
            date="2024-11",
            status="actual",
            reported_by="s1",
            quad="verbal_conflict",
            intensity=-1.0,
            evidence=evidence(CLAUSE),
        ),
        Event(
            id="e2",
            type="RETREAT",
            mode="withdraw",
            sources=(FORCES,),
            targets=(CHAD,),
            trigger=span("leave"),
            place=FAYA,
            status="demanded",
            stances=(Stance(actor=SPEAKER, statement="s1", stance="asserts"),),
            reported_by="s1",
            quad="material_cooperation",
            intensity=8.0,
            evidence=evidence(DEMANDED),
        ),
    ),
    holdings=(
        Holding(
            id="h1",
            holder=FORCES,
            kind="presence",
            place=FAYA,
            since="2013",
            as_of="2024-11",
            status="actual",
            reported_by="s1",
            evidence=evidence("a base in Faya"),
        ),
    ),
    positions=(
        Position(
            id="p1",
            actor=CHAD,
            act="demand",
            of="FRA",
            what=span(DEMANDED),
            date="2024-11",
            statement="s1",
            evidence=evidence(CLAUSE),
        ),
    ),
)
