"""Texts that were broken to a width. They are made up for these tests."""

from __future__ import annotations

import pytest

import detente
from detente.language.lines import joined

BROKEN = (
    "Talks to resume\nThe two governments said on Friday that they would\nresume their talks on the "
    "border\nat Kelt and that\nNorway had agreed to host them.\n\nNobody was told where.\n"
)


def test_a_text_that_was_broken_to_a_width_is_read_in_paragraphs() -> None:
    assert joined(BROKEN) == (
        "Talks to resume\nThe two governments said on Friday that they would resume their talks on the "
        "border at Kelt and that Norway had agreed to host them.\n\nNobody was told where.\n"
    )


def test_what_is_stored_is_the_text_as_it_came() -> None:
    reading = detente.read(BROKEN, published="2024-06-14")
    assert reading.document.text == BROKEN
    (said,) = (s for s in reading.statements if s.cue is not None and s.cue.text == "said")
    assert said.content.text.startswith("that they would\nresume")
    assert all(BROKEN[start:end] in said.content.text for start, end in said.content.spans)


@pytest.mark.parametrize(
    "text",
    [
        "Talks resume\nThe two governments resumed their talks.\nThey go on.\n",
        "Talks resume\nof the two governments\nThey go on.\n",
        f"Talks resume\nand {'go on ' * 40}\nand on\nand on\nand on.",
    ],
)
def test_a_text_with_a_paragraph_a_line_is_kept(text: str) -> None:
    assert joined(text) == text
