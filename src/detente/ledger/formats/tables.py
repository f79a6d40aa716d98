"""Rows as CSV, JSON Lines or Parquet, and the ledger's own tables in them, field by field.

Parquet and JSON Lines hold values as they are. In CSV an empty cell is a missing value, a list or a struct is JSON, and
a text that a spreadsheet would compute, that is empty or that begins with an apostrophe has an apostrophe before it:
whoever takes one apostrophe off again has just what the ledger holds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Unpack, cast, get_args

import msgspec

from detente.errors import InputError, LedgerError
from detente.ledger import listing
from detente.ledger.asking import Rows
from detente.ledger.listing import Filters
from detente.ledger.manifest import Manifest, export
from detente.ledger.store import Ledger

Format = Literal["csv", "jsonl", "parquet"]
Table = Literal[
    "documents", "actors", "statements", "events", "holdings", "positions", "deeds", "reports", "copies", "reviews"
]
TABLES: Final[tuple[Table, ...]] = get_args(Table)

_GUARDED: Final = ("'", "=", "+", "-", "@", "\t", "\r")
"""How a text begins that gets an apostrophe in CSV."""

_ROWS_AT_ONCE: Final = 122_880
"""Rows of a Parquet file's row group: DuckDB's own number."""

_DOCUMENTS_AT_ONCE: Final = 20_000
"""What is put in order at once: texts of some 100 MB."""

_ORDER: Final[Mapping[Table, str]] = MappingProxyType(
    {
        "documents": "nth",
        "actors": "nth, ordinal",
        "statements": "nth, ordinal",
        "events": "nth, ordinal",
        "holdings": "nth, ordinal",
        "positions": "nth, ordinal",
        "deeds": "nth, event, source, target",
        "reports": "nth, event",
        "copies": "nth",
        "reviews": "nth, record, coder, made",
    }
)
"""By what the rows of a table are put in order: first by the place of their document in the order of writing."""


def export_table(
    ledger: Ledger,
    table: Table,
    format: Format,
    file: Path,
    *,
    dataset: str | None = None,
    **filters: Unpack[Filters],
) -> Manifest:
    """Write the rows of a table that belong to a data set to `file`, with its manifest; None stands for what was read.

    With filters they are the records that `Ledger.list` finds, of actors all rows of those that it finds; `deeds`,
    `reports`, `copies` and `reviews` have none. Raises `ValueError` for a filter that does not fit, `ExtraError` where
    Parquet is asked for without pyarrow, and as `export`.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    asked = condition(table, given)
    parts = (_rows(ledger, table, dataset, asked, *some) for some in slices(ledger, dataset, whole=bool(given)))
    return export(
        ledger,
        file,
        lambda new: write(parts, format, new),
        columns=_rows(ledger, table, dataset, asked, 0, 0).columns,
        dataset=dataset,
        parameters={"command": "export", "format": format, "kind": table, **given},
        left_out={},
    )


def export_tables(ledger: Ledger, format: Format, folder: Path, *, dataset: str | None = None) -> list[Manifest]:
    """Write all tables of a data set into `folder`, which is made where it is missing, a file and a manifest for each.

    Raises as `export_table`, and `LedgerError` where the data set changed between two of them.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"is no folder and cannot be made one: {error.strerror}; name another") from error
    made = [export_table(ledger, table, format, folder / f"{table}.{format}", dataset=dataset) for table in TABLES]
    if any(manifest.inputs != made[0].inputs for manifest in made):
        raise LedgerError(
            f"{ledger.path}: was written to while {folder} was filled; run the same command again after that"
        )
    return made


def write(parts: Iterable[Rows], format: Format, file: Path) -> int:
    """Write rows, one part after the other, of the same columns, and return how many they are.

    Raises `ExtraError` where Parquet is asked for without pyarrow.
    """
    match format:
        case "csv":
            return _to_csv(parts, file)
        case "jsonl":
            return _to_jsonl(parts, file)
        case "parquet":
            return _to_parquet(parts, file)


def slices(ledger: Ledger, dataset: str | None, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The documents of a data set some thousands at a time, by the first and the last place in the order of writing.

    What is put in order slice by slice needs little memory, however large the ledger is. Where a filter would have to
    look at the whole ledger for each of them, `whole` gives one. There is one slice at least.
    """
    query = "SELECT added FROM documents WHERE dataset IS NOT DISTINCT FROM $dataset ORDER BY added"
    added = ledger.sql(query, {"dataset": dataset}).arrays()["added"].tolist() or [0]
    size = len(added) if whole else _DOCUMENTS_AT_ONCE
    for start in range(0, len(added), size):
        some = added[start : start + size]
        yield some[0], some[-1]


def condition(table: Table, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What filters come to for the rows of a table, called `exported`, in SQL, and its parameters.

    Raises `ValueError` for a filter that does not fit, and `InputError` where none does.
    """
    if not given:
        return "true", {}
    if table not in listing.KINDS:
        raise InputError(table, f"cannot be filtered; leave out {', '.join(given)}")
    query, values = listing.rows(table, cast("Filters", given))
    id = "exported.id" if table in ("documents", "actors") else "exported.document || '/' || exported.id"
    return f"{id} IN (SELECT id FROM ({query}))", values  # noqa: S608


def guarded(text: str) -> str:
    """A text that no spreadsheet computes."""
    return f"'{text}" if not text or text.startswith(_GUARDED) else text


def _rows(
    ledger: Ledger, table: Table, dataset: str | None, asked: tuple[str, dict[str, Any]], first: int, last: int
) -> Rows:
    """The rows of the documents from one place in the order of writing to another."""
    chosen, values = asked
    document = "exported.id" if table == "documents" else "exported.document"
    query = f"""
        SELECT exported.*
        FROM {table} AS exported
        JOIN (SELECT id, added, dataset FROM documents) AS written(written_id, nth, belongs_to)
            ON written_id = {document}
        WHERE nth BETWEEN $first AND $last AND belongs_to IS NOT DISTINCT FROM $dataset AND {chosen}
        ORDER BY {_ORDER[table]}
    """  # noqa: S608
    return ledger.sql(query, {**values, "dataset": dataset, "first": first, "last": last})


def _to_csv(parts: Iterable[Rows], file: Path) -> int:
    number = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        # With RFC 4180's line ends: with others Python would not quote a carriage return.
        writer = csv.writer(stream, lineterminator="\r\n")
        for part, rows in enumerate(parts):
            if part == 0:
                writer.writerow(rows.columns)
            for row in rows:
                writer.writerow([_cell(value) for value in row.values()])
                number += 1
    return number


def _cell(value: object) -> object:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    return value


def _to_jsonl(parts: Iterable[Rows], file: Path) -> int:
    number = 0
    encoder = msgspec.json.Encoder()
    with file.open("wb") as stream:
        for rows in parts:
            for row in rows:
                stream.write(encoder.encode(row) + b"\n")
                number += 1
    return number


def _to_parquet(parts: Iterable[Rows], file: Path) -> int:
    number = 0
    writer = None
    try:
        for rows in parts:
            with rows.batches(_ROWS_AT_ONCE) as reader:
                from pyarrow import parquet

                writer = writer or parquet.ParquetWriter(file, reader.schema)
                for batch in reader:
                    writer.write_batch(batch)
                    number += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    return number
