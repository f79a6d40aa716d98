"""Common knowledge about words: whose first names are whose, and what a common noun can take up.

The files are `first-names.csv` (a name, and `m`, `f` or nothing where both bear it), `nouns.csv` (a noun of the
language, the kind of actor that it can stand for, "thing" for none, and what sort of body it names: a bank, a party; of
a person what else he may be called: a singer a musician)
and `state-kinds.csv` (which states are kingdoms, emirates, islands). Like all of `data/` they are plain and can be
corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.world import tables
from detente.world.registry import normal

_ENDINGS: Final = {
    "person": re.compile(r"(?:[^l]ist|[aeiou]list|ician|ologian|crat|keeper|smith|grapher|naut)s?$"),
    "organisation": re.compile(r"(?:[a-z]maker|shipbuilder)s?$"),
}
_MAKERS: Final = frozenset({"business"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun that can stand for an actor of `kind`; `sorts` are the sorts of body that it names."""

    noun: str
    kind: str
    sorts: frozenset[str]
    gender: str | None


@cache
def first_names() -> dict[str, str | None]:
    """First names without accents in lower case, each with the gender of its bearers where it tells it."""
    return {normal(row["name"]): row["gender"] or None for row in tables.rows("first-names.csv")}


@cache
def nouns() -> dict[str, tuple[Noun, ...]]:
    """Every noun with the kinds of actor it can stand for: "neighbour" is a state or somebody next door."""
    found: dict[str, tuple[Noun, ...]] = {}
    for row in tables.rows("nouns.csv"):
        sorts = frozenset(filter(None, row["class"].split(";")))
        noun = Noun(row["noun"], row["kind"], sorts, row["gender"] or None)
        found[noun.noun] = (*found.get(noun.noun, ()), noun)
    return found


@cache
def states_of(kind: str) -> frozenset[str]:
    """The codes of the states of a kind: kingdoms, emirates, islands."""
    return next(
        (frozenset(row["countries"].split(";")) for row in tables.rows("state-kinds.csv") if row["kind"] == kind),
        frozenset(),
    )


def singular(word: str) -> str:
    """The singular of a noun in lower case, for a noun that the table knows; else the word itself."""
    if word in nouns():
        return word
    forms = [word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"]
    if word.endswith("men"):
        forms.append(word[:-2] + "an")
    return next((form for form in forms if form != word and form in nouns()), word)


def of_kind(word: str, kind: str) -> Noun | None:
    """The noun `word`, in the singular or the plural, where it can stand for an actor of `kind`.

    Of a noun that the table does not know, the ending may tell: "cellist", "goalkeeper", "tyremaker".
    """
    one = singular(word)
    if one in nouns():
        return next((noun for noun in nouns()[one] if noun.kind == kind), None)
    ending = _ENDINGS.get(kind)
    if ending is None or ending.search(word) is None:
        return None
    return Noun(one, kind, _MAKERS if kind == "organisation" else frozenset(), None)
