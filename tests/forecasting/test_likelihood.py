"""Models tell chances that are better than base rates, give exact reasons, and are the same for the same data."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forecasting import likelihood, scoring
from detente.forecasting.baserates import Comparable, base_rates
from detente.forecasting.dealings import QUADS, Dealings
from detente.forecasting.indicators import INDICATORS, active, indicators, outcomes
from detente.forecasting.likelihood import Model, TooLittle
from detente.forecasting.reasons import changes, moved
from tests.forecasting.drawn import dealings

DAY = 360


@pytest.fixture(scope="module")
def made() -> Dealings:
    return dealings()


@pytest.fixture(scope="module")
def model(made: Dealings) -> Model:
    return likelihood.fit(made, "quad", 30, end=DAY)


def test_chances_are_better_than_one_rate_for_all(made: Dealings, model: Model) -> None:
    asked = active(made, DAY)
    found, happened = indicators(made, asked, "quad", 30), outcomes(made, asked, "quad", 30) > 0
    told = model.probabilities(found)
    assert (
        scoring.brier(told, happened).mean() < scoring.brier(np.full(len(happened), happened.mean()), happened).mean()
    )
    assert abs(told.mean() - happened.mean()) < 0.1
    assert model.weighed_on > 0


def test_the_same_past_gives_the_same_model_whatever_comes(made: Dealings, model: Model) -> None:
    again = likelihood.fit(made.before(DAY), "quad", 30, end=DAY)
    assert again.version == model.version
    assert Model.from_bytes(model.to_bytes()) == model


def test_contributions_add_up_to_the_chance(made: Dealings, model: Model) -> None:
    found = indicators(made, active(made, DAY), "quad", 30)
    odds = model.contributions(found).sum(axis=1)
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), model.probabilities(found), rtol=1e-6)
    told = moved(model, found[0], "quad")
    assert told.start + sum(reason.adds for reason in told.reasons) + told.rest == pytest.approx(odds[0])


def test_one_more_deed_changes_a_chance(made: Dealings, model: Model) -> None:
    asked = active(made, DAY)
    source, target = int(asked.sources[0]), int(asked.targets[0])
    (found,) = changes(model, made, source, target, DAY, [0])
    before = model.probabilities(indicators(made, asked, "quad", 30)[:1])[0]
    assert {change.kind for change in found} <= set(QUADS)
    assert found
    assert all(abs(change.probability - before) >= 0.005 for change in found)


def test_too_little_history_is_told() -> None:
    with pytest.raises(TooLittle, match="too little history"):
        likelihood.fit(dealings(days=80), "quad", 30, end=80)


def test_base_rates_are_shrunk_to_those_as_busy() -> None:
    table = ((Comparable(cases=4, hits=0),) * 4,) * 9
    found = np.zeros((3, len(INDICATORS)))
    found[:, INDICATORS.index("own_share")] = 1.0
    found[:, INDICATORS.index("length")] = [30, 720, 720]
    found[:, INDICATORS.index("pair_180")] = [5, 5, 4]
    few, many, quiet = base_rates(found, table, 30)
    assert few == pytest.approx((1 + 4 * 0.1) / 5)
    assert many == pytest.approx((24 + 4 * 0.1) / 28)
    assert quiet == pytest.approx((24 + 16 * 0.1) / 40)


def test_stacking_finds_what_each_opinion_is_worth() -> None:
    random = np.random.default_rng(3)
    opinions = random.normal(0, 1, (200_000, 3))
    happened = random.random(len(opinions)) < 1 / (1 + np.exp(-(opinions @ [0.6, 0.3, 0.1])))
    assert likelihood.stacked(opinions, happened) == pytest.approx((0.6, 0.3, 0.1), abs=0.05)
    assert likelihood.stacked(opinions[:20], happened[:20]) == pytest.approx((0.3, 0.4, 0.3), abs=0.05)


def test_numbers_are_negative_binomial() -> None:
    stats = pytest.importorskip("scipy.stats")
    told = likelihood.cumulative(np.array([2.5, 0.1]), np.array([1.5, 0.5]), 12)
    for row, mean, size in zip(told, (2.5, 0.1), (1.5, 0.5), strict=True):
        np.testing.assert_allclose(row, stats.nbinom.cdf(np.arange(13), size, size / (size + mean)), rtol=1e-9)
