"""How often and how recently each of the `Keys` was seen: the state of a pass over a history in the order of time.

A day is taken in as a whole and only when it is over: what is asked of a day knows nothing of that day.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.forecasting.history import Ints
from detente.forecasting.keys import Keys

Singles = NDArray[np.float32]

HALF_LIVES: Final = (3.0, 14.0, 60.0)
"""Days after which an event counts half: of the week, the month, the season."""

LAG_ENDS: Final = np.array([1, 3, 7, 14, 30, 90], np.int64)
"""The last days of the classes of lags; a longer lag is of one more class."""

LAGS: Final = len(LAG_ENDS) + 1


class Counters(NamedTuple):
    """Of each key: events, days with events, first and last day, events with each half-life as of the last day.

    `squares` sums the squared gaps between days with events. `new_triples` and `new_pairs` count how many of the events
    were the first of their triple and of their pair. `weekdays` says on which of seven days a triple was seen.
    """

    events: Ints
    days: Ints
    first: Ints
    last: Ints
    recent: Singles
    squares: Singles
    new_triples: Ints
    new_pairs: Ints
    weekdays: Ints


def counters(keys: Keys) -> Counters:
    """Nothing was seen yet."""

    def zeros() -> Ints:
        return np.zeros(keys.size, np.int32)

    return Counters(
        zeros(),
        zeros(),
        zeros(),
        zeros(),
        np.zeros((keys.size, len(HALF_LIVES)), np.float32),
        np.zeros(keys.size, np.float32),
        zeros(),
        zeros(),
        np.zeros((len(keys.triple_other), 7), np.int32),
    )


def fading(days: int) -> Singles:
    """What is left of an event after 0 to `days` - 1 days, a row per half-life."""
    return np.float32(0.5) ** (np.arange(days, dtype=np.float32) / np.array(HALF_LIVES, np.float32)[:, None])


@njit(cache=True)
def recent(counts: Counters, key: int, life: int, day: int, fade: Singles) -> float:
    """Events of a key as of `day`, each counting less the older it is."""
    age = min(day - counts.last[key], fade.shape[1] - 1)
    return float(counts.recent[key, life] * fade[life, age])


@njit(cache=True)
def _count(counts: Counters, key: int, day: int, fade: Singles) -> None:
    last = counts.last[key]
    for life in range(fade.shape[0]):
        counts.recent[key, life] = 1.0 + recent(counts, key, life, day, fade)
    if counts.days[key] == 0:
        counts.first[key] = day
    elif last < day:
        counts.squares[key] += float(day - last) ** 2
    if counts.days[key] == 0 or last < day:
        counts.days[key] += 1
    counts.events[key] += 1
    counts.last[key] = day


@njit(cache=True)
def take_in(keys: Keys, counts: Counters, triples: Ints, actors: Ints, day: int, fade: Singles) -> None:
    """Count the events of a day, given by their triples and actors, from both ends."""
    half = keys.relations // 2
    for n in range(len(triples)):
        triple = triples[n]
        relation, pair = keys.triple_relation[triple], keys.triple_pair[triple]
        direction = 1 if relation >= half else 0
        # New is what no earlier day knew.
        new_triple = counts.days[triple] == 0 or counts.first[triple] == day
        one, other = keys.directions_at + 2 * pair, keys.directions_at + 2 * pair + 1
        new_pair = (counts.days[one] == 0 or counts.first[one] == day) and (
            counts.days[other] == 0 or counts.first[other] == day
        )
        wider = (
            keys.doings_at + keys.doing[actors[n], relation],
            keys.relations_at + relation,
            keys.roles_at + 2 * actors[n] + direction,
        )
        counts.weekdays[triple, day % 7] += 1
        _count(counts, triple, day, fade)
        _count(counts, one + direction, day, fade)
        for key in wider:
            _count(counts, key, day, fade)
            counts.new_triples[key] += new_triple
            counts.new_pairs[key] += new_pair


@njit(cache=True)
def lag_class(days: int) -> int:
    """The class of a lag in days."""
    for n in range(len(LAG_ENDS)):
        if days <= LAG_ENDS[n]:
            return n
    return len(LAG_ENDS)
