"""The five lines: what a reader needs first, each sentence once."""

from __future__ import annotations

from detente.brief.situation import gather
from tests.brief.made import Made


def summary(made: Made) -> list[str]:
    return [line.text for line in gather([made.reading]).summary]


def test_a_sentence_of_a_longer_quotation_is_not_told_twice() -> None:
    made = Made("“We shall close the port,” Roth said. “Avalon must leave the harbour.” The weather stays fair.")
    roth = made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    made.statement(
        "“We shall close the port,” Roth said. “Avalon must leave the harbour.”", "demand", by=roth, named="Roth"
    )
    made.event("REQUEST", "Avalon must leave the harbour", sources=(roth,), trigger="must")
    assert len(summary(made)) == 1


def test_what_tells_little_stands_behind_what_tells_more() -> None:
    made = Made("Roth refused to comment. Roth refused to open the harbour for foreign ships.")
    roth = made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    made.position(roth, "refuse", "comment", "Roth refused to comment")
    made.position(roth, "refuse", "open the harbour for foreign ships", "to open the harbour for foreign ships")
    (stand,) = gather([made.reading]).positions
    short, long = stand.lines
    assert short.text == "refused: “to comment”"
    assert short.salience < long.salience


def test_a_question_stands_behind_a_deed() -> None:
    text = "Avalon may attack on day 0. " + " ".join(f"Avalon met envoy {number} in Kelt." for number in range(1, 6))
    made = Made(text)
    made.actor("AVA", "Avalon")
    made.event("ASSAULT", "Avalon may attack on day 0", sources=("AVA",), status="hypothetical", trigger="attack")
    for number in range(1, 6):
        made.event("CONSULT", f"Avalon met envoy {number} in Kelt", sources=("AVA",), trigger="met",
                   date=f"2024-06-0{number}")  # fmt: skip
    assert not any(line.endswith("?") or "Will" in line for line in summary(made))


def test_a_deed_of_nobody_who_is_named_stands_behind_one_of_somebody() -> None:
    made = Made("A port of Avalon was shelled. Avalon shelled a port.")
    made.actor("AVA", "Avalon")
    made.event("ASSAULT", "A port of Avalon was shelled", targets=("AVA",), trigger="shelled")
    made.event("ASSAULT", "Avalon shelled a port", sources=("AVA",), trigger="shelled a")
    nameless, named = gather([made.reading]).happened[0].lines
    assert nameless.salience < named.salience


def test_five_meetings_leave_room_for_another_deed() -> None:
    made = Made(" ".join(f"Avalon met envoy {n} in Kelt." for n in range(1, 7)) + " Avalon signed a treaty with Zed.")
    made.actor("AVA", "Avalon")
    for n in range(1, 7):
        made.event("CONSULT", f"Avalon met envoy {n} in Kelt", sources=("AVA",), trigger="met", date=f"2024-06-0{n}")
    made.event("SUPPORT", "Avalon signed a treaty with Zed", sources=("AVA",), trigger="signed")
    assert any("treaty" in line for line in summary(made))


def test_a_deed_in_words_weighs_as_much_where_its_statement_is_told() -> None:
    made = Made("Avalon congratulated Berg. Avalon noted the rain in Kelt.")
    made.actor("AVA", "Avalon")
    made.statement("the rain in Kelt", by="AVA", named="Avalon", cue="noted")
    made.statement("Berg", "praise", by="AVA", named="Avalon", cue="congratulated")
    made.event("SUPPORT", "Avalon congratulated Berg", sources=("AVA",), trigger="congratulated")
    (speaker,) = gather([made.reading]).statements
    assert max(speaker.lines, key=lambda line: line.salience).records == ("d1/s2", "d1/e1")


def test_what_several_want_in_one_sentence_names_them_all() -> None:
    made = Made("Avalon and Borduria want a truce.")
    for actor in ("Avalon", "Borduria"):
        made.actor(actor, actor)
        made.position(actor, "demand", "a truce", made.text)
    (line,) = gather([made.reading]).summary
    assert line.text == "Avalon and Borduria demanded: “a truce”."
    assert line.records == ("d1/p1", "d1/p2")
