"""Positions that no single word names: "is against it", "is in favour of it", "sees no need for it", "has no plan to",
"does not intend to", "is out of the question".
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
_SIDING: Final = frozenset(
    {"be", "set", "stand", "come", "speak", "argue", "vote", "warn", "caution", "advise", "counsel"}
)
"""Verbs that take the side that their preposition names."""
_SEEING: Final = frozenset({"see", "have", "find"})
_CAUSES: Final = frozenset({"need", "reason", "ground", "case", "justification", "cause", "necessity"})
"""What who wants something sees for it."""
_WILLS: Final = frozenset({"plan", "intention", "intent", "wish", "desire", "interest", "appetite", "ambition"})
"""What who is going to do something has of it."""
_INTENDING: Final = frozenset({"intend", "plan", "mean", "propose", "aim"})
_RECOGNISING: Final = frozenset({"recognise", "recognize", "acknowledge"})
_OPPOSING: Final = frozenset({"oppose", "object", "veto", "exclude", "preclude", "reject", "contest"})
_TELLING: Final = frozenset(
    "comment speculate elaborate say tell specify confirm identify name answer respond reply".split()
)
_MENTAL: Final = frozenset("believe think suspect doubt fear worry expect assume suppose know say see complain".split())
"""Deeds of the mind, for which to see no reason is no refusal."""
_NONE: Final = frozenset({"no", "little"})


def find(verb: Token) -> Bid | None:
    """The position that `verb` takes with what stands beside it."""
    if verb.pos_ not in grammar.VERBS:
        return None
    name = lexicon.lemma(verb)
    if name in _SIDING:
        return _leaning(verb)
    if name == "want":
        return _not_wanting(verb)
    if name in _RECOGNISING:
        return _not_recognising(verb)
    if name in _INTENDING:
        return _not_intending(verb)
    return _seeing_none(verb) if name in _SEEING else None


def stands_against(verb: Token) -> bool:
    """Whether who does what a verb says opposes something; who refuses to do it refuses no thing, and wants none."""
    if verb.pos_ not in grammar.VERBS:
        return False
    name = lexicon.lemma(verb)
    if name == "rule":
        return any(child.dep_ == "prt" and child.lower_ == "out" for child in verb.children)
    in_the_way = any(noun.lower_ == "way" for noun in grammar.objects_of(verb, "in"))
    return name in _OPPOSING or in_the_way or bool(grammar.objects_of(verb, "against"))


def tells_nothing(verb: Token) -> bool:
    """Whether who refuses what a verb says only keeps something to himself: "declined to comment"."""
    return verb.pos_ in grammar.VERBS and lexicon.lemma(verb) in _TELLING


def ruled_out(verb: Token) -> bool:
    """Whether a clause says of its subject that it is out of the question."""
    return lexicon.lemma(verb) == "be" and any(noun.lower_ == "question" for noun in grammar.objects_of(verb, "out"))


def _leaning(verb: Token) -> Bid | None:
    if grammar.is_infinitive(verb) and verb.dep_ in {"acl", "relcl"}:
        return None  # "the only member to vote against it"
    negated = any(child.dep_ == "neg" for child in verb.children)
    # "is dead set against it": the parse may make what it will of "set"
    hosts = [verb, *(c for c in verb.children if c.lower_ == "set" or c.dep_ in {"advmod", "prt"})]
    against = [thing for host in hosts for thing in grammar.objects_of(host, "against")]
    if against and not negated:
        return _bid("oppose", verb, against, because="who is against something opposes it")
    for noun in grammar.objects_of(verb, "in"):
        if noun.lower_ in _FAVOUR and (contents := grammar.objects_of(noun, "of")):
            if negated and lexicon.lemma(verb) != "be":
                return None  # who did not vote in favour may have abstained
            act: PositionAct = "oppose" if negated else "support"
            return _bid(act, verb, contents, negated=negated, because="who is in favour of something supports it")
    return None


def _not_intending(verb: Token) -> Bid | None:
    """ "Does not intend to sign it": not "did not plan it"."""
    deeds = [c for c in verb.children if c.dep_ == "xcomp" and grammar.is_infinitive(c)]
    negated = verb.tag_ != "VBN" and any(child.dep_ == "neg" for child in verb.children)
    if not deeds or not negated or lexicon.lemma(deeds[0]) in _MENTAL:
        return None
    return _bid("refuse", verb, deeds, negated=True, because="who does not intend something will not do it")


def _not_wanting(verb: Token) -> Bid | None:
    """ "Does not want a war", "does not want to join it", "does not want Oman to join it"."""
    if verb.tag_ == "VBN" or not any(child.dep_ == "neg" for child in verb.children):
        return None
    clauses = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and grammar.is_infinitive(c)]
    if any(c.dep_ in {"nsubj", "nsubjpass"} for clause in clauses for c in clause.children):
        return _bid("oppose", verb, clauses, negated=True, because="who does not want something opposes it")
    if clauses:
        if lexicon.lemma(clauses[0]) in _MENTAL:
            return None
        return _bid("refuse", verb, clauses, negated=True, because="who does not want to do something refuses to")
    things = [noun for noun in grammar.undergoers(verb) if noun.pos_ in {"NOUN", "PROPN"}]
    return (
        _bid("oppose", verb, things, negated=True, because="who does not want something opposes it") if things else None
    )


def _not_recognising(verb: Token) -> Bid | None:
    """ "Does not recognise the vote": that is how it stands, whatever was done before."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    now = any(child.dep_ == "aux" and child.lower_ in {"do", "does"} for child in verb.children)
    if not negated or not now or not grammar.undergoers(verb):
        return None
    return _bid("refuse", verb, [verb], negated=True, because="who does not recognise something refuses to")


def _seeing_none(verb: Token) -> Bid | None:
    """ "Saw no need for a truce", "did not see any reason to extend it", "has no plans for a blockade"."""
    denied = any(child.dep_ == "neg" for child in verb.children)
    for noun in grammar.undergoers(verb):
        none = any(child.dep_ == "det" and child.lower_ in _NONE for child in noun.children)
        will = lexicon.lemma(noun) in _WILLS and lexicon.lemma(verb) == "have"
        if denied == none or not (will or lexicon.lemma(noun) in _CAUSES):
            continue
        deeds = [c for c in noun.children if c.dep_ in {"acl", "relcl"} and grammar.is_infinitive(c)]
        if deeds and lexicon.lemma(deeds[0]) in _MENTAL:
            return None
        prepositions = ("of", "in", "for") if will else ("for",)
        contents = deeds or grammar.objects_of(noun, *prepositions) or grammar.objects_of(verb, "for")
        if contents:
            act: PositionAct = "refuse" if deeds or will else "oppose"
            return _bid(act, verb, contents, negated=True, because="who sees no need for something does not want it")
    return None


def _bid(act: PositionAct, verb: Token, contents: list[Token], *, negated: bool = False, because: str) -> Bid:
    subject = None
    if lexicon.lemma(verb) == "set":  # "is set against it", which the parse takes for a passive
        hosts = (verb, *(c for c in verb.children if c.dep_ == "auxpass"))
        subject = next((found for host in hosts if (found := grammar.surface_subject(host)) is not None), None)
    owners = tuple(grammar.conjuncts(subject) if subject is not None else grammar.doers(verb))
    return Bid(act, verb, owners, (), tuple(contents), negated=negated, because=because)
