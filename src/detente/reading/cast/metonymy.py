"""Whether the name of a capital or a state stands for a government or for a place, by the grammar around it.

"Moscow said", "talks with Moscow", "pressure on Moscow": the government. "In Moscow", "strikes on Moscow", "flew to
Moscow": the place. "Visited Moscow" is both: the city and its hosts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from detente.world.registry import Sense

if TYPE_CHECKING:
    from spacy.tokens import Token


class Reading(NamedTuple):
    """How a name is used."""

    actor: bool
    place: bool


ACTOR: Final = Reading(True, False)
PLACE: Final = Reading(False, True)
BOTH: Final = Reading(True, True)

_WHEREIN: Final = frozenset(
    "in inside within across throughout near around outside at through via above along beneath amid beyond".split()
)
_HELD_IN: Final = frozenset("trust confidence faith belief interest stake disappointment disappoint believe".split())
MOTION: Final = frozenset(
    "arrive go travel fly come return head drive move flee march advance visit journey flight trip drive road route "
    "train bus way deport transfer evacuate bring send ship rush depart leave tour retreat withdraw walk sail escape "
    "migrate commute relocate deploy extradite export pilgrimage convoy distance kilometer kilometre mile invite "
    "embassy ambassador envoy enter extend stretch take carry report broadcast write".split()
)
FORCE: Final = frozenset(
    "attack strike raid assault bombing shelling bombardment airstrike bomb shell fire march advance siege missile "
    "drone rocket offensive descend crackdown blast explosion invasion storm sweep".split()
)
TAKEN: Final = frozenset(
    "attack bomb shell hit strike seize capture enter leave reach storm besiege liberate flee surround encircle occupy "
    "recapture overrun rock shake target blanket evacuate raid take defend approach cross bombard pound".split()
)
VISITED: Final = frozenset("visit tour".split())
_PARTS: Final = frozenset(
    "capital city suburb outskirt street mayor centre center north south east west bombing siege fall liberation "
    "battle capture district airport university port sky neighborhood neighbourhood part edge border town village "
    "resident bishop archbishop museum treaty bank".split()
)
AREAS: Final = frozenset(
    "region province oblast city town village district area territory peninsula border strip coast resort island "
    "capital state county suburb outskirt part north south east west center centre neighborhood neighbourhood camp "
    "port valley side sector zone front enclave exclave municipality governorate prefecture republic heights airport "
    "base street frontier portion swath stretch bank plant settlement shore waters square".split()
)
"""Nouns that name a place together with the name beside them: "the Donbas region", "the city of Sochi"."""
_DATELINE: Final = frozenset({"(", "—", "–", "-", "--", "_"})


def read(token: Token, sense: Sense) -> Reading:
    """How the name headed by `token` is used, given that it is a state's, a capital's or a seat's."""
    if sense not in {"state", "capital"}:
        return ACTOR
    token = _first_conjunct(token)
    head, relation = token.head, token.dep_
    if sense == "capital" and (_is_dateline(token) or _has_state_beside(token)):
        return PLACE
    if relation == "pobj":
        return _under_preposition(token, head, sense)
    if relation in {"dobj", "nsubjpass"}:
        if head.lemma_ in VISITED:
            return BOTH
        return PLACE if sense == "capital" and head.lemma_ in TAKEN else ACTOR
    if relation in {"appos", "npadvmod"} and head.pos_ == "PROPN" and head.ent_type_ in {"GPE", "LOC", "FAC"}:
        return PLACE
    if relation in {"compound", "nmod", "npadvmod"} and sense == "capital" and head.pos_ in {"NOUN", "PROPN"}:
        return PLACE
    return ACTOR


def _under_preposition(token: Token, preposition: Token, sense: Sense) -> Reading:
    word, governor = preposition.lower_, preposition.head.lemma_.lower()
    if word in _WHEREIN:
        return ACTOR if word == "in" and governor in _HELD_IN else PLACE
    if sense == "state":
        if word in {"to", "into"} and governor in {"visit", "trip", "travel", "fly", "arrive", "journey"}:
            return BOTH
        return ACTOR
    if word in {"to", "from", "into", "toward", "towards", "for", "outside"}:
        return PLACE if governor in MOTION else ACTOR
    if word in {"on", "upon", "against", "over"}:
        return PLACE if governor in FORCE else ACTOR
    if word == "of":
        return PLACE if governor in _PARTS or governor in FORCE else ACTOR
    return ACTOR


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def _is_dateline(token: Token) -> bool:
    """MOSCOW (Agency) — …: a city in capitals, or first in its sentence and set off by a dash or an agency."""
    if token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1).text
    opens = token.is_sent_start or token.i == 0
    return following in _DATELINE and (opens or token.is_upper) and token.i < 30


def _has_state_beside(token: Token) -> bool:
    """ "Paris, Texas", "Moscow, Russia": spelt out like that, a city is a place."""
    return any(child.dep_ in {"appos", "npadvmod"} and child.ent_type_ == "GPE" for child in token.children)
