"""What a document says on an issue: who takes which side, in which words, for whom.

Two kinds of records tell: positions about the issue, and statements whose act takes a side on what they are about (to
agree, to refuse). What one side says of another is not the other's word and counts for nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente import days
from detente.bargaining.subject import Subject
from detente.ledger.sentences import Sentences
from detente.reading.wants import matters
from detente.records import Act, Actor, Position, PositionAct, Reading, Span, Statement
from detente.world.registry import registry

AGAINST: Final = 0.0
MIDDLE: Final = 50.0
UNOPPOSED: Final = 75.0
FOR: Final = 100.0

_FOR: Final[frozenset[PositionAct]] = frozenset({"demand", "offer", "promise", "support"})
_AGREEING: Final[frozenset[Act]] = frozenset({"agree", "praise", "promise", "offer", "demand", "request"})
_REFUSING: Final[frozenset[Act]] = frozenset({"refuse", "condemn"})
_GUESSING: Final[frozenset[Act]] = frozenset({"claim", "accuse", "deny", "predict", "ask", "condemn"})
"""Acts by which somebody tells of others what they may not have said."""

_OF_OTHERS: Final[frozenset[Act]] = _GUESSING | {"demand", "request", "warn"}
"""Acts of which the words begin with others than who speaks."""

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|provided|providing|until|once|as long as|so long as|on (?:the )?condition|conditional|"
    r"depend(?:s|ed|ing)?|not (?:\w+ )?(?:yet|before|now))\b",
    re.IGNORECASE,
)
"""Words by which a side is taken only under circumstances, or not yet."""
_NEGATED: Final = re.compile(r"(?:\b(?:no|not|never|without)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What stands before a word of speech that was not said: "had no objection"."""
_HEAD: Final = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|queen|emir|sultan|taoiseach|secretary[- ]general|"
    r"director[- ]general|spokes\w+)\b",
    re.IGNORECASE,
)
"""Roles in which one speaks for the whole."""
_NOT_THE_HEAD: Final = re.compile(r"\b(?:vice|deputy|former|ex)\b", re.IGNORECASE)
_SPOKES: Final = re.compile(r"\bspokes\w+", re.IGNORECASE)
_OFFICES: Final = frozenset({"GOV", "ELI"})

_OPENING: Final = re.compile(r"[\W_]*(?:that\s+)?(?:the\s+)?", re.IGNORECASE)

_SHORT: Final = 12
"""Words of the longest statement that is about one thing."""


@dataclass(frozen=True)
class Stance:
    """A side that a party takes on an issue, by the words of one of those who speak for it."""

    party: str
    """Whom the words bind: a state or an organisation, or who acts for nobody."""
    holder: str
    """Whose words they are, as an actor's id."""
    speaker: str
    """The same as a name, with those who tell it."""
    point: float
    """From `AGAINST` to `FOR`."""
    soft: bool
    """Whether the words take a side without a position of their own."""
    whole: bool
    """Whether they are said in the name of the whole, not of one member."""
    day: str | None
    record: str
    """The statement, or the position that the newspaper tells in its own voice, as DOCUMENT/ID."""
    utterance: str
    """The outermost statement of the party in which it stands, as DOCUMENT/ID."""
    source: str
    url: str | None
    sentence: str


class Hearing:
    """One document that holds the subject, asked who says what on it."""

    def __init__(self, reading: Reading, subject: Subject) -> None:
        self.reading = reading
        self.subject = subject
        self._actors = matters.Actors(reading.actors)
        self._by_id = {actor.id: actor for actor in reading.actors}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._sentences = Sentences(reading.document.text)

    def stances(self) -> Iterator[Stance]:
        """The sides that are taken, positions before statements."""
        told: set[str] = set()
        ranges: list[tuple[str, int, int]] = []
        seen: set[tuple[str, str, float]] = set()
        for position in self.reading.positions:
            chain = self._chain(position.statement)
            if not self._may_be_told(position.actor, chain):
                continue
            towards = self.subject.direction(position.what, position.actor, self.reading, self._actors)
            if towards is None:
                continue
            told |= {statement.id for statement in chain}
            words = self._text(position.evidence.start, position.evidence.end)
            point = _point(position, towards, conditional=self._is_conditional(position, words))
            ranges.append((self.party(position.actor), position.evidence.start, position.evidence.end))
            stance = self._stance(position.actor, point, chain, position.evidence.start, position=position)
            if (key := (stance.party, stance.record, point)) not in seen:
                seen.add(key)
                yield stance
        for statement in self.reading.statements:
            holder = statement.source.actor if statement.source is not None else None
            if holder is None or statement.id in told or any(s.id in told for s in self._chain(statement.id)):
                continue
            chain = self._chain(statement.id)
            at = statement.evidence
            if any(who == self.party(holder) and start < at.end and at.start < end for who, start, end in ranges):
                continue
            found = self._by_act(statement, holder)
            if found is not None and self._may_be_told(holder, chain[1:]):
                told |= {one.id for one in chain}
                yield self._stance(holder, found, chain, statement.evidence.start, soft=True)

    def utterances(self) -> Iterator[tuple[str, str, bool]]:
        """Each statement with its party, as DOCUMENT/ID, and whether it is about the subject.

        What somebody says within the words of his own side is one with them.
        """
        for statement in self.reading.statements:
            if statement.source is None or statement.source.actor is None or statement.status != "actual":
                continue
            party = self.party(statement.source.actor)
            chain = self._chain(statement.id)
            if any(self.party(one.source.actor) == party for one in chain[1:] if one.source and one.source.actor):
                continue
            yield party, self._id(statement.id), self.subject.mentioned(statement.content.text)

    def mentioned(self) -> Iterator[str]:
        """The parties that are named in a sentence about the subject."""
        for actor in self.reading.actors:
            for mention in actor.mentions:
                start, end = self._sentences.around(mention.start, mention.end)
                if self.subject.mentioned(self._text(start, end)):
                    yield self.party(actor.id)
                    break

    def party(self, actor_id: str) -> str:
        """Whom an actor's words bind: whom it acts for in the end, or, where no text tells that, `supposed`."""
        side = self._actors.side(actor_id)
        return self.supposed.get(side, side)

    @cached_property
    def supposed(self) -> Mapping[str, str]:
        """For whom office-holders speak of whom the text does not tell it, and their governments: by their own words.

        An official whose country is known speaks for it. Else it is the state that opens what he says ("that Poland
        would not …"), or the one that his paragraph has named first before him, or that of all other officials.
        """
        found: dict[str, str] = {}
        officials = [actor for actor in self.reading.actors if actor.kind == "person" and self._holds_office(actor)]
        for actor in officials:
            if actor.acts_for is None:
                state = actor.country if actor.country in registry().states else self._state_of(actor)
                if state is not None:
                    found[actor.id] = state
        known = {found.get(actor.id, self._actors.side(actor.id)) for actor in officials} & registry().states.keys()
        if len(known) == 1:
            found |= {a.id: min(known) for a in officials if a.acts_for is None and a.id not in found}
        for actor in self.reading.actors:
            # "her government", "his state secretary"
            whose = f"person:{actor.id.partition('-of-')[2]}"
            if actor.acts_for is None and whose in found:
                found[actor.id] = found[whose]
        return found

    def name(self, actor_id: str) -> str:
        """What the document calls an actor."""
        return self._by_id[actor_id].name if actor_id in self._by_id else actor_id

    def _state_of(self, actor: Actor) -> str | None:
        said: Counter[str] = Counter()
        for statement in self.reading.statements:
            if statement.source is None or statement.source.actor != actor.id:
                continue
            if statement.within is not None or statement.act in _OF_OTHERS:
                continue
            start, end = statement.content.spans[0]
            opening = _OPENING.match(self._text(start, end))
            start += opening.end() if opening else 0
            state = self._first_state(start, start + 1)
            if state is not None:
                said[state] += 1
        if said:
            return said.most_common(1)[0][0]
        first = min(mention.start for mention in actor.mentions) if actor.mentions else 0
        begun = self.reading.document.text.rfind("\n", 0, first) + 1
        return self._first_state(begun, first) or self._capital(begun, first)

    def _first_state(self, start: int, end: int) -> str | None:
        """The state that is named first between two offsets, by itself or by those who act for it."""
        named = [
            (mention.start, side)
            for actor in self.reading.actors
            if (side := self._actors.side(actor.id)) in registry().states
            for mention in actor.mentions
            if start <= mention.start < end
        ]
        return min(named)[1] if named else None

    def _capital(self, start: int, end: int) -> str | None:
        """The state whose capital is named first between two offsets."""
        hits = registry().find(self._text(start, end), None)
        return next((e.id for hit in hits for e in hit.entries if e.sense == "capital"), None)

    def _holds_office(self, actor: Actor) -> bool:
        return bool(actor.roles) and (
            bool(_OFFICES & set(actor.sectors)) or any(_SPOKES.search(role) for role in actor.roles)
        )

    def _by_act(self, statement: Statement, holder: str) -> float | None:
        """Where the act of a statement places its source, by itself; None where it takes no side."""
        span = self._content(statement)
        if span is None or statement.act not in _AGREEING | _REFUSING:
            return None
        # "Would not back it" is why the act is to refuse; "no objection", why it is to agree.
        refused = statement.act in {"agree", "praise"} | _REFUSING
        towards = self.subject.direction(span, holder, self.reading, self._actors, refused=refused)
        if towards is None:
            return None
        before = self._text(max(0, (statement.cue.start if statement.cue else span.start) - 20), span.start)
        cue_at = before[: len(before) - (span.start - statement.cue.start)] if statement.cue else ""
        negated = statement.status == "negated" or bool(_NEGATED.search(cue_at))
        if statement.act in _REFUSING:
            towards = -towards
            if negated:
                return UNOPPOSED if towards < 0 else FOR - UNOPPOSED
        elif negated:
            if statement.act not in {"agree", "promise"}:
                return None
            towards = -towards
        if statement.act not in {"demand", "request"} and _CONDITION.search(self._sentence(statement)):
            return MIDDLE
        return FOR if towards > 0 else AGAINST

    def _content(self, statement: Statement) -> Span | None:
        """What a statement is about, where it is short enough to be about one thing."""
        spans = statement.content.spans
        start, end = spans[0][0], spans[-1][1]
        text = self._text(start, end)
        return Span(text=text, start=start, end=end) if len(text.split()) <= _SHORT else None

    def _is_conditional(self, position: Position, words: str) -> bool:
        if position.act == "demand":
            return False  # what another is to do on a condition is wanted all the same
        return position.act == "condition" or position.condition is not None or bool(_CONDITION.search(words))

    def _chain(self, statement_id: str | None) -> list[Statement]:
        """A statement and those around it, from the inside."""
        found: list[Statement] = []
        while statement_id is not None and statement_id in self._statements:
            found.append(self._statements[statement_id])
            statement_id = found[-1].within
        return found

    def _may_be_told(self, holder: str, chain: list[Statement]) -> bool:
        """Whether what is told of `holder` is the newspaper's word or that of its own side."""
        party = self.party(holder)
        for statement in chain:
            source = statement.source
            if source is None:
                if statement.hedged:
                    return False
                continue
            if source.actor is None or self.party(source.actor) != party:
                return False
        return True

    def _stance(
        self,
        holder: str,
        point: float,
        chain: list[Statement],
        start: int,
        *,
        position: Position | None = None,
        soft: bool = False,
    ) -> Stance:
        party = self.party(holder)
        document = self.reading.document
        record = chain[0].id if chain else (position.id if position is not None else "")
        told = position.date if position is not None else chain[0].date
        begun, ended = self._sentences.around(start, start + 1)
        if chain:
            begun = min(begun, self._sentences.around(chain[-1].evidence.start, chain[-1].evidence.end)[0])
        return Stance(
            party=party,
            holder=holder,
            speaker=self.name(self._teller(chain) or holder),
            point=point,
            soft=soft,
            whole=self._is_whole(holder),
            day=_day(told, document.published),
            record=self._id(record),
            utterance=self._id(chain[-1].id if chain else record),
            source=document.source or document.path or document.id,
            url=document.url,
            sentence=" ".join(self._text(begun, ended).split()),
        )

    def _teller(self, chain: list[Statement]) -> str | None:
        """Who says it, where that is somebody whom the text names."""
        source = chain[-1].source if chain else None
        return source.actor if source is not None else None

    def _is_whole(self, holder: str) -> bool:
        actor = self._by_id.get(holder)
        if actor is None or actor.kind != "person":
            return True
        return any(_HEAD.search(role) and not _NOT_THE_HEAD.search(role) for role in actor.roles)

    def _sentence(self, statement: Statement) -> str:
        return self._text(*self._sentences.around(statement.evidence.start, statement.evidence.end))

    def _text(self, start: int, end: int) -> str:
        return self.reading.document.text[start:end]

    def _id(self, record: str) -> str:
        return f"{self.reading.document.id}/{record}"


def _point(position: Position, towards: int, *, conditional: bool) -> float:
    """Where a position places who takes it."""
    if conditional:
        return MIDDLE
    wanted = towards if position.act in _FOR else -towards
    return FOR if wanted > 0 else AGAINST


def _day(told: str | None, published: str | None) -> str | None:
    """The day of a stance: that of which the text tells it, at the latest that of publication."""
    if told is None or (published is not None and days.latest(told) > days.latest(published)):
        return published
    return told
