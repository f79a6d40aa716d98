"""The reader: documents in, readings out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from detente import __version__
from detente.documents import Failed, Metadata, from_text, load
from detente.errors import InputError
from detente.language import attribution, pipeline
from detente.language.detect import detect
from detente.reading import actors, dates, events, holdings, places, positions, statements
from detente.reading.parsed import Parsed
from detente.records import Document, Reader, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc


log = logging.getLogger(__name__)


def read(
    path_or_text: str | Path,
    *,
    published: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> Reading:
    """The reading of one text, or of the first document of a file.

    A `Path`, and a string that names an existing file or looks like one (no blank, a suffix), is read as a file; any
    other string is the text itself. Raises `InputError` where it cannot be read and `ModelError` without the model.
    """
    metadata = Metadata(published=published, title=title, source=source, url=url)
    if _is_path(path_or_text):
        found = load([path_or_text], metadata=metadata)
        document = next(found, None)
        if document is None:
            raise InputError(str(path_or_text), "holds no document")
    else:
        document = from_text(str(path_or_text), metadata=metadata)
    return next(read_documents([document]))


def read_many(paths: Iterable[str | Path], *, failed: Failed | None = None) -> Iterator[Reading]:
    """The readings of files and folders, streamed in order.

    An input that cannot be read is passed to `failed` and the others are still read; without `failed` it is raised.
    """
    return read_documents(load(paths, failed=failed), failed=failed)


def read_documents(documents: Iterable[Document], *, failed: Failed | None = None) -> Iterator[Reading]:
    """The readings of documents, streamed in order; those in another language than English are refused."""
    readable = ((document.text, document) for document in _in_english(documents, failed))
    for doc, document in pipeline.parse_many(readable):
        try:
            reading = read_parsed(document, doc)
        except Exception as error:
            # A fault of ours in one text must not cost the user the other nine hundred.
            log.debug("the reading of %s failed", _name(document), exc_info=True)
            fault = InputError(_name(document), f"a fault of detente stopped its reading ({error!r}); please report it")
            if failed is None:
                raise fault from error
            failed(fault)
        else:
            yield reading


def read_parsed(document: Document, doc: Doc) -> Reading:
    """The reading of a document that is parsed already: each stage sees what the stages before it found."""
    parsed = Parsed(document=document, doc=doc, published=_day(document.published))
    cast = actors.find(parsed)
    calendar = dates.find(parsed)
    where = places.find(parsed, cast)
    sayings = statements.find(parsed, cast, calendar)
    return Reading(
        reader=reader(),
        document=document,
        actors=cast.actors,
        statements=tuple(saying.record for saying in sayings.found),
        events=events.find(parsed, cast, calendar, where, sayings),
        holdings=holdings.find(parsed, cast, calendar, where, sayings),
        positions=positions.find(parsed, cast, calendar, sayings),
    )


@cache
def reader() -> Reader:
    """This program and its models: one digest of the parser's weights and of the model that reads statements."""
    digest = hashlib.sha256(f"{pipeline.fingerprint()} {attribution.load().fingerprint()}".encode())
    return Reader(version=__version__, model=digest.hexdigest())


def _in_english(documents: Iterable[Document], failed: Failed | None) -> Iterator[Document]:
    for document in documents:
        try:
            yield _checked(document)
        except InputError as error:
            if failed is None:
                raise
            failed(error)


def _checked(document: Document) -> Document:
    """`document` with its language. Raises `InputError` where it cannot be parsed as English."""
    name = _name(document)
    if len(document.text) > pipeline.MAX_CHARACTERS:
        raise InputError(
            name,
            f"{len(document.text):,} characters are more than the {pipeline.MAX_CHARACTERS:,} that can be parsed at "
            "once; split it into articles",
        )
    language = document.language or detect(document.text) or "en"
    if language != "en":
        raise InputError(name, f"is in another language ({language}); only English (en) is read")
    return msgspec.structs.replace(document, language=language)


def _name(document: Document) -> str:
    return document.path or document.url or document.id


def _day(published: str | None) -> date | None:
    """The day of publication, None where the precision is less than a day."""
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _is_path(path_or_text: str | Path) -> bool:
    if isinstance(path_or_text, Path):
        return True
    if "\n" in path_or_text or len(path_or_text) > 4096:
        return False
    return (not any(c.isspace() for c in path_or_text) and bool(Path(path_or_text).suffix)) or Path(
        path_or_text
    ).exists()
