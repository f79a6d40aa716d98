"""Several reports of one happening are one with several witnesses, and what a person decides stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import InputError, Ledger
from detente.ledger.agreement import SAME, Account, compare
from detente.ledger.witnesses import Report, assign
from detente.records import (
    Actor,
    Count,
    Document,
    Event,
    EventType,
    Evidence,
    Place,
    Reader,
    Reading,
    Size,
    Span,
    Status,
)
from tests.ledger.test_duplicates import EDITED, STORY

TEXT = "Russian guns shelled the harbour of Kharkiv on Tuesday, killing four dockers in a warehouse, the mayor said."


def account(**changes: Any) -> Account:
    """An account of a shelling, with changes."""
    found = Account(
        document="d1",
        event="e1",
        type="ASSAULT",
        mode=None,
        phase="told",
        first=date(2024, 5, 14),
        last=date(2024, 5, 14),
        dated=True,
        sources=frozenset({"org:armed-forces-of-russia", "RUS", "~RUS"}),
        targets=frozenset({"UKR", "~UKR"}),
        around=frozenset({"RUS", "UKR"}),
        place="kharkiv",
        names=frozenset({"kharkiv", "saltivka"}),
        words=frozenset({"harbour", "docker", "warehous", "guns"}),
    )
    return replace(found, **changes)


def same(one: Account, other: Account) -> bool:
    found = compare(one, other)
    return found is not None and found.score >= SAME


def test_two_accounts_that_agree_are_of_one_happening() -> None:
    found = compare(account(), account(document="d2", words=frozenset({"docker", "shell", "port"})))
    assert found is not None
    assert found.score >= SAME
    assert "sources: RUS, org:armed-forces-of-russia" in found.reasons
    assert "day: 2024-05-14" in found.reasons


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "THREATEN"},
        {"phase": "demanded"},
        {"first": date(2024, 5, 21), "last": date(2024, 5, 21)},
        {"place": "mykolaiv", "names": frozenset({"mykolaiv"})},
        {"sources": frozenset({"ISR", "~ISR"})},
        {"first": None, "last": None},
    ],
)
def test_one_thing_that_speaks_against_it_is_enough(changes: dict[str, Any]) -> None:
    assert compare(account(), account(document="d2", **changes)) is None


def test_the_same_speaker_says_more_than_one_thing_in_a_day() -> None:
    accusation: dict[str, Any] = {"type": "ACCUSE", "place": None, "names": frozenset()}
    of_a_raid = account(**accusation, words=frozenset({"raid", "mail", "server"}))
    of_smuggling = account(document="d2", **accusation, words=frozenset({"smuggl", "truck", "border"}))
    again = account(document="d3", **accusation, words=frozenset({"server", "mail", "hacker", "night"}))
    assert not same(of_a_raid, of_smuggling)
    assert same(of_a_raid, again)


def test_two_penalties_of_other_kinds_in_one_week_are_two() -> None:
    ban = account(type="SANCTION", mode="discontinue", dated=False, place=None, words=frozenset({"milk", "sugar"}))
    recall = replace(ban, document="d2", mode="withdraw", words=frozenset({"fisher", "kill"}))
    assert compare(ban, recall) is None
    assert same(ban, replace(recall, mode="discontinue"))
    assert same(ban, replace(recall, words=ban.words))


def test_a_meeting_with_another_is_another_meeting() -> None:
    meeting: dict[str, Any] = {
        "type": "CONSULT",
        "targets": frozenset(),
        "place": None,
        "names": frozenset(),
        "words": frozenset(),
    }
    with_ukraine = account(**meeting | {"sources": frozenset({"RUS", "~RUS", "UKR", "~UKR"})})
    with_china = account(document="d2", **meeting | {"sources": frozenset({"RUS", "~RUS", "CHN", "~CHN"})})
    other_way = account(
        document="d3", **meeting | {"sources": frozenset({"UKR", "~UKR"}), "targets": frozenset({"RUS", "~RUS"})}
    )
    assert not same(with_ukraine, with_china)
    assert same(with_ukraine, other_way)


def test_a_meeting_and_what_is_said_at_it_are_one_where_the_matter_is_the_same() -> None:
    told: dict[str, Any] = {"place": None, "names": frozenset(), "words": frozenset({"gas", "pipeline", "price"})}
    call = account(**told | {"type": "CONSULT", "mode": "phone"})
    backing = account(document="d2", **told | {"type": "SUPPORT", "words": frozenset({"gas", "pipeline", "dispute"})})
    on_fish = account(document="d3", **told | {"type": "SUPPORT", "words": frozenset({"fish", "quota", "trawler"})})
    assert same(call, backing)
    assert not same(call, on_fish)


@pytest.mark.parametrize(
    ("one", "other"), [("ACCUSE", "REQUEST"), ("THREATEN", "REJECT"), ("AGREE", "AID"), ("SUPPORT", "ASSAULT")]
)
def test_what_plover_tells_apart_stays_apart(one: EventType, other: EventType) -> None:
    assert compare(account(type=one), account(document="d2", type=other)) is None


def test_a_gift_is_one_whether_it_is_told_as_given_or_as_received() -> None:
    told: dict[str, Any] = {"place": None, "names": frozenset(), "words": frozenset({"rice", "drought", "port"})}
    given = account(**told | {"type": "AID"})
    received = account(
        document="d2",
        **told | {"type": "COOPERATE", "sources": frozenset({"UKR", "~UKR"}), "targets": frozenset({"RUS", "~RUS"})},
    )
    assert same(given, received)


def test_accounts_that_name_nobody_in_common_are_not_of_one_happening() -> None:
    of_others = {"sources": frozenset({"group:men"}), "targets": frozenset[str](), "around": frozenset({"group:men"})}
    assert compare(account(), account(document="d2", **of_others)) is None


days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
some = st.frozensets(st.sampled_from(["RUS", "~RUS", "UKR", "~UKR", "org:nato", "person:a"]), max_size=4)
texts = st.frozensets(st.sampled_from(["raid", "mail", "border", "talks", "grain"]), max_size=4)


@st.composite
def any_account(draw: st.DrawFn, document: str) -> Account:
    first = draw(days)
    return account(
        document=document,
        type=draw(st.sampled_from(["ASSAULT", "CONSULT", "ACCUSE"])),
        mode=draw(st.sampled_from([None, "visit", "meet"])),
        first=first,
        last=first + timedelta(draw(st.integers(0, 40))),
        dated=draw(st.booleans()),
        sources=draw(some),
        targets=draw(some),
        around=draw(some),
        place=draw(st.sampled_from([None, "kharkiv", "maarat al-numan"])),
        names=draw(texts),
        words=draw(texts),
    )


@given(any_account("d1"), any_account("d2"))
def test_agreement_has_no_direction(one: Account, other: Account) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.score == pytest.approx(back.score)


@st.composite
def close_account(draw: st.DrawFn, phase: str) -> Account:
    """One of few accounts, so that many of them agree."""
    day = date(2024, 5, 14) + timedelta(draw(st.integers(0, 1)))
    return account(
        type=draw(st.sampled_from(["ASSAULT", "COERCE"])),
        phase=phase,
        first=day,
        last=day,
        targets=draw(st.sampled_from([frozenset({"UKR", "~UKR"}), frozenset[str]()])),
        place=None,
        names=frozenset(),
        words=draw(st.frozensets(st.sampled_from(["raid", "mail", "border"]), max_size=3)),
    )


counted = st.lists(close_account("told"), min_size=1, max_size=2)
uncounted = st.lists(st.sampled_from(["disputed", "demanded", "possible"]).flatmap(close_account), max_size=2)


def partition(documents: Sequence[Sequence[Account]]) -> set[frozenset[str]]:
    """Which counted accounts are of one happening, by documents that are written in this order."""
    known: list[Report] = []
    found: dict[str, set[str]] = defaultdict(set)
    for accounts in documents:
        for link in assign(accounts, known):
            known.append(Report(link.account, link.happening))
            if link.account.counts:
                found[link.happening].add(link.account.id)
    return {frozenset(ids) for ids in found.values()}


@given(st.lists(st.tuples(st.booleans(), counted, uncounted), max_size=9))
def test_what_counts_is_one_whatever_is_denied_or_demanded(
    drawn: list[tuple[bool, list[Account], list[Account]]],
) -> None:
    documents = [
        # both what counts and what does not, or the latter alone: before, between and after
        [
            replace(found, document=f"d{number}", event=f"e{place}")
            for place, found in enumerate([*(told if tells else []), *disputed])
        ]
        for number, (tells, told, disputed) in enumerate(drawn)
    ]
    alone = [[found for found in accounts if found.counts] for accounts in documents]
    assert partition(documents) == partition(alone)


def reading(
    number: int,
    *,
    text: str = TEXT,
    type: EventType = "ASSAULT",
    status: Status = "actual",
    day: str | None = "2024-05-14",
    place: str | None = "Kharkiv",
    dead: str | None = None,
) -> Reading:
    """A document with one event."""
    start = text.index(" ") + 1
    mention = Span(text=text[:7], start=0, end=7)
    return Reading(
        reader=Reader(version="0", model="0"),
        document=Document(id=f"d{number}", source=f"Outlet {number}", published="2024-05-15", language="en", text=text),
        actors=(
            Actor(id="RUS", name="Russia", kind="state", country="RUS", mentions=(mention,)),
            Actor(id="UKR", name="Ukraine", kind="state", country="UKR", mentions=(mention,)),
        ),
        events=(
            Event(
                id="e1",
                type=type,
                sources=("RUS",),
                targets=("UKR",),
                trigger=Span(text=text[start : start + 4], start=start, end=start + 4),
                date=day,
                place=Place(name=place, country="UKR") if place else None,
                status=status,
                size=Size(dead=Count(low=4, high=4, text=dead)) if dead else None,
                quad="material_conflict",
                intensity=-9.0,
                evidence=Evidence(start=0, end=len(text)),
            ),
        ),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened


def happenings(ledger: Ledger) -> list[list[str]]:
    """The reports of each happening."""
    return sorted(row["reports"] for row in ledger.list("happenings"))


RETOLD = "Kremlin batteries fired at the port of Kharkiv on Tuesday and four dockers lost their lives."

ELSEWHERE = "Kremlin forces shelled a warehouse of the harbour of Odesa on Tuesday, and four dockers were killed."


def test_events_of_different_texts_that_agree_are_one_with_two_witnesses(ledger: Ledger) -> None:
    ledger.add(reading(1))
    ledger.add(reading(2, text=RETOLD))
    ledger.add(reading(3, text=ELSEWHERE, place="Odesa"))
    assert happenings(ledger) == [["d1/e1", "d2/e1"], ["d3/e1"]]
    (first,) = (row for row in ledger.list("happenings") if row["id"] == "d1/e1")
    assert (first["witnesses"], first["independent"]) == (2, 2)
    assert first["outlets"] == ["Outlet 1", "Outlet 2"]


def test_what_reports_say_against_each_other_stands_side_by_side(ledger: Ledger) -> None:
    ledger.add(reading(1, dead="four"))
    ledger.add(reading(2, text=RETOLD, status="denied", dead="seven"))
    (row,) = ledger.list("happenings")
    assert row["statuses"] == ["actual", "denied"]
    assert row["dead"] == ["four", "seven"]


def test_a_denial_joins_what_is_told_and_what_is_told_a_denial(ledger: Ledger) -> None:
    ledger.add(reading(1, status="denied"))
    ledger.add(reading(2, text=RETOLD))
    ledger.add(reading(3, text=RETOLD, status="negated"))
    assert happenings(ledger) == [["d1/e1", "d2/e1", "d3/e1"]]


def test_a_copy_adds_a_witness_and_no_independent_one(ledger: Ledger) -> None:
    ledger.add(reading(1, text=STORY, day=None))
    ledger.add(reading(2, text=EDITED, day=None))
    (row,) = ledger.list("happenings")
    assert (row["witnesses"], row["independent"]) == (2, 1)


def test_a_demand_and_the_deed_are_two(ledger: Ledger) -> None:
    ledger.add(reading(1))
    ledger.add(reading(2, text=RETOLD, status="demanded"))
    assert happenings(ledger) == [["d1/e1"], ["d2/e1"]]


def test_events_of_different_data_sets_are_never_one(ledger: Ledger) -> None:
    ledger.add(reading(1))
    ledger.add(reading(2, text=RETOLD), dataset="icews")
    ledger.add(reading(3, text=RETOLD), dataset="gdelt")
    ledger.add(reading(4), dataset="icews")
    assert happenings(ledger) == [["d1/e1"], ["d2/e1", "d4/e1"], ["d3/e1"]]


def test_what_was_parted_stays_apart_when_it_is_read_again(ledger: Ledger) -> None:
    ledger.add(reading(1))
    ledger.add(reading(2, text=RETOLD))
    ledger.add(reading(3))
    assert ledger.part("d1/e1", "d2/e1")
    assert happenings(ledger) == [["d1/e1", "d3/e1"], ["d2/e1"]]
    ledger.add(reading(2, text=RETOLD), again=True)
    ledger.add(reading(1), again=True)
    assert all({"d1/e1", "d2/e1"} - set(reports) for reports in happenings(ledger))
    assert not ledger.part("d2/e1", "d1/e1")


def test_only_events_can_be_parted(ledger: Ledger) -> None:
    ledger.add(reading(1))
    with pytest.raises(InputError, match="no such record"):
        ledger.part("d1/e1", "d9/e1")


def test_a_happening_whose_first_report_is_replaced_is_called_after_the_next(ledger: Ledger) -> None:
    for number in (1, 2, 3):
        ledger.add(reading(number))
    ledger.add(msgspec.structs.replace(reading(1), events=()), again=True)
    assert [(row["id"], row["witnesses"]) for row in ledger.list("happenings")] == [("d2/e1", 2)]
    # The copies of its text are called after the next as well.
    assert [row["stories"] for row in ledger.sql("SELECT count(DISTINCT story) AS stories FROM stories")] == [1]


def test_reading_again_changes_no_happening(ledger: Ledger) -> None:
    for number in (1, 2, 3):
        ledger.add(reading(number))
    before = [*ledger.list("happenings")]
    for number in (3, 2):
        ledger.add(reading(number), again=True)
    assert [*ledger.list("happenings")] == before
