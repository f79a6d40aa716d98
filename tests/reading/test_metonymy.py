"""Whether a name acts or is a place, and whose somebody is by the place beside. The sentences are made up."""

from __future__ import annotations

from datetime import date

import pytest

from detente.language import grammar, pipeline
from detente.reading import actors
from detente.reading.parsed import Parsed
from detente.records import Actor, Document


def parsed(text: str, published: str = "2024-06-14") -> Parsed:
    document = Document(id="d", language="en", text=text, published=published)
    return Parsed(document, pipeline.parse(text), date.fromisoformat(published))


def meant(text: str, name: str) -> set[str]:
    """The actors that a name in a text stands for; none where it is a place."""
    found = parsed(text)
    cast = actors.find(found)
    at = text.index(name)
    return {actor for token in grammar.at_offset(found.doc, at, at + len(name)) for actor in cast.at(token)}


def actor_of(text: str, words: str) -> Actor:
    at = text.index(words)
    (found,) = [a for a in actors.find(parsed(text)).actors if any(m.start <= at < m.end for m in a.mentions)]
    return found


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("Lima rejected the offer on Monday.", "Lima", "PER"),
        ("The envoy brought a message from Lima.", "Lima", "PER"),
        ("Pressure on Lima is growing.", "Lima", "PER"),
        ("The policy of Lima has not changed.", "Lima", "PER"),
        ("Protests at Lima and its decrees grew louder.", "Lima", "PER"),
        ("The party has turned away from Lima.", "Lima", "PER"),
        ("Lima Rejects Offer Over Disputed Waters", "Lima", "PER"),
        ("The Kremlin rejected the offer.", "Kremlin", "org:government-of-russia"),
        ("The alliance's ministers met, and Brussels sent NATO ships to the strait.", "Brussels", "org:nato"),
        ("Brussels proposed a new tariff.", "Brussels", "org:european-union"),
    ],
)
def test_a_name_that_acts_is_a_government(text: str, name: str, actor: str) -> None:
    assert meant(text, name) == {actor}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fog smothered Lima for a week.", "Lima"),
        ("Lima's subway was flooded.", "Lima"),
        ("The rooftops of Lima were covered with ash.", "Lima"),
        ("Lima, a city of ten million, lies in a desert.", "Lima"),
        ("Lima is a city of ten million.", "Lima"),
        ("Lima fell quiet after dark.", "Lima"),
        ("They closed central Lima.", "Lima"),
        ("Lima, where they met, is far away.", "Lima"),
        ("The plane was bound for Lima.", "Lima"),
        ("A convoy to Lima carrying tents was stopped.", "Lima"),
        ("Smoke hung over Lima.", "Lima"),
        ("The village is 40 miles from Lima.", "Lima"),
        ("Most of Lima was without power.", "Lima"),
        ("Lima Swelters As Power Fails Again Tonight", "Lima"),
        ("A man climbed the fence of the White House.", "White House"),
        ("Tourists waited outside the Kremlin.", "Kremlin"),
        ("Two climbers from Peru were rescued.", "Peru"),
    ],
)
def test_a_name_that_only_says_where_is_a_place(text: str, name: str) -> None:
    assert meant(text, name) == set()


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Police in Gothenburg arrested a man.", "Police", "SWE"),
        ("A newspaper based in Gothenburg printed the letter.", "newspaper", "SWE"),
        ("The governor of the Tyumen region resigned.", "governor", "RUS"),
    ],
)
def test_who_belongs_to_a_place_belongs_to_its_state(text: str, words: str, country: str) -> None:
    assert actor_of(text, words).country == country


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Masked gunmen killed a judge in Lagos.", "gunmen", "NGA"),
        ("Catholic bishops in Poland read out a letter.", "bishops", "POL"),
        # Whose soldiers and envoys are is not said by where they are, nor anybody's where a state acts.
        ("Soldiers killed a judge in Lagos.", "Soldiers", None),
        ("Gunmen killed a judge in Lagos while Ghana protested.", "Gunmen", None),
        ("Gunmen killed a judge in Lagos and a clerk in Accra.", "Gunmen", None),
    ],
)
def test_people_who_act_where_they_live_are_of_the_state_around(text: str, words: str, country: str | None) -> None:
    assert actor_of(text, words).country == country


def test_an_organisation_of_another_state_is_another_organisation() -> None:
    found = actor_of("The Democratic Party of Japan held up the law.", "Democratic Party")
    assert (found.country, found.sectors) == ("JPN", ("PTY",))


def test_a_common_surname_alone_is_who_is_in_office_unless_the_text_names_another() -> None:
    def who(text: str) -> set[str]:
        found = parsed(text, "2007-01-15")
        cast = actors.find(found)
        return {actor for t in found.doc if t.text == "Rice" for actor in cast.at(t)}

    assert who("On Monday Rice left Ramallah without a joint statement.") == {"person:condoleezza-rice"}
    assert "person:condoleezza-rice" not in who("Anne Rice wrote novels. On Monday Rice left Ramallah.")
    assert "person:condoleezza-rice" not in who("On Monday Mr. Rice left Ramallah without a joint statement.")


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("The president rejected an offer from Afganistan for talks.", "Afganistan", {"AFG"}),
        ("The president rejected an offer from Freedonia for talks.", "Freedonia", set()),
    ],
)
def test_a_state_is_known_by_a_name_that_is_a_letter_off(text: str, name: str, actor: set[str]) -> None:
    assert {a for a in meant(text, name) if a.isupper()} == actor


def test_an_exile_government_is_opposition_and_acts_for_no_state() -> None:
    found = actor_of("Belarus's exile government rejected the vote.", "exile government")
    assert (found.country, found.sectors, found.acts_for) == ("BLR", ("OPP",), None)


@pytest.mark.parametrize(
    ("text", "name", "actors_there"),
    [
        ("Thousands fled into Zambia, which shut its border.", "Zambia", {"ZMB"}),
        ("The rebels hid in Mali, which protested to Chad.", "Mali", {"MLI"}),
        ("Thousands fled into Zambia, which borders Angola.", "Zambia", set()),
        ("The tanker burned in the Gulf of Oman.", "Oman", set()),
        ("Ships crossed the Strait of Malta.", "Malta", set()),
        ("CHISINAU, Moldova - Peru left the talks.", "Moldova", set()),
    ],
)
def test_a_state_named_as_ground_acts_where_a_clause_says_so(text: str, name: str, actors_there: set[str]) -> None:
    assert meant(text, name) == actors_there
