"""Taking files of event data into the ledger: streamed by DuckDB, a row for each event, bad rows set aside.

An event that the data set has already, by its id, is replaced by what the later file says of it: ACLED and UCDP revise
theirs. A file that was imported before changes nothing. Each file is one transaction.
"""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from detente.errors import InputError
from detente.ledger.file import interruptible
from detente.ledger.formats import TEXTS, known
from detente.ledger.formats.acled import LAYOUT as ACLED
from detente.ledger.formats.gdelt import LAYOUT as GDELT
from detente.ledger.formats.icews import LAYOUT as ICEWS
from detente.ledger.formats.layout import Layout, Source, head
from detente.ledger.formats.polecat import LAYOUT as POLECAT
from detente.ledger.formats.ucdp import LAYOUT as UCDP
from detente.ledger.opening import is_new, opened
from detente.ledger.writing import insert

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS: Final = {layout.name: layout for layout in (ICEWS, POLECAT, GDELT, ACLED, UCDP)}

_ROW: Final = 500
"""Characters that are kept of a row that was set aside."""

_BLOCK: Final = 1 << 22
"""Bytes of a file that are looked at together."""

_HAS_NUL: Final = "contains(concat_ws(' ', " + ", ".join(
    ("id", "code", "source_name", "source_sectors", "target_name", "target_sectors", "place", "publisher", "url",
     "story", "told")
) + "), chr(0))"  # fmt: skip

# To DuckDB "nan" and "inf" are numbers.
_NOT_FINITE: Final = "NOT (isfinite(coalesce(intensity, 0)) AND isfinite(coalesce(latitude + longitude, 0)))"

# What DuckDB has against a line, in our words.
_REASON: Final = """
    CASE error_type
        WHEN 'CAST' THEN 'has in column ' || column_name || coalesce(
            ' ' || nullif(regexp_extract(error_message, 'Could not convert string (".*") to', 1), ''), ' nothing'
        ) || ', which is no ' || CASE
            WHEN contains($dates, column_name) THEN 'date' ELSE 'number' END
        WHEN 'MISSING COLUMNS' THEN 'has fewer columns than the file'
        WHEN 'TOO MANY COLUMNS' THEN 'has more columns than the file'
        WHEN 'UNQUOTED VALUE' THEN 'has a quotation mark in the wrong place'
        WHEN 'LINE SIZE OVER MAXIMUM' THEN 'is longer than two million bytes'
        WHEN 'INVALID ENCODING' THEN 'is not UTF-8'
        ELSE lower(error_type)
    END
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: str
    rows: int
    """Events that were taken."""
    revised: int
    """Of these, how many took the place of what an earlier file told."""
    untyped: int
    """Of these, how many have a code for which PLOVER has no type."""
    rejected: dict[str, int]
    """Rows that were set aside, by the reason."""
    known: bool = False
    """Whether the same file was imported before, so that nothing was done."""


class _Look(NamedTuple):
    """What is to be known of a whole file before it is read."""

    sha256: str
    has_nul: bool
    is_mixed: bool
    """Whether lines end in more than one way."""


def import_files(
    ledger: Path,
    format_: str,
    files: Sequence[Path],
    *,
    dataset: str,
    vintage: str | None = None,
    dry_run: bool = False,
) -> Iterator[Imported]:
    """Import files of a format of `FORMATS` into a data set of the ledger, which is made where it is missing.

    With `dry_run` the same is done and undone, in a ledger that is thrown away where there is none. Raises `InputError`
    for a file that cannot be imported at all and for a data set of another format, and `LedgerError`.
    """
    layout = FORMATS[format_]
    if dataset == TEXTS or not dataset.strip() or "/" in dataset:
        raise InputError(dataset, "cannot be the name of a data set; take letters, such as icews")
    for file in files:
        if any(sign in str(file) for sign in "*?["):
            raise InputError(str(file), "has a sign that DuckDB takes for a pattern (* ? [); rename it")
    sources = [_source(layout, file) for file in files]
    with ExitStack() as stack:
        if dry_run and is_new(ledger):
            ledger = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "dry-run.duckdb"
        place = opened(ledger, read_only=False, imports=files)
        stack.callback(place.close)
        # What is to be undone is one transaction: a later file may revise an earlier one.
        whole = stack.enter_context(place.rehearsing()) if dry_run else None
        for file, source in zip(files, sources, strict=True):
            look = _looked_at(file)
            with nullcontext(whole) if whole is not None else place.writing() as connection:
                yield _import(connection, layout, file, source, look, dataset, vintage)


def _source(layout: Layout, file: Path) -> Source:
    try:
        return layout.source(head(file, layout.delimiter))
    except InputError:
        raise
    except ValueError as error:
        raise InputError(str(file), f"{error}; is it a file of {layout.title}?") from error


def _import(
    connection: DuckDBPyConnection,
    layout: Layout,
    file: Path,
    source: Source,
    look: _Look,
    dataset: str,
    vintage: str | None,
) -> Imported:
    held = connection.execute("SELECT format FROM datasets WHERE name = ?", [dataset]).fetchone()
    if held and held[0] != layout.name:
        raise InputError(dataset, f"is a data set of {FORMATS[held[0]].title}; name another one with --dataset")
    digests = [row[0] for row in connection.execute("SELECT sha256 FROM files WHERE dataset = ?", [dataset]).fetchall()]
    if look.sha256 in digests:
        return Imported(str(file), 0, 0, 0, {}, known=True)
    known.make(connection)
    number = len(digests) + 1
    at = {"dataset": dataset, "file": number}
    interruptible(connection, lambda: connection.execute(_insert(layout, file, source, look), at))
    _keep_rejects(connection, source, at)
    faults = {**layout.faults, "id = ''": "has no id", _NOT_FINITE: "has a number that is none or infinite"}
    if look.has_nul:
        faults[_HAS_NUL] = "has a character NUL"
    for condition, reason in faults.items():
        _set_aside(connection, condition, reason, at)
    _set_aside_repeated(connection, at)
    revised = _replace(connection, at) if digests else 0
    _add_sectors(connection, layout.name, at)
    here = "dataset = $dataset AND file = $file"
    counted = f"SELECT count(*), count(*) FILTER (type IS NULL) FROM imported WHERE {here}"  # noqa: S608
    ((rows, untyped),) = connection.execute(counted, at).fetchall()
    # With the values taken out, or there may be as many reasons as rows.
    reasons = f"""
        SELECT regexp_replace(reason, '".*"', '…'), count(*) FROM rejects WHERE {here} GROUP BY 1 ORDER BY 2 DESC, 1
    """  # noqa: S608
    rejected = dict(connection.execute(reasons, at).fetchall())
    if not held:
        values = [dataset, layout.name, layout.terms, layout.citation]
        connection.execute("INSERT INTO datasets VALUES (?, ?, ?, ?)", values)
    done = [dataset, number, file.name, look.sha256, vintage, datetime.now(UTC).replace(tzinfo=None), rows, revised]
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [*done, sum(rejected.values())])
    return Imported(str(file), rows, revised, untyped, rejected)


def _insert(layout: Layout, file: Path, source: Source, look: _Look) -> str:
    """The statement that writes a file into `imported`; what DuckDB rejects goes into temporary tables."""
    columns = ", ".join(f"{_quoted(name)}: {_quoted(type_)}" for name, type_ in source.columns.items())
    needed = ", ".join(map(_quoted, layout.required))
    options = {
        **source.options,
        "delim": _quoted(layout.delimiter),
        "columns": f"{{{columns}}}",
        "auto_detect": "false",
        # Strictly, DuckDB takes no file whose lines end in two ways; else it takes lines with too many columns.
        "strict_mode": str(not look.is_mixed).lower(),
        "store_rejects": "true",
        # An empty cell is no text for these, and so no date and no number.
        "force_not_null": f"[{needed}]",
    }
    read = ", ".join([_quoted(str(file)), *(f"{name} = {value}" for name, value in options.items())])
    events = source.query.format(rows=f"read_csv({read})")
    return f"""
        INSERT INTO imported BY NAME
        SELECT $dataset AS dataset, $file::INTEGER AS file, event.* FROM ({events}) AS event
    """  # noqa: S608


def _keep_rejects(connection: DuckDBPyConnection, source: Source, at: Mapping[str, Any]) -> None:
    """Keep what DuckDB set aside, each line once."""
    dates = [name for name, type_ in source.columns.items() if type_ in ("DATE", "TIMESTAMP")]
    connection.execute(
        f"""
        INSERT INTO rejects
        SELECT $dataset, $file, line, {_REASON}, left(replace(csv_line, chr(0), ''), {_ROW})
        FROM (SELECT DISTINCT ON (line) * FROM reject_errors ORDER BY line, column_idx)
        """,  # noqa: S608
        {**at, "dates": dates},
    )
    connection.execute("DROP TABLE reject_errors")
    connection.execute("DROP TABLE reject_scans")


def _set_aside(connection: DuckDBPyConnection, condition: str, reason: str, at: Mapping[str, Any]) -> None:
    """Take events back that were written and cannot stay; of these the line is not known, but the id."""
    where = f"dataset = $dataset AND file = $file AND ({condition})"
    connection.execute(
        f"INSERT INTO rejects SELECT dataset, file, NULL, $reason, id FROM imported WHERE {where}",  # noqa: S608
        {**at, "reason": reason},
    )
    connection.execute(f"DELETE FROM imported WHERE {where}", at)  # noqa: S608


def _set_aside_repeated(connection: DuckDBPyConnection, at: Mapping[str, Any]) -> None:
    """Of events with one id keep the last of the file."""
    here = "FROM imported WHERE dataset = $dataset AND file = $file"
    # Hashes take a fraction of the memory of the ids themselves; what they find is then looked at.
    distinct = f"SELECT count(*), count(DISTINCT hash(id)) {here}"
    ((rows, ids),) = connection.execute(distinct, at).fetchall()
    if rows == ids:
        return
    repeated = f"""
        rowid IN (
            SELECT rowid FROM (
                SELECT rowid, row_number() OVER (PARTITION BY id ORDER BY rowid DESC) AS place {here}
                    AND hash(id) IN (SELECT hash(id) {here} GROUP BY ALL HAVING count(*) > 1)
            ) WHERE place > 1
        )
    """  # noqa: S608
    _set_aside(connection, repeated, "has the id of a later row of the file", at)


def _replace(connection: DuckDBPyConnection, at: Mapping[str, Any]) -> int:
    """Remove the events of earlier files that this one tells anew, and return how many they are."""
    where = """
        dataset = $dataset AND file < $file
        AND id IN (SELECT id FROM imported WHERE dataset = $dataset AND file = $file)
    """
    ((removed,),) = connection.execute(f"DELETE FROM imported WHERE {where}", at).fetchall()  # noqa: S608
    return int(removed)


def _add_sectors(connection: DuckDBPyConnection, format_: str, at: Mapping[str, Any]) -> None:
    """Write down PLOVER's sectors for what the file calls sectors and the ledger does not know yet."""
    here = "FROM imported WHERE dataset = $dataset AND file = $file"
    query = f"""
        (SELECT source_sectors AS written {here} UNION SELECT target_sectors {here})
        EXCEPT SELECT written FROM sectors WHERE format = $format
    """  # noqa: S608
    found = connection.execute(query, {**at, "format": format_}).fetchall()
    new = [{"format": format_, "written": w, "sectors": known.sectors(format_, w)} for (w,) in found if w is not None]
    insert(connection, "sectors", new)


def _looked_at(file: Path) -> _Look:
    """Raises `InputError` where the file cannot be read to its end: DuckDB takes what is damaged in a .gz for text."""
    digest, has_nul, is_mixed = hashlib.sha256(), False, False
    packed = file.suffix == ".gz"
    try:
        if packed:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
        with gzip.open(file) if packed else file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                if block.endswith(b"\r"):
                    block += stream.read(1)
                if not packed:
                    digest.update(block)
                has_nul = has_nul or b"\0" in block
                is_mixed = is_mixed or (b"\r" in block and block.count(b"\r\n") != block.count(b"\n"))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(str(file), f"cannot be read to its end: {reason}; get it again") from error
    return _Look(digest.hexdigest(), has_nul, is_mixed)


def _quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
