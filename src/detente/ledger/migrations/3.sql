-- From version 3 to 4: fitted models, forecasts and what became of them.

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
