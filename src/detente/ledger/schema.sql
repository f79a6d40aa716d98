-- version: 4
-- The ledger's tables: the one place for them. Columns carry the names of the reading contract (docs/reading.schema.json)
-- and hold its values unchanged, so that what was read comes back exactly; what can be derived is a view (views.sql).
-- A change here raises the version above, and `migrations/N.sql` brings a ledger of version N to the next.

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
    reader STRUCT(version VARCHAR, model VARCHAR) NOT NULL,
    added BIGINT NOT NULL UNIQUE, -- its place in the order of writing, from 1; a document that is read again keeps it
    dataset VARCHAR               -- the data set that it was imported from; NULL for a text that was read
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

-- What tells a text from others: hashes of bands of its MinHash. Two texts that share one may be near duplicates.
CREATE TABLE bands (
    hash UBIGINT NOT NULL,
    document VARCHAR NOT NULL
);
CREATE INDEX bands_hash ON bands (hash);

-- Texts that are near duplicates of an earlier one: a syndicated story, a copy with another headline.
CREATE TABLE copies (
    document VARCHAR PRIMARY KEY,
    original VARCHAR NOT NULL, -- the first document of the story in this ledger
    likeness DOUBLE NOT NULL   -- Jaccard similarity of their shingles, 0 … 1
);

-- Each event tells of a happening, whose id is the DOCUMENT/ID of the first event that did, and `reasons` say why it was
-- taken for the same. From `type` on: what events are compared by, see detente.ledger.agreement.
CREATE TABLE reports (
    document VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    happening VARCHAR NOT NULL,
    agreement DOUBLE,          -- with the report that agrees best, from 1; NULL for the first report
    reasons VARCHAR[] NOT NULL,
    dataset VARCHAR,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    phase VARCHAR NOT NULL,
    first DATE,
    last DATE,
    dated BOOLEAN NOT NULL,
    sources VARCHAR[] NOT NULL,
    targets VARCHAR[] NOT NULL,
    around VARCHAR[] NOT NULL,
    place VARCHAR,
    names VARCHAR[] NOT NULL,
    words VARCHAR[] NOT NULL,
    PRIMARY KEY (document, event)
);

-- What a person decided: these two events (DOCUMENT/ID, the lesser first) are not reports of one happening.
CREATE TABLE apart (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    PRIMARY KEY (one, other)
);

-- Briefs that were made of the ledger: what was asked, when, and the last document that it could tell of.
CREATE TABLE briefs (
    about VARCHAR,
    made TIMESTAMP NOT NULL,   -- UTC
    upto BIGINT NOT NULL       -- documents.added
);
