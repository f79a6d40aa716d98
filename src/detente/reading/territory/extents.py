"""What a noun phrase says of territory: which places it names, and how much of each.

"Crimea, about 80 percent of the Donbas region and parts of two provinces in the south" is taken apart into its places;
each keeps the words that say how much of it is meant, and the share or area where those words give one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.places import Places
from detente.records import Actor, Place
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUANTITIES: Final = frozenset(
    """percent cent % half third quarter fifth sixth seventh eighth ninth tenth part portion share most much many
    majority bulk swathe swath stretch chunk area sliver slice section piece rest remainder some all strip tract pocket
    proportion expanse dozen hundred kilometre kilometer mile km hectare acre town village settlement community
    hamlet district position territory land soil ground""".split()
)
"""Nouns that measure the territory named after them: "parts of", "two villages in"."""

_CLASSES: Final = frozenset(
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

_FACILITIES: Final = frozenset("base airport airfield crossing hub outpost".split())
"""Those of them that stand in a place and are no part of it."""

_WORKS: Final = frozenset(
    "plant dam bridge airport airfield refinery terminal mine palace barracks checkpoint harbour harbor".split()
)
"""What stands in a place or has its name, and is not the place: who holds the plant does not hold the town."""

_QUARTERS: Final = frozenset(
    """suburb outskirt neighbourhood neighborhood centre center heart downtown north south east west northeast northwest
    southeast southwest""".split()
)
"""Parts of the place named after "of": who takes a suburb has not taken the city."""

_MARGINS: Final = frozenset("bank shore coast coastline side edge mouth tip slope foot approach".split())
"""What lies along the place named after "of": not the river is held but its bank."""

_EDGES: Final = frozenset("border frontier boundary line embassy consulate airspace".split())
"""What names a state beside itself and is no territory of it."""

_SOIL: Final = frozenset("territory land soil ground".split())
_PIECES: Final = frozenset("part portion section piece area district stretch tract settlement village".split())
_FRACTIONS: Final = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
}
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SQUARE_KM: Final = {"kilomet": 1.0, "km": 1.0, "mile": 2.589988, "hectare": 0.01, "acre": 0.00404686}

_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)")
_RANGE: Final = re.compile(r"\d\s*(?:-|–|to|and)\s*\d")
_FRACTION: Final = re.compile(rf"\b(?:({'|'.join(_NUMBERS)})[ -])?({'|'.join(_FRACTIONS)}|tenth)s?\b")
_AREA: Final = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(?:(?:square|sq\.?)[ -](kilomet|km|mile)|(km)(?:2|²)|(hectare|acre))"
)
_DIRECTION: Final = re.compile(
    r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central|upper|lower|rural|mainland)$", re.I
)
_NAMED: Final = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True)
class Extent:
    """One place with how much of it is meant. `token` is the head of the place's own phrase."""

    place: Place
    token: Token
    share: float | None = None
    share_text: str | None = None
    area_km2: float | None = None


def extents(
    nouns: Iterable[Token], where: Places, cast: Cast, *, loose: Iterable[Token] = (), sure: bool = False
) -> list[Extent]:
    """The places that `nouns` and what is coordinated with them name.

    `loose` are nouns that say where, for a measure that names no place itself ("seized 50 square miles in the north").
    With `sure` the words around leave no doubt that a place is meant: a name that nobody knows is one too.
    """
    members = [member for noun in nouns for member in _members(noun)]
    found: list[Extent] = []
    for _, extent in _each(members, where, cast, list(loose), sure):
        if all(extent.token.i != other.token.i for other in found):
            found.append(extent)
    return found


def _each(
    members: list[Token], where: Places, cast: Cast, loose: list[Token], sure: bool
) -> Iterator[tuple[Token, Extent]]:
    """The places of a list, each with the member that names it. Beside a known place an unknown name is a place too."""
    read = [list(_of(member, where, cast, loose, sure)) for member in members]
    listed = any(extent.place.latitude is not None or extent.place.country for found in read for extent in found)
    for member, found in zip(members, read, strict=True):
        if not found and listed and member.tag_ == "NNP":
            found = list(_of(member, where, cast, loose, True, listed=True))
        yield from ((member, extent) for extent in found)


def strays(verb: Token, spots: list[Extent], where: Places, cast: Cast) -> list[Extent]:
    """Members of a list of places that the parse hangs on the verb: "controls A, about half of B and parts of C"."""
    last = max(spot.token.i for spot in spots)
    known = {spot.token.i for spot in spots}
    found: list[Extent] = []
    for child in verb.children:
        apart = child.i > last and child.dep_ in {"dobj", "conj", "appos", "npadvmod", "attr", "dep", "nsubj"}
        named = child.tag_ == "NNP" and child.dep_ != "nsubj" and child.ent_type_ != "DATE"
        if not apart or not (is_measure(child) or named) or child.left_edge.i == 0:
            continue
        if child.left_edge.nbor(-1).text in {",", "and", ";"}:
            found += [spot for spot in extents([child], where, cast, sure=named) if spot.token.i not in known]
    return found


def is_class(noun: Token) -> bool:
    """Whether `noun` says what kind of place it is: "town"."""
    return _lemma(noun) in _CLASSES


def is_measure(noun: Token) -> bool:
    """Whether `noun` measures territory."""
    return _lemma(noun) in _QUANTITIES | _QUARTERS


def _members(noun: Token) -> Iterator[Token]:
    for member in grammar.conjuncts(noun):
        yield member
        for child in member.children:
            if child.dep_ == "prep" and child.lower_ == "including":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from grammar.conjuncts(inner)
            elif child.dep_ == "appos" and is_measure(child) and not _describes(child):
                yield from grammar.conjuncts(child)


def _describes(measure: Token) -> bool:
    """Whether an apposition says where a place lies, and not how much more is meant: "Gaza, a part of Palestine"."""
    told = any(child.dep_ in {"det", "poss"} for child in measure.children)
    return told and measure.tag_ == "NN" and _share(measure.lower_) is None and lexicon.lemma(measure) in _PIECES


def _of(
    noun: Token, where: Places, cast: Cast, loose: list[Token], sure: bool, *, listed: bool = False
) -> Iterator[Extent]:
    lemma = _lemma(noun)
    if lemma in _EDGES:
        return
    is_part = _is_part(noun, where)
    place = None if is_part else _place(noun, where, cast, sure, listed=listed)
    if place is not None:
        measure = next((c for c in noun.children if c.dep_ in {"predet", "nmod"} and is_measure(c)), None)
        yield _measured(Extent(place, noun), measure) if measure is not None else Extent(place, noun)
        return
    if lemma not in _QUANTITIES | _CLASSES | _QUARTERS:
        return
    inner = grammar.objects_of(noun, "of") if lemma in _CLASSES else []
    if inner and not is_part:
        yield from extents(inner[:1], where, cast, loose=loose, sure=True)
        return
    if lemma in _FACILITIES:
        return  # "their last base in Chad" is no share of Chad
    inner = grammar.objects_of(noun, "of", "in", "inside")
    if not inner and is_part:
        inner = [child for child in noun.children if child.dep_ == "poss"]  # "Goma's suburbs"
    if not inner and lemma in _SOIL:
        # "Ukrainian territory": the place is the state whose it is
        inner = [c for c in noun.children if c.dep_ in {"poss", "amod", "compound"} and _soil_of(c, cast) is not None]
        for extent in (Extent(place, c) for c in inner if (place := _soil_of(c, cast)) is not None):
            yield extent if noun.dep_ == "pobj" else _measured(extent, noun)
        if inner:
            return
    measured = lemma not in _SOIL or noun.dep_ != "pobj"
    seen: set[int] = set()
    if inner and loose and all(_is_bare_ground(t, where, cast) for t in inner):
        inner = []  # "in A, where they hold half of the town"
    if not inner and not loose:
        # "900 square kilometres that they seized in A"
        loose = [n for c in noun.children if c.dep_ in {"relcl", "acl"} for n in grammar.objects_of(c, "in", "inside")]
    members = [member for head in inner or loose for member in _members(head)]
    for member, extent in _each(members, where, cast, loose if inner else [], sure):
        if extent.token.i not in seen:
            yield _measured(extent, noun) if measured and _is_alike(member, members[0]) else extent
        seen.add(extent.token.i)


def _is_part(noun: Token, where: Places) -> bool:
    """Whether a noun names a part of the place behind it: "parts of A", "a suburb of A", "three districts of A"; not
    "the district of A", unless A is a town.
    """
    lemma = _lemma(noun)
    if lemma in _QUANTITIES - _CLASSES:
        return any(child.dep_ == "prep" for child in noun.children)
    whole = grammar.objects_of(noun, "of") or [child for child in noun.children if child.dep_ == "poss"]
    if lemma in _QUARTERS or (noun.tag_ == "NNS" and len(whole) == 1 and lemma in _CLASSES):
        return bool(whole) and not _own_name(noun)
    place = where.at(whole[0]) if whole and lemma == "district" else None
    return place is not None and place.latitude is not None and registry().region(place.name) is None


def _own_name(noun: Token) -> list[Token]:
    """The names right before a noun that it is called by: "the Philadelphi corridor"."""
    return [child for child in noun.children if child.dep_ in {"compound", "nmod"} and child.tag_ == "NNP"]


def _is_alike(member: Token, first: Token) -> bool:
    """Whether what is said of the first of a list is said of another too: "half of A and B", not "of A and the city of
    B"."""
    if is_class(member) or is_class(first):
        return _lemma(member) == _lemma(first)
    return True


def _soil_of(token: Token, cast: Cast) -> Place | None:
    """The state whose soil it is: "Ukrainian territory", "its territory"."""
    return state(token, cast, pronouns=token.tag_ == "PRP$")


def _measured(extent: Extent, noun: Token) -> Extent:
    """`extent` with what `noun` says of how much; an inner measure ("parts of a fifth of") is left as it is."""
    tokens = [t for t in noun.subtree if t.i <= noun.i and t.dep_ not in {"cc", "preconj"}]
    text = noun.doc[tokens[0].i : noun.i + 1].text
    area, share = _area(text.lower()), _share(text.lower())
    if area is None and extent.area_km2 is not None:
        # "half of the 900 square kilometres that they seized": a share of that area, not of the place
        part = round(extent.area_km2 * share, 1) if share is not None else None
        return replace(extent, area_km2=part, share_text=None if share is not None else text)
    if extent.share_text is not None:
        return replace(extent, area_km2=area) if area is not None else extent
    if area is not None:
        return replace(extent, area_km2=area)
    return replace(extent, share=share, share_text=text)


def _share(text: str) -> float | None:
    percent = _PERCENT.search(text)
    if percent:
        share = float(percent[1]) / 100
        return share if share <= 1 and not _RANGE.search(text) else None
    fraction = _FRACTION.search(text)
    if fraction is None:
        return None
    share = _NUMBERS.get(fraction[1] or "a", 1) / _FRACTIONS.get(fraction[2], 10)
    return round(share, 4) if share <= 1 else None


def _area(text: str) -> float | None:
    found = _AREA.search(text)
    if found is None:
        return None
    unit = next(group for group in found.groups()[1:] if group)
    return round(float(found[1].replace(",", "")) * _SQUARE_KM[unit], 1)


def _place(noun: Token, where: Places, cast: Cast, sure: bool, *, listed: bool) -> Place | None:
    """The place that a phrase names, a part of it told by a direction under its own name ("northern Mali")."""
    if _lemma(noun) in _MARGINS | _WORKS | _FACILITIES and noun.i not in where.names:
        return _beside(noun, where, cast)
    longer = where.known(_name(noun)) if _name(noun) != noun.text else None  # "Port Sudan" is not Sudan
    place = where.at(noun) or _inside(noun, where) or state(noun, cast, pronouns=sure) or _apposed(noun, where)
    place = place or _taken_up(noun, where, cast)
    if place is not None and longer is not None and place.latitude is None:
        return longer
    if place is None:
        found = longer or (where.known(noun.text) if noun.text[:1].isupper() else None)
        if _is_unknown_name(noun, cast, sure or found is not None, listed=listed or found is not None):
            return found or Place(name=_name(noun))
        own = _own_name(noun) if sure and _lemma(noun) in _TERRAIN else []
        known = {actor for token in own for actor in cast.at(token)}
        if own and not any(actor.id in known and _is_somebody(actor, full=True) for actor in cast.actors):
            return Place(name=noun.doc[own[0].left_edge.i : noun.i + 1].text)
        return None
    direction = next((c for c in noun.children if c.dep_ in {"amod", "compound"} and _DIRECTION.match(c.text)), None)
    known = place.name.lower()[:4]
    if direction is None or noun.pos_ != "PROPN" or noun.dep_ == "compound" or direction.lower_.startswith(known):
        return place
    return Place(name=f"{direction.text} {place.name}", country=place.country, claimed_by=place.claimed_by)


def _beside(noun: Token, where: Places, cast: Cast) -> Place | None:
    """A bank, a plant and the like under a name of its own, in the state of the place that it is named after."""
    named = [c for c in noun.children if c.dep_ in {"compound", "nmod", "poss"} and c.ent_type_ != "NORP"]
    stands_in = _lemma(noun) in _WORKS - _FACILITIES
    named += grammar.objects_of(noun, "of", "at", "in") if stands_in else grammar.objects_of(noun, "of")
    for token in named:
        place = where.at(token) or state(token, cast)
        if place is not None and (place.latitude is not None or _lemma(noun) in _MARGINS):
            words = sorted(t.i for t in {noun, *noun.subtree} if t.i <= max(noun.i, token.i))
            text = noun.doc[words[0] : words[-1] + 1].text
            return Place(name=text.removeprefix("the ").removeprefix("The "), country=place.country)
    return None


def _is_bare_ground(noun: Token, where: Places, cast: Cast) -> bool:
    """Whether a noun names no place of its own: "the town", "the built-up area"."""
    kinds = _lemma(noun) in _CLASSES | _SOIL | {"area"} and noun.tag_ in {"NN", "NNS"}
    owned = any(_soil_of(child, cast) is not None for child in noun.children)
    return kinds and not owned and where.at(noun) is None and not grammar.objects_of(noun, "of", "in")


def _is_unknown_name(noun: Token, cast: Cast, sure: bool, *, listed: bool) -> bool:
    """Whether `noun` names a place that the text has not shown to be one, and no actor that is known."""
    if not noun.text[:1].isupper() or noun.lower_ in _QUANTITIES | _CLASSES or noun.ent_type_ == "DATE":
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
    kind = _lemma(noun)
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
    if _lemma(noun) not in _CLASSES:
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


def _name(noun: Token) -> str:
    parts = [c for c in noun.children if c.dep_ == "compound" and c.i < noun.i and c.text[:1].isupper()]
    return str(noun.doc[min([noun.i, *(c.i for c in parts)]) : noun.i + 1].text)


def _lemma(noun: Token) -> str:
    return lexicon.lemma(noun)
