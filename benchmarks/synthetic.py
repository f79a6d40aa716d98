"""Ledgers of any size, made by SQL straight into the tables: for benchmarks that ask what size costs.

Documents have 25 events each, one sentence to an event, about states and people who act for them. "Ukraine" stands in
2 % of the documents, "Russia" in 30 %. Every tenth document is a copy of the one before it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from detente.ledger import Ledger
from detente.world.registry import registry

EVENTS_PER_DOCUMENT: Final = 25
RARE, COMMON = ("UKR", "Ukraine"), ("RUS", "Russia")

# type, mode, status, trigger, the words after it, quad, intensity
DEEDS: Final = (
    ("ASSAULT", "explosives", "actual", "shelled", "and killed 12 people", "material_conflict", -10.0),
    ("ASSAULT", "explosives", "denied", "bombed", "and killed at least 20 people", "material_conflict", -10.0),
    ("ACCUSE", "allege", "actual", "accused", "of breaking the ceasefire", "verbal_conflict", -2.0),
    ("CONSULT", "meet", "actual", "met", "to talk about grain and prisoners", "verbal_cooperation", 1.0),
    ("REQUEST", "yield", "actual", "urged", "to withdraw its troops", "verbal_conflict", -1.0),
    ("AGREE", "meet", "actual", "promised", "to host another round of talks", "verbal_cooperation", 4.0),
    ("SANCTION", None, "actual", "sanctioned", "over the war", "material_conflict", -6.0),
    ("AID", "economic", "actual", "aided", "with loans and grain", "material_cooperation", 7.0),
    ("THREATEN", None, "actual", "threatened", "with a blockade of its ports", "verbal_conflict", -4.0),
    ("RETREAT", "withdraw", "demanded", "left", "after years of occupation", "material_cooperation", 8.0),
)  # fmt: skip
MATTERS: Final = (
    "to extend the grain deal", "to exchange prisoners of war", "to lift the sanctions on oil",
    "to reopen the pipeline",
    "to join the customs union", "to withdraw from the valley", "to hold talks in Geneva", "to recognise the border",
    "to share the water of the river", "to release the sailors", "to ban the missiles", "to inspect the reactors",
)  # fmt: skip
PLACES: Final = (
    "Geneva",
    "Odesa",
    "Faya",
    "Goma",
    "Aden",
    "Vienna",
    "Tbilisi",
    "Juba",
    "Kabul",
    "Minsk",
    "Doha",
    "Sana",
)


def fill(path: Path, events: int) -> None:
    """A ledger of so many events at `path`."""
    with Ledger(path):
        pass
    states = [(s.id, s.name) for s in list(registry().states.values())[:120] if s.id not in {RARE[0], COMMON[0]}]
    connection = duckdb.connect(path)
    connection.execute("CREATE TEMP TABLE kinds (n INT, type VARCHAR, mode VARCHAR, status VARCHAR, trig VARCHAR, "
                       "rest VARCHAR, quad VARCHAR, intensity DOUBLE)")  # fmt: skip
    connection.executemany("INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [(n, *d) for n, d in enumerate(DEEDS)])
    connection.execute("CREATE TEMP TABLE states (n INT, id VARCHAR, name VARCHAR)")
    connection.executemany("INSERT INTO states VALUES (?, ?, ?)", [(n, *s) for n, s in enumerate(states)])
    connection.execute("SET VARIABLE documents = ?", [events // EVENTS_PER_DOCUMENT])
    connection.execute("SET VARIABLE places = ?", [list(PLACES)])
    connection.execute("SET VARIABLE matters = ?", [list(MATTERS)])
    connection.execute(STATEMENTS)
    connection.close()


STATEMENTS: Final = f"""
CREATE TEMP MACRO called(d) AS 'doc' || lpad(d::VARCHAR, 8, '0');
CREATE TEMP MACRO span(words, begun) AS {{'text': words, 'start': begun, 'end': begun + length(words)}};
CREATE TEMP MACRO place_called(name) AS
    {{'name': name, 'country': NULL, 'claimed_by': [], 'latitude': NULL, 'longitude': NULL}};
CREATE TEMP MACRO matter(d) AS
    list_extract(getvariable('matters'), (hash(d) % {len(MATTERS)} + 1)::BIGINT);

-- Six states to a document, the rare and the common one among them where it is their turn, and a minister of each.
CREATE TEMP TABLE casts AS
SELECT d, slot,
    CASE WHEN slot = 0 AND d % 50 = 0 THEN '{RARE[0]}' WHEN slot = 1 AND d % 10 < 3 THEN '{COMMON[0]}' ELSE states.id
        END AS id,
    CASE WHEN slot = 0 AND d % 50 = 0 THEN '{RARE[1]}' WHEN slot = 1 AND d % 10 < 3 THEN '{COMMON[1]}' ELSE states.name
        END AS name
FROM range(getvariable('documents')) AS documents(d), range(6) AS slots(slot)
JOIN states ON states.n = (hash(d) % 1000 + slot * 17) % (SELECT count(*) FROM states);

CREATE TEMP TABLE told AS
SELECT drawn.d, k, source.id AS source, target.id AS target, source.name AS source_name, target.name AS target_name,
    kinds.* EXCLUDE (n), place, day, published,
    source.name || ' ' || trig || ' ' || target.name || ' ' || rest || ' near ' || place || ' on the ' || day
        || 'th day of the month, according to officials who asked not to be named. ' AS sentence
FROM (
    SELECT *, list_extract(getvariable('places'), (h % {len(PLACES)} + 1)::BIGINT) AS place, h // 7 % 20 + 4 AS day,
        (DATE '2020-01-01' + (d * 1826 // getvariable('documents'))::INTEGER)::VARCHAR AS published
    FROM (
        SELECT d, k, hash(d, k) AS h
        FROM range(getvariable('documents')) AS documents(d), range({EVENTS_PER_DOCUMENT}) AS events(k)
    )
) AS drawn
JOIN casts AS source ON source.d = drawn.d AND source.slot = h // 11 % 6
JOIN casts AS target ON target.d = drawn.d AND target.slot = (h // 11 + 1 + h // 101 % 5) % 6
JOIN kinds ON kinds.n = h // 1009 % {len(DEEDS)}
ORDER BY drawn.d, k;

CREATE TEMP TABLE placed AS
SELECT *, (sum(length(sentence)) OVER (PARTITION BY d ORDER BY k) - length(sentence))::BIGINT AS start
FROM told;

INSERT INTO documents
SELECT called(d), NULL, 'Dispatch ' || d, 'Outlet ' || d % 40, NULL, any_value(published), 'en',
    string_agg(sentence, '' ORDER BY k)
        || any_value(source_name ORDER BY k DESC) || ' spoke '
        || matter(d) || '.',
    4, {{'version': '0', 'model': '0'}}, d + 1, NULL, NULL
FROM placed GROUP BY d ORDER BY d;

UPDATE documents SET accents = regexp_matches(text, '[\\x{{C0}}-\\x{{52F}}\\x{{1E00}}-\\x{{1FFF}}\\pM]');

INSERT INTO actors
SELECT called(casts.d), slot + 1, any_value(id), any_value(name), 'state', any_value(id), [], NULL, [], NULL,
    coalesce(list(span(name, begun) ORDER BY begun) FILTER (begun IS NOT NULL), [])
FROM casts LEFT JOIN (
    SELECT d, source AS who, start AS begun FROM placed
    UNION ALL
    SELECT d, target, start + length(source_name) + length(trig) + 2 FROM placed
) AS mentioned ON mentioned.d = casts.d AND who = id
GROUP BY casts.d, slot ORDER BY casts.d, slot;

INSERT INTO events
SELECT called(d), k + 1, 'e' || (k + 1), type, mode, [], [source], [target],
    span(trig, start + length(source_name) + 1),
    left(published, 8) || lpad(day::VARCHAR, 2, '0'), NULL,
    place_called(place), status,
    CASE WHEN status = 'denied' THEN [{{'actor': target, 'statement': NULL, 'stance': 'alleges'}},
        {{'actor': source, 'statement': NULL, 'stance': 'denies'}}] ELSE [] END,
    NULL, NULL, quad, intensity, 'plover', 0.9, {{'start': start, 'end': start + length(sentence) - 1}}
FROM placed ORDER BY d, k;

INSERT INTO statements
SELECT called(d), k // 5 + 1, 's' || (k // 5 + 1),
    {{'actor': source, 'text': source_name, 'start': start, 'end': start + length(source_name)}}, false, NULL,
    span(trig, start + length(source_name) + 1),
    {{'text': substr(sentence, length(source_name) + length(trig) + 3, 40),
      'spans': [[start + length(source_name) + length(trig) + 2, start + length(source_name) + length(trig) + 42]]}},
    'indirect', 'claim', 'actual', NULL, NULL, 0.8, {{'start': start, 'end': start + length(sentence) - 1}}
FROM placed WHERE k % 5 = 0 ORDER BY d, k;

INSERT INTO positions
SELECT called(placed.d), k - {EVENTS_PER_DOCUMENT} + 3, 'p' || (k - {EVENTS_PER_DOCUMENT} + 3), placed.source,
    list_extract(['promise', 'refuse', 'offer', 'demand'], (hash(placed.d, k, 'act') % 4 + 1)::BIGINT), target,
    span(matter, length(documents.text) - 1 - length(matter)), NULL,
    substr(matter, 4), NULL, placed.published, NULL, NULL,
    {{'start': length(documents.text) - 1 - length(matter), 'end': length(documents.text)}}
FROM (SELECT *, matter(d) AS matter
    FROM placed WHERE k >= {EVENTS_PER_DOCUMENT} - 2) AS placed
JOIN documents ON documents.added = placed.d + 1 ORDER BY placed.d, k;

INSERT INTO holdings
SELECT called(d), 1, 'h1', source, 'controls',
    place_called(place), NULL, NULL, NULL, NULL, NULL,
    published, 'actual', NULL, NULL, {{'start': start, 'end': start + length(sentence) - 1}}
FROM placed WHERE k = 3 AND d % 4 = 0 ORDER BY d;

-- Every tenth document is a copy of the one before it; what two in a row tell of one deed is one happening.
INSERT INTO copies
SELECT called(d), called(d - 1), 0.9
FROM range(1, getvariable('documents'), 10) AS documents(d);

INSERT INTO reports
SELECT document, id, first_value(document || '/' || id) OVER same, NULL, [], NULL, type,
    mode, 'told', earliest(date), latest(date), true,
    sources || ['~' || sources[1]], targets || ['~' || targets[1]], [], lower(place.name), [],
    ['border', 'grain', trigger.text]
FROM events
WINDOW same AS (PARTITION BY type, sources, targets, date ORDER BY document, ordinal);

INSERT INTO told_deeds
SELECT document, id, NULL, status,
    row_number() OVER (PARTITION BY happening ORDER BY status = 'alleged', document, ordinal) = 1,
    earliest(events.date), latest(events.date), true, events.sources[1], events.targets[1],
    events.sources[1], events.targets[1], events.sources[1], events.targets[1], false,
    events.type, events.mode, quad, intensity, intensity_scale, evidence
FROM (SELECT * FROM events WHERE status IN ('actual', 'alleged')) AS events
JOIN (SELECT document, event AS id, happening FROM reports) USING (document, id)
ORDER BY document, ordinal;

-- Hashes that no text has: what looking for near duplicates costs, not whether it finds any.
INSERT INTO bands SELECT hash(d, band), called(d)
FROM range(getvariable('documents')) AS documents(d), range(24) AS bands(band);
"""  # noqa: S608
