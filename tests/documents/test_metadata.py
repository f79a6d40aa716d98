"""Dates of publication, and whose word counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.documents import Metadata
from detente.documents.metadata import publication_day, publication_day_or_none
from detente.errors import InputError


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-11-08", "2024-11-08"),
        (" 2024-11-08\n", "2024-11-08"),
        ("2024-11", "2024-11"),
        ("2024", "2024"),
        ("2024-02-29", "2024-02-29"),
        ("20241108", "2024-11-08"),
        ("2024-11-08T23:30:00-05:00", "2024-11-08"),
        ("2024-11-08T00:30:00+03:00", "2024-11-08"),
        ("2024-11-08T10:00:00.123456789Z", "2024-11-08"),
        ("2024-11-08 10:00", "2024-11-08"),
        ("Fri, 08 Nov 2024 23:30:00 -0500", "2024-11-08"),
        ("8 Nov 2024 00:10:00 GMT", "2024-11-08"),
    ],
)
def test_a_date_keeps_its_precision_and_the_day_of_its_own_time_zone(told: str, day: str) -> None:
    assert publication_day(told) == day


@pytest.mark.parametrize(
    "told",
    [
        "2024-13-01",
        "2024-00",
        "2024-02-30",
        "0000",
        "yesterday",
        "08/11/2024",
        "2024-11-08/2024-11-09",
        "٢٠٢٤",
        "1" * 99,
    ],
)
def test_what_is_no_date_is_an_error_that_names_it_and_the_form_wanted(told: str) -> None:
    with pytest.raises(InputError) as caught:
        Metadata(published=told)
    assert caught.value.name == "published"
    assert told[:60] in caught.value.reason
    assert "2024-11-08, 2024-11 or 2024" in caught.value.reason
    assert str(caught.value).isprintable()


@given(st.dates())
def test_a_day_is_its_own_normal_form(day: date) -> None:
    assert publication_day(day.isoformat()) == day.isoformat()


@given(st.datetimes(), st.integers(-720, 840))
def test_a_point_in_time_falls_on_the_day_where_it_was_written(moment: datetime, minutes: int) -> None:
    written = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert publication_day(written.isoformat()) == moment.date().isoformat()


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2049, 12, 31)), st.integers(-720, 840))
def test_a_date_of_e_mail_falls_on_the_day_where_it_was_written(moment: datetime, minutes: int) -> None:
    written = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert publication_day(format_datetime(written)) == moment.date().isoformat()


@given(st.text() | st.none() | st.integers())
def test_whatever_a_page_gives_as_its_date_becomes_a_date_or_none(told: object) -> None:
    day = publication_day_or_none(told)
    assert day is None or publication_day(day) == day


def test_blank_metadata_are_none() -> None:
    assert Metadata(published=" ", title="\n", source="", url="\t") == Metadata()


def test_metadata_are_single_lines() -> None:
    assert Metadata(title=" Talks\n\t resume ").title == "Talks resume"


def test_an_own_word_comes_before_that_of_others() -> None:
    own = Metadata(title="Own", published="2024")
    assert own.over(Metadata(title="Other", source="Other", published="2023-01-01")) == Metadata(
        title="Own", source="Other", published="2024"
    )
