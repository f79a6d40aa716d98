"""Quotation marks: which stretches of a text stand between them, however untidily they are set.

Curly, straight, single and angle marks; a quotation that runs over paragraphs with its mark opened again at the head of
each; a mark that is never closed, which ends with its paragraph and never swallows the rest of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.language.lines import joined

_PAIRS: Final = {"“": "”", "„": "“”", "«": "»", "``": "''", '"': '"'}
_MARK: Final = re.compile(r"``|''|[“”„«»\"]")
_SINGLE: Final = re.compile(
    r"(?<![\w’'])[‘'](?=\w)(?!\d\ds)((?:[^‘’'\n]|(?<=\w)[’'](?=\w)){2,400})(?<=[\w.,!?…])[’'](?!\w)"
)
_OPENING_CONTEXT: Final = frozenset("([{-–—/:;,")


@dataclass(frozen=True)
class Quotation:
    """One quotation: the pieces between its marks, marks left out; more than one where it runs over paragraphs."""

    pieces: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first piece begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1][1]


def find(text: str) -> tuple[Quotation, ...]:
    """The quotations of `text`, outermost only, in order."""
    found: list[list[tuple[int, int]]] = []
    open_across: str | None = None
    text = joined(text)
    for start, end in _paragraphs(text):
        opened_again = open_across is not None and text.startswith(open_across, start)
        open_across = None
        for number, (piece, left_open) in enumerate(_pieces(text, start, end)):
            if number == 0 and opened_again and found and text[start : piece[0]].strip() in _PAIRS:
                found[-1].append(piece)
            else:
                found.append([piece])
            open_across = left_open
    return tuple(Quotation(tuple(pieces)) for pieces in found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        stripped = len(match.group()) - len(match.group().lstrip())
        if stripped < len(match.group()):
            yield match.start() + stripped, match.end()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], str | None]]:
    """The quoted pieces of one paragraph; with the last comes the mark that it leaves open, if it does."""
    opened: str | None = None
    inside = depth = 0
    covered: list[tuple[int, int]] = []
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in _PAIRS and (mark != '"' or _may_open(text, match.start(), match.end(), start, end)):
                opened, inside, depth = mark, match.end(), 1
        elif mark in _PAIRS[opened]:
            depth -= 1
            if depth == 0:
                covered.append((inside, match.start()))
                opened = None
        elif mark == opened:
            depth += 1
    left_open = opened
    if opened is not None:
        covered.append((inside, end))
    quoted = sorted([*covered, *_singles(text, start, end, covered)])
    kept = [piece for piece in quoted if text[piece[0] : piece[1]].strip()]
    for number, piece in enumerate(kept):
        yield piece, left_open if number == len(kept) - 1 else None


def _may_open(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a straight mark can open: after a blank or a bracket, before a letter."""
    before = text[start - 1] if start > first else " "
    after = text[end] if end < last else " "
    return (before.isspace() or before in _OPENING_CONTEXT) and not after.isspace()


def _singles(text: str, start: int, end: int, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Single-quoted pieces outside the others: apostrophes inside and at the end of words open nothing."""
    for match in _SINGLE.finditer(text, start, end):
        if not any(first < match.end() and match.start() < last for first, last in covered):
            yield match.span(1)
