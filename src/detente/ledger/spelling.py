"""Words in any spelling: regular expressions (RE2's) that find them in a text as it is, whatever its case and accents.

Letters with accents are those of the Latin, Greek and Cyrillic scripts in Unicode's blocks, or letters with combining
marks after them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Final
from unicodedata import category

from detente.world.registry import normal

_ACCENTED: Final = (range(0xC0, 0x530), range(0x1E00, 0x2000))
"""Where letters with accents stand in Unicode, among others; `migrations/4.sql` has the same."""

_BETWEEN: Final = r"[^\pL\pN]+"


def spelled(words: str) -> str | None:
    """A regular expression that finds `words` where they stand whole, in any case and with any accents.

    It looks at a text as it is; `words(text)` would make every text of a ledger anew. None, which finds nothing,
    where there is no word.
    """
    found = _words(words)
    if not found:
        return None
    inner = _BETWEEN.join("".join(f"[{letter}{_accented().get(letter, '')}]\\pM*" for letter in word) for word in found)
    return f"(?i)(?:^|[^\\pL\\pN]){inner}(?:[^\\pL\\pN]|$)"


def bare(words: str) -> str | None:
    """A regular expression that finds at least what `spelled` finds in a text that `has_accents` says no to.

    It begins with a letter, which RE2 looks for some times faster than for one of several.
    """
    found = _words(words)
    return f"(?i){_BETWEEN.join(found)}" if found else None


def has_accents(text: str) -> bool:
    """Whether a letter of a text may be one with accents."""
    return not text.isascii() and any(
        any(ord(letter) in some for some in _ACCENTED) or category(letter).startswith("M") for letter in set(text)
    )


def _words(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", normal(words))


@cache
def _accented() -> Mapping[str, str]:
    """The letters that are others with accents, by those."""
    accented: dict[str, str] = {}
    for letter in map(chr, chain(*_ACCENTED)):
        bare = normal(letter)
        if len(bare) == 1 and bare != letter.lower():
            accented[bare] = accented.get(bare, "") + letter
    return accented
