"""From a text to the encoder's input: units, their features, and windows over the document. Needs no model weights.

A unit is what the encoder's tokenizer splits at blanks and punctuation: a word, or one mark. The encoder sees word
pieces; all that is read off it is read at the first piece of each unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS: Final = 101
SEP: Final = 102

LONGEST: Final = 208
"""Pieces in the longest window that the model is trained on, the two marks around it included."""

WINDOW: Final = 192
"""Pieces in the longest window that is read: the last places of the longest are trained too rarely."""

CONTEXT: Final = 24
"""Pieces before and after a window's body that are read for context only."""

CASES: Final = ("lower", "title", "upper", "mixed", "digits")
FEATURES: Final = len(CASES) * 2 * 2
"""Case of the letters, within quotation marks or not, first of a paragraph or not: the encoder is uncased."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Encoded:
    """A text as pieces and units."""

    pieces: Ints
    """Vocabulary number of each piece."""
    unit_of: Ints
    """For each piece, its unit."""
    first: Ints
    """For each unit, its first piece; one more at the end: the number of pieces."""
    spans: Ints
    """For each unit, its start and end in code points."""
    features: Ints
    """For each unit, its feature, below `FEATURES`."""
    paragraphs: Ints
    """For each unit, the number of its paragraph."""

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True)
class Window:
    """Units `start` to `end` of a text, of which `body_start` to `body_end` are this window's to label."""

    start: int
    body_start: int
    body_end: int
    end: int


def load_tokenizer(data: str) -> Tokenizer:
    """A tokenizer from the JSON in `data`, without the cut and the padding that it may ask for."""
    from tokenizers import Tokenizer

    loaded: Tokenizer = Tokenizer.from_str(data)
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def encode(text: str, quoted: Iterable[tuple[int, int]], by: Tokenizer) -> Encoded:
    """The pieces and units of `text`; `quoted` are the stretches between quotation marks."""
    encoding: Any = by.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array(encoding.word_ids, dtype=np.int64)
    is_first = np.diff(words, prepend=-1) != 0
    first = np.append(np.flatnonzero(is_first), len(words))
    spans = np.stack([offsets[first[:-1], 0], offsets[first[1:] - 1, 1]], axis=1) if len(words) else offsets
    breaks = np.array([i for i, c in enumerate(text) if c == "\n"], dtype=np.int64)
    paragraphs = np.searchsorted(breaks, spans[:, 0])
    opens = np.diff(paragraphs, prepend=-1) != 0
    between = np.zeros(len(text) + 1, dtype=bool)
    for start, end in quoted:
        between[start:end] = True
    case = np.array([_case(text[start:end]) for start, end in spans.tolist()], dtype=np.int64)
    features = case * 4 + between[spans[:, 0]] * 2 + opens
    return Encoded(
        pieces=np.array(encoding.ids, dtype=np.int64),
        unit_of=np.cumsum(is_first) - 1,
        first=first,
        spans=spans,
        features=features,
        paragraphs=paragraphs,
    )


def _case(unit: str) -> int:
    if unit.islower() or not unit[0].isalnum():
        return 0
    if unit.istitle():
        return 1
    if unit.isupper():
        return 1 if len(unit) == 1 else 2
    return 4 if unit[0].isdigit() else 3


def windows(encoded: Encoded, phase: float = 1.0, size: int = WINDOW, context: int = CONTEXT) -> Iterator[Window]:
    """Windows whose bodies cover the text once; they end with a paragraph where they can.

    `phase` shortens the first body to that share of a full one: training moves the borders from pass to pass.
    """
    total, first, paragraphs = len(encoded), encoded.first, encoded.paragraphs
    room = size - 2 - 2 * context
    start = 0
    allowed = int(room * phase)
    while start < total:
        end = _last_that_fits(first, start, max(allowed, 1))
        if end < total:
            end = _at_border(paragraphs, start, end)
        before = int(np.searchsorted(first, first[start] - context))
        after = max(end, int(np.searchsorted(first, first[end] + context, side="right")) - 1)
        # A unit of very many pieces may not fit beside its neighbours: then they are left out.
        while first[after] - first[before] > size - 2 and (before < start or after > end):
            before, after = (before + 1, after) if before < start else (before, after - 1)
        yield Window(before, start, end, min(after, total))
        start, allowed = end, room


def _last_that_fits(first: Ints, start: int, room: int) -> int:
    return max(start + 1, int(np.searchsorted(first, first[start] + room, side="right")) - 1)


def _at_border(paragraphs: Ints, start: int, end: int) -> int:
    """The last border of paragraphs in the second half of the units from `start` to `end`, else `end`."""
    half = start + (end - start) // 2
    border = int(np.searchsorted(paragraphs, paragraphs[end]))
    return border if border > half else end


def pieces_of(encoded: Encoded, window: Window) -> tuple[Ints, Ints, Ints]:
    """A window as the encoder takes it: pieces, the feature of each, and where each unit's first piece is."""
    low, high = int(encoded.first[window.start]), int(encoded.first[window.end])
    # One unit may be longer than a window (a line of hyphens, an address): what exceeds it is not seen.
    high = min(high, low + LONGEST - 2)
    pieces = np.concatenate([[CLS], encoded.pieces[low:high], [SEP]])
    features = np.concatenate([[0], encoded.features[encoded.unit_of[low:high]], [0]])
    units = np.minimum(encoded.first[window.start : window.end] - low + 1, len(pieces) - 2)
    return pieces, features, units
