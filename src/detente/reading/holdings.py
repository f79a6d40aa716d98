"""Who holds what: territory controlled, occupied, administered, claimed or lost, with share, since and until.

data/holdings.csv holds the words; `grip_verbs` and `grip_nouns` find who holds which places by them. What is demanded,
promised, threatened or supposed is no holding; what is said not to be, or claimed of oneself, keeps that status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from detente.language import grammar
from detente.reading import allegiance, status
from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.deeds import lexicon
from detente.reading.parsed import Parsed
from detente.reading.places import Places
from detente.reading.statements import Saying, Sayings
from detente.reading.status import Standing
from detente.reading.tables import Reason
from detente.reading.territory import grip_nouns, grip_verbs, grips
from detente.reading.territory.extents import Extent
from detente.reading.territory.grips import Grip
from detente.reading.territory.naming import state
from detente.records import Actor, Evidence, Holding, Place, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FACTS: Final[frozenset[Status]] = frozenset({"actual", "alleged", "denied", "negated"})
_ENDING: Final = frozenset("end cease stop finish expire lapse".split())
_BEGINNING: Final = frozenset("begin start".split())
"""What a noun that reports a holding may do: "the occupation ended in 2018"."""

_ARMED: Final = frozenset({"GOV", "MIL", "REB", "PRM", "UAF", "PRE", "COP", "SPY"})
"""Sectors of organisations and groups that can hold territory: a party or a company cannot."""

_ARMED_ABROAD: Final = "IMG"
"""The code of armed groups that are of no one state: they hold land, and have no sector."""


@dataclass(frozen=True)
class Held:
    """A holding with the words that it was read from."""

    record: Holding
    grip: Grip
    extent: Extent
    standing: Standing


def find(parsed: Parsed, cast: Cast, calendar: Calendar, places: Places, sayings: Sayings) -> tuple[Held, ...]:
    """The holdings of a text, in its order; what is told twice is told once, with all that both say."""
    actors = cast.by_id
    found: dict[tuple[str, str, str, str], Held] = {}
    grips_found = list(_grips(parsed.doc, places, cast))
    # Who claims a place says nothing of what else the sentence tells: "the island, claimed by A, is held by B".
    claims = {grip.trigger.i for grip in grips_found if grip.kind == "claims"}
    sayings = Sayings(tuple(saying for saying in sayings.found if saying.cue not in claims))
    for grip in grips_found:
        for held in _records(grip, parsed, actors, cast, calendar, sayings):
            holding = held.record
            key = (holding.holder, holding.kind, holding.place.name, holding.status)
            found[key] = _merged(found[key], held) if key in found else held
    return tuple(
        replace(held, record=msgspec.structs.replace(held.record, id=f"h{number}"))
        for number, held in enumerate(found.values(), 1)
    )


def _grips(doc: Doc, places: Places, cast: Cast) -> Iterator[Grip]:
    for token in doc:
        if token.pos_ == "NOUN" and token.lower_ in {"hand", "hands"}:
            yield from _because("in somebody's hands", grip_nouns.under(token, places, cast))
        elif token.dep_ == "dobj" and grips.are_troops(token):
            yield from _because("a verb keeps troops in a place", grip_nouns.kept(token, places, cast))
        for entry in grips.entries(token):
            reader = grip_verbs if entry.part == "v" else grip_nouns
            found = list(_because(entry.row, reader.find(token, entry, places, cast)))
            if found:
                yield from found
                break


def _because(reason: Reason, grips_found: Iterable[Grip]) -> Iterator[Grip]:
    return (replace(grip, because=reason) for grip in grips_found)


def _records(
    grip: Grip, parsed: Parsed, actors: Mapping[str, Actor], cast: Cast, calendar: Calendar, sayings: Sayings
) -> Iterator[Held]:
    holders = [_holder(actors[a], actors) for a in grip.holders if a in actors]
    able = [a for a in dict.fromkeys(holders) if a is not None and _can_hold(actors[a], given=grip.is_given)]
    if not able:
        return
    doers = frozenset() if grip.kind in {"claims", "presence"} else frozenset(able)
    standing = status.of(grip.trigger, cast, sayings, doers=doers)
    known: Status = "actual" if grip.is_given else standing.status
    if grip.is_denied and known == "actual":
        known = "negated"
    saying = sayings.around(grip.trigger)
    if grip.kind == "claims" and known == "alleged" and _is_own_word(saying, able, cast):
        known = "actual"  # who says that a place is his claims it
    saying, standing, known = _told_in(grip, standing, known, saying, doers, cast, sayings)
    if known not in _FACTS or (known == "actual" and saying is not None and saying.record.act == "deny"):
        return
    start, end = grammar.clause_span(grip.trigger)
    spoken = saying.record.date if saying is not None else None
    for holder in able:
        for extent in grip.extents:
            unclaimed = extent.place.country is None and not extent.place.claimed_by
            if grip.kind == "presence" and (unclaimed or extent.place.country == actors[holder].country):
                continue  # an army at home
            if extent.token.tag_ == "PRP" and extent.place.country == actors[holder].country:
                continue  # nobody occupies himself: the pronoun means another
            since, until = _span(grip, extent, calendar)
            # Who pulls out of a whole foreign state has no forces there any more; it has not lost the state.
            # Who cedes one, or loses control of it, has.
            abroad = extent.place.country != actors[holder].country and state(extent.token, cast) is not None
            whole = extent.share_text is None and extent.share is None and extent.area_km2 is None
            left = grip.kind == "lost" and abroad and whole and grips.is_departure(grip.trigger)
            if grip.kind == "lost" and extent.share_text is not None and extent.token.tag_ == "NN":
                extent = _own_ground(extent, actors[holder], actors)
            holding = Holding(
                id="",
                holder=holder,
                kind="presence" if left else grip.kind,
                place=extent.place,
                share=extent.share,
                share_text=extent.share_text,
                area_km2=extent.area_km2,
                since=None if left else since,
                until=since if left else until,
                as_of=_as_of(grip, parsed, calendar, spoken),
                status="negated" if left and known == "actual" else known,
                reported_by=standing.reported_by,
                evidence=Evidence(start=start, end=end),
            )
            yield Held(holding, grip, extent, standing)


def _own_ground(extent: Extent, holder: Actor, actors: Mapping[str, Actor]) -> Extent:
    """ "A fifth of the country" that somebody lost: of his own, whichever state the words around it name last."""
    state_id = holder.id if holder.kind == "state" else holder.acts_for
    own = actors.get(state_id or "")
    if own is None or own.kind != "state" or extent.token.lemma_.lower() not in {"country", "nation", "state"}:
        return extent
    return replace(extent, place=Place(name=own.name, country=own.country))


def _told_in(
    grip: Grip,
    standing: Standing,
    known: Status,
    saying: Saying | None,
    doers: frozenset[str],
    cast: Cast,
    sayings: Sayings,
) -> tuple[Saying | None, Standing, Status]:
    """The statement around a clause that only describes something in it, where the words of its content end before.

    In "the army claimed that it held the pass, which it captured in May" the newspaper does not vouch for the capture.
    """
    if standing.reported_by is not None or known != "actual" or grip.is_given:
        return saying, standing, known
    for verb in grip.trigger.ancestors:
        if verb.dep_ != "ccomp":
            continue
        around = sayings.around(verb)
        if around is not None and around.cue == verb.head.i:
            outer = status.of(verb, cast, sayings, doers=doers)
            if outer.reported_by is not None and outer.status in {"actual", "alleged"}:
                return around, outer, outer.status
    return saying, standing, known


def _is_own_word(saying: Saying | None, holders: list[str], cast: Cast) -> bool:
    source = saying.record.source if saying is not None else None
    if source is None or source.actor is None:
        return False
    own = allegiance.side(source.actor, cast)
    return any(own & allegiance.side(holder, cast) for holder in holders)


def _holder(actor: Actor, actors: Mapping[str, Actor]) -> str | None:
    """Whose the holding is: the actor itself; a leader holds nothing, but the state or organisation behind it does."""
    if actor.kind != "person":
        return actor.id
    return actor.acts_for if actor.acts_for in actors and "GOV" in actor.sectors else None


def _can_hold(actor: Actor, *, given: bool) -> bool:
    if actor.kind == "state" or (given and actor.kind == "group"):
        return True  # also a people, in "Kurdish-held"
    return actor.kind != "person" and (bool(_ARMED & set(actor.sectors)) or actor.country == _ARMED_ABROAD)


def _span(grip: Grip, extent: Extent, calendar: Calendar) -> tuple[str | None, str | None]:
    """Since and until when. What is gained or lost is so since that day; a state of things, since the day it names."""
    since = calendar.of(grip.anchor, "since") or calendar.of(grip.trigger, "since")
    until = calendar.of(grip.anchor, "until") or calendar.of(grip.trigger, "until")
    on = calendar.of(grip.trigger) or calendar.of(grip.anchor)
    begun = since.value if since is not None else None
    ended = until.value if until is not None else None
    course = lexicon.lemma(grip.anchor) if grip.trigger.dep_ in {"nsubj", "nsubjpass", "dobj"} else ""
    if on is not None and course in _ENDING:
        return begun, ended or on.value
    if begun is None and on is not None and (grip.turn != "has" or course in _BEGINNING):
        begun = on.value
    elif begun is None and on is not None and "/" in on.value:
        begun, _, ended = on.value.partition("/")
    if begun is None:
        begun = _gained(extent.token, calendar)
    return begun, ended


def _gained(place: Token, calendar: Calendar) -> str | None:
    """When the place was gained, where a participle on its name tells: "Crimea (annexed in 2014)"."""
    after = place.doc[place.i + 1 : place.i + 3]
    told = [child for child in place.children if child.dep_ == "acl"]
    if len(after) == 2 and after[0].text == "(":
        told.append(after[1])  # whatever the parse hangs it on
    for verb in told:
        if verb.tag_ == "VBN" and grips.is_gain(verb) and not any(c.dep_ == "agent" for c in verb.children):
            phrase = calendar.of(verb)
            return phrase.value if phrase is not None else None
    return None


def _as_of(grip: Grip, parsed: Parsed, calendar: Calendar, spoken: str | None) -> str | None:
    """The day for which the words vouch: publication or the day of the speech, for what is told in the present."""
    if _is_present(grip.anchor, perfect=grip.turn != "has"):
        return spoken or (parsed.published.isoformat() if parsed.published is not None else None)
    if grip.turn != "has":
        return None
    on = calendar.of(grip.anchor)
    if grip.trigger != grip.anchor and lexicon.lemma(grip.anchor) in _ENDING | _BEGINNING:
        return None
    return on.value if on is not None and "/" not in on.value else spoken


def _is_present(verb: Token, *, perfect: bool) -> bool:
    """Whether the verb stands in the present tense or, with `perfect`, the present perfect: "has captured"."""
    if verb.tag_ in {"VBZ", "VBP"}:
        return not perfect
    return any(child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBZ", "VBP"} for child in verb.children)


def _merged(told: Held, again: Held) -> Held:
    """One holding that is told twice: what the first leaves open the second fills; the newspaper's own word counts."""
    first, second = told.record, again.record
    missing = {
        name: getattr(second, name)
        for name in ("share", "share_text", "area_km2", "since", "until", "as_of")
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    if second.reported_by is None and first.reported_by is not None:
        missing |= {"reported_by": None, "evidence": second.evidence}
        told = again
    return replace(told, record=msgspec.structs.replace(first, **missing))
