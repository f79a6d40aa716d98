"""Whose soldiers are of whom the text does not say whose they are: those of the state that sends them, else nobody's.

"Kenya sent troops", "Kenya was quiet; troops patrolled the capital" tell it; "Kenya and Chad agree that the last
soldiers leave" does not, and soldiers of the wrong side are worse than soldiers of none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS, antecedent, conjuncts, surface_subject
from detente.reading.cast import affiliations
from detente.reading.cast.affiliations import Affiliation
from detente.reading.cast.casting import Casting
from detente.reading.cast.rolewords import RoleWords

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_THE_STATE: Final = frozenset(
    "government army armed security border defence defense guard command staff chiefs military navy air".split()
)
"""Words of roles that are the state's own: "government troops", "the security forces"."""
_UNITS: Final = frozenset("battalion brigade regiment garrison infantry fleet".split())
_SENDING: Final = frozenset(
    """add airlift amass base bring commit concentrate contribute deploy dispatch evacuate field keep lend lose mass
    mobilise mobilize move offer order pledge post provide pull recall redeploy remove rotate send station
    withdraw""".split()
)
"""What is done with one's own soldiers."""
_OF_OTHERS: Final = frozenset("foreign allied enemy opposing hostile multinational international friendly".split())


def are_men(words: RoleWords) -> bool:
    """Whether a role of the armed forces is that of some men or of a unit, and not of the whole."""
    phrase = words.role.phrase.split()
    return (words.plural or phrase[-1] in _UNITS) and not _OF_THE_STATE & {*phrase}


def of_men(casting: Casting, words: RoleWords) -> list[Affiliation]:
    """The state that sends them, else the only one that the sentence and the one before it name."""
    token = casting.doc[words.head]
    codes = senders(casting, token)
    if codes:
        return [affiliations.to_state(casting, casting.registry.states[code]) for code in codes]
    code = None
    if not any(child.lower_ in _OF_OTHERS for child in token.children):
        start = casting.doc[token.sent.start - 1].sent.start if token.sent.start else 0
        near = range(start, token.sent.end)
        named = {casting.countries[i] for i in near if i in casting.countries}
        states = named | {casting.grounds[i] for i in near if i in casting.grounds}
        code = states.pop() if len(states) == 1 else None
    state = casting.registry.states.get(code or "")
    return [affiliations.to_state(casting, state)] if state is not None else []


def senders(casting: Casting, token: Token) -> list[str]:
    """The states of those who send, keep or withdraw them: "Chad and Mali massed troops"."""
    if any(child.lower_ == "whose" for child in token.children):
        owner = next(child for child in token.children if child.lower_ == "whose")
        return _states_of(casting, antecedent(owner))  # "France, whose troops"
    at = token
    while at.dep_ in {"pobj", "prep", "conj"} and at.head.pos_ not in VERBS:
        at = at.head  # "a battalion of soldiers"
    verb = at.head
    if at.dep_ != "dobj" or verb.lemma_ not in _SENDING:
        return []
    subject = surface_subject(verb)
    if subject is None:
        return []
    return _states_of(casting, *([subject] if verb.dep_ == "relcl" else conjuncts(subject)))


def _states_of(casting: Casting, *nouns: Token) -> list[str]:
    """The states that nouns name, none where one of them names none."""
    found = {_state_of(casting, noun): None for noun in nouns}
    codes = [code for code in found if code is not None and code in casting.registry.states]
    return codes if len(codes) == len(found) else []


def _state_of(casting: Casting, noun: Token) -> str | None:
    """The state that a noun names, or that whom it names is of."""
    if noun.i in casting.countries:
        return casting.countries[noun.i]
    countries = {casting.drafts[actor].country for actor in casting.heads.get(noun.i, ())}
    return countries.pop() if len(countries) == 1 else None
