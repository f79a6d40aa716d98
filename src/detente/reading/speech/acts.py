"""What a statement does: the speech act of its cue, and where the cue is neutral ("said"), of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.speech import cued_speech, cues
from detente.reading.speech.cued_speech import Attribution
from detente.records import Act, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIRST_PERSON: Final = frozenset({"i", "we"})
_UNREAL: Final = frozenset({"would", "could", "might", "may", "to"})
_OBLIGATION: Final = frozenset({"must", "should", "ought"})
_PLAINLY_SAID: Final = frozenset(
    "say tell add state declare write tweet stress emphasize reiterate continue remark announce note affirm".split()
)
"""Cues after which "must" is the speaker's demand; what a study shows or an analyst believes is no demand."""


def of(doc: Doc, frame: Attribution, quoted: set[int], cast: Cast, source: Source | None) -> Act:
    """The cue's act; where the cue is neutral ("said"), what the content itself does."""
    if frame.act in {"claim", "state"} and frame.cue and any(_is_subjunctive(c) for c in frame.cue[0].children):
        return "demand"  # "insisted that it leave" asks; "insisted that it had left" claims
    if frame.act == "deny" and frame.cue and any(c.lower_ == "as" for c in frame.cue[0].children):
        return "condemn"  # "dismissed it as reckless" judges; it denies nothing
    noun = _light_object(frame)
    if noun is not None:
        return noun
    if frame.act != "state" or not frame.content:
        return frame.act
    head = _content_head(doc, frame.content)
    if doc[max(frame.content)].text == "?" or _ends_with_question(doc, frame.content):
        return "ask"
    subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if head.pos_ not in grammar.VERBS or subject is None:
        return "state"
    own = subject.lower_ in _FIRST_PERSON if head.i in quoted else _is_same(subject, cast, source)
    helpers = {helper.lower() for helper in grammar.auxiliaries(head)}
    negated = grammar.is_negated(head)
    performed = cues.verbs().get(head.lemma_.lower())
    if own and performed is not None and performed.act != "state" and not helpers & _UNREAL:
        if not negated:
            return performed.act
        return "refuse" if performed.act in {"agree", "promise", "offer"} else "state"
    if own and negated:
        if helpers & {"will", "wo", "would"}:
            return "refuse"
        if helpers & {"did", "had", "have", "has"}:
            return "deny"
    said = frame.main is not None and frame.main.lemma_.lower() in _PLAINLY_SAID
    if said and not own and not negated and helpers & _OBLIGATION:
        return "demand"
    return "state"


def _is_subjunctive(clause: Token) -> bool:
    bare = clause.dep_ == "ccomp" and clause.tag_ == "VB"
    return bare and not grammar.auxiliaries(clause) and any(c.dep_ == "nsubj" for c in clause.children)


def _light_object(frame: Attribution) -> Act | None:
    """The act that a light verb's object names: "offered congratulations", "voiced concern"."""
    main = frame.main
    if main is None or main.lemma_ not in cued_speech.LIGHT:
        return None
    for child in main.children:
        entry = cues.nouns().get(child.lemma_.lower()) if child.dep_ == "dobj" else None
        if entry is not None:
            return entry.act
    return None


def _content_head(doc: Doc, content: set[int]) -> Token:
    """The topmost token of a content."""
    return min((doc[i] for i in content), key=lambda t: (sum(1 for _ in t.ancestors), t.i))


def _ends_with_question(doc: Doc, content: set[int]) -> bool:
    last = max(content)
    return last + 1 < len(doc) and doc[last + 1].text == "?"


def _is_same(token: Token, cast: Cast, source: Source | None) -> bool:
    return source is not None and source.actor is not None and source.actor in cast.at(token)
