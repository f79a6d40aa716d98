"""Sentences found by their marks, and the text's words cut to a length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.sentences import LONGEST, Sentences, excerpt


def around(text: str, words: str) -> str:
    start = text.index(words)
    begun, ended = Sentences(text).around(start, start + len(words))
    return text[begun:ended]


@pytest.mark.parametrize(
    "sentence",
    [
        "He met Mr. Smith and Gen. A. B. Clark in the U.S. Senate on Jan. 5.",
        "“Will you go?” he asked.",
        "Prices rose 3.5 percent!",
        "The envoy (“no comment!”) left.",
        "Élysée officials agreed…",
    ],
)
def test_a_sentence_ends_at_its_own_mark(sentence: str) -> None:
    text = f"It rained. {sentence} Then it stopped."
    assert around(text, sentence[3:8]) == sentence


def test_a_paragraph_ends_a_sentence_and_a_typed_line_does_not() -> None:
    text = "A headline\n\nThe envoy said that he\nwould come. He did."
    assert around(text, "headline") == "A headline"
    assert around(text, "envoy") == "The envoy said that he\nwould come."


@pytest.mark.parametrize(
    "sentence",
    [
        "The envoy said on Thursday that\nFrance would come.",
        "The envoy of the\nNorth, who had come with Gen.\nClark and the army's\nchief, left.",
    ],
)
def test_a_name_may_open_a_typed_line(sentence: str) -> None:
    text = f"A headline\n\nIt rained.\n{sentence}\nFrance stayed."
    assert around(text, "envoy") == sentence
    assert around(text, "stayed") == "France stayed."


def test_a_line_without_a_mark_above_one_paragraph_is_its_headline() -> None:
    assert around("Envoy leaves for France\nThe envoy said that he left.", "said") == "The envoy said that he left."


def test_a_closing_mark_belongs_to_its_sentence() -> None:
    assert around("“We go.” They left.", "We") == "“We go.”"


def test_evidence_across_sentences_keeps_them_all() -> None:
    assert around("It rained. He came. She left. It cleared.", "came. She") == "He came. She left."


def test_a_sentence_without_end_is_cut_around_its_evidence() -> None:
    text = "word " * 5000 + "he denied it " + "word " * 5000
    shown = around(text, "he denied it")
    assert len(shown) <= LONGEST
    assert "he denied it" in shown
    assert shown.split() == [w for w in shown.split() if w in {"word", "he", "denied", "it"}]


@given(st.text(st.sampled_from("aB .?!\n“”"), min_size=1, max_size=60), st.data())
def test_evidence_is_never_cut(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    begun, ended = Sentences(text).around(start, end)
    assert 0 <= begun <= start < end <= ended <= len(text)


def test_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("one two three four", 0, 18, limit=18) == "one two three four"
    assert excerpt("one two three four", 0, 18, limit=10) == "one two…"


def test_an_excerpt_keeps_the_word_that_names_the_deed() -> None:
    text = "word " * 100 + "attacked the camp"
    shown = excerpt(text, 0, len(text), limit=60, keep=text.index("attacked"))
    assert shown.startswith("…")
    assert shown.endswith("attacked the camp")
    assert len(shown) <= 62


@given(st.text(max_size=80), st.integers(5, 40), st.integers(0, 80))
def test_an_excerpt_is_one_line_of_limited_length(text: str, limit: int, keep: int) -> None:
    shown = excerpt(text, 0, len(text), limit=limit, keep=keep)
    assert len(shown) <= limit + 2
    assert "\n" not in shown
