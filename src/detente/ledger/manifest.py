"""Exports that can be defended: a table as a file, and beside it a manifest of what it was made from.

Whoever gets `panel.csv` finds in `panel.csv.manifest.json` which texts it rests on, who read them, what was asked, what
was left out and why. The same ledger and the same question give the same bytes, and a manifest that differs in the time
alone.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec

from detente import __version__
from detente.errors import InputError, LedgerError
from detente.ledger.asking import Rows
from detente.ledger.opening import put_in_place
from detente.ledger.store import Ledger

_ROWS_AT_ONCE: Final = 122_880
"""Rows of a Parquet file's row group: DuckDB's own number."""


class ReadBy(msgspec.Struct, frozen=True, kw_only=True):
    """A version of detente and a model (SHA-256), and how many of the documents they read."""

    version: str
    model: str
    documents: int


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a data set consists of. `dataset` is None for texts that were read."""

    dataset: str | None
    documents: int
    readers: tuple[ReadBy, ...]
    sha256: str
    """Over a line for each document, in the order of ids: the id, a tab, the SHA-256 of its text, a line end. Then for
    each file that was imported, in their order: its name, a tab, its SHA-256, a line end."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside an exported file, as JSON."""

    file: str
    sha256: str
    """Of the file."""
    made: str
    """When, in UTC."""
    detente: str
    """The version that made it."""
    schema: int
    """The version of the ledger's schema."""
    ledger: str
    """The name of the ledger's file."""
    parameters: Mapping[str, Any]
    """What was asked."""
    inputs: Inputs
    rows: int
    columns: tuple[str, ...]
    left_out: Mapping[str, int]
    """What is not in the file, by the reason why, with its number."""


def inputs(ledger: Ledger, dataset: str | None) -> Inputs:
    """What a ledger's data set consists of, with a checksum over its texts and files."""
    checksum, read = hashlib.sha256(), []
    rows = ledger.sql(
        """
        SELECT id, sha256("text") AS "text", reader.version AS version, reader.model AS model
        FROM documents WHERE dataset IS NOT DISTINCT FROM $dataset ORDER BY id
        """,
        {"dataset": dataset},
    )
    for row in rows:
        checksum.update(f"{row['id']}\t{row['text']}\n".encode())
        read.append((row["version"], row["model"]))
    files = "SELECT name, sha256 FROM files WHERE dataset = $dataset ORDER BY file"
    for file in ledger.sql(files, {"dataset": dataset}):
        checksum.update(f"{file['name']}\t{file['sha256']}\n".encode())
    readers = tuple(
        ReadBy(version=version, model=model, documents=len([*some])) for (version, model), some in groupby(sorted(read))
    )
    return Inputs(dataset=dataset, documents=len(read), readers=readers, sha256=checksum.hexdigest())


def export(
    ledger: Ledger,
    rows: Rows,
    file: Path,
    *,
    dataset: str | None,
    parameters: Mapping[str, Any],
    left_out: Mapping[str, int],
) -> Manifest:
    """Write rows to `file` (.csv or .parquet, by its ending) and their manifest beside it; what was there is replaced.

    A missing value is an empty cell in CSV. Raises `InputError` where the file cannot be written, `ExtraError` where
    Parquet is asked for without pyarrow, and `LedgerError` where the data set changed meanwhile; nothing is left then.
    """
    write = _writer(file, ledger.path)
    before = inputs(ledger, dataset)
    with _in_plain_words(file), put_in_place(file) as new:
        written = write(rows, new)
        if inputs(ledger, dataset) != before:
            raise LedgerError(
                f"{ledger.path}: was written to while {file} was made of it; run the same command again after that"
            )
        with new.open("rb") as whole:
            checksum = hashlib.file_digest(whole, "sha256").hexdigest()
        ((version,),) = (row.values() for row in ledger.sql("SELECT version FROM ledger"))
        manifest = Manifest(
            file=file.name,
            sha256=checksum,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            detente=__version__,
            schema=version,
            ledger=ledger.path.name,
            parameters=parameters,
            inputs=before,
            rows=written,
            columns=rows.columns,
            left_out=left_out,
        )
        with put_in_place(manifest_of(file)) as beside:
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    return manifest


def manifest_of(file: Path) -> Path:
    """Where the manifest of an exported file stands."""
    return file.with_name(f"{file.name}.manifest.json")


def _to_csv(rows: Rows, file: Path) -> int:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(rows.columns)
        number = 0
        for row in rows:
            writer.writerow(row.values())
            number += 1
    return number


def _to_parquet(rows: Rows, file: Path) -> int:
    number = 0
    with rows.batches(_ROWS_AT_ONCE) as reader:
        from pyarrow import parquet

        with parquet.ParquetWriter(file, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
                number += batch.num_rows
    return number


_WRITERS: Final[Mapping[str, Callable[[Rows, Path], int]]] = MappingProxyType(
    {".csv": _to_csv, ".parquet": _to_parquet}
)


def _writer(file: Path, ledger: Path) -> Callable[[Rows, Path], int]:
    """What writes a file of this ending and returns the number of rows. Raises `InputError` where nothing does."""
    if file.suffix not in _WRITERS:
        raise InputError(str(file), f"its ending is none of {', '.join(_WRITERS)}; name a file that ends so")
    if file.exists() and file.samefile(ledger):
        raise InputError(str(file), "is the ledger and would be lost; name another file")
    return _WRITERS[file.suffix]


@contextmanager
def _in_plain_words(file: Path) -> Iterator[None]:
    """Turn the system's errors into an `InputError`."""
    try:
        yield
    except LedgerError:
        raise
    except OSError as error:
        raise InputError(str(file), f"cannot be written: {error.strerror}; name another file") from error
