"""What would change the outcome: changes are as small as they can be, and gains are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.draws import Cell
from detente.bargaining.issue import Issue
from detente.bargaining.whatif import Trials, levers, pivots, smallest_changes
from tests.bargaining.tables import column, issue


def _trials(of: Issue, model: str = "compromise") -> Trials:
    return Trials(of, model, {"compromise": "weighted", "median": "weighted", "nash": "breakdown"}[model])


TABLES = st.integers(2, 5).flatmap(
    lambda number: st.tuples(
        *(
            st.lists(st.integers(low, high), min_size=number, max_size=number)
            for low, high in ((0, 20), (1, 10), (1, 9))
        )
    )
)


@settings(max_examples=15)
@given(TABLES, st.sampled_from(["compromise", "median"]), st.sampled_from([2.0, 7.5]))
def test_the_smallest_change_is_enough_and_a_little_less_is_not(
    table: tuple[list[int], ...], model: str, by: float
) -> None:
    x, care, power = (np.array(row, dtype=np.float64)[:, np.newaxis] for row in table)
    trials = _trials(issue(x * 5, care / 10, power), model)
    places = {one.cell: one for one in trials.cells}
    for change in smallest_changes(trials, by):
        one = places[change.cell]
        way = np.sign(change.end - change.start)
        full, less = trials.shifts([[trials.moved(one, way * (change.size - step))] for step in (0, 2e-4)])[:, 0]
        assert abs(full) >= by
        assert full == pytest.approx(change.shift)
        assert abs(less) < by
        assert one.low <= change.end <= one.high


def test_the_smallest_change_of_a_mean_is_what_algebra_says() -> None:
    # (0 * 3 + 100 * 1) / 4 = 25: A1 moves it to 20 by going down by 20, or by 3/4 instead of 1 of capability.
    trials = _trials(issue(column(0, 100), column(1, 1), column(3, 1)))
    found = {one.cell: one for one in smallest_changes(trials, 5)}
    assert found[Cell("A1", "d0", "position")].end == pytest.approx(80, abs=0.02)
    assert found[Cell("A1", "d0", "capability")].end == pytest.approx(0.75, abs=0.001)
    assert found[Cell("A1", "d0", "capability")].size == pytest.approx(0.25 / 4, abs=2e-4)
    assert found[Cell("A0", "d0", "position")].end == pytest.approx(20 / 3, abs=0.02)
    sizes = [one.size for one in smallest_changes(trials, 5)]
    assert sizes == sorted(sizes)
    assert smallest_changes(_trials(issue(column(40, 40), column(1, 1), column(3, 1))), 80) == ()


def test_pivotal_is_without_whom_the_outcome_is_elsewhere() -> None:
    trials = _trials(issue(column(0, 50, 100), column(1, 1, 1), column(1, 1, 0)), "median")
    found = {one.actor: one for one in pivots(trials)}
    # Without power an actor decides nothing, wherever it stands.
    assert (found["A2"].without, found["A2"].low, found["A2"].high) == (0, 0, 0)
    assert found["A0"].without == 50
    assert found["A0"].high == pytest.approx(50)
    assert [one.actor for one in pivots(trials)][-1] == "A2"


def test_without_whom_nothing_is_left_is_no_number() -> None:
    trials = _trials(issue(column(0, 50), column(1, 1), column(1, 0)))
    assert {one.actor: one.without for one in pivots(trials)} == {"A0": None, "A1": 0}


@pytest.mark.parametrize("model", ["compromise", "nash"])
def test_levers_gain_what_they_say(model: str) -> None:
    of = issue([[0, 20], [60, 50], [100, 90]], [[0.5, 0.9], [0.6, 0.2], [0.8, 0.4]], [[1, 1], [2, 2], [1, 1]])
    trials = _trials(of, model)
    places = {one.cell: one for one in trials.cells}
    for of_one in levers(trials):
        i, k = int(of_one.actor[1:]), int(of_one.dimension[1:])
        for lever in (*of_one.own, *of_one.others):
            edit = trials.moved(places[lever.cell], (lever.end - lever.start) / trials.range(places[lever.cell]))
            after = trials.after([[edit]])[0, 0, k]
            gain = abs(trials.before[0, k] - of.position[i, k]) - abs(after - of.position[i, k])
            assert gain == pytest.approx(lever.gain)
            assert gain > 0
        assert all(lever.cell.actor == of_one.actor for lever in of_one.own)
        assert all(lever.cell.actor != of_one.actor for lever in of_one.others)


def test_who_stands_aside_gains_by_overstating_its_position() -> None:
    trials = _trials(issue(column(0, 80), column(0.5, 0.5), column(1, 1)))
    (zero, eighty) = levers(trials)
    assert [lever.cell.field for lever in zero.own] == ["salience"]  # it asks for as little as there is already
    position = next(lever for lever in eighty.own if lever.cell.field == "position")
    assert position.end == 100
    assert position.gain == pytest.approx(10)
    best = next(lever for lever in eighty.own if lever.cell.field == "salience")
    assert best.end == 1


def test_where_models_take_dimensions_apart_cells_of_one_do_not_matter_on_another() -> None:
    of = issue([[0, 20], [60, 50]], [[0.5, 0.9], [0.6, 0.2]], [[1, 1], [2, 2]])
    for change in smallest_changes(_trials(of), 5):
        assert change.cell.dimension in (change.dimension, None)


def test_unknown_capability_is_averaged_over_and_never_changed() -> None:
    from detente.bargaining.draws import random, unsure

    of = issue(column(0, 50, 100), column(1, 1, 1), column(1, 1, 1), capability_stated=False)
    (bases,) = random(of, unsure(of), 40, 0)
    trials = Trials(of, "compromise", "weighted", bases=bases)
    assert {one.cell.field for one in trials.cells} == {"position", "salience"}
    found = {one.actor: one for one in pivots(trials)}
    known = [
        float(shares[1] / shares[1:].sum() * 50 + shares[2] / shares[1:].sum() * 100 - shares @ [0, 50, 100])
        for shares in bases.capability[:, :, 0] / bases.capability[:, :, 0].sum(axis=1, keepdims=True)
    ]
    assert found["A0"].without == pytest.approx(np.mean(known))
