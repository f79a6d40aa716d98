"""What the model adds to the lexicon. The sentences are made up for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.reader import read_documents
from detente.records import Document, Event


def events(text: str) -> list[Event]:
    return list(next(read_documents([Document(id="d", language="en", text=text, published="2024-06-14")])).events)


def test_a_deed_that_no_word_of_the_lexicon_names_is_found() -> None:
    # neither "open" nor "proceeding" stands in the table of events
    (event,) = events("The European Commission has opened proceedings against Poland.")
    assert (event.type, event.targets) == ("ACCUSE", ("POL",))


@pytest.mark.parametrize(
    "text",
    [
        "Benin said that Togo had shelled Ghana.",
        "Benin denied that it had threatened Togo.",
        "Ghana said that Togo had accused Benin of theft.",
        "Norway warned that Iran would attack Oman.",
        "Kenya said that Uganda had told Somalia about the road.",
    ],
)
def test_who_only_says_something_of_others_does_nothing_to_them(text: str) -> None:
    speaker = text.split()[0]
    names = {"Benin": "BEN", "Ghana": "GHA", "Norway": "NOR", "Kenya": "KEN"}
    assert [e.type for e in events(text) if e.sources == (names[speaker],) and e.status == "actual"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway borders Sweden.",
        "Peru's economy outgrew Chile's last year.",
        "Iceland beat Austria in Reykjavik.",
        "Malta watched as Cyprus voted.",
    ],
)
def test_what_is_no_deed_makes_no_event(text: str) -> None:
    assert events(text) == []


def test_what_two_do_together_gets_no_target() -> None:
    (event,) = events("Brazil and Peru signed a treaty with Chile in front of diplomats from Ghana.")
    assert set(event.sources) == {"BRA", "PER", "CHL"}
    assert event.targets == ()


@settings(max_examples=20)
@given(
    st.sampled_from(["Norway", "Chad", "Peru", "the president of Ghana"]),
    st.sampled_from(["criticised", "bombed", "praised", "met", "greeted", "ignored", "outwitted", "welcomed"]),
    st.sampled_from(["Malta", "the government of Kenya", "rebels in Mali"]),
)
def test_confidence_is_a_probability_and_no_actor_stands_on_both_sides(doer: str, verb: str, other: str) -> None:
    for event in events(f"{doer[0].upper()}{doer[1:]} {verb} {other}."):
        assert event.confidence is not None
        assert 0.0 <= event.confidence <= 1.0
        assert not set(event.sources) & set(event.targets)
