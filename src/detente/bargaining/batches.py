"""A model put to many versions of one table, for its outcomes alone.

What a model makes of a table here is what `Issue.reckon` says of it; only the way there is shorter. The weighted mean
and median are reckoned for all tables at once, expected utility by compiled rounds on all cores, position exchange in
batches; Nash's solution, the vote and the election table by table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from detente.bargaining import compromise, exchange, expected_utility, voting
from detente.bargaining import median as medians
from detente.bargaining.draws import Tables
from detente.bargaining.issue import Floats, Issue
from detente.bargaining.models import MODELS

Progress = Callable[[int], None]
"""Is told how many tables more were reckoned."""

JOINT: Final = frozenset(["exchange", "election", "nash"])
"""Models in which what happens on one dimension depends on the others."""

_BATCH: Final = 256


def settle(
    issue: Issue, tables: Tables, model: str, setting: str, rounds: int | None = None, progress: Progress | None = None
) -> Floats:
    """Where a model has each table settle: (tables, dimensions), in the units of the scales.

    NaN where a table cannot be reckoned: nobody has any stakes in it, or no maximum is found. Chance has no part: of
    equally gainful trades the first is made, and a stochastic election follows one seed for all tables.
    """
    rounds = MODELS[model].rounds if rounds is None else rounds
    found = np.full((len(tables), len(issue.dimensions)), np.nan)
    for first in range(0, len(tables), _BATCH):
        batch = slice(first, first + _BATCH)
        part = tables[batch]
        found[batch] = _settled(issue, part, model, setting, rounds)
        if progress:
            progress(len(part))
    return found


def _settled(issue: Issue, tables: Tables, model: str, setting: str, rounds: int) -> Floats:
    position, stakes = tables.position.swapaxes(0, 1), tables.stakes.swapaxes(0, 1)
    if model == "compromise":
        wanted = compromise.mean(position, stakes)
        return _decided(issue, tables, wanted) if setting == "status-quo" else wanted
    if model == "median":
        wanted = medians.median(position, stakes)
        return _decided(issue, tables, wanted) if setting == "status-quo" else wanted
    if model == "voting":
        power = np.where(np.isnan(position), 0.0, tables.capability.swapaxes(0, 1))
        return _decided(issue, tables, medians.median(position, power))
    if model == "expected_utility":
        choices = expected_utility.SETTINGS[setting]
        final = expected_utility.settle(tables.position, tables.capability, tables.salience, rounds, choices)
        return medians.median(final.swapaxes(0, 1), stakes)
    if model == "exchange":
        return _exchanged(issue, tables, rounds)
    return _one_by_one(issue, tables, model, setting, rounds)


def _decided(issue: Issue, tables: Tables, proposals: Floats) -> Floats:
    """What the rule of the issue lets through of each proposal."""
    quota = voting.MAJORITY if issue.quota is None else issue.quota
    found = np.full(proposals.shape, np.nan)
    for at, k in np.argwhere(~np.isnan(proposals)):
        table = tables.position[at, :, k], tables.capability[at, :, k], issue.veto[:, k]
        if np.where(np.isnan(table[0]), 0.0, table[1]).any():
            quo = float(issue.status_quo[k])
            found[at, k] = voting.decide(*table, float(proposals[at, k]), quo, quota).outcome
    return found


def _exchanged(issue: Issue, tables: Tables, rounds: int) -> Floats:
    """What positions lead to after the last round of exchange, of tables on which somebody has weight everywhere."""
    scales = [line.scale for line in issue.dimensions]
    percent = np.stack([scale.percent(tables.position[..., k]) for k, scale in enumerate(scales)], axis=-1)
    found = compromise.mean(percent.swapaxes(0, 1), tables.stakes.swapaxes(0, 1))
    whole = ~np.isnan(found).any(axis=1)
    found[~whole] = np.nan
    if rounds and whole.any():
        table = percent[whole], tables.salience[whole], tables.capability[whole]
        found[whole] = exchange.settle(*table, rounds=rounds)[0][:, -1]
    low, width = (np.array(each) for each in zip(*((one.low, one.high - one.low) for one in scales), strict=True))
    return np.asarray(low + width * found / 100)


def _one_by_one(issue: Issue, tables: Tables, model: str, setting: str, rounds: int) -> Floats:
    found = np.full((len(tables), len(issue.dimensions)), np.nan)
    for at, one in enumerate(_issues(issue, tables)):
        if (one.stakes.sum(axis=0) > 0).all() and MODELS[model].unfit(one, setting) is None:
            try:
                found[at] = MODELS[model].run(one, setting, rounds, 0).outcome
            except RuntimeError:  # no maximum was found
                continue
    return found


def _issues(issue: Issue, tables: Tables) -> Iterator[Issue]:
    """The tables as issues, each without the actors that take no part in it at all."""
    for position, salience, capability in zip(tables.position, tables.salience, tables.capability, strict=True):
        part = ~np.isnan(position).all(axis=1)
        yield replace(
            issue,
            actors=tuple(actor for actor, takes in zip(issue.actors, part, strict=True) if takes),
            position=position[part],
            salience=salience[part],
            capability=capability[part],
            resolve=issue.resolve[part],
            veto=issue.veto[part],
            position_sd=issue.position_sd[part],
            salience_sd=issue.salience_sd[part],
            capability_sd=issue.capability_sd[part],
            proxies={},
            grounds={},
        )
