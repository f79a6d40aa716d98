"""Whether two words are one name in two spellings: "Gaddafi" and "Qaddafi", "Siniora" and "Sanioura".

Names from other scripts come into English by several roads. The letters that these roads confuse are folded into one
(after the phonetic codes of Odell & Russell's Soundex and Philips's Metaphone, which fold more than this); two names
are then alike if they have the same consonants in the same order and differ in few vowels.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from typing import Final

_FOLDED: Final = (
    ("shch", "S"),
    ("sch", "S"),
    ("tch", "C"),
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "k"),
    ("gh", "k"),
    ("zh", "j"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("ts", "s"),
    ("tz", "s"),
    ("q", "k"),
    ("g", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
)
_VOWELS: Final = frozenset("aeiou")
_LEAST: Final = 5
"""Letters that both must have: short names differ by a letter and are others'."""
_LIKENESS: Final = 0.7


def alike(one: str, other: str) -> bool:
    """Whether two names in lower case are likely spellings of one."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST:
        return False
    first, second = fold(one), fold(other)
    if _skeleton(first) != _skeleton(second) or len(_skeleton(first)) < 2:
        return False
    return SequenceMatcher(None, first, second).ratio() >= _LIKENESS


@cache
def fold(word: str) -> str:
    """A name with what its spellings confuse made one."""
    for spelt, sound in _FOLDED:
        word = word.replace(spelt, sound)
    word = word.removesuffix("h")  # "Salameh", "Salamé"
    return "".join(letter for i, letter in enumerate(word) if i == 0 or letter != word[i - 1])


@cache
def _skeleton(folded: str) -> str:
    first = "V" if folded[0] in _VOWELS else folded[0]
    return first + "".join(letter for letter in folded[1:] if letter not in _VOWELS)
