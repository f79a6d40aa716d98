"""Who stands in which role of a deed: the sources and targets that its words give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, owners, standing, subjects
from detente.reading.deeds.standing import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_OFFERING: Final = frozenset({"offer", "promise", "pledge", "vow", "swear", "volunteer"})
"""Verbs whose object may be what is offered as well as to whom."""

_HONOURS: Final = frozenset({"election", "appointment", "nomination"})
"""What is done to somebody for his good: who welcomes it is for him."""
_REPROACHES: Final = frozenset({"ACCUSE", "PROTEST"})
_REPROACHED: Final = frozenset({"obj", "of", "about", "to", "at", "against", "over", "for", "with", "into"})
"""Roles of what a reproach is about: somebody, or something of which it matters who did it."""

_SUFFERED: Final = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "THREATEN", "PROTEST"})
"""Types that one can be under."""


class Party(str):
    """An actor's id that knows what put it in its role. A string like any other: only who explains has to know.

    `token` is the word that stands in the role, None where none does; `role` its name as in data/events.csv, or what
    else it is; `deed` the word whose grammar asked for it.
    """

    __slots__ = ("deed", "role", "token")

    token: Token | None
    role: str
    deed: Token

    def __new__(cls, actor: str, token: Token | None, role: str, deed: Token) -> Party:
        """The actor called `actor`."""
        self = super().__new__(cls, actor)
        self.token, self.role, self.deed = token, role, deed
        return self


@dataclass(frozen=True)
class Parties:
    """Actor ids of a deed's two sides."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]


def parties(frame: Frame, cast: Cast) -> Parties:
    """Who did it to whom. No actor stands on both sides; one that could is left with the doers."""
    sources = [a for a in _first(frame, frame.entry.source, cast) if not _is_doer_of_sufferer(a, frame, cast)]
    target = frame.entry.target
    if frame.entry.part == "n" and frame.entry.type in _SUFFERED:
        target = (*target, ("under",))
    suffering = _first(frame, target, cast, without=sources, suffers=True)
    targets = [actor for actor in suffering if actor not in sources]
    return Parties(tuple(sources), tuple(targets))


def _is_doer_of_sufferer(doer: str, frame: Frame, cast: Cast) -> bool:
    """Whether the doer is nobody but somebody of who suffers the deed: "detained by his own guard"."""
    if frame.entry.type not in _SUFFERED or not isinstance(doer, Party) or doer.token is None:
        return False
    if doer in cast.at(doer.token) or not any(c.tag_ == "PRP$" for c in doer.token.children):
        return False
    return any(doer in cast.at(thing) for thing in grammar.undergoers(frame.token))


def _first(
    frame: Frame,
    alternatives: tuple[tuple[str, ...], ...],
    cast: Cast,
    without: Iterable[str] = (),
    *,
    suffers: bool = False,
) -> list[str]:
    """The actors of the first of `alternatives` whose first role names one, not only such as are in `without`.

    Who only suffers the deed may be named by what is theirs: "bases of the guerrillas came under attack".
    """
    excluded = set(without)
    for roles in alternatives:
        found: dict[str, None] = {}
        for name in roles:
            for token in standing.in_role(frame, name, cast):
                if name == "mod" and not suffers and owners.is_ground(token):
                    continue  # "the Iraq invasion", "the Afghanistan pullout"
                if name in {"subj", "light"} and not (suffers and frame.entry.type in _SUFFERED):
                    actors = owners.doer(token, cast)
                elif frame.entry.type == "REQUEST" and name == "obj":
                    actors = owners.asked(token, cast)
                elif name == "obj" and lexicon.lemma(frame.token) in _OFFERING:
                    actors = owners.given_to(token, frame.token, cast)
                elif frame.entry.type == "SUPPORT" and name == "obj" and lexicon.is_done_to(token):
                    # "welcomed the release of two men" is nothing to the men, "welcomed his election" is to him
                    actors = owners.who(token, cast) if lexicon.lemma(token) in _HONOURS else owners.blamed(token, cast)
                elif frame.entry.type in _REPROACHES and name in _REPROACHED:
                    actors = owners.blamed(owners.whole(token) if owners.suffers(token) else token, cast)
                elif frame.entry.type == "REQUEST" and name == "from" and _is_left(token):
                    actors = ()  # "demanded the withdrawal of troops from Mali"
                elif frame.entry.type == "REQUEST" and name == "of" and (thing := owners.whole(token)) != frame.token:
                    # "demanded a state of the Palestinians": theirs is no deed; "the extradition of a banker": nor his
                    actors = owners.who(token, cast) if _is_deed_of(token, thing, cast) else ()
                else:
                    actors = owners.who(token, cast)
                found.update(dict.fromkeys(Party(actor, token, name, frame.token) for actor in actors))
            if not found:
                break
        if set(found) - excluded:
            return list(found)
    if suffers and frame.entry.part == "n" and frame.entry.type in _SUFFERED | {"AID", "RETREAT"}:
        # "the Syria strikes", "the Russia sanctions"
        grounds = [c for c in frame.token.children if owners.is_ground(c)]
        found = {actor: None for mark in grounds for actor in cast.at(mark)}
        if set(found) - excluded:
            return [Party(actor, mark, "mod", frame.token) for mark in grounds for actor in cast.at(mark)]
    return _astray(frame, alternatives, cast)


def _is_left(token: Token) -> bool:
    """Whether what stands under "from" is to be left, and is not who is to give something."""
    things = [owners.whole(token), *grammar.undergoers(owners.whole(token))]
    return any(lexicon.lemma(thing) in lexicon.nouns("leaving") for thing in things)


def _is_deed_of(token: Token, thing: Token, cast: Cast) -> bool:
    """Whether `thing` is a deed or a word of who stands under its "of", and nothing that is done to him."""
    return bool(owners.asked(thing, cast)) and not owners.suffers(token)


def _astray(frame: Frame, alternatives: tuple[tuple[str, ...], ...], cast: Cast) -> list[str]:
    """The actors under a preposition of a frame that the parse has given to a word between."""
    asked = owners.blamed if frame.entry.type in _REPROACHES else owners.who
    for name in ("against", "between"):
        for word in (frame.token, *frame.hosts) if (name,) in alternatives else ():
            found = {actor: token for token in subjects.astray(word, name) for actor in asked(token, cast)}
            if found:
                return [Party(actor, token, name, frame.token) for actor, token in found.items()]
    return []
