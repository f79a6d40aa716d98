"""How well reports of one happening are told from others: 80 reports of 25 happenings in most parts.

    python benchmarks/witnesses.py [--part PART] [--pairs]
    python benchmarks/witnesses.py --fit

The reports of a part are read and written into an empty ledger in the order of the file. Two reports are a pair where
they tell of a happening in common; the ledger has it where an event of the one and an event of the other are reports
of one happening. `readable` counts only pairs in which the reading gave both reports an event of one type: what
remains is the ledger's own doing. `words` pairs reports by the cosine of their words' TF-IDF, at the threshold that is
best for the part itself. The last line is JSON.

`--fit` finds the weights of `detente.ledger.agreement` anew, from the parts that were worked on, and prints them;
before that, how each of these parts fares with weights that were found on the others.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from detente.ledger import Ledger, agreement
from detente.reading.reader import read_documents
from detente.records import Document, Reading

DATA = Path(__file__).parent / "data/reports.jsonl"
PARTS = (
    "develop",
    "develop-2",
    "develop-3",
    "develop-4",
    "develop-5",
    "last",
    "last-2",
    "oblique",
    "oblique-last",
)

WORKED_ON = tuple(part for part in PARTS if "last" not in part)

GUESSED: Final = {
    "same sources": 1.0,
    "sources of one country": 0.5,
    "sources nearby": 0.6,
    "same targets": 1.0,
    "targets of one country": 0.5,
    "targets nearby": 0.6,
    "both parties": 2.0,
    "same parties": 1.0,
    "parties of one country": 0.5,
    "parties nearby": 0.6,
    "same day": 0.8,
    "vague time": -0.1,
    "perhaps": 0.3,
    "other day": -0.3,
    "same name": 0.7,
    "other names": -0.2,
    "other town": -0.8,
    "other place": -0.3,
    "words": 2.2,
    "other charge": -1.2,
    "same mode": 0.3,
    "other mode": -0.3,
    "other type": -0.8,
}
"""Weights made by hand, to which the fitted ones are drawn: a few hundred pairs do not tell everything."""
ENOUGH: Final = 2.0
"""The score from which two accounts were of one happening by these."""
STEEPNESS: Final = 2.5
"""The odds, in logits, by which a score of 1 more in these raises the likelihood."""
DRAWN: Final = 0.5
"""How hard the fitted weights are drawn to these (L2)."""
CAUTION: Final = 0.7
"""What is asked for beyond even odds, in logits: a wrong merger hides a deed, a missing one only counts it twice."""
SAME_DAY: Final = 0.2
"""What a pair weighs that only its days tell apart, taken as if all were told of one day: in a crisis they are."""
ROUNDS: Final = 6

Pair = frozenset[str]


def read(rows: Sequence[Mapping[str, Any]]) -> list[Reading]:
    """The readings of the reports, in their order."""
    documents = [
        Document(
            id=row["id"],
            title=row["title"],
            source=row["outlet"],
            published=row["published"],
            language="en",
            text=row["text"],
        )
        for row in rows
    ]
    return list(read_documents(documents))


def told(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """The happenings of a ledger of `readings` that each of them tells of."""
    found: dict[str, set[str]] = {reading.document.id: set() for reading in readings}
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.duckdb") as ledger:
        for reading in readings:
            ledger.add(reading)
        for row in ledger.list("happenings"):
            for report in row["reports"]:
                found[report.rpartition("/")[0]].add(row["id"])
    return found


def pairs(labels: Mapping[str, Set[str]]) -> set[Pair]:
    """The pairs of reports that have a label in common."""
    return {frozenset(two) for two in combinations(labels, 2) if labels[two[0]] & labels[two[1]]}


def readable(readings: Sequence[Reading]) -> set[Pair]:
    """The pairs of reports with an event of one type."""
    return pairs({reading.document.id: {event.type for event in reading.events} for reading in readings})


class Samples(NamedTuple):
    """Pairs of accounts of one part's reports."""

    amounts: NDArray[np.float64]
    """A row for each, a column for each weight."""
    same: NDArray[np.bool_]
    """Whether their reports tell of a happening in common."""
    weights: NDArray[np.float64]
    pairs: list[Pair]

    def best(self, weights: NDArray[np.float64]) -> list[int]:
        """The rows of different happenings, and of each pair of reports of one the row that scores best."""
        scores = self.amounts @ weights[:-1]
        best: dict[Pair, int] = {}
        for row, pair in enumerate(self.pairs):
            if self.same[row] and (pair not in best or scores[row] > scores[best[pair]]):
                best[pair] = row
        return [*np.flatnonzero(~self.same), *best.values()]


def samples(readings: Sequence[Reading], gold: Set[Pair]) -> Samples:
    """What speaks for one happening in each pair of accounts that nothing speaks against."""
    told = {reading.document.id: list(agreement.accounts(reading)) for reading in readings}
    rows, same, weights, found = [], [], [], []
    for a, b in combinations(told, 2):
        pair = frozenset((a, b))
        for one in told[a]:
            for other in told[b]:
                weight, evidence = 1.0, agreement.evidence(one, other)
                if evidence is None and pair not in gold:
                    at_once = replace(other, first=one.first, last=one.last, dated=one.dated)
                    weight, evidence = SAME_DAY, agreement.evidence(one, at_once)
                if evidence is not None:
                    rows.append([evidence.amounts.get(name, 0.0) for name in GUESSED])
                    same.append(pair in gold)
                    weights.append(weight)
                    found.append(pair)
    return Samples(np.array(rows), np.array(same), np.array(weights), found)


def fitted(parts: Sequence[Samples]) -> dict[str, float]:
    """Weights by logistic regression, such that a score of 1 is enough.

    Of two reports of one happening only the two accounts that agree best need be of it: which ones these are is decided
    by the weights of the round before. What speaks for one happening is not let speak against it, nor the other way.
    """
    guessed = np.append(np.array(list(GUESSED.values())) * STEEPNESS, -ENOUGH * STEEPNESS)
    weights = guessed
    for _ in range(ROUNDS):
        kept = [part.best(weights) for part in parts]
        weights = regression(
            np.vstack([part.amounts[rows] for part, rows in zip(parts, kept, strict=True)]),
            np.concatenate([part.same[rows] for part, rows in zip(parts, kept, strict=True)]),
            np.concatenate([part.weights[rows] for part, rows in zip(parts, kept, strict=True)]),
            guessed,
        )
    return {name: round(float(w / (CAUTION - weights[-1])), 2) for name, w in zip(GUESSED, weights, strict=False)}


def regression(
    amounts: NDArray[np.float64], same: NDArray[np.bool_], each: NDArray[np.float64], guessed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The coefficients of a logistic regression that is drawn to `guessed`, the intercept last, which is free."""
    amounts = np.hstack([amounts, np.ones((len(amounts), 1))])
    drawn = DRAWN * np.append(np.ones(len(GUESSED)), 0)

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores, away = amounts @ at, at - guessed
        slope = amounts.T @ (each * (1 / (1 + np.exp(-scores)) - same)) + 2 * drawn * away
        return float(np.sum(each * (np.logaddexp(0, scores) - same * scores)) + np.sum(drawn * away**2)), slope

    bounds = [(0.0, None) if value > 0 else (None, 0.0) for value in GUESSED.values()] + [(None, None)]
    found: NDArray[np.float64] = minimize(loss, guessed, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def fit(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print what each part gets by weights found on the others, and the weights found on all of them."""
    readings = {part: read([row for row in rows if row["part"] == part]) for part in WORKED_ON}
    golds = {part: pairs({r["id"]: set(r["happenings"]) for r in rows if r["part"] == part}) for part in WORKED_ON}
    found = {part: samples(readings[part], golds[part]) for part in WORKED_ON}
    for part in WORKED_ON:
        with patch.dict(agreement.WEIGHTS, fitted([found[other] for other in WORKED_ON if other != part])):
            figure = score(pairs(told(readings[part])), golds[part])
        print(f"{part:13}unseen    " + "  ".join(f"{key} {value}" for key, value in figure.items()))
    print(json.dumps(fitted(list(found.values())), indent=4))


def by_words(rows: Sequence[Mapping[str, Any]], gold: Set[Pair]) -> set[Pair]:
    """Pairs by the cosine of their words, at the threshold that gives the best F1."""
    words = {row["id"]: Counter(re.findall(r"\w+", row["text"].lower())) for row in rows}
    seen = Counter(word for counts in words.values() for word in counts)
    vectors = {
        id: {word: n * math.log(len(rows) / seen[word]) for word, n in counts.items()} for id, counts in words.items()
    }
    norms = {id: math.sqrt(sum(value**2 for value in vector.values())) for id, vector in vectors.items()}
    scored = sorted(
        (
            (
                sum(value * vectors[b].get(word, 0) for word, value in vectors[a].items()) / (norms[a] * norms[b]),
                frozenset((a, b)),
            )
            for a, b in combinations(vectors, 2)
        ),
        key=lambda item: -item[0],
    )
    best = max(range(1, len(scored)), key=lambda n: score({pair for _, pair in scored[:n]}, gold)["f1"])
    return {pair for _, pair in scored[:best]}


def score(found: Set[Pair], gold: Set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    right = len(found & gold)
    precision, recall = right / len(found) if found else 0.0, right / len(gold) if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"pairs": len(gold), "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> None:
    """Print a table for each part and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument(
        "--pairs", action="store_true", help="print wrong pairs, not of the parts that nobody is to look at"
    )
    parser.add_argument("--fit", action="store_true", help="find the weights anew")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    if arguments.fit:
        fit(rows)
        return
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for part in arguments.part or PARTS:
        reports = [row for row in rows if row["part"] == part]
        gold = pairs({row["id"]: set(row["happenings"]) for row in reports})
        readings = read(reports)
        found, possible = pairs(told(readings)), readable(readings)
        figures[part] = {
            "all": score(found, gold),
            "readable": score(found & possible, gold & possible),
            "words": score(by_words(reports, gold), gold),
        }
        for name, figure in figures[part].items():
            print(f"{part:13}{name:10}" + "  ".join(f"{key} {value}" for key, value in figure.items()))
        if arguments.pairs and "last" not in part:
            for kind, wrong in (("wrongly one", found - gold), ("missed", gold - found)):
                print(*sorted(f"{kind}: {' '.join(sorted(pair))}" for pair in wrong), sep="\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
