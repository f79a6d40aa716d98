"""Actors that a text names by what they are: "Russian officials", "Chad's government", "the Ukrainian president"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.reading.cast import affiliations, agency, home_state, role_senses, rolewords, sides, titles
from detente.reading.cast.affiliations import Affiliation, extent
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.rolewords import RoleWords
from detente.records import ActorKind
from detente.world import lexicon
from detente.world.registry import Entry, slug

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS: Final = frozenset({"civil-society", "business", "media", "party", "rebels", "militia", "crime", "labour"})
"""Institutions whose name stands before what they are: "the Tanaka company"."""
_INDEFINITE: Final = frozenset({"a", "an", "any", "no", "every", "some", "another", "one"})
PAIRED: Final = frozenset({"both", "two"})
_UNOWNED: Final = frozenset({"junta", "regime"})


def find(casting: Casting) -> None:
    """Enter the unnamed actors, and complete the named people by their titles and appositions."""
    for words in role_senses.find(casting):
        if titles.of_several(casting, words):
            continue  # "Presidents Duarte and Korp"
        whose = list(affiliations.find(casting, words))
        person = titles.bearer(casting, words)
        token = casting.doc[words.head]
        if person is not None:
            if not titles.is_quoted_of(casting, person, token):
                titles.describe(casting, casting.drafts[person], words, whose)
            if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in token.children):
                casting.pending.append((person, words))
            if token.dep_ not in rolewords.MODIFIERS:
                casting.heads.setdefault(token.i, (person,))
        elif (body := _named_body(casting, words)) is not None:
            _describe_body(casting.drafts[body], words, whose)
            casting.mention(token.i, (body,), *extent(casting, words))
        elif agency.can_act(casting, words, whose) and not _is_deferred(casting, words, whose):
            actors = tuple(dict.fromkeys(_actors(casting, words, whose)))
            if actors:
                casting.mention(token.i, actors, *extent(casting, words))
    titles.lead(casting)
    titles.settle(casting)


def _named_body(casting: Casting, words: RoleWords) -> str | None:
    """The organisation at whose name the role says what it is: "the Russian news agency Tass", "the party, Amal"."""
    token = casting.doc[words.head]
    if words.role.form != "body" or words.role.institution in rolewords.STATE_BODIES or not token.is_lower:
        return None
    names = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ in {"compound", "nmod"} and token.head.i > token.i:
        names.append(token.head)
    if words.end + 1 < len(casting.doc) and casting.doc[words.end + 1].head.dep_ != "relcl":
        names.append(casting.doc[words.end + 1])
    ids = {actor for name in names if name.i in casting.taken for actor in casting.heads.get(name.i, ())}
    return next((a for a in ids if len(ids) == 1 and casting.drafts[a].kind == "organisation"), None)


def _describe_body(draft: Draft, words: RoleWords, whose: list[Affiliation]) -> None:
    """Add to a named organisation what stands before its name, where the registry does not know it."""
    draft.nominals |= rolewords.names(words.role)
    if not draft.sectors:
        draft.add_sectors(words.role.sector)
    if draft.country is None and whose:
        draft.country = whose[0].country


def enter_unresolved(casting: Casting, words: RoleWords) -> tuple[str, ...]:
    """The actors of a role that takes up nobody: "the justice minister" of the state around it, "its army"."""
    words = role_senses.as_soldiers(casting, words)
    whose = list(affiliations.find(casting, words))
    if not agency.can_act(casting, words, whose):
        return ()
    role = words.role
    # a colonel and a secretary-general are of no state that a guess can tell
    ranked = role.sector == "MIL" and not role.institution
    national = (role.sector in {"GOV", "MIL"} and not ranked) or role.institution == "judiciary"
    national = national and not role.phrase.startswith("secretary-general")
    if not whose and national and role.form == "office" and not words.plural:
        state = home_state.around(casting, casting.doc[words.head])
        if state is not None:
            whose.append(affiliations.to_state(casting, state))
    return tuple(dict.fromkeys(_actors(casting, words, whose)))


def _is_deferred(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> bool:
    """Whether somebody of the text may be meant, so that coreference must be asked before anybody new is entered."""
    token = casting.doc[words.head]
    if not whose:
        # "the island's defence ministry": whose that is, is yet to be found
        land = any(c.dep_ == "poss" and lexicon.of_kind(c.lower_, "state") is not None for c in token.children)
        return land or _takes_up(token)
    if words.role.form not in {"office", "member"} and words.role.institution not in _KINDS:
        return False
    if words.plural:
        return any(child.lower_ in PAIRED for child in token.children)
    if any(_is_known(casting, words, of) for of in whose):
        return False
    return _takes_up(token) or any(child.dep_ == "poss" for child in token.children)


def _is_known(casting: Casting, words: RoleWords, of: Affiliation) -> bool:
    """Whether the registry knows who has the office, and the text has named nobody else who may."""
    holder = _holder(casting, words, of) if of.kind == "state" else None
    if holder is None or (holder in casting.drafts and casting.drafts[holder].mentions):
        return holder is not None
    nouns = rolewords.names(words.role)
    return not any(
        nouns & draft.nominals and draft.country in {of.country, None}
        for draft in casting.drafts.values()
        if draft.kind == "person" and draft.mentions
    )


def _takes_up(token: Token) -> bool:
    """Whether somebody named before may be meant, which is for coreference: "the court", "both leaders", "its army"."""
    return any(
        child.lower_ in rolewords.DEFINITE
        or child.lower_ in PAIRED | {"neither"}
        or (child.dep_ == "poss" and child.pos_ == "PRON")
        for child in token.children
    )


def _actors(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> Iterator[str]:
    """The actors that an unnamed role stands for, one for each affiliation."""
    men = words.role.institution == "armed-forces" and sides.are_men(words)
    if not whose and men:
        whose = sides.of_men(casting, words)
    elif not whose and words.role.institution in rolewords.STATE_BODIES and not _UNOWNED & {*words.role.phrase.split()}:
        # which state's a junta is nobody can tell from the state that it quarrels with
        if words.role.phrase in home_state.HOUSES:
            state = home_state.with_house(casting, words.role)
        else:
            token = casting.doc[words.head]
            whole = any(child.dep_ == "poss" and child.i in casting.heads for child in token.children)
            # "the government set up by Chad" is another's
            whole = whole or any(c.dep_ == "acl" and c.tag_ == "VBN" and c.i == token.i + 1 for c in token.children)
            state = None if whole else _state_around(casting, token)  # "the junta's navy": of whom nobody knows whose
        if state is not None:
            whose = [affiliations.to_state(casting, state)]
    if not whose:
        yield _unaffiliated(casting, words).id
    for of in whose:
        if words.role.sector or words.role.institution or of.kind != "person":
            yield _affiliated(casting, words, of)


def _state_around(casting: Casting, body: Token) -> Entry | None:
    """Whose a state's own body is that names no state."""
    at = body
    while at.dep_ in {"pobj", "prep", "appos", "compound", "nmod"} and at.head != at:
        at = at.head
        people = [casting.drafts[actor] for actor in casting.heads.get(at.i, ()) if at.i in casting.taken]
        if len(people) == 1 and people[0].kind == "person":
            # "John Kirby, a spokesman for the National Security Council": where nobody knows, a guess is no help
            return casting.registry.states.get(people[0].country or "")
    return home_state.around(casting, body)


def _unaffiliated(casting: Casting, words: RoleWords) -> Draft:
    role = words.role
    men = role.institution == "armed-forces" and words.plural
    single = role.form == "body" and (not words.plural or (role.institution in rolewords.STATE_BODIES and not men))
    name = _plural_name(casting, words) if words.plural and not single else role.phrase
    kind: ActorKind = "organisation" if single else "group" if words.plural else "person"
    prefix = "org" if kind == "organisation" else kind
    draft = casting.add(f"{prefix}:{slug(name)}", name[:1].upper() + name[1:], kind, None)
    return _dressed(draft, words)


def _affiliated(casting: Casting, words: RoleWords, of: Affiliation) -> str:
    role = words.role
    if _is_the_group_itself(casting, words, of):
        return of.id
    led = casting.drafts.get((casting.drafts[of.id].acts_for or "") if of.kind == "person" else "")
    armed = role.sector in rolewords.ARMED
    if armed and led is not None and led.kind == "organisation" and rolewords.ARMED & {*led.sectors}:
        return led.id  # "Korp's men", of the army that he commands and that is no state's
    owner = casting.drafts.get(of.id)
    official = owner is not None and (owner.acts_for in casting.registry.states or "GOV" in owner.sectors)
    of_office = role.form == "office" and role.institution and role.sector == "GOV" and official
    if of.kind in {"person", "organisation"} and (role.institution in rolewords.STATE_BODIES or of_office):
        # "Trump's administration", "Assad's troops", "its foreign minister" are the state's.
        acts_for = casting.drafts[of.id].acts_for
        state = casting.registry.states.get((of.country if of.kind == "person" else acts_for) or "")
        if state is not None:
            of = affiliations.to_state(casting, state, of.adjective)
    if of.kind == "state" and role.form == "office" and not words.plural:
        holder = _holder(casting, words, of)
        if holder is not None:
            return holder
    whose = of.adjective if of.id.startswith("group:") else of.name
    former = role.form == "office" and not words.plural and affiliations.is_former(casting, words)
    one = role.form == "body" and not words.plural
    if one or (role.institution in rolewords.STATE_BODIES and of.kind in {"state", "organisation"}):
        what = role.institution if role.institution in rolewords.STATE_BODIES else role.phrase
        name = f"{what.replace('-', ' ').capitalize()} of {whose}"
        draft = casting.add(f"org:{slug(what)}-of-{slug(whose)}", name, "organisation", of.country)
    elif words.plural and of.id.startswith("group:"):
        name = f"{of.adjective} {_plural_name(casting, words)}"
        draft = casting.add(f"group:{slug(name)}", name, "group", of.country)
    elif words.plural:
        plural = _plural_name(casting, words)
        name = f"{of.adjective or of.name} {plural}"
        draft = casting.add(f"group:{slug(plural)}-of-{slug(whose)}", name, "group", of.country)
    else:
        phrase = f"former {role.phrase}" if former else role.phrase
        name = f"{phrase.capitalize()} of {whose}"
        draft = casting.add(f"person:{slug(phrase)}-of-{slug(whose)}", name, "person", of.country)
    if former:
        draft.add_sectors("ELI")
        return draft.id
    _dressed(draft, words)
    affiliations.employ(casting, draft, role, of)
    return draft.id


def _is_the_group_itself(casting: Casting, words: RoleWords, of: Affiliation) -> bool:
    """Whether "Hezbollah fighters" are Hezbollah: the men of an armed body are that body."""
    if of.kind != "organisation" or not (words.plural or words.role.form == "body"):
        return False
    head = casting.doc[words.head]
    if words.role.institution in _KINDS and not words.plural:
        # "The Good Samaritans charity"
        beside = [child for child in head.children if child.dep_ in {"compound", "nmod"}]
        return any(of.id in casting.heads.get(child.i, ()) for child in beside)
    armed = of.country == "IMG" or bool(rolewords.ARMED & set(casting.drafts[of.id].sectors))
    return armed and words.role.sector in rolewords.ARMED


def _holder(casting: Casting, words: RoleWords, of: Affiliation) -> str | None:
    """The person who holds a state's office on the day of the text, where the registry knows."""
    token = casting.doc[words.head]
    if not words.role.institution or of.country is None or affiliations.is_former_or_other(casting, words):
        return None
    if any(child.dep_ == "det" and child.lower_ in _INDEFINITE for child in token.children):
        return None
    entry = casting.registry.holder(of.country, words.role.institution, casting.on)
    return casting.enter(entry).id if entry is not None else None


def _dressed(draft: Draft, words: RoleWords) -> Draft:
    """An unnamed actor with the sector and the nouns of its role."""
    draft.add_sectors(words.role.sector)
    draft.nominals |= rolewords.nouns(words.role)
    draft.gender = draft.gender or affiliations.GENDERS.get(words.role.gender)
    return draft


def _plural_name(casting: Casting, words: RoleWords) -> str:
    if role_senses.crowd(casting.doc[words.head]) is not None:
        return "people"
    tokens = casting.doc[words.start : words.end + 1]
    text = " ".join(tokens.text.split())
    if casting.doc[words.head].tag_ in {"NN", "NNP", "JJ"}:
        text = text.lower() + "s"  # "Rebel-held" is held by rebels
    return text if text.isupper() else text[:1].lower() + text[1:]
