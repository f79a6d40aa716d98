"""Distributions of outcomes: their scores, what makes a point likely, and where the weights come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.bargaining.distribution import FITTED, GRID, Distribution, forecast, terms
from detente.bargaining.issue import Floats, Issue

DEU = Path(__file__).parents[3] / "shared" / "data" / "deu" / "deu3-dev.tsv"
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

TABLE = """\
# scale: 10; 30
{quo}actor,position,salience,capability
Aland,10,0.5,2
Borland,{borland},1,1.2
Cland,19.1,0.7,1.5
"""


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    return made(tmp_path)


def made(path: Path, quo: str = "", borland: float = 30) -> Issue:
    """An issue on a scale from 10 to 30."""
    file = path / "issue.csv"
    file.write_text(TABLE.format(quo=f"# status quo: {quo}\n" if quo else "", borland=borland), encoding="utf-8")
    return Issue.from_csv(file)


chances = st.lists(st.floats(0.01, 1), min_size=101, max_size=101).map(lambda each: np.array(each) / sum(each))


def only(*points: int) -> Floats:
    """All probability on a few points, in equal parts."""
    found = np.zeros(101)
    found[list(points)] = 1 / len(points)
    return found


@given(chances, st.floats(-20, 40))
@settings(max_examples=30)
def test_crps_is_the_integral_of_the_squared_distance_to_what_happened(chance: Floats, outcome: float) -> None:
    found = Distribution(0.0, 20.0, chance).crps(outcome)
    fine = np.linspace(-20, 40, 60001)
    below = np.append(0.0, np.cumsum(chance))[np.searchsorted(np.arange(101) / 5, fine, side="right")]
    assert found == pytest.approx(float(((below - (fine >= outcome)) ** 2).sum() * 0.001), abs=0.01)


def test_crps_of_a_single_point_is_its_error() -> None:
    assert Distribution(0.0, 200.0, only(30)).crps(10.0) == pytest.approx(50)
    assert Distribution(0.0, 100.0, only(0, 100)).crps(0.0) == pytest.approx(25)


def test_median_mean_and_interval_are_in_units_of_the_scale() -> None:
    found = Distribution(10.0, 30.0, only(0, 50, 60, 65, 70))
    assert found.median == 22
    assert found.mean == pytest.approx(10 + 49 / 5)
    assert found.interval(0.8) == pytest.approx((20, 24))
    assert found.interval(1.0) == pytest.approx((10, 24))


@given(chances, st.floats(0.3, 0.95))
@settings(max_examples=30)
def test_an_interval_holds_about_what_is_asked(chance: Floats, share: float) -> None:
    low, high = Distribution(0.0, 100.0, chance).interval(share)
    held = chance[int(low) : int(high) + 1].sum()
    assert abs(held - share) <= chance.max()


def test_a_forecast_sums_to_1_and_likes_positions(issue: Issue) -> None:
    (found,) = forecast(issue)
    assert found.probability.sum() == pytest.approx(1)
    # 19.1 is 45.5 % of the way, and the nearest even point has it.
    for at in (0, 46, 100):
        beside = [near for near in (at - 1, at + 1) if 0 <= near <= 100]
        assert found.probability[at] > 5 * found.probability[beside].max()
    assert found.points[46] == pytest.approx(19.2)


def test_it_does_not_depend_on_which_end_is_the_low_one(issue: Issue) -> None:
    turned = replace(issue, position=40 - issue.position)
    (found,), (back,) = forecast(issue), forecast(turned)
    assert back.mean == pytest.approx(40 - found.mean, abs=0.1)
    assert back.crps(13.0) == pytest.approx(found.crps(27.0), abs=0.1)


def test_a_status_quo_that_nobody_asks_for_is_likelier_than_without(tmp_path: Path) -> None:
    (without,), (with_it,) = forecast(made(tmp_path)), forecast(made(tmp_path, quo="26"))
    assert with_it.probability[80] > 5 * without.probability[80]
    # Where somebody with more than an average stake stands, it changes nothing.
    (held,), (same,) = forecast(made(tmp_path)), forecast(made(tmp_path, quo="30"))
    assert same.probability == pytest.approx(held.probability)


def test_who_moves_up_takes_the_forecast_along(tmp_path: Path) -> None:
    means = [forecast(made(tmp_path, borland=at))[0].mean for at in (10, 20, 30)]
    assert means == sorted(means)


@pytest.mark.skipif(not DEU.is_file(), reason="no ../shared/data/deu here")
def test_the_weights_are_those_of_the_decisions_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import bargaining
    import deu

    contested, _ = deu.read(DEU)
    outcome = np.array([one.outcome for one in contested])
    every = np.stack([terms(deu.issue([one], "gdp"), 0) for one in contested])
    assert bargaining.fit(every, outcome) == pytest.approx(FITTED, abs=0.002)
    mean = np.array([deu.issue([one], "gdp").reckon(["compromise"])["compromise"].outcome[0] for one in contested])
    assert np.isfinite(outcome).sum() == 155
    assert round(float(np.nanmean(np.abs(mean - outcome))), 2) == 23.31
    assert every.shape == (166, len(GRID), len(FITTED))
