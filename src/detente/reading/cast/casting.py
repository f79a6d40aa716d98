"""The cast while it is being found: drafts of actors that later sentences may still complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.reading.parsed import Parsed
from detente.records import Actor, ActorKind, Span
from detente.world import gazetteer
from detente.world.registry import Entry, registry
from detente.world.tables import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.cast.rolewords import RoleWords


@dataclass(slots=True)
class Draft:
    """An actor of whom the text may yet say more."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    acts_for: str | None = None
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    plural: bool = False
    nominals: set[str] = field(default_factory=set)
    """Common nouns that can take the actor up again: "alliance" for NATO, "president" for a president."""
    settled: bool = False
    """Whether the registry says what sector the actor has on the day of the text: role words do not change that."""
    mentions: set[tuple[int, int]] = field(default_factory=set)

    def add_sectors(self, *sectors: str) -> None:
        """Add the sectors that it lacks."""
        self.sectors.extend(s for s in sectors if s and s not in self.sectors)


@dataclass(frozen=True, slots=True)
class Site:
    """A name that can be a place, by the index of its head token; `actor` is false where it is nothing else."""

    head: int
    start: int
    end: int
    entry: Entry
    actor: bool


class Casting:
    """The drafts, and which token stands for which of them."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.doc = parsed.doc
        self.text = parsed.document.text
        self.on = parsed.published
        self.registry = registry()
        self.drafts: dict[str, Draft] = {}
        self.heads: dict[int, tuple[str, ...]] = {}
        self.spans: dict[int, tuple[int, int]] = {}
        self.modifiers: dict[int, tuple[Entry, ...]] = {}
        """Token index to the registry's entries that it names, also where it only modifies ("Russian")."""
        self.labels: dict[int, str] = {}
        """Token index to the text of the registry's name around it."""
        self.countries: dict[int, str] = {}
        """Token index to the state that it names as an actor or in passing: what an office around it is of."""
        self.grounds: dict[int, str] = {}
        """Token index to the state on whose ground a place lies."""
        self.pending: list[tuple[str, RoleWords]] = []
        """People with a role of theirs that belongs to a pronoun not yet resolved."""
        self.stateless: dict[str, Role | None] = {}
        """People with a title of a state's that names no state, and the title; None where the text says whose it is."""
        self.near: frozenset[str] = frozenset()
        """The states that the text names, and their neighbours: its towns are theirs."""
        self.sites: list[Site] = []
        self.taken: set[int] = set()
        """Tokens inside names: no role words are looked for there."""

    @cached_property
    def countries_of_cities(self) -> frozenset[str | None]:
        """The states of the cities that the text names: El Fasher is Sudan's."""
        places = (ent.text for ent in self.doc.ents if ent.label_ in {"GPE", "LOC"})
        cities = (gazetteer.city(name, ()) for name in dict.fromkeys(places))
        return frozenset(gazetteer.alpha3(city.countrycode) for city in cities if city is not None)

    def enter(self, entry: Entry) -> Draft:
        """The draft of a registry entry, with what holds on the day of the text."""
        if entry.id in self.drafts:
            return self.drafts[entry.id]
        draft = Draft(entry.id, entry.name, entry.kind, entry.country)
        draft.add_sectors(*entry.sectors)
        draft.acts_for = entry.acts_for
        draft.nominals.update(entry.nominals)
        draft.plural = entry.kind == "group"
        self.drafts[entry.id] = draft
        if entry.kind == "person":
            self._office(draft)
        self._principal(draft)
        return draft

    def add(self, actor_id: str, name: str, kind: ActorKind, country: str | None) -> Draft:
        """The draft with this id, made where there is none."""
        if actor_id not in self.drafts:
            known = self.registry.by_id.get(actor_id)
            if known is not None and known.validity.begun(self.on):
                return self.enter(known)
            self.drafts[actor_id] = Draft(actor_id, name, kind, country, plural=kind == "group")
        return self.drafts[actor_id]

    def act_for(self, draft: Draft, principal: str | None) -> None:
        """Let `draft` act for the actor with that id, which becomes part of the cast."""
        if principal is not None and draft.acts_for is None and principal != draft.id:
            draft.acts_for = principal
            self._principal(draft)

    def mention(self, head: int, ids: tuple[str, ...], start: int, end: int) -> None:
        """Let the phrase headed by the token `head`, from `start` to `end`, stand for the actors `ids`."""
        self.heads[head] = ids
        self.spans[head] = (start, end)
        for actor_id in ids:
            self.drafts[actor_id].mentions.add((start, end))

    def unmention(self, head: int) -> None:
        """Let the phrase headed by the token `head` stand for nobody."""
        for actor_id in self.heads.pop(head, ()):
            self.drafts[actor_id].mentions.discard(self.spans[head])
        self.spans.pop(head, None)

    def join(self, actor: str, whole: str) -> None:
        """Let all that stands for one actor stand for another, who is the same under a longer name."""
        draft, into = self.drafts.pop(actor), self.drafts[whole]
        into.mentions |= draft.mentions
        into.nominals |= draft.nominals
        into.add_sectors(*draft.sectors)
        for head, ids in self.heads.items():
            if actor in ids:
                self.heads[head] = tuple(dict.fromkeys(whole if a == actor else a for a in ids))

    def actors(self) -> tuple[Actor, ...]:
        """The finished actors: those mentioned in the order of the text, then those that are only acted for."""
        order = sorted(self.drafts.values(), key=lambda d: (not d.mentions, min(d.mentions, default=(0, 0)), d.id))
        needed = {draft.acts_for for draft in order if draft.mentions}
        return tuple(self._finished(draft) for draft in order if draft.mentions or draft.id in needed)

    def _finished(self, draft: Draft) -> Actor:
        return Actor(
            id=draft.id,
            name=draft.name,
            kind=draft.kind,
            country=draft.country,
            sectors=tuple(draft.sectors),
            acts_for=draft.acts_for,
            roles=tuple(draft.roles),
            mentions=tuple(
                Span(text=self.text[start:end], start=start, end=end) for start, end in sorted(draft.mentions)
            ),
        )

    def _office(self, draft: Draft) -> None:
        draft.gender = self.registry.gender(draft.id)
        if self.on is None:
            return
        standing = self.registry.standing(draft.id, self.on)
        draft.settled = bool(standing.terms or standing.sectors)
        draft.country = standing.country
        draft.add_sectors(*standing.sectors)
        draft.acts_for = draft.acts_for or standing.acts_for
        draft.nominals.update(term.office.rsplit(" ", 1)[-1] for term in standing.terms)

    def _principal(self, draft: Draft) -> None:
        """Make sure that the state or organisation acted for is in the cast, and so on up."""
        if draft.acts_for and draft.acts_for in self.registry.by_id:
            self.enter(self.registry.by_id[draft.acts_for])


def root(tokens: list[Token]) -> Token:
    """The token of a stretch on which the others depend."""
    inside = {token.i for token in tokens}
    return next((token for token in reversed(tokens) if token.head.i not in inside or token.head == token), tokens[-1])
