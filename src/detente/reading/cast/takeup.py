"""Whom a definite noun takes up: "the former general", "the Democratic senator", "the lender", "the kingdom".

The actors that the noun can stand for are ranked by what the text has called them, by their nation, sector and sort of
body, and by how present they are; what contradicts the noun (another nation, another gender, another office) rules an
actor out. A definite noun that suits nobody is somebody new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.reading.cast import affiliations, befallen, bodies, epithets, metonymy, namewords, phrases, rolewords
from detente.reading.cast.bodies import CALLED, NATION, UNTOLD
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.discourse import Discourse
from detente.reading.cast.rolewords import RoleWords
from detente.world import lexicon, tables

if TYPE_CHECKING:
    from spacy.tokens import Token

_SECTOR: Final = 0.8
"""For one of the sector of the noun's role."""
_OTHER: Final = -2.5
"""For one who has another office."""
_OF_ANOTHER: Final = -0.6
"""For one of another sector than a title is of: no officer is soon called "the secretary-general"."""
_ALSO_ONCE: Final = -1.5
"""The same where the noun is of a former office."""
_PRESENCE: Final = 0.45
"""What an actor's presence counts for beside what the noun says."""
_MOST: Final = 2.2
"""What being present can count for at most: the noun itself must suit."""
_ENOUGH: Final = 0.8
_ALONE: Final = 0.7
"""What is enough for the only one that suits."""
_ACROSS: Final = frozenset(
    "rival opponent counterpart adversary foe challenger competitor host guest interlocutor".split()
)
"""What somebody is to another of whom the text speaks."""
_POLITICAL: Final = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})
"""Sectors of politicians, who may be called by the nouns of any of them."""
_SORT: Final = 2.0
"""For one whose trade the noun names."""
_SPOUSES: Final = frozenset({"husband", "wife"})
_SPOUSE: Final = 2.0
"""For one of the same surname as "her husband"."""
_SOVEREIGN: Final = frozenset("pope pontiff queen king emperor empress sultan shah tsar emir amir".split())
"""Titles that mean one whom everybody knows, named or not."""
_LEADERS: Final = frozenset({"leader", "ruler", "strongman", "chief"})
_HEADS: Final = ("head-of-state", "head-of-government")
_LEADS: Final = 3.5
"""For who is at the head of the state whose leader is spoken of, beside others of its nation: a commander of rebels."""
_FORMER: Final = frozenset({"former", "ex", "deposed", "ousted"})
_BELOW: Final = frozenset({"deputy", "vice", "assistant", "under"})
"""First words of the titles of those who stand under somebody."""
_HUMAN: Final = frozenset({"person"})
_BODY: Final = frozenset({"organisation"})


def taken_up(discourse: Discourse, token: Token, words: RoleWords | None) -> tuple[str, ...]:
    """The actor that a definite noun in the singular takes up, none where nobody suits."""
    casting, noun = discourse.casting, lexicon.singular(token.lower_)
    if same := _apposed(casting, token, noun):
        return same
    if token.dep_ in {"compound", "nmod"} and (bearer := _person_at(casting, token.head)):
        return bearer  # "the politician Ana Duarte": it is her title
    if noun in metonymy.AREAS and token.dep_ == "pobj" and namewords.is_place_under(token.head):
        return ()  # "went back to the front"
    if state := bodies.state(discourse, token, noun):
        return (state,)
    if any((c.dep_ == "relcl" and not phrases.is_set_off(c)) or c.tag_ == "JJS" for c in token.children):
        return ()  # "the network that he sold", "the highest bidder": told apart by what the phrase says
    if any(inner.tag_ == "JJS" for c in token.children if c.lower_ == "with" for inner in c.subtree):
        return ()  # "the newspaper with the largest circulation"
    fits = _fits(discourse, token, noun, words)
    scores = {
        actor: fit + min(_MOST, _PRESENCE * discourse.presence((actor,), token))
        for actor, fit in fits.items()
        if fit is not None
    }
    best = max(scores, key=lambda actor: (scores[actor], actor), default=None)
    least = _ENOUGH if sum(score > 0 for score in scores.values()) > 1 else _ALONE
    return (best,) if best is not None and scores[best] >= least else ()


def _fits(discourse: Discourse, token: Token, noun: str, words: RoleWords | None) -> dict[str, float | None]:
    """How well a noun suits each actor of the kinds that it can stand for, by the language or by its role."""
    casting = discourse.casting
    out = phrases.nearby(casting, token)
    listed = noun in lexicon.nouns()
    fits: dict[str, float | None] = {}
    if lexicon.of_kind(noun, "person") or (words is not None and is_somebodys(words) and not listed):
        people = discourse.all_before(token, _HUMAN)
        fits |= {d.id: _person(discourse, token, noun, words, d) for d in people if d.id not in out}
    if lexicon.of_kind(noun, "organisation") or (words is not None and words.role.form == "body" and not listed):
        found = discourse.all_before(token, _BODY)
        fits |= {d.id: bodies.suits(discourse, token, noun, words, d) for d in found if d.id not in out}
    return fits


def of_age(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The person whom an age takes up: "the 76-year-old"."""
    if token.lower_ != "old" or token.i < 3 or token.nbor(-2).lower_ != "year" or token.dep_ == "amod":
        return ()
    if not any(child.lower_ == "the" for child in token.subtree):
        return ()
    out = phrases.nearby(discourse.casting, token)
    people = [d for d in discourse.present(token, _HUMAN) if d.id not in out]
    return (people[0].id,) if people else ()


def of_nation(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The people whom a word for their nation takes up: "the Ethiopian", "the two Canadians"."""
    casting = discourse.casting
    if token.i not in casting.modifiers:
        return ()
    before = phrases.determiners(token)
    if "two" in before and (pair := _partisans(discourse, token)):
        return pair
    if "the" not in before or not token.text[0].isupper() or token.dep_ in {"compound", "amod", "nmod"}:
        return ()
    entry = next((e for e in casting.modifiers.get(token.i, ()) if e.kind == "state"), None)
    many = entry is not None and entry.sense == "people" and token.lower_.endswith("s")  # "the Finns", whatever its tag
    one = not many and token.tag_ in {"NN", "NNP", "JJ"} and not token.lower_.endswith(("ese", "sh", "ch", "ss"))
    if entry is None or entry.sense not in {"adjective", "people"} or not (one or "two" in before):
        return ()
    people = [d for d in discourse.present(token, _HUMAN) if d.country in {entry.country, None}]
    if "two" in before:
        pairs = [key for key in discourse.sets(token) if len(key) == 2 and {*key} <= {d.id for d in people}]
        return max(pairs, key=lambda key: (discourse.presence(key, token), key), default=())
    out = phrases.nearby(casting, token)
    likely = sorted((d for d in people if d.id not in out), key=lambda d: d.country is None)
    return (likely[0].id,) if likely else ()


def _partisans(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The pair of people that "the two Democrats" are."""
    entries = discourse.casting.modifiers.get(token.i, ())
    if token.tag_ not in {"NNS", "NNPS"} or not any(epithets.party(entry) for entry in entries):
        return ()
    people = {draft.id for draft in discourse.present(token, _HUMAN)}
    pairs = [key for key in discourse.sets(token) if len(key) == 2 and {*key} <= people]
    return max(pairs, key=lambda key: (discourse.presence(key, token), key), default=())


def _person_at(casting: Casting, name: Token) -> tuple[str, ...]:
    """The person whose name a token is of."""
    ids = casting.heads.get(name.i, ()) if name.i in casting.taken else ()
    return ids if any(casting.drafts[actor].kind == "person" for actor in ids) else ()


def is_somebodys(words: RoleWords) -> bool:
    """Whether a role is a person's: "senator", unlike "state" and "side"."""
    return words.role.form == "office" or (words.role.form == "member" and bool(words.role.sector))


def _apposed(casting: Casting, token: Token, noun: str) -> tuple[str, ...]:
    """The person or the body beside whose name the noun stands: "Sangay Ngedup, the loser", "the newspaper Tempo"."""
    kinds = {kind for kind in ("person", "organisation") if lexicon.of_kind(noun, kind) is not None}
    if not kinds:
        return ()
    names = [token.head] if token.dep_ == "appos" else []
    if token.dep_ in {"compound", "nmod"} and "organisation" in kinds and token.head.i > token.i:
        names.append(token.head)
    if not rolewords.is_of_another(token):
        names += [child for child in token.children if child.dep_ == "appos" and child.i in casting.spans]
    for name in names:
        ids = casting.heads.get(name.i, ())
        if len(ids) == 1 and name.i in casting.taken and casting.drafts[ids[0]].kind in kinds:
            return ids
    return ()


def _person(discourse: Discourse, token: Token, noun: str, words: RoleWords | None, draft: Draft) -> float | None:
    """How well a noun suits a person; None where it cannot be meant."""
    casting = discourse.casting
    nation = phrases.nation(casting, token)
    if nation and draft.country and nation != draft.country:
        return None
    if _is_of_other_gender(noun, words, draft) or not _is_of_party(casting, token, draft):
        return None
    if not _may_be_of(casting, token, draft):
        return None
    modifiers = {child.lower_ for child in token.subtree if child.i < token.i} - {"the"}
    nouns = _nouns(token, noun, words)
    if noun in _SPOUSES:
        return _SPOUSE if _is_spouse(casting, token, draft) else (CALLED if noun in draft.nominals else None)
    if words is not None and words.role.form == "office" and _is_of_another_state(casting, token, draft):
        return None
    if phrases.is_owned(casting, token) and not nouns & draft.nominals:
        if discourse.goes_on(token, draft.id):
            return UNTOLD  # "…," Korp's lawyer said, after a sentence of which he was the subject
        across = noun in _ACROSS and draft.id not in phrases.owners(casting, token)
        return UNTOLD if across and not any(c.dep_ in {"amod", "prep"} for c in token.children) else None
    if modifiers & _FORMER and nouns & _in_office(casting, draft):
        return None
    score = NATION if nation and nation == draft.country else 0.0
    if befallen.tells_of(casting, token, draft):
        return score + CALLED
    if nouns & draft.nominals or modifiers & draft.nominals:
        return score + CALLED
    if epithets.is_trade(noun, draft):
        return score + _SORT
    if noun in {"neighbour", "neighbor"}:
        return None  # a state, if anybody
    if noun in _SOVEREIGN or (words is not None and {*words.role.phrase.split()} & _SOVEREIGN):
        return None  # nobody need be told who the pope is
    if nation and noun in _LEADERS and _is_at_head(casting, nation, draft):
        score += _LEADS
    told = bool(draft.nominals) or draft.settled
    if nation and draft.country is None and (told or discourse.last_away((draft.id,), token) > 1):
        return None  # a singer is not "the British ambassador", nor of whom nothing is told that of later on
    return score + _uncalled(words, draft, former=bool(modifiers & _FORMER))


def _nouns(token: Token, noun: str, words: RoleWords | None) -> set[str]:
    """What somebody has been called by of whom a noun is said; a deputy has not been called by his chief's title."""
    phrase = words.role.phrase.replace("-", " ") if words is not None else noun
    below = next((child.lower_ for child in token.children if child.i < token.i and child.lower_ in _BELOW), None)
    if below is not None or phrase.split()[0] in _BELOW - {noun}:
        return {phrase if below is None or phrase.startswith(below) else f"{below} {phrase}"}
    if words is None:
        return {noun}
    alone = " " not in phrase and "-" not in words.role.phrase  # a secretary-general is no general
    return {*rolewords.names(words.role), *([noun] if alone else [])}


def _is_of_another_state(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether an office is under somebody whose state is another: "Korp had written to Pinto, his minister said"."""
    owners = [casting.drafts[owner] for owner in phrases.owners(casting, token)]
    countries = {owner.country for owner in owners if owner.kind == "person"} - {None}
    return draft.country is not None and bool(countries) and draft.country not in countries


def _may_be_of(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether a person may be of the body or people that a noun names, as far as it is told for whom he acts: "the NATO
    commander", "the Basque negotiator"."""
    whose = {
        actor
        for child in token.children
        if child.i < token.i and child.dep_ in {"amod", "compound", "nmod"}
        for actor in casting.heads.get(child.i, ())
        if casting.drafts[actor].kind in {"organisation", "group"} and child.i in casting.taken
    }
    others = {casting.drafts[actor].country for actor in whose} - {None}
    known = draft.acts_for is not None or draft.settled
    return not whose or not known or draft.acts_for in whose or draft.country in others


def _is_at_head(casting: Casting, nation: str, draft: Draft) -> bool:
    """Whether a person is the president or the head of the government of a state on the day of the text."""
    holders = (casting.registry.holder(nation, office, casting.on) for office in _HEADS)
    return any(holder is not None and holder.id == draft.id for holder in holders)


def _is_spouse(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether somebody has the surname of the one whose husband or wife is spoken of."""
    names = [casting.drafts[owner].name.split() for owner in phrases.owners(casting, token)]
    return any(name[-1:] == draft.name.split()[-1:] and name != draft.name.split() for name in names)


def _uncalled(words: RoleWords | None, draft: Draft, *, former: bool) -> float:
    """How well the role of a noun suits a person whom the text has not called by it; of former ones one may have had
    several."""
    sectors = {*draft.sectors} | (_POLITICAL if _POLITICAL & {*draft.sectors} else set())
    sector = words.role.sector if words is not None else ""
    score = _SECTOR if sector in sectors else 0.0
    if not draft.nominals and not draft.settled:
        return score + UNTOLD
    specific = words is not None and any(rolewords.is_specific(name) for name in rolewords.names(words.role))
    if specific and (draft.settled or any(rolewords.is_specific(called) for called in draft.nominals)):
        return score + (_ALSO_ONCE if former else _OTHER)
    if sector and sectors and sector not in sectors:
        return score + (_OF_ANOTHER if specific else UNTOLD / 4)
    return score + UNTOLD / 2


def _is_of_other_gender(noun: str, words: RoleWords | None, draft: Draft) -> bool:
    known = lexicon.of_kind(noun, "person")
    gender = (known.gender if known else None) or (affiliations.GENDERS.get(words.role.gender) if words else None)
    return gender is not None and draft.gender is not None and gender != draft.gender


def _in_office(casting: Casting, draft: Draft) -> set[str]:
    """What a person is called by the offices of the day, as far as the registry knows them."""
    terms = casting.registry.terms_of(draft.id, casting.on) if casting.on is not None else []
    roles = tables.roles()
    return {noun for term in terms if term.office in roles for noun in rolewords.called(roles[term.office])}


def _is_of_party(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether a person may be of the party that a noun names: "the Democratic senator"."""
    parties = {
        party
        for child in token.subtree
        if child.i < token.i
        for entry in casting.modifiers.get(child.i, ())
        if (party := epithets.party(entry))
    }
    known = {called for called in draft.nominals if called.startswith("org:")}
    return not parties or not known or bool(parties & known)
