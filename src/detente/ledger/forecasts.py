"""Forecasts and reckonings as they are written down, and what became of them. Nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kept = Literal["models", "forecasts", "resolutions", "reckonings", "settlements", "outcomes"]

_COLUMNS: Final[Mapping[Kept, tuple[str, ...]]] = {
    "models": ("version", "level", "horizon", "by_actor", "datasets", "fitted", "deeds", "made", "model"),
    "forecasts": (
        "id", "issued", "day", "horizon", "source", "target", "level", "class", "probability", "expected", "size",
        "base", "most", "exceeding", "datasets", "lag", "read", "data", "model",
    ),
    "resolutions": ("forecast", "resolved", "deeds", "documents", "void"),
    "reckonings": ("id", "issued", "issue", "input", "seed", "settings", "version"),
    "settlements": (
        "reckoning", "dimension", "model", "setting", "scale_low", "scale_high", "outcome", "low", "high", "share",
        "probability",
    ),
    "outcomes": ("issue", "dimension", "entry", "entered", "decided", "value", "source"),
}  # fmt: skip


def keep(connection: DuckDBPyConnection, kept: Kept, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write rows whose keys are new, and return how many these were."""
    columns = _COLUMNS[kept]
    count = f"SELECT count(*) FROM {kept}"  # noqa: S608
    ((before,),) = connection.execute(count).fetchall()
    if rows:
        names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
        connection.executemany(
            f"INSERT INTO {kept} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608
            [[row[name] for name in columns] for row in rows],
        )
    ((after,),) = connection.execute(count).fetchall()
    return int(after - before)
