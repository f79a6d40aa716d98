"""Ledgers for tests of formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente import Ledger


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger for all examples of a property test."""
    with Ledger(tmp_path_factory.mktemp("ledger") / "shared.duckdb") as ledger:
        yield ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened
