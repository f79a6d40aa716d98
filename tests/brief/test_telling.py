"""How records are told: no line says more, or other, than the sentence that it cites."""

from __future__ import annotations

import msgspec
import pytest

from detente.brief.numbering import lines
from detente.brief.situation import gather
from detente.records import Act, EventType, Stance, Status
from tests.brief.made import Made


def told(made: Made) -> list[str]:
    return [line.text for line in lines(gather([made.reading]))]


def made_of(text: str, *actors: str, kind: str = "state", **fields: str | None) -> Made:
    made = Made(text, **fields)  # type: ignore[arg-type]
    for name in actors:
        made.actor(name, name, kind)
    return made


@pytest.mark.parametrize(
    ("act", "cue", "expected"),
    [
        ("accuse", "told", "said to Borduria: “the port was shelled”"),
        ("accuse", "accused", "accused Borduria: “the port was shelled”"),
        ("deny", "added", "said to Borduria (“added”): “the port was shelled”"),
        ("claim", "insisted", "asserted to Borduria (“insisted”): “the port was shelled”"),
        ("threaten", "has threatened", "threatened Borduria: “the port was shelled”"),
        ("warn", "had warned in Geneva", "warned Borduria: “the port was shelled”"),
    ],
)
def test_what_was_only_said_is_told_as_said_whatever_it_comes_to(act: Act, cue: str, expected: str) -> None:
    made = made_of(f"Avalon {cue} Borduria that the port was shelled.", "Avalon", "Borduria")
    made.statement("that the port was shelled", act, by="Avalon", named="Avalon", cue=cue, addressee="Borduria")
    assert told(made) == [expected]


@pytest.mark.parametrize(
    ("act", "cue", "expected"),
    [
        ("condemn", "denounced", "criticised (“denounced”): “the quarrel”"),
        ("condemn", "has repeatedly denounced", "criticised (“repeatedly denounced”): “the quarrel”"),
        ("predict", "doubted", "“doubted the quarrel”"),
        ("agree", "supports", "“supports the quarrel”"),
        ("demand", "wants", "“wants the quarrel”"),
        ("claim", "argued against", "“argued against the quarrel”"),
        ("warn", "played down fears of", "“played down fears of the quarrel”"),
    ],
)
def test_the_brief_s_verb_for_an_act_stands_where_the_text_s_word_says_as_much(
    act: Act, cue: str, expected: str
) -> None:
    made = made_of(f"Avalon {cue} the quarrel.", "Avalon")
    made.statement("the quarrel", act, by="Avalon", named="Avalon", cue=cue)
    assert told(made) == [expected]


def test_who_only_says_what_another_did_does_not_accuse() -> None:
    for act, expected in (
        ("state", "Avalon alleges that Borduria used force"),
        ("accuse", "Avalon accuses Borduria of"),
    ):
        made = made_of("Avalon spoke of it: Borduria shelled Kelt.", "Avalon", "Borduria")
        said = made.statement("Borduria shelled Kelt", act, by="Avalon", named="Avalon", cue="spoke")  # type: ignore[arg-type]
        made.event("ASSAULT", "Borduria shelled Kelt", sources=("Borduria",), status="alleged", trigger="shelled")
        (event,) = made.events
        stance = Stance(actor="Avalon", statement=said, stance="alleges")
        made.events[0] = msgspec.structs.replace(event, stances=(stance,))
        assert any(line.startswith(expected) for line in told(made))


def test_who_refuses_what_nobody_in_particular_is_to_do_is_named() -> None:
    made = made_of("Avalon opposes sanctions on Kelt.", "Avalon", "Kelt")
    made.event("REJECT", "Avalon opposes sanctions on Kelt", sources=("Avalon",), trigger="opposes")
    made.event("SANCTION", "sanctions on Kelt", targets=("Kelt",), status="negated", trigger="sanctions")
    assert told(made) == [
        "Imposing sanctions or penalties on Kelt: refused or opposed by Avalon: “Avalon opposes sanctions on Kelt”"
    ]


def test_what_is_not_refused_is_no_refusal_to_come() -> None:
    made = made_of("Avalon has not ruled out a deal.", "Avalon")
    made.event("REJECT", made.text[:-1], sources=("Avalon",), status="negated", trigger="ruled out")
    assert told(made) == ["Avalon did not give a refusal: “Avalon has not ruled out a deal”"]


@pytest.mark.parametrize(
    ("name", "mention", "expected"),
    [
        ("Avalon officials", "senior officials", "officials of Avalon"),
        ("Avalonian officials", "Avalonian officials", "Avalonian officials"),
        ("Avalon critics", "its critics", "Avalon critics"),
    ],
)
def test_a_group_whose_name_the_text_does_not_have_is_told_as_whose_it_is(
    name: str, mention: str, expected: str
) -> None:
    made = Made(f"Berg met {mention}.")
    made.actor("berg", "Jan Berg", "person", mentions=("Berg",))
    made.actor("group:x", name, "group", mentions=(mention,))
    made.event("CONSULT", f"Berg met {mention}", sources=("berg",), targets=("group:x",), trigger="met")
    assert told(made) == [f"Jan Berg met or talked with {expected}: “Berg met {mention}”"]


def test_a_dateline_is_no_part_of_what_was_done() -> None:
    made = made_of("KELT, Nov. 7 (Agency) - Avalon fired rockets.", "Avalon")
    made.event("ASSAULT", made.text[:-1], sources=("Avalon",), trigger="fired")
    assert told(made) == ["Avalon used force: “Avalon fired rockets”"]


def test_a_passive_is_no_word_for_what_the_speaker_said() -> None:
    made = made_of("The note was dismissed by Avalon as a trick.", "Avalon")
    made.statement("The note", "condemn", by="Avalon", named="Avalon", cue="was dismissed")
    assert told(made) == ["criticised: “The note”"]


def test_what_nobody_named_said_is_told_as_such_whatever_the_word() -> None:
    made = made_of("Avalon was reassured that the port was open.", "Avalon")
    made.statement("that the port was open", "promise", cue="reassured", addressee="Avalon")
    assert told(made) == ["it is promised (nobody named) to Avalon: “the port was open”"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('that the port "is lost"', "said: “the port ‘is lost’”"),
        ("The port is lost", "said, verbatim: “The port is lost”"),
        ('"The port is lost"', "said, verbatim: “The port is lost”"),
    ],
)
def test_only_what_is_all_the_speaker_s_is_verbatim(content: str, expected: str) -> None:
    made = made_of(f"Avalon said {content} today.", "Avalon")
    made.statement(content, by="Avalon", named="Avalon", cue="said", quotation="direct")
    assert told(made) == [expected]


def test_a_question_has_what_stands_before_its_clause() -> None:
    made = made_of("Roth does not believe that Avalon would leave the league.", "Avalon")
    made.event("SANCTION", "Avalon would leave the league", sources=("Avalon",), status="hypothetical", trigger="leave",
               mode="withdraw")  # fmt: skip
    assert told(made) == [
        "Will Avalon recall staff, or leave talks or an agreement? "
        "“Roth does not believe that Avalon would leave the league”"
    ]


def test_what_only_points_at_something_else_has_no_line() -> None:
    made = made_of("Avalon shelled Kelt, Borduria said. Avalon denied it again.", "Avalon", "Borduria")
    made.statement("Avalon shelled Kelt", by="Borduria", named="Borduria", cue="said")
    made.statement("it again", "deny", by="Avalon", named="Avalon", cue="denied")
    assert told(made) == ["said: “Avalon shelled Kelt”"]


def test_whom_nobody_named_accuses_or_promises_is_told() -> None:
    made = made_of("Avalon is accused of lying.", "Avalon")
    made.statement("of lying", "accuse", addressee="Avalon")
    assert told(made) == ["an accusation is made (nobody named) against Avalon: “of lying”"]


@pytest.mark.parametrize("cue", ["disagreed openly on", "showed", "made no mention of", "are to debate"])
def test_what_is_no_saying_is_told_by_the_text_s_word(cue: str) -> None:
    made = made_of(f"Avalon {cue} the quarrel.", "Avalon")
    made.statement("the quarrel", by="Avalon", named="Avalon", cue=cue)
    assert told(made) == [f"“{cue} the quarrel”"]


@pytest.mark.parametrize(
    ("type_", "mode", "trigger", "expected"),
    [
        ("SUPPORT", None, "signed", "Avalon signed or ratified an agreement"),
        ("SUPPORT", None, "praised", "Avalon expressed support or approval"),
        ("SUPPORT", None, "peace", "Avalon made peace"),
        ("CONSULT", None, "hosted", "Avalon hosted talks or a meeting"),
        ("REQUEST", None, "summoned", "Avalon summoned somebody"),
        ("RETREAT", "ceasefire", "halted", "Avalon ended violence or fighting"),
        ("AGREE", None, "promised", "Avalon promised something"),
        ("COOPERATE", None, "bought", "Avalon traded or invested"),
        ("ASSAULT", None, "broke", "Avalon broke a truce or agreement"),
        ("COERCE", "seize", "ousted", "Avalon overthrew or ousted a government"),
        ("RETREAT", "withdraw", "ceded", "Avalon gave up territory or control"),
    ],
)
def test_a_type_that_holds_more_than_its_name_is_told_by_the_text_s_word(
    type_: EventType, mode: str | None, trigger: str, expected: str
) -> None:
    made = made_of(f"Avalon {trigger} it.", "Avalon")
    made.event(type_, made.text[:-1], sources=("Avalon",), trigger=trigger, mode=mode)
    assert told(made) == [f"{expected}: “Avalon {trigger} it”"]


def test_people_are_what_was_done_to_and_a_state_is_whose_people_they_were() -> None:
    for kind, expected in (("person", "arrested or detained Zed"), ("state", "arrested or detained people of Zed")):
        made = made_of("Avalon arrested Zed.", "Avalon")
        made.actor("zed", "Zed", kind)
        made.event("COERCE", "Avalon arrested Zed", sources=("Avalon",), targets=("zed",), trigger="arrested",
                   mode="arrest")  # fmt: skip
        assert told(made) == [f"Avalon {expected}: “Avalon arrested Zed”"]


def test_what_one_offers_for_two_is_the_offer_of_one() -> None:
    made = made_of("Avalon offered to meet Borduria.", "Avalon", "Borduria")
    made.event("AGREE", "Avalon offered to meet Borduria", sources=("Avalon",), trigger="offered")
    made.event("CONSULT", "to meet Borduria", sources=("Avalon", "Borduria"), status="offered", trigger="meet")
    assert told(made) == ["Avalon offered to meet or talk with Borduria: “to meet Borduria”"]
    made = made_of("Avalon threatened to sign a treaty with Borduria.", "Avalon", "Borduria")
    made.event("THREATEN", made.text[:-1], sources=("Avalon",), trigger="threatened")
    made.event("SUPPORT", "to sign a treaty with Borduria", sources=("Avalon", "Borduria"), status="threatened",
               trigger="sign")  # fmt: skip
    assert told(made) == [
        "Avalon threatened to sign or ratify an agreement, together with Borduria: “to sign a treaty with Borduria”"
    ]


def test_a_demand_of_nobody_that_is_known_is_a_demand_of_others() -> None:
    made = made_of("Avalon urged all sides to attack.", "Avalon")
    made.event("REQUEST", "Avalon urged all sides to attack", sources=("Avalon",), trigger="urged")
    made.event("ASSAULT", "to attack", status="demanded", trigger="attack")
    assert told(made) == ["Avalon demanded that others use force: “Avalon urged all sides to attack”"]


def test_a_deed_on_the_word_of_whoever_did_it_is_no_bare_fact_and_a_promise_needs_no_such_word() -> None:
    made = made_of("Avalon said that it had withdrawn and accepted the plan.", "Avalon")
    said = made.statement("that it had withdrawn and accepted the plan", by="Avalon", named="Avalon", cue="said")
    made.event("RETREAT", "it had withdrawn", sources=("Avalon",), trigger="withdrawn", mode="withdraw",
               reported_by=said)  # fmt: skip
    made.event("AGREE", "accepted the plan", sources=("Avalon",), trigger="accepted", reported_by=said)
    _, deed, word = told(made)
    assert deed.startswith("Avalon withdrew or pulled back, by its own account: ")
    assert word.startswith("Avalon agreed to something: ")


def test_what_somebody_alleges_of_themselves_is_told_on_their_own_account() -> None:
    made = made_of("Avalon claims to have annexed Kelt.", "Avalon")
    said = made.statement("to have annexed Kelt", by="Avalon", named="Avalon", cue="claims")
    made.event("COERCE", "to have annexed Kelt", sources=("Avalon",), status="alleged", alleged_by="Avalon",
               trigger="annexed", mode="seize", reported_by=said)  # fmt: skip
    assert told(made)[1] == (
        "Avalon occupied or annexed territory, by its own account: “Avalon claims to have annexed Kelt”"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Avalon will not attack.", "Avalon would not use force"),
        ("Avalon did not attack.", "Avalon did not use force"),
        ("Borduria opposes any attack.", "Using force: not done or not wanted"),
    ],
)
def test_what_is_ruled_out_is_not_told_as_something_that_did_not_happen(text: str, expected: str) -> None:
    made = made_of(text, *(["Avalon"] if "Avalon" in text else []))
    made.event("ASSAULT", text[:-1], sources=("Avalon",) if "Avalon" in text else (), status="negated",
               trigger="attack")  # fmt: skip
    assert told(made) == [f"{expected}: “{text[:-1]}”"]


@pytest.mark.parametrize(
    ("status", "evidence", "expected"),
    [
        ("conditional", "If Avalon attacks", "Will this condition be met: “If Avalon attacks”?"),
        ("hypothetical", "Avalon may attack", "Will Avalon use force? “Avalon may attack”"),
        ("hypothetical", "Avalon may have attacked", "Did Avalon use force? “Avalon may have attacked”"),
    ],
)
def test_an_open_question_asks_what_the_text_leaves_open(status: Status, evidence: str, expected: str) -> None:
    made = made_of(f"{evidence}.", "Avalon")
    made.event("ASSAULT", evidence, sources=("Avalon",), status=status, trigger="attack")
    assert told(made) == [expected]


def test_words_that_leave_out_who_does_what_are_quoted_with_what_stands_before_them() -> None:
    made = made_of("Three sailors of Avalon, who were arrested in the port of Kelt, are on trial.", "Avalon")
    made.event("COERCE", "who were arrested in the port of Kelt", targets=("Avalon",), trigger="arrested",
               mode="arrest")  # fmt: skip
    assert told(made) == [
        "An unnamed party arrested or detained people of Avalon: “Three sailors of Avalon, who were arrested in "
        "the port of Kelt”"
    ]
    long = made_of(f"The sailors, {'of whom much was told, ' * 9}who were arrested in Kelt, are on trial.")
    long.event("COERCE", "who were arrested in Kelt", trigger="arrested", mode="arrest")
    (line,) = told(long)
    assert "“…" in line
    assert line.endswith("who were arrested in Kelt”")


def test_a_position_keeps_the_word_before_its_verb() -> None:
    made = made_of("Avalon refused to pay. Avalon would not yield.", "Avalon")
    made.position("Avalon", "refuse", "pay", "Avalon refused to pay")
    made.position("Avalon", "refuse", "yield", "Avalon would not yield")
    assert told(made) == ["refused: “to pay”", "refused: “would not yield”"]


def test_what_was_said_in_pieces_keeps_the_few_words_between_and_leaves_out_who_said_it() -> None:
    made = made_of("The port must, for now, be shut, Avalon said, and the fleet be sold to whom it serves.", "Avalon")
    made.statement("The port", by="Avalon", named="Avalon", cue="said")
    (statement,) = made.statements
    spans = [made.span(words) for words in ("The port must", "be shut", "and the fleet be sold to whom")]
    content = msgspec.structs.replace(statement.content, spans=tuple((span.start, span.end) for span in spans))
    made.statements = [msgspec.structs.replace(statement, content=content)]
    assert told(made) == ["said: “The port must, for now, be shut … and the fleet be sold”"]


def test_a_position_that_another_tells_is_told_on_their_account_and_a_common_one_is_each_one_s_own() -> None:
    made = made_of("Roth said that Avalon would not pay. Avalon and Borduria demanded a truce.", "Avalon", "Borduria")
    made.actor("roth", "Ana Roth", "person", mentions=("Roth",))
    said = made.statement("that Avalon would not pay", "refuse", by="roth", named="Roth", cue="said")
    made.position("Avalon", "refuse", "pay", "Roth said that Avalon would not pay", statement=said)
    both = [made.statement("a truce", "demand", by=by, named=by, cue="demanded") for by in ("Avalon", "Borduria")]
    made.position("Borduria", "demand", "a truce", "Borduria demanded a truce", statement=both[0])
    stands = [line.text for stand in gather([made.reading]).positions for line in stand.lines]
    assert stands == ["refused: “would not pay”, by the account of Ana Roth", "demanded: “a truce”"]


def test_straight_marks_inside_a_quotation_are_marks_one_level_down() -> None:
    made = made_of('Avalon called it "a grave threat" to peace. Avalon said "never" and that was it.', "Avalon")
    made.statement('it "a grave threat" to peace', by="Avalon", named="Avalon", cue="called")
    made.statement('"never" and', by="Avalon", named="Avalon", cue="said")
    assert told(made) == ["“called it ‘a grave threat’ to peace”", "said: “never”"]
    typed = made_of("Avalon said ''never again.''", "Avalon")
    typed.statement("''never again.''", by="Avalon", named="Avalon", cue="said")
    assert told(typed) == ["said: “never again.”"]


def test_the_country_in_a_name_has_its_article_and_officials_no_capital() -> None:
    made = Made("Officials met the army of the United States.")
    made.actor("group:officials", "Officials", "group", mentions=("Officials",))
    made.actor("org:army", "Army of United States", "organisation", mentions=("army of the United States",))
    made.event("CONSULT", made.text[:-1], sources=("org:army", "group:officials"), trigger="met")
    assert told(made)[0].startswith("The army of the United States and officials met or talked: ")


def test_what_somebody_alleges_to_hold_is_their_allegation() -> None:
    made = made_of("Avalon insists that Kelt is held by it.", "Avalon")
    said = made.statement("that Kelt is held by it", by="Avalon", named="Avalon", cue="insists")
    made.holding("Avalon", "controls", "Kelt", "Kelt is held by it", status="alleged", reported_by=said)
    assert told(made)[1] == "Avalon alleges that Avalon controls Kelt (reported 2024-06-14)"


def test_what_the_title_tells_is_weighed_more() -> None:
    text = f"Avalon met Borduria. Avalon expelled Casdania. {'The weather stays fair. ' * 20}"
    for title, first in (("Avalon expels Casdania", "e2"), ("Avalon meets Borduria", "e1")):
        made = made_of(text, "Avalon", title=title)
        made.event("CONSULT", "Avalon met Borduria", sources=("Avalon",), trigger="met", mode=None)
        made.event("CONSULT", "Avalon expelled Casdania", sources=("Avalon",), trigger="expelled", mode=None)
        best = max(lines(gather([made.reading])), key=lambda line: line.salience)
        assert best.records == (f"d1/{first}",)


@pytest.mark.parametrize(("when", "told_when"), [("2024-06-11", "on 2024-06-11"), ("2024-06", "in 2024-06")])
def test_what_was_lost_was_lost_on_a_day_or_in_a_month(when: str, told_when: str) -> None:
    made = made_of("Kelt is lost.", "Avalon")
    made.holding("Avalon", "lost", "Kelt", "Kelt is lost", since=when)
    assert told(made) == [f"Example Outlet reports that Avalon lost Kelt {told_when} (reported 2024-06-14)"]


def test_what_is_asked_of_two_is_told_as_asked_of_two() -> None:
    made = made_of("Avalon urged Borduria and Casdania to show restraint.", "Avalon", "Borduria", "Casdania")
    made.event("REQUEST", made.text[:-1], sources=("Avalon",), targets=("Borduria", "Casdania"), trigger="urged")
    made.position("Avalon", "demand", "show restraint", made.text[:-1], of="Borduria")
    assert "demanded of Borduria and Casdania: “to show restraint”" in told(made)
