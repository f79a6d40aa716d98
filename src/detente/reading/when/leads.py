"""The day that a dateline gives what its lead tells: "LIMA, May 5 (Agency) - Peru expelled two envoys."

An agency names the day of what it reports unless it is that of the report. So only the main clause in the plain past is
dated so, and only where the lead names no day itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from detente.language import datelines, grammar
from detente.reading.speech import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DAY: Final = len("2024-05-05")


def found(doc: Doc, named: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[Token]]]:
    """Each dateline that names a day, as the number of its date, with the verbs of its lead that the day dates.

    `named` are the dates of a text in its order: the offset of each and its value (ISO 8601).
    """
    dates = list(named)
    sentences = list(doc.sents)
    for line, lead in pairwise(sentences):
        inside = [n for n, (at, value) in enumerate(dates) if line.start_char <= at < line.end_char]
        if len(inside) != 1 or len(dates[inside[0]][1]) != _DAY or not datelines.is_one(line):
            continue
        if not any(lead.start_char <= at < lead.end_char for at, _ in dates):
            yield inside[0], list(_told(lead.root))


def _told(root: Token) -> Iterator[Token]:
    """The verbs in the plain past that a lead tells as its news: of who speaks last, what he tells."""
    news = root
    if root.lemma_ in cues.verbs():
        news = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i), root)
    for verb in dict.fromkeys((root, *grammar.conjuncts(root), news, *grammar.conjuncts(news))):
        first = grammar.first_word(verb)
        if first.tag_ == "VBD" and first.lower_ != "had":
            yield verb
