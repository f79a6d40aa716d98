"""The one place where a document is made: its text, its metadata and its id."""

from __future__ import annotations

import hashlib
import re
from typing import Final

import msgspec

from detente.documents.metadata import Metadata
from detente.errors import InputError
from detente.records import Document

_ID_LENGTH: Final = 16
"""Hexadecimal digits: short enough to read out, and among a million documents two alike are 1 in 40 million."""

_LINE_END: Final = re.compile(r"\r\n?")


def build(
    text: str,
    *,
    name: str,
    path: str | None,
    own: Metadata,
    options: Metadata,
    id: str | None = None,
    language: str | None = None,
) -> Document:
    """A document of `text`, kept as it came but for line ends and a byte order mark.

    `own` is the input's word on itself, `options` the user's where it has none. Raises `InputError` in the name of
    `name` where there is no text.
    """
    text = _LINE_END.sub("\n", text).removeprefix("\ufeff")
    if not text.strip():
        raise InputError(name, "is empty")
    known = own.over(options)
    for value in (text, known.title, known.source, known.url, id, language, path):
        _must_be_text(value, name)
    return Document(
        id=id or identity(known, text),
        path=path,
        title=known.title,
        source=known.source,
        url=known.url,
        published=known.published,
        language=language,
        text=text,
    )


def identity(known: Metadata, text: str) -> str:
    """The id of a document that brings none: the same document again has the same one.

    Where it has a URL, that alone decides: a page that was corrected since is the same document.
    """
    told = [known.url] if known.url else [known.source, known.published, known.title, text]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:_ID_LENGTH]


def _must_be_text(value: str | None, name: str) -> None:
    if value is None:
        return
    if "\0" in value:
        raise InputError(name, "holds NUL characters, so it is no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        code = ord(value[error.start])
        raise InputError(name, f"holds half a character (the surrogate U+{code:04X}), so it is no text") from None
