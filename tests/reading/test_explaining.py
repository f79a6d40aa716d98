"""What is told of a record is what decided it. The sentences are made up for these tests."""

from __future__ import annotations

import csv
from importlib.resources import files

import msgspec
import pytest

from detente.reading.explaining import Explained, Explanation, Fact, differences, explain
from detente.reading.reader import read_documents
from detente.reading.speech import sourcing
from detente.reading.speech.sourcing import Sourced
from detente.reading.tables import Row
from detente.records import Act, Document, Event, to_json

SENTENCES = (
    "Oman denied that it had threatened to strike Yemen.",
    "Chad will visit Togo unless Benin attacks Ghana.",
    "Iraq allegedly shelled Iran. Iran did not attack Kuwait.",
    "Kenya's minister said that Somalia must withdraw its troops from Kismayo.",
    "The army of Mali said it had seized Kidal. Niger refused to hold talks with Benin.",
    "If Egypt agrees, Sudan may send aid to Chad, two officials told reporters on Monday.",
)


def document(text: str) -> Document:
    return Document(id="d", language="en", text=text, published="2024-06-14")


def explained(text: str) -> Explained:
    return explain(document(text))


def event(text: str, event_type: str) -> Explanation:
    """The explanation of the text's only event of a type."""
    (found,) = [e for e in explained(text).explanations if isinstance(e.record, Event) and e.record.type == event_type]
    return found


def record(text: str, kind: str) -> Explanation:
    """The explanation of the text's only record of a kind."""
    (found,) = [e for e in explained(text).explanations if type(e.record).__name__ == kind]
    return found


def facts(explanation: Explanation, name: str) -> list[Fact]:
    return [fact for fact in explanation.facts if fact.name == name]


def fact(explanation: Explanation, name: str) -> Fact:
    (found,) = facts(explanation, name)
    return found


def row(found: Fact) -> Row:
    """The row of a fact that one row decided."""
    (reason,) = [reason for reason in found.because if isinstance(reason, Row)]
    return reason


def rules(found: Fact) -> list[str]:
    return [reason for reason in found.because if isinstance(reason, str)]


def in_file(found: Row) -> list[str]:
    """What stands in the table at the row's line."""
    lines = files("detente.reading").joinpath("data", found.table).read_text("utf-8").splitlines()
    (cells,) = csv.reader([lines[found.line - 1]])
    return cells


@pytest.mark.parametrize(
    ("text", "event_type", "part", "word", "needs"),
    [
        ("Iraq shelled Iran.", "ASSAULT", "v", "shell", ""),
        ("Iraq launched an attack on Iran.", "ASSAULT", "n", "attack", ""),
        # two senses of one word
        ("The United States lifted sanctions on Myanmar.", "CONCEDE", "v", "lift", "obj="),
        # a verb with its particle
        ("Rebels in Chad laid down their weapons.", "RETREAT", "v", "lay_down", ""),
    ],
)
def test_the_row_that_is_told_is_the_row_that_matched(
    text: str, event_type: str, part: str, word: str, needs: str
) -> None:
    found = row(fact(event(text, event_type), "type"))
    assert (found.table, found.cells["type"], found.cells["part"], found.word) == ("events.csv", event_type, part, word)
    assert word in found.cells["words"].split()
    assert found.cells["needs"].startswith(needs)
    assert list(found.cells.values()) == in_file(found)


def test_words_for_one_deed_are_told_with_a_row_each() -> None:
    told = fact(event("Israel attacked the camp, killing five Lebanese soldiers.", "ASSAULT"), "type")
    assert told.words == ("attacked", "killing")
    assert [reason.word for reason in told.because if isinstance(reason, Row)] == ["attack", "kill"]


def test_a_role_is_told_with_its_words_and_the_grammar_that_gave_it() -> None:
    bombed = event("Libya was bombed by Italian and French jets.", "ASSAULT")
    assert [(f.value, f.words, f.because) for f in facts(bombed, "target")] == [
        ("LBY (Libya)", ("Libya",), ("role obj, of “bombed”",))
    ]
    assert {f.because for f in facts(bombed, "source")} == {("role subj, of “bombed”",)}
    met = event("Mali negotiated a treaty with Niger.", "CONSULT")
    assert [(f.words, rules(f)) for f in facts(met, "source")] == [
        (("Mali",), ["role subj, of “negotiated”"]),
        (("Niger",), ["role with, of “negotiated”"]),
    ]
    # the column of the row that asked for it
    assert "with" in row(fact(met, "type")).cells["source"]


def test_a_pronoun_is_the_word_for_whom_it_means() -> None:
    found = fact(event("Oman denied that it had shelled Yemen.", "ASSAULT"), "source")
    assert (found.value, found.words) == ("OMN (Oman)", ("it",))


@pytest.mark.parametrize(
    ("text", "event_type", "layers"),
    [
        ("Iraq shelled Iran.", "ASSAULT", [("none", "")]),
        ("Iraq did not shell Iran.", "ASSAULT", [("negated", "not")]),
        ("Iraq allegedly shelled Iran.", "ASSAULT", [("alleged", "allegedly")]),
        ("Oman denied that it had shelled Yemen.", "ASSAULT", [("denied", "denied")]),
        (
            "Togo promised not to attack Benin.",
            "ASSAULT",
            [("negated", "not"), ("promised → threatened → negated", "promised")],
        ),
        # a layer outside another
        ("Togo may deny that it shelled Benin.", "ASSAULT", [("denied", "deny"), ("hypothetical", "may")]),
    ],
)
def test_the_layers_are_those_that_made_the_status(text: str, event_type: str, layers: list[tuple[str, str]]) -> None:
    found = event(text, event_type)
    assert [(f.value, " ".join(f.words)) for f in facts(found, "layer")] == layers
    assert isinstance(found.record, Event)
    last = layers[-1][0].rpartition(" ")[2]
    assert found.record.status == ("actual" if last == "none" else last)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_last_layer_leaves_the_status_of_the_record(text: str) -> None:
    found = [e for e in explained(text).explanations if isinstance(e.record, Event)]
    assert found
    for one in found:
        last = facts(one, "layer")[-1].value.rpartition(" ")[2]
        assert fact(one, "status").value == ("actual" if last == "none" else last)


def test_a_layer_has_the_row_that_gives_its_effect_or_the_rule_of_grammar() -> None:
    denied, possible = facts(event("Togo may deny that it shelled Benin.", "ASSAULT"), "layer")
    assert [(row(f).cells["effect"], row(f).cells["link"], row(f).word) for f in (denied, possible)] == [
        ("denied", "any", "deny"),
        ("hypothetical", "aux", "may"),
    ]
    assert in_file(row(denied)) == list(row(denied).cells.values())
    negated = fact(event("Iraq did not shell Iran.", "ASSAULT"), "layer")
    assert negated.because == ("a negation at the word itself",)


def test_whose_word_makes_a_report_a_claim_is_told() -> None:
    (layer,) = facts(event("The army of Mali said it had shelled Togo.", "ASSAULT"), "layer")
    assert layer.value == "said → alleged"
    assert rules(layer) == ["spoken by org:armed-forces-of-mali, of the doers' own side"]
    (layer,) = facts(event("The United Nations said Mali had shelled Togo.", "ASSAULT"), "layer")
    assert layer.value == "said → actual"
    assert all("own side" not in rule for rule in rules(layer))


def test_a_later_denial_is_the_last_layer() -> None:
    found = event("Oman accused Yemen of shelling Kuwait. Yemen denied it.", "ASSAULT")
    first, last = facts(found, "layer")
    assert (first.value, last.value, last.words) == ("alleged", "denied", ("denied",))
    assert last.because == ("denies what was said before",)


def test_a_statement_whose_cue_stands_elsewhere_is_a_layer_too() -> None:
    layer = fact(event("According to the army of Mali, its soldiers shelled Togo.", "ASSAULT"), "layer")
    assert (layer.value, layer.words) == ("state → alleged", ("the army of Mali", "According to"))
    assert layer.because == (
        "s1 holds it, and its cue stands elsewhere",
        "spoken by org:armed-forces-of-mali, of the doers' own side",
    )


def test_a_verbal_event_without_a_word_of_its_own_is_derived_from_its_deed() -> None:
    found = fact(event("Iran will visit Iraq.", "AGREE"), "type")
    assert found.words == ("will",)
    assert found.because == ("who announces his deed commits himself to it", "derived from “visit” (CONSULT)")
    refused = fact(event("Iran will not visit Iraq.", "REJECT"), "type")
    assert refused.because[-1] == "derived from “visit” (CONSULT)"


def test_what_the_deed_inside_makes_of_a_verbal_event_is_told_with_its_row() -> None:
    found = fact(event("Chad demanded that Togo withdraw its troops.", "REQUEST"), "type")
    assert row(found).word == "demand"
    assert rules(found) == ["fitted to the deed inside it", "about “withdraw” (RETREAT)"]


def test_a_demand_by_must_names_who_speaks_and_who_is_to_act() -> None:
    found = event("Kenya's minister said that Somalia must withdraw its troops.", "REQUEST")
    assert fact(found, "source").words == ("Kenya's minister",)
    assert fact(found, "source").because == ("role speaker, of “said”",)
    assert (fact(found, "target").words, fact(found, "target").value) == (("Somalia",), "SOM (Somalia)")


def test_date_and_place_are_told_with_their_words() -> None:
    found = event("Iraq shelled Iran near Abadan on Monday.", "ASSAULT")
    assert (fact(found, "date").value, fact(found, "date").words) == ("2024-06-10", ("Monday",))
    assert fact(found, "place").words == ("Abadan",)
    assert facts(event("Iraq shelled Iran.", "ASSAULT"), "date") == []


@pytest.mark.parametrize(
    ("text", "event_type", "because"),
    [
        ("Iraq shelled Iran.", "ASSAULT", "PLOVER's score of the mode heavy-weapons"),
        ("Kenya praised Chad.", "SUPPORT", "PLOVER's score of the type SUPPORT"),
    ],
)
def test_the_source_of_the_intensity_is_told(text: str, event_type: str, because: str) -> None:
    assert fact(event(text, event_type), "intensity").because == (because,)


def said(monkeypatch: pytest.MonkeyPatch, cue: str, act: tuple[Act, float]) -> Explanation:
    """The explanation of a statement with this cue, whose act the model sees with a probability."""
    text = f"Kenya's minister {cue} that the harvest began in May."
    parts = ("Kenya's minister", cue, "that the harvest began in May")
    source, verb, content = (((start := text.index(part), start + len(part)),) for part in parts)
    monkeypatch.setattr(sourcing, "find", lambda *_: [Sourced(source, verb, content, 0.87, act)])
    return record(text, "Statement")


def test_a_cue_that_the_lexicon_knows_decides_the_act_by_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    found = said(monkeypatch, "denied", ("warn", 0.99))
    assert fact(found, "act").value == "deny"
    decided = row(fact(found, "act"))
    assert (decided.table, decided.cells["lemma"]) == ("cues.csv", "deny")
    assert in_file(decided) == list(decided.cells.values())
    # the same row is not told twice
    assert fact(found, "cue").because == ()
    assert fact(found, "model's act").value == "warn, 0.99"


@pytest.mark.parametrize(
    ("seen", "act", "because"),
    [
        (("warn", 0.93), "warn", "the model, with 0.93: the grammar shows nothing"),
        (("warn", 0.31), "state", "the grammar shows nothing, and the model is in doubt (warn, 0.31)"),
    ],
)
def test_after_a_neutral_cue_the_model_decides_if_it_is_sure_enough(
    seen: tuple[Act, float], act: str, because: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = said(monkeypatch, "said", seen)
    assert (fact(found, "act").value, fact(found, "act").because) == (act, (because,))
    assert row(fact(found, "cue")).cells["lemma"] == "say"


def test_a_statement_is_told_with_its_words_and_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    found = said(monkeypatch, "said", ("state", 0.9))
    assert fact(found, "source").words == ("Kenya's minister",)
    assert fact(found, "content").words == ("that the harvest began in May",)
    assert fact(found, "confidence").value == "0.87"
    marks = {mark: node.word for node in found.tree for mark in node.marks}
    assert marks == {"source": "minister", "cue": "said", "content": "began"}


def test_a_statement_that_grammar_found_has_no_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sourcing, "find", lambda *_: [])
    found = record("A court ignored allegations that a priest had abused boys.", "Statement")
    assert (fact(found, "confidence").value, facts(found, "model's act")) == ("none", [])
    assert fact(found, "source").value == "nobody is named"


def test_the_grammar_of_a_content_decides_after_a_neutral_cue() -> None:
    refused = record("“We will never leave the port,” Kenya's minister said.", "Statement")
    assert fact(refused, "act").value == "refuse"
    asked = record("“Will Togo leave the port?” Kenya's minister said.", "Statement")
    assert fact(asked, "act").because == ("the content asks, or the cue wants to know",)


def test_positions_and_holdings_are_told_with_their_words_and_rows() -> None:
    position = record("Chad demanded that Togo withdraw its troops.", "Position")
    assert row(fact(position, "act")).table == "positions.csv"
    assert row(fact(position, "act")).word == "demand"
    assert (fact(position, "actor").words, fact(position, "of").words) == (("Chad",), ("Togo",))
    avowed = record("“We will never leave the port,” Kenya's minister said.", "Position")
    assert fact(avowed, "act").because == ("one's own deed that will not be",)
    assert fact(avowed, "actor").words == ("Kenya's minister",)
    holding = record("Russian forces control Crimea.", "Holding")
    assert (row(fact(holding, "kind")).table, row(fact(holding, "kind")).word) == ("holdings.csv", "control")
    assert in_file(row(fact(holding, "kind"))) == list(row(fact(holding, "kind")).cells.values())
    assert (fact(holding, "holder").words, fact(holding, "place").words) == (("Russian forces",), ("Crimea",))


def test_the_tree_holds_the_words_of_the_sentence_below_what_they_hang_on() -> None:
    found = event("Togo left. Oman said, however, that Yemen shelled Salalah.", "ASSAULT")
    assert found.sentence == "Oman said, however, that Yemen shelled Salalah."
    assert {node.word for node in found.tree} == {"Oman", "said", "however", "that", "Yemen", "shelled", "Salalah"}
    assert (found.tree[0].word, found.tree[0].relation, found.tree[0].depth) == ("said", "ROOT", 0)
    depth = {node.word: node.depth for node in found.tree}
    assert (depth["shelled"], depth["Yemen"]) == (1, 2)
    marks = {node.word: node.marks for node in found.tree if node.marks}
    assert marks["shelled"] == ("trigger",)
    assert marks["Yemen"] == ("source",)
    assert marks["said"] == ("said",)


def test_words_are_the_texts_own_where_the_parse_sees_others() -> None:
    for one in explained("The ministry’s “envoys” praised Kenya’s “great” army.").explanations:
        for word in [word for told in one.facts for word in told.words]:
            assert word in "The ministry’s “envoys” praised Kenya’s “great” army."


@pytest.mark.parametrize("text", SENTENCES)
def test_explaining_reads_what_reading_reads(text: str) -> None:
    (reading,) = read_documents([document(text)])
    found = explained(text)
    assert to_json(found.reading) == to_json(reading)
    records = (*reading.statements, *reading.events, *reading.holdings, *reading.positions)
    assert tuple(e.record for e in found.explanations) == records


def test_an_earlier_record_is_found_again_by_the_words_that_it_rests_on() -> None:
    text = "Iraq shelled Iran. Mali praised Niger."
    now = explained(text)
    first, second = now.reading.events
    moved = msgspec.structs.replace(second, id="e1", status="alleged")
    found = now.of(moved)
    assert found is not None
    assert found.record == second
    assert differences(moved, second) == ("status",)
    assert differences(first, first) == ()
    gone = msgspec.structs.replace(first, evidence=msgspec.structs.replace(first.evidence, start=900, end=910))
    assert now.of(gone) is None
