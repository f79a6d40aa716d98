"""The matter of an issue as words, and which words of a text are about it.

What two are about is compared as topics are (`detente.reading.wants.matters`). An issue is asked for in full ("NATO
membership of Ukraine"), and texts that have once said what they are about say less ("the bid", "join"): in a document
that holds the whole of an issue, what shares a part of it and names nothing else is about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.errors import IssueError
from detente.reading.wants import families, matters
from detente.reading.wants.matters import Matter
from detente.records import Actor, Evidence, Position, Reading, Span
from detente.world.registry import registry

_ENDING: Final = frozenset({"end", "renounce", "cancel", "withdrawal", "removal", "closure"})
"""Families of words that do away with what they are said of: to lift it, to drop it, its suspension."""
_BARRING: Final = frozenset(map(families.key, ("ban", "sanction", "blockade", "boycott")))
"""Families of things that stand against another: who wants a ban on mining does not want mining."""
_LESSENING: Final = frozenset(
    map(families.stem, "reduce reduction cut lower lowering limit limitation restrict restriction curb halve".split())
)
_REFUSALS: Final = frozenset({"not", "never", "no", "without", "nor", "neither", "refuse", "objection", "objections"})
"""Negations, and the words that say no, most of them one family."""
_HANDLED: Final = _ENDING | _LESSENING | _REFUSALS
_TURNING: Final = _HANDLED | _BARRING
_PREPOSITIONS: Final = frozenset("of on in for to with between against from at by over into under about".split())
_PRONOUNS: Final = frozenset({"it", "them"})

_PARTY: Final = 0.5
"""What a party in common counts, beside a word that tells, which counts 1."""
_ENOUGH: Final = 0.5
"""The share of what is named that has to be of the issue."""
_MOST: Final = 1 / 2
"""The share of an issue's words that a document has to hold."""
_BACK: Final = 300
"""Characters before a pronoun in which the issue is looked for."""


@dataclass(frozen=True)
class Subject:
    """What an issue is about."""

    title: str
    words: frozenset[str]
    """Families and stems of its words."""
    heads: frozenset[str]
    """Those of them that are said for the whole: "the deal" of a grain deal, never "the grain"."""
    handling: frozenset[str]
    """Families of what is to be done with it: an extension."""
    anchors: frozenset[str]
    """The parties and places that it names."""
    side: int
    """1, or −1 where its words are against a thing: a ban, an end to it."""
    base: int
    """The same without what is to be done with it: −1 of "lifting the embargo", whose side is 1."""

    @classmethod
    def of(cls, title: str) -> Subject:
        """The subject that a title puts in words. Raises `IssueError` where nothing says what it is about."""
        matter = _matter(title, Span(text=title, start=0, end=len(title)), "", matters.Actors(_named(title)))
        words = frozenset(word for word in matter.words if not word.startswith("the "))
        handled = _handling(title)
        if not words:
            raise IssueError(title, "names no matter; say what it is about, such as 'NATO membership of Ukraine'")
        heads = words & {families.key(word) for word in _heads(title)} or words
        return cls(title, words, heads, handled, matter.anchors, _side(title), _side(title, without=_HANDLED))

    @property
    def spellings(self) -> frozenset[str]:
        """The beginnings of words of which a text about it has one."""
        return frozenset(form for key in self.words for form in families.members(key))

    def is_in(self, reading: Reading) -> bool:
        """Whether a document holds the whole of it: its parties, and most of its words."""
        sides = matters.Actors(reading.actors)
        known = {actor.id for actor in reading.actors} | {sides.side(actor.id) for actor in reading.actors}
        lower = reading.document.text.lower()
        for anchor in self.anchors:
            kind, _, name = anchor.partition(":")
            if anchor not in known and not (kind in {"place", "name"} and name in lower):
                return False
        return self._weight(frozenset(_keys(reading.document.text))) >= _MOST * self._weight(self.words)

    def direction(
        self, span: Span, holder: str, reading: Reading, actors: matters.Actors, *, refused: bool = False
    ) -> int | None:
        """1 where words of a document that holds the subject are about it, −1 about the contrary, None about neither.

        `holder` is whose words they are. With `refused` what negates in them has been taken into account by who asks.
        """
        matter = _matter(reading.document.text, span, holder, actors)
        shared = self._weight(matter.words)
        if not shared and (taken_up := self._taken_up(span, reading, matter, refused=refused)) is not None:
            return taken_up
        handled = self.handling & _handling(span.text)
        known = matter.words & self.words
        if not (handled or known & self.heads or (known and len(known | (matter.anchors & self.anchors)) > 1)):
            return None
        shared += _PARTY if handled else 0
        strange = matter.anchors - self.anchors - matter.around
        if strange and self.anchors - matter.anchors:
            return None
        shared += _PARTY * len(matter.anchors & self.anchors)
        rest = sum(families.weight(word) for word in matter.words - self.words if not word.startswith("the "))
        if shared / (shared + (rest + _PARTY * len(strange)) / 2) <= _ENOUGH:
            return None
        return _side(span.text, without=_REFUSALS if refused else frozenset()) * self.side

    def likeness(self, title: str) -> float:
        """How much another title has in common with this, from 0 to 1."""
        other = frozenset(word for word in _words(title) if not families.is_empty(word))
        keys = frozenset(map(families.key, other))
        mine = self.words | self.handling | {families.key(word) for word in _words(self.title)}
        shared = sum(families.weight(key) for key in keys & mine)
        return shared / sum(families.weight(key) for key in keys | mine)

    def mentioned(self, text: str) -> bool:
        """Whether a text of a document that holds the subject names it, by a head that tells or by two of its words."""
        found = frozenset(_keys(text)) & self.words
        return any(families.weight(word) == 1 for word in found & self.heads) or len(found) > 1 or found == self.words

    def _taken_up(self, span: Span, reading: Reading, matter: Matter, *, refused: bool) -> int | None:
        """The same for words that only take up what was named before them in their paragraph: "join it"."""
        if _PRONOUNS.isdisjoint(_words(span.text)) or any(not word.startswith("the ") for word in matter.words):
            return None
        text = reading.document.text
        start = max(text.rfind("\n", 0, span.start) + 1, span.start - _BACK)
        if not self.mentioned(text[start : span.start]):
            return None
        return _side(span.text, without=_REFUSALS if refused else frozenset()) * self.base * self.side

    def _weight(self, words: frozenset[str]) -> float:
        return sum(families.weight(word) for word in words & self.words)


def _matter(text: str, span: Span, holder: str, actors: matters.Actors) -> Matter:
    """What words are about; the matter of a position that would be put so."""
    evidence = Evidence(start=span.start, end=span.end)
    return matters.of(Position(id="", actor=holder, act="support", what=span, evidence=evidence), actors)


def _named(title: str) -> list[Actor]:
    """The actors that a title names, the likeliest where a name may mean several."""
    found: dict[str, Actor] = {}
    for hit in registry().find(title, None):
        entry = next((entry for entry in hit.entries if entry.id), None)
        if entry is not None:
            mention = Span(text=title[hit.start : hit.end], start=hit.start, end=hit.end)
            mentions = (*found[entry.id].mentions, mention) if entry.id in found else (mention,)
            found[entry.id] = Actor(
                id=entry.id, name=entry.name, kind=entry.kind, acts_for=entry.acts_for, mentions=mentions
            )
    return [*found.values()]


def _side(text: str, *, without: frozenset[str] = frozenset()) -> int:
    """−1 where words other than some turn what they are said of into its contrary, an odd number of times; what
    somebody can do "even without" turns nothing.
    """
    turning = _TURNING - without
    side = 1
    for word in _words(text.partition(" even without ")[0]):
        if not turning.isdisjoint((word, families.key(word), families.stem(word))):
            side = -side
    return side


def _heads(title: str) -> Iterator[str]:
    """The last word of each phrase between prepositions."""
    last = ""
    for word in _words(title):
        if word in _PREPOSITIONS:
            yield last
        last = "" if word in _PREPOSITIONS else word
    yield last


def _handling(text: str) -> frozenset[str]:
    """The families of words of a text that say what is to be done with something."""
    known = (families.of(word) for word in _words(text))
    return frozenset(family.key for family in known if family is not None and family.kind == "handling")


def _words(text: str) -> list[str]:
    return [families.POSSESSIVE.sub("", match.group().lower()) for match in families.WORD.finditer(text)]


def _keys(text: str) -> Iterator[str]:
    """The families and stems of a text's words."""
    return (families.key(word) for word in _words(text) if not families.is_empty(word))
