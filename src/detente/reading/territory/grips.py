"""What it is to hold a place in words: the lexicon of data/holdings.csv, and what its entries find in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal
from typing import cast as typed

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, owners, roles
from detente.reading.tables import Reason, Row, rows
from detente.reading.territory.extents import Extent
from detente.records import HoldingKind

if TYPE_CHECKING:
    from spacy.tokens import Token

Turn = Literal["has", "gains", "loses"]


@dataclass(frozen=True)
class Entry:
    """One word of data/holdings.csv; its head explains the fields."""

    kind: HoldingKind
    turn: Turn
    part: str
    particle: str | None
    place: frozenset[str]
    needs: str
    row: Row


@dataclass(frozen=True)
class Grip:
    """A holding as the words have it: who (actor ids) holds which places how."""

    kind: HoldingKind
    turn: Turn
    trigger: Token
    anchor: Token
    """The verb whose tense and date count: the trigger, or the one that a noun depends on."""
    holders: tuple[str, ...]
    extents: list[Extent]
    is_given: bool = False
    """Whether the words take it for granted, whatever the clause around them says: "Russian-occupied"."""
    is_denied: bool = False
    """Whether the words themselves say that it is not so: "outside the control of"."""
    because: Reason = ""
    """What makes a holding of the words."""


def entries(token: Token) -> tuple[Entry, ...]:
    """The entries of the lexicon for a verb or noun, a verb with its particle first."""
    part = {"VERB": "v", "NOUN": "n"}.get(token.pos_)
    if part == "n" and token.dep_ in grammar.CLAUSES and any(c.dep_ == "nsubj" for c in token.children):
        part = "v"  # a verb that the tagger does not know: "the army retook the town"
    return _table().get((lexicon.lemma(token), part), ()) if part is not None else ()


def is_gain(verb: Token) -> bool:
    """Whether `verb` reports that a place was gained."""
    return any(entry.turn == "gains" for entry in entries(verb))


def is_force(noun: Token) -> bool:
    return lexicon.lemma(noun) in lexicon.nouns("force")


def is_departure(word: Token) -> bool:
    """Whether a verb or noun reports that forces leave or are driven out, not that land is given or lost."""
    return any(
        entry.turn == "loses" and ("obj" not in entry.place or entry.needs == "force") and entry.place != {"of"}
        for entry in entries(word)
    ) or any(entry.particle == "out" for entry in entries(word))


def are_troops(noun: Token) -> bool:
    """Whether `noun` is a force or counts one: "1,000 soldiers", "a handful of marines"."""
    counted = grammar.objects_of(noun, "of") if not any(c.dep_ == "compound" for c in noun.children) else []
    return is_force(noun) or any(is_force(inner) for inner in counted[:1])


def is_state(extent: Extent, cast: Cast) -> bool:
    """Whether a place is a whole state; a city that has a state's name in its own is none."""
    if extent.place.latitude is not None and extent.place.name != extent.token.text:
        return False
    return any(len(actor) == 3 and actor.isupper() for actor in cast.at(extent.token))


def holders_of(tokens: Iterable[Token], cast: Cast) -> tuple[str, ...]:
    found: list[str] = []
    for token in tokens:
        for member in grammar.conjuncts(token):
            ids = [actor for actor in owners.who(member, cast, 1) or cast.named(member) if actor not in found]
            found += [roles.Party(actor, member, "holder", member) for actor in ids]
    return tuple(found)


@cache
def _table() -> dict[tuple[str, str], tuple[Entry, ...]]:
    found: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for given in rows("holdings.csv"):
        row = given.cells
        for word in row["words"].split():
            head, _, particle = word.partition("_")
            entry = Entry(
                kind=typed(HoldingKind, row["kind"]),
                turn=typed(Turn, row["turn"]),
                part=row["part"],
                particle=particle or None,
                place=frozenset(row["place"].split()),
                needs=row["needs"],
                row=replace(given, word=word),
            )
            # a verb with its particle is tried before the bare verb
            known = found.get((head, row["part"]), ())
            found[(head, row["part"])] = (entry, *known) if particle else (*known, entry)
    return found
