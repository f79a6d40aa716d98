"""Who deals with whom, in few dimensions: what a pair without a past is likely to have in common with others.

Truncated singular value decompositions of fading counts (for the idea Koren et al. 2009, Computer 42): of all dealings
of two actors, and of what each actor does with whom in which relation.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from detente.forecasting.counters import Counters, Singles
from detente.forecasting.history import Ints
from detente.forecasting.keys import Keys

DIMENSIONS: Final = 40
ALIKE: Final = 8
_LIFE: Final = 2
_BLOCK: Final = 1000
_BUSY: Final = 4.0
"""Of actors with less than this, who they resemble is chance."""


class Factors(NamedTuple):
    """Rows of `actors` @ `partners` say how much two deal, of `doers` @ `deeds` how much an actor does what a doing is.

    A deed is numbered as the doing of the other end: (a, r, b) is in row a and in the column of b's doing with r from
    its end. `alike` has the actors whose dealings resemble most, -1 where there are none.
    """

    actors: Singles
    partners: Singles
    doers: Singles
    deeds: Singles
    alike: Ints


def no_factors(keys: Keys) -> Factors:
    """Nothing is known yet."""
    one, doings = np.zeros((keys.actors, DIMENSIONS), np.float32), len(keys.doing_actor)
    return Factors(
        one, one, one, np.zeros((doings, DIMENSIONS), np.float32), np.full((keys.actors, ALIKE), -1, np.int32)
    )


def factorise(keys: Keys, counts: Counters, day: int) -> Factors:
    """Factors of what was counted before `day`."""
    triples = np.flatnonzero(counts.days[: keys.directions_at])
    age = day - counts.last[triples]
    weight = counts.recent[triples, _LIFE] * np.float32(0.5) ** (age / np.float32(60))
    pair = keys.triple_pair[triples]
    actor = np.searchsorted(keys.actor_pairs, pair, "right") - 1
    other, relation = keys.triple_other[triples], keys.triple_relation[triples]
    half = keys.relations // 2
    doing = keys.doing[other, np.where(relation < half, relation + half, relation - half)]
    empty = no_factors(keys)
    actors, partners = _low_rank(actor, other, weight, (keys.actors, keys.actors))
    doers, deeds = _low_rank(actor, doing, weight, (keys.actors, len(keys.doing_actor)))
    if actors is None or partners is None or doers is None or deeds is None:
        return empty
    dealings = np.bincount(actor, weight, keys.actors)
    return Factors(actors, partners, doers, deeds, _alike(actors, dealings >= _BUSY))


def _low_rank(
    rows: NDArray[np.integer], columns: NDArray[np.integer], weight: Singles, shape: tuple[int, int]
) -> tuple[Singles, Singles] | tuple[None, None]:
    """Two matrices whose product is near the weights, damped so that the busiest do not decide all."""
    known_rows, row = np.unique(rows, return_inverse=True)
    known_columns, column = np.unique(columns, return_inverse=True)
    size = (len(known_rows), len(known_columns))
    if min(size) <= DIMENSIONS + 1:
        return None, None
    table = csr_array((weight.astype(np.float64), (row.ravel(), column.ravel())), shape=size)
    table.sum_duplicates()
    table.data = np.log1p(table.data)
    of_row, of_column = np.sqrt(table.sum(axis=1) + 1), np.sqrt(table.sum(axis=0) + 1)
    table.data /= np.sqrt(of_row[table.nonzero()[0]] * of_column[table.indices])
    start = np.random.default_rng(0).normal(size=min(size))
    left, strength, right = svds(table, k=DIMENSIONS, v0=start)
    one, other = np.zeros((shape[0], DIMENSIONS), np.float32), np.zeros((shape[1], DIMENSIONS), np.float32)
    one[known_rows] = left * strength * np.sqrt(of_row)[:, None]
    other[known_columns] = right.T * np.sqrt(of_column)[:, None]
    return one, other


def _alike(actors: Singles, busy: NDArray[np.bool_]) -> Ints:
    """The busy actors of most similar dealings, by the cosine of their rows."""
    length = np.sqrt((actors**2).sum(axis=1))
    known, models = np.flatnonzero(length > 0), np.flatnonzero((length > 0) & busy)
    unit = actors / np.maximum(length, np.finfo(np.float32).tiny)[:, None]
    found = np.full((len(actors), ALIKE), -1, np.int32)
    if len(models) <= ALIKE:
        return found
    for start in range(0, len(known), _BLOCK):
        block = known[start : start + _BLOCK]
        cosine = unit[block] @ unit[models].T
        cosine[block[:, None] == models] = -1  # nobody is a model of himself
        found[block] = models[np.argpartition(-cosine, ALIKE, axis=1)[:, :ALIKE]]
    return found
