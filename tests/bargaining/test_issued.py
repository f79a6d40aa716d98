"""Reckonings in a ledger: kept once with all they rest on, never rewritten, and scored by what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from detente import InputError, Issue, Ledger
from detente.bargaining.distribution import forecast
from detente.bargaining.formats import table, yaml
from detente.bargaining.issue import CELL, Ground
from detente.bargaining.issued import BASES, called, enter, keep
from detente.bargaining.reckoning import COMBINED
from detente.bargaining.scoring import Score, score
from tests.bargaining.test_issue import TABLE

TITLE = "A ceiling for tariffs"
YESTERDAY = date.today() - timedelta(days=1)


def issue(changed: str = TABLE, name: str = "tariffs.csv") -> Issue:
    return table(name, changed).issue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with one reckoning of Aland (0) and Borland (15) on a scale of 0 to 20, made three days ago."""
    path = tmp_path / "ledger.duckdb"
    with Ledger(path) as ledger:
        assert keep(ledger, issue().reckon())
    change(path, "UPDATE reckonings SET issued = issued - INTERVAL 3 DAYS")
    return path


def change(path: Path, statement: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)


def stored(ledger: Ledger, of: str) -> list[Mapping[str, Any]]:
    return [*ledger.sql(f"FROM {of} ORDER BY ALL")]


def by_model(scores: tuple[Score, ...]) -> dict[str, Score]:
    return {one.model: one for one in scores}


def test_a_reckoning_is_kept_once_whatever_its_file_is_called(path: Path) -> None:
    with Ledger(path) as ledger:
        before = stored(ledger, "reckonings"), stored(ledger, "settlements")
        assert not keep(ledger, issue(name="folder/copy.csv").reckon())
        assert (stored(ledger, "reckonings"), stored(ledger, "settlements")) == before
        assert keep(ledger, issue().reckon(seed=1))
        assert keep(ledger, issue().reckon(["median"], settings={"median": "status-quo"}))
        assert keep(ledger, issue(TABLE.replace("15", "14")).reckon())
        assert {row["issue"] for row in stored(ledger, "reckonings")} == {TITLE}
        (row,) = [row for row in stored(ledger, "reckonings") if row not in before[0] and row["seed"] == 1]
    assert row["input"] == before[0][0]["input"] == yaml.text(issue())


def test_what_another_way_of_reckoning_says_is_another_reckoning(path: Path) -> None:
    named = issue(TABLE.replace(TITLE, "Named"))
    silent = replace(issue(TABLE.replace(TITLE, "Silent")), capability_stated=False)
    with Ledger(path) as ledger:
        assert keep(ledger, named.reckon([one.model for one in named.reckon().results]))
        assert keep(ledger, named.reckon())
        assert keep(ledger, silent.reckon(["median", "expected_utility"], rounds=1))
        assert keep(ledger, silent.reckon(["median", "expected_utility"], rounds=3))
        assert keep(ledger, silent.reckon(["median", "expected_utility"]))
        assert not keep(ledger, silent.reckon(["median", "expected_utility"], rounds=10))
        query = """
            SELECT count(*) AS number FROM settlements JOIN reckonings ON id = reckoning
            WHERE issue = 'Named' GROUP BY id, issued ORDER BY issued
        """
        first, second = [row["number"] for row in ledger.sql(query)]
    # The distribution stands in the second alone.
    assert second == first + 1


def test_every_model_the_distribution_and_base_rates_are_kept(path: Path) -> None:
    with Ledger(path) as ledger:
        rows = {row["model"]: row for row in stored(ledger, "settlements")}
    found = issue().reckon()
    assert [*rows] == sorted([*(one.model for one in found.results), COMBINED, *BASES])
    for result in found.results:
        assert (rows[result.model]["outcome"], rows[result.model]["setting"]) == (result.outcome[0], result.setting)
    (told,) = forecast(issue())
    assert rows[COMBINED]["probability"] == pytest.approx(told.probability)
    assert (rows[COMBINED]["low"], rows[COMBINED]["high"]) == told.interval()
    assert [rows[name]["outcome"] for name in BASES] == [7.5, 10, 20]


def test_an_issue_without_a_title_is_called_by_its_file() -> None:
    assert called(issue(name="folder/tariffs.csv")) == TITLE
    assert called(issue(TABLE.replace("# title: A ceiling for tariffs\n", ""), "folder/tariffs.csv")) == "tariffs"


def test_the_table_comes_back_with_its_marks_and_what_it_rests_on(path: Path) -> None:
    ground = Ground("d1/s1", "Aland's minister", "2024-05-01", "Gazette", None, "No tariffs.", 0.0)
    one = replace(issue(), grounds={(0, 0): (ground,)}, proxies={(0, 0): frozenset(["salience"])})
    with Ledger(path) as ledger:
        assert keep(ledger, one.reckon(["median"]))
        assert keep(ledger, replace(one, grounds={}).reckon(["median"]))
        kept = [row["input"] for row in ledger.sql("FROM reckonings WHERE contains(input, 'No tariffs.')")]
    (text,) = kept
    back = yaml.sheet("kept", text).issue()
    assert (back.grounds, back.proxies, back.quota, back.dimensions) == (one.grounds, one.proxies, 0.6, one.dimensions)
    for name in CELL:
        np.testing.assert_array_equal(getattr(back, name), getattr(one, name))


def test_an_outcome_is_entered_once_and_corrected_by_another_entry(path: Path) -> None:
    with Ledger(path) as ledger:
        first = enter(ledger, TITLE, None, 10.0, YESTERDAY)
        again = enter(ledger, TITLE, "position", 10.0, YESTERDAY)
        corrected = enter(ledger, TITLE, None, 12.0, YESTERDAY, "the treaty")
        rows = stored(ledger, "outcomes")
    assert (first.number, first.new, again.number, again.new) == (1, True, 1, False)
    assert (corrected.number, corrected.corrects) == (2, 10)
    assert [(row["entry"], row["value"], row["source"]) for row in rows] == [(1, 10, None), (2, 12, "the treaty")]


@pytest.mark.parametrize(
    ("called", "dimension", "value", "decided", "reason"),
    [
        ("Another", None, 1, YESTERDAY, rf"no such reckoning is in .*; reckoned are: {TITLE}"),
        (TITLE, "quota", 1, YESTERDAY, "no dimension 'quota' was reckoned; there are: position"),
        (TITLE, None, 20.5, YESTERDAY, "20.5 lies outside the scale of position, 0 to 20"),
        (TITLE, None, float("nan"), YESTERDAY, "lies outside the scale"),
        (TITLE, None, 1, YESTERDAY + timedelta(days=3), "lies ahead"),
    ],
)
def test_an_outcome_that_does_not_fit_is_refused(
    path: Path, called: str, dimension: str | None, value: float, decided: date, reason: str
) -> None:
    with Ledger(path) as ledger:
        with pytest.raises(InputError, match=reason):
            enter(ledger, called, dimension, value, decided)
        assert stored(ledger, "outcomes") == []


def test_scores_are_in_percent_of_the_scale_beside_base_rates(path: Path) -> None:
    with Ledger(path) as ledger:
        nothing = score(ledger)
        enter(ledger, TITLE, None, 15.0, YESTERDAY)
        found = score(ledger)
    assert (nothing.reckonings, nothing.pending, nothing.beforehand, nothing.afterwards) == (1, 1, (), ())
    assert (found.decided, found.pending, found.void, found.afterwards, found.as_first_entered) == (1, 0, 0, (), ())
    scores = by_model(found.beforehand)
    outcome = issue().reckon()["compromise"].outcome[0]
    assert scores["compromise"].error == pytest.approx(abs(outcome - 15) / 20 * 100)
    assert [scores[name].error for name in BASES] == [37.5, 25, 25]
    assert all([*one.bases.values()] == [37.5, 25, 25] for one in found.beforehand)
    (told,) = forecast(issue())
    assert scores[COMBINED].crps == pytest.approx(told.crps(15) / 20 * 100)
    low, high = told.interval()
    assert (scores[COMBINED].coverage, scores[COMBINED].share) == (float(low <= 15 <= high), 0.8)


def test_where_capability_is_not_stated_ranges_are_kept_and_scored(path: Path) -> None:
    silent = replace(issue(TABLE.replace(TITLE, "Silent")), capability_stated=False)
    with Ledger(path) as ledger:
        assert keep(ledger, silent.reckon(["compromise"]))
        query = "SELECT settlements.* FROM settlements JOIN reckonings ON id = reckoning WHERE issue = 'Silent'"
        rows = {row["model"]: row for row in ledger.sql(query)}
        enter(ledger, "Silent", None, 0.0, YESTERDAY)
        scores = by_model(score(ledger).afterwards)
    told = rows["compromise"]
    assert ({*rows}, told["outcome"], told["share"]) == ({"compromise", *BASES}, None, 0.8)
    assert 0 < told["low"] < told["high"] < 15
    assert (scores["compromise"].error, scores["compromise"].coverage, scores["compromise"].share) == (None, 0, 0.8)
    assert scores["mean of positions"].error == 37.5


def test_what_was_reckoned_when_it_was_decided_stands_apart(path: Path) -> None:
    with Ledger(path) as ledger:
        keep(ledger, issue(TABLE.replace("Borland;1;15", "Borland;1;10")).reckon(["median", "compromise"]))
        enter(ledger, TITLE, None, 15.0, YESTERDAY)
        found = score(ledger)
    assert {one.reckonings for one in (*found.beforehand, *found.afterwards)} == {1}
    assert "nash" in by_model(found.beforehand)
    assert "nash" not in by_model(found.afterwards)
    assert by_model(found.afterwards)["mean of positions"].error == 50


def test_a_dimension_counts_once_however_often_it_was_reckoned(path: Path) -> None:
    with Ledger(path) as ledger:
        for seed in range(1, 4):
            keep(ledger, issue().reckon(["compromise"], seed=seed))
        keep(ledger, issue(TABLE.replace(TITLE, "Another")).reckon(["compromise"]))
    change(path, "UPDATE reckonings SET issued = issued - INTERVAL 3 DAYS")
    with Ledger(path) as ledger:
        enter(ledger, TITLE, None, 20.0, YESTERDAY)
        enter(ledger, "Another", None, 10.0, YESTERDAY)
        mean = by_model(score(ledger).beforehand)["mean of positions"]
    assert (mean.number, mean.reckonings, mean.error) == (2, 5, (62.5 + 12.5) / 2)


def test_a_model_that_another_version_had_is_scored_too(path: Path) -> None:
    change(path, "UPDATE settlements SET model = 'lottery' WHERE model = 'median'")
    with Ledger(path) as ledger:
        enter(ledger, TITLE, None, 15.0, YESTERDAY)
        found = score(ledger).beforehand
    assert found[-1].model == "lottery"
    assert found[-1].error is not None


def test_what_was_entered_first_is_scored_apart_once_it_was_corrected(path: Path) -> None:
    with Ledger(path) as ledger:
        enter(ledger, TITLE, None, 15.0, YESTERDAY)
        enter(ledger, TITLE, None, 15.0, YESTERDAY, "the treaty")
        sourced = score(ledger)
        enter(ledger, TITLE, None, 20.0, YESTERDAY)
        found = score(ledger)
    assert (sourced.changed, sourced.as_first_entered) == (0, ())
    assert found.changed == 1
    assert by_model(found.beforehand)["status quo"].error == 0
    assert by_model(found.as_first_entered)["status quo"].error == 25


def test_what_will_never_be_decided_is_void(path: Path) -> None:
    with Ledger(path) as ledger:
        enter(ledger, TITLE, None, None, YESTERDAY)
        found = score(ledger)
    assert (found.void, found.decided, found.pending, found.beforehand, found.afterwards) == (1, 0, 0, (), ())
