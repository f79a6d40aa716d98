"""What position exchange, the spatial election and expected utility cost, beside the programs that are known for them.

    python benchmarks/reckoning.py [--repetitions 1000] [--runs 3]

The tables are drawn: 11 actors and 7 issues with positions in tens, as analysts give them (so that trades tie and each
repetition draws their order), and 40 actors on one issue. `../shared/data/bargaining/copenhagen.csv`, which Decide
comes with, is measured too where it is there. Decide 2022.1.28 takes about 0.13 s for a round of it, and KTAB about 6 s
for 40 actors to the end (both measured elsewhere). Time is the processor's, in one thread, the
median of several runs after one to warm up.

Expected utility is put to 10,000 tables of 30 actors, drawn from cells that are unsure by a tenth, on all cores
(`taskset -c 0,1` for two). Here it is the clock's time that counts, beside the processor's; the first run, which may
compile, is told apart. A public engine in NumPy needs about 170 s (measured elsewhere). The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from detente.bargaining.election import elect
from detente.bargaining.exchange import spread
from detente.bargaining.issue import Actor, Dimension, Floats, Issue, Scale
from detente.bargaining.uncertainty import spread as spread_of_draws

COPENHAGEN: Final = Path(__file__).parents[2] / "shared" / "data" / "bargaining" / "copenhagen.csv"
DECIDE: Final = 0.13
"""Seconds for a round."""
KTAB: Final = 6.0
"""Seconds to the end."""
ENGINE: Final = 170.0
"""Seconds for 10,000 tables."""
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


def contested(actors: int) -> Issue:
    """A drawn table of one dimension as an issue."""
    positions, saliences, capability = drawn(actors, 1)
    nothing = np.zeros(positions.shape)
    return Issue(
        name="drawn",
        title="",
        actors=tuple(Actor(str(i), str(i)) for i in range(actors)),
        dimensions=(Dimension("position", "position", Scale(0, 100)),),
        position=positions,
        salience=saliences,
        capability=capability,
        resolve=np.full(positions.shape, np.nan),
        veto=np.zeros(positions.shape, np.bool_),
        position_sd=nothing,
        salience_sd=nothing,
        capability_sd=nothing,
    )


def measured(run: Callable[[], object], runs: int, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the processor, or of another clock, the median of `runs`."""
    run()
    times = []
    for _ in range(runs):
        begun = clock()
        run()
        times.append(clock() - begun)
    return statistics.median(times)


def challenged(issue: Issue, draws: int) -> None:
    """Outcomes of expected utility over drawn tables."""
    spread_of_draws(issue, "expected_utility", "paper", rounds=ROUNDS, draws=draws, sd=0.1)


def main() -> None:
    """Print the table and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repetitions", type=int, default=1000, help="of position exchange")
    parser.add_argument("--draws", type=int, default=10_000, help="of expected utility")
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
    issue, cores = contested(30), len(os.sched_getaffinity(0))
    begun = time.perf_counter()
    challenged(issue, 1)
    first = time.perf_counter() - begun
    wall = measured(lambda: challenged(issue, arguments.draws), arguments.runs, time.perf_counter)
    busy = measured(lambda: challenged(issue, arguments.draws), arguments.runs)
    known = ENGINE * arguments.draws / 10_000
    figures["expected utility"] = {
        "seconds": wall,
        "processor": busy,
        "first": first,
        "known": known,
        "ratio": known / wall,
    }
    print(
        f"| expected utility, 30 × 1, {arguments.draws} tables × {ROUNDS} rounds, {cores} cores | "
        f"{wall:.2f} s ({busy:.2f} s of processors; before, {first:.1f} s to compile) | {known:.0f} s "
        f"| {known / wall:.0f} |"
    )
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
