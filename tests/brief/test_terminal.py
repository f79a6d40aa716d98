"""The brief in a terminal and in a file."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given, settings
from rich.console import Console

from detente.brief import terminal
from detente.brief.model import Situation
from detente.brief.situation import gather
from detente.records import Reading
from tests.brief.made import Made, crisis
from tests.strategies import readings

HOSTILE = (
    "Avalon [bold red]accused[/] \x1b[31mBorduria\x1b[0m\x07 of \u202elying\u202c [link=http://x.example]here[/link]."
)


def shown(situation: Situation, *, width: int = 80, is_terminal: bool = False) -> str:
    file = StringIO()
    environment = {"TERM": "xterm-256color"} if is_terminal else {}
    terminal.render(situation, Console(file=file, width=width, force_terminal=is_terminal, _environ=environment))
    return file.getvalue()


def hostile() -> Made:
    made = Made(HOSTILE, title=HOSTILE, source="[blink]Outlet[/blink]\x1b]0;owned\x07")
    made.actor("AVA", "Avalon [b]\x1b[1m", mentions=("Avalon",))
    made.statement("of \u202elying\u202c [link=http://x.example]here[/link]", "accuse", by="AVA", named="Avalon")
    made.event("ACCUSE", HOSTILE, sources=("AVA",))
    made.holding("AVA", "controls", "[red]Kelt[/red]\x1b[2J", HOSTILE)
    made.position("AVA", "demand", "[link=http://x.example]here[/link]", HOSTILE, condition="[bold red]accused[/]")
    return made


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_console_and_none_ends_in_blanks(width: int) -> None:
    for line in shown(gather([crisis().reading]), width=width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_a_file_gets_no_colours_and_a_terminal_does() -> None:
    assert "\x1b" not in shown(gather([crisis().reading]))
    assert "\x1b[" in shown(gather([crisis().reading]), is_terminal=True)


def test_every_reference_leads_to_a_sentence() -> None:
    brief, _, sentences = shown(gather([crisis().reading])).partition("\nSENTENCES\n")
    cited = set(re.findall(r"\[(\d+)\]", brief))
    assert cited
    assert cited == set(re.findall(r"^ *\[(\d+)\]", sentences, re.MULTILINE))


def test_an_allegation_and_its_denial_stand_in_one_line() -> None:
    brief = " ".join(shown(gather([crisis().reading])).split())
    assert "Ana Roth accuses the Army of Avalon of using force against Borduria; Avalon denies it" in brief


def test_the_brief_ends_with_what_it_rests_on() -> None:
    last = shown(gather([crisis().reading, crisis(id="d2", source="Other Outlet").reading])).splitlines()[-2:]
    assert last == [
        "This brief rests on 2 documents from 2 outlets.",
        "Lines with a single source: 0% (0 of 13).",
    ]


def test_markup_and_control_characters_of_a_text_are_shown_and_do_nothing() -> None:
    for is_terminal in (False, True):
        brief = shown(gather([hostile().reading]), width=120, is_terminal=is_terminal)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", brief)
        assert "\x1b" not in plain
        assert not any(character in plain for character in "\x07\u202e\u202c")
        assert "[link=http://x.example]here[/link]" in plain
        assert "\x1b[31m" not in brief
        assert "\x1b]8" not in brief


def test_nothing_found_is_said_plainly() -> None:
    assert shown(gather([Made("The weather stays fair.").reading])).splitlines() == [
        "Brief",
        "Nothing was found in the document that was read: no statement, event, holding or",
        "position.",
    ]


def test_nothing_read_is_said_plainly() -> None:
    assert "No document was read." in shown(gather([]))
    assert "No document has to do with what was asked for." in shown(gather([], about="Fiji"))


def test_nothing_that_fits_is_said_plainly() -> None:
    assert "position that fits what was asked for." in " ".join(shown(gather([crisis().reading], about="Nemo")).split())


def test_documents_in_which_nothing_was_found_are_counted() -> None:
    brief = shown(gather([crisis().reading, Made("The weather stays fair.", id="d2").reading]))
    assert "In 1 of 2 documents that were read nothing was found." in brief


def test_a_long_section_is_cut_and_says_so() -> None:
    words = [f"claim{number}" for number in range(terminal.LIMITS.lines + 7)]
    made = Made(" ".join(f"Roth said that {word} is true." for word in words))
    roth = made.actor("person:ana-roth", "Ana Roth", "person", mentions=("Roth",))
    for word in words:
        made.statement(f"{word} is true", by=roth, named="Roth", evidence=f"Roth said that {word} is true")
    brief = shown(gather([made.reading]))
    assert "    … 7 more\n" in brief
    assert f"{terminal.LIMITS.lines} of {len(words)} lines are shown here; --json holds them all." in brief


@settings(max_examples=40)
@given(readings())
def test_whatever_was_read_can_be_shown(reading: Reading) -> None:
    brief = shown(gather([reading]))
    assert all(character.isprintable() or character in "\n\u200c\u200d" for character in brief)
