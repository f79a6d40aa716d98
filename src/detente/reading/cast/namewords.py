"""What capitalised words tell by themselves: titles and honorifics, words that only firms have, runs, headlines."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Final

from detente.reading.cast import metonymy, rolewords
from detente.reading.cast.casting import Casting, root
from detente.world import gazetteer, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Stretch = tuple[int, int]
"""The first token of a name and the one after its last."""

POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
HONORIFICS: Final = {
    "mr.": "m",
    "mr": "m",
    "sir": "m",
    "lord": "m",
    "mrs.": "f",
    "mrs": "f",
    "ms.": "f",
    "ms": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
    "monsieur": "m",
    "mme": "f",
    "mme.": "f",
    "madame": "f",
    "mlle": "f",
    "herr": "m",
    "frau": "f",
    "signor": "m",
    "señor": "m",
    "señora": "f",
}
COURTESIES: Final = frozenset({"dr", "dr.", "prof", "prof.", "h.e.", *HONORIFICS})
PARTICLES: Final = frozenset("al el bin ibn von van de der da di du la le dos den ul ur abu".split())
FIRMS: Final = frozenset(
    """inc corp co ltd llc plc ag gmbh holdings industries motors airlines airways electronics energy oil gas steel
    marine heavy media pharmaceuticals technologies systems partners capital steelworks mining records international
    global services solutions broadcasting petroleum railways telecom""".split()
)
"""Last words of the names of firms that no surname is likely to be."""
_BODIES: Final = frozenset(
    """project center centre initiative association society college council commission institute foundation times post
    herald tribune gazette press journal""".split()
)
"""The same of other bodies and of newspapers."""
_LEAVING: Final = frozenset(
    "withdraw withdrawal pull pullout retreat evacuate evacuation depart departure flee leave march".split()
)
_STARTING: Final = frozenset("fly sail drive travel flight take-off sortie mile kilometre kilometer km".split())
_WRUNG: Final = frozenset("get squeeze wring make trick con talk extract bully coax drag take fool life hell".split())
"""What is done out of people: "squeezed concessions out of Korp"."""
_OF_PLACES: Final = frozenset(
    "bombing shelling bombardment siege encirclement liberation blockade resident inhabitant outskirt mayor".split()
)
"""What "of" goes on only with a place: "the bombing of Pokrovsk"."""
_LANDS: Final = frozenset("atoll reef islet rock archipelago mountain river lake hamlet oasis plateau volcano".split())
_EXTENTS: Final = frozenset("largest biggest smallest northernmost southernmost easternmost westernmost".split())
_AUXILIARIES: Final = frozenset("may must will would could should can be is are was were has have had not says".split())
_SITES: Final = frozenset(
    """terminal depot warehouse refinery plant factory barracks airfield prison jail hospital school market bridge dam
    station square street court university harbour harbor""".split()
)
"""What is called after the town in which it lies."""
_CALLED_BY_PLACES: Final = frozenset(
    """airport airfield airbase barracks bridge canal crossing dam district harbour harbor island pass peninsula port
    province reactor refinery region strait terminal town valley village""".split()
)
"""Sites and areas whose name stands before what they are."""
_OF_FORCES: Final = frozenset({"air", "naval", "navy", "army", "military", "missile", "submarine"})
_STATIONED: Final = frozenset("garrison base outpost position checkpoint crossing clash fighting battle".split())
"""What is at a place: "the garrison at Zalambessa"."""
_BEFORE_PLACES: Final = frozenset({"Mount", "Port", "Fort", "Cape", "Lake"})
_AFTER_PLACES: Final = frozenset(
    "Pass Island Islands Heights Reef Reefs Shoal Atoll Gorge Strait Peninsula Plateau".split()
)
"""Words of names of places, before and behind what is their own."""
_SURNAMED: Final = frozenset({"USA", "GBR", "CAN", "AUS", "NZL", "IRL"})
"""States whose towns have the names of people in the news."""
_LARGE: Final = 500_000
"""People of a city that is meant wherever the text is."""
_DATED: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LANGUAGE"})
"""Labels of what stands beside a name and is none of it: "On Tuesday Korp said"."""
_BEFORE_NAMES: Final = frozenset({"the", "former", "-", "–"})


def is_where(ent: Span, near: Set[str]) -> bool:
    """Whether a name with another label is a place's: by where it stands ("in Pokrovsk", "withdrew from Busan"), or
    because a city of the states in `near`, or a large one, is called so and something is done to it ("shelled Busan").
    """
    name = ent.root
    if is_landform(ent) or is_called_place(name) or (len(ent) == 1 and _is_sites(name)):
        return True
    while name.dep_ == "conj" and name.head.pos_ == "PROPN":
        name = name.head
    short = len(ent) == 1 or (name.head.lower_ in {"of", "near"} and ent[0].lower_ not in lexicon.first_names())
    if name.dep_ == "pobj" and short and is_place_under(name.head):
        return True
    beside = name != ent.root and name.ent_type_ == "GPE"  # "shelled Kharkiv and Pokrovsk"
    return _can_be_done_to_place(name) and (beside or _is_city(ent, near))


def _is_sites(name: Token) -> bool:
    """Whether a name is what a site is called by: "the Incirlik air base", "the Rafah crossing"."""
    site = name.head
    if name.dep_ not in {"compound", "nmod"} or not site.is_lower or site.i < name.i:
        return False
    kind = site.lemma_.lower()
    military = kind == "base" and any(child.lower_ in _OF_FORCES for child in site.children)
    return military or kind in _CALLED_BY_PLACES


def is_called_place(name: Token) -> bool:
    """Whether an apposition says that a name is a place's: "Itu Aba, an atoll", "Agok, the largest of the camps"."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i:
            of = [noun for prep in child.children if prep.lower_ == "of" for noun in prep.children]
            part = child.lower_ == "one" or child.tag_ == "JJS"
            nouns = of if part else [child]
            if child.lower_ in _EXTENTS and any(noun.pos_ == "PROPN" for noun in of):
                return True  # "the largest of the Spratlys"
            if any(noun.lemma_.lower() in metonymy.AREAS | _LANDS and noun.is_lower for noun in nouns):
                return True
    return False


def is_landform(ent: Span) -> bool:
    """Whether a word of a name says that it is a place's: "Mount Kent", "Fiery Cross Reef"."""
    if len(ent) < 2 or not all(token.text[0].isupper() for token in (ent[0], ent[-1])):
        return False
    if ent[0].text in _BEFORE_PLACES and len(ent) == 2 and ent[-1].lower_ not in FIRMS | _BODIES:
        return _can_be_done_to_place(ent.root)
    return ent[-1].text in _AFTER_PLACES and ent.root.dep_ not in {"nsubj", "poss"}


def is_place_under(preposition: Token) -> bool:
    """Whether what stands under a preposition can only be a place."""
    word, above = preposition.lower_, preposition.head
    if word == "of":
        if above.lower_ == "out":
            return not {above.head.lemma_, above.head.head.lemma_} & _WRUNG
        return above.lemma_.lower() in metonymy.AREAS | _OF_PLACES
    if word == "to":
        return above.pos_ == "VERB" and above.lemma_ in metonymy.MOTION
    if word == "at":
        return above.lemma_.lower() in metonymy.AREAS | _SITES | _STATIONED
    if word == "from":
        return above.lemma_.lower() in _LEAVING | _STARTING
    return word in {"in", "near", "inside", "across", "outside", "throughout"}


def _can_be_done_to_place(name: Token) -> bool:
    """Whether a name stands where deeds put places: "shelled it", "an attack on it", "sent food to it"."""
    above = name.head
    if name.dep_ == "pobj":
        governor = above.head.lemma_.lower()
        if above.lower_ == "of":
            return governor in metonymy.FORCE | metonymy.TAKEN | _OF_PLACES | {"fall", "control"}
        if above.lower_ in {"on", "against", "over"}:
            return governor in metonymy.FORCE
        return above.lower_ in {"to", "into", "from", "at", "toward", "towards", "through", "around", "off"}
    if name.dep_ in {"dobj", "nsubjpass"}:
        return above.lemma_ in metonymy.TAKEN | metonymy.FORCE | _LEAVING | {"retake", "reach", "enter", "target"}
    acts = above.dep_ in {"nsubj", "nsubjpass"}  # "Pokrovsk airport refused": it is a body
    return name.dep_ in {"compound", "nmod"} and above.lemma_.lower() in metonymy.AREAS | _SITES and not acts


def _is_city(ent: Span, near: Set[str]) -> bool:
    """Whether a city of the states near by is called so, or a large one, and nobody in the text."""
    others = (e for e in ent.doc.ents if e.label_ == "PERSON" and len(e) > 1 and e.start != ent.start)
    city = gazetteer.city(ent.text, near) if all(e[-1].text != ent[-1].text for e in others) else None
    if city is None or gazetteer.alpha3(city.countrycode) in _SURNAMED:
        return False
    large = city.population >= _LARGE and ent.text.lower() not in lexicon.first_names()
    return large or gazetteer.alpha3(city.countrycode) in near


def is_firm(tokens: list[Token]) -> bool:
    """Whether a word of a name says that it is an organisation's, or an apposition does ("a bank in Nagasaki")."""
    words = [token.lower_ for token in tokens if token.is_alpha]
    if any(word in FIRMS | _BODIES for word in words[1:]) or any(
        lexicon.of_kind(word, "organisation") for word in words
    ):
        return True
    return is_called_body(root(tokens))


def is_called_body(name: Token) -> bool:
    """Whether an apposition says that a name is a body's: "a bank in Nagasaki", "one of the largest coal companies"."""
    nouns = [child for child in name.children if child.dep_ == "appos"]
    nouns += [
        noun for one in nouns if one.lower_ == "one" for of in one.children if of.lower_ == "of" for noun in of.children
    ]
    return any(
        noun.pos_ == "NOUN"
        and lexicon.of_kind(noun.lower_, "organisation") is not None
        and lexicon.of_kind(noun.lower_, "person") is None
        for noun in nouns
    )


def bare_runs(casting: Casting) -> Iterator[Stretch]:
    """Capitalised runs of two words or three outside names and headlines."""
    for start, end in runs(casting, casting.taken):
        words = sum(token.is_alpha for token in casting.doc[start:end])
        if 2 <= words <= 3 and not is_headline(casting.doc[start].sent):
            yield start, end


def runs(casting: Casting, closed: Set[int]) -> Iterator[Stretch]:
    """Stretches of proper nouns with what joins them: "Jean-Max Bellerive", "Abdel Fattah al-Sisi"."""
    doc, start = casting.doc, None
    for i in range(len(doc) + 1):
        inside = i < len(doc) and i not in closed and (start is None or not doc[i].is_sent_start)
        if inside and _is_of_name(doc[i], first=start is None):
            start = i if start is None else start
        elif start is not None:
            end = i
            while end > start and not (doc[end - 1].is_alpha and not doc[end - 1].is_lower):
                end -= 1
            if end > start:
                yield start, end
            start = None


def _is_of_name(token: Token, *, first: bool) -> bool:
    if token.ent_type_ in _DATED:
        return False
    proper = token.pos_ == "PROPN" or (token.ent_type_ and token.pos_ in {"NOUN", "ADJ", "VERB"} and not token.is_stop)
    if proper and token.is_alpha and not token.is_lower:
        return True
    if first or token.i + 1 >= len(token.doc):
        return False
    joined = token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_
    return joined or (token.lower_ in PARTICLES and token.nbor(1).pos_ in {"PROPN", "PUNCT"})


def is_headline(sentence: Span) -> bool:
    """Whether nearly all words are capitalised, so that capitals tell nothing."""
    words = [token for token in sentence if token.is_alpha and len(token) > 3]
    if len(words) < 4 or sum(token.is_title or token.is_upper for token in words) * 10 < len(words) * 7:
        return False
    plain = [token for token in sentence if token.is_title and is_plain(token)]
    return any(token.i > sentence.start for token in plain)  # not "Angela Merkel met Emmanuel Macron"


def is_plain(token: Token) -> bool:
    """Whether a word is part of no name, whatever its label: "May" of "Korp May Be Leaving"."""
    verb = token.lower_ in _AUXILIARIES and token.i > 0
    return verb or (token.pos_ != "PROPN" and not token.ent_type_)


def after_title(casting: Casting, i: int) -> bool:
    """Whether a title that can only belong to a person stands right before token `i`."""
    if i == 0:
        return False
    before = casting.doc[i - 1]
    if before.lower_ in COURTESIES:
        return True
    words = rolewords.ending_at(casting.doc, i - 1)
    return words is not None and words.role.form == "office" and not words.plural and before.dep_ != "dobj"


def past_titles(casting: Casting, start: int, end: int, modifiers: Set[int]) -> int:
    """The first token of the name itself: nationality and titles before it left out."""
    at = start
    for i in range(start, end - 1):
        token = casting.doc[i]
        words = rolewords.ending_at(casting.doc, i)
        titled = words is not None and words.role.form != "body"
        titled = titled or (token.text == "M." and end - i == 2)  # "M. Duval", unlike "M. R. Duval"
        if token.text in {"-", "–"} and not token.whitespace_ and i > at:
            continue  # "Jean-Max", "al-Sisi"
        if titled or i in modifiers or token.lower_ in _BEFORE_NAMES | COURTESIES:
            at = i + 1
    return at


def is_name_word(token: Token) -> bool:
    return token.is_title or token.is_upper or token.lower_ in PARTICLES or (token.is_alpha and not token.is_lower)
