"""Clauses that deny what they only point at: "denied it", "called the charge a lie", "which it denies"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import embedding, lexicon, modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTING: Final = frozenset({"it", "this", "that", "which", "them", "these", "those"})


def after(token: Token) -> Iterator[Token]:
    """The verbs after `token` in its sentence that deny what was said before."""
    for later in token.doc[token.i + 1 : token.sent.end]:
        if denies_what_was_said(later):
            yield later


def denies_what_was_said(verb: Token) -> bool:
    """Whether `verb` denies something that it only points at: "denied it", "rejects the charge", "which it denies"."""
    if verb.pos_ != "VERB" and verb.dep_ != "relcl":  # "an accusation that Benin rejects": taken for a noun
        return False
    if _says_untrue(verb):
        return True
    flatly = embedding.of_word(lexicon.lemma(verb), "any") == "denied" or embedding.calls_false(verb)
    if not flatly and embedding.effect(verb, "claim") != "denied":
        return False
    if any(True for _ in modality.own(verb)):
        return False
    if verb.dep_ == "relcl" and lexicon.lemma(verb.head) in lexicon.nouns("claim") | {"something"}:
        return True  # "an accusation that it rejects"
    return any(_points_back(thing, flatly) for thing in grammar.undergoers(verb))


def _says_untrue(verb: Token) -> bool:
    """Whether `verb` says that something it points back to is untrue: "insisted that this was untrue"."""
    return any(
        s.lower_ in _POINTING or lexicon.lemma(s) in lexicon.nouns("claim")
        for c in verb.children
        if c.dep_ == "ccomp" and embedding.is_false(c)
        for s in c.children
        if s.dep_ in {"nsubj", "nsubjpass"}
    )


def _points_back(thing: Token, flatly: bool) -> bool:
    if thing.lower_ in _POINTING:
        return flatly or thing.lower_ == "this"
    known = "claim" if not flatly else "answerable"
    if lexicon.lemma(thing) not in lexicon.nouns("claim") | lexicon.nouns(known):
        return False
    return not any(c.dep_ in {"acl", "relcl", "ccomp", "prep"} for c in thing.children)
