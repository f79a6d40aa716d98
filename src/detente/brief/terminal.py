"""The brief for a terminal, and for a file: without a terminal there are no colours, and nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from detente.brief import remarks
from detente.brief.digest import Limits, digest
from detente.brief.model import Line, Sentence, Situation, Standpoint, Words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

LIMITS: Final = Limits(lines=15, groups=20, references=5)
_WIDEST: Final = 110
"""Columns beyond which lines are hard to follow."""

_HEADING, _NAME, _QUOTE, _REFERENCE = "bold", "bold cyan", "italic", "cyan"
_NEW: Final = "bold green"


def render(situation: Situation, console: Console) -> None:
    """Print the brief on `console`, with the most telling lines of long sections.

    What stands in a text is shown as it is: neither markup of rich nor control characters in it do anything.
    """
    screen = _Screen(digest(situation, LIMITS), console)
    screen.show()
    screen.print_rows()


class _Screen:
    def __init__(self, situation: Situation, console: Console) -> None:
        self._situation = situation
        self._console = console
        self._width = max(min(console.width, _WIDEST), 20)
        self._rows: list[Text] = []
        """Those that are not printed yet: to print each by itself takes three times as long."""

    def print_rows(self) -> None:
        """Print what was shown and is not printed yet."""
        from rich.text import Text

        self._console.print(Text("\n").join(self._rows), highlight=False, soft_wrap=True)
        self._rows.clear()

    def show(self) -> None:
        situation = self._situation
        self._print(remarks.title(situation), style=_HEADING)
        if subtitle := remarks.subtitle(situation):
            self._print(subtitle)
        for sentence in remarks.news(situation):
            self._print(sentence)
        if (nothing := remarks.nothing(situation)) is not None:
            self._print(nothing)
            return
        self._heading(remarks.summary_heading(situation))
        for number, line in enumerate(situation.summary, 1):
            self._line(line, f"{number}. ")
        if situation.statements:
            self._heading("Who said what")
        for speaker in situation.statements:
            self._group(speaker.name, speaker.lines, speaker.omitted)
        for heading, parts in (
            ("What happened", situation.happened),
            ("What is only alleged, demanded, offered …", situation.claimed),
        ):
            if parts:
                self._heading(heading)
            for deeds in parts:
                self._print(deeds.heading, style=_NAME)
                self._lines(deeds.lines, deeds.omitted)
        if situation.positions:
            self._heading("Positions and conditions")
            self._positions(situation.positions)
        if situation.changes:
            self._heading("Changed position")
        for change in situation.changes:
            self._group(change.name, (change.earlier, change.later), 0)
        for heading, plain in (("Who holds what", situation.holdings), ("Open questions", situation.open_questions)):
            if plain.lines:
                self._heading(heading)
                self._lines(plain.lines, plain.omitted)
        self._heading("Sentences")
        self._sentences(situation.sentences)
        self._blank()
        for sentence in remarks.basis(situation):
            self._print(sentence)

    def _heading(self, heading: str) -> None:
        self._blank()
        self._print(heading.upper(), style=_HEADING)

    def _blank(self) -> None:
        self._rows.append(_plain(""))

    def _group(self, name: Words, lines: Sequence[Line], omitted: int) -> None:
        self._wrapped(_text(name, style=_NAME), "", "")
        self._lines(lines, omitted)

    def _lines(self, lines: Sequence[Line], omitted: int) -> None:
        for line in lines:
            self._line(line, "  - ")
        if omitted:
            self._wrapped(_plain(remarks.more(omitted)), "    ", "    ")

    def _line(self, line: Line, first: str) -> None:
        self._wrapped(_cited(line), first, " " * len(first))

    def _positions(self, standpoints: Sequence[Standpoint]) -> None:
        from rich import box
        from rich.table import Table

        has_conditions = any(line.condition for standpoint in standpoints for line in standpoint.lines)
        table = Table(box=box.SQUARE, width=self._width, show_lines=False, header_style=_HEADING)
        table.add_column("Actor", ratio=2, overflow="fold", style=_NAME)
        table.add_column("Position", ratio=5, overflow="fold")
        if has_conditions:
            table.add_column("On condition", ratio=3, overflow="fold")
        for standpoint in standpoints:
            for number, line in enumerate(standpoint.lines):
                name = _text(standpoint.name) if number == 0 else ""
                row = [name, _cited(line)]
                is_last = number == len(standpoint.lines) - 1 and not standpoint.omitted
                table.add_row(*row, *([_text(line.condition)] if has_conditions else []), end_section=is_last)
            if standpoint.omitted:
                table.add_row("", remarks.more(standpoint.omitted), end_section=True)
        self.print_rows()
        self._console.print(table)

    def _sentences(self, sentences: Sequence[Sentence]) -> None:
        margin = len(f"[{len(sentences)}] ")
        for document in self._situation.documents:
            self._print(remarks.witness(document), style=_NAME)
            for sentence in sentences:
                if sentence.document == document.number:
                    first = f"[{sentence.number}] ".rjust(margin)
                    self._wrapped(_plain(sentence.text), first, " " * margin)

    def _print(self, line: str, style: str = "") -> None:
        self._wrapped(_plain(line, style), "", "")

    def _wrapped(self, text: Text, first: str, others: str) -> None:
        """Show `text` in lines that begin with `first` and then with `others`."""
        margin = first
        for row in text.wrap(self._console, self._width - len(first)):
            row.rstrip()
            self._rows.append(_plain(margin, keep=True) + row)
            margin = others


def _plain(text: str, style: str = "", *, keep: bool = False) -> Text:
    from rich.text import Text

    return Text(text if keep else remarks.visible(text), style=style)


def _text(pieces: Words, style: str = "") -> Text:
    from rich.text import Text

    found = Text(style=style)
    for piece in pieces:
        found.append(_seen(piece.marked), style=_QUOTE if piece.quoted else "")
    return found


def _cited(line: Line) -> Text:
    found = _text(line.pieces)
    found.append(remarks.reports(line))
    for number in line.references:
        found.append(" ")
        found.append(f"[{number}]", style=_REFERENCE)
    if line.omitted:
        found.append(f" {remarks.more(line.omitted)}")
    if line.new:
        found.append(" ")
        found.append("(new)", style=_NEW)
    return found


def _seen(text: str) -> str:
    """`text` without what could redraw the terminal, the blanks at its ends kept."""
    inner = remarks.visible(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
