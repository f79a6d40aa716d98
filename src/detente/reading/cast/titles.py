"""What a text says of the people it names: titles, appositions, predicates, and whom they lead.

"Finnish Foreign Minister Elina Valtonen", "Dmitry Peskov, the Kremlin spokesman", "Moussa Faki, who chairs the African
Union Commission", "Hamas's Ismail Haniyeh": country, sector, role and whom they act for hold for the whole text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.language.grammar import conjuncts
from detente.reading.cast import affiliations, home_state, rolewords
from detente.reading.cast.affiliations import Affiliation, extent
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.rolewords import RoleWords
from detente.world import tables

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEADING: Final = frozenset({"chair", "head", "lead", "run", "direct", "command", "oversee", "govern", "rule"})
_SPEAKING_FOR: Final = frozenset({"represent", "speak", "negotiate"})
_NATIONAL: Final = frozenset({"GOV", "MIL", "LEG", "OPP", "COP"})
_COPULAS: Final = frozenset({"be", "become", "remain"})
_PAST: Final = frozenset({"have", "has", "had", "'s", "’s"})


def bearer(casting: Casting, words: RoleWords) -> str | None:
    """The named person whose title, apposition or predicate the role is."""
    token = casting.doc[words.head]
    if words.plural or words.role.form in {"body", "equipment"}:
        return None
    if words.end + 1 < len(casting.doc) and (person := _named(casting, words.end + 1)):
        return person
    for inner in () if rolewords.is_of_another(token) else token.subtree:
        # The parse often hangs the name on the last noun: "the governor of the region, Oleg Chemezov".
        # A name has no other name in apposition: "an attorney for Korp, Ana Duarte".
        hung = not _named(casting, inner.head.i) or (inner.head.dep_ == "pobj" and inner.head.head.head == token)
        after = inner.dep_ == "appos" and inner.i > token.i and hung
        if after and (person := _named(casting, inner.i)):
            return person
    at = token
    while at.dep_ == "conj" and at.head.pos_ in {"NOUN", "PROPN"}:
        at = at.head
    if at.dep_ == "appos" and (person := _named(casting, at.head.i)):
        return person
    if at != token and words.end - at.i <= 4 and at.i + 1 not in casting.taken and _named(casting, at.head.i):
        return _named(casting, at.head.i)
    if token.dep_ == "attr" and token.head.lemma_ in _COPULAS and not _is_unreal(token.head):
        for child in token.head.children:
            if child.dep_ == "nsubj" and (person := _named(casting, child.i)):
                return person
    return None


def is_quoted_of(casting: Casting, person: str, token: Token) -> bool:
    """Whether a quotation begins between the name of a person and what somebody calls him: called Korp "a criminal"."""
    named = (i for i in range(token.i - 1, token.sent.start - 1, -1) if casting.heads.get(i) == (person,))
    name = next(named, None)
    return name is not None and any(t.is_quote for t in token.doc[name + 1 : token.i])


def of_several(casting: Casting, words: RoleWords) -> bool:
    """Whether a title in the plural stands before the names of several people, who are called so from then on."""
    after = words.end + 1
    if not words.plural or words.role.form != "office" or after >= len(casting.doc) or not _named(casting, after):
        return False
    token = casting.doc[words.head]
    if token.dep_ not in {"compound", "nmod"} and not token.text[0].isupper():
        return False
    first = casting.doc[after]
    while first.dep_ == "compound" and first.head.i in casting.taken:
        first = first.head
    for name in conjuncts(first):
        person = _named(casting, name.i)
        if person is not None:
            draft = casting.drafts[person]
            draft.nominals |= rolewords.called(words.role)
            for state in grammar.objects_of(name, "of"):
                _belong(casting, draft, state)
            if not draft.settled:
                affiliations.employ(casting, draft, words.role, None)
    return True


def describe(casting: Casting, draft: Draft, words: RoleWords, whose: list[Affiliation]) -> None:
    """Add to a named person what a title, apposition or predicate says."""
    role = words.role
    start, end = extent(casting, words)
    phrase = " ".join(casting.text[start:end].split())
    if phrase not in draft.roles:
        draft.roles.append(phrase)
    draft.nominals |= rolewords.called(role)
    draft.gender = draft.gender or affiliations.GENDERS.get(role.gender)
    principal = whose[0] if whose else None
    if draft.country is None and principal is not None:
        draft.country = principal.country
    national = role.sector in _NATIONAL or (role.institution == "spokesperson" and _is_official(casting, words))
    if any(child.lower_ == "of" and child.dep_ == "prep" for child in casting.doc[words.head].children):
        casting.stateless[draft.id] = None  # "the commander of the force": of whom is told, known or not
    elif draft.country is None and role.form == "office" and national:
        casting.stateless.setdefault(draft.id, role)
    if draft.settled:
        if not _is_back_in_office(casting, draft, words):
            return
        draft.sectors.clear()
    if affiliations.is_former(casting, words):
        draft.add_sectors("ELI")
    else:
        affiliations.employ(casting, draft, role, principal)


def _is_back_in_office(casting: Casting, draft: Draft, words: RoleWords) -> bool:
    """Whether a text gives somebody who has left all offices on record another one: "the Russian envoy, Korp"; the
    title of one that he has held may be a courtesy."""
    role = words.role
    if draft.sectors != ["ELI"] or role.form != "office" or role.sector not in affiliations.ACTING:
        return False
    known = [tables.roles()[t.office] for t in casting.registry.career(draft.id) if t.office in tables.roles()]
    held = {noun for office in known for noun in rolewords.called(office)}
    return not rolewords.called(role) & held and not affiliations.is_former_or_other(casting, words)


def settle(casting: Casting) -> None:
    """Let those whose titles name no state be of the one state of which the text speaks, if it is one."""
    country = home_state.only(casting)
    for person, role in casting.stateless.items():
        draft = casting.drafts.get(person)
        if draft is not None and role is not None and draft.country is None and country is not None:
            draft.country = country
            if not draft.settled and "ELI" not in draft.sectors:
                affiliations.employ(casting, draft, role, None)


def complete(casting: Casting) -> None:
    """Describe again those whose title hangs on a pronoun, now that it is resolved: "his spokesman, Ana Duarte"."""
    for person, words in casting.pending:
        whose = list(affiliations.find(casting, words))
        if whose:
            describe(casting, casting.drafts[person], words, whose)
        if words.role.institution == "counterpart":
            _equal(casting, casting.drafts[person], casting.doc[words.head])


def _equal(casting: Casting, draft: Draft, noun: Token) -> None:
    """Let somebody who is another's counterpart be of the same sector, and act for his own state as that one does."""
    owners = [a for c in noun.children if c.dep_ == "poss" for a in casting.heads.get(c.i, ())]
    if len(owners) != 1 or draft.settled or draft.sectors or draft.country is None:
        return
    owner = casting.drafts[owners[0]]
    if owner.kind == "person" and {"GOV", "MIL"} & {*owner.sectors}:
        draft.add_sectors(*owner.sectors)
        if owner.acts_for == owner.country:
            casting.act_for(draft, draft.country)


def lead(casting: Casting) -> None:
    """Complete the named people by relative clauses ("who chairs …") and by possessors ("Hamas's …")."""
    for i in sorted(casting.taken):
        person = _named(casting, i)
        if person is None or i not in casting.spans:
            continue
        draft, token = casting.drafts[person], casting.doc[i]
        _crown(casting, draft, casting.spans[i][0])
        first = token
        while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
            first = first.head
        if first.dep_ == "nsubj" and first.head.lemma_ in _SPEAKING_FOR:
            _join(casting, draft, _represented(casting, first.head))
        for child in token.children:
            if child.dep_ == "relcl" and child.lemma_ in _LEADING:
                for led in (g for g in child.children if g.dep_ == "dobj"):
                    _join(casting, draft, casting.heads.get(led.i, ()))
                    start, end = child.idx, led.right_edge.idx + len(led.right_edge)
                    phrase = casting.text[start:end]
                    if draft.acts_for and phrase not in draft.roles and len(phrase) < 80:
                        draft.roles.append(phrase)
            elif child.dep_ == "relcl" and child.lemma_ in _SPEAKING_FOR:
                _join(casting, draft, _represented(casting, child))
            elif child.dep_ in {"poss", "amod", "nmod", "compound"} and child.i not in casting.spans.keys() & {i}:
                for member in conjuncts(child):
                    _belong(casting, draft, member)
            elif child.dep_ == "prep" and child.lower_ == "of":
                for noun in (g for g in child.children if g.dep_ == "pobj"):
                    _belong(casting, draft, noun)


def _represented(casting: Casting, verb: Token) -> tuple[str, ...]:
    """For whom one speaks: "represents Chad in the talks", "speaks for Chad"; nobody where there are several."""
    things = [child for child in verb.children if child.dep_ == "dobj"] if verb.lemma_ == "represent" else []
    things = things or grammar.objects_of(verb, "for")
    found = {actor for thing in things for actor in casting.heads.get(thing.i, ())}
    return tuple(found) if len(found) == 1 else ()


def _is_official(casting: Casting, words: RoleWords) -> bool:
    """Whether a state's body stands before the role, whose state the text does not repeat: "ministry spokesman"."""
    if words.start == 0:
        return False
    body = rolewords.ending_at(casting.doc, words.start - 1)
    return body is not None and body.role.form == "body" and body.role.sector in {"GOV", "MIL", "COP"}


def _crown(casting: Casting, draft: Draft, start: int) -> None:
    """Let a title that is part of the name count as one: "King Abdullah II"."""
    first = casting.doc.char_span(start, start + 1, alignment_mode="expand")
    words = rolewords.ending_at(casting.doc, first.start) if first is not None else None
    if words is not None and words.role.form == "office" and not draft.settled:
        affiliations.employ(casting, draft, words.role, None)


def _join(casting: Casting, draft: Draft, led: tuple[str, ...]) -> None:
    """Let a person act for the organisation or state that it leads."""
    for actor in led:
        of = casting.drafts[actor]
        if of.kind in {"organisation", "state"}:
            draft.country = draft.country or of.country
            if not draft.settled:
                draft.add_sectors(*(of.sectors or ["GOV"] * (of.kind == "state")))
                casting.act_for(draft, of.id)


def _belong(casting: Casting, draft: Draft, token: Token) -> None:
    """Let a person be of the state or organisation that modifies the name."""
    for entry in casting.modifiers.get(token.i, ()):
        draft.country = draft.country or entry.country
        if entry.sense in {"organisation", "seat"} and not draft.settled and not draft.sectors:
            _join(casting, draft, (casting.enter(entry).id,))


def _named(casting: Casting, i: int) -> str | None:
    """The person whose name the token `i` belongs to."""
    ids = casting.heads.get(i)
    if ids and len(ids) == 1 and i in casting.taken and casting.drafts[ids[0]].kind == "person":
        return ids[0]
    return None


def _is_unreal(verb: Token) -> bool:
    """Whether a predicate is denied or only possible: "is not", "would be", "could become"."""
    return any(child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ not in _PAST) for child in verb.children)
