from __future__ import annotations

import numpy as np

from detente.forecasting.homes import Homes
from detente.forecasting.keys import Longs

NAMES = ("Chad", "Citizen_(Chad)", "Citizen_(Niger)", "Niger", "A Person", "Police_(Chad)")


def _ints(*numbers: int) -> Longs:
    return np.array(numbers, np.int64)


def test_names_tell_countries_and_dealings_those_of_the_rest() -> None:
    homes = Homes(NAMES, relations=2)
    assert homes.countries == ("Chad", "Niger")
    assert homes.of.tolist() == [0, 0, 1, 1, -1, 0]
    homes.take_in(*(_ints(*column).astype(np.int32) for column in ((4, 4, 4, 0), (0, 0, 1, 0), (3, 2, 0, 3))))
    assert homes.of.tolist() == [0, 0, 1, 1, 1, 0]
    order, starts = homes.members()
    assert order[starts[1] : starts[2]].tolist() == [2, 3, 4]


def test_sectors_are_what_stands_before_the_country() -> None:
    homes = Homes(NAMES, relations=2)
    citizen, state, police = homes.sectors[1], homes.sectors[0], homes.sectors[5]
    assert homes.sectors[2] == citizen and homes.sectors[3] == state
    assert len({citizen, state, police, homes.sectors[4]}) == 4
    homes.take_in(*(_ints(*column).astype(np.int32) for column in ((5, 5), (1, 1), (1, 2))))
    assert homes.done[1, 1, citizen] == homes.done[0, 1, citizen] == 1
    assert homes.met[:, police, citizen].tolist() == [1, 1]
