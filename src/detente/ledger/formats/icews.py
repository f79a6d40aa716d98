"""ICEWS coded event data (Boschee et al. 2015, doi:10.7910/DVN/28075): tab-separated files with a line of names.

Codes are CAMEO's, intensities those of its Goldstein scale. An Event ID occurs again under another date, so that an
event's id is both. Dataverse ended the series with 11 April 2023.
"""

from __future__ import annotations

from typing import Final

from detente.ledger.formats.layout import Head, Layout, Source, named_columns

_TYPES: Final = {
    "event_id": "BIGINT",
    "event_date": "DATE",
    "intensity": "DOUBLE",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "story_id": "BIGINT",
}
_NEEDED: Final = (
    "event_id", "event_date", "source_name", "source_sectors", "source_country", "cameo_code", "intensity",
    "target_name", "target_sectors", "target_country", "story_id", "publisher", "city", "district", "province",
    "country", "latitude", "longitude",
)  # fmt: skip

# Whom somebody acts for: the state that he serves, else what the registry says of the name. Words are looked for first,
# as that is quick, and then whole sectors: "Opposition Major Party (Out Of Government)" serves no state.
_PARTY: Final = """
    CASE
        WHEN NOT (contains({role}_sectors, 'Government') OR contains({role}_sectors, 'Military')) THEN NULL
        WHEN contains(concat(',', {role}_sectors, ','), ',Government,') THEN {role}_state.iso
        WHEN contains(concat(',', {role}_sectors, ','), ',Military,') THEN {role}_state.iso
    END
"""
_QUERY: Final = f"""
    SELECT
        event_date || ':' || event_id AS id,
        event_date AS first,
        event_date AS last,
        true AS single,
        false AS mutual,
        cameo_code AS code,
        cameo.type,
        cameo.mode,
        cameo.quad,
        intensity,
        'cameo-goldstein' AS intensity_scale,
        source_name,
        coalesce({_PARTY.format(role="source")}, source_known.party) AS source_party,
        source_state.iso AS source_country,
        source_sectors,
        target_name,
        coalesce({_PARTY.format(role="target")}, target_known.party) AS target_party,
        target_state.iso AS target_country,
        target_sectors,
        coalesce(city, district, province) AS place,
        place.iso AS country,
        latitude,
        longitude,
        publisher,
        story_id AS story
    FROM {{rows}} AS event
    LEFT JOIN cameo ON cameo.code = cameo_code
    LEFT JOIN countries AS source_state
        ON source_state.system = 'name' AND source_state.code = source_country
        AND event_date BETWEEN source_state.since AND source_state.until
    LEFT JOIN countries AS target_state
        ON target_state.system = 'name' AND target_state.code = target_country
        AND event_date BETWEEN target_state.since AND target_state.until
    LEFT JOIN countries AS place
        ON place.system = 'name' AND place.code = event.country AND event_date BETWEEN place.since AND place.until
    LEFT JOIN parties AS source_known
        ON source_known.name = source_name AND event_date BETWEEN source_known.since AND source_known.until
    LEFT JOIN parties AS target_known
        ON target_known.name = target_name AND event_date BETWEEN target_known.since AND target_known.until
"""  # noqa: S608


def _source(head: Head) -> Source:
    columns = named_columns(head.first, _TYPES, required=_NEEDED)
    # Dataverse gives the files with quotation marks round texts, or as they were, with marks that mean themselves.
    quote = '"' if head.line.startswith('"') else ""
    return Source(columns, {"quote": f"'{quote}'", "escape": f"'{quote}'", "header": "true"}, _QUERY)


LAYOUT: Final = Layout(
    name="icews",
    title="ICEWS",
    terms="as stated on the data set's page on Harvard Dataverse, doi:10.7910/DVN/28075",
    citation=(
        "Boschee, Elizabeth; Lautenschlager, Jennifer; O'Brien, Sean; Shellman, Steve; Starz, James; Ward, Michael, "
        "2015, ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075"
    ),
    delimiter="\t",
    required=("event_id", "event_date"),
    source=_source,
    faults={"first > DATE '2023-04-11'": "is dated after 2023-04-11, with which ICEWS ended"},
)
