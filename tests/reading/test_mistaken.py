"""What is easily taken for somebody and is not, or for somebody else. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from tests.reading.test_actors import actor, cast_of, meant


def ids(text: str, published: str | None = "2024-06-14") -> set[str]:
    """The actors of a text."""
    return {found.id for found in cast_of(text, published).actors}


class TestNobody:
    """Words of roles that name a place, a state of things or another word."""

    @pytest.mark.parametrize(
        "text",
        [
            "Peru and Chile quarrel about it in public.",
            "Ana Duarte was taken to hospital on Monday.",
            "Ana Duarte had lived in exile since March.",
            "The treaty gives the island self-government.",
            "Engineers cleared the eastern bank of the canal.",
            "Press release: a new bridge was opened on Monday.",
        ],
    )
    def test_a_word_that_could_be_a_role_is_none_here(self, text: str) -> None:
        assert ids(text) <= {"PER", "CHL", "person:ana-duarte"}

    def test_a_front_is_where_soldiers_are(self) -> None:
        text = "Kenya's army lost a town. A day later the minister flew to the front."
        assert meant(text, "front") == ()


class TestAnotherBody:
    """What a definite noun says rules out bodies of other kinds."""

    def test_a_party_is_not_the_public(self) -> None:
        text = "Peru's public was angry. The ruling party kept silent."
        assert meant(text, "party") == ("org:ruling-party-of-peru",)

    @pytest.mark.parametrize(
        "text",
        [
            "Chile's army left. The Chilean newspaper Kommersant praised it.",
            "Chile's army left. The newspaper Kommersant praised it.",
            "Chile's army left. The Chilean newspaper, Kommersant, praised it.",
        ],
    )
    def test_a_noun_beside_a_name_is_who_has_the_name(self, text: str) -> None:
        assert meant(text, "newspaper") == ("org:kommersant",)

    def test_a_noun_before_a_name_tells_nation_and_sector(self) -> None:
        group = actor("The Chilean rebel group Wekufe attacked a post.", "org:wekufe")
        assert (group.country, group.sectors) == ("CHL", ("REB",))


class TestDeputies:
    """A deputy is one person, and not his chief."""

    @pytest.mark.parametrize("title", ["Deputy Prime Minister", "Deputy Defence Minister"])
    def test_a_deputy_is_one_person(self, title: str) -> None:
        cast = cast_of(f"{title} Ertan Yalcin flew to Tezpur.")
        assert [(a.id, a.roles) for a in cast.actors] == [("person:ertan-yalcin", (title,))]

    def test_a_deputy_minister_is_not_the_minister(self) -> None:
        text = "The Kenyan energy minister, Jonas Keller, spoke. The deputy minister met the envoy."
        assert meant(text, "minister", 2) != ("person:jonas-keller",)

    def test_whose_one_is_rules_out_who_acts_for_others(self) -> None:
        text = "President Emmanuel Macron spoke first. The NATO commander followed him."
        assert meant(text, "commander") != ("person:emmanuel-macron",)
