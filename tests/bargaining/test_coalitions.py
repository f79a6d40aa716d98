"""Coalitions to watch: the smallest group that is enough, and none where none is."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from detente.bargaining.coalitions import Coalition, coalitions, largest
from detente.bargaining.whatif import Trials
from tests.bargaining.tables import column, issue


def _found(trials: Trials, by: float, most: int = 1500) -> dict[str, Coalition]:
    return {one.how: one for one in coalitions(trials, by, most)}


def test_no_smaller_group_is_enough() -> None:
    draw = np.random.default_rng(4)
    of = issue(draw.integers(0, 21, (6, 1)) * 5, draw.random((6, 1)), draw.random((6, 1)) + 0.5)
    trials = Trials(of, "compromise", "weighted")
    by = 12.0
    found = _found(trials, by)["withdraw"]
    size = len(found.actors)
    assert found.exact
    shifts = {
        group: trials.shifts([trials.withdrawn(group)])[0, 0]
        for r in range(1, size + 1)
        for group in combinations(range(6), r)
    }
    assert all(abs(shift) < by for group, shift in shifts.items() if len(group) < size)
    best = max((group for group in shifts if len(group) == size), key=lambda group: abs(shifts[group]))
    assert found.actors == tuple(f"A{i}" for i in best)
    assert found.shift == shifts[best]


def test_all_going_one_way_move_a_mean_by_a_tenth_and_no_group_by_more() -> None:
    trials = Trials(issue(column(20, 40, 60), column(1, 1, 1), column(1, 1, 1)), "compromise", "weighted")
    found = _found(trials, 9.99)
    assert found["go up"].actors == ("A0", "A1", "A2")
    assert "go up" not in _found(trials, 10.5)


def test_where_groups_are_too_many_the_best_grows() -> None:
    trials = Trials(issue(column(0, 0, 0, 100, 100), [[1]] * 5, [[1]] * 5), "compromise", "weighted")
    found = _found(trials, 55, most=5)["withdraw"]
    assert not found.exact
    # Without two or more of those at 0 the mean is 67, or 100 without all three.
    assert found.actors == ("A0", "A1", "A2")
    assert found.shift == 60


def test_of_one_actor_all_are_tried_however_many_they_are() -> None:
    trials = Trials(issue(column(0, 0, 0, 100, 100), [[1]] * 5, [[1]] * 5), "compromise", "weighted")
    found = _found(trials, 5, most=4)["withdraw"]
    assert (len(found.actors), found.exact) == (1, True)


def test_groups_of_more_members_are_not_looked_for() -> None:
    trials = Trials(issue(column(20, 40, 60), column(1, 1, 1), column(1, 1, 1)), "compromise", "weighted")
    ups = ([one.actors for one in coalitions(trials, 9.99, members=most) if one.how == "go up"] for most in (2, 3))
    assert [*ups] == [[], [("A0", "A1", "A2")]]


def test_groups_grow_as_far_as_so_many_are_tried() -> None:
    assert largest(200, 36_000) == 90
    assert largest(30, 1800) == 30
    assert largest(200, 1) == 2
