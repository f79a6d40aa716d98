"""To which country an actor belongs: by its name ("Citizen_(Nigeria)"), else by whom it deals with."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from detente.forecasting.history import Ints
from detente.forecasting.keys import Longs

_IN_NAME: Final = re.compile(r".\(([^()]+)\)$")


class Homes:
    """The country of each actor, -1 where nothing speaks for any; countries are numbered.

    A name in brackets at the end is a country, and who has such a name without brackets is that country's state. Of
    all others the country is the one with which they have had most to do so far.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        bracketed = [match[1] if (match := _IN_NAME.search(name)) else None for name in names]
        number = {name: n for n, name in enumerate(sorted({name for name in bracketed if name}))}
        self.countries: Final = tuple(number)
        self._named: Final = np.array(
            [number.get(country or name, -1) for name, country in zip(names, bracketed, strict=True)], np.int32
        )
        self._dealt: Final = np.zeros((len(names), max(len(number), 1)), np.int32)
        self.of: Ints = self._named.copy()

    def take_in(self, actors: Ints, others: Ints) -> None:
        """Learn from the events of a day that is over, seen from both ends."""
        country = self._named[others]
        told = (country >= 0) & (self._named[actors] < 0)
        np.add.at(self._dealt, (actors[told], country[told]), 1)
        changed = np.unique(actors[told])
        self.of[changed] = self._dealt[changed].argmax(axis=1)

    def members(self) -> tuple[Ints, Longs]:
        """All actors in the order of their countries, and where each country's begin and end among them."""
        order = np.argsort(self.of, kind="stable").astype(np.int32)
        return order, np.searchsorted(self.of[order], np.arange(len(self.countries) + 1)).astype(np.int64)
