"""What a clause of the text tells by its small words: whether it looks back or ahead, and whether it stands by itself.

Nothing is parsed where a brief is made; the words before a verb are enough.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Denial = Literal["past", "future", "open"]

_MODALS: Final = "will|would|shall|wo|can|ca|could|may|might|must|should"
_WILL_NOT: Final = re.compile(
    rf"\b(?:(?:{_MODALS})(?:\s+not|\s+never|n[’']t|not)?|stop\w*|never|not\s+to|rul(?:e[sd]?|ing) out|refus\w+"
    r"|declin\w+|reject\w+|oppos\w+|against)(?!\w)",
    re.IGNORECASE,
)
_DID_NOT: Final = re.compile(r"\b(?:not|no|without|fail\w*)\b|n[’']t\b", re.IGNORECASE)
_PERFECT: Final = re.compile(r"\b(?:had|has|have|was|were|did)\b", re.IGNORECASE)
_MODAL: Final = re.compile(rf"\b(?:{_MODALS}|whether|to)\b", re.IGNORECASE)
_CONDITION: Final = re.compile(
    r"(?:(?:only|even) )?(?:if|unless|provided|as long as|so long as|in case|until|should|were)\b", re.IGNORECASE
)
_PART: Final = re.compile(
    rf"(?:(?i:{_MODALS}|who|whose|whom|which|where|to|by|for|of|with|and|but|or|only)|[a-z]+(?:ed|ing))\b"
)


def denial(before: str) -> Denial:
    """Whether something was not done or will not be done, by the last of the words `before` that can tell."""
    future, past = _last(_WILL_NOT, before), _last(_DID_NOT, before)
    return "open" if future == past == -1 else "future" if future >= past else "past"  # "will not" is both


def is_past(before: str) -> bool | None:
    """Whether what is held possible lies in the past, by the words `before` it; None where that is open."""
    past, future = _last(_PERFECT, before), _last(_MODAL, before)
    return None if past == future else past > future


def is_condition(clause: str) -> bool:
    """Whether a clause names a condition: "if the parliament votes against it"."""
    return _CONDITION.match(clause) is not None


def is_part(clause: str) -> bool:
    """Whether a clause leaves out who does what: "who was detained there", "called for talks"."""
    return _PART.match(clause.removeprefix("that ")) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match of `pattern` in `text` ends; -1 where there is none."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)
