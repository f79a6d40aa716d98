"""The numbers of a brief's sentences and documents, by the order in which its lines name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec.structs import replace

from detente.brief.model import Line, Situation

L = TypeVar("L", bound=Line)


def lines(situation: Situation) -> Iterator[Line]:
    """Every line of a situation but the summary's, which repeat others, in the order in which they are shown."""
    for speaker in situation.statements:
        yield from speaker.lines
    for deeds in (*situation.happened, *situation.claimed):
        yield from deeds.lines
    for standpoint in situation.positions:
        yield from standpoint.lines
    for change in situation.changes:
        yield from (change.earlier, change.later)
    yield from situation.holdings.lines
    yield from situation.open_questions.lines


def renumbered(situation: Situation) -> Situation:
    """`situation` with the sentences that its lines name, and their documents, numbered from 1 in that order."""
    named = dict.fromkeys(n for line in (*situation.summary, *lines(situation)) for n in line.references)
    new = {old: number for number, old in enumerate(named, 1)}
    known = {sentence.number: sentence for sentence in situation.sentences}
    used = dict.fromkeys(known[old].document for old in new)
    documents = {old: number for number, old in enumerate(sorted(used), 1)}

    def all_of(some: Iterable[L]) -> tuple[L, ...]:
        return tuple(replace(line, references=tuple(sorted(new[n] for n in line.references))) for line in some)

    return replace(
        situation,
        summary=all_of(situation.summary),
        statements=tuple(replace(s, lines=all_of(s.lines)) for s in situation.statements),
        happened=tuple(replace(d, lines=all_of(d.lines)) for d in situation.happened),
        claimed=tuple(replace(d, lines=all_of(d.lines)) for d in situation.claimed),
        positions=tuple(replace(p, lines=all_of(p.lines)) for p in situation.positions),
        changes=tuple(
            replace(c, earlier=earlier, later=later)
            for c in situation.changes
            for earlier, later in [all_of([c.earlier, c.later])]
        ),
        holdings=replace(situation.holdings, lines=all_of(situation.holdings.lines)),
        open_questions=replace(situation.open_questions, lines=all_of(situation.open_questions.lines)),
        sentences=tuple(
            replace(known[old], number=number, document=documents[known[old].document]) for old, number in new.items()
        ),
        documents=tuple(replace(w, number=documents[w.number]) for w in situation.documents if w.number in documents),
    )
