"""The ledger: everything that was read, in one DuckDB file, with source, date and span.

`schema.sql` is the one place for its tables, `views.sql` for its views; `migrations/` brings older ones up to date.
`file` locks a ledger's file and lets it go, `opening` opens a ledger or says why not, `store` writes and gives back
readings, `listing` lists records by filters, `keeping` checks, copies and restores.
"""

from __future__ import annotations

from detente.ledger.store import Ledger

__all__ = ["Ledger"]
