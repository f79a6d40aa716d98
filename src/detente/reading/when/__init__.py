"""How date phrases are found, resolved and tied to the deed that they date."""
