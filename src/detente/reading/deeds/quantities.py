"""How many: number phrases as counts with bounds, and the sizes of events that they give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import lexicon
from detente.records import Count, Size

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_WORDS: Final = {word: n for n, word in enumerate(_UNITS)} | _TENS | {"a": 1, "an": 1}
_SCALES: Final = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_PLURALS: Final = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000}
"""The least that a plural scale word says: "dozens" are two dozen or more."""

_AT_LEAST: Final = re.compile(
    r"\b(?:at least|more than|over|no fewer than|no less than|upwards of|minimum of|exceed(?:s|ed|ing)?)\b", re.I
)
_AT_MOST: Final = re.compile(
    r"\b(?:up to|at most|as many as|no more than|fewer than|less than|under|nearly|almost)\b", re.I
)

_OPENING: Final = frozenset({"between", "from"})
"""What opens a range: "between 10 and 20"."""

_DEAD: Final = frozenset(
    "kill slay murder massacre slaughter assassinate execute behead butcher die death killing murder dead toll".split()
)
_INJURED: Final = frozenset("injure wound hurt maim injury injured wounded".split())
_ARRESTED: Final = frozenset("arrest detain jail imprison apprehend round capture arrest detention".split())
_DISPLACED: Final = frozenset("displace flee uproot evacuate evict expel deport displaced homeless".split())
_TROOPS: Final = frozenset("deploy send withdraw dispatch mobilize mobilise mass station pull commit call_up".split())


def count(noun: Token) -> Count | None:
    """The number that `noun` is counted by: "at least 12 people" is 12 or more, "dozens of people" 24 or more."""
    numbers = [c for c in noun.children if c.dep_ == "nummod"] or ([noun] if _value([noun]) is not None else [])
    if not numbers:
        articles = [c for c in noun.children if c.dep_ == "det" and c.lower_ in {"a", "an"}]
        if noun.tag_ == "NN" and articles:
            return Count(low=1, high=1, text=noun.doc[articles[0].i : noun.i + 1].text)
        return None
    number = numbers[-1]
    counting = [t for n in numbers for t in n.subtree] if number != noun else list(noun.subtree)
    tokens = sorted((t for t in counting if t.i < noun.i or t == number), key=lambda t: t.i)
    before = noun.doc[max(tokens[0].i - 3, noun.sent.start) : tokens[-1].i + 1].text
    is_range = any(t.lower_ in _OPENING for t in noun.doc[max(tokens[0].i - 1, 0) : tokens[-1].i])
    values = _values(_runs(tokens), is_range=is_range)
    if not values:
        return None
    low, high = min(values), max(values)
    text = noun.doc[tokens[0].i : tokens[-1].i + 1].text
    if tokens[-1].lower_ in _PLURALS or _AT_LEAST.search(before):
        return Count(low=low, high=None, text=text)
    if _AT_MOST.search(before):
        return Count(low=None, high=high, text=text)
    return Count(low=low, high=high, text=text)


def size(tokens: list[Token]) -> Size | None:
    """The size of the event that `tokens` (its verbs and nouns) report."""
    found: dict[str, Count] = {}
    for token in tokens:
        for part, names in (
            ("dead", _DEAD),
            ("injured", _INJURED),
            ("arrested", _ARRESTED),
            ("displaced", _DISPLACED),
            ("troops", _TROOPS),
        ):
            if part not in found and lexicon.lemma(token) in names:
                counted = _counted(token, part)
                if counted is not None:
                    found[part] = counted
    return Size(**found) if found else None


def _counted(token: Token, part: str) -> Count | None:
    """The count of whoever suffered (or, of troops, did) what `token` names."""
    if token.pos_ in grammar.VERBS:
        nouns = grammar.undergoers(token)
        if not nouns and lexicon.lemma(token) in {"die", "flee", "mass", "withdraw"}:
            nouns = grammar.doers(token)
        nouns += _ranged(token)
    else:
        nouns = grammar.objects_of(token, "of")
    if part == "troops":
        # "sent two destroyers" sends no two men
        nouns = [n for n in nouns if lexicon.lemma(n) in lexicon.nouns("soldier")]
    for noun in nouns:
        counted = count(noun)
        if counted is not None:
            return counted
    return None


def _ranged(verb: Token) -> list[Token]:
    """The object of a verb whose range opens with a preposition: "killed between 10 and 20 soldiers"."""
    found: list[Token] = []
    for opening in verb.children:
        if opening.lower_ not in _OPENING:
            continue
        for noun in opening.children:
            counted = count(noun) if noun.dep_ == "pobj" and noun.left_edge.i == opening.i + 1 else None
            if counted is not None and counted.low != counted.high:
                found.append(noun)  # not "fled from 20 villages"
    return found


def _runs(tokens: list[Token]) -> list[list[Token]]:
    """`tokens` cut at "to", "and", "or" and dashes, so that "10 to 20" is two numbers."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.lower_ in {"to", "and", "or", "-", "–"} and runs[-1]:
            runs.append([])
        else:
            runs[-1].append(token)
    return runs


def _values(runs: list[list[Token]], *, is_range: bool) -> list[int]:
    """The numbers of the runs; "two to three hundred" are 200 to 300, "five hundred and twenty" are one number."""
    scale = next((_SCALES[t.lower_] for t in runs[-1][-1:] if t.lower_ in _SCALES), 1)
    values: list[int] = []
    for run in runs:
        value = _value(run)
        if value is not None and values and not is_range and run[0].nbor(-1).lower_ == "and" and value < values[-1]:
            values[-1] += value
        elif value is not None:
            values.append(value)
    return [value * scale if value < scale and value * scale < values[-1] else value for value in values]


def _value(tokens: list[Token]) -> int | None:
    """The number that words and figures make together: "twenty five", "2,000", "3.5 million"; None for no number."""
    total: float | None = None
    for token in tokens:
        word = token.lower_
        figure = _figure(word)
        if figure is not None:
            total = (total or 0) + figure
        elif word in _WORDS:
            total = (total or 0) + _WORDS[word]
        elif word in _SCALES:
            total = (total or 1) * _SCALES[word]
        elif word in _PLURALS:
            total = _PLURALS[word] if total is None else total * _PLURALS[word] / 2
        elif "-" in word and all(part in _WORDS for part in word.split("-")):
            total = (total or 0) + sum(_WORDS[part] for part in word.split("-"))
    return None if total is None else round(total)


def _figure(word: str) -> float | None:
    """A number in figures; None for anything else, and for what is too long to be a count."""
    if not re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,9}(\.\d{1,3})?", word):
        return None
    return float(word.replace(",", ""))
