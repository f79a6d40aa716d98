"""Whether the name of a capital or a state stands for a government or for a place, by the grammar around it.

"Moscow said", "talks with Moscow", "pressure on Moscow": the government. "In Moscow", "strikes on Moscow", "flew to
Moscow", "Moscow's metro": the place. "Visited Moscow" is both: the city and its hosts.
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
    "in inside within across throughout near around round outside at through via above along beneath amid beyond past "
    "into off beside".split()
)
_HELD: Final = {
    "in": frozenset("trust confidence faith belief interest stake disappointment disappoint believe".split()),
    "at": frozenset("anger protest fury outrage frustration irritation aim direct angry furious dismay jab".split()),
    "into": frozenset("investigation inquiry probe".split()),
    "beyond": frozenset(),
}
"""By preposition, what is not where something is: "confidence in Kyiv", "protest at Kabul", "an inquiry into Iran"."""
MOTION: Final = frozenset(
    """arrive go travel fly come return head drive move flee march advance visit journey flight trip road route train
    bus way deport transfer evacuate bring send ship rush depart leave tour retreat withdraw walk sail escape
    migrate commute relocate deploy extradite export pilgrimage convoy distance kilometer kilometre mile invite
    embassy ambassador envoy enter extend stretch take carry report broadcast write clear crowd cordon banish
    airlift run ride hike crawl race speed hurry climb jog cycle ferry truck shuttle escort smuggle haul transport
    lead connect link close near next divert emigrate bound detour drift parade line highway motorway corridor path
    plane jet aircraft tanker boat lorry caravan motorcade tourist visitor migrant pilgrim returnee back home hail
    originate emerge exile expel away far set embark wander roam access coach cable pipeline""".split()
)
FORCE: Final = frozenset(
    "attack strike raid assault bombing shelling bombardment airstrike bomb shell fire march advance siege missile "
    "drone rocket offensive descend crackdown blast explosion invasion storm sweep fall rain snow land drop pour "
    "converge".split()
)
TAKEN: Final = frozenset(
    """attack bomb shell hit strike seize capture enter leave reach storm besiege liberate flee surround encircle
    occupy recapture overrun rock shake target blanket evacuate raid take defend approach cross bombard pound hold
    control patrol roam circle overlook ring loot burn pillage hammer pummel level flatten destroy devastate ravage
    rebuild wander explore batter quit exit traverse""".split()
)
VISITED: Final = frozenset("visit tour".split())
_CROSSED: Final = frozenset("leave enter flee cross reach traverse exit tour".split())
_GOING: Final = frozenset("visit trip travel fly arrive journey".split())
_POINTS: Final = frozenset("north south east west northeast northwest southeast southwest".split())
_PARTS: Final = frozenset(
    """capital city suburb outskirt street mayor centre center north south east west bombing siege fall liberation
    battle capture district airport university port sky neighborhood neighbourhood part edge border town village
    resident bishop archbishop museum treaty bank fence lawn gate entrance gateway roof wall garden step tower
    skyline square avenue boulevard bridge station hospital school church cathedral mosque temple synagogue palace
    hotel park zoo stadium market bazaar factory plant prison jail metro subway tram underground railway traffic
    population inhabitant citizen dweller commuter shopkeeper slum quarter block building apartment home house shop
    restaurant cafe café theatre theater airspace climate winter summer night pavement sidewalk courtyard basement
    downtown mainland interior coastline shore hinterland countryside north-east north-west south-east south-west
    northeast northwest southeast southwest""".split()
)
"""What a place has and a government does not."""
_LYING: Final = frozenset("lie sprawl swelter straddle".split())
_BEFALLEN: Final = frozenset(
    "plunge flood bury cover submerge drench black snow engulf shroud paralyse paralyze".split()
)
"""What happens to places: "was plunged into darkness"."""
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
    if sense not in {"state", "capital", "seat"}:
        return ACTOR
    token = _first_conjunct(token)
    head, relation = token.head, token.dep_
    if sense == "capital" and (_is_dateline(token) or _has_state_beside(token)):
        return PLACE
    if relation == "pobj":
        return _under_preposition(token, head, sense)
    if (before := _preposition_before(token)) is not None:
        return _under_preposition(token, before, sense)
    if relation in {"dobj", "nsubjpass"}:
        if head.lemma_ in VISITED:
            return BOTH
        return PLACE if head.lemma_ in (_CROSSED if sense == "state" else TAKEN | _BEFALLEN) else ACTOR
    if relation == "nsubj" and (head.lemma_ in _LYING or (sense != "state" and _is_described(head))):
        return PLACE
    if sense == "seat":
        return ACTOR
    if relation in {"appos", "npadvmod"} and head.pos_ == "PROPN" and head.ent_type_ in {"GPE", "LOC", "FAC"}:
        return PLACE
    if sense == "capital" and relation in {"compound", "nmod", "npadvmod"} and head.pos_ in {"NOUN", "PROPN", "VERB"}:
        return PLACE
    if sense == "capital" and relation == "poss" and head.lemma_.lower() in _PARTS | AREAS:
        return PLACE
    return ACTOR


def _is_described(verb: Token) -> bool:
    """Whether a verb says of its subject what can be said of a place alone: "Oslo is a city", "has two airports"."""
    return verb.lemma_ in {"be", "have"} and any(
        child.dep_ in {"attr", "dobj"} and child.lemma_.lower() in (_PARTS | AREAS | {"home", "kilometer", "mile"})
        for child in verb.children
    )


def _preposition_before(token: Token) -> Token | None:
    """The preposition right before a name that the parse gives to a verb behind: "a convoy to Kyiv carrying tents"."""
    if token.i == 0 or token.dep_ != "nsubj" or token.head.i < token.i:
        return None
    before = token.nbor(-1)
    return (
        before
        if before.dep_ == "prep" and not any(child.i > token.i and child != token.head for child in before.children)
        else None
    )


def _under_preposition(token: Token, preposition: Token, sense: Sense) -> Reading:
    word, governors = preposition.lower_, _governors(preposition)
    if word in _WHEREIN:
        return ACTOR if governors & _HELD.get(word, frozenset()) else PLACE
    if (word == "of" and governors & (_PARTS | AREAS | _POINTS)) or (word == "of" and preposition.head.lower_ == "out"):
        return PLACE
    if sense == "state":
        return BOTH if word == "to" and governors & _GOING else ACTOR
    if word in {"to", "from", "toward", "towards", "for", "between"}:
        return PLACE if governors & (MOTION | _PARTS) else ACTOR
    if word == "over" and preposition.i > 0 and preposition.nbor(-1).lower_ == "all":
        return PLACE
    if word in {"on", "upon", "against", "over", "of"}:
        return PLACE if governors & FORCE else ACTOR
    return ACTOR


def _governors(preposition: Token) -> set[str]:
    """What a preposition may hang on: its head, and the noun right before it, to which the parse may have lost it."""
    found = {preposition.head.lemma_.lower()}
    if preposition.i > 0 and preposition.nbor(-1).pos_ == "NOUN":
        found.add(preposition.nbor(-1).lemma_.lower())
    return found


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
