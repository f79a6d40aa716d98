"""Events as the POLECAT data set has them: tab-separated, by the columns of its releases, so that its readers work.

The columns are those of POLECAT's yearly and weekly files (Halterman and others, 2023, "PLOVER and POLECAT: A New
Political Event Ontology and Dataset"; Harvard Dataverse, doi:10.7910/DVN/AJGVIT). A value that is missing is the text
`None`. Items of a list stand in the order of the actors with `; ` between them; what one actor has several of has `|`
between. What detente never knows (districts, GeoNames ids, titles in Wikipedia) is empty. After POLECAT's last column
stands `Status`, so that nobody takes for a fact what is none.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from detente import days, plover
from detente.errors import one_line
from detente.ledger import listing
from detente.ledger.formats.tables import condition, guarded, is_imported, periods, slices
from detente.ledger.listing import Filters
from detente.ledger.manifest import Manifest, export
from detente.ledger.store import Ledger
from detente.records import Status
from detente.world import tables

_NONE: Final = "None"

_Row = Mapping[str, Any]
_Columns = Mapping[str, Callable[[_Row], str]]

_UNKNOWN: Final[_Row] = MappingProxyType({"name": None, "country": None, "sectors": None, "roles": None, "raw": None})
"""An actor whom its document does not name: a fault of the ledger."""

_LEFT_OUT: Final = """
    SELECT 'events that are ' || status AS reason, count(*) AS number
    FROM events AS exported JOIN documents ON documents.id = exported.document
    WHERE status <> $told AND dataset IS NOT DISTINCT FROM $dataset AND {chosen} GROUP BY ALL ORDER BY ALL
"""

_EVENTS: Final = """
    WITH written AS (
        SELECT * FROM documents WHERE added BETWEEN $first AND $last AND dataset IS NOT DISTINCT FROM $dataset
    ),
    casts AS (
        SELECT
            document,
            map(list(id), list({{
                'name': name, 'country': country, 'sectors': sectors, 'roles': roles, 'raw': mentions[1].text
            }})) AS actor,
            list(name ORDER BY ordinal) FILTER (kind = 'person') AS people,
            list(name ORDER BY ordinal) FILTER (kind = 'organisation') AS organisations
        FROM actors SEMI JOIN written ON written.id = document GROUP BY document
    )
    SELECT
        exported.document || '/' || exported.id AS id,
        date,
        published,
        type,
        mode,
        intensity,
        quad,
        contexts,
        list_transform(sources, lambda one: casts.actor[one]) AS sources,
        list_transform(targets, lambda one: casts.actor[one]) AS targets,
        place,
        written.source AS outlet,
        people,
        organisations,
        language,
        'detente ' || reader.version AS version,
        status
    FROM events AS exported
    JOIN written ON written.id = exported.document
    LEFT JOIN casts ON casts.document = exported.document
    WHERE status = $told AND {chosen}
    ORDER BY added, exported.ordinal
"""


# Of a day that is not known, the year, which no column takes for a day.
_SIDE: Final = """
        if({role}_name IS NULL AND {role}_country IS NULL, [], [struct_pack(
            name := {role}_name, country := {role}_country, sectors := {role}_known.sectors, roles := NULL, raw := NULL
        )]) AS {role}s,
"""
_IMPORTED: Final = f"""
    WITH known AS (
        SELECT sectors.* FROM sectors JOIN datasets ON datasets.format = sectors.format WHERE name = $dataset
    )
    SELECT
        id,
        if(first = last, first::VARCHAR, strftime(first, '%Y')) AS date,
        published::VARCHAR AS published,
        type,
        mode,
        intensity,
        intensity_scale <> 'plover' AS rescored,
        quad,
        coalesce(string_split(contexts, '; '), []) AS contexts,
        {_SIDE.format(role="source")}
        {_SIDE.format(role="target")}
        struct_pack(name := place, country := country, latitude := latitude, longitude := longitude) AS place,
        publisher AS outlet,
        NULL AS people,
        NULL AS organisations,
        NULL AS language,
        concat_ws(' ', $dataset, vintage) AS version,
        'actual' AS status
    FROM imported AS exported
    JOIN (SELECT file, vintage FROM files WHERE dataset = $dataset) AS files ON files.file = exported.file
    LEFT JOIN known AS source_known ON source_known.written = source_sectors
    LEFT JOIN known AS target_known ON target_known.written = target_sectors
    WHERE dataset = $dataset AND first BETWEEN $first AND $last AND type IS NOT NULL AND NOT mutual
        AND {{chosen}}
    ORDER BY first, id
"""  # noqa: S608

# What imported events are left out: facts all of them, as far as their data sets say.
_IMPORTED_LEFT_OUT: Final = """
    SELECT
        if(type IS NULL, 'events for which PLOVER has no type', 'events that both sides did, which POLECAT cannot tell')
            AS reason,
        count(*) AS number
    FROM imported AS exported
    WHERE dataset = $dataset AND (type IS NULL OR mutual) AND {chosen} GROUP BY ALL ORDER BY ALL
"""
_IMPORTED_NOT_ASKED: Final = """
    SELECT 'events that are actual' AS reason, count(*) AS number
    FROM imported AS exported WHERE dataset = $dataset AND {chosen}
"""


def export_polecat(
    ledger: Ledger,
    file: Path,
    *,
    status: Status = "actual",
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    dataset: str | None = None,
) -> Manifest:
    """Write the events of a data set that have this status to `file`, a row each, with its manifest.

    `about`, `since` and `until` are as for `Ledger.list`; imported events, which are all actual, have no `about`. What
    is left out is counted: events of another status, imported ones without a type of PLOVER's, and those whose sides
    are in no order. Raises `ValueError` for a status and for a date that is none, and as `export`.
    """
    told = listing.checked("events", Filters(status=status))["status"]
    filters = {"about": about, "since": since, "until": until}
    given = {name: value for name, value in filters.items() if value is not None}
    of_texts = condition("events", given)
    of_imports = condition("imported", given) if is_imported(ledger, dataset) else None

    def rows() -> Iterator[tuple[_Columns, _Row]]:
        chosen, values = of_texts
        for first, last in slices(ledger, dataset, whole=bool(given)):
            asked = {**values, "told": told, "dataset": dataset, "first": first, "last": last}
            yield from ((_COLUMNS, row) for row in ledger.sql(_EVENTS.format(chosen=chosen), asked))
        if of_imports is None or told != "actual":
            return
        chosen, values = of_imports
        for begun, ended in periods(ledger, dataset):
            asked = {**values, "dataset": dataset, "first": begun, "last": ended}
            yield from ((_COLUMNS_OF_IMPORTS, row) for row in ledger.sql(_IMPORTED.format(chosen=chosen), asked))

    def write(new: Path) -> int:
        number = 0
        with new.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
            writer.writerow(_COLUMNS)
            for columns, row in rows():
                writer.writerow([column(row) for column in columns.values()])
                number += 1
        return number

    left_out = _left_out(ledger, _LEFT_OUT, of_texts, {"told": told, "dataset": dataset})
    if of_imports is not None:
        unfit = _IMPORTED_LEFT_OUT if told == "actual" else _IMPORTED_NOT_ASKED
        left_out |= _left_out(ledger, unfit, of_imports, {"dataset": dataset})
    return export(
        ledger,
        file,
        write,
        columns=[*_COLUMNS],
        dataset=dataset,
        parameters={"command": "export", "format": "polecat", "status": told, **filters},
        left_out=left_out,
    )


def _left_out(
    ledger: Ledger, query: str, asked: tuple[str, dict[str, Any]], values: Mapping[str, Any]
) -> dict[str, int]:
    chosen, own = asked
    return {row["reason"]: row["number"] for row in ledger.sql(query.format(chosen=chosen), {**own, **values})}


def _day(row: _Row) -> str:
    """The day when it happened or began, or else when it was reported; a month or a year is no day."""
    begun = (row["date"] or row["published"] or "").partition("/")[0]
    try:
        return begun if days.earliest(begun) == days.latest(begun) else _NONE
    except ValueError:
        return _NONE


def _score(row: _Row) -> str:
    """The intensity, or PLOVER's score for the type and mode where the data set has another scale than PLOVER's."""
    if row.get("rescored"):
        mode = row["mode"] if row["mode"] in plover.TYPES[row["type"]].modes else None
        return repr(plover.intensity(row["type"], mode))
    return _NONE if row["intensity"] is None else repr(row["intensity"])


@lru_cache(maxsize=100_000)
def _item(value: str | None) -> str:
    """A text on one line that no reader takes for several, or for a formula."""
    text = one_line(value or "").replace(";", ",").replace("|", "/")
    return guarded(text) if text else _NONE


def _list(items: Iterable[str]) -> str:
    return "; ".join(items) or _NONE


def _several(items: Iterable[str]) -> str:
    """What one actor has several of."""
    return "|".join(map(_item, items)) or _NONE


def _of(role: str, part: Callable[[_Row], str]) -> Callable[[_Row], str]:
    """What the actors of a role have, in their order."""
    return lambda row: _list(part(actor or _UNKNOWN) for actor in row[role])


def _place(part: str) -> Callable[[_Row], str]:
    def column(row: _Row) -> str:
        value = (row["place"] or {}).get(part)
        return _item(value) if isinstance(value, str) else _NONE if value is None else repr(value)

    return column


def _never(_: _Row) -> str:
    return ""


@cache
def _cown() -> Mapping[str, str]:
    """The Correlates of War number of each state today, by its ISO code."""
    return {code.iso: code.cown for code in tables.codes() if not code.validity.until and code.cown}


def _actors(called: str, role: str) -> dict[str, Callable[[_Row], str]]:
    return {
        f"{called} Name": _of(role, lambda actor: _item(actor["name"])),
        f"{called} Country": _of(role, lambda actor: _item(actor["country"])),
        f"{called} COW": _of(role, lambda actor: _cown().get(actor["country"], _NONE)),
        f"Primary {called} Sector": _of(role, lambda actor: _several((actor["sectors"] or [])[:1])),
        f"{called} Sectors": _of(role, lambda actor: _several(actor["sectors"] or [])),
        f"{called} Title": _of(role, lambda actor: _several(actor["roles"] or [])),
        f"{called} Name Raw": _of(role, lambda actor: _item(actor["raw"])),
        f"Wikipedia {called} ID": _never,
    }


_COLUMNS: Final[_Columns] = MappingProxyType(
    {
        "Event ID": lambda row: _item(row["id"]),
        "Event Date": _day,
        "Event Type": lambda row: row["type"],
        "Event Mode": lambda row: _item(row["mode"]),
        "Intensity": _score,
        "Quad Code": lambda row: row["quad"].replace("_", " ").upper(),
        "Contexts": lambda row: _list(map(_item, row["contexts"])),
        **_actors("Actor", "sources"),
        **_actors("Recipient", "targets"),
        "Placename": _place("name"),
        "City": _never,
        "District": _never,
        "Province": _never,
        "Country": _place("country"),
        "Latitude": _place("latitude"),
        "Longitude": _place("longitude"),
        "GeoNames ID": _never,
        "Raw Placename": _never,
        "Feature Type": _never,
        "Source": lambda row: _item(row["outlet"]),
        "Publication Date": lambda row: _item(row["published"]),
        "Story People": lambda row: _list(map(_item, row["people"] or [])),
        "Story Organizations": lambda row: _list(map(_item, row["organisations"] or [])),
        "Story Locations": _never,
        "Language": lambda row: _item(row["language"]),
        "Version": lambda row: _item(row["version"]),
        "Status": lambda row: row["status"],
    }
)
"""POLECAT's columns and how each is made, in their order, and `Status`."""


def _lists(called: str, role: str) -> _Columns:
    """What one imported actor has several of, as POLECAT itself has it."""

    def of(part: Callable[[_Row], Iterable[str | None]]) -> Callable[[_Row], str]:
        return lambda row: _list(_item(one) for actor in row[role] for one in part(actor))

    def states(actor: _Row) -> list[str]:
        return (actor["country"] or "").split("; ")

    return {
        f"{called} Country": of(states),
        f"{called} COW": of(lambda actor: map(_cown().get, states(actor))),
        f"{called} Sectors": of(lambda actor: actor["sectors"] or []),
    }


_COLUMNS_OF_IMPORTS: Final[_Columns] = MappingProxyType(
    {**_COLUMNS, **_lists("Actor", "sources"), **_lists("Recipient", "targets")}
)
