"""Decisions by a rule: a coalition with a quota of the power, and actors who have a veto, against the status quo.

In one dimension an actor at x_i prefers p to the status quo q where |p - x_i| < |q - x_i|, so that it goes along with a
proposal as far as the mirror image of q beyond its own position, 2 x_i - q. A proposer gets what it wants up to the
reach of the actor whose consent decides: the pivot (Romer and Rosenthal 1978, Public Choice 33; Krehbiel 1998, Pivotal
Politics, ch. 2). Under unanimity, or where a pivot or veto player stands on the other side of q, nothing moves:
gridlock (Tsebelis 2002, Veto Players, ch. 1). Who is indifferent agrees.

Votes are weighted by capability alone: what a rule counts does not depend on how much anybody cares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.bargaining.issue import Bools, Floats

MAJORITY: Final = 0.5
"""The quota where no rule is stated: half of the power decides, for who is indifferent agrees."""

_ROUNDING: Final = 1e-12


@dataclass(frozen=True)
class Decision:
    """What a rule lets through on one dimension."""

    outcome: float
    reach: Floats
    """By actor, how far from the status quo towards the proposal it goes along, in the units of the scale."""
    blockers: Bools
    """Who keeps the proposal from passing whole: those who go along less far, where the rule needs any of them."""


def decide(
    position: Floats, power: Floats, veto: Bools, proposal: float, status_quo: float, quota: float = MAJORITY
) -> Decision:
    """How much of `proposal` passes. Arrays are by actor of one dimension; who has a NaN position has no vote.

    `quota` is the share of all power that has to agree, above 0 to 1. Raises `ValueError` for another, or where nobody
    with a position has power.
    """
    known = ~np.isnan(position)
    votes = np.where(known, power, 0.0)
    total = float(votes.sum())
    if not 0 < quota <= 1 or total <= 0:
        raise ValueError("a quota above 0 to 1 and some power are wanted")
    way, wanted = np.sign(proposal - status_quo), abs(proposal - status_quo)
    reach = np.where(known, np.maximum(0.0, 2 * (position - status_quo) * way), 0.0)
    order = np.argsort(-reach, kind="stable")
    agreed = np.cumsum(votes[order]) >= quota * total * (1 - _ROUNDING)
    allowed = float(reach[order][np.argmax(agreed)])
    vetoes = veto & known
    if vetoes.any():
        allowed = min(allowed, float(reach[vetoes].min()))
    short = known & (reach < wanted * (1 - _ROUNDING))
    # Who has a veto blocks by it; the others only together, where those who go along all the way are too few.
    too_few = votes[known & ~short].sum() < quota * total * (1 - _ROUNDING)
    whole = allowed >= wanted * (1 - _ROUNDING)
    outcome = proposal if whole else float(status_quo + way * allowed)
    return Decision(outcome, reach, short & (vetoes | (too_few & (votes > 0))))
