"""A brief cut to a length that is read: what is worth most stays, and how much was left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

from detente.brief import numbering
from detente.brief.model import Line, Situation

L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Limits:
    """How many lines stand under one heading, groups in one section, and references behind one line."""

    lines: int
    groups: int
    references: int


def digest(situation: Situation, limits: Limits) -> Situation:
    """`situation` with as many lines as `limits` allow, in their order; what is left out is counted in `omitted`."""
    speakers = situation.statements[: limits.groups]
    standpoints = situation.positions[: limits.groups]

    def cited(line: L) -> L:
        some = line.references[: limits.references]
        return replace(line, references=some, omitted=len(line.references) - len(some))

    def kept(lines: Sequence[L]) -> tuple[L, ...]:
        best = sorted(range(len(lines)), key=lambda number: -lines[number].salience)[: limits.lines]
        return tuple(cited(lines[number]) for number in sorted(best))

    def left(lines: Sequence[L]) -> int:
        return max(len(lines) - limits.lines, 0)

    return numbering.renumbered(
        replace(
            situation,
            summary=tuple(map(cited, situation.summary)),
            statements=tuple(replace(s, lines=kept(s.lines), omitted=left(s.lines)) for s in speakers),
            happened=tuple(replace(d, lines=kept(d.lines), omitted=left(d.lines)) for d in situation.happened),
            claimed=tuple(replace(d, lines=kept(d.lines), omitted=left(d.lines)) for d in situation.claimed),
            positions=tuple(replace(p, lines=kept(p.lines), omitted=left(p.lines)) for p in standpoints),
            changes=tuple(
                replace(c, earlier=cited(c.earlier), later=cited(c.later)) for c in situation.changes[: limits.lines]
            ),
            holdings=replace(
                situation.holdings, lines=kept(situation.holdings.lines), omitted=left(situation.holdings.lines)
            ),
            open_questions=replace(
                situation.open_questions,
                lines=kept(situation.open_questions.lines),
                omitted=left(situation.open_questions.lines),
            ),
        )
    )


def shown(situation: Situation) -> int:
    """How many lines a situation shows, the summary's apart."""
    return sum(1 for _ in numbering.lines(situation))
