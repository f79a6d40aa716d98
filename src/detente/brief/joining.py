"""Drafts that tell the same, joined into one line with all its witnesses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from detente import days
from detente.brief.drafts import Draft, Section
from detente.records import Event

_COMMON: Final = 200
"""Drafts with a word and a key in common from which on the word tells nothing; keeps a large ledger's brief quick."""

_REPORTED_TWICE: Final = 0.5
"""Share of the shorter text's words that two documents' reports of one thing have in common …"""

_ENOUGH: Final = 4
"""… where it has at least so many; shorter ones must be the same."""

_SAID_TWICE: Final = 0.8
"""Share of all words that two mentions of one thing have in common, whatever their length."""

_ANSWERED: Final = 1 / 3
"""Share of the shorter one's words that an allegation and its denial have in common."""


_SECTIONS: Final[tuple[Section, ...]] = ("contested", "deed", "open")
"""How a happening is told where its reports belong to several sections."""


class Joining:
    """Drafts in the order in which they came, each joined with the first that tells the same."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._by_word: defaultdict[tuple[Hashable, str], list[int]] = defaultdict(list)
        self._by_happening: defaultdict[str, list[Draft]] = defaultdict(list)

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def add(self, draft: Draft) -> None:
        """Join `draft` with what is there, or put it at the end.

        Where a ledger knows which events are one happening, that decides; else the words do.
        """
        for happening in draft.happenings:
            for there in self._by_happening[happening]:
                if _are_wanted_alike(draft, there):
                    there.join(draft, lead=_tells_more_of_it(draft, there))
                    return
        places = [self._by_word[draft.key, word] for word in (draft.content or {""})]
        near = sorted({number for place in places if len(place) <= _COMMON for number in place})
        for number in near:
            there = self._drafts[number]
            if _tell_the_same(there, draft):
                there.join(draft, lead=_tells_better(draft, there))
                self._tells(there, draft.happenings)
                return
        for place in places:
            place.append(len(self._drafts))
        self._drafts.append(draft)
        self._tells(draft, draft.happenings)

    def _tells(self, draft: Draft, happenings: Iterable[str]) -> None:
        """Let `draft` be where reports of these happenings are looked for."""
        for happening in happenings:
            if all(there is not draft for there in self._by_happening[happening]):
                self._by_happening[happening].append(draft)


def _tell_the_same(one: Draft, other: Draft) -> bool:
    if one.date and other.date and not days.overlap(one.date, other.date):
        return False
    if one.happenings and other.happenings and one.documents.isdisjoint(other.documents):
        return False  # a ledger told them apart
    shared = len(one.content & other.content)
    shorter = min(len(one.content), len(other.content))
    if one.section == "contested" and not _is_same_target(one, other):
        return False
    if _is_answer(one, other):
        return shared >= _ANSWERED * shorter > 0
    if shared >= _SAID_TWICE * len(one.content | other.content):
        return True
    if not one.documents.isdisjoint(other.documents):
        return shared == shorter > 0 and _share_a_sentence(one, other)
    return shorter >= _ENOUGH and shared >= _REPORTED_TWICE * shorter


def _are_wanted_alike(one: Draft, other: Draft) -> bool:
    """Whether two lines do not name two who demand or promise one deed: neither reports what the other demands."""
    return not (one.principals and other.principals and one.principals.isdisjoint(other.principals))


def _tells_better(other: Draft, one: Draft) -> bool:
    """Whether a line should take the words of `other`: an allegation comes before its denial, and of two ways in which
    one sentence tells something the one that tells more."""
    if _is_answer(one, other):
        return bool(one.voices.get("denies")) and bool(other.voices.get("alleges"))
    return _share_a_sentence(one, other) and (other.weight, len(other.content)) > (one.weight, len(one.content))


def _is_answer(one: Draft, other: Draft) -> bool:
    """Whether one of two is denied and the other is not."""
    return one.section == "contested" and bool(one.voices.get("denies")) != bool(other.voices.get("denies"))


def _is_same_target(one: Draft, other: Draft) -> bool:
    """Whether two claims are about the same deed, as far as they say whom it was done to: a denial often does not."""
    assert isinstance(one.record, Event) and isinstance(other.record, Event)  # noqa: S101
    some, others = one.record.targets, other.record.targets
    return some == others or (_is_answer(one, other) and (not some or not others))


def _tells_more_of_it(other: Draft, one: Draft) -> bool:
    """Whether the line of a happening should take the words of `other`: what is disputed is told as disputed, and what
    is stated as fact not as a question."""
    if one.section == other.section == "contested":
        return _tells_better(other, one)
    return _SECTIONS.index(other.section) < _SECTIONS.index(one.section)


def _share_a_sentence(one: Draft, other: Draft) -> bool:
    return not one.citations.keys().isdisjoint(other.citations)
