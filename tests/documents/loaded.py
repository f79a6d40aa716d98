"""What loading brings: the documents and the lines about what was left out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from detente.documents import Metadata, load
from detente.errors import InputError
from detente.records import Document


def loaded(*paths: str | Path, metadata: Metadata | None = None) -> tuple[list[Document], list[str]]:
    """The documents of `paths`, and one line for each input that was left out."""
    errors: list[InputError] = []
    documents = list(load(paths, metadata=metadata, failed=errors.append))
    return documents, [str(error) for error in errors]


def only(*paths: str | Path, metadata: Metadata | None = None) -> Document:
    """The one document of `paths`, of which nothing is left out."""
    documents, lines = loaded(*paths, metadata=metadata)
    assert lines == []
    (document,) = documents
    return document


def refusal(path: str | Path) -> str:
    """Why nothing of `path` is read: one line that begins with its name. The rest of the line is returned."""
    documents, lines = loaded(path)
    assert documents == []
    (line,) = lines
    return reason(line, path)


def reason(line: str, path: str | Path) -> str:
    """The reason in an error's line, which is one line indeed and begins with the name of `path`."""
    assert line.isprintable()
    name, _, rest = line.partition(": ")
    assert name == str(path)
    assert rest
    return rest


def texts(documents: Iterable[Document]) -> list[str]:
    """Their texts, in order."""
    return [document.text for document in documents]


def is_root() -> bool:
    """Whether permissions do not hold for who runs the tests."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
