-- From version 2 to 3: documents know their place in the order of writing and their data set; tables for near duplicates,
-- happenings and briefs. Version 2 removed nothing, so that the order of its rows is that of writing.

ALTER TABLE documents RENAME TO documents_2;

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

INSERT INTO documents BY NAME
SELECT *, row_number() OVER (ORDER BY rowid) AS added, NULL AS dataset FROM documents_2 ORDER BY rowid;

DROP TABLE documents_2;

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
