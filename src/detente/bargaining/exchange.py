"""Position exchange with equal gain: pairs of actors trade concessions on pairs of issues.

F. N. Stokman and R. van Oosten (1994), The exchange of voting positions: an object-oriented model of policy networks,
in Bueno de Mesquita and Stokman, European Community Decision Making, Yale University Press, 105-127. Externalities as
in J. Dijkstra, M. van Assen and F. Stokman (2008), Outcomes of collective decisions with externalities predicted,
Journal of Theoretical Politics 20. What these leave open follows the numbers that the program Decide prints, as far as
they tell.

Actor i has, on issue p, the position x_ip, the salience s_ip and the capability c_ip. The expected outcome O_p is the
mean of x_ip, weighted by c_ip s_ip; what an outcome is worth to i falls by s_ip for each point that it lies from x_ip.

Two actors whom the expected outcomes of two issues lie between, on both, can trade: i moves on p towards j, and j moves
on q towards i, where i is the one with the smaller s_ip / s_iq. If that moves the outcomes by D_p and D_q, i gains
s_iq D_q - s_ip D_p and j gains s_jp D_p - s_jq D_q. The gains are equal where D_q / D_p, the exchange ratio, is
(s_ip + s_jp) / (s_iq + s_jq). At that ratio both go as far as they can. Nobody moves beyond the other's position. Nor
does the expected outcome, moved by all that i did on the issue and by what others did there for j since i last moved,
go beyond the position of j; where these have moved it beyond already, there is no such limit.

In a round the trade with the highest gain is made first. It changes what is left of the others: who has moved on an
issue goes on from there, towards the positions at the beginning of the round. Then the best of those left is made, each
at most once, until none has a gain. Of trades whose gains are equal the first is taken, by issues and then actors in
their order; `spread` tells how much hangs on that. The outcome of a round is that of the positions so reached, the
voting positions. The next round begins closer to them, by a tenth of the way and by four tenths of it times one minus
the salience.

One rule shows in Decide's numbers alone, and we know no reason for it. When an actor has moved on an issue, trades are
dropped in which it gives on that issue, the issue is the earlier of the two, and its way is what limits the trade: if it
had stood farther from the expected outcome (with what had been done for the other since it last moved) than the other
would stand from the new one, and the outcome with all its own moves would lie beyond where it stands now. Without the
rule, one to three trades more are made in every second round, and some outcomes lie up to seven points from Decide's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from detente.errors import IssueError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NOTHING: Final = 1e-9
"""Gains and ways below this are rounding, and gains that differ by less are equal."""

_APPROACH: Final = 0.1
_YIELDING: Final = 0.4

_BATCH: Final = 64
"""So many repetitions are played at once. What is drawn depends on it."""


@dataclass(frozen=True)
class Side:
    """What one of the two gives: `actor` moves from `start` to `end` on `issue`, in percent of the scale.

    `shift` is how far that moves the outcome of the issue, up or down.
    """

    actor: int
    issue: int
    start: float
    end: float
    shift: float


@dataclass(frozen=True)
class Exchange:
    """A trade: what both gain by it, in points of outcome times salience, and what each of them gives."""

    gain: float
    sides: tuple[Side, Side]

    @property
    def valid(self) -> bool:
        """Whether there is anything to gain; equal ratios of saliences leave nothing."""
        return self.gain > _NOTHING


@dataclass(frozen=True, eq=False)
class Round:
    """The trades of one round, in their order, and where they led. Positions are actors x issues, in percent."""

    start: Floats
    voting: Floats
    initial: Floats
    """The outcomes (issues) that the positions at the start lead to."""
    outcome: Floats
    """The outcomes (issues) that the voting positions lead to."""
    exchanges: tuple[Exchange, ...]
    effects: Floats
    """Exchanges x actors: what each trade changes for everybody; for those who do not take part, its externalities."""


@dataclass(frozen=True, eq=False)
class Spread:
    """How far outcomes depend on which of equally good trades is made first: rounds x issues, over the repetitions."""

    low: Floats
    mean: Floats
    high: Floats
    trades: Ints
    """Rounds x 2: the fewest and the most exchanges of a repetition."""


def outcomes(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike) -> Floats:
    """The expected outcome of each issue: the mean of the positions, weighted by salience times capability.

    All three arrays are actors x issues. An actor without a position on an issue has NaN there. Raises `IssueError`
    where the arrays do not fit, or where nobody has any weight on an issue.
    """
    return np.asarray(_Market(*_checked(positions, saliences, capabilities)).expected[0])


def candidates(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike) -> tuple[Exchange, ...]:
    """All trades that are open before the first, the most gainful first. Takes and raises what `outcomes` does."""
    market = _Market(*_checked(positions, saliences, capabilities))
    gains, near, far = market.gains()
    order = np.argsort(-gains[0], kind="stable")
    return tuple(market.told(0, int(k), gains[0, k], near[0, k], far[0, k]) for k in order if market.open[0, k])


def play(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike, *, rounds: int = 10) -> tuple[Round, ...]:
    """The first `rounds` rounds, the first of equally gainful trades taken. Takes and raises what `outcomes` does."""
    start, salience, capability = _checked(positions, saliences, capabilities)
    played = []
    for _ in range(rounds):
        market = _Market(start, salience, capability)
        made = [
            market.told(0, int(step.trade[0]), step.gain[0], step.near[0], step.far[0], step.starts[0])
            for step in market.trade()
        ]
        played.append(
            Round(
                start=start[0],
                voting=market.now[0],
                initial=market.expected[0],
                outcome=market.outcome()[0],
                exchanges=tuple(made),
                effects=_effects(made, start[0], salience[0], market.expected[0]),
            )
        )
        start = market.next_start()
    return tuple(played)


def settle(
    positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike, *, rounds: int = 10, seed: int | None = None
) -> tuple[Floats, Ints]:
    """Many repetitions at once: outcomes (repetitions x rounds x issues), and how many trades each round had.

    The arrays are those of `outcomes`, once for each repetition (repetitions x actors x issues). With a `seed`, one of
    equally gainful trades is drawn and not the first taken; the same seed draws the same for as many repetitions.
    """
    start, salience, capability = _checked(positions, saliences, capabilities)
    found = np.empty((len(start), rounds, start.shape[2]))
    counts = np.zeros((len(start), rounds), dtype=np.int64)
    for first in range(0, len(start), _BATCH):
        batch = slice(first, first + _BATCH)
        draws = None if seed is None else np.random.default_rng([seed, first])
        here = start[batch]
        for round_ in range(rounds):
            market = _Market(here, salience[batch], capability[batch])
            for step in market.trade(draws):
                counts[first + step.repetition, round_] += 1
            found[batch, round_] = market.outcome()
            here = market.next_start()
    return found, counts


def spread(
    positions: ArrayLike,
    saliences: ArrayLike,
    capabilities: ArrayLike,
    *,
    rounds: int = 10,
    repetitions: int = 1000,
    seed: int = 0,
) -> Spread:
    """What hangs on the order of equally gainful trades: each repetition draws it. Takes what `outcomes` does."""
    table = (np.asarray(each, dtype=float) for each in (positions, saliences, capabilities))
    repeated = (np.broadcast_to(each, (repetitions, *each.shape)) for each in table)
    found, counts = settle(*repeated, rounds=rounds, seed=seed)
    trades = np.stack([counts.min(axis=0), counts.max(axis=0)], axis=1)
    return Spread(found.min(axis=0), found.mean(axis=0), found.max(axis=0), trades)


class _Step(NamedTuple):
    """One trade in each of the repetitions that still had one (their numbers): what was made, and what it moved."""

    repetition: Ints
    trade: Ints
    gain: Floats
    near: Floats
    far: Floats
    starts: Floats
    """Repetitions x 2: where the two stood before."""


class _Market:
    """One round of many repetitions. Arrays begin with the repetitions, then actors, then issues.

    A trade k is: giver[k] moves on near_issue[k] for taker[k], who moves on far_issue[k] in return. Of shifts of
    outcomes on an issue, `moved` tells what an actor made, `room` (with another axis of actors) what it can still make
    for another, and `since` what others made for that other since it last moved there itself.
    """

    def __init__(self, x: Floats, salience: Floats, capability: Floats) -> None:
        self.x, self.salience, self.now = x, salience, x.copy()
        present = ~np.isnan(x)
        weight = np.where(present, salience * capability, 0.0)
        total = weight.sum(axis=1)
        if (total <= 0).any():
            raise IssueError("exchange", f"nobody has weight on issue {np.argwhere(total <= 0)[0, 1]}; leave it out")
        self.share = weight / total[:, None]
        self.expected = np.asarray((self.share * np.where(present, x, 0.0)).sum(axis=1))
        self.moved, self.since = np.zeros(x.shape), np.zeros((*x.shape, x.shape[1]))
        everything = np.ix_(*(range(size) for size in self.since.shape))
        self.room = self._room(*everything)

        actors, issues = range(x.shape[1]), range(x.shape[2])
        all_trades = np.array(
            [(i, p, j, q) for p, q in combinations(issues, 2) for i, j in permutations(actors, 2)], dtype=np.int64
        ).reshape(-1, 4)
        i, p, j, q = all_trades.T
        side = np.sign(x - self.expected[:, None])
        # Whose salience of p is the smaller beside that of q gives on p; of equals, who comes first.
        prefers = salience[:, j, p] * salience[:, i, q] - salience[:, i, p] * salience[:, j, q]
        opposed = (side[:, i, p] * side[:, j, p] == -1) & (side[:, i, q] * side[:, j, q] == -1)
        open_ = opposed & ((prefers > _NOTHING) | ((np.abs(prefers) <= _NOTHING) & (i < j)))
        some = open_.any(axis=0)
        self.open = open_[:, some]
        self.giver, self.near_issue, self.taker, self.far_issue = i, p, j, q = all_trades[some].T
        self._gives = _listed(i, p, self.x.shape[1:])
        self._near, self._far = (np.ravel_multi_index(at, self.room.shape[1:]) for at in ((i, p, j), (j, q, i)))
        given, wanted = salience[:, i, p] + salience[:, j, p], salience[:, i, q] + salience[:, j, q]
        able = self.open & (given > 0) & (wanted > 0)  # the others give nothing, whatever stands here
        self.ratio = np.divide(given, wanted, out=np.ones(given.shape), where=able)
        self.worth = np.divide(np.maximum(prefers[:, some], 0), wanted, out=np.zeros(given.shape), where=able)

    def _room(self, r: Ints, i: Ints, p: Ints, j: Ints) -> Floats:
        """How far i can still move the outcome of p for j; 0 where one of them has no position."""
        here, there = self.x[r, i, p], self.x[r, j, p]
        left = (there - self.now[r, i, p]) * np.sign(there - here) * self.share[r, i, p]
        gone = self.moved[r, i, p] + self.since[r, i, p, j]
        limit = np.abs(there - self.expected[r, p]) - gone
        left = np.where((limit > _NOTHING) & (limit < left), limit, left)
        return np.where(left > 0, left, 0.0)  # NaN is not above 0

    def gains(self) -> tuple[Floats, Floats, Floats]:
        """For each repetition and trade: the gain, and how far the two outcomes go."""
        rooms = self.room.reshape(len(self.x), -1)
        near = np.minimum(rooms.take(self._near, axis=1), rooms.take(self._far, axis=1) / self.ratio)
        return near * self.worth, near, near * self.ratio

    def trade(self, draws: np.random.Generator | None = None) -> Iterator[_Step]:
        """Make the best trade of every repetition, again and again, until there is none; draw among equals if asked."""
        everyone = np.arange(len(self.x))
        while True:
            gains, near, far = self.gains()
            best = gains.max(axis=1, initial=0)
            going = everyone[best > _NOTHING]
            luck = None if draws is None else draws.random(len(everyone))
            if not len(going):
                return
            equal = gains[going] >= best[going, None] - _NOTHING
            if luck is None:
                k = equal.argmax(axis=1)
            else:
                k = (equal.cumsum(axis=1) > np.floor(luck[going] * equal.sum(axis=1))[:, None]).argmax(axis=1)
            i, p, j, q = self.giver[k], self.near_issue[k], self.taker[k], self.far_issue[k]
            starts = np.stack([self.now[going, i, p], self.now[going, j, q]], axis=1)
            since = self.since[going, i, p], self.since[going, j, q]
            self._move(going, i, p, j, near[going, k])
            self._move(going, j, q, i, far[going, k])
            self.worth[going, k] = 0  # each at most once
            self._drop(going, i, p, starts[:, 0], since[0])
            self._drop(going, j, q, starts[:, 1], since[1])
            yield _Step(going, k, gains[going, k], near[going, k], far[going, k], starts)

    def _move(self, r: Ints, i: Ints, p: Ints, j: Ints, shift: Floats) -> None:
        """In the repetitions r, i moves on p for j, so far that the outcome goes by `shift`."""
        self.now[r, i, p] += shift / self.share[r, i, p] * np.sign(self.x[r, j, p] - self.x[r, i, p])
        self.moved[r, i, p] += shift
        others = np.arange(self.x.shape[1])
        r, i, p, j = r[:, None], i[:, None], p[:, None], j[:, None]
        self.since[r, others, p, j] += shift[:, None]
        self.since[r, i, p, others] = 0
        self.room[r, i, p, others] = self._room(r, i, p, others)
        self.room[r, others, p, j] = self._room(r, others, p, j)

    def _drop(self, r: Ints, i: Ints, p: Ints, before: Floats, since: Floats) -> None:
        """Drop what is dropped when, in the repetitions r, i has moved on p from `before`; `since` is of before too."""
        k = self._gives[i, p]
        r, i, p = r[:, None], i[:, None], p[:, None]
        j = self.taker[k]
        here, there, expected = self.now[r, i, p], self.x[r, j, p], self.expected[r, p]
        up = np.sign(there - self.x[r, i, p])
        near = np.minimum(self.room[r, i, p, j], self.room[r, j, self.far_issue[k], i] / self.ratio[r, k])
        last = (near > _NOTHING) & (np.abs((there - here) * up * self.share[r, i, p] - near) < _NOTHING)
        stood = np.abs(before[:, None] - expected - up * np.take_along_axis(since, j, axis=1))
        farther = stood > np.abs(there - expected - up * near)
        beyond = (expected - here) * up + self.moved[r, i, p] + near > 0
        rows, columns = np.nonzero((k >= 0) & last & farther & beyond)
        self.worth[r[rows, 0], k[rows, columns]] = 0

    def outcome(self) -> Floats:
        """What the positions that are now reached lead to (repetitions x issues)."""
        return np.asarray((self.share * np.where(np.isnan(self.now), 0.0, self.now)).sum(axis=1))

    def next_start(self) -> Floats:
        """Where the actors begin the next round."""
        return np.asarray(self.x + (_APPROACH + _YIELDING * (1 - self.salience)) * (self.now - self.x))

    def told(self, r: int, k: int, gain: float, near: float, far: float, starts: Floats | None = None) -> Exchange:
        """A trade as a record. Without `starts` it has not been made."""
        ways = (
            (self.giver[k], self.near_issue[k], self.taker[k], near),
            (self.taker[k], self.far_issue[k], self.giver[k], far),
        )
        sides = []
        for at, (i, p, j, way) in enumerate(ways):
            start = self.now[r, i, p] if starts is None else starts[at]
            shift = way * np.sign(self.x[r, j, p] - self.x[r, i, p])
            step = shift / self.share[r, i, p] if self.share[r, i, p] > 0 else 0.0
            sides.append(Side(int(i), int(p), float(start), float(start + step), float(shift)))
        return Exchange(float(gain), (sides[0], sides[1]))


def _listed(giver: Ints, issue: Ints, shape: tuple[int, ...]) -> Ints:
    """The numbers of the trades in which each actor gives on each issue (actors x issues x trades), filled up with -1."""
    flat = giver * shape[1] + issue
    order = np.argsort(flat, kind="stable")
    counts = np.bincount(flat, minlength=shape[0] * shape[1])
    listed = np.full((len(counts), counts.max(initial=1)), -1)
    listed[flat[order], np.arange(len(order)) - (counts.cumsum() - counts)[flat[order]]] = order
    return listed.reshape(*shape, -1)


def _effects(made: list[Exchange], x: Floats, salience: Floats, expected: Floats) -> Floats:
    """What each trade changes for every actor, by the outcomes at the start of the round (exchanges x actors)."""
    effects = np.zeros((len(made), len(x)))
    for row, exchange in zip(effects, made, strict=True):
        for side in exchange.sides:
            before, p = expected[side.issue], side.issue
            nearer = np.abs(x[:, p] - before) - np.abs(x[:, p] - before - side.shift)
            row += np.where(np.isnan(nearer), 0.0, salience[:, p] * nearer)
    return effects


def _checked(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """The arrays with a leading axis of repetitions, where they are what `settle` takes."""
    x, salience, capability = (np.asarray(each, dtype=float) for each in (positions, saliences, capabilities))
    if x.ndim not in (2, 3) or not x.size or not x.shape == salience.shape == capability.shape:
        raise IssueError("exchange", "positions, saliences and capabilities are not all actors x issues")
    for name, values, high in (("positions", x, 100), ("saliences", salience, 1), ("capabilities", capability, np.inf)):
        known = values[~np.isnan(x)]
        if not ((known >= -_NOTHING) & (known <= high + _NOTHING) & np.isfinite(known)).all():
            limit = "0 or more" if high == np.inf else f"from 0 to {high}"
            raise IssueError("exchange", f"not all {name} are {limit}; say NaN where an actor takes no part")
    absent = np.isnan(x)
    salience, capability = np.where(absent, 0.0, salience), np.where(absent, 0.0, capability)
    return (x, salience, capability) if x.ndim == 3 else (x[None], salience[None], capability[None])
