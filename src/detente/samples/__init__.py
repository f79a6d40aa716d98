"""Texts to try detente with, written for it from the public record; docs/samples.md says where that record is.

`camp-david.html` is one article. `camp-david-1977-79.jsonl` has sixty short reports, for a ledger with relations that
move, and `camp-david-leaders.csv` who held which office then, as own rows for `--world`.
"""
