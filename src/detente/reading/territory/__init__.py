"""How the holding of territory is put in words: verbs, nouns, places and shares of them."""
