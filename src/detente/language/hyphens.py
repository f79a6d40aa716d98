"""Words with hyphens as one word of the parse.

The tokenizer cuts "vice-president" in three, where the texts that the parser learned from had one word: it may give
each part the same place in the sentence, so that the sentence has three subjects, and hang what belongs to the word on
the first part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def mend_hyphens(doc: Doc) -> Doc:
    """Hang the parts of a word with hyphens on its last part, and what hangs on them too, where all have one place."""
    for hyphen in doc[1:-1]:
        if hyphen.text == "-" and not hyphen.whitespace_ and not hyphen.nbor(-1).whitespace_:
            _join(hyphen.nbor(-1), hyphen, hyphen.nbor())
    return doc


def _join(first: Token, hyphen: Token, last: Token) -> None:
    place = {(token.head.i, token.dep_) for token in (first, hyphen, last)}
    if len(place) > 1 or first.head in {first, hyphen, last}:
        return
    for part in (first, hyphen):
        for child in [*part.children]:
            child.head = last
    first.head, first.dep_ = last, "compound"
    hyphen.head, hyphen.dep_, hyphen.tag_ = last, "punct", "HYPH"
    if first.tag_.startswith("VB"):
        first.tag_ = "AFX"  # "co-operate"
