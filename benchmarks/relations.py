"""How well breaks and reactions are found where they are known.

    python benchmarks/relations.py --simulated

`simulated.py` says what is drawn, and how large breaks and reactions are. A break is found where one of its kind is
reported within two periods of it; a break of exposure that is reported unmarked is one missed and one made up. Seed 1
is the one that the methods were made with, seed 8192 was never looked at before. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Final

import simulated
from detente.relations.responses import responses
from detente.relations.trends import tone_breaks, volume_breaks

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


def main() -> None:
    """Print the tables asked for and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulated", action="store_true", help="breaks and reactions that were drawn")
    arguments = parser.parse_args()
    figures = {"simulated": simulation()} if arguments.simulated else {}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
