"""The arithmetic of `expected_utility`, compiled by numba: rounds of challenges over tables of actors.

Nothing here checks what it is given; `expected_utility` says what the quantities mean. A round takes 3 n² logarithms
and 3 n² exponentials for n actors, which is where its time goes: they are reckoned at one go by `_logs` and
`_powers`, which a compiler can turn into vector instructions, where those of the C library come one by one. A table
gives the same numbers whatever runs beside it, so that thousands of drawn tables are played by several threads.

Within a round actors stand in the order of their positions, so that sums over voters from the lowest upwards give every
vote, and arrays are read in the order in which they lie.
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

_SQUARES: Final = 9
"""Arrays of actors by actors that a round works in."""


def _compiled(function: Callable[P, R]) -> Callable[P, R]:
    """A function compiled, and kept beside this file or in the user's cache; where neither can be written, not kept.

    It runs without Python's lock, so that threads can play tables at the same time.
    """
    try:
        made = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(Callable[P, R], made)


@_compiled
def _logs(values: Floats, found: Floats) -> None:
    """Natural logarithms of values from 0 to 1 by the series of artanh, to 2e-16 of 1 + |ln|; of 0 about -709."""
    bits, out = values.view(np.uint64), found.view(np.uint64)
    for at in range(len(values)):
        # value = 2^power * part, with part from sqrt(1/2) to sqrt(2).
        power = (bits[at] - np.uint64(0x3FE6A09E667F3BCD) + np.uint64(0x3FF0000000000000)) >> np.uint64(52)
        out[at] = bits[at] - ((power - np.uint64(1023)) << np.uint64(52))
        part = found[at]
        s = (part - 1.0) / (part + 1.0)
        z = s * s
        series = 1 / 15 + z * (1 / 17 + z * (1 / 19 + z / 21))
        series = 1 / 9 + z * (1 / 11 + z * (1 / 13 + z * series))
        series = 1 / 3 + z * (1 / 5 + z * (1 / 7 + z * series))
        found[at] = (np.float64(power) - 1023.0) * 0.6931471805599453 + (2 * s + 2 * s * z * series)


@_compiled
def _powers(exponents: Floats, found: Floats) -> None:
    """e to the power of exponents that are 0 or less, by its series, to 1e-15; below -700 about 1e-304."""
    out = found.view(np.int64)
    for at in range(len(exponents)):
        x = max(exponents[at], -700.0)
        # Adding 1.5 * 2^52 rounds to a whole number, which is then in the lowest bits.
        found[at] = x * 1.4426950408889634 + 6755399441055744.0
        power = out[at] << 52
        whole = found[at] - 6755399441055744.0
        r = x - whole * 0.6931471803691238 - whole * 1.9082149292705877e-10
        z = r * r
        high = 1 / 362880 + r / 3628800 + z * (1 / 39916800 + r / 479001600)
        middle = 1 / 120 + r / 720 + z * (1 / 5040 + r / 40320)
        low = 1 + r + z * (1 / 2 + r / 6 + z * (1 / 24))
        found[at] = low + z * z * r * (middle + z * z * high)
        out[at] += power


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
    order = np.arange(len(position))
    room = _room(len(position))
    positions[0] = position
    for at in range(rounds):
        if not _round(
            positions[at], stakes, salience, width, per_pair, capitulates, least_move,
            positions[at + 1], risks[at], moves[at], targets[at], order, *room,
        ):  # fmt: skip
            return at
    return rounds


@_compiled
def settle(
    position: Floats,
    stakes: Floats,
    salience: Floats,
    rounds: int,
    per_pair: bool,
    capitulates: bool,
    least_move: bool,
    final: Floats,
) -> None:
    """Play up to `rounds` rounds on each of many tables (tables, actors); into `final`, where all stand then.

    Who has a NaN position takes no part, and has none in `final`.
    """
    for table in range(len(position)):
        here = np.flatnonzero(~np.isnan(position[table]))
        number = len(here)
        now, after, risk = position[table][here], np.empty(number), np.empty(number)
        own_stakes, own_salience = stakes[table][here], salience[table][here]
        moves, targets, order = np.empty(number, np.int64), np.empty(number, np.int64), np.arange(number)
        squares, rows, below = _room(number)
        width = now.max() - now.min() if number else 0.0
        for _ in range(rounds if width > 0 else 0):
            if not _round(
                now, own_stakes, own_salience, width, per_pair, capitulates, least_move,
                after, risk, moves, targets, order, squares, rows, below,
            ):  # fmt: skip
                break
            now, after = after, now
        for i in range(len(final[table])):
            final[table, i] = np.nan
        for a in range(number):
            final[table, here[a]] = now[a]


@_compiled
def _room(number: int) -> tuple[Floats, Floats, Floats]:
    """What `_round` works in."""
    return np.empty((_SQUARES, number * number)), np.empty((6, number)), np.empty((number + 1, number))


@_compiled
def _round(
    now: Floats,
    stakes: Floats,
    salience: Floats,
    width: float,
    per_pair: bool,
    capitulates: bool,
    least_move: bool,
    after: Floats,
    risk: Floats,
    moves: Ints,
    targets: Ints,
    order: Ints,
    squares: Floats,
    rows: Floats,
    below: Floats,
) -> bool:
    """One round from `now`, by actor; whether anybody moves. `order` is that of a round before, or any."""
    number = len(now)
    _sort(now, order)
    x, weight, care, r = rows[0], rows[1], rows[2], rows[3]
    for a in range(number):
        x[a], weight[a], care[a] = now[order[a]], stakes[order[a]], salience[order[a]]
    # Distances, and what utilities of success and failure are powers of; then their logarithms; then their powers.
    apart, farther, nearer = squares[0], squares[1], squares[2]
    votes, chance, against = squares[6], squares[7].reshape(number, number), squares[8].reshape(number, number)
    for a in range(number):
        for b in range(number):
            apart[a * number + b] = abs(x[a] - x[b]) / width
            votes[a * number + b] = weight[a] * apart[a * number + b]
    for at in range(number * number):
        farther[at], nearer[at] = 0.5 - 0.5 * apart[at], 0.5 + 0.5 * apart[at]
    _chances(x, votes, per_pair, below, chance, against)
    _risk(apart, care, against, r)
    for a in range(number):
        risk[order[a]] = r[a]
    _logs(squares[0:3].reshape(-1), squares[3:6].reshape(-1))
    for a in range(number):
        for at in range(a * number, (a + 1) * number):
            for part in range(3):
                squares[part, at] = r[a] * squares[3 + part, at]
    _powers(squares[0:3].reshape(-1), squares[3:6].reshape(-1))
    for a in range(number):
        for at in range(a * number, (a + 1) * number):
            votes[at] = weight[a] * squares[3, at]
    _chances(x, votes, per_pair, below, chance, against)
    return _offers(
        x, order, care, r, squares[4].reshape(number, number), squares[5].reshape(number, number), chance, against,
        capitulates, least_move, after, moves, targets, rows[4], rows[5],
    )  # fmt: skip


@_compiled
def _sort(now: Floats, order: Ints) -> None:
    """Sort actors by position, then by number: by insertion, as few change places from one round to the next."""
    for a in range(1, len(order)):
        i = order[a]
        b = a
        while b > 0 and (now[order[b - 1]] > now[i] or (now[order[b - 1]] == now[i] and order[b - 1] > i)):
            order[b] = order[b - 1]
            b -= 1
        order[b] = i


@_compiled
def _chances(x: Floats, votes: Floats, per_pair: bool, below: Floats, chance: Floats, against: Floats) -> None:
    """Into `chance[a, b]`, the share of votes for a's position against b's; into `against`, the same turned about.

    `votes[k, a]` is what k has against a's position. Whoever stands below the middle between two positions votes for
    the lower one. All are in the order of positions.
    """
    number = len(x)
    for a in range(number):
        below[0, a] = 0.0
    for k in range(number):
        for a in range(number):
            below[k + 1, a] = below[k, a] + votes[k * number + a]
    # What is voted for a's position against b's; it stands in `against` until all is known.
    total = 0.0
    for a in range(number):
        against[a, a] = 0.0
        middle = 0
        for b in range(a + 1, number):
            against[a, b] = against[b, a] = 0.0
            if x[a] == x[b]:
                continue
            while middle < number and 2 * x[middle] <= x[a] + x[b]:
                middle += 1
            low, high = below[middle, a], below[middle, b]
            against[a, b] = max(high - low, 0.0)
            against[b, a] = max(below[number, a] - low - below[number, b] + high, 0.0)
            total += 2 * (against[a, b] + against[b, a])
    for a in range(number):
        for b in range(number):
            whole = against[a, b] + against[b, a] if per_pair else total
            chance[a, b] = against[a, b] / whole if whole > 0 else 0.0
    for a in range(number):
        for b in range(number):
            against[a, b] = chance[b, a]


@_compiled
def _risk(apart: Floats, salience: Floats, against: Floats, risk: Floats) -> None:
    """Into `risk`, the exponents that follow from how well each actor is off among the challenges of all others."""
    number = len(risk)
    for a in range(number):
        risk[a] = 0.0
        for b in range(number):
            # With an exponent of 1 the utilities of success, failure and the status quo are 2, -2 and 0 distances.
            won = 2 * against[a, b] - 1
            risk[a] += 2 * apart[a * number + b] * (salience[a] * won + 1 - salience[a])
    most, least = risk.max(), risk.min()
    for a in range(number):
        share = (2 * risk[a] - most - least) / (most - least) if most > least else 0.0
        risk[a] = (1 - share / 3) / (1 + share / 3)


@_compiled
def _offers(
    x: Floats,
    order: Ints,
    salience: Floats,
    risk: Floats,
    farther: Floats,
    nearer: Floats,
    chance: Floats,
    against: Floats,
    capitulates: bool,
    least_move: bool,
    after: Floats,
    moves: Ints,
    targets: Ints,
    mine: Floats,
    theirs: Floats,
) -> bool:
    """Into `after`, where each actor stands once it has taken up the best offer made to it; whether anybody moved.

    `after`, `moves` and `targets` are by actor, all else in the order of positions: `farther` and `nearer` are the
    powers of which the utilities of success and failure are made.
    """
    moved = False
    number = len(x)
    for a in range(number):
        stays = 2 - 4 * 0.5 ** risk[a]
        for b in range(number):
            success, failure = 2 - 4 * farther[a, b], 2 - 4 * nearer[a, b]
            mine[b] = success - salience[b] * (1 - chance[a, b]) * (success - failure) - stays
            theirs[b] = success - salience[a] * (1 - against[a, b]) * (success - failure) - stays
        where, taken, target, best = x[a], STAYS, -1, np.inf
        for b in range(number):
            if x[a] == x[b]:
                continue
            if theirs[b] > mine[b] > 0:
                kind, there = CONFRONTATION, x[b]
                rank = abs(there - x[a])
            elif theirs[b] > -mine[b] > 0:
                kind, there = COMPROMISE, x[a] + (x[b] - x[a]) * abs(mine[b] / theirs[b])
                rank = abs(there - x[a]) if least_move else (theirs[b] * x[b] - mine[b] * x[a]) / (theirs[b] - mine[b])
            elif capitulates and theirs[b] > 0 > mine[b]:
                kind, there = CAPITULATION, x[b]
                rank = abs(there - x[a])
            else:
                continue
            first = rank == best and order[b] < target
            if taken == STAYS or kind < taken or (kind == taken and (rank < best or first)):
                where, taken, target, best = there, kind, order[b], rank
        i = order[a]
        after[i], moves[i], targets[i] = where, taken, target
        moved = moved or where != x[a]
    return moved
