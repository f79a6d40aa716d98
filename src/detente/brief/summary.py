"""The situation in five lines: what matters most of all that was read, of different kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from detente.brief.drafts import Draft, Section
from detente.records import Event

LINES: Final = 5

_ORDER: Final[tuple[Section, ...]] = ("deed", "contested", "statement", "position", "holding", "open")
"""What happened comes before what is disputed, said, wanted, held and open."""

_WORDS: Final = 0.7
"""What statements weigh: what they do (demand, offer, accuse) is mostly told as a position."""

_SAME_KIND: Final = 0.5
_SAME_TYPE: Final = 0.7
_SAME_ACTORS: Final = 0.7
"""What a line loses for each one that is chosen already and of its kind, of its type of event, or among its actors:
five lines should not tell one thing five times."""


def choose(drafts: Iterable[Draft]) -> list[Draft]:
    """At most five drafts, no two from one sentence, in the order of their kinds and of time."""
    left = sorted(drafts, key=lambda draft: (-draft.salience, draft.order))
    chosen: list[Draft] = []
    while left and len(chosen) < LINES:
        # What is only held possible is told where nothing else is.
        best = max(left, key=lambda draft: (draft.section != "open", _worth(draft, chosen)))
        chosen.append(best)
        left = [draft for draft in left if not _share_words(draft, best)]
    return sorted(chosen, key=lambda draft: (_ORDER.index(draft.section), draft.order))


def _share_words(one: Draft, other: Draft) -> bool:
    """Whether two drafts rest on one sentence; a quotation of several holds each of them."""
    return any(
        some.document == others.document and some.start < others.end and others.start < some.end
        for some in one.citations
        for others in other.citations
    )


def _worth(draft: Draft, chosen: list[Draft]) -> float:
    worth = draft.salience * (1 + (len(draft.outlets) - 1) / 2) * (_WORDS if draft.section == "statement" else 1)
    for other in chosen:
        if other.section == draft.section:
            worth *= _SAME_KIND
        if (
            isinstance(draft.record, Event)
            and isinstance(other.record, Event)
            and draft.record.type == other.record.type
        ):
            worth *= _SAME_TYPE
        if other.participants == draft.participants:
            worth *= _SAME_ACTORS
    return worth
