"""Reckonings that were issued: kept as they were, with the table they rest on, and what was decided in the end.

A reckoning is a forecast. It is kept with its day, the whole table, seed, settings and version, what each model says,
the distribution, and base rates; the same again is one. What was decided is entered by hand; a wrong entry is corrected
by a further one. Nothing is ever rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from detente import __version__
from detente.bargaining.formats import yaml
from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from detente.bargaining.reckoning import COMBINED, Reckoning
from detente.bargaining.result import number
from detente.bargaining.uncertainty import SHARE
from detente.errors import InputError
from detente.ledger import Ledger

BASES: Final = ("mean of positions", "middle of the scale", "status quo")
"""What needs no model, beside which each is scored; a status quo only where it is stated."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was decided on a dimension of an issue, as it was entered."""

    issue: str
    dimension: str
    value: float | None
    """None where it will never be decided."""
    decided: date
    source: str | None
    corrects: float | None
    """The value of the entry before it; None where there is none, or it was never to be decided."""
    number: int
    """Its place among the entries about the dimension, from 1."""
    new: bool
    """False where the last entry says the same."""


def called(issue: Issue) -> str:
    """What the ledger calls an issue, however its table changes: its title, else the name of its file."""
    return issue.title or Path(issue.name).stem


def keep(ledger: Ledger, found: Reckoning) -> bool:
    """Keep a reckoning in the ledger, and return whether it is new: of the same table in the same way it is one.

    Raises `LedgerError` where the ledger cannot be written.
    """
    issue = found.issue
    settings = _settings(found)
    row = {
        "issue": called(issue),
        "input": yaml.text(issue),
        "seed": found.seed,
        "settings": msgspec.json.encode(settings, order="deterministic").decode(),
        "version": __version__,
    }
    id_ = sha256(msgspec.json.encode(row, order="deterministic")).hexdigest()[:16]
    # The reckoning comes last: where it stands, all that it says stands too.
    ledger.keep("settlements", [_NOTHING | one | {"reckoning": id_} for one in _settlements(found)])
    now = datetime.now(UTC).replace(tzinfo=None)
    return bool(ledger.keep("reckonings", [row | {"id": id_, "issued": now}]))


def enter(
    ledger: Ledger, issue: str, dimension: str | None, value: float | None, decided: date, source: str | None = None
) -> Entry:
    """Enter what was decided on a dimension (None: the only one); a `value` of None says that nothing ever will be.

    `issue` is what the ledger calls it, as `called` gives it. Raises `InputError` where the ledger has no reckoning of
    it, or the value lies outside the scale on which it was reckoned last, and `LedgerError` where nothing can be
    written.
    """
    name, low, high = _scale(ledger, issue, dimension)
    if value is not None and not low <= value <= high:
        raise InputError(
            issue,
            f"{value:g} lies outside the scale of {name}, {low:g} to {high:g}; "
            "if it was decided so, widen the scale in the table and reckon again",
        )
    if decided > datetime.now().astimezone().date():
        raise InputError(issue, f"{decided} lies ahead; enter what was decided when it is")
    former = [*ledger.sql("FROM outcomes WHERE issue = ? AND dimension = ? ORDER BY entry", [issue, name])]
    last = former[-1] if former else None
    new = last is None or (last["value"], last["decided"], last["source"]) != (value, decided, source)
    entry = len(former) + new
    if new:
        now = datetime.now(UTC).replace(tzinfo=None)
        row = {"issue": issue, "dimension": name, "entry": entry, "entered": now, "decided": decided}
        ledger.keep("outcomes", [row | {"value": value, "source": source}])
    before = former[-2:-1] if not new else former[-1:]
    return Entry(issue, name, value, decided, source, before[0]["value"] if before else None, entry, new)


def _settings(found: Reckoning) -> dict[str, dict[str, Any]]:
    """By model, all that tells this reckoning from another one of the same table with the same seed."""
    settings = {one.model: {"setting": one.setting, "rounds": one.rounds} for one in found.results}
    for model in found.ranges:
        # Draws differ in how many rounds they are played; what counts is how many they may be.
        usual = MODELS[model].rounds
        settings[model]["rounds"] = usual if found.rounds is None else min(usual, 1) * found.rounds
    if found.combined:
        settings[COMBINED] = {"setting": None, "rounds": 0}
    return settings


_NOTHING: Final = dict.fromkeys(("setting", "outcome", "low", "high", "share", "probability"))


def _settlements(found: Reckoning) -> Iterator[dict[str, Any]]:
    """What each model says of each dimension, what they say together, and the base rates."""
    issue = found.issue
    for k, line in enumerate(issue.dimensions):
        of = {"dimension": line.name, "scale_low": line.scale.low, "scale_high": line.scale.high}
        for result in found.results:
            row = of | {"model": result.model, "setting": result.setting, "outcome": number(result.outcome[k])}
            if result.model in found.ranges:
                lows, highs = found.ranges[result.model].interval(SHARE)
                row |= {"low": float(lows[k]), "high": float(highs[k]), "share": SHARE}
            yield row
        for one in found.combined[k : k + 1]:
            low, high = one.interval(SHARE)
            yield of | {
                "model": COMBINED,
                "outcome": one.median,
                "low": low,
                "high": high,
                "share": SHARE,
                "probability": one.probability.tolist(),
            }
        bases = (float(np.nanmean(issue.position[:, k])), (line.scale.low + line.scale.high) / 2, line.status_quo)
        for name, value in zip(BASES, bases, strict=True):
            if value is not None:
                yield of | {"model": name, "outcome": value}


def _scale(ledger: Ledger, issue: str, dimension: str | None) -> tuple[str, float, float]:
    """The dimension that is meant, and the ends of the scale on which it was reckoned last."""
    query = """
        SELECT dimension, arg_max(scale_low, issued) AS low, arg_max(scale_high, issued) AS high
        FROM settlements JOIN reckonings ON id = reckoning WHERE issue = ? GROUP BY dimension ORDER BY dimension
    """
    known = {row["dimension"]: row for row in ledger.sql(query, [issue])}
    if not known:
        others = [row["issue"] for row in ledger.sql("SELECT DISTINCT issue FROM reckonings ORDER BY issue")]
        there = f"reckoned are: {'; '.join(others)}" if others else "nothing was reckoned there"
        raise InputError(issue, f"no such reckoning is in {ledger.path}; {there}")
    if dimension is None and len(known) == 1:
        (dimension,) = known
    if dimension is None or dimension not in known:
        asked = "name a dimension" if dimension is None else f"no dimension {dimension!r} was reckoned"
        raise InputError(issue, f"{asked}; there are: {', '.join(known)}")
    return dimension, known[dimension]["low"], known[dimension]["high"]
