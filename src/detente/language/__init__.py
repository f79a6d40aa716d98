"""The single NLP pass: one spaCy parse per text, shared by every stage of reading.

`pipeline` loads the English model once and parses; `detect` recognises the language; `grammar` answers questions about
the parse (subjects, objects, passives, negation, clauses) in the words that the stages of reading use.
"""
