"""How good forecasts were: ranks of what came, and proper scores of probabilities and counts.

Lower is better for `brier`, `log_score` and `crps`; each gives one number per forecast, so that a caller can average
them over any group and draw blocks of them. `skill` says how much less a score is than another's.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.forecasting.history import History, Ints

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]

_HITS: Final = (1, 3, 10)
_STEPS: Final = 100


@dataclass(frozen=True)
class Ranking:
    """Which candidates were listed for which queries, with their scores; higher is likelier.

    `queries` are rows of entity, relation and time, no two equal. (source, r, time) asks for targets; the question for
    sources of relation r is (target, r + R, time), R being the number of relations. What was listed for query i stands
    in `candidates` and `scores` from `starts[i]` to `starts[i + 1]`, no candidate twice.
    """

    queries: Ints
    starts: NDArray[np.int64]
    candidates: Ints
    scores: Scores

    def save(self, path: Path) -> None:
        """Write the file of NumPy arrays that others score: queries, indptr, candidates, scores."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, array in self._arrays().items():
                # A fixed date, so that the same ranking gives the same bytes.
                with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as file:
                    np.lib.format.write_array(file, array)

    @classmethod
    def load(cls, path: Path) -> Self:
        """What `save` wrote."""
        with np.load(path) as arrays:
            return cls(arrays["queries"], arrays["indptr"], arrays["candidates"], arrays["scores"])

    def _arrays(self) -> Mapping[str, NDArray[np.generic]]:
        return {
            "queries": self.queries,
            "indptr": self.starts,
            "candidates": self.candidates,
            "scores": self.scores,
        }


def questions(history: History) -> tuple[Ints, Ints]:
    """What a history's events ask, and the answers: first each event's question for its target, then for its source.

    Rows of entity, relation, time; as of `Ranking`, not unique.
    """
    inverse = history.relations + np.int32(len(history.relation_names))
    asked = np.concatenate(
        [
            np.stack([history.sources, history.relations, history.times], axis=1),
            np.stack([history.targets, inverse, history.times], axis=1),
        ]
    )
    return asked, np.concatenate([history.targets, history.sources])


def ranks(ranking: Ranking, history: History) -> Floats:
    """The rank of each answer that `history` gives, in the order of `questions`.

    Other right answers to the same question at the same time are taken out first (time-aware filter; Han et al. 2021,
    ICLR). Equal scores share their mean rank, and so do all entities that were not listed, below the listed ones
    (Berrendorf et al. 2020, arXiv:2002.06914).
    """
    asked, answers = questions(history)
    if np.isnan(ranking.scores).any():
        raise ValueError("a score is not a number")
    listed = {tuple(query): row for row, query in enumerate(ranking.queries.tolist())}
    if len(listed) != len(ranking.queries):
        raise ValueError("a query is given twice")
    unique, group = np.unique(asked, axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    found = np.empty(len(asked))
    members = np.split(order, np.cumsum(np.bincount(group.ravel()))[:-1]) if len(asked) else []
    for query, rows in zip(unique.tolist(), members, strict=True):
        row = listed.get(tuple(query))
        part = slice(0, 0) if row is None else slice(ranking.starts[row], ranking.starts[row + 1])
        found[rows] = _ranks(ranking.candidates[part], ranking.scores[part], answers[rows], len(history.entities))
    return found


def _ranks(candidates: Ints, scores: Scores, answers: Ints, entities: int) -> Floats:
    """Ranks of all right answers to one question."""
    right = np.unique(answers)
    is_right = np.isin(candidates, right)
    wrong = np.sort(scores[~is_right])
    at = {int(candidates[n]): scores[n] for n in np.flatnonzero(is_right)}
    found = np.empty(len(answers))
    for n, answer in enumerate(answers.tolist()):
        if answer in at:
            below, above = np.searchsorted(wrong, at[answer], "left"), np.searchsorted(wrong, at[answer], "right")
            found[n] = 1 + len(wrong) - above + 0.5 * (above - below)
        else:
            unlisted = entities - (len(right) - 1) - len(wrong)
            found[n] = 1 + len(wrong) + 0.5 * (unlisted - 1)
    return found


def rank_table(found: Floats) -> dict[str, float]:
    """The mean reciprocal rank, and the share of ranks within the first 1, 3 and 10."""
    table = {"mrr": float((1 / found).mean())}
    return table | {f"hits@{within}": float((found <= within).mean()) for within in _HITS}


def brier(probabilities: ArrayLike, happened: ArrayLike) -> Floats:
    """The squared error of each probability (Brier 1950, Monthly Weather Review 78)."""
    p, y = _pairs(probabilities, happened)
    return (p - y) ** 2


def log_score(probabilities: ArrayLike, happened: ArrayLike) -> Floats:
    """Minus the logarithm of what was given to what came (Good 1952, JRSS B 14); infinite for a certain error."""
    p, y = _pairs(probabilities, happened)
    with np.errstate(divide="ignore"):
        return -np.log(np.where(y > 0, p, 1 - p))


def crps(cumulative: ArrayLike, counts: ArrayLike) -> Floats:
    """The continuous ranked probability score of forecast counts (Gneiting and Raftery 2007, JASA 102), in events.

    `cumulative` has a row per forecast, `cumulative[i, k]` being the probability of at most k events; a count beyond
    the last column is scored as if all that is left lay there.
    """
    table, count = np.atleast_2d(np.asarray(cumulative, float)), np.asarray(counts)
    if len(table) != len(count):
        raise ValueError("one row per count is wanted")
    columns = np.arange(table.shape[1])
    score = ((table - (columns >= count[:, None])) ** 2).sum(axis=1)
    return np.asarray(score + np.maximum(count - table.shape[1], 0), float)


def skill(score: ArrayLike, base: ArrayLike) -> float:
    """By how much of `base` the mean of `score` is less: 1 for perfect forecasts, 0 for none better than the base's."""
    return 1 - float(np.mean(np.asarray(score, float)) / np.mean(np.asarray(base, float)))


@dataclass(frozen=True)
class Bin:
    """Forecasts of about one probability: how many, their mean, how often it came, and its 95 % interval."""

    count: int
    forecast: float
    observed: float
    low: float
    high: float


def reliability(probabilities: ArrayLike, happened: ArrayLike, *, bins: int = 10) -> tuple[Bin, ...]:
    """A reliability table: forecasts in up to `bins` groups of about equal size, equal forecasts never apart.

    The interval is that of Wilson (1927, JASA 22).
    """
    p, y = _pairs(probabilities, happened)
    if not len(p):
        return ()
    edges = np.unique(np.quantile(p, np.linspace(0, 1, bins + 1)[1:-1]))
    group = np.searchsorted(edges, p, "right")
    z = NormalDist().inv_cdf(0.975)
    table = []
    for number in np.unique(group).tolist():
        inside = group == number
        n, observed = int(inside.sum()), float(y[inside].mean())
        middle, reach = (
            (observed + z * z / (2 * n)) / (1 + z * z / n),
            z / (1 + z * z / n) * float(np.sqrt(observed * (1 - observed) / n + z * z / (4 * n * n))),
        )
        table.append(Bin(n, float(p[inside].mean()), observed, max(middle - reach, 0.0), min(middle + reach, 1.0)))
    return tuple(table)


def calibration(probabilities: ArrayLike, happened: ArrayLike) -> tuple[float, float]:
    """Slope and intercept of a logistic regression of what came on the forecast's log odds (Cox 1958, Biometrika 45).

    1 and 0 are those of calibrated forecasts; a slope below 1 says that they are too sure. NaN where either all or
    nothing came, or where the forecasts part what came from what did not.
    """
    p, y = _pairs(probabilities, happened)
    tiny = 1e-9
    odds = np.log(np.clip(p, tiny, 1) / np.clip(1 - p, tiny, 1))
    design = np.stack([odds, np.ones(len(odds))], axis=1)
    weights = np.array([1.0, 0.0])
    if not len(y) or y.min() == y.max() or np.ptp(odds) == 0:
        return float("nan"), float("nan")
    for _ in range(_STEPS):  # Newton's method
        fitted = 1 / (1 + np.exp(-np.clip(design @ weights, -50, 50)))
        curvature = design.T @ (design * (fitted * (1 - fitted))[:, None])
        if np.linalg.cond(curvature) > 1 / np.finfo(float).eps:
            return float("nan"), float("nan")
        step = np.linalg.solve(curvature, design.T @ (y - fitted))
        weights += step
        if np.abs(step).max() < 1e-10:
            return float(weights[0]), float(weights[1])
    return float("nan"), float("nan")


def average_precision(scores: ArrayLike, happened: ArrayLike) -> float:
    """The mean of precision over what happened, from the likeliest down; its base rate is that of chance.

    Equal scores are taken in one step. NaN where nothing happened.
    """
    s, y = _pairs(scores, happened)
    if not y.any():
        return float("nan")
    order = np.argsort(-s, kind="stable")
    last = np.flatnonzero(np.append(np.diff(s[order]) != 0, True))
    hits = np.cumsum(y[order])[last]
    return float((np.diff(hits, prepend=0.0) * hits / (last + 1)).sum() / y.sum())


def _pairs(forecasts: ArrayLike, happened: ArrayLike) -> tuple[Floats, Floats]:
    p, y = np.asarray(forecasts, float), np.asarray(happened, float)
    if p.shape != y.shape or p.ndim != 1:
        raise ValueError("as many forecasts as outcomes are wanted")
    return p, y
