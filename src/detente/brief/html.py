"""The brief as one page of HTML that needs nothing but itself: no script, no font, no picture, no request."""

from __future__ import annotations

from typing import Final

from detente.brief import pages, remarks
from detente.brief.digest import Limits, digest
from detente.brief.model import Situation
from detente.brief.numbering import lines

LIMITS: Final = Limits(lines=300, groups=200, references=20)


def render(situation: Situation) -> str:
    """The page. Every reference leads to its sentence, and every sentence back to the lines that rest on it."""
    shown = digest(situation, LIMITS)
    return pages.template("brief.html").render(situation=shown, remarks=remarks, back=_back(shown), keys=_keys(shown))


def _keys(situation: Situation) -> dict[int, int]:
    """The number of each line on the page, by the line's identity: two lines may be equal."""
    return {id(line): number for number, line in enumerate((*situation.summary, *lines(situation)), 1)}


def _back(situation: Situation) -> dict[int, list[int]]:
    """The numbers of the lines that rest on each sentence."""
    found: dict[int, list[int]] = {sentence.number: [] for sentence in situation.sentences}
    for number, line in enumerate((*situation.summary, *lines(situation)), 1):
        for reference in line.references:
            found[reference].append(number)
    return found
