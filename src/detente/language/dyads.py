"""What one actor of a sentence does to another, as the model sees it: one of PLOVER's types, or nothing.

The pair is marked where it stands in the sentence; the sentence is read once for each pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
from numpy.typing import NDArray

from detente.language.encoder import CLS, SEP, Ints, encode
from detente.records import EventType

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from detente.language.attribution import Model

DEEDS: Final[tuple[EventType | str, ...]] = (*get_args(EventType), "NONE")
"""PLOVER's types in the order of the model's output, and last that nothing is done."""
NOTHING: Final = len(DEEDS) - 1

NEITHER, SOURCE, TARGET, PLAIN, PLV = range(5)
"""The mark of a piece: whose it is, or, at the first, by whose rules to judge: the manual's or PLV's."""
MARKS: Final = 5

LONGEST: Final = 160
"""Pieces of a sentence that are read; what lies beyond is not seen."""

AT_ONCE: Final = 16
"""Pairs that are read together."""

Span = tuple[int, int]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sentence:
    """A sentence as the encoder takes it."""

    pieces: Ints
    features: Ints
    spans: Ints
    """Start and end of each piece's unit in code points of the sentence; of the marks around it −1."""


def encoded(text: str, by: Tokenizer) -> Sentence:
    """A sentence as pieces between the two marks."""
    whole = encode(text, (), by)
    kept = whole.unit_of[: LONGEST - 2]
    ends = np.array([[-1, -1]])
    return Sentence(
        pieces=np.concatenate([[CLS], whole.pieces[: LONGEST - 2], [SEP]]),
        features=np.concatenate([[0], whole.features[kept], [0]]),
        spans=np.concatenate([ends, whole.spans[kept], ends]),
    )


def roles(sentence: Sentence, source: Span, target: Span, rules: int = PLAIN) -> Ints:
    """The mark of each piece of `sentence`, with the offsets of the pair in it."""
    marks = np.zeros(len(sentence.pieces), dtype=np.int64)
    for mark, (start, end) in ((TARGET, target), (SOURCE, source)):
        marks[(sentence.spans[:, 0] < end) & (sentence.spans[:, 1] > start)] = mark
    marks[0] = rules
    return marks


def stacked(given: Sequence[tuple[Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
    """Pieces, features and marks of some pairs, padded to one length with zeros."""
    longest = max(len(pieces) for pieces, _, _ in given)
    shape = (3, len(given), longest)
    out = np.zeros(shape, dtype=np.int64)
    for row, parts in enumerate(given):
        for kind, part in enumerate(parts):
            out[kind, row, : len(part)] = part
    return out[0], out[1], out[2]


def deeds(model: Model, given: Sequence[tuple[Sentence, Ints]]) -> list[Floats]:
    """For each sentence with its marks the probabilities of `DEEDS`."""
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(given)
    order = sorted(range(len(given)), key=lambda i: len(given[i][0].pieces))
    for i in range(0, len(order), AT_ONCE):
        chosen = order[i : i + AT_ONCE]
        inputs = stacked([(given[j][0].pieces, given[j][0].features, given[j][1]) for j in chosen])
        names = ("dyad_pieces", "dyad_features", "dyad_marks")
        (shares,) = model.run(("deeds",), dict(zip(names, inputs, strict=True)))
        for j, share in zip(chosen, shares, strict=True):
            found[j] = share
    return found
