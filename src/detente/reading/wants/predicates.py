"""Positions that no single word names: "is against it", "is in favour of it", "sees no need for it", "is out of the
question".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import lexicon
from detente.reading.wants.bids import Bid
from detente.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Token

_FAVOUR: Final = frozenset({"favour", "favor"})
_SEEING: Final = frozenset({"see", "have", "find"})
_CAUSES: Final = frozenset({"need", "reason", "ground", "case", "justification", "cause", "necessity"})
"""What who wants something sees for it."""
_MENTAL: Final = frozenset("believe think suspect doubt fear worry expect assume suppose know say complain".split())
"""Deeds of the mind, for which to see no reason is no refusal."""
_NONE: Final = frozenset({"no", "little"})


def find(verb: Token) -> Bid | None:
    """The position that `verb` takes with what stands beside it."""
    if verb.pos_ not in grammar.VERBS:
        return None
    name = lexicon.lemma(verb)
    if name == "be":
        return _leaning(verb)
    return _seeing_none(verb) if name in _SEEING else None


def ruled_out(verb: Token) -> bool:
    """Whether a clause says of its subject that it is out of the question."""
    return lexicon.lemma(verb) == "be" and any(noun.lower_ == "question" for noun in grammar.objects_of(verb, "out"))


def _leaning(verb: Token) -> Bid | None:
    negated = any(child.dep_ == "neg" for child in verb.children)
    against = grammar.objects_of(verb, "against")
    if against and not negated:
        return _bid("oppose", verb, against, because="who is against something opposes it")
    for noun in grammar.objects_of(verb, "in"):
        if noun.lower_ in _FAVOUR and (contents := grammar.objects_of(noun, "of")):
            act: PositionAct = "oppose" if negated else "support"
            return _bid(act, verb, contents, negated=negated, because="who is in favour of something supports it")
    return None


def _seeing_none(verb: Token) -> Bid | None:
    """ "Saw no need for a truce", "did not see any reason to extend it"."""
    denied = any(child.dep_ == "neg" for child in verb.children)
    for noun in grammar.undergoers(verb):
        none = any(child.dep_ == "det" and child.lower_ in _NONE for child in noun.children)
        if lexicon.lemma(noun) not in _CAUSES or denied == none:
            continue
        deeds = [c for c in noun.children if c.dep_ in {"acl", "relcl"} and any(m.lower_ == "to" for m in c.children)]
        if deeds and lexicon.lemma(deeds[0]) in _MENTAL:
            return None
        contents = deeds or grammar.objects_of(noun, "for") or grammar.objects_of(verb, "for")
        if contents:
            act: PositionAct = "refuse" if deeds else "oppose"
            return _bid(act, verb, contents, negated=True, because="who sees no need for something does not want it")
    return None


def _bid(act: PositionAct, verb: Token, contents: list[Token], *, negated: bool = False, because: str) -> Bid:
    owners = tuple(grammar.doers(verb))
    return Bid(act, verb, owners, (), tuple(contents), negated=negated, because=because)
