"""The brief as one page of HTML that needs nothing but itself: no script, no font, no picture, no request."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from detente.brief import remarks
from detente.brief.digest import Limits, digest
from detente.brief.model import Situation
from detente.brief.numbering import lines

if TYPE_CHECKING:
    from jinja2 import Template

LIMITS: Final = Limits(lines=300, groups=200, references=20)


def render(situation: Situation) -> str:
    """The page. Every reference leads to its sentence, and every sentence back to the lines that rest on it."""
    shown = digest(situation, LIMITS)
    return _template().render(situation=shown, remarks=remarks, back=_back(shown), keys=_keys(shown))


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


def _link(url: str | None) -> str | None:
    """`url` where it leads to a page of the web; other schemes may do more than that."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("detente.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = _visible
    environment.filters["link"] = _link
    environment.filters["key"] = id
    return environment.get_template("brief.html")


def _visible(text: str) -> str:
    """`text` with its blanks, and without what could turn a line around."""
    inner = remarks.visible(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
