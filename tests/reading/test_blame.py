"""Demands that are rejected and reproaches without a verb of accusing. The sentences are made up for these tests."""

from __future__ import annotations

from functools import cache

import pytest

from detente.records import Event
from tests.reading.sentences import events_of

REJECTED = [
    "Iran dismissed demands from Norway to stop enriching uranium.",
    "Serbia rejected calls to recognise Kosovo.",
    "Hungary rejected a European Union request asking it to lift its ban.",
    "The demand of Kyiv was rejected by Moscow.",
    "Islamabad brushed aside Kabul's demand that it reopen the crossing.",
]
BLAMED = [
    ("Poland said that Belarus was behind the attack on its website.", ("POL",), ("BLR",)),
    ("Kenya said al-Shabaab was responsible for the bombing.", ("KEN",), ("org:al-shabaab",)),
    ("After the attacks on Tuesday Chad said that Libya was responsible.", ("TCD",), ("LBY",)),
]
DEMANDED = [
    ("Peru repeated its call to Chile to release the sailors.", "RETREAT", "CHL", "demanded"),
    ("Norway renewed its appeal to Israel to open the crossing.", "RETREAT", "ISR", "demanded"),
    ("Egypt has issued an ultimatum to Libya to withdraw its troops.", "RETREAT", "LBY", "demanded"),
    ("Togo rejected a demand of Benin to release two fishermen.", "RETREAT", "TGO", "negated"),
]
NOT_BLAMED = [
    "Poland said that Belarus was not behind the attack on its website.",
    "Poland said that Belarus may be behind the attack on its website.",
    "Poland said that Belarus was behind the plan.",
    "Chad said that Libya was responsible for the budget of the union.",
]


@cache
def readings() -> dict[str, tuple[Event, ...]]:
    """What all the sentences give, read in one go."""
    demanded = (text for text, *_ in DEMANDED)
    return events_of([*REJECTED, *(text for text, _, _ in BLAMED), *NOT_BLAMED, *demanded], "2024-06-14")


@pytest.mark.parametrize("text", REJECTED)
def test_a_demand_that_is_rejected_is_told_by_its_rejection_alone(text: str) -> None:
    types = [event.type for event in readings()[text]]
    assert types.count("REJECT") == 1
    assert "REQUEST" not in types


@pytest.mark.parametrize(("text", "sources", "targets"), BLAMED, ids=[text for text, _, _ in BLAMED])
def test_who_says_that_another_is_responsible_accuses_him(
    text: str, sources: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    found = [(e.sources, e.targets, e.mode, e.status) for e in readings()[text] if e.type == "ACCUSE"]
    assert found == [(sources, targets, "allege", "actual")]


@pytest.mark.parametrize("text", NOT_BLAMED)
def test_who_says_less_does_not(text: str) -> None:
    assert all(event.type != "ACCUSE" for event in readings()[text])


@pytest.mark.parametrize(("text", "event_type", "doer", "status"), DEMANDED, ids=[text for text, *_ in DEMANDED])
def test_what_is_demanded_is_to_be_done_by_whom_it_is_demanded_of(
    text: str, event_type: str, doer: str, status: str
) -> None:
    found = [(event.sources, event.status) for event in readings()[text] if event.type == event_type]
    assert found == [((doer,), status)]
