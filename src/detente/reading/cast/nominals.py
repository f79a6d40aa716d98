"""Actors that a text names by what they are: "Russian officials", "Chad's government", "the Ukrainian president"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.cast import affiliations, craft, rolewords, sides, titles
from detente.reading.cast.affiliations import Affiliation, extent
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.rolewords import RoleWords
from detente.records import ActorKind
from detente.world.registry import Entry, slug
from detente.world.tables import Role, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_STATE_BODIES: Final = frozenset(
    "government foreign-ministry defence-ministry interior-ministry finance-ministry health-ministry justice-ministry "
    "information-ministry trade-ministry electoral-commission security-council armed-forces police intelligence "
    "parliament central-bank opposition embassy".split()
)
"""Institutions of which a state has one: the same id whatever the text calls them."""
_KINDS: Final = frozenset({"civil-society", "business", "media", "party", "rebels", "militia", "crime", "labour"})
"""Institutions whose name stands before what they are: "the Tanaka company"."""
_ARMED: Final = frozenset({"REB", "PRM", "UAF", "MIL", "COP"})
_INDEFINITE: Final = frozenset({"a", "an", "any", "no", "every", "some", "another", "one"})
PAIRED: Final = frozenset({"both", "two"})
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_OFTEN_ABSTRACT: Final = frozenset({"leadership", "regime", "coalition", "administration"})
_MODIFIERS: Final = frozenset({"compound", "nmod", "amod", "npadvmod"})
_ANYBODY: Final = frozenset({"people", "person", "man", "woman", "individual", "child"})
_HAVING: Final = frozenset({"have", "be", "contain", "include", "number", "total", "seat", "employ", "represent"})
_PROTESTING: Final = frozenset(
    "protest demonstrate march rally demonstration sit-in vigil riot strike gather assemble throng".split()
)
_UNTO: Final = frozenset({"to", "for", "against", "on"})
_NUMBERS: Final = frozenset({"dozens", "scores", "hundreds", "thousands", "tens", "millions"})
_HELD: Final = frozenset("hold control occupy run rule administer govern dominate seize capture annex besiege".split())
_HOLDS: Final = frozenset("control hand hands rule authority occupation hold stronghold".split())
"""Words before which a modifier says who holds a place."""
_SIDES: Final = frozenset(
    "left right opposite far near north south east west northeast northwest southeast southwest".split()
)
_WATERS: Final = frozenset({"river", "canal", "stream", "creek"})
_CAPITALISED: Final = frozenset({"house", "treasury", "assembly", "executive"})
"""Common nouns that are institutions only where they are written with a capital."""
_BEING: Final = frozenset({"in", "into", "to", "from", "at"})
_STATING: Final = frozenset(
    "voice express state declare announce reiterate repeat signal drop maintain register underline indicate".split()
)
"""Verbs whose object is what somebody thinks: "opposition" is a stance under them."""
_UNOWNED: Final = frozenset({"junta", "regime"})
_EVERY: Final = frozenset({"all", "both", "warring", "concerned", "involved"})
_FOREIGN: Final = frozenset({"foreign", "other", "another"})
_BARE: Final = frozenset({"parliament", "police", "armed-forces"})
"""Institutions that are spoken of without an article."""


def find(casting: Casting) -> None:
    """Enter the unnamed actors, and complete the named people by their titles and appositions."""
    readings = (_as_soldiers(casting, _as_planes(casting, _as_group(casting, w))) for w in _role_words(casting))
    for words in map(partial(_as_civilians, casting), readings):
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
            if token.dep_ not in _MODIFIERS:
                casting.heads.setdefault(token.i, (person,))
        elif (body := _named_body(casting, words)) is not None:
            _describe_body(casting.drafts[body], words, whose)
            casting.mention(token.i, (body,), *extent(casting, words))
        elif _can_be_actor(casting, words, whose) and not _is_deferred(casting, words, whose):
            actors = tuple(dict.fromkeys(_actors(casting, words, whose)))
            if actors:
                casting.mention(token.i, actors, *extent(casting, words))
    titles.lead(casting)
    titles.settle(casting)


def _named_body(casting: Casting, words: RoleWords) -> str | None:
    """The organisation at whose name the role says what it is: "the Russian news agency Tass", "the party, Amal"."""
    token = casting.doc[words.head]
    if words.role.form != "body" or words.role.institution in _STATE_BODIES or not token.is_lower:
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


def _as_civilians(casting: Casting, words: RoleWords) -> RoleWords:
    """Let counted people to whom something is done, or who protest, be civilians: "killed 48 people", "aid for dozens
    of people"."""
    token = casting.doc[words.head]
    if words.role.phrase not in _ANYBODY or not words.plural or not _is_counted(token):
        return words
    first = token
    while first.dep_ == "conj" or (first.dep_ == "pobj" and first.head.lower_ == "of"):
        first = first.head.head if first.dep_ == "pobj" else first.head
    if first.head.lemma_ in _HAVING:
        return words
    undergoes = first.dep_ in {"dobj", "nsubjpass", "dative"} or (first.dep_ == "pobj" and first.head.lower_ in _UNTO)
    return words._replace(role=roles()["civilian"]) if undergoes or _protests(first) else words


def _protests(noun: Token) -> bool:
    """Whether a noun tells who protests: "a rally of 300 people", "thousands of people marched"."""
    if noun.dep_ == "nsubj":
        streets = any(thing.lemma_ == "street" for thing in grammar.objects_of(noun.head, "to", "into"))
        return noun.head.lemma_ in _PROTESTING or (noun.head.lemma_ in {"take", "pour"} and streets)
    of = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in {"by", "of"} else None
    return of is not None and of.head.lemma_.lower() in _PROTESTING


def _crowd(number: Token) -> RoleWords | None:
    """A bare number of people who protest: "tens of thousands marched"."""
    if not (number.lower_ in _NUMBERS or number.like_num) or number.dep_ != "nsubj" or not _protests(number):
        return None
    if any(child.lower_ == "of" and child.i > number.i for child in number.children):
        return None
    return RoleWords(number.left_edge.i, number.i, number.i, roles()["civilian"], plural=True)


def _as_group(casting: Casting, words: RoleWords) -> RoleWords:
    """Let who holds something be a group where only a modifier names it: "rebel-held", "under militant control"."""
    return words._replace(plural=True) if _is_holder(casting.doc[words.head], words) else words


def _as_planes(casting: Casting, words: RoleWords) -> RoleWords:
    """Let fighters that fly be planes, which act for whose they are: "Polish MiG fighters"."""
    planes = words.role.phrase == "fighter" and craft.are_planes(casting.doc[words.head])
    return words._replace(role=roles()["fighter plane"]) if planes else words


def _as_soldiers(casting: Casting, words: RoleWords) -> RoleWords:
    """Let men whom a state sends, and those of who bears arms, be soldiers: "sent 3,000 men", "the general's men"."""
    token = casting.doc[words.head]
    if words.role.phrase != "man" or not words.plural:
        return words
    owners = [casting.drafts[a] for c in token.children if c.dep_ == "poss" for a in casting.heads.get(c.i, ())]
    armed = any("MIL" in owner.sectors and owner.acts_for for owner in owners)
    return words._replace(role=roles()["soldier"]) if armed or sides.senders(casting, token) else words


def _is_holder(token: Token, words: RoleWords) -> bool:
    if words.role.form != "member" or words.role.sector not in _ARMED or token.dep_ not in _MODIFIERS:
        return False
    head = token.head
    joined = head.tag_ == "VBN" and head.dep_ == "amod" and head.lemma_.lower() in _HELD
    return joined or (head.pos_ == "NOUN" and head.lemma_.lower() in _HOLDS)


def _is_counted(noun: Token) -> bool:
    """Whether a number stands at a noun: "48 people", "dozens of people"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    number = any(child.dep_ == "nummod" for child in noun.children)
    return number or (above is not None and (above.lower_ in _NUMBERS or above.like_num))


def enter_unresolved(casting: Casting, words: RoleWords) -> tuple[str, ...]:
    """The actors of a role that takes up nobody: "the justice minister" of the state around it, "its army"."""
    words = _as_soldiers(casting, words)
    whose = list(affiliations.find(casting, words))
    if not _can_be_actor(casting, words, whose):
        return ()
    role = words.role
    # a colonel and a secretary-general are of no state that a guess can tell
    ranked = role.sector == "MIL" and not role.institution
    national = (role.sector in {"GOV", "MIL"} and not ranked) or role.institution == "judiciary"
    national = national and not role.phrase.startswith("secretary-general")
    if not whose and national and role.form == "office" and not words.plural:
        state = affiliations.state_around(casting, casting.doc[words.head])
        if state is not None:
            whose.append(affiliations.to_state(casting, state))
    return tuple(dict.fromkeys(_actors(casting, words, whose)))


def _role_words(casting: Casting) -> list[RoleWords]:
    """The role phrases outside names, longest first at each place, in the order of the text."""
    found: list[RoleWords] = []
    i = len(casting.doc) - 1
    while i >= 0:
        words = None if i in casting.taken else rolewords.ending_at(casting.doc, i) or _crowd(casting.doc[i])
        if words is not None:
            found.append(words)
            i = words.start
        i -= 1
    return found[::-1]


def _can_be_actor(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> bool:
    """Whether a role phrase names somebody at all, and not a quality, a tool or a manner."""
    token, role = casting.doc[words.head], words.role
    if token.dep_ == "appos" and token.left_edge.is_quote:
        return False  # attacked her rival, "a gangster"
    if not _is_holder(token, words) and (token.pos_ == "ADJ" or (role.form != "body" and token.dep_ in _MODIFIERS)):
        return False
    if role.phrase in _CAPITALISED and token.is_lower:
        return False
    likened = token.dep_ == "pobj" and token.head.lower_ in {"like", "as"}
    if likened and not any(t.i in casting.modifiers or t.i in casting.heads for t in token.subtree):
        return False  # "as a politician": of nobody else, whatever the ground
    if token.lower_ == "parties" and not whose and any(child.lower_ in _EVERY for child in token.children):
        return False  # "urged all parties to show restraint": the sides
    if _is_condition(token, role) or _is_bare(token, role) or (role.phrase == "bank" and _is_shore(token)):
        return False
    others = (child for child in token.children if child.i < words.start)
    foreign = any(child.lower_ in _FOREIGN for child in others)
    if foreign and role.institution in _STATE_BODIES and not whose and not words.plural:
        return False  # "asked a foreign government for help"
    if role.institution == "media" and not whose and token.dep_ in _MODIFIERS:
        return False  # "a press release", "its media wing"
    if role.phrase == "carrier" and any(of.kind == "state" for of in whose):
        return False  # of a state they are ships
    if role.form == "equipment":
        return bool(whose) and token.dep_ in {"nsubj", "nsubjpass", "conj"}
    if role.institution == "campaign":
        return any(of.kind in {"person", "organisation"} for of in whose)
    definite = any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in token.children)
    if role.phrase == "opposition":
        towards = any(child.dep_ == "prep" and child.lower_ == "to" for child in token.children)
        said = token.dep_ == "dobj" and token.head.lemma_ in _STATING  # "voiced its opposition"
        return not towards and not said and (definite or bool(whose))
    if role.phrase.startswith("office") and any(child.lower_ == "good" for child in token.children):
        return False  # "offered its good offices" to mediate
    owned = any(child.dep_ in {"poss", "compound"} for child in token.children)
    if role.phrase in _OFTEN_ABSTRACT and not definite and not owned:
        return False
    if role.phrase == "court" and token.head.lower_ == "in" and any(c.dep_ == "poss" for c in token.children):
        return False  # The ball is in somebody's court.
    if whose:
        return words.plural or bool(role.sector) or role.form != "member"
    first = token
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head  # "is to be vice president and minister of defence"
    if first.dep_ in {"attr", "acomp", "oprd"} or (token.dep_ == "pobj" and token.head.lower_ in {"like", "as"}):
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "for" and role.form == "office" and token.tag_ == "NN":
        return bool(role.sector) and any(child.dep_ in {"det", "poss"} for child in token.children)  # "ran for mayor"
    return bool(role.sector) and not (role.form == "body" and not role.institution and token.is_lower)


def _is_condition(token: Token, role: Role) -> bool:
    """Whether a noun without an article says how or where somebody is: "in public", "into exile", "to hospital"."""
    under = token.dep_ == "pobj" and token.head.lower_ in _BEING and role.institution not in _BARE
    bare = not any(c.i < token.i or c.lower_ == "of" for c in token.children)
    return under and token.is_lower and token.tag_ in {"NN", "JJ"} and bare


def _is_bare(token: Token, role: Role) -> bool:
    """Whether a noun for a body stands without an article and is none: "they have company", "take office"."""
    alone = not any(c.i < token.i or c.lower_ == "of" or c.dep_ == "appos" for c in token.children)
    counted = role.form == "body" and token.tag_ == "NN" and token.is_lower and role.institution not in _BARE
    return counted and alone and token.dep_ in {"dobj", "pobj", "attr"}


def _is_shore(bank: Token) -> bool:
    """Whether a bank is a river's: "the eastern bank", "both banks of the Nile"; not "the Bank of Japan"."""
    if not bank.is_lower:
        return False
    if any(child.lower_.removesuffix("ern") in _SIDES for child in bank.children):
        return True
    return any(t.ent_type_ in {"LOC", "FAC"} or t.lemma_.lower() in _WATERS for t in grammar.objects_of(bank, "of"))


def _is_deferred(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> bool:
    """Whether somebody of the text may be meant, so that coreference must be asked before anybody new is entered."""
    token = casting.doc[words.head]
    if not whose:
        return _takes_up(token)
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
        child.lower_ in _DEFINITE
        or child.lower_ in PAIRED | {"neither"}
        or (child.dep_ == "poss" and child.pos_ == "PRON")
        for child in token.children
    )


def _actors(casting: Casting, words: RoleWords, whose: list[Affiliation]) -> Iterator[str]:
    """The actors that an unnamed role stands for, one for each affiliation."""
    men = words.role.institution == "armed-forces" and sides.are_men(words)
    if not whose and men:
        whose = sides.of_men(casting, words)
    elif not whose and words.role.institution in _STATE_BODIES and not _UNOWNED & {*words.role.phrase.split()}:
        # which state's a junta is nobody can tell from the state that it quarrels with
        if words.role.phrase in affiliations.HOUSES:
            state = affiliations.house_around(casting, words.role)
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
    return affiliations.state_around(casting, body)


def _unaffiliated(casting: Casting, words: RoleWords) -> Draft:
    role = words.role
    men = role.institution == "armed-forces" and words.plural
    single = role.form == "body" and (not words.plural or (role.institution in _STATE_BODIES and not men))
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
    if led is not None and led.kind == "organisation" and _ARMED & {*led.sectors} and role.sector in _ARMED:
        return led.id  # "Korp's men", of the army that he commands and that is no state's
    of_office = role.form == "office" and role.institution and of.id.startswith("org:government-of-")
    if of.kind in {"person", "organisation"} and (role.institution in _STATE_BODIES or of_office):
        # "Trump's administration", "Assad's troops", "the junta's forces" are the state's.
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
    if one or (role.institution in _STATE_BODIES and of.kind in {"state", "organisation"}):
        what = role.institution if role.institution in _STATE_BODIES else role.phrase
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
    armed = of.country == "IMG" or bool(_ARMED & set(casting.drafts[of.id].sectors))
    return armed and words.role.sector in _ARMED


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
    if _crowd(casting.doc[words.head]) is not None:
        return "people"
    tokens = casting.doc[words.start : words.end + 1]
    text = " ".join(tokens.text.split())
    if casting.doc[words.head].tag_ in {"NN", "NNP", "JJ"}:
        text = text.lower() + "s"  # "Rebel-held" is held by rebels
    return text if text.isupper() else text[:1].lower() + text[1:]
