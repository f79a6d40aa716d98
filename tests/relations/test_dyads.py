"""What two sides did to each other, by period, and that nothing but what was told as a fact is counted."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente import InputError, Ledger
from detente.days import By
from detente.records import Event, EventType, Reading, Status
from detente.relations.dyads import Chosen, History, history
from detente.relations.parties import Group, group
from tests.relations.told import event, ledger, reading

RUSSIA, AMERICA = Group("Russia", ("RUS",)), Group("United States", ("USA",))

UNCOUNTED = sorted(set(get_args(Status)) - {"actual", "alleged"})


def past(path: Path, *sides: Group, society: bool = False, datasets: tuple[str, ...] = (), **asked: Any) -> History:
    chosen = Chosen.of(*(sides or (RUSSIA, AMERICA)), society=society, datasets=datasets)
    with Ledger(path, read_only=True) as opened:
        return history(opened, chosen, **asked)


def numbers(found: History) -> list[tuple[str, int, int, int, int, int]]:
    return [(f"{p.start:%Y-%m}", p.deeds, p.forth, p.back, p.together, p.alleged) for p in found.periods]


DEEDS = (
    event(1, "ACCUSE", ["person:putin", "person:lavrov"], ["person:biden"], date="2024-01-09"),
    event(2, "THREATEN", ["USA"], ["RUS"], date="2024-01-20"),
    event(3, "CONSULT", ["RUS", "USA"], [], mode="visit", date="2024-03-01"),
    event(4, "ASSAULT", ["RUS"], ["USA"], date="2024-03-02", status="alleged"),
    event(5, "AID", ["USA"], ["UKR"], date="2024-03-02"),
    event(6, "ACCUSE", ["org:nato"], ["RUS"], date="2024-03-02"),
)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return ledger(
        tmp_path / "l.duckdb",
        reading("d1", *DEEDS[:2], published="2024-01-21"),
        reading("d2", *DEEDS[2:], published="2024-03-05", source="Herald"),
    )


def test_deeds_are_counted_by_period_and_direction(told: Path) -> None:
    assert numbers(past(told)) == [("2024-01", 2, 1, 1, 0, 0), ("2024-02", 0, 0, 0, 0, 0), ("2024-03", 1, 0, 0, 1, 1)]


def test_the_other_side_first_is_the_same_the_other_way_round(told: Path) -> None:
    there, back = past(told), past(told, AMERICA, RUSSIA)
    assert [(p.deeds, p.forth, p.back) for p in there.periods] == [(p.deeds, p.back, p.forth) for p in back.periods]
    assert (there.forth, there.back) == (back.back, back.forth)


def test_intensities_are_plovers(told: Path) -> None:
    found = past(told, by="year")
    assert [dict(spread) for spread in found.intensities] == [{-3.5: 1, -3.0: 1, 4.0: 1}]
    assert found.scale == "plover"


def test_quad_classes_add_up(told: Path) -> None:
    (year,) = past(told, by="year").periods
    assert year.quads == {
        "verbal_cooperation": 1, "material_cooperation": 0, "verbal_conflict": 2, "material_conflict": 0,
    }  # fmt: skip
    assert sum(year.quads.values()) == year.deeds


def test_each_period_has_what_was_read_in_it(told: Path) -> None:
    assert [(p.documents, p.outlets, p.per_thousand) for p in past(told).periods] == [
        (1, 1, 2000.0),
        (0, 0, None),
        (1, 1, 1000.0),
    ]
    assert [(p.documents, p.outlets) for p in past(told, by="year").periods] == [(2, 2)]


def test_a_group_has_what_its_members_do_to_each_other(told: Path) -> None:
    found = past(told, Group("", ("RUS", "USA", "UKR")), by="year")
    assert [p.deeds for p in found.periods] == [4]


def test_a_side_may_be_several(told: Path) -> None:
    found = past(told, Group("", ("USA", "org:nato")), RUSSIA, by="year")
    assert [(p.deeds, p.forth, p.back, p.together) for p in found.periods] == [(4, 2, 1, 1)]


def test_a_party_on_both_sides_is_refused() -> None:
    with pytest.raises(InputError, match="have RUS in common; name each party once"):
        Chosen.of(Group("Russia, Belarus", ("RUS", "BLR")), RUSSIA)


def test_one_party_alone_is_refused() -> None:
    with pytest.raises(InputError, match="Russia: is one party; name the other one"):
        Chosen.of(RUSSIA)


def test_society_is_counted_only_when_asked(tmp_path: Path) -> None:
    marched = event(1, "PROTEST", ["group:protesters"], ["USA"], date="2024-03-01")
    path = ledger(tmp_path / "l.duckdb", reading("d1", marched))
    assert [p.deeds for p in past(path).periods] == [0]
    assert [p.deeds for p in past(path, society=True).periods] == [1]


def test_what_cannot_be_put_in_a_period_is_left_out_and_told(tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "l.duckdb",
        reading(
            "d1",
            event(1, "ACCUSE", ["RUS"], ["USA"], date="2024"),
            event(2, "ACCUSE", ["RUS"], ["USA"], date="1962-10-22"),
            event(3, "ACCUSE", ["RUS"], ["USA"], date="2024-03-04"),
            event(4, "THREATEN", ["RUS"], ["USA"]),
        ),
        reading("d2", event(1, "ACCUSE", ["RUS"], ["USA"]), published=None),
    )
    found = past(path)
    assert numbers(found) == [("2024-03", 2, 2, 0, 0, 0)]
    assert (found.left_out.vague, found.left_out.outside, found.left_out.undated) == (1, 1, 1)
    assert found.by_publication == 1


def test_periods_may_be_asked_for_in_which_nothing_was_read(told: Path) -> None:
    found = past(told, since="2023-12", until="2024-02")
    assert [(f"{p.start:%Y-%m}", p.documents) for p in found.periods] == [
        ("2023-12", 0),
        ("2024-01", 1),
        ("2024-02", 0),
    ]
    assert past(told, since="2025", until="2024").periods == ()


def test_an_empty_ledger_has_no_periods(tmp_path: Path) -> None:
    assert past(ledger(tmp_path / "l.duckdb")).periods == ()


@pytest.mark.parametrize(
    ("by", "starts"),
    [
        ("day", ["2024-01-31", "2024-02-01"]),
        ("week", ["2024-01-29"]),
        ("month", ["2024-01-01", "2024-02-01"]),
        ("quarter", ["2024-01-01"]),
        ("year", ["2024-01-01"]),
    ],
)
def test_periods_begin_where_the_database_has_them(told: Path, by: By, starts: list[str]) -> None:
    assert [p.start.isoformat() for p in past(told, by=by, since="2024-01-31", until="2024-02-01").periods] == starts


@pytest.mark.parametrize("by", get_args(By))
def test_every_deed_with_a_day_is_in_a_period(told: Path, by: By) -> None:
    assert sum(p.deeds for p in past(told, by=by, since="2023", until="2024").periods) == 3


def test_too_many_periods_are_refused(told: Path) -> None:
    with pytest.raises(InputError, match="by day: would be more than 2000 periods"):
        past(told, by="day", since="1950")


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    path = ledger(tmp_path / "l.duckdb", reading("d1", DEEDS[0]))
    other = replace(DEEDS[1], intensity_scale="cameo-goldstein")
    return ledger(path, reading("i1", other, published="2024-01-20"), dataset="icews")


def test_a_relation_is_of_the_texts_that_were_read_unless_told_otherwise(imported: Path) -> None:
    assert [p.deeds for p in past(imported, by="year").periods] == [1]
    assert [(p.deeds, p.documents) for p in past(imported, by="year", datasets=("icews",)).periods] == [(1, 1)]


def test_data_sets_are_summed_when_told_but_not_their_intensities(imported: Path) -> None:
    both = ("texts", "icews")
    with pytest.raises(
        InputError, match=r"measured on several scales of intensity .cameo-goldstein, plover.*mixed-scales"
    ):
        past(imported, by="year", datasets=both)
    found = past(imported, by="year", datasets=both, mixed_scales=True)
    assert [p.deeds for p in found.periods] == [2]
    assert found.scale == "cameo-goldstein and plover"


def test_a_data_set_that_is_not_there_is_named(imported: Path) -> None:
    with pytest.raises(InputError, match="acled: is no data set of this ledger, which holds icews, texts"):
        past(imported, datasets=("acled",))


PARTIES = ("RUS", "USA", "UKR", "person:putin", "person:biden", "group:protesters")
TYPES: tuple[EventType, ...] = ("ACCUSE", "AID", "ASSAULT", "CONSULT")


@st.composite
def happenings(draw: st.DrawFn, statuses: list[Any], first: int) -> list[Event]:
    one_or_two = st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True)
    return [
        event(
            number,
            draw(st.sampled_from(TYPES)),
            draw(one_or_two),
            draw(st.lists(st.sampled_from(PARTIES), max_size=2, unique=True)),
            date=draw(st.sampled_from([None, "2024", "2024-02", "2024-02-01", "2024-03-01"])),
            status=draw(st.sampled_from(statuses)),
        )
        for number in range(first, first + draw(st.integers(1, 3)))
    ]


@settings(max_examples=20)
@given(st.lists(st.tuples(happenings(["actual", "alleged"], 1), happenings(UNCOUNTED, 10)), min_size=1, max_size=3))
def test_what_is_demanded_denied_or_supposed_changes_nothing(drawn: list[tuple[list[Event], list[Event]]]) -> None:
    def found(readings: list[Reading], folder: str, name: str) -> list[History]:
        path = ledger(Path(folder) / name, *readings)
        return [past(path, society=society) for society in (False, True)] + [
            past(path, Group("", ("RUS", "USA", "UKR")), by="year")
        ]

    with TemporaryDirectory() as folder:
        # The same documents, so that as much was read.
        plain = [reading(f"d{n}", *told) for n, (told, _) in enumerate(drawn)]
        mixed = [reading(f"d{n}", *other, *told) for n, (told, other) in enumerate(drawn)]
        assert found(plain, folder, "plain") == found(mixed, folder, "mixed")


@settings(max_examples=20)
@given(st.data())
def test_documents_that_tell_only_what_is_not_counted_change_nothing(data: st.DataObject) -> None:
    def found(readings: list[Reading], folder: str, name: str) -> list[History]:
        path = ledger(Path(folder) / name, *readings)
        return [past(path), past(path, Group("", ("RUS", "USA", "UKR")), by="year")]

    # Few words, so that much is taken for reports of one happening.
    text = st.sampled_from(["The grain deal was signed in Odesa.", "Guns shelled the port of Odesa.", ""])
    told = data.draw(st.lists(st.tuples(happenings(["actual", "alleged"], 1), text), min_size=1, max_size=4))
    other = data.draw(st.lists(st.tuples(happenings(UNCOUNTED, 1), text), min_size=1, max_size=4))
    plain = [reading(f"d{n}", *events, text=f"{words} It was number {n}.") for n, (events, words) in enumerate(told)]
    # Without a day of publication, so that as much was read in each period.
    more = [
        reading(f"n{n}", *events, published=None, text=f"{words} It was not number {n}.")
        for n, (events, words) in enumerate(other)
    ]
    mixed = data.draw(st.permutations([*more, *plain]))
    in_order = [one for one in mixed if one in plain]
    with TemporaryDirectory() as folder:
        assert found(in_order, folder, "plain") == found([*mixed], folder, "mixed")


@pytest.fixture
def cast(tmp_path: Path) -> Path:
    return ledger(tmp_path / "l.duckdb", reading("d1", *DEEDS, event(9, "PROTEST", ["group:protesters"], ["RUS"])))


@pytest.mark.parametrize(
    ("called", "parties"),
    [
        ("RUS", ("RUS",)),
        ("rus", ("RUS",)),
        ("Russia", ("RUS",)),
        ("NATO", ("org:nato",)),
        ("Russia, Belarus", ("RUS", "BLR")),
        ("protesters", ("group:protesters",)),
        ("RUS,Russia", ("RUS",)),
    ],
)
def test_parties_are_called_by_id_or_name(cast: Path, called: str, parties: tuple[str, ...]) -> None:
    with Ledger(cast, read_only=True) as opened:
        assert group(opened, called).parties == parties


@pytest.mark.parametrize(
    ("called", "reason"),
    [
        ("Putin", "acts for RUS and is no party of its own; ask for RUS"),
        ("Kremlin", "acts for RUS and is no party of its own"),
        ("Atlantis", "is the name of nobody here; detente list actors shows who is known"),
        ("", "is the name of nobody here"),
        ("RUS,,USA", "is the name of nobody here"),
    ],
)
def test_who_is_no_party_is_told(cast: Path, called: str, reason: str) -> None:
    with Ledger(cast, read_only=True) as opened, pytest.raises(InputError, match=reason):
        group(opened, called)
