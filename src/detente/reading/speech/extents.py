"""Where a content ends that is no clause: what the object of its cue is followed by and is not part of.

The model marks words by what they mean and takes along what goes on behind the object: who does the same to something
else without a verb ("praised the envoy, Peru the army"), what the speaker does next ("rejects the plan but will meet
him"), and the clause behind a semicolon ("backed Peru; Chile kept silent").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE: Final = grammar.FINITE | {"MD"}
_NAMES: Final = frozenset({"NNP", "NNPS"})
_COMMON: Final = frozenset({"NN", "NNS"})
_TIMES: Final = frozenset({"DATE", "TIME"})
_OBJECTS: Final = frozenset({"dobj", "prep", "prt", "dative"})


@dataclass(frozen=True)
class Gap:
    """A clause whose verb is that of the clause before: who, and what."""

    source: Token
    """The word that names who."""
    named: tuple[Token, ...]
    """The whole phrase that names who."""
    thing: Token
    """The head of what the verb would have for its object."""
    start: int
    """Where the clause begins, with its comma and its conjunction."""
    content: frozenset[int]


def gaps(cue: Token) -> list[Gap]:
    """The clauses without a verb behind a cue with an object: "praised the plan, and Peru the patience of all".

    A noun that another with an article or a possessive follows at once, without a comma, shows it whatever the parse
    makes of the two.
    """
    if cue.pos_ != "VERB" or not any(c.dep_ in _OBJECTS and c.i > cue.i for c in cue.children):
        return []
    found: list[Gap] = []
    end = cue.sent.end
    for token in cue.doc[cue.i + 2 : end]:
        gap = _gap(cue, token)
        if gap is not None and not (found and token.i in found[-1].content):
            found.append(gap)
    return found


def _gap(cue: Token, source: Token) -> Gap | None:
    if source.tag_ not in _NAMES | _COMMON or source.ent_type_ in _TIMES or source.i + 2 >= cue.sent.end:
        return None
    opens = source.nbor(1)
    thing = opens.head
    if opens.dep_ not in {"det", "poss"} or opens.tag_ not in {"DT", "PRP$"} or thing.dep_ != "appos":
        return None
    if thing.head != source or thing.tag_ not in _COMMON or not _is_joined(source, cue):
        return None
    before = [t for t in source.subtree if t.i < source.i]
    if source.tag_ in _COMMON and not any(t.head == source and t.dep_ in {"det", "poss"} for t in before):
        return None
    first = min((t.i for t in before if not t.is_punct and t.dep_ != "cc"), default=source.i)
    start = start_before(source.doc[first])
    if not any(t.text in {",", ";"} for t in source.doc[start:first]):
        return None
    content = frozenset(t.i for t in thing.subtree if not (t.is_punct and t.i == thing.right_edge.i))
    return Gap(source, tuple(source.doc[first : source.i + 1]), thing, start, content)


def _is_joined(source: Token, cue: Token) -> bool:
    """Whether a noun hangs on a cue or on what is its object, and is not told of inside a clause of its own."""
    if source.dep_ not in {"conj", "appos", "npadvmod", "dep", "dobj"}:
        return False
    at = source.head
    while at != cue:
        if at.dep_ not in {"dobj", "appos", "conj", "pobj", "prep"} or at.head == at:
            return False
        at = at.head
    return True


def start_before(first: Token) -> int:
    """Where a clause begins with the conjunction and the mark before its first word."""
    start = first.i
    while start > 0 and (first.doc[start - 1].dep_ == "cc" or first.doc[start - 1].text in {",", ";"}):
        start -= 1
    return start


def beyond(cue: Token, content: frozenset[int]) -> frozenset[int]:
    """The words of a content that are not of the object of its cue, but of what the speaker or another does next."""
    doc = cue.doc
    quoted = any(doc[i].is_quote for i in content)
    if cue.pos_ != "VERB" or quoted or any(t.dep_ == "ccomp" for t in cue.children):
        return frozenset()
    objects = [c for c in cue.children if c.dep_ == "dobj" and c.i in content and c.i > cue.i]
    if not objects:
        return frozenset()
    ends = [_start(verb) for verb in cue.children if _is_next(verb, cue)]
    ends += [t.i for t in doc[objects[0].i : cue.sent.end] if t.text == ";" and _is_clause(t)]
    ends = [end for end in ends if end > objects[0].i]
    return frozenset(i for i in content if i >= min(ends)) if ends else frozenset()


def _is_next(verb: Token, cue: Token) -> bool:
    """Whether a verb is coordinated with a finite cue, and so is no part of what it reports."""
    if verb.dep_ != "conj" or verb.pos_ not in grammar.VERBS or cue.tag_ not in _FINITE:
        return False
    return grammar.first_word(verb).tag_ in _FINITE and not any(c.dep_ in grammar.SUBJECTS for c in verb.children)


def _start(verb: Token) -> int:
    """Where a coordinated verb begins, with its auxiliaries and the conjunction before it."""
    own = (c for c in verb.children if c.i < verb.i and c.dep_ in {"aux", "auxpass", "advmod", "neg"})
    return start_before(min([verb, *own], key=lambda t: t.i))


def _is_clause(semicolon: Token) -> bool:
    """Whether a finite verb behind a semicolon stands in no subordinate clause, so that a main clause follows."""
    behind = semicolon.doc[semicolon.i + 1 : semicolon.sent.end]
    return any(t.tag_ in _FINITE and t.dep_ in {"conj", "ROOT", "ccomp", "parataxis"} for t in behind)
