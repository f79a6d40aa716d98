"""What a clause tells by its small words."""

from __future__ import annotations

import pytest

from detente.brief import clauses


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("the cabinet will not send", "future"),
        ("the cabinet won't send", "future"),
        ("Avalon agreed not to attack", "future"),
        ("Avalon opposes new sanctions", "future"),
        ("a treaty that it had not helped to draft", "past"),
        ("the talks did not resume", "past"),
        ("said that it would not pay and had failed to deliver", "past"),
        ("to negotiate", "open"),
    ],
)
def test_a_denial_looks_back_or_ahead_by_the_last_word_that_can_tell(before: str, told: str) -> None:
    assert clauses.denial(before) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Avalon may withdraw", False),
        ("whether it will withdraw", False),
        ("is expected to ask", False),
        ("it may have withdrawn", True),
        ("whether the envoys had met", True),
        ("the meeting", None),
    ],
)
def test_what_is_held_possible_lies_in_the_past_after_a_perfect(before: str, told: bool | None) -> None:
    assert clauses.is_past(before) is told


def test_a_condition_begins_with_its_word_and_a_part_of_a_clause_with_a_pronoun_or_preposition() -> None:
    assert clauses.is_condition("only if the port is opened")
    assert not clauses.is_condition("Iffland opened the port")
    assert clauses.is_part("who were held there")
    assert clauses.is_part("imposed by the council")
    assert clauses.is_part("will meet with him")
    assert not clauses.is_part("tourists were held there")
