"""Speech that nouns report, where the model sees none: "Egypt's warning that …", "in the eyes of the ministry"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from detente.language import grammar
from detente.reading.speech import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MANNER: Final = frozenset("view opinion eye word judgment judgement mind telling account estimation".split())
"""Nouns that make a source of their holder: "in his view"."""

_FIRST_PERSON: Final = frozenset({"my", "our", "your"})

_HEARSAY: Final = frozenset("report rumor rumour allegation claim suggestion speculation accusation assertion".split())
"""Nouns that without a holder report what nobody in particular says: "denied reports that"."""


class Nominal(NamedTuple):
    """A noun of speech with its holder, if one is named, and the indices of its content's tokens."""

    cue: tuple[Token, ...]
    source: Token | None
    content: frozenset[int]


def find(doc: Doc) -> Iterator[Nominal]:
    """The nouns of a text that report their holder's words."""
    for token in doc:
        if token.pos_ == "NOUN":
            yield from _noun(token)
        elif token.lower_ == "in":
            yield from _manner(token)


def _noun(noun: Token) -> Iterator[Nominal]:
    entry = cues.nouns().get(noun.lemma_.lower())
    if entry is None or grammar.is_negated(noun):
        return
    possessor = next((child for child in noun.children if child.dep_ == "poss"), None)
    holders = [possessor] if possessor is not None else grammar.objects_of(noun, "by", "from")
    holder = holders[0] if holders else None
    if holder is None and noun.lemma_.lower() not in _HEARSAY:
        return
    if holder is not None and holder.lower_ in _FIRST_PERSON:
        return
    clauses = [c for c in _clauses(noun, holder) if _is_complement(c, entry.takes)]
    if clauses:
        yield Nominal((noun,), holder, frozenset(t.i for clause in clauses for t in clause.subtree))


def _clauses(noun: Token, holder: Token | None) -> Iterator[Token]:
    """The clauses that say what a noun is about; after "claims by a union" the parse may hang them on the union."""
    hosts = [noun] if holder is None or holder.i < noun.i else [noun, holder]
    yield from (c for host in hosts for c in host.children if c.dep_ in {"acl", "ccomp", "relcl"})


def _is_complement(clause: Token, takes: str) -> bool:
    if clause.pos_ not in grammar.VERBS:
        return False  # "a claim that Benin disputes", where the parse makes a noun of the verb
    if "i" in takes and grammar.is_infinitive(clause):
        return True
    return "c" in takes and any(c.lower_ == "that" and c.dep_ in {"mark", "nsubj", "dobj"} for c in clause.children)


def _manner(preposition: Token) -> Iterator[Nominal]:
    for noun in preposition.children:
        if noun.dep_ != "pobj" or noun.lemma_.lower() not in _MANNER:
            continue
        possessor = next((child for child in noun.children if child.dep_ == "poss"), None)
        owners = [possessor] if possessor is not None else grammar.objects_of(noun, "of")
        if not owners or owners[0].lower_ in _FIRST_PERSON:
            continue
        host = preposition.head
        while host.pos_ not in grammar.VERBS and host.head != host:
            host = host.head
        content = {t.i for t in host.subtree} - {t.i for t in preposition.subtree}
        if content:
            yield Nominal((preposition, noun), owners[0], frozenset(content))
