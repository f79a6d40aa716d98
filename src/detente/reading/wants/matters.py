"""What positions are about, so that those about the same can be told from those about something else.

A matter is the words of what is wanted without those that only say what is to be done with it, the parties and places
named in them, and who stands around. It is made of a position and the actors of its document alone: the ledger, which
keeps no parse, compares positions of different documents in the same way as the reading compares those of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from detente.reading.wants import families
from detente.records import Actor, Position
from detente.world.registry import normal, registry

_ALIKE: Final = 0.55
"""How much of two matters is shared where they are one."""
_STRANGERS: Final = 0.8
"""What likeness is worth where the parties have nobody in common."""
_TELLING: Final = 1.5
"""What strangers have to share at least: that two speak of "a truce" says nothing."""

_PARTY: Final = 0.5
"""What a party or a place weighs beside a word: the same two quarrel about many things."""

_LOOK_AHEAD: Final = 4
"""Words between a verb and its particle: "pull its forces out"."""

_PRONOUNS: Final = frozenset(
    """i me my mine we us our ours you your yours he him his she her hers it its they them their theirs both""".split()
)
_AFTER_A_NOUN: Final = frozenset({"", "of", "for", "in", "on", "with", "between", "from", "to", "by", "and"})
"""What follows a word that is no verb there: "support for Kyiv"."""

_LANDS: Final = frozenset(
    """island islands isle isles sea gulf strait straits river lake bay mountains mountain heights shoal reef city town
    province region district peninsula valley desert north south east west northern southern eastern western""".split()
)
"""Words in the names of places that are no names."""

TAKEN_UPON_ONESELF: Final = frozenset({"demand", "offer", "promise", "condition"})
"""Acts by which somebody wants something of his own: who demands "membership" means his."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a position is about."""

    words: frozenset[str]
    """Families and stems of its words."""
    anchors: frozenset[str]
    """Parties and places that it names, and who is to do it."""
    around: frozenset[str]
    """Who takes the position and of whom, and whom its pronouns may mean."""
    roles: frozenset[str] = frozenset()
    """Families and stems of the words that name those around: "guerrillas", "army"."""

    def __bool__(self) -> bool:
        return bool(self.words or self.anchors)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    actor: Actor


class Actors:
    """The actors of a document: whom they act for, and where they are mentioned."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._mentions = [
            _Mention(mention.start, mention.end, actor) for actor in self._by_id.values() for mention in actor.mentions
        ]
        self._mentions.sort(key=lambda mention: (mention.end - mention.start, mention.start, mention.actor.id))

    def at(self, start: int, end: int) -> tuple[Actor, ...]:
        """The actors that the shortest mention around these offsets stands for."""
        found = [m for m in self._mentions if m.start <= start < m.end and end <= m.end + 2]
        return tuple(m.actor for m in found if (m.start, m.end) == (found[0].start, found[0].end))

    def side(self, actor_id: str) -> str:
        """Whom an actor acts for in the end: the state of a ministry, the actor itself where it acts for nobody."""
        seen: set[str] = set()
        while actor_id not in seen:
            seen.add(actor_id)
            actor = self._by_id.get(actor_id)
            if actor is None or actor.acts_for is None:
                break
            actor_id = actor.acts_for
        return actor_id

    def sides(self, actor_id: str) -> set[str]:
        """All that an actor stands for: itself, whom it acts for, its country."""
        actor = self._by_id.get(actor_id)
        home = {actor.country} if actor is not None and actor.country is not None else set()
        return {actor_id, self.side(actor_id)} | home

    def roles(self, actor_id: str) -> set[str]:
        """The words that name an actor who has no name of its own."""
        actor = self._by_id.get(actor_id)
        if actor is None or _has_a_name(actor):
            return set()
        words = (match.group().lower() for match in families.WORD.finditer(actor.name))
        return {families.key(word) for word in words if not families.is_empty(word)}

    def within(self, start: int, end: int) -> Actors:
        """The same actors with their mentions between two offsets only."""
        part = Actors(())
        part._by_id = self._by_id
        part._mentions = [m for m in self._mentions if m.start < end and start < m.end]
        return part


def of(position: Position, actors: Actors) -> Matter:
    """What a position is about, by its own words and the actors of its document."""
    text, base = position.what.text, position.what.start
    actors = actors.within(base, position.what.end)
    tokens = [_Token(m.group(), base + m.start(), base + m.end()) for m in families.WORD.finditer(text)]
    words: list[str] = []
    handling: list[str] = []
    anchors: set[str] = set()
    named: set[str] = set()
    beside = [position.actor] if position.of is None else [position.actor, position.of]
    around = set().union(*map(actors.sides, beside))
    roles = set().union(*map(actors.roles, beside))
    own = False
    names: list[_Token] = []
    for at, token in enumerate(tokens):
        found = actors.at(token.start, token.end)
        if token.lower in _PRONOUNS:
            around |= {actors.side(actor.id) for actor in found}
            continue
        parties = {actor.id for actor in found if _has_a_name(actor)}
        if parties:
            named |= parties
            anchors |= {actors.side(actor_id) for actor_id in parties}
        elif token.is_name and not (at == 0 and families.of(token.lower)):
            names.append(token)
        elif not families.is_empty(token.lower):
            family = _family(tokens, at)
            if family is None:
                words.append(families.key(token.lower))
            elif family.kind == "handling" or _goes_back_to(tokens, at, family):
                handling.append(token.lower)
            else:
                words.append(family.key)
                own = own or family.kind == "own"
    anchors |= set(_places(names))
    if not words and _aspires(handling, anchors):
        words.append(families.MEMBERSHIP)
        own = True
    doer = _doer(position, tokens)
    if doer is not None and (words or anchors):
        anchors.add(actors.side(doer))
    elif own and position.act in TAKEN_UPON_ONESELF and len(anchors) <= 1:
        anchors.add(actors.side(position.actor))
    if not words and handling:
        # "The proposal" is at least the parties' own, "engage with Iran" too; "accept it" is nothing.
        words = [f"the {families.stem(word)}" for word in handling if anchors or families.is_noun(word)]
    elif not words:
        anchors |= named  # "support for Vance" is no support for all who act for his state
    return Matter(frozenset(words), frozenset(anchors), frozenset(around), frozenset(roles))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return families.POSSESSIVE.sub("", self.text.lower())

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() and not families.is_empty(self.lower)


def _aspires(handling: Iterable[str], anchors: Iterable[str]) -> bool:
    """Whether it is about becoming a member: "to renounce its NATO ambitions"."""
    return any(map(families.is_aspiration, handling)) and any(anchor.startswith("org:") for anchor in anchors)


def _has_a_name(actor: Actor) -> bool:
    """Whether an actor has a name that is known; of those that roles name ("French soldiers") the words say more."""
    return actor.id in registry().by_id


def _family(tokens: Sequence[_Token], at: int) -> families.Family | None:
    """The family of a word, with its particle where one follows: "hand the pilots over"."""
    word = tokens[at].lower
    known = families.particles(word)
    if known:
        for token in tokens[at + 1 : at + 1 + _LOOK_AHEAD]:
            if token.lower in known:
                return families.of(word, token.lower)
    return families.of(word)


def _goes_back_to(tokens: Sequence[_Token], at: int, family: families.Family) -> bool:
    """Whether it is "a return to the talks", which is about the talks, not the return of something."""
    return family.key == "return" and at + 1 < len(tokens) and tokens[at + 1].lower == "to"


def _doer(position: Position, tokens: Sequence[_Token]) -> str | None:
    """Who is to do it where the words begin with the deed: of whom it is demanded, or who takes the position.

    Whoever lifts, hosts or extends something is not part of the matter for that.
    """
    first = next((at for at, token in enumerate(tokens) if token.lower not in {"not", "to"}), None)
    if first is None or tokens[first].text[0].isupper() or not families.is_verb(tokens[first].lower):
        return None
    after = tokens[first + 1].lower if first + 1 < len(tokens) else ""
    if families.is_noun(tokens[first].lower) and after in _AFTER_A_NOUN:
        return None  # "release of the crew", "amnesty"
    family = _family(tokens, first)
    if family is None or family.kind == "handling" or _goes_back_to(tokens, first, family):
        return None
    return position.of if position.act == "demand" else position.actor


def _places(names: Sequence[_Token]) -> Iterator[str]:
    """Names that stand for no known actor: a region by its name in the registry, others by their words."""
    at = 0
    while at < len(names):
        size = 1
        while at + size < len(names) and names[at + size].start == names[at + size - 1].end + 1:
            size += 1
        run, at = names[at : at + size], at + size
        while run:
            length, region = _region(run)
            if region is not None:
                yield f"place:{normal(region)}"
            elif run[0].lower not in _LANDS or size == 1:
                yield f"name:{_bare(run[0].lower)}"
            run = run[length:]


def _region(run: Sequence[_Token]) -> tuple[int, str | None]:
    for length in range(len(run), 0, -1):
        region = registry().region(" ".join(families.POSSESSIVE.sub("", token.text) for token in run[:length]))
        if region is not None:
            return length, region.name
    return 1, None


def _bare(name: str) -> str:
    """A name so that "the Kurils" and "the Kuril Islands" are one."""
    bare = normal(name)
    return bare.removesuffix("s") if len(bare) > 4 else bare


def likeness(one: Matter, other: Matter) -> float:
    """How much of two matters is shared, from 0 to 1; 0 where each names a party or place unknown to the other."""
    if not one or not other:
        return 0.0
    strange = one.anchors - other.anchors - other.around
    unknown = other.anchors - one.anchors - one.around
    if strange and unknown:
        return 0.0
    if not one.words or not other.words:
        # "Kyiv": nothing but a name
        return float(one.words == other.words and one.anchors == other.anchors)
    common = one.words & other.words
    if not common:
        return 0.0
    shared = sum(map(families.weight, common))
    left, right = one.words - common - other.roles, other.words - common - one.roles
    parties = (one.anchors & (other.anchors | other.around)) | (other.anchors & one.around)
    # One word is enough where a party is in common too: named by both, or known to both where nobody else is named.
    met = one.anchors & other.anchors or (parties and not strange and not unknown)
    if len(common) == 1 and not met and (left or right or strange or unknown):
        return 0.0
    strangers = not (one.anchors | one.around) & (other.anchors | other.around)
    if shared < 1 and (strangers or not _differ_plainly(left | right, parties)):
        return 0.0
    shared += _PARTY * len(one.anchors & other.anchors)
    if strangers and shared < _TELLING:
        return 0.0
    rest = sum(map(families.weight, left | right)) + _PARTY * len(strange | unknown)
    return shared / (shared + rest / 2) * (_STRANGERS if strangers else 1)


def _differ_plainly(words: Collection[str], parties: Collection[str]) -> bool:
    """Whether what differs says little, so that plain words are enough for the same two: their "talks"."""
    return not words or (len(parties) > 1 and all(families.weight(word) < 1 for word in words))


def central(candidates: Sequence[Matter]) -> int:
    """Which of some matters is most like the others; the first of several."""
    total = [sum(likeness(one, other) for other in candidates) for one in candidates]
    return total.index(max(total))


def grouped(matters: Sequence[Matter]) -> list[int | None]:
    """The number of each matter's topic, from 0 in the order of their first matters; None for one that says nothing.

    A matter joins the topic with the member most like it, unless it does not go with another of its members. What
    comes later changes nothing about the topics before.
    """
    numbers: list[int | None] = []
    topics: list[list[Matter]] = []
    known: dict[Matter, int] = {}
    holding: Mapping[object, set[int]] = defaultdict(set)
    for matter in matters:
        if not matter:
            numbers.append(None)
            continue
        number = known.get(matter)
        if number is None:
            handles = _handles(matter)
            near = sorted(set().union(*(holding[handle] for handle in handles if handle in holding)))
            number = _nearest(matter, near, topics)
            if number is None:
                number = len(topics)
                topics.append([])
            topics[number].append(matter)
            known[matter] = number
            for handle in handles:
                holding[handle].add(number)
        numbers.append(number)
    return numbers


def _handles(matter: Matter) -> list[object]:
    """What two matters must have in common to be one: a telling word, two plain ones, or all where nothing tells."""
    plain = sorted(word for word in matter.words if families.weight(word) < 1)
    handles: list[object] = [word for word in matter.words if families.weight(word) == 1]
    if not handles:
        handles = [("plain", word) for word in plain] or [("named", matter.anchors)]
    return [*handles, *combinations(plain, 2)]


def _nearest(matter: Matter, numbers: Iterable[int], topics: Sequence[Sequence[Matter]]) -> int | None:
    best, nearest = 0.0, None
    for number in numbers:
        if any(_clash(matter, member) for member in topics[number]):
            continue
        likeliest = max(likeness(matter, member) for member in topics[number])
        if likeliest >= _ALIKE and likeliest > best:
            best, nearest = likeliest, number
    return nearest


def _clash(one: Matter, other: Matter) -> bool:
    """Whether each names a party or place that the other does not know."""
    return bool(one.anchors - other.anchors - other.around) and bool(other.anchors - one.anchors - one.around)
