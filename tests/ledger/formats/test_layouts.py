"""Each format's columns become those of the ledger, with the traps that are known of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError
from tests.ledger.formats.made import ACLED, GDELT, ICEWS, POLECAT, UCDP, asked, comma, gdelt_2, taken, tsv

SIDES = """
    SELECT source_name, source_party, source_country, target_name, target_party, target_country FROM imported
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "l.duckdb"


def test_an_event_of_icews(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "icews", tsv(tmp_path / "e.tab", [ICEWS]))
    assert asked(ledger, "SELECT id, first, last, code, type, mode, quad FROM imported") == [
        ("2014-03-04:20718170", date(2014, 3, 4), date(2014, 3, 4), "111", "ACCUSE", "disapprove", "verbal_conflict")
    ]
    assert asked(ledger, "SELECT intensity, intensity_scale FROM imported") == [(-2.0, "cameo-goldstein")]
    assert asked(ledger, SIDES) == [("Foreign Ministry (Russia)", "RUS", "RUS", "Ukraine", "UKR", "UKR")]
    assert asked(ledger, "SELECT place, country, latitude, longitude, publisher, story FROM imported") == [
        ("Kyiv", "UKR", 50.45, 30.52, "A Gazette", 31414000)
    ]


def test_an_event_id_of_icews_is_unique_only_with_its_date(tmp_path: Path, ledger: Path) -> None:
    file = tsv(tmp_path / "e.tab", [ICEWS, {**ICEWS, "Event Date": "2015-01-01"}])
    (done,) = taken(ledger, "icews", file)
    assert (done.rows, done.rejected) == (2, {})
    assert asked(ledger, "SELECT count(DISTINCT id) FROM imported") == [(2,)]


@pytest.mark.parametrize(
    ("code", "type_", "quad"),
    [
        ("010", None, "verbal_cooperation"),
        ("10", None, None),
        ("100", "REQUEST", "verbal_conflict"),
        ("0251", "REQUEST", "verbal_conflict"),
        ("251", None, None),
        ("163", "SANCTION", "material_conflict"),
        ("195", "ASSAULT", "material_conflict"),
    ],
)
def test_codes_of_cameo_are_texts(tmp_path: Path, ledger: Path, code: str, type_: str | None, quad: str | None) -> None:
    (done,) = taken(ledger, "icews", tsv(tmp_path / "e.tab", [{**ICEWS, "CAMEO Code": code}]))
    assert (done.rows, done.untyped) == (1, int(type_ is None))
    assert asked(ledger, "SELECT code, type, quad FROM imported") == [(code, type_, quad)]


def test_icews_ended_on_a_day(tmp_path: Path, ledger: Path) -> None:
    rows = [{**ICEWS, "Event Date": day, "Event ID": day[-1]} for day in ("2023-04-10", "2023-04-11", "2023-04-12")]
    (done,) = taken(ledger, "icews", tsv(tmp_path / "e.tab", rows))
    assert (done.rows, done.rejected) == (2, {"is dated after 2023-04-11, with which ICEWS ended": 1})


@pytest.mark.parametrize(
    ("name", "sectors", "country", "party", "id_"),
    [
        ("Citizen (India)", "Social,General Population / Civilian / Social", "India", None, "named:Citizen (India)"),
        ("Military (India)", "Government,Military", "India", "IND", "IND"),
        ("NATO", "International Government Organization", "", "org:nato", "org:nato"),
        ("Nobody Known", "", "", None, "named:Nobody Known"),
        ("An Agency", "International Government Organization,Global", "Austria", None, "named:An Agency"),
        ("A Party", "Parties,Opposition Major Party (Out Of Government)", "India", None, "named:A Party"),
        ("A Colonel", "Elite,Military", "India", "IND", "IND"),
    ],
)
def test_who_acts_for_a_state_is_its_party(
    tmp_path: Path, ledger: Path, name: str, sectors: str, country: str, party: str | None, id_: str
) -> None:
    row = {**ICEWS, "Source Name": name, "Source Sectors": sectors, "Source Country": country}
    taken(ledger, "icews", tsv(tmp_path / "e.tab", [row]))
    assert asked(ledger, "SELECT source_party FROM imported") == [(party,)]
    assert asked(ledger, "SELECT source_party FROM deeds") == [(id_,)]


def test_sectors_keep_their_names_and_have_plovers(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "icews", tsv(tmp_path / "e.tab", [{**ICEWS, "Source Sectors": "Military,Government,Something"}]))
    assert asked(ledger, "SELECT source_sectors, sectors FROM imported JOIN sectors ON written = source_sectors") == [
        ("Military,Government,Something", ["MIL", "GOV"])
    ]


def test_quoted_files_of_dataverse_are_the_same(tmp_path: Path, ledger: Path) -> None:
    named = {**ICEWS, "Source Name": '"Ansar" Group'}
    plain = tsv(tmp_path / "plain.tab", [named])
    quoted = tmp_path / "quoted.tab"
    cells = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in (list(named), list(named.values()))]
    quoted.write_text("".join("\t".join(line) + "\n" for line in cells), "utf-8")
    taken(ledger, "icews", plain, dataset="plain")
    taken(ledger, "icews", quoted, dataset="quoted")
    query = "SELECT * EXCLUDE (dataset) FROM imported WHERE dataset = "
    assert asked(ledger, f"{query} 'plain'") == asked(ledger, f"{query} 'quoted'")
    assert asked(ledger, "SELECT DISTINCT source_name FROM imported") == [('"Ansar" Group',)]


def test_an_event_of_polecat(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "polecat", tsv(tmp_path / "p.txt", [POLECAT]))
    assert asked(ledger, "SELECT type, mode, quad, intensity, intensity_scale, contexts, published FROM imported") == [
        ("ACCUSE", "allege", "verbal_conflict", -3.5, "plover", "military; territory", date(2023, 5, 3))
    ]
    assert asked(ledger, SIDES) == [("Ministry of Defence", "RUS", "RUS", "Ukraine", "UKR", "UKR")]
    # The word None is nothing.
    assert asked(ledger, "SELECT longitude, target_sectors, source_id FROM imported") == [(None, None, None)]


def test_the_intensity_of_polecat_is_called_otherwise_by_release(tmp_path: Path, ledger: Path) -> None:
    row = {("Event Intensity" if name == "Intensity" else name): value for name, value in POLECAT.items()}
    taken(ledger, "polecat", tsv(tmp_path / "p.txt", [row]))
    assert asked(ledger, "SELECT intensity FROM imported") == [(-3.5,)]
    lacking = {name: value for name, value in POLECAT.items() if name != "Intensity"}
    with pytest.raises(InputError, match="has no column intensity or event_intensity; is it a file of POLECAT"):
        taken(ledger, "polecat", tsv(tmp_path / "q.txt", [lacking]))


def test_names_of_polecat_without_cells_are_passed_over(tmp_path: Path, ledger: Path) -> None:
    plain = tsv(tmp_path / "plain.txt", [POLECAT, {**POLECAT, "Event ID": "AB12-1"}])
    _, *rows = plain.read_text("utf-8").splitlines(keepends=True)
    names = [*POLECAT]
    named = tmp_path / "named.txt"
    header = [*names[:2], "Headline", *names[2:4], "Event Intensity", *names[5:], "Story ID"]
    named.write_text("".join(["\t".join(header) + "\n", *rows]), "utf-8")
    taken(ledger, "polecat", plain, dataset="plain")
    (done,) = taken(ledger, "polecat", named, dataset="named")
    assert (done.rows, done.rejected) == (2, {})
    query = "SELECT * EXCLUDE (dataset) FROM imported WHERE dataset = "
    assert asked(ledger, f"{query} 'named'") == asked(ledger, f"{query} 'plain'")


def test_a_headline_of_polecat_is_kept(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "polecat", tsv(tmp_path / "p.txt", [{"Headline": "Kyiv accused", **POLECAT}]))
    assert asked(ledger, "SELECT id, type, told FROM imported") == [("AB12-0", "ACCUSE", "Kyiv accused")]


@pytest.mark.parametrize(("header", "rows"), [("\t\t", "\t\t"), ("", "\t\t"), ("\t\t", "")])
def test_tabs_too_many_of_polecat_are_no_columns(tmp_path: Path, ledger: Path, header: str, rows: str) -> None:
    first, *others = tsv(tmp_path / "p.txt", [POLECAT, {**POLECAT, "Event ID": "1"}]).read_text("utf-8").splitlines()
    (tmp_path / "p.txt").write_text("".join([f"{first}{header}\n", *(f"{row}{rows}\n" for row in others)]), "utf-8")
    (done,) = taken(ledger, "polecat", tmp_path / "p.txt")
    assert (done.rows, done.rejected) == (2, {})
    assert asked(ledger, "SELECT DISTINCT publisher, type, intensity FROM imported") == [("A Gazette", "ACCUSE", -3.5)]


def test_lists_of_polecat_are_a_deed_for_each_pair(tmp_path: Path, ledger: Path) -> None:
    row = {**POLECAT, "Actor Country": "USA; GBR; NGO", "Recipient Country": "RUS; BLR"}
    taken(ledger, "polecat", tsv(tmp_path / "p.txt", [row, {**POLECAT, "Event ID": "AB12-1"}]))
    assert asked(ledger, "SELECT single FROM imported ORDER BY id") == [(False,), (True,)]
    assert asked(ledger, "SELECT event, source_party, target_party FROM deeds ORDER BY ALL") == [
        ("AB12-0", "GBR", "BLR"),
        ("AB12-0", "GBR", "RUS"),
        ("AB12-0", "USA", "BLR"),
        ("AB12-0", "USA", "RUS"),
        ("AB12-1", "RUS", "UKR"),
    ]


@pytest.mark.parametrize("release", [57, 58, 61])
def test_an_event_of_gdelt(tmp_path: Path, ledger: Path, release: int) -> None:
    row: dict[str, str] = gdelt_2(GDELT) if release == 61 else dict(GDELT)
    if release == 57:
        del row["SOURCEURL"]
    assert len(row) == release
    taken(ledger, "gdelt", tsv(tmp_path / "g.csv", [row], header=False))
    # Two dates: that of the event, and that on which it was found.
    assert asked(ledger, "SELECT id, first, published, code, type, quad, intensity, articles FROM imported") == [
        ("900", date(2023, 4, 10), date(2023, 4, 11), "190", "ASSAULT", "material_conflict", -10.0, 7)
    ]
    # CAMEO's codes for actors, FIPS' for places.
    assert asked(ledger, SIDES) == [("RUSSIA", "RUS", "RUS", "UKRAINE", "UKR", "UKR")]
    assert asked(ledger, "SELECT source_id, source_sectors, country FROM imported") == [("RUSMIL", "MIL", "UKR")]
    assert asked(ledger, "SELECT url FROM imported") == [(row.get("SOURCEURL"),)]


def test_the_media_of_gdelt_are_no_doctors(tmp_path: Path, ledger: Path) -> None:
    media = {**GDELT, "Actor1Type1Code": "MED", "Actor1Name": "NEWSPAPER", "Actor1Code": "RUSMED"}
    taken(ledger, "gdelt", tsv(tmp_path / "g.csv", [media], header=False))
    assert asked(ledger, "SELECT sectors FROM sectors WHERE written = 'MED'") == [(["JRN"],)]
    # They are of Russia and do not act for it.
    assert asked(ledger, "SELECT source_party, source_country FROM imported") == [(None, "RUS")]


def test_a_code_of_gdelt_without_a_type_keeps_its_quad_class(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "gdelt", tsv(tmp_path / "g.csv", [{**GDELT, "EventCode": "---", "QuadClass": "2"}], header=False))
    assert asked(ledger, "SELECT type, quad FROM imported") == [(None, "material_cooperation")]


def test_other_numbers_of_columns_are_not_gdelt(tmp_path: Path, ledger: Path) -> None:
    with pytest.raises(InputError, match="has 20 columns with tabs between, where GDELT has 57, 58 or 61"):
        taken(ledger, "gdelt", tsv(tmp_path / "g.csv", [ICEWS]))


def test_an_event_of_acled(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "acled", comma(tmp_path / "a.csv", [ACLED]))
    assert asked(ledger, "SELECT id, type, mode, quad, intensity, intensity_scale, dead_best, told FROM imported") == [
        ("MLI100", "ASSAULT", None, "material_conflict", -9.0, "plover", 4, ACLED["notes"])
    ]
    assert asked(ledger, "SELECT source_party, source_country, place, country, place_precision FROM imported") == [
        ("MLI", "MLI", "Bandiagara", "MLI", 2)
    ]


def test_the_sides_of_a_battle_are_in_no_order(tmp_path: Path, ledger: Path) -> None:
    attack = {**ACLED, "event_id_cnty": "MLI101", "event_type": "Violence against civilians",
              "sub_event_type": "Attack", "actor2": "Civilians (Mali)"}  # fmt: skip
    taken(ledger, "acled", comma(tmp_path / "a.csv", [ACLED, attack]))
    assert asked(ledger, "SELECT event, source_party, target_party, mutual FROM deeds ORDER BY ALL") == [
        ("MLI100", "MLI", "org:jnim", True),
        ("MLI100", "org:jnim", "MLI", True),
        ("MLI101", "MLI", "named:Civilians (Mali)", False),
    ]
    assert asked(ledger, "SELECT target_country FROM imported WHERE id = 'MLI101'") == [("MLI",)]


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("1", date(2023, 1, 31), date(2023, 1, 31)),
        ("2", date(2023, 1, 28), date(2023, 2, 3)),
        ("3", date(2023, 1, 1), date(2023, 1, 31)),
    ],
)
def test_dates_of_acled_are_as_precise_as_they_say(
    tmp_path: Path, ledger: Path, precision: str, first: date, last: date
) -> None:
    taken(ledger, "acled", comma(tmp_path / "a.csv", [{**ACLED, "time_precision": precision}]))
    assert asked(ledger, "SELECT first, last FROM deeds LIMIT 1") == [(first, last)]


@pytest.mark.parametrize("day", ["2023-01-31", "31 January 2023", "31-January-2023", "31 Jan 2023", "31-Jan-2023"])
def test_acled_writes_days_by_release(tmp_path: Path, ledger: Path, day: str) -> None:
    taken(ledger, "acled", comma(tmp_path / "a.csv", [{**ACLED, "event_date": day}]))
    assert asked(ledger, "SELECT first FROM imported") == [(date(2023, 1, 31),)]


def test_an_event_of_ucdp(tmp_path: Path, ledger: Path) -> None:
    taken(ledger, "ucdp", comma(tmp_path / "u.csv", [UCDP]))
    assert asked(ledger, "SELECT id, code, type, quad, dead_low, dead_best, dead_high, first, last FROM imported") == [
        ("244657", "1", "ASSAULT", "material_conflict", 2, 3, 5, date(2019, 5, 31), date(2019, 5, 31))
    ]
    assert asked(ledger, "SELECT source_party, source_id, source_sectors, target_sectors, told FROM imported") == [
        ("MLI", "72", "government", "rebels", "Soldiers and militants fight")
    ]
    assert asked(ledger, "SELECT source_party, target_party FROM deeds ORDER BY ALL") == [
        ("MLI", "org:jnim"),
        ("org:jnim", "MLI"),
    ]


def test_one_sided_violence_of_ucdp_has_a_direction(tmp_path: Path, ledger: Path) -> None:
    row = {**UCDP, "type_of_violence": "3", "side_b": "Civilians"}
    taken(ledger, "ucdp", comma(tmp_path / "u.csv", [row]))
    assert asked(ledger, "SELECT source_party, target_party, target_country, mutual FROM deeds") == [
        ("MLI", "named:Civilians", "MLI", False)
    ]


def test_imprecise_dates_of_ucdp_are_an_interval(tmp_path: Path, ledger: Path) -> None:
    row = {**UCDP, "date_prec": "4", "date_start": "2019-05-01", "date_end": "2019-05-31"}
    taken(ledger, "ucdp", comma(tmp_path / "u.csv", [row]))
    assert asked(ledger, "SELECT first, last FROM imported") == [(date(2019, 5, 1), date(2019, 5, 31))]


@pytest.mark.parametrize(("day", "state"), [("1989-06-01", "SUN"), ("1999-06-01", "RUS")])
def test_a_number_means_the_state_that_had_it_then(tmp_path: Path, ledger: Path, day: str, state: str) -> None:
    row = {**UCDP, "gwnoa": "365", "date_start": day, "date_end": day}
    taken(ledger, "ucdp", comma(tmp_path / "u.csv", [row]))
    assert asked(ledger, "SELECT source_party FROM imported") == [(state,)]


@pytest.mark.parametrize(
    ("low", "best", "high", "rows"), [("2", "3", "5", 1), ("4", "3", "5", 0), ("2", "3", "1", 0), ("", "3", "", 1)]
)
def test_estimates_of_the_dead_are_in_order(
    tmp_path: Path, ledger: Path, low: str, best: str, high: str, rows: int
) -> None:
    (done,) = taken(ledger, "ucdp", comma(tmp_path / "u.csv", [{**UCDP, "low": low, "best": best, "high": high}]))
    assert done.rows == rows


@pytest.mark.parametrize(
    ("format_", "row", "column"),
    [("icews", ICEWS, "CAMEO Code"), ("polecat", POLECAT, "Actor Country"), ("acled", ACLED, "inter1"),
     ("ucdp", UCDP, "date_prec")],
)  # fmt: skip
def test_a_file_that_lacks_a_column_is_refused(
    tmp_path: Path, ledger: Path, format_: str, row: dict[str, Any], column: str
) -> None:
    lacking = {name: value for name, value in row.items() if name != column}
    write = tsv if format_ in ("icews", "polecat") else comma
    with pytest.raises(InputError, match=f"has no column {column.lower().replace(' ', '_')}; is it a file of"):
        taken(ledger, format_, write(tmp_path / "f", [lacking]))
