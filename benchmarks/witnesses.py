"""How well reports of one happening are told from others: 80 reports of 25 happenings in most parts.

    python benchmarks/witnesses.py [--part develop|develop-2|develop-3|develop-4|last|oblique|oblique-last] [--pairs]

The reports of a part are read and written into an empty ledger in the order of the file. Two reports are a pair where
they tell of a happening in common; the ledger has it where an event of the one and an event of the other are reports
of one happening. `readable` counts only pairs in which the reading gave both reports an event of one type: what
remains is the ledger's own doing. `words` pairs reports by the cosine of their words' TF-IDF, at the threshold that is
best for the part itself. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from detente.ledger import Ledger
from detente.reading.reader import read_documents
from detente.records import Document, Reading

DATA = Path(__file__).parent / "data/reports.jsonl"
PARTS = ("develop", "develop-2", "develop-3", "develop-4", "last", "oblique", "oblique-last")

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
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
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
        if arguments.pairs and not part.endswith("last"):
            for kind, wrong in (("wrongly one", found - gold), ("missed", gold - found)):
                print(*sorted(f"{kind}: {' '.join(sorted(pair))}" for pair in wrong), sep="\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
