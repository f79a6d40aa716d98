"""Records that another record's line tells: one line, which stands on both."""

from __future__ import annotations

import pytest

from detente.brief.numbering import lines
from detente.brief.situation import gather
from detente.records import Act
from tests.brief.made import Made


def test_a_deed_that_was_taken_for_speech_is_told_as_a_deed_alone() -> None:
    made = Made("Avalon signed two treaties. Avalon announced that two treaties were ready.")
    made.actor("AVA", "Avalon")
    made.statement("two treaties", by="AVA", named="Avalon", cue="signed")
    made.statement("that two treaties were ready", by="AVA", named="Avalon", cue="announced")
    made.event("SUPPORT", "Avalon signed two treaties", sources=("AVA",), trigger="signed")
    situation = gather([made.reading])
    assert [line.text for speaker in situation.statements for line in speaker.lines] == [
        "“announced that two treaties were ready”"
    ]
    ((deed,),) = (group.lines for group in situation.happened)
    assert deed.records == ("d1/e1", "d1/s1")


def test_the_deed_of_another_hides_nobody_s_words() -> None:
    made = Made("Avalon's press showed that Borduria signed.")
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    made.statement("that Borduria signed", by="AVA", named="Avalon", cue="showed")
    made.event("SUPPORT", "Borduria signed", sources=("BOR",), trigger="signed")
    assert [line.text for line in gather([made.reading]).statements[0].lines] == ["“showed that Borduria signed”"]


def test_a_condition_asks_its_question_once() -> None:
    made = Made("Avalon offered to negotiate if Borduria stays away.")
    made.actor("AVA", "Avalon")
    made.position("AVA", "offer", "negotiate", made.text, condition="if Borduria stays away")
    made.event("CONSULT", "to negotiate", sources=("AVA",), status="conditional", trigger="negotiate")
    (question,) = gather([made.reading]).open_questions.lines
    assert question.text == (
        "Will this condition of Avalon be met: “if Borduria stays away”? On it hangs “to negotiate”"
    )
    assert question.records == ("d1/p1", "d1/e1")


def test_yielding_in_word_and_in_deed_by_one_word_is_one_line() -> None:
    made = Made("Nobody knows whether Avalon will withdraw.")
    made.actor("AVA", "Avalon")
    for type_ in ("CONCEDE", "RETREAT"):
        made.event(
            type_, "whether Avalon will withdraw", sources=("AVA",), status="hypothetical", trigger="withdraw"
        )  # fmt: skip
    (line,) = lines(gather([made.reading]))
    assert set(line.records) == {"d1/e1", "d1/e2"}


def _texts(made: Made) -> list[str]:
    return [line.text for line in lines(gather([made.reading]))]


def _wanting(text: str, cue: str, *actors: str) -> Made:
    made = Made(text)
    for actor in actors:
        made.actor(actor, actor)
    for actor in actors:
        made.statement("to open the port", "offer", by=actor, named=actor, cue=cue, evidence=text)
    made.event("AGREE", text, sources=actors, trigger=cue)
    made.event("CONCEDE", "to open the port", sources=actors, status="offered", trigger="open")
    return made


def test_what_is_said_done_and_wanted_in_the_same_words_is_told_as_what_is_wanted() -> None:
    made = _wanting("Avalon volunteered to open the port.", "volunteered", "Avalon")
    made.position("Avalon", "offer", "open the port", made.text, statement="s1")
    assert _texts(made) == ["offered (“volunteered”): “to open the port”"]
    (line,) = lines(gather([made.reading]))
    assert set(line.records) == {"d1/p1", "d1/s1", "d1/e1", "d1/e2"}


def test_several_who_want_the_same_have_a_position_each_and_no_other_line() -> None:
    made = _wanting("Avalon and Borduria volunteered to open the port.", "volunteered", "Avalon", "Borduria")
    made.position("Avalon", "offer", "open the port", made.text, statement="s1")
    made.position("Borduria", "offer", "open the port", made.text, statement="s2")
    assert _texts(made) == ["offered (“volunteered”): “to open the port”"] * 2


def test_a_position_goes_to_the_end_of_what_was_said() -> None:
    made = Made("Avalon urged Borduria to leave Kelt before the winter sets in.")
    made.actor("AVA", "Avalon")
    made.statement("Borduria to leave Kelt before the winter sets in", "request", by="AVA", named="Avalon", cue="urged")
    made.position("AVA", "demand", "leave Kelt", made.text, statement="s1")
    assert _texts(made) == ["requested (“urged”): “to leave Kelt before the winter sets in”"]


def test_a_speaker_s_own_words_stand_beside_what_they_come_to() -> None:
    made = Made("“Borduria must leave Kelt at once,” Avalon said.")
    made.actor("AVA", "Avalon")
    made.statement(
        "Borduria must leave Kelt at once", "demand", by="AVA", named="Avalon", cue="said", quotation="direct"
    )
    made.position("AVA", "demand", "leave Kelt at once", made.text, statement="s1")
    assert len(_texts(made)) == 2


def test_a_deed_in_words_is_told_as_the_words_it_was_done_in() -> None:
    made = Made("Avalon deplored the raid.")
    made.actor("AVA", "Avalon")
    made.statement("the raid", "condemn", by="AVA", named="Avalon", cue="deplored")
    made.event("ACCUSE", "Avalon deplored the raid", sources=("AVA",), trigger="deplored")
    assert _texts(made) == ["criticised (“deplored”): “the raid”"]


def test_what_several_do_in_the_same_words_is_told_once() -> None:
    made = Made("Avalon and Borduria deplored the raid.")
    for actor in ("Avalon", "Borduria"):
        made.actor(actor, actor)
        made.statement("the raid", "condemn", by=actor, named=actor, cue="deplored")
    made.event(
        "ACCUSE",
        "Avalon and Borduria deplored the raid",
        sources=("Avalon", "Borduria"),
        trigger="deplored",
        mode="disapprove",
    )
    assert _texts(made) == ["Avalon and Borduria voiced criticism: “Avalon and Borduria deplored the raid”"]


@pytest.mark.parametrize("act", ["state", "accuse"])
def test_an_envoy_that_is_recalled_is_no_saying(act: Act) -> None:
    made = Made("Avalon recalled its envoy.")
    made.actor("AVA", "Avalon")
    made.statement("its envoy", act, by="AVA", named="Avalon", cue="recalled")
    made.event("SANCTION", "Avalon recalled its envoy", sources=("AVA",), trigger="recalled", mode="withdraw")
    assert len(_texts(made)) == 1
    assert gather([made.reading]).statements == ()


def test_what_another_is_told_to_have_said_is_told_once() -> None:
    made = Made("Roth said that Avalon backed the truce.")
    made.actor("AVA", "Avalon")
    made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    outer = made.statement("that Avalon backed the truce", by="roth", named="Roth", cue="said")
    made.statement("the truce", "agree", by="AVA", named="Avalon", cue="backed", within=outer)
    assert _texts(made) == ["said: “Avalon backed the truce”"]


def test_what_is_only_demanded_is_told_by_the_demand() -> None:
    made = Made("Avalon urged Borduria to leave Kelt.")
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    made.statement("Borduria to leave Kelt", "request", by="AVA", named="Avalon", cue="urged", addressee="BOR")
    made.event("RETREAT", "Borduria to leave Kelt", sources=("BOR",), status="demanded", trigger="leave")
    assert _texts(made) == ["requested of Borduria (“urged”): “Borduria to leave Kelt”"]


def test_what_an_unnamed_party_may_do_is_no_question_beside_the_warning_of_it() -> None:
    made = Made("Avalon warned that rockets might be used.")
    made.actor("AVA", "Avalon")
    made.statement("that rockets might be used", "warn", by="AVA", named="Avalon", cue="warned")
    made.event("ASSAULT", "rockets might be used", status="hypothetical", trigger="used")
    assert _texts(made) == ["warned: “rockets might be used”"]


@pytest.mark.parametrize("told", ["Roth is expected to meet Berg in Kelt", "to meet Berg in Kelt"])
def test_what_somebody_is_expected_to_do_is_asked_once(told: str) -> None:
    made = Made("Roth is expected to meet Berg in Kelt.")
    made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    made.statement("Roth is expected to meet Berg in Kelt", "predict")
    made.event("CONSULT", told, sources=("roth",), status="hypothetical", trigger="meet")
    assert len(_texts(made)) == 1


def test_a_position_in_half_a_sentence_does_not_hide_the_other_half() -> None:
    made = Made("Avalon rejected the truce but will talk to Borduria.")
    made.actor("AVA", "Avalon")
    made.statement("the truce but will talk to Borduria", "refuse", by="AVA", named="Avalon", cue="rejected")
    made.position("AVA", "promise", "talk to Borduria", made.text, statement="s1")
    assert _texts(made) == [
        "refused or opposed (“rejected”): “the truce but will talk to Borduria”",
        "promised: “will talk to Borduria”",
    ]


def test_whom_a_pronoun_stands_for_is_told_by_the_deed() -> None:
    made = Made("Berg left. Roth accused him of treason.")
    made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    made.actor("berg", "Jan Berg", "person", mentions=("Berg",))
    made.statement("him of treason", "accuse", by="roth", named="Roth", cue="accused")
    made.event("ACCUSE", "Roth accused him of treason", sources=("roth",), targets=("berg",), trigger="accused",
               mode="allege")  # fmt: skip
    assert _texts(made) == ["Ana Roth made an accusation against Jan Berg: “Roth accused him of treason”"]


def test_whom_a_position_names_needs_no_deed_for_the_pronoun() -> None:
    made = Made("Roth urged him to leave Kelt.")
    made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    made.actor("berg", "Jan Berg", "person")
    made.statement("him to leave Kelt", "request", by="roth", named="Roth", cue="urged")
    made.event("REQUEST", "Roth urged him to leave Kelt", sources=("roth",), targets=("berg",), trigger="urged")
    made.position("roth", "demand", "leave Kelt", made.text, statement="s1", of="berg")
    assert _texts(made) == ["requested of Jan Berg (“urged”): “to leave Kelt”"]


def test_what_is_only_to_come_on_a_condition_is_not_told_as_done() -> None:
    made = Made("Avalon said it would lift its blockade if Borduria withdrew.")
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    clause = "it would lift its blockade if Borduria withdrew"
    made.event("CONCEDE", clause, sources=("AVA",), trigger="would lift")
    made.event("RETREAT", clause, sources=("AVA",), status="conditional", trigger="lift")
    situation = gather([made.reading])
    assert situation.happened == ()
    (question,) = situation.open_questions.lines
    assert question.records == ("d1/e2", "d1/e1")
