"""Words that tell of somebody that he does not stand against a thing, which is less than to be for it.

"Would not oppose it", "has no objection to it", "is not against it", "dropped his opposition to it". What stands behind
them is what he lets pass. Less still is to leave it open: "does not rule it out", "stopped short of backing it", "has
not endorsed it".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NOT: Final = r"(?:\b(?:not|cannot|never|nor|without|no(?=\s+longer\b)|(?:refus|declin)\w+(?=\s+to\b))|n['’]t\b)"
_BETWEEN: Final = (
    r"(?:\s+(?:(?!(?:on|mere|simp)ly\b)\w+ly|longer|to|be|been|have|had|going|ever|now|yet|itself|in\s+principle|seek|"
    r"try|vote[ds]?|voting|stand|stood))*"
)
"""Adverbs, auxiliaries, and verbs that say nothing without "against"; "not only" denies nothing."""
_OPPOSING: Final = (
    r"(?:oppos(?:e|es|ed|ing)\b(?:\s+to\b)?|object(?:s|ed|ing)?\s+to\b|veto(?:es|ed|ing)?\b|reject(?:s|ed|ing)?\b|"
    r"(?:block|resist|obstruct|hinder|prevent|thwart)(?:s|ed|ing)?\b|against\b|in\s+the\s+way\s+of\b)"
)
_OBJECTION: Final = r"(?:objections?|opposition|resistance)\s+(?:in\s+principle\s+)?(?:to|against)\b"

_UNOPPOSED: Final = re.compile(
    rf"""
    {_NOT}{_BETWEEN}\s+{_OPPOSING}
    | (?:\b(?:no|without)|{_NOT}{_BETWEEN}\s+(?:have|has|had|see|sees|saw|raise[ds]?|voice[ds]?)(?:\s+any|\s+an)?)
      (?:\s+\w+)?\s+{_OBJECTION}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GIVEN_UP: Final = re.compile(
    r"\b(?:drop|withdr[ae]w|lift|waive?|abandon|end|overc[ao]m|(?:giv|gave)\w*\s+up)\w*\s+"
    rf"(?:its|their|his|her|our|my|all|any)\s+(?:\w+\s+)?{_OBJECTION}",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(rf"{_NOT}{_BETWEEN}\s+$", re.IGNORECASE)
"""What stands before the giving up of an objection that is not given up."""

_APPROVED: Final = (
    r"(?:agreed(?:\s+to)?|consented\s+to|committed\s+to|accepted|approved|backed|endorsed|supported|embraced)\b"
)
_OPEN: Final = re.compile(
    rf"""
    {_NOT}{_BETWEEN}\s+(?:rul(?:e|es|ed|ing)\s+out|exclud(?:e|es|ed|ing)|preclud(?:e|es|ed|ing))\b
    | \bst(?:op|ops|opped|opping)\s+short\s+of\b
    | \b(?:ha[sd]|have|having)(?:\s+not|n['’]t)(?:\s+\w+ly)?\s+{_APPROVED}
    | \b(?:ha[sd]|have|having)\s+yet\s+to\b
    | \bneither\s+\w+\s+(?:\w+\s+)?nor\s+{_OPPOSING}
    """,
    re.IGNORECASE | re.VERBOSE,
)


_TURN: Final = re.compile(
    r"\s*[,;:–—]\s*(?:but|yet|although|though|while|whereas|and|so|provided|if|it|he|she|they|we|I)\b", re.IGNORECASE
)
"""Where another clause begins."""


@dataclass(frozen=True)
class LetPass:
    """Offsets of words that deny opposition, from `begun` to `start`, and of what they let pass, up to `end`."""

    begun: int
    start: int
    end: int
    is_open: bool
    """Whether they leave it open rather than let it pass."""


def let_pass(words: str) -> LetPass | None:
    """The first words that leave something open or else that deny opposition; None where there are none."""
    found, is_open = left_open(words), True
    if found is None:
        found, is_open = find(words), False
    if found is None:
        return None
    turn = _TURN.search(words, found[1])
    return LetPass(*found, turn.start() if turn is not None else len(words), is_open)


def left_open(words: str) -> tuple[int, int] | None:
    """The first and last offset of the words that leave something open; None where there are none."""
    found = _OPEN.search(words)
    return found.span() if found is not None else None


def find(words: str) -> tuple[int, int] | None:
    """The first and last offset of the words that deny opposition; None where there are none."""
    found = _UNOPPOSED.search(words)
    if found is None:
        given_up = (match for match in _GIVEN_UP.finditer(words) if not _KEPT.search(words[: match.start()]))
        found = next(given_up, None)
    return found.span() if found is not None else None
