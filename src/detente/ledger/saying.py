"""Who said some words, first and again, exactly or nearly.

Words are compared as the schema's `words` sees them: without case, accents and punctuation. The ledger sorts out what
could match; the rest is decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

FIRST: Final = "first in this ledger"
PERHAPS_FIRST: Final = "may be the first in this ledger"
"""Where the dates leave open which of several speakers was the first."""

COLUMNS: Final = (
    "id",
    "date",
    "source",
    "source_name",
    "act",
    "quotation",
    "content",
    "match",
    "first",
    "according_to",
    "within",
    "evidence",
    "outlet",
    "published",
    "confidence",
)
"""What is told of a saying: the columns of a listed statement, and `match`, `first` and `according_to`."""

_NEAR: Final = 2 / 3
"""How much of the words is at least there where they are nearly said."""
_FOREIGN: Final = 1 / 4
"""What another word between them takes off, as a part of its own weight."""

_ENDING: Final = re.compile(r"(?<=\w{3})(?:ing|ed|es|e|s)\Z")
"""Endings that a word may have or not: speech that is reported moves into the past."""

_CANDIDATES: Final = """
    SELECT
        listed.* EXCLUDE (ordinal),
        words(content) AS spoken,
        reporters.name AS according_to,
        earliest(coalesce(date, published)) AS first_day,
        latest(coalesce(date, published)) AS last_day
    FROM list_statements AS listed
    LEFT JOIN reporters ON reporters.document = listed.document AND listed.document || '/' || reporters.id = within
    WHERE status = 'actual' AND length(content) >= $enough AND list_sum(list_transform(
        list_zip($stems, $weights),
        -- Not by `words`, which would cost most of the time: what it leaves of a word stands in this, too.
        lambda word: CASE WHEN contains(strip_accents(lower(content)), word[1]) THEN word[2] ELSE 0 END
    )) >= $enough
    ORDER BY first_day NULLS LAST, published NULLS LAST, listed.document, ordinal
"""
"""What was said with enough of the words in any order, the earliest first; without a date, that of its publication."""


def checked_words(said: str) -> str:
    """`said` itself. Raises `ValueError` where there is no word in it."""
    if not any(character.isalnum() for character in said):
        raise ValueError("there is no word to look for; write some, such as 'deserves attention'")
    return said.encode("utf-8", "replace").decode()


class Saying:
    """Some words that somebody may have said. `words` are theirs as the schema's macro gives them."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._stems = tuple(map(_stem, words.split()))
        self._weights = tuple(map(len, self._stems))
        self._enough = _NEAR * sum(self._weights)

    def candidates(self) -> tuple[str, dict[str, Any]]:
        """The query for the statements that may hold the words, and its parameters."""
        return _CANDIDATES, {"stems": [*self._stems], "weights": [*self._weights], "enough": self._enough}

    def match(self, spoken: str) -> str | None:
        """Whether the words are in `spoken`, which the macro has treated alike: `exact`, `near` or None.

        They are near where two thirds of them, each weighing as much as it has letters, come in their order, with
        little between them: a word between takes off a quarter of its own weight. Endings do not count.
        """
        if self._words in spoken:
            return "exact"
        stems = tuple(map(_stem, spoken.split()))
        # Most candidates fail in whatever order, which is quicker to see.
        shared = Counter(self._stems) & Counter(stems)
        if sum(len(stem) * times for stem, times in shared.items()) < self._enough:
            return None
        return "near" if self._likeness(stems) >= self._enough else None

    def _likeness(self, spoken: Sequence[str]) -> float:
        """The weight of what is found of the words, in their order, at the best place."""
        best = 0.0
        # For every word spoken: the most that the words so far come to up to there, from wherever they begin.
        before = [0.0] * (len(spoken) + 1)
        for stem, weight in zip(self._stems, self._weights, strict=True):
            row = [0.0]
            for place, word in enumerate(spoken, start=1):
                found = before[place - 1] + weight if word == stem else 0.0
                row.append(max(found, before[place], row[-1] - _FOREIGN * len(word)))
            best = max(best, *row)
            before = row
        return best


def sayings(saying: Saying, candidates: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those who said it among `candidates`, which come by date: the exact ones, then the near.

    What somebody says that somebody else said is told once, as the inner speaker's, `according_to` the outer one.
    """
    found = [dict(row) | {"match": match} for row in candidates if (match := saying.match(row["spoken"] or ""))]
    held = {(row["within"], match) for row in found for match in _no_better(row["match"])}
    found = [row for row in found if (row["id"], row["match"]) not in held]
    found.sort(key=lambda row: row["match"] != "exact")
    _mark_first(found)
    return [{column: row[column] for column in COLUMNS} for row in found]


def _no_better(match: str) -> tuple[str, ...]:
    return ("exact", "near") if match == "exact" else ("near",)


def _mark_first(found: Sequence[dict[str, Any]]) -> None:
    """Mark the first of the sayings that match as well as any, with all those whose dates let them be it.

    It is certain where the dates leave one speaker.
    """
    for row in found:
        row["first"] = None
    best = [row for row in found if row["match"] == found[0]["match"]]
    first_over = min((row["last_day"] for row in best if row["last_day"] is not None), default=date.max)
    first = [row for row in best if row["first_day"] is not None and row["first_day"] <= first_over] or best
    speakers = {row["source"] for row in first}
    certain = len(first) == 1 or (len(speakers) == 1 and None not in speakers)
    for row in first:
        row["first"] = FIRST if certain else PERHAPS_FIRST


def _stem(word: str) -> str:
    """A word without an ending of English, as far as three letters are left."""
    return _ENDING.sub("", word)
