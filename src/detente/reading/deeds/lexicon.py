"""The lexicon of events: which words report which event, and where their grammar puts the parties.

data/events.csv holds the entries, data/noun-classes.csv the classes of nouns that entries and scope refer to as
"@name". Everything is indexed by lemma, so that a text costs one look-up for each of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, cast

from detente import plover
from detente.reading.tables import Row, rows
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS: Final = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}

_MISREAD: Final = {"retook": "retake", "overthrew": "overthrow", "forwent": "forgo"}
"""Past tenses that spaCy takes for lemmas."""

_FORMS: Final = {"bases": "base"}
"""What spaCy takes for the plural of another word: "basis"."""

_SILENT_E: Final = frozenset({"hop", "stag", "wag", "fin", "rap", "spar"})
"""What spaCy makes of "hoped", "staged", "waged", "fined", "raped" and "spared"."""

ACTOR: Final = "!"
"""The value of a need that any actor meets."""
STATE: Final = "!state"
"""The value of a need that a state meets, and who acts for one: its government, its forces, its officials."""
COUNTRY: Final = "!country"
"""The value of a need that only a state itself meets."""
UNION: Final = "!union"
"""The value of a need that an organisation of states meets: "pull out of NATO"."""
PERSON: Final = "!person"
"""The value of a need that any noun for people meets, actor or not: "followers of Machar"."""
NAME: Final = "!name"
"""The value of a need that any proper name meets: of somebody, or of a place."""


@dataclass(frozen=True)
class Need:
    """One condition of an entry: what stands under `key` is (or, with `denied`, is not) one of `values`."""

    key: str
    values: frozenset[str]
    denied: bool


@dataclass(frozen=True)
class Entry:
    """One sense of a word. `type` None is a sense that is no event."""

    type: EventType | None
    mode: str | None
    part: Literal["v", "n", "a"]
    particle: str | None
    needs: tuple[Need, ...]
    source: tuple[tuple[str, ...], ...]
    """Alternatives, each the roles to be joined: (("subj", "with"), ("by",))."""
    target: tuple[tuple[str, ...], ...]
    row: Row = field(compare=False)
    """The row that says so, with the word that it was found by."""


def entries(token: Token) -> tuple[Entry, ...]:
    """The senses of `token`, those that ask for most first; none for most words."""
    part = _PARTS.get(token.pos_)
    if part is not None:
        return _index().get((lemma(token), part), ())
    if token.pos_ != "PROPN" or (token.ent_type_ and not token.is_lower):
        return ()
    # a capital at the head of a sentence or in a headline, or what the parse takes for one ("last month's march")
    name = token.lower_
    return _index().get((name, "n")) or _index().get((name.removesuffix("s"), "n"), ())


def is_hostile(token: Token) -> bool:
    """Whether a word can tell a deed of material conflict."""
    senses = entries(token)
    return any(sense.type is not None and plover.quad(sense.type) == "material_conflict" for sense in senses)


def is_done_to(noun: Token) -> bool:
    """Whether a noun tells a deed that is done to what follows "of": "the arrest of", not "the visit of"."""
    name = lemma(noun)
    return name in nouns("done-to") or name in _done_to()


@cache
def _done_to() -> frozenset[str]:
    """The nouns of material deeds whose rows have the target after "of", and none of whose rows has the doer there."""
    to, by = set[str](), set[str]()
    for (name, part), senses in _index().items():
        for sense in senses if part == "n" else ():
            if any("of" in alternative for alternative in sense.source):
                by.add(name)
            if sense.type is not None and plover.quad(sense.type).startswith("material"):
                to |= {name} if any("of" in alternative for alternative in sense.target) else set()
    return frozenset(to - by)


def lemma(token: Token) -> str:
    """The lemma in lower case; of a hyphenated noun or verb the whole of it ("cease-fire") where a table knows it."""
    own = _corrected(token.lemma_, token.lower_)
    if own in _last_parts() and token.i >= 2 and token.nbor(-1).text == "-":
        whole = f"{token.nbor(-2).lower_}-{own}"
        if whole in _hyphenated():
            return whole
    if own == "wound" and token.lower_ == own and any(c.lower_ == "up" and c.dep_ == "prt" for c in token.children):
        return "wind"  # "wound up a visit"
    return own


@lru_cache(maxsize=20_000)
def _corrected(lemma: str, form: str) -> str:
    """spaCy's lemma in lower case, without its mistakes about a silent e."""
    own = lemma.lower()
    own = _FORMS.get(form) or _MISREAD.get(own, own)
    if own in _SILENT_E and form.startswith((own + "e", own + "ing")):
        return own + "e"
    return own


@cache
def nouns(name: str) -> frozenset[str]:
    """The lemmas of a class of nouns. Raises `KeyError` where there is no such class."""
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {row["name"]: frozenset(row["words"].split()) for row in table("noun-classes.csv")}


def expand(values: str) -> frozenset[str]:
    """What "truce/@aid" stands for: the words themselves and those of the classes."""
    found: set[str] = set()
    for value in values.split("/"):
        if value.startswith("@"):
            found |= nouns(value[1:])
        elif value:
            found.add(value)
    return frozenset(found)


def table(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table, as what stands in their columns."""
    return (row.cells for row in rows(name))


@cache
def _index() -> dict[tuple[str, str], tuple[Entry, ...]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for row in rows("events.csv"):
        for word in row.cells["words"].split():
            head, _, particle = word.partition("_")
            found.setdefault((head, row.cells["part"]), []).append(_entry(replace(row, word=word), particle or None))
    return {
        key: tuple(sorted(senses, key=lambda entry: (-_weight(entry), entry.type is not None)))
        for key, senses in found.items()
    }


def _weight(entry: Entry) -> int:
    """How much an entry asks for: a need that names words asks for more, one that is denied for nothing."""
    return 2 * (entry.particle is not None) + sum(0 if need.denied else 2 if need.values else 1 for need in entry.needs)


def _entry(found: Row, particle: str | None) -> Entry:
    row = found.cells
    event_type = None if row["type"] == "-" else cast(EventType, row["type"])
    mode = row["mode"] or None
    if event_type is not None and mode is not None and mode not in plover.TYPES[event_type].modes:
        raise ValueError(f"events.csv: {row['words']}: {event_type} has no mode {mode}")
    default = "subj" if row["part"] != "n" else ""
    return Entry(
        type=event_type,
        mode=mode,
        part=cast(Literal["v", "n", "a"], row["part"]),
        particle=particle,
        needs=tuple(_need(term) for term in row["needs"].split()),
        source=_roles(row["source"] or default),
        target=_roles(row["target"] or ("obj" if row["part"] == "v" and not row["source"] else "")),
        row=found,
    )


@lru_cache(maxsize=2_000)
def _need(term: str) -> Need:
    denied = term.startswith("-")
    key, _, values = term.removeprefix("-").partition("=")
    return Need(key, expand(values), denied)


@lru_cache(maxsize=500)
def _roles(spec: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(alternative.split("+")) for alternative in spec.split())


@cache
def _hyphenated() -> frozenset[str]:
    return frozenset(lemma for lemma, _ in _index() if "-" in lemma)


@cache
def _last_parts() -> frozenset[str]:
    return frozenset(lemma.rsplit("-", 1)[1] for lemma in _hyphenated())
