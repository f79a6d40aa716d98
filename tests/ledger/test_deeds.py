"""What counts in relations: facts, and beside them allegations; each happening once, by those it was done for."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from detente import Ledger
from detente.ledger import keeping
from detente.records import Reading, Span, Status
from tests.relations.told import event, ledger, reading

SHELLED = (
    "Russian guns shelled the harbour of Odesa and four dockers died in a warehouse beside the grain silo.",
    "Four dockers died in a warehouse beside the grain silo when Russian guns shelled the harbour of Odesa.",
    "Russian guns shelled a warehouse beside the grain silo in the harbour of Odesa, where four dockers died.",
)
"""One happening, in the words of three papers."""


def deeds(path: Path, columns: str) -> list[tuple[Any, ...]]:
    with Ledger(path, read_only=True) as opened:
        return [tuple(row.values()) for row in opened.sql(f"SELECT {columns} FROM deeds ORDER BY ALL")]  # noqa: S608


def shelling(*statuses: Status) -> list[Reading]:
    """A document for each status that the shelling is told with."""
    return [
        reading(f"d{n}", event(1, "ASSAULT", ["RUS"], ["UKR"], date="2024-03-04", status=status), text=SHELLED[n])
        for n, status in enumerate(statuses)
    ]


def counted(path: Path) -> list[tuple[str, str]]:
    """The documents by which a happening is counted, with its status there."""
    return [(document, status) for document, status, counts in deeds(path, "document, status, counts") if counts]


@pytest.mark.parametrize("status", get_args(Status))
def test_only_what_is_told_as_a_fact_or_alleged_is_a_deed(tmp_path: Path, status: Status) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling(status))
    assert counted(path) == ([("d0", status)] if status in ("actual", "alleged") else [])


def test_what_several_tell_counts_once(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling("actual", "actual", "actual"))
    assert deeds(path, "document, counts") == [("d0", True), ("d1", False), ("d2", False)]


def test_a_fact_counts_before_an_allegation(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling("alleged", "denied", "actual"))
    assert counted(path) == [("d2", "actual")]


def test_when_a_document_is_read_again_without_it_another_report_counts(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling("actual", "actual"))
    with Ledger(path) as opened:
        opened.add(reading("d0", text=SHELLED[0]), again=True)
    assert counted(path) == [("d1", "actual")]
    with Ledger(path) as opened:
        opened.add(*shelling("actual"), again=True)
    # The order of writing stays that of the first time.
    assert counted(path) == [("d0", "actual")]


def test_reports_that_are_parted_count_each(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling("actual", "actual"))
    with Ledger(path) as opened:
        assert opened.part("d0/e1", "d1/e1")
    assert counted(path) == [("d0", "actual"), ("d1", "actual")]


def test_two_ministers_of_a_state_are_one_party(tmp_path: Path) -> None:
    one = event(1, "ACCUSE", ["person:putin", "person:lavrov"], ["person:biden"])
    path = ledger(tmp_path / "l.duckdb", reading("d0", one))
    assert deeds(path, "source, source_party, target_party") == [("person:putin", "RUS", "USA")]


def test_who_acts_for_nobody_is_his_own_party(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", reading("d0", event(1, "PROTEST", ["group:protesters"], ["person:putin"])))
    columns = "source_party, source_country, target_party, target_country"
    assert deeds(path, columns) == [("group:protesters", "RUS", "RUS", "RUS")]


def test_what_two_do_together_stands_in_both_directions(tmp_path: Path) -> None:
    met = event(1, "CONSULT", ["person:putin", "person:biden"], [])
    struck = event(2, "ASSAULT", ["RUS", "USA"], [])
    path = ledger(tmp_path / "l.duckdb", reading("d0", met, struck))
    assert deeds(path, "event, source_party, target_party, mutual") == [
        ("e1", "RUS", "USA", True),
        ("e1", "USA", "RUS", True),
        ("e2", "RUS", None, False),
        ("e2", "USA", None, False),
    ]


@pytest.mark.parametrize(
    ("trigger", "together"),
    [("signed", True), ("Signing", True), ("signature", True), ("signalled", False), ("backed", False)],
)
def test_who_signs_together_does_it_with_each_other(tmp_path: Path, trigger: str, together: bool) -> None:
    one = replace(event(1, "SUPPORT", ["EGY", "ISR"], []), trigger=Span(text=trigger, start=0, end=len(trigger)))
    path = ledger(tmp_path / "l.duckdb", reading("d0", one, text=f"{trigger} in Washington."))
    assert deeds(path, "mutual") == [(together,)] * 2


@pytest.mark.parametrize(
    ("date", "published", "expected"),
    [
        ("2024-03-04", "2024-03-05", ("2024-03-04", "2024-03-04", True)),
        ("2024-02", "2024-03-05", ("2024-02-01", "2024-02-29", True)),
        ("2022-02-24/2022-03-31", None, ("2022-02-24", "2022-02-24", True)),
        (None, "2024-03-05", ("2024-03-05", "2024-03-05", False)),
        (None, "2024", ("2024-01-01", "2024-12-31", False)),
        (None, None, (None, None, False)),
    ],
)
def test_its_days_are_those_of_its_text_or_else_of_publication(
    tmp_path: Path, date: str | None, published: str | None, expected: tuple[str | None, str | None, bool]
) -> None:
    one = event(1, "AID", ["USA"], ["UKR"], date=date)
    path = ledger(tmp_path / "l.duckdb", reading("d0", one, published=published))
    assert deeds(path, "first::VARCHAR, last::VARCHAR, dated") == [expected]


def test_a_ledger_without_faults_has_none_in_its_deeds(tmp_path: Path) -> None:
    path = ledger(tmp_path / "l.duckdb", *shelling("alleged", "actual", "denied"))
    assert keeping.check(path).faults == ()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("UPDATE told_deeds SET counts = true", "is counted by 2 of its reports"),
        ("UPDATE told_deeds SET counts = false", "is counted by 0 of its reports"),
        ("UPDATE told_deeds SET event = 'e9'", "counts in relations and is no event"),
        ("UPDATE told_deeds SET status = 'alleged'", "counts in relations and is no event"),
    ],
)
def test_a_check_finds_deeds_that_do_not_fit(tmp_path: Path, broken: str, fault: str) -> None:
    import duckdb

    path = ledger(tmp_path / "l.duckdb", *shelling("actual", "actual"))
    with duckdb.connect(path) as connection:
        connection.execute(broken)
    assert any(fault in line for line in keeping.check(path).faults)
