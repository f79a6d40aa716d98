"""The verbs of a brief: how acts, events, holdings and positions are told, the same for all parties.

How events are told stands in data/events.csv, which can be corrected without Python.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from detente.records import Act, EventType, HoldingKind, PositionAct, Status

# How an act is told, and what stands before the person it is addressed to.
ACTS: Final[Mapping[Act, tuple[str, str]]] = {
    "state": ("said", "to"),
    "claim": ("asserted", "to"),
    "accuse": ("accused", ""),
    "deny": ("denied", "to"),
    "promise": ("promised", ""),
    "offer": ("offered", "to"),
    "demand": ("demanded", "of"),
    "request": ("requested", "of"),
    "threaten": ("threatened", ""),
    "warn": ("warned", ""),
    "praise": ("praised or supported", ""),
    "condemn": ("criticised", ""),
    "predict": ("predicted", "to"),
    "agree": ("agreed", "with"),
    "refuse": ("refused or opposed", "towards"),
    "ask": ("asked", ""),
}
PLAIN_CUES: Final = frozenset(
    "according say says said saying tell tells told telling state states stated stating".split()
)
"""Words for saying that tell nothing beyond it; others are the text's choice, and are quoted."""

# The same where nobody is named.
HEARD: Final[Mapping[Act, tuple[str, str]]] = {
    "state": ("it is said", "to"),
    "claim": ("it is asserted", "to"),
    "accuse": ("an accusation is made", "against"),
    "deny": ("it is denied", "to"),
    "promise": ("it is promised", "to"),
    "offer": ("it is offered", "to"),
    "demand": ("it is demanded", "of"),
    "request": ("it is requested", "of"),
    "threaten": ("a threat is made", "against"),
    "warn": ("a warning is given", "to"),
    "praise": ("praise is given", "to"),
    "condemn": ("criticism is made", "of"),
    "predict": ("it is predicted", "to"),
    "agree": ("it is agreed", "with"),
    "refuse": ("it is refused", "to"),
    "ask": ("it is asked", "of"),
}
STANDS: Final[Mapping[PositionAct, tuple[str, str]]] = {
    "demand": ("demanded", "of"),
    "offer": ("offered", "to"),
    "promise": ("promised", "to"),
    "refuse": ("refused", "towards"),
    "support": ("supported", "in relation to"),
    "oppose": ("opposed", "in relation to"),
    "condition": ("set conditions", "for"),
}
HEADINGS: Final[Mapping[Status, str]] = {
    "alleged": "Alleged",
    "denied": "Denied",
    "demanded": "Demanded",
    "offered": "Offered",
    "promised": "Promised",
    "planned": "Planned",
    "threatened": "Threatened",
    "negated": "Refused, ruled out or not done",
}
"""The headings of what is only claimed, in the order in which they are shown."""

OPEN: Final[frozenset[Status]] = frozenset({"conditional", "hypothetical"})
"""Statuses that make an open question."""

# After "a plan …" and the like: what is told of whose.
UNREAL: Final[Mapping[Status, str]] = {
    "planned": "a plan",
    "promised": "a promise",
    "offered": "an offer",
    "demanded": "a demand",
    "threatened": "a threat",
    "conditional": "a condition",
    "hypothetical": "a possibility",
}


# How a report's status is told beside the other status that a line has; the rest is "told as … by".
REPORTED: Final[Mapping[Status, str]] = {
    "actual": "stated as fact by {by}",
    "negated": "said by {by} not to have happened",
    "alleged": "alleged according to {by}",
    "denied": "denied according to {by}",
}


class Hold(NamedTuple):
    """How a kind of holding is told; `perfect` is what has been so since a date."""

    one: str
    many: str
    base: str
    past: str
    perfect: str


HOLDS: Final[Mapping[HoldingKind, Hold]] = {
    "controls": Hold("controls", "control", "control", "controlled", "controlled"),
    "occupies": Hold("occupies", "occupy", "occupy", "occupied", "occupied"),
    "administers": Hold("administers", "administer", "administer", "administered", "administered"),
    "claims": Hold("claims", "claim", "claim", "claimed", "claimed"),
    "contests": Hold(
        "contests control of",
        "contest control of",
        "contest control of",
        "contested control of",
        "contested control of",
    ),
    "presence": Hold("is present in", "are present in", "be present in", "was present in", "been present in"),
    "lost": Hold("lost", "lost", "have lost", "lost", "lost"),
}
INTENTIONS: Final[Mapping[Status, str]] = {"promised": "promised", "offered": "offered", "threatened": "threatened"}


class Label(NamedTuple):
    """How some of a type's events are told (data/events.csv)."""

    words: tuple[str, ...]
    past: str
    base: str
    gerund: str
    link: str


@lru_cache(maxsize=4096)
def labels(event_type: EventType, mode: str | None, trigger: str = "") -> Label:
    """How an event is told: by the word of the text that tells it, by its mode, or by its type.

    A type's rows count where its mode has none of its own.
    """
    table = label_table()
    rows = table.get((event_type, mode or "")) or table[event_type, ""]
    told = re.findall(r"[\w-]+", trigger.lower())
    return next(row for row in rows if not row.words or any(word.startswith(row.words) for word in told))


@cache
def label_table() -> Mapping[tuple[str, str], list[Label]]:
    """The rows of data/events.csv by type and mode, in their order."""
    lines = (resources.files("detente.brief") / "data/events.csv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, str], list[Label]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        label = Label(tuple(row["words"].split()), row["past"], row["base"], row["gerund"], row["link"])
        found.setdefault((row["type"], row["mode"]), []).append(label)
    return found
