"""What is easily taken for somebody and is not, or for somebody else. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from detente.reading import actors
from tests.reading.test_actors import actor, cast_of, meant, parsed


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

    def test_an_army_is_no_agency(self) -> None:
        text = "Soldiers of Chad's army filled the camps. The agency accused Kenya."
        assert meant(text, "agency") != ("org:armed-forces-of-chad",)

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


class TestSoldiers:
    """Whose soldiers are that the text does not call anybody's."""

    @pytest.mark.parametrize(
        ("text", "whose"),
        [
            ("Kenya and Chad signed a treaty. The last soldiers are to leave within two years.", "group:soldiers"),
            ("Kenya attacked Chad on Monday. Forces were moving at dawn.", "group:forces"),
            ("Kenya asked Chad for help. Allied troops wait at the border.", "group:troops"),
        ],
    )
    def test_of_two_sides_they_are_nobodys(self, text: str, whose: str) -> None:
        word = whose.rpartition(":")[2]
        assert meant(text, word) == (whose,)

    @pytest.mark.parametrize(
        ("text", "whose"),
        [
            ("Chad protested. Kenya moved soldiers toward Chad.", "org:armed-forces-of-kenya"),
            ("Kenya was quiet. On Monday soldiers patrolled the streets.", "org:armed-forces-of-kenya"),
            ("Chad protested. Kenya offered a battalion of soldiers to Mali.", "org:armed-forces-of-kenya"),
        ],
    )
    def test_they_are_of_who_sends_them_and_of_the_only_state_told_of(self, text: str, whose: str) -> None:
        assert meant(text, "soldiers") == (whose,)

    def test_a_state_and_its_army_are_no_two_sides(self) -> None:
        text = "Ukraine said that Russia had lost 500 soldiers. Both sides were exhausted."
        assert set(meant(text, "sides")) == {"RUS", "UKR"}


class TestWhose:
    """Groups are of nobody's state only because a place of it is told."""

    def test_where_a_court_sits_tells_of_nobody(self) -> None:
        text = "Unarmed civilians crossed the border after the International Court of Justice in The Hague had ruled."
        assert meant(text, "civilians") == ("group:civilians",)

    def test_analysts_may_be_of_anywhere(self) -> None:
        assert meant("Military analysts doubt that the war in Mali will end.", "analysts") == ("group:analysts",)

    def test_a_party_tells_more_than_a_place(self) -> None:
        text = "Republican candidates met in Nairobi."
        assert meant(text, "candidates") == ("group:candidates-of-republican-party",)

    @pytest.mark.parametrize("line", ["LIMA (Agency) —", "LIMA, May 5 —"])
    def test_a_ministry_of_no_state_is_of_where_the_report_comes_from(self, line: str) -> None:
        text = f"{line} A Chilean plane hit a ship on Tuesday, the Defence Ministry said."
        assert meant(text, "ministry") == ("org:defence-ministry-of-peru",)
        assert meant(text, "lima") == ()

    def test_a_ministry_is_of_the_state_named_last(self) -> None:
        text = (
            "Kenya fired at Chad. Kenya had warned Chad. Kenya has a navy. Ana Duarte left. Chad recalled an envoy and "
            "closed a port. The weather was fine. The spokeswoman of the Foreign Ministry said so."
        )
        assert meant(text, "ministry") != ("org:foreign-ministry-of-kenya",)


class TestThings:
    """What is no actor is meant by pronouns too."""

    @pytest.mark.parametrize(
        "text",
        [
            "The Kenyan government expects a bill in May. It has threatened to veto it.",
            "Kenya, whose army holds a zone in the south, warned the rebels not to enter it.",
            "Kenya and Chad drew up a map. The first copy was sent to Mali a day after it.",
            "Kenya and Chad own the wells. Mali offered to buy three of them.",
        ],
    )
    def test_what_is_done_to_a_thing_is_done_to_nobody(self, text: str) -> None:
        parse = parsed(text)
        last = [token for token in parse.doc if token.lower_ in {"it", "them"}][-1]
        assert actors.find(parse).at(last) == ()

    @pytest.mark.parametrize(
        ("text", "pronoun", "whom"),
        [
            ("The treaty bound Chad. Kenya besieged Chad and destroyed it.", "it", ("TCD",)),
            ("Kenya broke the treaty. Mali attacked it.", "it", ("KEN",)),
            ("Kenya bought buses to pick up refugees and drive them home.", "them", ("group:refugees",)),
        ],
    )
    def test_an_actor_is_still_meant(self, text: str, pronoun: str, whom: tuple[str, ...]) -> None:
        assert meant(text, pronoun) == whom

    def test_what_a_text_goes_on_with_is_what_it_began_with(self) -> None:
        text = "Kenya praised the outcome. The treaty has five parts. It offers Chad a port."
        assert meant(text, "it") == ()

    def test_only_lands_have_inhabitants(self) -> None:
        text = "The NATO council met. Its inhabitants were not asked."
        assert meant(text, "its") == ()

    def test_what_a_list_of_places_has_is_not_of_states_named_long_before(self) -> None:
        text = "Kenya and Chad met. They signed it. The paper concerns Kisumu and Eldoret. Their inhabitants were glad."
        assert meant(text, "their") == ()


class TestNames:
    """Longer names and names with initials."""

    def test_initials_make_nobody_else(self) -> None:
        text = "Putin spoke. President Vladimir V. Putin praised John F. Kerry."
        assert ids(text, "2015-12-19") == {"person:vladimir-putin", "RUS", "person:john-kerry", "USA"}

    def test_a_longer_name_is_anothers(self) -> None:
        assert "org:democratic-party" not in ids("Jonas Keller left the Social Democratic Party on Monday.")
        assert "group:the-east" not in ids("The North East Frontier Agency was closed.")
        assert "org:democratic-party" in ids("Jonas Keller left the Democratic Party on Monday.")

    def test_a_list_of_people_is_of_people(self) -> None:
        text = "The airline flew thousands of Kenyans, Ugandans and Ghanaians home."
        groups = {"group:people-of-kenya", "group:people-of-uganda", "group:people-of-ghana"}
        assert groups <= ids(text)
        assert not {"KEN", "UGA", "GHA"} & ids(text)

    def test_an_agency_in_brackets_is_no_part_of_a_name(self) -> None:
        text = "GOMA, Zaire (Agencies) — The Rwandan Patriotic Front has won. Its commander left."
        assert meant(text, "its", published="1994-07-19") == ("org:rpf",)


class TestTwo:
    """Whom a plural of two means."""

    def test_neighbours_are_states_where_two_are_in_mind(self) -> None:
        text = "Peru and Chile quarrel. Ana Duarte met Jonas Keller. Talks with both neighbours will go on."
        assert set(meant(text, "neighbours")) == {"PER", "CHL"}

    def test_foreign_ministers_are_not_who_have_other_offices(self) -> None:
        text = "Prime Minister Ana Duarte met Jonas Keller, a spokesman. Later the two foreign ministers spoke."
        assert meant(text, "ministers") == ("group:foreign-ministers",)

    def test_a_second_office_is_nobody_else(self) -> None:
        text = "Ana Duarte is to be vice president and minister of defence."
        assert ids(text) == {"person:ana-duarte"}

    def test_one_is_not_of_two_genders_in_a_sentence(self) -> None:
        text = "Petraq Vaitis met his counterpart, Ekaha Tkeshi, and assured her of support for her country."
        assert meant(text, "her", 2) == ("person:ekaha-tkeshi",)
