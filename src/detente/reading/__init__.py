"""From a parse to a reading: actors, dates, places, statements, events, holdings and positions, in that order.

`reader.py` calls the stages. Each stage is a module with `find(parsed, …)`, which returns what it found together with
the look-ups that later stages need; no stage changes what an earlier one found.
"""
