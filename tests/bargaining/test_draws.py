"""What is drawn of a table: within its limits, with the moments that were stated, and the same again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import truncnorm

from detente.bargaining.draws import Cell, Tables, as_stated, drawn, estimates, random, unsure
from detente.bargaining.issue import Issue
from detente.errors import IssueError
from tests.bargaining.tables import column, issue


def _drawn(of: Issue, number: int, seed: int = 0, sd: float | None = None) -> Tables:
    (found,) = random(of, unsure(of, sd), number, seed)
    return found


@settings(max_examples=25)
@given(st.floats(0, 100), st.floats(0.1, 200), st.floats(0, 1), st.floats(0.01, 1), st.floats(0, 5))
def test_every_draw_lies_within_the_limits_of_its_cell(x: float, sd: float, s: float, s_sd: float, c: float) -> None:
    of = issue(column(x, 50), column(s, 0.5), column(c, 1), position_sd=sd, salience_sd=s_sd, capability_sd=1)
    found = _drawn(of, 200)
    assert ((found.position >= 0) & (found.position <= 100)).all()
    assert ((found.salience >= 0) & (found.salience <= 1)).all()
    assert (found.capability >= 0).all()


def test_a_cell_follows_the_normal_distribution_that_is_cut_to_its_limits() -> None:
    of = issue(column(90, 50), column(0.5, 0.5), column(1, 1), position_sd=20)
    found = _drawn(of, 4000).position[:, 0, 0]
    known = truncnorm((0 - 90) / 20, (100 - 90) / 20, 90, 20)
    np.testing.assert_allclose(np.quantile(found, [0.1, 0.5, 0.9]), known.ppf([0.1, 0.5, 0.9]), rtol=0, atol=1.5)
    assert not (found == 100).any()


def test_what_states_no_uncertainty_is_left_as_it_is_or_given_that_of_all() -> None:
    of = issue(column(20, 50), column(0.5, 0.5), column(2, 4), position_sd=5)
    found = _drawn(of, 50)
    assert (found.salience == 0.5).all()
    assert (found.capability == of.capability).all()
    by_field = {one.cell: one.sd for one in unsure(of, 0.1)}
    assert by_field[Cell("A0", "d0", "position")] == 5
    assert by_field[Cell("A0", "d0", "salience")] == 0.1
    assert by_field[Cell("A1", "d0", "capability")] == pytest.approx(0.4)


def test_without_any_uncertainty_the_way_out_is_told() -> None:
    of = issue(column(20, 50), column(0.5, 0.5), column(1, 1))
    with pytest.raises(IssueError, match=r"no cell states how unsure it is; fill in position_sd.*--sd 0\.1"):
        unsure(of)
    with pytest.raises(IssueError, match="a standard deviation of 2 is no share"):
        unsure(of, 2)


def test_unknown_capability_is_a_flat_share_of_all() -> None:
    of = issue(column(20, 50, 80), column(0.5, 0.5, 1), column(1, 1, 1), capability_stated=False)
    power = _drawn(of, 4000).capability[..., 0]
    first = power[:, 0] / power.sum(axis=1)
    # A share of a flat Dirichlet distribution of three has the distribution Beta(1, 2).
    np.testing.assert_allclose(np.quantile(first, [0.1, 0.5, 0.9]), 1 - np.sqrt([0.9, 0.5, 0.1]), rtol=0, atol=0.02)


def test_one_capability_on_all_dimensions_is_one_estimate() -> None:
    of = issue([[0, 10], [50, 60]], [[0.5, 0.5]] * 2, [[1, 1], [2, 3]], capability_sd=0.5)
    cells = [one.cell for one in estimates(of) if one.cell.field == "capability"]
    assert cells == [
        Cell("A0", None, "capability"),
        Cell("A1", "d0", "capability"),
        Cell("A1", "d1", "capability"),
    ]
    found = _drawn(of, 10)
    assert (found.capability[:, 0, 0] == found.capability[:, 0, 1]).all()
    assert (found.capability[:, 1, 0] != found.capability[:, 1, 1]).any()


def test_draws_follow_the_seed_and_do_not_hang_on_how_many_there_are() -> None:
    of = issue(column(20, 50), column(0.5, 0.5), column(1, 1), position_sd=5, salience_sd=0.1)
    few, many, other = _drawn(of, 10, 1), _drawn(of, 30, 1), _drawn(of, 10, 2)
    np.testing.assert_array_equal(few.position, many.position[:10])
    assert (few.position != other.position).any()
    parts = [*random(of, unsure(of), 5000, 1)]
    assert sum(len(part) for part in parts) == 5000
    np.testing.assert_array_equal(parts[0].position[:30], many.position)


def test_the_middle_of_all_chances_is_the_table_itself() -> None:
    of = issue(column(50, 50), column(0.5, 0.5), column(1, 2), position_sd=10, salience_sd=0.2)
    cells = unsure(of)
    found = drawn(of, cells, np.full((1, len(cells)), 0.5))
    np.testing.assert_allclose(found.position, as_stated(of).position)
    np.testing.assert_allclose(found.salience, as_stated(of).salience)
