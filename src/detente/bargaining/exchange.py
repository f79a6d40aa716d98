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
dropped in which it gives on that issue, the issue is the earlier of the two, and its way is what limits the trade: if
it had stood farther from the expected outcome (with what was done for the other since it last moved) than the other
would stand from the new one, and the outcome with all its own moves would lie beyond where it stands now. Without this,
the rounds are not Decide's; with it, the order of the issues matters. Two examples do not settle how it bounds what
it drops. Nor does it tell all: with ties drawn, Decide reaches outcomes that no order of trades reaches here
(benchmarks/exchange.py). Where the expected outcome has come to the position of j exactly, rounding decides in Decide
whether a limit holds; here none does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from detente.bargaining.issue import Floats, Ints
from detente.bargaining.market import NOTHING, Market
from detente.errors import IssueError

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
        return self.gain > NOTHING


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
    return np.asarray(Market(*_checked(positions, saliences, capabilities)).expected[0])


def candidates(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike) -> tuple[Exchange, ...]:
    """All trades that are open before the first, the most gainful first. Takes and raises what `outcomes` does."""
    market = Market(*_checked(positions, saliences, capabilities))
    gains, near, far = market.gains()
    order = np.argsort(-gains[0], kind="stable")
    return tuple(_told(market, 0, int(k), gains[0, k], near[0, k], far[0, k]) for k in order if market.open[0, k])


def play(positions: ArrayLike, saliences: ArrayLike, capabilities: ArrayLike, *, rounds: int = 10) -> tuple[Round, ...]:
    """The first `rounds` rounds, the first of equally gainful trades taken. Takes and raises what `outcomes` does."""
    start, salience, capability = _checked(positions, saliences, capabilities)
    played = []
    for _ in range(rounds):
        market = Market(start, salience, capability)
        made = [
            _told(market, 0, int(step.trade[0]), step.gain[0], step.near[0], step.far[0], step.starts[0])
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
            market = Market(here, salience[batch], capability[batch])
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


def _told(
    market: Market, r: int, k: int, gain: float, near: float, far: float, starts: Floats | None = None
) -> Exchange:
    """A trade as a record. Without `starts` it has not been made."""
    ways = (
        (market.giver[k], market.near_issue[k], market.taker[k], near),
        (market.taker[k], market.far_issue[k], market.giver[k], far),
    )
    sides = []
    for at, (i, p, j, way) in enumerate(ways):
        start = market.now[r, i, p] if starts is None else starts[at]
        shift = way * np.sign(market.x[r, j, p] - market.x[r, i, p])
        step = shift / market.share[r, i, p] if market.share[r, i, p] > 0 else 0.0
        sides.append(Side(int(i), int(p), float(start), float(start + step), float(shift)))
    return Exchange(float(gain), (sides[0], sides[1]))


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
        if not ((known >= -NOTHING) & (known <= high + NOTHING) & np.isfinite(known)).all():
            limit = "0 or more" if high == np.inf else f"from 0 to {high}"
            raise IssueError("exchange", f"not all {name} are {limit}; say NaN where an actor takes no part")
    absent = np.isnan(x)
    salience, capability = np.where(absent, 0.0, salience), np.where(absent, 0.0, capability)
    return (x, salience, capability) if x.ndim == 3 else (x[None], salience[None], capability[None])
