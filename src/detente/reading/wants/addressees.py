"""Of whom a thing is wanted, or to whom it is offered, where the words of the thing itself say so.

"Demanded an apology from Niger", "called for elections in Niger" and "offered talks with Niger" name Niger inside what
is wanted. data/noun-classes.csv says which nouns are deeds of their possessor, and which are a state's own affairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import lexicon
from detente.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOGETHER: Final = frozenset(
    "talk negotiate meet cooperate work trade speak consult mediate coordinate discuss".split()
)
"""Verbs of what two do, of whom the one offers it to the other."""

_GIVEN: Final = frozenset(
    "release extradition delivery handover repatriation liberation supply payment surrender transfer".split()
)
"""What is had from somebody even where the words are "the release of X from"; not "an end of imports from"."""


def inside(act: PositionAct, trigger: Token, contents: list[Token]) -> list[Token]:
    """Who is named inside what is wanted or offered; the first way of naming him that is there."""
    for content in contents:
        found = list(_demanded(trigger, content)) if act == "demand" else []
        found = found or (list(_offered(content)) if act == "offer" else [])
        if found:
            return found
    return []


def subjects(content: Token) -> list[Token]:
    """Who is to do what a clause says: "that Oman leave", "for Oman to leave"; not to whom it is to be done."""
    if content.pos_ in grammar.VERBS:
        own = [c for c in content.children if c.dep_ == "nsubj" and not befalls(content)]
        return [t for noun in own for t in grammar.conjuncts(noun)]
    that = next((c for c in content.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if that is None:
        return []
    return [t for t in content.subtree if that.i < t.i <= that.i + 2]  # a verb that the parse has made a noun


def has_subject(verb: Token) -> bool:
    """Whether a clause says of whom or of what it is, so that it is no deed of who wants it."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def befalls(verb: Token) -> bool:
    """Whether a verb tells what becomes of its subject: "be readmitted", "wants the envoy freed"."""
    bare = not any(c.dep_ == "aux" for c in verb.children)
    return grammar.is_passive(verb) or (bare and verb.tag_ in {"VBN", "VBD"} and verb.dep_ in {"ccomp", "conj"})


def told_aside(content: Token, trigger: Token, of: list[Token]) -> list[Token]:
    """What names the addressee and is no part of what is wanted: "from Niger" at its end, "Niger" before it."""
    found = [t for t in of if t.head == content and t.dep_ == "compound" and t.i == trigger.i + 1]
    plain = [t for t in of if not any(c.dep_ == "prep" for c in t.children)]
    ends = [t.head for t in plain if t.dep_ == "pobj" and t.head.lower_ == "from"]
    return found + [p for p in ends if p.right_edge.i == content.right_edge.i and p.i > content.i]


def _demanded(trigger: Token, content: Token) -> Iterator[Token]:
    if content.pos_ in grammar.VERBS:
        return
    name = lexicon.lemma(content)
    leaves = name in lexicon.nouns("leaving")
    for word in content.subtree:
        if word.dep_ != "prep" or any(a.dep_ == "relcl" for a in word.ancestors if content.is_ancestor(a)):
            continue
        given = word.head == content or (name in _GIVEN and word.head.head.lower_ == "of")
        if word.lower_ == "by" or (word.lower_ == "from" and not leaves and given):
            yield from (t for t in word.children if t.dep_ == "pobj")
    if not leaves:
        yield from grammar.objects_of(trigger, "from")
    if name in lexicon.nouns("duty"):
        yield from (c for c in content.children if c.dep_ in {"poss", "amod", "compound"})
        yield from grammar.objects_of(content, "of") if leaves else ()
    if name in lexicon.nouns("affair"):
        for host in (content, trigger):
            yield from (t for t in grammar.objects_of(host, "in") if t.ent_type_ != "TIME")


def _offered(content: Token) -> Iterator[Token]:
    name = lexicon.lemma(content)
    if content.pos_ in grammar.VERBS:
        if name in _TOGETHER:
            yield from grammar.objects_of(content, "with", "to")
            yield from grammar.undergoers(content) if name == "meet" else ()
        for thing in (t for t in grammar.undergoers(content) if _is_shared(t)):
            yield from grammar.objects_of(thing, "with") or grammar.objects_of(content, "with")
    elif _is_shared(content):
        yield from grammar.objects_of(content, "with")


def _is_shared(noun: Token) -> bool:
    """Whether a noun is something that two have together: talks, a truce."""
    kinds = ("talks", "meeting", "pact", "truce", "relation")
    return any(lexicon.lemma(noun) in lexicon.nouns(kind) for kind in kinds)
