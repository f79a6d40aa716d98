"""The spatial model of politics by probabilistic Condorcet election: who moves where, turn by turn.

B. Wise, L. Lester and B. Efird (2015), An Introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB) using
one-dimensional spatial models, and Multidimensional bargaining using KTAB (KAPSARC, Riyadh). Numbers in brackets below
are the steps of a turn. Every choice that those papers leave open is the default of their program, KTAB.

Positions lie on axes from 0 to 1. Actor i, with capability w_i and saliences s_ik, is |x_i - x_j| = sqrt(sum_k s_ik^2
(x_ik - x_jk)^2 / sum_k s_ik^2) =: d_ij away from the position of j, by its own saliences, and values it at
u_ij = (1 - d_ij)(1 + r_i d_ij), where r_i is its attitude to risk.

[1] The election. Of two options a and b each actor k votes for the one that it likes better, with weight w_k |u_ka -
    u_kb|. The coalition for a over b is c_ab, the sum of what is voted for a; a beats b with probability p_ab = c_ab /
    (c_ab + c_ba); and p_a, the probability that a beats all others given that some option does, is the product of p_ab
    over b, made to sum to one.
[2] Attitudes to risk. With r = 0 the election over the actors' positions gives p_i; then r_i is
    (3 p_i - p_max - 2 p_min) / 2 (p_max - p_min), from -1/2 to 1: who is likely to win anyway has most to lose. Where
    all are equally likely, r is 0. What h takes for the attitude of i is (2 r_h + r_i) / 3.
[3] Challenges. i asks of each j, with u as it estimates it: what is there to gain if I challenge j? Votes weigh S_k w_k
    here, where S_k is the sum of an actor's saliences. The two bring in theirs. A third party k asks how likely i and j
    are to win, q_i and q_j, were its own vote the only one beside theirs; it takes the loser's side at the price of
    having to follow the winner (semi-commitment), and so brings in S_k w_k (q_i (u_kk - u_ki) + q_j (u_kj - u_kk)) for
    i, or against where that is negative. All votes give P_ij as in [1]. Who does not care gives in, so that the gain is
    (1 - S_j) 2 u_ii + S_j (P_ij 2 u_ii + (1 - P_ij) 2 u_ij) - (u_ii + u_ij). i challenges where it gains most, and
    nobody where it would gain less than 1e-5.
[4] Offers. The challenge proposes that both move, on each axis, to the means of their positions weighted by s^2 P^2.
[5] Answers. Every actor's bargains (the challenge that it makes, those that it meets, and that nothing changes) are put
    to an election among all actors, who value a bargain by the mean of u over all the positions that it leads to. The
    actor takes what is most likely to win, or draws it by its probability; so two sides of a bargain need not agree.

The turns end when actors move less than a fiftieth of what they moved in the first turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from detente.bargaining.issue import Floats, Ints
from detente.errors import IssueError

Transitions = Literal["deterministic", "stochastic"]
Commitment = Literal["semi", "none"]

_NOBODY: Final = -1
_LEAST_GAIN: Final = 1e-5
_LEAST_COALITION: Final = 1e-8
_LEAST_SUPPORT: Final = 1e-10
_LEAST_WEIGHT: Final = 1e-6
"""None of these weigh anything; they keep 0/0 away."""

_SAME: Final = 1e-3
"""Positions nearer than this, a tenth of a percent of an axis, are one option of the election."""

_TIE: Final = 1e-12
"""Chances and gains that differ by rounding alone are equal, whatever the order of the sums."""

_STILL: Final = 0.02
_FEWEST_TURNS: Final = 2


@dataclass(frozen=True, eq=False)
class Election:
    """Where the actors stood before the first turn and after each, and which position was likely to win.

    Arrays begin with the state before the first turn, so that they are one longer than there were turns; those of
    what happened in a turn (`targets`, `changes`) have one entry for each.
    """

    positions: Floats
    """States x actors x dimensions, in percent of the scale."""
    probabilities: Floats
    """States x actors: that the actor's position wins, as one option with those that are the same."""
    shares: Floats
    """The same, divided among the actors who hold the position: sums to 1."""
    targets: Ints
    """Turns x actors: whom the actor challenged, -1 for nobody."""
    changes: Floats
    """Turns: the sum of the ways that all went, as a share of that of the first turn."""
    settled: bool
    """Whether the actors came to rest, and were not stopped by the number of turns."""

    @property
    def outcome(self) -> Floats:
        """The expected position by the last election, for each dimension, in percent."""
        return np.asarray((self.shares[-1][:, None] * self.positions[-1]).sum(axis=0))


def elect(
    positions: ArrayLike,
    saliences: ArrayLike,
    capabilities: ArrayLike,
    *,
    transitions: Transitions = "deterministic",
    commitment: Commitment = "semi",
    turns: int = 100,
    seed: int = 0,
) -> Election:
    """Play the spatial model until the actors come to rest, or for `turns` turns.

    `positions` (actors x dimensions) are percentages of the scale; `saliences` (the same shape) are shares of an
    actor's attention, of which it has 1; `capabilities` has one number per actor. With stochastic transitions [5] the
    same `seed` gives the same turns: the draws are made in the actors' order, and nothing else is shared among threads.

    With commitment none, third parties stand aside. KTAB knows full commitment too; there, as under none, the two
    states that a third party compares have the same value, and its votes are 0 as well.

    Where two targets or answers are worth the same, the first in the actors' order is taken; to leave things as they
    are comes just before one's own challenge. Raises `IssueError` where the numbers are no table of that kind.
    """
    space = _Space(*_checked(positions, saliences, capabilities), commitment == "semi")
    draws = np.random.default_rng(seed) if transitions == "stochastic" else None
    states = [_State(space, np.asarray(positions, dtype=float) / 100)]
    targets: list[Ints] = []
    moved: list[float] = []
    settled = False
    while len(moved) < turns and not settled:
        aims, after = states[-1].turn(draws)
        moved.append(float(np.sqrt(((after - states[-1].x) ** 2).sum(axis=1)).sum()))
        targets.append(aims)
        states.append(_State(space, after))
        settled = len(moved) >= _FEWEST_TURNS and moved[-1] < _STILL * (moved[0] + 1e-4)
    elections = [state.election() for state in states]
    return Election(
        positions=np.array([state.x * 100 for state in states]),
        probabilities=np.array([each for each, _ in elections]),
        shares=np.array([each for _, each in elections]),
        targets=np.array(targets, dtype=np.int64).reshape(len(targets), len(space.power)),
        changes=np.array(moved) / ((moved[0] if moved else 0) + 1e-4),
        settled=settled,
    )


@dataclass(frozen=True, eq=False)
class _Space:
    """What stays as it is: saliences (actors x dimensions), capabilities, and whether third parties take part."""

    salience: Floats
    power: Floats
    third: bool

    def distance(self, here: Floats, there: Floats) -> Floats:
        """How far each point of `there` is from the actors' `here`, by their own saliences: actors x points."""
        squares = self.salience**2
        gaps = (here[:, None, :] - there[None, :, :]) ** 2
        return np.asarray(np.sqrt((gaps * squares[:, None, :]).sum(axis=2) / squares.sum(axis=1)[:, None]))


class _State:
    """Positions `x` on axes from 0 to 1, actors x dimensions, and what follows from them."""

    def __init__(self, space: _Space, x: Floats) -> None:
        self.space, self.x = space, x
        self.apart = space.distance(x, x)
        chance = _condorcet(space.power, 1 - self.apart)
        low, high = chance.min(), chance.max()
        self.risk = (3 * chance - high - 2 * low) / (2 * (high - low)) if high - low > _TIE else np.zeros(len(chance))
        self.value = _utility(self.apart, self.risk)

    def election(self) -> tuple[Floats, Floats]:
        """The probability that each actor's position wins, and the actor's share in it."""
        # Who is the same as several that are not the same as each other counts with the last of them, as in KTAB.
        near = np.sqrt(((self.x[:, None] - self.x[None]) ** 2).sum(axis=2)) < _SAME
        options: list[int] = []
        for i in range(len(near)):
            if not near[i, options].any():
                options.append(i)
        mine = [max(at for at, option in enumerate(options) if near[i, option]) for i in range(len(near))]
        chance = _condorcet(self.space.power, self.value[:, options])[mine]
        return chance, chance / np.bincount(mine)[mine]

    def turn(self, draws: np.random.Generator | None) -> tuple[Ints, Floats]:
        """Whom each actor challenges, and where all stand afterwards."""
        targets, odds = self._challenges()
        makers = np.flatnonzero(targets != _NOBODY)
        met = targets[makers]
        mine, theirs = self._offers(makers, met, odds[makers])
        count = len(self.x)
        # [5] What everybody thinks of every bargain: the sum over all positions, with those of the two exchanged.
        as_is = self.value.sum(axis=1)
        changed = (
            as_is[:, None]
            + _utility(self.space.distance(self.x, mine), self.risk)
            + _utility(self.space.distance(self.x, theirs), self.risk)
            - self.value[:, makers]
            - self.value[:, met]
        )
        after = self.x.copy()
        luck = draws.random(count) if draws else None
        for k in range(count):
            own, others = np.flatnonzero(makers == k), np.flatnonzero(met == k)
            before = int((makers[others] < k).sum())
            order = np.concatenate([others[:before], own, others[before:]])
            if not len(order):
                continue
            options = np.insert(changed[:, order], before, as_is, axis=1) / count
            chance = _condorcet(self.space.power, options)
            if luck is None:
                taken = int(np.argmax(chance >= chance.max() - _TIE))
            else:
                taken = min(int(np.searchsorted(np.cumsum(chance), luck[k])), len(chance) - 1)
            if taken != before:
                bargain = order[taken - (taken > before)]
                after[k] = mine[bargain] if makers[bargain] == k else theirs[bargain]
        return targets, after

    def _challenges(self) -> tuple[Ints, Floats]:
        """[3] Whom each actor challenges, and with which odds by its own estimate."""
        count = len(self.x)
        targets, odds = np.full(count, _NOBODY), np.zeros(count)
        attention = self.space.salience.sum(axis=1)
        weight = attention * self.space.power
        everyone = np.arange(count)
        for i in range(count):
            value = _utility(self.apart, (2 * self.risk[i] + self.risk) / 3)
            own = np.diagonal(value)
            # Who is for i rather than for j: rows are those who vote, columns are the j.
            leans = weight[:, None] * (value[:, [i]] - value)
            principals = np.stack([leans[i], leans[everyone, everyone]])
            backing = _LEAST_SUPPORT + np.maximum(principals, 0).sum(axis=0)
            against = _LEAST_SUPPORT + np.maximum(-principals, 0).sum(axis=0)
            if self.space.third:
                wins = (backing + np.maximum(leans, 0)) / (backing + against + np.abs(leans))
                joins = wins * (own[:, None] - value[:, [i]]) + (1 - wins) * (value - own[:, None])
                votes = weight[:, None] * joins
                votes[i] = votes[everyone, everyone] = 0
                backing = backing + np.maximum(votes, 0).sum(axis=0)
                against = against + np.maximum(-votes, 0).sum(axis=0)
            victory = backing / (backing + against)
            lost = attention * (1 - victory)  # the probability that j resists and wins
            gain = 2 * ((1 - lost) * own[i] + lost * value[i]) - (own[i] + value[i])
            gain[i] = -np.inf
            if gain.max() > _LEAST_GAIN:
                targets[i] = np.argmax(gain >= gain.max() - _TIE)
                odds[i] = victory[targets[i]]
        return targets, odds

    def _offers(self, makers: Ints, met: Ints, odds: Floats) -> tuple[Floats, Floats]:
        """[4] Where each challenge would have its maker and its target go, to four decimals (bargains x dimensions)."""
        mine = (self.space.salience[makers] * odds[:, None]) ** 2
        theirs = (self.space.salience[met] * (1 - odds[:, None])) ** 2
        whole = mine + theirs + _LEAST_WEIGHT
        pulls, resists = mine * self.x[makers], theirs * self.x[met]
        # Where neither cares or can coerce, both stay.
        stays = (pulls + resists + _LEAST_WEIGHT * self.x[makers]) / whole
        comes = (pulls + resists + _LEAST_WEIGHT * self.x[met]) / whole
        return np.floor(stays * 1e4 + 0.5) / 1e4, np.floor(comes * 1e4 + 0.5) / 1e4


def _utility(distance: Floats, risk: Floats) -> Floats:
    """What points are worth to actors with these attitudes to risk: actors x points."""
    return np.asarray((1 - distance) * (1 + distance * risk[:, None]))


def _condorcet(power: Floats, value: Floats) -> Floats:
    """[1] The probability of each option, from what it is worth to each actor (actors x options)."""
    options = value.shape[1]
    coalition = np.empty((options, options))
    for a in range(options):
        coalition[a] = (power[:, None] * np.maximum(value[:, [a]] - value, 0)).sum(axis=0)
    coalition += _LEAST_COALITION
    logs = np.log(coalition / (coalition + coalition.T)).sum(axis=1)
    chance = np.exp(logs - logs.max())
    return np.asarray(chance / chance.sum())


def _checked(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike) -> tuple[Floats, Floats]:
    """Saliences and capabilities, where all three are what `elect` takes."""
    x, salience, power = (np.asarray(each, dtype=float) for each in (positions, saliences, capabilities))
    if x.ndim != 2 or not x.size or salience.shape != x.shape or power.shape != x.shape[:1]:
        raise _fault("the arrays are not actors x dimensions twice and one capability per actor")
    for name, values, high in (("position", x, 100), ("salience", salience, 1), ("capability", power, np.inf)):
        bad = np.flatnonzero(~(np.isfinite(values) & (values >= 0) & (values <= high)).reshape(len(x), -1).all(axis=1))
        if len(bad):
            limit = "0 or more" if high == np.inf else f"from 0 to {high}"
            raise _fault(f"actor {bad[0]} has no {name} that is {limit} on every dimension; leave it out or state one")
    attention = salience.sum(axis=1)
    if (attention <= 0).any():
        raise _fault(f"actor {np.argmax(attention <= 0)} cares for nothing; leave it out")
    if (attention > 1 + 1e-9).any():
        raise _fault("an actor's saliences sum to more than 1, all its attention; divide all by the largest sum")
    return salience, power


def _fault(reason: str) -> IssueError:
    return IssueError("spatial election", reason)
