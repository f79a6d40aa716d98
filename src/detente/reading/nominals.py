"""Actors that a text names by what they are: "Russian officials", "Chad's government", "the Ukrainian president".

Also what titles and appositions say of named people: role, sector, country and for whom they act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language.grammar import conjuncts
from detente.reading import rolewords
from detente.reading.casting import Casting, Draft
from detente.reading.rolewords import RoleWords
from detente.world.registry import Entry, government, slug

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFYING: Final = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "advmod", "dep"})
_FORMER: Final = frozenset({"former", "ex", "ex-", "late", "erstwhile", "ousted", "deposed", "outgoing-"})
_OTHER: Final = frozenset(
    {"next", "new", "future", "potential", "possible", "first-ever", "would-be", "previous", "any"}
)
_STATE_BODIES: Final = frozenset(
    "government foreign-ministry defence-ministry interior-ministry finance-ministry health-ministry justice-ministry "
    "information-ministry trade-ministry electoral-commission security-council armed-forces police intelligence "
    "parliament central-bank opposition embassy".split()
)
"""Institutions of which a state has one: the same id whatever the text calls them."""
_ACTING: Final = frozenset({"GOV", "MIL", "COP", "SPY"})
"""Sectors whose people speak and act for their state."""
_ARMED: Final = frozenset({"REB", "PRM", "UAF"})


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Whose they are: a state, an organisation, a person or a group, as an actor of the cast or a registry entry."""

    id: str
    name: str
    country: str | None
    kind: str
    adjective: str
    """As the text modifies with it ("Russian"), for the name of a group."""


def find(casting: Casting) -> None:
    """Enter the nominal actors, and complete the named people by their titles and appositions."""
    i = len(casting.doc) - 1
    found: list[RoleWords] = []
    while i >= 0:
        words = None if i in casting.taken else rolewords.ending_at(casting.doc, i)
        if words is not None:
            found.append(words)
            i = words.start
        i -= 1
    for words in reversed(found):
        _enter(casting, words)


def _enter(casting: Casting, words: RoleWords) -> None:
    token = casting.doc[words.end]
    person = _bearer(casting, words)
    affiliations = list(_affiliations(casting, words))
    if person is not None:
        _describe(casting, casting.drafts[person], words, affiliations)
        if token.dep_ not in {"compound", "nmod", "amod"}:
            casting.heads.setdefault(token.i, (person,))
        return
    if token.dep_ in {"compound", "nmod", "amod"} and words.role.form != "body":
        return
    actors = tuple(dict.fromkeys(_actors(casting, words, affiliations)))
    if actors:
        start, end = _extent(casting, words)
        casting.mention(token.i, actors, start, end)


def _bearer(casting: Casting, words: RoleWords) -> str | None:
    """The named person whose title, apposition or predicate the role is."""
    token = casting.doc[words.end]
    if words.plural or words.role.form == "body":
        return None
    if words.end + 1 < len(casting.doc) and (person := _person_at(casting, words.end + 1)):
        return person
    for child in token.children:
        if child.dep_ == "appos" and (person := _person_at(casting, child.i)):
            return person
    head = token.head
    if token.dep_ in {"appos", "conj"}:
        at = token
        while at.dep_ == "conj" and at.head.pos_ in {"NOUN", "PROPN"}:
            at = at.head
        if at.dep_ == "appos" and (person := _person_at(casting, at.head.i)):
            return person
        if at is not token and (ids := casting.heads.get(at.i)) and ids[0] in casting.drafts:
            draft = casting.drafts[ids[0]]
            return draft.id if draft.kind == "person" and draft.roles and at.dep_ == "compound" else None
    if token.dep_ == "attr" and head.lemma_ in {"be", "become", "remain"} and not _is_negated(head):
        for child in head.children:
            if child.dep_ == "nsubj" and (person := _person_at(casting, child.i)):
                return person
    return None


def _person_at(casting: Casting, i: int) -> str | None:
    ids = casting.heads.get(i)
    if ids and len(ids) == 1 and casting.drafts[ids[0]].kind == "person" and i in casting.taken:
        return ids[0]
    return None


def _is_negated(verb: Token) -> bool:
    return any(child.dep_ in {"neg", "aux"} and child.lower_ not in {"has", "had", "have"} for child in verb.children)


def _affiliations(casting: Casting, words: RoleWords) -> Iterator[Affiliation]:
    """Whose the role is: by adjectives, compounds, possessors, and "of", "for", "from" after it."""
    token = casting.doc[words.end]
    anchors = [token]
    if token.dep_ in {"compound", "nmod", "amod"} or (token.head.i > token.i and token.head.i in casting.taken):
        anchors.append(token.head)
    seen: set[str] = set()
    for anchor in anchors:
        for child in anchor.children:
            if child.dep_ in _MODIFYING and child.i <= words.end:
                for member in conjuncts(child):
                    for found in _named_by(casting, member, words):
                        if found.id not in seen:
                            seen.add(found.id)
                            yield found
        if seen:
            return
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "from", "in", "at", "with"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    for member in conjuncts(noun):
                        for found in _named_by(casting, member, words, place=True):
                            if found.id not in seen:
                                seen.add(found.id)
                                yield found


def _named_by(casting: Casting, token: Token, words: RoleWords, *, place: bool = False) -> Iterator[Affiliation]:
    """What a modifier names: a registry entry, or an actor found before ("government spokesman", "Trump's lawyer")."""
    if words.start <= token.i <= words.end and token.i not in casting.modifiers:
        token_is_role = token.i in casting.heads
        if not token_is_role:
            return
    entries = casting.modifiers.get(token.i, ())
    for entry in entries:
        yield Affiliation(
            _affiliation_id(casting, entry), entry.name, entry.country, entry.kind, _adjective(casting, token)
        )
    if not entries and token.i in casting.heads:
        for actor in casting.heads[token.i]:
            draft = casting.drafts[actor]
            yield Affiliation(draft.id, draft.name, draft.country, draft.kind, token.text)
    if not entries and token.i not in casting.heads and not place:
        # "Egyptian state-run newspapers": a modifier may itself be modified.
        for child in token.children:
            if child.dep_ in _MODIFYING and child.i in casting.modifiers:
                yield from _named_by(casting, child, words)


def _affiliation_id(casting: Casting, entry: Entry) -> str:
    if entry.sense == "region":
        return f"place:{slug(entry.name)}"
    return casting.enter(entry).id


def _adjective(casting: Casting, token: Token) -> str:
    start, end = casting.spans.get(token.i, (token.idx, token.idx + len(token)))
    return casting.text[start:end]


def _describe(casting: Casting, draft: Draft, words: RoleWords, affiliations: list[Affiliation]) -> None:
    """Add to a person what a title or apposition says."""
    token = casting.doc[words.end]
    start, end = _extent(casting, words)
    phrase = " ".join(casting.text[start:end].split())
    if phrase not in draft.roles:
        draft.roles.append(phrase)
    draft.nominals.add(words.role.phrase.rsplit(" ", 1)[-1])
    draft.gender = draft.gender or {"male": "m", "female": "f"}.get(words.role.gender)
    former = _has_modifier(casting, words, _FORMER)
    for affiliation in affiliations[:1]:
        draft.country = draft.country or affiliation.country
    if draft.country is None and words.role.sector in {"GOV", "MIL", "LEG"} and words.role.form == "office":
        draft.country = _country_around(casting, token)
    if draft.settled:
        return
    if former:
        draft.add_sectors("ELI")
        return
    sector = words.role.sector
    principal = affiliations[0] if affiliations else None
    if words.role.institution == "spokesperson" or not sector:
        _speak_for(casting, draft, principal)
        return
    draft.add_sectors(sector)
    if sector in _ACTING:
        casting.act_for(draft, _principal(casting, principal) if principal else _state(casting, draft.country))


def _speak_for(casting: Casting, draft: Draft, principal: Affiliation | None) -> None:
    """A spokesman is of the sector of whom he speaks for."""
    if principal is None:
        state = _state(casting, draft.country)
        if state:
            draft.add_sectors("GOV")
            casting.act_for(draft, state)
        return
    if principal.kind == "state":
        draft.add_sectors("GOV")
        casting.act_for(draft, _principal(casting, principal))
    elif principal.id in casting.drafts:
        of = casting.drafts[principal.id]
        draft.add_sectors(*of.sectors)
        casting.act_for(draft, of.id if of.kind == "organisation" else of.acts_for)


def _principal(casting: Casting, affiliation: Affiliation) -> str | None:
    """Whom somebody of this affiliation acts for: the state or organisation itself, a person's principal."""
    draft = casting.drafts.get(affiliation.id)
    if draft is None or draft.kind == "group":
        return None
    return draft.acts_for if draft.kind == "person" else draft.id


def _state(casting: Casting, country: str | None) -> str | None:
    entry = casting.registry.states.get(country or "")
    return casting.enter(entry).id if entry is not None else None


def _actors(casting: Casting, words: RoleWords, affiliations: list[Affiliation]) -> Iterator[str]:
    """The actors that an unnamed role stands for, one for each affiliation."""
    generic = not words.role.sector and words.role.institution != "spokesperson"
    if not affiliations:
        if generic or not _stands_alone(casting, words):
            return
        token = casting.doc[words.end]
        country = _country_around(casting, token) if words.role.institution in _STATE_BODIES else None
        state = casting.registry.states.get(country or "")
        if state is None:
            yield _unaffiliated(casting, words)
            return
        affiliations = [Affiliation(casting.enter(state).id, state.name, country, "state", "")]
    for affiliation in affiliations:
        if generic and affiliation.kind in {"person"}:
            continue
        yield _affiliated(casting, words, affiliation)


def _stands_alone(casting: Casting, words: RoleWords) -> bool:
    """Whether a role without affiliation can be an actor at all: not one that the text only describes."""
    token = casting.doc[words.end]
    if token.pos_ == "ADJ" or token.dep_ in {"attr", "acomp"}:
        return False
    definite = any(child.dep_ == "det" and child.lower_ in {"the", "this", "that"} for child in token.children)
    return not (words.role.form == "office" and not words.plural and definite)


def _unaffiliated(casting: Casting, words: RoleWords) -> str:
    role = words.role
    if role.form == "body":
        draft = casting.add(f"org:{slug(role.phrase)}", role.phrase.capitalize(), "organisation", None)
    elif words.plural:
        name = _plural_name(casting, words)
        draft = casting.add(f"group:{slug(name)}", name.capitalize(), "group", None)
    else:
        draft = casting.add(f"person:{slug(role.phrase)}", role.phrase.capitalize(), "person", None)
    _dress(draft, words)
    return draft.id


def _affiliated(casting: Casting, words: RoleWords, of: Affiliation) -> str:
    role, sector = words.role, words.role.sector
    armed = of.id in casting.drafts and bool(set(casting.drafts[of.id].sectors) & _ARMED or of.country == "IMG")
    if (
        armed
        and of.kind == "organisation"
        and (words.plural or role.form == "body")
        and sector in {"MIL", "PRM", "REB"}
    ):
        return of.id
    if of.kind == "state" and role.form == "office" and not words.plural:
        holder = _holder(casting, words, of)
        if holder is not None:
            return holder
    whose = of.name if of.kind != "group" else of.adjective
    if of.kind == "person" and role.institution == "government":
        state = casting.registry.states.get(of.country or "")
        if state is not None:
            return casting.enter(government(state)).id
    if role.form == "body" or (role.institution in {"armed-forces", "police"} and of.kind == "state"):
        what = role.institution if role.institution in _STATE_BODIES else role.phrase
        name = f"{what.replace('-', ' ').capitalize()} of {whose}"
        actor_id = f"org:{slug(what)}-of-{slug(whose)}"
        draft = casting.add(actor_id, name, "organisation", of.country)
    elif words.plural:
        name = f"{of.adjective or of.name} {_plural_name(casting, words)}".strip()
        draft = casting.add(f"group:{slug(_plural_name(casting, words))}-of-{slug(whose)}", name, "group", of.country)
    else:
        name = f"{role.phrase.capitalize()} of {whose}"
        draft = casting.add(f"person:{slug(role.phrase)}-of-{slug(whose)}", name, "person", of.country)
    _dress(draft, words)
    if role.institution == "spokesperson":
        _speak_for(casting, draft, of)
    elif sector in _ACTING or (role.form == "body" and sector in {"JUD", "LEG"}):
        casting.act_for(draft, _principal(casting, of))
    return draft.id


def _holder(casting: Casting, words: RoleWords, of: Affiliation) -> str | None:
    """The person who holds a state's office on the day of the text, where the registry knows."""
    if not words.role.institution or of.country is None or _has_modifier(casting, words, _FORMER | _OTHER):
        return None
    token = casting.doc[words.end]
    if any(child.dep_ == "det" and child.lower_ in {"a", "an", "any", "no", "every"} for child in token.children):
        return None
    entry = casting.registry.holder(of.country, words.role.institution, casting.on)
    return casting.enter(entry).id if entry is not None else None


def _dress(draft: Draft, words: RoleWords) -> None:
    """Give an unnamed actor the sector and the nouns of its role."""
    draft.add_sectors(words.role.sector)
    draft.nominals.add(words.role.phrase.rsplit(" ", 1)[-1])
    draft.gender = draft.gender or {"male": "m", "female": "f"}.get(words.role.gender)


def _plural_name(casting: Casting, words: RoleWords) -> str:
    tokens = casting.doc[words.start : words.end + 1]
    text = casting.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])]
    return text if text.isupper() else text[:1].lower() + text[1:]


def _has_modifier(casting: Casting, words: RoleWords, wanted: frozenset[str]) -> bool:
    token = casting.doc[words.end]
    near = {casting.doc[i].lower_ for i in range(max(0, words.start - 3), words.start)}
    return bool(wanted & near) or any(child.lower_ in wanted for child in token.children if child.i < token.i)


def _extent(casting: Casting, words: RoleWords) -> tuple[int, int]:
    """The offsets of the phrase: the modifiers that name its affiliation, and the role words; no article."""
    token = casting.doc[words.end]
    start = words.start
    for child in token.children:
        if child.i < start and child.dep_ in {"amod", "compound", "nmod", "poss"} and child.pos_ != "PRON":
            leftmost = child.left_edge.i
            while leftmost < child.i and casting.doc[leftmost].pos_ in {"DET", "PUNCT"}:
                leftmost += 1
            start = min(start, leftmost)
    return casting.doc[start].idx, token.idx + len(token)


def _country_around(casting: Casting, token: Token) -> str | None:
    """The one state that the sentence around a stateless office or institution is about, else the text so far."""
    for sentence_only in (True, False):
        seen: dict[str, int] = {}
        for i, entries in casting.modifiers.items():
            if i > token.i + 40 or (sentence_only and casting.doc[i].sent != token.sent):
                continue
            for entry in entries:
                if entry.country in casting.registry.states and entry.sense != "region":
                    seen[entry.country] = seen.get(entry.country, 0) + 1
        if seen:
            best = max(seen, key=lambda country: seen[country])
            if seen[best] * 5 >= sum(seen.values()) * 3:
                return best
    return None
