"""The lexicon of cues: words that report speech or thought, what act they report and how their content is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast

from detente.reading.tables import Row, rows
from detente.records import Act

_WORD: Final = re.compile(r"[a-z]+")
_IRREGULAR: Final = frozenset(
    """according said told thought knew known wrote written held found felt saw seen swore sworn spoke spoken understood
    heard foresaw foreseen taught meant put made gave given read laid""".split()
)


@dataclass(frozen=True)
class Cue:
    """One word that reports speech. `takes` and `prepositions` are explained at the head of data/cues.csv."""

    act: Act
    takes: str
    prepositions: frozenset[str]
    row: Row = field(compare=False)


@cache
def verbs() -> dict[str, Cue]:
    """Cues by the lemma of the verb, or by "lemma particle" ("point out")."""
    return _table("v")


@cache
def nouns() -> dict[str, Cue]:
    """Cues by the lemma of the noun."""
    return _table("n")


def may_stand_in(text: str) -> bool:
    """Whether a word of the lexicon stands in `text`, in whatever form: without one nobody is quoted there."""
    return any(word in _forms() for word in _WORD.findall(text.lower()))


@cache
def _forms() -> frozenset[str]:
    """Every form that a verb or noun of the lexicon may have, and some that no word has: they do no harm."""
    verb_forms = {form for lemma in verbs() for form in _inflected(lemma.partition(" ")[0])}
    noun_forms = {form for lemma in nouns() for form in (lemma, lemma + "s", lemma[:-1] + "ies")}
    return frozenset({*verb_forms, *noun_forms, *_IRREGULAR})


def _inflected(verb: str) -> Iterator[str]:
    """A regular verb's forms: "reply" has "replies", "deny" "denied", "argue" "arguing", "admit" "admitted"."""
    stem = verb[:-1]
    yield from (verb, verb + "s", verb + "es", verb + "d", verb + "ed", verb + "ing")
    yield from (stem + "ies", stem + "ied", stem + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def _table(part: str) -> dict[str, Cue]:
    return {
        row.cells["lemma"]: Cue(
            act=cast(Act, row.cells["act"]),
            takes=row.cells["takes"],
            prepositions=frozenset(row.cells["prepositions"].split()),
            row=row,
        )
        for row in rows("cues.csv")
        if row.cells["part"] == part
    }
