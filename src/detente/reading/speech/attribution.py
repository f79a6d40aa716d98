"""Which words are somebody's: source, cue and content, found by quotation marks and by the grammar around cues.

What comes out is tokens; `statements` makes records of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.speech import cued_speech, quoted_speech
from detente.reading.speech.cued_speech import Attribution
from detente.reading.speech.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find(doc: Doc, text: str, quotations: tuple[Quotation, ...]) -> list[Attribution]:
    """The attributions of a text in the order of their cues; those without a content are left out."""
    frames = cued_speech.find(doc)
    frames += quoted_speech.attach(doc, text, frames, quotations)
    for frame in frames:
        _exclude_itself(frame)
    kept = [frame for frame in frames if _says_something(frame, doc)]
    return sorted(kept, key=lambda frame: frame.cue[0].i if frame.cue else min(frame.content))


def _exclude_itself(frame: Attribution) -> None:
    """Take the cue, and a source that the content surrounds, out of the content."""
    if not frame.content:
        return
    own = {token.i for token in frame.cue}
    main = frame.main
    if main is not None:
        own |= {child.i for child in main.children if child.dep_ in {"aux", "auxpass", "neg", "punct", "mark"}}
        if frame.source is not None and frame.source.head == main and not frame.hedged:
            own |= {t.i for t in frame.source.subtree}
    frame.content -= own


def _says_something(frame: Attribution, doc: Doc) -> bool:
    if frame.act == "deny" and frame.content:
        return True
    words = [doc[i] for i in frame.content if not doc[i].is_punct and not doc[i].is_space]
    return len(words) > 1 or any(word.pos_ in {"PROPN", "VERB", "NOUN"} for word in words)
