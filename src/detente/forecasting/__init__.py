"""Forecasts of events: which come next and how likely they are, with what speaks for them and how they were scored."""
