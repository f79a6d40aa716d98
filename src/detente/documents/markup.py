"""HTML to an element tree within limits, and the plain text of a tree."""

from __future__ import annotations

import re
from typing import Any, Final

from detente.errors import InputError

MAX_ELEMENTS: Final = 20_000
"""A long page has five thousand; what is built to be slow has millions."""

_LONG_TAG: Final = re.compile(r"<[a-zA-Z][^<>]{50000,}")
_MAX_ATTRIBUTES: Final = 5_000
"""In a tag of such a length. libxml2's time grows with the square of them; a picture in an attribute has few blanks."""

_BLOCKS: Final = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol "
    "p pre section table td th tr ul".split()
)
_UNREAD: Final = ("script", "style", "template", "noscript", "iframe")
_BLANKS: Final = re.compile(r"\s+")


def parsed(html: str, name: str) -> Any:
    """The tree of `html`, a page or a piece of one. Raises `InputError` where it is empty or beyond all measure."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if any(len(tag[0].split(None, _MAX_ATTRIBUTES)) > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        raise InputError(name, f"is HTML with more than {_MAX_ATTRIBUTES:,} attributes of one element")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        raise InputError(name, "is HTML without content") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(name, "is HTML nested too deeply to be an article")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise InputError(name, f"is HTML of more than {MAX_ELEMENTS:,} elements; split it into articles")
    return tree


def text_of(html: str, name: str) -> str:
    """The words of a piece of HTML, a line for each block. Raises `InputError` where it is beyond all measure."""
    from lxml import etree

    pieces: list[str] = []
    tree = parsed(f"<div>{html}</div>", name)
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        # A line end in the source of a page is a blank like any other.
        pieces.append(_BLANKS.sub(" ", (element.text if event == "start" else element.tail) or ""))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
