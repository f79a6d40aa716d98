"""Names found in texts. The sentences are made up for these tests."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.world.registry import Entry, registry

TODAY = date(2024, 6, 14)


def found(text: str, on: date | None = TODAY) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.entries[0].id) for hit in registry().find(text, on)]


@pytest.mark.parametrize(
    ("name", "actor", "sense"),
    [
        ("Russia", "RUS", "state"),
        ("Russian", "RUS", "adjective"),
        ("Danes", "DNK", "people"),
        ("Pyongyang", "PRK", "capital"),
        ("U.S.", "USA", "state"),
        ("Côte d'Ivoire", "CIV", "state"),
        ("Cote d’Ivoire", "CIV", "state"),
        ("Kosovo", "KOS", "state"),
        ("White House", "org:government-of-united-states", "seat"),
        ("Al-Qaeda", "org:al-qaeda", "organisation"),
        ("Kurdish", "group:kurds", "adjective"),
        ("Recep Tayyip Erdoğan", "person:recep-tayyip-erdogan", "person"),
        ("Gagauzia", "", "region"),
        ("Transnistria", "org:transnistria", "organisation"),
    ],
)
def test_a_name_stands_for_its_bearer(name: str, actor: str, sense: str) -> None:
    (entry, *_) = registry().named(name, TODAY)
    assert (entry.id, entry.sense) == (actor, sense)


def test_the_longest_name_wins() -> None:
    assert found("South Korean and North Korean envoys met.") == [("South Korean", "KOR"), ("North Korean", "PRK")]


def test_two_names_joined_by_a_hyphen_are_two() -> None:
    assert found("U.S.-China talks") == [("U.S.", "USA"), ("China", "CHN")]


@pytest.mark.parametrize("text", ["they told us so", "who is there", "a turkey sandwich", "polish the china", "is he"])
def test_a_common_word_is_no_name(text: str) -> None:
    assert found(text) == []


def test_a_comma_or_a_line_end_ends_a_name() -> None:
    assert ("White\nHouse", "org:government-of-united-states") not in found("the White\nHouse")
    assert found("Security, Council") == []


def test_a_text_knows_nothing_that_came_after_it() -> None:
    assert found("The Wagner Group", date(1999, 1, 1)) == []
    assert found("The Wagner Group", date(2022, 1, 1)) == [("Wagner Group", "org:wagner")]
    assert registry().named("Macron", date(2001, 1, 1)) == ()


def test_without_a_date_every_name_is_known() -> None:
    assert registry().named("Macron", None)[0].id == "person:emmanuel-macron"


@pytest.mark.parametrize(
    ("country", "office", "day", "holder"),
    [
        ("GBR", "head-of-government", date(1998, 3, 1), "person:tony-blair"),
        ("GBR", "head-of-government", date(2023, 3, 1), "person:rishi-sunak"),
        ("USA", "head-of-state", date(2018, 3, 1), "person:donald-trump"),
        ("USA", "head-of-state", date(2022, 3, 1), "person:joe-biden"),
        ("RUS", "foreign-minister", date(2020, 3, 1), "person:sergei-lavrov"),
    ],
)
def test_an_office_has_the_holder_of_its_day(country: str, office: str, day: date, holder: str) -> None:
    entry = registry().holder(country, office, day)
    assert isinstance(entry, Entry)
    assert entry.id == holder


@pytest.mark.parametrize(
    ("country", "office", "day", "holder"),
    [
        ("USA", "head-of-state", date(1962, 10, 22), "person:john-f-kennedy"),
        ("USA", "foreign-minister", date(1978, 9, 17), "person:cyrus-vance"),
        ("SUN", "foreign-minister", date(1978, 9, 17), "person:andrei-gromyko"),
        ("GBR", "head-of-government", date(1956, 11, 1), "person:anthony-eden"),
        ("ISR", "head-of-government", date(1978, 9, 17), "person:menachem-begin"),
        ("ISR", "defence-minister", date(1967, 6, 10), "person:moshe-dayan"),
        ("EGY", "head-of-state", date(1956, 11, 1), "person:gamal-abdel-nasser"),
        ("IRN", "head-of-state", date(1978, 9, 17), "person:mohammad-reza-pahlavi"),
    ],
)
def test_offices_of_the_cold_war_have_their_holders(country: str, office: str, day: date, holder: str) -> None:
    entry = registry().holder(country, office, day)
    assert isinstance(entry, Entry)
    assert entry.id == holder


def test_a_surname_that_is_a_word_is_a_leaders_only_in_office() -> None:
    assert registry().named("Begin", date(1978, 9, 17)) == ()
    assert [entry.id for entry in registry().surnamed("Begin", date(1978, 9, 17))] == ["person:menachem-begin"]
    assert registry().surnamed("Begin", date(2024, 6, 14)) == ()


def test_an_office_has_no_holder_where_no_day_is_known() -> None:
    assert registry().holder("GBR", "head-of-government", None) is None


def test_a_surname_of_several_means_who_is_in_office() -> None:
    bushes = registry().named("Bush", TODAY)
    for day, president in [(date(1992, 1, 1), "george-h-w-bush"), (date(2005, 1, 1), "george-w-bush")]:
        known = [entry for entry in bushes if entry.validity.begun(day)]
        entry = registry().likeliest(known, day)
        assert entry is not None
        assert entry.id == f"person:{president}"


def test_a_surname_of_several_means_nobody_without_a_day() -> None:
    assert registry().likeliest(registry().named("Bush", None), None) is None


def test_gaza_is_a_region_with_its_basis() -> None:
    region = registry().region("Gaza Strip")
    assert region is not None
    assert region.country == "PSE"
    assert region.basis


@given(st.text())
def test_hits_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for hit in registry().find(text, TODAY):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


def test_a_rare_surname_alone_is_the_leader_and_a_common_one_is_not() -> None:
    day = date(2005, 6, 1)
    assert [entry.id for entry in registry().named("Halonen", day)] == ["person:tarja-halonen"]
    assert registry().named("Rice", day) == ()
    assert [entry.id for entry in registry().surnamed("Rice", day)] == ["person:condoleezza-rice"]
    assert registry().surnamed("Rice", date(2019, 6, 1)) == ()
    assert registry().surnamed("Rice", None) == ()


def test_an_organisation_has_the_members_of_the_day() -> None:
    assert "SWE" in registry().members("org:nato", date(2024, 6, 1))
    assert "SWE" not in registry().members("org:nato", date(2023, 6, 1))
    assert "GBR" in registry().members("org:european-union", None)


def test_who_served_a_state_that_is_no_more_is_of_its_successor() -> None:
    standing = registry().standing("person:mikhail-gorbachev", date(2009, 11, 9))
    assert (standing.country, standing.sectors) == ("RUS", ("ELI",))
    assert registry().standing("person:mikhail-gorbachev", date(1990, 11, 9)).country == "SUN"


def test_of_two_who_are_out_of_office_the_one_who_led_a_state_is_meant() -> None:
    day = date(2017, 2, 17)
    found = registry().likeliest((e for e in registry().named("Blair", day) if e.sense == "person"), day)
    assert found is not None
    assert found.id == "person:tony-blair"


def test_in_a_line_of_capitals_a_short_word_is_no_acronym() -> None:
    assert found("WHY THE GLASS IS HALF FULL") == []
    assert found("The group IS claimed it.") == [("IS", "org:islamic-state")]
    assert found("NATO SHIPS ENTER PORT") == [("NATO", "org:nato")]
    assert found("She has an MBA from there.") == []


def test_two_spellings_of_a_long_name_are_one_and_of_one_word_are_not() -> None:
    day = date(2001, 4, 17)
    assert [e.id for e in registry().named("United Self-Defence Forces of Colombia", day)] == ["org:auc"]
    assert [e.id for e in registry().named("United Self-Defense Forces of Colombia", day)] == ["org:auc"]
    assert registry().named("Labor", day) == ()


@pytest.mark.parametrize(
    ("day", "moscow", "belgrade"),
    [(date(1979, 12, 29), "SUN", "YUG"), (date(2005, 5, 9), "RUS", "SCG"), (date(2019, 5, 9), "RUS", "SRB")],
)
def test_a_capital_is_that_of_the_state_of_its_day(day: date, moscow: str, belgrade: str) -> None:
    assert [e.id for e in registry().named("Moscow", day)] == [moscow]
    assert [e.id for e in registry().named("Belgrade", day)] == [belgrade]
    assert [e.country for e in registry().named("Kremlin", day)] == [moscow]
