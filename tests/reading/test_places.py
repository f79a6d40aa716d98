"""Where something is. The sentences are made up for these tests."""

from __future__ import annotations

from datetime import date

import pytest

from detente.language import pipeline
from detente.reading import actors, places
from detente.reading.parsed import Parsed
from detente.records import Document, Place


def look(text: str, word: str, nth: int = 1) -> tuple[Place | None, Place | None]:
    """The place that the `nth` occurrence of `word` names, and where the deed that it names was done."""
    parsed = Parsed(Document(id="d", text=text), pipeline.parse(text), date(2024, 6, 14))
    found = places.find(parsed, actors.find(parsed))
    token = [t for t in parsed.doc if t.lower_ == word.lower()][nth - 1]
    return found.at(token), found.of(token)


def named(text: str, word: str) -> Place:
    place = look(text, word)[0]
    assert place is not None
    return place


def where(text: str, word: str, nth: int = 1) -> str | None:
    place = look(text, word, nth)[1]
    return place.name if place is not None else None


def test_a_city_has_its_country_and_coordinates() -> None:
    place = named("They met in Sochi.", "Sochi")
    assert (place.name, place.country) == ("Sochi", "RUS")
    assert place.latitude == pytest.approx(43.6, abs=0.1)
    assert place.longitude == pytest.approx(39.7, abs=0.1)


@pytest.mark.parametrize(
    ("name", "country", "claimed_by"),
    [
        ("Crimea", "UKR", ("RUS",)),
        ("Donbas", "UKR", ("RUS",)),
        ("Abkhazia", "GEO", ()),
        ("Kashmir", None, ("IND", "PAK", "CHN")),
        ("Taiwan", "TWN", ("CHN",)),
        ("Kosovo", "KOS", ("SRB",)),
        ("Transnistria", "MDA", ()),
    ],
)
def test_a_disputed_place_lies_in_its_recognised_state_and_is_claimed_by_others(
    name: str, country: str | None, claimed_by: tuple[str, ...]
) -> None:
    place = named(f"Troops are stationed in {name}.", name)
    assert (place.country, place.claimed_by) == (country, claimed_by)


def test_a_place_keeps_its_country_whoever_holds_it() -> None:
    assert named("Russia annexed Crimea and governs Crimea as its own.", "Crimea").country == "UKR"


def test_an_area_is_the_place_beside_it() -> None:
    assert named("Rebels hold the Donbas region.", "region").name == "Donbas"
    assert named("Rebels hold the city of Goma.", "city").name == "Goma"


def test_of_two_cities_the_one_in_the_texts_country_is_meant() -> None:
    assert named("The governor of Alabama spoke in Birmingham.", "Birmingham").country == "USA"
    assert named("The British minister spoke in Birmingham.", "Birmingham").country == "GBR"


def test_a_country_beside_a_city_decides() -> None:
    assert named("She was born in Paris, Texas.", "Paris").country == "USA"


def test_a_capital_that_acts_still_names_a_place() -> None:
    assert named("Moscow said it would wait.", "Moscow").country == "RUS"


@pytest.mark.parametrize(
    ("text", "deed", "place"),
    [
        ("Gunmen killed three people in Mosul.", "killed", "Mosul"),
        ("In Mosul, gunmen killed three people.", "killed", "Mosul"),
        ("Troops entered Lebanon at dawn.", "entered", "Lebanon"),
        ("Shells fell near Kharkiv.", "fell", "Kharkiv"),
        ("The bombing of Mariupol continued.", "bombing", "Mariupol"),
        ("An attack on a market in Baghdad killed nine.", "attack", "Baghdad"),
        ("Nine people died in an attack in Baghdad.", "died", "Baghdad"),
        ("Talks were held in Geneva.", "talks", "Geneva"),
        ("She flew to Ankara.", "flew", "Ankara"),
        ("He spoke at a rally in the resort of Sochi.", "spoke", "Sochi"),
        ("Rebels seized the town of Goma.", "seized", "Goma"),
        ("Fighting erupted across the Tigray region.", "erupted", "Tigray"),
    ],
)
def test_a_deed_is_where_its_clause_says(text: str, deed: str, place: str) -> None:
    assert where(text, deed) == place


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Officials in Geneva said that rebels attacked a convoy.", "attacked"),
        ("Rebels attacked a convoy, officials said in Geneva.", "attacked"),
        ("Critics accused Russia of lying.", "accused"),
        ("The minister, born in Oslo, resigned.", "resigned"),
    ],
)
def test_a_deed_is_not_where_another_clause_is(text: str, deed: str) -> None:
    assert where(text, deed) is None


def test_a_place_that_nobody_knows_keeps_its_name() -> None:
    place = named("Shells fell on the village of Zorbanitsa.", "Zorbanitsa")
    assert (place.name, place.country, place.latitude) == ("Zorbanitsa", None, None)
