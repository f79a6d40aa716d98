"""Many sentences read in one go, for tests that ask a little of each."""

from __future__ import annotations

from collections.abc import Iterable

from detente.reading.reader import read_documents
from detente.records import Document, Event


def events_of(texts: Iterable[str], published: str) -> dict[str, tuple[Event, ...]]:
    """The events of each text, by the text."""
    documents = (Document(id=text, language="en", text=text, published=published) for text in texts)
    return {reading.document.text: reading.events for reading in read_documents(documents)}


def line(event: Event) -> str:
    """An event in a line: "TYPE status: sources > targets"."""
    sides = f"{' '.join(sorted(event.sources))} > {' '.join(event.targets)}"
    return f"{event.type} {event.status}: {sides}".replace(":  >", ": >").strip()
