"""The reader: documents in, readings out."""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from detente import __version__
from detente.documents import Failed, Metadata, from_text, load
from detente.errors import InputError, ModelError
from detente.language import attribution, pipeline
from detente.language.detect import detect
from detente.reading import actors, dates, events, holdings, places, positions, statements
from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.events import Events
from detente.reading.holdings import Held
from detente.reading.parsed import Parsed
from detente.reading.positions import Taken
from detente.reading.speech import sourcing
from detente.reading.speech.sourcing import Sourced
from detente.reading.statements import Sayings
from detente.records import Document, Reader, Reading
from detente.world import tables

if TYPE_CHECKING:
    from spacy.tokens import Doc


log = logging.getLogger(__name__)

_THREADS: Final = 2
"""Texts that the model reads at once: it needs two to three times as long as the parser, which has a thread too."""

_AHEAD: Final = 16
"""Documents that the model may be ahead of the parser: two of the parser's batches."""

Outcome = Reading | InputError
"""What comes of a document: its reading, or why there is none."""


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


def read_many(
    paths: Iterable[str | Path], *, failed: Failed | None = None, workers: int | None = None
) -> Iterator[Reading]:
    """The readings of files and folders, streamed in order, in this process or by `workers` others.

    An input that cannot be read is passed to `failed` and the others are still read; without `failed` it is raised.
    """
    documents = load(paths, failed=failed)
    if workers is None:
        return read_documents(documents, failed=failed)
    from detente.reading.processes import read_in_processes

    return read_in_processes(documents, workers, failed=failed)


def read_documents(documents: Iterable[Document], *, failed: Failed | None = None) -> Iterator[Reading]:
    """The readings of documents, streamed in order; those in another language than English are refused."""
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="model")
    try:
        for doc, (document, sourced) in pipeline.parse_many(_ahead(_in_english(documents, failed), pool)):
            yield from kept([_outcome(document, doc, sourced.result)], failed)
    finally:
        pool.shutdown(cancel_futures=True)


def read_in_turn(documents: Sequence[Document]) -> Iterator[Outcome]:
    """What comes of documents, in order, read in one thread: for a process that is one of several on a machine."""
    english: list[Document | InputError] = []
    for document in documents:
        try:
            english.append(_checked(document))
        except InputError as error:
            english.append(error)
    parses = pipeline.parse_many((one.text, one) for one in english if isinstance(one, Document))
    for one in english:
        if isinstance(one, InputError):
            yield one
        else:
            doc, document = next(parses)
            yield _outcome(document, doc, partial(sourcing.find, document.text, attribution.load()))


def kept(outcomes: Iterable[Outcome], failed: Failed | None) -> Iterator[Reading]:
    """The readings among what came of documents; the others are passed to `failed`, else raised."""
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            yield outcome
        elif failed is None:
            raise outcome
        else:
            failed(outcome)


def _outcome(document: Document, doc: Doc, sourced: Callable[[], Sequence[Sourced]]) -> Outcome:
    try:
        return _reading(document, doc, sourced())
    except ModelError:
        raise
    except Exception as error:
        # A fault of ours in one text must not cost the user the other nine hundred.
        log.debug("the reading of %s failed", called(document), exc_info=True)
        trouble = f"a fault of detente stopped its reading ({error!r}); please report it"
        fault = InputError(called(document), trouble)
        fault.__cause__ = error
        return fault


_Pending = tuple[Document, Future[list[Sourced]]]
"""A document with what the model will have found in it."""


def _ahead(documents: Iterable[Document], pool: ThreadPoolExecutor) -> Iterator[tuple[str, _Pending]]:
    """Texts for the parser, each with its document and what the model will have found in it.

    The model and most of the parser run outside Python's lock: side by side they use both of two cores.
    """
    waiting: deque[tuple[str, _Pending]] = deque()
    model: Future[attribution.Model] | None = None
    for document in documents:
        model = model or pool.submit(attribution.load)
        waiting.append((document.text, (document, pool.submit(_sourced, document.text, model))))
        if len(waiting) > _AHEAD:
            yield waiting.popleft()
    yield from waiting


def _sourced(text: str, model: Future[attribution.Model]) -> list[Sourced]:
    return sourcing.find(text, model.result())


@dataclass(frozen=True)
class Staged:
    """What each stage found in one text: the records, with what they were read from."""

    parsed: Parsed
    cast: Cast
    calendar: Calendar
    sayings: Sayings
    deeds: Events
    held: tuple[Held, ...]
    taken: tuple[Taken, ...]

    def reading(self) -> Reading:
        """The records alone."""
        return Reading(
            reader=reader(),
            document=self.parsed.document,
            actors=actors.with_grounds(self.cast, self.deeds.grounds, self.parsed.document.text),
            statements=tuple(saying.record for saying in self.sayings.found),
            events=tuple(told.record for told in self.deeds.told),
            holdings=tuple(held.record for held in self.held),
            positions=tuple(taken.record for taken in self.taken),
        )


def staged(document: Document) -> Staged:
    """One document, stage by stage. Raises `InputError` where it is in another language than English."""
    ((doc, read),) = pipeline.parse_many((one.text, one) for one in [_checked(document)])
    return _staged(read, doc, sourcing.find(read.text, attribution.load()))


def _reading(document: Document, doc: Doc, sourced: Sequence[Sourced]) -> Reading:
    return _staged(document, doc, sourced).reading()


def _staged(document: Document, doc: Doc, sourced: Sequence[Sourced]) -> Staged:
    """A parsed document: each stage sees what the stages before it found."""
    parsed = Parsed(document=document, doc=doc, published=_day(document.published))
    cast = actors.find(parsed)
    calendar = dates.find(parsed)
    where = places.find(parsed, cast)
    sayings = statements.find(parsed, cast, calendar, sourced)
    return Staged(
        parsed=parsed,
        cast=cast,
        calendar=calendar,
        sayings=sayings,
        deeds=events.find(parsed, cast, calendar, where, sayings),
        held=holdings.find(parsed, cast, calendar, where, sayings),
        taken=positions.find(parsed, cast, calendar, sayings),
    )


@cache
def reader() -> Reader:
    """This program and its models: one digest of the parser's weights, the model that reads statements and own rows."""
    digest = hashlib.sha256(f"{pipeline.fingerprint()} {attribution.load().fingerprint()}{tables.added()}".encode())
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
    name = called(document)
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


def called(document: Document) -> str:
    """What the user knows a document by."""
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
