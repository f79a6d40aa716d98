"""Whether a position that a noun names still stands, and on what it hinges.

"Dropped its demand" is none any more; "its readiness to talk depends on a truce" is one on a condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import lexicon, standing

if TYPE_CHECKING:
    from spacy.tokens import Token

CONDITIONAL: Final = frozenset({"conditional", "contingent", "dependent"})
_GIVING_UP: Final = frozenset(
    """drop withdraw abandon end cut halt stop suspend cease renounce rescind retract reverse shelve waive lift scrap
    relinquish forgo overcome""".split()
)
_KEEPING: Final = frozenset({"refuse", "decline", "fail"})


def is_given_up(noun: Token) -> bool:
    """Whether it is a position no more: "dropped its demand", "would end its support"; not "refused to drop it"."""
    verb, relation = standing.governor(noun)
    if relation != "obj" or lexicon.lemma(verb) not in _GIVING_UP:
        return False
    kept = verb.dep_ == "xcomp" and lexicon.lemma(verb.head) in _KEEPING
    return not kept and not grammar.is_negated(verb)


def equated(noun: Token) -> Token | None:
    """What a condition is said to be: "its condition for talks is a truce"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or lexicon.lemma(verb) != "be":
        return None
    return next((c for c in verb.children if c.dep_ in {"attr", "ccomp"} and c.i > verb.i), None)


def grounds(verb: Token) -> list[Token]:
    """On what its subject hinges: "depends on it", "is conditional on it"."""
    words = [c for c in verb.children if c.dep_ == "acomp" and c.lower_ in CONDITIONAL]
    if lexicon.lemma(verb) not in {"hinge", "depend"} and not (words and verb.pos_ == "AUX"):
        return []
    return [ground for host in (verb, *words) for ground in grammar.objects_of(host, "on", "upon")]


def hung_on(noun: Token) -> Token | None:
    """What a position is said to hinge on: "its readiness to talk depends on a truce"."""
    return next(iter(grounds(noun.head)), None) if noun.dep_ == "nsubj" else None
