"""What is known of first names and common nouns."""

from __future__ import annotations

from detente.world import lexicon
from detente.world.registry import registry


def test_first_names_tell_the_gender_where_it_is_told() -> None:
    names = lexicon.first_names()
    assert (names["fouad"], names["angela"], names["ariel"]) == ("m", "f", None)
    assert {*names.values()} == {"m", "f", None}


def test_a_noun_stands_for_kinds_of_actor() -> None:
    kinds = {noun.kind for entries in lexicon.nouns().values() for noun in entries}
    assert kinds == {"person", "organisation", "state", "thing"}
    assert lexicon.of_kind("women", "person") == lexicon.of_kind("woman", "person") is not None
    assert lexicon.of_kind("lender", "person") is None


def test_an_ending_tells_of_a_noun_that_is_not_listed() -> None:
    assert lexicon.of_kind("trombonists", "person") is not None
    assert lexicon.of_kind("tractormaker", "organisation") is not None
    assert lexicon.of_kind("twist", "person") is None
    assert lexicon.of_kind("checklist", "person") is None


def test_a_noun_is_listed_once_for_each_kind() -> None:
    for entries in lexicon.nouns().values():
        kinds = [noun.kind for noun in entries]
        assert len(kinds) == len(set(kinds))


def test_kinds_of_states_name_states() -> None:
    kinds = {sort for entries in lexicon.nouns().values() for n in entries if n.kind == "state" for sort in n.sorts}
    assert kinds
    for kind in kinds | {"congress", "senate"}:
        assert lexicon.states_of(kind)
        assert lexicon.states_of(kind) <= {*registry().states}
