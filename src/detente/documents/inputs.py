"""What all kinds of input share: a stream with its name, the limit on its size, and bytes to text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from detente.documents.metadata import Metadata
from detente.errors import InputError
from detente.records import Document

MAX_BYTES: Final = 5_000_000
"""Of a text, a page, a feed or a line of JSON: some hundred times a long article, and parsers still end in seconds."""

READ: Final = "plain text, HTML, JSON Lines, RSS and Atom can be read"

_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that text in no common encoding has."""

_MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Input:
    """One file or stream to be read."""

    name: str
    """What the user called it; `-` is standard input. Errors and the document's `path` carry it."""
    stream: BinaryIO
    options: Metadata
    head: bytes = b""
    """What was taken from the stream already, to see what it is."""

    def whole(self) -> bytes:
        """All of it. Raises `InputError` where it is empty or larger than `MAX_BYTES`."""
        data = self.head + self._taken(self.stream.read, MAX_BYTES + 1 - len(self.head))
        if len(data) > MAX_BYTES:
            raise InputError(self.name, f"is larger than {size(MAX_BYTES)}; split it into articles")
        if not data.removeprefix(codecs.BOM_UTF8).strip():
            raise InputError(self.name, "is empty")
        return data

    def line(self) -> bytes:
        """The next line with its end, or its first `MAX_BYTES` + 1 bytes; nothing at the end of the stream."""
        return self._taken(self.stream.readline, MAX_BYTES + 1)

    def _taken(self, take: Callable[[int], bytes], limit: int) -> bytes:
        try:
            return take(max(limit, 0))
        except OSError as error:
            raise InputError(self.name, f"cannot be read: {error.strerror or error}") from error


Kind = Callable[[Input], Iterator[Document | InputError]]
"""A kind of input: yields its documents in order, and an error for each that had to be left out.

An error that ends the input is raised.
"""


def decoded(data: bytes, name: str, encoding: str = "utf-8") -> str:
    """`data` as text: what its byte order mark says, else `encoding`. Raises `InputError` where it is neither."""
    if data.startswith(b"%PDF-"):
        raise InputError(name, "is a PDF; take the text out of it first: pdftotext FILE.pdf FILE.txt")
    encoding = _MARKS.get(data[:2], encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-16" and _BINARY.search(data):
            raise InputError(name, f"is binary; {READ}") from None
        shown = encoding.upper()
        raise InputError(
            name,
            f"is not {shown} (byte {error.start:,}: {error.reason}); convert it: iconv -f ENCODING -t UTF-8",
        ) from None
    if "\0" in text:
        raise InputError(name, f"is binary (it holds NUL characters); {READ}")
    return text


def size(count: int) -> str:
    """A number of bytes, to be read."""
    return f"{count / 1_000_000:g} MB"
