"""Exports that can be defended: a file, and beside it a manifest of what it was made from.

Whoever gets `panel.csv` finds in `panel.csv.manifest.json` which texts it rests on, who read them, what was asked, what
was left out and why. The same ledger and the same question give the same bytes, and a manifest that differs in the time
alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from detente import __version__
from detente.errors import InputError, LedgerError
from detente.ledger.opening import put_in_place
from detente.ledger.store import Ledger


class ReadBy(msgspec.Struct, frozen=True, kw_only=True):
    """A version of detente and a model (SHA-256), and how many of the documents they read."""

    version: str
    model: str
    documents: int


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was imported, and what the user calls its release."""

    name: str
    sha256: str
    vintage: str | None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Whose an imported data set is: its terms of use and how it is cited, as the source states them."""

    format: str
    terms: str
    citation: str
    files: tuple[ImportedFile, ...]
    """In the order in which they were imported: `file` of an event counts them from 1."""


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a data set consists of. `dataset` is None for texts that were read."""

    dataset: str | None
    documents: int
    readers: tuple[ReadBy, ...]
    sha256: str
    """Over a line for each document, in the order of ids: the id, a tab, the SHA-256 of its text, a line end. Then for
    each file that was imported, in their order: its name, a tab, its SHA-256, a line end."""
    origin: Origin | None
    """None for what was not imported from event data of others."""


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
    origin = _origin(ledger, dataset)
    for file in origin.files if origin else ():
        checksum.update(f"{file.name}\t{file.sha256}\n".encode())
    readers = tuple(
        ReadBy(version=version, model=model, documents=len([*some])) for (version, model), some in groupby(sorted(read))
    )
    return Inputs(dataset=dataset, documents=len(read), readers=readers, sha256=checksum.hexdigest(), origin=origin)


def _origin(ledger: Ledger, dataset: str | None) -> Origin | None:
    query = "SELECT format, terms, citation FROM datasets WHERE name = $dataset"
    files = "SELECT name, sha256, vintage FROM files WHERE dataset = $dataset ORDER BY file"
    for row in ledger.sql(query, {"dataset": dataset}):
        taken = tuple(ImportedFile(**file) for file in ledger.sql(files, {"dataset": dataset}))
        return Origin(**row, files=taken)
    return None


def export(
    ledger: Ledger,
    file: Path,
    write: Callable[[Path], int],
    *,
    columns: Sequence[str],
    dataset: str | None,
    parameters: Mapping[str, Any],
    left_out: Mapping[str, int],
) -> Manifest:
    """Make `file` and its manifest beside it; what was there is replaced.

    `write` makes a file at the path that it is given, and returns how many rows it has; `left_out` is looked at after
    that. Raises `InputError` where the file cannot be written and where the ledger has no such data set, and
    `LedgerError` where the data set changed meanwhile; nothing is left then.
    """
    check_dataset(ledger, dataset)
    if file.exists() and file.samefile(ledger.path):
        raise InputError(str(file), "is the ledger and would be lost; name another file")
    before = inputs(ledger, dataset)
    with _writing(file), put_in_place(file) as new:
        written = write(new)
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
            columns=tuple(columns),
            left_out=left_out,
        )
        with put_in_place(manifest_of(file)) as beside:
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    return manifest


def check_dataset(ledger: Ledger, dataset: str | None) -> None:
    """Raise `InputError` where the ledger has nothing of the data set; None stands for the texts that were read."""
    query = "SELECT dataset FROM documents UNION SELECT name FROM datasets ORDER BY ALL"
    there = [row["dataset"] for row in ledger.sql(query)]
    if dataset in there:
        return
    named = ", ".join(name for name in there if name is not None)
    what = f"there is no data set {dataset!r} in it" if dataset else "there are no texts in it that were read"
    way = f"name one of its data sets with --dataset: {named}" if named else "read texts into it with: detente read"
    raise InputError(str(ledger.path), f"{what}; {way}")


def check_read(ledger: Ledger, dataset: str | None) -> None:
    """Raise `InputError` where a data set consists of imported events alone, so that there is no text to tell of."""
    query = """
        SELECT 1 FROM datasets WHERE name = $dataset AND NOT EXISTS (FROM documents WHERE dataset = $dataset)
    """
    if dataset is not None and any(ledger.sql(query, {"dataset": dataset})):
        raise InputError(
            dataset,
            "is an imported data set, which has no texts; its events are had with: "
            "detente export csv --kind imported --dataset NAME --out FILE",
        )


def manifest_of(file: Path) -> Path:
    """Where the manifest of an exported file stands."""
    return file.with_name(f"{file.name}.manifest.json")


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Turn the system's errors into an `InputError`."""
    try:
        yield
    except LedgerError:
        raise
    except OSError as error:
        raise InputError(str(file), f"cannot be written: {error.strerror}; name another file") from error
