"""What somebody did, suffered and said, in the order of time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from detente import Ledger
from detente.records import Content, Evidence, Source, Statement, Status
from detente.relations.timeline import COLUMNS, timeline
from tests.relations.told import event, ledger, reading

TEXT = "Putin said that the talks had failed."


def statement(status: Status = "actual") -> Statement:
    return Statement(
        id="s1",
        source=Source(actor="person:putin", text="Putin", start=0, end=5),
        content=Content(text=TEXT[16:36], spans=((16, 36),)),
        quotation="indirect",
        act="state",
        status=status,
        date="2024-03-02",
        evidence=Evidence(start=0, end=36),
    )


@pytest.fixture
def told(tmp_path: Path) -> Path:
    said = reading(
        "d1",
        event(1, "ACCUSE", ["person:putin"], ["USA"], date="2024-03-03"),
        event(2, "SANCTION", ["USA"], ["RUS"], date="2024-02"),
        event(3, "ASSAULT", ["RUS"], ["UKR"], date="2024-03-01", status="alleged"),
        event(4, "AID", ["USA"], ["UKR"], date="2024-03-01"),
        event(5, "RETREAT", ["RUS"], ["UKR"], date="2024-03-01", status="demanded"),
        text=TEXT,
    )
    return ledger(tmp_path / "l.duckdb", replace(said, statements=(statement(),)))


def shown(path: Path, called: str, **asked: Any) -> list[tuple[str, str, str]]:
    with Ledger(path, read_only=True) as opened:
        return [(row["date"], row["what"], row["status"]) for row in timeline(opened, called, **asked)]


def test_deeds_and_words_stand_in_the_order_of_time(told: Path) -> None:
    assert shown(told, "Putin") == [("2024-03-02", "state", "actual"), ("2024-03-03", "ACCUSE", "actual")]


def test_a_state_has_the_deeds_and_words_of_who_acts_for_it(told: Path) -> None:
    assert shown(told, "RUS") == [
        ("2024-02", "SANCTION", "actual"),
        ("2024-03-01", "ASSAULT", "alleged"),
        ("2024-03-02", "state", "actual"),
        ("2024-03-03", "ACCUSE", "actual"),
    ]


def test_dates_that_may_lie_in_the_time_are_shown(told: Path) -> None:
    assert [date for date, *_ in shown(told, "RUS", since="2024-02-20", until="2024-03-01")] == [
        "2024-02",
        "2024-03-01",
    ]


def test_nobody_has_no_timeline(told: Path) -> None:
    assert shown(told, "Atlantis") == []


@pytest.mark.parametrize("status", sorted(set(get_args(Status)) - {"actual"}))
def test_what_was_not_said_is_not_there(tmp_path: Path, status: Status) -> None:
    said = replace(
        reading("d1", event(1, "AID", ["person:putin"], [], status="planned")), statements=(statement(status),)
    )
    assert (
        shown(ledger(tmp_path / "l.duckdb", replace(said, document=replace(said.document, text=TEXT))), "Putin") == []
    )


def test_rows_have_these_columns(told: Path) -> None:
    with Ledger(told, read_only=True) as opened:
        assert all(tuple(row) == COLUMNS for row in timeline(opened, "RUS"))
