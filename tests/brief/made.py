"""Readings made by hand: spans are named by their words, and found in the text."""

from __future__ import annotations

from typing import Any

import msgspec

from detente import plover
from detente.records import (
    Act,
    Actor,
    Content,
    Document,
    Event,
    EventType,
    Evidence,
    Holding,
    HoldingKind,
    Place,
    Position,
    PositionAct,
    Reader,
    Reading,
    Source,
    Span,
    Stance,
    StanceKind,
    Statement,
    Status,
)


class Made:
    """A reading in the making. Words that name a span stand in the text once, or the first time they do counts."""

    def __init__(
        self,
        text: str,
        *,
        id: str = "d1",
        source: str | None = "Example Outlet",
        published: str | None = "2024-06-14",
        title: str | None = "A title",
        url: str | None = None,
    ) -> None:
        self.text = text
        self.document = Document(id=id, text=text, source=source, published=published, title=title, url=url)
        self.actors: list[Actor] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.holdings: list[Holding] = []
        self.positions: list[Position] = []

    @property
    def reading(self) -> Reading:
        return Reading(
            reader=Reader(version="0", model="0"),
            document=self.document,
            actors=tuple(self.actors),
            statements=tuple(self.statements),
            events=tuple(self.events),
            holdings=tuple(self.holdings),
            positions=tuple(self.positions),
        )

    def actor(self, id: str, name: str, kind: str = "state", *, mentions: tuple[str, ...] = (), **fields: Any) -> str:
        spans = tuple(self.span(words) for words in mentions or ((name,) if name in self.text else ()))
        self.actors.append(
            msgspec.convert({"id": id, "name": name, "kind": kind, "mentions": spans} | fields, type=Actor)
        )
        return id

    def statement(
        self,
        content: str,
        act: Act = "state",
        *,
        by: str | None = None,
        named: str | None = None,
        evidence: str | None = None,
        cue: str | None = None,
        **fields: Any,
    ) -> str:
        """`by` is the speaker's id, `named` the words that name it, both absent where nobody is."""
        source = None
        if named is not None:
            span = self.span(named)
            source = Source(actor=by, text=span.text, start=span.start, end=span.end)
        words = self.span(content)
        record = Statement(
            id=f"s{len(self.statements) + 1}",
            source=source,
            hedged=source is None,
            cue=self.span(cue) if cue is not None else None,
            content=Content(text=content, spans=((words.start, words.end),)),
            act=act,
            evidence=self.evidence(evidence or content),
            **{"quotation": "indirect", **fields},
        )
        self.statements.append(record)
        return record.id

    def event(
        self,
        type: EventType,
        evidence: str,
        *,
        sources: tuple[str, ...] = (),
        targets: tuple[str, ...] = (),
        status: Status = "actual",
        trigger: str | None = None,
        alleged_by: str | None = None,
        denied_by: str | None = None,
        denied_in: str | None = None,
        asserted_in: str | None = None,
        **fields: Any,
    ) -> str:
        def stance(actor: str | None, kind: StanceKind, statement: str | None = None) -> Stance:
            return Stance(actor=actor, statement=statement, stance=kind)

        stances = (
            *([stance(alleged_by, "alleges")] if alleged_by is not None else []),
            *([stance(None, "asserts", asserted_in)] if asserted_in is not None else []),
            *([stance(denied_by, "denies", denied_in)] if denied_by is not None else []),
        )
        record = Event(
            id=f"e{len(self.events) + 1}",
            type=type,
            sources=sources,
            targets=targets,
            status=status,
            stances=stances,
            trigger=self.span(trigger or evidence.split()[0]),
            quad=plover.quad(type),
            intensity=plover.intensity(type, fields.get("mode")),
            evidence=self.evidence(evidence),
            **fields,
        )
        self.events.append(record)
        return record.id

    def holding(self, holder: str, kind: HoldingKind, place: str, evidence: str, **fields: Any) -> str:
        record = Holding(
            id=f"h{len(self.holdings) + 1}",
            holder=holder,
            kind=kind,
            place=Place(name=place),
            evidence=self.evidence(evidence),
            **{"status": "actual", **fields},
        )
        self.holdings.append(record)
        return record.id

    def position(
        self, actor: str, act: PositionAct, what: str, evidence: str, *, condition: str | None = None, **fields: Any
    ) -> str:
        record = Position(
            id=f"p{len(self.positions) + 1}",
            actor=actor,
            act=act,
            what=self.span(what),
            condition=self.span(condition) if condition is not None else None,
            evidence=self.evidence(evidence),
            **fields,
        )
        self.positions.append(record)
        return record.id

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(text=words, start=start, end=start + len(words))

    def evidence(self, words: str) -> Evidence:
        span = self.span(words)
        return Evidence(start=span.start, end=span.end)


FIRED = "The Avalon army fired rockets at the Borduria port of Kelt on Monday"
SAID = f"{FIRED}, Borduria's foreign minister Ana Roth said"
HELD = "The so-called liberated town of Kelt has been held by the Avalon army since 2014"
TEXT = f"""{SAID}. Avalon denied that it had fired on Kelt. {HELD}.

Roth accused the Avalon regime of sending terrorists across the border. “We will never yield,” she said. \
Borduria demanded that Avalon withdraw its troops from Kelt. \
Avalon offered to open talks if Borduria lifts its embargo.

Avalon threatened to close the strait. If the embargo ends, Avalon may release the sailors. \
It is believed that the two met in Geneva in May. Borduria did not attack the convoy."""


def crisis(**fields: Any) -> Made:
    """Two states that exist nowhere, with every kind of record, and loaded words in what the text says of them."""
    made = Made(TEXT, **fields)
    avalon = made.actor("AVA", "Avalon")
    borduria = made.actor("BOR", "Borduria")
    army = made.actor(
        "org:army-of-avalon", "Army of Avalon", "organisation", mentions=("Avalon army",), acts_for="AVA", country="AVA"
    )
    roth = made.actor(
        "person:ana-roth", "Ana Roth", "person", mentions=("Ana Roth", "Roth"), acts_for="BOR", country="BOR"
    )
    said = made.statement(
        FIRED,
        by=roth,
        named="Borduria's foreign minister Ana Roth",
        evidence=SAID,
        cue="said",
        date="2024-06-10",
    )
    denied = made.statement("that it had fired on Kelt", "deny", by=avalon, named="Avalon denied", cue="denied")
    made.statement(
        "the Avalon regime of sending terrorists across the border",
        "accuse",
        by=roth,
        named="Roth accused",
        addressee="AVA",
        cue="accused",
    )
    made.statement("We will never yield", "refuse", by=roth, named="she", cue="said", quotation="direct")
    made.statement("that the two met in Geneva in May")
    made.event(
        "ASSAULT",
        FIRED,
        sources=(army,),
        targets=(borduria,),
        status="denied",
        trigger="fired",
        alleged_by=roth,
        denied_by=avalon,
        denied_in=denied,
        reported_by=said,
        date="2024-06-10",
    )
    made.event("REQUEST", "Borduria demanded that Avalon withdraw its troops from Kelt", sources=(borduria,),
               targets=(avalon,), trigger="demanded")  # fmt: skip
    made.event("RETREAT", "that Avalon withdraw its troops from Kelt", sources=(avalon,), targets=(borduria,),
               status="demanded", mode="withdraw", trigger="withdraw")  # fmt: skip
    made.event("THREATEN", "Avalon threatened to close the strait", sources=(avalon,), trigger="threatened")
    made.event("COERCE", "to close the strait", sources=(avalon,), status="threatened", mode="restrict")
    made.event("RETREAT", "Avalon may release the sailors", sources=(avalon,), status="conditional", mode="release",
               trigger="release")  # fmt: skip
    made.event("CONSULT", "the two met in Geneva in May", sources=(avalon, borduria), date="2024-05", trigger="met",
               place=Place(name="Geneva"))  # fmt: skip
    made.event("ASSAULT", "Borduria did not attack the convoy", sources=(borduria,), status="negated", trigger="attack")
    made.holding(
        army,
        "occupies",
        "Kelt",
        HELD,
        since="2014",
        as_of="2024-06-14",
    )
    made.position(borduria, "demand", "Avalon withdraw its troops from Kelt",
                  "Borduria demanded that Avalon withdraw its troops from Kelt", of=avalon)  # fmt: skip
    made.position(
        avalon,
        "offer",
        "to open talks",
        "Avalon offered to open talks if Borduria lifts its embargo",
        of=borduria,
        condition="if Borduria lifts its embargo",
    )
    return made
