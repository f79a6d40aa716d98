"""Ranks candidates: gradient-boosted trees that learn, from days that are over, which features the answers had.

The trees are LightGBM's (Ke et al. 2017, NeurIPS 30), grown for the order within each question (LambdaMART: Burges
2010, MSR-TR-2010-82). Seeds are fixed, and the same table gives the same trees whatever the number of cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

import lightgbm
import numpy as np
from numpy.typing import NDArray

from detente.forecasting.features import NAMES, PLACES
from detente.forecasting.history import History, Ints
from detente.forecasting.keys import Longs
from detente.forecasting.past import Past, Table
from detente.forecasting.scoring import Floats, Ranking, questions

# Compared on days 290 to 304 of ICEWS14, fitted on days 280 to 289: LambdaMART with XE-NDCG, small steps with few.
_SETTINGS: Final[dict[str, Any]] = {
    "objective": "lambdarank",
    "label_gain": [0, 1],
    "lambdarank_truncation_level": 20,
    "learning_rate": 0.06,
    "num_leaves": 31,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 127,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_TREES: Final = 220
_NEAR: Final = 20
"""Of wrong candidates, those are learnt from who come so early by any of the places, …"""

_FAR: Final = 0.15
"""… and this share of all others: most are told apart by a glance."""


@dataclass(frozen=True)
class Lessons:
    """What to learn from: rows of features, whether each was an answer, and how many rows each question has."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    sizes: Longs


def days(
    past: Past, history: History, start: int, end: int, *, most: int | None = None
) -> Iterator[tuple[Ints, Table, NDArray[np.bool_]]]:
    """The questions of each day from `start` on and before `end`, as they could be asked that day.

    `past` must be of the same history. With each question's rows of the table comes which of them are answers. Of more
    than `most` questions of a day so many are drawn.
    """
    rng = np.random.default_rng(0)
    for time in np.unique(history.between(start, end).times).tolist():
        asked, answers = questions(history.between(time, time + 1))
        queries, group = np.unique(asked, axis=0, return_inverse=True)
        if most is not None and len(queries) > most:
            drawn = np.sort(rng.choice(len(queries), most, replace=False))
            of = np.full(len(queries), -1)
            of[drawn] = np.arange(most)
            kept = of[group.ravel()] >= 0
            queries, group, answers = queries[drawn], of[group.ravel()][kept], answers[kept]
        past.advance(time)
        table = past.ask(queries, time)
        rows = np.repeat(np.arange(len(queries)), np.diff(table.starts))
        size = len(history.entities)
        yield queries, table, np.isin(rows * size + table.candidates, group.ravel() * size + answers)


def lessons(past: Past, history: History, start: int, end: int, *, seed: int = 0, most: int | None = None) -> Lessons:
    """What the days from `start` on and before `end` teach; of wrong candidates a sample, drawn by `seed`.

    Of each day `most` questions, at most.
    """
    rng = np.random.default_rng(seed)
    features, right, sizes = [], [], []
    for queries, table, answers in days(past, history, start, end, most=most):
        near = table.features[:, PLACES].min(axis=1) < _NEAR
        kept = answers | near | (rng.random(len(answers)) < _FAR)
        rows = np.repeat(np.arange(len(queries)), np.diff(table.starts))
        features.append(table.features[kept])
        right.append(answers[kept])
        sizes.append(np.bincount(rows[kept], minlength=len(queries)))
    if not features:
        raise ValueError("no events to learn from")
    return Lessons(np.concatenate(features), np.concatenate(right), np.concatenate(sizes))


@dataclass(frozen=True)
class Ranker:
    """Trees that score candidates; a score means nothing but the order within a question."""

    booster: lightgbm.Booster

    @classmethod
    def fit(cls, learnt: Lessons) -> Self:
        """Grow the trees."""
        sizes = learnt.sizes[learnt.sizes > 0]
        names = [
            name.replace(":", " of").replace(",", "") for name in NAMES
        ]  # LightGBM's files are made of these marks
        data = lightgbm.Dataset(learnt.features, learnt.right.astype(np.int32), group=sizes, feature_name=names)
        return cls(lightgbm.train(dict(_SETTINGS), data, _TREES))

    def scores(self, table: Table) -> Floats:
        """A score for each row of a table."""
        if not len(table.candidates):
            return np.empty(0)
        return np.asarray(self.booster.predict(table.features), float)

    def contributions(self, features: NDArray[np.float32]) -> Floats:
        """What each feature adds to the score of each row, and last what every row has: they sum to the score.

        Exact Shapley values of the trees (Lundberg et al. 2020, Nature Machine Intelligence 2).
        """
        return np.asarray(self.booster.predict(features, pred_contrib=True), float)


def rank(ranker: Ranker, past: Past, history: History, start: int, end: int) -> Ranking:
    """Rank the candidates of all questions of the days from `start` on and before `end`, each as of its own day."""
    queries, sizes, candidates, scores = [], [], [], []
    for asked, table, _ in days(past, history, start, end):
        queries.append(asked)
        sizes.append(np.diff(table.starts))
        candidates.append(table.candidates)
        scores.append(ranker.scores(table).astype(np.float32))
    return Ranking(
        np.concatenate([np.empty((0, 3), np.int32), *queries]),
        np.append(0, np.cumsum(np.concatenate([np.empty(0, np.int64), *sizes]))),
        np.concatenate([np.empty(0, np.int32), *candidates]),
        np.concatenate([np.empty(0, np.float32), *scores]),
    )
