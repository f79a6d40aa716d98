"""Texts that were broken to a width: where their lines end says nothing, and their paragraphs are read in one piece."""

from __future__ import annotations

import re
from typing import Final

_WIDEST: Final = 120
"""Characters of the longest line of a text that was broken to a width; paragraphs are longer."""

_BROKEN: Final = 2
"""Lines that end inside a sentence, from which on a text was broken to a width: one may be a headline's."""

_INSIDE: Final = re.compile(r"[^\s.!?:;\"”’)]\n(?=[^\W\d_A-Z])")
"""The end of a line inside a sentence: the next line goes on with a small letter."""

_OPEN_WORD: Final = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|that|as|its|their|his|her)$", re.IGNORECASE
)
"""A word that no line of its own ends with."""

_WORD: Final = re.compile(r"\S+")
_LINE_END: Final = re.compile(r"(?<=\S)\n(?=\S)")


def joined(text: str) -> str:
    """`text` as it is read, with its paragraphs in one piece where it was broken to a width: line ends inside them
    become blanks. What is stored is cut from the document's own text, which keeps them.

    A line ends inside a paragraph where the next word had no room left on it, or where a sentence plainly goes on. A
    headline, which leaves room, stays a line of its own. No character goes and none comes.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width > _WIDEST or len(_INSIDE.findall(text)) < _BROKEN:
        return text

    def blank(found: re.Match[str]) -> str:
        end = found.start()
        line, word = text[text.rfind("\n", 0, end) + 1 : end], _WORD.match(text, end + 1)
        is_full = word is not None and len(line) + 1 + len(word[0]) > width
        return " " if is_full or _OPEN_WORD.search(line) or _INSIDE.match(text, end - 1) else "\n"

    return _LINE_END.sub(blank, text)
