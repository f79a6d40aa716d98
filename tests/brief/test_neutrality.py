"""Neutral by construction: the brief's own words take no side; the text's words stand in quotation marks."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from detente import plover, records
from detente.brief.labels import ACTS, HEADINGS, HEARD, HOLDS, OPEN, STANDS, label_table, labels
from detente.brief.model import Line, Stand, Words
from detente.brief.numbering import lines
from detente.brief.situation import gather
from detente.records import EventType, HoldingKind, Status
from tests.brief.made import Made, crisis

LOADED = re.compile(r"\b(liberated|regime|terrorists?|so-called)\b", re.IGNORECASE)


def all_pieces(made: Made) -> Words:
    situation = gather([made.reading])
    shown: list[Line] = [*situation.summary, *lines(situation)]
    return tuple(
        piece
        for words in (
            *(line.pieces for line in shown),
            *(line.condition for line in shown if isinstance(line, Stand)),
            *(speaker.name for speaker in situation.statements),
            *(standpoint.name for standpoint in situation.positions),
        )
        for piece in words
    )


def in_own_words(made: Made) -> str:
    return " ".join(piece.text for piece in all_pieces(made) if not piece.quoted)


def test_loaded_words_of_the_text_stand_in_quotation_marks_only() -> None:
    made = crisis()
    assert LOADED.search(in_own_words(made)) is None
    assert LOADED.search(" ".join(piece.text for piece in all_pieces(made) if piece.quoted)) is not None


def test_what_stands_in_quotation_marks_stands_in_the_text() -> None:
    made = crisis()
    text = " ".join(made.text.split())
    for piece in all_pieces(made):
        if piece.quoted:
            for part in filter(None, piece.text.split("…")):
                assert part.strip() in text


@pytest.mark.parametrize("name", ["Terrorists", "Rebels of the north", "Puppet regime"])
def test_a_name_that_takes_a_side_is_the_text_s_word(name: str) -> None:
    made = Made(f"{name} accused Avalon of lying. The {name.lower()} met Avalon.")
    who = made.actor("group:x", name, "group", mentions=(name, name.lower()))
    made.statement("of lying", "accuse", by=who, named=name)
    made.event("CONSULT", f"The {name.lower()} met Avalon", sources=(who,))
    assert name.lower() not in in_own_words(made).lower()
    assert f"“{name.lower()}” met or talked" in gather([made.reading]).happened[0].lines[0].text


@pytest.mark.parametrize("name", ["Avalon Liberation Front", "Islamic Regime Watch"])
def test_a_proper_name_stays_a_name(name: str) -> None:
    made = Made(f"The {name} met Avalon.")
    made.actor("org:x", name, "organisation")
    made.event("CONSULT", f"The {name} met Avalon", sources=("org:x",))
    assert name in in_own_words(made)


def test_a_source_that_nobody_knows_is_named_in_the_text_s_words() -> None:
    made = Made("The lying regime mouthpiece said that all was well.")
    made.statement("that all was well", named="The lying regime mouthpiece")
    (speaker,) = gather([made.reading]).statements
    assert speaker.actor is None
    assert [piece.marked for piece in speaker.name] == ["“The lying regime mouthpiece”"]


def test_every_type_of_event_and_every_mode_can_be_told() -> None:
    for type_, info in plover.TYPES.items():
        for mode in (None, *info.modes):
            assert all((told.past, told.base, told.gerund) for told in [labels(type_, mode)])
            assert not labels(type_, mode).words


def test_every_label_can_be_reached_and_gives_way_to_people_in_all_its_forms_or_none() -> None:
    for rows in label_table().values():
        assert [bool(row.words) for row in rows] == [True] * (len(rows) - 1) + [False]
        for row in rows:
            assert len({form.count("[") for form in (row.past, row.base, row.gerund)}) == 1
            for word in row.words:
                assert next(one for one in rows if not one.words or word.startswith(one.words)) is row


def test_every_act_and_kind_has_its_verb() -> None:
    assert set(ACTS) == set(HEARD) == set(get_args(records.Act))
    assert set(STANDS) == set(get_args(records.PositionAct))
    assert set(HOLDS) == set(get_args(records.HoldingKind))
    assert {*HEADINGS, *OPEN, "actual"} == set(get_args(records.Status))


@pytest.mark.parametrize("type_", get_args(records.EventType))
@pytest.mark.parametrize("status", get_args(records.Status))
def test_both_sides_are_told_in_the_same_words(type_: EventType, status: Status) -> None:
    """An event with its parties exchanged reads as before, but for the names."""

    def told(source: str, target: str) -> str:
        made = Made(f"{source} did it to {target}.")
        for id_ in ("Avalon", "Borduria"):
            made.actor(id_, id_)
        made.event(type_, f"{source} did it to {target}", sources=(source,), targets=(target,), status=status)
        (line,) = lines(gather([made.reading]))
        return line.text

    one = told("Avalon", "Borduria").replace("Avalon", "X").replace("Borduria", "Y")
    assert one == told("Borduria", "Avalon").replace("Borduria", "X").replace("Avalon", "Y")


@pytest.mark.parametrize("status", [s for s in get_args(records.Status) if s != "actual"])
@pytest.mark.parametrize("kind", get_args(records.HoldingKind))
def test_a_holding_that_is_no_fact_is_not_told_as_one(status: Status, kind: HoldingKind) -> None:
    made = Made("Avalon may hold Kelt.")
    made.actor("AVA", "Avalon")
    made.holding("AVA", kind, "Kelt", "Avalon may hold Kelt", status=status)
    made.holding("AVA", kind, "Kelt", "Avalon may hold Kelt", status="actual")
    claimed, fact = (line.text for line in gather([made.reading]).holdings.lines)
    assert claimed != fact
    assert fact.startswith(f"Example Outlet reports that Avalon {HOLDS[kind].one} Kelt")
    assert not claimed.startswith(f"Example Outlet reports that Avalon {HOLDS[kind].one} Kelt")


@pytest.mark.parametrize("status", [s for s in get_args(records.Status) if s != "actual"])
def test_no_event_that_is_no_fact_stands_among_what_happened(status: Status) -> None:
    made = Made("Avalon may attack Kelt.")
    made.actor("AVA", "Avalon")
    made.event("ASSAULT", "Avalon may attack Kelt", sources=("AVA",), status=status)
    situation = gather([made.reading])
    assert situation.happened == ()
    (line,) = lines(situation)
    assert not line.text.startswith("Avalon used force")
