"""How early the answers come in forecasts of which event is next, on ICEWS14 or any data set in its format.

    python benchmarks/icews14.py --data ../shared/data/icews14 --evaluate valid [--save predictions.npz]

`valid`: fitted on the last days of train, settings included. `test`: fitted on the last days of train and valid. Single
step: a question of day t is answered with everything before t, the evaluated split's own earlier days too. Ranks are
time-aware filtered, ties share their mean rank, entities that are not listed come last. The recurrency baseline is that
of Gastinger et al. (2024), its two parameters chosen per relation on the same days. The last line is JSON: for both
directions and each alone, and by what was known of the answer; times in seconds, of the clock and of the cores.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.forecasting.history import History
from detente.forecasting.model import Ranker, lessons, rank
from detente.forecasting.past import Past
from detente.forecasting.recurrency import Recurrency
from detente.forecasting.scoring import Floats, Ranking, questions, rank_table, ranks

KINDS: Final = ("triple seen", "pair seen", "pair never seen", "answer never seen")
FITTED: Final = 50
CHOSEN: Final = 30
"""Days at the end of what may be learnt from: on which the trees are grown, and on which the baseline is chosen."""


def kinds(history: History, start: int) -> NDArray[np.int64]:
    """What was known of each answer from `start` on before its day: a number of `KINDS`, as `questions` orders them."""
    asked, answers = questions(history)
    size, both = len(history.entities), 2 * len(history.relation_names)
    actors, relations, times = asked.T.astype(np.int64)
    pair = actors * size + answers
    known = np.full(len(asked), 3)
    for kind, code in ((2, answers.astype(np.int64)), (1, pair), (0, pair * both + relations)):
        _, group = np.unique(code, return_inverse=True)
        first = np.full(group.max() + 1, np.iinfo(np.int64).max)
        np.minimum.at(first, group, times)
        known[first[group] < times] = kind
    found: NDArray[np.int64] = known[times >= start]
    return found


def tables(ranking: Ranking, evaluated: History, known: NDArray[np.int64]) -> dict[str, object]:
    """Scores of a ranking, whole and by direction and kind of answer."""
    found: Floats = ranks(ranking, evaluated)
    half = len(evaluated)
    parts = {"both": found, "target": found[:half], "source": found[half:]}
    kind = {name: known == n for n, name in enumerate(KINDS) if (known == n).any()}
    return {name: rank_table(part) for name, part in parts.items()} | {
        "kinds": {name: {"share": float(those.mean())} | rank_table(found[those]) for name, those in kind.items()}
    }


def run(data: Path, evaluate: str, save: Path | None) -> dict[str, object]:
    """Fit, rank and score."""
    clock: dict[str, dict[str, float]] = {}
    began = time.perf_counter(), time.process_time()

    def lap(name: str) -> None:
        nonlocal began
        now = time.perf_counter(), time.process_time()
        clock[name] = {"clock": round(now[0] - began[0], 1), "cores": round(now[1] - began[1], 1)}
        print(f"{name}: {clock[name]}", file=sys.stderr, flush=True)
        began = now

    earlier = ("train",) if evaluate == "valid" else ("train", "valid")
    learnt = History.read(data, *earlier)
    history = History.read(data, *earlier, evaluate)
    start, end = int(learnt.times[-1]) + history.step, int(history.times[-1]) + 1
    lap("reading")
    baseline = Recurrency(history)
    baseline.choose(start - CHOSEN * history.step, start)
    baseline_ranking = baseline.rank(start, end)
    lap("baseline")
    past = Past(history)
    taught = lessons(past, history, start - FITTED * history.step, start)
    lap("features for fitting")
    ranker = Ranker.fit(taught)
    rows = len(taught.right)
    del taught
    lap("fitting")
    ranking = rank(ranker, past, history, start, end)
    lap("features and ranking")
    if save is not None:
        ranking.save(save)
    evaluated, known = history.between(start, end), kinds(history, start)
    scores = {
        name: tables(each, evaluated, known) for name, each in (("ours", ranking), ("recurrency", baseline_ranking))
    }
    lap("scoring")
    total = {unit: round(sum(each[unit] for each in clock.values()), 1) for unit in ("clock", "cores")}
    return {
        "evaluated": evaluate,
        "events": len(evaluated),
        "rows": rows,
        **scores,
        "seconds": clock | {"total": total},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--evaluate", choices=("valid", "test"), default="valid")
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    try:
        found = run(options.data, options.evaluate, options.save)
    except DetenteError as error:
        sys.exit(str(error))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
