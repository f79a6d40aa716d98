-- From version 3 to 4: events that are denied or did not happen have a phase of their own among the reports, so that they have
-- no vote over those that count.

UPDATE reports SET phase = 'disputed' FROM events
WHERE events.document = reports.document AND events.id = reports.event AND events.status IN ('denied', 'negated');
