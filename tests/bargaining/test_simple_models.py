"""Mean, median, decisions by a rule, and Nash's solution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining import compromise, nash, voting
from detente.bargaining.issue import Floats
from detente.bargaining.median import median

POSITION = np.array([0.0, 4.0, 10.0, np.nan])
STAKES = np.array([1.0, 2.0, 1.0, 9.0])
TABLES = st.integers(2, 6).flatmap(
    lambda number: st.tuples(*(st.lists(st.integers(low, 20), min_size=number, max_size=number) for low in (0, 1, 1)))
)


def test_the_mean_and_the_median_leave_out_who_takes_no_part() -> None:
    assert compromise.mean(POSITION, STAKES) == 18 / 4
    assert median(POSITION, STAKES) == 4


def test_nobody_with_stakes_settles_nothing() -> None:
    assert np.isnan(compromise.mean(POSITION, np.zeros(4)))
    assert np.isnan(median(POSITION, np.zeros(4)))


@settings(max_examples=50)
@given(TABLES)
def test_no_majority_leaves_the_median(table: tuple[list[int], ...]) -> None:
    position, stakes = np.array(table[0]) / 20, np.array(table[1]) / 20
    found = median(position, stakes)
    assert found in position
    for other in position:
        nearer = np.abs(position - other) < np.abs(position - found)
        assert stakes[nearer].sum() <= stakes.sum() / 2 + 1e-12


def test_a_majority_takes_the_proposal_as_far_as_its_pivot_goes() -> None:
    position, power, nobody = np.array([2.0, 4.0, 9.0]), np.ones(3), np.zeros(3, np.bool_)
    found = voting.decide(position, power, nobody, proposal=4, status_quo=0, quota=0.6)
    assert (found.outcome, found.blockers.tolist()) == (4, [False, False, False])
    # The lowest goes along to 4, the mirror image of 0; with 7 proposed it is needed for a quota of all.
    found = voting.decide(position, power, nobody, proposal=7, status_quo=0, quota=1)
    assert (found.outcome, found.blockers.tolist()) == (4, [True, False, False])
    found = voting.decide(position, power, nobody, proposal=9, status_quo=0, quota=0.6)
    assert (found.outcome, found.blockers.tolist()) == (8, [True, True, False])


def test_a_veto_on_the_other_side_is_gridlock() -> None:
    position, power = np.array([-1.0, 4.0, 9.0]), np.array([0.0, 5.0, 5.0])
    found = voting.decide(position, power, np.array([True, False, False]), proposal=4, status_quo=0)
    assert (found.outcome, found.blockers.tolist()) == (0, [True, False, False])


def test_a_quota_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="quota"):
        voting.decide(POSITION, STAKES, np.zeros(4, np.bool_), proposal=4, status_quo=0, quota=0)


@settings(max_examples=50)
@given(TABLES, st.integers(0, 20), st.integers(1, 20))
def test_what_passes_is_liked_by_the_quota(table: tuple[list[int], ...], quo: int, quota: int) -> None:
    position, power, status_quo = np.array(table[0]) / 20, np.array(table[1]) / 20, quo / 20
    veto = np.array(table[2]) > 18
    proposal = float(median(position, power))
    found = voting.decide(position, power, veto, proposal, status_quo, quota / 20)
    for_it = np.abs(found.outcome - position) <= np.abs(status_quo - position) + 1e-12
    assert power[for_it].sum() >= quota / 20 * power.sum() - 1e-12
    assert for_it[veto].all()
    if found.outcome != proposal:
        assert found.blockers.any()


LOW, HIGH = np.zeros(2), np.full(2, 100.0)


def test_nashs_solution_of_two_equals_is_halfway() -> None:
    position, salience, capability = np.array([[0.0], [100.0]]), np.ones((2, 1)), np.ones((2, 1))
    found = nash.solve(position, salience, capability, LOW[:1], HIGH[:1])
    assert found.outcome == pytest.approx(50, abs=1e-6)
    stronger = nash.solve(position, salience, np.array([[1.0], [3.0]]), LOW[:1], HIGH[:1])
    assert stronger.outcome[0] > 50


def test_a_package_is_found_where_no_dimension_alone_gives_one() -> None:
    """Each cares for one matter; on each alone the status quo holds, together both gain by giving way on the other."""
    position = np.array([[100.0, 0.0], [0.0, 100.0]])
    salience = np.array([[0.9, 0.1], [0.1, 0.9]])
    quo = np.array([50.0, 50.0])
    found = nash.solve(position, salience, np.ones((2, 2)), LOW, HIGH, status_quo=quo)
    np.testing.assert_allclose(found.outcome, [90, 90], atol=1e-6)
    assert (found.gain > 0).all()
    alone = nash.solve(position[:, :1], salience[:, :1], np.ones((2, 1)), LOW[:1], HIGH[:1], status_quo=quo[:1])
    assert alone.outcome == [50]
    equal = np.array([[0.5, 0.5], [0.5, 0.5]])
    blocked = nash.solve(position, equal, np.array([[1.0, 1.0], [9.0, 9.0]]), LOW, HIGH, status_quo=quo)
    assert blocked.outcome.tolist() == [50, 50]
    assert blocked.losers.tolist() == [True, False]


def test_with_failure_ever_worse_nashs_solution_becomes_the_mean() -> None:
    draw = np.random.default_rng(7)
    position, salience = draw.random((6, 2)) * 100, draw.random((6, 2))
    capability = np.repeat(draw.random((6, 1)), 2, axis=1)
    found = nash.solve(position, salience, capability, LOW, HIGH, breakdown=1e6)
    np.testing.assert_allclose(found.outcome, compromise.mean(position, capability * salience), atol=1e-3)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_no_point_near_nashs_solution_is_better(seed: int) -> None:
    draw = np.random.default_rng(seed)
    number = int(draw.integers(2, 6))
    position, salience = draw.random((number, 2)) * 100, draw.random((number, 2))
    capability = np.repeat(draw.random((number, 1)), 2, axis=1)
    quo = draw.choice([0.0, 50.0, 100.0], 2)
    found = nash.solve(position, salience, capability, LOW, HIGH, status_quo=quo)

    def gains(x: Floats) -> Floats:
        loss: Floats = (salience * ((quo - position) / 100) ** 2 - salience * ((x - position) / 100) ** 2).sum(1)
        return loss

    others = np.clip(found.outcome + draw.normal(size=(200, 2)) * draw.choice([0.01, 1, 30], (200, 1)), 0, 100)
    if found.gain.any():
        best = capability[:, 0] @ np.log(gains(found.outcome))
        better = [x for x in others if gains(x).min() > 0 and capability[:, 0] @ np.log(gains(x)) > best + 1e-9]
    else:
        better = [x for x in others if gains(x).min() > 1e-5]
    assert not better
