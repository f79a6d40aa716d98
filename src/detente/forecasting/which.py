"""Whom a deed of a type is likely to be done to next, or by whom: parties in order, out of a ledger.

An event stands on the day on which it was told, so that what is learnt from a day was known on it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

import msgspec
import numpy as np
from lightgbm import Booster

from detente.errors import InputError
from detente.forecasting import gathering
from detente.forecasting.dealings import TYPES
from detente.forecasting.features import NAMES
from detente.forecasting.history import History, Ints
from detente.forecasting.model import Ranker, lessons
from detente.forecasting.outlook import first_day, only
from detente.forecasting.past import Past
from detente.forecasting.precedents import Deed
from detente.forecasting.reasons import strongest
from detente.forecasting.recurrency import Recurrency
from detente.forecasting.rules import Rules
from detente.forecasting.scoring import Floats
from detente.forecasting.shelf import Question, row, stored
from detente.ledger import Ledger
from detente.records import EventType
from detente.relations.exposure import DataSets

_QUESTION: Final = Question("which", 1)
_SINCE: Final = 730
"""Days before which nothing is looked at."""
_LATE: Final = 30
"""What was told so many days after it was done, or later, is old news."""
_FITTED: Final = 50
"""The last days with events, on which trees are grown: …"""
_ASKED: Final = 200
"""… of each so many questions, at most."""
_FEWEST_DAYS: Final = 100
_FEWEST_EVENTS: Final = 1000
_REASONS: Final = 6
_CASES: Final = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """What a feature adds to a candidate's score."""

    feature: str
    value: float | None
    adds: float


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for a candidate: the score is `start`, what each reason adds, and the `rest`.

    `cases` are the last such deeds of the two, or where there were none the last deeds of any type.
    """

    start: float
    reasons: tuple[Moved, ...]
    rest: float
    same: bool
    cases: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party at its place; `base` and `base_place` are those of the recurrency baseline, None where it has none.

    A `score` means nothing but the order; it is None where there is no model.
    """

    party: str
    score: float | None
    base: float | None
    base_place: int | None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Who is likeliest to be the other side of the next deed of a type, as known before `day`, the likeliest first."""

    source: str | None
    target: str | None
    type: EventType
    day: date
    candidates: tuple[Candidate, ...]
    parties: int
    """How many were compared."""
    events: int
    """That the order rests on."""
    datasets: tuple[str, ...]
    model: str | None
    reason: str | None
    """Why there is no model."""
    fitted: dict[str, Any] | None
    """The row of a new model, to be kept in a ledger."""


class Order(msgspec.Struct, frozen=True):
    """A fitted ranking: trees, the rules that were learnt with them, and the baseline's choices."""

    features: tuple[str, ...]
    trees: str
    rules: tuple[tuple[tuple[int, ...], bytes], ...]
    chosen: tuple[tuple[int, int], ...]

    def to_bytes(self) -> bytes:
        """The ranking as bytes, the same for the same one."""
        return zlib.compress(msgspec.msgpack.encode(self), 6)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Order:
        """What `to_bytes` made."""
        return msgspec.msgpack.decode(zlib.decompress(kept), type=cls)

    @property
    def version(self) -> str:
        """What tells it from others."""
        return sha256(msgspec.msgpack.encode(self)).hexdigest()[:16]

    @property
    def learnt(self) -> Rules:
        """The rules."""
        return Rules(*(np.frombuffer(data, np.float32).reshape(shape).copy() for shape, data in self.rules))


def which(
    ledger: Ledger,
    *,
    source: str | None = None,
    target: str | None = None,
    type: str,
    as_of: str | None = None,
    datasets: Sequence[str] = (),
    most: int = 10,
    why: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Ranked:
    """To whom `source` is likeliest to do a deed of a type next, or by whom it is done to `target`: the first `most`.

    Known is what was told before the day `as_of`, or until the last day on which anything was read. Nothing is written;
    `Ranked.fitted` is to be kept. Without enough history for a model the baseline alone gives the order. Raises
    `InputError` where a name means nobody or several, a type is none, both or neither side are given, or nothing is
    known.
    """
    if (source is None) == (target is None):
        raise InputError("the question", "has one open side; give a source or a target")
    kind = type.upper()
    if kind not in TYPES:
        raise InputError(type, f"is no type of PLOVER's; take one of {', '.join(TYPES)}")
    code = TYPES.index(kind)
    chosen = DataSets.of(datasets)
    with ledger.at_once():
        party = only(ledger, source or target or "")
        past = gathering.Past(ledger, chosen, first_day(ledger, chosen, as_of))
        history = told(past)
        if party not in history.entities:
            raise InputError(party, f"is not known to have dealt with anybody in the two years before {past.before}")
        actor, time = history.entities.index(party), past.before.toordinal()
        relation = code if source is not None else code + len(TYPES)
        order, fitted, reason = _order(past, history, time, progress)
        baseline = Recurrency(history)
        if order is not None:
            baseline.chosen = np.array(order.chosen, np.int64)
        others, base = _apart(*baseline.ask(actor, relation, time), actor)
        places = {int(other): place for place, other in enumerate(others[np.argsort(-base, kind="stable")], 1)}
        scored = dict(zip(others.tolist(), base.tolist(), strict=True))
        compared, scores, parts = others, base, None
        if order is not None:
            ranker = Ranker(Booster(model_str=order.trees))
            pass_ = Past(history, step=1, rules=order.learnt)
            pass_.advance(time)
            table = pass_.ask(np.array([[actor, relation]], np.int32), time)
            compared, scores = _apart(table.candidates, ranker.scores(table), actor)
            features = table.features[table.candidates != actor]
        first = np.argsort(-scores, kind="stable")[:most]
        if order is not None and why:
            parts = ranker.contributions(features[first])
        found = []
        for n, at in enumerate(first.tolist()):
            other = int(compared[at])
            whom = history.entities[other]
            speaks = None
            if parts is not None:
                sides = (party, whom) if source is not None else (whom, party)
                speaks = _why(past, features[at], parts[n], sides, TYPES[code])
            score = None if order is None else float(scores[at])
            found.append(Candidate(whom, score, scored.get(other), places.get(other), speaks))
    return Ranked(
        source=party if source is not None else None,
        target=party if target is not None else None,
        type=TYPES[code],
        day=past.before,
        candidates=tuple(found),
        parties=len(compared),
        events=len(history),
        datasets=chosen.names,
        model=None if order is None else order.version,
        reason=reason,
        fitted=fitted,
    )


def told(past: gathering.Past) -> History:
    """The deeds of one party to another that were told before the day, each on the day on which it was told."""
    deeds = past.dealings()
    kept = (deeds.targets >= 0) & (deeds.known - deeds.days < _LATE)
    kept &= deeds.known >= past.before.toordinal() - _SINCE
    columns = (deeds.sources, deeds.types, deeds.targets, deeds.known)
    return History.of(np.stack([column[kept] for column in columns], axis=1), deeds.parties, TYPES)


def fit(history: History, time: int) -> Order:
    """Grow trees on the last days of a history, all before `time`; this takes from seconds to minutes."""
    start = int(np.unique(history.times)[-_FITTED:][0])
    past = Past(history, step=1)
    ranker = Ranker.fit(lessons(past, history, start, time, most=_ASKED))
    past.advance(time)
    baseline = Recurrency(history)
    baseline.choose(start, time)
    return Order(
        features=NAMES,
        trees=ranker.booster.model_to_string(),
        rules=tuple((table.shape, table.tobytes()) for table in past.rules),
        chosen=tuple((int(fading), int(weight)) for fading, weight in baseline.chosen),
    )


def _order(
    past: gathering.Past, history: History, time: int, progress: Callable[[str], None] | None
) -> tuple[Order | None, dict[str, Any] | None, str | None]:
    """The ledger's model where one fits the day, else a new one; None, with the reason, for too little history."""
    for kept in stored(past, _QUESTION):
        with suppress(msgspec.ValidationError):
            if (order := Order.from_bytes(kept)).features == NAMES:
                return order, None, None
    days = len(np.unique(history.times))
    if days < _FEWEST_DAYS or len(history) < _FEWEST_EVENTS:
        wanted = f"{_FEWEST_EVENTS} on {_FEWEST_DAYS} are needed for a model"
        return None, None, f"{len(history)} deeds on {days} days, and {wanted}"
    if progress is not None:
        progress("fitting a model of who is next, which is kept for later questions …")
    order = fit(history, time)
    return order, row(past, _QUESTION, order.version, order.to_bytes()), None


def _apart(others: Ints, scores: Floats, actor: int) -> tuple[Ints, Floats]:
    """Candidates without the party itself, which is done nothing by itself."""
    kept = others != actor
    return others[kept], scores[kept]


def _why(past: gathering.Past, features: Floats, parts: Floats, sides: tuple[str, str], kind: EventType) -> Why:
    places, rest = strongest(parts, _REASONS)
    reasons = tuple(
        Moved(NAMES[n], None if np.isnan(features[n]) else float(features[n]), float(parts[n])) for n in places
    )
    span = [past.before - timedelta(days=back) for back in range(1, _SINCE + 1)]
    cases = past.deeds_on(*sides, span, [kind])
    last = cases or past.deeds_on(*sides, span, [*TYPES])
    return Why(
        start=float(parts[-1]),
        reasons=reasons,
        rest=rest,
        same=bool(cases),
        cases=tuple(Deed(**one) for one in last[-_CASES:][::-1]),
    )
