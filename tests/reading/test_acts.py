"""What statements do. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from detente.language import pipeline
from detente.reading import actors
from detente.reading.reader import read_documents
from detente.reading.speech import acts, attribution, cue_acts
from detente.reading.speech.sourcing import Sourced
from detente.records import Act, Document, Source
from tests.reading.test_actors import parsed


def acts_in(text: str) -> list[str]:
    document = Document(id="d", language="en", text=text, published="2024-06-14")
    found = next(read_documents([document])).statements
    return [statement.act for statement in found if statement.status == "actual"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“We will open the clinic in June,” the minister said.", "promise"),
        ("“We're going to repair every roof,” the mayor said.", "promise"),
        ("“We will not leave the valley,” the minister said.", "refuse"),
        ("“There will be no talks with smugglers,” the minister said.", "refuse"),
        ("“If the convoy moves, we will destroy it,” the colonel said.", "threaten"),
        ("Any boat that passes the line will be seized, the navy said.", "threaten"),
        ("“There will be consequences,” the envoy said.", "threaten"),
        ("“If they want a mediator, we will send one,” the envoy said.", "offer"),
        ("Oman is ready to host a meeting, its foreign minister said.", "offer"),
        ("“The fleet must turn back,” the envoy said.", "demand"),
        ("“Open the gates now,” the bishop told the guards.", "demand"),
        ("“Please open the gates,” the bishop told the guards.", "request"),
        ("“We had nothing to do with the leak,” the ministry said.", "deny"),
        ("“I did not take the money,” the treasurer said.", "deny"),
        ("“They have robbed our farms,” the villager said.", "accuse"),
        ("“This law is a disgrace,” the bishop said.", "condemn"),
        ("“The ceasefire is a remarkable achievement,” the envoy said.", "praise"),
        ("“Thank you for the tents,” the mayor told the crews.", "praise"),
        ("“This could end in a catastrophe,” the engineer said.", "warn"),
        ("Prices will probably fall in spring, the bank said.", "predict"),
        ("“We accept the verdict,” the lawyer said.", "agree"),
        ("“Who opened the dam?” the mayor said.", "ask"),
        ("“The dam opened in 1961,” the mayor said.", "state"),
        ("The minister said that the border had been closed for a year.", "state"),
        ("The minister said that he did not expect rain.", "state"),
        ("The minister said that he had not come to an agreement with the union.", "state"),
        ("The minister said that the law did not settle all disputes.", "state"),
        ("The minister said that he had not taken the money.", "deny"),
        ("The ministry said that it would no longer repair the dam.", "refuse"),
        ("The ministry emphasised that the fleet must turn back.", "demand"),
        # what only sounds like an act
        ("The treasurer said that he had been offered the money.", "state"),
        ("The minister said that the cause of the fire had yet to be found.", "state"),
    ],
)
def test_after_a_neutral_cue_the_content_decides(text: str, act: str) -> None:
    assert set(acts_in(text)) == {act}  # "we accept" may be a statement within the statement


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Chad asked Niger to reopen the crossing.", "request"),
        ("Chad asked that the crossing be reopened.", "request"),
        ("Chad asked whether Niger would reopen the crossing.", "ask"),
        ("The general vowed to destroy the camp.", "threaten"),
        ("The general vowed to rebuild the camp.", "promise"),
        ("The general promised to end the siege and to lift the blockade.", "promise"),
        ("The general vowed to launch an attack.", "threaten"),
        ("The bank dismissed the report as a fabrication.", "deny"),
        ("The bank offered military support.", "offer"),
        ("The bank dismissed reports of a shortage.", "deny"),
        ("The bank dismissed the idea of a loan.", "refuse"),
        ("The bank dismissed the plan as reckless.", "condemn"),
        ("The union insisted that the ban be lifted.", "demand"),
        ("The union insisted that the ban had failed.", "claim"),
        ("“Did you sell the house?” the judge demanded.", "ask"),
        ("The deputy called the treasurer a thief.", "accuse"),
        ("The deputy called the charge baseless.", "deny"),
        ("The deputy called the vote “disgraceful”.", "condemn"),
        ("The deputy called the vote a triumph.", "praise"),
        ("The deputy described the vote as short.", "state"),
        ("The bank did not agree to extend the loan.", "refuse"),
    ],
)
def test_the_content_mends_what_a_cue_reports(text: str, act: str) -> None:
    assert act in acts_in(text)


@pytest.mark.parametrize(
    ("text", "cue", "act"),
    [
        ("Ghana called for restraint.", "called for", "demand"),
        ("Ghana issued a warning about the dam.", "issued a warning", "warn"),
        ("Ghana issued a warning about the dam.", "issued", "warn"),
        ("Ghana voiced support for the plan.", "voiced support", "agree"),
        ("The ministry's denial of the report came late.", "denial", "deny"),
        ("Ghana did not promise to leave.", "did not promise", "promise"),
        ("Ghana did not deny the report.", "did not deny", "deny"),
        ("According to Ghana, the dam is full.", "According to", "state"),
        ("Ghana shrugged at the news.", "shrugged", None),
    ],
)
def test_a_cue_alone_has_an_act_where_the_lexicon_knows_it(text: str, cue: str, act: str | None) -> None:
    doc = pipeline.parse(text)
    span = doc.char_span(text.index(cue), text.index(cue) + len(cue))
    assert span is not None
    assert cue_acts.of(span) == act


def test_anothers_future_is_neither_promise_nor_refusal() -> None:
    assert acts_in("“The king will not travel this week,” the doctor said.") == ["state"]


@pytest.mark.parametrize(
    ("content", "seen", "contradicted"),
    [
        ("that it had shot down two jets", "accuse", True),
        ("that Mali had shot down two jets", "accuse", False),
        ("that it had not been asked to take sides", "refuse", True),
        ("that it would not be bound by the deal", "refuse", False),
        ("that both sides had accepted talks", "agree", True),
        ("that it had accepted talks", "agree", False),
    ],
)
def test_grammar_contradicts_the_model(content: str, seen: Act, contradicted: bool) -> None:
    text = f"Chad said {content}."
    reading = parsed(text)
    cast = actors.find(reading)
    sourced = Sourced(((0, 4),), ((5, 9),), ((10, len(text) - 1),), 0.9, (seen, 0.9))
    (frame,) = attribution.find(reading.doc, text, [sourced], frozenset())
    found = acts.of(reading.doc, frame, set(), cast, Source(actor="TCD", text="Chad", start=0, end=4))
    assert (found.act != seen) == contradicted


def test_a_judgement_that_is_denied_is_none() -> None:
    assert acts_in("“The verdict is not a disgrace,” the lawyer said.") == ["state"]


def test_who_expresses_regret_condemns_nobody() -> None:
    assert acts_in("The minister of Chad expressed deep regret.") == ["state"]


def test_what_is_said_beside_a_denial_is_not_denied() -> None:
    assert acts_in("Chad rejected the charge and said that nine herders had been killed by Nigerien rockets.")[1:] == [
        "state"
    ]


def test_who_says_that_others_will_suffer_threatens_nobody() -> None:
    assert "threaten" not in acts_in("The envoy said that millions of farmers would pay the price of the drought.")
