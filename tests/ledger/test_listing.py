"""Records are found by what is asked, and what cannot be asked is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest

from detente import Ledger, records
from detente.ledger.listing import KINDS, Filters, Kind, _between, checked
from tests.examples import CHAD, CLAUSE, FORCES, READING, SPEAKER


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The example, and the same in another outlet a year later, said by an official without a name."""
    document = msgspec.structs.replace(
        READING.document, id="d2/later", source="The Herald", published="2026-01-15", title=None
    )
    nobody = msgspec.structs.replace(
        READING.statements[0],
        source=records.Source(actor=None, text="a senior official", start=0, end=4),
        addressee="FRA",
    )
    later = msgspec.structs.replace(READING, document=document, statements=(nobody,))
    with Ledger(tmp_path_factory.mktemp("listing") / "ledger.duckdb") as ledger:
        ledger.add(later)
        ledger.add(READING)
        yield ledger


def ids(ledger: Ledger, kind: Kind, filters: Filters) -> list[str]:
    """The ids of what is listed."""
    return [row["id"] for row in ledger.list(kind, **filters)]


@pytest.mark.parametrize(
    ("kind", "filters", "found"),
    [
        ("statements", {}, ["d1/s1", "d2/later/s1"]),
        ("statements", {"by": "Koulamallah"}, ["d1/s1"]),
        ("statements", {"by": SPEAKER}, ["d1/s1"]),
        # The spokesman acts for the government, which acts for Chad.
        ("statements", {"by": "Chad"}, ["d1/s1"]),
        ("statements", {"by": "tcd"}, ["d1/s1"]),
        ("statements", {"by": "FRA"}, []),
        ("statements", {"by": "senior official"}, ["d2/later/s1"]),
        ("statements", {"target": "France"}, ["d2/later/s1"]),
        ("statements", {"act": "State"}, ["d1/s1", "d2/later/s1"]),
        ("statements", {"act": "deny"}, []),
        ("statements", {"quotation": "Indirect", "id": "d1"}, ["d1/s1"]),
        ("statements", {"quotation": "direct"}, []),
        (
            "statements",
            {"by": "Chad", "about": "French", "act": "state", "since": "2025-01", "quotation": "indirect"},
            ["d1/s1"],
        ),
        ("statements", {"about": "french soldiers"}, ["d1/s1", "d2/later/s1"]),
        ("statements", {"about": "Koulamallah", "since": "2025-06"}, ["d2/later/s1"]),
        ("events", {"by": "government of chad"}, ["d1/e1", "d2/later/e1"]),
        ("events", {"by": "France", "target": "Chad", "id": "d1"}, ["d1/e2"]),
        ("events", {"by": "France", "target": "France"}, []),
        ("events", {"type": "retreat", "id": "d1"}, ["d1/e2"]),
        ("events", {"status": "actual", "id": "d1"}, ["d1/e1"]),
        ("events", {"place": "Faya", "id": "d1"}, ["d1/e2"]),
        ("events", {"place": "TCD", "id": "d1"}, ["d1/e2"]),
        ("events", {"place": "Fay"}, []),
        ("holdings", {"by": "FRA", "type": "presence"}, ["d1/h1", "d2/later/h1"]),
        ("holdings", {"by": "Chad"}, []),
        ("holdings", {"type": "occupies"}, []),
        ("positions", {"by": CHAD, "target": "France", "act": "demand"}, ["d1/p1", "d2/later/p1"]),
        ("positions", {"about": "soldiers leave"}, ["d1/p1", "d2/later/p1"]),
        ("actors", {"type": "person"}, [SPEAKER]),
        ("actors", {"about": "France"}, ["FRA", FORCES]),
        ("actors", {"id": "person:"}, [SPEAKER]),
        # Chad, France and what is called by a role are known; the spokesman has a name of his own.
        ("actors", {"unresolved": True}, [SPEAKER]),
        ("actors", {"unresolved": False, "type": "person"}, [SPEAKER]),
        ("documents", {}, ["d1", "d2/later"]),
        ("documents", {"about": "Faya", "until": "2025"}, ["d1"]),
        ("documents", {"id": "d2"}, ["d2/later"]),
    ],
)
def test_what_is_asked_is_found(ledger: Ledger, kind: Kind, filters: Filters, found: list[str]) -> None:
    assert sorted(ids(ledger, kind, filters)) == sorted(found)


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        # e1 is of November 2024; e2 has no date and counts on the day of its report.
        ("events", {"since": "2024-11-30"}, ["d1/e1", "d1/e2"]),
        ("events", {"since": "2024-12"}, ["d1/e2"]),
        ("events", {"until": "2024-11-01"}, ["d1/e1"]),
        ("events", {"until": "2024-10"}, []),
        ("events", {"since": "2025-01-15", "until": "2025-01-15"}, ["d1/e2"]),
        # h1 lasts from 2013 to November 2024, when it was last seen.
        ("holdings", {"since": "2020", "until": "2021"}, ["d1/h1"]),
        ("holdings", {"since": "2024-12"}, []),
        ("holdings", {"until": "2012"}, []),
        ("positions", {"since": "2024", "until": "2024"}, ["d1/p1"]),
        ("actors", {"until": "2024"}, []),
    ],
)
def test_a_time_is_met_by_what_may_lie_in_it(
    ledger: Ledger, kind: Kind, asked: dict[str, str], found: list[str]
) -> None:
    filters: Any = asked if kind == "actors" else asked | {"id": "d1"}
    assert ids(ledger, kind, filters) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("d", ["d1/e1", "d1/e2", "d2/later/e1", "d2/later/e2"]),
        ("d1/e1", ["d1/e1"]),
        ("d2/l", ["d2/later/e1", "d2/later/e2"]),
        ("d2/later/e2", ["d2/later/e2"]),
        ("d2/e2", ["d2/later/e2"]),
        ("d1/e", []),
        ("e1", []),
        ("d%", []),
    ],
)
def test_any_beginning_of_a_documents_id_will_do(ledger: Ledger, asked: str, found: list[str]) -> None:
    assert sorted(ids(ledger, "events", {"id": asked})) == found


def test_a_row_names_who_and_whom_and_quotes_the_evidence(ledger: Ledger) -> None:
    (row,) = ledger.list("events", id="d1/e1")
    assert row["sources"] == [CHAD]
    assert row["source_names"] == ["Government of Chad"]
    assert row["target_names"] == ["France"]
    assert row["reported_by"] == "d1/s1"
    assert row["reporter"] == "Abderaman Koulamallah"
    assert row["evidence"] == CLAUSE
    assert (row["outlet"], row["published"]) == ("The Gazette", "2025-01-15")


def test_an_actor_is_one_row_with_all_its_documents(ledger: Ledger) -> None:
    (row,) = ledger.list("actors", id="FRA")
    assert (row["documents"], row["mentions"]) == (2, 2)


def test_rows_come_in_the_order_of_their_dates(ledger: Ledger) -> None:
    assert ids(ledger, "events", {}) == ["d1/e1", "d2/later/e1", "d1/e2", "d2/later/e2"]


def test_no_more_rows_come_than_asked_for(ledger: Ledger) -> None:
    assert len(list(ledger.list("events", limit=3))) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_are_those_of_the_rows(ledger: Ledger, kind: Kind) -> None:
    row = next(ledger.list(kind))
    assert tuple(row) == ledger.columns(kind)
    assert not {"document", "ordinal"} & row.keys()


HOSTILE = ["' OR 1=1 --", "'; DROP TABLE events; --", "%", "\\", "$by", "\x00", "(((", "[a-z]*", "👩‍👧"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["by", "target", "about", "place", "id"])
def test_hostile_values_find_nothing_and_do_nothing(ledger: Ledger, name: str, value: str) -> None:
    filters: Any = {name: value}
    assert list(ledger.list("events", **filters)) == []
    assert len(list(ledger.list("events"))) == 4


@pytest.mark.parametrize(
    ("kind", "filters", "reason"),
    [
        ("events", {"act": "deny"}, "act does not fit events; it fits statements, positions"),
        ("events", {"quotation": "direct"}, "quotation does not fit events; it fits statements"),
        ("statements", {"quotation": "scare"}, "'scare' is no quotation of statements; take one of direct, indirect"),
        ("documents", {"by": "RUS"}, "by does not fit documents"),
        ("events", {"type": "WAR"}, "'WAR' is no type of events; take one of AGREE"),
        ("holdings", {"type": "AGREE"}, "'AGREE' is no type of holdings"),
        ("events", {"since": "2024-13"}, "'2024-13' is no date"),
        ("events", {"until": "2024-06-31"}, "is no date"),
        ("events", {"since": "٢٠٢٤"}, "is no date"),
        ("treaties", {}, "'treaties' cannot be listed"),
    ],
)
def test_what_cannot_be_asked_is_refused(kind: str, filters: Filters, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        checked(kind, filters)


@pytest.mark.parametrize("type_", get_args(records.EventType))
def test_every_type_of_event_can_be_asked_for(ledger: Ledger, type_: str) -> None:
    assert {row["type"] for row in ledger.list("events", type=type_)} <= {type_}


def test_dates_that_are_sorted_out_by_their_year_are_those_that_do_not_overlap(ledger: Ledger) -> None:
    dates = ["2023", "2023-12-31", "2024", "2024-01", "2024-02-29", "2025-01-01", "2023-06/2024-02", "2024-12/2025", ""]
    asked = ["2023", "2023-12", "2023-12-31", "2024", "2024-01-01", "2024-03", "2025", "2025-01-02"]
    time = _between("told", "told")
    query = f"""
        SELECT told, day, {time["since"]} AS since, {time["until"]} AS until,
            latest(told) >= earliest(day) AS is_since, earliest(told) <= latest(day) AS is_until
        FROM (SELECT nullif(unnest($dates), '') AS told), (SELECT unnest($asked) AS day)
    """.replace("$since", "day").replace("$until", "day")  # noqa: S608
    rows = [*ledger.sql(query, {"dates": dates, "asked": asked})]
    assert len(rows) == len(dates) * len(asked)
    assert [row for row in rows if (row["since"], row["until"]) != (row["is_since"], row["is_until"])] == []
