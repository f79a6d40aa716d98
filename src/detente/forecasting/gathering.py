"""Deeds out of a ledger, as columns: what happened and has a PLOVER type and a day, with the day when it was told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from detente.forecasting.dealings import TYPES, Dealings
from detente.forecasting.indicators import LOOKBACK
from detente.ledger import Ledger
from detente.ledger.asking import Rows
from detente.ledger.formats import TEXTS
from detente.relations.exposure import DataSets

MEMORY: Final = 1095
"""Days before a forecast beyond which nothing is fetched."""

# A text tells of a deed when it is published, a data set when it says so, else on the day.
_TOLD: Final = """
    SELECT source_party AS source, target_party AS target, type, deed.first AS day, deed.document, event, evidence,
        greatest(deed.first, coalesce(days.last, deed.first)) AS known
    FROM told_deeds AS deed
    LEFT JOIN documents ON documents.id = deed.document
    LEFT JOIN (
        SELECT published, latest(published) AS last FROM (SELECT DISTINCT published FROM documents)
    ) AS days ON days.published = documents.published
    WHERE counts AND status = 'actual' AND {dated} AND {datasets} AND {parties}
"""
_IMPORTED: Final = """
    SELECT source_party AS source, target_party AS target, deed.type, deed.first AS day, deed.document, event, evidence,
        greatest(deed.first, {published}) AS known
    FROM deeds AS deed {join}
    WHERE deed.dataset IS NOT NULL AND counts AND status = 'actual' AND {dated} AND {datasets} AND {parties}
        AND deed.type IS NOT NULL
"""
_JOIN: Final = """
    LEFT JOIN (SELECT dataset, id, published FROM imported) AS told
        ON told.dataset = deed.document AND told.id = event
"""
_PAST: Final = "day >= $since AND known < $before AND (target IS NULL OR target <> source)"
_COUNTED: Final = """
    WITH deed AS MATERIALIZED (SELECT * FROM ({deeds}) WHERE {past}),
    party AS MATERIALIZED (
        SELECT party, row_number() OVER (ORDER BY party) - 1 AS number
        FROM (SELECT source AS party FROM deed UNION SELECT target FROM deed) WHERE party IS NOT NULL
    )
    SELECT
        source.number AS source, coalesce(target.number, -1) AS target, list_position($types, type) - 1 AS type,
        day - DATE '0001-01-01' + 1 AS day, known - DATE '0001-01-01' + 1 AS known
    FROM deed
    JOIN party AS source ON source.party = deed.source
    LEFT JOIN party AS target ON target.party = deed.target
"""
_WORLD: Final = """
    SELECT known - DATE '0001-01-01' + 1 AS known, list_position($types, type) - 1 AS type, count(*) AS deeds
    FROM ({deeds}) WHERE {past} GROUP BY ALL
"""
_READ: Final = """
    SELECT first - DATE '0001-01-01' + 1 AS day, sum(documents) AS documents
    FROM exposure WHERE {datasets} AND first = last AND first >= $since AND first < $before GROUP BY ALL
"""
_IMPRECISE: Final = """
    SELECT source, target, count(*) AS deeds FROM ({deeds}) WHERE {past} GROUP BY ALL
"""
_PARTIES: Final = """
    SELECT DISTINCT unnest([source, target]) AS party FROM ({deeds}) WHERE {past} ORDER BY party
"""


@dataclass(frozen=True)
class Past:
    """What a ledger has of the time before a day; days as those of `date.toordinal`."""

    ledger: Ledger
    datasets: DataSets
    before: date

    def dealings(self, among: Sequence[str] | None = None) -> Dealings:
        """What was done, or with `among` what was done by or to these parties.

        Either way `world` and `read` are of all.
        """
        query, values = self._deeds(among)
        read = self._ask(_READ.format(datasets=self.datasets.condition), self._times()).arrays()
        counted = self._ask(_COUNTED.format(deeds=query, past=_PAST), values).arrays()
        found = self._ask(_PARTIES.format(deeds=query, past=_PAST), values)
        parties = [row["party"] for row in found if row["party"] is not None]
        # Who is asked about is a party, whether or not anything is known of it.
        parties += [party for party in among or () if party not in parties]
        every, all_values = self._deeds(None)
        world = self._ask(_WORLD.format(deeds=every, past=_PAST), all_values).arrays()
        end = self.before.toordinal()
        first = int(min((int(read["day"].min()) if len(read["day"]) else end - 1), end - 1))
        days = np.zeros(end - first)
        days[read["day"].astype(np.int64) - first] = read["documents"].astype(np.float64)
        counts = np.zeros((end - first, len(TYPES)))
        inside = world["known"].astype(np.int64) >= first
        known, types = (world[name].astype(np.int64)[inside] for name in ("known", "type"))
        counts[known - first, types] = world["deeds"].astype(np.float64)[inside]
        columns = {name: counted[name].astype(np.int32) for name in ("source", "target", "type", "day", "known")}
        return Dealings(
            sources=columns["source"],
            targets=columns["target"],
            types=columns["type"],
            days=columns["day"],
            known=columns["known"],
            parties=tuple(parties),
            states=np.array([len(party) == 3 and party.isupper() for party in parties], np.float64),
            first=first,
            world=counts,
            read=days,
        )

    def imprecise(self, among: Sequence[str] | None = None) -> Counter[tuple[str, str | None]]:
        """How many deeds of source and target in the last `LOOKBACK` days are dated less precisely than by a day.

        They are left out elsewhere. With `among` those by or to these parties alone.
        """
        query, values = self._deeds(among, dated="deed.first < deed.last")
        since = self.before - timedelta(days=min(LOOKBACK, self.before.toordinal() - 1))
        found = self._ask(_IMPRECISE.format(deeds=query, past=_PAST), {**values, "since": since})
        return Counter({(row["source"], row["target"]): row["deeds"] for row in found})

    def deeds_on(
        self, source: str, target: str | None, days: Sequence[date], types: Sequence[str]
    ) -> list[dict[str, Any]]:
        """The deeds of a pair on some days, with the sentences that tell them: id, day, type, evidence."""
        query, values = self._deeds((source,))
        past = _PAST.replace("<> source", "<> deed.source")
        sql = f"""
            SELECT deed.document || '/' || event AS id, day, deed.type,
                coalesce(
                    substr(text, evidence.start + 1, evidence."end" - evidence.start), imported.told, imported.code, ''
                ) AS evidence
            FROM ({query}) AS deed
            LEFT JOIN documents ON documents.id = deed.document
            LEFT JOIN (SELECT dataset, id, told, code FROM imported) AS imported
                ON imported.dataset = deed.document AND imported.id = event
            WHERE {past} AND deed.source = $source AND ($target IS NULL OR target = $target)
                AND list_contains($days, day) AND list_contains($kinds, deed.type)
            ORDER BY day, id
        """  # noqa: S608
        asked = {"source": source, "target": target, "days": [*days], "kinds": [*types]}
        return [*self._ask(sql, {**values, **asked})]

    def _deeds(
        self, among: Sequence[str] | None, *, dated: str = "deed.first = deed.last"
    ) -> tuple[str, dict[str, Any]]:
        """The deeds in SQL, with its values; `dated` says of which deeds, by how precisely they are."""
        values: dict[str, Any] = {**self._times(), "types": [*TYPES]}
        parties = "true"
        if among is not None:
            values |= {f"among{n}": party for n, party in enumerate(among)}
            ids = ", ".join(f"$among{n}" for n in range(len(among)))
            parties = f"(source_party IN ({ids}) OR target_party IN ({ids}))"
        condition = self.datasets.condition.replace("dataset", "deed.dataset")
        parts = []
        if TEXTS in self.datasets.names:
            parts.append(_TOLD.format(dated=dated, datasets=condition, parties=parties))
        if any(name != TEXTS for name in self.datasets.names):
            told = self._tells_when()
            published = "coalesce(told.published, deed.first)" if told else "deed.first"
            parts.append(
                _IMPORTED.format(
                    published=published, join=_JOIN if told else "", dated=dated, datasets=condition, parties=parties
                )
            )
        return " UNION ALL ".join(parts), values

    def _ask(self, query: str, values: Mapping[str, Any]) -> Rows:
        """What a query gives with those of the values that it names: DuckDB takes no others."""
        named = set(re.findall(r"\$(\w+)", query))
        return self.ledger.sql(query, {name: value for name, value in values.items() if name in named})

    def _times(self) -> dict[str, Any]:
        since = self.before - timedelta(days=min(MEMORY, self.before.toordinal() - 1))
        return {**self.datasets.values, "since": since, "before": self.before}

    def _tells_when(self) -> bool:
        """Whether any of the data sets says when its deeds were told."""
        query = f"FROM imported SELECT 1 WHERE published IS NOT NULL AND {self.datasets.condition} LIMIT 1"
        return any(True for _ in self.ledger.sql(query, self.datasets.values))


def last_day(ledger: Ledger, datasets: DataSets) -> date | None:
    """The last day on which anything was read; None where nothing was."""
    query = f"SELECT max(last) AS last FROM exposure WHERE {datasets.condition}"  # noqa: S608
    (row,) = ledger.sql(query, datasets.values)
    last: date | None = row["last"]
    return last


def tells(ledger: Ledger, datasets: DataSets, before: date) -> tuple[int, int]:
    """How many deeds and documents there are of the days before one, whatever they are: by that data are told apart."""
    query = f"SELECT count(*) AS deeds FROM {datasets.deeds} WHERE {datasets.condition} AND first < $before"  # noqa: S608
    (deeds,) = ledger.sql(query, {**datasets.values, "before": before})
    query = f"SELECT coalesce(sum(documents), 0)::BIGINT AS documents FROM exposure WHERE {datasets.condition}"  # noqa: S608
    (read,) = ledger.sql(f"{query} AND first < $before", {**datasets.values, "before": before})
    return int(deeds["deeds"]), int(read["documents"])
