"""Whether a role phrase names somebody who can act, and not a quality, a tool, a manner or a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.cast import role_senses, rolewords
from detente.reading.cast.affiliations import Affiliation
from detente.reading.cast.casting import Casting
from detente.reading.cast.rolewords import RoleWords
from detente.world.tables import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATING: Final = frozenset(
    "voice express state declare announce reiterate repeat signal drop maintain register underline indicate".split()
)
"""Verbs whose object is what somebody thinks: "opposition" is a stance under them."""
_SIDES: Final = frozenset(
    "left right opposite far near north south east west northeast northwest southeast southwest".split()
)
_WATERS: Final = frozenset({"river", "canal", "stream", "creek"})
_CAPITALISED: Final = frozenset({"house", "treasury", "assembly", "executive"})
"""Common nouns that are institutions only where they are written with a capital."""
_BEING: Final = frozenset({"in", "into", "to", "from", "at"})
_EVERY: Final = frozenset({"all", "both", "warring", "concerned", "involved"})
_FOREIGN: Final = frozenset({"foreign", "other", "another"})
_BARE: Final = frozenset({"parliament", "police", "armed-forces"})
"""Institutions that are spoken of without an article."""
_OFTEN_ABSTRACT: Final = frozenset({"leadership", "regime", "coalition", "administration"})


def can_act(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> bool:
    """Whether a role phrase names somebody at all, and not a quality, a tool or a manner."""
    token, role = casting.doc[words.head], words.role
    if token.dep_ == "appos" and token.left_edge.is_quote:
        return False  # attacked her rival, "a gangster"
    modifies = token.pos_ == "ADJ" or (role.form != "body" and token.dep_ in rolewords.MODIFIERS)
    if modifies and not role_senses.is_holder(token, words):
        return False
    if role.phrase in _CAPITALISED and token.is_lower:
        return False
    likened = token.dep_ == "pobj" and token.head.lower_ in {"like", "as"}
    if likened and not any(t.i in casting.modifiers or t.i in casting.heads for t in token.subtree):
        return False  # "as a politician": of nobody else, whatever the ground
    if token.lower_ == "parties" and not whose and any(child.lower_ in _EVERY for child in token.children):
        return False  # "urged all parties to show restraint": the sides
    if _is_condition(token, role) or _is_bare(token, role) or (role.phrase == "bank" and _is_shore(token)):
        return False
    others = (child for child in token.children if child.i < words.start)
    foreign = any(child.lower_ in _FOREIGN for child in others)
    if foreign and role.institution in rolewords.STATE_BODIES and not whose and not words.plural:
        return False  # "asked a foreign government for help"
    if role.institution == "media" and not whose and token.dep_ in rolewords.MODIFIERS:
        return False  # "a press release", "its media wing"
    if role.phrase == "carrier" and any(of.kind == "state" for of in whose):
        return False  # of a state they are ships
    if role.form == "equipment":
        return bool(whose) and token.dep_ in {"nsubj", "nsubjpass", "conj"}
    if role.institution == "campaign":
        return any(of.kind in {"person", "organisation"} for of in whose)
    definite = any(child.dep_ == "det" and child.lower_ in rolewords.DEFINITE for child in token.children)
    if role.phrase == "opposition":
        towards = any(child.dep_ == "prep" and child.lower_ == "to" for child in token.children)
        said = token.dep_ == "dobj" and token.head.lemma_ in _STATING  # "voiced its opposition"
        return not towards and not said and (definite or bool(whose))
    if role.phrase.startswith("office") and any(child.lower_ == "good" for child in token.children):
        return False  # "offered its good offices" to mediate
    owned = any(child.dep_ in {"poss", "compound"} for child in token.children)
    if role.phrase in _OFTEN_ABSTRACT and not definite and not owned:
        return False
    if role.phrase == "court" and token.head.lower_ == "in" and any(c.dep_ == "poss" for c in token.children):
        return False  # The ball is in somebody's court.
    if whose:
        return words.plural or bool(role.sector) or role.form != "member"
    first = token
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head  # "is to be vice president and minister of defence"
    if first.dep_ in {"attr", "acomp", "oprd"} or (token.dep_ == "pobj" and token.head.lower_ in {"like", "as"}):
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "for" and role.form == "office" and token.tag_ == "NN":
        return bool(role.sector) and any(child.dep_ in {"det", "poss"} for child in token.children)  # "ran for mayor"
    return bool(role.sector) and not (role.form == "body" and not role.institution and token.is_lower)


def _is_condition(token: Token, role: Role) -> bool:
    """Whether a noun without an article says how or where somebody is: "in public", "into exile", "to hospital"."""
    under = token.dep_ == "pobj" and token.head.lower_ in _BEING and role.institution not in _BARE
    bare = not any(c.i < token.i or c.lower_ == "of" for c in token.children)
    return under and token.is_lower and token.tag_ in {"NN", "JJ"} and bare


def _is_bare(token: Token, role: Role) -> bool:
    """Whether a noun for a body stands without an article and is none: "they have company", "take office"."""
    alone = not any(c.i < token.i or c.lower_ == "of" or c.dep_ == "appos" for c in token.children)
    counted = role.form == "body" and token.tag_ == "NN" and token.is_lower and role.institution not in _BARE
    return counted and alone and token.dep_ in {"dobj", "pobj", "attr"}


def _is_shore(bank: Token) -> bool:
    """Whether a bank is a river's: "the eastern bank", "both banks of the Nile"; not "the Bank of Japan"."""
    if not bank.is_lower:
        return False
    if any(child.lower_.removesuffix("ern") in _SIDES for child in bank.children):
        return True
    return any(t.ent_type_ in {"LOC", "FAC"} or t.lemma_.lower() in _WATERS for t in grammar.objects_of(bank, "of"))
