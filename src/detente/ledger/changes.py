"""Who changed position: the same actor against a thing at one time and for it at another.

What is wrongly called a change does more harm than one that is missed, so that more is asked of two positions than to
be on one topic (`detente.reading.wants.matters`, for which "to lift" and "to impose" sanctions are one): the same words
but for grammar and endings, nothing negated and nothing on condition, the same party of whom it is wanted, and dates
that tell which came first. Of demands it is never taken that whoever demands a deed of others would do it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from detente.ledger.memory import Taken
from detente.reading.wants import families
from detente.records import Actor, PositionAct
from detente.world.registry import registry

_FOR: Final[frozenset[PositionAct]] = frozenset({"offer", "promise", "support", "demand"})
_AGAINST: Final[frozenset[PositionAct]] = frozenset({"refuse", "oppose"})
_OWN: Final[frozenset[PositionAct]] = frozenset({"offer", "promise", "refuse"})
"""Acts about a deed of one's own; the others are about what is done by whomever."""
_VIEWS: Final[frozenset[PositionAct]] = frozenset({"support", "oppose"})

_GRAMMAR: Final = frozenset("a an the to of for on in with that its their his our be".split())
_TURNING: Final = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|only|unless|until|except|but|if|any|cannot|\w+n[’']t)\b", re.IGNORECASE
)
"""Words that turn or narrow what is wanted."""
_LOOKING_BACK: Final = re.compile(
    r"\b(?:had|previously|earlier|once|initially|originally|formerly|before|last|ago|past|long|again|until)\b",
    re.IGNORECASE,
)
"""Words with which a text may tell of older times than its own; without a date nobody knows of which."""

_PRONOUNS: Final = frozenset("it them him her this these those such so".split())
_ENOUGH: Final = 2
"""Words that name one matter: "the truce" alone may be any."""

_CLUE: Final = 4
"""Letters that forms of one word have in common at least."""

NEAREST: Final = 20
"""Earlier positions that are compared with one; of an actor that says the same for years the latest will do."""

FEW: Final = 30
"""Changes that are told of; the latest."""


@dataclass(frozen=True)
class Stand:
    """A position, with what tells its time. `when` is its date or else that of its document."""

    document: str
    id: str
    actor: str
    act: PositionAct
    of: str | None
    what: str
    when: str

    undated: tuple[int, int] | None
    """Where its evidence stands, if that is to tell whether it is as new as its text; None where it has a date."""

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Stand | None:
        """A row of `earlier`; None where it cannot be part of a change, whatever its evidence is."""
        when, place = row["date"] or row["published"], row["evidence"]
        if when is None or row["condition"] is not None or row["act"] not in _FOR | _AGAINST:
            return None
        undated = (place["start"], place["end"]) if row["date"] is None else None
        found = cls(row["document"], row["id"], row["actor"], row["act"], row["of"], row["what"], when, undated)
        return found if len(found.words) >= _ENOUGH and not _TURNING.search(found.what) else None

    def looks_back(self, text: str) -> bool:
        """Whether the document, whose text is given, may tell of an older time than its own."""
        return self.undated is not None and _LOOKING_BACK.search(text, *self.undated) is not None

    @cached_property
    def words(self) -> frozenset[str]:
        """What it is about: the stems of its words but for grammar; none where a pronoun says what."""
        lower = [families.POSSESSIVE.sub("", match.group().lower()) for match in families.WORD.finditer(self.what)]
        if not _PRONOUNS.isdisjoint(lower):
            return frozenset()
        return frozenset(families.stem(word) for word in lower if word not in _GRAMMAR)

    @property
    def clue(self) -> str:
        """A beginning of one of its words; whatever has the same words has a word that begins so."""
        return max(sorted(self.words), key=len)[:_CLUE]

    @property
    def is_for(self) -> bool:
        """Whether the actor is for it."""
        return self.act in _FOR

    @property
    def is_deed(self) -> bool:
        """Whether it is told as a deed, with a verb: "to extend the deal", not "the deal"."""
        first = next((match.group().lower() for match in families.WORD.finditer(self.what)), "")
        return first in {"to", "that"} or (families.is_verb(first) and not families.is_noun(first))

    def is_about_the_same(self, other: Stand) -> bool:
        """Whether this and another position of the actor, with the same words, can be held against each other."""
        if self.of and other.of and self.of != other.of:
            return False
        acts = {self.act, other.act}
        return acts <= _OWN or acts <= _VIEWS or not (self.is_deed or other.is_deed)


def stands(some: Iterable[Taken]) -> Iterator[Stand]:
    """The positions that can be part of a change."""
    for taken in some:
        document, position = taken.reading.document, taken.position
        row = {
            "document": document.id,
            "id": position.id,
            "actor": position.actor,
            "act": position.act,
            "of": position.of,
            "what": position.what.text,
            "condition": position.condition,
            "date": position.date,
            "published": document.published,
            "evidence": {"start": position.evidence.start, "end": position.evidence.end},
        }
        if (stand := Stand.of_row(row)) is not None and not stand.looks_back(document.text):
            yield stand


def earlier(stands: Iterable[Stand]) -> tuple[str, dict[str, Any]]:
    """The query for the positions that may be what `stands` changed from or hold on to, and its parameters.

    Of their evidence it tells the place alone: to join the texts would have those of the whole ledger read.
    """
    asked = sorted({(stand.actor, stand.clue, stand.when) for stand in stands})
    query = """
        WITH asked AS (
            SELECT unnest($actors) AS actor, unnest($clues) AS clue, unnest($times) AS "time"
        ), worded AS MATERIALIZED (
            SELECT document, id, actor, lower(what.text) AS worded, coalesce(date, documents.published) AS "when"
            FROM positions
            JOIN (SELECT id AS document, published FROM documents) AS documents USING (document)
            WHERE actor IN (SELECT actor FROM asked) AND condition IS NULL AND act <> 'condition'
        ), near AS (
            SELECT document, id
            FROM asked JOIN worded USING (actor)
            WHERE contains(worded, clue) AND earliest("when") <= latest("time")
            QUALIFY row_number() OVER (PARTITION BY actor, clue, "time" ORDER BY "when" DESC, document, id) <= $nearest
        )
        SELECT positions.document, positions.id, actor, act, "of", what.text AS what, condition, date, published,
            evidence
        FROM positions
        JOIN (SELECT id AS document, published FROM documents) AS documents USING (document)
        WHERE (positions.document, positions.id) IN (SELECT document, id FROM near)
        ORDER BY ALL
    """
    return query, {
        "actors": [actor for actor, _, _ in asked],
        "clues": [clue for _, clue, _ in asked],
        "times": [time for _, _, time in asked],
        "nearest": NEAREST,
    }


@dataclass(frozen=True)
class Change:
    """An actor that was on one side earlier and on the other later."""

    earlier: Stand
    later: Stand


def alike(later: Iterable[Stand], rows: Iterable[Mapping[str, Any]]) -> Iterator[Stand]:
    """Of the rows of `earlier` the positions of the same actor in the same words as one of `later`."""
    asked = {(stand.actor, stand.words) for stand in later}
    for row in rows:
        if (stand := Stand.of_row(row)) is not None and (stand.actor, stand.words) in asked:
            yield stand


def found(later: Iterable[Stand], alike: Iterable[Stand]) -> Sequence[Change]:
    """The changes that end with one of `later`, the latest first; those that are `alike` are all that may be earlier.

    What an actor said last before decides: who holds on to a position changes nothing, and where reports of one time
    disagree nobody knows.
    """
    known: dict[tuple[str, frozenset[str]], list[Stand]] = defaultdict(list)
    for other in alike:
        known[other.actor, other.words].append(other)
    changes: dict[tuple[str, frozenset[str], bool], Change] = {}
    for stand in sorted(later, key=lambda stand: (stand.when, stand.document, stand.id)):
        same = [other for other in known[stand.actor, stand.words] if other.is_about_the_same(stand)]
        if any(other.is_for != stand.is_for and _may_be_at_once(other, stand) for other in same):
            continue
        before = [other for other in same if _is_before(other, stand)]
        last = [other for other in before if not any(_is_before(other, another) for another in before)]
        if last and all(other.is_for != stand.is_for for other in last):
            changes.setdefault((stand.actor, stand.words, stand.is_for), Change(last[0], stand))
    return [*changes.values()][: -FEW - 1 : -1]


def has_a_name(taken: Taken) -> bool:
    """Whether an actor is the same in every document: known, or with a name of its own, unlike "former general"."""
    actor_id = taken.position.actor
    actor = next((actor for actor in taken.reading.actors if actor.id == actor_id), None)
    return actor is not None and is_named(actor)


def is_named(actor: Actor) -> bool:
    """Whether an actor is known, or has a name of its own."""
    if actor.kind == "group":
        return False
    names = [word for word in actor.name.split() if word not in _GRAMMAR]
    has_names = len(names) > 1 and all(word[0].isupper() for word in names)
    return actor.kind == "state" or has_names or actor.id in registry().by_id


def _is_before(one: Stand, other: Stand) -> bool:
    """Whether one was surely taken before the other; dates are compared as far as both go."""
    ended, begun = one.when.rpartition("/")[2], other.when.partition("/")[0]
    length = min(len(ended), len(begun))
    return ended[:length] < begun[:length]


def _may_be_at_once(one: Stand, other: Stand) -> bool:
    return not _is_before(one, other) and not _is_before(other, one)
