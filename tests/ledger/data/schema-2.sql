-- version: 2
-- The ledger's schema: the one place for it. Columns carry the names of the reading contract (docs/reading.schema.json)
-- and hold its values unchanged, so that what was read comes back exactly; what can be derived is a view.
-- A change here raises the version above.

CREATE TABLE ledger (version INTEGER NOT NULL);

-- One row per text.
CREATE TABLE documents (
    id VARCHAR PRIMARY KEY,
    path VARCHAR,
    title VARCHAR,
    source VARCHAR,     -- the outlet
    url VARCHAR,
    published VARCHAR,
    language VARCHAR,
    text VARCHAR NOT NULL,
    schema INTEGER NOT NULL,
    reader STRUCT(version VARCHAR, model VARCHAR) NOT NULL
);

-- The records of a document; `ordinal` is their place in the reading, from 1.
CREATE TABLE actors (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country VARCHAR,
    sectors VARCHAR[] NOT NULL,
    acts_for VARCHAR,
    roles VARCHAR[] NOT NULL,
    wikidata VARCHAR,
    mentions STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT)[] NOT NULL,
    PRIMARY KEY (document, id)
);

CREATE TABLE statements (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    source STRUCT(actor VARCHAR, "text" VARCHAR, "start" BIGINT, "end" BIGINT),
    hedged BOOLEAN NOT NULL,
    addressee VARCHAR,
    cue STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT),
    content STRUCT("text" VARCHAR, spans BIGINT[][]) NOT NULL,
    quotation VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    within VARCHAR,
    date VARCHAR,
    confidence DOUBLE,
    evidence STRUCT("start" BIGINT, "end" BIGINT) NOT NULL,
    PRIMARY KEY (document, id)
);

CREATE TABLE events (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL,
    sources VARCHAR[] NOT NULL,
    targets VARCHAR[] NOT NULL,
    trigger STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT) NOT NULL,
    date VARCHAR,
    date_end VARCHAR,
    place STRUCT(name VARCHAR, country VARCHAR, claimed_by VARCHAR[], latitude DOUBLE, longitude DOUBLE),
    status VARCHAR NOT NULL,
    stances STRUCT(actor VARCHAR, "statement" VARCHAR, stance VARCHAR)[] NOT NULL,
    reported_by VARCHAR,
    size STRUCT(
        dead STRUCT(low BIGINT, high BIGINT, "text" VARCHAR),
        injured STRUCT(low BIGINT, high BIGINT, "text" VARCHAR),
        arrested STRUCT(low BIGINT, high BIGINT, "text" VARCHAR),
        displaced STRUCT(low BIGINT, high BIGINT, "text" VARCHAR),
        troops STRUCT(low BIGINT, high BIGINT, "text" VARCHAR)
    ),
    quad VARCHAR NOT NULL,
    intensity DOUBLE NOT NULL,
    intensity_scale VARCHAR NOT NULL,
    confidence DOUBLE,
    evidence STRUCT("start" BIGINT, "end" BIGINT) NOT NULL,
    PRIMARY KEY (document, id)
);

CREATE TABLE holdings (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    holder VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    place STRUCT(name VARCHAR, country VARCHAR, claimed_by VARCHAR[], latitude DOUBLE, longitude DOUBLE) NOT NULL,
    share DOUBLE,
    share_text VARCHAR,
    area_km2 DOUBLE,
    since VARCHAR,
    until VARCHAR,
    as_of VARCHAR,
    status VARCHAR NOT NULL,
    reported_by VARCHAR,
    confidence DOUBLE,
    evidence STRUCT("start" BIGINT, "end" BIGINT) NOT NULL,
    PRIMARY KEY (document, id)
);

CREATE TABLE positions (
    document VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    "of" VARCHAR,
    what STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT) NOT NULL,
    condition STRUCT("text" VARCHAR, "start" BIGINT, "end" BIGINT),
    topic VARCHAR,
    due VARCHAR,
    date VARCHAR,
    "statement" VARCHAR,
    confidence DOUBLE,
    evidence STRUCT("start" BIGINT, "end" BIGINT) NOT NULL,
    PRIMARY KEY (document, id)
);

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
