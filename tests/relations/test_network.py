"""The network of a period: camps, how far they are apart, and who stands between them."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.relations.graphs import graph
from detente.relations.network import Network, Tie, network, networks

EAST, WEST, SOUTH = ("A1", "A2", "A3"), ("B1", "B2", "B3"), ("C1", "C2", "C3")


def friends(*members: str) -> list[Tie]:
    return [Tie(one, other, 20, 0, 100.0) for one, other in combinations(members, 2)]


def foes(side: tuple[str, ...], far_side: tuple[str, ...]) -> list[Tie]:
    return [Tie(one, other, 0, 20, -100.0) for one, other in product(side, far_side)]


def members(found: Network) -> set[frozenset[str]]:
    return {frozenset(pole.members) for pole in found.poles}


def shown(found: Network) -> tuple[object, ...]:
    return (
        found.edges(),
        found.standings(),
        found.communities,
        found.polarity,
        found.frustration,
        found.poles,
        found.brokers,
    )


@st.composite
def tie_lists(draw: st.DrawFn) -> list[Tie]:
    parties = st.sampled_from(["DEU", "EGY", "FRA", "RUS", "SYR", "USA", "org:nato"])
    ties = []
    for _ in range(draw(st.integers(0, 20))):
        cooperation, conflict = draw(st.integers(0, 9)), draw(st.integers(0, 9))
        strongest = 10 * (cooperation + conflict)
        intensity = draw(st.floats(-strongest, strongest, allow_nan=False))
        ties.append(Tie(draw(parties), draw(parties), cooperation, conflict, intensity))
    return ties


def test_two_hostile_triads_are_two_poles_and_their_mediator_is_the_broker() -> None:
    mediation = [Tie("M", "A1", 20, 0, 80.0), Tie("B1", "M", 20, 0, 80.0), Tie("M", "A2", 20, 0, 40.0)]
    found = network([*friends(*EAST), *friends(*WEST), *foes(EAST, WEST), *mediation])
    assert members(found) == {frozenset(EAST), frozenset(WEST)}
    assert [pole.opponents for pole in found.poles] == [(1,), (0,)]
    (broker,) = found.brokers
    assert broker.party == "M"
    assert sorted(broker.partners) == [("A1", "A2"), ("B1",)]
    assert broker.score == pytest.approx(80 / 250, abs=1e-6)


def test_friends_are_one_community_without_poles() -> None:
    found = network(friends(*EAST, *WEST))
    assert found.communities == (EAST + WEST,)
    assert (found.poles, found.brokers, found.polarity, found.frustration) == ((), (), 0.0, 0.0)


def test_blocs_with_unequal_deeds_are_found() -> None:
    west = friends("USA", "GBR", "FRA", "BEL")
    east = friends("SUN", "POL", "HUN")
    between = [
        Tie("SUN", "USA", 10, 60, -150.0),
        Tie("USA", "SUN", 12, 50, -120.0),
        Tie("GBR", "POL", 3, 9, -30.0),
        Tie("SUN", "FRA", 4, 12, -25.0),
        Tie("HUN", "USA", 1, 14, -50.0),
    ]
    unaligned = [Tie("IND", "SUN", 12, 1, 40.0), Tie("IND", "USA", 9, 2, 25.0), Tie("GBR", "IND", 8, 1, 25.0)]
    found = network([*west, *east, *between, *unaligned])
    assert members(found) == {frozenset({"USA", "GBR", "FRA", "BEL"}), frozenset({"SUN", "POL", "HUN"})}
    assert [broker.party for broker in found.brokers] == ["IND"]


def test_three_hostile_sides_are_three_poles() -> None:
    sides = (EAST, WEST, SOUTH)
    ties = [tie for side in sides for tie in friends(*side)]
    ties += [tie for one, other in combinations(sides, 2) for tie in foes(one, other)]
    found = network(ties)
    assert members(found) == {frozenset(side) for side in sides}
    assert found.polarity == pytest.approx(8 / 9)


def test_two_equal_hostile_camps_are_as_polarised_as_can_be() -> None:
    assert network([*friends(*EAST), *friends(*WEST), *foes(EAST, WEST)]).polarity == pytest.approx(1)


def test_groups_without_relations_are_not_polarised() -> None:
    found = network([*friends(*EAST), *friends(*WEST)])
    assert (len(found.communities), found.polarity, found.poles) == (2, 0.0, ())


def test_an_outcast_is_a_pole_of_little_polarity() -> None:
    found = network([*friends(*EAST, *WEST), Tie("X", "A1", 0, 20, -100.0), Tie("B1", "X", 0, 20, -100.0)])
    assert members(found) == {frozenset(EAST + WEST), frozenset({"X"})}
    assert 0 < found.polarity < 0.3


def test_a_small_quarrel_beside_a_large_one_makes_no_pole() -> None:
    found = network([*friends(*EAST), *friends(*WEST), *foes(EAST, WEST), Tie("X", "Y", 0, 20, -100.0)])
    assert members(found) == {frozenset(EAST), frozenset(WEST)}


def test_one_deed_makes_no_ally() -> None:
    once, often = network([Tie("A", "B", 1, 0, 2.5)]), network([Tie("A", "B", 100, 0, 250.0)])
    assert once.edges()[0].weight == pytest.approx(2.5 / 60, abs=1e-6)
    assert often.edges()[0].weight == pytest.approx(250 / 1050, abs=1e-6)


def test_standings_count_what_a_party_did_and_met_with() -> None:
    found = network([Tie("A", "B", 3, 1, 5.0), Tie("B", "A", 1, 0, 5.0), Tie("C", "A", 0, 5, -50.0)])
    (first, *_) = found.standings()
    assert (first.party, first.degree, first.cooperation, first.conflict) == ("A", 2, 4, 6)
    assert first.warmth == pytest.approx(0.1, abs=1e-6)
    assert first.hostility == pytest.approx(0.5, abs=1e-6)


def test_no_ties_are_an_empty_network() -> None:
    for ties in ([], [Tie("A", "A", 3, 0, 5.0)], [Tie("A", "B", 0, 0, 0.0)]):
        assert shown(network(ties)) == ([], [], (), 0.0, 0.0, (), ())
        assert graph(network(ties)).vcount() == 0


@pytest.mark.parametrize(
    "tie", [Tie("A", "B", -1, 2, 0.0), Tie("A", "B", 1, 0, 11.0), Tie("A", "B", 1, 0, float("nan"))]
)
def test_what_deeds_cannot_be_is_refused(tie: Tie) -> None:
    with pytest.raises(InputError, match=r"^A to B: "):
        network([tie])


@given(tie_lists())
def test_the_graph_has_the_edges_of_the_network(ties: list[Tie]) -> None:
    found = network(ties)
    drawn = graph(found)
    assert drawn.vcount() == 0 or drawn.vs["party"] == list(found.parties)
    names = [(found.parties[edge.source], found.parties[edge.target]) for edge in drawn.es]
    assert names == [(edge.party, edge.other) for edge in found.edges()]
    if names:
        assert drawn.es["signed"] == [edge.weight for edge in found.edges()]
        assert drawn.es["sign"] == [edge.sign for edge in found.edges()]


@given(tie_lists(), st.randoms())
def test_order_direction_and_ties_without_deeds_change_nothing(ties: list[Tie], chance: object) -> None:
    turned = [Tie(t.target, t.source, t.cooperation, t.conflict, t.intensity) for t in ties]
    turned.append(Tie("RUS", "ISL", 0, 0, 0.0))
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert shown(network(turned)) == shown(network(ties))


@given(tie_lists())
def test_new_names_in_the_same_order_change_only_names(ties: list[Tie]) -> None:
    found = network(ties)
    renamed = network([Tie("x" + t.source, "x" + t.target, t.cooperation, t.conflict, t.intensity) for t in ties])
    assert renamed.communities == tuple(tuple("x" + party for party in c) for c in found.communities)
    assert (renamed.polarity, renamed.frustration) == (found.polarity, found.frustration)
    assert [(b.party, b.score) for b in renamed.brokers] == [("x" + b.party, b.score) for b in found.brokers]


@given(st.permutations(EAST + WEST + ("M",)))
def test_names_do_not_decide_where_the_sides_are_clear(names: list[str]) -> None:
    ties = [
        *friends(*EAST),
        *friends(*WEST),
        *foes(EAST, WEST),
        Tie("M", "A1", 20, 0, 80.0),
        Tie("B1", "M", 9, 0, 40.0),
    ]
    new = dict(zip((*EAST, *WEST, "M"), names, strict=True))
    found = network([Tie(new[t.source], new[t.target], t.cooperation, t.conflict, t.intensity) for t in ties])
    assert members(found) == {frozenset(new[party] for party in side) for side in (EAST, WEST)}
    assert [broker.party for broker in found.brokers] == [new["M"]]


@given(tie_lists())
def test_every_party_is_in_one_community_and_figures_are_in_their_range(ties: list[Tie]) -> None:
    found = network(ties)
    assert sorted(party for community in found.communities for party in community) == list(found.parties)
    assert 0 <= found.polarity <= 1
    assert 0 <= found.frustration <= 1
    assert all(-1 <= edge.weight <= 1 for edge in found.edges())
    assert all(pole.members and pole.opponents for pole in found.poles)
    assert all(broker.score > 0 for broker in found.brokers)


@given(st.lists(tie_lists(), min_size=1, max_size=4))
def test_many_periods_at_once_are_the_same_as_one_by_one(months: list[list[Tie]]) -> None:
    parties = ["org:nato", "USA", "SYR", "RUS", "FRA", "EGY", "DEU"]
    rows = [(24000 + month, tie) for month, ties in enumerate(months) for tie in ties][::-1]
    found = networks(
        parties,
        np.array([month for month, _ in rows], np.int64),
        np.array([parties.index(tie.source) for _, tie in rows], np.int64),
        np.array([parties.index(tie.target) for _, tie in rows], np.int64),
        np.array([tie.cooperation for _, tie in rows], np.int64),
        np.array([tie.conflict for _, tie in rows], np.int64),
        np.array([tie.intensity for _, tie in rows], np.float64),
    )
    alone = {24000 + month: network(ties) for month, ties in enumerate(months)}
    assert {month: shown(one) for month, one in found.items()} == {
        month: shown(one) for month, one in alone.items() if one.parties
    }


def test_planted_blocs_and_their_broker_are_found_again() -> None:
    """Twelve parties in two to four blocs and a broker, seven ties in ten, one in twenty of the wrong sign."""
    chance = np.random.default_rng(1)
    right = []
    for trial in range(60):
        blocs = 2 + trial % 3
        parties = {f"P{n}": n % blocs for n in range(6 * blocs)} | {"M": -1}
        ties = []
        for (one, bloc), (other, far) in combinations(parties.items(), 2):
            if chance.random() < 0.7:
                warm = (bloc == far or far == -1) != (chance.random() < 0.05)
                ties.append(Tie(one, other, 10, 10, float(chance.normal(80 if warm else -80, 20))))
        found = network(ties)
        right.append(len(found.poles) == blocs and "M" in {broker.party for broker in found.brokers[:3]})
    assert np.mean(right) > 0.7
