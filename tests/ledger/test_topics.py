"""Positions of several documents come side by side under one topic. The readings are made by hand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from detente import Ledger
from detente.ledger.listing import Filters
from detente.records import Actor, Document, Evidence, Position, PositionAct, Reading, Span
from tests.examples import CHAD, READING

CHADIAN = "French soldiers leave a base in Faya"
"""What the example's demand wants; it was made without a topic."""


def reading(
    id_: str,
    actor: Actor,
    act: PositionAct,
    what: str,
    topic: str | None,
    *mentions: Actor,
    published: str = "2025-02-01",
    condition: str | None = None,
) -> Reading:
    """A document with one position; `mentions` are the actors that its words name, by their names."""
    text = f"{actor.name}: {what} {condition or ''}"
    start = text.index(what)

    def span(words: str) -> Span:
        at = text.index(words)
        return Span(text=words, start=at, end=at + len(words))

    cast = {a.id: msgspec.structs.replace(a, mentions=(span(a.name),)) for a in (actor, *mentions)}
    position = Position(
        id="p1",
        actor=actor.id,
        act=act,
        what=span(what),
        condition=span(condition) if condition else None,
        topic=topic,
        evidence=Evidence(start=start, end=start + len(what)),
    )
    document = Document(id=id_, text=text, published=published, language="en", source="The Herald")
    empty: tuple[()] = ()
    return msgspec.structs.replace(
        READING,
        document=document,
        actors=tuple(cast.values()),
        statements=empty,
        events=empty,
        holdings=empty,
        positions=(position,),
    )


FRANCE = Actor(id="FRA", name="France", kind="state", country="FRA")
NIGER = Actor(id="NER", name="Niger", kind="state", country="NER")
LIBYA = Actor(id="LBY", name="Libya", kind="state", country="LBY")


@pytest.fixture
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(tmp_path_factory.mktemp("topics") / "ledger.duckdb") as ledger:
        for added in (
            reading(
                "d2",
                FRANCE,
                "refuse",
                "withdraw its troops from Faya",
                "withdrawal of troops from Faya",
                condition="unless a patrol takes over",
            ),
            reading("d3", NIGER, "demand", "the sale of uranium", "sale of uranium", published="2025-03-01"),
            reading(
                "d4",
                LIBYA,
                "support",
                "the withdrawal of soldiers from the base in Faya",
                "withdrawal of soldiers from base in Faya",
                published="2025-04-01",
            ),
            reading("d5", LIBYA, "refuse", "it", None, published="2025-05-01"),
            READING,
        ):
            ledger.add(added)
        yield ledger


def listed(ledger: Ledger, filters: Filters) -> list[tuple[str | None, str]]:
    return [(row["topic"], row["id"]) for row in ledger.list("topics", **filters)]


FAYA = "withdrawal of troops from Faya"
WHOLE = [(FAYA, "d1/p1"), (FAYA, "d2/p1"), (FAYA, "d4/p1")]


def test_those_in_which_most_take_a_position_come_first_and_what_says_nothing_last(ledger: Ledger) -> None:
    assert listed(ledger, {}) == [*WHOLE, ("sale of uranium", "d3/p1"), (None, "d5/p1")]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        # A topic is whole where one position fits, as it is to show who stands where.
        ({"by": "France"}, WHOLE),
        ({"by": CHAD}, WHOLE),
        ({"target": "France"}, WHOLE),
        ({"act": "Support"}, WHOLE),
        ({"about": "base"}, WHOLE),
        ({"id": "d4/p1"}, WHOLE),
        ({"by": "Niger"}, [("sale of uranium", "d3/p1")]),
        ({"by": "Libya", "act": "demand"}, []),
        ({"by": "Libya"}, [*WHOLE, (None, "d5/p1")]),
        # A time leaves positions out, and changes nothing about what belongs together.
        ({"since": "2025-01"}, [*WHOLE[1:], ("sale of uranium", "d3/p1"), (None, "d5/p1")]),
        ({"until": "2025-02"}, WHOLE[:2]),
        ({"by": "France", "since": "2025-04"}, []),
        ({"by": "Libya", "since": "2025-02", "until": "2025-04"}, WHOLE[1:]),
    ],
)
def test_filters_choose_topics_and_times_choose_positions(
    ledger: Ledger, filters: Filters, found: list[tuple[str | None, str]]
) -> None:
    assert listed(ledger, filters) == found


def test_a_row_has_all_that_a_position_has(ledger: Ledger) -> None:
    rows = {row["id"]: row for row in ledger.list("topics")}
    for position in ledger.list("positions"):
        row = rows.pop(position["id"])
        assert row | {"topic": position["topic"]} == position
    assert not rows


def test_a_topic_that_no_reading_has_named_is_called_by_its_words(ledger: Ledger) -> None:
    with Ledger(ledger.path.with_name("example.duckdb")) as example:
        example.add(READING)
        assert listed(example, {}) == [(CHADIAN, "d1/p1")]


def test_topics_that_would_be_called_alike_are_numbered(ledger: Ledger) -> None:
    ledger.add(reading("d6", NIGER, "demand", "the sale of uranium to Libya", "sale of uranium", LIBYA))
    ledger.add(reading("d7", NIGER, "demand", "the sale of uranium to France", "sale of uranium", FRANCE))
    topics = {row["id"]: row["topic"] for row in ledger.list("topics", about="uranium")}
    assert topics["d6/p1"] != topics["d7/p1"]
    assert set(topics.values()) == {"sale of uranium", "sale of uranium (2)"}


def test_no_more_rows_come_than_asked_for(ledger: Ledger) -> None:
    assert len(list(ledger.list("topics", limit=2))) == 2


def test_the_order_in_which_documents_were_added_does_not_matter(ledger: Ledger) -> None:
    with Ledger(ledger.path.with_name("again.duckdb")) as again:
        for added in reversed(list(ledger.readings())):
            again.add(added)
        assert listed(again, {}) == listed(ledger, {})
