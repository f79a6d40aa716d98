"""The rows of what is known before reading, as they stand in the CSV files of `data/`.

The files are plain: anybody can correct one in a spreadsheet. A cell with several values separates them by `;`. Dates
are ISO 8601 with the precision that is known ("1991-12-26", "1991-12", "1991"); an empty one is open. `source` says
where a row was checked.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from detente.records import ActorKind

_DATA: Final = resources.files("detente.world") / "data"


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when a row is true; both ends are ISO 8601 of any precision or empty."""

    since: str = ""
    until: str = ""

    def begun(self, on: date | None) -> bool:
        """Whether it had begun by `on`: a text may know it, in office or after. True where no day is known."""
        return on is None or self.since <= on.isoformat()

    def holds(self, on: date) -> bool:
        """Whether it is surely true on `on`: the month or year in which it began or ended does not count as held."""
        day = on.isoformat()
        return _latest(self.since) <= day and not self.over(on)

    def over(self, on: date) -> bool:
        """Whether it had ended by `on`; in the month or year in which it ended it counts as over."""
        return bool(self.until) and self.until < on.isoformat()


ALWAYS: Final = Validity()


def _latest(partial: str) -> str:
    """The last day that `partial` may mean, for comparison with full days."""
    return partial + {4: "-12-31", 7: "-31"}.get(len(partial), "")


@dataclass(frozen=True, slots=True)
class State:
    """A state or a territory that texts treat as one, by its ISO 3166 code (KOS for Kosovo, 3166-3 for former ones)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    """Cities whose names stand for the government."""
    validity: Validity


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation or armed group. `nominals` are common nouns that can take it up again ("the alliance")."""

    id: str
    name: str
    aliases: tuple[str, ...]
    nominals: tuple[str, ...]
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    acts_for: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class Group:
    """A people, a creed or a part of the world that texts speak of as one; never expanded to its members."""

    id: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A building, street or city that stands for a government ("government:RUS") or an organisation ("org:…")."""

    name: str
    aliases: tuple[str, ...]
    stands_for: str


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office. `office` is a phrase of roles.csv; sectors are those of the time in office."""

    person: str
    aliases: tuple[str, ...]
    """Names under which the person is known without the full name."""
    gender: str
    country: str
    office: str
    sectors: tuple[str, ...]
    acts_for: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class Region:
    """A region, territory or disputed place with the state in whose recognised territory it lies."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    claimed_by: tuple[str, ...]
    basis: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Role:
    """A role word or phrase ("foreign minister", "soldier", "parliament") with its PLOVER sector.

    `form` is `office` (held by one person, may be a title), `member` (one or many of a kind) or `body` (an
    institution). `institution` names the body that members belong to, or the office that a registry of terms knows.
    """

    phrase: str
    sector: str
    form: str
    institution: str
    gender: str


def states() -> Iterator[State]:
    """The rows of states.csv."""
    for row in _rows("states.csv"):
        yield State(
            code=row["code"],
            name=row["name"],
            aliases=_many(row["aliases"]),
            adjectives=_many(row["adjectives"]),
            people=_many(row["people"]),
            capitals=_many(row["capital"]),
            validity=Validity(row["since"], row["until"]),
        )


def organisations() -> Iterator[Organisation]:
    """The rows of organisations.csv."""
    for row in _rows("organisations.csv"):
        yield Organisation(
            id=f"org:{row['id']}",
            name=row["name"],
            aliases=_many(row["aliases"]),
            nominals=_many(row["nominals"]),
            kind="organisation",
            country=row["country"] or None,
            sectors=_many(row["sectors"]),
            acts_for=row["acts_for"] or None,
            validity=Validity(row["since"], row["until"]),
        )


def groups() -> Iterator[Group]:
    """The rows of groups.csv."""
    for row in _rows("groups.csv"):
        yield Group(
            id=f"group:{row['id']}",
            name=row["name"],
            aliases=_many(row["aliases"]),
            adjectives=_many(row["adjectives"]),
            country=row["country"] or None,
            sectors=_many(row["sectors"]),
        )


def seats() -> Iterator[Seat]:
    """The rows of seats.csv."""
    for row in _rows("seats.csv"):
        yield Seat(row["name"], _many(row["aliases"]), row["stands_for"])


def terms() -> Iterator[Term]:
    """The rows of leaders.csv."""
    for row in _rows("leaders.csv"):
        yield Term(
            person=row["name"],
            aliases=_many(row["aliases"]),
            gender=row["gender"],
            country=row["country"],
            office=row["office"],
            sectors=_many(row["sectors"]),
            acts_for=row["acts_for"] or None,
            validity=Validity(row["start"], row["end"]),
        )


def regions() -> Iterator[Region]:
    """The rows of regions.csv."""
    for row in _rows("regions.csv"):
        yield Region(
            name=row["name"],
            aliases=_many(row["aliases"]),
            country=row["country"] or None,
            claimed_by=_many(row["claimed_by"]),
            basis=row["basis"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
        )


@cache
def roles() -> dict[str, Role]:
    """The rows of roles.csv by their phrase in lower case."""
    return {
        row["phrase"]: Role(row["phrase"], row["sector"], row["class"], row["institution"], row["gender"])
        for row in _rows("roles.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cell.split(";") if value.strip())
