"""The issue on which expected utility was published, from ../shared: the EU's emission standards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.bargaining.issue import Floats

BARGAINING = Path(__file__).parents[3] / "shared" / "data" / "bargaining"
shared = pytest.mark.skipif(not BARGAINING.is_dir(), reason="no ../shared/data/bargaining here")


def reference() -> Any:
    """All reference results."""
    return json.loads((BARGAINING / "reference.json").read_text(encoding="utf-8"))


def table() -> tuple[list[str], Floats, Floats, Floats]:
    """Actors, positions, capabilities and saliences."""
    rows = reference()["bdm_scholz_jmckib"]["input_EU"]
    position, capability, salience = (
        np.array([float(row[name]) for row in rows]) for name in ("Position", "Capability", "Salience")
    )
    return [row["Actor"] for row in rows], position, capability, salience


def csv() -> str:
    """The issue as a table for `Issue.from_csv`."""
    lines = ["# title: Emission standards", "Actor,Position,Capability,Salience"]
    lines += [",".join(map(str, row)) for row in zip(*table(), strict=True)]
    return "\n".join(lines) + "\n"
