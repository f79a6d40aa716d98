"""How well speech within speech is read: 160 passages written for detente, every statement in them labelled.

    python benchmarks/nested.py [--misses]

A statement is found where its content and its source each share half of their words with the labelled ones
(intersection over union), one to one. `within` is right where the statement around it is the one labelled so. The last
line is JSON.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.reading.reader import read_documents
from detente.records import Document, Statement

DATA = Path(__file__).parent / "data/nested-speech.jsonl"
LEVELS = ("outermost", "nested")
PARTS = ("develop", "last")


@dataclass(frozen=True)
class Passage:
    """A labelled passage, what was read in it, and which label each statement read was paired with."""

    labels: list[dict[str, Any]]
    read: list[Statement]
    partner: dict[int, int]

    def label_of(self, id_: str | None) -> int | None:
        """The label of the statement that is read under an id; None where there is none."""
        return next((self.partner.get(j) for j, s in enumerate(self.read) if s.id == id_), None)


def judge(label: dict[str, Any], number: int) -> Passage:
    """Read one passage and pair what was read with what is labelled, the best overlap first."""
    text = label["text"]
    document = Document(id=str(number), language="en", text=text, published="2024-06-14")
    read = [s for s in next(read_documents([document])).statements if s.status == "actual"]
    wanted = label["statements"]
    overlaps = []
    for i, one in enumerate(wanted):
        content, source = _words(text, _span(text, one["content"])), _words(text, _span(text, one["source"]))
        for j, other in enumerate(read):
            by = [(other.source.start, other.source.end)] if other.source is not None else []
            alike = _iou(content, _words(text, other.content.spans))
            if alike >= 0.5 and _iou(source, _words(text, by)) >= 0.5:
                overlaps.append((alike, i, j))
    partner: dict[int, int] = {}
    for _, i, j in sorted(overlaps, key=lambda overlap: -overlap[0]):
        if j not in partner and i not in partner.values():
            partner[j] = i
    return Passage(wanted, read, partner)


def _span(text: str, part: str | None) -> list[tuple[int, int]]:
    return [] if part is None else [(text.index(part), text.index(part) + len(part))]


def _words(text: str, spans: Any) -> set[int]:
    return {m.start() for m in re.finditer(r"\w+", text) if any(start <= m.start() < end for start, end in spans)}


def _iou(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def figures(passages: list[Passage]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each level, how often `within` is right, and what confidences are worth."""
    n: Counter[tuple[str, str]] = Counter()
    said = dict.fromkeys(LEVELS, 0.0)
    for passage in passages:
        for one in passage.labels:
            n["labelled", LEVELS[one["within"] is not None]] += 1
        for j, statement in enumerate(passage.read):
            level = LEVELS[statement.within is not None]
            n["read", level] += 1
            at = passage.partner.get(j)
            if statement.confidence is not None:
                n["confident", level] += 1
                n["confident and right", level] += at is not None
                said[level] += statement.confidence
            if at is not None:
                wanted = passage.labels[at]["within"]
                n["right", level] += 1
                n["found", LEVELS[wanted is not None]] += 1
                n["placed", LEVELS[wanted is not None]] += passage.label_of(statement.within) == wanted
    table = {}
    for level in LEVELS:
        precision, recall = n["right", level] / n["read", level], n["found", level] / n["labelled", level]
        table[level] = {
            "labelled": n["labelled", level],
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(2 * precision * recall / (precision + recall), 3),
            "within_right": round(n["placed", level] / n["found", level], 3),
            "mean_confidence": round(said[level] / n["confident", level], 3),
            "share_right": round(n["confident and right", level] / n["confident", level], 3),
        }
    return table


def main() -> None:
    """Read, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--misses", action="store_true", help="list the labelled statements that were not read")
    misses = parser.parse_args().misses
    labels = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    passages = [judge(label, number) for number, label in enumerate(labels)]
    tables = {
        part: figures([p for p, la in zip(passages, labels, strict=True) if la["part"] == part]) for part in PARTS
    }
    columns = tables["last"]["nested"]
    print("| part | level | " + " | ".join(name.replace("_", " ") for name in columns) + " |")
    print("|---|---|" + "---|" * len(columns))
    for part, table in tables.items():
        for level, row in table.items():
            print(f"| {part} | {level} | " + " | ".join(str(value) for value in row.values()) + " |")
    if misses:
        for label, passage in zip(labels, passages, strict=True):
            for i, one in enumerate(label["statements"]):
                if i not in passage.partner.values():
                    print(f"{one['source']} | {one['cue']} | {one['content']}\t{label['text']}")
    print(json.dumps(tables))


if __name__ == "__main__":
    main()
