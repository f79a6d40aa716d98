"""Readings that are written together are written as one after the other, and none is lost to another's fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente import InputError, Ledger
from detente.ledger import store
from detente.records import Reading
from tests.examples import READING
from tests.ledger.test_duplicates import EDITED, STORY
from tests.ledger.test_processes import content
from tests.ledger.test_witnesses import ELSEWHERE, RETOLD, TEXT, reading

BROKEN = replace(READING, positions=READING.positions * 2)


def numbered(number: int, read: Reading = READING) -> Reading:
    """A reading as that of another document."""
    return replace(read, document=replace(read.document, id=f"d{number}"))


some_readings = st.lists(
    st.one_of(
        st.builds(numbered, st.integers(1, 9), st.sampled_from([READING, BROKEN, replace(READING, events=())])),
        st.builds(
            reading,
            st.integers(1, 9),
            text=st.sampled_from([TEXT, RETOLD, ELSEWHERE, STORY, EDITED]),
            type=st.sampled_from(["ASSAULT", "COERCE"]),
            status=st.sampled_from(["actual", "alleged", "denied", "demanded"]),
            day=st.sampled_from(["2024-05-14", "2024-05-15", None]),
            place=st.sampled_from(["Kharkiv", None]),
        ),
    ),
    min_size=2,
    max_size=8,
)


def one_by_one(ledger: Ledger, readings: Sequence[Reading], **how: Any) -> Iterator[bool | str]:
    """What came of readings that were added each by itself."""
    for read in readings:
        try:
            yield ledger.add(read, **how)
        except InputError as error:
            yield str(error)


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(first=some_readings, then=some_readings, again=st.booleans(), dataset=st.sampled_from([None, "other"]))
def test_what_is_written_together_is_what_is_written_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[Reading],
    then: list[Reading],
    again: bool,
    dataset: str | None,
) -> None:
    folder = tmp_path_factory.mktemp("adding")
    with Ledger(folder / "each.duckdb") as each, Ledger(folder / "all.duckdb") as together:
        for readings, how in ((first, {"dataset": dataset}), (then, {"again": again})):
            outcomes = [*together.add_all(readings, **how)]
            told = [str(one) if isinstance(one, InputError) else one for one in outcomes]
            assert told == [*one_by_one(each, readings, **how)]
    assert content(folder / "all.duckdb") == content(folder / "each.duckdb")


def test_one_that_cannot_be_stored_is_told_in_its_place_and_the_others_are_written(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        written, wrong, held, last = ledger.add_all([numbered(1), numbered(2, BROKEN), numbered(1), numbered(3)])
        assert (written, held, last) == (True, False, True)
        assert str(wrong) == "chad.txt: cannot be stored: two records have one id"
        assert [*ledger.readings()] == [numbered(1), numbered(3)]


@pytest.mark.parametrize("ending", [KeyboardInterrupt, InputError("next.txt", "cannot be read")])
def test_when_the_readings_end_too_soon_those_that_wait_are_written(
    tmp_path: Path, ending: BaseException | type[BaseException]
) -> None:
    def ended() -> Iterator[Reading]:
        yield numbered(1)
        yield numbered(2)
        raise ending

    with Ledger(tmp_path / "ledger.duckdb") as ledger:
        with pytest.raises(ending if isinstance(ending, type) else type(ending)):
            next(ledger.add_all(ended()))
        assert [*ledger.readings()] == [numbered(1), numbered(2)]


def test_a_reading_waits_for_others_and_not_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path / "ledger.duckdb") as ledger:

        def coming() -> Iterator[Reading]:
            yield numbered(1)
            # It is not written yet, and nobody need read it once more.
            assert ledger.holds("d1")
            assert [*ledger.readings()] == []
            monkeypatch.setattr(store, "_WAITING", 0.0)
            yield numbered(2)
            assert [*ledger.readings()] == [numbered(1), numbered(2)]

        assert [*ledger.add_all(coming())] == [True, True]
        assert not ledger.holds("d3")
