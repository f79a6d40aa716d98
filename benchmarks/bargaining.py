"""How near the models of bargaining come to what was decided in the European Union.

    python benchmarks/bargaining.py [--train FILE] [--test FILE]

`deu.py` says what the data are. Fits on the issues of --train whose outcome is known and scores those of --test.
Without --test, the issues of --train are scored by what was fitted on all other proposals (the issues of a proposal are
left out together); then the weights that ship with the package (`detente.bargaining.distribution.FITTED`) are printed.
Intervals are of 95 %, from 2,000 samples of proposals.

Each model is run with GDP as capability, and with power under the rule by which the issue was decided (`council.py`).
Each issue is an issue by itself, in exchange each proposal; who has no position or no salience takes no part. Where a
model cannot take an issue (exchange one that stands alone, Nash and a vote one without status quo, all of them one on
which nobody has stakes), neither it nor the weighted mean beside it is scored there.

A model's point outcome becomes a distribution by a normal error of mean 0 and the root mean square of its errors in
training, not cut to the scale. What `combined` is, `detente.bargaining.distribution` says; its point is the median;
`combined_without` lacks one of its terms or is not told the status quo, `combined_with` has the distance from another
model's outcome as one more term.
MAE, CRPS (continuous ranked probability score) and the intervals are in percent of the scale. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtr

import deu
from detente.bargaining import distribution, exchange
from detente.bargaining.compromise import mean
from detente.bargaining.distribution import GRID, TERMS, Distribution, likely
from detente.bargaining.issue import Bools, Floats

FILE: Final = Path(__file__).parents[2] / "shared/data/deu/deu3-dev.tsv"

SETTINGS: Final = {
    "compromise": ("compromise", "weighted"),
    "median": ("median", "weighted"),
    "expected_utility": ("expected_utility", "paper"),
    "expected_utility_scholz_code": ("expected_utility", "scholz-code"),
    "expected_utility_equations": ("expected_utility", "equations"),
    "election": ("election", "deterministic"),
    "nash_breakdown": ("nash", "breakdown"),
    "nash": ("nash", "status-quo"),
    "voting": ("voting", "rule"),
}
"""What is run on each issue: model and setting."""

RIDGE: Final = 1.0
"""One nat off for a weight that moves scores by one standard deviation: so that a few issues can be fitted too."""
SAMPLES: Final = 2000
INTERVAL: Final = 0.8
NORMAL: Final = 1.2815515655446004
"""Half the width of the interval of a normal distribution, in standard deviations."""


@dataclass(frozen=True, eq=False)
class Scores:
    """By issue, NaN where the method has no outcome or none is known: absolute error, CRPS, whether it was covered."""

    error: Floats
    crps: Floats
    covered: Floats

    @property
    def figures(self) -> dict[str, float]:
        """The means over all issues that were scored."""
        return {
            "mae": round(float(np.nanmean(self.error)), 3),
            "crps": round(float(np.nanmean(self.crps)), 3),
            "coverage80": round(float(np.nanmean(self.covered)), 3),
            "issues": int((~np.isnan(self.error)).sum()),
        }


@dataclass(frozen=True, eq=False)
class Folds:
    """What is scored with what it is fitted on: masks over all issues."""

    parts: tuple[tuple[Bools, Bools], ...]
    outcome: Floats

    def normal(self, point: Floats) -> Scores:
        """Scores of point outcomes with their normal error."""
        miss = self.outcome - point
        error, crps, covered = (np.full(len(point), np.nan) for _ in range(3))
        for train, test in self.parts:
            spread = math.sqrt(np.nanmean(miss[train] ** 2))
            away = miss[test] / spread
            density = np.exp(-(away**2) / 2) / math.sqrt(2 * math.pi)
            error[test] = np.abs(miss[test])
            crps[test] = spread * (away * (2 * ndtr(away) - 1) + 2 * density - 1 / math.sqrt(math.pi))
            covered[test] = np.where(np.isnan(away), np.nan, np.abs(away) <= NORMAL)
        return Scores(error, crps, covered)

    def fitted(self, terms: Floats) -> Scores:
        """Scores of distributions over points whose weights are fitted."""
        error, crps, covered = (np.full(len(terms), np.nan) for _ in range(3))
        for train, test in self.parts:
            weights = fit(terms[train], self.outcome[train])
            for at in np.flatnonzero(test & ~np.isnan(self.outcome) & ~np.isnan(terms).any(axis=(1, 2))):
                found = Distribution(0.0, 100.0, likely(terms[at], weights))
                low, high = found.interval(INTERVAL)
                error[at] = abs(found.median - self.outcome[at])
                crps[at] = found.crps(self.outcome[at])
                covered[at] = low <= self.outcome[at] <= high
        return Scores(error, crps, covered)


def fit(terms: Floats, outcome: Floats) -> Floats:
    """The weights that make outcomes likeliest; `terms` is issues by points by terms.

    Issues without outcome are left out. Each weight is drawn to 0 by `RIDGE` as far as its term differs between the
    points of an issue.
    """
    known = ~np.isnan(outcome) & ~np.isnan(terms).any(axis=(1, 2))
    terms, at = terms[known], np.rint(outcome[known]).astype(np.int64)
    spread = np.sqrt(terms.var(axis=1).mean(axis=0))
    chosen = np.take_along_axis(terms, at[:, np.newaxis, np.newaxis], axis=1)[:, 0].sum(axis=0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        chance = likely(terms, weights)
        score = -np.log(np.take_along_axis(chance, at[:, np.newaxis], axis=1)).sum()
        slope = np.einsum("ip,ipt->t", chance, terms) - chosen
        drawn = RIDGE * spread**2 * weights
        return float(score + drawn @ weights), slope + 2 * drawn

    found: Floats = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x
    return found


def points(contested: Sequence[deu.Contested], capability: deu.Capability) -> dict[str, Floats]:
    """The point outcome of each model on each issue, NaN where it cannot take it or nobody has stakes."""
    found = {name: np.full(len(contested), np.nan) for name in (*SETTINGS, "exchange")}
    proposals: dict[str, list[int]] = {}
    for at, one in enumerate(contested):
        proposals.setdefault(one.proposal, []).append(at)
        issue = deu.issue([one], capability, stakeless=False)
        if not issue.actors:
            continue
        for name, (model, setting) in SETTINGS.items():
            if not (setting in ("status-quo", "rule") and math.isnan(one.reference)):
                found[name][at] = issue.reckon([model], settings={model: setting})[model].outcome[0]
    for together in proposals.values():
        if len(together) > 1:
            issue = deu.issue([contested[at] for at in together], capability)
            played = exchange.play(issue.position, issue.salience, issue.capability)
            found["exchange"][together] = played[-1].outcome
    return found


def base_rates(contested: Sequence[deu.Contested]) -> dict[str, Floats]:
    """What needs no model."""
    return {
        "mean_of_positions": np.array([mean(one.position, np.ones(len(one.position))) for one in contested]),
        "middle_of_scale": np.full(len(contested), 50.0),
        "reference_point": np.array([one.reference for one in contested]),
        "commission": np.array([dict(zip(one.actors, one.position, strict=True))["com"] for one in contested]),
    }


def all_terms(contested: Sequence[deu.Contested], capability: deu.Capability) -> Floats:
    """What speaks for each point of each issue, NaN where nobody has stakes on it."""
    found = np.full((len(contested), len(GRID), len(TERMS)), np.nan)
    for at, one in enumerate(contested):
        if deu.issue([one], capability, stakeless=False).actors:
            found[at] = distribution.terms(deu.issue([one], capability), 0)
    return found


def scored(contested: Sequence[deu.Contested], folds: Folds) -> Iterator[tuple[str, Scores, Scores]]:
    """Each method, its scores, and those of the weighted mean with the same capability."""
    capabilities: dict[str, deu.Capability] = {"": "gdp", "_power": "power"}
    for suffix, capability in capabilities.items():
        outcomes = points(contested, capability)
        found = {name: folds.normal(point) for name, point in outcomes.items()}
        if not suffix:
            found |= {name: folds.normal(point) for name, point in base_rates(contested).items()}
        terms = all_terms(contested, capability)
        found["combined"] = folds.fitted(terms)
        if not suffix:
            for at, term in enumerate(TERMS):
                found[f"combined_without_{term}"] = folds.fitted(np.delete(terms, at, axis=2))
            silent = [replace(one, reference=math.nan) for one in contested]
            found["combined_without_status_quo"] = folds.fitted(all_terms(silent, capability))
            for name, point in outcomes.items():
                away = -np.abs(GRID - point[:, np.newaxis])[:, :, np.newaxis] / 100
                found[f"combined_with_{name}"] = folds.fitted(np.append(terms, np.nan_to_num(away), axis=2))
        for name, scores in found.items():
            yield name + suffix, scores, found["compromise"]


def interval(value: Floats, base: Floats | None, proposal: Sequence[str]) -> tuple[float, float]:
    """Where 95 % of means lie, or with a base of ratios of means, when proposals are drawn anew."""
    there = ~np.isnan(value) if base is None else ~np.isnan(value) & ~np.isnan(base)
    names, of = np.unique(np.asarray(proposal)[there], return_inverse=True)
    drawn = np.random.default_rng(1).multinomial(len(names), np.full(len(names), 1 / len(names)), SAMPLES)
    above = drawn @ np.bincount(of, value[there])
    below = drawn @ np.bincount(of, None if base is None else base[there])
    low, high = np.quantile(above / below, [0.025, 0.975])
    return float(low), float(high)


def row(name: str, scores: Scores, base: Scores, proposal: Sequence[str]) -> str:
    """A line of the table."""
    there = ~np.isnan(scores.crps)
    both = there & ~np.isnan(base.crps)
    cells = [name, str(int(there.sum()))]
    for value, beside in ((scores.error, base.error), (scores.crps, base.crps)):
        low, high = interval(value, None, proposal)
        cells.append(f"{value[there].mean():.2f} ({low:.1f}–{high:.1f})")
        low, high = interval(value, beside, proposal)
        cells.append(f"{value[both].mean() / beside[both].mean():.2f} ({low:.2f}–{high:.2f})")
    return " | ".join(["", *cells, f"{scores.figures['coverage80']:.2f}", ""]).strip()


def cross_validated(contested: Sequence[deu.Contested]) -> Folds:
    """Each proposal scored by what all others teach."""
    proposal = np.array([one.proposal for one in contested])
    return Folds(
        tuple((proposal != name, proposal == name) for name in np.unique(proposal)),
        np.array([one.outcome for one in contested]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--train", type=Path, default=FILE, help="issues to fit on")
    parser.add_argument("--test", type=Path, help="issues to score; without, those of --train by cross-validation")
    options = parser.parse_args()
    contested, gdp = deu.read(options.train)
    if options.test is None:
        folds = cross_validated(contested)
    else:
        learned = len(contested)
        contested += deu.read(options.test, gdp)[0]
        last = np.arange(len(contested)) >= learned
        folds = Folds(((~last, last),), np.array([one.outcome for one in contested]))
    proposal = [one.proposal for one in contested]
    print("| method | issues | MAE | × weighted mean's | CRPS | × weighted mean's | 80 % intervals hold |")
    print("|---|---|---|---|---|---|---|")
    figures: dict[str, Mapping[str, Any]] = {}
    for name, scores, base in scored(contested, folds):
        if np.isnan(scores.crps).all():
            continue
        print(row(name, scores, base, proposal), flush=True)
        figures[name] = scores.figures
    if options.test is None:
        weights = fit(all_terms(contested, "gdp"), folds.outcome)
        print(", ".join(f"{term} {weight:.3f}" for term, weight in zip(TERMS, weights, strict=True)))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
