"""Who did what to whom: PLOVER events with mode, roles, status, date and place.

Words that the lexicon knows become drafts (`frames` says who stands where); a verb and a noun for one deed are joined.
A demand, promise, threat or refusal takes its kind from the deed inside it, and where no word of its own names it
("will visit", "said it must leave") it is derived from that deed (`speech_acts`). `status` then says what is a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente import plover
from detente.language import attribution, grammar
from detente.reading import status
from detente.reading.actors import Cast
from detente.reading.dates import Calendar, DatePhrase
from detente.reading.deeds import answers, contexts, drafts, dyads, grounds, quantities, speech_acts
from detente.reading.deeds.drafts import Draft
from detente.reading.parsed import Parsed
from detente.reading.places import Places
from detente.reading.speech.sourcing import probability
from detente.reading.statements import Sayings
from detente.reading.status import Standing
from detente.records import Event, Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Told:
    """An event with what it was read from."""

    record: Event
    draft: Draft
    standing: Standing
    when: DatePhrase | None
    where: Token | None
    """The noun that names its place."""


@dataclass(frozen=True)
class Events:
    """The events of a text."""

    told: tuple[Told, ...]
    """In the order of their triggers."""
    grounds: Mapping[tuple[int, int], str]
    """Offsets of a place's name to the state that a deed is aimed at for it."""


def find(parsed: Parsed, cast: Cast, calendar: Calendar, places: Places, sayings: Sayings) -> Events:
    """The events of a text."""
    found = drafts.find(parsed.doc, cast)
    found = dyads.complete(found, parsed.doc, cast, sayings)
    found = [draft for draft in found if not drafts.is_of_press(draft, cast)]
    reached = grounds.hold_to_account(found, cast, places) | grounds.aim(found, cast, places)
    found = speech_acts.complete(found, parsed.doc, cast, sayings)
    told = [draft for draft in found if _is_told(draft)]
    # what is demanded or promised is told with the demand, whoever is to do it
    told += [draft.inner for draft in tuple(told) if draft.inner is not None and draft.inner not in told]
    dyads.weigh(told, cast)
    told.sort(key=lambda draft: (draft.trigger[0].i, draft.token.i))
    standings = [status.judge(draft.layers, draft.deed, draft.token, cast, sayings) for draft in told]
    standings = answers.denied(parsed.doc, told, standings, cast, sayings)
    told_ones = tuple(
        _told(number, draft, standing, parsed, calendar, places)
        for number, (draft, standing) in enumerate(zip(told, standings, strict=True), 1)
    )
    return Events(told_ones, reached)


def _is_told(draft: Draft) -> bool:
    """Whether a draft names who did it, or at least who suffered it."""
    if draft.type == "CONSULT" and len({*draft.sources, *draft.targets}) < 2 and _is_no_meeting(draft):
        return False  # "a treaty that it had not helped to negotiate": with whom it did not meet is not told
    if draft.sources:
        return True
    return bool(draft.targets) and draft.type in {"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "RETREAT"}


def _is_no_meeting(draft: Draft) -> bool:
    """Whether a meeting is denied by the words around it alone."""
    return any(layer.effect == "negated" for layer in draft.layers) and all(
        layer.effect in {"negated", "said"} for layer in draft.layers
    )


def _told(number: int, draft: Draft, standing: Standing, parsed: Parsed, calendar: Calendar, places: Places) -> Told:
    token = draft.token
    when = _first_date(draft, calendar)
    where = next((noun for word in draft.words if (noun := places.locating(word)) is not None), None)
    begun, _, ended = (when.value if when is not None else "").partition("/")
    start, end = grammar.clause_span(token)
    record = Event(
        id=f"e{number}",
        type=draft.type,
        mode=draft.mode,
        contexts=contexts.of(token),
        # bare ids: what a draft knows of its parties is no part of a record
        sources=tuple(map(str, draft.sources)),
        targets=tuple(map(str, draft.targets)),
        trigger=_span(draft.trigger, parsed),
        date=begun or None,
        date_end=ended or None,
        place=places.at(where) if where is not None else None,
        status=standing.status,
        stances=standing.stances,
        reported_by=standing.reported_by,
        size=quantities.size(draft.words),
        confidence=_confidence(draft),
        quad=plover.quad(draft.type),
        intensity=plover.intensity(draft.type, draft.mode),
        evidence=Evidence(start=start, end=end),
    )
    return Told(record, draft, standing, when, where)


def _confidence(draft: Draft) -> float:
    """How likely an event is right, a logistic regression on what lexicon and model say; see `make train`."""
    return round(probability(dyads.evidence(draft), attribution.load().events), 2)


def _first_date(draft: Draft, calendar: Calendar) -> DatePhrase | None:
    """When it was said or done: by its words, or the verbs that lend them their doer ("went on strike on Monday")."""
    said = [draft.said] if draft.said is not None else []
    lending = (host for frame in draft.frames for host in frame.hosts)
    words = (*said, *draft.words, *lending)
    return next((phrase for word in words if (phrase := calendar.of(word)) is not None), None)


def _span(trigger: tuple[Token, Token], parsed: Parsed) -> Span:
    first, last = trigger
    start, end = first.idx, last.idx + len(last)
    return Span(text=parsed.document.text[start:end], start=start, end=end)
