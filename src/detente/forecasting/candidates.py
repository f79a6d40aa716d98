"""Who may be the answer: everybody for whom anything speaks, as what is never listed can never be forecast.

All with whom the actor ever dealt; of everybody else those who come first by one of a few measures.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from detente.forecasting.counters import Counters, Singles, recent
from detente.forecasting.factors import Factors
from detente.forecasting.history import Ints
from detente.forecasting.keys import Keys
from detente.forecasting.rules import ALLIES, allies

FIRST: Final = 60
"""Of those who come first by a measure, so many are listed."""

_LIFE: Final = 2


@njit(cache=True)
def mutual(counts: Counters, direction: int, life: int, day: int, fade: Singles) -> float:
    """Dealings of a pair in both directions; `direction` is the key of the first."""
    total = 0.0
    for key in (direction, direction + 1):
        if counts.days[key]:
            total += recent(counts, key, life, day, fade)
    return total


@njit(cache=True)
def reached(keys: Keys, counts: Counters, actor: int, day: int, fade: Singles, chance: Singles) -> None:
    """Where one comes who walks from an actor to a partner and on to a partner of his, into `chance`.

    At each step a partner is as likely as he has part in the dealings; [actors], filled with 0 before.
    """
    chance[:] = 0
    first, last = keys.actor_pairs[actor], keys.actor_pairs[actor + 1]
    total = 0.0
    for pair in range(first, last):
        total += mutual(counts, keys.directions_at + 2 * pair, _LIFE, day, fade)
    for pair in range(first, last):
        weight = mutual(counts, keys.directions_at + 2 * pair, _LIFE, day, fade)
        if weight < 0.05:
            continue
        via = keys.pair_other[pair]
        beyond = 0.0
        for role in (keys.roles_at + 2 * via, keys.roles_at + 2 * via + 1):
            if counts.days[role]:
                beyond += recent(counts, role, _LIFE, day, fade)
        for onward in range(keys.actor_pairs[via], keys.actor_pairs[via + 1]):
            step = mutual(counts, keys.directions_at + 2 * onward, _LIFE, day, fade)
            if step > 0:
                chance[keys.pair_other[onward]] += weight / total * step / beyond
    chance[actor] = 0


@njit(cache=True)
def followed(
    keys: Keys, counts: Counters, actor: int, relation: int, day: int, fade: Singles, alike: Ints, chance: Singles
) -> None:
    """With whom allies and those alike do a relation, into `chance`: the sum of the shares of their doings in it."""
    chance[:] = 0
    through = np.zeros(ALLIES + alike.shape[1], np.int32)
    number = allies(keys, counts, actor, day, fade, through[:ALLIES])
    for other in alike[actor]:
        if other >= 0:
            through[number] = other
            number += 1
    for via in through[:number]:
        doing = keys.doing[via, relation]
        if doing < 0 or counts.days[keys.doings_at + doing] == 0:
            continue
        total = recent(counts, keys.doings_at + doing, _LIFE, day, fade)
        for at in range(keys.doing_triples[doing], keys.doing_triples[doing + 1]):
            triple = keys.doing_list[at]
            if counts.days[triple]:
                chance[keys.triple_other[triple]] += recent(counts, triple, _LIFE, day, fade) / total
    chance[actor] = 0


@njit(cache=True)
def popular(
    keys: Keys, counts: Counters, factors: Factors, actor: int, relation: int, day: int, fade: Singles,
    part: Singles, likely: Singles,
) -> None:  # fmt: skip
    """Of all to whom a relation was ever done: how often these months, and how likely by factors for this actor."""
    half = keys.relations // 2
    inverse = relation + half if relation < half else relation - half
    part[:] = 0
    likely[:] = 0
    for at in range(keys.relation_doings[inverse], keys.relation_doings[inverse + 1]):
        doing = keys.relation_list[at]
        if counts.days[keys.doings_at + doing] == 0:
            continue
        other = keys.doing_actor[doing]
        part[other] = recent(counts, keys.doings_at + doing, _LIFE, day, fade)
        total = 0.0
        for n in range(factors.doers.shape[1]):
            total += factors.doers[actor, n] * factors.deeds[doing, n]
        likely[other] = total


@njit(cache=True)
def mark_first(scores: Singles, most: int, chosen: Ints) -> None:
    """Mark those with a score above 0 who come first; equals of the last one are left out unless all fit."""
    positive = scores[scores > 0]
    least = 0.0
    if len(positive) > most:
        least = np.partition(positive, len(positive) - most - 1)[len(positive) - most - 1]
    for n in range(len(scores)):
        if scores[n] > least:
            chosen[n] = 1


@njit(cache=True)
def mark_partners(keys: Keys, counts: Counters, actor: int, chosen: Ints) -> None:
    """Mark all with whom an actor ever dealt."""
    for pair in range(keys.actor_pairs[actor], keys.actor_pairs[actor + 1]):
        key = keys.directions_at + 2 * pair
        if counts.days[key] or counts.days[key + 1]:
            chosen[keys.pair_other[pair]] = 1
