"""JSON Lines: one object per line, with `text` or `html` and any of a document's fields."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import msgspec

from detente.documents import html
from detente.documents.build import build
from detente.documents.inputs import MAX_BYTES, Input, decoded, size
from detente.documents.metadata import Metadata
from detente.errors import InputError
from detente.records import Document


class Line(msgspec.Struct):
    """What is read of a line's object; its other fields are ignored."""

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    path: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


_decoder = msgspec.json.Decoder(Line)


def documents(given: Input) -> Iterator[Document | InputError]:
    """The documents line by line, and an error for each line that holds none."""
    seen = False
    for number, line in _lines(given):
        if not line.strip():
            continue
        seen = True
        name = f"{given.name}:{number}"
        try:
            yield _document(line, name, given)
        except InputError as error:
            yield error
    if not seen:
        raise InputError(given.name, "is empty")


def _lines(given: Input) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers. Of a line that is too long the rest is passed over unread."""
    line = given.head or given.line()
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(given.name, "is UTF-16; JSON Lines are UTF-8: convert it with iconv -f UTF-16 -t UTF-8")
    line = line.removeprefix(codecs.BOM_UTF8)
    if not line.lstrip().startswith(b"{"):
        # No JSON Lines at all: if it is not even text, one error for all of it will do.
        decoded(line, given.name)
    if line.strip() in {b"{", b"["}:
        way = "." if line.strip() == b"{" else "'.[]'"
        raise InputError(given.name, f"is JSON over several lines; write an object a line: jq -c {way} FILE")
    number = 1
    while line:
        yield number, line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = given.line()
        line = given.line()
        number += 1


def _document(line: bytes, name: str, given: Input) -> Document:
    if len(line) > MAX_BYTES:
        raise InputError(name, f"is a line of more than {size(MAX_BYTES)}")
    told = _object(line, name)
    try:
        own = Metadata(published=told.published, title=told.title, source=told.source, url=told.url)
    except InputError as error:
        raise InputError(name, str(error)) from None
    if told.text and told.text.strip():
        text = told.text
    elif told.html and told.html.strip():
        text, page = html.article(told.html, name)
        own = own.over(page)
    else:
        raise InputError(name, 'has neither "text" nor "html"')
    return build(
        text,
        name=name,
        path=told.path or given.name,
        own=own,
        options=given.options,
        id=str(told.id).strip() or None if told.id is not None else None,
        language=_language(told.language),
    )


def _object(line: bytes, name: str) -> Line:
    try:
        return _decoder.decode(line)
    except UnicodeDecodeError:
        raise InputError(name, "is not UTF-8") from None
    except RecursionError:
        raise InputError(name, "is JSON nested too deeply") from None
    except msgspec.ValidationError as error:
        raise InputError(name, f"is JSON of another shape: {error}") from None
    except msgspec.DecodeError as error:
        raise InputError(name, f"is no JSON: {error}") from None


def _language(told: str | None) -> str | None:
    """The ISO 639-1 code of a language tag: "en" of "en-GB"."""
    return (told or "").strip().replace("_", "-").partition("-")[0].lower() or None
