from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.forecasting.features import NAMES
from detente.forecasting.history import History
from detente.forecasting.past import Past, Table
from detente.forecasting.scoring import questions
from tests.forecasting.made import drawn, history


def _asked(past: History, day: int, of: History) -> Table:
    """What is known of a day's questions, which are those of history `of`, from history `past`."""
    known = Past(past, step=1)
    known.advance(day)
    return known.ask(np.unique(questions(of.between(day, day + 1))[0][:, :2], axis=0), day)


def _same(one: Table, other: Table) -> None:
    for left, right in zip(vars(one).values(), vars(other).values(), strict=True):
        np.testing.assert_array_equal(left, right)


@given(st.integers(0, 1000), st.sampled_from([1, 11, 25]), st.sampled_from([12, 60]), st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_a_day_and_what_comes_later_change_nothing(seed: int, day: int, count: int, random: Random) -> None:
    whole = drawn(seed, per_day=2 * count, count=count)  # only with many actors are there factors
    known = _asked(whole, day, whole)
    _same(known, _asked(whole.before(day), day, whole))
    later = whole.between(day, 99)
    order = list(range(len(later)))
    random.shuffle(order)
    shuffled = np.stack([later.sources[order], later.relations, later.targets[order[::-1]], later.times], axis=1)
    past = whole.before(day)
    before = np.stack([past.sources, past.relations, past.targets, past.times], axis=1)
    _same(known, _asked(history(np.concatenate([before, shuffled]), count), day, whole))


def test_the_order_of_events_within_a_day_changes_nothing() -> None:
    whole = drawn(5)
    order = np.lexsort((np.random.default_rng(5).uniform(size=len(whole)), whole.times))
    mixed = replace(whole, sources=whole.sources[order], relations=whole.relations[order], targets=whole.targets[order])
    one, other = _asked(whole, 20, whole), _asked(mixed, 20, whole)
    np.testing.assert_array_equal(one.candidates, other.candidates)
    np.testing.assert_allclose(one.features, other.features, rtol=1e-5)


def test_factors_are_known_where_there_are_many_actors() -> None:
    table = _asked(drawn(1, per_day=120, count=60), 25, drawn(1, per_day=120, count=60))
    assert table.features[:, NAMES.index("dealings likely by factors")].any()
    assert table.features[:, NAMES.index("it likely by factors")].any()


def _told(events: list[tuple[int, int, int, int]], query: tuple[int, int], day: int, other: int) -> dict[str, float]:
    past = Past(history(np.array(events)), step=1)
    past.advance(day)
    table = past.ask(np.array([query], np.int32), day)
    (row,) = np.flatnonzero(table.candidates == other)
    return dict(zip(NAMES, table.features[row].tolist(), strict=True))


MET = [(0, 0, 1, 0), (0, 0, 1, 7), (1, 0, 0, 10), (0, 2, 1, 13), (0, 0, 2, 13), (1, 1, 4, 13)]


def test_counts_fade_and_recency_is_in_days() -> None:
    told = _told(MET, (0, 0), 14, 1)
    assert told["days since it with them"] == 7
    assert told["days with it with them"] == 2
    assert told["it with them, 14-day"] == pytest.approx(0.5 + 0.5**0.5)
    assert told["days since the same from them"] == 4
    assert told["days since deeds to them"] == 1
    assert told["days with deeds to them"] == 3
    assert told["share of this actor's doing it, ever"] == pytest.approx(2 / 3)
    assert told["rhythm: days since it over its mean gap"] == pytest.approx(1)
    assert told["rhythm: spread of its gaps"] == 0
    assert told["share of it on this weekday"] == 1
    assert told["relations that the pair has had"] == 3  # meets, is met, attacks


def test_the_question_from_the_other_end_sees_the_same_events() -> None:
    ahead, back = _told(MET, (0, 0), 14, 1), _told(MET, (1, 3), 14, 0)
    for name in ("days since it with them", "it with them, 60-day", "days since the same from them"):
        assert ahead[name] == back[name]


def test_who_has_no_past_with_the_actor_is_known_by_his_country() -> None:
    told = _told(MET, (0, 0), 14, 4)
    assert np.isnan(told["days since it with them"])
    assert told["it with them, 3-day"] == 0
    assert told["share of the actor's deeds that are with their country"] == pytest.approx(3 / 4, abs=0.02)
    assert told["reached through partners"] > 0
    assert told["of the actor's country"] == 0
    assert _told(MET, (4, 1), 14, 1)["of the actor's country"] == 1


def test_what_followed_before_is_a_rule() -> None:
    ladder = [(0, 1, target, 10 * target) for target in range(1, 6)]
    ladder += [(0, 2, target, 10 * target + 2) for target in range(1, 6)]
    told = {other: _told([*ladder, (0, 1, 6, 60)], (0, 2), 62, other) for other in (1, 6)}
    strongest = "rule: strongest of what the pair did"
    assert told[6][strongest] > 2 * told[1][strongest]
    assert told[6]["place by rules"] == 0


def test_only_the_time_that_comes_next_is_asked_for() -> None:
    past = Past(history(np.array(MET)), step=1)
    past.advance(9)
    with pytest.raises(ValueError, match="up to which the past is known"):
        past.ask(np.array([[0, 0]], np.int32), 10)


def test_hours_are_days_where_events_have_days() -> None:
    hours = [(s, r, o, 24 * t) for s, r, o, t in [*MET, (0, 0, 1, 14)]]
    past = Past(history(np.array(hours)))
    past.advance(24 * 14)
    table = past.ask(np.array([[0, 0]], np.int32), 24 * 14)
    other = Past(history(np.array(MET)), step=1)
    other.advance(14)
    np.testing.assert_array_equal(table.features, other.ask(np.array([[0, 0]], np.int32), 14).features)
