"""Who is meant by a name in a question about relations: a party, or a group of parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from detente.errors import InputError
from detente.ledger import Ledger
from detente.world.registry import registry

_NAMED: Final = "named:"
"""How the ids begin of those whom imported data sets name and the registry does not know."""


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a relation: one party or several, by their ids, and how they are called."""

    name: str
    parties: tuple[str, ...]


def group(ledger: Ledger, called: str) -> Group:
    """The parties that a list of ids or names with commas between means: "RUS", "Russia", "RUS,BLR", "NATO".

    Raises `InputError` where a name means nobody who may be a party, or several.
    """
    found = [_party(ledger, part.strip()) for part in called.split(",")]
    parties = tuple(dict.fromkeys(party for party, _ in found))
    return Group(", ".join(dict.fromkeys(name for _, name in found)), parties)


def called(party: str) -> str:
    """What a party is called: a known one by its name, another by the words of its id."""
    known = registry().by_id.get(party) or registry().states.get(party)
    return known.name if known is not None else party.partition(":")[2].replace("-", " ") or party


def _party(ledger: Ledger, called: str) -> tuple[str, str]:
    """The id and the name of the party that is called so."""
    known = registry()
    entry = known.by_id.get(called) or known.states.get(called.upper())
    entries = (entry,) if entry is not None else known.named(called)
    found = [(one.id, one.name, one.acts_for) for one in entries if one.id and one.kind != "person"]
    if not found:
        # Somebody for whom the texts tell whom he acts for, or whom they alone know.
        query = """
            SELECT id, name, acts_for FROM list_actors
            WHERE list_contains($ids, id) OR words(name) = words($called) ORDER BY documents DESC, id
        """
        values = {"called": called, "ids": [called, *(one.id for one in entries)]}
        found = [(row["id"], row["name"], row["acts_for"]) for row in ledger.sql(query, values)]
    if not found:
        # Whom imported data sets alone know, by the name that they give.
        query = "FROM imported SELECT 1 WHERE source_name = $name OR target_name = $name LIMIT 1"
        name = called.removeprefix(_NAMED)
        found = [(_NAMED + name, name, None) for _ in ledger.sql(query, {"name": name})]
    if not found:
        raise InputError(called, "is the name of nobody here; detente list actors shows who is known")
    parties = _only_parties(found)
    if not parties:
        ((who, name, state), *_) = found
        raise InputError(
            called,
            f"acts for {state} and is no party of its own; ask for {state}, or: detente timeline {name or who!r}",
        )
    if len(parties) > 1:
        raise InputError(called, f"may be one of {', '.join(id for id, _ in parties[:5])}; write the id that is meant")
    return parties[0]


def _only_parties(found: Sequence[tuple[str, str, str | None]]) -> list[tuple[str, str]]:
    return [(id, name) for id, name, acts_for in found if acts_for is None]
