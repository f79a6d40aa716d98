"""What a role word stands for where it stands: men who are soldiers, fighters that are planes, people as civilians."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.cast import craft, rolewords, sides
from detente.reading.cast.casting import Casting
from detente.reading.cast.rolewords import RoleWords
from detente.world.tables import roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANYBODY: Final = frozenset({"people", "person", "man", "woman", "individual", "child"})
_HAVING: Final = frozenset({"have", "be", "contain", "include", "number", "total", "seat", "employ", "represent"})
_PROTESTING: Final = frozenset(
    "protest demonstrate march rally demonstration sit-in vigil riot strike gather assemble throng".split()
)
_UNTO: Final = frozenset({"to", "for", "against", "on"})
_NUMBERS: Final = frozenset({"dozens", "scores", "hundreds", "thousands", "tens", "millions"})
_HELD: Final = frozenset("hold control occupy run rule administer govern dominate seize capture annex besiege".split())
_HOLDS: Final = frozenset("control hand hands rule authority occupation hold stronghold".split())
"""Words before which a modifier says who holds a place."""


def find(casting: Casting) -> Iterator[RoleWords]:
    """The role phrases outside names in the order of the text, each as what it stands for there."""
    for words in _role_words(casting):
        yield _as_civilians(casting, as_soldiers(casting, _as_planes(casting, _as_group(casting, words))))


def _role_words(casting: Casting) -> list[RoleWords]:
    """The role phrases outside names, longest first at each place, in the order of the text."""
    found: list[RoleWords] = []
    i = len(casting.doc) - 1
    while i >= 0:
        words = None if i in casting.taken else rolewords.ending_at(casting.doc, i) or crowd(casting.doc[i])
        if words is not None:
            found.append(words)
            i = words.start
        i -= 1
    return found[::-1]


def _as_civilians(casting: Casting, words: RoleWords) -> RoleWords:
    """Let counted people to whom something is done, or who protest, be civilians: "killed 48 people", "aid for dozens
    of people"."""
    token = casting.doc[words.head]
    if words.role.phrase not in _ANYBODY or not words.plural or not _is_counted(token):
        return words
    first = token
    while first.dep_ == "conj" or (first.dep_ == "pobj" and first.head.lower_ == "of"):
        first = first.head.head if first.dep_ == "pobj" else first.head
    if first.head.lemma_ in _HAVING:
        return words
    undergoes = first.dep_ in {"dobj", "nsubjpass", "dative"} or (first.dep_ == "pobj" and first.head.lower_ in _UNTO)
    return words._replace(role=roles()["civilian"]) if undergoes or _protests(first) else words


def _protests(noun: Token) -> bool:
    """Whether a noun tells who protests: "a rally of 300 people", "thousands of people marched"."""
    if noun.dep_ == "nsubj":
        streets = any(thing.lemma_ == "street" for thing in grammar.objects_of(noun.head, "to", "into"))
        return noun.head.lemma_ in _PROTESTING or (noun.head.lemma_ in {"take", "pour"} and streets)
    of = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in {"by", "of"} else None
    return of is not None and of.head.lemma_.lower() in _PROTESTING


def crowd(number: Token) -> RoleWords | None:
    """A bare number of people who protest: "tens of thousands marched"."""
    if not (number.lower_ in _NUMBERS or number.like_num) or number.dep_ != "nsubj" or not _protests(number):
        return None
    if any(child.lower_ == "of" and child.i > number.i for child in number.children):
        return None
    return RoleWords(number.left_edge.i, number.i, number.i, roles()["civilian"], plural=True)


def _as_group(casting: Casting, words: RoleWords) -> RoleWords:
    """Let who holds something be a group where only a modifier names it: "rebel-held", "under militant control"."""
    return words._replace(plural=True) if is_holder(casting.doc[words.head], words) else words


def _as_planes(casting: Casting, words: RoleWords) -> RoleWords:
    """Let fighters that fly be planes, which act for whose they are: "Polish MiG fighters"."""
    planes = words.role.phrase == "fighter" and craft.are_planes(casting.doc[words.head])
    return words._replace(role=roles()["fighter plane"]) if planes else words


def as_soldiers(casting: Casting, words: RoleWords) -> RoleWords:
    """Let men whom a state sends, and those of who bears arms, be soldiers: "sent 3,000 men", "the general's men"."""
    token = casting.doc[words.head]
    if words.role.phrase != "man" or not words.plural:
        return words
    owners = [casting.drafts[a] for c in token.children if c.dep_ == "poss" for a in casting.heads.get(c.i, ())]
    armed = any("MIL" in owner.sectors and owner.acts_for for owner in owners)
    return words._replace(role=roles()["soldier"]) if armed or sides.senders(casting, token) else words


def is_holder(token: Token, words: RoleWords) -> bool:
    """Whether a modifier says who holds a place: "rebel-held", "under militant control"."""
    if words.role.form != "member" or words.role.sector not in rolewords.ARMED or token.dep_ not in rolewords.MODIFIERS:
        return False
    head = token.head
    joined = head.tag_ == "VBN" and head.dep_ == "amod" and head.lemma_.lower() in _HELD
    return joined or (head.pos_ == "NOUN" and head.lemma_.lower() in _HOLDS)


def _is_counted(noun: Token) -> bool:
    """Whether a number stands at a noun: "48 people", "dozens of people"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    number = any(child.dep_ == "nummod" for child in noun.children)
    return number or (above is not None and (above.lower_ in _NUMBERS or above.like_num))
