from __future__ import annotations

import numpy as np
import pytest

from detente.forecasting.features import NAMES
from detente.forecasting.model import Ranker, days, lessons, rank
from detente.forecasting.past import Past
from detente.forecasting.recurrency import Recurrency
from detente.forecasting.scoring import questions, rank_table, ranks
from tests.forecasting.made import drawn, history


def test_fitted_twice_it_ranks_the_same_and_better_than_chance() -> None:
    whole = drawn(3, days=60)
    rankings = []
    for _ in range(2):
        past = Past(whole)
        ranker = Ranker.fit(lessons(past, whole, 30, 50))
        rankings.append(rank(ranker, past, whole, 50, 60))
    assert rankings[0].scores.tobytes() == rankings[1].scores.tobytes()
    asked, _ = questions(whole.between(50, 60))
    assert len(rankings[0].queries) == len(np.unique(asked, axis=0))
    chance = float(np.mean(1 / np.arange(1, 12)))
    assert rank_table(ranks(rankings[0], whole.between(50, 60)))["mrr"] > 1.5 * chance


def test_contributions_sum_to_the_score() -> None:
    whole = drawn(4, days=40)
    past = Past(whole)
    ranker = Ranker.fit(lessons(past, whole, 20, 39))
    (_, table, right), *_ = days(past, whole, 39, 40)
    told = ranker.contributions(table.features)
    assert told.shape == (len(table.candidates), len(NAMES) + 1)
    np.testing.assert_allclose(told.sum(axis=1), ranker.scores(table), atol=1e-9)
    assert right.any()


def test_answers_are_those_of_the_day_and_the_question() -> None:
    whole = history(np.array([(0, 0, 1, 0), (0, 0, 2, 0), (0, 0, 1, 1), (0, 0, 2, 1), (3, 1, 2, 1)]))
    (asked, table, right), *more = days(Past(whole), whole, 1, 2)
    assert not more
    answers = {
        tuple(query): set(table.candidates[start:end][right[start:end]].tolist())
        for query, start, end in zip(asked.tolist(), table.starts, table.starts[1:], strict=False)
    }
    assert answers[(0, 0, 1)] == {1, 2}
    assert answers[(1, 3, 1)] == answers[(2, 3, 1)] == {0}
    with pytest.raises(ValueError, match="no events"):
        lessons(Past(whole), whole, 5, 9)


def test_the_baseline_is_its_formula() -> None:
    events = [(0, 0, 1, 0), (0, 0, 2, 1), (3, 0, 2, 1), (4, 0, 5, 1), (0, 0, 1, 4), (0, 0, 1, 9), (0, 0, 2, 10)]
    ranking = Recurrency(history(np.array(events))).rank(9, 10)
    row = ranking.queries.tolist().index([0, 0, 9])
    part = slice(ranking.starts[row], ranking.starts[row + 1])
    found = dict(zip(ranking.candidates[part].tolist(), ranking.scores[part].tolist(), strict=True))
    fading, weight = 0.05, 0.9999
    assert found == {
        1: pytest.approx(weight * 2 ** (-fading * 5) + (1 - weight) * 2 / 5),
        2: pytest.approx(weight * 2 ** (-fading * 8) + (1 - weight) * 2 / 5),
        5: pytest.approx((1 - weight) / 5),
    }


def test_the_baseline_chooses_what_ranked_best() -> None:
    # Everybody does again what he did last, though something else is done more often.
    events = [
        (actor, 0, other, day) for actor in (0, 1) for day in range(30) for other in [2 + (day // 10 + actor) % 3]
    ]
    whole = history(np.array(events))
    baseline = Recurrency(whole)
    baseline.choose(15, 25)
    last = whole.between(25, 30)
    target = ranks(baseline.rank(25, 30), last)[: len(last)]
    assert target.tolist() == [1] * len(last)
