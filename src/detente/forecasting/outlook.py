"""How likely deeds of a party, or of one party to another, are in the days to come: the room's public question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final, get_args

import msgspec
import numpy as np

from detente import days
from detente.errors import InputError
from detente.forecasting import likelihood
from detente.forecasting.baserates import comparables
from detente.forecasting.chances import Chance, explained
from detente.forecasting.chances import chances as chances_for
from detente.forecasting.dealings import ANYONE, QUADS, TYPES, Dealings, Level, names
from detente.forecasting.gathering import Past, last_day, tells
from detente.forecasting.indicators import ACTIVE, RECENT, Asked, dealt, looked_at
from detente.forecasting.likelihood import HORIZONS, Model, TooLittle
from detente.forecasting.shelf import Question, row, stored
from detente.ledger import Ledger
from detente.relations.exposure import DataSets
from detente.relations.parties import called, group

_RATE_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is likely in the `horizon` days from `day` on, as known before that day."""

    source: str
    target: str | None
    day: date
    horizon: int
    level: Level
    chances: tuple[Chance, ...]
    datasets: tuple[str, ...]
    deeds: int
    """That the pair had in the last 180 days."""
    imprecise: int
    """Deeds of the last two years that are left out, as they are dated less precisely than by a day."""
    read: float
    """Documents a day, of the last year."""
    data: str
    """The version of the data."""
    model: str | None
    reason: str | None
    """Why there is no forecast of a model."""
    fitted: Fitted | None
    """The model, where it is a new one."""

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.day + timedelta(days=self.horizon - 1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with what it was fitted on, to be kept in a ledger."""

    model: Model
    row: dict[str, Any]


def forecast(
    ledger: Ledger,
    source: str,
    target: str | None = None,
    *,
    horizon: int = 30,
    type: str | None = None,
    by_type: bool = False,
    as_of: str | None = None,
    datasets: Sequence[str] = (),
    why: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Forecast:
    """How likely deeds of each quad class, of each type (`by_type`), or of one `type` or class are, day by `as_of`.

    By `source` to `target`, each one party, or without `target` to anybody. Forecast are the `horizon` days (7, 30 or
    90) that begin with the day `as_of`, or with the day after the last on which anything was read; nothing is looked at
    that was told on that day or later. `progress` is told of what takes a while. Nothing is written, see
    `issued.issue`. Raises `TooLittle` where not even a base rate is known, `InputError` where a name means nobody or
    several, nothing was read, or the horizon or type is none; `ValueError` for a date that is none.
    """
    if horizon not in HORIZONS:
        raise InputError(f"{horizon} days", f"is no horizon; take {', '.join(map(str, HORIZONS))}")
    level, kinds = _kinds(type, by_type=by_type)
    chosen = DataSets.of(datasets)
    with ledger.at_once():
        one, other = only(ledger, source), None if target is None else only(ledger, target)
        if one == other:
            raise InputError(source, "is asked about with itself; name another target")
        past = Past(ledger, chosen, first_day(ledger, chosen, as_of))
        every: list[Dealings] = []

        def all_deeds() -> Dealings:
            """Fetched where something needs it, and once."""
            if not every:
                found = past.dealings()
                every.append(found.by_actor() if other is None else found)
            return every[0]

        model, fitted, reason = _model(past, level, horizon, all_deeds, by_actor=other is None, progress=progress)
        # What anybody suffers is told from all deeds, what a pair does from its own and those of both sides.
        near = all_deeds() if other is None else past.dealings((one, other))
        asked = _asked(near, one, other or ANYONE, past.before.toordinal())
        # What one more deed would change is reckoned again and again, from what has a part in it alone.
        near = looked_at(near, asked)
        number = _recent(near, asked)
        if model is not None and number < ACTIVE:
            reason = f"{number} deeds in the last {RECENT} days, and {ACTIVE} are needed for a forecast of its own"
        if model is not None:
            table = model.comparable
        else:
            table = comparables(all_deeds(), level, horizon, end=asked.day)
            if not any(one.cases for some in table for one in some):
                raise TooLittle(
                    f"{horizon} days ahead",
                    "too little history even to tell what is usual; read what tells of some months before, or take "
                    "a shorter horizon",
                )
        told = chances_for(near, asked, level, kinds, horizon, table, model if reason is None else None)
        if why and model is not None and reason is None:
            told = explained(past, model, near, all_deeds(), asked, told)
        left = past.imprecise((one,) if other is None else (one, other))
        imprecise = sum(n for (by, to), n in left.items() if by == one and (other is None or to == other))
        counted, documents = tells(ledger, chosen, past.before)
    return Forecast(
        source=one,
        target=other,
        day=past.before,
        horizon=horizon,
        level=level,
        chances=told,
        datasets=chosen.names,
        deeds=number,
        imprecise=imprecise,
        read=float(near.read[-_RATE_DAYS:].mean()),
        data=_digest(chosen.names, past.before.isoformat(), counted, documents),
        model=model.version if model is not None and reason is None else None,
        reason=reason,
        fitted=fitted,
    )


def chances_of_all(
    ledger: Ledger,
    *,
    horizon: int = 30,
    as_of: str | None = None,
    datasets: Sequence[str] = (),
    most: int = 500,
    progress: Callable[[str], None] | None = None,
) -> tuple[Forecast, ...]:
    """Forecasts by quad class for the busiest pairs, `most` of them, of those with enough deeds for a forecast.

    Raises as `forecast`, and `TooLittle` where no model can be fitted.
    """
    chosen = DataSets.of(datasets)
    with ledger.at_once():
        past = Past(ledger, chosen, first_day(ledger, chosen, as_of))
        every = past.dealings()
        model, fitted, reason = _model(past, "quad", horizon, lambda: every, by_actor=False, progress=progress)
        if model is None:
            raise TooLittle(f"{horizon} days ahead", reason or "")
        pairs, numbers = dealt(every, past.before.toordinal())
        order = np.argsort(-numbers, kind="stable")[:most]
        order = np.sort(order[numbers[order] >= ACTIVE])
        left = past.imprecise()
        counted, documents = tells(ledger, chosen, past.before)
        data = _digest(chosen.names, past.before.isoformat(), counted, documents)
    asked = Asked(pairs.sources[order], pairs.targets[order], pairs.day)
    flat = chances_for(every, asked, "quad", QUADS, horizon, model.comparable, model)
    return tuple(
        Forecast(
            source=every.parties[asked.sources[n]],
            target=every.parties[asked.targets[n]],
            day=past.before,
            horizon=horizon,
            level="quad",
            chances=flat[n * len(QUADS) : (n + 1) * len(QUADS)],
            datasets=chosen.names,
            deeds=int(numbers[order[n]]),
            imprecise=left[every.parties[asked.sources[n]], every.parties[asked.targets[n]]],
            read=float(every.read[-_RATE_DAYS:].mean()),
            data=data,
            model=model.version,
            reason=None,
            fitted=fitted,
        )
        for n in range(len(order))
    )


def _kinds(kind: str | None, *, by_type: bool) -> tuple[Level, tuple[str, ...]]:
    if kind is None:
        return ("type", TYPES) if by_type else ("quad", QUADS)
    for level in get_args(Level):
        for name in names(level):
            if kind.casefold().replace("-", "_") == name.casefold():
                return level, (name,)
    raise InputError(kind, f"is no type of PLOVER's and no quad class; take one of {', '.join((*TYPES, *QUADS))}")


def only(ledger: Ledger, name: str) -> str:
    """The id of the one party that is called so."""
    meant = group(ledger, name)
    if len(meant.parties) > 1:
        raise InputError(name, "is several parties; ask about one at a time")
    return meant.parties[0]


def first_day(ledger: Ledger, datasets: DataSets, as_of: str | None) -> date:
    """The first day to forecast: `as_of`, else the day after the last on which anything was read."""
    last = last_day(ledger, datasets)
    if last is None:
        raise InputError(", ".join(datasets.names), "has nothing that was read on a known day; read some texts first")
    return last + timedelta(days=1) if as_of is None else date.fromisoformat(days.earliest(as_of))


def _asked(dealings: Dealings, source: str, target: str, day: int) -> Asked:
    places = [dealings.parties.index(party) for party in (source, target)]
    return Asked(np.array(places[:1], np.int32), np.array(places[1:], np.int32), day)


def _recent(dealings: Dealings, asked: Asked) -> int:
    pair = dealings.keys() == dealings.key(asked.sources, asked.targets)
    return int((pair & (dealings.known < asked.day) & (dealings.days >= asked.day - RECENT)).sum())


def _model(
    past: Past,
    level: Level,
    horizon: int,
    all_deeds: Callable[[], Dealings],
    *,
    by_actor: bool,
    progress: Callable[[str], None] | None,
) -> tuple[Model | None, Fitted | None, str | None]:
    """A model of the ledger's that fits the day, else a new one; None, with the reason, for too little history."""
    question = Question(level, horizon, by_actor)
    for kept in stored(past, question):
        # One of an earlier release, which is made otherwise, is fitted anew.
        with suppress(msgspec.ValidationError):
            return Model.from_bytes(kept), None, None
    if progress is not None:
        progress(f"fitting a model for {horizon} days, which is kept for later questions …")
    try:
        model = likelihood.fit(all_deeds(), level, horizon, end=past.before.toordinal(), by_actor=by_actor)
    except TooLittle as error:
        return None, None, error.reason
    return model, Fitted(model, row(past, question, model.version, model.to_bytes())), None


def _digest(*parts: object) -> str:
    return sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def side(party: str | None) -> str:
    """What a side is called, anybody too."""
    return ANYONE if party is None else called(party)
