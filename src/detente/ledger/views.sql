-- The ledger's functions and views, made anew whenever its version changes. What can be derived from the tables is here.

-- Dates have the precision that their text supports ('2024', '2024-06', '2024-06-14') or are an interval of two such
-- ('2022-02-24/2022-03'). These are the first and the last day that such a date can mean.
CREATE MACRO earliest(partial) AS
    try_cast(left(split_part(partial, '/', 1) || substr('YYYY-01-01', length(split_part(partial, '/', 1)) + 1), 10) AS DATE);
CREATE MACRO latest(partial) AS
    CASE length(split_part(partial, '/', -1))
        WHEN 4 THEN try_cast(split_part(partial, '/', -1) || '-12-31' AS DATE)
        WHEN 7 THEN last_day(try_cast(split_part(partial, '/', -1) || '-01' AS DATE))
        ELSE try_cast(left(split_part(partial, '/', -1), 10) AS DATE)
    END;

-- A text as its words, without case, accents and punctuation, with a blank at either end: `contains(words(a), words(b))`
-- finds "Iran" in "Iran's ministry" and not in "Tirana". NULL, which finds nothing, where there is no word.
CREATE MACRO words(written) AS
    nullif(' ' || trim(regexp_replace(strip_accents(lower(written)), '[^\pL\pN]+', ' ', 'g')) || ' ', '  ');

-- The actors that go by an id or a name, with those who act for them according to the same document.
CREATE MACRO actors_called(called) AS TABLE
    WITH RECURSIVE named AS (
        SELECT document, id
        FROM actors
        WHERE lower(id) = lower(called)
            OR contains(words(name), words(called))
            OR contains(words(regexp_replace(id, '^[a-z]+:', '')), words(called))
            OR list_contains(list_transform(mentions, lambda mention: words(mention.text)), words(called))
        UNION
        SELECT agent.document, agent.id
        FROM actors AS agent
        JOIN named ON agent.document = named.document AND agent.acts_for = named.id
    )
    SELECT document, id FROM named;

CREATE VIEW mentions AS
    SELECT document, id AS actor, mention.text, mention.start, mention."end"
    FROM actors, unnest(mentions) AS mentioned(mention);

CREATE VIEW participants AS
    SELECT document, id AS event, 'source' AS role, unnest(sources) AS actor FROM events
    UNION ALL
    SELECT document, id AS event, 'target' AS role, unnest(targets) AS actor FROM events;

CREATE VIEW stances AS
    SELECT document, id AS event, stance.actor, stance."statement", stance.stance
    FROM events, unnest(stances) AS taken(stance);

CREATE VIEW names AS
    SELECT document, map(list(id), list(name)) AS names FROM actors GROUP BY document;

-- Whose word a statement is, by name, if it was said.
CREATE VIEW reporters AS
    SELECT document, id, coalesce(names.names[source.actor], source.text) AS name
    FROM statements LEFT JOIN names USING (document) WHERE status = 'actual';

-- What `detente list` prints: one flat row per record, its id as DOCUMENT/ID, its evidence in words. `document` and
-- `ordinal`, where they come first, serve filters and order and are not printed.
CREATE VIEW list_documents AS
    SELECT
        documents.id,
        published,
        title,
        source,
        url,
        path,
        language,
        length(text) AS characters,
        coalesce(said.n, 0) AS statements,
        coalesce(done.n, 0) AS events,
        coalesce(held.n, 0) AS holdings,
        coalesce(wanted.n, 0) AS positions
    FROM documents
    LEFT JOIN (SELECT document, count(*) AS n FROM statements GROUP BY document) AS said ON said.document = documents.id
    LEFT JOIN (SELECT document, count(*) AS n FROM events GROUP BY document) AS done ON done.document = documents.id
    LEFT JOIN (SELECT document, count(*) AS n FROM holdings GROUP BY document) AS held ON held.document = documents.id
    LEFT JOIN (SELECT document, count(*) AS n FROM positions GROUP BY document) AS wanted
        ON wanted.document = documents.id;

-- An actor's id is the same in every document; what documents say differently of it is taken from the latest.
CREATE VIEW list_actors AS
    SELECT
        actors.id,
        arg_max(name, (coalesce(published, ''), document)) AS name,
        arg_max(kind, (coalesce(published, ''), document)) AS kind,
        arg_max(country, (coalesce(published, ''), document)) AS country,
        list_sort(list_distinct(flatten(list(sectors)))) AS sectors,
        arg_max(acts_for, (coalesce(published, ''), document)) AS acts_for,
        list_sort(list_distinct(flatten(list(roles)))) AS roles,
        arg_max(wikidata, (coalesce(published, ''), document)) AS wikidata,
        count(*) AS documents,
        sum(len(mentions))::BIGINT AS mentions
    FROM actors
    JOIN documents ON documents.id = actors.document
    GROUP BY actors.id;

CREATE VIEW list_statements AS
    SELECT
        statements.document,
        ordinal,
        statements.document || '/' || statements.id AS id,
        date,
        statements.source.actor AS source,
        coalesce(names.names[statements.source.actor], statements.source.text) AS source_name,
        act,
        status,
        hedged,
        addressee,
        names.names[addressee] AS addressee_name,
        quotation,
        content.text AS content,
        statements.document || '/' || within AS within,
        confidence,
        substr(documents.text, evidence.start + 1, evidence."end" - evidence.start) AS evidence,
        documents.source AS outlet,
        published
    FROM statements
    JOIN documents ON documents.id = statements.document
    LEFT JOIN names ON names.document = statements.document;

CREATE VIEW list_events AS
    SELECT
        events.document,
        ordinal,
        events.document || '/' || events.id AS id,
        date,
        date_end,
        type,
        mode,
        contexts,
        sources,
        list_transform(sources, lambda actor: names.names[actor]) AS source_names,
        targets,
        list_transform(targets, lambda actor: names.names[actor]) AS target_names,
        place.name AS place,
        place.country AS country,
        status,
        events.document || '/' || reported_by AS reported_by,
        reporters.name AS reporter,
        quad,
        intensity,
        intensity_scale,
        confidence,
        substr(documents.text, evidence.start + 1, evidence."end" - evidence.start) AS evidence,
        documents.source AS outlet,
        published
    FROM events
    JOIN documents ON documents.id = events.document
    LEFT JOIN names ON names.document = events.document
    LEFT JOIN reporters ON reporters.document = events.document AND reporters.id = reported_by;

CREATE VIEW list_holdings AS
    SELECT
        holdings.document,
        ordinal,
        holdings.document || '/' || holdings.id AS id,
        holder,
        names.names[holder] AS holder_name,
        kind,
        place.name AS place,
        place.country AS country,
        share,
        share_text,
        area_km2,
        since,
        until,
        as_of,
        status,
        holdings.document || '/' || reported_by AS reported_by,
        reporters.name AS reporter,
        confidence,
        substr(documents.text, evidence.start + 1, evidence."end" - evidence.start) AS evidence,
        documents.source AS outlet,
        published
    FROM holdings
    JOIN documents ON documents.id = holdings.document
    LEFT JOIN names ON names.document = holdings.document
    LEFT JOIN reporters ON reporters.document = holdings.document AND reporters.id = reported_by;

CREATE VIEW list_positions AS
    SELECT
        positions.document,
        ordinal,
        positions.document || '/' || positions.id AS id,
        date,
        actor,
        names.names[actor] AS actor_name,
        act,
        "of",
        names.names["of"] AS of_name,
        what.text AS what,
        condition.text AS condition,
        topic,
        due,
        positions.document || '/' || "statement" AS "statement",
        confidence,
        substr(documents.text, evidence.start + 1, evidence."end" - evidence.start) AS evidence,
        documents.source AS outlet,
        published
    FROM positions
    JOIN documents ON documents.id = positions.document
    LEFT JOIN names ON names.document = positions.document;

-- Near duplicates are one witness: `story` is the same for all of them.
CREATE VIEW stories AS
    SELECT documents.id AS document, coalesce(copies.original, documents.id) AS story
    FROM documents LEFT JOIN copies ON copies.document = documents.id;

-- One row per happening: what its reports say of it. `witnesses` counts documents, `independent` their stories.
-- Where reports disagree all that they say stands side by side: `statuses`, `dead` and so on.
CREATE VIEW list_happenings AS
    SELECT
        arg_min(events.document, documents.added) AS document,
        min(ordinal) AS ordinal,
        happening AS id,
        arg_min(events.date, documents.added) FILTER (events.date IS NOT NULL) AS date,
        arg_min(events.type, documents.added) AS type,
        arg_min(events.mode, documents.added) FILTER (events.mode IS NOT NULL) AS mode,
        arg_min(events.sources, documents.added) AS sources,
        arg_min(list_transform(events.sources, lambda actor: called.names[actor]), documents.added) AS source_names,
        arg_min(events.targets, documents.added) AS targets,
        arg_min(list_transform(events.targets, lambda actor: called.names[actor]), documents.added) AS target_names,
        arg_min(events.place.name, documents.added) FILTER (events.place IS NOT NULL) AS place,
        arg_min(events.place.country, documents.added) FILTER (events.place IS NOT NULL) AS country,
        list_sort(list_distinct(list(events.status))) AS statuses,
        list_sort(list_distinct(list(size.dead.text))) AS dead,
        list_sort(list_distinct(list(size.injured.text))) AS injured,
        arg_min(quad, documents.added) AS quad,
        arg_min(intensity, documents.added) AS intensity,
        count(DISTINCT events.document) AS witnesses,
        count(DISTINCT stories.story) AS independent,
        list_sort(list_distinct(list(documents.source))) AS outlets,
        list_sort(list(events.document || '/' || events.id)) AS reports,
        arg_min(substr(documents.text, evidence.start + 1, evidence."end" - evidence.start), documents.added) AS evidence,
        min(published) AS published
    FROM reports
    JOIN events ON events.document = reports.document AND events.id = reports.event
    JOIN documents ON documents.id = events.document
    JOIN stories ON stories.document = events.document
    LEFT JOIN names AS called ON called.document = events.document
    GROUP BY happening;

-- What counts in relations: deeds of what was read, and of imported data sets. Of these an event is one deed for each
-- party that did it and each that it was done to, in both directions where both did it. Whom the registry does not know
-- is called by name.
CREATE VIEW deeds AS
    SELECT * FROM told_deeds
    UNION ALL
    SELECT
        dataset AS document,
        id AS event,
        dataset,
        'actual' AS status,
        true AS counts,
        first,
        last,
        true AS dated,
        coalesce('named:' || source_name, source_party) AS source,
        coalesce('named:' || target_name, target_party) AS target,
        coalesce(source_party, 'named:' || source_name) AS source_party,
        coalesce(target_party, 'named:' || target_name) AS target_party,
        source_country,
        target_country,
        mutual,
        type,
        mode,
        quad,
        intensity,
        intensity_scale,
        NULL AS evidence
    FROM imported
    WHERE single AND (source_party IS NOT NULL OR source_name IS NOT NULL)
    UNION ALL
    SELECT
        dataset,
        id,
        dataset,
        'actual',
        true,
        first,
        last,
        true,
        if(forth, source, target),
        if(forth, target, source),
        if(forth, one, other),
        if(forth, other, one),
        if(forth, source_country, target_country),
        if(forth, target_country, source_country),
        mutual,
        type,
        mode,
        quad,
        intensity,
        intensity_scale,
        NULL
    FROM (
        SELECT
            *,
            coalesce('named:' || source_name, source_party) AS source,
            coalesce('named:' || target_name, target_party) AS target,
            unnest(coalesce(string_split(source_party, '; '), ['named:' || source_name])) AS one,
            coalesce(string_split(target_party, '; '), ['named:' || target_name]) AS others,
            if(mutual, [true, false], [true]) AS directions
        FROM imported WHERE NOT single
    ), unnest(others) AS targets(other), unnest(directions) AS told(forth)
    WHERE one IS NOT NULL AND (forth OR other IS NOT NULL);

-- What was read, by the days of publication and outlet: without it a count of deeds says little.
CREATE VIEW exposure AS
    SELECT dataset, first, last, source AS outlet, count(*) AS documents
    FROM documents
    -- Few days for many documents: each is made a date once.
    JOIN (
        SELECT published, earliest(published) AS first, latest(published) AS last
        FROM (SELECT DISTINCT published FROM documents)
    ) AS days ON days.published IS NOT DISTINCT FROM documents.published
    GROUP BY ALL
    UNION ALL
    -- Nobody knows what an imported data set was made from: the articles that it counts, else all of its events.
    SELECT
        dataset,
        coalesce(published, first) AS first,
        coalesce(published, last) AS last,
        publisher AS outlet,
        sum(coalesce(articles, 1))::BIGINT AS documents
    FROM imported
    GROUP BY ALL;

-- Directed dyads by 'day', 'week', 'month', 'quarter' or 'year'. A happening counts once, and only where it is told as a
-- fact; what is alleged stands beside. What may have begun in two periods is in none. Two scales of intensity are two rows.
CREATE MACRO dyads("by") AS TABLE
    SELECT
        dataset,
        date_trunc("by", first)::DATE AS period,
        source_party AS source,
        target_party AS target,
        intensity_scale,
        count(*) FILTER (status = 'actual') AS deeds,
        count(*) FILTER (status = 'actual' AND quad = 'verbal_cooperation') AS verbal_cooperation,
        count(*) FILTER (status = 'actual' AND quad = 'material_cooperation') AS material_cooperation,
        count(*) FILTER (status = 'actual' AND quad = 'verbal_conflict') AS verbal_conflict,
        count(*) FILTER (status = 'actual' AND quad = 'material_conflict') AS material_conflict,
        avg(intensity) FILTER (status = 'actual') AS intensity,
        count(*) FILTER (status = 'alleged') AS alleged
    FROM deeds
    WHERE counts
        AND target_party <> source_party
        AND date_trunc("by", first) = date_trunc("by", last)
    GROUP BY ALL;
