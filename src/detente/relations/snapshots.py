"""The signed networks of a ledger, one for each period: who stood with whom, against whom, and who stood between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from detente import days
from detente.days import By
from detente.ledger import Ledger
from detente.relations.exposure import DataSets, Read, exposed, exposed_in, only_scale, within
from detente.relations.network import Network, network, networks

_QUERY: Final = """
    SELECT * FROM (
        SELECT
            {period} AS period,
            source_party AS source,
            target_party AS target,
            count(*) AS deeds,
            count(*) FILTER (ends_with(quad, 'cooperation')) AS cooperation,
            sum(intensity) AS intensity
        FROM {table}
        WHERE {deeds} AND source_party <> target_party
        GROUP BY ALL
    )
    WHERE period IS NOT NULL AND {source} AND {target}
"""
_SCALES: Final = "SELECT DISTINCT intensity_scale AS scale FROM {table} WHERE {deeds}"
_PARTY: Final = "(regexp_full_match({0}, '[A-Z]{{3}}') OR starts_with({0}, 'org:'))"
"""States and organisations: the network of the people and groups that texts name is another one."""

_EMPTY: Final = network(())


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The network of the days from `first` to `last`, and what was read in them."""

    first: date
    last: date
    read: Read
    network: Network


def snapshot(
    ledger: Ledger, *, since: str | None = None, until: str | None = None, datasets: Sequence[str] = ()
) -> Snapshot:
    """The network of states and organisations of one time, or of all that was read; see `network` for what it holds.

    Deeds count as in `dyads.history`: told as facts, each happening once, dated within the time. Raises `ValueError`
    for a date that is none, and `InputError` where nothing was read, and for a data set that the ledger lacks and for
    two scales of intensity.
    """
    chosen = DataSets.of(datasets)
    with ledger.at_once():
        read, first, last = exposed_in(ledger, chosen, since=since, until=until)
        return Snapshot(first, last, read, _networks(ledger, chosen, "0", first, last).get(0, _EMPTY))


def snapshots(
    ledger: Ledger, by: By, *, since: str | None = None, until: str | None = None, datasets: Sequence[str] = ()
) -> list[Snapshot]:
    """The networks of all periods, in the order of time, empty ones too; otherwise as `snapshot`."""
    chosen = DataSets.of(datasets)
    with ledger.at_once():
        read = exposed(ledger, chosen, by, since=since, until=until)
        if not read:
            return []
        ends = {start: days.end(by, start) for start in read}
        # As `date.toordinal` counts days.
        period = f"datediff('day', DATE '0001-01-01', {within(by)}) + 1"
        found = _networks(ledger, chosen, period, min(read), max(ends.values()))
    return [Snapshot(start, ends[start], read[start], found.get(start.toordinal(), _EMPTY)) for start in read]


def _networks(ledger: Ledger, datasets: DataSets, period: str, first: date, last: date) -> dict[int, Network]:
    # Of an imported deed nobody may know whether it was friendly.
    known = "quad IS NOT NULL AND intensity IS NOT NULL"
    deeds = f"counts AND status = 'actual' AND {known} AND {datasets.condition} AND first >= $first AND last <= $last"
    values = {**datasets.values, "first": first, "last": last}
    scales = ledger.sql(_SCALES.format(table=datasets.deeds, deeds=deeds), values)
    only_scale(datasets, (row["scale"] for row in scales))
    query = _QUERY.format(
        table=datasets.deeds, period=period, deeds=deeds, source=_PARTY.format("source"), target=_PARTY.format("target")
    )
    found = ledger.sql(query, values).arrays()
    places: dict[str, int] = {}
    ends = [places.setdefault(party, len(places)) for role in ("source", "target") for party in found[role].tolist()]
    source, target = np.array(ends, np.int64).reshape(2, -1)
    cooperation = found["cooperation"].astype(np.int64)
    return networks(
        [*places],
        found["period"].astype(np.int64),
        source,
        target,
        cooperation,
        found["deeds"].astype(np.int64) - cooperation,
        found["intensity"].astype(np.float64),
    )
