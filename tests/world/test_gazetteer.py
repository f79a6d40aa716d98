"""Cities by name."""

from __future__ import annotations

from detente.world import gazetteer


def test_a_city_is_the_largest_of_its_name() -> None:
    city = gazetteer.city("Birmingham", [])
    assert city is not None
    assert gazetteer.alpha3(city.countrycode) == "GBR"


def test_a_city_in_a_country_of_the_text_goes_before_a_larger_one_elsewhere() -> None:
    city = gazetteer.city("Birmingham", ["USA"])
    assert city is not None
    assert gazetteer.alpha3(city.countrycode) == "USA"


def test_an_unknown_city_is_none() -> None:
    assert gazetteer.city("Nowhere-upon-Never", ["USA"]) is None


def test_accents_do_not_matter() -> None:
    assert gazetteer.city("Malmo", []) == gazetteer.city("Malmö", []) is not None


def test_kosovo_has_the_code_of_plover() -> None:
    assert gazetteer.alpha3("XK") == "KOS"


def test_another_spelling_is_known_near_the_states_of_the_text() -> None:
    city = gazetteer.city("Mykolaiv", ["RUS"])
    assert city is not None
    assert gazetteer.alpha3(city.countrycode) == "UKR"
    assert gazetteer.city("Mykolaiv", ["PER"]) is None


def test_a_city_is_not_called_by_what_its_name_means() -> None:
    assert gazetteer.city("White House", ["MAR"]) is None  # what Casablanca means


def test_neighbours_are_states() -> None:
    assert {"RUS", "TUR", "ARM", "AZE"} <= gazetteer.neighbours("GEO")
