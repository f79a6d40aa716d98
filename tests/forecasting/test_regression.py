"""A regression finds what indicators say, tells it term by term, and leaves classes alike where nothing parts them."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forecasting.indicators import INDICATORS, Floats
from detente.forecasting.regression import Regression

PACE, SHARE, LENGTH = (INDICATORS.index(name) for name in ("own_decayed_15", "back_own_share", "length"))


def drawn(rows: int) -> tuple[Floats, Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Rows of indicators of two classes, the log odds of their base rates, and whether it happened.

    Class 1 follows the pace of late, and class 0 only the base rate.
    """
    random = np.random.default_rng(5)
    found = np.zeros((rows, len(INDICATORS)))
    found[:, 0] = random.integers(0, 2, rows)
    found[:, PACE] = random.gamma(1, 2, rows)
    found[:, SHARE] = random.random(rows)
    found[:, LENGTH] = 300
    base = random.normal(-1, 1, rows)
    odds = 0.7 * base + found[:, 0] * (1.2 * np.log(found[:, PACE] + 0.3) + 0.5)
    return found, base, random.random(rows) < 1 / (1 + np.exp(-odds))


def test_each_class_is_weighed_as_it_goes() -> None:
    found, base, happened = drawn(60_000)
    fitted = Regression.fit(found, base, happened, classes=2, horizon=30)
    weights = np.array(fitted.weights)
    assert weights[:, LENGTH] == pytest.approx([0.7, 0.7], abs=0.1)
    assert weights[:, PACE] == pytest.approx([0.0, 1.2], abs=0.15)
    assert weights[:, SHARE] == pytest.approx([0.0, 0.0], abs=0.05)
    told = 1 / (1 + np.exp(-fitted.log_odds(found, base, 30)))
    for kind in (0, 1):
        some = found[:, 0] == kind
        assert told[some].mean() == pytest.approx(happened[some].mean(), abs=0.02)


def test_terms_add_up_and_a_class_of_its_own_begins_apart() -> None:
    found, base, happened = drawn(2_000)
    fitted = Regression.fit(found, base, happened, classes=2, horizon=30)
    parts = fitted.contributions(found, base, 30)
    assert parts.shape == (2_000, len(INDICATORS) + 1)
    np.testing.assert_allclose(parts.sum(axis=1), fitted.log_odds(found, base, 30))
    assert parts[:, 0] == pytest.approx(np.where(found[:, 0] == 1, 1, -1) * (fitted.starts[1] - fitted.starts[0]) / 2)
    # What does not vary says nothing.
    assert not parts[:, INDICATORS.index("own_7")].any()


def test_with_little_to_learn_from_all_have_about_one_chance() -> None:
    found, base, happened = drawn(40)
    told = Regression.fit(found, base, happened, classes=2, horizon=30).log_odds(found, base, 30)
    assert np.ptp(told) < 0.5
    assert 1 / (1 + np.exp(-told)).mean() == pytest.approx(happened.mean(), abs=0.1)
