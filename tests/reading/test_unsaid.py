"""What was not said, or not yet. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from detente.language import pipeline
from detente.reading.reader import read_documents
from detente.reading.speech import unsaid
from detente.records import Document, Reading

UNSAID = {
    # nobody said it
    "Neither Peru nor Chile confirmed that the border had been closed.": "negated",
    "Neither ministry would say whether the border was closed.": "negated",
    "No Chilean official has admitted that the border was closed.": "negated",
    "Not one of the ministers criticised the raid.": "negated",
    "Peru neither condemned nor endorsed the raid.": "negated",
    # nothing was said
    "The Chilean ministry gave no indication of whether it would sign the treaty.": "negated",
    "The Chilean minister said nothing about the raid.": "negated",
    # it was left undone
    "Peru avoided condemning the raid.": "negated",
    "The minister refrained from criticising Chile.": "negated",
    "Peru stopped short of condemning the raid.": "negated",
    "The envoy left without condemning the raid.": "negated",
    # it was said all the same
    "Not only Chile but also Peru condemned the raid.": "actual",
    "The ministry reported no casualties in the raid.": "actual",
    "“Certainly not,” the Chilean minister said of the raid.": "actual",
    "Peru did not stop at words; Chile condemned the raid.": "actual",
}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    documents = (Document(id=t, language="en", text=t, published="2024-06-14") for t in UNSAID)
    return {reading.document.text: reading for reading in read_documents(documents)}


@pytest.mark.parametrize(("text", "status"), UNSAID.items())
def test_what_was_not_said_is_marked_so(text: str, status: str, readings: dict[str, Reading]) -> None:
    assert {statement.status for statement in readings[text].statements} == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The council urged Chile to condemn the raid.", "demanded"),
        ("Peru demanded that Chile condemn the raid.", "demanded"),
        ("Peru denied that it condemned the raid.", "actual"),
        ("The council heard Chile condemn the raid.", "actual"),
    ],
)
def test_what_somebody_is_urged_to_say_was_not_said(text: str, status: str) -> None:
    (cue,) = (token for token in pipeline.parse(text) if token.lemma_ == "condemn")
    assert unsaid.status(cue) == status


def test_words_that_were_not_said_do_not_deny(readings: dict[str, Reading]) -> None:
    (statement,) = readings["The Chilean minister said nothing about the raid."].statements
    assert statement.act == "state"
