"""What happened comes again: the baseline of Gastinger et al. (2024, History repeats itself: a baseline for temporal
knowledge graph forecasting, IJCAI), which every other forecast has to beat.

The score of an answer o to (s, r, ?, t) is α 2^(λ (k - t)) + (1 - α) n(r, o) / n(r): k is the last day of (s, r, o)
before t, and n counts what happened before t with anybody. λ and α are chosen for each relation and direction on past
days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.forecasting.history import History, Ints
from detente.forecasting.keys import Keys, index
from detente.forecasting.scoring import Floats, Ranking, questions

FADINGS: Final = np.array([0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0])
WEIGHTS: Final = np.array([0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 1.0])
_USUAL: Final = (4, 5)
"""What a relation that was not asked for while choosing gets."""


class Recurrency:
    """The baseline over a history; days before the one that is asked for are all that a score rests on."""

    def __init__(self, history: History) -> None:
        self._history: Final = history
        self._first: Final = int(history.times[0]) if len(history) else 0
        self._keys, self._seen = index(history, (history.times - self._first) // history.step)
        shape = (self._keys.relations, 2)
        self.chosen: NDArray[np.int64] = np.full(shape, _USUAL, np.int64)
        """Of each relation the places of λ and α in `FADINGS` and `WEIGHTS`."""

    def choose(self, start: int, end: int) -> None:
        """Choose λ and α of each relation by the ranks of what happened from `start` on and before `end`."""
        gained = np.zeros((self._keys.relations, len(FADINGS), len(WEIGHTS)))
        for day, asked, answers, last, times in self._days(start, end):
            _try(self._keys, last, times, asked, answers, day, gained)
        best = gained.reshape(len(gained), -1).argmax(axis=1)
        self.chosen = np.stack([best // len(WEIGHTS), best % len(WEIGHTS)], axis=1)
        self.chosen[gained.max(axis=(1, 2)) == 0] = _USUAL

    def rank(self, start: int, end: int) -> Ranking:
        """Candidates of all questions that the events from `start` on and before `end` ask, with their scores."""
        queries, sizes, candidates, scores = [], [], [], []
        for day, asked, _, last, times in self._days(start, end):
            for actor, relation, time in np.unique(asked, axis=0).tolist():
                others, told = self._scores(last, times, actor, relation, day)
                scores.append(told)
                candidates.append(others)
                sizes.append(len(others))
                queries.append((actor, relation, time))
        return Ranking(
            np.array(queries, np.int32).reshape(-1, 3),
            np.cumsum([0, *sizes]),
            np.concatenate([np.empty(0, np.int32), *candidates]),
            np.concatenate([np.empty(0, np.float32), *scores]).astype(np.float32),
        )

    def ask(self, actor: int, relation: int, time: int) -> tuple[Ints, Floats]:
        """Candidates for one question of a time after all of the history, with their scores."""
        last = np.full(len(self._keys.triple_other), -1, np.int32)
        last[self._seen.triples] = self._seen.days
        doings = self._keys.doing[self._seen.actors, self._seen.relations]
        times = np.bincount(doings, minlength=len(self._keys.doing_actor)).astype(np.int32)
        return self._scores(last, times, actor, relation, (time - self._first) // self._history.step)

    def _scores(self, last: Ints, times: Ints, actor: int, relation: int, day: int) -> tuple[Ints, Floats]:
        others, ages, parts = _known(self._keys, last, times, actor, relation, day)
        fading, weight = self.chosen[relation]
        again = np.where(ages >= 0, 2.0 ** (-FADINGS[fading] * ages), 0)
        return others, WEIGHTS[weight] * again + (1 - WEIGHTS[weight]) * parts

    def _days(self, start: int, end: int) -> Iterator[tuple[int, Ints, Ints, Ints, Ints]]:
        """Each day that is asked for: its number, questions and answers, and what was seen before it."""
        last = np.full(len(self._keys.triple_other), -1, np.int32)
        times = np.zeros(len(self._keys.doing_actor), np.int32)
        known = 0
        for time in np.unique(self._history.between(start, end).times).tolist():
            day = (time - self._first) // self._history.step
            until = int(np.searchsorted(self._seen.days, day))
            part = slice(known, until)
            last[self._seen.triples[part]] = self._seen.days[part]
            np.add.at(times, self._keys.doing[self._seen.actors[part], self._seen.relations[part]], 1)
            known = until
            asked, answers = questions(self._history.between(time, time + 1))
            yield day, asked, answers, last, times


@njit(cache=True)
def _known(keys: Keys, last: Ints, times: Ints, actor: int, relation: int, day: int) -> tuple[Ints, Ints, Floats]:
    """To whom a relation was ever done: who, days since this actor did it or -1, and which part of it all."""
    half = keys.relations // 2
    inverse = relation + half if relation < half else relation - half
    doings = keys.relation_list[keys.relation_doings[inverse] : keys.relation_doings[inverse + 1]]
    doings = doings[times[doings] > 0]
    others, ages = keys.doing_actor[doings], np.full(len(doings), -1, np.int32)
    doing = keys.doing[actor, relation]
    if doing >= 0:
        for triple in keys.doing_list[keys.doing_triples[doing] : keys.doing_triples[doing + 1]]:
            if last[triple] >= 0:
                ages[np.searchsorted(others, keys.triple_other[triple])] = day - last[triple]
    return others, ages, times[doings] / max(times[doings].sum(), 1)


@njit(cache=True)
def _try(keys: Keys, last: Ints, times: Ints, asked: Ints, answers: Ints, day: int, gained: Floats) -> None:
    """Add the reciprocal rank that each λ and α give to each answer; what is not among the known gains nothing."""
    for n in range(len(asked)):
        actor, relation = asked[n, 0], asked[n, 1]
        others, ages, parts = _known(keys, last, times, actor, relation, day)
        at = np.searchsorted(others, answers[n])
        if at == len(others) or others[at] != answers[n]:
            continue
        wrong = np.ones(len(others), np.bool_)
        for m in range(len(asked)):
            if asked[m, 0] == actor and asked[m, 1] == relation:
                place = np.searchsorted(others, answers[m])
                if place < len(others) and others[place] == answers[m]:
                    wrong[place] = False
        for f in range(len(FADINGS)):
            again = np.where(ages >= 0, 2.0 ** (-FADINGS[f] * ages), 0.0)
            for w in range(len(WEIGHTS)):
                scores = WEIGHTS[w] * again + (1 - WEIGHTS[w]) * parts
                above = equal = 0
                for other in range(len(others)):
                    if wrong[other]:
                        above += scores[other] > scores[at]
                        equal += scores[other] == scores[at]
                gained[relation, f, w] += 1 / (1 + above + equal / 2)
