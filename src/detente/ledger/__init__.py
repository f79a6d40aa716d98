"""The ledger: everything that was read, in one DuckDB file, with source, date and span."""

from __future__ import annotations


class Ledger:
    """A ledger file; a context manager."""
