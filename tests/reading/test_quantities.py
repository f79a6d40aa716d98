"""How many: counts with bounds, and the sizes of events."""

from __future__ import annotations

import pytest

from detente.language import pipeline
from detente.reading.deeds import quantities
from detente.records import Count, Size


def size(text: str) -> Size | None:
    return quantities.size(list(pipeline.parse(text)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Rebels killed 12 people.", 12, 12),
        ("Rebels killed twelve people.", 12, 12),
        ("Rebels killed at least 12 people.", 12, None),
        ("Rebels killed more than 1,200 people.", 1200, None),
        ("Rebels killed up to 30 people.", None, 30),
        ("Rebels killed dozens of people.", 24, None),
        ("Rebels killed hundreds of people.", 200, None),
        ("Rebels killed two dozen people.", 24, 24),
        ("Rebels killed a policeman.", 1, 1),
        ("Some 46 civilians were killed.", 46, 46),
        ("Thunder killed two men.", 2, 2),
        ("Rebels killed between 10 and 20 Nigerien soldiers.", 10, 20),
        ("Between 10 and 20 Nigerien soldiers were killed.", 10, 20),
        ("Rebels killed between two and three hundred villagers.", 200, 300),
        ("Two hundred and six soldiers were killed.", 206, 206),
    ],
)
def test_a_number_phrase_has_bounds(text: str, low: int | None, high: int | None) -> None:
    found = size(text)
    assert found is not None
    assert found.dead is not None
    assert (found.dead.low, found.dead.high) == (low, high)


def test_the_dead_and_the_injured_are_counted_apart() -> None:
    found = size("The blast killed three soldiers and wounded five guards.")
    assert found == Size(dead=Count(low=3, high=3, text="three"), injured=Count(low=5, high=5, text="five"))


def test_arrests_and_troops_are_counted() -> None:
    found = size("Police arrested 40 students.")
    assert found is not None
    assert found.arrested == Count(low=40, high=40, text="40")
    found = size("Chad deployed 300 soldiers.")
    assert found is not None
    assert found.troops == Count(low=300, high=300, text="300")


def test_a_word_that_holds_another_is_no_bound() -> None:
    found = size("The governor arrested two editors.")
    assert found is not None
    assert found.arrested == Count(low=2, high=2, text="two")


def test_what_is_not_counted_has_no_size() -> None:
    assert size("Rebels killed the minister.") is None
    assert size("Chad deployed jets.") is None


def test_a_monstrous_number_is_no_count() -> None:
    assert size(f"Rebels killed {'9' * 400} people.") is None


def test_ships_and_battalions_are_no_soldiers() -> None:
    assert size("Chile sent two destroyers and three battalions north.") is None
    sent = size("Chile sent 300 marines and two destroyers north.")
    assert sent is not None
    assert sent.troops == Count(low=300, high=300, text="300")
