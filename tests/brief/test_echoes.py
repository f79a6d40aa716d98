"""Records that another record's line tells: one line, which stands on both."""

from __future__ import annotations

from detente.brief.numbering import lines
from detente.brief.situation import gather
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
