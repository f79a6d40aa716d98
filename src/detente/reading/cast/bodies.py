"""How well a definite noun suits an organisation ("the lender", "the rebel group"), and which state it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.reading.cast import metonymy, namewords, phrases
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.discourse import Discourse
from detente.reading.cast.rolewords import RoleWords
from detente.world import lexicon
from detente.world.registry import WORD, normal

if TYPE_CHECKING:
    from spacy.tokens import Token

CALLED: Final = 3.0
"""For an actor that the text has called by the noun, or in whose name it stands."""
NATION: Final = 1.5
"""For one of the nation that the noun names."""
UNTOLD: Final = 0.8
"""For one of whom the text has told no office or sort yet."""
_SORT: Final = 2.2
"""For a body of the sort that the noun names: a bank as "the lender"."""
_ELSE: Final = -0.8
"""For a body that is of another sort as far as its name tells."""
_TOLD_APART: Final = 1.0
"""More for one in whose name the noun's modifier stands too: "the appeals court"."""
_HIGHEST: Final = {"high": "supreme", "highest": "supreme", "top": "supreme"}
_STATES: Final = frozenset({"country", "nation", "republic"})
"""Nouns in the singular that mean the state spoken of, whatever its kind."""
_COMPASS: Final = frozenset("north south east west northeast northwest southeast southwest".split())
_BY_SECTOR: Final = {
    "PTY": "party",
    "REB": "armed",
    "PRM": "armed",
    "BUS": "business",
    "JRN": "media",
    "SOC": "civil",
    "CRM": "crime",
    "EDU": "education",
    "REL": "religion",
    "LAB": "labour",
    "COP": "police",
    "SPY": "spying",
}
"""The sort of body, as in nouns.csv, that a sector makes of an organisation."""
_AIRLINES: Final = frozenset({"airways", "airlines", "air"})
_RULING: Final = frozenset({"ruling party", "governing party"})
_LOOSE: Final = frozenset(
    """party rebels militia business media education labour religion civil-society crime judiciary""".split()
)
"""Institutions of which a text knows many: the noun means the one it has named."""


def suits(discourse: Discourse, token: Token, noun: str, words: RoleWords | None, draft: Draft) -> float | None:
    """How well a noun suits an organisation; None where it cannot be meant."""
    casting, named = discourse.casting, draft.id in discourse.named
    nation = phrases.nation(casting, token)
    if nation and draft.country and nation != draft.country:
        return None
    if phrases.is_owned(casting, token):
        return None
    if words is not None and words.role.phrase in _RULING and "OPP" in draft.sectors:
        return None
    score = NATION if nation and nation == draft.country else 0.0
    in_name = noun in names_of(casting, draft)
    called = bool({noun, token.lower_} & draft.nominals) or _phrase(token) in draft.nominals
    if called and not named and _is_other_sort(words, draft):
        return None
    if in_name or called:
        return score + CALLED + _TOLD_APART * _is_told_apart(casting, token, draft)
    if words is not None and words.role.institution and words.role.institution not in _LOOSE:
        return None  # "the army", "the parliament": a state's own
    body = lexicon.of_kind(noun, "organisation")
    if body is None:
        return None
    wanted = body.sorts | {_BY_SECTOR[words.role.sector]} if words and words.role.sector in _BY_SECTOR else body.sorts
    sorts = sorts_of(casting, draft)
    if not named and draft.acts_for is not None:
        return None  # a state's own body without a name is called by what it is
    if wanted & sorts:
        return score + _SORT
    if not named:
        return None  # "China's public" is no party
    if sorts and body.sorts:
        return score + _ELSE
    return score + UNTOLD if draft.acts_for is None or not wanted else None


def _is_other_sort(words: RoleWords | None, draft: Draft) -> bool:
    """Whether a role of two words or a junta is none of what a state's own body without a name is called: a "task
    force" is no army though the army is a force."""
    phrase = words.role.phrase if words is not None else ""
    own = " " in phrase or phrase in {"junta", "administration"}
    return draft.acts_for is not None and own and phrase not in draft.nominals


def _is_told_apart(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether what modifies a noun is part of the name of a body: "the high court" is the Supreme Court."""
    before = {child.lower_ for child in token.children if child.dep_ in {"amod", "compound", "nmod"}}
    return bool((before | {_HIGHEST.get(word, word) for word in before}) & names_of(casting, draft))


def state(discourse: Discourse, token: Token, noun: str) -> str | None:
    """The state that "the country" or "the kingdom" is: of the states of that kind, the most present."""
    plain = not any(child.dep_ in {"compound", "prep", "poss"} or _compares(child) for child in token.children)
    plain = plain and not _is_part(token)
    kinds = lexicon.of_kind(noun, "state")
    if kinds is not None and (told := _told_apart(discourse.casting, token)) is not None:
        return told or None
    described = any(child.dep_ == "amod" for child in token.children)  # "the oil-rich state"; "the state" may be Ohio
    means_one = noun in _STATES or (noun == "state" and described)
    if kinds is None or not (plain or kinds.sorts) or not (means_one or kinds.sorts):
        return None
    codes = frozenset(code for sort in kinds.sorts for code in lexicon.states_of(sort))
    out = phrases.nearby(discourse.casting, token)
    if token.dep_ == "dobj" and token.head.lemma_ in metonymy.VISITED:
        # who visits "the country" comes from another
        out |= {code for actor in out if (code := discourse.casting.drafts[actor].acts_for)}
    states = [d for d in discourse.present(token, frozenset({"state"})) if d.id not in out]
    return next((d.id for d in states if not kinds.sorts or d.country in codes), None)


def _told_apart(casting: Casting, token: Token) -> str | None:
    """The state of which "of" or a possessor tells, empty where it tells of none: "the kingdom of Morocco", "his
    country"; None where neither stands there."""
    for child in token.children:
        of = [noun for noun in child.children if noun.dep_ == "pobj"] if child.lower_ == "of" else []
        for noun in of:
            return phrases.state_at(casting, noun) or ""
        if child.dep_ == "poss" and child.tag_ in {"PRP$", "WP$"}:
            countries = {casting.drafts[actor].country for actor in casting.heads.get(child.i, ())}
            state = casting.registry.states.get(next(iter(countries)) or "") if len(countries) == 1 else None
            return casting.enter(state).id if state is not None and token.lower_ in _STATES else ""
    return None


def _is_part(noun: Token) -> bool:
    """Whether it is told which part of a country is meant: "the country south of the river"."""
    after = noun.doc[noun.i + 1 : noun.i + 3]
    return len(after) == 2 and after[0].lower_ in _COMPASS and after[1].lower_ == "of"


def _compares(modifier: Token) -> bool:
    """Whether a modifier tells one state from another: "the smaller country", "the other nation"."""
    return modifier.dep_ == "amod" and (
        modifier.tag_ in {"JJR", "JJS"} or modifier.lower_ in {"other", "same", "whole"}
    )


def names_of(casting: Casting, draft: Draft) -> frozenset[str]:
    """The words of the names that an actor has here and in the registry, each also in the singular."""
    names = [draft.name, *(casting.text[start:end] for start, end in draft.mentions if casting.text[start].isupper())]
    words = {normal(word) for name in names for word in WORD.findall(name)}
    return frozenset(words | {lexicon.singular(word) for word in words})


def sorts_of(casting: Casting, draft: Draft) -> frozenset[str]:
    """The sorts of body that an organisation is of, by its names, by what it is called and by its sector."""
    found = {_BY_SECTOR[sector] for sector in draft.sectors if sector in _BY_SECTOR}
    for word in names_of(casting, draft) | draft.nominals:
        noun = lexicon.of_kind(word, "organisation")
        found |= noun.sorts if noun is not None else set()
        found |= {"airline"} if word in _AIRLINES else {"business"} if word in namewords.FIRMS else set()
    if draft.country in {"IGO", "EUR"}:
        found.add("bloc")
    return frozenset(found)


def _phrase(token: Token) -> str:
    """The noun with the noun before it: "world body"."""
    before = token.nbor(-1).lower_ if token.i else ""
    return f"{before} {token.lower_}"
