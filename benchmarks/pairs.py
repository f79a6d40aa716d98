"""How well it is told how likely deeds between two states are: ICEWS14, quad classes, 30 days ahead.

    python benchmarks/pairs.py [--data ../shared/data/icews14] [--days 91] [--every 7] [--horizon 30] [--last DAY]
                               [--types] [--actors]
    python benchmarks/pairs.py --ledger [--events 1000000] [--keep FILE]

Rolling origin over the last `--days` days of train and valid: every `--every` days a model is fitted on what was
known before and tells of the `--horizon` days that follow, all within the data. Pairs are those of entities that are
states by name (`dealings.states`), directed, with at least 5 typed events in the 180 days before the day. `--last` ends
the data sooner, on a day by which settings may be chosen. `--types` asks about PLOVER's types in place of quad classes,
`--actors` about what a state does to whomever. Intervals are of a bootstrap of pairs, each with all its days and
classes. Of pairs that are always busy it is also told how well it is forecast that they exceed their own 90th
percentile. With `--ledger` it is told instead what a forecast of one pair or party costs in a large ledger that
`synthetic.py` makes, with its model fitted before, in one process with its libraries loaded. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.forecasting import issued, likelihood, scoring
from detente.forecasting.chances import chances
from detente.forecasting.dealings import ANYONE, Dealings, Level, cameo_types, names
from detente.forecasting.history import History
from detente.forecasting.indicators import INDICATORS, Asked, Floats, active, indicators, outcomes
from detente.forecasting.outlook import Forecast
from detente.forecasting.outlook import forecast as ask
from detente.forecasting.which import Ranked, which
from detente.ledger import Ledger
from synthetic import COMMON, RARE, fill

DATA: Final = Path("../shared/data/icews14")
ONSET: Final = 90
DRAWS: Final = 2000
SEED: Final = 1


def forecast(dealings: Dealings, day: int, level: Level, horizon: int) -> dict[str, Floats]:
    """Forecasts of the pairs of states that are active on a day, by what was known before it, and what happened.

    Of deeds by actor, of states. `exceeding` and `exceeded` are NaN where a pair is not always busy.
    """
    by_actor = dealings.parties[-1:] == (ANYONE,)
    model = likelihood.fit(dealings, level, horizon, end=day, by_actor=by_actor)
    known = dealings.before(day)
    asked = active(known, day)
    chosen = (known.states[asked.sources] > 0) & ((known.states[asked.targets] > 0) | by_actor)
    asked = Asked(asked.sources[chosen], asked.targets[chosen], day)
    found = indicators(known, asked, level, horizon)
    column = {name: found[:, n] for n, name in enumerate(INDICATORS)}
    length = day - known.first
    told = chances(known, asked, level, names(level), horizon, model.comparable, model)
    deeds = outcomes(dealings, asked, level, horizon)
    most = np.array([np.nan if one.most is None else one.most for one in told])

    def poisson(counts: Floats, days: float) -> Floats:
        return 1 - np.exp(-horizon * counts / days)

    def weighted(half: int) -> Floats:
        return poisson(column[f"own_decayed_{half}"], sum(0.5 ** (age / half) for age in range(1, length + 1)))

    return {
        "outcome": (deeds > 0).astype(float),
        "pair": np.repeat(dealings.key(asked.sources, asked.targets), len(names(level))).astype(float),
        "onset": (column["own_90"] == 0).astype(float),
        "exceeding": np.array([np.nan if one.exceeding is None else one.exceeding for one in told]),
        "exceeded": np.where(np.isnan(most), np.nan, deeds > most),
        "model": np.array([one.probability for one in told]),
        "base rate shown beside": np.array([one.base for one in told]),
        "per-pair rate (Poisson)": poisson(column["own_180"], min(180, length)),
        "per-pair share of spans": column["own_share"],
        "persistence (happened in 30 days)": (column["own_30"] > 0).astype(float),
        "persistence (rate of 30 days)": poisson(column["own_30"], 30),
        "weighted rate, half-life 15": weighted(15),
        "weighted rate, half-life 60": weighted(60),
    }


def levelled(told: Floats, happened: NDArray[np.bool_]) -> Floats:
    """The forecasts with slope and level as they would have been calibrated, had the outcomes been known."""
    slope, shift = scoring.calibration(told, happened)
    return 1 / (1 + np.exp(-(shift + slope * np.log(told / (1 - told)))))


def intervals(
    losses: Mapping[str, Floats], pairs: NDArray[np.int64], others: list[str]
) -> dict[str, tuple[float, float, float]]:
    """The skill of the model over each of `others` with its 95 % interval, by drawing pairs with replacement."""
    distinct, places = np.unique(pairs, return_inverse=True)
    sums = {name: np.bincount(places, loss) for name, loss in losses.items()}
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(len(distinct), np.full(len(distinct), 1 / len(distinct)), size=DRAWS)
    skills = {}
    for name in others:
        some = 1 - (drawn @ sums["model"]) / (drawn @ sums[name])
        low, high = np.quantile(some, [0.025, 0.975])
        skills[name] = (1 - sums["model"].sum() / sums[name].sum(), float(low), float(high))
    return skills


def in_ledger(path: Path) -> dict[str, dict[str, float]]:
    """What questions about a pair and a party cost, without and with their reasons; medians of five."""
    with Ledger(path) as ledger:
        started = time.perf_counter()
        issued.issue(ledger, [ask(ledger, RARE[0], target) for target in (COMMON[0], None)])
        print(f"fitting two models, fetching and two forecasts: {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        first = which(ledger, source=RARE[0], type="ASSAULT").fitted
        ledger.keep("models", [] if first is None else [first])
        print(f"fitting who is next, fetching and an order: {time.perf_counter() - started:.1f} s\n")
    figures = {}
    print("| | wall | processor |\n|---|---|---|")
    with Ledger(path, read_only=True) as ledger:
        questions: dict[str, Callable[[bool], Forecast | Ranked]] = {
            "forecast of a pair": lambda why: ask(ledger, RARE[0], COMMON[0], why=why),
            "forecast of a party towards anybody": lambda why: ask(ledger, RARE[0], why=why),
            "to whom a party does something next": lambda why: which(ledger, source=RARE[0], type="ASSAULT", why=why),
        }
        for question, answer in questions.items():
            for name, why in ((question, False), (f"{question}, with --why", True)):
                walls, processors = [], []
                for _ in range(5):
                    wall, processor = time.perf_counter(), time.process_time()
                    found = answer(why)
                    walls.append(time.perf_counter() - wall)
                    processors.append(time.process_time() - processor)
                    assert found.model is not None and found.fitted is None
                figures[name] = {
                    "wall": round(statistics.median(walls), 2),
                    "processor": round(statistics.median(processors), 2),
                }
                print(f"| {name} | {figures[name]['wall']:.2f} s | {figures[name]['processor']:.2f} s |", flush=True)
    return figures


def main() -> None:
    """Print the table and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--days", type=int, default=91)
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--horizon", type=int, default=30)
    parser.add_argument("--last", type=int, help="the last day of the data")
    parser.add_argument("--types", action="store_true", help="of PLOVER's types, and not of quad classes")
    parser.add_argument("--actors", action="store_true", help="what a state does to whomever, and not of pairs")
    parser.add_argument("--ledger", action="store_true", help="what a forecast costs in a large ledger")
    parser.add_argument("--events", type=int, default=1_000_000, help="of the large ledger")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="the large ledger; made where it is missing, and kept"
    )
    asked = parser.parse_args()
    if asked.ledger:
        with tempfile.TemporaryDirectory() as folder:
            path = asked.keep or Path(folder) / "ledger.duckdb"
            if not path.exists():
                fill(path, asked.events)
            print(json.dumps(in_ledger(path)))
        return
    started = time.perf_counter()
    history = History.read(asked.data, "train", "valid")
    dealings = Dealings.of_history(history, cameo_types(history.relation_names))
    if asked.last is not None:
        dealings = dealings.before(asked.last + 1)
    if asked.actors:
        dealings = dealings.by_actor()
    level: Level = "type" if asked.types else "quad"
    origins = [*range(dealings.end - asked.horizon, dealings.end - asked.days - 1, -asked.every)][::-1]
    parts = [forecast(dealings, day, level, asked.horizon) for day in origins]
    by_day = [
        scoring.skill(*(scoring.brier(part[name], part["outcome"]) for name in ("model", "per-pair share of spans")))
        for part in parts
    ]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    happened, pairs = found.pop("outcome") > 0, found.pop("pair").astype(np.int64)
    onsets = found.pop("onset") > 0
    exceeding, exceeded = found.pop("exceeding"), found.pop("exceeded")
    losses = {name: scoring.brier(told, happened) for name, told in found.items()}
    others = [name for name in found if name != "model"]
    skills = intervals(losses, pairs, others)
    print(f"days {origins}: {len(happened)} forecasts, {len(np.unique(pairs))} pairs, happened {happened.mean():.3f}\n")
    print("| | Brier | skill of the model over it | 95 % interval |\n|---|---|---|---|")
    print(f"| model | {losses['model'].mean():.4f} | | |")
    for name in others:
        skill, low, high = skills[name]
        print(f"| {name} | {losses[name].mean():.4f} | {skill:+.3f} | {low:+.3f} … {high:+.3f} |")
    model = found["model"]
    slope, shift = scoring.calibration(model, happened)
    precision = scoring.average_precision(model[onsets], happened[onsets])
    rate = float(happened[onsets].mean())
    wall = time.perf_counter() - started
    print(f"\ncalibration slope {slope:.2f}, intercept {shift:+.2f}; {wall:.0f} s")
    hindsight = scoring.skill(scoring.brier(levelled(model, happened), happened), losses["per-pair share of spans"])
    print(f"skill over the share of spans, day by day: {', '.join(f'{one:+.3f}' for one in by_day)}")
    print(f"… with level and slope set in hindsight, all days: {hindsight:+.3f}")
    print(
        f"onsets: {onsets.sum()}, happened {rate:.3f}, average precision {precision:.3f} ({precision / rate:.1f} times)"
    )
    busy = ~np.isnan(exceeding)
    tenth = scoring.brier(np.full(busy.sum(), 0.1), exceeded[busy])
    beyond = {"model": scoring.brier(exceeding[busy], exceeded[busy]), "one in ten": tenth}
    over = intervals(beyond, pairs[busy], ["one in ten"])["one in ten"]
    print(
        f"more than the 90th percentile: {busy.sum()} of pairs always busy, happened {exceeded[busy].mean():.3f}, "
        f"forecast {exceeding[busy].mean():.3f}; skill over one in ten {over[0]:+.3f}, {over[1]:+.3f} … {over[2]:+.3f}"
    )
    figures = {
        "days": origins,
        "forecasts": len(happened),
        "brier": {name: round(float(loss.mean()), 5) for name, loss in losses.items()},
        "skill": {name: [round(value, 4) for value in skill] for name, skill in skills.items()},
        "slope": round(slope, 3),
        "intercept": round(shift, 3),
        "onset": {"number": int(onsets.sum()), "rate": round(rate, 4), "precision": round(precision, 4)},
        "by_day": [round(one, 4) for one in by_day],
        "hindsight": round(hindsight, 4),
        "exceeding": {
            "number": int(busy.sum()),
            "happened": round(float(exceeded[busy].mean()), 4),
            "forecast": round(float(exceeding[busy].mean()), 4),
            "skill": [round(value, 4) for value in over],
        },
        "seconds": round(wall),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
