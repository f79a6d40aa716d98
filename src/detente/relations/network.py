"""The signed network of a period: who stands with whom, against whom, and who stands between.

Edges. What two parties did to each other, both ways, is one edge. Its weight is the mean of the deeds' PLOVER
intensities, brought to −1 … 1 and drawn to 0 where there are few deeds:

    weight = sum of intensities / (10 · (deeds + 5))

That is the mean of a normal model with a neutral prior that is worth five deeds (Efron and Morris, 1975, "Data analysis
using Stein's estimator", JASA 70). One agreement (2.5) makes a weight of 0.04 and no ally; five deeds count for half of
their mean, a hundred for nearly all of it. The weight tells how two parties deal with each other and not how much is
written about them: a pair that the press dwells on is no closer for that.

Communities. The parties are divided so that as little cooperation as possible crosses the lines, and as little
conflict as possible stays within them: the weighted line index of Doreian and Mrvar (1996, "A partitioning approach to
structural balance", Social Networks 18), whose zero is what Davis (1967) calls clusterable. The number of communities
is found with it. Minimising the line index is maximising the weight within communities, which is the constant Potts
model at resolution 0; igraph's Leiden algorithm does that (Traag, Waltman and van Eck, 2019, Scientific Reports 9). It
is a heuristic; its seed is fixed. Signed modularity is not used, since it divides also where there is no conflict.

Polarity. How near the network is to two equal camps that are wholly hostile: the polarisation of Esteban and Ray (1994,
Econometrica 62, equation 3, α = 1), with the factor 4 that brings it to 0 … 1 (Reynal-Querol, 2002):

    polarity = 4 · Σ mass(g)² · mass(h) · distance(g, h)   over ordered pairs of communities g ≠ h

A community's mass is its share of all weight at both ends of the edges. The distance of two is the conflict less the
cooperation between them, as a share of the weight that would lie between them if parties dealt with others whatever
their community, 2 · mass(g) · mass(h) of all; it is kept within 0 … 1. So conflict must lie between large communities,
which cooperation holds together, to make polarity high. A war of all against all, a lone outcast in a friendly world,
and unrelated groups have little of it or none.

Poles. A pole is a community that is one end of at least a fifth of all conflict and is opposed to another such, which
is to say that conflict outweighs cooperation between them. (Of k equal blocs, each hostile to all others, each has 2/k
of the conflict.) Its size does not matter: a state alone against a coalition is a pole, two small neighbours in a
quarrel of their own are none in the network of the world. A fifth found planted blocs best, between a tenth and a
quarter. In a peaceful world a single quarrel can make poles; polarity then is near 0.

Brokers. Who stands between two opposed poles is on good terms with both: its edges to each community add up to more
than 0, and the lesser sum is at least a third of the greater. (A member that is much closer to its own side is none.)
The lesser sum is its score: what cooperation can flow from one side to the other in two steps through it (flow
betweenness, Freeman, Borgatti and White, 1991, Social Networks 13, for one broker and two sides). It may belong to
neither side, like the liaison of Gould and Fernandez (1989, Sociological Methodology 19), or to one. A member that
stands between its side and an opponent, and is at odds with no opponent, is not counted among the pole's members.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Any, Final

import igraph
import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_STRONGEST: Final = 10.0
"""PLOVER's scores lie in −10 … 10."""
_PRIOR_DEEDS: Final = 5.0
_LEAST_PART: Final = 1 / 5
_LEAST_EVENNESS: Final = 1 / 3
_MOST_TRIES: Final = 10
_ITERATIONS: Final = 10
"""Of the heuristic in one try. Without a bound igraph can go round in circles without end where divisions are equal."""
_TRIED_PARTIES: Final = 500
"""How many parties the heuristic may divide in all its tries; a network of all states so takes some milliseconds."""
_UNIT: Final = 2.0**-20
"""Intensities and weights are whole multiples of it, so that their sums do not depend on the order."""
_ONE_AT_A_TIME: Final = Lock()
"""igraph has one source of chance for the whole process."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What `source` did to `target` in the period.

    `cooperation` and `conflict` count the deeds of these quad classes, verbal and material; `intensity` is the sum of
    all their PLOVER intensities (−10 … 10 each).
    """

    source: str
    target: str
    cooperation: int
    conflict: int
    intensity: float


@dataclass(frozen=True, slots=True)
class Edge:
    """What two parties did to each other, `party` before `other` in the alphabet; `weight` is in −1 … 1."""

    party: str
    other: str
    cooperation: int
    conflict: int
    weight: float

    @property
    def sign(self) -> int:
        """1 for cooperation, −1 for conflict, 0 where they cancel out."""
        return int(np.sign(self.weight))


@dataclass(frozen=True, slots=True)
class Standing:
    """One party in the network.

    `community` and `pole` are places in `Network.communities` and `Network.poles`. `degree` counts its edges,
    `cooperation` and `conflict` the deeds that it did or met with. `warmth` and `hostility` are what its edges of
    positive and of negative weight add up to, both as positive numbers.
    """

    party: str
    community: int
    pole: int | None
    degree: int
    cooperation: int
    conflict: int
    warmth: float
    hostility: float


@dataclass(frozen=True, slots=True)
class Pole:
    """A side: its members, and the places in `Network.poles` of those that it is opposed to."""

    members: tuple[str, ...]
    opponents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Broker:
    """Who stands between two opposed poles, `poles`, places in `Network.poles`.

    `score`, above 0, is the lesser of its net warmth with either: 1 is as much as one edge of full cooperation.
    `partners` are those of either side with whom it cooperates, the closest first.
    """

    party: str
    poles: tuple[int, int]
    score: float
    partners: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The signed network of a period; the module says what its parts are and where they come from.

    `parties` are in the alphabet's order. Edge n joins the parties at `ends[n]`, two places in `parties`, and has
    `cooperation[n]` and `conflict[n]` deeds and `weight[n]`. `communities` has every party once, the largest community
    first. `polarity` is in 0 … 1; 0 says that nothing divides, 1 that there are two equal and wholly hostile camps.
    `frustration` is the share of all weight that goes against the division, cooperation across and conflict within
    (the line index over the weight of all edges; Aref and Wilson, 2019, Journal of Complex Networks 7): where it is
    high, sides are a poor picture of the network. `brokers` has the highest score first.
    """

    parties: tuple[str, ...]
    ends: Ints
    cooperation: Ints
    conflict: Ints
    weight: Floats
    communities: tuple[tuple[str, ...], ...]
    polarity: float
    frustration: float
    poles: tuple[Pole, ...]
    brokers: tuple[Broker, ...]

    def edges(self) -> list[Edge]:
        """The edges as rows, in the order of their parties."""
        name = self.parties.__getitem__
        columns = (self.ends, self.cooperation, self.conflict, self.weight)
        return [
            Edge(name(one), name(other), cooperation, conflict, weight)
            for (one, other), cooperation, conflict, weight in zip(*(c.tolist() for c in columns), strict=True)
        ]

    def standings(self) -> list[Standing]:
        """The parties as rows, in the order of `parties`."""
        community = {party: place for place, members in enumerate(self.communities) for party in members}
        pole = {party: place for place, pole in enumerate(self.poles) for party in pole.members}

        def per_party(values: NDArray[Any]) -> list[float]:
            sums: list[float] = np.bincount(self.ends.ravel(), np.repeat(values, 2), len(self.parties)).tolist()
            return sums

        columns = (
            per_party(np.ones_like(self.weight)),
            per_party(self.cooperation),
            per_party(self.conflict),
            per_party(np.maximum(self.weight, 0)),
            per_party(np.maximum(-self.weight, 0)),
        )
        return [
            Standing(
                party,
                community[party],
                pole.get(party),
                int(degree),
                int(cooperation),
                int(conflict),
                warmth,
                hostility,
            )
            for party, degree, cooperation, conflict, warmth, hostility in zip(self.parties, *columns, strict=True)
        ]


def network(ties: Iterable[Tie]) -> Network:
    """The network of one period.

    Ties of the same parties add up. A tie of no deed and what a party does to itself are left out, and so is who has no
    other; without ties the network is empty. Nothing depends on the order of the ties. The names decide only where two
    divisions are equally good. InputError where a count is below 0 or an intensity is more than the deeds can have.
    """
    found = networks(*_columns(list(ties)))
    return found[0] if found else _EMPTY


def networks(
    parties: Sequence[str],
    period: Ints,
    source: Ints,
    target: Ints,
    cooperation: Ints,
    conflict: Ints,
    intensity: Floats,
) -> dict[int, Network]:
    """The networks of many periods at once, by period, for ledgers with millions of events.

    The columns, all of one length, are those of Tie, with `period` any whole number, such as 12 · year + month, and
    `source` and `target` as places in `parties`. A period without ties has no network. Otherwise as `network`.
    """
    edges = _edges(parties, period, source, target, cooperation, conflict, intensity)
    periods, starts = np.unique(edges.period, return_index=True)
    stops = np.append(starts, len(edges.period))[1:]
    return {
        int(when): _analysed(edges, slice(start, stop))
        for when, start, stop in zip(periods.tolist(), starts.tolist(), stops.tolist(), strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """The edges of all periods, ordered by period and ends; `ends` are places in `parties`, which is sorted."""

    parties: tuple[str, ...]
    period: Ints
    ends: Ints
    cooperation: Ints
    conflict: Ints
    weight: Floats


_Columns = tuple[Sequence[str], Ints, Ints, Ints, Ints, Ints, Floats]


def _columns(ties: list[Tie]) -> _Columns:
    """`ties` as the columns of `networks`, all in period 0."""
    parties = sorted({party for tie in ties for party in (tie.source, tie.target)})
    place = {party: n for n, party in enumerate(parties)}
    return (
        parties,
        np.zeros(len(ties), np.int64),
        np.array([place[tie.source] for tie in ties], np.int64),
        np.array([place[tie.target] for tie in ties], np.int64),
        np.array([tie.cooperation for tie in ties], np.int64),
        np.array([tie.conflict for tie in ties], np.int64),
        np.array([tie.intensity for tie in ties], np.float64),
    )


def _edges(
    parties: Sequence[str],
    period: Ints,
    source: Ints,
    target: Ints,
    cooperation: Ints,
    conflict: Ints,
    intensity: Floats,
) -> _Edges:
    deeds = cooperation + conflict
    # Written so that an intensity that is no number is wrong too.
    right = (cooperation >= 0) & (conflict >= 0) & (np.abs(intensity) <= _STRONGEST * deeds)
    if not right.all():
        n = int(np.argmin(right))
        raise InputError(
            f"{parties[source[n]]} to {parties[target[n]]}",
            f"{cooperation[n]} deeds of cooperation and {conflict[n]} of conflict cannot have intensities "
            f"that add up to {intensity[n]:g}: give counts from 0 and intensities from -10 to 10",
        )
    alphabet = sorted(range(len(parties)), key=parties.__getitem__)
    rank = np.empty(len(parties), np.int64)
    rank[alphabet] = np.arange(len(parties))
    kept = (deeds > 0) & (source != target)
    source, target = rank[source[kept]], rank[target[kept]]
    first_period = period.min() if len(period) else 0
    key = ((period[kept] - first_period) * len(parties) + np.minimum(source, target)) * len(parties)
    key += np.maximum(source, target)
    order = np.argsort(key)
    key = key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))

    def summed(values: NDArray[Any]) -> NDArray[Any]:
        return np.add.reduceat(values[kept][order], starts) if len(starts) else values[:0]

    cooperation, conflict = summed(cooperation), summed(conflict)
    key = key[starts]
    pairs = max(len(parties) ** 2, 1)
    return _Edges(
        tuple(parties[n] for n in alphabet),
        key // pairs + first_period,
        np.column_stack(np.divmod(key % pairs, max(len(parties), 1))),
        cooperation,
        conflict,
        _whole(summed(_whole(intensity)) / (_STRONGEST * (cooperation + conflict + _PRIOR_DEEDS))),
    )


def _whole(values: Floats) -> Floats:
    return np.rint(values / _UNIT) * _UNIT


def _present(edges: _Edges, of: slice) -> tuple[tuple[str, ...], Ints]:
    """The parties that these edges join, and the ends as places among them."""
    ends = edges.ends[of]
    present = np.zeros(len(edges.parties), bool)
    present[ends] = True
    return tuple(edges.parties[n] for n in np.flatnonzero(present).tolist()), (np.cumsum(present) - 1)[ends]


def _analysed(edges: _Edges, of: slice) -> Network:
    parties, ends = _present(edges, of)
    weight = edges.weight[of]
    community, communities = _communities(len(parties), ends, weight)
    count = len(communities)
    one, other = ends.T

    # What each party's edges to each community, and each community's to each, add up to.
    to = _sums(one * count + community[other], weight, len(parties), count)
    to += _sums(other * count + community[one], weight, len(parties), count)
    side, far_side = community[one], community[other]
    crosses = side != far_side
    pair = np.minimum(side, far_side) * count + np.maximum(side, far_side)
    net = _sums(pair[crosses], weight[crosses], count, count)
    conflict = _sums(pair[crosses], np.maximum(-weight[crosses], 0), count, count)
    large = conflict.sum(axis=0) + conflict.sum(axis=1) >= _LEAST_PART * np.maximum(-weight, 0).sum()
    opposed = np.argwhere((net < 0) & large & large[:, None])
    poles, brokers = _poles(parties, ends, weight, community, to, opposed)
    total = float(np.abs(weight).sum())
    against = np.where(crosses, np.maximum(weight, 0), np.maximum(-weight, 0))
    return Network(
        parties,
        ends,
        edges.cooperation[of],
        edges.conflict[of],
        weight,
        tuple(tuple(parties[n] for n in members.tolist()) for members in communities),
        _polarity(ends, weight, community, net),
        float(against.sum()) / total if total else 0.0,
        poles,
        brokers,
    )


def _sums(cell: Ints, values: Floats, rows: int, columns: int) -> Floats:
    """A table of what `values` add up to; `cell` counts its cells row by row."""
    sums: Floats = np.bincount(cell, values, rows * columns).astype(np.float64)
    return sums.reshape(rows, columns)


def _communities(size: int, ends: Ints, weight: Floats) -> tuple[Ints, list[Ints]]:
    """The community of each party, and the parties of each, the largest first, then by their first party."""
    strength = np.bincount(ends.ravel(), np.repeat(np.abs(weight), 2), size)
    net = np.bincount(ends.ravel(), np.repeat(weight, 2), size)
    # The heuristic sees the parties by their edges, and by name only where these are alike: new names, same division.
    seen = np.lexsort((np.arange(size), np.bincount(ends.ravel()), net, strength))
    place = np.empty(size, np.int64)
    place[seen] = np.arange(size)
    joined = np.sort(place[ends], axis=1)
    order = np.lexsort(joined.T)
    found = _division(size, joined[order], weight[order])
    membership = found[place]
    communities = [np.flatnonzero(membership == label) for label in range(membership.max() + 1)]
    communities.sort(key=lambda members: (-len(members), members[0]))
    community = np.empty(size, np.int64)
    for number, members in enumerate(communities):
        community[members] = number
    return community, communities


def _division(size: int, ends: Ints, weight: Floats) -> Ints:
    """The community of each party with the most weight within communities: the least line index.

    The heuristic is started anew until it has come to its best division twice, which is soon where the communities are
    clear. The more parties there are, the fewer tries it has.
    """
    network = igraph.Graph(size, ends)
    weights = weight.tolist()
    best, within = np.arange(size), -1.0
    with _ONE_AT_A_TIME:
        igraph.set_random_number_generator(random.Random(0))  # noqa: S311 (no secret)
        try:
            for _ in range(max(1, min(_MOST_TRIES, _TRIED_PARTIES // size))):
                found = network.community_leiden("CPM", weights=weights, resolution=0, n_iterations=_ITERATIONS)
                membership = np.array(found.membership)
                inside = float(weight[membership[ends[:, 0]] == membership[ends[:, 1]]].sum())
                if inside == within:
                    break
                if inside > within:
                    best, within = membership, inside
        finally:
            igraph.set_random_number_generator(random)  # igraph's own default
    return best


def _polarity(ends: Ints, weight: Floats, community: Ints, net: Floats) -> float:
    """`net` is the weight between communities, above the diagonal."""
    total = float(np.abs(weight).sum())
    g, h = np.nonzero(net < 0)
    if not len(g):
        return 0.0
    mass = np.bincount(community[ends].ravel(), np.repeat(np.abs(weight), 2), len(net)) / (2 * total)
    expected = 2 * total * mass[g] * mass[h]
    distance = np.minimum(-net[g, h] / expected, 1)
    return float(4 * np.sum(mass[g] * mass[h] * (mass[g] + mass[h]) * distance))


def _poles(
    parties: tuple[str, ...], ends: Ints, weight: Floats, community: Ints, to: Floats, opposed: Ints
) -> tuple[tuple[Pole, ...], tuple[Broker, ...]]:
    """`to` has each party's net warmth with each community, `opposed` pairs of communities."""
    sides = np.unique(opposed).tolist()
    opponents: dict[int, list[int]] = {side: [] for side in sides}
    between_own = np.zeros(len(parties), bool)
    friends = _friends(len(parties), ends, weight) if opponents else []
    brokers: list[Broker] = []
    for g, h in opposed.tolist():
        opponents[g].append(h)
        opponents[h].append(g)
        lesser = np.minimum(to[:, g], to[:, h])
        between = (lesser > 0) & (lesser >= _LEAST_EVENNESS * np.maximum(to[:, g], to[:, h]))
        between_own |= between & ((community == g) | (community == h))
        for broker in np.flatnonzero(between).tolist():
            near, far = (tuple(parties[n] for n in friends[broker] if community[n] == side) for side in (g, h))
            brokers.append(
                Broker(parties[broker], (sides.index(g), sides.index(h)), float(lesser[broker]), (near, far))
            )
    brokers.sort(key=lambda broker: (-broker.score, broker.party, broker.poles))
    poles = []
    for side in sides:
        apart = between_own & (to[:, opponents[side]] >= 0).all(axis=1)
        members = np.flatnonzero((community == side) & ~apart).tolist()
        poles.append(
            Pole(
                tuple(parties[n] for n in members), tuple(sorted(sides.index(opponent) for opponent in opponents[side]))
            )
        )
    return tuple(poles), tuple(brokers)


def _friends(size: int, ends: Ints, weight: Floats) -> list[list[int]]:
    """Those with whom each party cooperates, the closest first."""
    positive = weight > 0
    one, other = np.concatenate([ends[positive], ends[positive, ::-1]]).T
    order = np.lexsort((other, -np.tile(weight[positive], 2), one))
    friends = other[order].tolist()
    stops = np.cumsum(np.bincount(one, minlength=size)).tolist()
    return [friends[start:stop] for start, stop in pairwise([0, *stops])]


_EMPTY: Final = Network(
    (), np.empty((0, 2), np.int64), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), (), 0.0, 0.0, (), ()
)
