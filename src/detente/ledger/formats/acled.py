"""ACLED (Raleigh, Linke, Hegre and Karlsen 2010): comma-separated files with a line of names (ACLED codebook).

The sides of a battle are in no order. Rows are revised under their event_id_cnty. time_precision tells a day (1), a
week (2) or a month (3); geo_precision a place (1), a part of a region (2) or a region (3). There is one number of dead.
"""

from __future__ import annotations

import re
from typing import Final

from detente.ledger.formats.layout import Head, Layout, Source, named_columns

_TYPES: Final = {
    "event_date": "DATE",
    "time_precision": "INTEGER",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "fatalities": "BIGINT",
    "geo_precision": "INTEGER",
}
_NEEDED: Final = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "inter1", "actor2",
    "inter2", "country", "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities",
)  # fmt: skip

_DATES: Final = {
    r"\d{4}-\d{2}-\d{2}": "%Y-%m-%d",
    r"\d{1,2} [A-Za-z]{4,} \d{4}": "%d %B %Y",
    r"\d{1,2}-[A-Za-z]{4,}-\d{4}": "%d-%B-%Y",
    r"\d{1,2} [A-Za-z]{3} \d{4}": "%d %b %Y",
    r"\d{1,2}-[A-Za-z]{3}-\d{4}": "%d-%b-%Y",
}
"""How releases write the day."""

# "Military Forces of Mali (2021-) Gendarmerie" is an organ of Mali, "Civilians (Mali)" are of it.
_SERVES: Final = "nullif(regexp_extract({actor}, '^(?:Military|Police) Forces of (?:the )?([^(]+?) *(?:\\(|$)', 1), '')"
_WITHIN: Final = "nullif(regexp_extract({actor}, '\\(([^()0-9]+)\\)', 1), '')"
_NAME: Final = "regexp_extract({actor}, '^(.*?)(?:: .*| \\(.*\\).*)?$', 1)"
_SIDE: Final = """
        {actor} AS {role}_name,
        coalesce(if({role}_serves IS NULL, NULL, {role}_state.iso), {role}_known.party) AS {role}_party,
        coalesce({role}_state.iso, {role}_known.country) AS {role}_country,
        {inter} AS {role}_sectors,
"""
_JOIN: Final = f"""
    LEFT JOIN countries AS {{role}}_state
        ON {{role}}_state.system = 'name' AND {{role}}_state.code = coalesce({{role}}_serves, {_WITHIN})
        AND event_date BETWEEN {{role}}_state.since AND {{role}}_state.until
    LEFT JOIN parties AS {{role}}_known
        ON {{role}}_known.name = {_NAME}
        AND event_date BETWEEN {{role}}_known.since AND {{role}}_known.until
"""

_QUERY: Final = f"""
    SELECT
        event_id_cnty AS id,
        CASE time_precision
            WHEN 2 THEN event_date - 3 WHEN 3 THEN date_trunc('month', event_date)::DATE ELSE event_date
        END AS first,
        CASE time_precision WHEN 2 THEN event_date + 3 WHEN 3 THEN last_day(event_date) ELSE event_date END AS last,
        time_precision AS date_precision,
        NOT (event.event_type = 'Battles' AND actor2 IS NOT NULL) AS single,
        event.event_type = 'Battles' AND actor2 IS NOT NULL AS mutual,
        concat_ws('/', event.event_type, event.sub_event_type) AS code,
        acled.type,
        acled.mode,
        acled.quad,
        acled.score AS intensity,
        'plover' AS intensity_scale,
        {_SIDE.format(role="source", actor="actor1", inter="inter1")}
        {_SIDE.format(role="target", actor="actor2", inter="inter2")}
        location AS place,
        place.iso AS country,
        latitude,
        longitude,
        geo_precision AS place_precision,
        fatalities AS dead_best,
        "source" AS publisher,
        notes AS told
    FROM (
        SELECT *, {_SERVES.format(actor="actor1")} AS source_serves, {_SERVES.format(actor="actor2")} AS target_serves
        FROM {{rows}}
    ) AS event
    LEFT JOIN acled ON acled.event_type = event.event_type AND acled.sub_event_type = event.sub_event_type
    LEFT JOIN countries AS place
        ON place.system = 'name' AND place.code = event.country AND event_date BETWEEN place.since AND place.until
    {_JOIN.format(role="source", actor="actor1")}
    {_JOIN.format(role="target", actor="actor2")}
"""  # noqa: S608


def _source(head: Head) -> Source:
    columns = named_columns(head.first, _TYPES, required=_NEEDED)
    day = dict(zip(columns, head.second, strict=False)).get("event_date", "")
    form = next((form for pattern, form in _DATES.items() if re.fullmatch(pattern, day)), "%Y-%m-%d")
    options = {"quote": "'\"'", "escape": "'\"'", "header": "true", "dateformat": f"'{form}'"}
    return Source(columns, options, _QUERY)


LAYOUT: Final = Layout(
    name="acled",
    title="ACLED",
    terms=(
        "as stated in ACLED's terms of use (acleddata.com): for those who registered, with attribution; "
        "the data themselves must not be passed on"
    ),
    citation=(
        "Raleigh, Clionadh; Linke, Andrew; Hegre, Håvard and Karlsen, Joakim, 2010, Introducing ACLED: An Armed "
        "Conflict Location and Event Dataset, Journal of Peace Research 47(5), 651-660; acleddata.com"
    ),
    delimiter=",",
    required=("event_id_cnty", "event_date"),
    source=_source,
)
