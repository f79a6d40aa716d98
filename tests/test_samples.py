"""The reports that come with detente are what docs/samples.md says of them."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from detente.documents import load
from detente.language.detect import detect
from detente.records import Document

SAMPLES = Path(str(resources.files("detente.samples")))
MANUAL = (Path(__file__).parents[1] / "docs" / "samples.md").read_text("utf-8")


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    loaded = list(load([str(SAMPLES / "camp-david-1977-79.jsonl")]))
    documents = [found for found in loaded if isinstance(found, Document)]
    assert len(documents) == len(loaded)
    return documents


def test_there_are_sixty_reports_each_with_an_id_of_its_own_in_the_order_of_their_days(reports: list[Document]) -> None:
    assert [report.id for report in reports] == [f"camp-david-{number:02}" for number in range(1, 61)]
    days = [report.published or "" for report in reports]
    assert days == sorted(days)
    assert days[0] >= "1977-11-01"
    assert days[-1] <= "1979-06-30"


def test_each_is_short_in_english_and_signed_by_one_of_three_desks(reports: list[Document]) -> None:
    for report in reports:
        assert 60 <= len(report.text.split()) <= 140, report.id
        assert report.language == detect(report.text) == "en", report.id
        assert report.title, report.id
    assert Counter(report.source for report in reports).keys() == {"Desk A", "Desk B", "Desk C"}


def test_the_table_says_of_every_report_where_its_happening_is_documented(reports: list[Document]) -> None:
    told = [
        number
        for row in re.findall(r"^\| \d{4}-.*?\|.*?\| ([\d, ]+) \|", MANUAL, re.MULTILINE)
        for number in row.split(", ")
    ]
    assert sorted(told) == [report.id.removeprefix("camp-david-") for report in reports]
