"""How a statement is told: by the brief's verb for its act where the text's word says as much, else by that word.

Which act somebody's words come to is the reading's judgement, and "criticised" would be a claim of the brief's: it is
made where the text has a word for it (data/acts.csv). What was just said is told as said, and the rest in the text's
own words ("doubted that …", "described it as …").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final, Literal, cast

from detente.brief import wanted
from detente.brief.labels import ACTS, HEARD, PLAIN_CUES, STANDS
from detente.brief.model import Words
from detente.brief.names import Party, word_list
from detente.brief.wording import quote, words
from detente.records import Act, PositionAct, Statement

Manner = Literal["act", "said", "own"]
"""By the brief's verb for the act, as said, or in the text's own words."""

_STEM: Final = 4
"""Letters that different forms of one verb have in common."""

_WORD: Final = re.compile(r"[^\W_][\w’'-]*")
_AUXILIARIES: Final = re.compile(
    r"^(?:(?:['’](?:re|s|ve|d|m)|has|have|had|having|do|does|did|also|later|then|been)\s+)+(?=[a-z])(?!not\b|never\b)",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(r"^(?:(?:has|have|had|is|are|was|were|be|been|being)\s+)+(?=[a-z]+(?:ed|id|en|wn)\b)")
_POINTING: Final = re.compile(
    r"\W*(?:(?:it|that|this|these|those|them|him|her|so|such|which|one|both|all|again|too|also|either|as|well)\W*)+",
    re.IGNORECASE,
)
"""Words that only point at others, which a line does not show."""
_MARKED: Final = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|''.*?(?:''|$)", re.DOTALL)
"""What stands in marks, to their end."""
_BESIDE: Final = frozenset(
    "also again both now once still then too later currently about at for in of on out to upon with that".split()
)
"""Words beside a verb that leave its sense: "again called on". Others may turn it: "argued against"."""


def said(statement: Statement, addressee: Party | None, teller: Party | None) -> Words:
    """What comes before the words of a statement: "denied (“dismissed”), by the account of Russia: ".

    `teller` is who reports it where that is not the text.
    """
    cue = _cue(statement)
    told, link = ACTS[statement.act]
    if statement.source is None:
        told, link = HEARD[statement.act]
        parts = words(f"{told} (nobody named)")
    elif (how := manner(statement)) == "own":
        parts, link = quote(cue), "to"
    else:
        if how == "said":
            told, link = ACTS["state"]
        is_telling = cue and not _is_passive(statement) and _head(cue) not in PLAIN_CUES and not _is_form_of(cue, told)
        parts = words("{told} ({cue})", told=told, cue=quote(cue)) if is_telling and addressee is None else words(told)
        if is_telling and addressee is not None:
            to = words("{told} {link}{whom}", told=told, link=f"{link} " if link else "", whom=addressee.name)
            parts, addressee = words("{to} ({cue})", to=to, cue=quote(cue)), None
    if addressee is not None:
        parts = words("{told} {link}{whom}", told=parts, link=f"{link} " if link else "", whom=addressee.name)
    return words(
        "{told}{by}{verbatim}: ",
        told=parts,
        by=by_account(teller),
        verbatim=", verbatim" if is_verbatim(statement) else "",
    )


def stood(act: PositionAct, statement: Statement | None, towards: Party | None) -> Words:
    """What comes before the words of a position: "demanded of Ukraine (“called on”): ".

    `statement` tells it. Its word is quoted where it tells the position and is not the brief's own.
    """
    told, link = STANDS[act]
    cue = _cue(statement) if statement is not None and statement.act in wanted.ACTS[act] else ""
    if statement is not None and act == "demand" and statement.act == "request":
        told = ACTS["request"][0]
    if not cue or _head(cue) in PLAIN_CUES or _is_passive(cast("Statement", statement)) or _is_form_of(cue, told):
        cue = ""
    return words(
        "{told}{towards}{cue}: ",
        told=told,
        towards=words(f" {link} {{whom}}", whom=towards.name) if towards is not None else "",
        cue=words(" ({cue})", cue=quote(cue)) if cue else "",
    )


def by_account(teller: Party | None) -> Words:
    """Who reports what another is said to have said."""
    return words(", by the account of {teller}", teller=teller.name) if teller is not None else ()


def manner(statement: Statement) -> Manner:
    """How a statement with a speaker is told."""
    cue = _cue(statement)
    if not cue:
        return "said" if is_verbatim(statement) else "act"
    if _names_act(cue, statement.act):
        return "act"
    return "said" if _has_saying_word(cue) else "own"


def is_verbatim(statement: Statement) -> bool:
    """Whether a statement's words are all the speaker's: of “that the port ‘is lost’” only some are."""
    text = statement.content.text
    rest = _MARKED.sub("", text)
    return statement.quotation == "direct" and (rest == text or _WORD.search(rest) is None)


def is_in_own_words(statement: Statement) -> bool:
    """Whether the text's word for a statement tells more than "said", and more than the brief's verb for the act."""
    if statement.source is None:
        return False
    how = manner(statement)
    return how == "own" or (how == "said" and _head(_cue(statement)) not in {*PLAIN_CUES, ""})


def is_saying(statement: Statement) -> bool:
    """Whether the text's word for a statement is one of saying; without such a word it is."""
    cue = _cue(statement)
    return not cue or _has_saying_word(cue)


def has_line(statement: Statement) -> bool:
    """Whether a statement has a line: it was made, and not all of it points at other words ("denied it again")."""
    return statement.status == "actual" and _POINTING.fullmatch(statement.content.text) is None


def cue_start(statement: Statement) -> int | None:
    """Where the text's word for a statement begins, without the auxiliaries before it; None where there is none."""
    if statement.cue is None or not (cue := _cue(statement)):
        return None
    at = statement.cue.text.lower().find(cue.split()[0].lower())
    return statement.cue.start + max(at, 0)


def _names_act(cue: str, act: Act) -> bool:
    """Whether a cue says by itself that it was this act: its one telling word is a word for it."""
    telling = [word for word in _verbs(cue) if word not in _BESIDE]
    return len(telling) == 1 and telling[0].startswith(_act_words().get(act, ()))


@lru_cache(maxsize=4096)
def _has_saying_word(cue: str) -> bool:
    return any(map(_saying_words().fullmatch, _verbs(cue)))


def _is_form_of(cue: str, told: str) -> bool:
    """Whether the text's word for an act is the brief's own."""
    return _head(cue)[:_STEM] in {word[:_STEM] for word in told.split()}


def _is_passive(statement: Statement) -> bool:
    """Whether the speaker follows a passive: "was dismissed by Avalon" is no word of what Avalon was."""
    cue, source = statement.cue, statement.source
    return cue is not None and source is not None and source.start >= cue.end and _PASSIVE.match(cue.text) is not None


def _cue(statement: Statement) -> str:
    """The word of the text for what was said, without auxiliaries before it; empty where there is none."""
    if statement.cue is None:
        return ""
    cue = _without_auxiliaries(statement.cue.text)
    return _PASSIVE.sub("", cue) if _is_passive(statement) else cue


@lru_cache(maxsize=4096)
def _without_auxiliaries(cue: str) -> str:
    if not _WORD.search(cue):
        return ""
    cue = " ".join(cue.split())
    if cue.isupper() or cue.istitle():  # what begins a sentence, or is typed in capitals
        cue = cue.lower()
    return _AUXILIARIES.sub("", cue)


def _head(cue: str) -> str:
    """The first telling word of a cue."""
    verbs = _verbs(cue)
    return next((word for word in verbs if word not in _BESIDE), verbs[0] if verbs else "")


@lru_cache(maxsize=4096)
def _verbs(cue: str) -> list[str]:
    """The words of a cue in small letters, without names and without adverbs, which are like words of saying."""
    first, *others = _WORD.findall(cue) or [""]
    found = [first.lower(), *(word for word in others if word[0].islower())]
    return [word for word in found if not word.endswith("ly")] or found


@cache
def _saying_words() -> re.Pattern[str]:
    """A pattern for the words by which somebody says something."""
    return word_list("saying.txt")


@cache
def _act_words() -> Mapping[Act, tuple[str, ...]]:
    """For each act the beginnings of the words that say it."""
    lines = (resources.files("detente.brief") / "data/acts.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["act"]: tuple(row["words"].split()) for row in rows}  # type: ignore[misc]
