"""Whether a saying is reported as done: "may claim", "declined to comment", "avoided condemning it" report no words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import cues
from detente.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNREAL: Final[dict[str, Status]] = {
    **dict.fromkeys("may might can ca could would".split(), "hypothetical"),
    **dict.fromkeys("will 'll ’ll wo shall".split(), "planned"),
    **dict.fromkeys("must should".split(), "demanded"),
}
"""Auxiliaries after which nothing has been said yet: "may claim", "will announce"."""

_UNSAID: Final[dict[str, Status]] = {
    **dict.fromkeys("refuse decline fail hesitate".split(), "negated"),
    **dict.fromkeys("plan intend prepare agree expect".split(), "planned"),
    **dict.fromkeys("have want hope try seek need wait like pretend".split(), "hypothetical"),
    **dict.fromkeys("ask urge press order instruct beg call implore demand require".split(), "demanded"),
}
"""Verbs whose infinitive is no report: "declined to comment", "plans to announce"."""

_FORGOING: Final = frozenset("avoid stop cease resist forgo deny refrain abstain desist dodge".split())
"""Verbs whose gerund was not done, or is said not to be: "avoided condemning", "refrained from criticising"."""

_WITHOUT: Final = frozenset({"without", "instead", "short", "far"})
"""What a gerund under it was not done: "without saying", "stopped short of condemning"."""

_NOBODY: Final = frozenset({"nobody", "none", "neither"})

_UTTERING: Final = frozenset("say tell reveal disclose announce mention add admit concede promise".split())
"""Verbs that with "nothing" report no words; who knows nothing of a matter says something about it."""

_GIVING: Final = frozenset("give make offer issue provide have send voice express raise lodge deliver".split())
_GIVEN: Final = (
    "indication comment mention sign hint word detail explanation answer reply response reference reason apology"
)
_UNGIVEN: Final = frozenset(_GIVEN.split())
"""What is given in words, besides the nouns of the lexicon."""


def status(cue: Token) -> Status:
    """Whether the saying of a cue is reported as done, or planned, refused, possible, asked for; negation apart."""
    if cue.pos_ != "VERB":
        return "actual"
    helpers = grammar.auxiliaries(cue)
    unreal = next((_UNREAL[helper] for helper in helpers if helper in _UNREAL), None)
    if unreal is not None:
        return unreal
    if "to" in helpers and any(child.lower_ == "yet" for child in (*cue.children, *cue.head.children)):
        return "negated"
    if "to" in helpers and cue.dep_ == "acl":
        return "hypothetical"
    if "to" in helpers and cue.dep_ in {"xcomp", "ccomp"}:
        return _UNSAID.get(cue.head.lemma_, "actual")
    if _is_forgone(cue):
        return "negated"
    if cue.dep_ == "ccomp" and cue.tag_ == "VB" and _has_subject(cue) and not helpers:
        return _UNSAID.get(cue.head.lemma_, "actual")
    marks = {child.lower_ for child in cue.children if child.dep_ == "mark"}
    if "whether" in marks:
        return "hypothetical"
    return "conditional" if marks & {"if", "unless"} else "actual"


def is_nobodys(cue: Token | None, source: Token | None) -> bool:
    """Whether nobody said it: "neither Peru nor Chile confirmed", "no official said", "gave no indication of"."""
    if source is not None and (source.lower_ in _NOBODY or _is_none(source)):
        return True
    if cue is None:
        return False
    if cue.pos_ == "NOUN":
        return _is_none(cue)
    subjects = [child for child in cue.children if child.dep_ == "nsubjpass"]
    return any(map(_is_none, subjects)) or any(
        _is_ungiven(cue, child) for child in cue.children if child.dep_ == "dobj"
    )


def is_negated(cue: Token) -> bool:
    """Whether a cue itself is negated; in "neither condemned nor endorsed" both are."""
    nor = cue.dep_ == "conj" and any(child.lower_ == "nor" and child.i < cue.i for child in cue.head.children)
    return nor or any(_stands_with(no, cue) for no in cue.children if _negates(no, cue))


def _negates(no: Token, word: Token) -> bool:
    before = no.lower_ in grammar.NEGATIONS and no.dep_ in {"det", "advmod", "preconj", "cc"}
    return no.dep_ == "neg" or (before and no.i < word.i)


def _stands_with(no: Token, cue: Token) -> bool:
    """Whether a negation is the cue's: that of a quotation before it is of what is quoted ("“Not yet,” he said")."""
    return not any(token.is_quote for token in cue.doc[min(no.i, cue.i) : max(no.i, cue.i)])


def _is_none(noun: Token) -> bool:
    """Whether a noun is of nobody or nothing: "no official", "neither ministry", "not one"; not "not only Peru"."""
    if noun.lower_ == "nothing":
        return True
    only = any(child.lower_ == "only" for no in noun.children for child in (no, *no.children))
    return any(no.i < noun.i and _negates(no, noun) for no in noun.children) and not only


def _is_ungiven(cue: Token, thing: Token) -> bool:
    if thing.lower_ == "nothing":
        return cue.lemma_ in _UTTERING and cue.i < thing.i and _stands_with(thing, cue)
    lemma = thing.lemma_.lower()
    return cue.lemma_ in _GIVING and (lemma in _UNGIVEN or lemma in cues.nouns()) and _is_none(thing)


def _is_forgone(cue: Token) -> bool:
    """Whether a cue is what was left undone: a gerund under a verb or a preposition that says so."""
    head = cue.head
    if cue.dep_ in {"xcomp", "ccomp"} and head.lemma_ in _FORGOING:
        return not _has_subject(cue)
    if cue.dep_ != "pcomp":
        return False
    above = head.head
    if head.lower_ == "of":
        return above.lower_ in _WITHOUT or any(child.lower_ in _WITHOUT for child in head.children)
    return head.lower_ in _WITHOUT or (head.lower_ == "from" and above.lemma_ in _FORGOING)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
