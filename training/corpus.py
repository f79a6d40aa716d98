"""Annotated texts as the model sees them, each unit with its labels: PolNeAR's articles, and sentences of our own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from detente.language.attribution import ACTS, CONTENT, CUE, SOURCE
from detente.language.encoder import Encoded, Ints, encode
from detente.reading.speech import quotations

UNKNOWN = -100
TOGETHER = 5
"""Sentences that are read as the paragraphs of one text: alone, they would be over before a window is half full."""


@dataclass(frozen=True)
class Attribution:
    """One annotated attribution: the unit that its cue begins with, and the units of its parts."""

    anchor: int
    units: Ints
    """Units that are something to this cue, in order."""
    labels: Ints
    """What each of them is."""
    act: int = UNKNOWN
    """The number of its speech act in `ACTS`; UNKNOWN where nobody named it."""


@dataclass(frozen=True)
class Article:
    """One annotated article."""

    id: str
    text: str
    encoded: Encoded
    quotations: tuple[quotations.Quotation, ...]
    attributions: tuple[Attribution, ...]


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sha256(path: Path) -> str:
    """The checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def articles(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """The articles of a file, encoded and labelled."""
    return [_article(record, tokenizer) for record in read(path)]


def parted(records: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nine tenths of `records` to learn from, and the others to watch, both in an order of chance."""
    order = np.random.default_rng(0).permutation(len(records))
    tenth = len(records) // 10
    return [records[i] for i in order[tenth:]], [records[i] for i in order[:tenth]]


def sentences(records: Sequence[dict[str, Any]], tokenizer: Tokenizer) -> list[Article]:
    """Sentences with one attribution or none each, some at a time, as chance has it, as one article."""
    mixed = [records[i] for i in np.random.default_rng(1).permutation(len(records))]
    groups = (mixed[i : i + TOGETHER] for i in range(0, len(mixed), TOGETHER))
    return [_article(_joined(group, number), tokenizer) for number, group in enumerate(groups)]


def _joined(records: Sequence[dict[str, Any]], number: int) -> dict[str, Any]:
    """Sentences as the paragraphs of one article."""
    texts, attributions, at = [], [], 0
    for record in records:
        text = record["text"]

        def spans(*parts: str, text: str = text, at: int = at) -> list[list[int]]:
            return [[at + text.index(part), at + text.index(part) + len(part)] for part in parts]

        if "cue" in record:
            attributions.append(
                {
                    "source": spans(record["source"]) if record["source"] else [],
                    "cue": spans(record["cue"]),
                    "content": spans(*record["content"]),
                    "act": ACTS.index(record["act"]) if "act" in record else UNKNOWN,
                }
            )
        texts.append(text)
        at += len(text) + 1
    return {"id": f"sentences-{number}", "text": "\n".join(texts), "attributions": attributions}


def _article(record: dict[str, Any], tokenizer: Tokenizer) -> Article:
    text = record["text"]
    marked = quotations.find(text)
    encoded = encode(text, [piece for quotation in marked for piece in quotation.pieces], tokenizer)
    found = (_attribution(attribution, encoded) for attribution in record["attributions"])
    return Article(record["id"], text, encoded, marked, tuple(a for a in found if a is not None))


def _attribution(record: dict[str, Any], encoded: Encoded) -> Attribution | None:
    labels = np.zeros(len(encoded), dtype=np.int64)
    for label, part in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for start, end in record[part]:
            labels[(encoded.spans[:, 0] < end) & (encoded.spans[:, 1] > start)] = label
    cues = np.flatnonzero(labels == CUE)
    if not len(cues):
        return None
    units = np.flatnonzero(labels)
    return Attribution(int(cues[0]), units, labels[units], record.get("act", UNKNOWN))
