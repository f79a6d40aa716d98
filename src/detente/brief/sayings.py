"""Statements and positions as drafts of lines."""

from __future__ import annotations

from typing import Final

from detente.brief import speech, wording
from detente.brief.context import QUOTATION, Context
from detente.brief.drafts import Draft
from detente.brief.model import Words
from detente.brief.names import Party
from detente.brief.selection import plain
from detente.brief.wording import words
from detente.ledger.sentences import excerpt
from detente.records import Act, Evidence, Position, Span, Statement

_TELLING_ACTS: Final[frozenset[Act]] = frozenset(
    {"accuse", "deny", "promise", "offer", "demand", "request", "threaten", "warn", "agree", "refuse"}
)
"""Acts that do more than say."""

_DEED_IN_WORDS: Final = 0.95
"""Weight of a statement that tells a deed; the five lines take off what statements weigh less."""


def of_statement(context: Context, statement: Statement, *, is_deed: bool) -> Draft:
    """A statement; one that tells a deed in words in its place, `is_deed`, weighs as much as the deed."""
    names, source = context.names, statement.source
    speaker = names.speaker(statement)
    outer = names.statements.get(statement.within or "")
    teller = names.speaker(outer) if outer is not None and outer.status == "actual" else None
    teller = teller if teller != speaker else None
    content = context.said(statement)
    group = None
    if source is not None:
        group = source.actor if source.actor is not None else f"“{plain(source.text).strip()}”"
    draft = context.draft(
        "statement",
        group,
        statement,
        words("{told}{when}", told=_said(context, statement, content, teller), when=wording.details(statement.date)),
        weight=_DEED_IN_WORDS if is_deed else _statement_weight(statement),
        content=content,
        participants=(source.actor if source is not None else None, statement.addressee),
    )
    draft.group = group
    draft.name = speaker.name if speaker is not None else ()
    draft.heading = names.heading(group) if group in names.actors else draft.name
    for start, end in statement.content.spans:
        context.cite(draft, Evidence(start=start, end=end))
    return draft


def of_position(context: Context, position: Position, when: str | None) -> Draft:
    """What an actor wants, with when, and whose account it is where that is not the actor's own."""
    by = context.account(position)
    towards = _addressees(context, position)
    what, statement = context.wants.what(position), context.wants.statement(position)
    draft = context.draft(
        "position",
        (position.actor, position.act, position.of, position.due),
        position,
        words(
            "{stood}{what}{due}{when}{by}",
            stood=speech.stood(position.act, statement, towards),
            what=context.quoted(context.with_auxiliary(what)),
            due=f", due {position.due}" if position.due else "",
            when=wording.details(when),
            by=words(", by the account of {teller}", teller=by.name) if by is not None else (),
        ),
        weight=0.8 if position.condition is not None else 0.7,
        content=position.what.text,
        participants=(position.actor, position.of),
    )
    draft.group = position.actor
    draft.heading = context.names.heading(position.actor)
    draft.name = context.names.party(position.actor).name
    context.cite(draft, position.what)
    if position.condition is not None:
        draft.condition = context.quoted(position.condition)
        context.cite(draft, position.condition)
    return draft


def _addressees(context: Context, position: Position) -> Party | None:
    """Of whom something is wanted: all whom the demand is made to, where the text tells it as a deed ("urged both")."""
    if position.of is None:
        return None
    for event in context.names.reading.events:
        is_inside = event.evidence.start <= position.what.start < event.evidence.end
        if (
            is_inside
            and event.type == "REQUEST"
            and event.status == "actual"
            and position.actor in event.sources
            and position.of in event.targets
        ):
            return context.names.parties(event.targets)
    return context.names.party(position.of)


def of_condition(context: Context, position: Position, condition: Span) -> Draft:
    """The open question that a position's condition raises."""
    draft = context.draft(
        "open",
        ("condition", position.actor),
        position,
        words(
            "will this condition of {who} be met: {condition}? On it hangs {what}",
            who=context.names.party(position.actor).name,
            condition=context.quoted(condition),
            what=context.quoted(context.with_auxiliary(position.what)),
        ),
        weight=0.6,
        content=condition.text,
        participants=(position.actor, position.of),
    )
    context.cite(draft, condition)
    context.cite(draft, position.what)
    return draft


def _said(context: Context, statement: Statement, content: str, teller: Party | None) -> Words:
    """What was said, after the brief's verb for it; in the text's own words in one piece where the text has one."""
    whole = context.said_with_cue(statement) if speech.is_in_own_words(statement) else None
    if whole is not None:
        return words("{whole}{by}", whole=_quoted(whole, is_speech=True), by=speech.by_account(teller))
    addressee = context.names.party(statement.addressee) if statement.addressee is not None else None
    quoted = _quoted(content, is_speech=speech.is_verbatim(statement))
    return words("{told}{quoted}", told=speech.said(statement, addressee, teller), quoted=quoted)


def _quoted(text: str, *, is_speech: bool) -> Words:
    return wording.quote(excerpt(text, 0, len(text), limit=QUOTATION).replace("……", "…"), is_speech=is_speech)


def _statement_weight(statement: Statement) -> float:
    if statement.act in _TELLING_ACTS:
        return 0.7
    return 0.5 if statement.quotation == "direct" else 0.3 if speech.is_saying(statement) else 0.15
