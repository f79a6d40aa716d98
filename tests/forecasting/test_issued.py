"""Forecasts from a ledger: kept once, never rewritten, resolved at the lag, and scored."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from detente import InputError, Ledger, forecast
from detente.forecasting.issued import issue, resolve, score, shifts
from detente.forecasting.likelihood import TooLittle
from detente.forecasting.outlook import Forecast, chances_of_all
from tests.forecasting.ledgers import FIRST, fill

MADE = ("made",)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a data set of 420 days, and a forecast of its 361st day and those after it."""
    path = fill(tmp_path_factory.mktemp("kept") / "ledger.duckdb", days=420)
    with Ledger(path) as ledger:
        issue(ledger, [asked(ledger)])
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copy(kept, tmp_path / "ledger.duckdb"))


def asked(ledger: Ledger, day: int = 360, **options: Any) -> Forecast:
    return forecast(ledger, "RUS", "UKR", as_of=(FIRST + timedelta(days=day)).isoformat(), datasets=MADE, **options)


def stored(ledger: Ledger, table: str) -> list[Mapping[str, Any]]:
    return [*ledger.sql(f"FROM {table} ORDER BY ALL")]


def change(path: Path, statement: str) -> None:
    """Run a statement on the file, in which `day(n)` is the day of that number."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TEMP MACRO day(n) AS (DATE '{FIRST}' + n)")
        connection.execute(statement)


def test_a_forecast_is_kept_once_with_its_model(path: Path) -> None:
    with Ledger(path) as ledger:
        before = stored(ledger, "forecasts")
        again = asked(ledger)
        assert again.fitted is None
        assert issue(ledger, [again]) == 0
        assert stored(ledger, "forecasts") == before
        (model,) = stored(ledger, "models")
    assert len(before) == 4
    assert {row["model"] for row in before} == {model["version"]} == {again.model}
    assert {row["data"] for row in before} == {again.data}
    assert [row["datasets"] for row in before] == [["made"]] * 4


def test_a_model_of_another_release_is_fitted_anew(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE models SET model = $old", {"old": zlib.compress(msgspec.msgpack.encode({}))})
    with Ledger(path) as ledger:
        assert asked(ledger).fitted is not None


def test_what_came_later_changes_no_forecast(path: Path) -> None:
    with Ledger(path) as ledger:
        before = asked(ledger)
    change(path, "DELETE FROM imported WHERE first >= day(360)")
    with Ledger(path) as ledger:
        assert asked(ledger) == before


def test_what_is_due_is_resolved_once(path: Path) -> None:
    with Ledger(path) as ledger:
        assert resolve(ledger) == 4
        first = stored(ledger, "resolutions")
        found = score(ledger)
    # Days 360 to 389 and 14 more are over; what is taken back later is a revision.
    change(path, "DELETE FROM imported WHERE source_party = 'RUS' AND target_party = 'UKR' AND first >= day(350)")
    with Ledger(path) as ledger:
        assert resolve(ledger) == 0
        assert stored(ledger, "resolutions") == first
        later = score(ledger)
    assert (found.issued, found.pending, found.void) == (4, 0, 0)
    assert found.all is not None
    assert found.all.number == 4
    assert found.all == later.all
    assert found.revised == found.all
    assert later.revised is not None
    assert (later.revised.happened, later.changed) == (0, round(4 * found.all.happened))
    assert later.changed > 0


def test_what_was_asked_for_afterwards_is_scored_apart(path: Path) -> None:
    change(path, "UPDATE forecasts SET issued = day(360) + INTERVAL 20 HOUR WHERE class = 'verbal_conflict'")
    with Ledger(path) as ledger:
        resolve(ledger)
        found = score(ledger)
    assert found.all is not None
    assert found.beforehand is not None
    assert (found.all.number, found.beforehand.number) == (4, 1)
    assert found.beforehand == found.by_kind["verbal_conflict"]


def test_what_is_not_over_is_pending(path: Path) -> None:
    change(path, "DELETE FROM imported WHERE first >= day(400)")
    with Ledger(path) as ledger:
        assert resolve(ledger) == 0
        found = score(ledger)
    assert (found.pending, found.all) == (4, None)


def test_where_too_little_was_read_it_is_void(path: Path) -> None:
    change(path, "DELETE FROM imported WHERE first BETWEEN day(360) AND day(385)")
    with Ledger(path) as ledger:
        assert resolve(ledger) == 4
        found = score(ledger)
    assert (found.void, found.all) == (4, None)


def test_too_little_history_is_told_with_comparable_pairs(path: Path) -> None:
    with Ledger(path) as ledger:
        found = asked(ledger, day=100)
        quiet = forecast(ledger, "RUS", "Albania", as_of="2023-12-27", datasets=MADE)
    assert found.model is None
    assert found.reason is not None
    assert "too little history" in found.reason
    assert not any(chance.modelled for chance in found.chances)
    assert quiet.reason is not None
    assert quiet.deeds == 0
    assert all(chance.probability == chance.base <= chance.comparable.rate for chance in quiet.chances)


def test_deeds_that_no_day_dates_are_told(path: Path) -> None:
    change(path, "UPDATE imported SET last = first + 20 WHERE first BETWEEN day(340) AND day(350)")
    query = """
        SELECT count(*) AS number FROM imported
        WHERE source_party = 'RUS' AND target_party = 'UKR' AND last > first
    """
    with Ledger(path) as ledger:
        found = asked(ledger)
        (row,) = ledger.sql(query)
    assert found.imprecise == row["number"] > 0


def test_where_nothing_is_known_there_is_not_even_a_base_rate(path: Path) -> None:
    with Ledger(path) as ledger, pytest.raises(TooLittle, match="too little history even"):
        asked(ledger, day=50)


def test_why_has_precedents_with_their_deeds(path: Path) -> None:
    with Ledger(path) as ledger:
        found = asked(ledger, why=True)
    for chance in found.chances:
        assert chance.why is not None
        assert chance.why.moved.reasons
        like = chance.why.precedents
        assert like is not None
        assert 0 <= like.hits <= like.cases
        for one in like.nearest:
            assert {deed.type for deed in one.deeds} <= set(like.after)
            assert all(deed.id.startswith("made/") for deed in one.deeds)
            assert sum(like.after.values()) <= len(one.deeds)


def test_a_party_is_forecast_towards_anyone(path: Path) -> None:
    with Ledger(path) as ledger:
        found = forecast(ledger, "RUS", as_of="2023-12-27", datasets=MADE, type="COERCE")
    assert [chance.kind for chance in found.chances] == ["COERCE"]
    assert found.target is None


def test_of_a_busy_pair_it_is_told_how_likely_more_than_usual_is(path: Path) -> None:
    with Ledger(path) as ledger:
        (chance, *_) = (one for one in asked(ledger).chances if one.most is not None)
        query = """
            SELECT count(DISTINCT d) FILTER (n > $most) / count(DISTINCT d) AS share FROM (
                SELECT d, count(id) AS n FROM range(330) AS spans(d) LEFT JOIN (
                    FROM imported WHERE source_party = 'RUS' AND target_party = 'UKR' AND quad = $kind
                ) AS deed ON deed.first - DATE '2023-01-01' BETWEEN d AND d + 29 GROUP BY d
            )
        """
        (row,) = ledger.sql(query, {"most": chance.most, "kind": chance.kind})
    assert chance.exceeding is not None
    assert 0 < chance.exceeding < 0.9
    assert row["share"] <= 0.1


def test_changes_since_an_earlier_forecast(path: Path) -> None:
    with Ledger(path) as ledger:
        found = chances_of_all(ledger, as_of=(FIRST + timedelta(days=370)).isoformat(), datasets=MADE)
        changed = shifts(ledger, found, limit=10)
    assert 0 < len(changed) <= 4
    assert {(one.source, one.target) for one in changed} == {("RUS", "UKR")}
    sizes = [abs(one.now - one.before) for one in changed]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"horizon": 8}, "no horizon"), ({"type": "WAR"}, "no type"), ({"target": "RUS"}, "itself")],
)
def test_what_cannot_be_asked_is_told(path: Path, options: dict[str, Any], reason: str) -> None:
    with Ledger(path) as ledger, pytest.raises(InputError, match=reason):
        forecast(ledger, "RUS", **{"target": "UKR", "datasets": MADE, **options})
