"""The place that a noun names: by its name, its class ("the town"), what it is beside ("a town in the north") or whose
state it is; a bank, a plant and the like have a name of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.places import Places
from detente.reading.territory import measures
from detente.records import Actor, Place
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Token

CLASSES: Final = frozenset(
    """city town village settlement port region province district county department island isle archipelago peninsula
    territory capital enclave exclave area state republic valley plateau oblast governorate strip heights basin town
    base airport airfield crossing country kingdom emirate mountain hub outpost stronghold""".split()
)
"""Nouns that only say what kind of place the name after "of" is: "the city of Goma"."""

_SETTLEMENTS: Final = frozenset("city town village settlement port".split())
_TAKEN_UP: Final = _SETTLEMENTS | frozenset(
    """region province district peninsula island archipelago enclave exclave territory valley oblast governorate strip
    plateau""".split()
)
"""Those that can take up a place named before: "the town"."""
_TERRAIN: Final = _TAKEN_UP | frozenset("corridor salient pass gorge reef shoal atoll hill ridge camp crossing".split())
"""Those that a name that nobody knows makes a place: "the Philadelphi corridor"."""
_ISLES: Final = frozenset({"island", "archipelago"})
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
_SORTS: Final = frozenset("port border oasis lakeside mining market island river garrison mountain desert".split())
"""What may stand before such a noun: "the lakeside town"."""
_FAR: Final = 60
"""How many words back the place that is taken up may stand."""

FACILITIES: Final = frozenset("base airport airfield crossing hub outpost".split())
"""Those of them that stand in a place and are no part of it."""

_WORKS: Final = frozenset(
    "plant dam bridge airport airfield refinery terminal mine palace barracks checkpoint harbour harbor".split()
)
"""What stands in a place or has its name, and is not the place: who holds the plant does not hold the town."""

_MARGINS: Final = frozenset("bank shore coast coastline side edge mouth tip slope foot approach".split())
"""What lies along the place named after "of": not the river is held but its bank."""

EDGES: Final = frozenset("border frontier boundary line embassy consulate airspace".split())
"""What names a state beside itself and is no territory of it."""

SOIL: Final = frozenset("territory land soil ground".split())
_DIRECTION: Final = re.compile(
    r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central|upper|lower|rural|mainland)$", re.I
)
_NAMED: Final = frozenset({"GPE", "LOC", "FAC"})


def named_by(noun: Token, where: Places, cast: Cast, sure: bool, *, listed: bool) -> Place | None:
    """The place that a phrase names, a part of it told by a direction under its own name ("northern Mali")."""
    if lexicon.lemma(noun) in _MARGINS | _WORKS | FACILITIES and noun.i not in where.names:
        return _beside(noun, where, cast)
    longer = where.known(_name(noun)) if _name(noun) != noun.text else None  # "Port Sudan" is not Sudan
    whose = state(noun, cast, pronouns=sure and _is_resumed(noun))
    place = where.at(noun) or _inside(noun, where) or whose or _apposed(noun, where) or _taken_up(noun, where, cast)
    if place is not None and longer is not None and place.latitude is None:
        return longer
    if place is None:
        found = longer or (where.known(noun.text) if noun.text[:1].isupper() else None)
        if _is_unknown_name(noun, cast, sure or found is not None, listed=listed or found is not None):
            return found or Place(name=_name(noun))
        own = own_name(noun) if sure and lexicon.lemma(noun) in _TERRAIN else []
        meant = {actor for token in own for actor in cast.at(token)}
        if own and not any(actor.id in meant and _is_somebody(actor, full=True) for actor in cast.actors):
            return Place(name=noun.doc[own[0].left_edge.i : noun.i + 1].text)
        return None
    direction = next((c for c in noun.children if c.dep_ in {"amod", "compound"} and _DIRECTION.match(c.text)), None)
    known = place.name.lower()[:4]
    if direction is None or noun.pos_ != "PROPN" or noun.dep_ == "compound" or direction.lower_.startswith(known):
        return place
    return Place(name=f"{direction.text} {place.name}", country=place.country, claimed_by=place.claimed_by)


def _is_resumed(pronoun: Token) -> bool:
    """Whether "it" takes up the object of the verb before: "invaded Kuwait and occupied it". Any other may be a town,
    which the cast does not know."""
    verb = pronoun.head
    return verb.dep_ == "conj" and any(c.dep_ == "dobj" and c.tag_ == "NNP" for c in verb.head.children)


def is_class(noun: Token) -> bool:
    """Whether `noun` says what kind of place it is: "town"."""
    return lexicon.lemma(noun) in CLASSES


def own_name(noun: Token) -> list[Token]:
    """The names right before a noun that it is called by: "the Philadelphi corridor"."""
    return [child for child in noun.children if child.dep_ in {"compound", "nmod"} and child.tag_ == "NNP"]


def _beside(noun: Token, where: Places, cast: Cast) -> Place | None:
    """A bank, a plant and the like under a name of its own, in the state of the place that it is named after."""
    named = [c for c in noun.children if c.dep_ in {"compound", "nmod", "poss"} and c.ent_type_ != "NORP"]
    stands_in = lexicon.lemma(noun) in _WORKS - FACILITIES
    named += grammar.objects_of(noun, "of", "at", "in") if stands_in else grammar.objects_of(noun, "of")
    for token in named:
        place = where.at(token) or state(token, cast)
        if place is not None and (place.latitude is not None or lexicon.lemma(noun) in _MARGINS):
            words = sorted(t.i for t in {noun, *noun.subtree} if t.i <= max(noun.i, token.i))
            text = noun.doc[words[0] : words[-1] + 1].text
            return Place(name=text.removeprefix("the ").removeprefix("The "), country=place.country)
    return None


def is_bare_ground(noun: Token, where: Places, cast: Cast) -> bool:
    """Whether a noun names no place of its own: "the town", "the built-up area"."""
    kinds = lexicon.lemma(noun) in CLASSES | SOIL | {"area"} and noun.tag_ in {"NN", "NNS"}
    owned = any(soil_of(child, cast) is not None for child in noun.children)
    return kinds and not owned and where.at(noun) is None and not grammar.objects_of(noun, "of", "in")


def _is_unknown_name(noun: Token, cast: Cast, sure: bool, *, listed: bool) -> bool:
    """Whether `noun` names a place that the text has not shown to be one, and no actor that is known."""
    if not noun.text[:1].isupper() or noun.lower_ in measures.QUANTITIES | CLASSES or noun.ent_type_ == "DATE":
        return False
    if noun.ent_type_ == "NORP" and not (listed and noun.tag_ == "NNP"):
        return False
    if not (sure or (noun.pos_ == "PROPN" and noun.ent_type_ in _NAMED)):
        return False
    known = set(cast.at(noun))
    classed = noun.dep_ == "pobj" and noun.head.lower_ == "of" and is_class(noun.head.head)
    return not any(actor.id in known and _is_somebody(actor, full=not classed) for actor in cast.actors)


def _is_somebody(actor: Actor, *, full: bool) -> bool:
    """Whether more than a guess makes an actor of a name: towns that nobody knows are taken for people and firms.

    With `full` a full name makes a person; not where it is called a town's.
    """
    guessed = full and actor.kind == "person" and " " in actor.name
    return bool(actor.country or actor.sectors or actor.roles or guessed)


def _apposed(noun: Token, where: Places) -> Place | None:
    """The place that "a town in the north" beside a name says more of."""
    if noun.dep_ != "appos" or not is_class(noun) or noun.head.tag_ != "NNP" or noun.i < noun.head.i:
        return None
    return where.at(noun.head)


def _taken_up(noun: Token, where: Places, cast: Cast) -> Place | None:
    """The place named last that "the town" or "the peninsula" is: a settlement for the one, a region for the other."""
    kind = lexicon.lemma(noun)
    besides = {"det", "punct", "cc", "conj", "case", "acl", "relcl"}
    bare = all(c.dep_ in besides or (c.dep_ == "compound" and c.lower_ in _SORTS) for c in noun.children)
    if kind not in _TAKEN_UP or not (noun.tag_ == "NN" or kind in _ISLES) or not bare:
        return None
    if not any(child.lower_ in {"the", "this", "that"} for child in noun.children):
        return None
    for i in range(noun.i - 1, max(noun.i - _FAR, -1), -1):
        before, name = noun.doc[i], where.names.get(i)
        if name is not None and (not name.is_state or (kind in _ISLES and "Island" in name.text)):
            place = where.at(before)
        elif name is None and before.tag_ == "NNP" and before.dep_ in _ARGUMENTS and not cast.at(before):
            place = where.known(_name(before))
        else:
            continue
        if place is not None and not (place.country or place.claimed_by) and registry().region(place.name) is not None:
            continue  # a continent is nobody's region
        is_region = place is not None and registry().region(place.name) is not None
        is_region = is_region or (kind in _ISLES and name is not None and "Island" in name.text)
        if place is not None and (not is_region if kind in _SETTLEMENTS else is_region):
            return place
    return None


def _inside(noun: Token, where: Places) -> Place | None:
    """The place that stands as a modifier of its own class: "the Donbas region", "the island of Socotra"."""
    if lexicon.lemma(noun) not in CLASSES:
        return None
    for child in noun.children:
        if child.dep_ in {"compound", "nmod", "appos", "poss"} and child.ent_type_ != "NORP":
            place = where.at(child)
            if place is not None:
                return place
    return None


def state(token: Token, cast: Cast, *, pronouns: bool = False) -> Place | None:
    """The territory of the state that a phrase stands for: "the country", "Mali"; not that of its people."""
    if token.pos_ == "PRON" and not pronouns:
        return None
    for actor_id in cast.at(token):
        for actor in cast.actors:
            if actor.id == actor_id and actor.kind == "state":
                return Place(name=actor.name, country=actor.country)
    return None


def soil_of(token: Token, cast: Cast) -> Place | None:
    """The state whose soil it is: "Ukrainian territory", "its territory"."""
    return state(token, cast, pronouns=token.tag_ == "PRP$")


def _name(noun: Token) -> str:
    parts = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i and c.text[:1].isupper()]
    return str(noun.doc[min([noun.i, *(c.i for c in parts)]) : noun.i + 1].text)
