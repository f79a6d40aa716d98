"""Whom a phrase stands for: the actor that it names or, where it names a thing, whose that is.

It depends on what is asked. In "Iranian jets bombed the port" Iran acts; in "Iran's economy shrank" it does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

OF_WHOM: Final = frozenset("led held controlled occupied run ruled dominated owned".split())
"""Participles that a compound says of whom: "rebel-held", "state-owned"; not "Iranian-backed"."""

_ACTING: Final = ("weight", "force", "carrier", "weapon", "document", "claim", "proposal", "side")
"""Classes of things that act for whose they are."""

_BORDERS: Final = frozenset({"border", "frontier"})
"""What is with whom lies beyond it: Egypt's in "massed along the border with Egypt"."""

_ACROSS: Final = frozenset({"counterpart", "colleague", "host", "guest"})
"""What somebody is to another whom the text names beside him: whoever "his" means, he is of another side."""

_SOME: Final = frozenset({"some", "most", "many", "several", "all", "each", "both", "none", "any", "few"})


def who(token: Token, cast: Cast, depth: int = 2) -> tuple[str, ...]:
    """The actors that the phrase of `token` stands for, or, where it is a thing, whose it is.

    "Tamil villages" and "the ports of Eritrea" lead to Tamils and Eritrea; "dozens of reporters" to the reporters.
    """
    found = cast.at(token)
    if not found and depth and lexicon.lemma(token) in _ACROSS:
        # "his counterpart from Chile" and "his Chilean counterpart" are Chile's, "Chile's counterpart" is not
        whose = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod"}]
        whose += grammar.objects_of(token, "of", "from", "in")
        return tuple(dict.fromkeys(a for t in whose for a in cast.at(t)))
    if found or depth == 0 or lexicon.lemma(token) in lexicon.nouns("others"):
        return found  # "Iran's rivals" are not Iran
    inner = [t for t in grammar.objects_of(token, *_owners(lexicon.lemma(token))) if t.dep_ != "pcomp"]
    holders = [c for c in token.children if c.dep_ == "poss"]
    marks = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod"}]
    # "Saudi-led strikes", "rebel-held towns"
    marks += [t for c in marks if c.lower_ in OF_WHOM for t in c.children if t.dep_ != "punct"]
    named = [c for c in token.children if c.dep_ == "appos"]
    makers = [d for c in token.children if c.dep_ == "acl" and grammar.is_passive(c) for d in grammar.doers(c)]
    # "a boat flying the Tanzanian flag"
    makers += [t for c in token.children if c.dep_ == "acl" for t in c.children if t.lower_ == "flag"]
    measures = lexicon.lemma(token) in lexicon.nouns("weight")
    shared = lexicon.lemma(token) in lexicon.nouns("relation") or lexicon.lemma(token) in _BORDERS
    beside = grammar.objects_of(token, "with") if shared else []
    order = [inner, holders, marks] if measures else [beside, holders, marks, inner]
    for group in [*order, named, makers]:
        for other in group:
            found += tuple(a for a in who(other, cast, depth - 1 + measures) if a not in found)
        if found:
            return found
    return ()


def doer(token: Token, cast: Cast) -> tuple[str, ...]:
    """Who acts where `token` is the subject: Iran in "Iranian jets" and "Iran's attack", not in "Iran's economy"."""
    if cast.at(token) or any(c.dep_ in {"amod", "compound", "nmod"} and cast.at(c) for c in token.children):
        return who(token, cast)
    if token.pos_ == "NUM" or token.lower_ in _SOME:
        # "one of its warships"
        return tuple(a for t in grammar.objects_of(token, "of") for a in doer(t, cast))
    name = lexicon.lemma(token)
    acts = lexicon.entries(token) or any(name in lexicon.nouns(kind) for kind in _ACTING)
    return who(token, cast) if acts else ()


def asked(token: Token, cast: Cast) -> tuple[str, ...]:
    """Of whom `token` is demanded: whose deed or word it is, Chile in "demanded the withdrawal of Chilean troops".

    Who is to have it is not asked for it: "demanded a state of the Palestinians".
    """
    if any(child.lower_ == "that" and child.dep_ in {"mark", "det"} for child in token.children):
        # "demanded that Chad renounce arms", which the parse may take for a noun: of whom stands first
        return next((found for t in token.subtree if t != token and (found := cast.at(t))), ())
    if cast.at(token) or any(child.dep_ == "poss" for child in token.children):
        return who(token, cast)
    name = lexicon.lemma(token)
    acts = lexicon.entries(token) or any(name in lexicon.nouns(kind) for kind in _ACTING)
    return who(token, cast) if acts else ()


def whole(part: Token) -> Token:
    """What a noun under a preposition, or one coordinated with it, belongs to: a state in "a state of the Kurds"."""
    while part.dep_ == "conj":
        part = part.head
    return part.head.head


def _owners(name: str) -> tuple[str, ...]:
    """The prepositions that tell whose a thing is: an offer is from or by somebody, a treaty with somebody."""
    if name in lexicon.nouns("pact"):
        return ("with", "between", "of")
    if name in lexicon.nouns("proposal") or name in lexicon.nouns("claim"):
        return ("from", "by", "of")
    return ("of",)
