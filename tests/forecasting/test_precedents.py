"""Earlier moments are found that follow the same deeds, and what came of them is counted."""

from __future__ import annotations

from detente.forecasting.dealings import TYPES, Dealings
from detente.forecasting.precedents import precedents
from tests.forecasting.drawn import handmade

MOBILIZE, REJECT, ASSAULT = (TYPES.index(name) for name in ("MOBILIZE", "REJECT", "ASSAULT"))


def made(*deeds: tuple[int, int, int, int]) -> Dealings:
    return handmade(*deeds, length=2000)


def story(pair: tuple[int, int], day: int, *, then: bool) -> list[tuple[int, int, int, int]]:
    """A mobilization and two refusals within ten days, and perhaps an assault after them."""
    done = [(*pair, MOBILIZE, day), (*pair, REJECT, day + 2), (*pair, REJECT, day + 5)]
    return done + ([(*pair, ASSAULT, day + 20)] if then else [])


def test_moments_after_the_same_deeds_are_counted() -> None:
    past = [deed for n in range(12) for deed in story((0, 1) if n % 2 else (1, 2), 60 * n, then=n % 3 == 0)]
    now = [(0, 1, MOBILIZE, 1000), (0, 1, REJECT, 1001), (0, 1, REJECT, 1005)]
    (found,) = precedents(made(*past, *now), 0, 1, 1007, level="type", kinds=[ASSAULT], horizon=30)
    assert dict(found.after) == {"MOBILIZE": 1, "REJECT": 2}
    assert (found.cases, found.hits) == (12, 4)
    assert [(one.source, one.target, one.day) for one in found.nearest] == [
        ("A", "B", 60 * 11 + 6), ("A", "B", 60 * 9 + 6), ("A", "B", 60 * 7 + 6),
    ]  # fmt: skip
    assert [one.followed for one in found.nearest] == [False, True, False]


def test_what_is_not_over_yet_is_no_precedent() -> None:
    past = [deed for n in range(12) for deed in story((0, 1), 60 * n, then=True)]
    now = [(0, 1, MOBILIZE, 700), (0, 1, REJECT, 701), (0, 1, REJECT, 702)]
    (found,) = precedents(made(*past, *now), 0, 1, 705, level="type", kinds=[ASSAULT], horizon=30)
    (later,) = precedents(made(*past, *now, (0, 1, ASSAULT, 706)), 0, 1, 705, level="type", kinds=[ASSAULT], horizon=30)
    assert found == later
    assert all(one.day <= 675 for one in found.nearest)


def test_where_few_are_alike_less_is_looked_for() -> None:
    past = [(0, 1, REJECT, 30 * n) for n in range(20)]
    now = [(0, 1, MOBILIZE, 1000), (0, 1, REJECT, 1001)]
    (found,) = precedents(made(*past, *now), 0, 1, 1005, level="type", kinds=[ASSAULT], horizon=30)
    assert dict(found.after) == {"REJECT": 1}
    assert found.cases == 20


def test_where_nothing_was_done_there_are_none() -> None:
    assert precedents(made((0, 1, REJECT, 3)), 0, 1, 100, level="type", kinds=[ASSAULT], horizon=30) == ()
