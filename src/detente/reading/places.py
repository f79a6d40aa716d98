"""Where: the places that a text names, and which clause each one locates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from detente.language.grammar import conjuncts
from detente.reading.actors import Cast
from detente.reading.cast import metonymy, namewords
from detente.reading.parsed import Parsed
from detente.records import Place
from detente.world import gazetteer
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHEREIN: Final = frozenset(
    "in at near on across inside throughout around outside within along off over above amid between".split()
)
_TOWARDS: Final = frozenset({"to", "into", "toward", "towards"})
_ONTO: Final = frozenset({"of", "on", "against", "over", "from"})
_DEEDS: Final = frozenset(
    "invade invasion annex annexation occupation incursion intervention deployment war conflict fighting withdrawal "
    "pullout patrol operation blockade election vote protest demonstration rally coup earthquake famine genocide "
    "arrival departure seizure fight battle clash".split()
)
_PHYSICAL: Final = metonymy.FORCE | metonymy.TAKEN | metonymy.VISITED | metonymy.MOTION | _DEEDS
"""Deeds done to or in a place: "invaded Ukraine", unlike "criticised Ukraine", locates the deed."""
_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_MISTAKEN: Final = frozenset({"PERSON", "ORG", "NORP"})
"""Labels that a town may wrongly carry."""
_UP: Final = frozenset({"xcomp", "aux", "auxpass"})
_ROLES: Final = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
"""A deed named by a noun is located by the clause in which the noun plays one of these roles."""


class _Name(NamedTuple):
    """A name as the text writes it; `country` where the registry or the text itself says of which state it is."""

    text: str
    country: str | None
    is_state: bool = False
    acts: bool = False
    """Whether grammar reads it as an actor here: the place only of a deed done to the place."""


@dataclass(frozen=True)
class Places:
    """The places of one text. A place is looked up when it is asked for: most texts name more than they locate."""

    names: Mapping[int, _Name] = field(default_factory=dict)
    """Index of the head token of each name of a place."""
    countries: frozenset[str] = frozenset()
    """The states that the text is about: of two cities of one name the one there is meant."""
    _found: dict[_Name, Place] = field(default_factory=dict, compare=False, repr=False)

    def at(self, token: Token) -> Place | None:
        """The place that the phrase headed by `token` names: "Sochi", "the Donbas region", "the city of Sochi"."""
        name = self.names.get(token.i)
        if name is not None:
            return self._place(name)
        if token.lemma_.lower() in metonymy.AREAS:
            for inner in _inside(token):
                if inner.i in self.names:
                    return self._place(self.names[inner.i])
        return None

    def of(self, token: Token) -> Place | None:
        """Where the deed which `token` names was done, as its own clause says."""
        noun = self.locating(token)
        return self.at(noun) if noun is not None else None

    def locating(self, token: Token) -> Token | None:
        """The noun that says where the deed which `token` names was done."""
        physical = token.lemma_.lower() in _PHYSICAL
        at = token
        while True:
            for noun in _locating(at, deed=at == token):
                name = self.names.get(noun.i)
                if name is not None and name.acts and not physical:
                    continue
                if self.at(noun) is not None:
                    return noun
            above = _above(at)
            if above is None:
                return None
            at = above

    def known(self, name: str) -> Place | None:
        """The place of that name, where a table knows one: for what only its sentence shows to be a place.

        A name that the states of the text and their neighbours do not have is not looked for in the rest of the world.
        """
        place = self._place(_Name(name, None))
        if place.latitude is None:
            return None
        near = gazetteer.around(self.countries)
        return place if place.country is None or not near or place.country in near else None

    def _place(self, name: _Name) -> Place:
        if name not in self._found:
            self._found[name] = _look_up(name, self.countries)
        return self._found[name]


def find(parsed: Parsed, cast: Cast) -> Places:
    """The places of a text."""
    text, doc = parsed.document.text, parsed.doc
    names: dict[int, _Name] = {}
    for site in cast.sites:
        entry = site.entry
        wording = text[site.start : site.end] if entry.sense == "capital" else entry.name
        names[site.head] = _Name(wording, entry.country, entry.sense == "state", site.actor)
    for i, name in names.items():
        beside = _country_beside(names, doc[i])
        if beside is not None and not name.is_state:
            names[i] = name._replace(country=beside)  # Paris, Texas.
    near = gazetteer.around(actor.country for actor in cast.actors)
    for ent in doc.ents:
        if ent.label_ in _LABELS or (ent.label_ in _MISTAKEN and namewords.is_where(ent, near)):
            _add(names, cast, text, [token for token in ent if token.lower_ not in {"the", "'s", "’s"}])
    for token in doc:
        # A town that the labels miss: "the village of X", "the bombing of X", "in X".
        if token.pos_ == "PROPN" and token.dep_ == "pobj" and token.i not in names:
            preposition = token.head
            of = preposition.lower_ == "of" and namewords.is_place_under(preposition)
            if of or (preposition.lower_ in {"in", "near"} and not token.ent_type_):
                _add(names, cast, text, [t for t in token.subtree if t.i <= token.i and t.pos_ in {"PROPN", "PUNCT"}])
    countries = {name.country for name in names.values()} | {actor.country for actor in cast.actors}
    return Places(names, frozenset(country for country in countries if country is not None))


def _add(names: dict[int, _Name], cast: Cast, text: str, tokens: list[Token]) -> None:
    """Add the name that `tokens` make, with what a hyphen joins to it, unless it is known already."""
    if not tokens:
        return
    head = next((t for t in reversed(tokens) if t.head not in tokens or t.head == t), tokens[-1])
    if head.i in names or cast.at(head):
        return
    doc, end = head.doc, tokens[-1].i + 1
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    last = doc[end - 1]
    name = " ".join(text[tokens[0].idx : last.idx + len(last)].split())
    found = _Name(name, _country_beside(names, head))
    names[head.i] = found
    names.setdefault(last.i, found)


def _country_beside(names: Mapping[int, _Name], token: Token) -> str | None:
    """The state that stands beside a city: "Sochi, Russia"."""
    for child in token.children:
        beside = names.get(child.i)
        if beside is not None and beside.country is not None and child.dep_ in {"appos", "npadvmod"}:
            return beside.country
    return None


def _look_up(name: _Name, countries: frozenset[str]) -> Place:
    region = registry().region(name.text)
    if region is not None and (name.country is None or region.country == name.country or not name.is_state):
        return Place(
            name=name.text,
            country=region.country,
            claimed_by=region.claimed_by,
            latitude=region.latitude,
            longitude=region.longitude,
        )
    if name.is_state:
        return Place(name=name.text, country=name.country)
    city = gazetteer.city(name.text, [name.country] if name.country else countries)
    if city is None:
        return Place(name=name.text, country=name.country)
    return Place(
        name=name.text,
        country=name.country or gazetteer.alpha3(city.countrycode),
        latitude=round(city.latitude, 4),
        longitude=round(city.longitude, 4),
    )


def _above(token: Token) -> Token | None:
    """The verb whose clause locates the deed of `token` too: "planned to meet", "the raid began", "died in a raid"."""
    if token.dep_ in _UP:
        return token.head
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if token.dep_ in _ROLES:
        return token.head
    if token.dep_ == "pobj" and token.head.lower_ in {"in", "during", "by"} and token.head.head.pos_ == "VERB":
        return token.head.head
    return None


def _locating(token: Token, *, deed: bool) -> Iterator[Token]:
    """The nouns that can say where the deed of `token` was done, the surest first; `deed` where it names it itself."""
    yield from _under(token, _WHEREIN)
    if not deed:
        return
    if token.lemma_.lower() in _PHYSICAL:
        yield from _under(token, _TOWARDS)
    if token.pos_ in {"VERB", "AUX"}:
        for child in token.children:
            if child.dep_ in {"dobj", "nsubjpass", "attr"}:
                for member in conjuncts(child):
                    yield member
                    yield from _under(member, _WHEREIN)
    else:
        yield from _under(token, _ONTO)
        yield from (child for child in token.children if child.dep_ in {"compound", "nmod"})


def _under(token: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "prep":
            if child.lower_ in prepositions:
                yield from _nouns_of(child)
            else:
                # "across from", "out of", "inside of" and the like; also "on the border in …".
                yield from (
                    n
                    for inner in child.children
                    if inner.dep_ == "prep" and inner.lower_ in prepositions
                    for n in _nouns_of(inner)
                )


def _nouns_of(preposition: Token) -> Iterator[Token]:
    for noun in preposition.children:
        if noun.dep_ == "pobj":
            yield from conjuncts(noun)
            for deeper in noun.children:
                # "at a rally in Sochi", "in a speech at a club in Sochi".
                if deeper.dep_ == "prep" and deeper.lower_ in _WHEREIN:
                    yield from _nouns_of(deeper)


def _inside(token: Token) -> Iterator[Token]:
    """What names an area: "the city of Sochi" first, then "the Donbas region"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "with"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from conjuncts(noun)
    for child in token.children:
        if child.dep_ in {"compound", "nmod", "amod", "poss", "appos", "npadvmod"}:
            yield child
