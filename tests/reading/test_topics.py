"""What positions are about: labels, and which belong together. The sentences are made up for these tests."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.documents import load
from detente.reading.deeds import lexicon
from detente.reading.reader import read_documents
from detente.reading.wants import families, labels, matters
from detente.reading.wants.matters import Matter
from detente.records import Document, Position, Reading


def read(text: str) -> Reading:
    return next(read_documents([Document(id="d", language="en", text=text, published="2024-11-08")]))


def positions(text: str) -> list[Position]:
    return list(read(text).positions)


def topics(text: str) -> list[str | None]:
    return [position.topic for position in positions(text)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Egypt demanded that Israel return the Sinai.", "return of Sinai"),
        ("Greece insists that Turkey withdraw its survey ship from Crete.", "withdrawal of survey ship from Crete"),
        ("Norway promised to host the fishing talks.", "fishing talks"),
        ("Hungary opposes the new sanctions on Russian gas.", "sanctions on Russian gas"),
        ("Iran offered to swap two jailed engineers.", "exchange of jailed engineers"),
        ("Spain called for an immediate end to the blockade of the port.", "blockade of port"),
        ("Armenia ruled out ceding the corridor.", "cession of corridor"),
        ("Moldova demanded membership in the European Union.", "European Union membership of Moldova"),
        ("Romania backs Moldova's bid to join the European Union.", "European Union membership of Moldova"),
        ("Serbia demanded that Montenegro abandon its NATO ambitions.", "NATO membership of Montenegro"),
        ("Kenya is ready to mediate.", "mediation"),
        ("Oman refused to return to the pipeline talks.", "pipeline talks"),
    ],
)
def test_a_topic_is_the_matter_without_what_is_to_be_done_with_it(text: str, topic: str) -> None:
    assert topics(text) == [topic]


@pytest.mark.parametrize(
    "text", ["“We will not accept it,” President Erdogan said.", "“We will host you,” Orban said."]
)
def test_words_that_do_not_say_what_they_are_about_have_no_topic(text: str) -> None:
    assert all(position.topic is None for position in positions(text))


@pytest.mark.parametrize(
    "text",
    [
        "Finland urged NATO to admit Moldova. Hungary opposes Chisinau's accession to the alliance. "
        "Russia insists that Moldova renounce its plans to join NATO.",
        "Egypt demanded a halt to the filling of the dam. Ethiopia refused to stop filling the dam.",
        "Niger demanded that American soldiers leave the base in Dirkou. Washington refused to pull its troops out of "
        "Dirkou. Nigeria backs the withdrawal of American forces from the base in Dirkou.",
        "Iraq offered to free the French surveyors. France called for the release of its surveyors.",
        "Japan proposed a truce in the strait. China rejected a ceasefire in the strait.",
        "Peru demanded that Chile extradite the general. Chile ruled out extraditing the general.",
    ],
)
def test_positions_about_the_same_matter_have_one_topic(text: str) -> None:
    found = topics(text)
    assert len(found) > 1
    assert None not in found
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        # The same parties, another matter.
        "Peru demanded that Chile extradite the general. Peru demanded that Chile lower its tariff on grapes.",
        "Russia demanded that Ukraine renounce its plans to join NATO. Russia demanded that Ukraine reopen the canal.",
        # The same words, other parties or places.
        "Moldova demanded membership in the European Union. Georgia demanded membership in the European Union.",
        "Niger demanded the withdrawal of American troops. Chad demanded the withdrawal of French troops.",
        "Egypt proposed a truce in Gaza. Egypt proposed a truce in Sudan.",
        "France refused to extradite the banker to Spain. Brazil refused to extradite the banker to Spain.",
        # One word in common.
        "Kenya called for a tax on sugar. Kenya called for the publication of its minister's tax forms.",
        "Turkey offered to revive the grain deal. Turkey offered to buy Kazakh grain.",
    ],
)
def test_near_misses_have_topics_of_their_own(text: str) -> None:
    found = topics(text)
    assert len(found) == 2
    assert found[0] != found[1]


_WANTS = st.sampled_from(
    [
        "Egypt demanded that Israel return the Sinai",
        "Norway promised to host the talks",
        "Iran refused to free the British crew",
        "Iran offered to swap the crew",
        "Hungary opposes Kyiv's membership in NATO",
        "Ukraine demanded that it be admitted to the alliance",
        "Oman called for an end to the siege of the port and for 300 tonnes of wheat by Friday",
        "“We will never recognise the annexation of the strait,” President Erdogan said",
        "Kenya is ready to mediate between the two sides in Addis Ababa",
    ]
)


def is_made_of_known_words(reading: Reading) -> bool:
    """Whether every word of every topic is the text's, a family's noun, in the name of an actor, or a preposition."""
    known = set(re.findall(r"\w+", reading.document.text.lower())) | labels.LINKS
    for noun in (*families.nouns(), *(actor.name for actor in reading.actors)):
        known.update(re.findall(r"\w+", noun.lower()))
    said = [word for p in reading.positions for word in re.findall(r"\w+", (p.topic or "").lower())]
    return all(word in known for word in said)


@given(st.lists(_WANTS, min_size=1, max_size=5))
@settings(max_examples=25)
def test_topics_are_the_same_each_time_and_made_of_known_words(wants: list[str]) -> None:
    text = " ".join(f"{want}." for want in wants)
    reading = read(text)
    assert topics(text) == [position.topic for position in reading.positions]
    assert is_made_of_known_words(reading)
    assert all(p.topic is None or 0 < len(p.topic.split()) <= 12 for p in reading.positions)


def test_the_sample_has_topics_made_of_known_words() -> None:
    with resources.as_file(resources.files("detente.samples") / "camp-david.html") as path:
        reading = next(read_documents(load([path])))
    assert any(position.topic for position in reading.positions)
    assert is_made_of_known_words(reading)


_KEYS = st.frozensets(st.sampled_from(["grain", "dam", "tax", "talks", "troops", "deal", "withdrawal"]), max_size=3)
_PARTIES = st.frozensets(st.sampled_from(["RUS", "UKR", "TUR", "org:nato", "place:gaza"]), max_size=2)
_MATTERS = st.builds(Matter, _KEYS, _PARTIES, _PARTIES)


@given(_MATTERS, _MATTERS)
def test_likeness_is_mutual_and_a_share(one: Matter, other: Matter) -> None:
    assert matters.likeness(one, other) == pytest.approx(matters.likeness(other, one))
    assert 0 <= matters.likeness(one, other) <= 1


@given(st.lists(_MATTERS, max_size=12), st.integers(0, 12))
def test_what_comes_later_changes_no_topic(found: list[Matter], first: int) -> None:
    assert matters.grouped(found)[:first] == matters.grouped(found[:first])


@given(st.lists(_MATTERS, max_size=12))
def test_equal_matters_are_one_topic_and_empty_ones_none(found: list[Matter]) -> None:
    numbers = dict(zip(found, matters.grouped(found), strict=True))
    assert [numbers[matter] for matter in found] == matters.grouped(found)
    assert all((number is None) == (not matter) for matter, number in numbers.items())


@pytest.mark.parametrize(
    "words",
    [
        "join joining joined accession member memberships",
        "withdraw withdrew withdrawn withdrawal withdrawing leaves",
        "swap swapped swapping exchange exchanges",
        "truce ceasefire cease-fire armistice truces",
        "inspect inspecting inspections",
        "annex annexed annexation",
        "village villages",
        "pension pensions",
    ],
)
def test_relatives_share_a_key(words: str) -> None:
    assert len(set(map(families.key, words.split()))) == 1


@pytest.mark.parametrize(
    "words", ["member remember", "state station", "return returnee", "port portal", "mission miss"]
)
def test_strangers_do_not(words: str) -> None:
    assert len(set(map(families.key, words.split()))) == 2


def test_the_table_says_one_thing_of_each_word() -> None:
    verbs: list[str] = []
    nouns: list[str] = []
    for row in lexicon.table("topics.csv"):
        assert row["kind"] in {"", "plain", "own", "handling"}
        assert row["kind"] == "handling" or row["noun"]
        verbs += row["verbs"].split()
        nouns += row["nouns"].split()
    assert len(verbs) == len(set(verbs))
    assert len(nouns) == len(set(nouns))
