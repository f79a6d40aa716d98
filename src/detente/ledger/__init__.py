"""The ledger: everything that was read, in one DuckDB file, with source, date and span.

`schema.sql` is the one place for its tables and views, `opening` opens a file or says why not, `store` writes and gives
back readings, `listing` lists records by filters, `asking` answers SQL.
"""

from __future__ import annotations

from detente.ledger.store import Ledger

__all__ = ["Ledger"]
