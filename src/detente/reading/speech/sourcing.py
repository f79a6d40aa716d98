"""Who said what: the attributions of a text, with source, cue and content as spans of it.

A confidence is the probability, calibrated on annotated articles, that content and source are both right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

import numpy as np

from detente.language.attribution import ACTS, Model
from detente.language.encoder import encode
from detente.language.lines import joined
from detente.reading.speech import cues
from detente.reading.speech.decoding import Floats, Spans, drafts
from detente.reading.speech.quotations import Quotation
from detente.reading.speech.quotations import find as find_quotations
from detente.records import Act

LONG: Final = 30
"""Contents of so many characters are read again by themselves where a cue may stand in them: somebody may be quoted
within."""

CREDIBLE: Final = 0.6
"""What is read within a content is believed from here on: on sentences by themselves the model is too confident."""

SIGNED: Final = 0.95
"""Confidence of a quotation that is signed with a name after a dash: the typography says it."""

_MARKS: Final = "\"“”„«»`' \t\n"
_NAME: Final = r"[A-Z][\w.’'-]*(?:[ ](?:[A-Z][\w.’'-]*|d[aeiou]s?|v[ao]n|al|bin))*"
_SIGNATURE: Final = re.compile(
    rf"[\"”»]?[ \t]*\n?[ \t]*(―|—|–|--)[ \t]*({_NAME}(?:,[^\n.]{{1,60}})?)[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True)
class Sourced:
    """Somebody's words as the text gives them; spans are code points."""

    source: Spans
    """Empty where nobody is named."""
    cue: Spans
    content: Spans
    confidence: float
    act: tuple[Act, float] | None
    """Its likeliest speech act, with the probability; None where the model did not see it."""
    within: int | None = None
    """Where these words are part of somebody else's: the number of that attribution in the list."""


def find(text: str, model: Model) -> list[Sourced]:
    """The attributions of `text`, those within others after the ones that hold them."""
    text = joined(text)
    found = _outermost(text, model)
    new = range(len(found))
    while new:
        found += _within(text, [(number, found[number]) for number in new], model)
        new = range(new.stop, len(found))
    return found


def _within(text: str, holders: Sequence[tuple[int, Sourced]], model: Model) -> Iterator[Sourced]:
    """The attributions within the contents of others, which come with their numbers.

    PolNeAR's annotators marked nothing within a content, and so the model does not either; on a content by itself it
    does. All contents are read as the paragraphs of one text: that takes half the time of reading each alone.
    """
    contents = [
        (number, start, end)
        for number, holder in holders
        for start, end in (_bare(text, *span) for span in holder.content)
        if end - start >= LONG and cues.may_stand_in(text[start:end])
    ]
    sentences = [_capital(text[start]) + text[start + 1 : end] + ".\n" for _, start, end in contents]
    places = list(accumulate(map(len, sentences), initial=0))
    for inner in _outermost("".join(sentences), model):
        k = bisect_right(places, min(inner.cue or inner.content)[0]) - 1
        number, start, end = contents[k]
        moved = _moved(inner, start - places[k])
        whole = sum(b - a for a, b in moved.content) >= 0.9 * (end - start)
        if (
            inner.confidence >= CREDIBLE
            and not whole
            and all(start <= a and b <= end for part in _parts(moved) for a, b in part)
        ):
            yield replace(moved, within=number)


def _capital(letter: str) -> str:
    """A letter as a capital, if that is one letter too."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the quotation marks around it and the conjunction before it: what is left can be a sentence."""
    inner = text[start:end].strip(_MARKS)
    if inner.startswith("that "):
        inner = inner.removeprefix("that ").lstrip(_MARKS + ",")
    first = text.rindex(inner, start, end)
    return first, first + len(inner)


def _outermost(text: str, model: Model) -> list[Sourced]:
    quotations = find_quotations(text)
    encoded = encode(text, [piece for quotation in quotations for piece in quotation.pieces], model.tokenizer)
    found = []
    for draft in drafts(encoded, quotations, model.candidates(encoded)):
        confidence = probability(draft.evidence, model.calibration)
        if confidence >= model.threshold:
            likeliest = int(draft.acts.argmax())
            act = ACTS[likeliest], float(draft.acts[likeliest])
            found.append(Sourced(draft.source, draft.cue, draft.content, confidence, act))
    found += [signed for signed in _signed(text, quotations) if not any(_overlap(signed, other) for other in found)]
    return sorted(found, key=lambda a: (a.cue or a.content)[0])


def _parts(attribution: Sourced) -> tuple[Spans, Spans, Spans]:
    return attribution.source, attribution.cue, attribution.content


def _moved(attribution: Sourced, by: int) -> Sourced:
    source, cue, content = (tuple((start + by, end + by) for start, end in spans) for spans in _parts(attribution))
    return replace(attribution, source=source, cue=cue, content=content)


def probability(evidence: Floats, calibration: Floats) -> float:
    """The probability that a draft is right; `calibration` holds a weight for each piece of evidence, then a bias."""
    return float(1 / (1 + np.exp(-(evidence @ calibration[:-1] + calibration[-1]))))


def _signed(text: str, quotations: Sequence[Quotation]) -> Iterator[Sourced]:
    """Quotations with a dash and a name behind them to the line's end, as newspapers set readers' words."""
    for quotation in quotations:
        start, end = quotation.start, quotation.end
        signature = _SIGNATURE.match(text, end)
        if signature and not text[:start].rpartition("\n")[2].strip(' \t"“«'):
            yield Sourced((signature.span(2),), (signature.span(1),), ((start, end),), SIGNED, None)


def _overlap(one: Sourced, other: Sourced) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)
