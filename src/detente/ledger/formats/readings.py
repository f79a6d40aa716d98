"""Whole readings as JSON Lines, the contract's own form: what leaves one ledger so makes an equal one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from detente.ledger import listing
from detente.ledger.manifest import Manifest, export
from detente.ledger.store import Ledger
from detente.records import Reading, to_json

_DOCUMENTS_AT_ONCE: Final = 1000
"""Few enough to hold in memory. Of a large ledger each query goes through all records."""


def export_readings(
    ledger: Ledger,
    file: Path,
    *,
    dataset: str | None = None,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Manifest:
    """Write the readings of a data set's documents to `file`, a line each, with its manifest.

    They come in the order in which they were written, so that a new ledger, to which they are added one after the
    other, takes the same events for reports of the same happenings. `about`, `since` and `until` are as for
    `Ledger.readings`. Raises `ValueError` for a `since` or `until` that is no date, and as `export`.
    """
    chosen, values = documents(dataset=dataset, about=about, since=since, until=until)

    def write(new: Path) -> int:
        number = 0
        with new.open("wb") as stream:
            for reading in in_turn(ledger, chosen, values):
                stream.write(to_json(reading) + b"\n")
                number += 1
        return number

    return export(
        ledger,
        file,
        write,
        columns=Reading.__struct_fields__,
        dataset=dataset,
        parameters={"command": "export", "format": "jsonl", "about": about, "since": since, "until": until},
        left_out={},
    )


def documents(
    *, dataset: str | None, about: str | None, since: str | None, until: str | None
) -> tuple[str, dict[str, Any]]:
    """The query for the documents of a data set that have to do with `about` and a time, and its parameters.

    Its rows have `id` and `added`. Raises `ValueError` for a `since` or `until` that is no date.
    """
    query, values = listing.document_ids(about=about, since=since, until=until)
    chosen = f"""
        SELECT id, added FROM documents
        WHERE dataset IS NOT DISTINCT FROM $dataset AND id IN (SELECT id FROM ({query}))
    """  # noqa: S608
    return chosen, {**values, "dataset": dataset}


def in_turn(ledger: Ledger, chosen: str, values: Mapping[str, Any]) -> Iterator[Reading]:
    """The readings of the documents that a query of `documents` finds, in the order of writing, streamed."""
    # Numbers, as the ids of a million documents would fill the memory.
    places = ledger.sql(f"SELECT added FROM ({chosen}) ORDER BY added", values).arrays()["added"]  # noqa: S608
    query = "SELECT id FROM documents WHERE added IN (SELECT unnest($places)) ORDER BY added"
    for start in range(0, len(places), _DOCUMENTS_AT_ONCE):
        some = places[start : start + _DOCUMENTS_AT_ONCE].tolist()
        yield from ledger.readings_of([row["id"] for row in ledger.sql(query, {"places": some})])
