"""Plain text: one file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from detente.documents.build import build
from detente.documents.inputs import Input, decoded
from detente.documents.metadata import Metadata
from detente.records import Document

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


def documents(given: Input) -> Iterator[Document]:
    """The document. All that is known about it is what the user says."""
    text = joined(re.sub(r"\r\n?", "\n", decoded(given.whole(), given.name)))
    yield build(text, name=given.name, path=given.name, own=Metadata(), options=given.options)


def joined(text: str) -> str:
    """`text` with its paragraphs in one piece, where it was broken to a width: line ends inside them become blanks.

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
