"""What actors and places are called in a brief, and how verbs agree with them.

A name is the one thing of the text that stands outside quotation marks. Where it holds a word that takes a side
(data/loaded.txt) it is the text's own name for somebody, and is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from detente.brief.model import Piece, Words
from detente.records import Actor, Reading, Statement

NOBODY: Final = (Piece(text="an unnamed party"),)
THE_TEXT: Final = "the text"

_MOST_NAMES: Final = 5

_ARTICLE: Final = re.compile(
    r"(?:United|Soviet|European|African|Arab)\s(?:\w+\s)*?(?:States|Kingdom|Nations|Emirates|Union|League)$"
    r"|.*\b(?:Islands|Republic|Organi[sz]ation|Council|Congress|Senate|Parliament|Assembly|Ministry|Authority|Agency|Commission|Committee|Court|Party|Army|Front|Bank"
    r"|Strip|Heights|Peninsula|Canal|Sea|Strait|Delta|Valley|Highlands)$"
    r"|(?:\w+\s)*Republic\sof\s"
    r"|(?:Netherlands|Philippines|Maldives|Bahamas|Seychelles|Comoros|Gambia|Vatican|Knesset)$"
)
"""Names of states, organisations and places that take "the"."""

_OF: Final = re.compile(r"\w+(?:\s\w+)*\sof\s", re.ASCII)
_THE: Final = re.compile(r"the\s", re.IGNORECASE)
_MANY: Final = re.compile(r"(?:\w+\s)?(?:forces|troops|soldiers|officials|police)\b", re.IGNORECASE)
_PEOPLE: Final = re.compile(
    r"(?:Western |Senior )?(?:Officials|Diplomats|Ministers|Leaders|Generals|Officers|Commanders|Senators|Lawmakers"
    r"|Envoys|Mediators|Inspectors|Observers|Negotiators|Survivors|Residents|Witnesses|Protesters|Demonstrators|Soldiers|Troops"
    r"|Police|Rebels|Refugees|Experts|Analysts|Powers)"
)
"""Groups that are named by what they are, and written with a small letter though they may begin a sentence."""
_OF_OTHERS: Final = re.compile(r"(?:critic|opponent|enem|foe|supporter|all(?:y|ies)|victim)")
"""Groups that are somebody's in another sense: critics of a state are against it."""
_FORCES: Final = re.compile(r"[A-Z][a-z]+ forces of ")


@dataclass(frozen=True)
class Party:
    """Somebody in a line: their name inside a sentence, whether verbs after it are plural, whether these are people.

    `is_people` holds of persons and groups: "people of Ruritania" are not Ruritania.
    """

    name: Words
    is_many: bool = False
    is_people: bool = False


@dataclass(frozen=True)
class Names:
    """The names in one reading."""

    reading: Reading
    actors: dict[str, Actor]
    statements: dict[str, Statement]

    @classmethod
    def of(cls, reading: Reading) -> Names:
        """The names that a reading gives."""
        return cls(reading, {a.id: a for a in reading.actors}, {s.id: s for s in reading.statements})

    def party(self, actor_id: str) -> Party:
        """An actor, by its id; one that the reading does not describe is called by its id."""
        actor = self.actors.get(actor_id)
        if actor is None:
            return Party((Piece(text=actor_id),))
        name = _called(actor) if actor.kind == "person" else _in_a_sentence(actor)
        return Party((Piece(text=name, quoted=_is_loaded(actor)),), _is_many(actor), actor.kind in {"person", "group"})

    def parties(self, actor_ids: Sequence[str]) -> Party:
        """Several actors as one party: A, B and C."""
        found = [self.party(actor_id) for actor_id in actor_ids]
        if len(found) == 1:
            return found[0]
        people = bool(found) and all(party.is_people for party in found)
        return Party(listed([party.name for party in found]), is_many=bool(found), is_people=people)

    def speaker(self, statement: Statement) -> Party | None:
        """Who said it; None where nobody is named. A source that is no known actor is called by the text's words."""
        if statement.source is None:
            return None
        if statement.source.actor is None:
            return Party((Piece(text=" ".join(statement.source.text.split()), quoted=True),))
        return self.party(statement.source.actor)

    def teller(self, statement_id: str | None) -> Party | None:
        """Who is behind a statement, by its id; None where nobody is named or the newspaper speaks for itself."""
        statement = self.statements.get(statement_id) if statement_id is not None else None
        return self.speaker(statement) if statement is not None else None

    @property
    def outlet(self) -> Party:
        """Who reports what nobody in the text is named for: the outlet, or the text."""
        return Party((Piece(text=_line(self.reading.document.source) or THE_TEXT),))

    def heading(self, actor_id: str) -> Words:
        """An actor as it heads a group, with the country that it belongs to: Vladimir Putin (RUS)."""
        actor = self.actors.get(actor_id)
        if actor is None:
            return (Piece(text=actor_id),)
        country = actor.country if actor.kind == "person" else None
        name = Piece(text=_called(actor), quoted=_is_loaded(actor))
        return (name, Piece(text=f" ({country})")) if country else (name,)

    def sides(self, actor_id: str) -> frozenset[str]:
        """An actor and everybody that it acts for."""
        found: set[str] = set()
        at: str | None = actor_id
        while at is not None and at not in found:
            found.add(at)
            at = self.actors[at].acts_for if at in self.actors else None
        return frozenset(found)


def place(name: str) -> Words:
    """A place's name."""
    known = _line(name) or "an unnamed place"
    is_loaded = _loaded_words().search(known) is not None
    return (Piece(text=f"the {known}" if _ARTICLE.match(known) and not is_loaded else known, quoted=is_loaded),)


def listed(names: Sequence[Words]) -> Words:
    """Names as a list: A, B and C; of many the first ones and how many others; `NOBODY` where there is none."""
    if not names:
        return NOBODY
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], (Piece(text=f"{len(names) - _MOST_NAMES + 1} others"),)]
    found: list[Piece] = [*names[0]]
    for name in names[1:-1]:
        found += [Piece(text=", "), *name]
    return (*found, Piece(text=" and "), *names[-1]) if len(names) > 1 else tuple(found)


def together(parties: Iterable[Party]) -> Party:
    """Different parties as one, each named once."""
    unique = list(dict.fromkeys(parties))
    if len(unique) == 1:
        return unique[0]
    return Party(listed([party.name for party in unique]), is_many=len(unique) > 1)


def _line(name: str | None) -> str:
    return " ".join((name or "").split())


def _made_up(actor: Actor) -> tuple[str, str] | None:
    """Who they are and whose, of a group the name of which the text does not have: "Ruritania officials"."""
    whose, _, who = _line(actor.name).rpartition(" ")
    if actor.kind != "group" or not whose[:1].isupper() or not who.islower() or _OF_OTHERS.match(who):
        return None
    is_written = any(whose.casefold() in mention.text.casefold() for mention in actor.mentions)
    is_noun = any(who in mention.text.lower() for mention in actor.mentions)
    return (who, whose) if is_noun and not is_written else None


def _called(actor: Actor) -> str:
    """An actor's name, with the article of whose it is: "army of the United States"."""
    made_up = _made_up(actor)
    full = f"{made_up[0].capitalize()} of {made_up[1]}" if made_up is not None else _line(actor.name)
    whose, of, name = full.partition(" of ")
    return f"{whose} of the {name}" if of and _ARTICLE.match(name) else f"{whose}{of}{name}"


def _in_a_sentence(actor: Actor) -> str:
    """The name of a state, organisation or group with the article and the small letters of running text."""
    name = _called(actor)
    if _THE.match(name):
        return f"the {name[4:]}"
    first = name.partition(" ")[0].lower()
    is_common = actor.kind != "state" and (
        _FORCES.match(name) is not None
        or _made_up(actor) is not None
        or (actor.kind == "group" and _PEOPLE.fullmatch(name) is not None)
        or any(mention.text.startswith(first) for mention in actor.mentions)
    )
    if is_common:
        name = name[:1].lower() + name[1:]
    is_definite = actor.kind == "organisation" and (is_common or _OF.match(name) is not None)
    return f"the {name}" if is_definite or _ARTICLE.match(name) else name


def _is_many(actor: Actor) -> bool:
    return actor.kind == "group" or (actor.kind == "organisation" and _MANY.match(actor.name) is not None)


def _is_loaded(actor: Actor) -> bool:
    """Whether a name takes a side; a proper name such as "Palestine Liberation Organization" does not."""
    if _loaded_words(any_case=True).search(actor.name) is None:
        return False
    common = _loaded_words()
    return actor.kind == "group" or any(common.search(text) for text in [actor.name, *(m.text for m in actor.mentions)])


@cache
def _loaded_words(any_case: bool = False) -> re.Pattern[str]:
    """A pattern for the words that take a side; without `any_case` for those in small letters, which are no names."""
    return word_list("loaded.txt", re.IGNORECASE if any_case else 0)


def word_list(file: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for the words of a list in data/, each line one, with * for any ending."""
    lines = (resources.files("detente.brief") / "data" / file).read_text(encoding="utf-8").splitlines()
    words = [
        re.escape(line).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+")
        for line in lines
        if line and line[0] != "#"
    ]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", flags)
