"""Whatever is counted of a history, with a number: triples, pairs, what an actor does, relations, roles of actors.

Every event is seen from both ends, so that one kind of question is enough: (source, r, target) and (target, r + R,
source), R being the number of relations. The numbers say only what is among the events; what was seen by when stands in
`counters`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.forecasting.history import History, Ints

Longs = NDArray[np.int64]


class Keys(NamedTuple):
    """Numbers of what is counted. One space of numbers holds all kinds; an `..._at` says where a kind begins in it.

    Triples (actor, relation, other) come first, in the order of actor, other, relation. The triples of pair p lie
    between `pair_triples[p]` and `pair_triples[p + 1]`, the pairs of actor a between `actor_pairs[a]` and
    `actor_pairs[a + 1]`. A doing is an actor with a relation: `doing[a, r]`, or -1; those of an actor
    lie between `actor_doings[a]` and `actor_doings[a + 1]`, its triples are
    `doing_list[doing_triples[d]:doing_triples[d + 1]]`, in the order of the other; all doings with relation r are
    `relation_list[relation_doings[r]:relation_doings[r + 1]]`. A pair has two directions: 2 p + (r ≥ R); so has an
    actor.
    """

    actors: int
    relations: int
    triple_relation: Ints
    triple_other: Ints
    triple_pair: Ints
    pair_other: Ints
    pair_triples: Longs
    actor_pairs: Longs
    doing: Ints
    doing_actor: Ints
    doing_relation: Ints
    actor_doings: Longs
    doing_list: Ints
    doing_triples: Longs
    relation_list: Ints
    relation_doings: Longs
    directions_at: int
    doings_at: int
    relations_at: int
    roles_at: int
    size: int


class Seen(NamedTuple):
    """Events from both ends, in the order of time: actor, relation, other, day; and their triples' numbers."""

    actors: Ints
    relations: Ints
    others: Ints
    days: Ints
    triples: Ints


def index(history: History, days: Ints) -> tuple[Keys, Seen]:
    """Number what a history holds. `days` are its times, counted in steps from its first."""
    count, names = len(history.entities), len(history.relation_names)
    both = 2 * names
    actors = np.concatenate([history.sources, history.targets])
    relations = np.concatenate([history.relations, history.relations + np.int32(names)])
    others = np.concatenate([history.targets, history.sources])
    order = np.argsort(np.concatenate([days, days]), kind="stable")
    code = (actors.astype(np.int64) * count + others) * both + relations
    triples, of_event = np.unique(code, return_inverse=True)
    actor, other, relation = triples // both // count, triples // both % count, triples % both
    pairs, first, pair = np.unique(triples // both, return_index=True, return_inverse=True)
    by_doing = np.lexsort((other, relation, actor))
    doings, doing_first = np.unique((actor * both + relation)[by_doing], return_index=True)
    doing = np.full((count, both), -1, np.int32)
    doing[doings // both, doings % both] = np.arange(len(doings), dtype=np.int32)
    by_relation = np.argsort(doings % both, kind="stable")
    directions_at = len(triples)
    doings_at = directions_at + 2 * len(pairs)
    relations_at = doings_at + len(doings)
    roles_at = relations_at + both
    keys = Keys(
        count,
        both,
        relation.astype(np.int32),
        other.astype(np.int32),
        pair.ravel().astype(np.int32),
        (pairs % count).astype(np.int32),
        np.append(first, len(triples)).astype(np.int64),
        np.searchsorted(pairs, np.arange(count + 1, dtype=np.int64) * count).astype(np.int64),
        doing,
        (doings // both).astype(np.int32),
        (doings % both).astype(np.int32),
        np.searchsorted(doings, np.arange(count + 1, dtype=np.int64) * both).astype(np.int64),
        by_doing.astype(np.int32),
        np.append(doing_first, len(triples)).astype(np.int64),
        by_relation.astype(np.int32),
        np.searchsorted((doings % both)[by_relation], np.arange(both + 1)).astype(np.int64),
        directions_at,
        doings_at,
        relations_at,
        roles_at,
        roles_at + 2 * count,
    )
    columns = (actors, relations, others, np.concatenate([days, days]), of_event.ravel())
    return keys, Seen(*(np.ascontiguousarray(column[order], np.int32) for column in columns))
