"""RSS and Atom: a document for each entry that carries its text. Links are not followed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from detente.documents import xml_limits
from detente.documents.build import build
from detente.documents.inputs import Input
from detente.documents.markup import text_of
from detente.documents.metadata import Metadata, publication_day_or_none
from detente.errors import InputError
from detente.records import Document


def documents(given: Input) -> Iterator[Document | InputError]:
    """The documents of the entries in their order, and an error for each entry without text."""
    import feedparser

    data = given.whole()
    xml_limits.check(data, given.name)
    # A stream, for a string could be taken for an address and fetched. Neither cleaning nor links are needed: only the
    # words of an entry are kept.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        raise InputError(given.name, "is XML, but neither RSS nor Atom")
    if not feed.entries:
        raise InputError(given.name, "is a feed without entries")
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield _document(entry, f"{given.name}, entry {number}", feed.feed, given)
        except InputError as error:
            yield error


def _document(entry: Any, name: str, channel: Any, given: Input) -> Document:
    text = _text(entry, name)
    if not text.strip():
        raise InputError(name, "has neither content nor description")
    link = entry.get("link", "")
    own = Metadata(
        published=_published(entry),
        title=_words(entry.get("title_detail"), name),
        source=entry.get("source", {}).get("title") or _words(channel.get("title_detail"), name),
        url=link if link.startswith(("http://", "https://")) else None,
    )
    return build(text, name=name, path=given.name, own=own, options=given.options, id=_id(entry))


def _published(entry: Any) -> str | None:
    """When it was published; Atom asks for the date of the last change only."""
    told = (entry[key] for key in ("published", "updated") if key in entry)
    return next(filter(None, map(publication_day_or_none, told)), None)


def _text(entry: Any, name: str) -> str:
    """The longest content, else the description: feeds often carry both, one the beginning of the other."""
    texts = [_words(part, name) for part in entry.get("content", ())]
    return max(texts, key=len, default="") or _words(entry.get("summary_detail"), name)


def _words(part: Any, name: str) -> str:
    """The plain text of one of feedparser's values with its type."""
    value = str((part or {}).get("value") or "")
    if not value.strip():
        return ""
    return text_of(value, name) if part.get("type") in {"text/html", "application/xhtml+xml"} else value


def _id(entry: Any) -> str | None:
    """The entry's id, if it is an address or another URI: RSS also allows a number that is unique in its feed only."""
    told = str(entry.get("id") or "").strip()
    return told if ":" in told else None
