from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relations.responses import Floats, responses


def _follows(seed: int, lag: int, periods: int = 120) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    leader = rng.poisson(8 * rng.gamma(3, 1 / 3, periods)).astype(float)
    follower = rng.poisson(4 * rng.gamma(3, 1 / 3, periods)).astype(float)
    follower[lag:] += rng.poisson(leader[:-lag])
    return leader, follower


@pytest.mark.parametrize("lag", [1, 2, 4])
def test_who_leads_and_at_which_lag(lag: int) -> None:
    leader, follower = _follows(lag, lag)
    found = responses(leader, follower)
    assert found is not None
    assert (found.direction, found.first.lag) == ("first", lag)
    assert found.first.strength > 0


def test_a_side_that_does_less_where_the_other_did_more_has_a_strength_below_0() -> None:
    leader, follower = _follows(7, 1)
    found = responses(leader, -follower)
    assert found is not None
    assert found.direction == "first"
    assert found.first.strength < 0


@given(st.integers(0, 1000), st.sampled_from([1, 3]))
@settings(max_examples=20)
def test_swapping_the_sides_swaps_the_result(seed: int, lag: int) -> None:
    first, second = _follows(seed, lag)
    one, other = responses(first, second), responses(second, first)
    assert one is not None
    assert other is not None
    assert (one.first, one.second) == (other.second, other.first)
    swapped = {"first": "second", "second": "first"}
    assert one.direction == swapped.get(other.direction, other.direction)


@given(st.lists(st.one_of(st.just(float("nan")), st.just(0.0)), max_size=80))
def test_what_holds_nothing_has_no_direction(values: list[float]) -> None:
    found = responses(values, values, exposure=[0.0] * len(values))
    assert found is None
    found = responses(values, values)
    assert found is None or found.direction == "none"


def test_constant_series_have_no_direction() -> None:
    found = responses(np.full(60, 5.0), np.full(60, 3.0))
    assert found is not None
    assert found.direction == "none"


def test_few_are_given_a_direction_who_only_share_their_readers_and_their_trend() -> None:
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(60):
        read = np.round(300 * np.exp(np.cumsum(rng.normal(0, 0.1, 120))))
        trend = np.linspace(0.5, 2, 120) * read / 300
        first, second = rng.poisson(10 * trend * rng.gamma(3, 1 / 3, (2, 120)))
        found = responses(first, second, exposure=read)
        assert found is not None
        alarms += found.direction != "none"
    assert alarms <= 9  # 3 are to be expected; more than 9 would come up once in a thousand times


def test_unread_periods_are_not_known_rather_than_quiet() -> None:
    leader, follower = _follows(5, 1, 150)
    read = np.full(150, 200.0)
    read[40:44] = 0
    leader[40:44], follower[40:44] = 0, 0
    gap = np.where(read > 0, leader, np.nan), np.where(read > 0, follower, np.nan)
    assert responses(leader, follower, exposure=read) == responses(*gap, exposure=read)
    found = responses(leader, follower, exposure=read)
    assert found is not None
    assert found.direction == "first"


def test_periods_must_be_the_same() -> None:
    with pytest.raises(ValueError, match="not the same periods"):
        responses([1.0, 2.0], [1.0])
