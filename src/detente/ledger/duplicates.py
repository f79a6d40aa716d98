"""Near-duplicate texts: a syndicated story, a copy with another headline or a shorter end.

Texts are compared by their shingles, three words each. MinHash in bands (Broder 1997; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3) finds who may be alike among millions; how alike they are is then counted.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datasketch.minhash import MinHash

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 3
"""Words of a shingle: one word that an editor changes costs three shingles of a text."""

_FEWEST: Final = 8
"""Shingles that a text has at least if it is to be compared: a line of ten words says too little of its origin."""

_BANDS: Final = 24
_ROWS: Final = 3
"""At half the shingles in common, 96 in 100 pairs share a band; at a tenth, two in 100, which counting sorts out."""

ALIKE: Final = 0.5
"""Jaccard similarity from which a text is a copy of another."""
HELD: Final = 0.8
"""The part of the shorter text's shingles in the longer from which it is a copy, whatever was cut or added."""


def shingles(text: str) -> frozenset[str]:
    """The shingles of a text, without case and punctuation; none where the text is too short to be compared."""
    words = _WORD.findall(text.casefold())
    found = frozenset(" ".join(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))
    return found if len(found) >= _FEWEST else frozenset()


def bands(found: Set[str]) -> list[int]:
    """Hashes of 64 bits of the bands of a text's MinHash, none for a text without shingles.

    The same text has the same in every process and version: they are kept in the ledger.
    """
    if not found:
        return []
    signature = _empty().copy()
    signature.update_batch([shingle.encode() for shingle in found])
    values = signature.hashvalues.astype("<u4").reshape(_BANDS, _ROWS)
    return [
        int.from_bytes(blake2b(bytes([number]) + row.tobytes(), digest_size=8).digest())
        for number, row in enumerate(values)
    ]


@cache
def _empty() -> MinHash:
    """The signature of nothing, with its permutations, which take longer to draw than a text to hash."""
    # Not at the top: it brings scipy with it, which takes half a second.
    from datasketch.minhash import MinHash

    return MinHash(num_perm=_BANDS * _ROWS, seed=1, scheme="affine32")


def likeness(one: Set[str], other: Set[str]) -> float | None:
    """The Jaccard similarity of two texts' shingles if one is a copy of the other, else None."""
    if not one or not other:
        return None
    shared = len(one & other)
    jaccard = shared / len(one | other)
    return jaccard if jaccard >= ALIKE or shared >= HELD * min(len(one), len(other)) else None
