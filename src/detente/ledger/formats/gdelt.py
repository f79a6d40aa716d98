"""GDELT events, 1.0 and 2.0 (Leetaru and Schrodt 2013): tab-separated files without a line of names.

How many columns there are tells the release: 57 in the files of 1979 to 2013, 58 with SOURCEURL in the daily ones, 61
with the ADM2 codes of 2.0 (GDELT Event Database codebooks V1.03 and V2.0). Actors have CAMEO's codes of countries, and
places those of FIPS 10-4. SQLDATE is the day of the event and DATEADDED that on which it was found in the news.
"""

from __future__ import annotations

from typing import Final

from detente.ledger.formats.layout import Head, Layout, Source

_ACTOR: Final = (
    "code name countrycode knowngroupcode ethniccode religion1code religion2code type1code type2code type3code"
)
_EVENT: Final = """
    isrootevent eventcode eventbasecode eventrootcode quadclass goldsteinscale nummentions numsources numarticles
    avgtone
"""
_GEO: Final = "type fullname countrycode adm1code lat long featureid"
_GEO_2: Final = "type fullname countrycode adm1code adm2code lat long featureid"

_TYPES: Final = {
    "globaleventid": "BIGINT",
    "sqldate": "DATE",
    "goldsteinscale": "DOUBLE",
    "numarticles": "INTEGER",
    "actiongeo_type": "INTEGER",
    "actiongeo_lat": "DOUBLE",
    "actiongeo_long": "DOUBLE",
}

# For whom somebody acts: his state, where he is of its organs or where nothing but the state is named.
_STATE_ORGANS: Final = "'GOV', 'MIL', 'COP', 'JUD', 'LEG', 'SPY'"
_SIDE: Final = f"""
        {{n}}.name AS {{role}}_name,
        {{n}}.code AS {{role}}_id,
        if({{n}}.plain OR {{n}}.type IN ({_STATE_ORGANS}), coalesce({{role}}_state.iso, {{role}}_known.party),
            {{role}}_known.party) AS {{role}}_party,
        {{role}}_state.iso AS {{role}}_country,
        {{n}}.sectors AS {{role}}_sectors,
"""


def _actor(n: int) -> str:
    parts = ("knowngroupcode", "ethniccode", "religion1code", "type1code")
    plain = " AND ".join(f"actor{n}{part} IS NULL" for part in parts)
    types = f"actor{n}type1code, actor{n}type2code, actor{n}type3code"
    return f"""struct_pack(
        name := actor{n}name, code := actor{n}code, country := actor{n}countrycode, type := actor{n}type1code,
        plain := {plain}, sectors := nullif(concat_ws(',', {types}), '')
    )"""


def _joins(role: str, n: str) -> str:
    # Names are in capitals, as `parties` has them, too.
    return f"""
    LEFT JOIN countries AS {role}_state
        ON {role}_state.system = 'cameo' AND {role}_state.code = {n}.country
        AND sqldate BETWEEN {role}_state.since AND {role}_state.until
    LEFT JOIN parties AS {role}_known
        ON {role}_known.name = {n}.name AND sqldate BETWEEN {role}_known.since AND {role}_known.until
"""


_QUERY: Final = f"""
    SELECT
        globaleventid AS id,
        sqldate AS first,
        sqldate AS last,
        try_strptime(left(dateadded, 8), '%Y%m%d')::DATE AS published,
        true AS single,
        false AS mutual,
        eventcode AS code,
        cameo.type,
        cameo.mode,
        if(
            cameo.type IS NULL,
            CASE quadclass
                WHEN '1' THEN 'verbal_cooperation' WHEN '2' THEN 'material_cooperation'
                WHEN '3' THEN 'verbal_conflict' WHEN '4' THEN 'material_conflict'
            END,
            cameo.quad
        ) AS quad,
        goldsteinscale AS intensity,
        'cameo-goldstein' AS intensity_scale,
        {_SIDE.format(role="source", n="one")}
        {_SIDE.format(role="target", n="two")}
        actiongeo_fullname AS place,
        place.iso AS country,
        actiongeo_lat AS latitude,
        actiongeo_long AS longitude,
        actiongeo_type AS place_precision,
        numarticles AS articles,
        {{url}} AS url
    FROM (SELECT *, {_actor(1)} AS one, {_actor(2)} AS two FROM {{{{rows}}}}) AS event
    LEFT JOIN cameo ON cameo.code = eventcode
    LEFT JOIN countries AS place
        ON place.system = 'fips' AND place.code = actiongeo_countrycode
        AND sqldate BETWEEN place.since AND place.until
    {_joins("source", "one")}
    {_joins("target", "two")}
"""  # noqa: S608


def _columns(geo: str) -> list[str]:
    return [
        *"globaleventid sqldate monthyear year fractiondate".split(),
        *(f"actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()),
        *_EVENT.split(),
        *(f"{who}geo_{part}" for who in ("actor1", "actor2", "action") for part in geo.split()),
        "dateadded",
    ]


_RELEASES: Final = {
    57: _columns(_GEO),
    58: [*_columns(_GEO), "sourceurl"],
    61: [*_columns(_GEO_2), "sourceurl"],
}


def _source(head: Head) -> Source:
    names = _RELEASES.get(len(head.first))
    if names is None:
        raise ValueError(f"has {len(head.first)} columns with tabs between, where GDELT has 57, 58 or 61")
    columns = {name: _TYPES.get(name, "VARCHAR") for name in names}
    options = {"quote": "''", "escape": "''", "header": "false", "dateformat": "'%Y%m%d'"}
    return Source(columns, options, _QUERY.format(url="sourceurl" if "sourceurl" in columns else "NULL"))


LAYOUT: Final = Layout(
    name="gdelt",
    title="GDELT",
    terms=(
        "as stated on gdeltproject.org/about.html: for unlimited and unrestricted use, also commercial, without fee; "
        "use and redistribution must cite the GDELT Project and link to its site"
    ),
    citation="The GDELT Project, gdeltproject.org; Leetaru, Kalev and Schrodt, Philip A., 2013, GDELT: Global Data on "
    "Events, Location and Tone, 1979-2012, ISA Annual Convention",
    delimiter="\t",
    required=("globaleventid", "sqldate"),
    source=_source,
)
