"""The models by their names: what each takes of an issue, and how its result is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from detente.bargaining import compromise, nash, voting
from detente.bargaining import median as medians
from detente.bargaining.issue import Floats, Issue
from detente.bargaining.result import Block, Result, shown
from detente.bargaining.rounds import election, exchange, expected_utility
from detente.errors import IssueError

Run = Callable[[Issue, str, int, int], Result]
"""Reckons an issue in a setting, with at most so many rounds, from a seed."""


@dataclass(frozen=True)
class Model:
    """A model: `settings` has the usual one first, `rounds` is how many are played where nobody says, 0 for none."""

    settings: tuple[str, ...]
    run: Run
    unfit: Callable[[Issue, str], str | None]
    """Why it cannot take an issue in a setting; None where it can."""
    rounds: int = 0

    def usual(self, issue: Issue) -> str:
        """The first setting in which it can take the issue, or the first of all."""
        fit = [setting for setting in self.settings if self.unfit(issue, setting) is None]
        return (fit or [*self.settings])[0]


def chosen(issue: Issue, model: str, setting: str | None = None, rounds: int | None = None) -> str:
    """The setting in which a model takes an issue: the one that is named, or its usual one.

    Raises `IssueError` where there is no such model or setting, or so many rounds cannot be played.
    """
    if model not in MODELS:
        raise IssueError(issue.name, f"no model {model!r}; there are: {', '.join(MODELS)}")
    of = MODELS[model]
    if setting is not None and setting not in of.settings:
        raise IssueError(issue.name, f"{model} has no setting {setting!r}; there are: {', '.join(of.settings)}")
    if rounds is not None and not 0 <= rounds <= _MOST_ROUNDS:
        raise IssueError(issue.name, f"{rounds} rounds cannot be played; give 0 to {_MOST_ROUNDS}")
    return setting or of.usual(issue)


def taken(issue: Issue, model: str, setting: str | None = None, rounds: int | None = None) -> str:
    """The same, of a model that can take the issue. Raises `IssueError` also where it cannot."""
    setting = chosen(issue, model, setting, rounds)
    if reason := MODELS[model].unfit(issue, setting):
        raise IssueError(issue.name, f"{model} ({setting}) cannot take it: {reason}")
    return setting


def _compromise(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    wanted = compromise.mean(issue.position, issue.stakes)
    return _decided(issue, "compromise", setting, wanted) if setting == _QUO else _plain(issue, "compromise", wanted)


def _median(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    wanted = medians.median(issue.position, issue.stakes)
    return _decided(issue, "median", setting, wanted) if setting == _QUO else _plain(issue, "median", wanted)


def _voting(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    proposal = medians.median(issue.position, np.where(issue.present, issue.capability, 0.0))
    return _decided(issue, "voting", setting, proposal)


def _plain(issue: Issue, model: str, outcome: Floats) -> Result:
    """A mean or median of where all stand."""
    reasons = {}
    for number, line in enumerate(issue.dimensions):
        if model == "median":
            reasons[line.name] = _pivot(issue, number, float(outcome[number]))
        else:
            reasons[line.name] = _pull(issue, number, float(outcome[number]))
    return Result(model, "weighted", outcome, issue.position[np.newaxis], reasons=reasons)


def _pivot(issue: Issue, number: int, at: float) -> str:
    here = [actor.name for actor, x in zip(issue.actors, issue.position[:, number], strict=True) if x == at]
    return f"{', '.join(here)} stand{'' if len(here) > 1 else 's'} where neither side has more than half of the stakes"


def _pull(issue: Issue, number: int, at: float) -> str:
    """Whose stakes draw the mean most to the side on which it lies of the median."""
    position, stakes = issue.position[:, number], issue.stakes[:, number]
    middle = float(medians.median(position, stakes))
    pull = np.nan_to_num(stakes / stakes.sum() * (position - middle))
    if at == middle:
        return "the stakes above the median weigh as much as those below"
    strongest = int(np.argmax(pull if at > middle else -pull))
    share = stakes[strongest] / stakes.sum()
    return (
        f"{issue.actors[strongest].name}, with {share:.0%} of the stakes at {shown(position[strongest])}, "
        f"pulls most away from the median at {shown(middle)}"
    )


def _decided(issue: Issue, model: str, setting: str, proposal: Floats) -> Result:
    """What the rule of the issue lets through of a proposal, dimension by dimension."""
    outcome, blocks, reasons = proposal.copy(), list[Block](), {}
    quota = voting.MAJORITY if issue.quota is None else issue.quota
    for number, line in enumerate(issue.dimensions):
        quo, veto = float(issue.status_quo[number]), issue.veto[:, number]
        found = voting.decide(
            issue.position[:, number], issue.capability[:, number], veto, float(proposal[number]), quo, quota
        )
        outcome[number] = found.outcome
        for i in np.flatnonzero(found.blockers):
            why = "has a veto" if veto[i] else f"is needed for {quota:.0%} of the capability"
            limit = quo + np.sign(proposal[number] - quo) * found.reach[i]
            far = f"goes along to {shown(limit)}" if found.reach[i] else f"prefers the status quo, {shown(quo)}"
            blocks.append(Block(issue.actors[i].name, line.name, f"{why} and {far}"))
        if not found.blockers.any():
            passes = "all passes"
        else:
            passes = "nothing passes" if outcome[number] == quo else "a part passes"
        reasons[line.name] = f"of {shown(proposal[number])}, proposed against the status quo {shown(quo)}, {passes}"
    return Result(
        model, setting, outcome, issue.position[np.newaxis], blocks=tuple(blocks), reasons=reasons,
        notes=("no quota is stated; half of the capability decides",) if issue.quota is None else (),
        details={"proposal": [float(value) for value in proposal], "quota": quota},
    )  # fmt: skip


def _nash(issue: Issue, setting: str, rounds: int, seed: int) -> Result:
    low, high = (np.array([getattr(line.scale, end) for line in issue.dimensions]) for end in ("low", "high"))
    quo = issue.status_quo if setting == _QUO else None
    found = nash.solve(issue.position, issue.salience, issue.capability, low, high, status_quo=quo)
    names = [actor.name for actor in issue.actors]
    gain = dict(zip(names, found.gain.tolist(), strict=True))
    if not found.gain.any():
        why = "no agreement is better for all than the status quo"
    else:
        least = names[int(np.argmin(np.where(issue.stakes.sum(axis=1) > 0, found.gain, np.inf)))]
        why = f"of all, {least} has least to lose by a failure of the talks"
    return Result(
        "nash",
        setting,
        found.outcome,
        issue.position[np.newaxis],
        blocks=tuple(
            Block(names[i], line.name, "would lose by the compromise against the status quo")
            for i in np.flatnonzero(found.losers)
            for number, line in enumerate(issue.dimensions)
            if issue.stakes[i, number] > 0
        ),
        reasons={line.name: why for line in issue.dimensions},
        details={"gain": gain},
    )


def _fits(issue: Issue, setting: str) -> str | None:
    return None


def _no_status_quo(issue: Issue, setting: str) -> str | None:
    missing = [line.name for line in issue.dimensions if line.status_quo is None]
    return f"no status quo is stated of {', '.join(missing)}" if setting == _QUO and missing else None


def _no_rule(issue: Issue, setting: str) -> str | None:
    if issue.quota is None and not issue.veto.any():
        return "neither a quota nor a veto is stated"
    return _no_status_quo(issue, _QUO)


def _one_line(issue: Issue, setting: str) -> str | None:
    return "there is one dimension, and exchange takes two" if len(issue.dimensions) < 2 else None


def _gaps(issue: Issue, setting: str) -> str | None:
    for i, number in np.argwhere(~issue.present):
        return f"{issue.actors[i].name} has no position on {issue.dimensions[number].name}"
    for i in np.flatnonzero(issue.salience.sum(axis=1) <= 0):
        return f"{issue.actors[i].name} cares for nothing"
    return None


_QUO: Final = "status-quo"

_MOST_ROUNDS: Final = 10_000
"""Rounds beyond which nothing new comes, and which are all kept: play without an end goes in circles long before."""

MODELS: Final[Mapping[str, Model]] = MappingProxyType(
    {
        "compromise": Model(("weighted", _QUO), _compromise, _no_status_quo),
        "median": Model(("weighted", _QUO), _median, _no_status_quo),
        "expected_utility": Model(("paper", "scholz-code", "equations"), expected_utility, _fits, rounds=10),
        "exchange": Model(("equal-gain",), exchange, _one_line, rounds=10),
        "election": Model(("deterministic", "stochastic"), election, _gaps, rounds=100),
        "nash": Model((_QUO, "breakdown"), _nash, _no_status_quo),
        "voting": Model(("rule",), _voting, _no_rule),
    }
)
