"""What happened, as columns in the order of time: all that a forecast may look at.

Files are those in which temporal knowledge graphs are published (ICEWS14 and others in the split of RE-GCN, Li et al.
2021, SIGIR): `entity2id.txt` and `relation2id.txt` (name, tab, number), and one file per split (source, relation,
target, time as numbers; further columns are left out). Times are in any unit: days, or hours in steps of 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputError

Ints = NDArray[np.int32]

_COLUMNS: Final = 4
_LARGEST: Final = np.iinfo(np.int32).max


@dataclass(frozen=True)
class History:
    """Events as columns, in order of time.

    `sources` and `targets` count `entities`, `relations` counts `relation_names`. Events of one time have no order.
    """

    sources: Ints
    relations: Ints
    targets: Ints
    times: Ints
    entities: tuple[str, ...]
    relation_names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len({len(self.sources), len(self.relations), len(self.targets), len(self.times)}) != 1:
            raise ValueError("columns of one length are wanted")
        if (np.diff(self.times) < 0).any():
            raise ValueError("events in the order of time are wanted")

    def __len__(self) -> int:
        return len(self.times)

    @classmethod
    def read(cls, directory: Path, *splits: str) -> Self:
        """The events of the named splits of a data set, e.g. `History.read(directory, "train", "valid")`.

        Raises InputError, which names file and line, where a file is missing or a line is not as it must be.
        """
        entities, relations = _names(directory / "entity2id.txt"), _names(directory / "relation2id.txt")
        parts = [_events(directory / f"{split}.txt", len(entities), len(relations)) for split in splits]
        return cls.of(np.concatenate([np.empty((0, _COLUMNS), np.int32), *parts]), entities, relations)

    @classmethod
    def of(cls, events: Ints, entities: tuple[str, ...], relation_names: tuple[str, ...]) -> Self:
        """A history of `events` in any order: rows of source, relation, target, time."""
        ordered = events[np.argsort(events[:, 3], kind="stable")]
        sources, relations, targets, times = np.ascontiguousarray(ordered.T, np.int32)
        return cls(sources, relations, targets, times, entities, relation_names)

    def before(self, time: int) -> Self:
        """What happened strictly before `time`; a view, nothing is copied."""
        return self._part(0, int(np.searchsorted(self.times, time)))

    def between(self, start: int, end: int) -> Self:
        """What happened from `start` on and before `end`; a view, nothing is copied."""
        first, last = np.searchsorted(self.times, [start, end])
        return self._part(int(first), int(last))

    @cached_property
    def step(self) -> int:
        """The unit of time: what divides all differences of times, e.g. 24 where times are hours and events have days.

        1 where all events have one time.
        """
        return int(np.gcd.reduce(np.diff(self.times), initial=0)) or 1

    def _part(self, first: int, last: int) -> Self:
        part = slice(first, last)
        return type(self)(
            self.sources[part],
            self.relations[part],
            self.targets[part],
            self.times[part],
            self.entities,
            self.relation_names,
        )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8; convert it") from error


def _names(path: Path) -> tuple[str, ...]:
    """Names in the order of their numbers, which are 0, 1, 2, … without gaps."""
    names: dict[int, str] = {}
    for line, row in enumerate(_lines(path), 1):
        name, tab, number = row.rpartition("\t")
        if not tab or not number.strip().isdecimal():
            raise InputError(f"{path}:{line}", "a name, a tab and a number are wanted")
        if int(number) in names:
            raise InputError(f"{path}:{line}", f"number {int(number)} has a name already")
        names[int(number)] = name
    if names and max(names) >= len(names):
        raise InputError(str(path), f"numbers from 0 to {len(names) - 1} are wanted, and {max(names)} is among them")
    return tuple(names[number] for number in range(len(names)))


def _events(path: Path, entities: int, relations: int) -> Ints:
    """Rows of source, relation, target, time."""
    limits = (entities, relations, entities, _LARGEST)
    lines = _lines(path)
    try:  # NumPy's parser is quick, and does not say which line is wrong
        rows = np.array([line.split(maxsplit=_COLUMNS)[:_COLUMNS] for line in lines], dtype=np.int64)
        rows = rows.reshape(-1, _COLUMNS)
    except (ValueError, OverflowError):
        rows = None
    if rows is None or ((rows < 0) | (rows >= limits)).any():
        raise _fault(path, lines, limits)
    return rows.astype(np.int32)


def _fault(path: Path, lines: list[str], limits: tuple[int, ...]) -> InputError:
    """The first line that cannot be an event."""
    things = (f"source below {limits[0]}", f"relation below {limits[1]}", f"target below {limits[2]}", "time")
    for line, row in enumerate(lines, 1):
        fields = row.split()
        if len(fields) < _COLUMNS:
            return InputError(f"{path}:{line}", "source, relation, target and time are wanted, as numbers")
        for field, limit, thing in zip(fields, limits, things, strict=False):
            if not field.isdecimal() or int(field) >= limit:
                return InputError(f"{path}:{line}", f"a {thing} is wanted, and it says {field!r}")
    raise AssertionError("every line is an event")
