"""The words that tell a position: what is wanted, and what its statement says of it beyond that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from detente.records import Act, Position, PositionAct, Reading, Span, Statement

ACTS: Final[Mapping[PositionAct, frozenset[Act]]] = {
    "demand": frozenset({"demand", "request"}),
    "offer": frozenset({"offer", "promise", "agree"}),
    "promise": frozenset({"promise", "offer", "agree"}),
    "refuse": frozenset({"refuse", "deny", "condemn"}),
    "support": frozenset({"agree", "praise"}),
    "oppose": frozenset({"refuse", "condemn", "deny"}),
    "condition": frozenset({"demand", "offer", "agree"}),
}
"""The acts by which a position is taken; one by another act ("rejected the plan but will go") has other words."""

_BEFORE: Final = 40
"""Characters of a statement before what is wanted that only say of whom: "all parties to", "it would not"."""


class Wants:
    """The positions of a reading with their statements."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self._statements: Mapping[str, Statement] = {statement.id: statement for statement in reading.statements}
        self._positions: dict[str, list[Position]] = {}
        for position in reading.positions:
            self._positions.setdefault(position.statement or "", []).append(position)

    def of(self, statement: Statement) -> Sequence[Position]:
        """The positions that a statement tells."""
        return self._positions.get(statement.id, ())

    def statement(self, position: Position) -> Statement | None:
        """The statement that tells a position."""
        return self._statements.get(position.statement or "")

    def what(self, position: Position) -> Span:
        """What is wanted: to the end of what was said, where nothing else was said."""
        statement = self.statement(position)
        if statement is None or not self.is_all(position, statement):
            return position.what
        end = statement.content.spans[0][1]
        if end <= position.what.end:
            return position.what
        return replace(position.what, text=self._text[position.what.start : end], end=end)

    def is_all(self, position: Position, statement: Statement) -> bool:
        """Whether a position is all that its statement says."""
        if statement.act not in {*ACTS[position.act], "state"}:
            return False
        if len(self.of(statement)) != 1 or position.condition is not None or not statement.content.spans:
            return False
        start, end = statement.content.spans[0]
        return start <= position.what.start < end and position.what.start - start <= _BEFORE
