"""What somebody did, suffered and said, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from detente import days
from detente.ledger import Ledger

COLUMNS: Final = ("date", "what", "sources", "targets", "status", "independent", "evidence", "id")

_QUERY: Final = """
    WITH meant AS (SELECT document, list(id) AS ids FROM actors_called($called) GROUP BY document),
    lived AS (
        SELECT
            coalesce(date, published) AS date,
            type || coalesce(' ' || mode, '') AS what,
            array_to_string(source_names, ', ') AS sources,
            array_to_string(target_names, ', ') AS targets,
            if(list_contains(statuses, 'actual'), 'actual', 'alleged') AS status,
            independent,
            evidence,
            list_happenings.id,
            0 AS part,
            ordinal
        FROM list_happenings
        WHERE list_has_any(statuses, ['actual', 'alleged']) AND EXISTS (
            FROM reports
            JOIN events ON events.document = reports.document AND events.id = reports.event
            JOIN meant ON meant.document = reports.document
            WHERE happening = list_happenings.id AND list_has_any(events.sources || events.targets, ids)
        )
        UNION ALL
        SELECT
            coalesce(date, published),
            act,
            source_name,
            addressee_name,
            status,
            1,
            evidence,
            list_statements.id,
            1,
            ordinal
        FROM list_statements
        JOIN meant ON meant.document = list_statements.document
        WHERE status = 'actual' AND list_contains(ids, source)
    )
    SELECT * EXCLUDE (part, ordinal) FROM lived
    WHERE ($since IS NULL OR latest(date) >= $since::DATE) AND ($until IS NULL OR earliest(date) <= $until::DATE)
    ORDER BY earliest(date) NULLS LAST, id, part, ordinal
    LIMIT $limit
"""


def timeline(
    ledger: Ledger, called: str, *, since: str | None = None, until: str | None = None, limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Deeds done by or to an actor (id or name) and by those who act for it, and what they said: rows of `COLUMNS`.

    Deeds are happenings told as facts or alleged, each once; `independent` are the stories that tell of it. Raises
    `ValueError` for a date that is none.
    """
    values = {
        "called": called,
        "since": None if since is None else days.earliest(since),
        "until": None if until is None else days.latest(until),
        "limit": limit,
    }
    return iter(ledger.sql(_QUERY, values))
