"""Where a report was sent from: "LIMA, May 3 (Agency) -" is no part of the sentence behind it, and none of it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LONGEST: Final = 16
"""Tokens that a dateline has at most: "PORT SUDAN, Sudan, Nov. 12 (Agency) - "."""

_DASHES: Final = frozenset({"-", "--", "–", "—", "_"})
_WITHIN: Final = frozenset({",", ".", "(", ")", "/", "of", "the", "and", "'s"})
_OPENS: Final = frozenset({"(", "/"})
"""What stands before the agency."""


def lead(doc: Doc, start: int) -> int | None:
    """Where the lead begins after a dateline: a town in capitals, with its day or agency, or one word alone, and a dash
    behind it, or a colon after the agency.
    """
    first, marked = doc[start : start + 1], False
    if len(first) == 0 or not first[0].is_alpha or not first[0].text[0].isupper():
        return None
    capitals = first[0].is_upper and len(first[0]) > 1
    for token in doc[start + 1 : start + LONGEST]:
        if token.text in _DASHES or token.text == "):":  # an emoticon to spaCy, one token
            spaced = token.text == "):" or bool(token.nbor(-1).whitespace_) == bool(token.whitespace_)
            apart = spaced and (token.text != "-" or bool(token.whitespace_))
            if not token.whitespace_ and not token.nbor(-1).whitespace_:
                continue  # "Guinea-Bissau"
            if not apart or token.i + 1 >= len(doc):
                return None
            opens = doc[token.i + 1]
            alone = token.i == start + 1 and token.text != "-"
            return opens.i if (capitals or marked or alone) and (opens.text[0].isupper() or opens.is_quote) else None
        marked = marked or token.text == "(" or (token.is_digit and doc[start + 1].text == ",")
        if not (token.text[0].isupper() or token.is_digit or token.lower_ in _WITHIN):
            return None
    return None


def is_one(sentence: Span) -> bool:
    """Whether a sentence is a dateline: the parser ends it before the lead."""
    return lead(sentence.doc, sentence.start) == sentence.end


def is_place_in(token: Token) -> bool:
    """Whether a word of a dateline is of the place, and not of the agency behind it."""
    sentence = token.sent
    return is_one(sentence) and all(before.text not in _OPENS for before in sentence.doc[sentence.start : token.i])
