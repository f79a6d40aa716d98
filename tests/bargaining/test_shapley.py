"""Power under voting rules, against published figures and against all orders listed."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.issue import Bools, Ints
from detente.bargaining.shapley import index


def test_the_council_of_1958_where_luxembourg_decided_nothing() -> None:
    votes = np.array([[4], [4], [4], [2], [2], [1]])
    found = index(votes, lambda size, votes: (votes >= 12) & (size >= 0))
    assert found == pytest.approx([14 / 60, 14 / 60, 14 / 60, 9 / 60, 9 / 60, 0])


def test_the_council_of_the_fifteen() -> None:
    votes = np.repeat([10, 8, 5, 4, 3, 2], [4, 1, 4, 2, 3, 1])[:, np.newaxis]
    found = index(votes, lambda size, votes: (votes >= 62) & (size >= 0))
    published = [0.1167, 0.0955, 0.0552, 0.0454, 0.0353, 0.0207]
    assert found[[0, 4, 5, 9, 11, 14]] == pytest.approx(published, abs=6e-5)
    assert found.sum() == pytest.approx(1)


def test_the_security_council() -> None:
    # Five with a veto of fifteen, nine votes needed: Shapley and Shubik's own example in today's size.
    found = index(np.array([[1]] * 5 + [[0]] * 10), lambda size, vetoes: (vetoes == 5) & (size >= 9))
    assert found[0] == pytest.approx(0.19627, abs=1e-5)
    assert found[-1] == pytest.approx(0.0018648, abs=1e-7)


def test_who_is_needed_alone_has_all_and_unanimity_shares() -> None:
    assert index(np.array([[1], [0], [0]]), lambda size, first: (first == 1) & (size >= 1)).tolist() == [1, 0, 0]
    assert index(np.zeros((4, 1), np.int64), lambda size, _: size == 4 + 0 * _) == pytest.approx([0.25] * 4)


@st.composite
def games(draw: st.DrawFn) -> tuple[Ints, int, int]:
    rows = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=5))
    weights = np.array(rows, np.int64)
    first, second = (int(total) for total in weights.sum(axis=0))
    return weights, draw(st.integers(0, first)), draw(st.integers(0, second))


@given(games())
@settings(max_examples=40)
def test_it_is_the_share_of_orders_in_which_an_actor_decides(game: tuple[Ints, int, int]) -> None:
    weights, first, second = game
    number = len(weights)

    def wins(size: Ints | np.int64, one: Ints, other: Ints) -> Bools:
        won: Bools = ((one >= first) & (other >= second) & (size >= 2)) | (size + 0 * (one + other) == number)
        return won

    decides = np.zeros(number)
    orders = list(permutations(range(number)))
    for order in orders:
        for place in range(number):
            if wins(np.int64(place + 1), *weights[[*order[: place + 1]]].sum(axis=0)):
                decides[order[place]] += 1
                break
    assert index(weights, wins) == pytest.approx(decides / len(orders))


@pytest.mark.parametrize("wins", [lambda size, votes: votes >= 9 + 0 * size, lambda size, votes: votes + size >= 0])
def test_a_rule_by_which_nobody_or_everybody_wins_is_refused(wins: object) -> None:
    with pytest.raises(ValueError, match="all actors together win"):
        index(np.array([[1], [2]]), wins)  # type: ignore[arg-type]


def test_weights_below_0_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        index(np.array([[1], [-1]]), lambda size, votes: votes + size >= 1)
