"""Ships, planes and arms, which are called like people and bodies and are nobody: "the carrier Midway", "the Belgrano",
"F-16s", "a squadron of fighters".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from detente.reading.cast.namewords import Stretch
from detente.world.registry import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CRAFT: Final = frozenset(
    """ship vessel warship battleship flagship frigate destroyer cruiser corvette submarine sub minesweeper gunboat
    boat icebreaker tanker freighter trawler ferry liner yacht tugboat tug supertanker steamer lifeboat barge schooner
    cutter dreadnought hovercraft spacecraft spaceship minelayer sloop carrier""".split()
)
"""Nouns behind which the name of a ship stands."""
_FIRMS: Final = frozenset(
    "air budget cost flag airline national low private regional state largest wireless mobile telecom".split()
)
"""Words that make an airline of a carrier."""
_PREFIXES: Final = frozenset({"USS", "HMS", "HMAS", "HMCS", "INS", "MV", "M/V", "MT", "SS", "RMS", "USNS", "PNS"})
_ABOARD: Final = frozenset("crew hull deck captain skipper bow stern wreck sinking keel sailor bridge mast".split())
"""What only a ship or a plane has under "of the"."""
_MODEL: Final = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Za-z]{0,2}|MiG|Mig|Sukhoi|Tornado|Rafale|Mirage|Phantom)s?"
)
"""Models of planes, tanks and missiles."""
_NUMBERED: Final = re.compile(r"[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]?s")
"""The same where nothing else is written so: "F-16s"."""
_ARMS: Final = frozenset(
    "fighter bomber jet plane warplane aircraft helicopter tank missile rocket drone battery launcher".split()
)
_UNITS: Final = frozenset("squadron wing".split())
_FLYING: Final = frozenset("scramble fly shoot intercept strafe jet refuel".split())


def names(doc: Doc, hits: Mapping[Stretch, Hit]) -> set[int]:
    """The tokens of the names of ships and of models of arms; a name told to be a ship's is one wherever it stands."""
    known = {i: hit for (start, end), hit in hits.items() for i in range(start, end)}
    called = [span for token in doc for span in _named_by(token, known)]
    found = {i for start, end in called for i in range(start, end)}
    for start, end in called:
        found |= _again(doc, [token.text for token in doc[start:end]])
    return found | {token.i for token in doc if token.i not in known and _is_model(token)}


def _is_model(token: Token) -> bool:
    """Whether a word is the model of a plane or of another arm: "F-16s", "MiG fighters"."""
    if _NUMBERED.fullmatch(token.text):
        return True
    before_arms = token.i + 1 < len(token.doc) and token.nbor(1).lemma_.lower() in _ARMS
    if before_arms and _MODEL.fullmatch(token.text) is not None:
        return True
    # "Patriot batteries": nobody whom a text calls otherwise by one word
    alone = token.ent_type_ in {"PERSON", "PRODUCT"} and token.is_title and token.dep_ == "compound"
    return alone and before_arms and token.i > 0 and token.nbor(-1).pos_ != "PROPN"


def _named_by(token: Token, known: Mapping[int, Hit]) -> Iterator[Stretch]:
    """The name that stands behind a noun for a ship, behind its prefix, or behind "the crew of the"."""
    doc, at = token.doc, token.i + 1
    if at >= len(doc):
        return
    lemma = token.lemma_.lower()
    if lemma in _CRAFT and token.is_lower:
        if lemma == "carrier" and any(child.lower_ in _FIRMS for child in token.children):
            return
    elif lemma in _ABOARD and [t.lower_ for t in doc[at : at + 2]] == ["of", "the"]:
        at += 2
    elif token.text not in _PREFIXES:
        return
    end = _end(doc, at)
    if end > at and not _is_other(doc[at:end], known, token):
        yield at, end
        if lemma in _CRAFT and token.tag_ == "NNS" and end + 1 < len(doc) and doc[end].lower_ == "and":
            second = _end(doc, end + 1)
            if second > end + 1 and not _is_other(doc[end + 1 : second], known, token):
                yield end + 1, second


def _end(doc: Doc, at: int) -> int:
    """Where a run of capitalised words ends that begins at a token."""
    end = at
    while end < len(doc) and doc[end].is_alpha and doc[end].text[0].isupper() and doc[end].pos_ in {"PROPN", "ADJ"}:
        end += 1
    return end


def _is_other(name: Iterable[Token], known: Mapping[int, Hit], craft: Token) -> bool:
    """Whether what stands behind a ship is who does something with it, or whose it is: "the ship Iran seized"."""
    tokens = list(name)
    hits = [known[token.i] for token in tokens if token.i in known]
    if len(hits) == len(tokens) and any(hit.entries[0].sense not in {"person", "capital", "region"} for hit in hits):
        return True
    for token in tokens:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i and token.head.dep_ in {"relcl", "acl"}:
            return token.head.head == craft
    return False


def _again(doc: Doc, name: list[str]) -> set[int]:
    """Where the name stands again, whole, or its last word behind an article."""
    found: set[int] = set()
    size = len(name)
    for token in doc:
        if token.text == name[0] and size > 1 and [t.text for t in doc[token.i : token.i + size]] == name:
            found.update(range(token.i, token.i + size))
        elif token.text == name[-1] and token.i > 0 and token.nbor(-1).lower_ == "the":
            found.add(token.i)
    return found


def are_planes(noun: Token) -> bool:
    """Whether fighters are planes: "MiG fighters", "a squadron of fighters", "fighters scrambled"."""
    if noun.lemma_.lower() not in {"fighter", "bomber"}:
        return False
    if any(_MODEL.fullmatch(child.text) for child in noun.children if child.i < noun.i):
        return True
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and above.lemma_.lower() in _UNITS:
        return True
    if any(other.lemma_.lower() in {"bomber", "jet", "warplane", "helicopter"} for other in noun.conjuncts):
        return True
    return noun.dep_ == "nsubj" and above.lemma_ in _FLYING - {"shoot"}
