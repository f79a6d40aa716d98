"""PLOVER's contexts of an event: what the words of its clause are about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.language import grammar
from detente.reading.deeds import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


def of(token: Token) -> tuple[str, ...]:
    """The contexts of the deed that `token` names, in the order of PLOVER's list."""
    found = {
        context for inner in grammar.clause_head(token).subtree for context in _by_word().get(inner.lemma_.lower(), ())
    }
    return tuple(context for context in _contexts() if context in found)


@cache
def _contexts() -> tuple[str, ...]:
    return tuple(row["context"] for row in lexicon.table("contexts.csv"))


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicon.table("contexts.csv"):
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), row["context"])
    return found
