"""Quotation marks, however untidily they are set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.speech import quotations


def quoted(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in q.pieces] for q in quotations.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “we will wait” on Monday.",
        'He said "we will wait" on Monday.',
        "He said «we will wait» on Monday.",
        "He said ``we will wait'' on Monday.",
        "He said ‘we will wait’ on Monday.",
        "He said 'we will wait' on Monday.",
    ],
)
def test_every_kind_of_mark_encloses_a_quotation(text: str) -> None:
    assert quoted(text) == [["we will wait"]]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("The workers' rights, the '90s, Iran's and the ministers’ talks don't matter.") == []


def test_an_apostrophe_inside_single_marks_does_not_close_them() -> None:
    assert quoted("She said: ‘We don’t know.’ Then she left.") == [["We don’t know."]]


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "He said “we will wait and see.\nNobody else spoke.\nShe said “no”."
    assert quoted(text) == [["we will wait and see."], ["no"]]


def test_a_mark_opened_again_continues_the_quotation_over_paragraphs() -> None:
    text = "“We waited.\n“We went on waiting,” she said. “Then we left.”"
    assert quoted(text) == [["We waited.", "We went on waiting,"], ["Then we left."]]


def test_a_paragraph_that_opens_no_mark_ends_the_quotation() -> None:
    text = "“We waited.\nThe other side “left early”."
    assert quoted(text) == [["We waited."], ["left early"]]


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    assert quoted("“He told us “no” twice,” she said.") == [["He told us “no” twice,"]]


@given(st.text(alphabet="ab \n.,“”\"'‘’«»`", max_size=120))
def test_pieces_lie_in_order_inside_the_text_and_never_over_a_line_end(text: str) -> None:
    last = 0
    for quotation in quotations.find(text):
        for start, end in quotation.pieces:
            assert last <= start < end <= len(text)
            assert "\n" not in text[start:end]
            last = end
