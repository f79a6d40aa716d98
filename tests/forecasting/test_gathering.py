"""What a ledger has of a time: what happened, has a type and a day, and was told before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from detente import Ledger
from detente.forecasting.dealings import TYPES, Dealings
from detente.forecasting.gathering import Past, last_day
from detente.forecasting.indicators import Asked, indicators
from detente.relations.exposure import DataSets
from tests.forecasting.ledgers import FIRST, fill
from tests.relations.told import event, ledger, reading

TEXTS, MADE = DataSets.of(()), DataSets.of(("made",))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two texts, of the 21st and the 25th of January."""
    return ledger(
        tmp_path_factory.mktemp("told") / "ledger.duckdb",
        reading(
            "d1",
            event(1, "ACCUSE", ["person:putin"], ["USA"], date="2024-01-09"),
            event(2, "THREATEN", ["USA"], ["RUS"], date="2024-01"),
            event(3, "ASSAULT", ["USA"], ["RUS"], date="2024-01-09", status="alleged"),
            published="2024-01-21",
        ),
        reading(
            "d2", event(1, "CONSULT", ["RUS", "USA"], []), event(2, "MOBILIZE", ["RUS"], []), published="2024-01-25"
        ),
    )


def deeds(path: Path, before: str) -> set[tuple[str, str | None, str, str, str]]:
    with Ledger(path, read_only=True) as opened:
        found = Past(opened, TEXTS, date.fromisoformat(before)).dealings()
    return {
        (
            found.parties[source],
            None if target < 0 else found.parties[target],
            TYPES[code],
            date.fromordinal(day).isoformat(),
            date.fromordinal(known).isoformat(),
        )
        for source, target, code, day, known in zip(
            *(column.tolist() for column in (found.sources, found.targets, found.types, found.days, found.known)),
            strict=True,
        )
    }


def test_a_deed_is_known_when_it_is_told(told: Path) -> None:
    accused = ("RUS", "USA", "ACCUSE", "2024-01-09", "2024-01-21")
    assert deeds(told, "2024-01-21") == set()
    assert deeds(told, "2024-01-22") == {accused}
    assert deeds(told, "2024-01-26") == {
        accused,
        ("RUS", "USA", "CONSULT", "2024-01-25", "2024-01-25"),
        ("USA", "RUS", "CONSULT", "2024-01-25", "2024-01-25"),
        ("RUS", None, "MOBILIZE", "2024-01-25", "2024-01-25"),
    }


def test_what_is_dated_by_a_month_is_counted_as_left_out(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        assert not Past(opened, TEXTS, date(2024, 1, 21)).imprecise()
        found = Past(opened, TEXTS, date(2024, 1, 22)).imprecise()
        assert Past(opened, TEXTS, date(2024, 1, 22)).imprecise(("CHN",)) == {}
    assert found == {("USA", "RUS"): 1}


def test_what_was_read_stands_by_day(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        assert last_day(opened, TEXTS) == date(2024, 1, 25)
        found = Past(opened, TEXTS, date(2024, 1, 27)).dealings()
    assert date.fromordinal(found.first) == date(2024, 1, 21)
    assert found.read.tolist() == [1, 0, 0, 0, 1, 0]
    assert found.world.sum() == len(found) == 4


def test_of_some_parties_everything_is_as_of_all(tmp_path: Path) -> None:
    path = fill(tmp_path / "ledger.duckdb", days=200)
    with Ledger(path, read_only=True) as opened:
        past = Past(opened, MADE, FIRST + timedelta(days=190))
        every, near = past.dealings(), past.dealings(("RUS", "UKR"))
    assert len(near) < len(every)

    def row(found: Dealings) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        sides = [np.array([found.parties.index(party)], np.int32) for party in ("RUS", "UKR")]
        return indicators(found, Asked(sides[0], sides[1], past.before.toordinal()), "type", 30)

    np.testing.assert_allclose(row(near), row(every))
