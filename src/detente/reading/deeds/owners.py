"""Whom a phrase stands for: the actor that it names or, where it names a thing, whose that is.

It depends on what is asked. In "Iranian jets bombed the port" Iran acts; in "Iran's economy shrank" it does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.world.registry import registry

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

_CLAUSES: Final = frozenset({"advcl", "ccomp", "relcl"})
_DONE_TO: Final = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "ACCUSE", "PROTEST"})
"""Types of deeds that one names by where they are done; missile tests and drills one names by who has them."""
_DONE_THERE: Final = frozenset(
    {"war", "intervention", "policy", "crisis", "conflict", "mission", "vote", "visit", "trip"}
)
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
    marks = _marks(token)
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


def _marks(noun: Token) -> list[Token]:
    """What modifies a noun and tells whose it is."""
    return [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and not is_ground(c)]


def is_ground(mark: Token) -> bool:
    """Whether the name of a state or its capital tells where a deed is done, or to whom, and not whose it is.

    "The Syria strikes", "the Iraq war", "the Russia sanctions", "an Iran deal"; not "Syrian strikes", nor "U.S.
    strikes" (there is no adjective), nor "the Syria government".
    """
    noun = mark.head
    if mark.dep_ not in {"compound", "nmod"} or mark.tag_ != "NNP" or mark.text.isupper() or "." in mark.text:
        return False
    if mark.i > noun.i or noun.dep_ in _CLAUSES or any(c.dep_ == "mark" for c in noun.children):
        return False  # "if Benin attacks": a verb that the parse takes for a noun
    senses = {entry.sense for entry in registry().named(mark.text)}
    if not senses & {"state", "capital"} or "adjective" in senses:
        return False
    name = lexicon.lemma(noun)
    if name in _DONE_THERE or name in lexicon.nouns("pact"):
        return True
    return any(sense.type in _DONE_TO for sense in lexicon.entries(noun))


def is_of_others(owner: Token) -> bool:
    """Whether a name only tells whose somebody else is: "Iran's rivals", "enemies of the president" are not they."""
    noun = owner.head.head if owner.dep_ == "pobj" and owner.head.lower_ == "of" else owner.head
    stands = owner.dep_ in {"poss", "amod", "compound", "nmod"} or noun != owner.head
    return stands and lexicon.lemma(noun) in lexicon.nouns("others")


def doer(token: Token, cast: Cast) -> tuple[str, ...]:
    """Who acts where `token` is the subject: Iran in "Iranian jets" and "Iran's attack", not in "Iran's economy"."""
    marks = _marks(token)
    if cast.at(token) or any(cast.at(mark) for mark in marks):
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
    if lexicon.is_done_to(token):
        return blamed(token, cast)  # not the banker in "demanded the extradition of the banker"
    name = lexicon.lemma(token)
    acts = lexicon.entries(token) or any(name in lexicon.nouns(kind) for kind in _ACTING)
    return who(token, cast) if acts else ()


def given_to(token: Token, verb: Token, cast: Cast) -> tuple[str, ...]:
    """To whom something is offered where `token` is an object of the `verb`; what is offered is nobody.

    Mali in "offered Mali help", nobody in "offered a thousand policemen", "promised Malian support".
    """
    if token.dep_ != "dobj" or token.pos_ != "NOUN":
        return who(token, cast)
    # "offered Mali help": the parse may make one phrase of both
    beside = [c for c in token.children if c.dep_ == "compound" and c.i == verb.i + 1]
    return tuple(dict.fromkeys(actor for noun in beside for actor in cast.at(noun)))


def blamed(token: Token, cast: Cast) -> tuple[str, ...]:
    """Who is reproached with, or asked for, what `token` names: whose deed it is, and not to whom it was done.

    Cuba in "condemned the arrest of the envoy by Cuba", nobody in "condemned the arrest of the envoy".
    """
    if cast.at(token):
        return who(token, cast)
    measured = grammar.objects_of(token, "of") if lexicon.lemma(token) in lexicon.nouns("weight") else []
    if measured:  # "a wave of arrests of journalists"
        return tuple(dict.fromkeys(actor for noun in measured for actor in blamed(noun, cast)))
    if not lexicon.is_done_to(token):
        return who(token, cast)
    doers = grammar.objects_of(token, "by")
    doers += [c for c in token.children if c.dep_ in {"poss", "amod", "compound"} and _can_do(c, token, cast)]
    return tuple(dict.fromkeys(actor for noun in doers for actor in who(noun, cast)))


def suffers(token: Token) -> bool:
    """Whether a word stands where a noun puts to whom its deed is done: the envoy of "the arrest of the envoy"."""
    token = grammar.first_conjunct(token)
    if token.dep_ == "poss" and lexicon.lemma(token.head) in lexicon.nouns("leaving"):
        return bool(lexicon.is_done_to(token.head) and grammar.objects_of(token.head, "from"))
    return token.dep_ == "pobj" and token.head.lower_ == "of" and lexicon.is_done_to(token.head.head)


def _can_do(owner: Token, deed: Token, cast: Cast) -> bool:
    """Whether the owner of a deed did it: "Cuba's arrest of the envoy", and not "the envoy's arrest"."""
    if grammar.objects_of(deed, "of"):
        return True
    if grammar.objects_of(deed, "from") and lexicon.lemma(deed) in lexicon.nouns("leaving"):
        return False  # "Cuba's expulsion from the league"
    ids = set(who(owner, cast))
    return any(actor.id in ids and actor.kind in {"state", "organisation"} for actor in cast.actors)


def whole(part: Token) -> Token:
    """What a noun under a preposition, or one coordinated with it, belongs to: a state in "a state of the Kurds"."""
    return grammar.first_conjunct(part).head.head


def _owners(name: str) -> tuple[str, ...]:
    """The prepositions that tell whose a thing is: an offer is from or by somebody, a treaty with somebody."""
    if name in lexicon.nouns("pact"):
        return ("with", "between", "of")
    if name in lexicon.nouns("proposal") or name in lexicon.nouns("claim"):
        return ("from", "by", "of")
    return ("of",)
