"""What words do to the deed in their complement: data/embedding.csv, by word and link."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from detente.reading.deeds import lexicon
from detente.reading.tables import Reason, rows

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS: Final = frozenset({"that", "bare", "to", "ing", "obj", "claim", "pledge"})
_LINKING: Final = frozenset({"be", "seem", "look", "appear", "remain", "become"})
"""Verbs whose predicate tells what they do to the clause that completes them."""
CALLING: Final = frozenset({"call", "describe", "brand", "label", "dub"})
_GOVERNED: Final = frozenset({"of", "to", "for", "on", "against", "from", "about", "into", "over", "with", "in", "as"})
"""Prepositions that can bring in what a word is about; others only tell when or how."""


class Effect(str):
    """What a word does to a deed, and why. A string like any other: only who explains has to know of the reason."""

    __slots__ = ("because",)

    because: Reason

    def __new__(cls, name: str, because: Reason) -> Effect:
        """The effect called `name`, `because` of a row of data/embedding.csv or of the grammar."""
        self = super().__new__(cls, name)
        self.because = because
        return self


def effect(token: Token, link: str) -> Effect | None:
    """The effect of `token` on a deed that hangs on it by `link`; of a copula that of its predicate or subject."""
    name = lexicon.lemma(token)
    if name in _LINKING and link in {"that", "to", "bare", "whether"}:
        found = _of_predicate(token, link)
        if found is not None:
            return found
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    for key in (f"{name}_{particle}", name) if particle else (name,):
        found = _table().get((key, link))
        if found is None and (link in _LINKS or link in _GOVERNED):
            found = _table().get((key, "any"))
        if found is not None and name != "be":
            return found
    return _table().get((name, link)) if name == "be" and link in {"that", "to", "bare"} else None


def _of_predicate(copula: Token, link: str) -> Effect | None:
    """The effect of what a copula says: "it is likely that", "it seems probable that", "the aim is to"."""
    for child in copula.children:
        if child.dep_ in {"acomp", "attr", "oprd", "nsubj"} and not (child.dep_ == "nsubj" and link == "that"):
            found = _table().get((lexicon.lemma(child), link)) or _table().get((lexicon.lemma(child), "any"))
            if found is not None:
                return found
    return None


def of_word(word: str, place: str) -> Effect | None:
    """The effect of a word by the place where itself stands: mod, adv, aux, mark or prep."""
    return _table().get((word, place))


def calls_false(verb: Token) -> bool:
    """Whether `verb` calls something untrue: "called it a fabrication", "described the charge as baseless"."""
    if verb.lemma_ not in CALLING:
        return False
    # in "a charge that it called a lie" the parse makes an object of the lie
    named = [c for c in verb.children if c.dep_ == "oprd" or (c.dep_ == "dobj" and verb.dep_ == "relcl")]
    named += [t for c in verb.children if c.dep_ == "prep" and c.lower_ == "as" for t in c.children]
    return any(lexicon.lemma(t) in lexicon.nouns("falsehood") for t in named)


def is_false(copula: Token) -> bool:
    """Whether a clause says of its subject that it is untrue: "the claims are false"."""
    named = [copula] if copula.tag_ == "VBN" else [c for c in copula.children if c.dep_ in {"acomp", "attr"}]
    if copula.tag_ != "VBN" and lexicon.lemma(copula) != "be":
        return False
    if copula.tag_ == "VBN" and copula.lower_ in {"made", "dreamt", "dreamed", "thought"}:
        return any(c.lower_ == "up" for c in copula.children)
    return any({lexicon.lemma(t), t.lower_} & lexicon.nouns("falsehood") for t in named)


@cache
def _table() -> dict[tuple[str, str], Effect]:
    found: dict[tuple[str, str], Effect] = {}
    for row in rows("embedding.csv"):
        for word in row.cells["words"].split():
            found.setdefault((word, row.cells["link"]), Effect(row.cells["effect"], replace(row, word=word)))
    return found
