"""What a noun phrase says of territory: which places it names, and how much of each.

"Crimea, about 80 percent of the Donbas region and parts of two provinces in the south" is taken apart into its places;
each keeps the words that say how much of it is meant, and the share or area where those words give one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.places import Places
from detente.reading.territory import measures, naming
from detente.records import Place
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Token


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


def is_measure(noun: Token) -> bool:
    """Whether `noun` measures territory."""
    return lexicon.lemma(noun) in measures.QUANTITIES | measures.QUARTERS


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
    return (
        told
        and measure.tag_ == "NN"
        and measures.share(measure.lower_) is None
        and lexicon.lemma(measure) in measures.PIECES
    )


def _of(
    noun: Token, where: Places, cast: Cast, loose: list[Token], sure: bool, *, listed: bool = False
) -> Iterator[Extent]:
    lemma = lexicon.lemma(noun)
    if lemma in naming.EDGES:
        return
    is_part = _is_part(noun, where)
    place = None if is_part else naming.named_by(noun, where, cast, sure, listed=listed)
    if place is not None:
        measure = next((c for c in noun.children if c.dep_ in {"predet", "nmod"} and is_measure(c)), None)
        yield _measured(Extent(place, noun), measure) if measure is not None else Extent(place, noun)
        return
    if lemma not in measures.QUANTITIES | naming.CLASSES | measures.QUARTERS:
        return
    inner = grammar.objects_of(noun, "of") if lemma in naming.CLASSES else []
    if inner and not is_part:
        yield from extents(inner[:1], where, cast, loose=loose, sure=True)
        return
    if lemma in naming.FACILITIES:
        return  # "their last base in Chad" is no share of Chad
    inner = grammar.objects_of(noun, "of", "in", "inside")
    if not inner and is_part:
        inner = [child for child in noun.children if child.dep_ == "poss"]  # "Goma's suburbs"
    if not inner and lemma in naming.SOIL:
        # "Ukrainian territory": the place is the state whose it is
        inner = [
            c for c in noun.children if c.dep_ in {"poss", "amod", "compound"} and naming.soil_of(c, cast) is not None
        ]
        for extent in (Extent(place, c) for c in inner if (place := naming.soil_of(c, cast)) is not None):
            yield extent if noun.dep_ == "pobj" else _measured(extent, noun)
        if inner:
            return
    measured = lemma not in naming.SOIL or noun.dep_ != "pobj"
    seen: set[int] = set()
    if inner and loose and all(naming.is_bare_ground(t, where, cast) for t in inner):
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
    lemma = lexicon.lemma(noun)
    if lemma in measures.QUANTITIES - naming.CLASSES:
        return any(child.dep_ == "prep" for child in noun.children)
    whole = grammar.objects_of(noun, "of") or [child for child in noun.children if child.dep_ == "poss"]
    if lemma in measures.QUARTERS or (noun.tag_ == "NNS" and len(whole) == 1 and lemma in naming.CLASSES):
        return bool(whole) and not naming.own_name(noun)
    place = where.at(whole[0]) if whole and lemma == "district" else None
    return place is not None and place.latitude is not None and registry().region(place.name) is None


def _is_alike(member: Token, first: Token) -> bool:
    """Whether what is said of the first of a list is said of another too: "half of A and B", not "of A and the city of
    B"."""
    if naming.is_class(member) or naming.is_class(first):
        return lexicon.lemma(member) == lexicon.lemma(first)
    return True


def _measured(extent: Extent, noun: Token) -> Extent:
    """`extent` with what `noun` says of how much; an inner measure ("parts of a fifth of") is left as it is."""
    tokens = [t for t in noun.subtree if t.i <= noun.i and t.dep_ not in {"cc", "preconj"}]
    text = noun.doc[tokens[0].i : noun.i + 1].text
    area, share = measures.area(text.lower()), measures.share(text.lower())
    if area is None and extent.area_km2 is not None:
        # "half of the 900 square kilometres that they seized": a share of that area, not of the place
        part = round(extent.area_km2 * share, 1) if share is not None else None
        return replace(extent, area_km2=part, share_text=None if share is not None else text)
    if extent.share_text is not None:
        return replace(extent, area_km2=area) if area is not None else extent
    if area is not None:
        return replace(extent, area_km2=area)
    return replace(extent, share=share, share_text=text)
