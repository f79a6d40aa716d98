"""Records that tell no more than another record's line: their readers need one line, which stands on both."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import chain

from detente.brief import labels, speech
from detente.records import Event, Reading


def echoes(reading: Reading, folded: Container[str]) -> dict[str, str]:
    """For each record that needs no line of its own, by its id, the id of the record whose line tells it.

    Events that are `folded` have no line to stand behind.
    """
    found: dict[str, str] = {}
    for pair in chain(_conditions(reading), _yieldings(reading), _deeds_as_words(reading)):
        echo, told = pair
        if echo not in folded and told not in folded and told not in found:
            found.setdefault(echo, told)
    return found


def _conditions(reading: Reading) -> Iterator[tuple[str, str]]:
    """Open events in the words of a conditional position: "A offers to negotiate if B stays away" asks one question."""
    for position in reading.positions:
        if position.condition is None:
            continue
        for event in reading.events:
            if event.status in labels.OPEN and any(
                span.start <= event.trigger.start < span.end for span in (position.what, position.condition)
            ):
                yield event.id, position.id


def _yieldings(reading: Reading) -> Iterator[tuple[str, str]]:
    """Concessions that the same words tell as a deed: "whether it will withdraw" is CONCEDE and RETREAT."""

    def what(event: Event) -> tuple[object, ...]:
        return event.evidence, event.sources, event.status, event.reported_by

    deeds = {what(event): event.id for event in reading.events if event.type == "RETREAT"}
    for event in reading.events:
        if event.type == "CONCEDE" and what(event) in deeds:
            yield event.id, deeds[what(event)]


def _deeds_as_words(reading: Reading) -> Iterator[tuple[str, str]]:
    """Statements the cue of which is no saying but a deed of the speaker's: "A and B signed two accords"."""
    for statement in reading.statements:
        cue, source = statement.cue, statement.source
        if statement.act != "state" or cue is None or source is None or speech.is_saying(statement):
            continue
        for event in reading.events:
            is_same_word = cue.start <= event.trigger.start and event.trigger.end <= cue.end
            if is_same_word and source.actor in event.sources:
                yield statement.id, event.id
