"""How well breaks and reactions are found where they are known, and what relations cost in a large ledger.

    python benchmarks/relations.py [--simulated] [--ledger [--events 5000000] [--keep FILE]]

`simulated.py` says what is drawn, and how large breaks and reactions are. A break is found where one of its kind is
reported within two periods of it; a break of exposure that is reported unmarked is one missed and one made up. Seed 1
is the one that the methods were made with, seed 8192 was never looked at before. The ledger is one that `synthetic.py`
makes; what is asked of it is told beside DuckDB's own sum over the same table in the same run. Without an option both
are measured. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import simulated
from detente.ledger import Ledger
from detente.relations.dyads import Chosen
from detente.relations.parties import group
from detente.relations.relation import relation
from detente.relations.responses import responses
from detente.relations.snapshots import snapshots
from detente.relations.trends import tone_breaks, volume_breaks
from synthetic import COMMON, RARE, fill

SEEDS: Final = {"work": 1, "last": 8192}
NEAR: Final = 2


def breaks(drawn: simulated.Drawn) -> list[tuple[int, simulated.BreakKind]]:
    """What is found in a series: period and kind."""
    tone = tone_breaks(drawn.counts, drawn.means, drawn.variances)
    volume = volume_breaks(drawn.counts, drawn.exposure)
    found: list[tuple[int, simulated.BreakKind]] = [(each.at, "tone") for each in tone]
    return found + [(each.at, "exposure" if each.by_exposure else "rate") for each in volume]


def score_breaks(seed: int) -> dict[str, float]:
    """Precision, recall and F1 over 200 series; breaks of exposure unmarked; false alarms in series without a break."""
    hits = reported = known = unmarked = alarms = 0
    for drawn in simulated.series(seed):
        found, left = breaks(drawn), set(drawn.breaks)
        reported, known = reported + len(found), known + len(left)
        for at, kind in sorted(found):
            near = [each for each in left if each[1] == kind and abs(each[0] - at) <= NEAR]
            if near:
                left.remove(min(near, key=lambda each: abs(each[0] - at)))
                hits += 1
        unmarked += sum(kind == "rate" for _, kind in found) if drawn.kind == "exposure" else 0
        alarms += bool(found) if drawn.kind == "none" else 0
    return {
        "known": known,
        "precision": round(hits / reported, 3),
        "recall": round(hits / known, 3),
        "f1": round(2 * hits / (reported + known), 3),
        "unmarked": unmarked,
        "alarms": alarms,
    }


def score_responses(seed: int) -> dict[str, float]:
    """How many of the pairs of each kind are told rightly, and at the right lag where one side leads."""
    right: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for pair in simulated.pairs(seed):
        found = responses(pair.first, pair.second, exposure=pair.exposure)
        kind = "one" if pair.leads in {"first", "second"} else pair.leads
        pairs[kind] += 1
        if found is None:
            continue
        right[kind] += found.direction == pair.leads
        if kind == "one" and found.direction == pair.leads:
            right["lag"] += (found.first if pair.leads == "first" else found.second).lag == pair.lag
        if kind == "one" and found.direction not in {pair.leads, "none"}:
            right["wrong way"] += 1
    figures = {f"{kind} leads" if kind == "one" else kind: round(right[kind] / pairs[kind], 3) for kind in pairs}
    return figures | {
        "lag too": round(right["lag"] / pairs["one"], 3),
        "wrong way": round(right["wrong way"] / pairs["one"], 3),
    }


def simulation() -> dict[str, dict[str, dict[str, float]]]:
    """Both scores for both seeds, printed as a table."""
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for name, seed in SEEDS.items():
        figures[name] = {"breaks": score_breaks(seed), "responses": score_responses(seed)}
        for what, figure in figures[name].items():
            print(f"{name:6}{what:12}" + "  ".join(f"{key} {value}" for key, value in figure.items()))
    return figures


def in_ledger(path: Path) -> dict[str, dict[str, float]]:
    """What relations of a pair and the monthly networks of all cost, in one process, models and libraries loaded."""
    figures: dict[str, dict[str, float]] = {}
    with Ledger(path, read_only=True) as ledger:

        def bare() -> object:
            return [*ledger.sql("SELECT source_party, sum(intensity) FROM told_deeds WHERE counts GROUP BY ALL")]

        def pair(one: str, other: str) -> object:
            return relation(ledger, Chosen.of(group(ledger, one), group(ledger, other)))

        asked: dict[str, Callable[[], object]] = {
            "a sum over all deeds by DuckDB": bare,
            "relations of a rare and a common party": lambda: pair(RARE[1], COMMON[1]),
            "relations of two others": lambda: pair("Albania", "Angola"),
            "monthly networks of all": lambda: snapshots(ledger, "month"),
        }
        print("| | wall | processor | × the sum |")
        print("|---|---|---|---|")
        for name, ask in asked.items():
            ask()
            walls, processors = [], []
            for _ in range(5):
                wall, processor = time.perf_counter(), time.process_time()
                ask()
                walls.append(time.perf_counter() - wall)
                processors.append(time.process_time() - processor)
            figures[name] = {
                "wall": round(statistics.median(walls), 3),
                "processor": round(statistics.median(processors), 3),
            }
            ratio = figures[name]["wall"] / figures["a sum over all deeds by DuckDB"]["wall"]
            print(
                f"| {name} | {figures[name]['wall']:.2f} s | {figures[name]['processor']:.2f} s | {ratio:.1f} |",
                flush=True,
            )
    return figures


def main() -> None:
    """Print the tables asked for and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulated", action="store_true", help="breaks and reactions that were drawn")
    parser.add_argument("--ledger", action="store_true", help="relations and networks of a large ledger")
    parser.add_argument("--events", type=int, default=5_000_000, help="of the large ledger")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="the large ledger; made where it is missing, and kept"
    )
    arguments = parser.parse_args()
    every = not (arguments.simulated or arguments.ledger)
    figures: dict[str, object] = {}
    if every or arguments.simulated:
        figures["simulated"] = simulation()
    if every or arguments.ledger:
        with tempfile.TemporaryDirectory() as folder:
            path = arguments.keep or Path(folder) / "large.duckdb"
            if not path.exists():
                fill(path, arguments.events)
            figures["ledger"] = in_ledger(path)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
