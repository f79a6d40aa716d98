"""Who did what to whom. The sentences are made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from detente import plover
from detente.reading.deeds import lexicon
from detente.reading.reader import read_documents
from detente.records import Document, Event


def events(text: str) -> list[Event]:
    document = Document(id="d", language="en", text=text, published="2024-06-14")
    return list(next(read_documents([document])).events)


def actual(text: str) -> set[str]:
    """The types of the events that the text gives as facts."""
    return {event.type for event in events(text) if event.status == "actual"}


def one(text: str, event_type: str) -> Event:
    (event,) = [event for event in events(text) if event.type == event_type]
    return event


@dataclass(frozen=True)
class Case:
    text: str
    type: str
    sources: frozenset[str]
    targets: frozenset[str]
    mode: str | None = None


def case(text: str, event_type: str, sources: str, targets: str, mode: str | None = None) -> Case:
    return Case(text, event_type, frozenset(sources.split()), frozenset(targets.split()), mode)


@pytest.mark.parametrize(
    "expected",
    [
        # one verb, subject and object
        case("Ethiopia accused Eritrea of piracy.", "ACCUSE", "ETH", "ERI", "allege"),
        case("Venezuela congratulated Bolivia on its independence.", "SUPPORT", "VEN", "BOL"),
        case("The United States lifted sanctions on Myanmar.", "CONCEDE", "USA", "MMR"),
        case("Canada suspended aid to Haiti.", "SANCTION", "CAN", "HTI", "discontinue"),
        case("Colombia extradited a suspect to Panama.", "COOPERATE", "COL", "PAN"),
        case("Algeria urged Morocco to talk.", "REQUEST", "DZA", "MAR"),
        case("Vietnam vowed to retaliate against Cambodia.", "THREATEN", "VNM", "KHM"),
        case("Hungary boycotted Serbia.", "PROTEST", "HUN", "SRB", "boycott"),
        case("North Korea test-fired a ballistic missile on Sunday.", "MOBILIZE", "PRK", "", "weapons"),
        case("Qatar provided food to Somalia.", "AID", "QAT", "SOM"),
        case("France has withdrawn from Niger.", "RETREAT", "FRA", "NER", "withdraw"),
        case("Ankara ruled out talks with Syria.", "REJECT", "TUR", "SYR", "meet"),
        case("Iraq annexed Kuwait.", "COERCE", "IRQ", "KWT", "seize"),
        case("Chile spied on Peru.", "COERCE", "CHL", "PER", "restrict"),
        # the passive, and coordinated parties
        case("Libya was bombed by Italy and France.", "ASSAULT", "ITA FRA", "LBY", "explosives"),
        case("Tunisia, Libya and Egypt condemned Israel.", "ACCUSE", "TUN LBY EGY", "ISR", "disapprove"),
        case("Mali and Niger were praised by Benin.", "SUPPORT", "BEN", "MLI NER"),
        # control, relative clauses, apposition
        case("Togo promised Benin to send food.", "AGREE", "TGO", "BEN"),
        case("Oman persuaded Yemen to attack Kuwait.", "ASSAULT", "YEM", "KWT"),
        case("Poland, which invaded Belarus, apologised.", "ASSAULT", "POL", "BLR"),
        case("Eritrea was accused of attacking Sudan.", "ASSAULT", "ERI", "SDN"),
        case("Sudan accused Eritrea of attacking Kenya.", "ASSAULT", "ERI", "KEN"),
        case("Egypt, which attacked Libya, and Turkey, which helped it, praised Chad.", "ASSAULT", "EGY", "LBY"),
        case("The port is a point of Albania, which has criticised Kosovo.", "ACCUSE", "ALB", "KOS"),
        case("KHARTOUM — Sudan's army attacked Chad on Friday.", "ASSAULT", "org:armed-forces-of-sudan", "TCD"),
        case("Togo accused Benin of lying and of attacking Ghana.", "ASSAULT", "BEN", "GHA"),
        case("Iraq accused Iranian forces of attacking Kuwait.", "ASSAULT", "org:armed-forces-of-iran", "KWT"),
        case("Kenya recalled its ambassador from Somalia.", "SANCTION", "KEN", "SOM", "withdraw"),
        case("Chad ended a defence pact with France.", "SANCTION", "TCD", "FRA", "discontinue"),
        case("China banned imports from Canada.", "SANCTION", "CHN", "CAN", "discontinue"),
        case("The United States suspended its partnership with Serbia.", "SANCTION", "USA", "SRB", "discontinue"),
        case("Iran and Oman ended a second round of talks.", "CONSULT", "IRN OMN", ""),
        case("Eritrea retook the town from Ethiopia in 1998.", "ASSAULT", "ERI", "ETH"),
        case("Japan protested against the visit to China.", "ACCUSE", "JPN", "", "disapprove"),
        case("Ten men were detained and the president of Samoa injured.", "ASSAULT", "", "person:president-of-samoa"),
        case("Japan lifted the sanctions imposed on Cuba.", "CONCEDE", "JPN", "CUB"),
        case("Oman demanded that Iran stop. Iran rejected the demand.", "REJECT", "IRN", "OMN"),
        case("Oman urged Iran to stop. Yemen rejected the demand.", "REJECT", "YEM", ""),
        case("Rebels retook Aleppo from Syria.", "ASSAULT", "group:rebels", "SYR"),
        case("The Philippines warned China against seizing the reef.", "REQUEST", "PHL", "CHN"),
        # nouns and their light verbs
        case("Iraq launched an attack on Iran.", "ASSAULT", "IRQ", "IRN"),
        case("The invasion of Kuwait by Iraq began in August 1990.", "ASSAULT", "IRQ", "KWT"),
        case("Russian strikes on Ukraine continued.", "ASSAULT", "RUS", "UKR"),
        case("Iran's occupation of Iraq angered Oman.", "COERCE", "IRN", "IRQ", "seize"),
        case("Benin claimed responsibility for the attack on Togo.", "ASSAULT", "BEN", "TGO"),
        case("Sanctions were imposed on Belarus by Norway.", "SANCTION", "NOR", "BLR"),
        case("Cuba is under sanctions.", "SANCTION", "", "CUB"),
        case("Cuba faces an embargo.", "SANCTION", "", "CUB"),
        case("Bolivia came under attack.", "ASSAULT", "", "BOL"),
        case("Norway's support for Ukraine is firm.", "SUPPORT", "NOR", "UKR"),
        # reciprocal deeds have no target
        case("Iran held talks with Oman.", "CONSULT", "IRN OMN", ""),
        case("Talks between Iran and Oman began.", "CONSULT", "IRN OMN", ""),
        case("Iran and Oman met.", "CONSULT", "IRN OMN", ""),
        case("Germany and France signed a treaty on Monday.", "SUPPORT", "DEU FRA", ""),
        case("Jordan and Oman held joint military exercises.", "COOPERATE", "JOR OMN", ""),
        case("Armenia clashed with Azerbaijan.", "ASSAULT", "ARM AZE", ""),
        # a visitor comes to a host
        case("Ghana hosted Togo in March.", "CONSULT", "TGO", "GHA", "visit"),
        # words that mean one thing or another by their object
        case("Estonia struck a deal with Latvia.", "SUPPORT", "EST LVA", ""),
        case("Estonia struck Latvian ports.", "ASSAULT", "EST", "LVA"),
        case("Sweden offered Denmark talks.", "AGREE", "SWE", "DNK"),
        case("Sweden rejected a Danish offer.", "REJECT", "SWE", "DNK"),
        case("Sweden accepted Denmark's demands.", "CONCEDE", "SWE", "DNK"),
        case("Russia withdrew from the treaty with Ukraine.", "SANCTION", "RUS", "UKR", "withdraw"),
    ],
    ids=lambda expected: expected.text,
)
def test_the_grammar_puts_the_parties_on_their_sides(expected: Case) -> None:
    found = [event for event in events(expected.text) if event.type == expected.type]
    sides = [(event.sources, event.targets, event.mode) for event in found]
    wanted = (expected.sources, expected.targets)
    assert any(
        (frozenset(sources), frozenset(targets)) == wanted and expected.mode in {None, mode}
        for sources, targets, mode in sides
    ), sides


@pytest.mark.parametrize(
    ("text", "verbal", "inner", "status"),
    [
        ("Russia refused to withdraw its troops from Moldova.", "REJECT", "RETREAT", "negated"),
        ("Washington threatened to impose sanctions on Iran.", "THREATEN", "SANCTION", "threatened"),
        ("Turkey offered to mediate between Ukraine and Russia.", "AGREE", "CONSULT", "offered"),
        ("Norway pledged assistance to Ukraine.", "AGREE", "AID", "promised"),
        ("Israel demanded the release of the hostages.", "REQUEST", "RETREAT", "demanded"),
        ("Thailand announced the withdrawal of its troops from Cambodia.", "CONCEDE", "RETREAT", "promised"),
        ("Syria agreed to destroy its chemical weapons.", "CONCEDE", "RETREAT", "promised"),
        ("Gabon vowed to invade Congo.", "THREATEN", "ASSAULT", "threatened"),
        ("The president of Ghana will visit Togo.", "AGREE", "CONSULT", "planned"),
        ("Oman said it would bomb Yemen.", "THREATEN", "ASSAULT", "threatened"),
        ("Oman said it would not receive Yemen's envoy.", "REJECT", "CONSULT", "negated"),
        ("Chad must release the activists, Amnesty International said.", "REQUEST", "RETREAT", "demanded"),
        ("Malta cancelled a meeting with Libya.", "REJECT", "CONSULT", "negated"),
        ("Brazil failed to reach an agreement with Bolivia.", "REJECT", "SUPPORT", "negated"),
        ("Ethiopia accused Eritrea of shelling its villages.", "ACCUSE", "ASSAULT", "alleged"),
    ],
)
def test_what_is_done_by_words_is_one_event_and_what_they_are_about_another(
    text: str, verbal: str, inner: str, status: str
) -> None:
    found = {(event.type, event.status) for event in events(text)}
    assert (verbal, "actual") in found
    assert (inner, status) in found


def test_a_denied_allegation_is_no_rejection() -> None:
    assert actual("Eritrea rejected the allegation that it had shelled Ethiopian villages.") == set()


def test_a_rejected_proposal_is_a_rejection() -> None:
    assert actual("Eritrea rejected the proposal.") == {"REJECT"}


@pytest.mark.parametrize(
    "text",
    [
        "Iran hit a record high in oil exports.",
        "Temperatures hit Spain hard.",
        "The earthquake killed 200 Turks.",
        "Italy killed the bill.",
        "The minister of Chad declined to comment.",
        "Greece met its targets.",
        "Drought threatens Kenya.",
        "Estonia demonstrated its commitment.",
        "Fiji struck a balance.",
        "Japan and Peru fought inflation.",
        "The minister of Chad is ready to move on.",
        "Wales has hit the target.",
        "The soldiers of Peru were forced to wait.",
        "Ghana warned against opening the border.",
        "The minister of Peru called the accusation a fabrication.",
        "The riot police of Georgia rested.",
    ],
)
def test_other_senses_of_a_word_are_no_events(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    ["The war was long.", "The talks lasted for two days.", "Support is growing.", "Sanctions are a blunt tool."],
)
def test_a_noun_without_an_actor_tells_no_event(text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Iraqi strikes on Iran killed ten Iranians.",
        "Iraq attacked Iran in a fierce assault.",
        "Iraq attacked Iran, killing ten people.",
        "Iraq killed two Iranians and wounded five.",
        "Iraqi soldiers clashed with Iranian troops in fierce fighting.",
    ],
)
def test_a_noun_and_a_verb_for_one_deed_make_one_event(text: str) -> None:
    assert [event.type for event in events(text)] == ["ASSAULT"]


def test_deeds_against_different_targets_are_different_events() -> None:
    found = [(event.sources, event.targets) for event in events("Iraq attacked Iran and bombed Kuwait.")]
    assert found == [(("IRQ",), ("IRN",)), (("IRQ",), ("KWT",))]


def test_an_attempt_on_a_life_counts_without_its_author() -> None:
    event = one("Gunmen unknown to the police fled after the attempted assassination of Chad's president.", "ASSAULT")
    assert event.mode == "targeted"
    assert event.sources == ()
    assert len(event.targets) == 1


def test_a_rival_of_somebody_is_somebody_else() -> None:
    assert all("IRN" not in event.sources for event in events("Iran's rivals attacked Oman."))


def test_a_participle_shares_the_target_of_its_main_clause() -> None:
    event = one("Denmark praised Malta, pledging financial assistance.", "AID")
    assert (event.sources, event.targets) == (("DNK",), ("MLT",))


def test_a_politician_attacks_a_rival_with_words_and_an_army_a_country_with_arms() -> None:
    assert actual("President Obama attacked Prime Minister Cameron.") == {"ACCUSE"}
    assert actual("Iraqi soldiers attacked Iran.") == {"ASSAULT"}
    assert actual("Gunmen attacked the mayor of Lima.") == {"ASSAULT"}


def test_the_holder_of_a_place_is_who_seized_it() -> None:
    event = one("Iran controls the port of Basra, seized in 1986.", "COERCE")
    assert event.sources == ("IRN",)


def test_nobody_promises_or_threatens_anything_to_his_own_men() -> None:
    assert one("Peru threatened to send its soldiers to Chile.", "THREATEN").targets == ("CHL",)
    assert one("Peru offered to send its soldiers to Chile.", "AGREE").targets == ("CHL",)


def test_a_gerund_that_only_tells_when_has_no_doer() -> None:
    assert {event.type for event in events("Norway suspended aid to Chad after shelling.")} == {"SANCTION"}


def test_a_trigger_is_cut_from_the_text_as_it_stands() -> None:
    text = "Cuba said it’ll bomb Haiti."
    found = events(text)
    assert "’ll bomb" in {event.trigger.text for event in found}
    assert all(text[event.trigger.start : event.trigger.end] == event.trigger.text for event in found)


def test_events_stand_in_the_order_of_the_text_with_ids_of_their_own() -> None:
    found = events("Iraq attacked Iran. Oman condemned Iraq. Qatar praised Oman.")
    assert [(event.id, event.type) for event in found] == [("e1", "ASSAULT"), ("e2", "ACCUSE"), ("e3", "SUPPORT")]


def test_evidence_is_the_clause_and_holds_the_trigger() -> None:
    text = "Oman condemned Iraq, and Qatar praised Oman."
    for event in events(text):
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
        assert event.evidence.start <= event.trigger.start
        assert event.trigger.end <= event.evidence.end
    assert text[slice(*_evidence(one(text, "SUPPORT")))] == "Qatar praised Oman"


def _evidence(event: Event) -> tuple[int, int]:
    return event.evidence.start, event.evidence.end


def test_intensity_and_quad_class_are_plovers() -> None:
    event = one("Police arrested the president of Haiti.", "COERCE")
    assert (event.intensity, event.quad, event.intensity_scale) == (-7, "material_conflict", "plover")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Nigerian soldiers beat and shot three traders on Monday.", "firearms"),
        ("Kenyan police tortured two Somali traders, beating them with sticks.", "torture"),
    ],
)
def test_of_several_modes_it_has_the_one_whose_score_is_furthest_from_0(text: str, mode: str) -> None:
    event = one(text, "ASSAULT")
    assert event.mode == mode
    assert event.intensity == plover.intensity("ASSAULT", mode)


def test_an_event_has_its_own_date() -> None:
    text = "Iraq attacked Iran in 1980. Iraq invaded Kuwait in August 1990."
    assert [event.date for event in events(text)] == ["1980", "1990-08"]


def test_a_clause_has_contexts() -> None:
    event = one("Kenya's ambassador discussed the election with Ghana.", "CONSULT")
    assert {"diplomatic", "election"} <= set(event.contexts)


def test_the_lexicon_covers_every_type_and_knows_only_plovers_modes() -> None:
    rows = list(lexicon.table("events.csv"))
    words = {(word, row["part"], row["type"]) for row in rows for word in row["words"].split()}
    assert len(words) > 800
    assert {row["type"] for row in rows} - {"-"} == set(plover.TYPES)
    for row in rows:
        assert not row["mode"] or row["mode"] in plover.TYPES[row["type"]].modes, row  # type: ignore[index]
        assert all(None not in (value,) for value in row.values()), row


def test_a_headline_without_a_verb_raises_nothing() -> None:
    assert events("Talks\n\nAttacks\n\nCeasefire, at last?") == []
