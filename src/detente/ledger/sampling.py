"""Random samples of a ledger's records for coders, stratified by columns, the same for all who draw with the same seed.

A record's place in the draw is the SHA-256 of seed and record, so that a sample depends on the records alone, and not
on the order in which they were written or on the machine. Of each stratum the first in the draw are taken, one after
the other from all strata until there are enough: as many of each, or all of a small one. Wherever a coder stops, what
was reviewed of a stratum is a random sample of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.errors import InputError
from detente.ledger.reviews import Kind
from detente.ledger.store import Ledger


@dataclass(frozen=True)
class Drawn:
    """A record that was drawn, and for which stratum."""

    document: str
    record: str
    stratum: str
    """The kind of record and the columns by which the sample is stratified, with their values, as JSON."""


def sample(ledger: Ledger, kind: Kind, size: int, by: Sequence[str], seed: int) -> Sequence[Drawn]:
    """A sample of at most `size` records of the texts that were read, stratified `by` columns of `list_KIND`.

    In the order in which they are to be reviewed. Raises `InputError` for a column that there is not, and where there
    are no records.
    """
    drawn = ledger.sql(
        f"""
        SELECT document, record, stratum
        FROM (
            SELECT *, row_number() OVER (PARTITION BY stratum ORDER BY draw) AS place
            FROM (
                SELECT *, sha256($seed || '/' || document || '/' || record) AS draw
                FROM ({_population(ledger, kind, by)})
            )
        )
        ORDER BY place, draw
        LIMIT $size
        """,  # noqa: S608
        {"kind": kind, "seed": str(seed), "size": size},
    )
    found = [Drawn(**row) for row in drawn]
    if not found:
        raise InputError(str(ledger.path), f"holds no {kind} of texts that were read; read some with: detente read")
    return found


def sizes(ledger: Ledger, kind: Kind, by: Sequence[str]) -> Mapping[str, int]:
    """How many records of the texts that were read are in each stratum. Raises `InputError` as `sample`."""
    query = f"SELECT stratum, count(*) AS records FROM ({_population(ledger, kind, by)}) GROUP BY ALL ORDER BY ALL"  # noqa: S608
    return {row["stratum"]: row["records"] for row in ledger.sql(query, {"kind": kind})}


def design(stratum: str) -> tuple[Kind, tuple[str, ...]]:
    """Of which records a stratum is, and by which columns they were stratified."""
    (_, kind), *by = json.loads(stratum).items()
    return kind, tuple(column for column, _ in by)


def values(stratum: str) -> Sequence[str]:
    """What the records of a stratum have in the columns by which they were stratified."""
    _, *by = json.loads(stratum).values()
    return ["–" if value is None else value for value in by]


def _population(ledger: Ledger, kind: Kind, by: Sequence[str]) -> str:
    """The query for the records of a kind, with their strata; it has the parameter `kind`."""
    columns = [column for column in ledger.columns(kind) if column != "id"]
    for column in by:
        if column not in columns:
            raise InputError(column, f"is no column of {kind} to stratify by; these are: {', '.join(columns)}")
    pairs = "".join(f""", '{column}', "{column}"::VARCHAR""" for column in by)
    return f"""
        SELECT document, substr(listed.id, length(document) + 2) AS record,
            json_object('records', $kind{pairs})::VARCHAR AS stratum
        FROM list_{kind} AS listed JOIN documents ON documents.id = document
        WHERE dataset IS NULL
    """  # noqa: S608
