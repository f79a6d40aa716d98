"""What can be asked of a ledger's records, and the SQL for it.

`CONDITIONS` says for each kind which filters fit it; what it lacks cannot be asked. Every value goes into SQL as a
parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, TypedDict, cast, get_args

from detente import days, records
from detente.ledger.spelling import bare, spelled
from detente.world.registry import registry

Kind = Literal["statements", "events", "happenings", "holdings", "positions", "topics", "actors", "documents"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
VIEWED: Final[tuple[Kind, ...]] = tuple(kind for kind in KINDS if kind != "topics")
"""The kinds that the schema has a view for; topics are made of positions (`topics`)."""
_READ: Final[tuple[Kind, ...]] = ("statements", "events", "holdings", "positions")
"""The kinds of records that are read in a document, actors apart."""


class Filters(TypedDict, total=False):
    """What can be asked; None asks nothing. Names are matched by whole words, without case and accents."""

    id: str | None
    """The beginning of a document's or an actor's id, or a record's DOCUMENT/ID with any beginning of DOCUMENT."""
    by: str | None
    """Whose statement, event, holding or position: an actor's id or name; it covers those who act for that actor."""
    target: str | None
    """To whom a statement, against or with whom an event, of whom a position: an actor's id or name, as in `by`."""
    type: str | None
    """The type of an event, the kind of a holding or of an actor."""
    act: str | None
    """The act of a statement or a position."""
    quotation: str | None
    """How a statement's words are given: direct, indirect or mixed."""
    status: str | None
    """The status of a statement, an event or a holding."""
    about: str | None
    """Words that stand in the record's evidence, or in the names of its actors or its place."""
    place: str | None
    """The name of an event's or a holding's place, or the code of the country where it lies."""
    unresolved: bool | None
    """Only actors with a name of their own that no registry knows."""
    since: str | None
    """The first day: what may have ended before it is still listed if it may have lasted until then."""
    until: str | None
    """The last day."""


_VALUES: Final[Mapping[tuple[Kind, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("statements", "act"): get_args(records.Act),
        ("statements", "quotation"): get_args(records.Quotation),
        ("statements", "status"): get_args(records.Status),
        ("events", "type"): get_args(records.EventType),
        ("events", "status"): get_args(records.Status),
        ("happenings", "type"): get_args(records.EventType),
        ("happenings", "status"): get_args(records.Status),
        ("holdings", "type"): get_args(records.HoldingKind),
        ("holdings", "status"): get_args(records.Status),
        ("positions", "act"): get_args(records.PositionAct),
        ("topics", "act"): get_args(records.PositionAct),
        ("actors", "type"): get_args(records.ActorKind),
    }
)
"""The words that a filter of a closed vocabulary takes."""

_RECORD_ID: Final = (
    "starts_with(document, $id) OR (starts_with(document, regexp_replace($id, '/[^/]*$', '')) "
    "AND id = document || '/' || split_part($id, '/', -1))"
)


def _is(actor: str, parameter: str) -> str:
    """That `actor`, a column of ids or of lists of them, is the actor called so or acts for it."""
    return f"EXISTS (FROM actors_called(${parameter}) AS called WHERE called.document = listed.document AND {actor})"


def _has(columns: str, parameter: str) -> str:
    """That the words stand, one after the other, in one of `columns`."""
    return f"contains(words(concat_ws(' / ', {columns})), words(${parameter}))"


def _between(first: str, last: str) -> Mapping[str, str]:
    """That a time from the date `first` to the date `last` overlaps the time asked for."""
    # Most dates are sorted out by their year, before anything is made of them; an interval has a later one at its end.
    return {
        "since": f"(({last}) >= left($since, 4) OR contains({last}, '/')) AND latest({last}) >= earliest($since)",
        "until": f"left({first}, 4) <= left(split_part($until, '/', -1), 4) AND earliest({first}) <= latest($until)",
    }


def _spellings(words: str) -> Mapping[str, str | None]:
    """The parameters by which documents about some words are found."""
    return {"spelled": spelled(words), "bare": bare(words)}


def _is_spelled(name: str) -> str:
    """That the words stand in a name, of which there are few different ones."""
    # DuckDB asks each different value once, as it does not with regexp_matches.
    return f"regexp_extract({name}, $spelled) <> ''"


_NAMES: Final = "array_to_string({}, ' / ')"
"""A list of names as one text; those without a name are skipped."""

_OF_DEEDS: Final[Mapping[str, str]] = {
    "by": _is("list_contains(sources, called.id)", "by"),
    "target": _is("list_contains(targets, called.id)", "target"),
    "type": "type = $type",
    "about": _has(f"evidence, {_NAMES.format('source_names')}, {_NAMES.format('target_names')}, place", "about"),
    "place": f"{_has('place', 'place')} OR lower(country) = lower($place)",
}
"""What events and the happenings that they report are asked for alike."""

_OF_POSITIONS: Final[Mapping[str, str]] = {
    "id": _RECORD_ID,
    "by": _is("actor = called.id", "by"),
    "target": _is('"of" = called.id', "target"),
    "act": "act = $act",
    "about": _has("evidence, what, condition, actor_name, of_name, topic", "about"),
    **_between("coalesce(date, published)", "coalesce(date, published)"),
}

# Mentions are words of the text, and whoever acts for an actor stands beside it.
_ABOUT_DOCUMENTS: Final = f"""
    id IN (
        SELECT document FROM actors WHERE lower(id) = lower($about)
        OR {_is_spelled("name")} OR {_is_spelled("split_part(id, ':', -1)")}
    )
    OR id IN (
        -- Texts are long: none is searched that is not asked for, and most are sorted out by an expression that takes a
        -- fraction of the time.
        SELECT id FROM documents WHERE CASE WHEN {{asked}} THEN regexp_matches(title, $spelled)
        OR CASE WHEN accents IS NOT FALSE OR regexp_matches(text, $bare) THEN regexp_matches(text, $spelled) END END
    )
    OR id IN (SELECT document FROM events WHERE {_is_spelled("place.name")})
    OR id IN (SELECT document FROM holdings WHERE {_is_spelled("place.name")})
"""  # noqa: S608
"""That a document has to do with some words; `asked` says of which ones that is to be known."""

_CONDITIONS: Final[Mapping[Kind, Mapping[str, str]]] = MappingProxyType(
    {
        "statements": {
            "id": _RECORD_ID,
            # Where nobody knows who speaks, the words that name the source are all there is.
            "by": f"{_is('source = called.id', 'by')} OR (source IS NULL AND {_has('source_name', 'by')})",
            "target": _is("addressee = called.id", "target"),
            "act": "act = $act",
            "quotation": "quotation = $quotation",
            "status": "status = $status",
            "about": _has("evidence, content, source_name, addressee_name", "about"),
            **_between("coalesce(date, published)", "coalesce(date, published)"),
        },
        "events": {
            **_OF_DEEDS,
            "id": _RECORD_ID,
            "status": "status = $status",
            **_between("coalesce(date, published)", "coalesce(date_end, date, published)"),
        },
        "happenings": {
            **_OF_DEEDS,
            "id": "len(list_filter(reports, lambda report: starts_with(report, $id))) > 0",
            "status": "list_contains(statuses, $status)",
            **_between("coalesce(date, published)", "coalesce(date, published)"),
        },
        "holdings": {
            "id": _RECORD_ID,
            "by": _is("holder = called.id", "by"),
            "type": "kind = $type",
            "status": "status = $status",
            "about": _has("evidence, holder_name, place", "about"),
            "place": f"{_has('place', 'place')} OR lower(country) = lower($place)",
            # A holding is known to last until its end, or else until it was last seen or reported.
            **_between("coalesce(since, as_of, until, published)", "coalesce(until, as_of, published, since)"),
        },
        "positions": _OF_POSITIONS,
        "topics": _OF_POSITIONS,
        "actors": {
            "id": "starts_with(id, $id)",
            "type": "kind = $type",
            "about": "id IN (SELECT called.id FROM actors_called($about) AS called)",
            # Who is called by a role is known by it: "group:officials-of-chad", "person:former-general".
            "unresolved": r"""
                kind <> 'group' AND id NOT IN (SELECT unnest($unresolved)) AND
                regexp_replace(id, '^[a-z]+:(former-)?(.*?)(-of-.*)?$', '\2') NOT IN (SELECT unnest($unresolved))
            """,
            **{
                name: f"id IN (SELECT actors.id FROM actors JOIN documents ON documents.id = document WHERE {overlaps})"  # noqa: S608
                for name, overlaps in _between("published", "published").items()
            },
        },
        "documents": {
            "id": "starts_with(id, $id)",
            "about": _ABOUT_DOCUMENTS.format(asked="true"),
            **_between("published", "published"),
        },
    }
)
"""For each kind the filters that fit it, as conditions on the view that lists it."""

_ORDER: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "statements": "earliest(coalesce(date, published)) NULLS LAST, document, ordinal",
        "events": "earliest(coalesce(date, published)) NULLS LAST, document, ordinal",
        "happenings": "earliest(coalesce(date, published)) NULLS LAST, document, ordinal",
        "holdings": "earliest(coalesce(since, as_of, published)) NULLS LAST, document, ordinal",
        "positions": "earliest(coalesce(date, published)) NULLS LAST, document, ordinal",
        "actors": "mentions DESC, id",
        "documents": "published NULLS LAST, id",
    }
)


def checked(kind: str, filters: Filters) -> dict[str, str]:
    """What `filters` ask of a kind, in the spelling of the contract. Raises `ValueError` where they cannot be asked."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} cannot be listed; take one of {', '.join(KINDS)}")
    asked: dict[str, str] = {}
    for name, value in cast("Mapping[str, str | bool | None]", filters).items():
        if value is None or value is False:
            continue
        if name not in _CONDITIONS[kind]:
            fitting = ", ".join(other for other in KINDS if name in _CONDITIONS[other])
            raise ValueError(f"{name} does not fit {kind}; it fits {fitting or 'nothing'}")
        if value is True:
            asked[name] = name
            continue
        if name in ("since", "until"):
            days.checked(value)
        if (words := _VALUES.get((kind, name))) is not None:
            spelled = {word.casefold(): word for word in words}
            if value.casefold() not in spelled:
                raise ValueError(f"{value!r} is no {name} of {kind}; take one of {', '.join(words)}")
            value = spelled[value.casefold()]
        asked[name] = value
    return asked


def rows(kind: Kind, filters: Filters, *, limit: int | None = None) -> tuple[str, dict[str, Any]]:
    """The query for the records of a kind, and its parameters. Raises `ValueError` as `checked`."""
    values: dict[str, Any] = dict(checked(kind, filters))
    where = " AND ".join(f"({_CONDITIONS[kind][name]})" for name in values) or "true"
    if "unresolved" in values:
        values["unresolved"] = registry().resolved()
    if kind == "documents" and "about" in values:
        values |= _spellings(values["about"])
    query = (
        "SELECT COLUMNS(lambda name: name NOT IN ('document', 'ordinal')) "  # noqa: S608
        f"FROM list_{kind} AS listed WHERE {where} ORDER BY {_ORDER[kind]}"
    )
    if limit is not None:
        query += " LIMIT $limit"
        values["limit"] = limit
    return query, values


def records_called(record: str, *, limit: int) -> tuple[str, dict[str, Any]]:
    """The query for the ids of the records, actors apart, that `record` may mean, and its parameters.

    It means what the filter `id` finds: a record by its DOCUMENT/ID with any beginning of DOCUMENT, or all records of a
    document by a beginning alone. A whole DOCUMENT/ID comes first.
    """
    every = " UNION ALL ".join(
        f"SELECT document, ordinal, document || '/' || id AS id, {place} AS part FROM {kind}"  # noqa: S608
        for place, kind in enumerate(_READ)
    )
    query = f"SELECT id FROM ({every}) WHERE {_RECORD_ID} ORDER BY id <> $id, document, part, ordinal LIMIT $limit"  # noqa: S608
    return query, {"id": record, "limit": limit}


def document_ids(
    *, about: str | None = None, since: str | None = None, until: str | None = None, latest: int | None = None
) -> tuple[str, dict[str, Any]]:
    """The query for the ids of the documents that have to do with `about` and a time, and its parameters.

    A time is met by the document or by any of its records. Of more than `latest` documents it gives those that were
    published last. A row has `id`, `added`, and in `matching` how many there are of all. Raises `ValueError` as
    `checked`.
    """
    values: dict[str, Any] = dict(checked("documents", Filters(about=about, since=since, until=until)))
    timed, where = "", "true"
    if times := [name for name in ("since", "until") if name in values]:
        # A record without a date has that of its document, which is asked itself; what is held may have both.
        undated = "(SELECT *, NULL::VARCHAR AS published FROM {})"
        dated = "{} JOIN (SELECT id AS document, published FROM documents) USING (document)"
        met = " UNION ALL ".join(
            f"SELECT document FROM {(dated if kind == 'holdings' else undated).format(kind)} "  # noqa: S608
            f"WHERE {' AND '.join(_CONDITIONS[kind][name] for name in times)}"
            for kind in _READ
        )
        published = " AND ".join(_CONDITIONS["documents"][name] for name in times)
        timed = f"WITH timed AS MATERIALIZED (SELECT id FROM documents WHERE ({published}) OR id IN ({met})) "  # noqa: S608
        where = "id IN (FROM timed)"
    if "about" in values:
        where += f" AND ({_ABOUT_DOCUMENTS.format(asked=where)})"
        values |= _spellings(values["about"])
    query = (
        f"{timed}SELECT id, added, count(*) OVER () AS matching, published "  # noqa: S608
        f"FROM documents WHERE {where} ORDER BY published DESC NULLS LAST, added DESC"
    )
    if latest is not None:
        query += " LIMIT $latest"
        values["latest"] = latest
    return f"SELECT id, added, matching FROM ({query}) ORDER BY {_ORDER['documents']}", values  # noqa: S608
