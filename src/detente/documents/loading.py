"""Which kind of input a path is, and all inputs as one stream of documents."""

from __future__ import annotations

import io
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from detente.documents import feed, html, jsonl, plain
from detente.documents.build import build
from detente.documents.inputs import Input, Kind
from detente.documents.metadata import Metadata
from detente.errors import InputError
from detente.records import Document

log = logging.getLogger(__name__)

Failed = Callable[[InputError], None]
"""What is told of an input that was left out."""

KINDS: Final[dict[str, Kind]] = {
    ".txt": plain.documents,
    ".text": plain.documents,
    ".html": html.documents,
    ".htm": html.documents,
    ".xhtml": html.documents,
    ".jsonl": jsonl.documents,
    ".ndjson": jsonl.documents,
    ".xml": feed.documents,
    ".rss": feed.documents,
    ".atom": feed.documents,
}
"""Suffix to kind. What a folder holds besides is passed over; a file named by the user is looked into."""

_STANDARD_INPUT: Final = "-"
_LOOKED_AT: Final = 2_000
"""Bytes from which the kind of an unnamed input is told."""

_LIST: Final = re.compile(r"\[\s*\{")
_FEED: Final = re.compile(r"<\?xml(?!.*<html\b)|<(rss|feed|rdf:rdf)\b", re.DOTALL)
_HTML: Final = re.compile(
    r"(<\?xml.*?\?>\s*)?(<!--((?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|article|section|main|div|h1|p)\b",
    re.DOTALL,
)


def load(
    paths: Iterable[str | Path], *, metadata: Metadata | None = None, failed: Failed | None = None
) -> Iterator[Document]:
    """The documents of `paths`, streamed in order. An input that cannot be read is passed to `failed`, else raised.

    A path is a file, a folder (read with all folders in it, by name; hidden files are passed over) or `-`, standard
    input.
    """
    options = metadata or Metadata()
    borrower: str | None = None
    for path in paths:
        for found in _documents(path, options):
            if isinstance(found, Document) and options.url is not None and found.url == options.url:
                # An id may be the hash of a URL: a second text under the same one would pass for the first.
                if borrower is not None:
                    found = InputError(str(path), f"the URL given is that of {borrower} already; give one for one text")
                else:
                    borrower = str(path)
            if isinstance(found, Document):
                yield found
            elif failed is None:
                raise found
            else:
                failed(found)


def from_text(text: str, *, metadata: Metadata | None = None, name: str = "text") -> Document:
    """A document from a text in hand. Raises `InputError` in the name of `name` where it is empty or no text."""
    return build(text, name=name, path=None, own=Metadata(), options=metadata or Metadata())


def _documents(path: str | Path, options: Metadata) -> Iterator[Document | InputError]:
    """The documents of one path, and the errors of those left out."""
    # A file's name need not be Unicode; what is shown and stored is.
    name = str(path).encode("utf-8", "replace").decode()
    try:
        if not str(path):
            raise FileNotFoundError
        if name == _STANDARD_INPUT:
            yield from _sniffed(Input(name, sys.stdin.buffer, options))
        elif Path(path).is_dir():
            yield from _of_folder(Path(path), name, options)
        else:
            with _opened(path, name) as stream:
                kind = KINDS.get(Path(path).suffix.lower(), _sniffed)
                yield from kind(Input(name, stream, options))
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield InputError(name, "there is no such file or folder")
    except OSError as error:
        yield InputError(name, f"cannot be read: {error.strerror or error}")


def _opened(path: str | Path, name: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except ValueError:
        raise InputError(name, "is no name that a file can have") from None


def _of_folder(folder: Path, name: str, options: Metadata) -> Iterator[Document | InputError]:
    empty, others = True, Counter[str]()
    for file in _files(folder, others):
        empty = False
        if isinstance(file, InputError):
            yield file
        else:
            yield from _documents(file, options)
    if empty:
        raise InputError(name, f"is a folder without files that can be read ({' '.join(KINDS)})")
    if others:
        kinds = " ".join(sorted(others))
        log.warning("%s: %s of other kinds in it passed over: %s", name, _counted(others.total()), kinds)


def _counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files:,} files"


def _files(folder: Path, others: Counter[str]) -> Iterator[Path | InputError]:
    """The files of a known kind in `folder` and below, by name; `others` counts the rest by suffix.

    Links to folders are not followed: they may run in rings.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(str(folder), f"cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), others)
        elif _is_file(entry):
            suffix = Path(entry.name).suffix.lower()
            if suffix in KINDS:
                yield Path(entry.path)
            else:
                others[suffix or "without a suffix"] += 1


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or a link to one: to open a pipe would wait for ever."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _sniffed(given: Input) -> Iterator[Document | InputError]:
    """The documents of an input whose name does not tell its kind."""
    first = given.line()
    if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        # JSON Lines may be endless: they are read as they come.
        yield from jsonl.documents(Input(given.name, given.stream, given.options, head=first))
        return
    data = Input(given.name, given.stream, given.options, head=first).whole()
    yield from kind_of(data)(Input(given.name, io.BytesIO(data), given.options))


def _json_list(given: Input) -> Iterator[Document | InputError]:
    """None: a list in JSON would pass for a text."""
    raise InputError(given.name, "is a JSON list; write an object a line (JSON Lines): jq -c '.[]' FILE")


def kind_of(data: bytes) -> Kind:
    """The kind that `data` begins like; plain text where it is like no other."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    beginning = data[:_LOOKED_AT].decode(encoding, "ignore").lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith("{"):
        return jsonl.documents
    if _LIST.match(beginning):
        return _json_list
    if _FEED.match(beginning):
        return feed.documents
    if _HTML.match(beginning):
        return html.documents
    return plain.documents
