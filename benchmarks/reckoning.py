"""What position exchange and the spatial election cost, beside the programs that are known for them.

    python benchmarks/reckoning.py [--repetitions 1000] [--runs 3]

The tables are drawn: 11 actors and 7 issues with positions in tens, as analysts give them (so that trades tie and each
repetition draws their order), and 40 actors on one issue. `../shared/data/bargaining/copenhagen.csv`, which Decide
comes with, is measured too where it is there. Decide 2022.1.28 takes about 0.13 s for a round of it, and KTAB about 6 s
for 40 actors to the end (both as issue 11 states them, not measured here). Time is the processor's, in one thread, the
median of several runs after one to warm up. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from detente.bargaining.election import elect
from detente.bargaining.exchange import spread
from detente.bargaining.issue import Floats, Issue

COPENHAGEN: Final = Path(__file__).parents[2] / "shared" / "data" / "bargaining" / "copenhagen.csv"
DECIDE: Final = 0.13
"""Seconds for a round."""
KTAB: Final = 6.0
"""Seconds to the end."""
ROUNDS: Final = 10


def drawn(actors: int, issues: int, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Positions in tens, saliences in twentieths, and capabilities that differ as those of states do."""
    rng = np.random.default_rng(seed)
    capability = np.repeat(rng.pareto(1, (actors, 1)) + 0.1, issues, axis=1)
    positions, saliences = rng.integers(0, 11, (actors, issues)) * 10.0, rng.integers(2, 21, (actors, issues)) / 20
    return np.asarray(positions, dtype=np.float64), np.asarray(saliences, dtype=np.float64), capability


def from_file(path: Path) -> tuple[Floats, Floats, Floats]:
    """The table of an issue, positions in percent."""
    issue = Issue.from_csv(path)
    percent = [one.scale.percent(issue.position[:, k]) for k, one in enumerate(issue.dimensions)]
    return np.stack(percent, axis=1), issue.salience, issue.capability


def measured(run: Callable[[], object], runs: int) -> float:
    """Seconds of the processor, the median of `runs`."""
    run()
    times = []
    for _ in range(runs):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def main() -> None:
    """Print the table and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=1000, help="of position exchange")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    tables = {"drawn": drawn(11, 7)} | ({"copenhagen.csv": from_file(COPENHAGEN)} if COPENHAGEN.exists() else {})
    figures: dict[str, dict[str, float]] = {}
    print("| | time | known | times as fast |")
    print("|---|---|---|---|")
    for name, table in tables.items():
        whole = measured(lambda: spread(*table, rounds=ROUNDS, repetitions=arguments.repetitions), arguments.runs)  # noqa: B023
        each = whole / arguments.repetitions / ROUNDS
        figures[f"exchange, {name}"] = {"seconds": each, "known": DECIDE, "ratio": DECIDE / each}
        print(
            f"| exchange, 11 × 7, {name}, {arguments.repetitions} × {ROUNDS} rounds | {each * 1000:.2f} ms a round "
            f"| {DECIDE * 1000:.0f} ms | {DECIDE / each:.0f} |",
            flush=True,
        )
    positions, saliences, capability = drawn(40, 1)
    turns = len(elect(positions, saliences, capability[:, 0]).changes)
    whole = measured(lambda: elect(positions, saliences, capability[:, 0]), arguments.runs)
    figures["election"] = {"seconds": whole, "turns": turns, "known": KTAB, "ratio": KTAB / whole}
    print(f"| election, 40 × 1, {turns} turns to the end | {whole:.2f} s | {KTAB:.0f} s | {KTAB / whole:.0f} |")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
