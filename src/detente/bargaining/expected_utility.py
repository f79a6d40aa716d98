"""Expected utility: rounds of challenges, by Bueno de Mesquita's model as Scholz, Calbert and Smith unravelled it.

Bueno de Mesquita 1994 (in Bueno de Mesquita and Stokman, European Community Decision Making, ch. 4); Scholz, Calbert
and Smith 2011, Unravelling Bueno De Mesquita's group decision model, Journal of Theoretical Politics 23(4). On one
dimension with positions x, capabilities c, saliences s, and the distance |x_i - x_j| as a share d_ij of the width of
the positions at the beginning, a round is:

1. Votes. Of i's position against j's, actor k casts c_k s_k (d_kj^r_k - d_ki^r_k) for i where that is above 0, and for
   j where it is below. P_ij is the votes for i by a denominator (see `Choices`), 0 where both stand on one point.
2. Expected utility of i's challenge to j, as a viewer with the risk exponent r sees it:
       E(i, j) = s_j (P_ij U_success + (1 - P_ij) U_failure) + (1 - s_j) U_success - U_status_quo
       U_success = 2 - 4 (1/2 - d_ij/2)^r,  U_failure = 2 - 4 (1/2 + d_ij/2)^r,  U_status_quo = 2 - 4 (1/2)^r
   This is the paper's with Q = 1: without the challenge, things stay as they are.
3. Risk exponents. With all r = 1, D_i = Σ_j E(j, i) is how well i is off among all challenges. D on the line from -1
   (least of all actors) to 1 (most) is R_i, and r_i = (1 - R_i/3) / (1 + R_i/3), from 1/2 to 2.
4. Offers. With these r in 1 and 2, i sees E(i, j) = a and E(j, i) = b:
       confrontation   b > a > 0              i goes to x_j
       compromise      b > -a > 0             i goes to x_i + (x_j - x_i) |a/b|
       capitulation    -a >= b > 0            i goes to x_j
5. Moves. All move at once, each by the best offer that it has: a confrontation before a compromise before a
   capitulation, of those of a kind as `Choices` says, of equal ones that of the first in the table.

Play ends after the given rounds, or before a round in which nobody would move. The outcome is the median.

What the literature disputes, or leaves open, and what is chosen here in every setting: Q is 1 (1994, 2011; later papers
of Bueno de Mesquita have 1/2). The width stays that of the beginning. Both expected utilities of a pair are seen by the
one that moves. Everybody moves at once. What differs stands in `Choices`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from detente.bargaining.issue import Floats, Ints

Kind = Literal["confrontation", "compromise", "capitulation"]

KINDS: Final[tuple[Kind | None, ...]] = (None, "confrontation", "compromise", "capitulation")
"""What the numbers of moves mean."""


@dataclass(frozen=True)
class Choices:
    """What is decided where the literature is not of one mind."""

    votes_of: Literal["all", "pair"] = "all"
    """P's denominator: all votes on all pairs of actors, in both orders, or those on the pair alone. The paper's
    equation reads as the pair, but its published run is reached by all pairs only: by pairs nobody moves on the
    emission standards. By all pairs P_ij and P_ji sum to less than 1."""
    capitulates: bool = True
    """Whether capitulation is reached. In the script of 2014 a condition tested before keeps it from ever being so."""
    nearest: bool = False
    """Of several compromises, whether the one that asks for the least move is taken, as the paper says, or the one of
    which (|a| x_i + b x_j) / (|a| + b) is least, as the script has it. That prefers low positions, but the
    published run is reached by it, and not by the least move."""


SETTINGS: Final[Mapping[str, Choices]] = MappingProxyType(
    {
        "paper": Choices(),
        "scholz-code": Choices(capitulates=False),
        "equations": Choices(votes_of="pair", nearest=True),
    }
)
"""`paper` reaches the run that the paper published but for one figure (docs/bargaining.md), `scholz-code` is the public
script of 2014, `equations` reads the paper's text to the letter."""


@dataclass(frozen=True)
class Play:
    """What happened: arrays by round and actor."""

    positions: Floats
    """(rounds + 1, actors): at the beginning, and after each round that was played."""
    risks: Floats
    """(rounds, actors): the exponents of each round."""
    moves: Ints
    """(rounds, actors): what each actor did, an index of `KINDS`."""
    targets: Ints
    """(rounds, actors): to whom it moved, an index of actors; -1 where it stayed."""
    settled: bool
    """Whether nobody would move any more."""


def play(position: Floats, capability: Floats, salience: Floats, rounds: int, choices: Choices) -> Play:
    """Play up to `rounds` rounds on one dimension; arrays are by actor, positions in any unit, none of them NaN."""
    from detente.bargaining import challenges

    number = len(position)
    positions, risks = np.empty((rounds + 1, number)), np.empty((rounds, number))
    moves, targets = np.zeros((rounds, number), np.int64), np.full((rounds, number), -1, np.int64)
    width = float(np.ptp(position))
    positions[0] = position
    played = 0
    if width > 0:
        played = challenges.play(
            np.ascontiguousarray(position),
            np.ascontiguousarray(capability * salience),
            np.ascontiguousarray(salience),
            rounds,
            width,
            choices.votes_of == "pair",
            choices.capitulates,
            choices.nearest,
            positions,
            risks,
            moves,
            targets,
        )
    return Play(
        positions[: played + 1], risks[:played], moves[:played], targets[:played], width == 0 or played < rounds
    )


def settle(position: Floats, capability: Floats, salience: Floats, rounds: int, choices: Choices) -> Floats:
    """Where all stand after up to `rounds` rounds on many tables: each array (tables, actors, dimensions).

    Who has a NaN position takes no part. Each table goes as in `play`, on all cores at once.
    """
    from detente.bargaining import challenges

    arrays = (position, capability * salience, salience)
    x, stakes, care = (np.ascontiguousarray(np.moveaxis(each, 2, 0)) for each in arrays)
    found = np.empty(x.shape)
    cores = _cores()
    size = max(1, -(-len(position) // cores))
    parts = [(k, slice(first, first + size)) for k in range(len(x)) for first in range(0, len(position), size)]

    def settled(part: tuple[int, slice]) -> None:
        challenges.settle(
            x[part],
            stakes[part],
            care[part],
            rounds,
            choices.votes_of == "pair",
            choices.capitulates,
            choices.nearest,
            found[part],
        )

    with ThreadPoolExecutor(cores) as pool:
        deque(pool.map(settled, parts), maxlen=0)
    return np.moveaxis(found, 0, 2)


def _cores() -> int:
    """On how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
