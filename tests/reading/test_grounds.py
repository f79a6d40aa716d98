"""Whom a deed reaches where only a place is named. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from detente.reading.reader import read_documents
from detente.records import Document, Reading


def reading(text: str) -> Reading:
    return next(read_documents([Document(id="d", language="en", text=text, published="2024-06-14")]))


@pytest.mark.parametrize(
    ("text", "event_type", "targets"),
    [
        ("Turkish jets bombed Kharkiv.", "ASSAULT", ("UKR",)),
        ("Ethiopian troops attacked a military base in northern Kenya.", "ASSAULT", ("KEN",)),
        ("Norway gave 40 million euros to promote schooling in Malawi.", "AID", ("MWI",)),
        ("Belgium has provided tents in Haiti.", "AID", ("HTI",)),
        ("Thousands of Syrians have sought refuge in Cyprus.", "REQUEST", ("CYP",)),
        # what is told of the people is not where they are
        ("Norway granted citizenship to 14 foreigners who had fought for Malawi.", "CONCEDE", ()),
        # at home nobody is meant
        ("The Syrian army shelled Aleppo.", "ASSAULT", ()),
        ("The Kenyan government provided food in Nairobi.", "AID", ()),
        # where people meet is no target
        ("Russia and Ukraine met in Istanbul.", "CONSULT", ()),
        # where it was given is not whom it was given to
        ("After talks in Geneva, Peru imposed sanctions.", "SANCTION", ()),
    ],
)
def test_a_deed_done_on_the_ground_of_another_state_is_aimed_at_it(
    text: str, event_type: str, targets: tuple[str, ...]
) -> None:
    found = [event.targets for event in reading(text).events if event.type == event_type]
    assert found == [targets]


def test_the_state_is_mentioned_where_its_place_is_named() -> None:
    found = reading("Turkish jets bombed Kharkiv.")
    (state,) = [actor for actor in found.actors if actor.id == "UKR"]
    assert [mention.text for mention in state.mentions] == ["Kharkiv"]
    assert all(found.document.text[m.start : m.end] == m.text for actor in found.actors for m in actor.mentions)


def test_a_place_that_nothing_is_done_at_is_no_state() -> None:
    assert all(actor.id != "UKR" for actor in reading("Turkish envoys met in Kharkiv.").actors)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels killed 48 people in Mali.", "MLI"),
        ("Gunmen in Peru abducted dozens of people.", "PER"),
    ],
)
def test_counted_people_to_whom_something_is_done_are_civilians(text: str, country: str) -> None:
    found = reading(text)
    (event,) = [event for event in found.events if event.type == "ASSAULT"]
    (target,) = [actor for actor in found.actors if actor.id in event.targets]
    assert (target.country, target.sectors) == (country, ("CVL",))


def test_people_who_are_counted_and_suffer_nothing_are_nobody_in_particular() -> None:
    assert all(
        "people" not in actor.id for actor in reading("Norway has five million people.").actors if actor.mentions
    )


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Two Danish climbers were jailed in Nepal on Sunday.", ("NPL",)),
        ("A Dutch envoy was expelled from Eritrea.", ("ERI",)),
        ("Two Danish climbers were jailed by gunmen in Nepal.", ("group:gunmen-of-nepal",)),
        # who holds somebody or takes him may be anybody
        ("Two Danish journalists were captured in Nepal.", ()),
        ("Two Danish journalists were kidnapped in Nepal.", ()),
    ],
)
def test_who_governs_a_place_does_there_what_only_they_do(text: str, sources: tuple[str, ...]) -> None:
    found = [event.sources for event in reading(text).events if event.type in {"COERCE", "SANCTION", "ASSAULT"}]
    assert found == [sources]
