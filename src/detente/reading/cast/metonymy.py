"""Whether the name of a capital or a state stands for a government or for a place, by the grammar around it.

"Moscow said", "talks with Moscow", "pressure on Moscow": the government. "In Moscow", "strikes on Moscow", "flew to
Moscow", "Moscow's metro": the place. "Visited Moscow" is both: the city and its hosts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from detente.language import datelines
from detente.reading.cast import rolewords
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
    "in": frozenset(
        "trust confidence faith belief interest stake disappointment disappoint believe "
        "invest investment meddle meddling interfere interference".split()
    ),
    "at": frozenset(
        "anger protest fury outrage frustration irritation aim direct angry furious dismay jab "
        "lash rail swipe dig barb criticism gibe jibe rage accusation sneer scoff".split()
    ),
    "into": frozenset("investigation inquiry probe".split()),
    "beyond": frozenset(),
}
"""By preposition, what is not where something is: "confidence in Kyiv", "protest at Kabul", "an inquiry into Iran"."""
MOTION: Final = frozenset(
    """arrive go travel fly come return head drive move flee march advance visit journey flight trip road route
    train bus way deport transfer evacuate bring send ship rush depart leave tour retreat withdraw walk sail
    escape migrate commute relocate deploy extradite export pilgrimage convoy distance kilometer kilometre
    mile invite embassy ambassador envoy enter extend stretch take carry report broadcast write clear crowd
    cordon banish airlift run ride hike crawl race speed hurry climb jog cycle ferry truck shuttle escort
    smuggle haul transport lead connect link close near next divert emigrate bound detour drift parade line
    highway motorway corridor path plane jet aircraft tanker boat lorry caravan motorcade tourist visitor
    migrant pilgrim returnee back home hail originate emerge exile expel away far set embark wander roam
    access coach cable pipeline bind departure arrival exodus evacuation delivery shipment cargo passenger
    steam taxi swim trek trade_route resettle repatriate slip sneak tow transit""".split()
)
FORCE: Final = frozenset(
    "attack strike raid assault bombing shelling bombardment airstrike bomb shell fire march advance siege missile "
    "drone rocket offensive descend crackdown blast explosion invasion storm sweep fall rain snow land drop pour "
    "converge".split()
)
TAKEN: Final = frozenset(
    """attack bomb shell hit strike seize capture enter leave reach storm besiege liberate flee surround encircle
    occupy recapture overrun rock shake target blanket evacuate raid take defend approach cross bombard pound
    hold control patrol roam circle overlook ring loot burn pillage hammer pummel level flatten destroy
    devastate ravage rebuild wander explore batter quit exit traverse seal cordon link connect pick""".split()
)
VISITED: Final = frozenset("visit tour".split())
_POSTS: Final = frozenset("embassy consulate mission".split())
_OPENING: Final = frozenset("open reopen inaugurate establish close shut shutter evacuate".split())
_COMING: Final = frozenset("arrive land touch".split())
_BLOWS: Final = frozenset("bombing siege".split())
_CROSSED: Final = frozenset("""leave enter flee cross reach traverse exit tour link connect""".split())
_GOING: Final = frozenset("visit trip travel fly arrive journey".split())
_POINTS: Final = frozenset("north south east west northeast northwest southeast southwest".split())
_PARTS: Final = frozenset(
    """capital city suburb outskirt street mayor centre center north south east west bombing siege fall
    liberation battle capture district airport university port sky neighborhood neighbourhood part edge border
    town village resident bishop archbishop museum treaty bank fence lawn gate entrance gateway roof wall
    garden step tower skyline square avenue boulevard bridge station hospital school church cathedral mosque
    temple synagogue palace hotel park zoo stadium market bazaar factory plant prison jail metro subway tram
    underground railway traffic population inhabitant citizen dweller commuter shopkeeper slum quarter block
    building apartment home house shop restaurant cafe café theatre theater airspace climate winter summer
    night pavement sidewalk courtyard basement downtown mainland interior coastline shore hinterland
    countryside north-east north-west south-east south-west northeast northwest southeast southwest air tree
    water weather temperature mountain lake glacier forest desert plain steppe highland jungle island farm
    field monument statue canal pier dock harbour harbor soil heartland marathon festival crater volcano reef
    vineyard""".split()
)
"""What a place has and a government does not."""
_OWNED: Final = frozenset(
    """government regime leadership policy ally demand decision criticism critic fear view position behalf
    influence part side envoy refusal consent help request threat accusation recognition control orbit hand
    friend opponent enemy foe approval distrust suspicion intention supporter support backing backer proxy
    client partner rival ambassador official leader stance claim charge plan aim goal offer proposal army
    force troop grip rule diplomat foreign behest word promise role interest power might wrath favour favor
    blessing attitude tone response reply readiness will wish pressure mercy service patience trust minister
    apology answer explanation guarantee pledge reparation compensation assurance
    president representative message letter call signal note order delegation agent spy""".split()
)
"""What a government has and a city does not: "the policy of Moscow"."""
_ABSTRACT: Final = ("tion", "sion", "ment", "ance", "ence", "ism", "ship", "ness", "ity", "acy", "cy", "ure", "al")
_WEATHER: Final = frozenset(
    """fog smog snow storm flood rain quake earthquake typhoon hurricane cyclone dust heatwave heat blackout cold wind
    hail sandstorm smoke tsunami wildfire fire floodwater downpour blizzard ash""".split()
)
_STRETCHING: Final = frozenset("run stretch extend flow pipeline cable river border lead spread".split())
_SHARES: Final = frozenset(
    "half third quarter fifth tenth most much swath swathe chunk percent part rest bulk portion stretch all "
    "corner".split()
)
_CARRIED: Final = frozenset("truck ferry haul smuggle transport airlift cross migrate trek wade".split())
_ARGUED: Final = frozenset(
    "criticise criticize condemn clash argue quarrel differ worry prevail triumph win attack accuse challenge "
    "rebuke sue fight disagree press confront sanction".split()
)
"""Verbs whose "over" names what it is about: "clashed over Kyiv"."""
_UNDERGONE: Final = frozenset(
    """have see suffer share sit face remain contain include belong become need lack experience undergo house abut
    adjoin produce boast celebrate gain separate consist number""".split()
)
"""Verbs of what a land has or undergoes and no government does."""
_QUARTERS: Final = frozenset(
    "central eastern western northern southern downtown inner uptown south-eastern north-eastern".split()
)
_UNITS: Final = frozenset("yard metre meter mile kilometre kilometer km block step".split())
_TRADED: Final = frozenset(
    """import export good product purchase oil gas coal steel grain wheat beef food supply weapon arm missile
    rocket drone jet helicopter warship rice corn maize barley vaccine
    fighter soldier fund money aid cash loan vaccine electricity energy fuel uranium chip medicine medication flour
    tonne ton shipment consignment cargo equipment tent blanket fertiliser fertilizer ventilator oxygen""".split()
)
"""What a state sends, and is meant by: "banned imports from Canada", "missiles from Iran"."""
_ESTRANGED: Final = frozenset("turn distance break split shift decouple drift".split())
_LYING: Final = frozenset(
    """lie sprawl swelter straddle sink wake awake awaken freeze bake choke tremble slumber""".split()
)
_BEFALLEN: Final = frozenset(
    """plunge flood bury cover submerge drench black snow engulf shroud paralyse paralyze build found lay design
    populate inhabit evacuate""".split()
)
"""What happens to places: "was plunged into darkness"."""
AREAS: Final = frozenset(
    "region province oblast city town village district area territory peninsula border strip coast resort island "
    "capital state county suburb outskirt part north south east west center centre neighborhood neighbourhood camp "
    "port valley side sector zone front enclave exclave municipality governorate prefecture republic heights airport "
    "base street frontier portion swath stretch bank plant settlement shore waters square".split()
)
"""Nouns that name a place together with the name beside them: "the Donbas region", "the city of Sochi"."""
_LOCAL: Final = _PARTS | AREAS
_SETTINGS: Final = _LOCAL | {"home", "tremor", "quake"}
_WHOLES: Final = _LOCAL | _POINTS | _SHARES


def read(token: Token, sense: Sense) -> Reading:
    """How the name headed by `token` is used, given that it is a state's, a capital's or a seat's."""
    if sense not in {"state", "capital", "seat"}:
        return ACTOR
    reading = _by_place(token, sense)
    return BOTH if sense == "state" and not reading.actor and _does_something(token) else reading


def _does_something(place: Token) -> bool:
    """Whether a clause behind the name of a state tells what it did: "fled into Chad, which closed its border"."""
    for verb in place.children:
        if verb.dep_ == "relcl" and verb.pos_ == "VERB" and verb.lemma_ not in _UNDERGONE | _STRETCHING | _LYING:
            return any(child.lower_ == "which" and child.dep_ == "nsubj" for child in verb.children)
    return False


def _by_place(token: Token, sense: Sense) -> Reading:
    """How a name is used by where it stands."""
    token = _first_conjunct(token)
    head, relation = token.head, token.dep_
    if datelines.is_place_in(token) or (sense == "capital" and _has_state_beside(token)):
        return PLACE
    if _is_set_beside(token) or _is_part_of_town(token, sense):
        return PLACE
    if _opens_headline(token):
        return PLACE if token.nbor(1).lower_.removesuffix("s") in _LYING else ACTOR
    if relation == "pobj":
        return _under_preposition(token, head, sense)
    if (before := _preposition_before(token)) is not None:
        return _under_preposition(token, before, sense)
    if relation in {"dobj", "nsubjpass"}:
        if head.lemma_ in VISITED or (sense == "state" and head.lemma_ in _CROSSED):
            return BOTH
        if sense != "state" and (head.lemma_ in TAKEN or head.lemma_ in _BEFALLEN):
            return PLACE
        by_weather = any(c.dep_ == "nsubj" and c.lemma_.lower() in _WEATHER for c in head.children)
        return PLACE if by_weather and sense != "state" else ACTOR
    lies = head.lemma_ in _LYING and not any(child.dep_ == "dobj" for child in head.children)  # "Kenya froze aid"
    if relation == "nsubj" and (lies or _is_described(head, sense)):
        return PLACE
    if relation == "poss" and head.lemma_.lower() in _LOCAL:
        return PLACE
    if sense == "seat":
        return ACTOR
    if relation in {"appos", "npadvmod"} and head.pos_ == "PROPN" and head.ent_type_ in {"GPE", "LOC", "FAC"}:
        return PLACE
    if sense == "capital" and relation in {"compound", "nmod", "npadvmod"} and head.pos_ in {"NOUN", "PROPN", "VERB"}:
        return PLACE
    return ACTOR


def _is_described(verb: Token, sense: Sense) -> bool:
    """Whether a verb says of its subject what can be said of a place alone: "Oslo is a city", "fell quiet"."""
    if verb.lemma_ in {"fall", "go", "grow"} and any(child.dep_ == "acomp" for child in verb.children):
        return sense != "state"
    parts = {"home"} if sense == "state" else _SETTINGS
    return verb.lemma_ in {"be", "have", "feel"} and any(
        child.dep_ in {"attr", "dobj"} and child.lemma_.lower() in parts for child in verb.children
    )


def _is_set_beside(token: Token) -> bool:
    """Whether an apposition says that a name is a place's: "Kabul, a city of five million", "Salta, 800 km away"."""
    return any(
        child.dep_ in {"appos", "npadvmod"}
        and child.i > token.i
        and (child.lemma_.lower() in {"city", "town", "port"} or _is_measure(child))
        for child in token.children
    )


def _is_part_of_town(token: Token, sense: Sense) -> bool:
    """Whether only a place can be so: "central Jakarta", "Paris, where"; of states, "northern Mali" is a region."""
    return sense != "state" and any(
        child.lower_ in _QUARTERS or (child.dep_ == "relcl" and any(c.lower_ == "where" for c in child.children))
        for child in token.children
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
    word, governors, noun = preposition.lower_, _governors(preposition), _noun_before(preposition)
    if sense == "seat" and word in {"at", "in"} and rolewords.ending_at(noun.doc, noun.i) is not None:
        return ACTOR  # "Advisers at the White House".
    if sense == "capital" and word in {"in", "to"} and _is_visit(preposition.head):
        return BOTH
    if word == "in" and (_is_posted(preposition, noun) or (sense == "state" and governors & _COMING)):
        return BOTH
    if word in _WHEREIN:
        return ACTOR if governors & _HELD.get(word, frozenset()) else PLACE
    if word == "of" and (governors & _WHOLES or preposition.head.lower_ == "out"):
        struck = preposition.head.lower_ == "out" or preposition.head.lemma_ in _BLOWS
        return BOTH if sense == "state" and struck else PLACE
    if word == "from" and governors & _ESTRANGED:
        return ACTOR
    if sense == "state":
        if word == "from" and _is_thing(preposition.head) and preposition.head.lemma_.lower() not in _TRADED:
            return PLACE
        if word in {"from", "to"} and governors & (_STRETCHING | _CARRIED):
            return PLACE
        return BOTH if word == "to" and governors & _GOING else ACTOR
    if word == "of":
        return PLACE if governors & FORCE or _is_thing(noun) else ACTOR
    if word in {"to", "from", "toward", "towards", "for", "between"}:
        if noun.lemma_.lower() in MOTION | _PARTS or _is_measure(noun):
            return PLACE
        if noun.pos_ == "NOUN" and not _is_thing(noun):
            return ACTOR  # "Brought a message from Lima".
        return PLACE if governors & (MOTION | _STRETCHING) else ACTOR
    if word == "over":
        return PLACE if preposition.head.pos_ == "VERB" and not governors & _ARGUED else ACTOR
    if word in {"on", "upon", "against"}:
        return PLACE if governors & FORCE else ACTOR
    return ACTOR


def _is_visit(verb: Token) -> bool:
    """Whether somebody with an office goes somewhere: "the minister flew to Kyiv", not "the tourists flew to Kyiv"."""
    if verb.lemma_ not in _GOING | {"land", "jet", "head"} or verb.pos_ != "VERB":
        return False
    ones = [child for child in verb.children if child.dep_ == "nsubj" and child.tag_ not in {"NNS", "NNPS"}]
    # also by a title or an apposition: "Prime Minister Duarte flew to", "Duarte, the premier, flew to"
    ones += [child for one in ones for child in one.children if child.dep_ in {"compound", "appos"}]
    return any(rolewords.ending_at(one.doc, one.i) is not None for one in ones)


def _is_posted(preposition: Token, noun: Token) -> bool:
    """Whether a state's post in another is opened or closed: "opened its embassy in Kyiv"."""
    return noun.lemma_.lower() in _POSTS and noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_ in _OPENING


def _is_thing(noun: Token) -> bool:
    """Whether a noun is something of stone and people rather than of policy: "the rooftops of Ankara"."""
    lemma = noun.lemma_.lower()
    if noun.tag_ not in {"NN", "NNS"} or lemma in _OWNED or lemma.endswith(_ABSTRACT):
        return False
    return not (noun.tag_ == "NN" and lemma.endswith("ing"))


def _is_measure(noun: Token) -> bool:
    """Whether a noun is a distance: "100 metres from the palace"."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (lemma in _UNITS or any(child.dep_ == "nummod" for child in noun.children))


def _opens_headline(token: Token) -> bool:
    """Whether a name begins a line In Words With Capitals and the next is a verb: "Tokyo Protests Over Islands"."""
    if not (token.is_sent_start or token.i == 0) or token.i + 2 >= len(token.doc):
        return False
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    verb = token.nbor(1)
    return len(words) > 3 and all(t.text[0].isupper() for t in words) and verb.is_title and verb.text.endswith("s")


def _governors(preposition: Token) -> set[str]:
    """What a preposition may hang on: its head, and the noun right before it, to which the parse may have lost it."""
    found = {preposition.head.lemma_.lower(), _noun_before(preposition).lemma_.lower()}
    if preposition.head.pos_ == "ADV":
        found.add(preposition.head.head.lemma_.lower())  # "turned away from"
    return found


def _noun_before(preposition: Token) -> Token:
    """The noun right before a preposition, else what it hangs on."""
    if preposition.i > 0 and preposition.nbor(-1).pos_ == "NOUN":
        return preposition.nbor(-1)
    return preposition.head


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token


def _has_state_beside(token: Token) -> bool:
    """ "Paris, Texas", "Moscow, Russia": spelt out like that, a city is a place."""
    return any(child.dep_ in {"appos", "npadvmod"} and child.ent_type_ == "GPE" for child in token.children)
