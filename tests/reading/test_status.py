"""Whether it happened: status, on whose word, and who denies it. The sentences are made up for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading import status
from detente.reading.reader import read_documents
from detente.records import Document, Event, Reading, Status


def reading(text: str) -> Reading:
    return next(read_documents([Document(id="d", language="en", text=text, published="2024-06-14")]))


def of(text: str, event_type: str) -> list[Status]:
    """The statuses of the events of a type, in the order of their triggers."""
    return [event.status for event in reading(text).events if event.type == event_type]


def one(text: str, event_type: str) -> Event:
    (event,) = [event for event in reading(text).events if event.type == event_type]
    return event


@pytest.mark.parametrize(
    ("text", "event_type", "expected"),
    [
        # asserted
        ("Turkish jets bombed a camp in Iraq.", "ASSAULT", "actual"),
        ("Police said they had arrested five men from Ghana.", "COERCE", "actual"),
        ("Peru acknowledged that its troops had killed two farmers.", "ASSAULT", "actual"),
        ("The rebels claimed responsibility for the attack on Bamako.", "ASSAULT", "actual"),
        ("Rebels began shelling Ethiopian villages.", "ASSAULT", "actual"),
        ("Gabon managed to sign the treaty with Togo.", "SUPPORT", "actual"),
        ("After attacking Chad, the rebels fled.", "ASSAULT", "actual"),
        ("Malta did not comment on the arrest of two Libyans.", "COERCE", "actual"),
        ("Saudi Arabia, which bombed Yemen in 2015, may send envoys.", "ASSAULT", "actual"),
        ("Oslo condemned the killing of three Syrians.", "ASSAULT", "actual"),
        ("Cyprus demanded an end to the blockade of Qatar.", "COERCE", "actual"),
        ("The president of Haiti survived an attempted assassination.", "ASSAULT", "actual"),
        # negated
        ("Spain did not recognise Kosovo.", "SUPPORT", "negated"),
        ("Russia refused to withdraw its troops from Moldova.", "RETREAT", "negated"),
        ("Lebanon has yet to sign the treaty with Israel.", "SUPPORT", "negated"),
        ("Brazil failed to reach an agreement with Bolivia.", "SUPPORT", "negated"),
        ("Talks between Armenia and Azerbaijan failed on Tuesday.", "CONSULT", "negated"),
        ("A meeting between Serbia and Kosovo was cancelled.", "CONSULT", "negated"),
        ("Ankara ruled out talks with Syria.", "CONSULT", "negated"),
        ("Nobody attacked Djibouti.", "ASSAULT", "negated"),
        ("Without attacking Iran, Israel sent envoys to Cyprus.", "ASSAULT", "negated"),
        ("Russia said it would not attack Poland.", "ASSAULT", "negated"),
        # denied
        ("Rwanda denied attacking Congolese villages.", "ASSAULT", "denied"),
        ("Eritrea rejected the allegation that it had shelled Ethiopian villages.", "ASSAULT", "denied"),
        ("Poland dismissed claims that it had threatened Belarus.", "THREATEN", "denied"),
        ("Kenya rejected allegations of an attack on Somalia.", "ASSAULT", "denied"),
        ("Kenya said no Kenyan unit had fired on the boat.", "ASSAULT", "denied"),
        ("Mali has repeatedly denied that it arms Tuaregs.", "AID", "denied"),
        ("Ethiopia accused Eritrea of shelling its villages, which Eritrea denies.", "ASSAULT", "denied"),
        ("Chad accused Libya of arming Sudan, an accusation that Libya rejects.", "AID", "denied"),
        # alleged
        ("Togo accused Benin of violating its airspace and of freeing Ghanaian rebels.", "RETREAT", "alleged"),
        ("Togo said that Beninese guards had opened fire.", "ASSAULT", "alleged"),
        ("Serbia commented on a report that Peru had attacked Chile.", "ASSAULT", "alleged"),
        ("Ethiopia accused Eritrea of shelling its villages.", "ASSAULT", "alleged"),
        ("Iran was accused of interfering in the affairs of Iraq.", "COERCE", "alleged"),
        ("The army reportedly killed three journalists.", "ASSAULT", "alleged"),
        ("The alleged attack on Niger alarmed France.", "ASSAULT", "alleged"),
        ("Russia claimed that Ukraine had attacked Kursk.", "ASSAULT", "alleged"),
        ("Azerbaijan is believed to have attacked Armenia.", "ASSAULT", "alleged"),
        # a party to a conflict on the other, and on its own gains
        ("Ukraine said Russia had bombed a hospital in Odesa.", "ASSAULT", "alleged"),
        ("Ukraine said its forces had destroyed a Russian base.", "ASSAULT", "alleged"),
        # wanted of others, offered, promised, threatened, planned
        ("Egypt called for a cease-fire in Sudan.", "RETREAT", "demanded"),
        ("Algeria urged Morocco to release the prisoners.", "RETREAT", "demanded"),
        ("Chad must release the activists, Amnesty International said.", "RETREAT", "demanded"),
        ("Norway pledged assistance to Ukraine.", "AID", "promised"),
        ("Turkey offered to mediate between Ukraine and Russia.", "CONSULT", "offered"),
        ("Washington threatened to impose sanctions on Iran.", "SANCTION", "threatened"),
        ("Peru plans to expel the ambassador of Venezuela.", "SANCTION", "planned"),
        ("France will withdraw its soldiers from Niger.", "RETREAT", "planned"),
        ("Cuba will attack Jamaica, Cuba said.", "ASSAULT", "threatened"),
        # not known, or only under a condition
        ("The president of Kenya may meet the president of Uganda next week.", "CONSULT", "hypothetical"),
        ("Would Russia attack Finland?", "ASSAULT", "hypothetical"),
        ("Analysts fear that China could invade Taiwan.", "ASSAULT", "hypothetical"),
        ("Experts expect that Iran will attack Israel.", "ASSAULT", "hypothetical"),
        ("The possibility of a war between India and China is small.", "ASSAULT", "hypothetical"),
        ("Nicaragua would have invaded Honduras.", "ASSAULT", "hypothetical"),
        ("Russia did not rule out striking Poland.", "ASSAULT", "hypothetical"),
        ("If Russia attacks Estonia, prices will rise.", "ASSAULT", "conditional"),
        ("Unless Serbia withdraws, NATO will bomb Belgrade.", "ASSAULT", "threatened"),
        ("In the event of an attack on Malta, Italy will act.", "ASSAULT", "conditional"),
        # announced by its own doer, and held back
        ("Norway warned that it would impose sanctions if Iran attacked Oman.", "THREATEN", "actual"),
        ("Norway warned that it would impose sanctions if Iran attacked Oman.", "SANCTION", "threatened"),
        ("Norway warned that Iran would attack Oman.", "ASSAULT", "hypothetical"),
        ("Chile will reopen the border only after a treaty is signed.", "CONCEDE", "conditional"),
        ("Chile said it would lift the sanctions only if Peru withdrew.", "CONCEDE", "conditional"),
        ("Chile would reopen its border with Peru once the army left.", "CONCEDE", "conditional"),
        ("Cuba and Haiti agreed not to deploy troops.", "MOBILIZE", "negated"),
        ("Cuba promised not to attack Haiti.", "ASSAULT", "negated"),
        ("Cuba vowed never to attack Haiti.", "AGREE", "actual"),
        ("Cuba and Haiti signed a pact not to attack Peru.", "ASSAULT", "negated"),
        ("Japan said Chinese ships had fired on fishermen.", "ASSAULT", "alleged"),
        ("The Philippines warned China against seizing the reef.", "COERCE", "hypothetical"),
        ("Spain reaffirmed that it would trigger the return of sanctions on Cuba.", "SANCTION", "hypothetical"),
        ("Cuba reaffirmed that the treaty covers attacks on Jamaican vessels.", "ASSAULT", "hypothetical"),
        # still to come, or only talked about
        ("The embassies will open after the first Libyan withdrawal from Chad.", "RETREAT", "conditional"),
        ("The embassies will close after the Libyan attack on Chad.", "ASSAULT", "actual"),
        ("Ghana discussed the release of two pilots with Togo.", "RETREAT", "hypothetical"),
        ("Ghana refused to talk about the arrest of two Togolese generals.", "COERCE", "negated"),
        # a demand that is made again tells nothing by itself
        ("The president of Ghana repeated the demand that Togo leave the land it occupied.", "COERCE", "actual"),
        # nobody is charged with having agreed
        ("The president of Ghana said that Ghana and Togo had not come to an agreement.", "SUPPORT", "negated"),
        ("Togo said that it had never promised to leave.", "AGREE", "negated"),
        ("Togo said that it had never occupied the valley.", "COERCE", "denied"),
        # nested twice
        ("Ethiopia denied that it had threatened to attack Sudan.", "ASSAULT", "denied"),
        ("Ethiopia denied that it had threatened to attack Sudan.", "THREATEN", "denied"),
        ("France may demand that Togo release the prisoners.", "RETREAT", "hypothetical"),
        ("Mali denied that it had refused to release the prisoners.", "RETREAT", "hypothetical"),
        ("If Iran threatens to attack Iraq, Oman will mediate.", "ASSAULT", "conditional"),
        ("Yemen accused Oman of threatening to attack Aden.", "ASSAULT", "threatened"),
    ],
)
def test_the_words_around_a_deed_decide_whether_it_happened(text: str, event_type: str, expected: Status) -> None:
    assert expected in of(text, event_type)
    if expected != "actual":
        assert "actual" not in of(text, event_type)


@pytest.mark.parametrize(
    ("text", "event_type", "expected"),
    [
        # conditions by phrase, mark, inversion and time
        ("In the event that Turkey attacks Cyprus, Greece would recall its envoy.", "ASSAULT", "conditional"),
        ("In case of an attack on Togo, Ghana will act.", "ASSAULT", "conditional"),
        ("Prices will rise if, and only if, Iran attacks Oman.", "ASSAULT", "conditional"),
        ("Fees will be paid so long as Mauritius and Togo cooperate.", "COOPERATE", "conditional"),
        ("The ships would be freed, provided that Chile attacked Peru.", "ASSAULT", "conditional"),
        ("The pact obliges Norway to help if Russia attacks Finland.", "ASSAULT", "conditional"),
        ("The moment Iran attacks Oman, prices will double.", "ASSAULT", "conditional"),
        ("What happens when China invades Taiwan?", "ASSAULT", "conditional"),
        ("Peru threatened to bomb Chile unless it releases the pilot.", "THREATEN", "actual"),
        ("Peru threatened to bomb Chile unless it releases the pilot.", "ASSAULT", "threatened"),
        # whether it is said or not
        ("The minister of Kenya did not say whether Kenya would close the border.", "COERCE", "hypothetical"),
        ("Peru declined to say if it had bombed Chile.", "ASSAULT", "hypothetical"),
        ("Nothing suggests that Cyprus attacked Malta.", "ASSAULT", "hypothetical"),
        ("Turkish commandos might not have attacked Greece.", "ASSAULT", "hypothetical"),
        ("Nobody doubts that Chile bombed Peru.", "ASSAULT", "actual"),
        ("Police neither confirmed nor denied that they had bombed a village in Mali.", "ASSAULT", "hypothetical"),
        # what is called untrue, wherever the word for it stands
        ("Benin described as baseless a report that it had shelled Togo.", "ASSAULT", "denied"),
        ("Benin dismissed as untrue claims that its soldiers had shelled Togo.", "ASSAULT", "denied"),
        ("The report that Uganda had bombed Kenya was false, Uganda said.", "ASSAULT", "denied"),
        ("There is no truth in the claim that Uganda bombed Kenya.", "ASSAULT", "denied"),
        ("Benin maintained that none of its soldiers shelled Togo.", "ASSAULT", "denied"),
        ("A court acquitted two Danes of attacking Norway.", "ASSAULT", "denied"),
        ("The general of Liberia pleaded not guilty to attacking Ghana.", "ASSAULT", "denied"),
        # a rumour, a trial and an inquiry vouch for nothing
        ("A rumour that Chile had bombed Peru spread.", "ASSAULT", "alleged"),
        ("Two Gambian generals went on trial for attacking Ghana.", "ASSAULT", "alleged"),
        ("Kenya wants an inquiry into reports that Uganda attacked Somalia.", "ASSAULT", "alleged"),
        # brought about, kept, broken, called off
        ("Beninese soldiers helped Togo to bomb Ghana.", "ASSAULT", "actual"),
        ("Peru persuaded Chile to withdraw its troops from Bolivia.", "RETREAT", "actual"),
        ("Peru kept its promise to release the pilot of Chile.", "RETREAT", "actual"),
        ("Peru broke its promise to release the pilot of Chile.", "RETREAT", "negated"),
        ("Peru did not act on its threat to bomb Chile.", "ASSAULT", "negated"),
        ("Peru carried out its threat to bomb Chile.", "ASSAULT", "actual"),
        ("If Peru keeps its promise to release the pilot, Chile will apologise.", "RETREAT", "conditional"),
        ("Far from attacking Chile, Peru sent envoys.", "ASSAULT", "negated"),
        ("Nothing kept Peru from attacking Chile.", "ASSAULT", "actual"),
        ("A planned meeting between Serbia and Kosovo worried Bosnia.", "CONSULT", "planned"),
        ("A Peruvian attack planned for Monday worried Chile.", "ASSAULT", "planned"),
        ("Peru is about to bomb Chile.", "ASSAULT", "planned"),
        # wanted
        ('"Withdraw your troops from Moldova tonight," the president of Moldova told Russia.', "RETREAT", "demanded"),
        ('"Please release the pilot of Chile," the president of Chile wrote to Peru.', "RETREAT", "demanded"),
        ("When will Peru release the pilot, as Chile has demanded?", "RETREAT", "demanded"),
        ("Peru was told by Chile that it ought to release the pilot.", "RETREAT", "demanded"),
        ("It is essential that Rwanda withdraw its troops from Congo, France said.", "RETREAT", "demanded"),
        ("Mali gave French soldiers three weeks to leave the town of Gao.", "RETREAT", "demanded"),
        ("Peru urged Mali to free the journalists and lift the curfew.", "CONCEDE", "demanded"),
    ],
)
def test_constructions_around_a_deed_decide_whether_it_happened(text: str, event_type: str, expected: Status) -> None:
    assert of(text, event_type) == [expected]


def test_a_promise_told_by_its_own_word_is_told_once() -> None:
    assert of("Benin promised that it would send food to Togo.", "AGREE") == ["actual"]


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Benin allegedly shelled Togo.", [(None, "alleges")]),
        ("Benin will bomb Togo, Benin said.", []),
        ("The report that Uganda had bombed Kenya was false, Uganda said.", [(None, "alleges"), ("UGA", "denies")]),
    ],
)
def test_only_who_vouches_for_a_deed_or_denies_it_has_a_stance(
    text: str, stances: list[tuple[str | None, str]]
) -> None:
    assert [(stance.actor, stance.stance) for stance in one(text, "ASSAULT").stances] == stances


def test_a_denied_allegation_is_one_event_with_the_denial_as_a_stance() -> None:
    event = one("Rwanda denied attacking Congolese villages.", "ASSAULT")
    assert [(stance.actor, stance.stance) for stance in event.stances] == [("RWA", "denies")]
    assert event.stances[0].statement is not None


def test_an_allegation_and_its_denial_are_two_stances() -> None:
    event = one("Rwanda denied allegations by Burundi that it attacked Congolese villages.", "ASSAULT")
    assert event.status == "denied"
    assert ("RWA", "denies") in [(stance.actor, stance.stance) for stance in event.stances]


def test_a_denial_in_the_next_sentence_answers_the_allegation() -> None:
    event = one("Ethiopia accused Eritrean soldiers of shelling villages. Eritrea denied the accusation.", "ASSAULT")
    assert event.status == "denied"
    assert [(s.actor, s.stance, s.statement is not None) for s in event.stances] == [
        ("ETH", "alleges", True),
        ("ERI", "denies", True),
    ]


@pytest.mark.parametrize(
    "denial",
    [
        "Eritrea denied that.",
        "Eritrea has denied it.",
        "Eritrea dismissed the claim.",
        "Eritrea called the accusation baseless.",
        "Eritrea denied involvement.",
        "Eritrea called the charge a fabrication.",
        "Eritrea said that the charge was invented.",
        "Eritrea denied it and blamed Somalia.",
        "Eritrea rejected this.",
        "Nothing of the kind had happened, Eritrea replied.",
    ],
)
def test_a_denial_may_point_back_by_a_pronoun_or_a_noun_and_is_no_rejection(denial: str) -> None:
    text = f"Ethiopia accused Eritrea of attacking Sudan. {denial}"
    assert of(text, "ASSAULT") == ["denied"]
    assert of(text, "REJECT") == []


@pytest.mark.parametrize(
    "denial",
    [
        "; Eritrea called the charge a fabrication.",
        ", but Eritrea denied it and blamed Somalia.",
        ", an accusation that Eritrea denies.",
        ", something that Eritrea denies.",
    ],
)
def test_the_accused_may_deny_in_the_same_sentence(denial: str) -> None:
    assert of(f"Ethiopia accused Eritrea of attacking Sudan{denial}", "ASSAULT") == ["denied"]


@pytest.mark.parametrize(
    "text",
    [
        "Ethiopia accused Eritrea of attacking Sudan. Kenya denied the accusation.",
        "Ethiopia accused Eritrea of attacking Sudan. Eritrea did not deny the accusation.",
        "Ethiopia accused Eritrea of attacking Sudan. Oman accused Eritrea of bad faith. Eritrea denied the charge.",
        "Ethiopia accused Eritrea of attacking Sudan. Eritrea denied the visa.",
    ],
)
def test_who_is_not_accused_or_denies_something_else_leaves_the_allegation(text: str) -> None:
    assert of(text, "ASSAULT") == ["alleged"]


def test_who_says_that_nothing_happened_alleges_nothing() -> None:
    event = one("Norway said that Iran had not attacked Oman.", "ASSAULT")
    assert event.status == "negated"
    assert event.stances == ()


def test_a_deed_told_by_a_source_names_the_statement() -> None:
    read = reading("Turkish jets bombed a camp in Iraq, Baghdad said.")
    (event,) = [event for event in read.events if event.type == "ASSAULT"]
    assert event.reported_by in {statement.id for statement in read.statements}
    assert [(stance.actor, stance.statement) for stance in event.stances] == [("IRQ", event.reported_by)]


def test_who_reports_a_deed_as_a_fact_asserts_it() -> None:
    event = one("Police arrested two Libyans in Malta, Norway said.", "COERCE")
    assert event.status == "actual"
    assert [(stance.actor, stance.stance) for stance in event.stances] == [("NOR", "asserts")]


def test_a_deed_that_the_newspaper_tells_has_no_reporter() -> None:
    assert one("Turkish jets bombed a camp in Iraq.", "ASSAULT").reported_by is None


def test_composing_statuses_never_makes_a_fact_of_what_is_none() -> None:
    every: list[Status] = [
        "alleged",
        "denied",
        "negated",
        "planned",
        "promised",
        "offered",
        "demanded",
        "threatened",
        "conditional",
        "hypothetical",
    ]
    for inner in every:
        assert status.compose("actual", inner) == inner
        for outer in every:
            assert status.compose(outer, inner) != "actual"


def test_a_denied_denial_tells_nothing() -> None:
    assert status.compose("negated", "denied") == "hypothetical"
    assert of("Rwanda did not deny attacking Congolese villages.", "ASSAULT") == ["hypothetical"]


_DEEDS = {
    ("attack", "attacked", "attacked"): ("ASSAULT", "{}"),
    ("invade", "invaded", "invaded"): ("ASSAULT", "{}"),
    ("impose", "imposed", "imposed"): ("SANCTION", "sanctions on {}"),
    ("provide", "provided", "provided"): ("AID", "aid to {}"),
    ("hold", "held", "held"): ("CONSULT", "talks with {}"),
    ("withdraw", "withdrew", "withdrawn"): ("RETREAT", "troops from {}"),
    ("arrest", "arrested", "arrested"): ("COERCE", "dozens of activists in {}"),
    ("sign", "signed", "signed"): ("SUPPORT", "a treaty with {}"),
    ("share", "shared", "shared"): ("COOPERATE", "intelligence with {}"),
    ("condemn", "condemned", "condemned"): ("ACCUSE", "{}"),
    ("boycott", "boycotted", "boycotted"): ("PROTEST", "{}"),
}

_WRAPPINGS = [
    "France denied that {who} {past} {what}.",
    "France denied that {who} had {done} {what}.",
    "France rejected the allegation that {who} {past} {what}.",
    "France dismissed claims that {who} had {done} {what}.",
    "The report that {who} {past} {what} was denied by France.",
    "France denied that Spain had demanded that {who} {do} {what}.",
    "France denied that {who} had threatened to {do} {what}.",
    "France demanded that {who} {do} {what}.",
    "France urged {who} to {do} {what}.",
    "France called on {who} to {do} {what}.",
    "France insisted that {who} should {do} {what}.",
    "France may demand that {who} {do} {what}.",
    "If France demands that {who} {do} {what}, Spain will help.",
    "If {who} {do}s {what}, prices will rise.",
    "Unless {who} {do}s {what}, prices will rise.",
    "Prices would rise if {who} {past} {what}.",
    "Should {who} {do} {what}, prices would rise.",
    "Did {who} {do} {what}?",
    "{who} may {do} {what}.",
    "{who} could {do} {what}, analysts said.",
    "It is possible that {who} {past} {what}.",
    "Analysts fear that {who} will {do} {what}.",
    "Experts suggested that {who} might {do} {what}.",
    "Perhaps {who} {past} {what}.",
    "France wondered whether {who} had {done} {what}.",
    "{who} is likely to {do} {what}.",
    "In the event that {who} {past} {what}, prices would rise.",
    "Prices will rise on condition that {who} {do}s {what}.",
    "Prices will rise if, and only if, {who} {do}s {what}.",
    "So long as {who} {do}s {what}, prices will rise.",
    "Provided that {who} {past} {what}, prices would rise.",
    "The moment {who} {do}s {what}, prices will rise.",
    "France did not say whether {who} had {done} {what}.",
    "France declined to say if {who} had {done} {what}.",
    "Nothing suggests that {who} {past} {what}.",
    "France described as baseless a report that {who} had {done} {what}.",
    "France dismissed as untrue claims that {who} had {done} {what}.",
    "The report that {who} had {done} {what} was false, France said.",
    "There is no truth in the claim that {who} {past} {what}.",
    "A rumour that {who} had {done} {what} spread.",
    "France was told that {who} ought to {do} {what}.",
    "It is essential that {who} {do} {what}, France said.",
    "{who} did not act on a threat to {do} {what}.",
    "{who} backed away from a plan to {do} {what}.",
    "France doubts that {who} will {do} {what}.",
    "France wants an inquiry into reports that {who} had {done} {what}.",
    "France denied threatening to demand that {who} {do} {what}.",
    "Spain denied that it had promised that {who} would {do} {what}.",
    "France may have tried to persuade {who} to {do} {what}.",
    "Should France demand that {who} {do} {what}, Spain would help.",
]


@settings(max_examples=120)
@given(
    st.sampled_from(_WRAPPINGS),
    st.sampled_from(sorted(_DEEDS)),
    st.sampled_from(["Russia", "Iran", "Chinese officials"]),
    st.sampled_from(["Poland", "Sudan"]),
)
def test_no_wrapping_in_denial_demand_condition_or_hypothesis_leaves_a_fact(
    wrapping: str, forms: tuple[str, str, str], who: str, whom: str
) -> None:
    do, past, done = forms
    event_type, what = _DEEDS[forms]
    text = wrapping.format(who=who, do=do, past=past, done=done, what=what.format(whom))
    assert "actual" not in of(text, event_type), text
