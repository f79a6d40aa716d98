"""The field's formats: event data of others into the ledger."""
