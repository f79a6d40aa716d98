-- From version 4 to 5: reckonings of contested issues, and what was decided; whether letters of a text have accents
-- (detente.ledger.spelling).

-- Reckonings of contested issues that were issued; no row is ever changed.
CREATE TABLE reckonings (
    id VARCHAR PRIMARY KEY,          -- a hash of the input, seed, settings and version
    issued TIMESTAMP NOT NULL,       -- UTC
    issue VARCHAR NOT NULL,          -- what the issue is called: its title, else its file's name
    input VARCHAR NOT NULL,          -- the whole table as it was read, as YAML
    seed BIGINT NOT NULL,
    settings JSON NOT NULL,          -- by model, the setting and how many rounds were played
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

-- Without any, a text is searched in a fraction of the time.
ALTER TABLE documents ADD COLUMN accents BOOLEAN;
UPDATE documents SET accents = regexp_matches(text, '[\x{C0}-\x{52F}\x{1E00}-\x{1FFF}\pM]');
