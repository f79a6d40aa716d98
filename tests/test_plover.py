"""PLOVER's vocabulary as the manual has it."""

from __future__ import annotations

from typing import get_args

from detente import plover
from detente.records import EventType, Quad


def test_every_type_has_a_quad_class_and_a_score() -> None:
    assert set(plover.TYPES) == set(get_args(EventType))
    assert {info.quad for info in plover.TYPES.values()} == set(get_args(Quad))
    assert all(-10 <= info.score <= 10 for info in plover.TYPES.values())


def test_the_mode_decides_the_intensity_where_it_has_a_score() -> None:
    assert plover.intensity("CONSULT", "visit") == 4
    assert plover.intensity("REQUEST", "yield") == -1
    assert plover.intensity("ASSAULT", "suicide-attack") == -9.5


def test_a_mode_without_a_score_and_no_mode_take_the_types_own() -> None:
    assert plover.intensity("PROTEST", "vandalize") == -5
    assert plover.intensity("ACCUSE", None) == -3


def test_the_quad_class_follows_the_type_and_never_the_sign() -> None:
    assert plover.quad("REQUEST") == "verbal_conflict"
    assert plover.intensity("REQUEST", "assist") > 0
    assert plover.quad("SANCTION") == "material_conflict"


def test_of_several_modes_the_strongest_is_the_one_furthest_from_0_and_the_first_of_equals() -> None:
    assert plover.strongest("ASSAULT", "beat", None, "aerial", "firearms") == "aerial"
    assert plover.strongest("ASSAULT", "firearms", "explosives") == "firearms"
    assert plover.strongest("ASSAULT", None, None) is None
