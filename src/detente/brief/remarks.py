"""What a brief says about itself, alike in the terminal and on the page: its title, its basis, and when it is empty."""

from __future__ import annotations

from typing import Final

from detente.brief.digest import shown
from detente.brief.model import Line, Situation, Witness
from detente.brief.numbering import lines

_COUNTS: Final = ("no lines", "one line", "two lines", "three lines", "four lines", "five lines")
_JOINERS: Final = "\u200c\u200d"
"""Characters without width that some scripts and emoji need."""


def visible(text: str) -> str:
    """`text` on one line, with a replacement character for each that could redraw a terminal or turn a line around."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in _JOINERS else _substitute(c) for c in text)
    return " ".join(text.split())


def title(situation: Situation) -> str:
    """The title: the document's own where there is only one, in quotation marks."""
    if situation.about is not None:
        return f"About “{visible(situation.about)}”"
    if len(situation.documents) == 1 and situation.documents[0].title:
        return f"“{visible(situation.documents[0].title)}”"
    return "Brief"


def subtitle(situation: Situation) -> str:
    """Outlet and date of one document, or how many there are of how many outlets, and the time that was asked for."""
    parts = []
    if len(situation.documents) == 1:
        parts += _whence(situation.documents[0])
    elif situation.documents:
        basis = situation.basis
        parts += [f"{counted(basis.documents, 'document')} from {counted(basis.outlets, 'outlet')}"]
    if situation.since is not None:
        parts.append(f"from {situation.since}")
    if situation.until is not None:
        parts.append(f"until {situation.until}")
    return ", ".join(parts)


def summary_heading(situation: Situation) -> str:
    """The heading of the first section, which says how many lines it has."""
    return f"The situation in {_COUNTS[len(situation.summary)]}"


def witness(document: Witness) -> str:
    """A document as it is cited: title, outlet, date."""
    named = f"“{visible(document.title)}”" if document.title else f"Document {visible(document.id)}"
    return ", ".join([named, *_whence(document)])


def more(omitted: int) -> str:
    """That lines were left out."""
    return f"… {omitted:,} more"


def news(situation: Situation) -> tuple[str, ...]:
    """Of a ledger: what is new since the last brief, and that documents were left out."""
    found = []
    if situation.former is not None and situation.sentences:
        new = sum(line.new for line in lines(situation))
        are = {0: "no line is new", 1: "1 line is new"}.get(new, f"{new:,} lines are new")
        found.append(f"Since the brief of {situation.former[:10]} {situation.former[11:16]} UTC: {are}.")
    latest, matching = situation.basis.latest, situation.basis.matching
    if latest is not None and matching is not None and latest < matching:
        found.append(
            f"The latest {latest:,} of {matching:,} documents that have to do with it; "
            "narrow it with --since, --until or --about."
        )
    return tuple(found)


def reports(line: Line) -> str:
    """How many independent reports a line has, where several documents tell of it."""
    return f" ({counted(line.independent, 'independent report')})" if line.independent is not None else ""


def nothing(situation: Situation) -> str | None:
    """Why the brief is empty; None where it is not."""
    if situation.sentences:
        return None
    read = situation.basis.read
    asked = situation.about is not None or situation.since is not None or situation.until is not None
    if read == 0:
        return "No document has to do with what was asked for." if asked else "No document was read."
    where = "the document that was read" if read == 1 else f"the {read:,} documents that were read"
    return f"Nothing was found in {where}: no statement, event, holding or position" + (
        " that fits what was asked for." if asked else "."
    )


def basis(situation: Situation) -> tuple[str, ...]:
    """What the brief rests on, in sentences."""
    rests = situation.basis
    whence = f"{counted(rests.documents, 'document')} from {counted(rests.outlets, 'outlet')}"
    found = [f"This brief rests on {whence}."]
    if rests.read > rests.documents:
        found.append(
            f"In {rests.read - rests.documents:,} of {rests.read:,} documents that were read nothing was found."
        )
    share = f"{rests.single / rests.lines:.0%}" if rests.lines else "0%"
    found.append(f"Lines with a single source: {share} ({rests.single:,} of {rests.lines:,}).")
    if (seen := shown(situation)) < rests.lines:
        found.append(f"{seen:,} of {rests.lines:,} lines are shown here; --json holds them all.")
    return tuple(found)


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 document, 2 documents."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _whence(document: Witness) -> list[str]:
    outlet = visible(document.outlet) if document.outlet else "outlet unknown"
    return [outlet, visible(document.published) if document.published else "undated"]


def _substitute(character: str) -> str:
    return " " if character.isspace() else "\ufffd"
