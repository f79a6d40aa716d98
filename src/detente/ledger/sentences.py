"""Sentences by their marks alone: what comes out of a ledger is shown in sentences, and nothing is parsed there.

A boundary is set only where it is plain. Where it is doubtful two sentences stay one, which hides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

LONGEST: Final = 1000
"""Characters of the longest sentence that is shown whole; of a longer one, what stands around the evidence."""

# Possessive repeats (++ and *+): a hostile run of blanks or marks takes no more than one look.
_BOUNDARY: Final = re.compile(
    r"""
    (?P<mark>[.!?…])["'”’»)\]]*+(?P<gap>[^\S\n]++)(?=["'“‘«(\[]*+[^\W_a-z])  # the next word has no small letter
    | (?P<lines>\n\s*+)
    """,
    re.VERBOSE,
)

_LINES: Final = re.compile(r"\n\s*+")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[^\w.])(?:[^\W\d_](?:\.[^\W\d_])*"  # an initial, or letters with a point each: J. Smith, U.S. officials
    r"|Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Brig|Gov|Sen|Rep|Amb|Hon|Rev|Jr|Sr|vs|No|Nos|Art|Res"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_LONGEST_ABBREVIATION: Final = 12

_ENDED: Final = re.compile(r"""[.!?…]["'”’»)\]]*+$""")
_UNENDED: Final = re.compile(
    r"(?:,|\b(?:a|an|the|its|their|his|her|that|which|who|whether|and|or|but|than|as|of|to|in|on|at|by|for|from|with))$"
)
"""What ends a line, and no sentence or headline."""
_LINE_END: Final = 16
"""Characters before a line's end in which these stand."""


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts, self._ends = _boundaries(text)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of the sentences that hold the evidence from `start` to `end`, which is never cut."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = min(bisect_left(self._ends, end), len(self._ends) - 1)
        begun, ended = min(self._starts[first], start), max(self._ends[last], end)
        if ended - begun <= LONGEST:
            return begun, ended
        room = max(LONGEST - (end - start), 0) // 2
        return _word_start(self._text, max(begun, start - room), start), _word_end(
            self._text, end, min(ended, end + room)
        )


def excerpt(text: str, start: int, end: int, *, limit: int, keep: int | None = None) -> str:
    """`text[start:end]` on one line, cut between words to `limit` characters, with … where words were left out.

    `keep` is the offset of a word that must stay, such as the one that names the deed.
    """
    start += len(text[start:end]) - len(text[start:end].lstrip())
    begun = start
    if keep is not None and start + limit * 2 // 3 < keep < end:
        begun = _word_start(text, keep - limit // 3, keep)
    ended = min(end, begun + 2 * limit)
    shown = " ".join(text[begun:ended].split())
    is_cut = ended < end
    if len(shown) > limit:
        shown, is_cut = shown[: _word_end(shown, limit // 2, limit)], True
    return ("…" if begun > start else "") + (shown.rstrip(" ,;:–—-") + "…" if is_cut else shown)


def _boundaries(text: str) -> tuple[list[int], list[int]]:
    """Where the sentences of a text start, and where they end, in order."""
    starts, ends = [len(text) - len(text.lstrip())], []
    blanks: list[int] = []
    typed: set[int] = set()
    for found in _LINES.finditer(text):
        if found[0].count("\n") > 1:
            blanks.append(found.start())
        elif text[found.end() : found.end() + 1].islower():
            typed.add(len(blanks))
    for found in _BOUNDARY.finditer(text):
        stop = found.start("lines") if found["mark"] is None else found.start("gap")
        if stop > starts[-1] and not _goes_on(text, found, in_lines=bisect_left(blanks, stop) in typed):
            ends.append(stop)
            starts.append(found.end())
    ends.append(max(len(text.rstrip()), starts[-1]))
    return starts, ends


def _goes_on(text: str, found: re.Match[str], *, in_lines: bool) -> bool:
    """Whether the sentence goes on: after an abbreviation's point, or where only a typed line ends.

    `in_lines` is a paragraph of which some line goes on with a small letter: there a line ends a sentence by its mark
    alone, as what follows may be a name.
    """
    if found["mark"] is not None:
        head = text[max(0, found.start() - _LONGEST_ABBREVIATION) : found.start()]
        return found["mark"] == "." and _ABBREVIATION.search(head) is not None
    if found["lines"].count("\n") > 1:
        return False
    if text[found.end() : found.end() + 1].islower():
        return True
    line = text[max(0, found.start() - _LINE_END) : found.start()].rstrip()
    if in_lines:
        return _ENDED.search(line) is None or (line.endswith(".") and _ABBREVIATION.search(line[:-1]) is not None)
    return _UNENDED.search(line) is not None


def _word_start(text: str, at: int, limit: int) -> int:
    """The start of the first whole word from `at` on, `limit` at the latest."""
    if at == 0 or text[at - 1].isspace():
        return at
    found = re.compile(r"\s+").search(text, at, limit)
    return found.end() if found else limit


def _word_end(text: str, limit: int, at: int) -> int:
    """The end of the last whole word before `at`; `at` itself where there is none after `limit`."""
    if at >= len(text) or text[at].isspace():
        return at
    cut = max(text.rfind(blank, limit, at) for blank in " \n\t")
    return cut if cut > limit else at
