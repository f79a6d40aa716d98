"""`detente who`: what is known before reading of whom or what a name means, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.cli import _options as options
from detente.cli._messages import say

if TYPE_CHECKING:
    from detente.world.registry import Entry, Registry, Standing
    from detente.world.tables import Term, Validity

EXAMPLE: Final = "Example: detente who Trump --on 2022-06-01"

_SENSES: Final = {
    "state": "state",
    "people": "people of a state",
    "adjective": "adjective of a state or group",
    "capital": "city that stands for a government or organisation, or is a place: the sentence decides",
    "seat": "seat that stands for a government",
    "organisation": "organisation",
    "group": "group without a state of its own",
    "person": "person",
    "region": "place",
}


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a text may have it.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="On that day, such as 2022-06-01; without it, at all times.")
    ] = None,
    world: options.World = None,
) -> None:
    """Show who or what NAME may mean, its country and sectors on a day, and the rows that say so."""
    options.use_world(world)
    from detente.world.registry import registry

    day = _day(on)
    known = registry()
    entries = known.named(name, day)
    if not entries:
        say(_nobody(name, day, known))
        raise typer.Exit(1)
    for number, entry in enumerate(_likeliest_first(entries, day, known)):
        if number:
            print()
        for line in _described(entry, day, known):
            print(line)


def _day(on: str | None) -> date | None:
    try:
        return date.fromisoformat(on) if on is not None else None
    except ValueError:
        raise typer.BadParameter(f"{on!r} is no day; write it like 2022-06-01", param_hint="--on") from None


def _nobody(name: str, day: date | None, known: Registry) -> str:
    if day is not None and known.named(name):
        return f"{name}: nobody of that name is known to a text of {day}; detente who {name!r} shows since when"
    near = get_close_matches(name, dict.fromkeys(known.forms()), n=3, cutoff=0.75)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"{name}: not known before reading{hint} (own rows: --world FILE, see docs/world.md)"


def _likeliest_first(entries: Iterable[Entry], day: date | None, known: Registry) -> list[Entry]:
    """The entries as reading tries them: of several people of one surname, the likeliest on that day."""
    unique = list({(entry.id, entry.name, entry.sense): entry for entry in entries}.values())
    people = [entry for entry in unique if entry.sense == "person"]
    first = known.likeliest(people, day) if len(people) > 1 else None
    return sorted(unique, key=lambda entry: first is not None and entry.sense == "person" and entry.id != first.id)


def _described(entry: Entry, day: date | None, known: Registry) -> Iterator[str]:
    yield f"{entry.name} ({entry.id or 'no actor'}): {_SENSES[entry.sense]}"
    if entry.sense == "person":
        yield from _person(entry, day, known)
    elif entry.sense == "region":
        yield from _region(entry, known)
    else:
        yield _coded(entry.country, entry.sectors, entry.acts_for) + _period(entry.validity)
        members = known.members(entry.id, day)
        if members:
            when = f"on {day}" if day else "at any time"
            yield f"  {len(members)} members {when}: {' '.join(members)}"


def _person(entry: Entry, day: date | None, known: Registry) -> Iterator[str]:
    standing = known.standing(entry.id, day) if day is not None else None
    if standing is not None:
        yield f"  on {day}:{_coded(standing.country, standing.sectors, standing.acts_for)[1:]}"
        yield f"  because {_reason(standing)}"
    for term in known.career(entry.id):
        mark = "→" if standing is not None and term in standing.terms else " "
        yield f"{mark} {_row(term)}"


def _reason(standing: Standing) -> str:
    if standing.terms:
        return "of the rows marked →"
    return "a term of office is over" if standing.sectors else "no term of office is on record before that day"


def _row(term: Term) -> str:
    until = term.validity.until or "…"
    what = " ".join([*term.sectors, *([f"for {term.acts_for}"] if term.acts_for else [])])
    return f"{term.validity.since:>10} – {until:<10} {term.office}, {term.country}: {what} [{term.source}]"


def _region(entry: Entry, known: Registry) -> Iterator[str]:
    region = known.region(entry.name)
    if region is not None:
        claimed = f"; claimed by {' '.join(region.claimed_by)}" if region.claimed_by else ""
        yield f"  lies in {region.country or 'no state'}, by {region.basis}{claimed}"


def _coded(country: str | None, sectors: Iterable[str], acts_for: str | None) -> str:
    acting = f", acts for {acts_for}" if acts_for else ""
    return f"  country {country or '–'}, sectors {' '.join(sectors) or '–'}{acting}"


def _period(validity: Validity) -> str:
    if not validity.since and not validity.until:
        return ""
    return f", {validity.since or '…'} – {validity.until or '…'}"
