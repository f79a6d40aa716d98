"""The arithmetic of `expected_utility`, compiled by numba: rounds of challenges over one table of actors.

Nothing here checks what it is given; `expected_utility` says what the quantities mean. A round takes about 4 n²
logarithms and exponentials for n actors, always in one order: a table gives the same numbers whatever runs beside it,
so that thousands of drawn tables can be played in parallel.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

from detente.bargaining.issue import Floats, Ints

P = ParamSpec("P")
R = TypeVar("R")

STAYS: Final = 0
CONFRONTATION: Final = 1
COMPROMISE: Final = 2
CAPITULATION: Final = 3
"""What an actor's move is, in the order in which it is taken."""


def _compiled(function: Callable[P, R]) -> Callable[P, R]:
    """A function compiled, and kept beside this file or in the user's cache; where neither can be written, not kept."""
    try:
        made = njit(cache=True, error_model="numpy")(function)
    except RuntimeError:
        made = njit(error_model="numpy")(function)
    return cast(Callable[P, R], made)


@_compiled
def play(
    position: Floats,
    stakes: Floats,
    salience: Floats,
    rounds: int,
    width: float,
    per_pair: bool,
    capitulates: bool,
    least_move: bool,
    positions: Floats,
    risks: Floats,
    moves: Ints,
    targets: Ints,
) -> int:
    """Play up to `rounds` rounds and return how many were played before nobody moved.

    `position`, `stakes` and `salience` are by actor. The choices are those of `expected_utility.Choices`. Results go
    into the last four: `positions` (rounds + 1, actors) from the beginning, `risks`, `moves` and `targets` (rounds,
    actors), those of the round that leads from one row of `positions` to the next.
    """
    number = len(position)
    apart, votes, chance = np.empty((number, number)), np.empty((number, number)), np.empty((number, number))
    logs = np.empty((3, number, number))
    positions[0] = position
    for round in range(rounds):
        now = positions[round]
        order = np.argsort(now, kind="mergesort")
        for i in range(number):
            for j in range(i + 1):
                apart[i, j] = apart[j, i] = abs(now[i] - now[j]) / width
                logs[0, i, j] = logs[0, j, i] = np.log(apart[i, j])
                logs[1, i, j] = logs[1, j, i] = np.log(0.5 - 0.5 * apart[i, j])
                logs[2, i, j] = logs[2, j, i] = np.log(0.5 + 0.5 * apart[i, j])
        for voter in range(number):
            for i in range(number):
                votes[voter, i] = stakes[voter] * apart[voter, i]
        _chances(now, order, votes, per_pair, chance)
        _risk(apart, salience, chance, risks[round])
        for voter in range(number):
            for i in range(number):
                votes[voter, i] = stakes[voter] * np.exp(risks[round, voter] * logs[0, voter, i])
        _chances(now, order, votes, per_pair, chance)
        moved = _offers(
            now,
            logs,
            salience,
            risks[round],
            chance,
            capitulates,
            least_move,
            positions[round + 1],
            moves[round],
            targets[round],
        )
        if not moved:
            return round
    return rounds


@_compiled
def _chances(now: Floats, order: Ints, votes: Floats, per_pair: bool, chance: Floats) -> None:
    """Into `chance[i, j]`, the share of votes for i's position against j's.

    `votes[k, i]` is what k has against i's position, and `order` sorts positions. Whoever stands below the middle
    between two positions votes for the lower one, so that sums over voters from the lowest upwards give every vote.
    """
    number = len(now)
    below = np.zeros((number + 1, number))
    for k in range(number):
        below[k + 1] = below[k] + votes[order[k]]
    total = 0.0
    chance[:] = 0.0
    for low in range(number):
        i = order[low]
        middle = 0
        for high in range(low + 1, number):
            j = order[high]
            if now[i] == now[j]:
                continue
            while middle < number and 2 * now[order[middle]] <= now[i] + now[j]:
                middle += 1
            chance[i, j] = max(below[middle, j] - below[middle, i], 0.0)
            chance[j, i] = max(below[number, i] - below[middle, i] - below[number, j] + below[middle, j], 0.0)
            total += 2 * (chance[i, j] + chance[j, i])
    for i in range(number):
        for j in range(i):
            every = chance[i, j] + chance[j, i] if per_pair else total
            if every > 0:
                chance[i, j] /= every
                chance[j, i] /= every


@_compiled
def _risk(apart: Floats, salience: Floats, chance: Floats, risk: Floats) -> None:
    """Into `risk`, the exponents that follow from how well each actor is off among the challenges of all others."""
    number = len(risk)
    for i in range(number):
        risk[i] = 0.0
        for j in range(number):
            # With an exponent of 1 the utilities of success, failure and the status quo are 2, -2 and 0 distances.
            won = 2 * chance[j, i] - 1
            risk[i] += 2 * apart[i, j] * (salience[i] * won + 1 - salience[i])
    most, least = risk.max(), risk.min()
    for i in range(number):
        share = (2 * risk[i] - most - least) / (most - least) if most > least else 0.0
        risk[i] = (1 - share / 3) / (1 + share / 3)


@_compiled
def _offers(
    now: Floats,
    logs: Floats,
    salience: Floats,
    risk: Floats,
    chance: Floats,
    capitulates: bool,
    least_move: bool,
    after: Floats,
    moves: Ints,
    targets: Ints,
) -> bool:
    """Into `after`, where each actor stands once it has taken up the best offer made to it; whether anybody moved."""
    moved = False
    for i in range(len(now)):
        after[i], moves[i], targets[i] = now[i], STAYS, -1
        best = np.inf
        stays = 2 - 4 * 0.5 ** risk[i]
        for j in range(len(now)):
            if now[i] == now[j]:
                continue
            success = 2 - 4 * np.exp(risk[i] * logs[1, i, j])
            failure = 2 - 4 * np.exp(risk[i] * logs[2, i, j])
            mine = success - salience[j] * (1 - chance[i, j]) * (success - failure) - stays
            theirs = success - salience[i] * (1 - chance[j, i]) * (success - failure) - stays
            if theirs > mine > 0:
                kind, where, rank = CONFRONTATION, now[j], abs(now[j] - now[i])
            elif theirs > -mine > 0:
                kind, where = COMPROMISE, now[i] + (now[j] - now[i]) * abs(mine / theirs)
                rank = abs(where - now[i]) if least_move else (theirs * now[j] - mine * now[i]) / (theirs - mine)
            elif capitulates and theirs > 0 > mine:
                kind, where, rank = CAPITULATION, now[j], abs(now[j] - now[i])
            else:
                continue
            if moves[i] == STAYS or kind < moves[i] or (kind == moves[i] and rank < best):
                after[i], moves[i], targets[i], best = where, kind, j, rank
        moved = moved or after[i] != now[i]
    return moved
