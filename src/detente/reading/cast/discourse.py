"""Where and how often each actor has been spoken of: what a reader has in mind on arriving at a pronoun.

Every phrase that stands for actors is a mention, with its sentence, its paragraph, its place in the grammar and whether
it stands in a quotation. How present an actor is follows Lappin & Leass (1994): each sentence gives what the
actor's most prominent mention in it is worth, and what it gives fades with every sentence that follows.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from detente.language import datelines
from detente.language.grammar import VERBS, first_conjunct, surface_subject
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.speakers import Speeches

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEIGHTS: Final = {
    "nsubj": 3.0,
    "nsubjpass": 3.0,
    "agent": 2.0,
    "dobj": 1.7,
    "dative": 1.6,
    "poss": 1.4,
    "pobj": 1.2,
    "amod": 0.4,
}
_OTHERWISE: Final = 0.9
_MAIN: Final = 0.8
"""What a mention gains as the subject of its sentence, or inside that subject: "Putin's ease with him contrasts …"."""
_LATER: Final = 0.2
"""What the second of two coordinated ones has less than the first."""
_QUOTED: Final = 0.6
"""What a mention in somebody's words counts for, outside them."""
_SHARED: Final = 0.5
"""What each of several that are mentioned together gets of it."""
_FADING: Final = 0.55
REACH: Final = 7
"""Sentences after which a mention is forgotten."""
_MEMORY: Final = 500
"""Mentions before a noun among which the actor that it takes up is looked for."""
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A phrase that stands for actors, by the index of its head token."""

    at: int
    actors: tuple[str, ...] = field(compare=False)
    sentence: int = field(compare=False)
    weight: float = field(compare=False)
    quoted: int = field(compare=False)
    """The number of the piece of a quotation that it stands in, or -1."""


class Discourse:
    """The mentions of a text in order, to which resolving adds."""

    def __init__(self, casting: Casting, speeches: Speeches) -> None:
        self.casting = casting
        self.speeches = speeches
        self._sentence = [0] * len(casting.doc)
        self._mentions: list[Mention] = []
        self.named = {a for i in casting.spans if i in casting.taken for a in casting.heads[i]}
        """The actors whom the text names."""
        self._genders: dict[str, list[str]] = {}
        self._noted: dict[str, tuple[int, str]] = {}
        """Where a pronoun last meant an actor, and its gender."""
        self._together: list[tuple[int, tuple[str, ...]]] = []
        self._of: dict[tuple[str, ...], list[Mention]] = {}
        self._dealing: set[tuple[str, ...]] = set()
        self.neutral: set[str] = set()
        """The actors who mediate between others."""
        for number, sentence in enumerate(casting.doc.sents):
            for token in sentence:
                self._sentence[token.i] = number
        for i in sorted(casting.spans):
            if not datelines.is_one(casting.doc[i].sent):
                self.add(casting.doc[i], casting.heads[i])
        for site in casting.sites:  # "in Japan's waters, its minister said": who owns them is in mind
            if not site.actor and site.entry.id in casting.drafts and casting.doc[site.head].dep_ == "poss":
                self.add(casting.doc[site.head], (site.entry.id,))

    def add(self, token: Token, actors: tuple[str, ...]) -> None:
        """Let the phrase headed by `token` be a mention of `actors`, of each and, where they are several, of all."""
        weight, piece = _weight(token), self.speeches.piece_of(token)
        mention = Mention(token.i, actors, self._sentence[token.i], weight, piece)
        insort(self._mentions, mention)
        if len(actors) > 1:
            self._couple(mention)
            mention = replace(mention, weight=weight * _SHARED)
        for actor in actors:
            insort(self._of.setdefault((actor,), []), mention)

    def couple(self, token: Token, actors: tuple[str, ...], share: float = 1.0, *, deal: bool = True) -> None:
        """Let a phrase at `token` be a mention of several actors together, with a share of its weight; `deal` where
        they may deal with each other there."""
        if deal:
            self._dealing.add(tuple(sorted(actors)))
        weight = _weight(token) * share
        self._couple(Mention(token.i, actors, self._sentence[token.i], weight, self.speeches.piece_of(token)))

    def _couple(self, mention: Mention) -> None:
        key = tuple(sorted(mention.actors))
        insort(self._of.setdefault(key, []), mention)
        insort(self._together, (mention.at, key))

    def sentence(self, token: Token) -> int:
        """The number of the sentence that `token` stands in."""
        return self._sentence[token.i]

    def goes_on(self, token: Token, actor: str) -> bool:
        """Whether a quotation is attributed to `token` and the sentence before it has the actor as subject."""
        first = self.speeches.first_of(token)
        if first is None or first.sent.start == 0:
            return False
        before = token.doc[first.sent.start - 1].sent
        subjects = (child for child in before.root.children if child.dep_ in SUBJECTS)
        return any(actor in self.casting.heads.get(subject.i, ()) for subject in subjects)

    def note_gender(self, actor: str, gender: str, token: Token) -> None:
        """Note that a pronoun of a gender has been taken to mean an actor."""
        self._genders.setdefault(actor, []).append(gender)
        self._noted[actor] = (self._sentence[token.i], gender)

    def is_other_here(self, actor: str, gender: str, token: Token) -> bool:
        """Whether the sentence has taken an actor up with a pronoun of the other gender: "his … assured her"."""
        sentence, noted = self._noted.get(actor, (-1, gender))
        return sentence == self._sentence[token.i] and noted != gender

    def gendered(self, actor: str, gender: str) -> float:
        """How sure it is, from -1 to 1, that an actor has a gender: by its names and titles, else by its pronouns."""
        known = self.casting.drafts[actor].gender
        if known is not None:
            return 1.0 if known == gender else -1.0
        noted = self._genders.get(actor, [])
        return 0.5 * (2 * noted.count(gender) - len(noted)) / len(noted) if noted else 0.0

    def sets(self, token: Token) -> list[tuple[str, ...]]:
        """The sets of two actors or more that are in mind at `token` because they have been mentioned together."""
        found: dict[tuple[str, ...], None] = {}
        here = self._sentence[token.i]
        for at in range(bisect_left(self._together, (token.i,)) - 1, -1, -1):
            i, key = self._together[at]
            if here - self._sentence[i] > REACH:
                break
            found[key] = None
        return list(found)

    def all_sets(self, token: Token) -> list[tuple[str, ...]]:
        """The sets of actors mentioned together anywhere before `token`, forgotten ones too."""
        before = self._together[: bisect_left(self._together, (token.i,))]
        return list(dict.fromkeys(key for _, key in before))

    def deals(self, key: tuple[str, ...]) -> bool:
        """Whether the text shows the actors of a set doing more together than commenting on others."""
        return key in self._dealing

    def last(self, key: tuple[str, ...], before: Token) -> Mention | None:
        """The last mention of an actor, or of a set, before a token."""
        mentions = self._of.get(key, [])
        at = bisect_left(mentions, before.i, key=_at)
        return mentions[at - 1] if at else None

    def last_away(self, key: tuple[str, ...], before: Token) -> int:
        """How many sentences before a token an actor, or a set, was last mentioned; a great many where nowhere."""
        last = self.last(key, before)
        return self.sentence(before) - last.sentence if last is not None else len(self._sentence)

    def presence(self, key: tuple[str, ...], token: Token) -> float:
        """How present an actor, or a set of them, is at `token` by its mentions before; 0 where it is forgotten."""
        mentions = self._of.get(key, [])
        here, piece = self._sentence[token.i], self.speeches.piece_of(token)
        best: dict[int, float] = {}
        for at in range(bisect_left(mentions, token.i, key=_at) - 1, -1, -1):
            mention = mentions[at]
            away = here - mention.sentence
            if away > REACH:
                break
            foreign = mention.quoted >= 0 and mention.quoted != piece
            weight = mention.weight * (_QUOTED if foreign else 1.0)
            best[away] = max(best.get(away, 0.0), weight)
        return sum(weight * _FADING**away for away, weight in best.items())

    def present(self, token: Token, kinds: frozenset[str]) -> list[Draft]:
        """The actors of the given kinds that are in mind at `token`, the most present first."""
        found: dict[str, float] = {}
        here = self._sentence[token.i]
        for at in range(bisect_left(self._mentions, token.i, key=_at) - 1, -1, -1):
            mention = self._mentions[at]
            if here - mention.sentence > REACH:
                break
            for actor in mention.actors:
                if actor not in found and self.casting.drafts[actor].kind in kinds:
                    found[actor] = self.presence((actor,), token)
        return [self.casting.drafts[actor] for actor in sorted(found, key=lambda a: (-found[a], a))]

    def all_before(self, token: Token, kinds: frozenset[str]) -> list[Draft]:
        """The actors of the given kinds mentioned before `token`, the last mentioned first, forgotten ones too."""
        at = bisect_left(self._mentions, token.i, key=_at)
        found: dict[str, None] = {}
        for mention in reversed(self._mentions[max(0, at - _MEMORY) : at]):
            found.update(dict.fromkeys(mention.actors))
        return [self.casting.drafts[a] for a in found if self.casting.drafts[a].kind in kinds]


def _at(mention: Mention) -> int:
    return mention.at


def governing_subjects(token: Token) -> list[Token]:
    """The subjects of the clauses around the one that `token` stands in, the nearest first."""
    found: list[Token] = []
    at, clauses = token, 0
    while at.head != at:
        at = at.head
        if at.pos_ in VERBS and at.dep_ not in {"aux", "auxpass"}:
            clauses += 1
            subject = surface_subject(at) if clauses > 1 else None
            if subject is not None and subject != token:  # "Korp, who says he won"
                found.append(subject)
    return found


def clause_subject(token: Token) -> Token | None:
    """The subject of the clause that `token` stands in, where that is not itself or around it."""
    at = token
    while at.head != at and at.pos_ not in VERBS:
        at = at.head
    subject = surface_subject(at) if at.pos_ in VERBS else None
    return None if subject is None or subject == token or subject.is_ancestor(token) else subject


def complement_of(token: Token) -> Token | None:
    """The subject of the verb whose complement clause `token` stands in: "the aide said that …"."""
    at = token
    while at.head != at and at.pos_ not in VERBS:
        at = at.head
    return surface_subject(at.head) if at.dep_ in {"ccomp", "xcomp"} and at.head.pos_ in VERBS else None


def is_subject(token: Token) -> bool:
    """Whether a phrase is a subject, or coordinated with one."""
    return first_conjunct(token).dep_ in SUBJECTS


def _weight(token: Token) -> float:
    later = _LATER if token.dep_ == "conj" else 0.0
    first = first_conjunct(token)
    relation = first.dep_
    if relation == "appos":
        relation = first.head.dep_  # an apposition stands where its noun stands
    if relation == "pobj" and first.head.dep_ == "agent":
        relation = "agent"
    return _WEIGHTS.get(relation, _OTHERWISE) + (_MAIN if _is_in_main_subject(first) else 0.0) - later


def _is_in_main_subject(token: Token) -> bool:
    at = token
    while at.dep_ in {"poss", "pobj", "prep", "compound", "nmod", "conj", "appos"} and at.head != at:
        at = at.head
    verb = at.head
    # "Korp called the police; he had …": the parse puts the first clause under the second
    first = (
        verb.dep_ in {"ccomp", "parataxis"}
        and verb.i < verb.head.i
        and not any(c.dep_ == "mark" for c in verb.children)
    )
    return at.dep_ in SUBJECTS and (verb.dep_ == "ROOT" or first)
