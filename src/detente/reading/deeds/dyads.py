"""What the model adds to the lexicon: deeds that no word of its own names, and whom a deed is done to.

Grammar proposes, the model disposes: for a verb's doer and each actor below the verb, the branch for deeds says what the
one does to the other, or that it is nothing. So "has opened proceedings against Poland" is found, whatever the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast as typed

from detente.language import attribution, dyads, grammar
from detente.language.dyads import DEEDS, NOTHING, Floats, Sentence
from detente.reading import status
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, roles, scope, subjects
from detente.reading.deeds.drafts import Draft
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SURE: Final = 0.7
"""A deed that no entry of the lexicon knows is told from this probability on."""
_AIMED: Final = 0.5
"""Whom a known deed is done to, from this probability of its type on."""
_MOST: Final = 6
"""Actors below a verb that are asked about."""
_IN_WORDS: Final[frozenset[EventType]] = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"}
)
"""What can be done by saying something."""
_IDLE: Final = frozenset({"be", "have", "do", "get", "seem", "become", "remain"})
_ALIKE: Final = {"CONCEDE": ("CONCEDE", "RETREAT"), "RETREAT": ("CONCEDE", "RETREAT")}


@dataclass(frozen=True)
class _Asked:
    """A question to the model: what do the doers of a verb do to an actor below it?"""

    verb: Token
    sources: tuple[str, ...]
    doer: Token
    target: Token
    draft: Draft | None
    """The deed of the verb that the lexicon knows, and which lacks a target."""
    in_words: bool
    """Whether the actor stands in a clause that the verb only reports."""


def complete(found: list[Draft], doc: Doc, cast: Cast) -> list[Draft]:
    """`found` with the targets that the model finds, and with the deeds that only it does."""
    asked = [question for sentence in doc.sents for question in _asked(sentence, found, cast)]
    if not asked:
        return found
    answers = _answers(asked, cast)
    made: dict[int, tuple[float, Draft]] = {}
    best: dict[int, tuple[float, tuple[str, ...]]] = {}
    for question, shares in zip(asked, answers, strict=True):
        targets = _others(question, cast)
        if not targets:
            continue
        if question.draft is not None:
            share = sum(float(shares[DEEDS.index(kind)]) for kind in _ALIKE.get(question.draft.type, (question.draft.type,)))
            if share >= max(_AIMED, best.get(id(question.draft), (0.0, ()))[0]):
                best[id(question.draft)] = (share, targets)
            continue
        number = int(shares[:NOTHING].argmax())
        kind, share = typed(EventType, DEEDS[number]), float(shares[number])
        if share < _SURE or (question.in_words and kind not in _IN_WORDS):
            continue
        if share > made.get(question.verb.i, (0.0, None))[0]:
            made[question.verb.i] = (share, _draft(question, kind, targets))
    for draft in found:
        if id(draft) in best:
            draft.targets = list(best[id(draft)][1])
    return [*found, *(draft for _, draft in made.values())]


def _asked(sentence: Span, found: list[Draft], cast: Cast) -> Iterator[_Asked]:
    known = {word.i: draft for draft in found for word in draft.words}
    for verb in sentence:
        if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound"} or verb.lemma_.lower() in _IDLE:
            continue
        doers = subjects.of(verb, cast)
        sources = tuple(dict.fromkeys(a for doer in doers for a in cast.at(doer)))
        if not sources:
            continue
        drafts = [known[t.i] for t in _told_by(verb) if t.i in known]
        lacking = next((d for d in drafts if d.sources and not d.targets and d.type != "CONSULT"), None)
        if drafts and lacking is None:
            continue
        inside = {t.i for doer in doers for t in doer.subtree}
        others = [t for t in verb.subtree if cast.at(t) and t.i not in inside and t.pos_ != "PRON"]
        for other in others[:_MOST]:
            clause = _reported(other, verb)
            if clause is not None and any(t.i in known for t in clause.subtree):
                continue  # what is said tells its own deeds
            yield _Asked(verb, sources, doers[0], other, lacking, clause is not None)


def _told_by(verb: Token) -> Iterator[Token]:
    """A verb and what completes it: its objects, its infinitives and what these govern."""
    yield verb
    for child in verb.children:
        if child.dep_ in {"dobj", "xcomp", "prep", "pobj", "pcomp", "acomp", "attr", "oprd", "aux", "prt"}:
            yield from _told_by(child)


def _reported(token: Token, verb: Token) -> Token | None:
    """The head of the clause that `verb` reports and in which `token` stands."""
    at = token
    while at != verb and at.head != at:
        if at.dep_ in {"ccomp", "parataxis"}:
            return at
        at = at.head
    return None


def _others(question: _Asked, cast: Cast) -> tuple[str, ...]:
    own = {side for source in question.sources for side in status.side(source, cast)}
    return tuple(a for a in cast.at(question.target) if a not in own and not set(question.sources) & status.side(a, cast))


def _answers(asked: list[_Asked], cast: Cast) -> list[Floats]:
    model = attribution.load()
    encoded: dict[int, Sentence] = {}
    given = []
    for question in asked:
        sentence = question.verb.sent
        start = sentence.start_char
        if sentence.start not in encoded:
            encoded[sentence.start] = dyads.encoded(sentence.text, model.tokenizer)
        source, target = (cast.spans.get(t.i, (t.idx, t.idx + len(t))) for t in (question.doer, question.target))
        marks = dyads.roles(
            encoded[sentence.start], (source[0] - start, source[1] - start), (target[0] - start, target[1] - start)
        )
        given.append((encoded[sentence.start], marks))
    return dyads.deeds(model, given)


def _draft(question: _Asked, kind: EventType, targets: tuple[str, ...]) -> Draft:
    verb = question.verb
    return Draft(verb, kind, None, list(question.sources), list(targets), scope.layers(verb), (verb, verb), [verb])
