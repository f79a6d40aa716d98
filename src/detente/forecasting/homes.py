"""To which country and sector an actor belongs: by its name ("Citizen_(Nigeria)"), else by whom it deals with."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from detente.forecasting.history import Ints
from detente.forecasting.keys import Longs

_IN_NAME: Final = re.compile(r"(.+)\(([^()]+)\)$")


class Homes:
    """The country of each actor, -1 where nothing speaks for any; countries are numbered.

    A name in brackets at the end is a country, and who has such a name without brackets is that country's state. Of
    all others the country is the one with which they have had most to do so far. The rest of a bracketed name is a
    sector; states are one, and all others are one. `done[w, r, k]` counts with which sectors a relation was had, within
    one country (w = 1) and not; `met[w, j, k]` which sectors dealt with which.
    """

    def __init__(self, names: tuple[str, ...], relations: int) -> None:
        bracketed = [match[2] if (match := _IN_NAME.match(name)) else None for name in names]
        number = {name: n for n, name in enumerate(sorted({name for name in bracketed if name}))}
        self.countries: Final = tuple(number)
        self._named: Final = np.array(
            [number.get(country or name, -1) for name, country in zip(names, bracketed, strict=True)], np.int32
        )
        self._dealt: Final = np.zeros((len(names), max(len(number), 1)), np.int32)
        self.of: Ints = self._named.copy()
        kind = [match[1] if (match := _IN_NAME.match(name)) else str(name in number) for name in names]
        sector = {name: n for n, name in enumerate(sorted(set(kind)))}
        self.sectors: Final[Ints] = np.array([sector[name] for name in kind], np.int32)
        self.sizes: Final = np.bincount(self.sectors, minlength=1).astype(np.float32)
        self.done: Final = np.zeros((2, relations, len(self.sizes)), np.float32)
        self.met: Final = np.zeros((2, len(self.sizes), len(self.sizes)), np.float32)

    def take_in(self, actors: Ints, relations: Ints, others: Ints) -> None:
        """Learn from the events of a day that is over, seen from both ends."""
        within = ((self.of[actors] == self.of[others]) & (self.of[actors] >= 0)).astype(np.int32)
        np.add.at(self.done, (within, relations, self.sectors[others]), 1)
        np.add.at(self.met, (within, self.sectors[actors], self.sectors[others]), 1)
        country = self._named[others]
        told = (country >= 0) & (self._named[actors] < 0)
        np.add.at(self._dealt, (actors[told], country[told]), 1)
        changed = np.unique(actors[told])
        self.of[changed] = self._dealt[changed].argmax(axis=1)

    def members(self) -> tuple[Ints, Longs]:
        """All actors in the order of their countries, and where each country's begin and end among them."""
        order = np.argsort(self.of, kind="stable").astype(np.int32)
        return order, np.searchsorted(self.of[order], np.arange(len(self.countries) + 1)).astype(np.int64)
