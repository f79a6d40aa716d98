"""How often models are put to tables, by their size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.budget import affordable, fitting, pairs
from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from tests.bargaining.tables import issue


def _of(actors: int, dimensions: int) -> Issue:
    ones = np.ones((actors, dimensions))
    return issue(ones, ones, ones)


@pytest.mark.parametrize(("actors", "dimensions"), [(3, 1), (45, 1), (20, 5), (13, 2), (11, 7)])
def test_on_usual_tables_only_costly_models_get_less(actors: int, dimensions: int) -> None:
    found = {model: affordable(_of(actors, dimensions), model, 10_000) for model in MODELS}
    less = {"nash": 2000, "exchange": 1000, "election": 500}
    assert found == dict.fromkeys(MODELS, 10_000) | less


def test_on_large_tables_what_goes_through_pairs_gets_less_in_proportion() -> None:
    large = _of(200, 1)
    assert affordable(large, "expected_utility", 10_000) == 10_000 * 1000 // (200 * 199 // 2)
    assert affordable(large, "expected_utility", 20_000) == 20_000 * 1000 // (200 * 199 // 2)
    assert affordable(large, "compromise", 10_000) == 10_000
    # A range of 80 % is not told of a few draws: 1,000 would leave two.
    assert affordable(large, "election", 1000) == 20
    assert affordable(large, "election", 200) == 10
    assert pairs(_of(20, 40), "exchange") == 190 * 780
    assert fitting(_of(20, 40), "exchange", 20) == 1


@settings(max_examples=20)
@given(st.sampled_from([*MODELS]), st.integers(1, 60), st.integers(1, 12), st.integers(1, 1000))
def test_a_larger_table_never_gets_more_and_each_gets_one(
    model: str, actors: int, dimensions: int, number: int
) -> None:
    here = affordable(_of(actors, dimensions), model, number)
    assert 1 <= affordable(_of(actors + 1, dimensions), model, number) <= here <= number
    assert affordable(_of(actors, dimensions + 1), model, number) <= here
