"""The field's formats: event data of others in, records out; one file per format or family of them."""

from typing import Final

TEXTS: Final = "texts"
"""How the texts that were read are called among data sets, which are called by their own names."""
