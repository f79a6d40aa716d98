"""The reading contract as typed, frozen records.

A `Reading` is what `detente read --json` prints, one JSON object per document, and what the ledger, the brief and every
export consume. Offsets are Unicode code points into `Document.text`; for every span `text[start:end]` is the span's own
text. Dates are ISO 8601 strings with the precision that the text supports ("2024-06-14", "2024-06", "2024", an
interval "2022-02-24/2022-03-31") or None.

The JSON Schema in docs/reading.schema.json is generated from these classes (`python -m detente.records`).
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

SCHEMA: Final = 1
"""The number of the contract that this program writes; it rises when a field changes its meaning."""

ActorKind = Literal["person", "state", "organisation", "group"]
Quotation = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state",
    "claim",
    "accuse",
    "deny",
    "promise",
    "offer",
    "demand",
    "request",
    "threaten",
    "warn",
    "praise",
    "condemn",
    "predict",
    "agree",
    "refuse",
    "ask",
]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
Status = Literal[
    "actual",
    "alleged",
    "denied",
    "negated",
    "planned",
    "promised",
    "offered",
    "demanded",
    "threatened",
    "conditional",
    "hypothetical",
]
StanceKind = Literal["asserts", "alleges", "denies"]
HoldingKind = Literal["controls", "occupies", "administers", "claims", "contests", "presence", "lost"]
PositionAct = Literal["demand", "offer", "promise", "refuse", "support", "oppose", "condition"]
IntensityScale = Literal["plover", "cameo-goldstein"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: immutable, compared by value, serialised in the order of its fields."""


class Document(Record, frozen=True, kw_only=True):
    """One text with what is known about it. `published` may be None; then relative dates stay None too."""

    id: str
    path: str | None = None
    title: str | None = None
    source: str | None = None
    """The outlet that published the text."""
    url: str | None = None
    published: str | None = None
    language: str | None = None
    text: str


class Evidence(Record, frozen=True, kw_only=True):
    """The smallest clause that supports a record."""

    start: int
    end: int


class Span(Record, frozen=True, kw_only=True):
    """A stretch of the document's text."""

    text: str
    start: int
    end: int


class Actor(Record, frozen=True, kw_only=True):
    """A person, state, organisation or group that the text mentions.

    `country` is ISO 3166-1 alpha-3 or one of PLOVER's codes for what is no state; `acts_for` is the id of the state or
    organisation that it speaks and acts for at the document's date.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    acts_for: str | None = None
    roles: tuple[str, ...] = ()
    wikidata: str | None = None
    mentions: tuple[Span, ...] = ()


class Source(Record, frozen=True, kw_only=True):
    """Who said it: the words that name the speaker, and the actor they resolve to, if any."""

    actor: str | None
    text: str
    start: int
    end: int


class Content(Record, frozen=True, kw_only=True):
    """What was said. `spans` are the pieces, in order; `text` joins them with a blank."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Statement(Record, frozen=True, kw_only=True):
    """Somebody's words, as the text reports them. `source` is None, and `hedged` true, in "is believed to".

    `hedged` is true as well where others have it that `source` said them: "is reported to have replied".
    `status` tells whether they were said: "declined to comment" is `negated`, "will announce" `planned`.
    """

    id: str
    source: Source | None
    hedged: bool = False
    addressee: str | None = None
    cue: Span | None = None
    content: Content
    quotation: Quotation
    act: Act
    status: Status = "actual"
    within: str | None = None
    date: str | None = None
    confidence: float | None = None
    evidence: Evidence


class Place(Record, frozen=True, kw_only=True):
    """Where. `country` is the state in whose internationally recognised territory it lies, whoever holds it."""

    name: str
    country: str | None = None
    claimed_by: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


class Stance(Record, frozen=True, kw_only=True):
    """Whether an actor asserts, alleges or denies an event, and in which statement."""

    actor: str | None
    statement: str | None
    stance: StanceKind


class Count(Record, frozen=True, kw_only=True):
    """A number as the text gives it, with its bounds: "at least 12" is low 12, high None."""

    low: int | None
    high: int | None
    text: str


class Size(Record, frozen=True, kw_only=True):
    """How large an event was."""

    dead: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    displaced: Count | None = None
    troops: Count | None = None


class Event(Record, frozen=True, kw_only=True):
    """Who did what to whom, by PLOVER's types, and whether it happened (`status`), on whose word (`reported_by`).

    `intensity` lies in [-10, 10] on `intensity_scale`. `reported_by` None is the newspaper's own word.
    """

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    trigger: Span
    date: str | None = None
    date_end: str | None = None
    place: Place | None = None
    status: Status
    stances: tuple[Stance, ...] = ()
    reported_by: str | None = None
    size: Size | None = None
    quad: Quad
    intensity: float
    intensity_scale: IntensityScale = "plover"
    confidence: float | None = None
    evidence: Evidence


class Holding(Record, frozen=True, kw_only=True):
    """Who controls, occupies, claims or lost which place. `share` lies in [0, 1]."""

    id: str
    holder: str
    kind: HoldingKind
    place: Place
    share: float | None = None
    share_text: str | None = None
    area_km2: float | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    status: Status
    reported_by: str | None = None
    confidence: float | None = None
    evidence: Evidence


class Position(Record, frozen=True, kw_only=True):
    """What an actor wants, offers, refuses or makes a condition, `of` whom."""

    id: str
    actor: str
    act: PositionAct
    of: str | None = None
    what: Span
    condition: Span | None = None
    topic: str | None = None
    due: str | None = None
    date: str | None = None
    statement: str | None = None
    confidence: float | None = None
    evidence: Evidence


class Reader(Record, frozen=True, kw_only=True):
    """Which program and which model (SHA-256 of its weights) made the reading."""

    version: str
    model: str


class Reading(Record, frozen=True, kw_only=True):
    """Everything that was read in one document."""

    schema: int = SCHEMA
    reader: Reader
    document: Document
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    holdings: tuple[Holding, ...] = ()
    positions: tuple[Position, ...] = ()


def to_json(record: Record) -> bytes:
    """`record` as one line of JSON, fields in their declared order, nulls included: equal records are equal bytes."""
    return msgspec.json.encode(record)


def reading_from_json(line: bytes | str) -> Reading:
    """The reading that `to_json` wrote. Raises `msgspec.ValidationError` where the contract is broken."""
    return msgspec.json.decode(line, type=Reading)


def json_schema() -> bytes:
    """The contract as an indented JSON Schema (2020-12)."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Reading)), indent=2) + b"\n"


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(json_schema())
