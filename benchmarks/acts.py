"""How well the acts of statements are read: 620 sentences written for detente, each with one labelled statement.

    python benchmarks/acts.py [--part develop] [--misses]

The statement that is judged is the one whose content overlaps the labelled snippet most. Where none does, the act
counts as missed: the figures are of the whole reading, not of the naming of acts alone. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from detente.reading.reader import read_documents
from detente.records import Act, Document, Statement

DATA = Path(__file__).parent / "data/speech-acts.jsonl"
PARTS = ("develop", "held", "fresh", "last")


@dataclass(frozen=True)
class Judged:
    """One labelled sentence and the act that was read; None where no statement was found."""

    part: str
    text: str
    act: str
    read: str | None


def judge(lines: Iterable[str], parts: Sequence[str]) -> list[Judged]:
    """The labelled sentences of `parts`, read one by one."""
    labelled = [label for label in map(json.loads, lines) if label["part"] in parts]
    judged = []
    for number, label in enumerate(labelled):
        text = label["text"]
        document = Document(id=str(number), language="en", text=text, published="2024-06-14")
        found = next(read_documents([document])).statements
        judged.append(Judged(label["part"], text, label["act"], _act_at(found, text.index(label["content"]), label)))
    return judged


def _act_at(found: Sequence[Statement], start: int, label: dict[str, str]) -> str | None:
    """The act of the statement that shares most characters with the snippet; of several, the shortest content's."""
    end = start + len(label["content"])

    def shared(statement: Statement) -> tuple[int, int]:
        common = sum(max(0, min(end, e) - max(start, s)) for s, e in statement.content.spans)
        return common, -len(statement.content.text)

    best = max(found, key=shared, default=None)
    return best.act if best is not None and shared(best)[0] > 0 else None


def scores(judged: Sequence[Judged]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each act."""
    table = {}
    for act in get_args(Act):
        right = sum(j.act == j.read == act for j in judged)
        read, labelled = sum(j.read == act for j in judged), sum(j.act == act for j in judged)
        precision, recall = right / read if read else 0.0, right / labelled if labelled else 0.0
        table[act] = (precision, recall, 2 * right / (read + labelled) if read + labelled else 0.0)
    return table


def macro(judged: Sequence[Judged]) -> float:
    """The mean of the acts' F1."""
    table = scores(judged)
    return sum(f1 for _, _, f1 in table.values()) / len(table)


def main() -> None:
    """Read, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", choices=PARTS, help="judge this part alone")
    parser.add_argument("--misses", action="store_true", help="list the sentences whose act was not read")
    arguments = parser.parse_args()
    parts = (arguments.part,) if arguments.part else PARTS
    judged = judge(DATA.read_text(encoding="utf-8").splitlines(), parts)
    summary = {}
    for part in parts:
        of_part = [j for j in judged if j.part == part]
        found = [j for j in of_part if j.read is not None]
        print(f"{part}: {len(of_part)} sentences\n\n| act | precision | recall | F1 |\n|---|---|---|---|")
        for act, (precision, recall, f1) in scores(of_part).items():
            print(f"| {act} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
        figures = {
            "sentences": len(of_part),
            "macro_f1": round(macro(of_part), 3),
            "accuracy": round(sum(j.act == j.read for j in of_part) / len(of_part), 3),
            "not_found": round(1 - len(found) / len(of_part), 3),
            "macro_f1_of_found": round(macro(found), 3),
        }
        print("\n" + ", ".join(f"{name} {value}" for name, value in figures.items()) + "\n")
        summary[part] = figures
    if arguments.misses:
        for miss in (j for j in judged if j.act != j.read):
            print(f"{miss.part}\t{miss.act}\tread {miss.read}\t{miss.text}")
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
