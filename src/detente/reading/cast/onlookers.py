"""Who is no side of a matter: who mediates in it, who acts on its sides, and who only comments on it with another.

"Both sides" are two that deal with each other. That Chad and Mali "welcomed the accord" or "urged restraint" makes a
pair of them in the text, but not in the matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS, antecedent, conjuncts, is_infinitive, objects_of, surface_subject
from detente.reading.cast.casting import Casting
from detente.reading.cast.discourse import clause_subject
from detente.reading.speech import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEDIATING: Final = frozenset({"mediate", "broker", "facilitate", "referee", "arbitrate"})
_MEDIATORS: Final = frozenset(
    "mediator broker facilitator intermediary go-between arbiter arbitrator mediation".split()
)
_ABOUT: Final = frozenset({"praise", "condemn", "request", "demand", "warn", "predict", "ask"})
"""Acts that are about somebody else's matter."""
_VOICING: Final = frozenset({"express", "voice"})
_EACH: Final = frozenset({"each", "another"})
_OF_THEIRS: Final = frozenset({"by", "from"})
"""Prepositions behind which stands whose deed a noun is: "crimes by both sides", "concessions from both"."""
_LINKED: Final = frozenset("poss compound amod nmod npadvmod".split())


def mediators(casting: Casting) -> set[str]:
    """The actors of whom the text says that they mediate."""
    found = (noun for token in casting.doc for noun in _mediating(token))
    return {actor for noun in found for actor in casting.heads.get(noun.i, ())}


def _mediating(token: Token) -> Iterator[Token]:
    lemma = token.lemma_.lower()
    if lemma in _MEDIATING and token.pos_ in VERBS | {"ADJ"}:
        subject = surface_subject(token) if token.dep_ != "amod" else None
        if subject is not None and subject.dep_ != "nsubjpass":
            yield from conjuncts(antecedent(subject))
        yield from objects_of(token, "by")
        yield from (child for child in token.children if child.dep_ in _LINKED)
        if token.i > 1 and token.nbor(-1).text in {"-", "–"}:
            yield token.nbor(-2)  # "Qatari-brokered"
    elif lemma in _MEDIATORS:
        yield from (child for child in token.children if child.dep_ in _LINKED)
        if token.dep_ == "attr":
            subject = surface_subject(token.head)
            yield from conjuncts(subject) if subject is not None else ()


def acting_on(token: Token) -> list[Token]:
    """Who acts on the sides that `token` names: "Chad and Mali urged both sides", "Chad condemned crimes by both"."""
    clause = token.head
    if token.dep_ == "nsubj" and clause.dep_ == "ccomp" and is_infinitive(clause):
        subject = surface_subject(clause.head)
        return conjuncts(antecedent(subject)) if subject is not None else []
    near = token.dep_ in {"dobj", "dative"} or token.head.head.pos_ in VERBS
    doer = clause_subject(token) if near or token.head.lower_ in _OF_THEIRS else None
    return conjuncts(antecedent(doer)) if doer is not None else []


def is_comment(noun: Token) -> bool:
    """Whether a coordinated subject only says something of others: "Chad and Mali expressed relief"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.pos_ not in VERBS:
        return False
    cue = cues.verbs().get(verb.lemma_)
    particles = (child.lower_ for child in verb.children if child.dep_ in {"prep", "prt"})
    longer = next((known for p in particles if (known := cues.verbs().get(f"{verb.lemma_} {p}"))), cue)
    speaks = verb.lemma_ in _VOICING or (longer is not None and longer.act in _ABOUT)
    return speaks and not any(token.lower_ in _EACH for token in verb.subtree)
