"""PLOVER's contexts of an event: what the words of its clause are about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.language import grammar
from detente.reading import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token


def of(token: Token) -> tuple[str, ...]:
    """The contexts of the deed that `token` names, in the order of PLOVER's list."""
    words = {lexicon.lemma(inner) for inner in grammar.clause_head(token).subtree}
    return tuple(context for context, names in _table().items() if words & names)


@cache
def _table() -> dict[str, frozenset[str]]:
    return {row["context"]: frozenset(row["words"].split()) for row in lexicon.table("contexts.csv")}
