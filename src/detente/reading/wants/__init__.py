"""How a position is put in words: the words that name one, what it is about, under which condition, by when.

`topics` brings together what is about the same matter.
"""
