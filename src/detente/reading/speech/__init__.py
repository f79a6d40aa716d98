"""How speech is found: cues and their grammar, quotation marks, and what an act of speech does."""
