"""Whether XML is well-formed and harmless, before feedparser sees it, which reads on as best it can.

Entities that a document type declares are refused whatever they hold: a few lines of them unfold to gigabytes, or name
files of this machine. The other limits are far beyond any feed; they keep off what feedparser's time grows with the
square of.
"""

from __future__ import annotations

from typing import Final, NoReturn
from xml.parsers import expat

from detente.errors import InputError

_MAX_PROLOG: Final = 5_000
"""Bytes before the first element."""
_MAX_DEPTH: Final = 200
_MAX_ATTRIBUTES: Final = 100
_MAX_NAME: Final = 2_000
"""Characters of an author's name and address."""

_PEOPLE: Final = frozenset(
    {"author", "contributor", "creator", "email", "managingeditor", "name", "owner", "publisher", "webmaster"}
)


def check(data: bytes, name: str) -> None:
    """Raise `InputError` in the name of `name` where `data` is malformed or beyond the limits."""
    guard = _Guard(name)
    try:
        guard.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(name, f"is malformed XML: {error}") from None
    except InputError:
        raise
    except (LookupError, ValueError) as error:
        raise InputError(name, f"is XML in an encoding that cannot be read: {error}") from None


class _Guard:
    """The handlers of one pass of expat, which itself neither opens files nor addresses."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.namespaces = 0
        self.person_at = 0
        """Depth of the element that names somebody; 0 outside of any."""
        self.name_length = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartNamespaceDeclHandler = self.namespace
        self.parser.EntityDeclHandler = self.entity

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.depth == 0 and self.parser.CurrentByteIndex > _MAX_PROLOG:
            self.refuse(f"is XML whose first element is not among its first {_MAX_PROLOG:,} bytes")
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.refuse("is XML nested too deeply to be a feed")
        if len(attributes) + self.namespaces > _MAX_ATTRIBUTES:
            self.refuse(f"is XML with more than {_MAX_ATTRIBUTES} attributes of one element")
        self.namespaces = 0
        if not self.person_at and tag.rpartition(" ")[2].lower() in _PEOPLE:
            self.person_at = self.depth
            self.name_length = 0

    def end(self, _tag: str) -> None:
        if self.person_at == self.depth:
            self.person_at = 0
        self.depth -= 1

    def characters(self, text: str) -> None:
        if self.person_at:
            self.name_length += len(text)
            if self.name_length > _MAX_NAME:
                self.refuse(f"is XML with an author's name of more than {_MAX_NAME:,} characters")

    def namespace(self, _prefix: str | None, _uri: str | None) -> None:
        self.namespaces += 1

    def entity(self, *_declaration: object) -> None:
        self.refuse("declares XML entities, which a feed does not need and an attack does; remove them")

    def refuse(self, reason: str) -> NoReturn:
        raise InputError(self.name, reason)
