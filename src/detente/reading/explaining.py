"""Why a record says what it says: for each of its parts the words that gave it, and the row or rule that decided.

Nothing is read in another way here: what is told is what the stages of reading kept of their own work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from detente import plover
from detente.language import grammar
from detente.reading import allegiance
from detente.reading.deeds import effects
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.modality import Layer
from detente.reading.deeds.roles import Party
from detente.reading.events import Told
from detente.reading.holdings import Held
from detente.reading.positions import Taken
from detente.reading.reader import Staged, staged
from detente.reading.speech import cue_acts
from detente.reading.statements import Saying
from detente.reading.status import Standing, Step
from detente.reading.tables import Reason
from detente.records import Document, Event, Holding, Position, Reading, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

Explicable = Statement | Event | Holding | Position
"""The records that are explained."""

_REPORTING: Final = frozenset({"said", "suggested"})
"""Effects that mean one thing or another by whose side the speaker is on."""


@dataclass(frozen=True)
class Node:
    """A word in the dependency tree of its sentence; the words that hang on it follow it, one deeper."""

    word: str
    relation: str
    depth: int
    marks: tuple[str, ...]
    """What it is to the record: its trigger, a source, a layer of scope …"""


@dataclass(frozen=True)
class Fact:
    """One thing that a record says, or that bears on it, with the words that gave it and what decided."""

    name: str
    value: str
    words: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """A record with its sentence, that sentence's tree, and what each of its parts comes from."""

    record: Explicable
    sentence: str
    tree: tuple[Node, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Explained:
    """The reading of a text with an explanation of each of its statements, events, holdings and positions."""

    reading: Reading
    explanations: tuple[Explanation, ...]

    def of(self, record: Explicable) -> Explanation | None:
        """The explanation of `record`, which an earlier reading of the same text may have made.

        Where no record is equal, the one that rests on the same words; None where none does any more.
        """
        alike = [e for e in self.explanations if type(e.record) is type(record) and _overlap(e.record, record)]
        return max(alike, key=lambda e: _likeness(e.record, record), default=None)


def explain(document: Document) -> Explained:
    """Read `document` and explain what was read. Raises `InputError` where it cannot be read."""
    found = staged(document)
    return Explained(found.reading(), tuple(_Explainer(found).explanations()))


def differences(before: Explicable, now: Explicable) -> tuple[str, ...]:
    """The names of the fields, but the id, in which two records differ."""
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(now)
    return tuple(name for name in old if name != "id" and old[name] != new[name])


def _overlap(one: Explicable, other: Explicable) -> bool:
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def _likeness(one: Explicable, other: Explicable) -> tuple[int, bool]:
    return -len(differences(one, other)), one.id == other.id


class _Explainer:
    def __init__(self, found: Staged) -> None:
        self._found = found
        self._text = found.parsed.document.text
        self._doc = found.parsed.doc
        self._names = {actor.id: actor.name for actor in found.cast.actors}
        self._sayings = {saying.record.id: saying for saying in found.sayings.found}

    def explanations(self) -> Iterator[Explanation]:
        for saying in self._found.sayings.found:
            yield self._statement(saying)
        for told in self._found.deeds.told:
            yield self._event(told)
        for held in self._found.held:
            yield self._holding(held)
        for taken in self._found.taken:
            yield self._position(taken)

    def _statement(self, saying: Saying) -> Explanation:
        record, frame = saying.record, saying.frame
        facts = _Facts()
        if record.source is not None:
            actor = record.source.actor
            name = self._name(actor) if actor is not None else "nobody that is known"
            hearsay: list[Reason] = ["others have it that it was said"] if record.hedged else []
            facts.add("source", name, words=[record.source.text], because=hearsay)
        else:
            hedged = ["the cue is nobody's in particular"] if record.hedged else []
            facts.add("source", "nobody is named", because=hedged)
        if record.addressee is not None:
            facts.add("addressee", self._name(record.addressee))
        decided, cue = saying.decided.because, cue_acts.entry(frame.cue)
        if record.cue is not None:
            known: list[Reason] = ["no row knows it"] if cue is None else [cue.row] if cue.row != decided else []
            facts.add("cue", record.cue.text, because=known)
        facts.add("content", record.quotation, words=[self._text[start:end] for start, end in record.content.spans])
        facts.add("act", record.act, because=[decided])
        if frame.model_act is not None:
            act, probability = frame.model_act
            facts.add("model's act", f"{act}, {probability:.2f}")
        said = record.status == "actual"
        facts.add("status", record.status, because=[] if said else ["what stands at the cue, or above it"])
        if record.confidence is not None:
            facts.add("confidence", f"{record.confidence:.2f}", because=["the model: source and content are right"])
        else:
            facts.add("confidence", "none", because=["grammar found it, not the model"])
        if record.within is not None:
            facts.add("within", _named(self._sayings[record.within]))
        if frame.main is not None:
            self._date(facts, record.date, frame.main)
        marks: list[tuple[Token | None, str]] = [(saying.speaker, "source"), *((token, "cue") for token in frame.cue)]
        marks += [(self._doc[i], "content") for i in saying.content if self._doc[i].head.i not in saying.content]
        return self._explanation(record, frame.main or self._doc[min(saying.content)], facts, marks)

    def _event(self, told: Told) -> Explanation:
        record, draft = told.record, told.draft
        facts = _Facts()
        facts.add("trigger", record.trigger.text)
        self._type(facts, draft, record)
        for name, parties in (("source", draft.sources), ("target", draft.targets)):
            for party in parties:
                self._party(facts, name, party)
            if not parties:
                facts.add(name, "nobody")
        self._standing(facts, told.standing, frozenset(draft.deed.doers))
        facts.add("status", record.status)
        self._reporter(facts, record.reported_by)
        for stance in record.stances:
            who = self._name(stance.actor) if stance.actor is not None else "somebody"
            facts.add("stance", f"{stance.stance}, {who}" + (f", {stance.statement}" if stance.statement else ""))
        if told.when is not None:
            facts.add("date", told.when.value, words=[self._text[told.when.start : told.when.end]])
        if told.where is not None and record.place is not None:
            country = f", {record.place.country}" if record.place.country else ""
            facts.add("place", record.place.name + country, words=[self._phrase(told.where)])
        for part, count in msgspec.structs.asdict(record.size).items() if record.size is not None else ():
            if count is not None:
                facts.add("size", part, words=[count.text])
        _, scored = plover.score(record.type, record.mode)
        of = record.mode if scored == "mode" else record.type
        facts.add("intensity", f"{record.intensity:g}", because=[f"PLOVER's score of the {scored} {of}"])
        if record.confidence is not None:
            facts.add("confidence", f"{record.confidence:.2f}", because=[_weighed(draft)])
        marks: list[tuple[Token | None, str]] = [(token, "trigger") for token in (*draft.words, *draft.trigger)]
        for name, parties in (("source", draft.sources), ("target", draft.targets)):
            marks += [(party.token, name) for party in parties if isinstance(party, Party)]
        marks += _layers(told.standing)
        marks.append((told.where, "place"))
        if told.when is not None:
            marks += [(token, "date") for token in grammar.at_offset(self._doc, told.when.start, told.when.end)]
        return self._explanation(record, draft.token, facts, marks)

    def _type(self, facts: _Facts, draft: Draft, record: Event) -> None:
        because: list[Reason] = [frame.entry.row for frame in draft.frames]
        because += draft.rules
        inner = draft.made_of or draft.inner
        if inner is not None:
            because.append(f"{'derived from' if draft.made_of else 'about'} {self._quoted(inner.token)} ({inner.type})")
        value = record.type + (f", mode {record.mode}" if record.mode is not None else "")
        words = [frame.token for frame in draft.frames] or draft.words
        facts.add("type", value, words=[self._word(token) for token in words], because=because)

    def _party(self, facts: _Facts, name: str, party: str) -> None:
        if not isinstance(party, Party):
            facts.add(name, self._name(party), because=["a rule besides the lexicon"])
            return
        words = [self._phrase(party.token)] if party.token is not None else []
        facts.add(name, self._name(party), words, [f"role {party.role}, of {self._quoted(party.deed)}"])

    def _holding(self, held: Held) -> Explanation:
        record, grip = held.record, held.grip
        facts = _Facts()
        facts.add("kind", record.kind, [self._word(grip.trigger)], [grip.because])
        acts_for = {actor.id: actor.acts_for for actor in self._found.cast.actors}
        holders = [party for party in grip.holders if record.holder in {party, acts_for[party]}]
        named = [party.token for party in holders if isinstance(party, Party) and party.token is not None]
        facts.add("holder", self._name(record.holder), [self._phrase(token) for token in named])
        country = f", {record.place.country}" if record.place.country else ""
        facts.add("place", record.place.name + country, [self._phrase(held.extent.token)])
        if record.share_text is not None or record.area_km2 is not None:
            amounts = [(record.share, ""), (record.area_km2, " km²")]
            value = ", ".join(f"{amount:g}{unit}" for amount, unit in amounts if amount is not None)
            facts.add("share", value or "not in numbers", [record.share_text] if record.share_text is not None else [])
        for name in ("since", "until", "as_of"):
            if (day := getattr(record, name)) is not None:
                facts.add(name.replace("_", " "), day)
        self._standing(facts, held.standing, frozenset({record.holder}))
        given = ["the words take it for granted"] if grip.is_given else []
        left = ["who pulls out of a foreign state has nobody there"] if grip.kind != record.kind else []
        facts.add("status", record.status, because=[*given, *left])
        self._reporter(facts, record.reported_by)
        marks: list[tuple[Token | None, str]] = [(grip.trigger, "trigger"), (held.extent.token, "place")]
        marks += [(token, "holder") for token in named]
        return self._explanation(record, grip.trigger, facts, [*marks, *_layers(held.standing)])

    def _position(self, taken: Taken) -> Explanation:
        record, bid = taken.record, taken.bid
        facts = _Facts()
        negated = ["a negation turns it"] if bid.negated and not isinstance(bid.because, str) else []
        facts.add("act", record.act, [self._word(bid.trigger)], [bid.because, *negated])
        owners = [token for token in bid.owners if record.actor in self._found.cast.at(token)]
        if not owners and taken.saying is not None and taken.saying.record.source is not None:
            source = taken.saying.record.source.text
            facts.add("actor", self._name(record.actor), [source], [f"speaker of {taken.saying.record.id}"])
        else:
            facts.add("actor", self._name(record.actor), [self._phrase(token) for token in owners])
        if record.of is not None:
            asked = [token for token in bid.of if self._is_of(record.of, token)]
            facts.add("of", self._name(record.of), [self._phrase(token) for token in asked])
        facts.add("what", record.what.text)
        if record.condition is not None:
            facts.add("condition", record.condition.text)
        if record.due is not None:
            facts.add("due", record.due)
        self._date(facts, record.date, bid.trigger)
        if taken.saying is not None:
            facts.add("statement", _named(taken.saying))
        marks: list[tuple[Token | None, str]] = [(bid.trigger, "trigger"), *((token, "actor") for token in owners)]
        marks += [(token, "of") for token in bid.of]
        marks += [(token, "what") for token in bid.contents]
        return self._explanation(record, bid.trigger, facts, marks)

    def _is_of(self, actor: str, token: Token) -> bool:
        """Whether a word stands for an actor or for who acts for it."""
        cast = self._found.cast
        return any(actor in allegiance.side(other, cast) for other in cast.at(token))

    def _standing(self, facts: _Facts, standing: Standing, doers: frozenset[str]) -> None:
        """Each layer of scope, from the inside out: its effect, what that means here, and what is left of the deed."""
        for step in standing.steps:
            means: list[str] = [step.effect, step.status]
            if isinstance(step.by, Layer):
                words = [self._word(step.by.token)]
                means.insert(0, step.by.effect)
                because = [step.by.effect.because, *self._speakers(step, doers)]
            elif isinstance(step.by, Saying):
                words = _words(step.by)
                means.insert(0, step.by.record.act)
                because = [f"{step.by.record.id} holds it, and its cue stands elsewhere", *self._speakers(step, doers)]
            else:
                words = [self._word(step.by)]
                because = ["denies what was said before"]
            value = " → ".join(m for n, m in enumerate(means) if n == 0 or m != means[n - 1])
            facts.add("layer", value, words, because)
        if not standing.steps:
            facts.add("layer", "none", because=["nothing around the trigger bears on whether it happened"])

    def _speakers(self, step: Step, doers: frozenset[str]) -> list[Reason]:
        """By whom a word of reporting reports, where that decides what it means."""
        cast, speakers = self._found.cast, frozenset[str]()
        if isinstance(step.by, Layer):
            if step.by.effect not in _REPORTING:
                return []
            speakers = effects.speakers_of(step.by, cast, self._found.sayings)
        elif isinstance(step.by, Saying) and step.by.record.source is not None:
            actor = step.by.record.source.actor
            speakers = frozenset({actor} if actor is not None else ())
        if not speakers:
            return ["spoken by nobody who is known"]
        side = ", of the doers' own side" if allegiance.same_side(speakers, doers, cast) else ""
        return [f"spoken by {', '.join(sorted(speakers))}{side}"]

    def _reporter(self, facts: _Facts, statement: str | None) -> None:
        if statement is None:
            facts.add("reported by", "the newspaper itself")
        else:
            name = _named(self._sayings[statement])
            facts.add("reported by", name, because=["the innermost statement around it that reports"])

    def _date(self, facts: _Facts, date: str | None, token: Token) -> None:
        phrase = self._found.calendar.of(token)
        if date is not None:
            told = phrase is not None and phrase.value == date
            facts.add("date", date, [self._text[phrase.start : phrase.end]] if phrase is not None and told else [])

    def _name(self, actor: str) -> str:
        return f"{actor} ({self._names[actor]})" if actor in self._names else str(actor)

    def _word(self, token: Token) -> str:
        return self._text[token.idx : token.idx + len(token)]

    def _quoted(self, token: Token) -> str:
        return f"“{self._word(token)}”"

    def _phrase(self, token: Token) -> str:
        """The noun's phrase, and all of the words by which it stands for somebody."""
        start, end = grammar.span_of(grammar.phrase_tokens(token), around=token)
        first, last = self._found.cast.spans.get(token.i, (start, end))
        return self._text[min(start, first) : max(end, last)]

    def _explanation(
        self, record: Explicable, token: Token, facts: _Facts, marks: Iterable[tuple[Token | None, str]]
    ) -> Explanation:
        sentence = token.sent
        marked: dict[int, dict[str, None]] = defaultdict(dict)
        for at, mark in marks:
            if at is not None:
                marked[at.i][mark] = None
        nodes: list[Node] = []
        stack = [(sentence.root, 0)]
        while stack:
            word, depth = stack.pop()
            if not (word.is_space or word.is_punct) or word.i in marked:
                nodes.append(Node(self._word(word), word.dep_, depth, tuple(marked[word.i])))
            stack += [(child, depth + 1) for child in reversed([*word.children])]
        text = self._text[sentence.start_char : sentence.end_char]
        return Explanation(record, text.strip(), tuple(nodes), tuple(facts.found))


class _Facts:
    """The facts of one record, as they are found."""

    def __init__(self) -> None:
        self.found: list[Fact] = []

    def add(self, name: str, value: str, words: Sequence[str] = (), because: Sequence[Reason] = ()) -> None:
        self.found.append(Fact(name, value, tuple(words), tuple(because)))


def _named(saying: Saying) -> str:
    """A statement by its id, and the words that name who speaks and how."""
    return f"{saying.record.id}: {' … '.join(_words(saying)) or saying.record.content.text}"


def _words(saying: Saying) -> list[str]:
    """The words that name who speaks, and the cue."""
    record = saying.record
    return [part.text for part in (record.source, record.cue) if part is not None]


def _weighed(draft: Draft) -> str:
    """What the confidence in an event comes from."""
    known = "a word of the lexicon" if draft.frames else "no word of the lexicon"
    if draft.share is None:
        return f"{known}; the model was not asked"
    return f"{known}; the model holds the type {draft.share:.2f} likely, nothing {draft.nothing:.2f}"


def _layers(standing: Standing) -> list[tuple[Token | None, str]]:
    return [(step.by.token, step.by.effect) for step in standing.steps if isinstance(step.by, Layer)]
