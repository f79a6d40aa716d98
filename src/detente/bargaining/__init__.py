"""Where the bargaining over a contested issue will settle: the table of who wants what, and published models of it."""
