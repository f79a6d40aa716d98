"""What is known before reading must be consistent: codes, dates, references."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pycountry
import pytest

from detente.plover import NOT_STATES, SECTORS
from detente.world import tables
from detente.world.tables import Term, Validity

STATES = {state.code for state in tables.states()}
COUNTRIES = STATES | NOT_STATES
ORGANISATIONS = {organisation.id for organisation in tables.organisations()}


def iso_codes() -> set[str]:
    current = {country.alpha_3 for country in pycountry.countries}
    return current | {country.alpha_3 for country in pycountry.historic_countries} | {"KOS"}


def test_every_state_has_a_code_of_iso_3166_or_kos() -> None:
    assert iso_codes() >= STATES


def test_no_state_stands_twice() -> None:
    codes = Counter(state.code for state in tables.states())
    assert [code for code, count in codes.items() if count > 1] == []


def test_a_name_of_a_state_belongs_to_one_state() -> None:
    names = Counter(
        name
        for state in tables.states()
        for name in {state.name, *state.aliases, *state.adjectives, *state.people, *state.capitals}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_an_organisation_has_a_known_country_sectors_and_principal() -> None:
    for organisation in tables.organisations():
        assert organisation.country is None or organisation.country in COUNTRIES, organisation
        assert set(organisation.sectors) <= SECTORS, organisation
        assert organisation.acts_for is None or organisation.acts_for in STATES | ORGANISATIONS, organisation


def test_an_organisation_stands_twice_only_at_different_times() -> None:
    since = Counter((organisation.id, organisation.validity.since) for organisation in tables.organisations())
    assert [key for key, count in since.items() if count > 1] == []


def test_groups_regions_and_seats_refer_to_what_is_known() -> None:
    for group in tables.groups():
        assert group.country is None or group.country in COUNTRIES
        assert set(group.sectors) <= SECTORS
    for region in tables.regions():
        assert region.basis
        assert {region.country or "USA", *region.claimed_by} <= STATES
        assert region.latitude is None or -90 <= region.latitude <= 90
        assert region.longitude is None or -180 <= region.longitude <= 180
    for seat in tables.seats():
        kind, _, which = seat.stands_for.partition(":")
        assert which in STATES if kind == "government" else seat.stands_for in ORGANISATIONS


def test_every_role_has_a_sector_of_plover_or_none_and_a_known_form() -> None:
    for role in tables.roles().values():
        assert role.sector in SECTORS | {""}
        assert role.form in {"office", "member", "body", "equipment"}
        assert role.phrase == role.phrase.lower()


def test_a_term_has_known_codes_and_ordered_dates() -> None:
    for term in tables.terms():
        assert term.country in COUNTRIES, term
        assert set(term.sectors) <= SECTORS, term
        assert term.acts_for is None or term.acts_for in STATES | ORGANISATIONS, term
        assert term.office in tables.roles(), term
        assert term.gender in {"m", "f"}, term
        assert not term.validity.until or term.validity.since <= term.validity.until, term


def test_every_date_is_a_day_a_month_or_a_year() -> None:
    validities = [t.validity for t in tables.terms()] + [o.validity for o in tables.organisations()]
    for day in {day for validity in validities for day in (validity.since, validity.until) if day}:
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day), day
        date.fromisoformat(day + "0000-01-01"[len(day) :])


def test_nobody_has_two_genders() -> None:
    genders: dict[str, set[str]] = {}
    for term in tables.terms():
        genders.setdefault(term.person, set()).add(term.gender)
    assert [person for person, found in genders.items() if len(found) > 1] == []


SINGLE_OFFICES = {"president", "prime minister", "chancellor", "vice president", "supreme leader", "king", "pope"}


def test_two_people_never_hold_an_office_of_one_at_the_same_time() -> None:
    held: dict[tuple[str, str, str | None], list[Term]] = {}
    for term in tables.terms():
        if term.office in SINGLE_OFFICES:
            held.setdefault((term.country, term.office, term.acts_for), []).append(term)
    for terms in held.values():
        for before, after in pairwise(sorted(terms, key=lambda term: term.validity.since)):
            assert before.validity.until, f"{before.person} never left, yet {after.person} came"
            assert before.validity.until <= after.validity.since, f"{before.person} and {after.person}"


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
