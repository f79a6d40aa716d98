-- version: 5
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
    dataset VARCHAR,              -- the data set that it was imported from; NULL for a text that was read
    accents BOOLEAN               -- whether letters of the text have accents; without any it is searched in a fraction of the time
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

-- What counts in relations of what was read: deeds told as facts or alleged, one row for each pair of a source and a target, by those for
-- whom they act. Kept beside `events` so that a question about a pair in millions of events looks at narrow columns alone.
CREATE TABLE told_deeds (
    document VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    dataset VARCHAR,
    status VARCHAR NOT NULL,         -- actual or alleged
    counts BOOLEAN NOT NULL,         -- whether its happening is counted by this report: by the first, actual before alleged
    first DATE,                      -- the first and the last day on which it may have begun; NULL where nothing tells
    last DATE,
    dated BOOLEAN NOT NULL,          -- whether the text says so; else these are the days of publication
    source VARCHAR NOT NULL,
    target VARCHAR,                  -- NULL where it was done to nobody in particular
    source_party VARCHAR NOT NULL,   -- for whom the source acts in the end, itself where for nobody
    target_party VARCHAR,
    source_country VARCHAR,          -- where it belongs, whomever it acts for
    target_country VARCHAR,
    mutual BOOLEAN NOT NULL,         -- whether it was done together: it stands in the table once in each direction
    type VARCHAR NOT NULL,
    mode VARCHAR,
    quad VARCHAR NOT NULL,
    intensity DOUBLE NOT NULL,
    intensity_scale VARCHAR NOT NULL,
    evidence STRUCT("start" BIGINT, "end" BIGINT) NOT NULL
);

-- Events of data sets that others made, one row each, written once: what relations ask (the view `deeds`) and what an
-- event is in its own data set stand side by side. Names, own codes and sectors are as the file has them.
CREATE TABLE imported (
    dataset VARCHAR NOT NULL,
    file INTEGER NOT NULL,           -- its place among the files of the data set, from 1
    id VARCHAR NOT NULL,             -- one for each event of the data set
    first DATE NOT NULL,             -- the first and the last day on which it may have begun
    last DATE NOT NULL,
    published DATE,                  -- when it was told, where the file says so
    date_precision INTEGER,          -- of these, and of the place, as the data set's codebook counts it
    single BOOLEAN NOT NULL,         -- whether it is one deed: of one party, to one party at most, in one direction
    mutual BOOLEAN NOT NULL,         -- whether both sides did it: a battle says not who attacked
    code VARCHAR,                    -- what the data set calls it, a CAMEO code for one
    type VARCHAR,                    -- PLOVER's; NULL where PLOVER has none for it
    mode VARCHAR,
    contexts VARCHAR,                -- with "; " between, where the data set has any
    quad VARCHAR,                    -- PLOVER's by type, else the data set's
    intensity DOUBLE,
    intensity_scale VARCHAR NOT NULL,
    source_name VARCHAR,
    source_id VARCHAR,               -- what the data set calls it
    source_party VARCHAR,            -- the id of the state or organisation that it is or acts for, where the registry knows
                                     -- one; several states with "; " between
    source_country VARCHAR,          -- the states that it belongs to
    source_sectors VARCHAR,          -- in the data set's words; the table `sectors` has PLOVER's
    target_name VARCHAR,
    target_id VARCHAR,
    target_party VARCHAR,
    target_country VARCHAR,
    target_sectors VARCHAR,
    place VARCHAR,
    country VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    place_precision INTEGER,
    dead_low BIGINT,
    dead_best BIGINT,
    dead_high BIGINT,
    articles INTEGER,                -- in how many it was found
    publisher VARCHAR,
    url VARCHAR,
    story BIGINT,                    -- the text that it was found in, by the data set's number
    told VARCHAR                     -- what the data set says of it in words
);

-- The data sets that were imported.
CREATE TABLE datasets (
    name VARCHAR PRIMARY KEY,
    format VARCHAR NOT NULL,
    terms VARCHAR NOT NULL,          -- of use, as the source states them
    citation VARCHAR NOT NULL
);

-- The files that they came from.
CREATE TABLE files (
    dataset VARCHAR NOT NULL,
    file INTEGER NOT NULL,           -- its place among the files of the data set, from 1
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    vintage VARCHAR,                 -- as the user calls it
    imported TIMESTAMP NOT NULL,     -- UTC
    taken BIGINT NOT NULL,           -- events that were taken from it; a later file may have replaced some
    revised BIGINT NOT NULL,         -- of these, how many replaced one of an earlier file
    rejected BIGINT NOT NULL,        -- rows that were set aside
    PRIMARY KEY (dataset, file)
);

-- Rows of imported files that were set aside.
CREATE TABLE rejects (
    dataset VARCHAR NOT NULL,
    file INTEGER NOT NULL,
    line BIGINT,                     -- in the file, from 1; NULL where it is not known
    reason VARCHAR NOT NULL,
    "row" VARCHAR NOT NULL           -- its beginning
);

-- What a format calls sectors, and PLOVER's sectors for it.
CREATE TABLE sectors (
    format VARCHAR NOT NULL,
    written VARCHAR NOT NULL,
    sectors VARCHAR[] NOT NULL,
    PRIMARY KEY (format, written)
);

-- What coders said of records, beside the records: nothing that was read changes by it.
CREATE TABLE reviews (
    document VARCHAR NOT NULL,
    record VARCHAR NOT NULL,         -- its id in the document
    coder VARCHAR NOT NULL,
    made TIMESTAMP NOT NULL,         -- UTC
    verdict VARCHAR NOT NULL,        -- right, wrong or unsure
    field VARCHAR,                   -- for a wrong one, what is wrong in it: a field of the record; NULL where it is no record at all
    correction VARCHAR,              -- what the field should be, as the coder wrote it
    machine JSON NOT NULL,           -- the record as the coder saw it
    stratum VARCHAR NOT NULL         -- the part of the sample that it was drawn for
);

-- Briefs that were made of the ledger: what was asked, when, and the last document that it could tell of.
CREATE TABLE briefs (
    about VARCHAR,
    made TIMESTAMP NOT NULL,   -- UTC
    upto BIGINT NOT NULL       -- documents.added
);

-- Fitted models, so that the next question need not fit one.
CREATE TABLE models (
    version VARCHAR PRIMARY KEY,     -- a hash of all that it is
    level VARCHAR NOT NULL,          -- quad or type: the classes that it tells of; which: it ranks parties
    horizon INTEGER NOT NULL,        -- days; 1 of a model that ranks
    by_actor BOOLEAN NOT NULL,       -- whether it tells of what a party does to whomever, and not of pairs
    datasets VARCHAR[] NOT NULL,     -- on which it was fitted
    fitted DATE NOT NULL,            -- the day before which all that it was fitted on was known
    deeds BIGINT NOT NULL,           -- how many deeds were known before
    made TIMESTAMP NOT NULL,         -- UTC
    model BLOB NOT NULL
);

-- Forecasts that were issued; no row is ever changed.
CREATE TABLE forecasts (
    id VARCHAR PRIMARY KEY,          -- a hash of what was asked, and when, and of what
    issued TIMESTAMP NOT NULL,       -- UTC
    "day" DATE NOT NULL,             -- the first of the days that it is about; it rests on what was known before
    horizon INTEGER NOT NULL,        -- how many days these are
    source VARCHAR NOT NULL,         -- the party that would do it
    target VARCHAR,                  -- the party that it would be done to; NULL for whomever
    level VARCHAR NOT NULL,          -- quad or type
    class VARCHAR NOT NULL,          -- which one
    probability DOUBLE NOT NULL,     -- of at least one deed
    expected DOUBLE,                 -- number of deeds; NULL where no model could be asked
    size DOUBLE,                     -- of the negative binomial distribution of their number
    base DOUBLE NOT NULL,            -- the base rate
    most INTEGER,                    -- for a pair that is always busy, its own 90th percentile
    exceeding DOUBLE,                -- the probability of more
    datasets VARCHAR[] NOT NULL,     -- that resolve it
    lag INTEGER NOT NULL,            -- days after the last day on which it is resolved
    read DOUBLE NOT NULL,            -- documents a day that were read before
    data VARCHAR NOT NULL,           -- the version of the data: a hash
    model VARCHAR                    -- the version of the model; NULL where there was none
);

-- What became of them, as it was known at the lag; no row is ever changed.
CREATE TABLE resolutions (
    forecast VARCHAR PRIMARY KEY,
    resolved TIMESTAMP NOT NULL,     -- UTC
    deeds BIGINT NOT NULL,
    documents BIGINT NOT NULL,       -- that were read in its days
    void BOOLEAN NOT NULL            -- whether that was too little to tell
);

-- Reckonings of contested issues that were issued; no row is ever changed.
CREATE TABLE reckonings (
    id VARCHAR PRIMARY KEY,          -- a hash of the input, seed, settings and version
    issued TIMESTAMP NOT NULL,       -- UTC
    issue VARCHAR NOT NULL,          -- what the issue is called: its title, else its file's name
    input VARCHAR NOT NULL,          -- the whole table as it was read, as YAML
    seed BIGINT NOT NULL,
    settings JSON NOT NULL,          -- by model, the setting and how many rounds were played, or for a range might be
    version VARCHAR NOT NULL         -- of detente
);

-- Where each of them has the issue settle, a row for each model and base rate and each dimension; no row is ever changed.
CREATE TABLE settlements (
    reckoning VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    model VARCHAR NOT NULL,          -- or "combined" for the distribution, or a base rate: mean, middle, status quo
    setting VARCHAR,
    scale_low DOUBLE NOT NULL,       -- the ends of the dimension's scale
    scale_high DOUBLE NOT NULL,
    outcome DOUBLE,                  -- NULL where no point is told, and where the model has none
    low DOUBLE,                      -- an interval that should hold the outcome
    high DOUBLE,
    share DOUBLE,                    -- how likely it is to do so
    probability DOUBLE[],            -- of 101 points of the scale
    PRIMARY KEY (reckoning, dimension, model)
);

-- What was decided, as somebody entered it; what was wrong is corrected by a further entry, and no row is ever changed.
CREATE TABLE outcomes (
    issue VARCHAR NOT NULL,
    dimension VARCHAR NOT NULL,
    entry INTEGER NOT NULL,          -- its place among the entries about the dimension, from 1; the last one counts
    entered TIMESTAMP NOT NULL,      -- UTC
    decided DATE NOT NULL,           -- the day of the decision
    value DOUBLE,                    -- on the dimension's scale; NULL where it will never be decided
    source VARCHAR,                  -- who says so
    PRIMARY KEY (issue, dimension, entry)
);
