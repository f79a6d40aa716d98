"""Tables read back from files, by nothing but what the manual says of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet

from detente import Ledger
from detente.ledger.formats.tables import Format, Table


def types(ledger: Ledger, table: Table) -> Mapping[str, str]:
    return {row["column_name"]: row["column_type"] for row in ledger.sql(f"DESCRIBE {table}")}


def back(ledger: Ledger, table: Table, format: Format, file: Path) -> list[dict[str, Any]]:
    """The rows of a file, read by nothing but what the manual says of it."""
    if format == "parquet":
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return rows
    kinds = types(ledger, table)
    if format == "jsonl":
        # Dates are the only values that JSON does not have.
        found = [json.loads(line) for line in file.read_bytes().splitlines()]
        return [{name: _dated(value, kinds[name]) for name, value in row.items()} for row in found]
    csv.field_size_limit(2**31 - 1)
    with file.open(encoding="utf-8", newline="") as stream:
        return [{name: _value(cell, kinds[name]) for name, cell in row.items()} for row in csv.DictReader(stream)]


def _dated(value: Any, kind: str) -> Any:
    if value is None or kind not in ("DATE", "TIMESTAMP"):
        return value
    return (date if kind == "DATE" else datetime).fromisoformat(value)


def _value(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    match kind:
        case "VARCHAR" | "JSON":
            return cell.removeprefix("'")
        case "BOOLEAN":
            return {"true": True, "false": False}[cell]
        case "DATE" | "TIMESTAMP":
            return _dated(cell, kind)
        case "DOUBLE":
            return float(cell)
        case "BIGINT" | "INTEGER":
            return int(cell)
    return json.loads(cell)
