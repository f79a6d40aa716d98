"""Which texts of the ledger are near duplicates of an earlier one, and so one witness with it: the table `copies`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Final

from detente.ledger import duplicates
from detente.ledger.writing import insert
from detente.records import Document

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LOOKED_AT: Final = 16
"""Texts that are compared with a new one, those with most bands in common first."""


def link(connection: DuckDBPyConnection, documents: Sequence[Document]) -> Mapping[str, Set[str]]:
    """Find the texts that documents are copies of, and return the other documents of the story of each that is one."""
    shingles = {document.id: duplicates.shingles(document.text) for document in documents}
    hashes = {document: duplicates.bands(found) for document, found in shingles.items()}
    stories: dict[str, Set[str]] = {}
    for document, others in similar(connection, hashes).items():
        best: tuple[float, int, str] | None = None
        for other, added, text in others:
            if other not in shingles:
                shingles[other] = duplicates.shingles(text)
            likeness = duplicates.likeness(shingles[document], shingles[other])
            if likeness is not None and (best is None or (likeness, -added) > best[:2]):
                best = likeness, -added, other
        if best is not None:
            likeness, _, other = best
            connection.execute(
                "INSERT INTO copies SELECT $1, coalesce((SELECT original FROM copies WHERE document = $2), $2), $3",
                [document, other, likeness],
            )
            stories[document] = story(connection, document)
    rows = [{"hash": number, "document": document} for document, some in hashes.items() for number in some]
    insert(connection, "bands", rows)
    return stories


def similar(
    connection: DuckDBPyConnection, hashes: Mapping[str, Sequence[int]]
) -> Mapping[str, Sequence[tuple[str, int, str]]]:
    """The documents that may be near duplicates of texts, by the hashes of their bands: id, place, text.

    They are among those whose hashes the ledger holds, and those that stand before the text itself.
    """
    wanted = list({number for some in hashes.values() for number in some})
    if not wanted:
        return {}
    having: dict[int, list[str]] = defaultdict(list)
    # Not `hash IN`: it looks up the index too, but takes three times as long.
    query = "SELECT hash, document FROM bands WHERE list_contains($wanted::UBIGINT[], hash)"
    for number, document in connection.execute(query, {"wanted": wanted}).fetchall():
        having[number].append(document)
    some: dict[str, list[str]] = {}
    for document, numbers in hashes.items():
        shared = Counter(other for number in numbers for other in having[number])
        some[document] = sorted(shared, key=lambda other: (-shared[other], other))[:_LOOKED_AT]
        for number in numbers:
            having[number].append(document)
    query = "SELECT id, added, text FROM documents WHERE list_contains($ids, id)"
    ids = sorted({other for others in some.values() for other in others})
    texts = {row[0]: row for row in connection.execute(query, {"ids": ids}).fetchall()} if ids else {}
    return {document: [texts[other] for other in others] for document, others in some.items()}


def story(connection: DuckDBPyConnection, document: str) -> frozenset[str]:
    """The other documents of the story that a document tells."""
    rows = connection.execute(
        """
        WITH told AS (SELECT original FROM copies WHERE document = $1)
        SELECT original FROM told UNION SELECT document FROM copies WHERE original IN (SELECT original FROM told)
        """,
        [document],
    ).fetchall()
    return frozenset(other for (other,) in rows) - {document}
