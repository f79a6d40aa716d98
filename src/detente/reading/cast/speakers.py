"""Who speaks a quotation, as far as coreference needs to know: whom "I" and "we" mean in it, and "he" does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language.grammar import surface_subject
from detente.reading.cast.casting import Casting

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SPEAKING: Final = frozenset(
    "say tell add warn state declare announce insist claim argue explain note remark reply respond affirm stress ask "
    "write tweet vow urge demand comment conclude continue assert reiterate observe recall acknowledge admit deny "
    "accuse".split()
)


def first_person(casting: Casting, token: Token, quoted: list[tuple[int, int]], *, plural: bool) -> tuple[str, ...]:
    """The speaker of the quotation; in the plural whom he acts for, or he himself where he acts for nobody."""
    speaker = around(casting, token, quoted)
    if not speaker or (not plural and any(casting.drafts[a].kind != "person" for a in speaker)):
        return ()
    principals = tuple(casting.drafts[a].acts_for or "" for a in speaker)
    return principals if plural and all(p in casting.drafts for p in principals) else speaker


def around(casting: Casting, token: Token, quoted: list[tuple[int, int]]) -> tuple[str, ...]:
    """The actor who speaks the quotation around `token`, by the verb of saying in the same sentence or beside it."""
    at = bisect_right(quoted, (token.idx, len(casting.text))) - 1
    if at < 0 or token.idx >= quoted[at][1]:
        return ()
    piece = quoted[at]
    for sentence in _beside(token):
        for verb in sentence:
            if verb.pos_ == "VERB" and verb.lemma_ in SPEAKING and not piece[0] <= verb.idx < piece[1]:
                subject = surface_subject(verb)
                if subject is not None and not piece[0] <= subject.idx < piece[1] and subject.i in casting.heads:
                    return casting.heads[subject.i]
    return ()


def _beside(token: Token) -> Iterator[Span]:
    """The sentence of `token`, then its neighbours in the same paragraph."""
    doc, own = token.doc, token.sent
    yield own
    if own.start > 0 and not doc[own.start - 1].is_space:
        yield doc[own.start - 1].sent
    if own.end < len(doc) and not doc[own.end - 1].is_space:
        yield doc[own.end].sent
