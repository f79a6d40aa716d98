from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relations import trends
from detente.relations.trends import Floats, mean_interval, precisions, tone_breaks, trend, volume_breaks

SCORES = st.sampled_from([-10.0, -9.0, -6.0, -5.0, -3.5, -2.0, 1.0, 2.5, 4.5, 6.5, 8.0])
COUNTS = st.lists(st.integers(0, 60), min_size=0, max_size=60)


def _news(seed: int, rate: Floats) -> Floats:
    """Counts that come in bursts."""
    rng = np.random.default_rng(seed)
    return rng.poisson(rate * rng.gamma(5, 1 / 5, len(rate))).astype(float)


def test_the_mean_of_few_values_has_no_interval() -> None:
    assert mean_interval([]) == trends.Interval(None, None, None, 0)
    assert mean_interval([-9.0]) == trends.Interval(-9.0, None, None, 1)
    assert mean_interval([-9.0, 2.5, 2.5, 2.5]) == trends.Interval(-0.375, None, None, 4)


def test_equal_values_leave_no_doubt() -> None:
    assert mean_interval([2.5] * 7) == trends.Interval(2.5, 2.5, 2.5, 7)


@given(st.lists(SCORES, min_size=5, max_size=40), st.integers(-5, 5))
@settings(max_examples=30)
def test_moving_all_values_moves_mean_and_interval(values: list[float], by: int) -> None:
    one, moved = mean_interval(values), mean_interval([value + by for value in values])
    assert one.value is not None and one.low is not None and one.high is not None
    assert one.low <= one.value + 1e-9 and one.value <= one.high + 1e-9
    assert (moved.value, moved.low, moved.high) == pytest.approx((one.value + by, one.low + by, one.high + by))
    assert mean_interval(values) == one


@pytest.mark.parametrize("digits", [0, 9])
def test_the_interval_is_about_two_standard_errors_wide(digits: int) -> None:
    values = np.round(np.random.default_rng(1).normal(0, 4, 4000), digits)
    found = mean_interval(values)
    assert found.low is not None and found.high is not None
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / math.sqrt(4000), rel=0.1)


@given(st.integers(0, 50), st.floats(-2, 2))
@settings(max_examples=20)
def test_a_line_has_its_slope_and_noise_has_none(seed: int, slope: float) -> None:
    rng = np.random.default_rng(seed)
    means = slope * np.arange(40) + rng.normal(0, 0.1, 40)
    means[5:9] = np.nan
    found = trend(means, np.ones(40))
    assert found is not None
    assert found.slope == pytest.approx(slope, abs=0.01)
    assert found.low <= found.slope <= found.high


def test_noise_is_seldom_given_a_trend() -> None:
    rng = np.random.default_rng(0)
    found = [trend(rng.normal(size=60), rng.integers(1, 30, 60)) for _ in range(100)]
    assert sum(each is not None and each.told for each in found) <= 12  # 5 are to be expected
    steep = trend(np.arange(60) / 10 + rng.normal(size=60), np.ones(60))
    assert steep is not None
    assert steep.told


def test_a_trend_needs_six_periods() -> None:
    assert trend([1, 2, np.nan, 3, 4, 5], np.ones(6)) is None


def test_well_known_periods_decide() -> None:
    means = np.where(np.arange(30) % 2, np.arange(30.0), -np.arange(30.0))
    weights = np.where(np.arange(30) % 2, 1000.0, 1.0)
    found = trend(means, weights)
    assert found is not None
    assert found.slope == pytest.approx(1)


def test_periods_with_more_events_are_known_better() -> None:
    found = precisions([1, 4, 0], [2.0, 2.0, np.nan], [0.0, 3.0, np.nan])
    assert found == pytest.approx([0.25, 1.0, 0.0])  # within: 4 * 3 / 3; no excess


@given(st.integers(5, 25), st.sampled_from([-1, 1]))
@settings(max_examples=20)
def test_one_huge_step_in_tone_is_found_in_its_place(at: int, way: int) -> None:
    rng = np.random.default_rng(at)
    means = np.where(np.arange(30) < at, -4.0 * way, 4.0 * way) + rng.normal(0, 0.3, 30)
    (found,) = tone_breaks(np.full(30, 12), means, np.ones(30))
    assert found.at == at
    assert (found.before, found.after) == pytest.approx((-4 * way, 4 * way), abs=0.5)
    assert found.p < 0.01
    assert not found.by_exposure


def test_periods_without_events_are_stepped_over() -> None:
    means = np.where(np.arange(40) < 20, -3.0, 3.0) + np.random.default_rng(0).normal(0, 0.3, 40)
    means[18:23] = np.nan
    (found,) = tone_breaks(np.where(np.isnan(means), 0, 9), means, np.ones(40))
    assert found.at == 23


def test_one_odd_period_of_a_single_event_is_no_break() -> None:
    means, counts = np.random.default_rng(0).normal(2, 0.5, 40), np.full(40, 20)
    means[20:22], counts[20:22] = -9, 1
    assert tone_breaks(counts, means, np.full(40, 5.0)) == ()


@given(st.integers(6, 30), st.sampled_from([0.1, 8.0]))
@settings(max_examples=20)
def test_one_huge_step_in_rate_is_found_in_its_place(at: int, factor: float) -> None:
    counts = np.where(np.arange(36) < at, 40, 40 * factor)
    (found,) = volume_breaks(counts, np.full(36, 200))
    assert (found.at, found.by_exposure) == (at, False)
    assert (found.before, found.after) == pytest.approx((0.2, 0.2 * factor))


@pytest.mark.parametrize("seed", range(5))
def test_a_step_of_exposure_alone_is_marked(seed: int) -> None:
    exposure = np.where(np.arange(80) < 40, 150.0, 600.0)
    counts = _news(seed, 0.05 * exposure)
    (found,) = volume_breaks(counts, exposure)
    assert (found.at, found.by_exposure) == (40, True)
    assert (found.before, found.after) == pytest.approx((counts[:40].mean(), counts[40:].mean()))


@pytest.mark.parametrize("seed", range(5))
def test_a_rate_that_the_counts_hide_is_found(seed: int) -> None:
    exposure = np.where(np.arange(80) < 40, 150.0, 600.0)
    (found,) = volume_breaks(_news(seed, np.full(80, 20.0)), exposure)
    assert abs(found.at - 40) <= 2
    assert not found.by_exposure
    assert found.before > 2 * found.after


@given(COUNTS, st.sampled_from([0.25, 2.0, 1024.0]), st.integers(0, 9))
@settings(max_examples=40)
def test_the_unit_of_exposure_changes_no_break(counts: list[int], unit: float, seed: int) -> None:
    exposure = np.random.default_rng(seed).integers(0, 300, len(counts)).astype(float)
    one, scaled = volume_breaks(counts, exposure), volume_breaks(counts, exposure * unit)
    assert [(each.at, each.by_exposure) for each in one] == [(each.at, each.by_exposure) for each in scaled]


@given(COUNTS, st.integers(0, 60), st.integers(1, 5))
@settings(max_examples=40)
def test_unread_periods_cause_no_break(counts: list[int], where: int, long: int) -> None:
    where = min(where, len(counts))
    gap = counts[:where] + [0] * long + counts[where:]
    read = [100] * where + [0] * long + [100] * (len(counts) - where)
    moved = [each.at + long * (each.at >= where) for each in volume_breaks(counts, [100] * len(counts))]
    assert [each.at for each in volume_breaks(gap, read)] == moved


@given(st.lists(st.sampled_from([0.0, float("nan")]), max_size=50))
def test_what_holds_nothing_has_no_break(values: list[float]) -> None:
    assert volume_breaks(values, np.ones(len(values))) == ()
    assert volume_breaks(np.ones(len(values)), values) == ()
    assert tone_breaks(values, values, values) == ()
    assert tone_breaks(np.ones(len(values)), values, values) == ()


def test_fewer_than_six_periods_have_no_break() -> None:
    assert volume_breaks([1, 1, 1, 900, 900], np.ones(5)) == ()
    assert tone_breaks(np.full(5, 50), [-9, -9, 9, 9, 9], np.ones(5)) == ()


def test_few_series_without_a_break_are_given_one() -> None:
    alarms = sum(bool(volume_breaks(_news(seed, np.full(60, 12.0)), np.full(60, 100))) for seed in range(100))
    assert alarms <= 5


@settings(max_examples=30)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=60), st.integers(1, 3))
def test_no_division_that_ruptures_finds_is_better(values: list[int], scale: int) -> None:
    counts, one = np.array(values, float), np.ones(len(values))

    class Regime(ruptures.base.BaseCost):  # type: ignore[misc]
        model = "regime"
        min_size = 3

        def fit(self, signal: Any) -> Regime:
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            gained = trends._poisson_gain(counts[None, start:end].sum(axis=1), one[None, start:end].sum(axis=1))
            return -float(gained[0]) / scale + math.log(end - start)

    def cost(cuts: list[int]) -> float:
        return sum(Regime().error(start, end) + penalty for start, end in pairwise([0, *cuts, len(values)]))

    penalty = 2 * math.log(len(values))
    found = trends._divide(counts, one, trends._poisson_gain, float(scale))
    theirs = ruptures.Pelt(custom_cost=Regime(), min_size=3, jump=1).fit(counts).predict(pen=penalty)[:-1]
    # PELT leaves out what it takes to be beaten, and so does not always find the best.
    assert cost(found) <= cost(theirs) + 1e-9
    assert all(end - start >= 3 for start, end in pairwise([0, *found, len(values)]))


def test_periods_must_be_the_same() -> None:
    with pytest.raises(ValueError, match=r"counts \(2,\), exposure \(1,\): not the same periods"):
        volume_breaks([1, 2], [1])
