"""HTML pages: the article's text, and title, outlet, address and date as the page gives them."""

from __future__ import annotations

import codecs
import contextlib
import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from detente.documents import page
from detente.documents.build import build
from detente.documents.inputs import Input, decoded
from detente.documents.markup import parsed
from detente.documents.metadata import Metadata
from detente.errors import InputError
from detente.records import Document

if TYPE_CHECKING:
    from configparser import ConfigParser

_HEAD: Final = 4096
"""Bytes among which a page names its encoding (HTML asks for the first 1,024)."""

_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*((?:iso-8859|windows|koi8|us)-[0-9a-z]+)""", re.IGNORECASE)

_SENTENCE: Final = 4
"""Words that the longest line of an article has at least; a page of menus has none such."""

_SHORTEST: Final = "50"
"""Characters of text below which trafilatura takes the whole page instead, all of it on one line."""


def documents(given: Input) -> Iterator[Document]:
    """The article of the page."""
    data = given.whole()
    text, own = article(decoded(data, given.name, _encoding(data)), given.name)
    yield build(text, name=given.name, path=given.name, own=own, options=given.options)


def article(html: str, name: str) -> tuple[str, Metadata]:
    """The main text of a page and what the page says about it. Raises `InputError` where there is no article."""
    tree = parsed(html, name)
    try:
        own = page.declared(tree)
        text = _main_text(tree)
    except Exception as error:
        # Third-party code on a hostile page: whatever it stumbles over, the other documents are still read.
        raise InputError(name, f"is HTML that cannot be read ({type(error).__name__})") from error
    if max(len(line.split()) for line in text.split("\n")) < _SENTENCE:
        raise InputError(name, "is HTML without an article")
    return text, own


def _main_text(tree: object) -> str:
    from trafilatura import bare_extraction

    # Its complaints about a page would stand on standard error beside our own line.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = bare_extraction(tree, config=_settings(), include_comments=False, include_tables=False)
    return found.text.strip() if found and found.text else ""


@cache
def _settings() -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORTEST)
    return config


def _encoding(data: bytes) -> str:
    """UTF-8 where the bytes are that, else what the page declares."""
    try:
        data.decode()
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:_HEAD])
        encoding = named[1].decode("ascii").lower() if named else "utf-8"
        # What calls itself Latin-1 or ASCII on the web is Windows-1252; browsers read it so, by their standard.
        if encoding in {"iso-8859-1", "us-ascii"}:
            return "windows-1252"
        with contextlib.suppress(LookupError):
            return codecs.lookup(encoding).name
    return "utf-8"
