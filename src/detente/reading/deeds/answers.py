"""Answers to what somebody said before: "Oman accused Yemen of shelling Salalah. Yemen denied it".

A verb of denying whose object only points back says nothing of its own; the allegation it answers becomes denied.
A demand that is rejected or accepted in the next sentence is that of who made it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, modality, owners, scope
from detente.reading.deeds.denials import denies_what_was_said
from detente.reading.deeds.modality import Layer
from detente.reading.statements import Sayings
from detente.reading.status import Standing, Step
from detente.records import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from detente.reading.deeds.drafts import Draft

_OFFICIAL: Final = frozenset({"GOV", "MIL", "COP", "REB", "SPY"})
_REACH: Final = 3
"""Sentences before the denial in which the allegation may stand."""


def denied(doc: Doc, drafts: list[Draft], standings: list[Standing], cast: Cast, sayings: Sayings) -> list[Standing]:
    """`standings` of `drafts`, with the allegations that a later denial answers made denied."""
    found = list(standings)
    starts = [sentence.start for sentence in doc.sents]
    for verb in doc:
        if not denies_what_was_said(verb) and not _says_nothing_happened(verb, sayings):
            continue
        for stance in _stances(verb, cast, sayings):
            for number in _alleged_before(verb, drafts, found, starts, stance, cast):
                old = found[number]
                stances = tuple(dict.fromkeys((*old.stances, stance)))
                steps = (*old.steps, Step(verb, "denied", "denied"))
                found[number] = Standing("denied", old.reported_by, stances, steps)
    return found


def aim(drafts: list[Draft], cast: Cast) -> None:
    """Aim the rejection or acceptance of "the demand" at who made it of the one that answers just before."""
    for number, draft in enumerate(drafts):
        if draft.type not in {"REJECT", "CONCEDE", "AGREE"} or draft.targets or not draft.sources:
            continue
        if not any(_is_the_demand(thing) for thing in grammar.undergoers(draft.token)):
            continue
        here = draft.token.sent.start
        for earlier in reversed(drafts[:number]):
            if earlier.token.sent.end < here:
                break
            asked = allegiance.same_side(frozenset(earlier.targets), frozenset(draft.sources), cast)
            own = allegiance.same_side(frozenset(earlier.sources), frozenset(draft.sources), cast)
            if earlier.type == "REQUEST" and asked and not own:
                draft.targets = list(earlier.sources)
                break


def _is_the_demand(noun: Token) -> bool:
    if lexicon.lemma(noun) not in lexicon.nouns("demand") | lexicon.nouns("proposal"):
        return False
    kinds = {c.dep_ for c in noun.children}
    return any(c.lower_ in {"the", "this", "that"} for c in noun.children) and kinds <= {"det", "punct"}


def _says_nothing_happened(verb: Token, sayings: Sayings) -> bool:
    """Whether `verb` reports that nothing like it took place: "nothing of the kind had happened, Mali replied"."""
    if not any(s.record.act == "deny" for s in sayings.cued_by(verb)):
        return False
    said = [c for c in verb.children if c.dep_ == "ccomp"]
    return any(
        _is_naught(s) for clause in said for s in clause.children if s.dep_ in {"nsubj", "nsubjpass", "attr", "dobj"}
    )


def _is_naught(noun: Token) -> bool:
    if noun.lower_ == "nothing":
        return any(c.dep_ in {"prep", "amod"} for c in noun.children)
    words = {c.lower_ for c in noun.children}
    return noun.lemma_ in {"thing", "incident", "attack", "event", "case"} and words >= {"no", "such"}


def _stances(verb: Token, cast: Cast, sayings: Sayings) -> Iterator[Stance]:
    said = [s.record for s in sayings.cued_by(verb) if s.record.source is not None]
    if said:
        for record in said:
            if record.source is not None and record.source.actor is not None:
                yield Stance(actor=record.source.actor, statement=record.id, stance="denies")
        return
    for actor in dict.fromkeys(a for doer in grammar.doers(verb) for a in owners.who(doer, cast)):
        yield Stance(actor=actor, statement=None, stance="denies")


def _is_open(standing: Standing) -> bool:
    """Whether a deed can still be denied: the newspaper itself does not vouch for it."""
    if standing.status == "hypothetical":  # "Had they attacked? Mali denied it"
        return bool(standing.steps) and all(_asks(step) for step in standing.steps)
    return standing.status in {"alleged", "denied"} or (
        standing.status == "actual" and standing.reported_by is not None
    )


def _asks(step: Step) -> bool:
    # effects are strings: these two are told from other hypotheses by what they are because of
    return isinstance(step.by, Layer) and step.by.effect.because in {
        modality.OPENED_BY_QUESTION.because,
        scope.ASKED.because,
    }


def _may_speak_for(denier: frozenset[str], doers: list[str], cast: Cast) -> bool:
    """Whether a denier whose state is not told is of the kind of the doers: "an army spokesman" for an army."""
    actors = cast.by_id
    if any(a not in actors or actors[a].country is not None or actors[a].acts_for is not None for a in denier):
        return False
    theirs = {sector for a in doers if a in actors for sector in actors[a].sectors} & _OFFICIAL
    return bool(theirs) and all(theirs & set(actors[a].sectors) for a in denier) and bool(denier)


def _alleged_before(
    verb: Token, drafts: list[Draft], standings: list[Standing], starts: list[int], stance: Stance, cast: Cast
) -> list[int]:
    """The numbers of the allegations of the nearest sentence that accuses the denier."""
    denier = frozenset({stance.actor} if stance.actor is not None else ())
    near = [start for start in starts if start <= verb.i][-_REACH:]
    for start in reversed(near):
        found = [
            number
            for number, draft in enumerate(drafts)
            if draft.token.sent.start == start
            and draft.token.i < verb.i
            and _is_open(standings[number])
            and (
                allegiance.same_side(frozenset(draft.sources), denier, cast)
                or _may_speak_for(denier, draft.sources, cast)
            )
        ]
        accused = any(
            draft.type == "ACCUSE"
            and draft.token.sent.start == start
            and draft.token.i < verb.i
            and allegiance.same_side(frozenset(draft.targets), denier, cast)
            for draft in drafts
        )
        if found or accused:
            return found  # an accusation that names no deed is nearer than one that does
    return []
