"""Who wants what. The sentences are made up for these tests; publication is Friday, 8 November 2024, unless said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.reader import read_documents
from detente.records import Document, Position


def positions(text: str) -> list[Position]:
    document = Document(id="d", language="en", text=text, published="2024-11-08")
    return list(next(read_documents([document])).positions)


def taken(text: str) -> list[tuple[str, str, str]]:
    return [(p.actor, p.act, p.what.text) for p in positions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Egypt demanded that Israel return the Sinai.", ("EGY", "demand", "Israel return the Sinai")),
        ("Syria called for the return of the Golan Heights.", ("SYR", "demand", "the return of the Golan Heights")),
        ("India urged Pakistan to close the camps.", ("IND", "demand", "close the camps")),
        ("Greece insists that Turkey withdraw its survey ship.", ("GRC", "demand", "Turkey withdraw its survey ship")),
        ("Serbia wants Kosovo to form the association.", ("SRB", "demand", "form the association")),
        ("Iran offered to freeze its programme.", ("IRN", "offer", "freeze its programme")),
        ("Kenya is ready to mediate.", ("KEN", "offer", "mediate")),
        ("Norway promised to host the talks.", ("NOR", "promise", "host the talks")),
        ("Ethiopia agreed to reopen the airport.", ("ETH", "promise", "reopen the airport")),
        ("Armenia refused to cede the corridor.", ("ARM", "refuse", "cede the corridor")),
        ("Armenia ruled out ceding the corridor.", ("ARM", "refuse", "ceding the corridor")),
        ("Guyana rejected the proposal.", ("GUY", "refuse", "the proposal")),
        ("Hungary opposes the sanctions.", ("HUN", "oppose", "the sanctions")),
        ("Turkey backs a federal solution.", ("TUR", "support", "a federal solution")),
    ],
)
def test_verbs_name_a_position(text: str, expected: tuple[str, str, str]) -> None:
    assert taken(text) == [expected]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Kennedy pledged that the United States would not invade Cuba.", None),
        ("Norway promised Sudan that its navy would clear the port.", "SDN"),
        ("Norway demanded that Sudan clear the port.", "SDN"),
    ],
)
def test_who_is_to_keep_a_promise_is_not_whom_it_is_made_to(text: str, to: str | None) -> None:
    assert positions(text)[0].of == to


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aliyev's demand that Armenia change its constitution was rejected.",
            ("person:ilham-aliyev", "demand", "Armenia change its constitution"),
        ),
        ("The envoy recalled Kenya's readiness to mediate.", ("KEN", "offer", "mediate")),
        ("Norway renewed its offer to host the talks.", ("NOR", "offer", "host the talks")),
        ("Spain repeated its opposition to the fence.", ("ESP", "oppose", "the fence")),
        ("Nobody expected Armenia's refusal to cede the corridor.", ("ARM", "refuse", "cede the corridor")),
        (
            "The envoy explained Iran's conditions for a return to the talks.",
            ("IRN", "condition", "a return to the talks"),
        ),
    ],
)
def test_nouns_name_a_position(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in taken(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Egypt demanded a halt to the filling of the reservoir.", "a halt to the filling of the reservoir"),
        ("Oman proposed a truce in Sudan.", "a truce in Sudan"),
        ("Oman proposed a truce in a letter.", "a truce"),
        ("Oman proposed a truce in October.", "a truce"),
    ],
)
def test_what_completes_the_noun_belongs_to_it_wherever_the_parse_hangs_it(text: str, what: str) -> None:
    assert [position.what.text for position in positions(text)] == [what]


@pytest.mark.parametrize(
    ("text", "whats"),
    [
        ("Peru rejected any treaty that left out its fishermen.", ["any treaty that left out its fishermen"]),
        ("Peru rejected the treaty that Chile had drafted.", ["the treaty"]),
        ("Peru called for the ban to be lifted.", ["the ban to be lifted"]),
        ("Peru called for Chile to leave.", ["leave"]),
        ("Peru demanded an apology or compensation.", ["an apology or compensation"]),
        ("Peru demanded an apology and compensation.", ["an apology", "compensation"]),
        ("Chile spoke of a dam, which Peru has vowed to prevent.", ["a dam, which Peru has vowed to prevent"]),
        ("Chile spoke of the day on which Peru promised to help.", ["help"]),
        ("Peru renewed its readiness to host talks.", ["host talks"]),
    ],
)
def test_what_is_wanted_is_not_cut_down_to_something_else(text: str, whats: list[str]) -> None:
    assert [position.what.text for position in positions(text)] == whats


def test_what_a_relative_pronoun_stands_for_is_what_is_wanted() -> None:
    assert taken("Chile offered a swap, which Peru rejected.") == [
        ("CHL", "offer", "a swap"),
        ("PER", "refuse", "a swap"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya is against the new dam.", ("KEN", "oppose", "the new dam")),
        ("Kenya is strongly in favour of the new dam.", ("KEN", "support", "the new dam")),
        ("Kenya was not in favor of the new dam.", ("KEN", "oppose", "the new dam")),
        ("Kenya saw no need for a new dam.", ("KEN", "oppose", "a new dam")),
        ("Kenya does not see any reason to build the dam.", ("KEN", "refuse", "build the dam")),
        ("A new dam is out of the question, Kenya said.", ("KEN", "refuse", "A new dam")),
        ("Kenya has no intention of selling the dam.", ("KEN", "refuse", "selling the dam")),
        ("Kenya does not have any plans for a dam.", ("KEN", "refuse", "a dam")),
        ("Kenya does not intend to build the dam.", ("KEN", "refuse", "build the dam")),
        ("Kenya wants the dam demolished.", ("KEN", "demand", "the dam demolished")),
        ("Kenya wants to see the dam demolished.", ("KEN", "demand", "the dam demolished")),
        ("Kenya would like Uganda to demolish the dam.", ("KEN", "demand", "demolish the dam")),
        ("Kenya would welcome a new dam.", ("KEN", "support", "a new dam")),
        ("Kenya is pushing for talks.", ("KEN", "demand", "talks")),
        ("Kenya rejected the idea of talks.", ("KEN", "refuse", "talks")),
        ("Kenya resisted a proposal of Uganda.", ("KEN", "refuse", "a proposal of Uganda")),
        ("Kenya warned against the new dam.", ("KEN", "oppose", "the new dam")),
        ("Kenya came out in favour of the new dam.", ("KEN", "support", "the new dam")),
        ("Kenya is dead set against the plan.", ("KEN", "oppose", "the plan")),
        ("Kenya would oppose a new dam, President Ruto said.", ("KEN", "oppose", "a new dam")),
        ("Kenya needs helicopters, President Ruto said.", ("KEN", "demand", "helicopters")),
    ],
)
def test_what_is_said_of_an_actor_or_a_thing_takes_a_position(text: str, expected: tuple[str, str, str]) -> None:
    assert taken(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya is not against the new dam.",
        "Kenya saw no reason to believe the report.",
        "Kenya saw a need for reform.",
        "The odds are against a new dam.",
        "A new dam is not out of the question, Kenya said.",
        "Kenya may be against the new dam.",
        "Kenya has a plan to build the dam.",
        "Kenya has no wish to know the cost of the dam.",
        "Kenya had not planned to build the dam.",
        "Kenya declined to rule out a new dam.",
        "Kenya will not stand in the way of the dam, its president said.",
        "Kenya has no plans to object to the dam.",
        "Kenya has not endorsed the dam.",
        "Kenya is not yet ready to build the dam.",
        "Kenya wants to see the dam.",
        "Kenya would like to see the dam.",
        "Kenya likes Uganda to be quiet.",
        "Would Kenya welcome a new dam?",
        "Analysts said Kenya would welcome a new dam.",
        "Kenya rejected the idea that the dam was weak.",
        "Kenya needs helicopters.",
        "Kenya did not vote in favour of the dam.",
        "Togo and Mali were the only members of the African Union to vote against the dam.",
        "The odds would welcome nobody.",
        "A Kenyan, who insisted on anonymity, spoke of the dam.",
    ],
)
def test_what_is_said_of_an_actor_may_take_none(text: str) -> None:
    assert taken(text) == []


def test_what_has_helpers_of_its_own_is_negated_by_itself() -> None:
    text = "Kenya will not open the border and will release the crew, President William Ruto said."
    assert [act for _, act, _ in taken(text)] == ["refuse", "promise"]


def test_a_minister_of_no_stated_country_tells_what_a_state_will_not_do() -> None:
    assert taken("India will not join the embargo, Finance Minister Arvind Desai said.") == [
        ("IND", "refuse", "join the embargo")
    ]


def test_coordinated_demands_are_two() -> None:
    assert taken("Egypt urged Israel to free the crew and lift the blockade.") == [
        ("EGY", "demand", "free the crew"),
        ("EGY", "demand", "lift the blockade"),
    ]


def test_a_demand_knows_of_whom_and_by_when() -> None:
    (demand,) = positions("Mali's government demanded in October that French soldiers leave Gao by January.")
    assert (demand.actor, demand.of) == ("org:government-of-mali", "FRA")
    assert demand.what.text == "French soldiers leave Gao"
    assert (demand.date, demand.due) == ("2024-10", "2025-01")


@pytest.mark.parametrize(
    ("text", "act", "of", "what"),
    [
        ("Chad offered Sudan a truce.", "offer", "SDN", "a truce"),
        ("Chad offered Sudan help.", "offer", "SDN", "help"),
        ("Qatar proposed a meeting with Bahrain.", "offer", "BHR", "a meeting with Bahrain"),
        ("Cyprus is open to talks with Turkey.", "offer", "TUR", "talks with Turkey"),
        ("Kenya is ready to hold talks with Somalia.", "offer", "SOM", "hold talks with Somalia"),
        ("Thailand requested an apology from Cambodia.", "demand", "KHM", "an apology"),
        ("Japan demanded the release of a sailor from China.", "demand", "CHN", "the release of a sailor"),
        ("Japan demanded the release from China.", "demand", "CHN", "the release"),
        ("Fiji wants guarantees from Tonga.", "demand", "TON", "guarantees"),
        ("Spain called for new elections in Venezuela.", "demand", "VEN", "new elections in Venezuela"),
        ("Egypt demanded Israel's withdrawal from Gaza.", "demand", "ISR", "Israel's withdrawal from Gaza"),
        ("Togo urged an end to attacks by Benin.", "demand", "BEN", "an end to attacks by Benin"),
        ("Bolivia called for Chile to open its ports.", "demand", "CHL", "open its ports"),
        ("Bolivia renewed its call for Chile to open its ports.", "demand", "CHL", "open its ports"),
        ("Japan repeated its call on Russia to return the islands.", "demand", "RUS", "return the islands"),
        ("Poland renewed its demand that Germany pay reparations.", "demand", "DEU", "Germany pay reparations"),
    ],
)
def test_of_whom_it_is_wanted_or_to_whom_offered(text: str, act: str, of: str, what: str) -> None:
    (position,) = positions(text)
    assert (position.act, position.of, position.what.text) == (act, of, what)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Egypt demanded the withdrawal of French troops from Gaza.", "FRA"),
        ("Egypt demanded an end to imports from China.", None),
        ("Egypt demanded the expulsion of the diplomats from China.", None),
        ("Egypt demanded a halt to the strikes in Yemen.", None),
        ("Italy offered a regiment and fighter jets.", None),
    ],
)
def test_what_else_stands_there_is_not_of_whom(text: str, of: str | None) -> None:
    (position,) = positions(text)
    assert position.of == of


@pytest.mark.parametrize(
    ("text", "actor", "what", "condition"),
    [
        ("The resumption of talks hinges on a truce, Oman said.", "OMN", "The resumption of talks", "a truce"),
        ("A return to the talks hinges on a truce, Oman said.", "OMN", "A return to the talks", "a truce"),
        ("A truce is conditional on the release of the crew, Oman said.", "OMN", "A truce", "the release of the crew"),
        ("Iran made talks contingent on the lifting of sanctions.", "IRN", "talks", "the lifting of sanctions"),
        ("India made talks conditional on a truce.", "IND", "talks", "a truce"),
        ("Iran's condition for talks is a truce.", "IRN", "talks", "a truce"),
    ],
)
def test_one_thing_is_made_to_depend_on_another(text: str, actor: str, what: str, condition: str) -> None:
    (position,) = positions(text)
    assert (position.actor, position.act, position.what.text) == (actor, "condition", what)
    assert position.condition is not None
    assert position.condition.text == condition


def test_a_refusal_that_angers_somebody_is_one() -> None:
    assert taken("Moldova's refusal to recognise the vote angered Russia.") == [("MDA", "refuse", "recognise the vote")]


def test_to_whom_it_is_to_be_done_is_not_of_whom_it_is_wanted() -> None:
    for text in ("Oman wants Iraq to be readmitted to the league.", "Oman demanded that Iraq be readmitted."):
        (demand,) = positions(text)
        assert demand.of is None
        assert demand.what.text.startswith("Iraq")


def test_each_of_two_takes_a_position_in_a_statement_of_its_own() -> None:
    (reading,) = read_documents([Document(id="d", language="en", text="Oman and Iraq oppose the new league.")])
    told = {statement.id: statement.source for statement in reading.statements}
    for position in reading.positions:
        source = told[position.statement or ""]
        assert source is not None
        assert source.actor == position.actor
    assert len(reading.positions) == 2


def test_a_demand_that_is_kept_up_is_one() -> None:
    assert ("TCD", "demand", "an apology") in taken("Chad refused to drop its demand for an apology.")


def test_support_is_thrown_behind_something() -> None:
    assert taken("Kenya threw its support behind the plan.") == [("KEN", "support", "the plan")]


def test_a_length_of_time_runs_from_the_day_of_the_words() -> None:
    (demand,) = positions("On Monday, Egypt urged Israel to lift the blockade within 48 hours.")
    assert demand.due == "2024-11-04/2024-11-06"


def test_a_length_of_time_under_a_condition_is_no_date() -> None:
    (promise,) = positions("Norway promised to open a port within 48 hours if the siege ends.")
    assert promise.due is None
    assert promise.condition is not None
    assert promise.condition.text == "if the siege ends"


@pytest.mark.parametrize(
    ("text", "act", "what", "condition"),
    [
        (
            "Iran would join the talks only if Oman attended, the Iranian foreign minister said.",
            "condition",
            "join the talks",
            "only if Oman attended",
        ),
        ("Iran promised to free the crew unless talks fail.", "promise", "free the crew", "unless talks fail"),
        (
            "Britain promised to honour the deal provided that checks were eased.",
            "promise",
            "honour the deal",
            "provided that checks were eased",
        ),
        (
            "Ethiopia promised to restore services in exchange for disarmament.",
            "promise",
            "restore services",
            "in exchange for disarmament",
        ),
        (
            "Chad was willing to sign a treaty with Niger provided that its border was recognised, he told reporters.",
            "offer",
            "sign a treaty with Niger",
            "provided that its border was recognised",
        ),
        ("Chad would be willing to host talks should Niger so ask.", "offer", "host talks", "should Niger so ask"),
        ("Chad is prepared to back a truce if the raids end.", "offer", "back a truce", "if the raids end"),
        ("Chad's readiness to meet depends on a truce.", "offer", "meet", "a truce"),
        ("Chad will oppose the force unless Niger agrees.", "oppose", "the force", "unless Niger agrees"),
    ],
)
def test_a_condition_stands_apart_from_what_is_wanted(text: str, act: str, what: str, condition: str) -> None:
    (position,) = positions(text)
    assert (position.act, position.what.text) == (act, what)
    assert position.condition is not None
    assert position.condition.text == condition


def test_what_is_said_in_the_first_person_is_the_speakers() -> None:
    found = taken("“We are ready to meet, but we will never give up our ships,” President Erdogan said.")
    assert found == [
        ("person:recep-tayyip-erdogan", "offer", "meet"),
        ("person:recep-tayyip-erdogan", "refuse", "give up our ships"),
    ]


def test_what_others_must_do_is_a_demand_of_the_speaker() -> None:
    (demand,) = positions("“Russia must withdraw its troops,” President Zelensky said.")
    assert (demand.act, demand.of, demand.what.text) == ("demand", "RUS", "withdraw its troops")


def test_a_rejection_leaves_the_demand_in_place() -> None:
    assert ("AZE", "demand", "an enclave") in taken("Armenia rejected Azerbaijan's demand for an enclave.")


def test_a_negated_promise_is_a_refusal() -> None:
    assert taken("Iran did not agree to free the crew.") == [("IRN", "refuse", "free the crew")]
    assert taken("Kenya is not ready to mediate.") == [("KEN", "refuse", "mediate")]


def test_a_promise_not_to_do_something_keeps_its_negation() -> None:
    assert taken("Iran promised not to block the strait.") == [("IRN", "promise", "not to block the strait")]


def test_one_position_taken_twice_is_one() -> None:
    (demand,) = positions("Egypt demanded the return of the Sinai. On Monday, Egypt demanded the return of the Sinai.")
    assert demand.date == "2024-11-04"


@pytest.mark.parametrize(
    "text",
    [
        "Iran did not demand an apology.",
        "Iran denied that it had demanded an apology.",
        "Iran may demand an apology.",
        "Did Iran demand an apology?",
        "Analysts believe that Iran wants Iraq to pay.",
        "Experts said Iran wanted Iraq to pay.",
        "Israel said Iran had promised to arm the rebels.",
        "Iran wants to leave.",
        "Russia rejected the allegation.",
        "A pundit offered an analysis of the vote.",
        "Iran insisted that the ship was empty.",
        "Whoever supports the plan should say so.",
        "Macron called Merkel on Friday to discuss the budget.",
        "Kenya rejected the result as false.",
        "Israel agreed that the region should see more trade.",
        "Chad said it would suspend its aid if Niger armed the rebels.",
        "Chad has dropped its demand for an apology.",
        "Chad ended its support for the rebels.",
        "Chad declined to comment on the raid.",
    ],
)
def test_what_nobody_lets_be_known_is_no_position(text: str) -> None:
    assert positions(text) == []


def test_an_apposition_may_be_what_is_supported() -> None:
    (position,) = positions("The Tuareg Front, an independence movement backed by Algeria, ambushed a column.")
    assert (position.act, position.what.text) == ("support", "an independence movement")


_DEMANDS = st.sampled_from(
    [
        "Egypt demanded that Israel return the Sinai",
        "Norway promised to host the talks",
        "Iran refused to free the crew",
    ]
)
_DOUBTS = st.sampled_from(
    ["Oman denied that {}.", "Analysts doubt that {}.", "It is not true that {}.", "Oman asked whether {}."]
)


@given(_DEMANDS, _DOUBTS)
@settings(max_examples=12)
def test_no_position_survives_a_denial_or_a_doubt(demand: str, doubt: str) -> None:
    assert positions(doubt.format(demand)) == []


@given(st.lists(_DEMANDS, min_size=1, max_size=4), st.booleans())
@settings(max_examples=20)
def test_spans_say_what_they_claim_and_ids_are_unique(demands: list[str], quoted: bool) -> None:
    text = " ".join(f"“{demand}.”" if quoted else f"{demand}." for demand in demands)
    found = positions(text)
    assert found == positions(text)
    assert len({p.id for p in found}) == len(found)
    for position in found:
        for span in (position.what, *([position.condition] if position.condition is not None else [])):
            assert text[span.start : span.end] == span.text
        assert position.evidence.start <= position.what.start < position.what.end <= position.evidence.end


@pytest.mark.parametrize(
    "text",
    [
        "Uganda agreed to pull out its marines by Tuesday.",
        "Uganda agreed to pull out its marines by Tuesday, and Kenya agreed to lift the blockade.",
        "Kenya urged Uganda to pull out its marines by Tuesday.",
    ],
)
def test_a_deadline_is_of_what_is_agreed_or_urged_and_lies_ahead(text: str) -> None:
    assert positions(text)[0].due == "2024-11-12"
