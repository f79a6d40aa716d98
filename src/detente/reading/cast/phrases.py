"""What a noun phrase says of whom it means: whose it is, of which nation, and who else stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.language.grammar import conjuncts
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.discourse import clause_subject, complement_of, governing_subjects
from detente.reading.cast.speakers import SPEAKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def determiners(token: Token) -> set[str]:
    """The words right under a noun before it; the article may hang on a part of it ("the secretary-general")."""
    found = {child.lower_ for child in token.children if child.i < token.i}
    parts = [child for child in token.children if child.i < token.i and child.dep_ in {"compound", "amod", "nmod"}]
    return found | {inner.lower_ for child in parts for inner in child.children if inner.dep_ == "det"}


def nation(casting: Casting, token: Token) -> str | None:
    """The state that the noun's modifiers name: "the French president", "Kenya, whose president"."""
    for child in token.children:
        if child.dep_ == "poss" and child.tag_ in {"PRP$", "WP$"}:
            owners = [casting.drafts[actor] for actor in casting.heads.get(child.i, ())]
            if len(owners) == 1 and (owners[0].kind == "state" or _is_government(owners[0])):
                return owners[0].country
        if child.i < token.i and child.dep_ in {"amod", "compound", "nmod", "poss"} and state_at(casting, child):
            return state_at(casting, child)
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if state_at(casting, noun):
                    return state_at(casting, noun)
    return None


def _is_government(draft: Draft) -> bool:
    """Whether a body is a state's: "the Lebanese government, whose president"."""
    return draft.kind == "organisation" and "GOV" in draft.sectors


def is_owned(casting: Casting, token: Token) -> bool:
    """Whether the noun is somebody's: "his deputy", "Obama's strategist"; not that of a state ("Mali's ruler")."""
    owners = [child for child in token.children if child.dep_ == "poss"]
    owners += [
        noun
        for child in token.children
        if child.dep_ == "prep" and child.lower_ == "of"
        for noun in child.children
        if noun.dep_ == "pobj"
    ]
    return any(state_at(casting, owner) is None for owner in owners)


def owners(casting: Casting, token: Token) -> set[str]:
    """Whose the noun is by a possessor before it."""
    return {a for c in token.children if c.dep_ == "poss" for a in casting.heads.get(c.i, ())}


def state_at(casting: Casting, token: Token) -> str | None:
    """The state that a word names."""
    for entry in casting.modifiers.get(token.i, ()):
        if entry.sense in {"adjective", "state", "people"} and entry.kind == "state":
            return entry.country
    return None


def is_set_off(clause: Token) -> bool:
    """Whether a comma or a dash stands before a relative clause."""
    first = clause.left_edge
    return first.i > 0 and first.nbor(-1).is_punct


def _is_parenthetical(token: Token) -> bool:
    """Whether the noun says what stands around it: "a plan the senator said would fail"."""
    return token.dep_ in {"nsubj", "nsubjpass"} and token.head.lemma_ in SPEAKING and token.head.dep_ != "ccomp"


def _is_aside(token: Token, subject: Token) -> bool:
    """Whether a noun stands in an adverbial clause after a subject, which it may take up: "The EPA erred when the
    agency …"."""
    at = token
    while at != subject.head and at.head != at:
        if at.dep_ == "advcl":
            return subject.i < token.i
        at = at.head
    return False


def nearby(casting: Casting, token: Token) -> set[str]:
    """Who is named around the noun as another: coordinated with it, owning it, on the other side of its verb, or as the
    subject of a clause that it stands in (Chomsky's principle C: "he" would mean that one)."""
    found: set[str] = set()
    beside = [child for child in token.children if child.dep_ in {"poss", "conj", "appos"}]
    if token.dep_ in {"conj", "appos", "attr"}:
        beside.append(token.head)
    verb = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "dobj"} and verb.pos_ in {"VERB", "AUX"}:
        beside += [c for c in verb.children if c.i != token.i and c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    beside += [noun for noun in (clause_subject(token), complement_of(token)) if noun is not None]
    if not _is_parenthetical(token):
        beside += [subject for subject in governing_subjects(token) if not _is_aside(token, subject)]
    at = token
    while at.dep_ in {"pobj", "prep", "poss"}:
        at = at.head
        beside += [child for child in at.children if child.dep_ == "poss" and not child.is_ancestor(token)]
    if at.dep_ == "conj" and at != token:
        beside.append(at.head)  # "the commander, Ana Duarte, and the premier's envoy"
    for other in beside:
        found.update(a for member in conjuncts(other) for a in casting.heads.get(member.i, ()))
    return found - set(casting.heads.get(token.i, ()))
