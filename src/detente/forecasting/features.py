"""What speaks for a candidate: numbers with names that an analyst understands, from days before the question alone.

A question is asked from either end: (source, r) for targets, (target, r + R) for sources, R being the number of
relations. "They" are the candidate, "it" is the event that is asked for. Counts fade with half-lives of 3, 14 and 60
days; a missing number says that there was no such thing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from detente.forecasting.candidates import (
    FIRST,
    followed,
    mark_first,
    mark_partners,
    popular,
    reached,
)
from detente.forecasting.counters import HALF_LIVES, Counters, Singles, recent
from detente.forecasting.factors import Factors
from detente.forecasting.history import Ints
from detente.forecasting.keys import Keys, Longs
from detente.forecasting.rules import (
    ALLIES,
    HABIT,
    LADDER,
    THROUGH_ALIKE,
    THROUGH_ALLY,
    Rules,
    allies,
    contexts,
    point,
)

_SPANS: Final = tuple(f"{life:g}-day" for life in HALF_LIVES)
_COUNTED: Final = ("days since {}", "days with {}", *(f"{{}}, {span}" for span in _SPANS))
"""What is told of each of the things that are counted."""

_THINGS: Final = (
    "it with them", "the same from them", "deeds to them", "deeds from them", "it done to them by anybody",
    "their part in such deeds", "their part in the opposite",
)  # fmt: skip
NAMES: Final = (
    *(name.format(thing) for thing in _THINGS for name in _COUNTED),
    "rhythm: days since it over its mean gap",
    "rhythm: spread of its gaps",
    "share of it on this weekday",
    *(f"share of this actor's doing it, {span}" for span in _SPANS),
    "share of this actor's doing it, ever",
    *(f"share of this actor's deeds, {span}" for span in _SPANS),
    "share of their dealings that are with this actor",
    "share of all cases of it that are theirs",
    "share of their part that is it",
    "relations that the pair has had",
    "days since the actor did it",
    "days on which the actor did it",
    "actor doing it, 14-day",
    "actor's deeds, 14-day",
    "it anywhere, 14-day",
    "how often the actor does it anew",
    "how often the actor deals with somebody new",
    "how often it is done anew",
    "how often it is done to somebody new",
    "rule: strongest of what the pair did",
    "rule: any of what the pair did",
    "habit: strongest of what the pair did",
    "habit: any of what the pair did",
    "rule through allies: strongest",
    "rule through allies: any",
    "rule through actors alike: strongest",
    "rule through actors alike: any",
    "context: strongest of what they went through",
    "context: any of what they went through",
    "reached through partners",
    "done to by allies and actors alike",
    "dealings likely by factors",
    "it likely by factors",
    "of the actor's country",
    "share of the actor's deeds that are with their country",
    "share of the actor's doing it that is with their country",
    "the actor's country doing it to them",
    "the actor's country dealing with them",
    "actor doing it to those like them",
    "actor's deeds to those like them",
    "it done to their sector",
    "the actor's sector dealing with theirs",
    "place by recency of it",
    "place by habit",
    "place by partners of partners",
    "place by allies and actors alike",
    "place by cases of it",
    "place by rules",
    "place by factors",
    "place by share of it",
    "place by dealings",
)
_PLACED: Final = np.array(
    [
        NAMES.index(name)
        for name in (
            "days since it with them",
            "habit: any of what the pair did",
            "reached through partners",
            "done to by allies and actors alike",
            "share of all cases of it that are theirs",
            "rule: any of what the pair did",
            "it likely by factors",
            "share of this actor's doing it, 60-day",
            "share of this actor's deeds, 60-day",
        )
    ]
)
PLACES: Final = slice(len(NAMES) - len(_PLACED), len(NAMES))
"""The columns that say at which place a candidate comes by one measure."""


@njit(cache=True)
def _told(x: Singles, at: int, counts: Counters, key: int, day: int, fade: Singles) -> None:
    """What is told of a key (`_COUNTED`), from column `at` on; -1 is a key without events."""
    if key < 0 or counts.days[key] == 0:
        x[at] = np.nan
        x[at + 1 : at + 5] = 0
        return
    x[at] = day - counts.last[key]
    x[at + 1] = counts.days[key]
    for life in range(3):
        x[at + 2 + life] = recent(counts, key, life, day, fade)


@njit(cache=True)
def _faded(counts: Counters, key: int, life: int, day: int, fade: Singles) -> float:
    if key < 0 or counts.days[key] == 0:
        return 0.0
    return recent(counts, key, life, day, fade)


@njit(cache=True)
def _part(one: float, of: float) -> float:
    return one / of if of > 0 else 0.0


@njit(cache=True)
def _places(x: Singles, of: int, into: int) -> None:
    """The place of each row by a column, from the largest, or of days from the least; equals share the last place."""
    value = -x[:, of]
    if of == 0:
        value = np.where(np.isnan(value), np.float32(np.inf), -value)
    order = np.argsort(value)
    at = len(order) - 1
    while at >= 0:
        place = at
        while at >= 0 and value[order[at]] == value[order[place]]:
            x[order[at], into] = place
            at -= 1


@njit(cache=True)
def ask(
    keys: Keys, counts: Counters, rules: Rules, factors: Factors, home: Ints, by_home: Ints, members: Longs,
    sectors: Ints, sizes: Singles, done: Singles, met: Singles,
    actors: Ints, relations: Ints, day: int, fade: Singles,
) -> tuple[Longs, Ints, Singles]:  # fmt: skip
    """Where each query's candidates begin, the candidates, and a row of features (`NAMES`) for each.

    `home` and what follows up to `met` are those of `Homes`. Queries of one actor are best asked one after another.
    """
    size, half = keys.actors, keys.relations // 2
    starts = np.zeros(len(actors) + 1, np.int64)
    room = max(1024, 400 * len(actors))
    candidates, table = np.empty(room, np.int32), np.empty((room, len(NAMES)), np.float32)
    reach, follow = np.zeros(size, np.float32), np.zeros(size, np.float32)
    part, likely, deals = np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32)
    active, kin = np.zeros(size, np.float32), np.zeros(size, np.float32)
    kin_doing, kin_deals = np.zeros(size, np.float32), np.zeros(size, np.float32)
    best, none = np.zeros((4, size), np.float32), np.zeros((4, size), np.float32)
    context_row, context_best, context_none = contexts(keys, counts, rules, relations, day)
    with_country, doing_country = np.zeros(len(members), np.float32), np.zeros(len(members), np.float32)
    pair_of, same_of, back_of = np.full(size, -1, np.int32), np.full(size, -1, np.int32), np.full(size, -1, np.int32)
    friends, things = np.zeros(ALLIES, np.int32), np.zeros(len(_THINGS), np.int64)
    for other in range(size):
        for role in range(2):
            active[other] += _faded(counts, keys.roles_at + 2 * other + role, 1, day, fade)
    before = -1
    for n in range(len(actors)):
        actor, relation = actors[n], relations[n]
        inverse = relation + half if relation < half else relation - half
        direction = 1 if relation >= half else 0
        pairs = range(keys.actor_pairs[actor], keys.actor_pairs[actor + 1])
        if actor != before:
            before = actor
            reached(keys, counts, actor, day, fade, reach)
            pair_of[:] = -1
            for pair in pairs:
                pair_of[keys.pair_other[pair]] = pair
            for other in range(size):
                total = 0.0
                for d in range(factors.actors.shape[1]):
                    total += factors.actors[actor, d] * factors.partners[other, d]
                deals[other] = total
        popular(keys, counts, factors, actor, relation, day, fade, part, likely)
        followed(keys, counts, actor, relation, day, fade, factors.alike, follow)
        # Countries: with which the actor deals, and what others of his own do.
        with_country[:] = 0
        doing_country[:] = 0
        for pair in pairs:
            country = home[keys.pair_other[pair]]
            if country >= 0:
                with_country[country] += _faded(counts, keys.directions_at + 2 * pair + direction, 2, day, fade)
        kin[:] = 0
        kin_doing[:] = 0
        kin_deals[:] = 0
        if home[actor] >= 0:
            for at in range(members[home[actor]], members[home[actor] + 1]):
                other = by_home[at]
                kin[other] = active[other]
                if other == actor or active[other] == 0:
                    continue
                for pair in range(keys.actor_pairs[other], keys.actor_pairs[other + 1]):
                    kin_deals[keys.pair_other[pair]] += _faded(
                        counts, keys.directions_at + 2 * pair + direction, 2, day, fade
                    )
                doing = keys.doing[other, relation]
                if doing >= 0:
                    for place in range(keys.doing_triples[doing], keys.doing_triples[doing + 1]):
                        triple = keys.doing_list[place]
                        kin_doing[keys.triple_other[triple]] += _faded(counts, triple, 2, day, fade)
        same_of[:] = -1
        back_of[:] = -1
        doing = keys.doing[actor, relation]
        if doing >= 0:
            for place in range(keys.doing_triples[doing], keys.doing_triples[doing + 1]):
                triple = keys.doing_list[place]
                other = keys.triple_other[triple]
                same_of[other] = triple
                if home[other] >= 0:
                    doing_country[home[other]] += _faded(counts, triple, 2, day, fade)
        opposite = keys.doing[actor, inverse]
        if opposite >= 0:
            for place in range(keys.doing_triples[opposite], keys.doing_triples[opposite + 1]):
                back_of[keys.triple_other[keys.doing_list[place]]] = keys.doing_list[place]
        best[:] = 0
        none[:] = 0
        point(keys, counts, rules, LADDER, actor, relation, day, best[0], none[0])
        point(keys, counts, rules, HABIT, actor, relation, day, best[1], none[1])
        for ally in range(allies(keys, counts, actor, day, fade, friends)):
            point(keys, counts, rules, THROUGH_ALLY, friends[ally], relation, day, best[2], none[2])
        for other in factors.alike[actor]:
            if other >= 0:
                point(keys, counts, rules, THROUGH_ALIKE, other, relation, day, best[3], none[3])
        context = -context_none[context_row[relation]]
        done_all, met_all = 1 + done[:, relation].sum(), 1 + met[:, sectors[actor]].sum()
        chosen = np.zeros(size, np.int32)
        mark_partners(keys, counts, actor, chosen)
        for scores in (part, likely, deals, reach, follow, kin, active, kin_doing, best[2], best[3], context):
            mark_first(scores, FIRST, chosen)
        listed = np.flatnonzero(chosen)
        first = starts[n]
        starts[n + 1] = first + len(listed)
        if starts[n + 1] > len(candidates):
            room = max(2 * len(candidates), starts[n + 1])
            wider, longer = np.empty((room, len(NAMES)), np.float32), np.empty(room, np.int32)
            wider[:first], longer[:first] = table[:first], candidates[:first]
            table, candidates = wider, longer
        candidates[first : starts[n + 1]] = listed
        did = keys.doings_at + doing if doing >= 0 else -1
        role, relation_key = keys.roles_at + 2 * actor + direction, keys.relations_at + relation
        for row in range(len(listed)):
            other, x = listed[row], table[first + row]
            pair, triple, theirs = pair_of[other], same_of[other], keys.doing[other, inverse]
            ahead = keys.directions_at + 2 * pair + direction if pair >= 0 else -1
            aback = keys.directions_at + 2 * pair + 1 - direction if pair >= 0 else -1
            done_to = keys.doings_at + theirs if theirs >= 0 else -1
            their_role = keys.roles_at + 2 * other + 1 - direction
            at = 0
            things[0], things[1], things[2], things[3] = triple, back_of[other], ahead, aback
            things[4], things[5], things[6] = done_to, their_role, keys.roles_at + 2 * other + direction
            for key in things:
                _told(x, at, counts, int(key), day, fade)
                at += 5
            x[at] = x[at + 1] = np.nan
            x[at + 2] = 0
            if triple >= 0 and counts.days[triple] > 0:
                x[at + 2] = counts.weekdays[triple, day % 7] / counts.events[triple]
                if counts.days[triple] > 1:
                    gaps = counts.days[triple] - 1
                    mean = (counts.last[triple] - counts.first[triple]) / gaps
                    x[at] = (day - counts.last[triple]) / mean
                    x[at + 1] = np.sqrt(max(counts.squares[triple] / gaps - mean * mean, 0.0)) / mean
            at += 3
            for life in range(3):
                x[at] = _part(_faded(counts, triple, life, day, fade), _faded(counts, did, life, day, fade))
                at += 1
            x[at] = counts.events[triple] / counts.events[did] if triple >= 0 and counts.events[did] else 0.0
            at += 1
            for life in range(3):
                x[at] = _part(_faded(counts, ahead, life, day, fade), _faded(counts, role, life, day, fade))
                at += 1
            their_part = _faded(counts, their_role, 2, day, fade)
            x[at] = _part(_faded(counts, ahead, 2, day, fade), their_part)
            x[at + 1] = _part(_faded(counts, done_to, 2, day, fade), _faded(counts, relation_key, 2, day, fade))
            x[at + 2] = _part(_faded(counts, done_to, 2, day, fade), their_part)
            at += 3
            x[at] = 0
            if pair >= 0:
                for each in range(keys.pair_triples[pair], keys.pair_triples[pair + 1]):
                    x[at] += counts.days[each] > 0
            at += 1
            x[at] = day - counts.last[did] if did >= 0 and counts.days[did] else np.nan
            x[at + 1] = counts.days[did] if did >= 0 else 0
            x[at + 2] = _faded(counts, did, 1, day, fade)
            x[at + 3] = _faded(counts, role, 1, day, fade)
            x[at + 4] = _faded(counts, relation_key, 1, day, fade)
            x[at + 5] = counts.new_triples[did] / counts.events[did] if did >= 0 and counts.events[did] else 1.0
            x[at + 6] = _part(counts.new_pairs[role], counts.events[role])
            x[at + 7] = _part(counts.new_triples[relation_key], counts.events[relation_key])
            x[at + 8] = _part(counts.new_pairs[relation_key], counts.events[relation_key])
            at += 9
            for kind in range(4):
                x[at] = best[kind, other]
                x[at + 1] = 1 - np.exp(none[kind, other])
                at += 2
            x[at] = context_best[context_row[relation], other]
            x[at + 1] = context[other]
            at += 2
            country = home[other]
            x[at] = reach[other]
            x[at + 1] = follow[other]
            x[at + 2] = deals[other]
            x[at + 3] = likely[other]
            x[at + 4] = country >= 0 and country == home[actor]
            x[at + 5] = _part(with_country[country], _faded(counts, role, 2, day, fade)) if country >= 0 else 0
            x[at + 6] = _part(doing_country[country], _faded(counts, did, 2, day, fade)) if country >= 0 else 0
            x[at + 7] = kin_doing[other]
            x[at + 8] = kin_deals[other]
            at += 9
            x[at] = x[at + 1] = 0
            for like in factors.alike[other]:
                if like >= 0:
                    x[at] += _faded(counts, same_of[like], 2, day, fade)
                    if pair_of[like] >= 0:
                        x[at + 1] += _faded(counts, keys.directions_at + 2 * pair_of[like] + direction, 2, day, fade)
            x[at] = _part(x[at], _faded(counts, did, 2, day, fade))
            x[at + 1] = _part(x[at + 1], _faded(counts, role, 2, day, fade))
            within = 1 if country >= 0 and country == home[actor] else 0
            sector = sectors[other]
            # Within a country there is one of each sector; among all, whoever is of it shares its part.
            among = 1.0 if within else sizes[sector]
            x[at + 2] = done[within, relation, sector] / done_all / among
            x[at + 3] = met[within, sectors[actor], sector] / met_all / among
        block = table[first : starts[n + 1]]
        for place in range(len(_PLACED)):
            _places(block, int(_PLACED[place]), len(NAMES) - len(_PLACED) + place)
    return starts, candidates[: starts[-1]], table[: starts[-1]]
