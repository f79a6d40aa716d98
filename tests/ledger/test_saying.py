"""Words are found with who said them first and again, exactly or nearly, and nothing is claimed beyond the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from detente import Ledger
from detente.ledger.saying import COLUMNS, FIRST, PERHAPS_FIRST
from detente.records import Actor, Content, Quotation, Source, Statement
from tests.examples import READING

Told = Mapping[str, Any]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened


def statement(
    id: str,
    content: str,
    by: str | None = "orlan",
    *,
    date: str | None = None,
    within: str | None = None,
    quotation: Quotation = "indirect",
) -> Statement:
    """What the person `by` says; the place in the text does not matter here."""
    source = None if by is None else Source(actor=f"person:{by}", text=by.title(), start=0, end=1)
    return msgspec.structs.replace(
        READING.statements[0],
        id=id,
        source=source,
        content=Content(text=content, spans=((0, 1),)),
        date=date,
        within=within,
        quotation=quotation,
    )


def tell(
    ledger: Ledger,
    document: str,
    *statements: Statement,
    published: str | None = "2024-06-14",
    outlet: str = "The Gazette",
) -> None:
    """Add a document in which these things are said."""
    speakers = {item.source.actor: item.source.text for item in statements if item.source and item.source.actor}
    head = msgspec.structs.replace(READING.document, id=document, published=published, source=outlet)
    actors = tuple(Actor(id=id, name=f"Minister {name}", kind="person") for id, name in speakers.items())
    reading = msgspec.structs.replace(
        READING, document=head, actors=actors, statements=statements, events=(), holdings=(), positions=()
    )
    assert ledger.add(reading)


def matches(ledger: Ledger, words: str) -> dict[str, str]:
    """Which statements match, and how."""
    return {row["id"]: row["match"] for row in ledger.said(words)}


def firsts(ledger: Ledger, words: str) -> dict[str, str]:
    """Which statements are marked, and how."""
    return {row["id"]: row["first"] for row in ledger.said(words) if row["first"]}


def test_a_row_tells_who_when_where_and_how(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "the plan deserves attention", date="2024-06-12", quotation="direct"))
    (row,) = ledger.said("deserves attention")
    assert tuple(row) == COLUMNS
    assert row["id"] == "d1/s1"
    assert (row["date"], row["published"]) == ("2024-06-12", "2024-06-14")
    assert (row["source"], row["source_name"]) == ("person:orlan", "Minister Orlan")
    assert (row["act"], row["quotation"], row["outlet"]) == ("state", "direct", "The Gazette")
    assert (row["content"], row["match"], row["first"]) == ("the plan deserves attention", "exact", FIRST)
    assert (row["within"], row["according_to"]) == (None, None)


@pytest.mark.parametrize(
    "content",
    [
        "the plan deserves attention",
        "The plan DESERVES\n\t attention!",
        "the plan “deserves attention”",
        "the plan ‘deserves’ — as it were — no, deserves, 'attention'",
        "deserves attention",
    ],
)
def test_case_marks_and_white_space_do_not_matter(ledger: Ledger, content: str) -> None:
    tell(ledger, "d1", statement("s1", content))
    assert matches(ledger, '"Deserves   attention."') == {"d1/s1": "exact"}


@pytest.mark.parametrize(
    ("asked", "content"),
    [
        ("deserves attention", "the plan deserved attention"),
        ("deserves attention", "the plan deserves our attention"),
        ("never accept a frozen conflict", "the country would never accept any frozen conflict"),
        ("never accept a frozen conflict", "never, I say, accept a conflict frozen"),
        ("the bridge will be rebuilt by spring", "by spring, the bridge will be rebuilt"),
        ("sanctions", "a sanction"),
    ],
)
def test_most_of_the_words_nearly_in_order_are_near(ledger: Ledger, asked: str, content: str) -> None:
    tell(ledger, "d1", statement("s1", content))
    assert matches(ledger, asked) == {"d1/s1": "near"}


@pytest.mark.parametrize(
    ("asked", "content"),
    [
        ("deserves attention", "attention is what the plan deserves"),
        ("deserves attention", "it deserves, after so many months of war and negotiations in vain, some attention"),
        ("deserves attention", "attention"),
        ("deserves attention", "well-deserved inattention"),
        ("art", "the artist started"),
        ("the end of the war in the east", "in the name of the people of the capital"),
        ("never accept a frozen conflict", "the conflict is accepted"),
    ],
)
def test_scattered_or_few_of_the_words_are_nothing(ledger: Ledger, asked: str, content: str) -> None:
    tell(ledger, "d1", statement("s1", content))
    assert matches(ledger, asked) == {}


def test_the_exact_come_by_date_before_the_near_by_date(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "it deserves attention", "orlan"), published="2024-06-20")
    tell(ledger, "d2", statement("s1", "it deserves attention", "tamm", date="2024-05"), published="2024-06-30")
    tell(ledger, "d3", statement("s1", "it deserves attention", "weld"), published=None)
    tell(ledger, "d4", statement("s1", "it deserved attention", "orlan"), published="2024-02-01")
    tell(ledger, "d5", statement("s1", "it deserved attention", "tamm"), published="2024-01-01")
    assert list(matches(ledger, "deserves attention")) == ["d2/s1", "d1/s1", "d3/s1", "d5/s1", "d4/s1"]
    assert firsts(ledger, "deserves attention") == {"d2/s1": FIRST}
    assert [row["id"] for row in ledger.said("deserves attention", limit=2)] == ["d2/s1", "d1/s1"]


def test_where_nobody_said_it_exactly_the_first_near_saying_is_marked(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "it deserved attention", "orlan"), published="2024-06-20")
    tell(ledger, "d2", statement("s1", "it deserved attention", "tamm"), published="2024-06-19")
    assert firsts(ledger, "deserves attention") == {"d2/s1": FIRST}


def test_dates_that_leave_it_open_name_nobody_as_the_first(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "it deserves attention", "orlan", date="2024"))
    tell(ledger, "d2", statement("s1", "it deserves attention", "tamm", date="2024-06-14"))
    tell(ledger, "d3", statement("s1", "it deserves attention", "weld", date="2025"))
    assert firsts(ledger, "deserves attention") == {"d1/s1": PERHAPS_FIRST, "d2/s1": PERHAPS_FIRST}


def test_without_any_date_nobody_is_known_to_be_the_first(ledger: Ledger) -> None:
    for number, speaker in enumerate(("orlan", "tamm")):
        tell(ledger, f"d{number}", statement("s1", "it deserves attention", speaker), published=None)
    assert firsts(ledger, "deserves attention") == {"d0/s1": PERHAPS_FIRST, "d1/s1": PERHAPS_FIRST}


def test_one_speakers_words_in_two_outlets_on_a_day_are_the_first_in_both(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "it deserves attention"), outlet="The Gazette")
    tell(ledger, "d2", statement("s1", "it deserves attention"), outlet="The Herald")
    assert firsts(ledger, "deserves attention") == {"d1/s1": FIRST, "d2/s1": FIRST}


def test_speakers_without_a_name_are_not_taken_for_one(ledger: Ledger) -> None:
    tell(ledger, "d1", statement("s1", "it deserves attention", None))
    tell(ledger, "d2", statement("s1", "it deserves attention", None))
    assert firsts(ledger, "deserves attention") == {"d1/s1": PERHAPS_FIRST, "d2/s1": PERHAPS_FIRST}


def test_words_within_anothers_words_are_the_inner_speakers_by_the_others_account(ledger: Ledger) -> None:
    outer = statement("s1", "Tamm had told Weld that the plan deserves attention", "orlan")
    inner = statement("s2", "the plan deserves attention", "tamm", within="s1")
    tell(ledger, "d1", outer, inner)
    (row,) = ledger.said("deserves attention")
    assert (row["id"], row["source_name"]) == ("d1/s2", "Minister Tamm")
    assert (row["within"], row["according_to"]) == ("d1/s1", "Minister Orlan")
    # What the outer speaker adds is the outer speaker's.
    assert matches(ledger, "Tamm had told Weld") == {"d1/s1": "exact"}


def test_words_that_only_the_outer_speaker_says_exactly_stay_the_outer_speakers_too(ledger: Ledger) -> None:
    outer = statement("s1", "Tamm never denied that the plan deserves attention", "orlan")
    inner = statement("s2", "the plan deserves attention", "tamm", within="s1")
    tell(ledger, "d1", outer, inner)
    assert matches(ledger, "that the plan deserves attention") == {"d1/s1": "exact", "d1/s2": "near"}


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "'\"", "—…!", "\x1b\x00", "☮"])
def test_no_words_are_refused(ledger: Ledger, words: str) -> None:
    with pytest.raises(ValueError, match="no word to look for"):
        ledger.said(words)


@pytest.mark.parametrize(
    "words",
    [
        "100% wrong",
        "wr_ng",
        "x') OR true --",
        'x"; DROP TABLE statements; --',
        "a\x00b\x1b[31m",
        "\udcff lone",
        "$said",
        "(a+)+$",
        "word " * 2000,
        "a" * 10_000,
    ],
)
def test_hostile_words_are_words(ledger: Ledger, words: str) -> None:
    tell(ledger, "d1", statement("s1", "something else was wrong"))
    assert list(ledger.said(words)) == []
    tell(ledger, "d2", statement("s1", f"he said: {words.encode('utf-8', 'replace').decode()}!"))
    assert matches(ledger, words) == {"d2/s1": "exact"}
