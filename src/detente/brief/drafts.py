"""Lines in the making: what one record tells, before records that tell the same are joined."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Literal

from detente.brief.model import Words
from detente.brief.names import Party
from detente.records import Event, Holding, Position, Size, Statement, Status

Section = Literal["statement", "deed", "contested", "open", "holding", "position"]
Voice = Literal["tells", "alleges", "denies", "asserts"]


@dataclass(frozen=True)
class Report:
    """What one text says of an event, and who says it there."""

    status: Status
    size: Size | None
    by: Party


@dataclass(frozen=True)
class Citation:
    """A sentence that a line rests on: its document's number, its offsets and its text."""

    document: int
    start: int
    end: int
    text: str


@dataclass
class Draft:
    """A line that other records may still join."""

    section: Section
    key: Hashable
    """What two drafts of a section must have alike to tell the same."""
    record: Statement | Event | Holding | Position
    content: frozenset[str]
    """The words that tell it from others with its key."""
    compose: Callable[[Draft], Words]
    """Its words, by all who joined it."""
    order: tuple[str, int, int]
    """When, in which document, and where in it."""
    date: str | None
    weight: float
    """How much its kind tells."""
    salience: float
    """How much it is worth showing: its weight, its actors' part in the text, how early it stands, and whether
    the title tells it."""
    participants: frozenset[str]
    """The ids of the actors in it."""
    group: str | None = None
    """The actor whose group it belongs to."""
    heading: Words = ()
    """That actor's name at the head of the group."""
    name: Words = ()
    """That actor's name inside a sentence."""
    condition: Words = ()
    voices: dict[Voice, list[Party]] = field(default_factory=dict)
    """On whose word it is told, who alleges it, who denies it, who states it as fact."""
    reports: list[Report] = field(default_factory=list)
    """Of an event, what each text says of it."""
    happenings: set[str] = field(default_factory=set)
    """Of an event, the happening that it tells of, where a ledger knows."""
    principals: frozenset[str] = frozenset()
    """Of a deed that is only demanded, promised or the like, who does so, where the text tells it."""
    citations: dict[Citation, None] = field(default_factory=dict)
    """The sentences it rests on, in the order in which they came."""
    documents: set[int] = field(default_factory=set)
    records: list[str] = field(default_factory=list)
    """What it is made of, as DOCUMENT/ID."""
    outlets: set[str] = field(default_factory=set)

    def add_voice(self, voice: Voice, party: Party) -> None:
        """Let `party` be among the voices, once."""
        parties = self.voices.setdefault(voice, [])
        if party not in parties:
            parties.append(party)

    def join(self, other: Draft, *, lead: bool) -> None:
        """Let `other`, which tells the same, stand behind this line too; with `lead` the line takes its words."""
        if lead:
            self.section, self.record, self.content, self.compose = (
                other.section,
                other.record,
                other.content,
                other.compose,
            )
            self.weight, self.condition = other.weight, other.condition or self.condition
        for voice, parties in other.voices.items():
            for party in parties:
                self.add_voice(voice, party)
        self.reports += other.reports
        self.happenings |= other.happenings
        self.citations |= other.citations
        self.documents |= other.documents
        self.records += other.records
        self.outlets |= other.outlets
        self.date = self.date or other.date
        self.salience = max(self.salience, other.salience)
