"""Ships, planes and arms are nobody. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from tests.reading.test_actors import cast_of, meant


def ids(text: str, published: str = "2024-06-14") -> set[str]:
    return {actor.id for actor in cast_of(text, published).actors}


@pytest.mark.parametrize(
    "text",
    [
        "Chile sent the frigate Almirante Lynch north. The Lynch arrived on Sunday.",
        "The cruiser General Pinto burned for hours off Chile.",
        "Chile freed the crew of the Anna Marina on Sunday.",
        "Chile bought ten F-18s and six Su-30s.",
        "Chile sent a squadron of fighters to the border.",
        "Two Mirage fighters circled over Chile.",
        "The tankers Southern Bell and Anna Marina left Chile.",
        "The aircraft carrier Hugo Korp sailed to Chile.",
    ],
)
def test_a_ship_or_a_plane_is_nobody(text: str) -> None:
    assert ids(text) == {"CHL"}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The national carrier Lufthansa cut its flights.", "org:lufthansa"),
        ("The ship Iran seized was freed on Sunday.", "IRN"),
        ("Rebel fighters took the town of Gao.", "group:rebel-fighters"),
        ("The crew said that Ana Duarte had left the ship.", "person:ana-duarte"),
    ],
)
def test_who_stands_beside_one_is_somebody(text: str, actor: str) -> None:
    assert actor in ids(text)


def test_the_fighters_of_a_state_are_its_air_force() -> None:
    assert meant("Polish MiG fighters scrambled on Sunday.", "fighters") == ("org:armed-forces-of-poland",)
