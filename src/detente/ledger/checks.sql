-- What is wrong with a ledger: a row for each fault, with the record that has it. Records point to what their own document
-- holds; spans lie in its text and have its words.
WITH
records AS (
    SELECT document, 'actor ' || id AS record FROM actors UNION ALL
    SELECT document, id FROM statements UNION ALL
    SELECT document, id FROM events UNION ALL
    SELECT document, id FROM holdings UNION ALL
    SELECT document, id FROM positions UNION ALL
    SELECT document, 'band' FROM bands UNION ALL
    SELECT document, 'copy' FROM copies UNION ALL
    SELECT original, 'original' FROM copies UNION ALL
    SELECT document, event FROM reports
),
actors_named AS (
    SELECT document, id AS record, 'source' AS part, source.actor AS actor FROM statements UNION ALL
    SELECT document, id, 'addressee', addressee FROM statements UNION ALL
    SELECT document, id, 'sources', unnest(sources) FROM events UNION ALL
    SELECT document, id, 'targets', unnest(targets) FROM events UNION ALL
    SELECT document, event, 'stances', actor FROM stances UNION ALL
    SELECT document, id, 'holder', holder FROM holdings UNION ALL
    SELECT document, id, 'actor', actor FROM positions UNION ALL
    SELECT document, id, 'of', "of" FROM positions
),
statements_named AS (
    SELECT document, id AS record, 'within' AS part, within AS "statement" FROM statements UNION ALL
    SELECT document, id, 'reported_by', reported_by FROM events UNION ALL
    SELECT document, event, 'stances', "statement" FROM stances UNION ALL
    SELECT document, id, 'reported_by', reported_by FROM holdings UNION ALL
    SELECT document, id, 'statement', "statement" FROM positions
),
-- A part without words of its own (`words` is NULL) has only to lie in the text.
spans AS (
    SELECT document, 'actor ' || actor AS record, 'mentions' AS part, start, "end", text AS words FROM mentions UNION ALL
    SELECT document, id, 'source', source.start, source."end", source.text FROM statements UNION ALL
    SELECT document, id, 'cue', cue.start, cue."end", cue.text FROM statements UNION ALL
    SELECT document, id, 'content', piece[1], piece[2], NULL
    FROM statements, unnest(content.spans) AS pieces(piece) UNION ALL
    SELECT document, id, 'trigger', trigger.start, trigger."end", trigger.text FROM events UNION ALL
    SELECT document, id, 'what', what.start, what."end", what.text FROM positions UNION ALL
    SELECT document, id, 'condition', condition.start, condition."end", condition.text FROM positions UNION ALL
    SELECT document, id, 'evidence', evidence.start, evidence."end", NULL FROM statements UNION ALL
    SELECT document, id, 'evidence', evidence.start, evidence."end", NULL FROM events UNION ALL
    SELECT document, id, 'evidence', evidence.start, evidence."end", NULL FROM holdings UNION ALL
    SELECT document, id, 'evidence', evidence.start, evidence."end", NULL FROM positions
),
faults AS (
    SELECT document, record, 'belongs to a document that is not there' AS fault
    FROM (SELECT DISTINCT document, record FROM records)
    WHERE document NOT IN (SELECT id FROM documents)
    UNION ALL
    SELECT document, event, 'is reported to tell of a happening and is not there'
    FROM reports ANTI JOIN events ON events.document = reports.document AND events.id = reports.event
    UNION ALL
    SELECT DISTINCT told_deeds.document, event, 'counts in relations and is no event that was told as a fact or alleged'
    FROM told_deeds
    ANTI JOIN events ON events.document = told_deeds.document AND events.id = event AND events.status = told_deeds.status
    UNION ALL
    SELECT split_part(happening, '/', 1), split_part(happening, '/', -1), 'is counted by ' || reported || ' of its reports'
    FROM (
        SELECT happening, count(DISTINCT document || '/' || event) FILTER (counts) AS reported
        FROM reports JOIN told_deeds USING (document, event) GROUP BY happening
    )
    WHERE reported <> 1
    UNION ALL
    SELECT named.document, record, part || ' names an actor that is not there: ' || named.actor
    FROM actors_named AS named ANTI JOIN actors ON actors.document = named.document AND actors.id = named.actor
    WHERE named.actor IS NOT NULL
    UNION ALL
    SELECT named.document, record, part || ' names a statement that is not there: ' || named."statement"
    FROM statements_named AS named
    ANTI JOIN statements ON statements.document = named.document AND statements.id = named."statement"
    WHERE named."statement" IS NOT NULL
    UNION ALL
    SELECT document, record, part || ' lies outside the text: ' || start || '–' || "end"
    FROM spans JOIN documents ON documents.id = document
    WHERE start IS NOT NULL AND NOT (0 <= start AND start <= "end" AND "end" <= length(documents.text))
    UNION ALL
    SELECT document, record, part || ' has other words than the text: ' || start || '–' || "end"
    FROM spans JOIN documents ON documents.id = document
    WHERE words IS NOT NULL AND 0 <= start AND start <= "end" AND "end" <= length(documents.text)
        AND substr(documents.text, start + 1, "end" - start) <> words
    UNION ALL
    SELECT document, statements.id, 'content has other words than the text'
    FROM statements JOIN documents ON documents.id = document
    WHERE content.text <> array_to_string(
        list_transform(content.spans, lambda piece: substr(documents.text, piece[1] + 1, piece[2] - piece[1])), ' '
    )
)
SELECT document || '/' || record AS record, fault FROM faults ORDER BY ALL
