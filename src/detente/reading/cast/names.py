"""Names in a text: the registry's, and those of people and organisations that only the text knows.

The registry overrules the statistical labels (a state is no person, a known leader no organisation); those fill in what
the registry does not know; a title before a name makes it a person's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import datelines
from detente.language.grammar import first_conjunct
from detente.reading.cast import craft, metonymy, namewords, people, rolewords
from detente.reading.cast.casting import Casting, Draft, Site, root
from detente.world import gazetteer
from detente.world.registry import Entry, Hit, slug

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "appos", "ROOT"})
_QUARTERS: Final = frozenset({"west", "east", "north", "south"})
_WATERS: Final = frozenset({"Gulf", "Sea", "Bay", "Strait", "Straits", "Bight", "Cape", "Isthmus", "Horn"})
_INNER: Final = frozenset({"compound", "nmod", "amod"})
_BRIEF: Final = 5
"""Letters up to which a name is too short to be told from its misspelling."""
_ARMED: Final = frozenset({"MIL", "PRM", "REB"})
_FIGHTING: Final = frozenset(
    "shell bomb bombard pound ambush storm besiege loot raid overrun drive repel fight battle clash capture seize "
    "fighter soldier troop gunman commander drone artillery shelling offensive positions checkpoint militia army "
    "force rebel paramilitary".split()
)
"""What only who bears arms does, suffers, has or stands beside: "the RSF shelled", "the army and the RSF"."""
_BRACKETS: Final = frozenset({"(", "["})
_CIVIC: Final = frozenset(
    "protest demonstrate march vote mourn celebrate queue flock flee rally strike shop commute migrate".split()
)
"""What the people of a nation do and its state does not: "Iraqis protested"."""
_QUANTITIES: Final = frozenset(
    "a an another one some many most several all few more other fellow thousand hundred dozen million score number "
    "group crowd majority minority handful ten".split()
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What the text names for sure: by names that have one bearer."""

    countries: frozenset[str | None]
    ids: frozenset[str]
    near: Mapping[int, frozenset[str]]
    """The ids that each sentence names, by the index of its first token."""

    @classmethod
    def of(cls, casting: Casting, hits: Mapping[tuple[int, int], Hit]) -> _Named:
        """What the hits name."""
        sure = [(start, hit.entries[0]) for (start, _), hit in hits.items() if len({e.id for e in hit.entries}) == 1]
        near: dict[int, set[str]] = {}
        for start, entry in sure:
            near.setdefault(casting.doc[start].sent.start, set()).update({entry.id} - {""})
        return cls(
            frozenset(entry.country for _, entry in sure),
            frozenset(entry.id for _, entry in sure) - {""},  # regions have no ids
            {at: frozenset(ids) for at, ids in near.items()},
        )


def find(casting: Casting) -> None:
    """Enter every name of the text into the cast."""
    hits = _hits(casting)
    crafts = craft.names(casting.doc, hits)
    hits = {span: hit for span, hit in hits.items() if not crafts & {*range(*span)}}
    casting.taken |= crafts
    casting.near = gazetteer.around(entry.country for hit in hits.values() for entry in hit.entries[:1])
    inside_people = people.find(casting, hits)
    casting.taken |= inside_people
    named = _Named.of(casting, hits)
    for (start, end), hit in hits.items():
        tokens = set(range(start, end))
        if not inside_people & tokens and any(entry.sense != "person" for entry in hit.entries):
            _enter_hit(casting, start, end, hit, named)
            casting.taken |= tokens
    _enter_organisations(casting)


def _hits(casting: Casting) -> dict[tuple[int, int], Hit]:
    """The registry's names by their token spans."""
    starts = [token.idx for token in casting.doc]
    found: dict[tuple[int, int], Hit] = {}
    for hit in casting.registry.find(casting.text, casting.on):
        start = bisect_right(starts, hit.start) - 1
        end = bisect_right(starts, hit.end - 1)
        found[start, end] = hit if (start, end) not in found else _merged(found[start, end], hit)
    found |= _misspelt(casting, found)
    found |= _halves(casting, found)
    return {
        span: hit
        for span, hit in found.items()
        if not _is_of_another_state(casting, span, hit, found)
        and not _goes_on_before(casting, span, hit, found)
        and not _goes_on_behind(casting, span, hit)
        and not _is_of_water(casting, span, hit)
    }


def _misspelt(casting: Casting, hits: Mapping[tuple[int, int], Hit]) -> dict[tuple[int, int], Hit]:
    """States whose name is a letter off, where a place or body is labelled that nobody knows: "Afganistan"."""
    known = {i for start, end in hits for i in range(start, end)}
    found = {}
    for token in casting.doc:
        unknown = (
            token.ent_type_ in {"GPE", "ORG"} and token.pos_ == "PROPN" and token.i not in known and len(token) > _BRIEF
        )
        if unknown and token.is_title and gazetteer.city(token.text, ()) is None:
            entry = casting.registry.state_spelled_like(token.text)
            if entry is not None:
                found[token.i, token.i + 1] = Hit(token.idx, token.idx + len(token), (entry,))
    return found


def _halves(casting: Casting, hits: Mapping[tuple[int, int], Hit]) -> dict[tuple[int, int], Hit]:
    """The halves of a divided country where one of them has been named: "the North" beside "South Korea"."""
    doc = casting.doc
    quarters = [
        token
        for token in doc[1:]
        if token.text in {"North", "South"} and token.nbor(-1).lower_ == "the" and token.dep_ not in _INNER
    ]
    if not quarters:
        return {}
    halves = casting.registry.halves(casting.on)
    named = {entry.id: start for (start, _), hit in hits.items() for entry in hit.entries[:1] if entry.sense == "state"}
    found = {}
    for token in quarters:
        whole = [half for half in halves if any(named.get(state.id, len(doc)) < token.i for state in half.values())]
        state = whole[0].get(token.text) if len(whole) == 1 else None
        if state is not None and not any(start <= token.i < end for start, end in hits):
            found[token.i, token.i + 1] = Hit(token.idx, token.idx + len(token), (state,))
    return found


def _is_of_another_state(
    casting: Casting, span: tuple[int, int], hit: Hit, hits: Mapping[tuple[int, int], Hit]
) -> bool:
    """Whether "of" and a state go on a name that an organisation of another state has: "Democratic Party of Japan"."""
    entry, end = hit.entries[0], span[1]
    if entry.sense != "organisation" or entry.country not in casting.registry.states:
        return False
    if end + 1 >= len(casting.doc) or casting.doc[end].lower_ != "of":
        return False
    start = end + 2 if casting.doc[end + 1].lower_ == "the" else end + 1
    state = next((other.entries[0] for (at, _), other in hits.items() if at == start), None)
    return state is not None and state.sense == "state" and state.country != entry.country


def _goes_on_before(casting: Casting, span: tuple[int, int], hit: Hit, hits: Mapping[tuple[int, int], Hit]) -> bool:
    """Whether a capitalised word before a name makes it another's: "Social Democratic Party", "North Atlantic Council".

    Words for a nation, offices and names of people do not.
    """
    start, end = span
    if hit.entries[0].sense not in {"organisation", "group"} or start == 0 or casting.doc[start].is_sent_start:
        return False
    role = rolewords.ending_at(casting.doc, end - 1)
    if role is not None and role.start < start and role.role.form == "body" and hit.entries[0].sense == "organisation":
        return True  # a "National Security Council" is a state's, and the name within it another body's
    before, head = casting.doc[start - 1], root(list(casting.doc[start:end]))
    own = end - start > 1 or hit.entries[0].sense == "group"
    inside = before.dep_ in {"compound", "amod", "nmod"} and before.head.i in {*range(start, end), head.head.i}
    if not own or not inside or not before.is_title or before.pos_ not in {"PROPN", "ADJ"} or before.is_sent_start:
        return False
    known = any(s <= before.i < e for s, e in hits) or before.ent_type_ in {"PERSON", "NORP", "GPE", "LOC"}
    return not known and rolewords.ending_at(casting.doc, before.i) is None


def _goes_on_behind(casting: Casting, span: tuple[int, int], hit: Hit) -> bool:
    """Whether what may be a group is a quarter of the sky before another name: "West African leaders"."""
    token = casting.doc[span[1] - 1]
    if hit.entries[0].sense != "group" or token.lower_ not in _QUARTERS or span[1] == len(casting.doc):
        return False
    after = token.nbor(1)
    return after.is_title and not after.is_stop and token.whitespace_ != "" and token.head.i >= after.i


def _is_of_water(casting: Casting, span: tuple[int, int], hit: Hit) -> bool:
    """Whether a state's name is part of that of a sea: "the Gulf of Oman"."""
    start = span[0] - 1 if casting.doc[span[0] - 1].lower_ == "the" else span[0]
    before = casting.doc[max(0, start - 2) : start]
    water = len(before) == 2 and before[1].lower_ == "of" and before[0].text in _WATERS
    return water and hit.entries[0].sense in {"state", "capital"}


def _merged(first: Hit, second: Hit) -> Hit:
    """Two names in one token ("U.S.-Russia") stand for both."""
    return Hit(first.start, second.end, (first.entries[0], second.entries[0]))


def _enter_hit(casting: Casting, start: int, end: int, hit: Hit, named: _Named) -> None:
    tokens = list(casting.doc[start:end])
    head = root(tokens)
    polity = _polity(hit)
    if polity is not None:
        # "Northern" is part of the name here, and tells of no part of a city
        acts = metonymy.read(head, "state" if tokens[0].lower_.endswith("ern") else "capital").actor
        hit = Hit(hit.start, hit.end, polity[:1] if acts else polity[1:])
        if acts:
            casting.sites.append(Site(head.i, hit.start, hit.end, polity[1], True))
    entries = _chosen(casting, head, hit, named)
    part_of_word = hit.end < tokens[-1].idx + len(tokens[-1]) and len(entries) == 1
    actors: list[str] = []
    for entry in entries:
        reading = metonymy.read(head, entry.sense) if len(entries) == 1 else metonymy.ACTOR
        if entry.sense in {"state", "capital", "region"}:
            acts = reading.actor and entry.sense != "region"
            casting.sites.append(Site(head.i, hit.start, hit.end, entry, acts))
        if reading.actor and entry.id:
            actors.append(_actor(casting, head, entry).id)
        elif entry.sense == "state":
            # Ground, and no doer here; yet the text is about that state, and a deed on its ground may be done to it.
            casting.enter(entry).mentions.add((hit.start, hit.end))
        if entry.country is not None and entry.country in casting.registry.states:
            (casting.countries if reading.actor else casting.grounds)[head.i] = entry.country
    nationality = () if part_of_word or _is_prefixed(casting, start) else entries
    for token in tokens:
        casting.modifiers[token.i] = nationality
        casting.labels[token.i] = casting.text[hit.start : hit.end]
    if actors:
        casting.mention(head.i, tuple(dict.fromkeys(actors)), hit.start, hit.end)


def _actor(casting: Casting, head: Token, entry: Entry) -> Draft:
    """The actor that a name means: "Algerians" in "a hundred Algerians" are people, not the state."""
    state = casting.registry.states.get(entry.country or "")
    if entry.sense not in {"people", "adjective"} or entry.kind != "state" or state is None:
        return casting.enter(entry)
    if head.dep_ == "conj" and first_conjunct(head).dep_ in {"amod", "compound", "nmod"}:
        return casting.enter(entry)  # "Chinese, Japanese and South Korean officials"
    civic = head.tag_ == "NNPS" and head.dep_ == "nsubj" and head.head.lemma_ in _CIVIC
    if head.dep_ not in _ARGUMENTS or not (civic or _is_counted(head)):
        return casting.enter(entry)
    if any(child.lower_ == "ethnic" for child in head.children):
        draft = casting.add(f"group:ethnic-{slug(head.text)}", f"Ethnic {head.text}", "group", None)
    elif head.tag_ in {"NNS", "NNPS"} or entry.sense == "people":
        draft = casting.add(f"group:people-of-{slug(state.name)}", f"People of {state.name}", "group", state.country)
    else:
        draft = casting.add(
            f"person:citizen-of-{slug(state.name)}", f"Citizen of {state.name}", "person", state.country
        )
    draft.add_sectors("CVL")
    return draft


def _is_counted(head: Token) -> bool:
    """Whether a number, a quantity or a quality goes with a demonym: so many people of a nation, not the nation."""
    if any(child.dep_ in {"nummod", "amod"} or child.lower_ in _QUANTITIES for child in head.children):
        return True
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head  # "thousands of Kenyans and Ugandans"
    above = head.head
    return head.dep_ == "pobj" and above.lower_ == "of" and (above.head.lemma_.lower() in _QUANTITIES)


def _polity(hit: Hit) -> tuple[Entry, Entry] | None:
    """A state that few recognise and its land, which have one name: it acts like a state, and lies in another."""
    regions = {entry.name: entry for entry in hit.entries if entry.sense == "region"}
    bodies = (entry for entry in hit.entries if entry.sense == "organisation" and entry.name in regions)
    return next(((body, regions[body.name]) for body in bodies), None)


def _chosen(casting: Casting, head: Token, hit: Hit, named: _Named) -> tuple[Entry, ...]:
    """One entry for one name, both for two names in one token."""
    first = hit.entries[0]
    if len({entry.id for entry in hit.entries}) == 2 and all(e.sense in {"state", "adjective"} for e in hit.entries):
        return hit.entries
    region = next((entry for entry in hit.entries if entry.sense == "region"), None)
    if region is not None and first.kind == "group" and head.dep_ == "pobj":
        return (region,)  # "In the Gulf".
    other = region is not None and first.sense == "state" and region.country != first.country
    if region is not None and other and region.country in named.countries:
        around = {first.country, *gazetteer.neighbours(first.country or "")}
        return (first,) if around & named.countries else (region,)
    return (max(hit.entries, key=lambda entry: _fits(casting, head, entry, named)),)


def _fits(casting: Casting, head: Token, entry: Entry, named: _Named) -> tuple[bool, bool, bool, bool, bool]:
    """How well one of several bearers of a name fits: named or taken up in the sentence ("Brussels … the alliance"),
    named in the text, its country named, not gone by the text's day, armed where arms or a city of its state are told
    of."""
    near = named.near.get(head.sent.start, frozenset())
    taken_up = any(token.lower_ in entry.nominals for token in head.sent)
    return (
        entry.id in near or taken_up,
        entry.id in named.ids or entry.id in casting.drafts,
        entry.country in named.countries,
        casting.on is None or not entry.validity.over(casting.on),
        bool(_ARMED & set(entry.sectors)) and (_is_among_arms(head) or entry.country in casting.countries_of_cities),
    )


def _is_among_arms(head: Token) -> bool:
    """Whether a name stands where only one who bears arms can stand."""
    first = first_conjunct(head)
    above = first.head.head if first.dep_ == "pobj" else first.head
    beside = [above, *first.conjuncts, first]
    return any(token.lemma_.lower() in _FIGHTING for token in beside if token != head)


def _is_prefixed(casting: Casting, start: int) -> bool:
    """Whether "anti-" or "pro-" stands before it: an anti-Russian crowd is not Russian."""
    return (
        start >= 2
        and casting.doc[start - 1].text in {"-", "–"}
        and casting.doc[start - 2].lower_
        in {
            "anti",
            "pro",
            "non",
            "ex",
        }
    )


def _enter_organisations(casting: Casting) -> None:
    """What the statistical model labels an organisation and nothing else knows."""
    for ent in casting.doc.ents:
        if ent.label_ != "ORG" or (ent[0].is_title and namewords.is_where(ent, casting.near)):
            continue
        if datelines.is_place_in(ent[0]):
            continue  # "ISTANBUL (Agency) -"
        tokens = [token for token in _whole(ent) if token.lower_ not in {"the", "a", "an"} and not token.is_space]
        opened = next((n for n, token in enumerate(tokens) if token.text in _BRACKETS), len(tokens))
        tokens = tokens[:opened] if all(t.text != ")" for t in tokens) else tokens  # "Zaire (Agencies"
        while tokens and (tokens[-1].lower_ in namewords.POSSESSIVE or tokens[-1].is_punct):
            tokens.pop()
        while tokens and tokens[-1].lower_ in {"of", "and", "for", "&"}:
            tokens.pop()  # the label ends before the name that the registry knows: "Ministry of Health of Kenya"
        if not tokens or all(not token.text[0].isupper() for token in tokens):
            continue
        head = root(tokens)
        if namewords.is_headline(head.sent) and any(namewords.is_plain(t) and not t.is_lower for t in tokens):
            continue  # "Militia Must Leave Town"
        if head.i in casting.heads or head.i in casting.taken or _runs_into_role(casting, ent):
            continue
        last = rolewords.ending_at(casting.doc, tokens[-1].i)
        if last is not None and all(t.i >= last.start or _is_national(casting, t) for t in tokens):
            continue
        first, final = tokens[0], tokens[-1]
        name = " ".join(casting.text[first.idx : final.idx + len(final)].split())
        if not slug(name):
            continue
        draft = casting.add(f"org:{slug(name)}", name, "organisation", _country(casting, [*tokens, *head.children]))
        what = last or rolewords.ending_at(casting.doc, head.i)  # "the Bank of Japan" is a bank
        if what is not None:
            draft.add_sectors(what.role.sector)
            draft.nominals.add(what.role.phrase.rsplit(" ", 1)[-1])
        casting.mention(head.i, (draft.id,), first.idx, final.idx + len(final))
        casting.taken.update(token.i for token in tokens)


def _whole(ent: Span) -> list[Token]:
    """The tokens of a name with the plural possessor that a label leaves out: "the Workers' Party"."""
    start = ent.start
    possessor = ent.doc[start - 2] if start >= 2 and ent.doc[start - 1].tag_ == "POS" else None
    if possessor is not None and possessor.head.i in range(start, ent.end) and ent.root.is_title:
        plural = possessor.is_title and possessor.lower_ in {"people", "women", "children"}
        start = possessor.i if plural or possessor.tag_ == "NNPS" else start
    return list(ent.doc[start : ent.end])


def _is_national(casting: Casting, token: Token) -> bool:
    """Whether a word of a name says whose the institution is: "Israeli Supreme Court", unlike "Boston University"."""
    return any(entry.sense != "region" for entry in casting.modifiers.get(token.i, ()))


def _runs_into_role(casting: Casting, ent: Span) -> bool:
    """Whether the label ends inside a role phrase: "Defence" of "Defence Minister"."""
    for i in range(ent.end, min(ent.end + 3, len(casting.doc))):
        words = rolewords.ending_at(casting.doc, i)
        if words is not None and words.start < ent.end:
            return True
    return False


def _country(casting: Casting, tokens: list[Token]) -> str | None:
    """The state that an organisation's name or its possessor names: the Kenya Anti-Corruption Commission."""
    for token in tokens:
        for entry in casting.modifiers.get(token.i, ()):
            if entry.sense in {"state", "adjective", "region"}:
                return entry.country
    return None
