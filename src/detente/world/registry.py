"""Names and what they stand for: the one index in which reading looks up every word of a text.

A text is taken apart into runs of letters and digits, so that "U.S.", "al-Qaeda" and "People's Republic" are found
however a tokeniser cuts them. A name must be written as a name: with a capital, and an acronym in capitals ("IS",
"WHO").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from typing import Final, Literal

from detente.records import ActorKind
from detente.world import tables
from detente.world.tables import ALWAYS, Membership, Region, Term, Validity

_SEATED: Final = frozenset({"capital", "seat"})
Sense = Literal["state", "people", "adjective", "capital", "seat", "organisation", "group", "person", "region"]
"""How a name stands for its bearer: "Russia", "Russians", "Russian", "Moscow", "the Kremlin", "NATO", "the Kurds",
"Putin", "Crimea"."""

_SHORT: Final = 4
"""Letters of an acronym that may be a word."""

_HEADS: Final = frozenset({"head-of-state", "head-of-government"})

WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[ \u00a0.&’'/–-]{0,2}")
"""What may stand between two words of one name; a comma, a line end or a quotation mark ends it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one name stands for. `id` is the actor's id; a region has none."""

    id: str
    name: str
    kind: ActorKind
    sense: Sense
    country: str | None
    sectors: tuple[str, ...] = ()
    acts_for: str | None = None
    validity: Validity = ALWAYS
    nominals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is on a day: of which state, in which sectors, for whom, and by which terms of office."""

    country: str | None
    sectors: tuple[str, ...] = ()
    acts_for: str | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text, by its character offsets, with what it may stand for, the likeliest first."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Registry:
    """Everything that is known before reading, indexed by name."""

    def __init__(self) -> None:
        self.states: Mapping[str, Entry] = {}
        self.by_id: dict[str, Entry] = {}
        self._terms: dict[str, list[Term]] = {}
        self._offices: dict[tuple[str, str], list[Term]] = {}
        self._genders: dict[str, str] = {}
        self._surnames: dict[str, list[Entry]] = {}
        self._regions: dict[str, Region] = {}
        self._successors: dict[str, str] = {}
        self._members: dict[str, list[Membership]] = {}
        self._names: dict[str, list[tuple[str, Entry]]] = {}
        self._longest: dict[str, int] = {}
        self.states = self._add_states()
        self._add_organisations()
        self._add_seats()
        self._add_groups()
        self._add_people()
        self._add_regions()
        for row in tables.members():
            self._members.setdefault(row.organisation, []).append(row)

    def find(self, text: str, on: date | None) -> Iterator[Hit]:
        """The names in `text` that a text of the day `on` may know, longest first at each place, without overlaps."""
        words = [(match.start(), match.end(), _spelled(normal(match.group()))) for match in WORD.finditer(text)]
        at = 0
        while at < len(words):
            hit, length = None, 1
            longest = self._longest.get(words[at][2], 0)
            for size in range(min(longest, len(words) - at), 0, -1):
                hit = self._match(text, words[at : at + size], on)
                if hit is not None:
                    length = size
                    break
            if hit is not None and not (length == 1 and _is_shouted(text, words, at)):
                yield hit
            at += length

    def named(self, name: str, on: date | None = None) -> tuple[Entry, ...]:
        """What `name`, and nothing more, may stand for."""
        return next((hit.entries for hit in self.find(name, on) if (hit.start, hit.end) == (0, len(name))), ())

    def resolved(self) -> list[str]:
        """The ids of all actors that are known, and what roles are called in ids: "officials", "armed-forces"."""
        named = {name for role in tables.roles().values() for name in (slug(role.phrase), role.institution)}
        return [*self.by_id, *named, *(f"{name}s" for name in named), "people", "citizen"]

    def forms(self) -> Iterator[str]:
        """All names that are known, as the tables have them."""
        return (form for named in self._names.values() for form, _ in named)

    def state_spelled_like(self, name: str) -> Entry | None:
        """The state whose name is that but for a letter, with the same first one."""
        names = {state.name: state for state in self.states.values() if state.name[0] == name[0]}
        near = get_close_matches(name, names, n=1, cutoff=0.9)
        return names[near[0]] if near else None

    def terms_of(self, person: str, on: date) -> list[Term]:
        """The terms of office that the person with this id is in on that day."""
        return [term for term in self._terms.get(person, ()) if term.validity.holds(on)]

    def likeliest(self, people: Iterable[Entry], on: date | None) -> Entry | None:
        """Whom a surname that several have means: who is in office on that day, then who has led a state, then who was
        last; undated nobody."""
        candidates = list({entry.id: entry for entry in people}.values())
        if len(candidates) == 1:
            return candidates[0]
        if on is None or not candidates:
            return None
        day = on.isoformat()

        def rank(entry: Entry) -> tuple[bool, bool, str]:
            terms = self._terms[entry.id]
            begun = [term for term in terms if term.validity.since <= day]
            led = any(tables.roles()[term.office].institution in _HEADS for term in begun)
            holds = any(term.validity.holds(on) for term in terms)
            return holds, led, max((term.validity.since for term in begun), default="")

        return max(candidates, key=rank)

    def surnamed(self, surname: str, on: date | None) -> tuple[Entry, ...]:
        """Who of this surname is in an office on that day: whom a common surname may mean that is surely a person's."""
        if on is None:
            return ()
        return tuple(entry for entry in self._surnames.get(normal(surname), ()) if self.terms_of(entry.id, on))

    def served(self, person: str, on: date) -> bool:
        """Whether the person with this id has left an office by that day."""
        return any(
            term.acts_for and term.validity.until and term.validity.until < on.isoformat()
            for term in self._terms.get(person, ())
        )

    def holder(self, country: str, office: str, on: date | None) -> Entry | None:
        """Who holds an office (an institution of roles.csv, "head-of-state") of a country on that day."""
        if on is None:
            return None
        for term in self._offices.get((country, office), ()):
            if term.validity.holds(on):
                return self.by_id[person_id(term.person)]
        return None

    def standing(self, person: str, on: date) -> Standing:
        """What the person with this id is on that day: who has left an office and holds none is ELI."""
        terms = self.terms_of(person, on)
        if terms:
            sectors = tuple(dict.fromkeys(sector for term in terms for sector in term.sectors))
            acts_for = next((term.acts_for for term in terms if term.acts_for), None)
            return Standing(terms[-1].country, sectors, acts_for, tuple(terms))
        home = self.by_id[person].country or ""
        if home in self.states and self.states[home].validity.over(on):
            home = self._successors.get(home, home)
        return Standing(home or None, ("ELI",) if self.served(person, on) else ())

    def career(self, person: str) -> tuple[Term, ...]:
        """All terms of the person with this id, in the order of their beginnings."""
        return tuple(sorted(self._terms.get(person, ()), key=lambda term: term.validity.since))

    def members(self, organisation: str, on: date | None) -> tuple[str, ...]:
        """The codes of the states that are in an organisation on that day; of all that ever were, without a day."""
        rows = self._members.get(organisation, ())
        return tuple(sorted({row.country for row in rows if on is None or row.validity.holds(on)}))

    def gender(self, person: str) -> str | None:
        """`m` or `f`, where the registry knows it."""
        return self._genders.get(person)

    def halves(self, on: date | None) -> list[dict[str, Entry]]:
        """The states of divided countries by the first word of their names: Korea's are its "North" and its "South"."""
        found: dict[str, dict[str, Entry]] = {}
        for row in tables.states():
            state = self.states[row.code]
            for name in (row.name, *row.aliases):
                quarter, _, country = name.partition(" ")
                if quarter in {"North", "South"} and (on is None or state.validity.holds(on)):
                    found.setdefault(country, {})[quarter] = state
        return [half for half in found.values() if len(half) > 1]

    def region(self, name: str) -> Region | None:
        """The region of that name or alias."""
        return self._regions.get(key(name))

    def _match(self, text: str, words: list[tuple[int, int, str]], on: date | None) -> Hit | None:
        forms = self._names.get(" ".join(word for _, _, word in words))
        if forms is None:
            return None
        if not all(_GAP.fullmatch(text, before[1], after[0]) for before, after in pairwise(words)):
            return None
        start, end = words[0][0], words[-1][1]
        entries = tuple(
            dict.fromkeys(
                entry
                for form, entry in forms
                if _written_as(form, text, start, end)
                and entry.validity.begun(on)
                and not (entry.sense == "person" and end - start <= _SHORT and text[start:end].isupper())  # "an MBA"
            )
        )
        entries = _seated(entries, on)
        if not entries:
            return None
        # A full stop or a plus sign that belongs to the name: "U.S.", "OPEC+".
        end = max([end, *(start + len(form) for form, _ in forms if text.startswith(form, start))])
        return Hit(start, end, entries)

    def _index(self, entry: Entry, names: Iterable[str]) -> None:
        for name in names:
            form = name.removeprefix("the ").removeprefix("The ")
            words = " ".join(_spelled(word) for word in key(form).split())
            if not words:
                continue
            self._names.setdefault(words, []).append((form, entry))
            first, count = words.split(" ", 1)[0], words.count(" ") + 1
            self._longest[first] = max(self._longest.get(first, 0), count)

    def _add_states(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for row in tables.states():

            def entry(sense: Sense, row: tables.State = row) -> Entry:
                return Entry(row.code, row.name, "state", sense, row.code, validity=row.validity)

            found[row.code] = self.by_id[row.code] = entry("state")
            if row.successor:
                self._successors[row.code] = row.successor
            self._index(found[row.code], (row.name, *row.aliases))
            self._index(entry("adjective"), row.adjectives)
            self._index(entry("people"), row.people)
            self._index(entry("capital"), row.capitals)
        return found

    def _add_organisations(self) -> None:
        for row in tables.organisations():
            entry = Entry(
                row.id,
                row.name,
                row.kind,
                "organisation",
                row.country,
                row.sectors,
                row.acts_for,
                row.validity,
                row.nominals,
            )
            self.by_id[row.id] = entry
            self._index(entry, (row.name, *row.aliases))

    def _add_seats(self) -> None:
        for seat in tables.seats():
            kind, _, which = seat.stands_for.partition(":")
            if kind == "government":
                stands = government(self.states[which])
            else:
                stands = replace(self.by_id[seat.stands_for], sense="capital")
            self._index(stands, (seat.name, *seat.aliases))

    def _add_groups(self) -> None:
        for row in tables.groups():
            entry = Entry(row.id, row.name, "group", "group", row.country, row.sectors)
            self.by_id[row.id] = entry
            self._index(entry, (row.name, *row.aliases))
            adjective = Entry(row.id, row.name, "group", "adjective", row.country, row.sectors)
            self._index(adjective, row.adjectives)

    def _add_people(self) -> None:
        for term in tables.terms():
            self._terms.setdefault(person_id(term.person), []).append(term)
            role = tables.roles().get(term.office)
            if role is not None and role.institution:
                self._offices.setdefault((term.country, role.institution), []).append(term)
        common = tables.common_names()
        # A surname by which one is known alone is not another's.
        known_alone = {name for terms in self._terms.values() for term in terms for name in term.aliases}
        for person, terms in self._terms.items():
            # Nobody is known before the first of the offices and candidacies that are on record.
            known = Validity(min(term.validity.since for term in terms))
            # Home is a state, whatever organisation one has served.
            home = next((term.country for term in terms if term.country in self.states), terms[0].country)
            entry = Entry(person, terms[0].person, "person", "person", home, validity=known)
            self.by_id[person] = entry
            self._genders[person] = terms[0].gender
            names = dict.fromkeys(name for term in terms for name in (term.person, *term.aliases))
            surname = terms[0].person.rpartition(" ")[2]
            if surname not in common and surname not in known_alone:
                names[surname] = None
            self._surnames.setdefault(normal(surname), []).append(entry)
            self._index(entry, names)

    def _add_regions(self) -> None:
        for row in tables.regions():
            for name in (row.name, *row.aliases):
                self._regions[key(name)] = row
            self._index(Entry("", row.name, "group", "region", row.country), (row.name, *row.aliases))


def _seated(entries: tuple[Entry, ...], on: date | None) -> tuple[Entry, ...]:
    """Let the capital or seat of two states be that of the one of its day: Moscow was the Soviet Union's until 1991."""
    former = [entry for entry in entries if entry.sense in _SEATED and entry.validity.until]
    if not former:
        return entries
    then = next((entry for entry in former if on is not None and not entry.validity.over(on)), None)
    return tuple(
        entry
        for entry in entries
        if entry.sense not in _SEATED or entry == then or (then is None and not entry.validity.until)
    )


def government(state: Entry) -> Entry:
    """The government of a state, for which its seat stands ("the White House said")."""
    return Entry(
        f"org:government-of-{slug(state.name)}",
        f"Government of {state.name}",
        "organisation",
        "seat",
        state.country,
        ("GOV",),
        state.id,
        state.validity,
    )


def person_id(name: str) -> str:
    """The stable id of a person of this name."""
    return f"person:{slug(name)}"


def slug(name: str) -> str:
    """`name` as it stands in an id: "Côte d'Ivoire" is "cote-d-ivoire"."""
    return key(name).replace(" ", "-")


def key(name: str) -> str:
    """The words of `name` as the index knows them."""
    return " ".join(normal(word) for word in WORD.findall(name))


def normal(word: str) -> str:
    """`word` in lower case and without accents."""
    lower = word.lower()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


_SPELLINGS: Final = {
    "defence": "defense",
    "labour": "labor",
    "organisation": "organization",
    "centre": "center",
    "programme": "program",
    "civilisation": "civilization",
    "harbour": "harbor",
}


def _is_shouted(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether a short word in capitals stands among others: in "THE GLASS IS HALF FULL" no armed group is named."""
    around = [text[start:end] for start, end, _ in words[max(0, at - 1) : at + 2]]
    word = text[words[at][0] : words[at][1]]
    return (
        len(word) <= _SHORT
        and len(around) == 3
        and all(other.isupper() and len(other) > 1 for other in around)
        and "\n" not in text[words[at - 1][0] : words[at + 1][1]]
    )


def _spelled(word: str) -> str:
    """A word as American English spells it: "Self-Defence Forces" and "Self-Defense Forces" are one name."""
    return _SPELLINGS.get(word, word)


def _written_as(form: str, text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is written as the name `form` must be."""
    if len(words := key(form).split()) == 1 and words[0] != normal(text[start:end]):
        return False  # "Labor" is not Britain's "Labour"; "Self-Defence Forces" may be anybody's.
    if len(form) <= 6 and any(c.isupper() for c in form[1:]):
        if " " in text[start:end] and " " not in form:
            return False  # "A U.S. strike" is none of the A.U.
        return text[start:end].isupper() or text.startswith(form, start)
    return text[start].isupper() or form[0].islower()


@cache
def registry() -> Registry:
    """The registry, loaded once."""
    return Registry()
