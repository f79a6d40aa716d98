"""Records that tell no more than another record's line: their readers need one line, which stands on both.

One sentence may give a statement ("A demanded …"), a deed in words (A's demand), what it is about (that B withdraws,
only demanded) and a position. Of these the position is told where there is one, for its table sets actors side by
side, else the statement, which has the text's word for it; a deed in words of several actors is told in place of what
each of them said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec.structs import replace

from detente.brief import labels, speech
from detente.brief.selection import plain
from detente.brief.wanted import Wants
from detente.records import Act, Event, PositionAct, Reading, Source, Span, StanceKind, Statement, Status

_WANTED: Final[Mapping[Status, frozenset[PositionAct]]] = {
    "demanded": frozenset({"demand"}),
    "offered": frozenset({"offer", "promise"}),
    "promised": frozenset({"offer", "promise"}),
    "planned": frozenset({"offer", "promise"}),
    "threatened": frozenset({"promise"}),
    "negated": frozenset({"refuse", "oppose"}),
}
"""The positions that tell what is only wanted as much as an event with such a status."""

_UTTERED: Final[Mapping[Status, frozenset[Act]]] = {
    "demanded": frozenset({"demand", "request"}),
    "offered": frozenset({"offer"}),
    "promised": frozenset({"promise", "offer", "agree"}),
    "planned": frozenset({"promise"}),
    "threatened": frozenset({"threaten", "warn"}),
    "negated": frozenset({"refuse"}),
}
"""The same of statements."""

_ANSWERS: Final[Mapping[Act, StanceKind]] = {"accuse": "alleges", "deny": "denies"}

_PRONOUN: Final = re.compile(r"(?:him|her|it|them|us|me|you)\b")

_WHOLE: Final = 0.6
"""Share of the words of what was said that another record has to tell, so that it tells it all."""

_LETTERS: Final = 4
"""Letters of a word that tells; shorter ones are mostly grammar."""


def echoes(reading: Reading, folded: Container[str], kept: Container[str] = ()) -> dict[str, str]:
    """For each record that needs no line of its own, by its id, the id of the record whose line tells it.

    Events that are `folded` have no line to stand behind; those that are `kept` have one, whatever else tells them.
    """
    reading = replace(reading, statements=tuple(filter(speech.has_line, reading.statements)))
    triggers = _Triggers(reading.events)
    found: dict[str, str] = {}
    for echo, teller in chain(
        _conditions(reading, triggers),
        _yieldings(reading),
        _deeds_as_words(reading, triggers),
        _wants(reading),
        _what_is_wanted(reading, triggers),
        _what_is_said(reading, triggers),
        _accusations(reading),
        _retold(reading),
        _words_as_deeds(reading, triggers, found),
    ):
        told = _last(found, teller)
        if echo not in folded and told not in folded and echo not in kept and echo != told:
            found.setdefault(echo, told)
    return {echo: _last(found, teller) for echo, teller in found.items()}


class _Triggers:
    """Events by the place of the words that tell them, so that a long text's are found at once."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = sorted(events, key=lambda event: event.trigger.start)
        self._starts = [event.trigger.start for event in self._events]

    def inside(self, start: int, end: int) -> Sequence[Event]:
        """The events the words of which begin from `start` on and before `end`."""
        return self._events[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _last(found: Mapping[str, str], teller: str) -> str:
    """The record that tells what `teller` tells, and is told by no other."""
    while teller in found:
        teller = found[teller]
    return teller


def _conditions(reading: Reading, triggers: _Triggers) -> Iterator[tuple[str, str]]:
    """Open events in the words of a conditional position: "A offers to negotiate if B stays away" asks one question."""
    for position in reading.positions:
        if position.condition is None:
            continue
        for span in (position.what, position.condition):
            for event in triggers.inside(span.start, span.end):
                if event.status in labels.OPEN:
                    yield event.id, position.id


def _yieldings(reading: Reading) -> Iterator[tuple[str, str]]:
    """Concessions that the same words tell as a deed: "whether it will withdraw" is CONCEDE and RETREAT."""

    def what(event: Event) -> tuple[object, ...]:
        return event.evidence, event.sources, event.status, event.reported_by

    deeds = {what(event): event.id for event in reading.events if event.type == "RETREAT"}
    for event in reading.events:
        if event.type == "CONCEDE" and what(event) in deeds:
            yield event.id, deeds[what(event)]


def _deeds_as_words(reading: Reading, triggers: _Triggers) -> Iterator[tuple[str, str]]:
    """Statements the cue of which is a deed of the speaker's: "A and B signed two accords", "A recalled its envoy"."""
    for statement in reading.statements:
        is_no_saying = statement.act == "state" and not speech.is_saying(statement)
        for event in _by_the_same_word(statement, triggers):
            if is_no_saying or event.quad.startswith("material"):
                yield statement.id, event.id


def _wants(reading: Reading) -> Iterator[tuple[str, str]]:
    """Statements all of which is what somebody wants; a speaker's own words stand for themselves."""
    wants = Wants(reading)
    for statement in reading.statements:
        positions = wants.of(statement)
        if not positions or statement.quotation == "direct":
            continue
        wanted = [span.text for p in positions for span in (p.what, p.condition) if span is not None]
        if any(wants.is_all(position, statement) for position in positions) or _tells_all(wanted, statement):
            yield statement.id, positions[0].id


def _what_is_wanted(reading: Reading, triggers: _Triggers) -> Iterator[tuple[str, str]]:
    """Deeds that are only demanded, offered or refused, in the words of a position: what is wanted is told once."""
    for position in reading.positions:
        for event in triggers.inside(position.what.start, position.what.end):
            if position.act in _WANTED.get(event.status, ()):
                yield event.id, position.id


def _what_is_said(reading: Reading, triggers: _Triggers) -> Iterator[tuple[str, str]]:
    """Deeds that are only demanded, promised or threatened, or held possible, and all that a statement says of it.

    What an unnamed party may do is no question of its own beside the words of whoever says so.
    """
    text = reading.document.text
    for statement in reading.statements:
        speaker = statement.source.actor if statement.source is not None else None
        inside = [event for span in statement.content.spans for event in triggers.inside(*span)]
        for event in inside:
            is_open = event.status == "hypothetical"
            is_meant = statement.act in _UTTERED.get(event.status, ()) or (is_open and speaker in event.sources)
            is_whole = _tells_all([text[event.evidence.start : event.evidence.end]], statement)
            if (is_meant and is_whole) or (is_open and not event.sources and speaker is not None):
                yield event.id, statement.id
            elif is_open and statement.source is None and (is_whole or inside == [event]):
                yield statement.id, event.id


def _accusations(reading: Reading) -> Iterator[tuple[str, str]]:
    """Statements that accuse somebody of a deed, or deny it, where the deed's line says who does."""
    statements = {statement.id: statement for statement in reading.statements}
    for event in reading.events:
        for stance in event.stances if event.status in {"alleged", "denied"} else ():
            statement = statements.get(stance.statement or "")
            if statement is None or _ANSWERS.get(statement.act) != stance.stance:
                continue
            if stance.stance == "denies" or _is_in_content(event.trigger, statement):
                yield statement.id, event.id


def _retold(reading: Reading) -> Iterator[tuple[str, str]]:
    """Statements that are all of what somebody else is told to have said: "A said that B supported the truce"."""
    statements = {statement.id: statement for statement in reading.statements}
    for statement in reading.statements:
        outer = statements.get(statement.within or "")
        if outer is None or outer.source is None:
            continue
        if all(_is_in_content(Span(text="", start=a, end=b), outer) for a, b in statement.content.spans):
            parts = [part.text for part in (statement.source, statement.cue, statement.content) if part is not None]
            if _tells_all(parts, outer):
                yield statement.id, outer.id


def _words_as_deeds(reading: Reading, triggers: _Triggers, found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Deeds in words that a statement tells by the same word: "A criticised it" is ACCUSE and A's criticism.

    Where several do it together the deed is told, unless their positions are, by what is `found` already.
    """
    by_event: dict[str, list[Statement]] = {}
    for statement in reading.statements:
        for event in _by_the_same_word(statement, triggers):
            by_event.setdefault(event.id, []).append(statement)
    for event in reading.events:
        same = by_event.get(event.id, [])
        if not same or event.status != "actual" or not event.quad.startswith("verbal"):
            continue
        if {source.actor for source in _sources(same)} != set(event.sources):
            continue
        is_pointing = _PRONOUN.match(same[0].content.text) is not None and same[0].id not in found
        if len(event.sources) == 1 and event.targets and is_pointing:
            yield same[0].id, event.id  # "accused him of treason": the deed tells whom
        elif len(event.sources) == 1 or all(statement.id in found for statement in same):
            yield event.id, same[0].id
        elif len({statement.content for statement in same}) == 1:
            for statement in same:
                yield statement.id, event.id


def _by_the_same_word(statement: Statement, triggers: _Triggers) -> Iterator[Event]:
    """The events of the speaker's that a statement's cue tells."""
    cue, source = statement.cue, statement.source
    if cue is not None and source is not None:
        for event in triggers.inside(cue.start, cue.end):
            if event.trigger.end <= cue.end and source.actor in event.sources:
                yield event


def _sources(statements: Iterable[Statement]) -> Iterator[Source]:
    return (statement.source for statement in statements if statement.source is not None)


def _is_in_content(span: Span, statement: Statement) -> bool:
    return any(start <= span.start < end for start, end in statement.content.spans)


def _tells_all(parts: Sequence[str], statement: Statement) -> bool:
    """Whether `parts` have nearly all the words of a statement's content."""
    said, told = _words(statement.content.text), _words(" ".join(parts))
    return len(said & told) >= _WHOLE * len(said)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in plain(text).split() if len(word) >= _LETTERS)
