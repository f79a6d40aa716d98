"""The networks of a ledger: facts alone, each happening once, among states and organisations."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from detente import InputError, Ledger
from detente.days import By
from detente.records import Status
from detente.relations.snapshots import Snapshot, snapshot, snapshots
from tests.relations.told import event, ledger, reading

DEEDS = (
    event(1, "ACCUSE", ["person:putin"], ["person:biden"], date="2024-01-09"),
    event(2, "AID", ["USA"], ["UKR"], date="2024-01-20"),
    event(3, "CONSULT", ["RUS", "org:nato"], [], date="2024-03-01"),
    event(4, "PROTEST", ["group:protesters"], ["RUS"], date="2024-03-01"),
    event(5, "ASSAULT", ["RUS"], ["RUS"], date="2024-03-01"),
    event(6, "AGREE", ["RUS"], ["USA"], date="2023"),
)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return ledger(
        tmp_path / "l.duckdb",
        reading("d1", *DEEDS[:2], published="2024-01-21"),
        reading("d2", *DEEDS[2:], published="2024-03-05", source="Herald"),
    )


def edges(found: Snapshot) -> list[tuple[str, str, int, int]]:
    return [(one.party, one.other, one.cooperation, one.conflict) for one in found.network.edges()]


def test_it_is_made_of_the_deeds_of_states_and_organisations(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        found = snapshot(opened)
    assert edges(found) == [("RUS", "USA", 0, 1), ("RUS", "org:nato", 2, 0), ("UKR", "USA", 1, 0)]
    assert (found.first.isoformat(), found.last.isoformat()) == ("2024-01-01", "2024-03-05")
    assert (found.read.documents, found.read.outlets) == (2, 2)


def test_deeds_that_are_dated_within_the_time_are_in_it(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        assert edges(snapshot(opened, since="2024-01", until="2024-01")) == [("RUS", "USA", 0, 1), ("UKR", "USA", 1, 0)]
        assert edges(snapshot(opened, since="2024-01-10", until="2024-02")) == [("UKR", "USA", 1, 0)]


def test_every_period_has_one(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        found = snapshots(opened, "month")
    assert [(f"{one.first:%m-%d} {one.last:%m-%d}", one.read.documents, len(edges(one))) for one in found] == [
        ("01-01 01-31", 1, 2),
        ("02-01 02-29", 0, 0),
        ("03-01 03-31", 1, 1),
    ]


@pytest.mark.parametrize("by", get_args(By))
def test_the_networks_of_the_periods_have_all_that_is_dated_to_one(told: Path, by: By) -> None:
    with Ledger(told, read_only=True) as opened:
        found = snapshots(opened, by, since="2024", until="2024")
        assert sum(len(edges(one)) for one in found) == 3
        assert found[0].first.year == found[-1].last.year == 2024 or by == "week"


@pytest.mark.parametrize("status", sorted(set(get_args(Status)) - {"actual"}))
def test_what_is_not_told_as_a_fact_changes_nothing(told: Path, status: Status) -> None:
    with Ledger(told, read_only=True) as opened:
        before = edges(snapshot(opened))
    more = (event(n, "ASSAULT", ["USA"], ["RUS"], date="2024-03-0" + str(n), status=status) for n in range(1, 4))
    ledger(told, reading("d3", *more))
    with Ledger(told, read_only=True) as opened:
        assert edges(snapshot(opened)) == before


def test_what_was_not_read_is_told(tmp_path: Path, told: Path) -> None:
    with (
        Ledger(told, read_only=True) as opened,
        pytest.raises(InputError, match=r"texts: has no document .* longer one"),
    ):
        snapshot(opened, since="1990", until="1991")
    with Ledger(ledger(tmp_path / "empty.duckdb"), read_only=True) as opened:
        assert snapshots(opened, "month") == []


def test_data_sets_stay_apart_and_scales_are_not_summed(told: Path) -> None:
    other = replace(DEEDS[1], intensity_scale="cameo-goldstein")
    ledger(told, reading("i1", other, published="2024-02-02"), dataset="icews")
    with Ledger(told, read_only=True) as opened:
        assert edges(snapshot(opened, datasets=["icews"], since="2024", until="2024")) == [("UKR", "USA", 1, 0)]
        with pytest.raises(InputError, match=r"on several scales of intensity .cameo-goldstein, plover"):
            snapshot(opened, datasets=["icews", "texts"])
        with pytest.raises(InputError, match="acled: is no data set of this ledger, which holds icews, texts"):
            snapshot(opened, datasets=["acled"])
        with pytest.raises(InputError, match="acled: is no data set of this ledger, which holds icews, texts"):
            snapshot(opened, datasets=["texts", "acled"])
