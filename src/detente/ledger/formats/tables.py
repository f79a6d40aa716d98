"""Rows as CSV, JSON Lines or Parquet, and the ledger's own tables in them, field by field.

Parquet and JSON Lines hold values as they are. In CSV an empty cell is a missing value, a list or a struct is JSON, and
a text that a spreadsheet would compute, that is empty or that begins with an apostrophe has an apostrophe before it:
whoever takes one apostrophe off again has just what the ledger holds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, Unpack, cast, get_args

import msgspec

from detente import days
from detente.errors import InputError, LedgerError
from detente.ledger import listing
from detente.ledger.asking import Rows
from detente.ledger.listing import Filters
from detente.ledger.manifest import Manifest, check_dataset, check_read, export
from detente.ledger.store import Ledger

Format = Literal["csv", "jsonl", "parquet"]
Table = Literal[
    "documents", "actors", "statements", "events", "holdings", "positions", "deeds", "reports", "copies", "reviews",
    "imported", "sectors",
]  # fmt: skip
TABLES: Final[tuple[Table, ...]] = get_args(Table)

OF_IMPORTS: Final[tuple[Table, ...]] = ("imported", "deeds", "sectors")
"""What there is of a data set that was imported."""
OF_TEXTS: Final[tuple[Table, ...]] = tuple(table for table in TABLES if table not in ("imported", "sectors"))
"""What there is of texts that were read."""

_GUARDED: Final = ("'", "=", "+", "-", "@", "\t", "\r")
"""How a text begins that gets an apostrophe in CSV."""

_ROWS_AT_ONCE: Final = 122_880
"""Rows of a Parquet file's row group: DuckDB's own number."""

_DOCUMENTS_AT_ONCE: Final = 20_000
"""What is put in order at once: texts of some 100 MB."""

_EVENTS_AT_ONCE: Final = 100_000
"""The same of imported events."""

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

_IMPORTS: Final[Mapping[Table, str]] = MappingProxyType(
    {
        "imported": """
            SELECT * FROM imported AS exported
            WHERE dataset = $dataset AND first BETWEEN $first AND $last AND {chosen} ORDER BY first, id
        """,
        # What texts tell of has its evidence in them.
        "deeds": """
            SELECT * FROM deeds AS exported
            WHERE dataset = $dataset AND first BETWEEN $first AND $last AND evidence IS NULL AND {chosen}
            ORDER BY first, event, source, target, source_party, target_party
        """,
    }
)
"""The rows of an imported data set from one day to another."""

_SECTORS: Final = """
    SELECT sectors.* FROM sectors JOIN datasets ON datasets.format = sectors.format
    WHERE name = $dataset ORDER BY written
"""


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

    With filters they are the records that `Ledger.list` finds, of actors all rows of those that it finds. `imported`
    has `since` and `until` alone; `deeds`, `reports`, `copies`, `reviews` and `sectors` have none. Raises `ValueError`
    for a filter that does not fit, `InputError` for a table that the data set does not have, `ExtraError` where Parquet
    is asked for without pyarrow, and as `export`.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    if table not in OF_IMPORTS:
        check_read(ledger, dataset)
    elif table not in OF_TEXTS and not is_imported(ledger, dataset):
        check_dataset(ledger, dataset)
        raise InputError(table, "is what an imported data set has; name one with --dataset")
    parts = _parts(ledger, table, dataset, condition(table, given), whole=bool(given))
    head = next(parts)
    return export(
        ledger,
        file,
        lambda new: write(chain([head], parts), format, new),
        columns=head.columns,
        dataset=dataset,
        parameters={"command": "export", "format": format, "kind": table, **given},
        left_out={},
    )


def export_tables(ledger: Ledger, format: Format, folder: Path, *, dataset: str | None = None) -> list[Manifest]:
    """Write all tables of a data set into `folder`, which is made where it is missing, a file and a manifest for each.

    Of texts these are `OF_TEXTS`, of imported events `OF_IMPORTS`, of what has both, all. Raises as `export_table`, and
    `LedgerError` where the data set changed between two of them.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"is no folder and cannot be made one: {error.strerror}; name another") from error
    made = [
        export_table(ledger, table, format, folder / f"{table}.{format}", dataset=dataset)
        for table in _tables(ledger, dataset)
    ]
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


def periods(ledger: Ledger, dataset: str | None) -> Iterator[tuple[date, date]]:
    """The days of imported events, some hundred thousand at a time, by the first and the last. There is one at least.

    An event is in that of the first day on which it may have begun.
    """
    query = "SELECT first, count(*) AS number FROM imported WHERE dataset = $dataset GROUP BY first ORDER BY first"
    begun, last, events = None, date.min, 0
    for row in ledger.sql(query, {"dataset": dataset}):
        if begun is not None and events + row["number"] > _EVENTS_AT_ONCE:
            yield begun, last
            begun, events = None, 0
        begun, last, events = begun or row["first"], row["first"], events + row["number"]
    yield begun or date.min, last


def is_imported(ledger: Ledger, dataset: str | None) -> bool:
    """Whether a data set is one of event data of others."""
    return any(ledger.sql("SELECT 1 FROM datasets WHERE name = $dataset", {"dataset": dataset}))


def condition(table: Table, given: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What filters come to for the rows of a table, called `exported`, in SQL, and its parameters.

    Raises `ValueError` for a filter that does not fit, and `InputError` where none does.
    """
    if not given:
        return "true", {}
    if table == "imported":
        if unfit := given.keys() - {"since", "until"}:
            raise InputError(
                table, f"cannot be filtered by {', '.join(sorted(unfit))}; --since and --until are possible"
            )
        values = {name: days.checked(value) for name, value in given.items()}
        overlaps = {"since": "exported.last >= earliest($since)", "until": "exported.first <= latest($until)"}
        return " AND ".join(overlaps[name] for name in given), values
    if table not in listing.KINDS:
        raise InputError(table, f"cannot be filtered; leave out {', '.join(given)}")
    query, values = listing.rows(table, cast("Filters", given))
    id = "exported.id" if table in ("documents", "actors") else "exported.document || '/' || exported.id"
    return f"{id} IN (SELECT id FROM ({query}))", values  # noqa: S608


def guarded(text: str) -> str:
    """A text that no spreadsheet computes."""
    return f"'{text}" if not text or text.startswith(_GUARDED) else text


def _tables(ledger: Ledger, dataset: str | None) -> tuple[Table, ...]:
    if not is_imported(ledger, dataset):
        return OF_TEXTS
    query = "SELECT 1 FROM documents WHERE dataset = $dataset LIMIT 1"
    return TABLES if any(ledger.sql(query, {"dataset": dataset})) else OF_IMPORTS


def _parts(
    ledger: Ledger, table: Table, dataset: str | None, asked: tuple[str, dict[str, Any]], *, whole: bool
) -> Iterator[Rows]:
    """The rows of a table some thousands at a time: those of documents, then those of imported events."""
    if table == "sectors":
        yield ledger.sql(_SECTORS, {"dataset": dataset})
    if table in OF_TEXTS:
        for some in slices(ledger, dataset, whole=whole):
            yield _rows(ledger, table, dataset, asked, *some)
    if table in _IMPORTS and is_imported(ledger, dataset):
        chosen, values = asked
        for first, last in periods(ledger, dataset):
            query = _IMPORTS[table].format(chosen=chosen)
            yield ledger.sql(query, {**values, "dataset": dataset, "first": first, "last": last})


def _rows(
    ledger: Ledger, table: Table, dataset: str | None, asked: tuple[str, dict[str, Any]], first: int, last: int
) -> Rows:
    """The rows of the documents from one place in the order of writing to another."""
    chosen, values = asked
    document = "exported.id" if table == "documents" else "exported.document"
    # The view has imported deeds, too, which stand under no document.
    source = "told_deeds" if table == "deeds" else table
    query = f"""
        SELECT exported.*
        FROM {source} AS exported
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
