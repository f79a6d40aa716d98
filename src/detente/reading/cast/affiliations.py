"""Whose somebody is: what modifies a role ("Russian", "Trump's", "of Chad"), and for whom the role lets one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import datelines
from detente.language.grammar import antecedent, conjuncts
from detente.reading.cast import home_state, metonymy
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.rolewords import RoleWords
from detente.world import gazetteer
from detente.world.registry import Entry, slug
from detente.world.tables import Role

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODIFYING: Final = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "advmod", "dep"})
ACTING: Final = frozenset({"GOV", "MIL", "COP", "SPY"})
"""Sectors whose people speak and act for their state."""
GENDERS: Final = {"male": "m", "female": "f"}
_FORMER: Final = frozenset({"former", "ex", "late", "erstwhile", "ousted", "deposed", "onetime", "retired"})
_OTHER: Final = frozenset(
    {"next", "new", "future", "potential", "possible", "first-ever", "would-be", "previous", "any"}
)
_LOCAL: Final = frozenset("UAF COP CVL AGR LAB EDU REL MED CRM OPP PTY JUD LEG".split())
"""Sectors of people who mostly act in their own state; soldiers, officials, journalists and refugees do not, but "the
official news agency" does."""
_DOMESTIC: Final = frozenset({"OPP", "PTY", "LEG", "JUD"})
"""Sectors of people who belong to the state that a text is about: "the ruling party", "the Supreme Court"."""
_ANYBODY: Final = frozenset({"man", "woman", "person", "people"})
_WATCHING: Final = frozenset({"analyst", "expert", "observer", "scholar", "commentator", "economist"})
"""People who speak of a country from anywhere."""
_OFFICIAL: Final = frozenset({"official", "state", "state-run", "state-owned", "national"})
_LARGE: Final = 100_000
_WHERE: Final = frozenset("in near at outside across around inside".split())
_TOWNS: Final = frozenset("city town village district province region governorate capital port camp".split())
_BELONGING: Final = frozenset({"of", "for", "from", "in", "at", "with"})
_SERVING: Final = frozenset({"work", "act", "fight", "serve"})
"""Verbs whose participle tells for whom: "hackers working for Iran"."""
_COURTS: Final = frozenset({"court", "criminal court", "tribunal", "war crimes tribunal", "judge", "prosecutor"})
_SEATS: Final = frozenset({"hague", "strasbourg", "arusha"})
"""Where courts of several states sit: "the tribunal in The Hague" is not Dutch."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Whose they are: a state, an organisation, a person or a group, as an actor of the cast or a registry entry."""

    id: str
    name: str
    country: str | None
    kind: str
    adjective: str
    """As the text modifies with it ("Russian"), for the name of a group."""


def find(casting: Casting, words: RoleWords) -> Iterator[Affiliation]:
    """Whose the role is: by adjectives, compounds, possessors, and "of", "for", "from" after it."""
    token = casting.doc[words.head]
    anchors = [token]
    if token.dep_ in {"compound", "nmod", "amod"} or (token.head.i > token.i and token.head.i in casting.taken):
        anchors.append(token.head)
    for anchor in anchors:
        chains = [
            [found for member in conjuncts(child) for found in _named_by(casting, member, words)]
            for child in anchor.children
            if child.dep_ in _MODIFYING and child.i <= words.head
        ]
        named = _of_states(_joined(chains, anchor, words))
        if named:
            # "his party" is his, and "Republican candidates" are American, wherever the text is
            whole = any(found.kind in {"state", "person", "place"} or found.country is not None for found in named)
            of_state = [] if whole else _of_ground(casting, words)
            yield from of_state or named
            return
    seen: set[str] = set()
    if not words.role.sector and words.role.form == "member":
        return  # "People in Kabul", "states like Ohio": no nation's.
    abroad = words.role.institution == "embassy"
    belonging = [c for c in token.children if c.lower_ in _BELONGING and not (c.lower_ == "in" and abroad)]
    # "Prime Minister Ana Duarte of Chile": the parse hangs the state on the name.
    belonging += [c for anchor in anchors[1:] for c in anchor.children if c.lower_ == "of" and c.i > words.end]
    # "A newspaper based in Beirut".
    belonging += [c for verb in token.children if verb.lower_ == "based" for c in verb.children if c.lower_ == "in"]
    serving = [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBG" and c.lemma_ in _SERVING]
    belonging += [c for verb in serving for c in verb.children if c.lower_ == "for"]
    # "delegates of Chad's government and of the rebels"
    belonging += [other for c in belonging for other in conjuncts(c)[1:] if other.lower_ == c.lower_]
    for child in belonging:
        if child.dep_ in {"prep", "conj"}:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    for member in conjuncts(noun):
                        for found in _of_member(casting, member, words):
                            if found.id not in seen:
                                seen.add(found.id)
                                yield found
    if not seen:
        yield from _of_ground(casting, words)


def _of_member(casting: Casting, noun: Token, words: RoleWords) -> list[Affiliation]:
    """Whom a noun names, or after "of" whose it is: Peru in "delegates of Peru" and "delegates of Peru's army"."""
    named = list(_named_by(casting, noun, words, place=True))
    if named or noun.head.lower_ != "of":
        return named
    owners = [child for child in noun.children if child.dep_ in _MODIFYING and child.i < noun.i]
    return [found for owner in owners for found in _named_by(casting, owner, words) if found.country is not None]


def _of_ground(casting: Casting, words: RoleWords) -> list[Affiliation]:
    """The state where people of a kind that lives where it acts are, if the sentence names one place only: the gunmen
    of "Gunmen killed a judge in Lagos", the bishops of "Catholic bishops in Poland"."""
    token, role = casting.doc[words.head], words.role
    warring = role.institution == "party" and token.doc[words.end + 1 : words.end + 2].text == "to"
    if role.phrase in home_state.HOUSES:
        state = home_state.with_house(casting, role)
        return [to_state(casting, state, state.name)] if state is not None else []
    domestic = role.sector in _DOMESTIC or any(child.lower_ in _OFFICIAL for child in token.children)
    if role.sector not in _LOCAL and not (domestic and role.sector == "JRN"):
        return []
    if token.lemma_.lower() in _WATCHING or any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children):
        return []  # "its inhabitants" are its, whatever it is
    if token.lemma_.lower() in _ANYBODY and any(child.lower_ in {"the", "those"} for child in token.children):
        return []  # "the men who killed him in Nicosia" are told apart by their deed and may be of anywhere
    if not (words.plural or role.form == "body" or domestic):
        return []
    here = range(token.sent.start, token.sent.end)
    if not warring and any(i in casting.countries and home_state.presence(casting.doc[i]) > 1 for i in here):
        return []  # Somebody's state acts here: who knows whose they are.
    # "the parties to the war in Mali": of where the war is told to be
    sentences = [_up_to_comma(token.doc[words.end + 1 : token.sent.end]) if warring else token.sent]
    if token.sent.start > 0 and not warring and not any(i in casting.countries for i in here):
        sentences.append(casting.doc[token.sent.start - 1].sent)
    for sentence in sentences:
        lying = _grounds(casting, sentence)
        if lying:
            state = casting.registry.states.get(lying.pop()) if len(lying) == 1 else None
            return [to_state(casting, state, state.name)] if state is not None else []
    if domestic and not warring:
        state = home_state.around(casting, token)
        return [to_state(casting, state, state.name)] if state is not None else []
    return []


def to_state(casting: Casting, state: Entry, adjective: str = "") -> Affiliation:
    """An affiliation to a state, which becomes part of the cast."""
    return Affiliation(casting.enter(state).id, state.name, state.country, "state", adjective)


def _up_to_comma(words: Span) -> Span:
    """The words before the first mark."""
    return words[: next((n for n, token in enumerate(words) if token.is_punct), len(words))]


def _grounds(casting: Casting, sentence: Span) -> set[str]:
    """The states on whose ground the places lie that a sentence names."""
    found: set[str] = set()
    for token in sentence:
        if _is_seat_of_body(casting, token):
            continue
        if token.i in casting.grounds:
            found.add(casting.grounds[token.i])
        if token.dep_ == "pobj" and token.head.lower_ in _WHERE and token.i not in casting.heads:
            found.update(on.id for on in _on_ground(casting, token))
    return found


def _is_seat_of_body(casting: Casting, place: Token) -> bool:
    """Whether a place only says where a body sits: "the International Court of Justice in The Hague"."""
    if place.dep_ != "pobj" or place.head.head.i not in casting.taken:
        return False
    return any(casting.drafts[a].kind == "organisation" for a in casting.heads.get(place.head.head.i, ()))


def _of_states(chains: list[list[Affiliation]]) -> list[Affiliation]:
    """Of several modifiers the one that names a state: "Lebanese Christian leaders" are Lebanese."""
    named = [chain for chain in chains if chain]
    chosen = next(([chain] for chain in named if any(found.kind == "state" for found in chain)), named)
    return list({found.id: found for chain in chosen for found in chain}.values())


def _joined(chains: list[list[Affiliation]], anchor: Token, words: RoleWords) -> list[list[Affiliation]]:
    """`chains` of the modifiers of `anchor`, those joined by "and" as one: "Malian and Nigerien troops"."""
    before = [child for child in anchor.children if child.dep_ in _MODIFYING and child.i <= words.head]
    found: list[list[Affiliation]] = []
    for child, chain in zip(before, chains, strict=True):
        joined = child.i >= 2 and child.nbor(-1).lower_ == "and" and child.nbor(-2) in before
        if joined and found:
            found[-1] = [*found[-1], *chain]
        else:
            found.append([*chain])
    return found


def _named_by(casting: Casting, token: Token, words: RoleWords, *, place: bool = False) -> Iterator[Affiliation]:
    """What a modifier names: a registry entry, or an actor found before ("government spokesman", "Trump's lawyer")."""
    if words.start <= token.i <= words.end:
        return
    if token.tag_ == "WP$":
        token = antecedent(token)  # "Kenya, whose president"
    if words.role.phrase in _COURTS and token.lower_ in _SEATS:
        seat = f"The {token.text}" if token.lower_ == "hague" else token.text
        yield Affiliation("", seat, "IGO", "place", seat)
        return
    entries = casting.modifiers.get(token.i)
    if entries == ():
        return  # "Anti-Russian", "Russian-backed": not Russian.
    entries = entries or ()
    for entry in entries:
        yield Affiliation(
            _affiliation_id(casting, entry), entry.name, entry.country, entry.kind, _adjective(casting, token)
        )
    if not entries and token.i in casting.heads:
        for actor in casting.heads[token.i]:
            draft = casting.drafts[actor]
            if (
                draft.country is None
                and draft.kind != "person"
                and token.i not in casting.taken
                and token.dep_ != "poss"
            ):
                continue  # "Media companies": nobody's in particular; "the rebels' spokesman" is theirs.
            wording = draft.name if token.pos_ == "PRON" else token.text
            yield Affiliation(draft.id, draft.name, draft.country, draft.kind, wording)
    if entries or token.i in casting.heads:
        return
    if place:
        yield from _on_ground(casting, token)
    elif token.tag_ != "VBN" or token.lower_ in {"led", "based"}:
        # A modifier may itself be modified: "Kenyan border police", "Iranian-led forces"; not "Iranian-backed".
        for child in token.children:
            dateline = child.whitespace_ and datelines.is_place_in(child)
            if child.dep_ in _MODIFYING and child.i in casting.modifiers and not dateline:
                yield from _named_by(casting, child, words)


def _on_ground(casting: Casting, token: Token) -> Iterator[Affiliation]:
    """The state on whose ground a place lies that only the gazetteer knows: "the governor of the Tyumen region"."""
    names, senses = [token], {"region"}
    if token.lemma_.lower() in metonymy.AREAS:
        names = [child for child in token.children if child.dep_ in {"compound", "nmod", "amod"}]
        if token.lemma_.lower() in _TOWNS:
            senses = {"region", "adjective", "state"}  # "people in the Malian town of Gao"
    for name in names:
        region = next((e for e in casting.modifiers.get(name.i, ()) if e.sense in senses), None)
        country = region.country if region is not None else _state_of_city(casting, name)
        state = casting.registry.states.get(country or "")
        if state is not None:
            yield to_state(casting, state, state.name)


def _state_of_city(casting: Casting, token: Token) -> str | None:
    """The state of a city of which the text speaks; cities of the text's states first, and of those that are labelled
    no place only large ones."""
    if token.pos_ != "PROPN" or token.i in casting.taken:
        return None
    ent = next((ent for ent in casting.doc.ents if ent.start <= token.i < ent.end), None)
    name = ent.text.removeprefix("the ") if ent is not None else token.text
    city = gazetteer.city(name, {*casting.countries.values(), *casting.grounds.values()})
    labelled = token.ent_type_ in {"GPE", "LOC", "FAC"}
    return gazetteer.alpha3(city.countrycode) if city is not None and (labelled or city.population >= _LARGE) else None


def _affiliation_id(casting: Casting, entry: Entry) -> str:
    if entry.sense == "region":
        return f"place:{slug(entry.name)}"
    return casting.enter(entry).id


def _adjective(casting: Casting, token: Token) -> str:
    """The affiliation as the text words it: "Russian", "United States"."""
    start, end = casting.spans.get(token.i, (token.idx, token.idx + len(token)))
    return casting.labels.get(token.i) or casting.text[start:end]


def employ(casting: Casting, draft: Draft, role: Role, principal: Affiliation | None) -> None:
    """Give `draft` the sector of its role, and let it act for whose it is where the role speaks and acts for others.

    A spokesman, and who heads something, is of the sector of whom he speaks for.
    """
    whole = casting.drafts.get((principal.id if principal is not None else _state(casting, draft.country)) or "")
    speaks = not role.sector or _is_of_a_firm(role, whole)
    if speaks and role.form != "office":
        return
    if not speaks:
        armed = role.sector == "MIL" and whole is not None and bool({"REB", "PRM"} & set(whole.sectors))
        draft.add_sectors(*(whole.sectors if armed and whole is not None else [role.sector]))
    elif whole is not None:
        draft.add_sectors(*(whole.sectors or ["GOV"] * (whole.kind == "state")))
    parliament = role.form == "body" and role.sector == "LEG"
    if whole is not None and (speaks or parliament or role.sector in ACTING or role.institution == "judiciary"):
        casting.act_for(draft, _principal(whole))


def _principal(whole: Draft) -> str | None:
    """Whom somebody acts for who is of `whole`: of a person, whom that person acts for."""
    return {"person": whole.acts_for, "group": None}.get(whole.kind, whole.id)


def _is_of_a_firm(role: Role, whole: Draft | None) -> bool:
    """Whether an office that states have is one of a private body here: the president of a university."""
    if whole is None or whole.kind != "organisation" or role.form != "office" or role.sector != "GOV":
        return False
    return whole.acts_for is None and whole.country not in {"IGO", "UNO", "EUR"} and "GOV" not in whole.sectors


def is_former(casting: Casting, words: RoleWords) -> bool:
    """Whether the role is said to be past: "former", "ousted"."""
    return _has_modifier(casting, words, _FORMER)


def is_former_or_other(casting: Casting, words: RoleWords) -> bool:
    """Whether the role is not that of its present holder: "former", "next", "any"."""
    return _has_modifier(casting, words, _FORMER | _OTHER)


def _state(casting: Casting, country: str | None) -> str | None:
    entry = casting.registry.states.get(country or "")
    return casting.enter(entry).id if entry is not None else None


def _has_modifier(casting: Casting, words: RoleWords, wanted: frozenset[str]) -> bool:
    token = casting.doc[words.head]
    near = {casting.doc[i].lower_ for i in range(max(0, words.start - 3), words.start)}
    return bool(wanted & near) or any(child.lower_ in wanted for child in token.children if child.i < token.i)


def extent(casting: Casting, words: RoleWords) -> tuple[int, int]:
    """The offsets of the phrase: the modifiers that name its affiliation, and the role words; no article."""
    token = casting.doc[words.head]
    start = words.start
    for child in token.children:
        if child.i < start and child.dep_ in {"amod", "compound", "nmod", "poss"} and not child.tag_.endswith("P$"):
            leftmost = child.left_edge.i
            while leftmost < child.i and casting.doc[leftmost].pos_ in {"DET", "PUNCT"}:
                leftmost += 1
            start = min(start, leftmost)
    last = casting.doc[words.end]
    return casting.doc[start].idx, last.idx + len(last)
