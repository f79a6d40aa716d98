"""Which cells matter: indices that are known by analysis, and how many draws they take."""

from __future__ import annotations

import numpy as np
import pytest

from detente.bargaining.draws import unsure
from detente.bargaining.sobol import indices, size
from tests.bargaining.tables import column, issue


def test_the_indices_of_a_sum_are_the_shares_of_its_variances() -> None:
    # The weighted mean is a sum of positions, by 1/2, 1/3 and 1/6; none of the normal distributions is cut much.
    of = issue(column(50, 50, 50), column(1, 1, 1), column(3, 2, 1), position_sd=10)
    found = indices(of, unsure(of), "compromise", "weighted", draws=4096, seed=3)
    assert [one.cell.actor for one in found] == ["A0", "A1", "A2"]
    shares = np.array([9, 4, 1]) / 14
    for one, share in zip(found, shares, strict=True):
        assert one.first == pytest.approx(share, abs=0.03)
        assert one.total == pytest.approx(share, abs=0.03)
        assert 0 < one.total_error < 0.1
    assert found == indices(of, unsure(of), "compromise", "weighted", draws=4096, seed=3)


def test_a_cell_that_acts_with_another_alone_has_a_total_index_only() -> None:
    # The salience of who stands in the middle of two mirror images matters through where these stand.
    of = issue(column(50, 50), column(0.5, 0.5), column(1, 1), position_sd=10, salience_sd=0.1)
    found = {one.cell: one for one in indices(of, unsure(of), "compromise", "weighted", draws=8192)}
    for cell, one in found.items():
        if cell.field == "salience":
            assert abs(one.first) < 0.03
            assert one.total > 0.01


def test_too_few_draws_give_none() -> None:
    of = issue(column(0, 50), column(1, 1), column(1, 1), position_sd=10)
    assert size(2, 63) == 0
    assert size(2, 64) == 16
    assert size(2, 10_000) == 2048
    assert indices(of, unsure(of), "compromise", "weighted", draws=63) == ()


def test_an_outcome_that_nothing_moves_has_no_indices() -> None:
    # Who has all the power settles it, however much it cares.
    of = issue(column(0, 50), column(1, 1), column(1, 0), position_sd=0, salience_sd=0.1)
    assert indices(of, unsure(of), "compromise", "weighted", draws=1000) == ()
