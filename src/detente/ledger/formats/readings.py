"""Whole readings as JSON Lines, the contract's own form: what leaves one ledger so makes an equal one elsewhere."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.errors import InputError
from detente.ledger import listing
from detente.ledger.formats import TEXTS
from detente.ledger.formats.contract import fault
from detente.ledger.manifest import Manifest, check_read, export
from detente.ledger.opening import is_new
from detente.ledger.store import Ledger
from detente.records import Reading, reading_from_json, to_json

_DOCUMENTS_AT_ONCE: Final = 1000
"""Few enough to hold in memory. Of a large ledger each query goes through all records."""

_LONGEST: Final = 64_000_000
"""Bytes of a line: some ten times what is read in the longest text that can be parsed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file of readings."""

    file: str
    written: int
    held: int
    """Documents that the ledger had already."""
    left_out: int
    """Lines that hold no reading, or one that breaks the contract."""


def import_readings(
    ledger: Path,
    files: Sequence[Path],
    *,
    failed: Callable[[InputError], None],
    dataset: str | None = None,
    dry_run: bool = False,
) -> Iterator[Taken]:
    """Write the readings that `export_readings` wrote elsewhere into a ledger, which is made where it is missing.

    A document that the ledger holds is skipped, so that doing it twice changes nothing; what cannot be taken is left
    out, and `failed` is told why. With `dry_run` the same is done in a ledger that is thrown away, with those documents
    that the ledger does not hold. Raises `InputError` for a file that cannot be opened, before any is read, and
    `LedgerError`.
    """
    for file in files:
        with _opened(file):
            pass
    with ExitStack() as stack:
        asked: Ledger | None = None
        if dry_run:
            asked = None if is_new(ledger) else stack.enter_context(Ledger(ledger, read_only=True))
            ledger = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "dry-run.duckdb"
        opened = stack.enter_context(Ledger(ledger))
        for file in files:
            became = Counter[str]()
            readings = _unknown(_fit(file, became, failed), became, asked)
            for outcome in opened.add_all(readings, dataset=None if dataset == TEXTS else dataset):
                if isinstance(outcome, InputError):
                    failed(outcome)
                    became["left out"] += 1
                else:
                    became["written" if outcome else "held"] += 1
            yield Taken(str(file), became["written"], became["held"], became["left out"])


def _fit(file: Path, became: Counter[str], failed: Callable[[InputError], None]) -> Iterator[Reading]:
    """The readings of a file, while `became` counts the lines that hold none."""
    for found in _found(file):
        if isinstance(found, InputError):
            failed(found)
            became["left out"] += 1
        else:
            yield found


def _unknown(readings: Iterator[Reading], became: Counter[str], ledger: Ledger | None) -> Iterator[Reading]:
    """The readings of documents that a ledger does not hold, while `became` counts the others."""
    for reading in readings:
        if ledger is not None and ledger.holds(reading.document.id):
            became["held"] += 1
        else:
            yield reading


def _found(file: Path) -> Iterator[Reading | InputError]:
    """The readings of a file line by line, and an error for each line that holds none."""
    number = 0
    try:
        with _opened(file) as stream:
            while line := stream.readline(_LONGEST + 1):
                number += 1
                name = f"{file}:{number}"
                if len(line) > _LONGEST:
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(_LONGEST)
                    yield InputError(name, f"is a line of more than {_LONGEST // 1_000_000} MB")
                elif line.strip():
                    yield _reading(line, name)
    except (OSError, EOFError, zlib.error) as error:
        yield InputError(f"{file}:{number + 1}", f"cannot be read on: {getattr(error, 'strerror', None) or error}")


def _reading(line: bytes, name: str) -> Reading | InputError:
    try:
        reading = reading_from_json(line)
    except UnicodeDecodeError:
        return InputError(name, "is not UTF-8")
    except RecursionError:
        return InputError(name, "is JSON nested too deeply")
    except msgspec.ValidationError as error:
        return InputError(name, f"is no reading: {error}")
    except msgspec.DecodeError as error:
        return InputError(name, f"is no JSON: {error}")
    wrong = fault(reading)
    return reading if wrong is None else InputError(name, wrong)


def _opened(file: Path) -> BufferedIOBase:
    try:
        return gzip.open(file) if file.suffix == ".gz" else file.open("rb")
    except OSError as error:
        raise InputError(str(file), f"cannot be read: {error.strerror or error}") from error


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
    check_read(ledger, dataset)
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
