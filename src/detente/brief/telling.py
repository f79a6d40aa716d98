"""Each kind of record as a draft of a line: events and holdings here, statements and positions in `sayings`."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from detente import days
from detente.brief import clauses, labels, sayings, speech, wording
from detente.brief.context import Context
from detente.brief.drafts import Draft, Report
from detente.brief.echoes import echoes
from detente.brief.envelopes import Envelopes
from detente.brief.model import Words
from detente.brief.names import Party, together
from detente.brief.selection import plain
from detente.brief.wording import words
from detente.records import (
    Event,
    EventType,
    Holding,
    HoldingKind,
    Position,
    Reading,
    Status,
)

_STATUS: Final[Mapping[Status, float]] = {"planned": 0.7, "negated": 0.3}
"""Weights of deeds that tell less than others because of their status."""

_NAMELESS: Final = 0.5
"""What a deed of nobody who is named is worth beside others."""

_SAID: Final[frozenset[EventType]] = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
)
"""Types of deeds that are done by saying so: they need no word on whose account they are told."""

_WEAK_HOLDINGS: Final[frozenset[HoldingKind]] = frozenset({"claims", "contests", "presence"})
"""Kinds that say less about who holds what than control or its loss does."""


def drafts(
    reading: Reading, number: int, happenings: Mapping[str, str] | None = None, *, kept: Container[str] = ()
) -> Iterator[Draft]:
    """The drafts of a reading, the document of which has this number in the brief.

    `happenings` are those of a ledger: what happening an event, by DOCUMENT/ID, tells of; `kept` are the events of
    those that several documents tell, which have a line for all of them.
    """
    context = Context(reading, number)
    envelopes = Envelopes.of(reading.events)
    told = echoes(reading, envelopes.folded, {e.id for e in reading.events if context.record_id(e.id) in kept})
    behind: dict[str, list[str]] = {}
    for echo, teller in told.items():
        behind.setdefault(teller, []).append(echo)
    for event in reading.events:
        if event.id in told and (outer := envelopes.around(event)) is not None:
            behind[told[event.id]].append(outer.id)
    questions = {event.id for event in reading.events if event.status in labels.OPEN}
    for draft in _each(context, envelopes, told, happenings or {}):
        of_position = isinstance(draft.record, Position)
        for echo in behind.get(draft.record.id, ()):
            # A position's condition is an open question of its own, and has the events that hang on it.
            if not of_position or (echo in questions) == (draft.section == "open"):
                draft.records.append(context.record_id(echo))
        yield draft


def _each(
    context: Context, envelopes: Envelopes, told: Mapping[str, str], happenings: Mapping[str, str]
) -> Iterator[Draft]:
    """A draft for each record but those that other drafts tell."""
    reading = context.names.reading
    deeds = {told[event.id] for event in reading.events if event.id in told}
    for statement in reading.statements:
        if speech.has_line(statement) and statement.id not in told:
            yield sayings.of_statement(context, statement, is_deed=statement.id in deeds)
    for event in reading.events:
        if event.id not in envelopes.folded and event.id not in told:
            draft = _event(context, event, envelopes.around(event))
            if (happening := happenings.get(context.record_id(event.id))) is not None:
                draft.happenings.add(happening)
            yield draft
    for held in reading.holdings:
        yield _holding(context, held)
    for position in reading.positions:
        yield sayings.of_position(context, position, position.date)
        if position.condition is not None:
            yield sayings.of_condition(context, position, position.condition)


def taken(reading: Reading, number: int, position: Position) -> Draft:
    """A position as one half of a change: with its time, and who reports it where that is not the actor."""
    context = Context(reading, number)
    return sayings.of_position(context, position, position.date or reading.document.published)


def _event(context: Context, event: Event, outer: Event | None) -> Draft:
    """An event with the demand, promise, threat or accusation (`outer`) in which it stands."""
    if event.status in {"alleged", "denied"}:
        draft = _contested(context, event, outer)
    elif event.status in labels.OPEN:
        draft = _open(context, event)
    else:
        draft = _deed(context, event, outer)
    draft.reports = [Report(event.status, event.size, context.teller(event.reported_by) or context.names.outlet)]
    context.cite_speaker(draft, event.reported_by)
    if not event.sources:
        draft.salience *= _NAMELESS
    if outer is not None:
        if draft.section == "deed":
            draft.principals = frozenset(outer.sources)
        context.cite(draft, outer.evidence)
        draft.records.append(context.record_id(outer.id))
    return draft


def _deed(context: Context, event: Event, outer: Event | None) -> Draft:
    if not event.sources and event.status == "demanded" and outer is not None:
        event = msgspec.structs.replace(event, sources=outer.targets)  # whoever a deed is demanded of is to do it
    acting, partners = event, None
    principals = outer.sources if outer is not None else ()
    if principals and set(principals) < set(event.sources) and event.status != "demanded":
        # "A offered to meet B" has both meet, and is A's offer alone.
        acting = msgspec.structs.replace(event, sources=principals)
        partners = context.names.parties([id_ for id_ in event.sources if id_ not in principals])
    source, target = _parties(context, acting)
    if target is None and event.type == "CONSULT":
        target, partners = partners, None  # who meets together meets each other
    principal = context.names.parties(principals) if principals else None
    teller = context.teller(event.reported_by)
    told = wording.deed(acting, source, target, principal, denial=_denial(context, event))
    if partners is not None:
        told = words("{deed}, together with {partners}", deed=told, partners=partners.name)
    if teller is not None and teller == source and event.type not in _SAID and event.status in {"actual", "negated"}:
        told = words("{deed}{own}", deed=told, own=wording.by_own_account(source))
    elif teller is not None and teller not in (source, principal):
        told = words("{deed}, according to {by}", deed=told, by=teller.name)
    told = words("{told}: ", told=told)
    return context.draft(
        "deed",
        (*_key(event), event.mode, event.status, principal, teller),
        event,
        lambda joined: _with_words(
            context,
            event,
            told,
            wording.disagreement(_reports(joined), told_already=(event.status,)),
            is_governed=principal == source and event.status != "planned",
        ),
        weight=_STATUS.get(event.status, 0.9 if event.quad.startswith("material") else 0.75)
        * (0.8 + abs(event.intensity) / 40),
        content=context.clause(event),
        participants=(*event.sources, *event.targets, *principals),
    )


def _denial(context: Context, event: Event) -> clauses.Denial:
    """Whether a deed was not done or will not be: a refusal's own word is what is negated, and does not negate."""
    before = context.before(event)
    return clauses.denial(before[: -len(event.trigger.text)] if event.type == "REJECT" else before)


def _open(context: Context, event: Event) -> Draft:
    source, target = _parties(context, event)
    published = context.document.published
    if event.date and published:
        is_past: bool | None = days.latest(event.date) < days.earliest(published)
    else:
        is_past = clauses.is_past(context.before(event))
    asked = words("{asked} ", asked=wording.question(event, source, target, is_past=is_past))
    is_clause = event.status == "conditional" and clauses.is_condition(context.clause(event))

    def compose(joined: Draft) -> Words:
        noted = wording.disagreement(_reports(joined), told_already=(event.status,))
        if is_clause:
            return words("will this condition be met: {clause}?{noted}", clause=context.quoted_deed(event), noted=noted)
        # "Did not believe that A would leave" is no "A would leave": what stands before the clause is shown with it.
        return _with_words(context, event, asked, noted, quoted=context.quoted_from_sentence(event.evidence))

    return context.draft(
        "open",
        (*_key(event), event.mode, event.status),
        event,
        compose,
        weight=0.35,
        content=context.clause(event),
        participants=(*event.sources, *event.targets),
    )


def _contested(context: Context, event: Event, outer: Event | None) -> Draft:
    source, target = _parties(context, event)
    alleged = [stance.statement for stance in event.stances if stance.stance == "alleges"]
    acts = [context.names.statements[told].act for told in alleged if told in context.names.statements]
    is_accusation = outer is not None or not acts or "accuse" in acts

    def compose(joined: Draft) -> Words:
        accusers, deniers = joined.voices.get("alleges", []), joined.voices.get("denies", [])
        told = wording.contested(event, source, target, accusers, deniers, is_accusation=is_accusation)
        asserting = [party for party in joined.voices.get("asserts", []) if party not in (*accusers, *deniers)]
        reports = [*(Report("actual", None, party) for party in asserting), *_reports(joined)]
        # Who alleges and who denies it is told already.
        noted = wording.disagreement(reports, told_already=("alleged", "denied"))
        return _with_words(context, event, words("{told}: ", told=told), noted)

    draft = context.draft(
        "contested",
        (event.type, event.sources),
        event,
        compose,
        weight=0.9,
        content=context.clause(event),
        participants=(*event.sources, *event.targets, *(stance.actor for stance in event.stances)),
    )
    for stance in event.stances:
        party = context.names.party(stance.actor) if stance.actor is not None else context.teller(stance.statement)
        if party is not None:
            draft.add_voice(stance.stance, party)
            context.cite_speaker(draft, stance.statement)
    if "alleges" not in draft.voices and outer is not None and outer.sources:
        draft.add_voice("alleges", context.names.parties(outer.sources))
    if draft.voices.keys() <= {"asserts"} and (teller := context.teller(event.reported_by)) is not None:
        draft.add_voice("alleges" if event.status == "alleged" else "denies", teller)
    return draft


def _reports(joined: Draft) -> Sequence[Report]:
    """What several documents say of one happening; nothing of what one says."""
    return joined.reports if joined.happenings and len(joined.documents) > 1 else ()


def _holding(context: Context, held: Holding) -> Draft:
    holder = context.names.party(held.holder)
    published = context.document.published
    size = (held.share, held.share_text, held.area_km2)
    draft = context.draft(
        "holding",
        (held.holder, held.kind, plain(held.place.name), size, held.since, held.until, held.as_of, held.status),
        held,
        lambda joined: wording.holding(held, holder, together(joined.voices["tells"]), published),
        weight=0.6 if held.kind in _WEAK_HOLDINGS else 0.8,
        participants=(held.holder,),
    )
    draft.add_voice("tells", context.teller(held.reported_by) or context.names.outlet)
    context.cite_speaker(draft, held.reported_by)
    return draft


def _parties(context: Context, event: Event) -> tuple[Party, Party | None]:
    """Who did it, and to or with whom, if anybody is named."""
    return context.names.parties(event.sources), context.names.parties(event.targets) if event.targets else None


def _key(event: Event) -> tuple[Hashable, ...]:
    return event.type, event.sources, event.targets


def _with_words(
    context: Context,
    event: Event,
    told: Words,
    noted: Words = (),
    *,
    is_governed: bool = False,
    quoted: Words | None = None,
) -> Words:
    """`told` with what the text calls the deed (or `quoted`), when it was and where, and with what else is `noted`."""
    details = wording.details(event.date, event.date_end, event.place.name if event.place is not None else None)
    if quoted is None:
        quoted = context.quoted_deed(event, is_governed=is_governed)
    return words("{told}{quoted}{details}{noted}", noted=noted, told=told, quoted=quoted, details=details)
