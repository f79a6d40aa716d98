"""One round of position exchange, for many repetitions at once: `exchange` says what it follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Final, NamedTuple

import numpy as np

from detente.bargaining.issue import Floats, Ints
from detente.errors import IssueError

NOTHING: Final = 1e-9
"""Gains and ways below this are rounding, and gains that differ by less are equal."""

_APPROACH: Final = 0.1
_YIELDING: Final = 0.4


class Step(NamedTuple):
    """One trade in each of the repetitions that still had one (their numbers): what was made, and what it moved."""

    repetition: Ints
    trade: Ints
    gain: Floats
    near: Floats
    far: Floats
    starts: Floats
    """Repetitions x 2: where the two stood before."""


class Market:
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
        open_ = opposed & ((prefers > NOTHING) | ((np.abs(prefers) <= NOTHING) & (i < j)))
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
        left = np.where((limit > NOTHING) & (limit < left), limit, left)
        return np.where(left > 0, left, 0.0)  # NaN is not above 0

    def gains(self) -> tuple[Floats, Floats, Floats]:
        """For each repetition and trade: the gain, and how far the two outcomes go."""
        rooms = self.room.reshape(len(self.x), -1)
        near = np.minimum(rooms.take(self._near, axis=1), rooms.take(self._far, axis=1) / self.ratio)
        return near * self.worth, near, near * self.ratio

    def trade(self, draws: np.random.Generator | None = None) -> Iterator[Step]:
        """Make the best trade of every repetition, again and again, until there is none; draw among equals if asked."""
        everyone = np.arange(len(self.x))
        while True:
            gains, near, far = self.gains()
            best = gains.max(axis=1, initial=0)
            going = everyone[best > NOTHING]
            luck = None if draws is None else draws.random(len(everyone))
            if not len(going):
                return
            equal = gains[going] >= best[going, None] - NOTHING
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
            yield Step(going, k, gains[going, k], near[going, k], far[going, k], starts)

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
        last = (near > NOTHING) & (np.abs((there - here) * up * self.share[r, i, p] - near) < NOTHING)
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


def _listed(giver: Ints, issue: Ints, shape: tuple[int, ...]) -> Ints:
    """The numbers of the trades in which each actor gives on each issue: actors x issues x trades, filled with -1."""
    flat = giver * shape[1] + issue
    order = np.argsort(flat, kind="stable")
    counts = np.bincount(flat, minlength=shape[0] * shape[1])
    listed = np.full((len(counts), counts.max(initial=1)), -1)
    listed[flat[order], np.arange(len(order)) - (counts.cumsum() - counts)[flat[order]]] = order
    return listed.reshape(*shape, -1)
