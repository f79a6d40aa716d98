"""What parties did to each other, as columns by day: all that a forecast of how likely something is may look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from detente import plover
from detente.forecasting.history import History
from detente.ledger.formats import known
from detente.records import EventType, Quad

Ints = NDArray[np.int32]
Level = Literal["quad", "type"]

TYPES: Final[tuple[EventType, ...]] = tuple(plover.TYPES)
QUADS: Final[tuple[Quad, ...]] = get_args(Quad)
QUAD_OF: Final[NDArray[np.int8]] = np.array([QUADS.index(plover.quad(name)) for name in TYPES], np.int8)
"""The quad class of each type, both by their numbers."""

ANYONE: Final = "anyone"
"""The other side of what an actor does to whomever it may be."""


def names(level: Level) -> tuple[str, ...]:
    """What the classes of a level are called, in the order of their numbers."""
    return TYPES if level == "type" else QUADS


@dataclass(frozen=True)
class Dealings:
    """Deeds with a PLOVER type, one row for each source and target, in any order.

    `sources` and `targets` count `parties`, `types` counts `TYPES`; `targets` has -1 where it was done to nobody in
    particular. A deed of the day `days` was known from the day `known` on, when it was told: what is forecast on day t
    rests on deeds with `known` < t alone. Days are those of `date.toordinal`, or numbers by which a data set counts.
    `states` has 1 for each party that is a state. `world` has the deeds of all parties by the day on which they were
    known and type, `read` what was read on each day: both begin with the day `first`.
    """

    sources: Ints
    targets: Ints
    types: Ints
    days: Ints
    known: Ints
    parties: tuple[str, ...]
    states: NDArray[np.float64]
    first: int
    world: NDArray[np.float64]
    read: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.days)

    @property
    def end(self) -> int:
        """The day after the last on which anything was read."""
        return self.first + len(self.read)

    def classes(self, level: Level) -> Ints:
        """The class of each deed by its number in `names`."""
        return self.types if level == "type" else QUAD_OF[self.types].astype(np.int32)

    def by_actor(self) -> Dealings:
        """The same deeds, each between its source and anyone and between anyone and its target."""
        anyone = len(self.parties)
        aimed = self.targets >= 0
        return replace(
            self,
            sources=np.concatenate([self.sources, np.full(aimed.sum(), anyone, np.int32)]),
            targets=np.concatenate([np.full(len(self), anyone, np.int32), self.targets[aimed]]),
            types=np.concatenate([self.types, self.types[aimed]]),
            days=np.concatenate([self.days, self.days[aimed]]),
            known=np.concatenate([self.known, self.known[aimed]]),
            parties=(*self.parties, ANYONE),
            states=np.append(self.states, 0.0),
        )

    def before(self, day: int) -> Dealings:
        """What was known before a day."""
        length = max(0, min(len(self.read), day - self.first))
        return replace(self.only(self.known < day), world=self.world[:length], read=self.read[:length])

    def only(self, kept: NDArray[np.bool_]) -> Dealings:
        """Some of the deeds, beside what there was in the world."""
        return replace(
            self,
            sources=self.sources[kept],
            targets=self.targets[kept],
            types=self.types[kept],
            days=self.days[kept],
            known=self.known[kept],
        )

    def asked_about(self) -> NDArray[np.bool_]:
        """Which deeds are those of a pair that can be asked about: of deeds by actor, by a party to anyone."""
        if self.parties[-1:] == (ANYONE,):
            return np.equal(self.targets, len(self.parties) - 1)
        return np.greater_equal(self.targets, 0)

    def keys(self) -> NDArray[np.int64]:
        """A number for each deed's pair, see `key`; -1 where it was done to nobody in particular."""
        return np.where(self.targets < 0, -1, self.key(self.sources, self.targets))

    def key(self, sources: Ints, targets: Ints) -> NDArray[np.int64]:
        """The numbers of pairs of a source and a target."""
        return sources.astype(np.int64) * len(self.parties) + targets

    @classmethod
    def of_history(cls, history: History, relation_types: Sequence[EventType | None]) -> Dealings:
        """The deeds of a history whose relations have these PLOVER types; the others, with None, are left out.

        All its events count as read.
        """
        if not len(history):
            raise ValueError("a history with events is wanted")
        codes = np.array([-1 if name is None else TYPES.index(name) for name in relation_types], np.int32)
        days = history.times // history.step
        types = codes[history.relations]
        typed = types >= 0
        first = int(days.min())
        return cls(
            sources=history.sources[typed],
            targets=history.targets[typed],
            types=types[typed],
            days=days[typed],
            known=days[typed],
            parties=history.entities,
            states=states(history.entities).astype(np.float64),
            first=first,
            world=daily(days[typed] - first, types[typed], int(days.max()) - first + 1),
            read=np.bincount(days - first).astype(np.float64),
        )


def daily(days: Ints, types: Ints, length: int) -> NDArray[np.float64]:
    """How many deeds of each type there were on each of `length` days."""
    flat = np.bincount(days.astype(np.int64) * len(TYPES) + types, minlength=length * len(TYPES))
    return flat.reshape(length, len(TYPES)).astype(np.float64)


def cameo_types(relation_names: Sequence[str]) -> tuple[EventType | None, ...]:
    """PLOVER's types for what CAMEO's codes are called in data sets of relations ("Make_a_visit"), case regardless.

    None where PLOVER has no type for it, as for statements, and where CAMEO has no such name.
    """
    types = {row["name"].casefold(): row["type"] for row in known.rows("cameo.csv")}
    found = (types.get(name.replace("_", " ").casefold()) for name in relation_names)
    return tuple(TYPES[TYPES.index(name)] if name else None for name in found)


def states(entities: Sequence[str]) -> NDArray[np.bool_]:
    """Which entities are states by name: "South_Korea", not "Police_(Thailand)" and nobody who acts for a state."""
    named = {name.casefold() for name in known.state_names()}
    return np.array([name.replace("_", " ").casefold() in named for name in entities], bool)
