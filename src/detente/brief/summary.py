"""The situation in five lines: what matters most of all that was read, of different kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from detente.brief.drafts import Draft, Section

LINES: Final = 5

_ORDER: Final[tuple[Section, ...]] = ("deed", "contested", "statement", "position", "holding", "open")
"""What happened comes before what is disputed, said, wanted, held and open."""

_WORDS: Final = 0.7
"""What statements weigh: what they do (demand, offer, accuse) is mostly told as an event or a position too."""

_OPEN: Final = 0.4
"""What questions weigh: they belong there only where little else is told."""

_SAME_KIND: Final = 0.5
_SAME_ACTORS: Final = 0.7
"""What a line loses for each one that is chosen already and of its kind, or among its actors: five lines should not
tell one thing five times."""


def choose(drafts: Iterable[Draft]) -> list[Draft]:
    """At most five drafts, no two from one sentence, in the order of their kinds and of time."""
    left = sorted(drafts, key=lambda draft: (-draft.salience, draft.order))
    chosen: list[Draft] = []
    while left and len(chosen) < LINES:
        best = max(left, key=lambda draft: _worth(draft, chosen))
        chosen.append(best)
        told = set(best.citations)
        left = [draft for draft in left if told.isdisjoint(draft.citations)]
    return sorted(chosen, key=lambda draft: (_ORDER.index(draft.section), draft.order))


def _worth(draft: Draft, chosen: list[Draft]) -> float:
    kind = {"statement": _WORDS, "open": _OPEN}.get(draft.section, 1)
    worth = draft.salience * (1 + (len(draft.outlets) - 1) / 2) * kind
    for other in chosen:
        if other.section == draft.section:
            worth *= _SAME_KIND
        if other.participants == draft.participants:
            worth *= _SAME_ACTORS
    return worth
