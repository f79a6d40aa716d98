"""Actors, documents, statements and events as entities of FollowTheMoney, for Aleph and what else reads that.

FollowTheMoney (https://followthemoney.tech, release 4) describes entities by schemata and properties; a file has one as
JSON on each line, and every property is a list of texts. What becomes what:

    person                      Person
    organisation                PublicBody where a PLOVER sector says that it is a state's, else Organization
    state                       PublicBody
    group                       LegalEntity
    whom somebody acts for      Representation, from the one to the other
    document                    Article
    mentions in a document      Mention, one for each actor
    statement                   Note on its speaker
    event                       Event, whose organizers are the sources and who is involved the targets

FollowTheMoney has no word for what is alleged, denied or planned. So only what is told as a fact is exported, unless
another status is asked for, which then stands before the name of each event and among its keywords. An entity's id is a
hash of what it is, the same in every export, so that loading a file twice changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, Final

import msgspec

from detente.errors import one_line
from detente.ledger import listing
from detente.ledger.formats.readings import documents, in_turn
from detente.ledger.listing import Filters
from detente.ledger.manifest import Manifest, check_read, export
from detente.ledger.store import Ledger
from detente.records import Actor, Document, Event, Reading, Statement, Status
from detente.world import gazetteer

_PUBLIC: Final = frozenset(["COP", "GOV", "JUD", "LEG", "MIL", "SPY"])
"""PLOVER's sectors of what belongs to a state."""

_LONGEST: Final = {"name": 384, "location": 250, "bodyText": 65_000, "description": 65_000, "summary": 65_000}
"""FollowTheMoney's limits on the length of one text; of other properties it is `_LONGEST_STRING`."""
_LONGEST_STRING: Final = 1024

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WEB: Final = re.compile(r"https?://[\w.-]+\.\w+(:\d+)?([/?#]\S*)?", re.ASCII)
_WIKIDATA: Final = re.compile(r"Q\d{1,20}", re.ASCII)

_ACTORS: Final = """
    SELECT
        actors.id,
        arg_max(name, (coalesce(published, ''), document)) AS name,
        arg_max(kind, (coalesce(published, ''), document)) AS kind,
        arg_max(country, (coalesce(published, ''), document)) AS country,
        list_sort(list_distinct(flatten(list(sectors)))) AS sectors,
        list_sort(list_distinct(flatten(list(roles)))) AS roles,
        arg_max(wikidata, (coalesce(published, ''), document)) AS wikidata
    FROM actors JOIN documents ON documents.id = document
    WHERE document IN (SELECT id FROM ({chosen}))
    GROUP BY actors.id ORDER BY actors.id
"""
_AGENTS: Final = """
    SELECT actors.id AS agent, acts_for AS client, arg_min(document, added) AS document
    FROM actors JOIN documents ON documents.id = document
    WHERE acts_for IS NOT NULL AND document IN (SELECT id FROM ({chosen}))
    GROUP BY ALL ORDER BY ALL
"""

_Entity = dict[str, Any]


def export_ftm(
    ledger: Ledger,
    file: Path,
    *,
    status: Status = "actual",
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    dataset: str | None = None,
) -> Manifest:
    """Write what a data set's documents hold to `file` as entities, one on each line, with its manifest.

    `about`, `since` and `until` choose documents, as for `Ledger.readings`. Statements and events of another status,
    holdings and positions are left out and counted. Raises `ValueError` for a status and for a date that is none, and
    as `export`.
    """
    told = listing.checked("events", Filters(status=status))["status"]
    check_read(ledger, dataset)
    chosen, values = documents(dataset=dataset, about=about, since=since, until=until)
    left_out: Counter[str] = Counter()

    def write(new: Path) -> int:
        number = 0
        encoder = msgspec.json.Encoder()
        with new.open("wb") as stream:
            for row in ledger.sql(_ACTORS.format(chosen=chosen), values):
                stream.write(encoder.encode(_actor(row)) + b"\n")
                number += 1
            for row in ledger.sql(_AGENTS.format(chosen=chosen), values):
                stream.write(encoder.encode(_representation(**row)) + b"\n")
                number += 1
            for reading in in_turn(ledger, chosen, values):
                for entity in _told_in(reading, told, left_out):
                    stream.write(encoder.encode(entity) + b"\n")
                    number += 1
        return number

    return export(
        ledger,
        file,
        write,
        columns=("id", "schema", "properties"),
        dataset=dataset,
        parameters={
            "command": "export",
            "format": "ftm",
            "status": told,
            "about": about,
            "since": since,
            "until": until,
        },
        left_out=left_out,
    )


def _actor(row: Mapping[str, Any]) -> _Entity:
    schema = _schema(row["kind"], row["sectors"])
    return _entity(
        schema,
        _actor_id(row["id"]),
        name=[_first(row["name"], row["id"])],
        country=[_country(row["country"])],
        wikidataId=[row["wikidata"] if _WIKIDATA.fullmatch(row["wikidata"] or "") else None],
        sector=row["sectors"],
        **{"position" if schema == "Person" else "classification": row["roles"]},
        notes=[f"detente: {row['id']}"],
    )


def _representation(agent: str, client: str, document: str) -> _Entity:
    return _entity(
        "Representation",
        _id("acts for", agent, client),
        agent=[_actor_id(agent)],
        client=[_actor_id(client)],
        role=["acts for"],
        proof=[_document_id(document)],
    )


def _told_in(reading: Reading, told: str, left_out: Counter[str]) -> Iterator[_Entity]:
    """The entities of a document, actors apart; what is left out is counted."""
    document = reading.document
    names = {actor.id: actor.name or actor.id for actor in reading.actors}
    yield _article(document)
    for actor in reading.actors:
        yield _mention(document, actor)
    for statement in reading.statements:
        if statement.status == told:
            yield _note(document, statement, names)
        else:
            left_out[f"statements that are {statement.status}"] += 1
    for event in reading.events:
        if event.status == told:
            yield _event(document, event, names)
        else:
            left_out[f"events that are {event.status}"] += 1
    for kind, records in (("holdings", reading.holdings), ("positions", reading.positions)):
        if records:
            left_out[kind] += len(records)


def _article(document: Document) -> _Entity:
    return _entity(
        "Article",
        _document_id(document.id),
        name=[document.title],
        title=[document.title],
        fileName=[_first(PurePath(document.path or "").name, document.id)],
        publisher=[document.source],
        sourceUrl=[_web(document.url)],
        publishedAt=_dates(document.published)[:1],
        language=["eng" if document.language == "en" else None],
        bodyText=[document.text],
    )


def _mention(document: Document, actor: Actor) -> _Entity:
    return _entity(
        "Mention",
        _id("mention", document.id, actor.id),
        document=[_document_id(document.id)],
        resolved=[_actor_id(actor.id)],
        name=[_first(actor.name, actor.id)],
        detectedSchema=[_schema(actor.kind, actor.sectors)],
        contextCountry=[_country(actor.country)],
    )


def _note(document: Document, statement: Statement, names: Mapping[str, str]) -> _Entity:
    source = statement.source
    who = "somebody" if source is None else names.get(source.actor or "") or source.text
    return _entity(
        "Note",
        _id("statement", document.id, statement.id),
        name=[f"{_marked(statement.status)}{statement.act}: {who}"],
        description=[statement.content.text],
        entity=[_actor_id(source.actor) if source is not None and source.actor is not None else None],
        createdAt=_dates(statement.date)[:1],
        keywords=[statement.act, statement.quotation, statement.status],
        publisher=[document.source],
        sourceUrl=[_web(document.url)],
        proof=[_document_id(document.id)],
    )


def _event(document: Document, event: Event, names: Mapping[str, str]) -> _Entity:
    sides = (", ".join(names.get(id, id) for id in ids) or "nobody named" for ids in (event.sources, event.targets))
    days = _dates(event.date, event.date_end)
    evidence = document.text[event.evidence.start : event.evidence.end]
    place = event.place
    return _entity(
        "Event",
        _id("event", document.id, event.id),
        name=[f"{_marked(event.status)}{event.type}: {' – '.join(sides)}"],
        summary=[evidence],
        date=days if len(days) == 1 else [],
        startDate=days[:1] if len(days) > 1 else [],
        endDate=days[1:][-1:],
        location=[place.name if place is not None else None],
        country=[_country(place.country) if place is not None else None],
        organizer=map(_actor_id, event.sources),
        involved=map(_actor_id, event.targets),
        keywords=[event.type, event.mode, *event.contexts, event.quad, event.status],
        recordId=[f"{document.id}/{event.id}"],
        publisher=[document.source],
        sourceUrl=[_web(document.url)],
        proof=[_document_id(document.id)],
    )


def _first(*texts: str | None) -> str:
    """The first text of which something can be read."""
    return next(filter(None, (one_line(text or "") for text in texts)), "unnamed")


def _marked(status: Status) -> str:
    return "" if status == "actual" else f"{status} "


def _schema(kind: str, sectors: Iterable[str]) -> str:
    match kind:
        case "person":
            return "Person"
        case "state":
            return "PublicBody"
        case "organisation":
            return "Organization" if _PUBLIC.isdisjoint(sectors) else "PublicBody"
    return "LegalEntity"


def _entity(schema: str, id: str, **properties: Iterable[str | None]) -> _Entity:
    """An entity with what its properties have, each text once, without what is missing and what none can hold."""
    kept = {name: [*dict.fromkeys(_pieces(name, values))] for name, values in properties.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _pieces(name: str, values: Iterable[str | None]) -> Iterator[str]:
    longest = _LONGEST.get(name, _LONGEST_STRING)
    for value in values:
        if name == "bodyText":
            # The one text that nothing of may be lost of.
            whole = _CONTROL.sub("", value or "")
            yield from (whole[start : start + longest] for start in range(0, len(whole), longest))
        elif text := one_line(value or "")[:longest].strip():
            yield text


def _dates(*dates: str | None) -> list[str]:
    """Dates and intervals as the dates in them, as far as FollowTheMoney takes them: of the years 1000 to 2999."""
    return [date for some in dates if some is not None for date in some.split("/") if date.startswith(("1", "2"))]


def _country(code: str | None) -> str | None:
    """FollowTheMoney's code of a country: ISO 3166-1 alpha-2 in small letters."""
    known = {"EUR": "EU", "UNO": "UN"}.get(code or "") or gazetteer.alpha2(code or "")
    return known.lower() if known is not None else None


def _web(url: str | None) -> str | None:
    return url if _WEB.fullmatch(url or "") else None


def _actor_id(actor: str) -> str:
    return _id("actor", actor)


def _document_id(document: str) -> str:
    return _id("document", document)


def _id(*parts: str) -> str:
    return f"detente-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"
