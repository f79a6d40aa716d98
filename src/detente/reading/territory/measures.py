"""How much of a place words mean: the nouns that measure territory, shares and areas as numbers."""

from __future__ import annotations

import re
from typing import Final

QUANTITIES: Final = frozenset(
    """percent cent % half third quarter fifth sixth seventh eighth ninth tenth part portion share most much many
    majority bulk swathe swath stretch chunk area sliver slice section piece rest remainder some all strip tract pocket
    proportion expanse dozen hundred kilometre kilometer mile km hectare acre town village settlement community
    hamlet district position territory land soil ground""".split()
)
"""Nouns that measure the territory named after them: "parts of", "two villages in"."""

QUARTERS: Final = frozenset(
    """suburb outskirt neighbourhood neighborhood centre center heart downtown north south east west northeast northwest
    southeast southwest""".split()
)
"""Parts of the place named after "of": who takes a suburb has not taken the city."""

PIECES: Final = frozenset("part portion section piece area district stretch tract settlement village".split())
_FRACTIONS: Final = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
}
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_SQUARE_KM: Final = {"kilomet": 1.0, "km": 1.0, "mile": 2.589988, "hectare": 0.01, "acre": 0.00404686}

_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)")
_RANGE: Final = re.compile(r"\d\s*(?:-|–|to|and)\s*\d")
_FRACTION: Final = re.compile(rf"\b(?:({'|'.join(_NUMBERS)})[ -])?({'|'.join(_FRACTIONS)}|tenth)s?\b")
_AREA: Final = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(?:(?:square|sq\.?)[ -](kilomet|km|mile)|(km)(?:2|²)|(hectare|acre))"
)


def share(text: str) -> float | None:
    """The share, of 1, that words in lower case give: "two thirds of", "12.5%"; None for "most of" and for a range."""
    percent = _PERCENT.search(text)
    if percent:
        part = float(percent[1]) / 100
        return part if part <= 1 and not _RANGE.search(text) else None
    fraction = _FRACTION.search(text)
    if fraction is None:
        return None
    part = _NUMBERS.get(fraction[1] or "a", 1) / _FRACTIONS.get(fraction[2], 10)
    return round(part, 4) if part <= 1 else None


def area(text: str) -> float | None:
    """The square kilometres that words in lower case give, in whatever unit: "100 square miles"."""
    found = _AREA.search(text)
    if found is None:
        return None
    unit = next(group for group in found.groups()[1:] if group)
    return round(float(found[1].replace(",", "")) * _SQUARE_KM[unit], 1)
