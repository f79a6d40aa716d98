"""A table for an issue out of a ledger: who stands where, by which statements, and how much of what it says is on it.

It is where an analyst begins. Every number was counted and is marked as a proxy; capability, of which texts tell
nothing, stays empty.

**Position** is the mean of the points that an actor's statements stand for (`stances`): 0 against, 50 on condition, not
yet or undecided, 75 not opposed, 100 for. A statement weighs half for each month that it is older than the actor's
latest, twice where it is made in the name of the whole (by the state, its government, its head or a spokesman) and not
by one member, and half where its words take a side without stating a position. **Its standard deviation** is that of
these points together with what the words leave open: 10 points, 20 where they state no position. No member's word
makes one older that is said in the name of the whole. **Salience** is the
share of an actor's statements in the ledger that concern the issue, with the standard deviation of the posterior of a
share under a uniform prior. A near copy of a text is not heard twice.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente import days
from detente.bargaining.formats import yaml
from detente.bargaining.issue import Actor, Dimension, Ground, Issue, Scale
from detente.bargaining.stances import AGAINST, FOR, MIDDLE, UNOPPOSED, Hearing, Stance
from detente.bargaining.subject import Subject
from detente.errors import InputError
from detente.ledger import Ledger, changes
from detente.relations import parties
from detente.world.registry import registry

DIMENSION: Final = "stance"
SCALE: Final = Scale(
    AGAINST,
    FOR,
    ((AGAINST, "against"), (MIDDLE, "on condition, not yet, or undecided"), (UNOPPOSED, "not opposed"), (FOR, "for")),
)

_HALF_LIFE: Final = 30.0
"""Days after which a word weighs half beside a later one."""
_WHOLE: Final = 2.0
_SOFT: Final = 0.5
_OPEN: Final = 10.0
_OPEN_SOFT: Final = 20.0
"""Points that words leave open: those of a position, and those that only take a side."""

_MOST_GROUNDS: Final = 12
"""Statements that are kept with a cell; the latest, beside those of who dissents."""
_MOST_SILENT: Final = 20
_DOCUMENTS_AT_ONCE: Final = 256
_NEAREST: Final = 5


@dataclass(frozen=True)
class Dissent:
    """A member of a row who stands on the other side than the row."""

    row: str
    ground: Ground


@dataclass(frozen=True)
class Draft:
    """A table made of a ledger, and what it leaves open."""

    issue: Issue
    documents: int
    """How many hold the issue."""
    until: str | None
    """The latest day of publication among them."""
    dissent: tuple[Dissent, ...]
    silent: tuple[str, ...]
    """Who is mentioned with the issue, and of whom no position is known; most often mentioned first."""
    supposed: tuple[str, ...]
    """Of which officials no text says for whom they speak, with whom they were taken to."""

    def told(self) -> Iterator[str]:
        """What was found and what was not, a line each."""
        yield f"{len(self.issue.actors)} actors placed by {_documents(self.documents)}; capability is left to you"
        if self.dissent:
            yield f"dissent: {', '.join(f'{one.ground.speaker} in {one.row}' for one in self.dissent)}"
        if self.silent:
            yield f"mentioned, no position found: {', '.join(self.silent)}"

    def text(self, origin: str) -> str:
        """The draft as a YAML file with remarks; `origin` says what it was made of."""
        return yaml.text(self.issue, [*self._remarks(origin)])

    def _remarks(self, origin: str) -> Iterator[str]:
        until = f" published up to {self.until}" if self.until else ""
        yield f"Drafted from {origin}, in which {_documents(self.documents)}{until} hold the issue."
        yield "What `proxies` names was counted, not estimated: position from the statements below it, salience as"
        yield "the share of an actor's statements that concern the issue. Change what you know better."
        yield "Capability is empty: no text tells it. Fill it in for all actors, in one unit."
        for one in self.dissent:
            yield f"Dissent in {one.row}: {one.ground.speaker} at {one.ground.position:g}, {_told(one.ground)}"
        for line in self.supposed:
            yield f"Supposed to speak for: {line}"
        if self.silent:
            yield f"Mentioned, no position found: {', '.join(self.silent)}"


def draft(ledger: Ledger, title: str, *, as_of: str | None = None) -> Draft:
    """The table of an issue by what a ledger holds, up to the day `as_of`.

    Raises `IssueError` where the title says nothing that can be looked for, `InputError` where the ledger is empty or
    fewer than two actors take a position, and `ValueError` where `as_of` is no date.
    """
    subject = Subject.of(title)
    heard = _Heard(ledger, subject, as_of)
    rows = sorted(heard.rows().items(), key=lambda row: (-_mean(row[1])[0], heard.names[row[0]]))
    if len(rows) < 2:
        only = f"only {heard.names[rows[0][0]]}" if rows else "nobody"
        by = f" by {as_of}" if as_of is not None else ""
        raise InputError(title, f"{only} in {ledger.path} takes a position on it{by}{_nearest(ledger, subject)}")
    names = _told_apart([(party, heard.names[party]) for party, _ in rows])
    shape = (len(rows), 1)
    about, spoken = heard.spoken([party for party, _ in rows])
    position, spread = (np.array(column).reshape(shape) for column in zip(*(_mean(s) for _, s in rows), strict=True))
    shares = [_share(about[party], spoken[party]) for party, _ in rows]
    salience, doubt = (np.array(column).reshape(shape) for column in zip(*shares, strict=True))
    for array in (position, spread, salience, doubt):
        array.setflags(write=False)
    grounds = {(i, 0): tuple(map(_ground, _kept(stances))) for i, (_, stances) in enumerate(rows)}
    issue = Issue(
        name=title,
        title=title,
        actors=tuple(Actor(name, name) for name in names),
        dimensions=(Dimension(DIMENSION, title, SCALE),),
        position=position,
        salience=salience,
        capability=np.ones(shape),
        resolve=np.full(shape, np.nan),
        veto=np.zeros(shape, np.bool_),
        position_sd=spread,
        salience_sd=doubt,
        capability_sd=np.zeros(shape),
        capability_stated=False,
        proxies={at: frozenset({"position", "salience", "position_sd", "salience_sd"}) for at in grounds},
        grounds=grounds,
    )
    dissent = [
        Dissent(name, _ground(one))
        for name, (_, stances) in zip(names, rows, strict=True)
        for one in _dissenting(stances)
    ]
    placed = {party for party, _ in rows}
    silent = [heard.names[party] for party, _ in heard.mentioned.most_common() if party not in placed]
    return Draft(
        issue, heard.documents, heard.until, tuple(dissent), tuple(silent[:_MOST_SILENT]), tuple(sorted(heard.supposed))
    )


class _Heard:
    """What the documents of a ledger that hold the subject say on it."""

    def __init__(self, ledger: Ledger, subject: Subject, as_of: str | None) -> None:
        self._ledger = ledger
        self._until = days.checked(as_of) if as_of is not None else None
        self.names: dict[str, str] = {}
        self.documents = 0
        self.until: str | None = None
        self.mentioned: Counter[str] = Counter()
        self.supposed: set[str] = set()
        self._stances: dict[str, list[Stance]] = defaultdict(list)
        self._utterances: dict[str, dict[str, bool]] = defaultdict(dict)
        """By party, what it has said in these documents, and whether it concerns the subject."""
        self._read: list[str] = []
        ids = [row["id"] for row in ledger.sql(*self._candidates(subject))]
        if not ids and not any(True for _ in ledger.sql("SELECT id FROM documents LIMIT 1")):
            raise InputError(str(ledger.path), "holds no documents; detente read PATH --ledger FILE fills it")
        for start in range(0, len(ids), _DOCUMENTS_AT_ONCE):
            for reading in ledger.readings_of(ids[start : start + _DOCUMENTS_AT_ONCE]):
                if subject.is_in(reading):
                    self._hear(Hearing(reading, subject))

    def rows(self) -> Mapping[str, list[Stance]]:
        """The stances of each party that has a name, the latest first."""
        return {
            party: sorted(stances, key=lambda one: (one.day or "", one.record), reverse=True)
            for party, stances in self._stances.items()
            if party in self.names
        }

    def spoken(self, rows: Sequence[str]) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """How many statements of each party concern the subject, and how many there are in all."""
        grounds = {party: {one.utterance for one in self._stances[party]} for party in rows}
        about = {
            party: len(grounds[party] | {id for id, concerns in self._utterances[party].items() if concerns})
            for party in rows
        }
        spoken = {party: len(grounds[party] | self._utterances[party].keys()) for party in rows}
        query = """
            WITH sides AS (
                SELECT one.document, one.id, coalesce(three.acts_for, two.acts_for, one.acts_for, one.id) AS party
                FROM actors AS one
                LEFT JOIN actors AS two ON two.document = one.document AND two.id = one.acts_for
                LEFT JOIN actors AS three ON three.document = one.document AND three.id = two.acts_for
            )
            SELECT own.party, count(*) AS statements
            FROM statements
            JOIN documents ON documents.id = statements.document
            JOIN sides AS own ON own.document = statements.document AND own.id = statements.source.actor
            LEFT JOIN statements AS around ON around.document = statements.document AND around.id = statements.within
            LEFT JOIN sides AS other ON other.document = around.document AND other.id = around.source.actor
            WHERE statements.status = 'actual' AND own.party IS DISTINCT FROM other.party
                AND own.party IN (SELECT unnest($rows))
                AND statements.document NOT IN (SELECT unnest($read))
                AND statements.document NOT IN (SELECT document FROM copies)
                AND ($until IS NULL OR latest(documents.published) <= latest($until))
            GROUP BY own.party
        """
        elsewhere = self._ledger.sql(query, {"rows": [*rows], "read": self._read, "until": self._until})
        for row in elsewhere:
            spoken[row["party"]] += row["statements"]
        return about, spoken

    def _candidates(self, subject: Subject) -> tuple[str, Mapping[str, object]]:
        """The query for the documents in which the subject may be, and its parameters."""
        words = "|".join(map(re.escape, sorted(subject.spellings)))
        parties = [anchor for anchor in sorted(subject.anchors) if not anchor.startswith(("place:", "name:"))]
        query = """
            SELECT id FROM documents
            WHERE regexp_matches(lower(text), $words)
                AND id NOT IN (SELECT document FROM copies)
                AND ($until IS NULL OR latest(published) <= latest($until))
                AND id IN (
                    SELECT document FROM (
                        SELECT document, unnest([actors.id, acts_for]) AS party FROM actors
                        UNION ALL SELECT id, '' FROM documents
                    )
                    WHERE party IN (SELECT unnest($parties))
                    GROUP BY document HAVING count(DISTINCT party) = len($parties)
                )
            ORDER BY published NULLS FIRST, id
        """
        return query, {"words": rf"\b(?:{words})", "parties": ["", *parties], "until": self._until}

    def _hear(self, hearing: Hearing) -> None:
        document = hearing.reading.document
        self.documents += 1
        self.until = max(filter(None, (self.until, document.published)), default=None)
        self._read.append(document.id)
        for actor in hearing.reading.actors:
            if hearing.sides.of(actor.id) == actor.id and changes.is_named(actor):
                known = actor.id in registry().by_id or actor.id in registry().states
                self.names[actor.id] = parties.called(actor.id) if known else actor.name
        stances = [*hearing.stances()]
        for official, state in hearing.sides.supposed.items():
            self.names.setdefault(state, parties.called(state))
            if official.startswith("person:") and any(stance.holder == official for stance in stances):
                self.supposed.add(f"{parties.called(state)}: {hearing.name(official)} ({document.id})")
        for stance in stances:
            if stance.party in registry().states:
                self.names.setdefault(stance.party, parties.called(stance.party))
            self._stances[stance.party].append(stance)
        for party, utterance, concerns in hearing.utterances():
            self._utterances[party][utterance] = concerns
        self.mentioned.update(party for party in set(hearing.mentioned()) if party in self.names)


def _mean(stances: Sequence[Stance]) -> tuple[float, float]:
    """The point for which stances stand together, and how far it may be off, in whole points."""
    latest, latest_whole = _latest(stances), _latest([one for one in stances if one.whole])
    weights = np.array([_weight(one, latest_whole if one.whole else latest) for one in stances])
    points = np.array([one.point for one in stances])
    open_ = np.array([_OPEN_SOFT if one.soft else _OPEN for one in stances])
    mean = float(np.average(points, weights=weights))
    spread = float(np.average((points - mean) ** 2 + open_**2, weights=weights))
    return float(round(mean)), float(round(math.sqrt(spread)))


def _latest(stances: Sequence[Stance]) -> str | None:
    return max((days.latest(one.day) for one in stances if one.day), default=None)


def _weight(stance: Stance, latest: str | None) -> float:
    """What a stance weighs beside the latest of its party; one without a date as one of a month before."""
    age = _HALF_LIFE
    if stance.day and latest:
        age = max(0, days.between(stance.day, latest))
    return float(0.5 ** (age / _HALF_LIFE)) * (_WHOLE if stance.whole else 1.0) * (_SOFT if stance.soft else 1.0)


def _share(about: int, spoken: int) -> tuple[float, float]:
    """A share, and the standard deviation of what it may be of more statements, in hundredths."""
    expected = (about + 1) / (spoken + 2)
    return round(about / spoken, 2) or 0.01, round(math.sqrt(expected * (1 - expected) / (spoken + 3)), 2)


def _dissenting(stances: Sequence[Stance]) -> Iterator[Stance]:
    """The latest word of each member who stands on the other side than his row.

    What all on the row's side said later than he is a change of mind, and no dissent.
    """
    side = _mean(stances)[0] - MIDDLE
    begun = min((one.day or "" for one in stances if (one.point - MIDDLE) * side > 0), default="")
    heard: set[str] = set()
    for one in stances:
        if one.holder not in heard and not one.whole:
            heard.add(one.holder)
            if (one.point - MIDDLE) * side < 0 and begun <= (one.day or "9"):
                yield one


def _kept(stances: Sequence[Stance]) -> Iterable[Stance]:
    """The stances that are shown with a cell."""
    dissenting = [*_dissenting(stances)]
    return [*stances[:_MOST_GROUNDS], *(one for one in stances[_MOST_GROUNDS:] if one in dissenting)]


def _ground(stance: Stance) -> Ground:
    return Ground(
        statement=stance.record,
        speaker=stance.speaker,
        date=stance.day,
        source=stance.source,
        url=stance.url,
        sentence=stance.sentence,
        position=stance.point,
    )


def _told(ground: Ground) -> str:
    return f"{ground.date or 'undated'}: {ground.sentence} ({ground.statement})"


def _documents(count: int) -> str:
    return f"{count} document{'s' if count != 1 else ''}"


def _told_apart(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Names, those that several have with the id behind them."""
    known = Counter(name for _, name in rows)
    return [name if known[name] == 1 else f"{name} ({party})" for party, name in rows]


def _nearest(ledger: Ledger, subject: Subject) -> str:
    """The topics of a ledger that have most in common with a subject, as the rest of a sentence."""
    found: dict[str, float] = {}
    for row in ledger.list("topics"):
        if row["topic"] is not None and row["topic"] not in found:
            found[row["topic"]] = subject.likeness(row["topic"])
    near = sorted((topic for topic in found if found[topic] > 0), key=lambda topic: -found[topic])[:_NEAREST]
    if near:
        return f"; topics near it: {'; '.join(near)}"
    return "; detente list topics shows what there is" if found else "; it holds no positions at all"
