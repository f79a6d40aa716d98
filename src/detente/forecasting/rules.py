"""What follows what, and after how long: cyclic temporal rules whose confidence is counted on past days.

A rule of length 1 says that whoever did r' with somebody some days ago does r with him: an escalation ladder where
the relations differ. The longer ones close a cycle through somebody else, as TLogic's do (Liu et al. 2022, AAAI 36):
of length 2 through an ally, with whom the actor deals much (actor, ally, other), of length 3 through somebody alike,
who has the same partners (actor, partner, likeness, other). A rule's confidence is how often it was right when asked:
of all to whom it pointed while its actor did r on a day, those with whom it was done. A day is learnt when it is
over.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.forecasting.counters import LAGS, Counters, Singles, lag_class, recent
from detente.forecasting.history import Ints
from detente.forecasting.keys import Keys, Longs

ALLIES: Final = 8
LONGEST: Final = 30
"""What an ally or somebody alike did longer ago points to nobody."""

_STRENGTH: Final = 20.0
"""A rule counts as if it had been asked this often beforehand, and been right as often as its body is for any head."""

_KINDS: Final = 5
LADDER, THROUGH_ALLY, THROUGH_ALIKE, HABIT, CONTEXT = range(_KINDS)
"""Kinds of rules: of length 1, 2 and 3; of length 1 by how often instead of how recently; and of what somebody went
through with whomever."""


class Rules(NamedTuple):
    """How often a rule pointed to somebody, and how often rightly: [kind, class of lag or number, r', r].

    The latter two are the same for any head.
    """

    asked: Singles
    right: Singles
    asked_any: Singles
    right_any: Singles


def no_rules(keys: Keys) -> Rules:
    """Nothing was learnt yet."""
    shape = (_KINDS, LAGS, keys.relations, keys.relations)
    return Rules(
        np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape[:3]).astype(np.float32),
        np.zeros(shape[:3]).astype(np.float32),
    )  # fmt: skip


@njit(cache=True)
def confidence(rules: Rules, kind: int, lag: int, body: int, head: int) -> float:
    """Of those to whom a rule points, the share with whom its head comes, shrunk to what its body is worth at all."""
    any_head = (rules.right_any[kind, lag, body] + 1.0) / (rules.asked_any[kind, lag, body] + 200.0)
    right, asked = rules.right[kind, lag, body, head], rules.asked[kind, lag, body, head]
    return float((right + _STRENGTH * any_head) / (asked + _STRENGTH))


@njit(cache=True)
def number_class(days: int) -> int:
    """The class of how many days with an event: 1, 2, to 4, to 8, …"""
    found = 0
    while days > 1 and found < LAGS - 1:
        days = (days + 1) // 2
        found += 1
    return found


@njit(cache=True)
def allies(keys: Keys, counts: Counters, actor: int, day: int, fade: Singles, found: Ints) -> int:
    """With whom an actor deals most these weeks, into `found`; how many they are."""
    weights = np.zeros(len(found))
    number = 0
    for pair in range(keys.actor_pairs[actor], keys.actor_pairs[actor + 1]):
        key = keys.directions_at + 2 * pair
        weight = 0.0
        for one in (key, key + 1):
            if counts.days[one]:
                weight += recent(counts, one, 1, day, fade)
        if weight < 0.1:
            continue
        at = number
        while at > 0 and weights[at - 1] < weight:
            at -= 1
        if at >= len(found):
            continue
        if number < len(found):
            number += 1
        for n in range(number - 1, at, -1):
            weights[n], found[n] = weights[n - 1], found[n - 1]
        weights[at], found[at] = weight, keys.pair_other[pair]
    return number


@njit(cache=True)
def _learn_one(
    keys: Keys, counts: Counters, rules: Rules, kind: int, through: int, head: int, day: int, answers: Ints
) -> None:
    """Ask all rules that go from `through`, an actor, and see who of those to whom they point is among the answers."""
    longest = day + 1 if kind in (LADDER, HABIT) else LONGEST
    for triple in range(keys.pair_triples[keys.actor_pairs[through]], keys.pair_triples[keys.actor_pairs[through + 1]]):
        if counts.days[triple] == 0 or day - counts.last[triple] > longest:
            continue
        body = keys.triple_relation[triple]
        at = number_class(counts.days[triple]) if kind == HABIT else lag_class(day - counts.last[triple])
        rules.asked[kind, at, body, head] += 1
        rules.asked_any[kind, at, body] += 1
        if answers[keys.triple_other[triple]]:
            rules.right[kind, at, body, head] += 1
            rules.right_any[kind, at, body] += 1


@njit(cache=True)
def _learn_context(
    keys: Keys, counts: Counters, rules: Rules, doings: Ints, heads: Ints, starts: Longs, others: Ints, day: int
) -> None:
    """Ask of everybody what he lately went through: all are pointed to by each question of the day."""
    asked = np.zeros((LAGS, keys.relations), np.float32)
    for doing in range(len(keys.doing_actor)):
        key = keys.doings_at + doing
        if counts.days[key] and day - counts.last[key] <= LONGEST:
            asked[lag_class(day - counts.last[key]), keys.doing_relation[doing]] += 1
    for n in range(len(doings)):
        for lag in range(LAGS):
            for body in range(keys.relations):
                rules.asked[CONTEXT, lag, body, heads[n]] += asked[lag, body]
                rules.asked_any[CONTEXT, lag, body] += asked[lag, body]
        for at in range(starts[n], starts[n + 1]):
            for doing in range(keys.actor_doings[others[at]], keys.actor_doings[others[at] + 1]):
                key = keys.doings_at + doing
                if counts.days[key] and day - counts.last[key] <= LONGEST:
                    lag, body = lag_class(day - counts.last[key]), keys.doing_relation[doing]
                    rules.right[CONTEXT, lag, body, heads[n]] += 1
                    rules.right_any[CONTEXT, lag, body] += 1


@njit(cache=True)
def learn(
    keys: Keys, counts: Counters, rules: Rules, alike: Ints, doings: Ints, starts: Longs, others: Ints, day: int,
    fade: Singles,
) -> None:  # fmt: skip
    """Learn from a day that is over, before it is counted.

    `doings` are what actors did that day; with whom stands in `others` from `starts[i]` to `starts[i + 1]`.
    """
    answers = np.zeros(keys.actors, np.int32)
    friends = np.zeros(ALLIES, np.int32)
    _learn_context(keys, counts, rules, doings, keys.doing_relation[doings], starts, others, day)
    for n in range(len(doings)):
        actor, head = keys.doing_actor[doings[n]], keys.doing_relation[doings[n]]
        for at in range(starts[n], starts[n + 1]):
            answers[others[at]] = 1
        for kind in (LADDER, HABIT):
            _learn_one(keys, counts, rules, kind, actor, head, day, answers)
        for ally in range(allies(keys, counts, actor, day, fade, friends)):
            _learn_one(keys, counts, rules, THROUGH_ALLY, friends[ally], head, day, answers)
        for other in alike[actor]:
            if other >= 0:
                _learn_one(keys, counts, rules, THROUGH_ALIKE, other, head, day, answers)
        for at in range(starts[n], starts[n + 1]):
            answers[others[at]] = 0


@njit(cache=True)
def point(
    keys: Keys, counts: Counters, rules: Rules, kind: int, through: int, head: int, day: int, best: Singles,
    none: Singles,
) -> None:  # fmt: skip
    """To whom the rules point that go from `through`: the strongest, and the chance that all are wrong, per actor."""
    longest = day + 1 if kind in (LADDER, HABIT) else LONGEST
    for triple in range(keys.pair_triples[keys.actor_pairs[through]], keys.pair_triples[keys.actor_pairs[through + 1]]):
        if counts.days[triple] == 0 or day - counts.last[triple] > longest:
            continue
        at = number_class(counts.days[triple]) if kind == HABIT else lag_class(day - counts.last[triple])
        sure = confidence(rules, kind, at, keys.triple_relation[triple], head)
        other = keys.triple_other[triple]
        best[other] = max(best[other], sure)
        none[other] += np.log(1 - min(sure, 0.99))


@njit(cache=True)
def contexts(
    keys: Keys, counts: Counters, rules: Rules, heads: Ints, day: int
) -> tuple[NDArray[np.int64], Singles, Singles]:
    """What the rules of context say of everybody, for each relation that is asked for: its row, then as of `point`."""
    row = np.full(keys.relations, -1, np.int64)
    for head in heads:
        if row[head] < 0:
            row[head] = row.max() + 1
    best = np.zeros((row.max() + 1, keys.actors), np.float32)
    none = np.zeros((row.max() + 1, keys.actors), np.float32)
    for doing in range(len(keys.doing_actor)):
        key = keys.doings_at + doing
        if counts.days[key] == 0 or day - counts.last[key] > LONGEST:
            continue
        lag, body, other = lag_class(day - counts.last[key]), keys.doing_relation[doing], keys.doing_actor[doing]
        for head in range(keys.relations):
            if row[head] >= 0:
                sure = confidence(rules, CONTEXT, lag, body, head)
                best[row[head], other] = max(best[row[head], other], sure)
                none[row[head], other] += np.log(1 - min(sure, 0.99))
    return row, best, none
