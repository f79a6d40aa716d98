"""What is wrong with the tables of `data/` and with users' own: unknown codes, broken dates, overlaps, and the gaps.

`faults` are wrong for sure; `gaps` may be: between two holders of an office there may have been nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Final, get_args

from detente.plover import NOT_STATES, SECTORS
from detente.records import ActorKind
from detente.world import tables
from detente.world.tables import Term, Validity

SINGLE: Final = frozenset(
    "president;prime minister;chancellor;vice president;supreme leader;king;pope;foreign minister;foreign secretary;"
    "secretary of state;external affairs minister;defence minister;defence secretary;secretary of defense".split(";")
)
"""Offices that one person holds at a time."""

_FORMS: Final = frozenset({"office", "member", "body", "equipment"})
_KINDS: Final = frozenset({*get_args(ActorKind), "thing"})
_ALLOWED_GAP: Final = timedelta(days=31)


def faults() -> Iterator[str]:
    """What is wrong, one line each, with the table that it stands in."""
    states = {state.code for state in tables.states()}
    organisations = {organisation.id for organisation in tables.organisations()}
    yield from _of_names()
    yield from _of_actors(states | NOT_STATES, states | organisations)
    yield from _of_regions(states)
    for seat in tables.seats():
        known = organisations | {f"government:{state}" for state in states}
        yield from _unknown(f"seats.csv: {seat.name}", {seat.stands_for}, known)
    for role in tables.roles().values():
        yield from _unknown(f"roles.csv: {role.phrase}", {role.sector} - {""}, SECTORS)
        yield from _unknown(f"roles.csv: {role.phrase}", {role.form}, _FORMS)
        if role.phrase != role.phrase.lower():
            yield f"roles.csv: {role.phrase}: phrases are written in small letters"
    for row in tables.members():
        yield from _unknown(f"members.csv: {row.organisation}", {row.organisation}, organisations)
        yield from _unknown(f"members.csv: {row.organisation}", {row.country}, states)
        yield from _broken(f"members.csv: {row.country} in {row.organisation}", row.validity)
    for codes in tables.codes():
        yield from _unknown(f"codes.csv: {codes.iso}", {codes.iso}, states)
        yield from _broken(f"codes.csv: {codes.iso}", codes.validity)
    for word in tables.rows("first-names.csv"):
        yield from _unknown(f"first-names.csv: {word['name']}", {word["gender"]}, {"m", "f", ""})
    for word in tables.rows("nouns.csv"):
        yield from _unknown(f"nouns.csv: {word['noun']}", {word["gender"]}, {"m", "f", ""})
        yield from _unknown(f"nouns.csv: {word['noun']}", {word["kind"]}, _KINDS)
    for kind in tables.rows("state-kinds.csv"):
        yield from _unknown(f"state-kinds.csv: {kind['kind']}", set(kind["countries"].split(";")), states)
    yield from _overlaps()


def gaps() -> Iterator[str]:
    """Between which holders of an office more than a month is nobody's."""
    for terms in _by_office().values():
        for before, after in pairwise(terms):
            end, start = _first_day(before.validity.until, last=True), _first_day(after.validity.since)
            if end is not None and start is not None and start - end > _ALLOWED_GAP:
                yield (
                    f"leaders.csv: {before.office} of {before.country}: nobody from {before.validity.until} "
                    f"({before.person}) to {after.validity.since} ({after.person})"
                )


def _of_names() -> Iterator[str]:
    """States whose code or whose name stands twice."""
    rows = list(tables.states())
    for code, count in Counter(state.code for state in rows).items():
        if count > 1:
            yield f"states.csv: {code} stands {count} times"
    names = Counter(n for s in rows for n in {s.name, *s.aliases, *s.adjectives, *s.people})
    names.update(capital for s in rows if not s.validity.until for capital in s.capitals)  # Belgrade was Yugoslavia's
    for name, count in names.items():
        if count > 1:
            yield f"states.csv: {name} names {count} states"
    for state in rows:
        yield from _broken(f"states.csv: {state.code}", state.validity)
        yield from _unknown(f"states.csv: {state.code}", {state.successor} - {""}, {other.code for other in rows})
    spells = Counter((row.id, row.validity.since) for row in tables.organisations())
    for (organisation, since), count in spells.items():
        if count > 1:
            yield f"organisations.csv: {organisation} stands {count} times from {since or 'ever'} on"


def _of_actors(countries: frozenset[str] | set[str], principals: set[str]) -> Iterator[str]:
    """Unknown countries, sectors, principals, offices and genders of organisations, groups and people."""
    for row in tables.organisations():
        where = f"organisations.csv: {row.id}"
        yield from _unknown(where, {row.country or ""} - {""}, countries)
        yield from _unknown(where, set(row.sectors), SECTORS)
        yield from _unknown(where, {row.acts_for or ""} - {""}, principals)
        yield from _broken(where, row.validity)
    for group in tables.groups():
        yield from _unknown(f"groups.csv: {group.id}", {group.country or ""} - {""}, countries)
        yield from _unknown(f"groups.csv: {group.id}", set(group.sectors), SECTORS)
    genders: dict[str, set[str]] = {}
    for term in tables.terms():
        where = f"leaders.csv: {term.person}, {term.office}"
        yield from _unknown(where, {term.country}, countries)
        yield from _unknown(where, set(term.sectors), SECTORS)
        yield from _unknown(where, {term.acts_for or ""} - {""}, principals)
        yield from _unknown(where, {term.office}, tables.roles())
        yield from _unknown(where, {term.gender}, {"m", "f"})
        yield from _broken(where, term.validity)
        genders.setdefault(term.person, set()).add(term.gender)
    yield from (f"leaders.csv: {person} has two genders" for person, found in genders.items() if len(found) > 1)


def _of_regions(states: set[str]) -> Iterator[str]:
    """Regions in unknown states, without a basis, or nowhere on Earth."""
    try:
        regions = list(tables.regions())
    except ValueError as error:
        yield f"regions.csv: {error}"
        return
    for region in regions:
        yield from _unknown(f"regions.csv: {region.name}", {region.country or "", *region.claimed_by} - {""}, states)
        if not region.basis:
            yield f"regions.csv: {region.name}: no basis is named"
        if abs(region.latitude or 0) > 90 or abs(region.longitude or 0) > 180:
            yield f"regions.csv: {region.name}: {region.latitude}, {region.longitude} is no place on Earth"


def _unknown(where: str, given: set[str], known: Iterable[str]) -> Iterator[str]:
    yield from (f"{where}: {value!r} is not known" for value in sorted(given.difference(known)))


def _broken(where: str, validity: Validity) -> Iterator[str]:
    for day in (validity.since, validity.until):
        if day and _first_day(day) is None:
            yield f"{where}: {day!r} is no date; write it like 2024, 2024-06 or 2024-06-14"
    if validity.until and validity.since[: len(validity.until)] > validity.until:
        yield f"{where}: ends {validity.until} before it begins {validity.since}"


def _first_day(partial: str, *, last: bool = False) -> date | None:
    """The first day, or nearly the last, that a date of any precision may mean; None where it is no date."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", partial):
        return None
    try:
        return date.fromisoformat(partial + ("0000-12-28" if last else "0000-01-01")[len(partial) :])
    except ValueError:
        return None


def _by_office() -> dict[tuple[str, str, str | None], list[Term]]:
    """The terms of each office that one person holds at a time, in the order of their beginnings."""
    held: dict[tuple[str, str, str | None], list[Term]] = {}
    for term in sorted(tables.terms(), key=lambda term: term.validity.since):
        if term.office in SINGLE:
            held.setdefault((term.country, term.office, term.acts_for), []).append(term)
    return held


def _overlaps() -> Iterator[str]:
    """Offices that two people hold at the same time, whatever days dates of a month or a year mean."""
    for terms in _by_office().values():
        for one, other in combinations(terms, 2):
            # What is surely held: after all of the first month or year, before any of the last.
            begins = max(tables.latest(one.validity.since), tables.latest(other.validity.since))
            ends = min(one.validity.until or "9999", other.validity.until or "9999")
            if begins < ends:
                yield (
                    f"leaders.csv: {one.office} of {one.country}: {one.person} ({_shown(one)}) and {other.person} "
                    f"({_shown(other)}) overlap"
                )


def _shown(term: Term) -> str:
    return f"{term.validity.since} – {term.validity.until or '…'}"
