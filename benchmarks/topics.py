"""How well positions about the same matter come under one topic: 120 pairs of texts written for detente.

    python benchmarks/topics.py [--misses]

Each text holds one position, each pair is labelled as about the same matter or not. `ours` groups by words, parties
and places: in a ledger that holds the pair alone, and in one that holds all texts of the part. `tf-idf` is the cosine
of the words of what is wanted, at the threshold that is best on `develop`; `label` asks whether both have the same
label. A text in which no position is read makes its pair different. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from detente.ledger import Ledger
from detente.reading.reader import read_documents
from detente.reading.wants import families
from detente.records import Document, Reading

DATA = Path(__file__).parent / "data/topic-pairs.jsonl"
PARTS = ("develop", "last")
DAY = "2024-06-14"

Pair = tuple[Reading, Reading]


def read(rows: Sequence[dict[str, Any]]) -> list[Pair]:
    """The readings of each pair's two texts."""
    documents = [
        Document(id=f"{number}{side}", language="en", text=row[f"text_{side}"], published=row.get("published", DAY))
        for number, row in enumerate(rows)
        for side in "ab"
    ]
    readings = list(read_documents(documents))
    return list(zip(readings[::2], readings[1::2], strict=True))


def topics(readings: Iterable[Reading]) -> dict[str, set[str]]:
    """For each document the topics that its positions have in a ledger of `readings`."""
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.duckdb") as ledger:
        found: dict[str, set[str]] = {reading.document.id: set() for reading in readings if ledger.add(reading)}
        for row in ledger.list("topics"):
            if row["topic"] is not None:
                found[row["id"].rpartition("/")[0]].add(row["topic"])
    return found


def alone(pair: Pair) -> bool:
    """Whether two texts share a topic in a ledger of their own."""
    first, second = topics(pair).values()
    return bool(first & second)


def together(pairs: Sequence[Pair]) -> list[bool]:
    """Whether the two of each pair share a topic in one ledger of them all."""
    found = topics(reading for pair in pairs for reading in pair)
    return [bool(found[one.document.id] & found[other.document.id]) for one, other in pairs]


def same_label(pair: Pair) -> bool:
    """Whether the reading gives both the same label."""
    first, second = ({p.topic for p in reading.positions if p.topic is not None} for reading in pair)
    return bool(first & second)


def vectors(pairs: Sequence[Pair]) -> Callable[[Pair], float]:
    """The cosine of what is wanted in the two texts of a pair, words weighed by how few of the texts have them."""
    texts = [_words(position.what.text) for pair in pairs for reading in pair for position in reading.positions]
    known = Counter(word for words in texts for word in set(words))

    def vector(text: str) -> dict[str, float]:
        weights = {w: n * math.log(1 + len(texts) / (1 + known[w])) for w, n in Counter(_words(text)).items()}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    def cosine(pair: Pair) -> float:
        first, second = ([vector(p.what.text) for p in reading.positions] for reading in pair)
        return max((sum(a[w] * b.get(w, 0.0) for w in a) for a in first for b in second), default=0.0)

    return cosine


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if not families.is_empty(word)]


def figures(said: Sequence[bool], labels: Sequence[bool]) -> dict[str, float]:
    """Precision, recall and F1 of "the same"."""
    right = sum(s and w for s, w in zip(said, labels, strict=True))
    precision, recall = right / (sum(said) or 1), right / sum(labels)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> None:
    """Read, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", action="store_true", help="list the pairs of develop that were taken wrongly")
    misses = parser.parse_args().misses
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    parts = {part: [row for row in rows if row["part"] == part] for part in PARTS}
    labels = {part: [bool(row["same"]) for row in parts[part]] for part in PARTS}
    pairs = {part: read(parts[part]) for part in PARTS}
    cosine = vectors(pairs["develop"])
    likenesses = {part: [cosine(pair) for pair in pairs[part]] for part in PARTS}
    best = max(
        sorted(set(likenesses["develop"])),
        key=lambda least: figures([value >= least for value in likenesses["develop"]], labels["develop"])["f1"],
    )
    table: dict[str, dict[str, dict[str, float]]] = {}
    for part in PARTS:
        ours = [alone(pair) for pair in pairs[part]]
        said = {
            "ours, the pair alone": ours,
            "ours, all in one ledger": together(pairs[part]),
            "tf-idf": [value >= best for value in likenesses[part]],
            "label": [same_label(pair) for pair in pairs[part]],
        }
        table[part] = {name: figures(values, labels[part]) for name, values in said.items()}
        if misses and part == "develop":
            for row, same in zip(parts[part], ours, strict=True):
                if same != row["same"]:
                    print(f"{'same' if row['same'] else 'different'}\t{row['text_a']}\t{row['text_b']}")
    print("| part | pairs | by | precision | recall | F1 |")
    print("|---|---|---|---|---|---|")
    for part, methods in table.items():
        for name, row in methods.items():
            cells = [part, len(parts[part]), name, *row.values()]
            print("| " + " | ".join(map(str, cells)) + " |")
    print(json.dumps(table))


if __name__ == "__main__":
    main()
