"""Indicators rest on what was known before the day, and on nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.forecasting.dealings import Dealings, Level
from detente.forecasting.indicators import INDICATORS, LOOKBACK, Asked, active, indicators, looked_at, outcomes
from tests.forecasting.drawn import dealings, handmade

MADE = dealings(late=5)


def shuffled(made: Dealings, day: int, seed: int) -> Dealings:
    """The same past, and another future: what was known on the day or later is dealt out anew, and partly lost."""
    random = np.random.default_rng(seed)
    kept = (made.known < day) | (random.random(len(made)) < 0.7)
    some = made.only(kept)
    future = np.flatnonzero(some.known >= day)
    columns = {}
    for name in ("sources", "targets", "types"):
        column = getattr(some, name).copy()
        column[future] = random.permutation(column[future])
        columns[name] = column
    world, read = made.world.copy(), made.read.copy()
    world[day:] = random.integers(0, 9, world[day:].shape)
    read[day:] = 0
    return replace(some, world=world, read=read, **columns)


@given(day=st.integers(20, 390), seed=st.integers(0, 1000), level=st.sampled_from(["quad", "type"]))
@settings(max_examples=15)
def test_the_future_changes_nothing(day: int, seed: int, level: Level) -> None:
    other = shuffled(MADE, day, seed)
    asked, again = active(MADE, day), active(other, day)
    assert asked.sources.tolist() == again.sources.tolist()
    assert asked.targets.tolist() == again.targets.tolist()
    np.testing.assert_array_equal(indicators(MADE, asked, level, 30), indicators(other, asked, level, 30))
    np.testing.assert_array_equal(indicators(MADE.before(day), asked, level, 30), indicators(MADE, asked, level, 30))


def test_what_is_told_late_is_not_known_before() -> None:
    late = np.flatnonzero(MADE.known > MADE.days)[0]
    day = int(MADE.known[late])
    asked = Asked(MADE.sources[late : late + 1], MADE.targets[late : late + 1], day)
    without = MADE.only(np.arange(len(MADE)) != late)
    np.testing.assert_array_equal(indicators(MADE, asked, "quad", 30), indicators(without, asked, "quad", 30))
    asked = replace(asked, day=day + 1)
    assert (indicators(MADE, asked, "quad", 30) != indicators(without, asked, "quad", 30)).any()


def test_of_a_pair_only_deeds_of_its_sides_and_the_world_are_looked_at() -> None:
    asked = Asked(np.array([2], np.int32), np.array([7], np.int32), 300)
    near = MADE.only(np.isin(MADE.sources, [2, 7]) | np.isin(MADE.targets, [2, 7]))
    np.testing.assert_array_equal(indicators(near, asked, "quad", 30), indicators(MADE, asked, "quad", 30))


@pytest.mark.parametrize("by_actor", [False, True])
def test_what_is_not_looked_at_changes_nothing(by_actor: bool) -> None:
    made = MADE.by_actor() if by_actor else MADE
    asked = Asked(np.array([2], np.int32), np.array([len(made.parties) - 1], np.int32), 300)
    near = looked_at(made, asked)
    assert 0 < len(near) < len(made)
    np.testing.assert_array_equal(indicators(near, asked, "type", 30), indicators(made, asked, "type", 30))


def test_counts_are_those_of_the_days_before() -> None:
    # Type 0 is verbal cooperation, type 15 material conflict.
    made = handmade(
        (0, 1, 0, 10), (0, 1, 0, 95), (0, 1, 15, 99), (1, 0, 15, 98), (0, 2, 0, 97), (0, 1, 0, 100), length=200
    )
    found = indicators(made, Asked(np.array([0], np.int32), np.array([1], np.int32), 100), "quad", 30)
    row = dict(zip(INDICATORS, found[0], strict=True))
    assert (row["own_7"], row["own_90"], row["own_since"]) == (1, 2, 5)
    assert (row["pair_7"], row["pair_180"], row["pair_since"]) == (2, 3, 1)
    assert (row["back_all_30"], row["back_conflict_30"], row["back_own_30"]) == (1, 1, 0)
    assert (row["source_own_30"], row["target_own_30"]) == (2, 1)
    assert row["states"] == 2
    # Spans of 30 days that begin on days 0 to 70: those that begin by day 10, and those from day 66 on.
    assert row["own_share"] == pytest.approx((11 + 5) / 71)
    # Days 10 to 99 hold the spans that begin on days 10 to 70, days 0 to 99 the weeks that begin on days 0 to 93.
    assert row["own_share_90"] == pytest.approx((1 + 5) / 61)
    assert row["own_weeks"] == pytest.approx((7 + 5) / 94)
    assert row["own_days"] == pytest.approx(2 / 100)
    assert (row["back_own_share"], row["back_own_since"]) == (0, LOOKBACK)


def test_outcomes_are_deeds_of_the_days_that_follow() -> None:
    made = handmade((0, 1, 0, 10), (0, 1, 0, 39), (0, 1, 0, 40), (1, 0, 0, 20), length=200)
    asked = Asked(np.array([0], np.int32), np.array([1], np.int32), 10)
    assert outcomes(made, asked, "quad", 30).tolist() == [2, 0, 0, 0]


def test_by_actor_a_deed_is_to_anyone() -> None:
    made = handmade((0, 1, 0, 10), (0, 2, 0, 11), (2, -1, 15, 12), (1, 0, 0, 13), length=200).by_actor()
    asked = Asked(np.array([0, 2], np.int32), np.array([3, 3], np.int32), 20)
    found = indicators(made, asked, "quad", 7).reshape(2, 4, -1)
    assert found[0, 0, INDICATORS.index("own_30")] == 2
    assert found[0, 0, INDICATORS.index("back_own_30")] == 1
    assert found[1, :, INDICATORS.index("own_30")].tolist() == [0, 0, 0, 1]
