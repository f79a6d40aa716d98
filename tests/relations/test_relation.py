"""A relation of two sides: how warm, what turned it and on which sentences that rests, who reacts to whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente import Ledger
from detente.records import Reading
from detente.relations.dyads import Chosen
from detente.relations.parties import Group
from detente.relations.relation import Relation, deeds, relation
from tests.relations.told import event, ledger, reading

RUSSIA, AMERICA = Group("Russia", ("RUS",)), Group("United States", ("USA",))


def found(path: Path, *sides: Group, **asked: Any) -> Relation:
    with Ledger(path, read_only=True) as opened:
        return relation(opened, Chosen.of(*(sides or (RUSSIA, AMERICA))), **asked)


def months(number: int) -> Iterator[str]:
    """The first of so many months, as 2020-01."""
    return (f"{2020 + n // 12}-{n % 12 + 1:02}" for n in range(number))


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two friendly years, then a hostile one, with as much read all the time; who begins is Russia."""
    readings: list[Reading] = []
    for n, month in enumerate(months(36)):
        type_: Any = "AID" if n < 24 else "ASSAULT"
        back: Any = "COOPERATE" if n < 24 else "SANCTION"
        told = [
            *(event(k, type_, ["RUS"], ["USA"], date=f"{month}-0{k}") for k in range(1, 4)),
            event(5, back, ["USA"], ["RUS"], date=f"{month}-05"),
            event(6, "ACCUSE", ["USA"], ["RUS"], date=f"{month}-06"),
        ]
        readings.append(reading(f"{month}", *told, published=f"{month}-10", text=f"What was told in {month}."))
    return ledger(tmp_path_factory.mktemp("turned") / "l.duckdb", *readings)


def test_a_turn_of_the_tone_is_dated_and_rests_on_sentences(turned: Path) -> None:
    told = found(turned)
    ((change,), drivers) = told.changes, told.drivers
    assert (change.at, change.of, change.by_exposure) == (date(2022, 1, 1), "tone", False)
    assert change.before > 5 > -5 > change.after
    assert change.p < 0.01
    assert [deed.type for deed in drivers] == ["ASSAULT"] * 5
    assert {deed.evidence for deed in drivers} == {"What was told in 2022-01.", "What was told in 2022-02."}
    assert all(deed.id.startswith(("2022-01/", "2022-02/")) and deed.outlet == "Gazette" for deed in drivers)


def test_each_direction_has_its_own_mean(turned: Path) -> None:
    told = found(turned)
    assert told.forth.count == 3 * 36
    assert told.back.count == 2 * 36
    assert told.tone.count == told.forth.count + told.back.count
    assert told.forth.value is not None and told.back.value is not None
    assert told.forth.value > told.back.value


def test_every_period_has_the_mean_of_its_deeds(turned: Path) -> None:
    told = found(turned, by="year")
    assert [tone.count for tone in told.tones] == [60, 60, 60]
    assert told.tones[0] == told.tones[1]
    assert told.tones[2].value == pytest.approx((3 * -9 + -6 + -3) / 5)


def test_few_periods_tell_no_trend_change_or_response(turned: Path) -> None:
    told = found(turned, by="year")
    assert (told.trend, told.changes, told.drivers, told.response) == (None, (), (), None)


def test_a_group_has_no_response(turned: Path) -> None:
    assert found(turned, Group("both", ("RUS", "USA"))).response is None


def test_more_reading_is_no_change_of_the_world(tmp_path: Path) -> None:
    readings = []
    for n, month in enumerate(months(24)):
        for copy in range(2 if n < 12 else 8):
            accused = event(1, "ACCUSE", ["RUS"], ["USA"], date=f"{month}-{copy + 1:02}")
            name = f"{month}-{copy + 1:02}"
            readings.append(reading(name, accused, published=name, text=f"Number {name}: words of {copy} on {month}."))
    told = found(ledger(tmp_path / "l.duckdb", *readings))
    assert [(change.at, change.of, change.by_exposure) for change in told.changes] == [
        (date(2021, 1, 1), "volume", True)
    ]
    assert told.drivers == ()


def test_the_side_that_moves_first_leads(tmp_path: Path) -> None:
    # In a pattern without a period of its own, and a month later the answer.
    struck = [int(digit) for digit in "010022010301200102030010020103001020"]
    readings = []
    for n, month in enumerate(months(len(struck))):
        forth = [event(k + 1, "ASSAULT", ["RUS"], ["USA"], date=f"{month}-0{k + 1}") for k in range(struck[n])]
        back = [
            event(k + 5, "SANCTION", ["USA"], ["RUS"], date=f"{month}-1{k}") for k in range(struck[n - 1] if n else 0)
        ]
        readings.append(reading(month, *forth, *back, published=f"{month}-20", text=f"What was told in {month}."))
    told = found(ledger(tmp_path / "l.duckdb", *readings)).response
    assert told is not None
    assert (told.direction, told.first.lag) == ("first", 1)
    assert told.first.strength > 0.5


def test_all_deeds_of_its_periods_can_be_had(turned: Path) -> None:
    with Ledger(turned, read_only=True) as opened:
        past = relation(opened, Chosen.of(AMERICA, RUSSIA), since="2021", until="2021-02").history
        listed = [*deeds(opened, past)]
    assert [deed.first.isoformat() for deed in listed[:5]] == [
        "2021-01-01",
        "2021-01-02",
        "2021-01-03",
        "2021-01-05",
        "2021-01-06",
    ]
    assert [deed.forth for deed in listed] == [False, False, False, True, True] * 2
    assert {(deed.source, deed.target) for deed in listed} == {("RUS", "USA"), ("USA", "RUS")}


def test_nothing_is_known_of_who_had_nothing_to_do_with_each_other(turned: Path) -> None:
    told = found(turned, Group("Chad", ("TCD",)), AMERICA)
    assert (told.tone.count, told.trend, told.changes, told.drivers) == (0, None, (), ())
    assert len(told.tones) == 36
