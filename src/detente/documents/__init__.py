"""Inputs to documents: text, HTML, JSON Lines, RSS and Atom, folders of these, standard input.

Nothing is fetched: what a page or a feed links to stays unread.
"""

from __future__ import annotations

from detente.documents.loading import Failed, from_text, load
from detente.documents.metadata import Metadata

__all__ = ["Failed", "Metadata", "from_text", "load"]
