"""Which words deny opposition, and where what is let pass begins."""

from __future__ import annotations

import pytest

from detente.bargaining import unopposed


@pytest.mark.parametrize(
    "words",
    [
        "would not oppose",
        "wouldn’t strongly object to",
        "is not opposed to",
        "was never against",
        "no longer rejects",
        "will not vote against",
        "declined to block",
        "does not stand in the way of",
        "saw no serious objection to",
        "does not have any objections in principle to",
        "gave up its opposition to",
        "withdrew all objections to",
    ],
)
def test_what_stands_behind_a_denial_of_opposition_is_let_pass(words: str) -> None:
    text = f"Kenya {words} the plan"
    found = unopposed.find(text)
    assert found is not None
    assert text[found[1] :] == " the plan"


@pytest.mark.parametrize(
    "words",
    [
        "opposes",
        "does not only oppose",
        "will not support those who oppose",
        "will not stop opposing",
        "has objections to",
        "will not drop its objections to",
        "refuses to drop its opposition to",
        "does not support",
    ],
)
def test_opposition_that_is_not_denied_lets_nothing_pass(words: str) -> None:
    assert unopposed.find(f"Kenya {words} the plan") is None


@pytest.mark.parametrize(
    "words",
    [
        "does not rule out",
        "declined to exclude",
        "cannot entirely rule out",
        "stops short of backing",
        "hasn’t formally approved",
        "has yet to accept",
        "neither supported nor opposed",
    ],
)
def test_what_stands_behind_words_that_close_nothing_is_left_open(words: str) -> None:
    assert unopposed.left_open(f"Kenya {words} the plan") is not None


@pytest.mark.parametrize("words", ["has ruled out", "has endorsed", "did not endorse", "would not accept", "excludes"])
def test_what_is_closed_is_not_left_open(words: str) -> None:
    assert unopposed.left_open(f"Kenya {words} the plan") is None
