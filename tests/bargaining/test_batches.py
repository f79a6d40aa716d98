"""A model put to many tables says of each what a reckoning says of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.bargaining import expected_utility
from detente.bargaining.batches import settle
from detente.bargaining.draws import Tables, random, unsure
from detente.bargaining.expected_utility import SETTINGS
from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from tests.bargaining.tables import issue

ROUNDS = 4


@pytest.fixture
def two() -> Issue:
    """Five actors on two dimensions, with all that any model wants."""
    draw = np.random.default_rng(5)
    shape = (5, 2)
    x, care, power = draw.integers(0, 11, shape) * 10, draw.integers(2, 10, shape) / 20, draw.integers(1, 5, (5, 1))
    made = issue(x, care, np.repeat(power, 2, axis=1), position_sd=15, status_quo=100, quota=0.6)
    return replace(made, veto=np.arange(10).reshape(shape) == 2)


def _tables(of: Issue, number: int) -> Tables:
    (found,) = random(of, unsure(of), number, 0)
    return found


@pytest.mark.parametrize(
    ("model", "setting"), [(name, setting) for name, of in MODELS.items() for setting in of.settings]
)
def test_each_table_settles_as_if_it_were_the_issue(two: Issue, model: str, setting: str) -> None:
    tables = _tables(two, 5)
    found = settle(two, tables, model, setting, ROUNDS)
    for at, outcome in enumerate(found):
        alone = replace(two, position=tables.position[at])
        known = alone.reckon([model], settings={model: setting}, rounds=ROUNDS)[model].outcome
        np.testing.assert_allclose(outcome, known, rtol=0, atol=1e-9)


def test_who_takes_no_part_is_as_good_as_not_there() -> None:
    draw = np.random.default_rng(6)
    x, care, power = draw.random((1, 6, 1)) * 100, draw.random((1, 6, 1)), draw.random((1, 6, 1))
    without = x.copy()
    without[0, 2] = np.nan
    found = expected_utility.settle(without, power, care, ROUNDS, SETTINGS["paper"])[0, :, 0]
    fewer = [np.delete(each, 2, axis=1) for each in (x, power, care)]
    less = expected_utility.settle(fewer[0], fewer[1], fewer[2], ROUNDS, SETTINGS["paper"])
    assert np.isnan(found[2])
    np.testing.assert_array_equal(np.delete(found, 2), less[0, :, 0])


@pytest.mark.parametrize("cores", [1, 3, 400])
def test_one_core_gives_the_numbers_of_many(two: Issue, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = _tables(two, 300)
    known = settle(two, tables, "expected_utility", "paper", ROUNDS)
    monkeypatch.setattr(expected_utility, "_cores", lambda: cores)
    np.testing.assert_array_equal(settle(two, tables, "expected_utility", "paper", ROUNDS), known)


@pytest.mark.parametrize("model", MODELS)
def test_one_actor_alone_gets_what_it_wants_or_nothing_is_told(two: Issue, model: str) -> None:
    tables = _tables(two, 1)
    for array in (tables.position, tables.salience, tables.capability):
        array[:, 1:] = np.nan if array is tables.position else 0.0
    found = settle(two, tables, model, MODELS[model].usual(two), ROUNDS)[0]
    if model in ("compromise", "median", "expected_utility", "exchange", "election"):
        np.testing.assert_allclose(found, tables.position[0, 0])
    assert ((found >= 0) & (found <= 100)).all()


def test_a_table_in_which_nobody_cares_has_no_outcome(two: Issue) -> None:
    tables = _tables(two, 2)
    tables.salience[0] = 0.0
    for model in MODELS:
        if model != "voting":  # votes do not hang on who cares
            found = settle(two, tables, model, MODELS[model].usual(two), ROUNDS)
            assert np.isnan(found[0]).all(), model
            assert not np.isnan(found[1]).any(), model
