"""The models that are played in rounds, on an issue: expected utility, exchange and the election."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

import numpy as np

from detente.bargaining import election as elections
from detente.bargaining import exchange as exchanges
from detente.bargaining import expected_utility as challenges
from detente.bargaining.budget import fitting
from detente.bargaining.compromise import mean
from detente.bargaining.issue import Floats, Issue
from detente.bargaining.median import median
from detente.bargaining.result import Move, Result, by_dimension, named, shown

_REPETITIONS: Final = 20
_FEWEST: Final = 2
"""In how many orders equally gainful trades are made, to see how much hangs on it; in how many at least where trades
are very many."""


def expected_utility(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    """Expected utility on each dimension by itself. Who has settled on one stays there while others go on."""
    choices = challenges.SETTINGS[setting]
    plays = []
    for number in range(len(issue.dimensions)):
        here = np.flatnonzero(issue.present[:, number])
        position, capability, salience = (
            array[here, number] for array in (issue.position, issue.capability, issue.salience)
        )
        plays.append((here, challenges.play(position, capability, salience, rounds, choices)))
    longest = max(len(play.risks) for _, play in plays)
    shape = (longest + 1, *issue.position.shape)
    positions, risks = np.full(shape, np.nan), np.full(shape, np.nan)
    moves = list[Move]()
    for number, (here, play) in enumerate(plays):
        played = len(play.risks)
        positions[: played + 1, here, number] = play.positions
        positions[played + 1 :, here, number] = play.positions[-1]
        risks[:played, here, number] = play.risks
        for at, i in np.argwhere(play.moves):
            moves.append(
                Move(
                    round=int(at) + 1,
                    actor=issue.actors[here[i]].name,
                    dimension=issue.dimensions[number].name,
                    start=float(play.positions[at, i]),
                    end=float(play.positions[at + 1, i]),
                    how=str(challenges.KINDS[play.moves[at, i]]),
                    towards=issue.actors[here[play.targets[at, i]]].name,
                )
            )
    moves.sort(key=lambda move: move.round)
    in_round = defaultdict[int, list[Move]](list)
    for move in moves:
        in_round[move.round].append(move)
    middles = np.array([median(state, issue.stakes) for state in positions])
    settled = [play.settled for _, play in plays]
    return Result(
        model="expected_utility",
        setting=setting,
        outcome=middles[-1],
        positions=positions,
        settled=all(settled),
        moves=tuple(moves),
        reasons={
            line.name: _moved(issue, line.name, moves) + ("" if settled[number] else _restless(middles[:, number]))
            for number, line in enumerate(issue.dimensions)
        },
        details={
            "rounds": [_challenged(issue, at, positions, middles, risks, in_round[at + 1]) for at in range(longest + 1)]
        },
    )


def _challenged(
    issue: Issue, at: int, positions: Floats, middles: Floats, risks: Floats, moves: list[Move]
) -> dict[str, Any]:
    """A state of play, with the risk exponents and `moves` of the round that it begins."""
    return {
        "median": by_dimension(issue, middles[at]),
        "mean": by_dimension(issue, mean(positions[at], issue.stakes)),
        "positions": _by_actor(issue, positions[at]),
        "risk": _by_actor(issue, risks[at]),
        "moves": [
            {"actor": move.actor, "dimension": move.dimension, "how": move.how, "towards": move.towards, "to": move.end}
            for move in moves
        ],
    }


def _by_actor(issue: Issue, values: Floats) -> dict[str, Any]:
    return {actor.name: by_dimension(issue, row) for actor, row in zip(issue.actors, values, strict=True)}


def _restless(middles: Floats) -> str:
    if np.ptp(middles) == 0:
        return "; not settled, but for its median"
    return f"; not settled, its median lay between {shown(middles.min())} and {shown(middles.max())}"


def _moved(issue: Issue, dimension: str, moves: list[Move]) -> str:
    """Who of those with the most stakes went farthest, in the first round and all others."""
    number = issue.dimension(dimension)
    stakes = {actor.name: stake for actor, stake in zip(issue.actors, issue.stakes[:, number], strict=True)}
    own = [move for move in moves if move.dimension == dimension]
    if not own:
        return "nobody has an offer that it must take up"
    first = max(own, key=lambda move: stakes[move.actor] * abs(move.end - move.start))
    return (
        f"most is moved by {first.actor}'s {first.how} with {first.towards} in round {first.round}, "
        f"from {shown(first.start)} to {shown(first.end)}"
    )


def exchange(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    """Position exchange with equal gain. What it alone has is in percent of the scales, as Decide gives it."""
    table = (_percent(issue, issue.position), issue.salience, issue.capability)
    played = exchanges.play(*table, rounds=rounds)
    orders = max(_FEWEST, fitting(issue, "exchange", _REPETITIONS))
    spread = exchanges.spread(*table, rounds=rounds, repetitions=orders, seed=seed)
    states = np.array([played[0].start, *(one.voting for one in played)]) if played else table[0][np.newaxis]
    first = exchanges.outcomes(*table)
    outcome = played[-1].outcome if played else first
    moves = [
        Move(
            round=at,
            actor=issue.actors[side.actor].name,
            dimension=issue.dimensions[side.issue].name,
            start=float(_own(issue, side.start, side.issue)),
            end=float(_own(issue, side.end, side.issue)),
            how=f"for {issue.dimensions[other.issue].name}",
            towards=issue.actors[other.actor].name,
        )
        for at, one in enumerate(played, start=1)
        for trade in one.exchanges
        for side, other in (trade.sides, trade.sides[::-1])
    ]
    wide = spread.high[-1] - spread.low[-1] if rounds else np.zeros(len(issue.dimensions))
    return Result(
        model="exchange",
        setting=setting,
        outcome=_units(issue, outcome),
        positions=_units(issue, states),
        settled=bool(played) and not played[-1].exchanges,
        moves=tuple(moves),
        reasons={line.name: _traded(line.name, moves) for line in issue.dimensions},
        notes=(
            f"in {orders} orders of equally gainful trades, outcomes lie up to {wide.max():.1f} % of the scale "
            f"apart ({issue.dimensions[int(np.argmax(wide))].name})"
            + (f"; the table is too large for {_REPETITIONS} orders" if orders < _REPETITIONS else ""),
        ),
        details={
            "unit": "percent",
            "candidates": [_trade(issue, one) for one in exchanges.candidates(*table)],
            "initial": named(issue, first),
            "rounds": [
                {
                    "initial": named(issue, one.initial),
                    "outcome": named(issue, one.outcome),
                    "low": named(issue, spread.low[at]),
                    "mean": named(issue, spread.mean[at]),
                    "high": named(issue, spread.high[at]),
                    "exchanges": [
                        _trade(issue, trade) | {"effects": dict(zip(names(issue), effects.tolist(), strict=True))}
                        for trade, effects in zip(one.exchanges, one.effects, strict=True)
                    ],
                }
                for at, one in enumerate(played)
            ],
        },
    )


def names(issue: Issue) -> list[str]:
    """What the actors are called, in the order of the table."""
    return [actor.name for actor in issue.actors]


def _trade(issue: Issue, trade: exchanges.Exchange) -> dict[str, Any]:
    return {
        "gain": trade.gain,
        "valid": trade.valid,
        "sides": [
            {
                "actor": issue.actors[side.actor].name,
                "dimension": issue.dimensions[side.issue].name,
                "from": side.start,
                "to": side.end,
                "shift": side.shift,
            }
            for side in trade.sides
        ],
    }


def _traded(dimension: str, moves: list[Move]) -> str:
    own = [move for move in moves if move.dimension == dimension]
    if not own:
        return "nobody has anything to trade for it"
    first = max(own, key=lambda move: abs(move.end - move.start))
    return (
        f"most is moved by {first.actor}, which goes from {shown(first.start)} to {shown(first.end)} in return for "
        f"{first.towards}'s way on {first.how.removeprefix('for ')}"
    )


def election(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    """The spatial model by probabilistic Condorcet election."""
    attention = issue.salience.sum(axis=1).max()
    salience = issue.salience / max(attention, 1.0)
    capability = issue.capability.mean(axis=1)
    found = elections.elect(
        _percent(issue, issue.position),
        salience,
        capability,
        transitions="stochastic" if setting == "stochastic" else "deterministic",
        turns=rounds,
        seed=seed,
    )
    states = _units(issue, found.positions)
    targets = found.targets
    moves = tuple(
        Move(
            round=int(at) + 1,
            actor=issue.actors[i].name,
            dimension=line.name,
            start=float(states[at, i, number]),
            end=float(states[at + 1, i, number]),
            how="bargain",
            towards=issue.actors[targets[at, i]].name if targets[at, i] >= 0 else None,
        )
        for at, i, number in np.argwhere(states[1:] != states[:-1])
        for line in (issue.dimensions[number],)
    )
    likeliest = int(np.argmax(found.probabilities[-1]))
    notes = []
    if attention > 1:
        notes.append(f"an actor's saliences sum to {attention:.3g}; all were divided by it")
    if np.ptp(issue.capability, axis=1).any():
        notes.append("capabilities differ between dimensions; their means were taken")
    why = f"likeliest is the position of {issue.actors[likeliest].name} ({found.probabilities[-1, likeliest]:.0%})"
    return Result(
        model="election",
        setting=setting,
        outcome=_units(issue, found.outcome),
        positions=states,
        settled=found.settled,
        moves=moves,
        reasons={line.name: why for line in issue.dimensions},
        notes=tuple(notes),
        details={
            "positions": {name: row.tolist() for name, row in zip(names(issue), states[-1], strict=True)},
            "probabilities": dict(zip(names(issue), found.probabilities[-1].tolist(), strict=True)),
            "rounds": [
                {
                    "positions": {name: row.tolist() for name, row in zip(names(issue), state, strict=True)},
                    "probabilities": dict(zip(names(issue), chances.tolist(), strict=True)),
                }
                for state, chances in zip(states, found.probabilities, strict=True)
            ],
        },
    )


def _percent(issue: Issue, values: Floats) -> Floats:
    """Positions (…, dimensions) in percent of the scales."""
    return np.stack([line.scale.percent(values[..., at]) for at, line in enumerate(issue.dimensions)], axis=-1)


def _units(issue: Issue, values: Floats) -> Floats:
    """Percentages (…, dimensions) in the units of the scales."""
    return np.stack([_own(issue, values[..., at], at) for at in range(len(issue.dimensions))], axis=-1)


def _own(issue: Issue, values: Floats | float, at: int) -> Floats:
    scale = issue.dimensions[at].scale
    return np.asarray(scale.low + (scale.high - scale.low) * np.asarray(values) / 100)
