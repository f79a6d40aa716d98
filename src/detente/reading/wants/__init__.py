"""How a position is put in words: the words that name one, what it is about, under which condition and by when."""
