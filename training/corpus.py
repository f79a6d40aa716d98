"""PolNeAR's articles as the model sees them: each unit with its labels."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from detente.language.attribution import CONTENT, CUE, SOURCE
from detente.language.encoder import Encoded, Ints, encode
from detente.reading.speech import quotations


@dataclass(frozen=True)
class Attribution:
    """One annotated attribution: the unit that its cue begins with, and the units of its parts."""

    anchor: int
    units: Ints
    """Units that are something to this cue, in order."""
    labels: Ints
    """What each of them is."""


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
    return Attribution(int(cues[0]), units, labels[units])
