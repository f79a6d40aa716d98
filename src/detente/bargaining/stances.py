"""What a document says on an issue: who takes which side, in which words, for whom.

Two kinds of records tell: positions about the issue, and statements whose act takes a side on what they are about (to
agree, to refuse). What one side says of another is not the other's word and counts for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente import days
from detente.bargaining import unopposed
from detente.bargaining.spokesmen import GUESSING, Sides, is_office
from detente.bargaining.subject import Subject
from detente.ledger.sentences import Sentences
from detente.reading.wants import matters
from detente.records import Act, Evidence, Position, PositionAct, Reading, Span, Statement, Status

AGAINST: Final = 0.0
MIDDLE: Final = 50.0
UNOPPOSED: Final = 75.0
FOR: Final = 100.0

_FOR: Final[frozenset[PositionAct]] = frozenset({"demand", "offer", "promise", "support"})
_MAY_LET_PASS: Final[frozenset[PositionAct]] = frozenset({"refuse", "oppose", "promise", "offer"})
"""Acts by which one says of himself that he does not oppose something; what is demanded, another is to let pass."""
_AGREEING: Final[frozenset[Act]] = frozenset({"agree", "praise", "promise", "offer", "demand", "request"})
_REFUSING: Final[frozenset[Act]] = frozenset({"refuse", "condemn"})
_SAID: Final[frozenset[Status]] = frozenset({"actual", "negated", "planned", "promised"})

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|provided|providing|until|once|as long as|so long as|on (?:the )?condition|conditional|"
    r"depend(?:s|ed|ing)?|not (?:\w+ )?(?:yet|before|now))\b",
    re.IGNORECASE,
)
"""Words by which a side is taken only under circumstances, or not yet."""
_GOES_ON: Final = re.compile(rf"[\s,;–—-]*(?:(?:but|and|only|even|except)\s+)*{_CONDITION.pattern}", re.IGNORECASE)
"""The same right behind a clause."""
_WITHOUT: Final = re.compile(r"\W*without\b", re.IGNORECASE)
"""How a sentence begins that tells what is lacking."""
_AGAINST: Final = re.compile(r"\W*against\b", re.IGNORECASE)
_NEGATED: Final = re.compile(r"(?:\b(?:no|not|never|without)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What stands before a word of speech that was not said: "had no objection"."""
_OWN: Final = re.compile(r"\W*(?:that\s+)?(?:I|we|it|he|she|they)\b(?:\s+\w+){0,3}\s*", re.IGNORECASE)
"""How words begin that whoever says them says of himself or of his side."""
_THAT: Final = re.compile(r"\W*(?:that\s+)?(?:the\s+)?", re.IGNORECASE)
_FROM_ONESELF: Final = re.compile(r"\b(?:its|their|his|her|our|my)\s+own\b", re.IGNORECASE)
"""What one has to give; who refuses that may want what others give."""
_NEAR: Final = 20
"""Characters before a word of speech in which what negates it stands."""
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


@dataclass(frozen=True)
class _LetPass:
    """What somebody says that he does not stand against."""

    begun: int
    """Where the words begin that say so; `what` stands behind them."""
    what: Span
    is_open: bool
    """Whether he may yet stand against it."""

    def point(self, towards: int) -> float:
        """Where it places him, if it is about the subject (1) or its contrary (−1)."""
        if self.is_open:
            return MIDDLE
        return UNOPPOSED if towards > 0 else FOR - UNOPPOSED


class Hearing:
    """One document that holds the subject, asked who says what on it."""

    def __init__(self, reading: Reading, subject: Subject) -> None:
        self.reading = reading
        self.subject = subject
        self.sides = Sides(reading)
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
            point = self._point(position)
            if point is None:
                continue
            told |= {statement.id for statement in chain}
            ranges.append((self.sides.of(position.actor), position.evidence.start, position.evidence.end))
            stance = self._stance(position.actor, point, chain, position.evidence, position=position)
            if (key := (stance.party, stance.record, point)) not in seen:
                seen.add(key)
                yield stance
        for statement in self.reading.statements:
            holder = statement.source.actor if statement.source is not None else None
            if holder is None or statement.id in told or any(s.id in told for s in self._chain(statement.id)):
                continue
            chain = self._chain(statement.id)
            at = statement.evidence
            if any(who == self.sides.of(holder) and start < at.end and at.start < end for who, start, end in ranges):
                continue
            found = self._by_act(statement, holder)
            if found is not None and self._may_be_told(holder, chain[1:]):
                told |= {one.id for one in chain}
                yield self._stance(holder, found, chain, at, soft=True)

    def utterances(self) -> Iterator[tuple[str, str, bool]]:
        """Each statement with its party, as DOCUMENT/ID, and whether it is about the subject.

        What somebody says within the words of his own side is one with them.
        """
        for statement in self.reading.statements:
            if statement.source is None or statement.source.actor is None or statement.status != "actual":
                continue
            party = self.sides.of(statement.source.actor)
            chain = self._chain(statement.id)
            if any(self.sides.of(one.source.actor) == party for one in chain[1:] if one.source and one.source.actor):
                continue
            yield party, self._id(statement.id), self.subject.mentioned(statement.content.text)

    def mentioned(self) -> Iterator[str]:
        """The parties that are named in a sentence about the subject."""
        known: dict[tuple[int, int], bool] = {}
        for actor in self.reading.actors:
            for mention in actor.mentions:
                at = self._sentences.around(mention.start, mention.end)
                if at not in known:
                    known[at] = self.subject.mentioned(self._text(*at))
                if known[at]:
                    yield self.sides.of(actor.id)
                    break

    def name(self, actor_id: str) -> str:
        """What the document calls an actor."""
        return self._by_id[actor_id].name if actor_id in self._by_id else actor_id

    def _point(self, position: Position) -> float | None:
        """Where a position places who takes it; None where it is about something else."""
        let_pass = None
        if position.act in _MAY_LET_PASS:
            let_pass = self._let_pass(position.evidence.start, position.what.end)
        what = let_pass.what if let_pass is not None else position.what
        towards = self.subject.direction(what, position.actor, self.reading, self._actors)
        if towards is None or (position.act == "refuse" and _FROM_ONESELF.search(what.text)):
            return None
        if self._is_conditional(position):
            return MIDDLE
        if let_pass is not None:
            return let_pass.point(towards)
        wanted = towards if position.act in _FOR else -towards
        return FOR if wanted > 0 else AGAINST

    def _by_act(self, statement: Statement, holder: str) -> float | None:
        """Where a statement places its source, by its act or as one who lets pass; None where it takes no side."""
        let_pass = self._let_pass_by(statement, holder)
        if let_pass is not None:
            towards = self.subject.direction(let_pass.what, holder, self.reading, self._actors)
            if towards is None:
                return None
            return MIDDLE if _CONDITION.search(self._sentence(statement)) else let_pass.point(towards)
        span = self._content(statement)
        # "May support it" is a guess; "he said that they would support it" is none.
        is_said = statement.status in _SAID or (statement.status == "hypothetical" and statement.within is not None)
        if span is None or not is_said:
            return None
        warned = statement.act == "warn" and _AGAINST.match(span.text) is not None
        if not warned and statement.act not in _AGREEING | _REFUSING:
            return None
        # "Would not back it" is why the act is to refuse; "no objection", why it is to agree.
        refused = statement.act in {"agree", "refuse"}
        towards = self.subject.direction(span, holder, self.reading, self._actors, refused=refused)
        if towards is None:
            return None
        before = self._text(max(0, (statement.cue.start if statement.cue else span.start) - _NEAR), span.start)
        cue_at = before[: len(before) - (span.start - statement.cue.start)] if statement.cue else ""
        negated = statement.status == "negated" or bool(_NEGATED.search(cue_at))
        if warned or statement.act in _REFUSING:
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

    def _let_pass_by(self, statement: Statement, holder: str) -> _LetPass | None:
        """What the source of a statement says that he does not oppose, by its act or by what he says of himself."""
        spans = statement.content.spans
        if not spans:
            return None
        start, end = spans[0][0], spans[-1][1]
        if statement.cue is not None and statement.cue.start < start:
            begun = max(statement.cue.start - _NEAR, self._sentence_of(statement)[0])
            found = self._let_pass(begun, end)
            if found is not None and found.begun < start and statement.cue.start <= found.what.start + 1:
                return found
        if statement.status != "actual":
            return None
        found = self._let_pass(start, end)
        if found is None or len(found.what.text.split()) > _SHORT:
            return None
        takes_side = statement.act in _AGREEING | _REFUSING
        return found if takes_side or self._speaks_of_own_side(holder, start, found.what.start) else None

    def _let_pass(self, start: int, end: int) -> _LetPass | None:
        """What stands behind the first words between two offsets that deny opposition, the subject not before them."""
        text = self._text(start, end)
        found = unopposed.let_pass(text)
        if found is None or self.subject.mentioned(text[: found.begun]):
            return None
        what = Span(text=text[found.start : found.end], start=start + found.start, end=start + found.end)
        return _LetPass(start + found.begun, what, found.is_open)

    def _speaks_of_own_side(self, holder: str, start: int, end: int) -> bool:
        """Whether words begin with who says them or with the side that he stands for."""
        if _OWN.match(self._text(start, end)):
            return True
        that = _THAT.match(self._text(start, end))
        begun = start + (that.end() if that is not None else 0)
        party = self.sides.of(holder)
        return any(
            mention.start == begun
            for actor in self.reading.actors
            if self.sides.of(actor.id) == party
            for mention in actor.mentions
        )

    def _content(self, statement: Statement) -> Span | None:
        """What a statement is about, where it is short enough to be about one thing."""
        spans = statement.content.spans
        if not spans:
            return None
        start, end = spans[0][0], spans[-1][1]
        text = self._text(start, end)
        return Span(text=text, start=start, end=end) if len(text.split()) <= _SHORT else None

    def _is_conditional(self, position: Position) -> bool:
        if position.act == "demand":
            return False  # what another is to do on a condition is wanted all the same
        if position.act == "condition" or position.condition is not None:
            return True
        start, end = position.evidence.start, position.evidence.end
        begun, ended = self._sentences.around(start, end)
        clause = _CONDITION.search(self._text(start, end)) or _GOES_ON.match(self._text(end, ended))
        return bool(clause or _WITHOUT.match(self._text(begun, ended)))

    def _chain(self, statement_id: str | None) -> list[Statement]:
        """A statement and those around it, from the inside."""
        found: list[Statement] = []
        at = self._statements.get(statement_id or "")
        while at is not None and at not in found:
            found.append(at)
            at = self._statements.get(at.within or "")
        return found

    def _may_be_told(self, holder: str, chain: list[Statement]) -> bool:
        """Whether what is told of `holder` is the newspaper's word or that of its own side."""
        party = self.sides.of(holder)
        for statement in chain:
            source = statement.source
            if source is None:
                if statement.hedged:
                    return False
                continue
            if statement.status != "actual":
                return False
            if source.actor is not None and self.sides.of(source.actor) == party:
                continue
            if not (self.sides.is_of_nobody(source.actor) and is_office(source.text)) or statement.act in GUESSING:
                return False
        return True

    def _stance(
        self,
        holder: str,
        point: float,
        chain: list[Statement],
        at: Evidence,
        *,
        position: Position | None = None,
        soft: bool = False,
    ) -> Stance:
        party = self.sides.of(holder)
        document = self.reading.document
        record = chain[0].id if chain else (position.id if position is not None else "")
        told = position.date if position is not None else chain[0].date
        begun, ended = self._sentences.around(at.start, at.end)
        if chain:
            begun = min(begun, self._sentences.around(chain[-1].evidence.start, chain[-1].evidence.end)[0])
        return Stance(
            party=party,
            holder=holder,
            speaker=self.name(self._teller(chain) or holder),
            point=point,
            soft=soft,
            whole=self.sides.speaks_for_the_whole(holder),
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

    def _sentence(self, statement: Statement) -> str:
        return self._text(*self._sentence_of(statement))

    def _sentence_of(self, statement: Statement) -> tuple[int, int]:
        return self._sentences.around(statement.evidence.start, statement.evidence.end)

    def _text(self, start: int, end: int) -> str:
        return self.reading.document.text[start:end]

    def _id(self, record: str) -> str:
        return f"{self.reading.document.id}/{record}"


def _day(told: str | None, published: str | None) -> str | None:
    """The day of a stance: that of which the text tells it, at the latest that of publication."""
    if told is None or (published is not None and days.latest(told) > days.latest(published)):
        return published
    return told
