"""The rows of what is known before reading, as they stand in the CSV files of `data/`.

The files are plain: anybody can correct one in a spreadsheet. A cell with several values separates them by `;`. Dates
are ISO 8601 with the precision that is known ("1991-12-26", "1991-12", "1991"); an empty one is open. `source` says
where a row was checked.

A user's own file has the columns of one of them (`add`): a row that stands for the same as one of ours takes its place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from detente.errors import InputError
from detente.records import ActorKind

_DATA: Final = resources.files("detente.world") / "data"

KEYS: Final = {
    "states.csv": ("code",),
    "organisations.csv": ("id", "since"),
    "groups.csv": ("id",),
    "seats.csv": ("name", "stands_for"),
    "regions.csv": ("name",),
    "roles.csv": ("phrase",),
    "leaders.csv": ("name", "office", "start"),
    "members.csv": ("organisation", "country", "since"),
    "codes.csv": ("iso", "since", "note"),
    "common-names.csv": ("name",),
    "first-names.csv": ("name",),
    "nouns.csv": ("noun", "kind"),
    "state-kinds.csv": ("kind",),
}
"""The tables, and the columns by which a row is known."""

OwnRows = dict[str, list[dict[str, str]]]
"""Rows of users' files by the table that they belong to."""

_added: OwnRows = {}
"""Rows of the user's own files, by table."""


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
        return latest(self.since) <= day and not self.over(on)

    def over(self, on: date) -> bool:
        """Whether it had ended by `on`; in the month or year in which it ended it counts as over."""
        return bool(self.until) and self.until < on.isoformat()


ALWAYS: Final = Validity()


def latest(partial: str) -> str:
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
    successor: str
    """The state to which its people belong after its end."""


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
    source: str


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


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in an organisation."""

    organisation: str
    country: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Codes:
    """A state's codes in the field's data sets: Correlates of War (letters, number), Gleditsch-Ward, FIPS 10-4, CAMEO.

    Empty where the set has none or nobody was sure.
    """

    iso: str
    cow: str
    cown: str
    gw: str
    fips: str
    cameo: str
    validity: Validity


def add(path: Path) -> None:
    """Take a user's file into account from now on. Raises `InputError` where it is no table or cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="")
            columns, rows = tuple(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    table = next((name for name in KEYS if {*columns, "source"} == {*columns_of(name), "source"}), None)
    if table is None:
        raise InputError(str(path), f"has the columns of none of {', '.join(KEYS)}: see docs/world.md")
    for number, row in enumerate(rows, start=2):
        if "" in row:
            raise InputError(str(path), f"line {number} has more cells than the header")
        row.setdefault("source", str(path))
    _added.setdefault(table, []).extend(rows)
    roles.cache_clear()


def forget() -> None:
    """Forget the users' files."""
    _added.clear()
    roles.cache_clear()


def added() -> str:
    """What users' files hold, as one text: empty where there are none."""
    return repr(sorted(_added.items())) if _added else ""


def own_rows() -> OwnRows:
    """What users' files hold, by table, for a process that is to read by them too."""
    return {table: [*rows] for table, rows in _added.items()}


def take(rows: OwnRows) -> None:
    """Take into account, in a process that has read nothing yet, what `own_rows` gave in another."""
    _added.update(rows)
    roles.cache_clear()


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table."""
    with (_DATA / table).open(encoding="utf-8") as file:
        return tuple(next(csv.reader(file)))


def states() -> Iterator[State]:
    """The rows of states.csv."""
    for row in rows("states.csv"):
        yield State(
            code=row["code"],
            name=row["name"],
            aliases=_many(row["aliases"]),
            adjectives=_many(row["adjectives"]),
            people=_many(row["people"]),
            capitals=_many(row["capital"]),
            validity=Validity(row["since"], row["until"]),
            successor=row["successor"],
        )


def organisations() -> Iterator[Organisation]:
    """The rows of organisations.csv."""
    for row in rows("organisations.csv"):
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
    for row in rows("groups.csv"):
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
    for row in rows("seats.csv"):
        yield Seat(row["name"], _many(row["aliases"]), row["stands_for"])


def terms() -> Iterator[Term]:
    """The rows of leaders.csv."""
    for row in rows("leaders.csv"):
        yield Term(
            person=row["name"],
            aliases=_many(row["aliases"]),
            gender=row["gender"],
            country=row["country"],
            office=row["office"],
            sectors=_many(row["sectors"]),
            acts_for=row["acts_for"] or None,
            validity=Validity(row["start"], row["end"]),
            source=row["source"],
        )


def regions() -> Iterator[Region]:
    """The rows of regions.csv."""
    for row in rows("regions.csv"):
        yield Region(
            name=row["name"],
            aliases=_many(row["aliases"]),
            country=row["country"] or None,
            claimed_by=_many(row["claimed_by"]),
            basis=row["basis"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
        )


def members() -> Iterator[Membership]:
    """The rows of members.csv."""
    for row in rows("members.csv"):
        yield Membership(f"org:{row['organisation']}", row["country"], Validity(row["since"], row["until"]))


def codes() -> Iterator[Codes]:
    """The rows of codes.csv."""
    for row in rows("codes.csv"):
        yield Codes(
            iso=row["iso"],
            cow=row["cow"],
            cown=row["cown"],
            gw=row["gw"],
            fips=row["fips"],
            cameo=row["cameo"],
            validity=Validity(row["since"], row["until"]),
        )


def common_names() -> frozenset[str]:
    """The names of common-names.csv: surnames that many bear, or that are words."""
    return frozenset(row["name"] for row in rows("common-names.csv"))


@cache
def roles() -> dict[str, Role]:
    """The rows of roles.csv by their phrase in lower case."""
    return {
        row["phrase"]: Role(row["phrase"], row["sector"], row["class"], row["institution"], row["gender"])
        for row in rows("roles.csv")
    }


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table: ours, each in the wording of the user where there is one, then the user's own."""
    own = {tuple(row[column] for column in KEYS[name]): row for row in _added.get(name, ())}
    with (_DATA / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield own.pop(tuple(row[column] for column in KEYS[name]), row)
    yield from own.values()


def _many(cell: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cell.split(";") if value.strip())
