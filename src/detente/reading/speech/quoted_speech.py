"""Speech that marks show: contents made exact by quotations, and quotations given to their speakers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech.cued_speech import Attribution
from detente.reading.speech.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REACH: Final = 14
"""How many tokens may stand between a quotation and its cue."""


def attach(doc: Doc, text: str, frames: list[Attribution], quotations: tuple[Quotation, ...]) -> list[Attribution]:
    """Widen the contents of `frames` to the quotations that are theirs; return the attributions that marks add."""
    quoted = [_tokens(doc, quotation) for quotation in quotations]
    inside = {i: number for number, tokens in enumerate(quoted) for i in tokens}
    _complete(frames, quoted, inside)
    return _adopt(doc, text, frames, quotations, quoted, inside)


def _tokens(doc: Doc, quotation: Quotation) -> set[int]:
    return {t.i for start, end in quotation.pieces for t in grammar.at_offset(doc, start, end) if not t.is_space}


def _complete(frames: list[Attribution], quoted: list[set[int]], inside: dict[int, int]) -> None:
    """A content that reaches into a quotation holds all of it: a parse ends with the sentence, a quotation later."""
    for frame in frames:
        own = inside.get(frame.cue[0].i)
        for number in {inside[i] for i in frame.content if i in inside} - {own}:
            frame.content |= quoted[number]


def _adopt(
    doc: Doc,
    text: str,
    frames: list[Attribution],
    quotations: tuple[Quotation, ...],
    quoted: list[set[int]],
    inside: dict[int, int],
) -> list[Attribution]:
    """Give each quotation that no content holds to the cue beside it, else to the speaker before it."""
    added: list[Attribution] = []
    speakers: dict[int, Attribution] = {}
    by_cue, reaching = _by_cue(frames), _reaching(frames, inside)
    for number, tokens in enumerate(quoted):
        holders = reaching.get(number, [])
        if holders:
            speakers[number] = min(holders, key=lambda frame: len(frame.content))
            continue
        if not tokens:
            continue
        if not _is_speech(doc, text, quotations[number], tokens):
            continue
        frame = _beside(doc, tokens, by_cue, inside)
        if frame is None:
            frame = _unlisted(doc, text, quotations[number], tokens, inside)
            if frame is not None:
                added.append(frame)
        before = speakers.get(number - 1)
        if frame is None and before is not None:
            gap = text[quotations[number - 1].end : quotations[number].start]
            if "\n" not in gap and _is_sentence(text, quotations[number]):
                frame = before
            elif re.fullmatch(r"\W*\n\W*", gap) or (gap.count("\n") and _opens_paragraph(text, quotations[number])):
                frame = Attribution(before.act, (), before.source)
                added.append(frame)
        if frame is not None:
            frame.content |= tokens
            speakers[number] = frame
    return added


def _by_cue(frames: list[Attribution]) -> dict[int, list[Attribution]]:
    """The attributions of each cue: a quotation asks only for those near it."""
    found: dict[int, list[Attribution]] = {}
    for frame in frames:
        found.setdefault(frame.cue[0].i, []).append(frame)
    return found


def _reaching(frames: list[Attribution], inside: dict[int, int]) -> dict[int, list[Attribution]]:
    """For the number of each quotation the attributions from outside whose content reaches into it."""
    found: dict[int, list[Attribution]] = {}
    for frame in frames:
        for number in {inside[i] for i in frame.content if i in inside} - {inside.get(frame.cue[0].i)}:
            found.setdefault(number, []).append(frame)
    return found


def _is_speech(doc: Doc, text: str, quotation: Quotation, tokens: set[int]) -> bool:
    """Whether marks enclose speech rather than a name, a title or a word held at arm's length."""
    if len(tokens) >= 5 or any(doc[i].pos_ in grammar.VERBS for i in tokens):
        return True
    return text[quotation.start : quotation.end].rstrip()[-1:] in ",.!?" and len(tokens) > 1


def _is_sentence(text: str, quotation: Quotation) -> bool:
    """Whether a quotation begins a sentence of its own: after a full stop, with a capital."""
    before = text[: quotation.start].rstrip("“\"'«„‘` ")[-1:]
    return before in '.!?”"’' and text[quotation.start : quotation.start + 1].isupper()


def _opens_paragraph(text: str, quotation: Quotation) -> bool:
    line = text.rfind("\n", 0, quotation.start) + 1
    end = text.find("\n", quotation.end)
    rest = text[quotation.end : end if end >= 0 else len(text)]
    return not text[line : quotation.start].strip("“\"'«„‘` \t") and not rest.strip("”\"'»’ \t.")


def _beside(
    doc: Doc, tokens: set[int], by_cue: dict[int, list[Attribution]], inside: dict[int, int]
) -> Attribution | None:
    """The cue next to a quotation, with no end of a sentence or paragraph between them."""
    first, last = min(tokens), max(tokens)
    best: tuple[int, Attribution] | None = None
    near = (*range(first - _REACH - 1, first), *range(last + 1, last + _REACH + 2))
    for frame in (frame for i in near for frame in by_cue.get(i, ())):
        word = frame.cue[0]
        if word.i in inside or word.pos_ != "VERB" or frame.source is None:
            continue
        low, high = (last + 1, word.i) if word.i > last else (word.i + 1, first)
        if not 0 <= high - low <= _REACH:
            continue
        between = doc[low:high].text
        if "\n" in between or re.search(r"[.!?]\W*\s", between):
            continue
        if word.i > last and any(t.pos_ == "VERB" for t in doc[low:high]):
            continue
        # A content that stands elsewhere binds the cue, unless the quotation follows it after a colon or a comma.
        if frame.content and not re.search(r"[:,]\W*$", between):
            continue
        if best is None or high - low < best[0]:
            best = (high - low, frame)
    return best[1] if best else None


def _unlisted(
    doc: Doc, text: str, quotation: Quotation, tokens: set[int], inside: dict[int, int]
) -> Attribution | None:
    """A verb that is no cue by itself but stands where one belongs: “No,” the minister shrugged."""
    if text[quotation.start : quotation.end].rstrip()[-1:] not in ",?!":
        return None
    for i in range(max(tokens) + 1, min(max(tokens) + 7, len(doc))):
        token = doc[i]
        if (token.is_sent_start and token.i > max(tokens) + 2) or "\n" in token.text:
            return None
        if token.pos_ == "VERB" and i not in inside:
            source = next((c for c in token.children if c.dep_ == "nsubj"), None)
            return Attribution("state", (token,), source) if source is not None and source.i not in inside else None
    return None
