"""Relations: how warm or hostile parties are, since when, and what turned them; from the ledger's deeds alone."""
