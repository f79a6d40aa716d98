"""What counts in relations: the deeds of a document, source by target, by those for whom they act.

A deed counts where it is told as a fact (`actual`), and stands beside as `alleged` where it is that. Whatever else was
said of deeds (demanded, denied, planned, hypothetical …) is never in the table `told_deeds`, so that no relation can
rest on it. Of the reports of one happening one alone counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import TYPE_CHECKING, Any, Final

from detente import days, plover
from detente.ledger.witnesses import Link
from detente.ledger.writing import insert
from detente.reading.wants.matters import Actors
from detente.records import Event, Reading, Status

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIGNED: Final = re.compile(r"sign(?:s|ed|ing|ings|ature|atures)?\b", re.IGNORECASE)
"""What is SUPPORT and done together, other than to back somebody's plan together."""

_COUNTED: Final[frozenset[Status]] = frozenset({"actual", "alleged"})


def write(
    connection: DuckDBPyConnection,
    readings: Sequence[Reading],
    links: Mapping[str, Sequence[Link]],
    *,
    dataset: str | None = None,
) -> None:
    """Write the deeds of documents whose events were just taken for reports of happenings; `links` are by document."""
    rows = []
    for reading in readings:
        document = reading.document.id
        first = {link.account.event: link.agreement is None for link in links.get(document, ())}
        kept = {"document": document, "dataset": dataset}
        rows += [row | kept | {"counts": first[row["event"]]} for row in _deeds(reading)]
    insert(connection, "told_deeds", rows)
    settle(connection, sorted({(row["document"], row["event"]) for row in rows if not row["counts"]}))


def settle(connection: DuckDBPyConnection, events: Sequence[tuple[str, str]]) -> None:
    """Decide by which report each happening is counted that these events (document, id) are reports of.

    That is the first in the order of writing, one told as a fact before one that is alleged.
    """
    if not events:
        return
    connection.execute(
        """
        WITH asked AS (SELECT unnest($events, max_depth := 2)),
        told AS (
            SELECT DISTINCT happening, document, event, status, added
            FROM reports
            JOIN told_deeds USING (document, event)
            JOIN documents ON documents.id = document
            WHERE happening IN (SELECT happening FROM reports JOIN asked USING (document, event))
        ),
        ranked AS (
            SELECT document, event,
                row_number() OVER (PARTITION BY happening ORDER BY status = 'alleged', added, event) = 1 AS counts
            FROM told
        )
        UPDATE told_deeds SET counts = ranked.counts FROM ranked
        WHERE told_deeds.document = ranked.document AND told_deeds.event = ranked.event
            AND told_deeds.counts <> ranked.counts
        """,
        {"events": [{"document": document, "event": event} for document, event in events]},
    )


def sharing(connection: DuckDBPyConnection, documents: Sequence[str]) -> list[tuple[str, str]]:
    """The events (document, id) that are reports of a happening with one of these documents, theirs among them."""
    return connection.execute(
        """
        SELECT document, event FROM reports
        WHERE happening IN (SELECT happening FROM reports WHERE list_contains($documents, document))
        """,
        {"documents": documents},
    ).fetchall()


def _deeds(reading: Reading) -> Iterator[dict[str, Any]]:
    cast = Actors(reading.actors)
    countries = {actor.id: actor.country for actor in reading.actors}
    for event in reading.events:
        if event.status not in _COUNTED:
            continue
        deed = _dated(event, reading.document.published) | {
            "event": event.id,
            "status": event.status,
            "mutual": _is_mutual(event),
            "type": event.type,
            "mode": event.mode,
            "quad": event.quad,
            "intensity": event.intensity,
            "intensity_scale": event.intensity_scale,
            "evidence": event.evidence,
        }
        # A minister and his president are one party: a deed of both is one of their state.
        seen: set[tuple[str, str | None]] = set()
        for source, target in _pairs(event):
            parties = cast.side(source), target and cast.side(target)
            if parties not in seen:
                seen.add(parties)
                yield deed | {
                    "source": source,
                    "target": target,
                    "source_party": parties[0],
                    "target_party": parties[1],
                    "source_country": countries.get(source),
                    "target_country": countries.get(target) if target else None,
                }


def _is_mutual(event: Event) -> bool:
    """Whether several have done it with each other: "A and B met", "A and B signed a treaty"."""
    mutual = event.type in plover.MUTUAL or (event.type == "SUPPORT" and _SIGNED.match(event.trigger.text) is not None)
    return mutual and not event.targets and len(set(event.sources)) > 1


def _pairs(event: Event) -> Iterable[tuple[str, str | None]]:
    if _is_mutual(event):
        return permutations(dict.fromkeys(event.sources), 2)
    return product(event.sources, event.targets or [None])


def _dated(event: Event, published: str | None) -> dict[str, Any]:
    """The days on which an event may have begun, by its own date, else by the day of publication."""
    for when, dated in ((event.date, True), (published, False)):
        try:
            if when is not None:
                begun = when.partition("/")[0]
                return {"first": days.earliest(begun), "last": days.latest(begun), "dated": dated}
        except ValueError:  # no date of the contract's
            pass
    return {"first": None, "last": None, "dated": False}
