"""What a word says of a matter: its family, so that "join" and "accession" are one, and how much it says.

data/topics.csv holds the families. Nothing here needs a parse, as the ledger has none: a word is brought to the form
that the table has, or else to a stem, by its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal
from typing import cast as typed

from detente.reading.deeds import lexicon

Kind = Literal["", "plain", "own", "handling"]

WORD: Final = re.compile(r"\w+(?:[-’']\w+)*")
POSSESSIVE: Final = re.compile(r"[’']s?$")
"""What a word may end in that is no part of it."""

_PLAIN_WEIGHT: Final = 0.5
"""What a word weighs that says little alone; others weigh 1."""

MEMBERSHIP: Final = "membership"
_ASPIRATIONS: Final = frozenset({"ambition", "aspiration", "bid", "hope", "candidacy", "application"})
"""Nouns that, of a body, are about membership: "its NATO ambitions"."""

_EMPTY: Final = frozenset(
    """a an the this that these those some any all both each every either neither no none not never nor and or but if
    of to in on at by for from with without within into onto over under about against between among across through
    after before during until till since along around behind beyond near off out up down back as than per via upon
    toward towards amid despite because
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom whose
    which what there here be is are was were been being am have has had having do does did done will would shall should
    can could may might must ought need ready able willing prepared
    one two three four five six seven eight nine ten dozen hundred thousand million billion percent per cent first
    second third last next once twice half several many much few more most less least enough
    immediate immediately full fully complete completely total totally unconditional unconditionally entire entirely
    whole lasting permanent permanently ongoing eventual eventually future possible proposed planned early quick
    quickly rapid rapidly swift swiftly soon now then again still only also even just too very so such same other own
    former new newly old additional extra further long longer large larger big bigger small smaller great greater high
    higher low better special urgent urgently urgency gradual gradually never ever always really simply possible
    day days week weeks month months year years hour hours today tomorrow yesterday tonight time date deadline
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
    yes mr mrs ms""".split()
)
"""Words that are no part of a matter: grammar, quantities, times, degrees."""

_BENT: Final = {
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "left": "leave",
    "sold": "sell",
    "bought": "buy",
    "sent": "send",
    "held": "hold",
    "gave": "give",
    "given": "give",
    "taken": "take",
    "took": "take",
    "paid": "pay",
    "fought": "fight",
    "met": "meet",
    "lent": "lend",
    "rebuilt": "rebuild",
    "sought": "seek",
    "found": "find",
    "brought": "bring",
    "forgone": "forgo",
    "shut": "shut",
}
"""Forms that no ending tells."""

_DERIVED: Final = (
    ("isation", 3),
    ("ization", 3),
    ("ation", 4),
    ("ment", 4),
    ("ition", 4),
    ("sion", 5),
    ("ion", 5),
    ("ance", 5),
    ("ence", 5),
    ("ise", 4),
    ("ize", 4),
    ("ate", 4),
    ("al", 5),
)
"""Endings that make one word of another, and how many letters have to be left of it."""


@dataclass(frozen=True, slots=True)
class Family:
    """One row of data/topics.csv; its head explains the fields."""

    key: str
    noun: str
    kind: Kind


@lru_cache(maxsize=20_000)
def is_empty(word: str) -> bool:
    """Whether a word is no part of a matter: grammar, a quantity, a time, a degree."""
    return word in _EMPTY or not any(c.isalpha() for c in word) or word.rstrip("stndrh").isdigit()


@lru_cache(maxsize=20_000)
def of(word: str, particle: str = "") -> Family | None:
    """The family of a word in whatever form, or of a verb with its particle; None where the table has none."""
    tail = f"_{particle}" if particle else ""
    return next((found for form in _forms(word) if (found := _table().get(form + tail)) is not None), None)


def is_aspiration(word: str) -> bool:
    """Whether a noun, of a body, is about membership of it: "its NATO ambitions"."""
    return any(form in _ASPIRATIONS for form in _forms(word))


def particles(word: str) -> frozenset[str]:
    """The particles with which a word means something of its own: "back", "over" of "hand"."""
    return frozenset(particle for form in _forms(word) for particle in _particles().get(form, ()))


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """What a word and its relatives share: the key of its family, or else its stem."""
    family = of(word)
    return family.key if family is not None else stem(word)


def members(key: str) -> frozenset[str]:
    """The words, without their endings, that share a key; of a stem it is alone."""
    found = {word.partition("_")[0] for word, family in _table().items() if family.key == key}
    return frozenset(found | {bent for bent, word in _BENT.items() if word in found} or {key})


@lru_cache(maxsize=20_000)
def weight(key: str) -> float:
    """How much a key says of a matter."""
    return _PLAIN_WEIGHT if key in _plain() else 1.0


def is_verb(word: str) -> bool:
    """Whether the table has a word, in whatever form, as a verb."""
    return any(form in _verbs() for form in _forms(word))


def is_noun(word: str) -> bool:
    """Whether the table has a word, in whatever form, as a noun."""
    return any(form in _nouns() for form in _forms(word))


@cache
def nouns() -> frozenset[str]:
    """The nouns by which labels may call what the text has as a verb."""
    return frozenset(family.noun for family in _table().values() if family.noun)


def _forms(word: str) -> Iterator[str]:
    """The forms under which the table may have a word, itself first."""
    yield word
    if word in _BENT:
        yield _BENT[word]
    for ending in ("s", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            bare = word.removesuffix(ending)
            yield bare
            if ending == "s":
                if bare.endswith("ie"):
                    yield bare[:-2] + "y"
                elif bare.endswith("e"):
                    yield bare[:-1]
            else:
                yield bare + "e"
                if bare.endswith("i"):
                    yield bare[:-1] + "y"
                if len(bare) > 3 and bare[-1] == bare[-2]:
                    yield bare[:-1]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the endings of inflection and, where enough is left of it, of derivation."""
    left = word
    if left.endswith("ies") and len(left) > 5:
        left = left[:-3] + "y"
    elif left.endswith("s") and not left.endswith(("ss", "us", "is")) and len(left) > 3:
        left = left[:-1]
    for ending in ("ing", "ed"):
        if left.endswith(ending) and len(left) > len(ending) + 3:
            left = left.removesuffix(ending)
            if left[-1] == left[-2] and left[-1] not in "lsz":
                left = left[:-1]
            break
    for ending, least in _DERIVED:
        if left.endswith(ending) and len(left) >= len(ending) + least:
            left = left.removesuffix(ending)
            break
    return left.removesuffix("e") if len(left) > 4 else left


@cache
def _table() -> dict[str, Family]:
    found: dict[str, Family] = {}
    for row in lexicon.table("topics.csv"):
        family = Family(row["family"], row["noun"], typed(Kind, row["kind"]))
        for word in f"{row['verbs']} {row['nouns']}".split():
            found.setdefault(word, family)
    return found


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word.partition("_")[0] for row in lexicon.table("topics.csv") for word in row["verbs"].split())


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for row in lexicon.table("topics.csv") for word in row["nouns"].split())


@cache
def _particles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in _table():
        head, _, particle = word.partition("_")
        if particle:
            found.setdefault(head, set()).add(particle)
    return {head: frozenset(known) for head, known in found.items()}


@cache
def _plain() -> frozenset[str]:
    return frozenset(family.key for family in _table().values() if family.kind == "plain")
