"""Who decides on legislation of the European Union, and by how many votes: power in place of GDP.

Council votes are those of the treaties: of 1995 (15 states, 62 of 87), of Nice (25, 27 and 28 states; 232 of 321, 255
of 345, 260 of 352, and more than half of the states), of Lisbon since November 2014 (16 of 28 states with 65 % of the
inhabitants; 25 are enough without). The further 62 % of inhabitants of Nice, which hardly ever decides, is left out,
as is the half year of 2004 with votes of its own. In every rule with the Commission's proposal the Council can only do
without the Commission unanimously; the Parliament has to agree in codecision (COD) and has no power in consultation
(CNS). So a coalition wins with

    (the Commission and a qualified majority, or all states), and in COD the Parliament    where the Council votes QMV
    all states, and in COD the Parliament                                                  where it votes Unan

as Thomson and Stokman have it (2006, in Thomson et al., The European Union Decides, ch. 2). Votes and inhabitants
(millions, 2015) are written from memory of the treaties and of Eurostat.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import Final

import numpy as np

from detente.bargaining.issue import Bools, Ints
from detente.bargaining.shapley import index

COMMISSION: Final = "com"
PARLIAMENT: Final = "ep"

OLD: Final = dict(
    zip(
        ("de fr it uk", "es", "be el nl pt", "at se", "dk fi ie", "lu"),
        (10, 8, 5, 4, 3, 2),
        strict=True,
    )
)
NICE: Final = dict(
    zip(
        (
            "de fr it uk",
            "es pl",
            "ro",
            "nl",
            "be cz el hu pt",
            "at bu se",
            "cr dk fi ie lt sk",
            "cy ee lu lv si",
            "mt",
        ),
        (29, 27, 14, 13, 12, 10, 7, 4, 3),
        strict=True,
    )
)
MILLIONS: Final = {
    "de": 81.1, "fr": 66.4, "uk": 64.8, "it": 60.8, "es": 46.4, "pl": 38.0, "ro": 19.9, "nl": 16.9, "be": 11.3,
    "el": 10.8, "cz": 10.5, "pt": 10.4, "hu": 9.9, "se": 9.7, "at": 8.6, "bu": 7.2, "dk": 5.7, "fi": 5.5, "sk": 5.4,
    "ie": 4.6, "cr": 4.2, "lt": 2.9, "si": 2.1, "lv": 2.0, "ee": 1.3, "cy": 0.8, "lu": 0.6, "mt": 0.4,
}  # fmt: skip

ROUNDS: Final = (
    frozenset("at be de dk el es fi fr ie it lu nl pt se uk".split()),
    frozenset("cy cz ee hu lt lv mt pl si sk".split()),
    frozenset(["bu", "ro"]),
    frozenset(["cr"]),
)
"""Who joined together, from the fifteen on."""
LISBON: Final = 2014
"""The year of proposals from which the double majority is taken to hold."""


QUALIFIED: Final = 62 / 87
"""The share of votes that makes a qualified majority: 0.71 to 0.74 in all treaties but that of Lisbon."""


def year(proposal: str) -> int:
    """The year of a proposal, from its number in the data: a letter, then two digits of the year."""
    if not (digits := proposal[1:3]).isdigit():
        raise SystemExit(f"no year in the number of the proposal {proposal}; it is wanted for the voting rule")
    return int(digits) + (1900 if int(digits) > 50 else 2000)


def members(placed: Set[str], year: int) -> frozenset[str]:
    """The member states when a proposal was dealt with: the smallest round of the Union with all that had a part."""
    found: frozenset[str] = frozenset()
    for joined in ROUNDS:
        found |= joined
        if placed <= found and year < LISBON:
            break
    return found


@cache
def power(states: frozenset[str], year: int, codecision: bool, unanimity: bool) -> dict[str, float]:
    """The Shapley-Shubik index of each state, the Commission and the Parliament; 0 where somebody has no say."""
    order = sorted(states)
    lisbon = year >= LISBON
    votes_of = [[_weight(state, len(order), lisbon), 0, 0] for state in order]
    weights: Ints = np.array([*votes_of, [0, 1, 0], [0, 0, 1]])
    quota = {15: 62, 25: 232, 27: 255, 28: 260}[len(order)]
    inhabitants = 0.65 * weights[:, 0].sum()

    def wins(size: Ints, votes: Ints, commission: Ints, parliament: Ints) -> Bools:
        agreed = size - commission - parliament
        if lisbon:
            majority = (agreed >= 16) & ((votes >= inhabitants) | (agreed >= len(order) - 3))
        else:
            majority = (votes >= quota) & (2 * agreed > len(order))
        council = agreed == len(order)
        if not unanimity:
            council = council | (majority & (commission == 1))
        won: Bools = council & ((parliament == 1) | (not codecision))
        return won

    return dict(zip((*order, COMMISSION, PARLIAMENT), index(weights, wins).tolist(), strict=True))


def _weight(state: str, states: int, lisbon: bool) -> int:
    if lisbon:
        return round(10 * MILLIONS[state])
    table = OLD if states == 15 else NICE
    return next(votes for group, votes in table.items() if state in group.split())
