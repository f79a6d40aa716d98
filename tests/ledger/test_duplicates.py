"""Copies of a text are told from other texts on the same matter."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.duplicates import bands, likeness, shingles

STORY = """The foreign ministers of Norway and Finland met in Kirkenes on Tuesday to discuss the border crossing, which
has been shut since the autumn. Both sides agreed to reopen one of the two lanes for lorries in June, the Norwegian
ministry said. The Finnish minister spoke of a first step. A second round of talks is planned in Rovaniemi next month,
where the two delegations will look at customs checks and at the hours of the guards on either side. Hauliers had
complained for months about detours of several hundred kilometres through Sweden, and the chamber of commerce in Oulu
welcomed the news. The regional governor asked for the same rules to be applied to buses before the summer season."""
EDITED = (
    STORY.replace("Tuesday", "Tuesday evening").replace("a first step", "a good first step").replace("Oulu", "Kemi")
)
OTHER = """Lorries will be able to pass between Norway and Finland again from June, after the ministers of the two
countries came to terms in Kirkenes. One of two closed lanes is to be opened. Haulage firms, which had to drive through
Sweden since last autumn, are pleased, and another meeting about customs is to follow in Rovaniemi in a month's time."""


def like(one: str, other: str) -> float | None:
    return likeness(shingles(one), shingles(other))


def test_an_edited_copy_is_a_copy() -> None:
    found = like(STORY, EDITED)
    assert found is not None
    assert 0.8 < found < 1
    assert set(bands(shingles(STORY))) & set(bands(shingles(EDITED)))


def test_case_punctuation_and_line_ends_make_no_difference() -> None:
    again = STORY.upper().replace(",", " –").replace("\n", "   ")
    assert like(STORY, again) == 1
    assert bands(shingles(STORY)) == bands(shingles(again))


def test_a_text_cut_to_its_first_paragraphs_is_a_copy() -> None:
    assert like(STORY, STORY[: len(STORY) // 3]) is not None


def test_another_report_of_the_same_is_no_copy() -> None:
    assert like(STORY, OTHER) is None


@pytest.mark.parametrize("text", ["", "\n", "No text.", "Markets were closed on Monday."])
def test_a_text_that_is_too_short_is_a_copy_of_nothing(text: str) -> None:
    assert shingles(text) == frozenset()
    assert bands(shingles(text)) == []
    assert like(text, text) is None


def test_bands_are_the_same_in_another_process() -> None:
    code = f"from detente.ledger.duplicates import bands, shingles; print(bands(shingles({STORY!r})))"
    # Strings hash differently there.
    printed = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": "1"}
    ).stdout
    assert printed.strip() == str(bands(shingles(STORY)))


@given(st.text(), st.text())
def test_likeness_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    found = like(one, other)
    assert found == like(other, one)
    assert found is None or 0 < found <= 1
    if shingles(one):
        assert like(one, one) == 1
