"""A pass over a history in the order of time, which can be asked at each day what speaks for whom.

past = Past(history)
past.advance(time)                      # takes in all that happened before
table = past.ask(queries, time)         # queries: rows of actor and relation
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.forecasting.counters import Singles, counters, fading, take_in
from detente.forecasting.factors import factorise, no_factors
from detente.forecasting.features import ask
from detente.forecasting.history import History, Ints
from detente.forecasting.homes import Homes
from detente.forecasting.keys import Longs, index
from detente.forecasting.rules import Rules, learn, no_rules

_REFRESH: Final = 10
"""Factors are made anew after this many days."""


@dataclass(frozen=True)
class Table:
    """Candidates of query i from `starts[i]` to `starts[i + 1]`, and a row of features (`NAMES`) for each."""

    starts: Longs
    candidates: Ints
    features: Singles


class Past:
    """A pass over a history in the order of time: knows what happened before `day`, and nothing else.

    With `rules` that were learnt before it learns no more of them and makes factors once, when it has come to the day
    asked for: a question is answered in seconds where a pass that learns takes minutes.
    """

    def __init__(self, history: History, *, step: int | None = None, rules: Rules | None = None) -> None:
        self._step: Final = step or history.step
        self._first: Final = int(history.times[0]) if len(history) else 0
        days = (history.times - self._first) // self._step
        self._keys, self._seen = index(history, days)
        last = int(days[-1]) if len(days) else 0
        self._fade: Final = fading(last + 2)
        self._counts: Final = counters(self._keys)
        self.rules: Final = no_rules(self._keys) if rules is None else rules
        self._learns: Final = rules is None
        self._factors = no_factors(self._keys)
        self._homes: Final = Homes(history.entities, self._keys.relations)
        self.day = 0

    def advance(self, time: int) -> None:
        """Take in all that happened before `time`, day by day."""
        until = -((self._first - time) // self._step)
        while self.day < until:
            if self._learns and self.day % _REFRESH == 0 and self.day:
                self._factors = factorise(self._keys, self._counts, self.day)
            self._take_in(self.day)
            self.day += 1
        if not self._learns:
            self._factors = factorise(self._keys, self._counts, self.day)

    def ask(self, queries: Ints, time: int) -> Table:
        """Candidates with features for rows of actor and relation; what came from `time` on is not known."""
        if (time - self._first) // self._step != self.day:
            raise ValueError("ask of the time up to which the past is known")
        order, members = self._homes.members()
        starts, candidates, features = ask(
            self._keys, self._counts, self.rules, self._factors, self._homes.of, order, members,
            self._homes.sectors, self._homes.sizes, self._homes.done, self._homes.met,
            np.ascontiguousarray(queries[:, 0], np.int32), np.ascontiguousarray(queries[:, 1], np.int32),
            self.day, self._fade,
        )  # fmt: skip
        return Table(starts, candidates, features)

    def _take_in(self, day: int) -> None:
        part = slice(*np.searchsorted(self._seen.days, [day, day + 1]))
        actors, relations, others = self._seen.actors[part], self._seen.relations[part], self._seen.others[part]
        if self._learns:
            self._learn(actors, relations, others, day)
        take_in(self._keys, self._counts, self._seen.triples[part], actors, day, self._fade)
        self._homes.take_in(actors, relations, others)

    def _learn(self, actors: Ints, relations: Ints, others: Ints, day: int) -> None:
        doing = self._keys.doing[actors, relations]
        order = np.argsort(doing, kind="stable")
        doings, first = np.unique(doing[order], return_index=True)
        starts = np.append(first, len(order)).astype(np.int64)
        learn(self._keys, self._counts, self.rules, self._factors.alike, doings, starts, others[order], day, self._fade)
