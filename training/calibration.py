"""From evidence to confidence: a logistic regression on dev, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.reading.deeds import dyads
from detente.reading.reader import staged
from detente.reading.speech.decoding import Draft, Floats
from detente.reading.speech.sourcing import probability
from detente.records import Document
from training import scores
from training.corpus import Article

FOLDS = 5
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45)


@dataclass(frozen=True)
class Calibrated:
    """A calibration, the best threshold under it, and what it is worth on articles that it was not fitted on."""

    weights: Floats
    threshold: float
    table: dict[str, Any]
    reliability: list[tuple[float, float, int]]
    """For each tenth of confidence: mean confidence, share that is right, number."""
    error: float
    """Expected calibration error, over these tenths."""


def calibrate(
    articles: Sequence[Article], drafts: list[list[Draft]], gold: list[dict[str, Any]], scorer: Any
) -> Calibrated:
    """Fit on all articles; judge by cross-validation over articles."""
    article_of = np.array([i for i, some in enumerate(drafts) for _ in some])
    evidence = np.array([draft.evidence for some in drafts for draft in some])
    right = np.array([verdict for some in scores.judged(drafts, gold, scorer) for verdict in some])
    folds = [fit(evidence[article_of % FOLDS != fold], right[article_of % FOLDS != fold]) for fold in range(FOLDS)]

    def confidence(i: int, draft: Draft) -> float:
        return probability(draft.evidence, folds[i % FOLDS])

    tables = {t: scores.table(articles, drafts, confidence, t, gold, scorer) for t in THRESHOLDS}
    threshold = max(tables, key=lambda t: float(tables[t]["all"]["joint_f1"]))
    given = np.array([confidence(i, draft) for i, some in enumerate(drafts) for draft in some])
    kept = given >= threshold
    reliability = _reliability(given[kept], right[kept])
    error = sum(abs(said - was) * number for said, was, number in reliability) / max(1, int(kept.sum()))
    return Calibrated(fit(evidence, right), threshold, tables[threshold], reliability, error)


@dataclass(frozen=True)
class CalibratedEvents:
    """A calibration of the confidence in events, and what it is worth on sentences that it was not fitted on."""

    weights: Floats
    reliability: list[tuple[float, float, int]]
    error: float


def calibrate_events(records: Sequence[dict[str, Any]]) -> CalibratedEvents:
    """Fit on PLOVER's gold standard records: an event is right where its sentence has one of its type."""
    evidence, right, number = [], [], []
    for n, record in enumerate(records):
        wanted = {kind for event in record["events"] for kind in event["type"]}
        found = staged(Document(id=record["id"], text=record["text"], language="en"))
        for told in found.deeds.told:
            if told.record.status in {"actual", "alleged"}:
                evidence.append(dyads.evidence(told.draft))
                right.append(told.record.type in wanted)
                number.append(n % FOLDS)
    given, verdicts, fold_of = np.array(evidence), np.array(right), np.array(number)
    said = np.zeros(len(given))
    for fold in range(FOLDS):
        weights = fit(given[fold_of != fold], verdicts[fold_of != fold])
        said[fold_of == fold] = [probability(row, weights) for row in given[fold_of == fold]]
    reliability = _reliability(said, verdicts)
    error = sum(abs(mean - share) * count for mean, share, count in reliability) / max(1, len(said))
    return CalibratedEvents(fit(given, verdicts), reliability, error)


def fit(evidence: Floats, right: NDArray[np.bool_], steps: int = 25, ridge: float = 1.0) -> Floats:
    """Weights and bias of a logistic regression (Newton's method)."""
    given = np.hstack([evidence, np.ones((len(evidence), 1))])
    weights = np.zeros(given.shape[1])
    penalty = ridge * np.eye(len(weights))
    penalty[-1, -1] = 0.0
    for _ in range(steps):
        said = 1 / (1 + np.exp(-(given @ weights)))
        slope = given.T @ (said - right) + penalty @ weights
        curve = (given * (said * (1 - said))[:, None]).T @ given + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _reliability(given: Floats, right: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    tenths = np.minimum((given * 10).astype(int), 9)
    return [
        (float(given[tenths == k].mean()), float(right[tenths == k].mean()), int((tenths == k).sum()))
        for k in range(10)
        if (tenths == k).any()
    ]
