"""What all pages share: templates that escape what they show, and filters for text and addresses of anybody."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from detente.brief import remarks

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str) -> Template:
    """A template of this room by its file's name."""
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
    return environment.get_template(name)


def _link(url: str | None) -> str | None:
    """`url` where it leads to a page of the web; other schemes may do more than that."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _visible(text: str) -> str:
    """`text` with its blanks, and without what could turn a line around."""
    inner = remarks.visible(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
