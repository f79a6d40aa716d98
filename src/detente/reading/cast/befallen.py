"""Whom a participle tells apart by what the text says has been done to somebody: "the ousted president" is who was
removed, "the jailed reporter" who was sentenced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import is_passive
from detente.reading.cast.casting import Casting, Draft

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALIKE: Final = tuple(
    frozenset(words.split())
    for words in (
        "oust remove sack depose topple dismiss overthrow fire unseat impeach suspend",
        "jail imprison sentence convict incarcerate",
        "arrest detain apprehend capture seize",
        "kill murder slay assassinate shoot execute",
        "wound injure shoot stab hurt",
        "kidnap abduct seize capture snatch",
        "elect choose",
        "defeat beat",
        "accuse charge indict",
        "exile banish deport expel",
        "appoint name nominate",
    )
)
"""Verbs that one deed may be told with."""


def tells_of(casting: Casting, token: Token, draft: Draft) -> bool:
    """Whether a participle before a noun tells of what has been done to an actor before."""
    participles = [child.lower_ for child in token.children if child.dep_ == "amod" and child.lower_.endswith("ed")]
    deeds = {form for word in participles for form in (word[:-1], word[:-2])}
    deeds |= {child.lemma_.lower() for child in token.children if child.lower_ in participles}
    alike = [same for same in _ALIKE if same & deeds]
    return bool(alike) and any(verb.lemma_ in same for verb in _done_to(casting, token, draft) for same in alike)


def _done_to(casting: Casting, before: Token, draft: Draft) -> list[Token]:
    """The verbs of which an actor is the patient in the text before a token."""
    found = []
    for i, ids in casting.heads.items():
        if i < before.i and draft.id in ids:
            token = casting.doc[i]
            passive = token.dep_ == "nsubjpass" or (token.dep_ == "nsubj" and is_passive(token.head))
            if passive or token.dep_ == "dobj":
                found.append(token.head)
    return found
