"""The spatial model: KTAB's numbers, and what must hold of any election."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.election import Election, elect
from detente.bargaining.issue import Floats, Issue
from detente.errors import IssueError

BARGAINING = Path(__file__).parents[3] / "shared" / "data" / "bargaining"
shared = pytest.mark.skipif(not BARGAINING.is_dir(), reason="no ../shared/data/bargaining here")
SEEDS = st.integers(0, 2**32 - 1)


def _drawn(seed: int, actors: int = 8, dimensions: int = 2) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(seed)
    saliences = rng.uniform(0.05, 1, (actors, dimensions)) / dimensions
    return rng.uniform(0, 100, (actors, dimensions)), saliences, rng.uniform(1, 200, actors)


@cache
def _reference() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((BARGAINING / "reference.json").read_text())["ktab_smp"]
    return found


@shared
@pytest.mark.parametrize("name", ["SOE-Pol-Comp", "dummyData_3Dim", "EU_emissions_scaled"])
def test_ktab(name: str, tmp_path: Path) -> None:
    """Every turn, not the last alone; the reference has one and four decimals, and the tolerances are their halves."""
    run = _reference()["runs"][name]
    path = tmp_path / "input.csv"
    path.write_text(run["input_csv"])
    issue = Issue.from_csv(path)
    percent = np.stack([one.scale.percent(issue.position[:, k]) for k, one in enumerate(issue.dimensions)], axis=1)
    found = elect(percent, issue.salience, issue.capability[:, 0])
    positions = np.array([list(run["positions"][actor.name].values()) for actor in issue.actors]).transpose(2, 0, 1)
    probabilities = np.array([run["prob"][actor.name] for actor in issue.actors]).T
    tolerance = _reference()["tolerance"]
    assert found.settled and len(found.positions) == run["turns"]
    np.testing.assert_allclose(found.positions, positions, rtol=0, atol=tolerance["positions"] + 1e-9)
    np.testing.assert_allclose(found.probabilities, probabilities, rtol=0, atol=tolerance["prob"] + 1e-9)
    np.testing.assert_allclose(found.changes, run["fractional_change"], rtol=0, atol=5e-5 + 1e-9)


@given(SEEDS, st.sampled_from(["deterministic", "stochastic"]), st.sampled_from(["semi", "none"]))
@settings(max_examples=15)
def test_chances_sum_to_one_and_nobody_leaves_the_span(seed: int, transitions: Any, commitment: Any) -> None:
    positions, saliences, capabilities = _drawn(seed)
    found = elect(positions, saliences, capabilities, transitions=transitions, commitment=commitment, turns=8)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)
    assert (found.probabilities >= found.shares - 1e-15).all()
    rounding = 0.005  # offers have four decimals on axes from 0 to 1
    assert (found.positions >= positions.min(axis=0) - rounding).all()
    assert (found.positions <= positions.max(axis=0) + rounding).all()
    assert len(found.targets) == len(found.changes) == len(found.positions) - 1
    assert (found.targets != np.arange(len(positions))).all()


@given(SEEDS)
@settings(max_examples=10)
def test_the_order_of_actors_does_not_matter(seed: int) -> None:
    positions, saliences, capabilities = _drawn(seed)
    order = np.random.default_rng(seed + 1).permutation(len(positions))
    one = elect(positions, saliences, capabilities, turns=3)
    other = elect(positions[order], saliences[order], capabilities[order], turns=3)
    np.testing.assert_allclose(other.positions, one.positions[:, order], atol=1e-9)
    # Of positions that count as one, the first stands for all, so that chances hang on which of them that is.
    for ours, theirs, state in zip(one.probabilities, other.probabilities, one.positions, strict=True):
        apart = np.sqrt(((state[:, None] - state) ** 2).sum(axis=2))
        if not ((apart > 0) & (apart < 0.2)).any():
            np.testing.assert_allclose(theirs, ours[order], atol=1e-9)


@given(SEEDS)
@settings(max_examples=10)
def test_the_direction_of_an_axis_does_not_matter(seed: int) -> None:
    positions, saliences, capabilities = _drawn(seed, dimensions=1)
    one = elect(positions, saliences, capabilities, turns=2)
    other = elect(100 - positions, saliences, capabilities, turns=2)
    np.testing.assert_allclose(other.positions, 100 - one.positions, atol=0.0101)


def _same(one: Election, other: Election) -> bool:
    return (
        np.array_equal(one.positions, other.positions)
        and np.array_equal(one.probabilities, other.probabilities)
        and np.array_equal(one.targets, other.targets)
    )


def test_the_same_seed_gives_the_same_turns_with_any_number_of_threads() -> None:
    table = _drawn(3)

    def play(seed: int) -> Election:
        return elect(*table, transitions="stochastic", turns=10, seed=seed)

    alone = [play(seed) for seed in range(8)]
    with ThreadPoolExecutor(4) as threads:
        assert all(map(_same, alone, threads.map(play, range(8))))
    assert not all(_same(alone[0], other) for other in alone[1:])


def test_who_agrees_stays() -> None:
    found = elect(np.full((3, 2), 40.0), np.full((3, 2), 0.5), [1, 2, 3])
    assert (found.positions == 40).all() and (found.targets == -1).all() and found.settled
    np.testing.assert_allclose(found.probabilities, 1)
    np.testing.assert_allclose(found.shares, 1 / 3)
    np.testing.assert_allclose(found.outcome, 40)


def test_a_giant_wins() -> None:
    found = elect([[0.0], [90.0], [100.0]], [[0.9], [0.5], [0.5]], [1000, 1, 1])
    assert found.positions[-1, :, 0] == pytest.approx([0, 0, 0], abs=2)
    assert found.positions[-1, 0, 0] == 0


def test_a_third_party_decides_a_contest_of_equals() -> None:
    """Two equals at the ends move alike without third parties; somebody strong close to one of them tips the scale."""
    table: Any = ([[0.0], [100.0], [20.0]], [[0.8]] * 3, [10, 10, 40])
    alone = elect(*table, commitment="none", turns=1)
    with_third = elect(*table, turns=1)
    pair = elect(*(each[:2] for each in table), commitment="none", turns=1)
    assert _same(pair, elect(*(each[:2] for each in table), turns=1))
    assert not np.array_equal(alone.positions, with_third.positions)


def test_turns_can_be_stopped() -> None:
    found = elect(*_drawn(1), turns=0)
    assert found.positions.shape == (1, 8, 2) and not found.settled and found.changes.shape == (0,)
    assert found.targets.shape == (0, 8)


@pytest.mark.parametrize(
    ("positions", "saliences", "capabilities", "fault"),
    [
        ([0.0, 1.0], [1.0, 1.0], [1.0, 1.0], "not actors x dimensions"),
        ([[0.0], [np.nan]], [[1.0], [1.0]], [1.0, 1.0], "actor 1 has no position"),
        ([[0.0], [101.0]], [[1.0], [1.0]], [1.0, 1.0], "actor 1 has no position that is from 0 to 100"),
        ([[0.0], [1.0]], [[1.0], [1.0]], [1.0, -1.0], "actor 1 has no capability that is 0 or more"),
        ([[0.0], [1.0]], [[0.0], [1.0]], [1.0, 1.0], "actor 0 cares for nothing"),
        ([[0.0, 0.0]], [[0.6, 0.6]], [1.0], "sum to more than 1"),
    ],
)
def test_what_is_no_table_is_refused(positions: Any, saliences: Any, capabilities: Any, fault: str) -> None:
    with pytest.raises(IssueError, match=fault):
        elect(positions, saliences, capabilities)
