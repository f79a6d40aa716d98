-- From version 4 to 5: whether letters of a text have accents (detente.ledger.spelling).

ALTER TABLE documents ADD COLUMN accents BOOLEAN;
UPDATE documents SET accents = regexp_matches(text, '[\x{C0}-\x{52F}\x{1E00}-\x{1FFF}\pM]');
