"""How near position exchange comes to the program Decide where trades tie, round by round.

    python benchmarks/exchange.py [--orders 200]

Takes the input `../shared/data/bargaining/copenhagen.csv` that Decide comes with, and what `reference.json` beside it
has of Decide: its run in which the first of equal trades is made, and how far its outcomes spread where it draws among
them. The table has both spreads and both runs by round, in percent of the scales. The last line is JSON: on how many
issues either run lies in Decide's spread, whose figures have three decimals.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Final

import numpy as np

from detente.bargaining.exchange import play, spread
from detente.bargaining.issue import Floats
from reckoning import from_file

SHARED: Final = Path(__file__).parents[2] / "shared" / "data" / "bargaining"
ROUNDING: Final = 0.6e-3


def within(outcome: Floats, low: Floats, high: Floats) -> int:
    """On how many issues an outcome lies in a spread."""
    return int(((outcome >= low - ROUNDING) & (outcome <= high + ROUNDING)).sum())


def main() -> None:
    """Print the table and, as the last line, the counts as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=200, help="in how many orders equal trades are made")
    arguments = parser.parse_args()
    decide = json.loads((SHARED / "reference.json").read_text("utf-8"))["decide_equal_gain"]
    drawn, first = decide["tie_spread"]["copenhagen"], decide["deterministic"]["copenhagen"]["rounds"]
    table = from_file(SHARED / "copenhagen.csv")
    run = play(*table, rounds=len(drawn))
    found = spread(*table, rounds=len(drawn), repetitions=arguments.orders)
    counts: list[dict[str, int]] = []
    print("| round | issue | Decide, drawn | here, drawn | Decide, first | here, first |")
    print("|---|---|---|---|---|---|")
    for at, (reference, theirs) in enumerate(zip(drawn, first, strict=False)):
        _, low, high = np.array([*reference["nbs"].values()]).T  # mean, lowest, highest
        own = np.array([*theirs["nbs_voting"].values()])
        for k, name in enumerate(reference["nbs"]):
            print(
                f"| {at + 1} | {name.split(' [')[0]} | {low[k]:.2f}–{high[k]:.2f} "
                f"| {found.low[at, k]:.2f}–{found.high[at, k]:.2f} | {own[k]:.2f} | {run[at].outcome[k]:.2f} |"
            )
        counts.append(
            {
                "round": at + 1,
                "issues": len(own),
                "decide": within(own, low, high),
                "here": within(run[at].outcome, low, high),
            }
        )
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
