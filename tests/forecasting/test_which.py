"""Who is next, out of a ledger: by a model that is kept, beside the baseline, from nothing told on the day or later."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import pytest

from detente import InputError, Ledger
from detente.forecasting.recurrency import Recurrency
from detente.forecasting.which import Order, Ranked, which
from tests.forecasting.ledgers import FIRST, STATES, fill
from tests.forecasting.made import drawn

DAY = (FIRST + timedelta(days=300)).isoformat()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a data set of 320 days, and a model of what was known before its 301st."""
    path = fill(tmp_path_factory.mktemp("kept") / "ledger.duckdb", days=320)
    with Ledger(path) as ledger:
        found = asked(ledger, source="RUS")
        assert found.fitted is not None
        ledger.keep("models", [found.fitted])
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copy(kept, tmp_path / "ledger.duckdb"))


def asked(ledger: Ledger, **options: Any) -> Ranked:
    return which(ledger, **{"type": "assault", "as_of": DAY, "datasets": ("made",)} | options)


def test_all_others_stand_in_order_beside_the_baseline(path: Path) -> None:
    with Ledger(path) as ledger:
        found = asked(ledger, source="Russia", most=20)
    assert (found.source, found.target, found.type, found.fitted, found.reason) == ("RUS", None, "ASSAULT", None, None)
    assert {one.party for one in found.candidates} == {*STATES} - {"RUS"}
    scores = [one.score for one in found.candidates]
    assert None not in scores
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]
    base = sorted((one.base_place, one.base) for one in found.candidates if one.base is not None)
    assert [place for place, _ in base] == [*range(1, len(base) + 1)]
    assert [told for _, told in base] == sorted((told for _, told in base), reverse=True)


def test_what_comes_on_the_day_or_later_changes_nothing(path: Path) -> None:
    with Ledger(path) as ledger:
        before = asked(ledger, target="UKR", why=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM imported WHERE first >= $day AND hash(id) % 2 = 0", {"day": DAY})
        connection.execute("UPDATE imported SET target_party = 'USA' WHERE first >= $day", {"day": DAY})
    with Ledger(path) as ledger:
        assert asked(ledger, target="UKR", why=True) == before


def test_reasons_add_up_and_cases_are_of_the_two(path: Path) -> None:
    with Ledger(path) as ledger:
        found = asked(ledger, target="UKR", why=True, most=3)
        told = {row["id"]: row for row in ledger.sql("FROM imported")}
    assert len(found.candidates) == 3
    for one in found.candidates:
        assert one.why is not None
        assert one.why.start + sum(moved.adds for moved in one.why.reasons) + one.why.rest == pytest.approx(one.score)
        for deed in one.why.cases:
            row = told[deed.id.removeprefix("made/")]
            assert (row["source_party"], row["target_party"]) == (one.party, "UKR")
            assert deed.day == row["first"] < found.day
            assert (deed.type == "ASSAULT") == one.why.same


def test_a_model_of_another_release_is_fitted_anew(path: Path) -> None:
    with Ledger(path) as ledger:
        (row,) = ledger.sql("FROM models")
        old = msgspec.structs.replace(Order.from_bytes(row["model"]), features=("other",))
    assert row["level"] == "which"
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE models SET model = $old", {"old": old.to_bytes()})
    with Ledger(path) as ledger:
        found = asked(ledger, source="RUS")
    assert found.fitted is not None
    assert found.fitted["version"] == row["version"]


def test_with_too_little_history_the_baseline_gives_the_order(path: Path) -> None:
    with Ledger(path) as ledger:
        found = asked(ledger, source="RUS", as_of=(FIRST + timedelta(days=40)).isoformat())
    assert found.reason is not None
    assert "are needed for a model" in found.reason
    assert found.model is None
    assert [one.base_place for one in found.candidates] == [*range(1, len(found.candidates) + 1)]
    assert {one.score for one in found.candidates} == {None}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"source": "RUS", "target": "UKR"}, "one open side"),
        ({}, "one open side"),
        ({"source": "RUS", "type": "verbal_conflict"}, "no type"),
        ({"source": "ALB"}, "is not known to have dealt"),
    ],
)
def test_what_cannot_be_asked_is_told(path: Path, options: dict[str, Any], reason: str) -> None:
    with Ledger(path) as ledger, pytest.raises(InputError, match=reason):
        asked(ledger, **options)


def test_the_baseline_says_of_one_question_what_it_says_of_all() -> None:
    whole = drawn(3, days=40)
    baseline = Recurrency(whole)
    baseline.choose(20, 39)
    ranking = baseline.rank(39, 40)
    before = Recurrency(whole.before(39))
    before.chosen = baseline.chosen
    for row, (actor, relation, time) in enumerate(ranking.queries.tolist()):
        part = slice(ranking.starts[row], ranking.starts[row + 1])
        others, scores = before.ask(actor, relation, time)
        np.testing.assert_array_equal(others, ranking.candidates[part])
        np.testing.assert_allclose(scores, ranking.scores[part], rtol=1e-6)
