"""The topics of a document: positions about the same matter carry the same label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from detente.reading.actors import Cast
from detente.reading.wants import labels, matters
from detente.reading.wants.matters import Matter
from detente.records import Position

if TYPE_CHECKING:
    from spacy.tokens import Doc


def named(positions: Sequence[Position], doc: Doc, cast: Cast) -> list[Position]:
    """`positions` with their topics; one that does not say what it is about ("we will not accept it") has none."""
    actors = matters.Actors(cast.actors)
    found = [matters.of(position, actors) for position in positions]
    own = [labels.label(position, doc, cast) for position in positions]
    numbers = matters.grouped(found)
    members: dict[int, list[tuple[str, Matter]]] = defaultdict(list)
    takers: dict[int, str] = {}
    for position, number, label, matter in zip(positions, numbers, own, found, strict=True):
        if number is not None and label is not None:
            members[number].append((label, matter))
            takers.setdefault(number, actors.side(position.actor))
    names = {actor.id: actor.name for actor in cast.actors}
    topics: dict[int | None, str] = {}
    for number, candidates in members.items():
        best = _best(candidates)
        # Two extraditions of "the banker": the second is told from the first by who speaks of it.
        topics[number] = (
            best if best not in topics.values() else f"{best} by {names.get(takers[number], takers[number])}"
        )
    return [
        msgspec.structs.replace(position, topic=topics.get(number))
        for position, number in zip(positions, numbers, strict=True)
    ]


def _best(candidates: Iterable[tuple[str, Matter]]) -> str:
    """The label of the matter that is most like the others, the shortest of several."""
    ranked = sorted(candidates, key=lambda candidate: len(candidate[0]))
    return ranked[matters.central([matter for _, matter in ranked])][0]
