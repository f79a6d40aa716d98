"""How deeds are found: the lexicon of events, who stands in which role, and what stands around a deed."""
