"""Of which state a text speaks: whose an office or an institution is that names no state."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from detente.language import datelines
from detente.reading.cast.casting import Casting
from detente.reading.cast.discourse import clause_subject
from detente.world import lexicon
from detente.world.registry import Entry
from detente.world.tables import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_RECENT: Final = 1000
"""Tokens before an office in which its state is looked for."""
_FADING: Final = 0.8
"""What a state counts for with every sentence that it was named before."""
_UNIT: Final = 1000
_OPENING: Final = 30
"""Tokens at the beginning of a text among which its dateline stands."""
HOUSES: Final = {
    "congress": "congress",
    "member of congress": "congress",
    "congressman": "congress",
    "congresswoman": "congress",
    "senate": "senate",
    "senator": "senate",
}
"""Houses that few states have and their members, with the kind of state in state-kinds.csv."""
_GOING: Final = frozenset("visit trip journey tour flight travel go fly come return arrive leave depart".split())


def around(casting: Casting, token: Token) -> Entry | None:
    """The one state that acts in the sentence around a stateless office or institution, else the one on whose
    ground the sentence is, else the same of the text before."""
    return casting.registry.states.get(_country_around(casting, token) or "")


def _country_around(casting: Casting, token: Token) -> str | None:
    """The country code of the state that is `around`."""
    sentence = token.sent
    acting, ground = Counter[str](), Counter[str]()
    for i in range(sentence.start, sentence.end):
        if _is_goal(casting.doc[i]):
            continue
        if i in casting.countries:
            acting[casting.countries[i]] += presence(casting.doc[i])
        elif i in casting.grounds:
            ground[casting.grounds[i]] += 1
    if (told := _of_doer(casting, token)) is not None:
        return told
    home = _dateline(casting)
    if home is not None and not any(
        casting.countries.get(i, home) != home and casting.doc[i].dep_ not in {"amod", "compound"}
        for i in range(sentence.start, sentence.end)
    ):
        return home  # "LONDON — An Argentine plane hit the ship, the ministry said"
    earlier, before = Counter[str](), Counter[str]()
    worth = 1.0
    for i in range(token.i - 1, max(0, token.i - _RECENT) - 1, -1):
        if i in casting.countries:
            earlier[casting.countries[i]] += round(presence(casting.doc[i]) * worth * _UNIT)
        elif i in casting.grounds:
            before[casting.grounds[i]] += round(worth * _UNIT)
        worth *= _FADING if casting.doc[i].is_sent_start else 1.0
    for counts in (acting, ground, earlier, before):
        if counts:
            best, count = counts.most_common(1)[0]
            if count * 5 >= counts.total() * 3:
                return best
    return None


def _of_doer(casting: Casting, token: Token) -> str | None:
    """The state that the subject of its clause is of, where that is somebody of a state's: "the Libyan leader told
    state television"."""
    doer = clause_subject(token)
    if doer is None or not any(casting.drafts[a].kind == "person" for a in casting.heads.get(doer.i, ())):
        return None
    of = {casting.countries[c.i] for c in doer.children if c.i in casting.countries and c.dep_ in {"amod", "poss"}}
    return of.pop() if len(of) == 1 else None


def _dateline(casting: Casting) -> str | None:
    """The state from whose capital a report comes: the ministry of which it speaks by no state's name is of there."""
    for token in casting.doc[:_OPENING]:
        entries = casting.modifiers.get(token.i, ())
        if any(entry.sense == "capital" for entry in entries) and datelines.is_place_in(token):
            return entries[0].country
    return None


def with_house(casting: Casting, role: Role) -> Entry | None:
    """Whose a congress or a senate is that names no state: of the states of which the text speaks the one that has it.

    It is nobody's where two have one.
    """
    having = lexicon.states_of(HOUSES[role.phrase])
    spoken = {*casting.countries.values(), *casting.grounds.values()}
    spoken |= {draft.country for draft in casting.drafts.values() if draft.country is not None and draft.mentions}
    states = spoken & having
    return casting.registry.states.get(states.pop()) if len(states) == 1 else None


def _is_goal(place: Token) -> bool:
    """Whether somebody goes to a place or comes from it: "the government put off his visit to Chad" is not Chad's."""
    if place.dep_ != "pobj" or place.head.lower_ not in {"to", "into", "from"}:
        return False
    return place.head.head.lemma_.lower() in _GOING


def only(casting: Casting) -> str | None:
    """The state of which a text speaks, if it is one: "Prime Minister Ana Duarte" is of that.

    Of two states the nearer one is a guess, and who speaks for the wrong state is worse than who speaks for none.
    """
    states = {*casting.countries.values(), *casting.grounds.values()}
    return states.pop() if len(states) == 1 else None


def presence(token: Token) -> int:
    """How much a mention counts: who does something is more present than whom or what it is done to."""
    return 2 if token.dep_ in {"nsubj", "nsubjpass"} else 1
