"""What is known before a file is read, as temporary tables that its query joins: codes, names, CAMEO, sectors.

- `cameo` (code, type, mode, quad): CAMEO's codes with PLOVER's types, by our own table `cameo.csv`.
- `acled` (event_type, sub_event_type, type, mode, quad, score): the same for ACLED's kinds of events, by `acled.csv`.
- `plover` (type, quad, score): PLOVER's types.
- `countries` (system, code, iso, since, until): the codes of states in the systems `cameo`, `fips`, `gw`, and their
  names (`name`), with our codes.
- `parties` (name, party, country, since, until): states and organisations by their names, also in capitals, with
  whom they act for.

A row holds from `since` to `until`, inclusively. Where a code or name has one row alone it holds always: data sets keep
using it for the time before and after.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

from detente import plover
from detente.days import earliest, latest
from detente.world import tables
from detente.world.tables import ALWAYS, Validity

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVER: Final = ("0001-01-01", "9999-12-31")

_CAMEO_QUADS: Final[Mapping[range, str]] = {
    range(1, 6): "verbal_cooperation",
    range(6, 10): "material_cooperation",
    range(10, 15): "verbal_conflict",
    range(15, 21): "material_conflict",
}
"""CAMEO's quad classes by the first two digits of a code (CAMEO manual 1.1b3; GDELT's codebook of QuadClass)."""


def make(connection: DuckDBPyConnection) -> None:
    """Make the temporary tables."""
    _table(connection, "cameo", _cameo())
    _table(connection, "acled", _acled(), score="DOUBLE")
    types = [{"type": name, "quad": info.quad, "score": info.score} for name, info in plover.TYPES.items()]
    _table(connection, "plover", types, score="DOUBLE")
    _table(connection, "countries", _dated(_countries()), since="DATE", until="DATE")
    _table(connection, "parties", _dated(_parties()), since="DATE", until="DATE")


def sectors(format_: str, written: str) -> list[str]:
    """PLOVER's sectors for what a format has in a column of sectors, in its order, each once."""
    known = _sector_names()
    parts = [part.strip() for part in written.replace(",", ";").split(";")]
    return list(dict.fromkeys(sector for part in parts if (sector := known.get((format_, part)))))


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this folder."""
    with resources.files("detente.ledger.formats").joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def state_names() -> frozenset[str]:
    """What states are called, at any time."""
    return frozenset(str(fields["code"]) for fields, _ in _countries() if fields["system"] == "name")


def _sector_names() -> Mapping[tuple[str, str], str]:
    own = {("polecat", sector): sector for sector in plover.SECTORS}
    return own | {(row["format"], row["written"]): row["sector"] for row in rows("sectors.csv")}


def _cameo() -> Iterator[dict[str, Any]]:
    for row in rows("cameo.csv"):
        root = int(row["code"][:2])
        own = next(quad for roots, quad in _CAMEO_QUADS.items() if root in roots)
        yield {
            "code": row["code"],
            "type": row["type"] or None,
            "mode": row["mode"] or None,
            "quad": plover.TYPES[row["type"]].quad if row["type"] in plover.TYPES else own,  # type: ignore[index]
        }


def _acled() -> Iterator[dict[str, Any]]:
    for row in rows("acled.csv"):
        type_ = row["type"] or None
        info = plover.TYPES.get(type_)  # type: ignore[call-overload]
        yield {
            "event_type": row["event_type"],
            "sub_event_type": row["sub_event_type"],
            "type": type_,
            "mode": row["mode"] or None,
            "quad": info and info.quad,
            "score": plover.intensity(type_, row["mode"] or None) if info else None,  # type: ignore[arg-type]
        }


def _countries() -> Iterator[tuple[Mapping[str, str | None], Validity]]:
    for codes in tables.codes():
        for system, code in (("cameo", codes.cameo), ("fips", codes.fips), ("gw", codes.gw)):
            if code:
                yield {"system": system, "code": code, "iso": codes.iso}, codes.validity
    states = list(tables.states())
    names = [(name, state.code, state.validity) for state in states for name in (state.name, *state.aliases)]
    names += [(row["name"], row["iso"], ALWAYS) for row in rows("names.csv")]
    for name, iso, validity in names:
        yield {"system": "name", "code": name, "iso": iso}, validity


def _parties() -> Iterator[tuple[Mapping[str, str | None], Validity]]:
    for fields, validity in _countries():
        if fields["system"] == "name":
            name, iso = str(fields["code"]), fields["iso"]
            for form in dict.fromkeys((name, name.upper())):
                yield {"name": form, "party": iso, "country": iso}, validity
    for body in tables.organisations():
        for form in dict.fromkeys(form for name in (body.name, *body.aliases) for form in (name, name.upper())):
            yield (
                {"name": form, "party": body.acts_for or body.id, "country": body.country},
                body.validity,
            )


def _dated(found: Iterable[tuple[Mapping[str, str | None], Validity]]) -> Iterator[dict[str, Any]]:
    """Rows with their days, without those of codes and names that mean two at a time."""
    by_key: dict[tuple[str | None, ...], list[tuple[Mapping[str, str | None], Validity]]] = {}
    for fields, validity in found:
        key = (fields.get("name"), fields.get("system"), fields.get("code"))
        known = by_key.setdefault(key, [])
        if (fields, validity) not in known:
            known.append((fields, validity))
    for same in by_key.values():
        spans = sorted((_span(validity) for _, validity in same)) if len(same) > 1 else [_EVER]
        # Of a name that two have at a time nobody knows whom it means.
        if any(later[0] <= former[1] for former, later in pairwise(spans)):
            continue
        for fields, validity in same:
            since, until = _span(validity) if len(same) > 1 else _EVER
            yield {**fields, "since": since, "until": until}


def _span(validity: Validity) -> tuple[str, str]:
    since = earliest(validity.since) if validity.since else _EVER[0]
    return since, latest(validity.until) if validity.until else _EVER[1]


def _table(connection: DuckDBPyConnection, name: str, found: Iterable[Mapping[str, Any]], **types: str) -> None:
    """Make a temporary table of rows, all of texts but for the columns of `types`."""
    made: Sequence[Mapping[str, Any]] = list(found)
    columns = ", ".join(f'"{column}" {types.get(column, "VARCHAR")}' for column in made[0])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS "
        f"SELECT unnest(CAST($rows::JSON AS STRUCT({columns})[]), max_depth := 2)",
        {"rows": msgspec.json.encode(made).decode()},
    )
