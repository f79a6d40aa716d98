"""Outcomes as distributions, and all that is asked of one issue."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from inspect import signature

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from detente.bargaining.uncertainty import examine, spread
from detente.errors import IssueError
from tests.bargaining.tables import column, issue


@pytest.fixture
def unsure() -> Issue:
    """Three actors with unsure positions, and all that any model wants."""
    return issue(column(0, 40, 90), column(0.5, 0.9, 0.3), column(1, 2, 3), position_sd=5, status_quo=100, quota=0.6)


@settings(max_examples=10)
@given(
    st.lists(st.integers(0, 100), min_size=2, max_size=5),
    st.sampled_from(["compromise", "median", "expected_utility", "nash"]),
)
def test_outcomes_lie_between_the_positions(places: list[int], model: str) -> None:
    of = issue(column(*places), [[0.5]] * len(places), [[1]] * len(places), salience_sd=0.3, capability_sd=0.5)
    found = spread(of, model, {"nash": "breakdown"}.get(model), rounds=3, draws=20)
    assert (found.outcomes >= min(places) - 1e-6).all()
    assert (found.outcomes <= max(places) + 1e-6).all()


def test_what_is_told_of_a_spread_is_that_of_its_outcomes(unsure: Issue) -> None:
    found = spread(unsure, "compromise", draws=500)
    (low,), (high,) = found.interval()
    assert ((found.outcomes >= low) & (found.outcomes <= high)).mean() == pytest.approx(0.8, abs=0.01)
    assert low < found.median[0] < high
    told = found.json(unsure)["dimensions"]["d0"]
    assert told["median"] == found.median[0]
    assert told["mean"] == pytest.approx(found.outcomes.mean())
    assert told["least"] == found.outcomes.min() == told["deciles"][0]
    assert told["deciles"][5] == told["median"]


def test_the_same_seed_gives_the_same_with_one_thread_or_many(unsure: Issue) -> None:
    def told(seed: int) -> str:
        return json.dumps(examine(unsure, "expected_utility", draws=200, rounds=2, seed=seed).json())

    alone = [told(seed) for seed in (1, 2, 1)]
    with ThreadPoolExecutor(3) as pool:
        assert [*pool.map(told, (1, 2, 1))] == alone
    assert alone[0] == alone[2] != alone[1]


def test_every_part_is_there_and_is_json(unsure: Issue) -> None:
    counted = list[int]()
    found = unsure.sensitivity("nash", draws=200, by=3, progress=counted.append)
    assert sum(counted) > 200
    assert {one.model for one in found.spreads} == {"compromise", "median", "expected_utility", "nash", "voting"}
    told = json.loads(json.dumps(found.json(), allow_nan=False))
    assert told["model"] == "nash"
    assert told["setting"] == "status-quo"
    of = told["dimensions"]["d0"]
    for name in ("changes", "pivots", "levers", "coalitions"):
        assert of[name], name
    assert len(of["pivots"]) == 3
    assert told["notes"] == ["40 draws are too few to tell which of 3 cells matter; give more with --draws"]
    assert of["indices"] == []


def test_a_note_tells_what_is_left_undone_on_a_large_table(unsure: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not examine(unsure, draws=200).notes
    monkeypatch.setattr("detente.bargaining.budget._USUAL", {"expected_utility": 1})
    monkeypatch.setattr("detente.bargaining.uncertainty._GROWN", 1)
    found = examine(unsure, draws=200, by=30)
    assert {one.model: len(one.outcomes) for one in found.spreads} == {
        "compromise": 200,
        "median": 200,
        "expected_utility": 66,
        "voting": 200,
    }
    few, none = found.notes
    assert few.startswith("expected_utility is put to 66 tables, not 200")
    assert none == "coalitions of more than 2 of the 3 actors were not looked for"


def test_without_uncertainty_all_but_draws_is_told(unsure: Issue) -> None:
    sure = replace(unsure, position_sd=np.zeros((3, 1)))
    found = sure.sensitivity()
    assert not found.spreads
    assert not found.indices
    assert found.changes
    assert found.notes == (
        "no cell states how unsure it is, so that outcomes are not drawn: fill in position_sd or give --sd",
    )
    assert sure.sensitivity(sd=0.1, draws=200).spreads


def test_an_issue_asks_what_is_asked_without_more() -> None:
    own, asked = (
        {name: one.default for name, one in signature(function).parameters.items() if name not in ("self", "issue")}
        for function in (Issue.sensitivity, examine)
    )
    assert own == asked


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"model": "mean"}, "no model 'mean'"),
        ({"model": "nash", "setting": "none"}, "nash has no setting 'none'"),
        ({"model": "exchange"}, r"exchange \(equal-gain\) cannot take it: there is one dimension"),
        ({"by": 0}, "an outcome does not move by 0 %"),
        ({"sd": -1}, "a standard deviation of -1 is no share"),
        ({"draws": 0}, "0 tables cannot be drawn; give 1 to 1000000"),
        ({"rounds": 20_000}, "20000 rounds cannot be played"),
    ],
)
def test_what_cannot_be_is_refused(unsure: Issue, asked: dict[str, object], fault: str) -> None:
    with pytest.raises(IssueError, match=fault):
        unsure.sensitivity(**asked)  # type: ignore[arg-type]


def test_where_capability_is_not_stated_no_point_is_told(unsure: Issue) -> None:
    of = replace(unsure, capability=np.ones((3, 1)), capability_stated=False)
    told = examine(of, draws=200).json()
    assert told["spreads"].keys() == {"compromise", "median", "expected_utility", "voting"}
    for one in told["spreads"].values():
        assert one["dimensions"]["d0"].keys() == {"low", "high", "least", "most"}
    assert "capability is not stated: changes are means over drawn divisions of it" in told["notes"]
    assert all(one["field"] != "capability" for one in told["dimensions"]["d0"]["changes"])


def test_a_reckoning_of_unstated_capability_has_ranges_alone(unsure: Issue) -> None:
    of = replace(unsure, capability=np.ones((3, 1)), capability_stated=False)
    found = of.reckon(rounds=2)
    fit = [name for name in MODELS if name != "exchange"]
    assert [*found.ranges] == [one.model for one in found.results] == fit
    assert not found.combined
    assert [*found.disagreements()] == []
    for told in found.json()["models"].values():
        assert told["outcome"] is None
        low, high = (told["range"]["dimensions"]["d0"][name] for name in ("low", "high"))
        assert 0 <= low <= high <= 100
        assert not {"rounds", "positions", "probabilities", "gain", "proposal"} & told.keys()
    rows = [*found.rows()]
    assert len(rows) == len(fit)
    assert all(row["position"] is None and row["percent"] is None and row["low"] <= row["high"] for row in rows)
    # With one power for all the weighted mean is 38; with an unknown division of it, it may be anywhere.
    (low,), (high,) = found.ranges["compromise"].interval()
    assert high - low > 20
