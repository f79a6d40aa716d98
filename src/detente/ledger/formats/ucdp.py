"""UCDP GED, the Georeferenced Event Dataset (Sundberg and Melander 2013): comma-separated with a line of names.

The sides of a conflict between states and rebels (type_of_violence 1) and among others (2) are in no order; one-sided
violence (3) is that of side_a. date_prec 1 is a day, from 2 on an event lies anywhere from date_start to date_end;
where_prec goes from 1, a place, to 7. Of the dead there are a low, a best and a high estimate (GED codebook).
"""

from __future__ import annotations

from typing import Final

from detente.ledger.formats.layout import Head, Layout, Source, named_columns, or_null

_TYPES: Final = {
    "id": "BIGINT",
    "type_of_violence": "INTEGER",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "date_start": "TIMESTAMP",
    "date_end": "TIMESTAMP",
    "date_prec": "INTEGER",
    "where_prec": "INTEGER",
    "number_of_sources": "INTEGER",
    "best": "BIGINT",
    "high": "BIGINT",
    "low": "BIGINT",
}
_NEEDED: Final = (
    "id", "type_of_violence", "side_a", "side_b", "where_coordinates", "where_prec", "latitude", "longitude", "country",
    "country_id", "date_start", "date_end", "date_prec", "best", "high", "low",
)  # fmt: skip

_SIDE: Final = """
        side_{n} AS {role}_name,
        {own} AS {role}_id,
        coalesce({role}_state.iso, {role}_known.party) AS {role}_party,
        coalesce({role}_state.iso, {role}_known.country, if(side_{n} = 'Civilians', place.iso, NULL))
            AS {role}_country,
        CASE
            WHEN side_{n} = 'Civilians' THEN 'civilians'
            WHEN starts_with(side_{n}, 'Government of ') THEN 'government'
            WHEN type_of_violence = 1 THEN 'rebels'
        END AS {role}_sectors,
"""
_JOIN: Final = """
    LEFT JOIN countries AS {role}_state
        ON {role}_state.system = 'gw' AND {role}_state.code = {gw}
        AND date_start::DATE BETWEEN {role}_state.since AND {role}_state.until
    LEFT JOIN parties AS {role}_known
        ON {role}_known.name = side_{n} AND date_start::DATE BETWEEN {role}_known.since AND {role}_known.until
"""


def _source(head: Head) -> Source:
    columns = named_columns(head.first, _TYPES, required=_NEEDED)
    query = f"""
        SELECT
            event.id,
            date_start::DATE AS first,
            -- Of an event of several days the day on which it began is known where date_prec is 1.
            if(date_prec = 1, date_start, coalesce(date_end, date_start))::DATE AS last,
            date_prec AS date_precision,
            type_of_violence = 3 AS single,
            type_of_violence <> 3 AS mutual,
            type_of_violence AS code,
            'ASSAULT' AS type,
            (SELECT quad FROM plover WHERE type = 'ASSAULT') AS quad,
            (SELECT score FROM plover WHERE type = 'ASSAULT') AS intensity,
            'plover' AS intensity_scale,
            {_SIDE.format(role="source", n="a", own=or_null("side_a_new_id", columns))}
            {_SIDE.format(role="target", n="b", own=or_null("side_b_new_id", columns))}
            where_coordinates AS place,
            place.iso AS country,
            latitude,
            longitude,
            where_prec AS place_precision,
            low AS dead_low,
            best AS dead_best,
            high AS dead_high,
            {or_null("number_of_sources", columns)} AS articles,
            {or_null("source_office", columns)} AS publisher,
            coalesce({or_null("source_headline", columns)}, {or_null("source_article", columns)}) AS told
        FROM {{rows}} AS event
        LEFT JOIN countries AS place
            ON place.system = 'gw' AND place.code = country_id AND date_start::DATE BETWEEN place.since AND place.until
        {_JOIN.format(role="source", n="a", gw=or_null("gwnoa", columns))}
        {_JOIN.format(role="target", n="b", gw=or_null("gwnob", columns))}
    """  # noqa: S608
    return Source(columns, {"quote": "'\"'", "escape": "'\"'", "header": "true"}, query)


LAYOUT: Final = Layout(
    name="ucdp",
    title="UCDP GED",
    terms="as stated on ucdp.uu.se/downloads: CC BY 4.0, with citation",
    citation=(
        "Sundberg, Ralph and Melander, Erik, 2013, Introducing the UCDP Georeferenced Event Dataset, Journal of Peace "
        "Research 50(4), 523-532; with the version's own citation as its codebook gives it"
    ),
    delimiter=",",
    required=("id", "date_start"),
    source=_source,
    faults={
        "first > last": "ends before it begins",
        "dead_low > dead_best OR dead_best > dead_high": "has estimates of the dead that are not low, best, high",
    },
)
