"""POLECAT (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023, doi:10.7910/DVN/AJGVIT): PLOVER events.

Tab-separated files with a line of names. The intensity's column is called `Intensity` or `Event Intensity` by release;
what is missing is the word None; lists are joined by "; ". The first line of some files has names more than the rows
have cells, Headline among them, and of some it is the lines that end in tabs too many (A. Beger's notes on the data,
andybeger.com, 2024).
"""

from __future__ import annotations

from typing import Final

from detente.ledger.formats.layout import Head, Layout, Source, named_columns, or_null

_TYPES: Final = {
    "event_date": "DATE",
    "intensity": "DOUBLE",
    "event_intensity": "DOUBLE",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
}
_NEEDED: Final = (
    "event_id", "event_date", "event_type", "event_mode", "contexts", "actor_name", "actor_country", "actor_sectors",
    "recipient_name", "recipient_country", "recipient_sectors", "placename", "country", "latitude", "longitude",
)  # fmt: skip

_RELEASE: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(part.format(who) for who in ("Actor", "Recipient") for part in (
        "{} Name", "{} Country", "{} COW", "Primary {} Sector", "{} Sectors", "{} Title", "{} Name Raw",
        "Wikipedia {} ID",
    )),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
"""What the rows of every release have, in this order."""

# Countries are codes of three letters, of states and of what is none (IGO, NGO); several with "; " between.
_NO_STATE: Final = "'IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC', 'None'"
_STATES: Final = f"""
    nullif(array_to_string(list_distinct(list_filter(
        string_split({{column}}, '; '), lambda code: code NOT IN ({_NO_STATE})
    )), '; '), '')
"""
_STATE_ORGANS: Final = "['GOV', 'MIL', 'COP', 'JUD', 'LEG', 'SPY']"
_PARTY: Final = f"""
    if(
        {{who}}_sectors IS NULL OR list_has_any(string_split({{who}}_sectors, '; '), {_STATE_ORGANS}),
        coalesce({{states}}, {{role}}_known.party),
        {{role}}_known.party
    )
"""


def _side(role: str, who: str) -> str:
    states = f"{role}_states"
    return f"""
        {who}_name AS {role}_name,
        {role}_wiki AS {role}_id,
        {_PARTY.format(who=who, role=role, states=states)} AS {role}_party,
        {states} AS {role}_country,
        {who}_sectors AS {role}_sectors,
"""


_QUERY: Final = f"""
    SELECT * REPLACE (
        NOT coalesce(contains(source_party, '; ') OR contains(target_party, '; '), false) AS single
    ) FROM (
        SELECT
            event_id AS id,
            event_date AS first,
            event_date AS last,
            {{published}} AS published,
            true AS single,
            false AS mutual,
            concat_ws(' ', event_type, event_mode) AS code,
            plover.type,
            nullif(replace(replace(lower(event_mode), ' ', '-'), '_', '-'), '') AS mode,
            contexts,
            plover.quad,
            {{intensity}} AS intensity,
            'plover' AS intensity_scale,
            {_side("source", "actor")}
            {_side("target", "recipient")}
            placename AS place,
            place.iso AS country,
            latitude,
            longitude,
            {{publisher}} AS publisher,
            {{told}} AS told
        FROM (
            SELECT
                *,
                {_STATES.format(column="actor_country")} AS source_states,
                {_STATES.format(column="recipient_country")} AS target_states,
                {{actor_wiki}} AS source_wiki,
                {{recipient_wiki}} AS target_wiki
            FROM {{{{rows}}}}
        ) AS event
        LEFT JOIN plover ON plover.type = event_type
        LEFT JOIN countries AS place
            ON place.system = 'name' AND place.code = event.country AND event_date BETWEEN place.since AND place.until
        LEFT JOIN parties AS source_known
            ON source_known.name = actor_name AND event_date BETWEEN source_known.since AND source_known.until
        LEFT JOIN parties AS target_known
            ON target_known.name = recipient_name AND event_date BETWEEN target_known.since AND target_known.until
    )
"""  # noqa: S608


def _source(head: Head) -> Source:
    columns = named_columns(_names(head), _TYPES, required=_NEEDED)
    intensity = next((name for name in ("intensity", "event_intensity") if name in columns), None)
    if intensity is None:
        raise ValueError("has no column intensity or event_intensity")
    query = _QUERY.format(
        intensity=intensity,
        published="try_cast(publication_date AS DATE)" if "publication_date" in columns else "NULL",
        publisher=or_null("source", columns),
        told=or_null("headline", columns),
        actor_wiki=or_null("wikipedia_actor_id", columns),
        recipient_wiki=or_null("wikipedia_recipient_id", columns),
    )
    quote = '"' if head.line.startswith('"') else ""
    options = {"quote": f"'{quote}'", "escape": f"'{quote}'", "header": "true", "nullstr": "['', 'None']"}
    return Source(columns, options, query)


def _names(head: Head) -> list[str]:
    """What the columns of the rows are called, whatever the first line says."""
    names = [*head.first]
    while names and not names[-1].strip():
        names.pop()
    cells = len(head.second)
    if cells == len(_RELEASE) < len(names) and "Headline" in names:
        return [*_RELEASE]
    return names + [""] * (cells - len(names))


LAYOUT: Final = Layout(
    name="polecat",
    title="POLECAT",
    terms="as stated on the data set's page on Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
    citation=(
        "Scarborough, Grace I.; Bagozzi, Benjamin E.; Beger, Andreas; Berrie, John; Halterman, Andrew; Schrodt, Philip "
        "A.; Spivey, Jevon, 2023, POLECAT Weekly Data, Harvard Dataverse, doi:10.7910/DVN/AJGVIT"
    ),
    delimiter="\t",
    required=("event_id", "event_date"),
    source=_source,
)
