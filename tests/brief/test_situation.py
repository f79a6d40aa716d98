"""Readings gathered into a situation: every line rests on a sentence, and says no more than was read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief.model import Line, Situation, Stand
from detente.brief.numbering import lines
from detente.brief.situation import gather
from detente.brief.speech import has_line
from detente.records import Reading, to_json
from tests.brief.made import Made, crisis
from tests.strategies import readings


def texts(some: tuple[Line, ...]) -> list[str]:
    return [line.text for line in some]


def everything(situation: Situation) -> list[Line]:
    return [*situation.summary, *lines(situation)]


def deeds(situation: Situation) -> dict[str, list[str]]:
    return {group.heading: texts(group.lines) for group in (*situation.happened, *situation.claimed)}


def test_each_speaker_has_a_group_with_what_they_said() -> None:
    found = {
        "".join(piece.marked for piece in speaker.name): texts(speaker.lines)
        for speaker in gather([crisis().reading]).statements
    }
    assert found == {
        "Ana Roth (BOR)": [
            "said: “The Avalon army fired rockets at the Borduria port of Kelt on Monday” (2024-06-10)",
            "accused Avalon: “the Avalon regime of sending terrorists across the border”",
            "said, verbatim: “We will never yield”",
        ],
        "Nobody named": ["it is said (nobody named): “the two met in Geneva in May”"],
    }


def test_what_is_only_claimed_stands_apart_from_what_happened() -> None:
    situation = gather([crisis().reading])
    assert [group.heading for group in situation.happened] == ["In words"]
    assert deeds(situation) == {
        "In words": ["Avalon and Borduria met or talked: “the two met in Geneva in May” (2024-05, Geneva)"],
        "Denied": [
            "Ana Roth accuses the Army of Avalon of using force against Borduria; Avalon denies it: "
            "“The Avalon army fired rockets at the Borduria port of Kelt on Monday” (2024-06-10)"
        ],
        "Threatened": ["Avalon threatened to impose restrictions: “to close the strait”"],
        "Refused, ruled out or not done": ["Borduria did not use force: “Borduria did not attack the convoy”"],
    }


def test_a_position_stands_beside_its_condition() -> None:
    (_, avalon) = gather([crisis().reading]).positions
    (offer,) = avalon.lines
    assert isinstance(offer, Stand)
    assert offer.text == "offered to Borduria: “to open talks”"
    assert "".join(piece.marked for piece in offer.condition) == "“if Borduria lifts its embargo”"


def test_conditions_and_possibilities_are_open_questions() -> None:
    assert texts(gather([crisis().reading]).open_questions.lines) == [
        "Will this condition of Avalon be met: “if Borduria lifts its embargo”? On it hangs “to open talks”",
        "Would Avalon release people or property? “If the embargo ends, Avalon may release the sailors”",
    ]


def test_the_word_that_the_text_chose_for_saying_stands_beside_the_brief_s_own() -> None:
    made = Made("Avalon boasted that the harbour is full, and said that “it will grow.")
    made.actor("AVA", "Avalon")
    made.statement("that the harbour is full", by="AVA", named="Avalon", cue="boasted")
    made.statement("that “it will grow", by="AVA", named="Avalon", cue="said", quotation="mixed")
    assert texts(gather([made.reading]).statements[0].lines) == [
        "“boasted that the harbour is full”",
        "said: “‘it will grow’”",
    ]


def test_a_refusal_and_the_deed_that_is_refused_are_one_line() -> None:
    made = Made("Avalon refused to release the sailors.")
    made.actor("AVA", "Avalon")
    made.event("REJECT", "Avalon refused to release the sailors", sources=("AVA",), trigger="refused")
    made.event(
        "RETREAT", "to release the sailors", sources=("AVA",), status="negated", mode="release", trigger="release"
    )
    situation = gather([made.reading])
    assert deeds(situation) == {
        "Refused, ruled out or not done": ["Avalon refused to release people or property: “to release the sailors”"]
    }
    assert situation.claimed[0].lines[0].records == ("d1/e2", "d1/e1")


def test_a_holding_is_what_somebody_reports() -> None:
    (line,) = gather([crisis().reading]).holdings.lines
    assert line.text == "Example Outlet reports that the Army of Avalon has occupied Kelt since 2014 (as of 2024-06-14)"


def test_without_an_outlet_the_text_reports_a_holding() -> None:
    (line,) = gather([crisis(source=None).reading]).holdings.lines
    assert line.text.startswith("The text reports that ")


def test_a_holding_that_a_speaker_reports_is_theirs() -> None:
    made = Made("Avalon holds Kelt, Roth said.")
    made.actor("AVA", "Avalon")
    roth = made.actor("person:ana-roth", "Ana Roth", "person", mentions=("Roth",))
    said = made.statement("Avalon holds Kelt", by=roth, named="Roth")
    made.holding("AVA", "controls", "Kelt", "Avalon holds Kelt", share=0.8, reported_by=said)
    (line,) = gather([made.reading]).holdings.lines
    assert line.text == "Ana Roth reports that Avalon controls 80% of Kelt (reported 2024-06-14)"


def test_an_allegation_and_its_denial_elsewhere_in_the_text_are_one_line_with_the_accuser_first() -> None:
    made = Made("The army shelled Kelt, Avalon denied. Borduria said that the army shelled Kelt at dawn.")
    army = made.actor("org:army", "Army", "organisation", mentions=("army",))
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    made.event("ASSAULT", "The army shelled Kelt", sources=(army,), status="denied", denied_by="AVA", trigger="shelled")
    made.event("ASSAULT", "the army shelled Kelt at dawn", sources=(army,), targets=("BOR",), status="alleged",
               alleged_by="BOR", trigger="shelled")  # fmt: skip
    ((group),) = gather([made.reading]).claimed
    (line,) = group.lines
    assert group.heading == "Denied"
    assert line.text.startswith("Borduria accuses the army of using force against Borduria; Avalon denies it: ")
    assert len(line.references) == 2


def test_the_denial_of_another_deed_is_no_answer_to_an_allegation() -> None:
    made = Made("Borduria said that the army shelled Kelt at dawn. Avalon denied burning villages beyond the river.")
    army = made.actor("org:army", "Army", "organisation", mentions=("army",))
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    made.event("ASSAULT", "the army shelled Kelt at dawn", sources=(army,), status="alleged", alleged_by="BOR")
    made.event("ASSAULT", "burning villages beyond the river", sources=(army,), status="denied", denied_by="AVA")
    assert [group.heading for group in gather([made.reading]).claimed] == ["Alleged", "Denied"]


def test_what_one_speaker_tells_of_another_is_told_on_their_word() -> None:
    made = Made("Avalon said that Borduria had rejected the plan.")
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    outer = made.statement("that Borduria had rejected the plan", by="AVA", named="Avalon")
    made.statement("the plan", "refuse", by="BOR", named="Borduria", within=outer)
    assert texts(gather([made.reading]).statements[1].lines) == [
        "refused or opposed, by the account of Avalon: “the plan”"
    ]


def test_the_summary_has_at_most_five_lines_from_different_sentences() -> None:
    situation = gather([crisis().reading])
    assert len(situation.summary) == 5
    cited = [number for line in situation.summary for number in line.references]
    assert len(cited) == len(set(cited))
    assert all(line.text.endswith(".") for line in situation.summary)


def test_one_claim_in_two_outlets_is_one_line_with_both_sentences() -> None:
    once = gather([crisis().reading])
    twice = gather([crisis().reading, crisis(id="d2", source="Other Outlet").reading])
    assert len(list(lines(twice))) == len(list(lines(once)))
    for one, two in zip(lines(once), lines(twice), strict=True):
        assert len(two.references) == 2 * len(one.references)
        assert (one.outlets, two.outlets) == (1, 2)
    assert twice.basis.single == 0
    assert texts(twice.holdings.lines) == [
        "Example Outlet and Other Outlet report that the Army of Avalon has occupied Kelt since 2014 (as of 2024-06-14)"
    ]


def test_two_documents_of_one_outlet_are_a_single_source() -> None:
    situation = gather([crisis().reading, crisis(id="d2").reading])
    assert (situation.basis.documents, situation.basis.outlets) == (2, 1)
    assert situation.basis.single == situation.basis.lines


def test_the_share_of_single_sources_counts_each_line() -> None:
    other = Made("“We will never yield,” Roth said.", id="d2", source="Other Outlet")
    roth = other.actor("person:ana-roth", "Ana Roth", "person", mentions=("Roth",))
    other.statement("We will never yield", "refuse", by=roth, named="Roth", quotation="direct")
    basis = gather([crisis().reading, other.reading]).basis
    assert (basis.documents, basis.outlets, basis.lines - basis.single) == (2, 2, 1)


def test_different_claims_of_two_outlets_stay_apart() -> None:
    one, two = (
        Made(text, id=text, source=text[:6])
        for text in ("Roth said that grain prices would soon fall.", "Roth said that the harbour stays closed.")
    )
    for made, content in ((one, "grain prices would soon fall"), (two, "the harbour stays closed")):
        roth = made.actor("person:ana-roth", "Ana Roth", "person", mentions=("Roth",))
        made.statement(content, by=roth, named="Roth")
    assert len(gather([one.reading, two.reading]).statements[0].lines) == 2


def test_the_same_document_twice_counts_once() -> None:
    assert gather([crisis().reading, crisis().reading]) == gather([crisis().reading])


def test_a_document_in_which_nothing_was_found_gives_an_empty_situation() -> None:
    situation = gather([Made("The weather stays fair.").reading])
    assert everything(situation) == []
    assert (situation.basis.read, situation.basis.documents, situation.sentences) == (1, 0, ())


@pytest.mark.parametrize("about", ["Ana Roth", "roth", "person:ana-roth", "ROTH"])
def test_about_an_actor_gives_what_involves_that_actor(about: str) -> None:
    situation = gather([crisis().reading], about=about)
    assert [speaker.actor for speaker in situation.statements] == ["person:ana-roth"]
    assert list(deeds(situation)) == ["Denied"]


def test_about_a_state_covers_those_who_act_for_it() -> None:
    assert len(gather([crisis().reading], about="AVA").holdings.lines) == 1


def test_about_words_of_the_text_needs_whole_words() -> None:
    assert len(gather([crisis().reading], about="embargo").positions) == 1
    assert everything(gather([crisis().reading], about="embar")) == []
    assert everything(gather([crisis().reading], about="…")) == []


def test_since_and_until_compare_partial_dates_by_overlap() -> None:
    def shown(**when: str) -> int:
        return len(list(lines(gather([crisis().reading], **when))))

    everything = shown()
    assert shown(since="2024") == shown(until="2024-06") == everything
    assert shown(since="2024-06") == everything - 1  # the meeting in May
    assert shown(until="2024-05") == 2  # the meeting, and what is held since 2014
    assert shown(since="2024-07") == 0


def test_what_has_no_date_at_all_is_left_out_where_a_time_is_asked_for() -> None:
    assert {line.records for line in lines(gather([crisis(published=None).reading], since="2020"))} == {
        ("d1/s1",),
        ("d1/e1",),
        ("d1/e7",),
        ("d1/h1",),
    }


@pytest.mark.parametrize("wrong", ["yesterday", "2024-13", "2024-02-30", ""])
def test_a_time_that_is_no_date_is_refused_in_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no date; write it like"):
        gather([], since=wrong)


def test_a_sentence_is_shown_whole_with_its_document() -> None:
    situation = gather([crisis().reading])
    document = crisis().document
    for sentence in situation.sentences:
        assert sentence.text == document.text[sentence.start : sentence.end]
    assert "Avalon denied that it had fired on Kelt." in {sentence.text for sentence in situation.sentences}
    assert [(w.number, w.title, w.outlet, w.published) for w in situation.documents] == [
        (1, "A title", "Example Outlet", "2024-06-14")
    ]


@settings(max_examples=60)
@given(st.lists(readings(), max_size=3))
def test_every_line_rests_on_a_sentence_of_what_was_read(some: list[Reading]) -> None:
    situation = gather(some)
    known = {sentence.number: sentence for sentence in situation.sentences}
    texts_by_document = {reading.document.id: reading.document.text for reading in reversed(some)}
    documents = {witness.number: texts_by_document[witness.id] for witness in situation.documents}
    for line in everything(situation):
        assert line.references
        assert line.outlets >= 1
        assert line.records
        assert set(line.references) <= set(known)
    assert [*known] == [*range(1, len(known) + 1)]
    assert all(known[n].text == documents[known[n].document][known[n].start : known[n].end] for n in known)
    assert {n for line in everything(situation) for n in line.references} == set(known)


@settings(max_examples=30)
@given(st.lists(readings(), max_size=3))
def test_gathering_twice_gives_the_same_bytes(some: list[Reading]) -> None:
    assert to_json(gather(some)) == to_json(gather(iter(some)))


@settings(max_examples=60)
@given(readings())
def test_every_record_stands_behind_a_line(reading: Reading) -> None:
    ids = [
        *(statement.id for statement in reading.statements if has_line(statement)),
        *(event.id for event in reading.events),
        *(held.id for held in reading.holdings),
        *(position.id for position in reading.positions),
    ]
    shown = {record for line in lines(gather([reading])) for record in line.records}
    assert shown == {f"{reading.document.id}/{id_}" for id_ in ids}
