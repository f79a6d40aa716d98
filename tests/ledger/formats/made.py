"""Files of event data made for tests, to the columns that their codebooks list."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from detente import Ledger
from detente.ledger.formats.importing import Imported, import_files

ICEWS: Final[Mapping[str, str]] = {
    "Event ID": "20718170",
    "Event Date": "2014-03-04",
    "Source Name": "Foreign Ministry (Russia)",
    "Source Sectors": "Government,Foreign Ministry,Executive",
    "Source Country": "Russian Federation",
    "Event Text": "Criticize or denounce",
    "CAMEO Code": "111",
    "Intensity": "-2.0",
    "Target Name": "Ukraine",
    "Target Sectors": "",
    "Target Country": "Ukraine",
    "Story ID": "31414000",
    "Sentence Number": "3",
    "Publisher": "A Gazette",
    "City": "Kyiv",
    "District": "",
    "Province": "Misto Kyyiv",
    "Country": "Ukraine",
    "Latitude": "50.45",
    "Longitude": "30.52",
}

POLECAT: Final[Mapping[str, str]] = {
    "Event ID": "AB12-0",
    "Event Date": "2023-05-02",
    "Event Type": "ACCUSE",
    "Event Mode": "allege",
    "Intensity": "-3.5",
    "Quad Code": "verbal conflict",
    "Contexts": "military; territory",
    "Actor Name": "Ministry of Defence",
    "Actor Country": "RUS",
    "Actor COW": "365",
    "Primary Actor Sector": "MIL",
    "Actor Sectors": "MIL; GOV",
    "Actor Title": "None",
    "Actor Name Raw": "the defence ministry",
    "Wikipedia Actor ID": "None",
    "Recipient Name": "Ukraine",
    "Recipient Country": "UKR",
    "Recipient COW": "369",
    "Primary Recipient Sector": "None",
    "Recipient Sectors": "None",
    "Recipient Title": "None",
    "Recipient Name Raw": "Kyiv",
    "Wikipedia Recipient ID": "None",
    "Placename": "Kyiv",
    "City": "Kyiv",
    "District": "None",
    "Province": "None",
    "Country": "Ukraine",
    "Latitude": "50.45",
    "Longitude": "None",
    "GeoNames ID": "703448",
    "Raw Placename": "Kyiv",
    "Feature Type": "PPLC",
    "Source": "A Gazette",
    "Publication Date": "2023-05-03",
    "Story People": "None",
    "Story Organizations": "None",
    "Story Locations": "Kyiv; Moscow",
    "Language": "en",
    "Version": "NGEC_1",
}

ACLED: Final[Mapping[str, str]] = {
    "event_id_cnty": "MLI100",
    "event_date": "2023-01-31",
    "year": "2023",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Mali (2021-)",
    "assoc_actor_1": "",
    "inter1": "State forces",
    "actor2": "JNIM: Group for Support of Islam and Muslims",
    "assoc_actor_2": "",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": "466",
    "region": "Western Africa",
    "country": "Mali",
    "admin1": "Mopti",
    "admin2": "Bandiagara",
    "admin3": "",
    "location": "Bandiagara",
    "latitude": "14.35",
    "longitude": "-3.61",
    "geo_precision": "2",
    "source": "A Gazette",
    "source_scale": "National",
    "notes": 'On 31 January 2023, soldiers and militants fought, "heavily".',
    "fatalities": "4",
    "tags": "",
    "timestamp": "1675191965",
}

UCDP: Final[Mapping[str, str]] = {
    "id": "244657",
    "relid": "MLI-2019-1-1-1",
    "year": "2019",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_new_id": "11347",
    "conflict_name": "Mali: Government",
    "dyad_new_id": "14822",
    "dyad_name": "Government of Mali - JNIM",
    "side_a_new_id": "72",
    "side_a": "Government of Mali",
    "side_b_new_id": "6696",
    "side_b": "JNIM",
    "number_of_sources": "2",
    "source_article": '"A Gazette,2019-06-01,Soldiers and militants fight"',
    "source_office": "A Gazette",
    "source_date": "2019-06-01",
    "source_headline": "Soldiers and militants fight",
    "source_original": "the army",
    "where_prec": "1",
    "where_coordinates": "Mopti town",
    "where_description": "in Mopti",
    "adm_1": "Mopti region",
    "adm_2": "Mopti cercle",
    "latitude": "14.49",
    "longitude": "-4.19",
    "geom_wkt": "POINT (-4.19 14.49)",
    "priogrid_gid": "150832",
    "country": "Mali",
    "country_id": "432",
    "region": "Africa",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2019-05-31 00:00:00.000",
    "date_end": "2019-05-31 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "5",
    "low": "2",
    "gwnoa": "432",
    "gwnob": "",
}

_ACTOR: Final = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
)
_GEO: Final = "Type FullName CountryCode ADM1Code Lat Long FeatureID"

GDELT: Final[Mapping[str, str]] = {
    "GLOBALEVENTID": "900",
    "SQLDATE": "20230410",
    "MonthYear": "202304",
    "Year": "2023",
    "FractionDate": "2023.2740",
    **{f"Actor1{part}": "" for part in _ACTOR.split()},
    **{f"Actor2{part}": "" for part in _ACTOR.split()},
    "IsRootEvent": "1",
    "EventCode": "190",
    "EventBaseCode": "190",
    "EventRootCode": "19",
    "QuadClass": "4",
    "GoldsteinScale": "-10",
    "NumMentions": "10",
    "NumSources": "2",
    "NumArticles": "7",
    "AvgTone": "-3.1",
    **{f"{who}Geo_{part}": "" for who in ("Actor1", "Actor2", "Action") for part in _GEO.split()},
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Odesa, Odes'ka Oblast', Ukraine",
    "ActionGeo_CountryCode": "UP",
    "ActionGeo_Lat": "46.47",
    "ActionGeo_Long": "30.73",
    "Actor1Code": "RUSMIL",
    "Actor1Name": "RUSSIA",
    "Actor1CountryCode": "RUS",
    "Actor1Type1Code": "MIL",
    "Actor2Code": "UKR",
    "Actor2Name": "UKRAINE",
    "Actor2CountryCode": "UKR",
    "DATEADDED": "20230411",
    "SOURCEURL": "https://gazette.example/odesa",
}
"""A row of the daily files of GDELT 1.0, with 58 columns."""


def gdelt_2(row: Mapping[str, str]) -> dict[str, str]:
    """A row of GDELT 2.0: with ADM2 codes, and the time of day in DATEADDED."""
    made: dict[str, str] = {}
    for name, value in row.items():
        made[name] = value
        if name.endswith("ADM1Code"):
            made[name.replace("ADM1", "ADM2")] = ""
    return made | {"DATEADDED": row["DATEADDED"] + "123000"}


def tsv(path: Path, rows: Sequence[Mapping[str, str]], *, header: bool = True) -> Path:
    """A file with tabs between and no quotation marks."""
    lines = [*([[*rows[0]]] if header else []), *([*row.values()] for row in rows)]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
    return path


def comma(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A file with commas between."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(ledger: Path, format_: str, *files: Path, dataset: str = "set") -> list[Imported]:
    """What an import tells of each file."""
    return list(import_files(ledger, format_, files, dataset=dataset))


def asked(ledger: Path, query: str) -> list[tuple[Any, ...]]:
    """What a ledger answers."""
    with Ledger(ledger, read_only=True) as opened:
        return [tuple(row.values()) for row in opened.sql(query)]
