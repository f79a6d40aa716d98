from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.forecasting.history import History
from detente.forecasting.scoring import (
    Ranking,
    average_precision,
    brier,
    calibration,
    crps,
    log_score,
    questions,
    rank_table,
    ranks,
    reliability,
    skill,
)

NAMES = tuple("ABCDEF")


def _history(*events: tuple[int, int, int, int]) -> History:
    return History.of(np.array(events, np.int32).reshape(-1, 4), NAMES, ("meet", "warn"))


def _ranking(listed: dict[tuple[int, int, int], dict[int, float]]) -> Ranking:
    candidates = [candidate for row in listed.values() for candidate in row]
    scores = [score for row in listed.values() for score in row.values()]
    starts = np.cumsum([0, *map(len, listed.values())])
    queries = np.array(list(listed), np.int32).reshape(-1, 3)
    return Ranking(queries, starts, np.array(candidates, np.int32), np.array(scores, np.float32))


def test_every_event_asks_for_its_target_and_for_its_source() -> None:
    asked, answers = questions(_history((0, 1, 2, 7)))
    assert asked.tolist() == [[0, 1, 7], [2, 3, 7]]
    assert answers.tolist() == [2, 0]


def test_other_right_answers_are_taken_out_and_ties_share_their_mean_rank() -> None:
    history = _history((0, 0, 1, 7), (0, 0, 2, 7))
    # B and C both answer; D ties with C; of B's question nothing is listed, of C's question the answer is not.
    ranking = _ranking({(0, 0, 7): {1: 3.0, 2: 1.0, 3: 1.0, 4: 2.0}, (2, 2, 7): {4: 1.0}})
    # What is not listed: all six entities, mean rank 3.5; then five of six, after the one listed: mean rank 4.
    assert ranks(ranking, history).tolist() == [1, 2.5, 3.5, 4]


@st.composite
def _scored(draw: st.DrawFn) -> tuple[History, Ranking]:
    entity, relation = st.integers(0, 5), st.integers(0, 1)
    events = draw(st.lists(st.tuples(entity, relation, entity, st.integers(0, 1)), min_size=1, max_size=8, unique=True))
    history = _history(*events)
    asked = sorted({tuple(query) for query in questions(history)[0].tolist()})
    rows = st.dictionaries(entity, st.sampled_from([0.0, 0.5, 1.0]), max_size=6)
    return history, _ranking({query: draw(rows) for query in asked if draw(st.booleans())})


@given(_scored())
@settings(max_examples=50)
def test_ranks_are_the_mean_over_all_orders_of_ties(scored: tuple[History, Ranking]) -> None:
    history, ranking = scored
    asked, answers = questions(history)
    found = ranks(ranking, history)
    for rank, query, answer in zip(found, asked.tolist(), answers.tolist(), strict=True):
        row = next((n for n, each in enumerate(ranking.queries.tolist()) if each == query), None)
        part = slice(0, 0) if row is None else slice(ranking.starts[row], ranking.starts[row + 1])
        score = dict.fromkeys(range(6), -math.inf)
        score |= dict(zip(ranking.candidates[part].tolist(), ranking.scores[part].tolist(), strict=True))
        right = {answers[n] for n in range(len(answers)) if asked[n].tolist() == query}
        others = [score[entity] for entity in range(6) if entity not in right]
        better, equal = sum(each > score[answer] for each in others), sum(each == score[answer] for each in others)
        assert rank == 1 + better + equal / 2


def test_ranking_refuses_what_cannot_be_ranked() -> None:
    history = _history((0, 0, 1, 7))
    with pytest.raises(ValueError, match="not a number"):
        ranks(_ranking({(0, 0, 7): {1: math.nan}}), history)
    twice = _ranking({(0, 0, 7): {1: 1.0}, (0, 0, 8): {1: 1.0}})
    with pytest.raises(ValueError, match="given twice"):
        ranks(Ranking(np.repeat(twice.queries[:1], 2, 0), twice.starts, twice.candidates, twice.scores), history)


def test_a_ranking_is_saved_and_read_back_with_equal_bytes(tmp_path: Path) -> None:
    ranking = _ranking({(0, 0, 7): {1: 3.0, 2: 1.0}, (2, 2, 7): {4: 1.0}})
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    ranking.save(one)
    back = Ranking.load(one)
    back.save(other)
    assert one.read_bytes() == other.read_bytes()
    assert back.queries.tolist() == ranking.queries.tolist()
    assert back.scores.tolist() == ranking.scores.tolist()


def test_the_table_of_ranks() -> None:
    table = rank_table(np.array([1, 2, 4, 20]))
    assert table == {"mrr": pytest.approx(0.45), "hits@1": 0.25, "hits@3": 0.5, "hits@10": 0.75}


def test_proper_scores_of_probabilities() -> None:
    assert brier([0.0, 0.8, 0.5], [0, 1, 1]) == pytest.approx([0, 0.04, 0.25])
    assert log_score([0.0, 0.8, 0.5], [0, 1, 0]) == pytest.approx([0, -math.log(0.8), math.log(2)])
    assert log_score([0.0], [1]).tolist() == [math.inf]
    assert skill([0.1, 0.2], [0.2, 0.4]) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="as many"):
        brier([0.1], [0, 1])


@given(st.floats(0.05, 0.95))
@settings(max_examples=20)
def test_the_expected_score_is_least_for_the_true_probability(p: float) -> None:
    for score in (brier, log_score):
        expected = [p * score([q], [1])[0] + (1 - p) * score([q], [0])[0] for q in (p - 0.04, p, p + 0.04)]
        assert min(expected) == expected[1]


def test_crps_of_a_sure_count_is_the_distance() -> None:
    sure = np.arange(6) >= np.array([[0], [2], [5], [5]])
    assert crps(sure, [3, 2, 0, 9]).tolist() == [3, 0, 5, 4]
    # (Gneiting and Raftery 2007, equation 21): the mean distance less half the mean distance of two draws.
    p = np.array([0.5, 0.3, 0.2])
    spread = sum(p[i] * p[j] * abs(i - j) for i in range(3) for j in range(3)) / 2
    assert crps([np.cumsum(p)], [2])[0] == pytest.approx(p @ [2, 1, 0] - spread)


def test_reliability_of_what_comes_as_often_as_forecast() -> None:
    rng = np.random.default_rng(3)
    p = rng.uniform(size=4000)
    y = rng.uniform(size=4000) < p
    table = reliability(p, y)
    assert len(table) == 10
    assert sum(each.count for each in table) == 4000
    assert sum(each.low <= each.forecast <= each.high for each in table) >= 8
    slope, intercept = calibration(p, y)
    assert slope == pytest.approx(1, abs=0.1)
    assert intercept == pytest.approx(0, abs=0.1)
    assert calibration(1 / (1 + (1 / p - 1) ** 2), y)[0] == pytest.approx(0.5, abs=0.05)


def test_equal_forecasts_stay_together_and_few_have_fewer_bins() -> None:
    (only,) = reliability([0.3] * 7, [1, 0, 0, 0, 0, 0, 0])
    assert [only.count, only.forecast, only.observed] == pytest.approx([7, 0.3, 1 / 7])
    assert 0 < only.low < only.observed < only.high < 1
    assert reliability([], []) == ()
    assert all(math.isnan(number) for number in calibration([0.3] * 3, [1, 0, 0]))
    assert all(math.isnan(number) for number in calibration([0.3, 0.6], [1, 1]))


def test_average_precision() -> None:
    assert average_precision([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([0.5] * 4, [1, 0, 0, 0]) == 0.25
    assert math.isnan(average_precision([0.5], [0]))
