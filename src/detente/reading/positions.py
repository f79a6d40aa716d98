"""Who wants what: demands, offers, promises, refusals, support, opposition and conditions.

Words that name a position (`bids`) and statements that take one (`avowals`) make records of one kind. Nothing counts
that is supposed, planned, asked, denied, or said of somebody by the other side: a position is what its actor, or the
newspaper in its own voice, lets be known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from detente.language import grammar
from detente.reading import allegiance, status
from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.statements import Saying, Sayings
from detente.reading.wants import avowals, bids, predicates, topics, wording
from detente.reading.wants.bids import Bid
from detente.records import EventType, Evidence, Position, PositionAct, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSIBLE: Final = frozenset({"may", "might", "could", "can", "should"})
_BYSTANDERS: Final = frozenset(
    """analyst expert critic observer commentator historian professor scholar economist columnist pundit author
    researcher academic watcher newspaper media""".split()
)
"""Those who tell what others want without being told."""

_DEEDS: Final[dict[PositionAct, EventType]] = {
    "demand": "REQUEST",
    "condition": "REQUEST",
    "offer": "AGREE",
    "promise": "AGREE",
    "support": "SUPPORT",
    "refuse": "REJECT",
    "oppose": "REJECT",
}
"""The event that taking a position is, for its status."""

_SPECULATING: Final = frozenset({"predict", "ask", "claim", "accuse", "deny"})
"""Acts of statements that tell of others what they may not want."""


@dataclass(frozen=True)
class Taken:
    """A position with the words that take it."""

    record: Position
    bid: Bid
    saying: Saying | None
    """The statement that it is taken in, if any."""


def find(parsed: Parsed, cast: Cast, calendar: Calendar, sayings: Sayings) -> tuple[Taken, ...]:
    """The positions of a text, in its order. One taken twice, the words of one among those of the other, is one."""
    finder = _Finder(parsed, cast, calendar, sayings)
    found: list[Taken] = []
    known: dict[tuple[str, str], list[tuple[frozenset[str], int]]] = defaultdict(list)
    for taken in sorted(finder.positions(), key=lambda taken: taken.record.what.start):
        position = taken.record
        words, alike = _words(position.what.text), known[position.actor, position.act]
        same = next((n for other, n in alike if words and other and (words <= other or other <= words)), None)
        if same is None:
            alike.append((words, len(found)))
            found.append(taken)
        else:
            found[same] = replace(found[same], record=_merged(found[same].record, position))
    named = topics.named([taken.record for taken in found], parsed.doc, cast)
    return tuple(
        replace(taken, record=msgspec.structs.replace(record, id=f"p{number}"))
        for number, (taken, record) in enumerate(zip(found, named, strict=True), 1)
    )


@dataclass
class _Finder:
    parsed: Parsed
    cast: Cast
    calendar: Calendar
    sayings: Sayings

    def positions(self) -> Iterator[Taken]:
        for token in self.parsed.doc:
            bid = bids.find(token) or predicates.find(token)
            if bid is not None:
                yield from self._named(bid)
        seen: set[int] = set()
        for saying in self.sayings.said:
            for bid, ground in avowals.find(saying, self.parsed.doc, self.cast, self.sayings):
                if bid.trigger.i not in seen:
                    yield from self._avowed(bid, ground, saying)
                seen.add(bid.trigger.i)

    def _named(self, bid: Bid) -> Iterator[Taken]:
        """The positions that a word names, if it stands for a fact in a voice that may say so."""
        cued = self.sayings.cued_by(bid.trigger)
        owners = [s.record.source.actor for s in cued if s.record.source is not None and s.record.source.actor]
        owners = owners or self._actors(bid.owners)
        around = self.sayings.around(bid.trigger)
        taken_for_granted = bid.given and around is not None and _is_reacted_to(bid.trigger, around)
        if (
            owners
            and self._counts(bid, owners)
            and (taken_for_granted or self._may_say(around, owners, given=bid.given))
        ):
            yield from self._records(bid, owners, cued or ([around] if around is not None else []), None)

    def _counts(self, bid: Bid, owners: list[str]) -> bool:
        """Whether the position is a fact: taken, or doubtful by its own condition alone."""
        deed = _DEEDS[bid.act]
        standing = status.of(bid.trigger, self.cast, self.sayings, doers=frozenset(owners), event_type=deed)
        if standing.status == "actual" or (standing.status == "negated" and (bid.negated or bid.given)):
            return True
        if bid.disposed and all(
            s.effect == "actual" or getattr(s.by, "effect", None) == "would" for s in standing.steps
        ):
            return True
        return standing.status in {"conditional", "hypothetical"} and self._is_conditioned(bid)

    def _is_conditioned(self, bid: Bid) -> bool:
        """Whether only its own condition makes a position doubtful: "offered a truce if the siege ends"."""
        verb = bid.trigger if bid.trigger.pos_ in grammar.VERBS else bid.trigger.head
        if bid.act in {"demand", "condition"} or set(grammar.auxiliaries(verb)) & _POSSIBLE:
            return False
        if bid.trigger.dep_ == "xcomp":
            return False  # "is ready to guarantee it if": ready, no guarantee
        return wording.condition(bid.contents[0], bid.trigger, self.parsed) is not None

    def _avowed(self, bid: Bid, ground: Token | None, saying: Saying) -> Iterator[Taken]:
        source = saying.record.source
        if source is not None and source.actor is not None:
            named = [] if any(t.pos_ == "PRON" for t in bid.owners) else self._actors(bid.owners)
            yield from self._records(bid, named or [source.actor], [saying], ground)

    def _records(self, bid: Bid, owners: list[str], told: Sequence[Saying], ground: Token | None) -> Iterator[Taken]:
        """The positions of a bid. `told` are the statements that it is taken in, of several sources one each."""
        said = told[0].record.date if told else None
        when = self.calendar.of(bid.trigger)
        date = when.value if when is not None else said
        start, end = grammar.clause_span(bid.trigger)
        of = [a for a in map(self._addressee, self._actors(bid.of, grounds=True)) if a not in owners]
        taken = {token.i for token in bid.of if self.cast.at(token)}
        ground = ground or bid.ground
        for content in bid.contents:
            condition = self._condition(bid, content, ground)
            if (bid.bare and condition is None) or content in bid.owners:
                continue
            if bid.act == "refuse" and (predicates.stands_against(content) or predicates.tells_nothing(content)):
                continue
            avowed = content.i == bid.trigger.i
            # "a plan backed by Oman" is a plan
            backed = (c for c in content.children if c.dep_ in {"acl", "relcl"} and bid.trigger in (c, *c.subtree))
            aside = [*backed, *(bid.aside if of or bid.ground else ())]
            what = wording.what(
                content,
                self.parsed,
                self.calendar,
                condition=condition,
                avowed=avowed,
                without=aside,
                until=bid.until,
                taken=taken,
                named=wording.named_before(content, bid.trigger),
            )
            for owner in dict.fromkeys(owners):
                own = (s for s in told if s.record.source is not None and s.record.source.actor == owner)
                statement = next(own, told[0] if told else None)
                position = Position(
                    id="",
                    actor=owner,
                    act=bid.act,
                    of=of[0] if of else None,
                    what=what,
                    condition=condition,
                    due=wording.due(content, bid.trigger, self.calendar, said=date, conditional=condition is not None),
                    date=date,
                    statement=statement.record.id if statement is not None else None,
                    evidence=Evidence(start=min(start, what.start), end=max(end, what.end)),
                )
                yield Taken(position, bid, statement)

    def _condition(self, bid: Bid, content: Token, ground: Token | None) -> Span | None:
        if ground is None:
            return wording.condition(content, bid.trigger, self.parsed)
        return wording.whole(ground, self.parsed)

    def _actors(self, tokens: Iterable[Token], *, grounds: bool = False) -> list[str]:
        """The actors that `tokens` stand for; "we" in somebody's words is who speaks.

        With `grounds` also the states that are named as places: "elections in Niger" are wanted of Niger.
        """
        found: list[str] = []
        for token in tokens:
            ids = self.cast.named(token) if grounds else self.cast.at(token)
            ids = self._speaker(token) if token.lower_ in avowals.FIRST_PERSON else ids
            found += [actor for actor in ids if actor not in found]
        return found

    def _addressee(self, actor_id: str) -> str:
        """Of whom it is wanted: what soldiers are to do is wanted of their state."""
        actor = next((a for a in self.cast.actors if a.id == actor_id), None)
        if actor is not None and actor.acts_for is not None and actor.sectors == ("MIL",) and actor.kind != "person":
            return actor.acts_for
        return actor_id

    def _speaker(self, token: Token) -> tuple[str, ...]:
        saying = self.sayings.around(token)
        source = saying.record.source if saying is not None else None
        return (source.actor,) if source is not None and source.actor is not None else ()

    def _may_say(self, around: Saying | None, owners: list[str], *, given: bool) -> bool:
        """Whether the voice around a position may tell it: its own side's, the newspaper's, an unnamed source's."""
        if around is None or (given and around.record.act in {"refuse", "agree"}):
            return True  # what is rejected has been put forward
        if around.record.hedged or around.record.act in _SPECULATING:
            return False
        source = around.record.source
        if source is None:
            return True
        if any(word.lower().rstrip("s") in _BYSTANDERS for word in source.text.split()):
            return False
        if source.actor is None:
            return True
        own = allegiance.side(source.actor, self.cast)
        if any(own & allegiance.side(owner, self.cast) for owner in owners):
            return True
        return not any(a.id == source.actor and (a.country or a.acts_for) for a in self.cast.actors)


def _is_reacted_to(noun: Token, saying: Saying) -> bool:
    """Whether a position moves somebody to say something, who does not tell of it: "its refusal angered Russia"."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.i == saying.cue


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in (w.strip(".,;:'\"“”’()").lower() for w in text.split()) if len(word) > 3)


def _merged(first: Position, second: Position) -> Position:
    """One position taken twice: what the first leaves open the second fills."""
    missing = {
        name: getattr(second, name)
        for name in ("of", "condition", "due", "date", "statement")
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    return msgspec.structs.replace(first, **missing)
