"""Whether a deed lies ahead of the words that report it: what a date phrase without a year has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE: Final = frozenset("will 'll wo shall may might can could should must would".split())
_SCHEDULED: Final = frozenset("schedule set expect plan due slate tip earmark".split())
"""Words whose dates lie ahead even in the past tense: "was scheduled for Thursday"."""

_TIMETABLE: Final = frozenset(
    """begin start open resume convene meet arrive leave depart return travel visit host expire end close vote
    take run hold fly be""".split()
)
"""Verbs that a timetable puts in the present: "the truce expires on Monday"."""

_AFTER_THE_FACT: Final = frozenset(
    """manage force begin start continue go come use help try fail compel cause lead allow enable let make see hear
    appear seem happen claim decline refuse cease stop proceed join decide""".split()
)
"""Verbs whose infinitive is dated like themselves: "was forced to resign on Monday"."""

_ANNOUNCING: Final = frozenset("plan schedule propose expect await prepare set".split())
"""Verbs whose object lies ahead: "plans talks on Monday"."""


def is_ahead(token: Token) -> bool:
    """Whether the deed that `token` names is still to come, seen from the clause that reports it."""
    if token.pos_ in grammar.VERBS:
        return _verb_is_ahead(token)
    if token.pos_ == "ADJ":
        return token.lower_ in {"due", "upcoming"} or (
            token.head != token and token.head.pos_ in grammar.VERBS and _verb_is_ahead(token.head)
        )
    return _noun_is_ahead(token)


def _noun_is_ahead(noun: Token) -> bool:
    at = noun
    for child in noun.children:
        if child.lower_ in {"upcoming", "forthcoming", "planned", "scheduled", "proposed"}:
            return True
        if child.dep_ == "acl" and child.lemma_ in _SCHEDULED:
            return True
    while at.head != at and at.pos_ not in grammar.VERBS:
        if at.dep_ in {"nsubj", "nsubjpass", "dobj"} and at.head.pos_ in grammar.VERBS:
            verb = at.head
            if at.dep_ == "dobj":
                return verb.lemma_ in _ANNOUNCING or (noun == at and _verb_is_ahead(verb))
            return _verb_is_ahead(verb)
        at = at.head
    return at != noun and at.pos_ in grammar.VERBS and _verb_is_ahead(at)


def _verb_is_ahead(verb: Token) -> bool:
    if verb.pos_ == "AUX" and verb.dep_ in {"aux", "auxpass"}:
        verb = verb.head
    helpers = set(grammar.auxiliaries(verb))
    if helpers & _FUTURE:
        return not helpers & {"have"} or bool(helpers & {"will", "'ll"})
    if "to" in helpers:
        return "have" not in helpers and _infinitive_is_ahead(verb)
    if verb.lemma_ in _SCHEDULED:
        return verb.tag_ in {"VBN", "VBD"}
    if verb.tag_ == "VB":
        if helpers & {"do", "does", "did"} or verb.dep_ == "conj":
            return verb.dep_ == "conj" and verb.head.pos_ in grammar.VERBS and _verb_is_ahead(verb.head)
        return True
    if verb.tag_ in {"VBZ", "VBP"}:
        return verb.lemma_ in _TIMETABLE
    if verb.tag_ == "VBG":
        if helpers & {"is", "are", "am", "'s", "'re"}:
            return verb.lemma_ in _TIMETABLE
        return verb.head != verb and verb.head.pos_ in grammar.VERBS and _verb_is_ahead(verb.head)
    return False


def _infinitive_is_ahead(verb: Token) -> bool:
    head = verb.head
    if head == verb or verb.dep_ == "advcl" or head.lemma_ in _AFTER_THE_FACT:
        # "flew to Geneva to meet": a purpose is dated with the deed that serves it.
        return head != verb and head.pos_ in grammar.VERBS and _verb_is_ahead(head)
    return True
