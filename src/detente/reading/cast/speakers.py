"""Who speaks a quotation, as far as coreference needs to know: whom "I" and "we" mean in it, and "he" does not.

A piece of a quotation belongs to the subject of the verb of saying that governs it, else of the nearest one outside
quotations in its paragraph; a paragraph of nothing but quotation goes on with the speaker of the one before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language.grammar import surface_subject
from detente.reading.cast.casting import Casting
from detente.reading.speech import quotations

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKING: Final = frozenset(
    "say tell add warn state declare announce insist claim argue explain note remark reply respond affirm stress ask "
    "write tweet vow urge demand comment conclude continue assert reiterate observe recall acknowledge admit deny "
    "accuse call describe joke quip shout whisper cry suggest agree complain boast quote read post predict promise "
    "pledge testify concede counter lament recount estimate contend maintain caution".split()
)
_GOING_ON: Final = frozenset({"add", "continue", "conclude"})
"""Verbs by which the one who spoke last says more."""
_CALLING: Final = frozenset({"call", "describe", "read", "agree", "predict", "promise", "post", "quote"})
"""Verbs that say something only where a quotation is their object."""
_TELLING: Final = frozenset("tell ask assure remind warn urge".split())
"""Verbs whose object is spoken to."""
_OWNING: Final = frozenset({"poss", "compound", "amod"})
_NEAR: Final = 12
"""Tokens between a quotation and the verb that attributes it."""


class Speeches:
    """The pieces of the quotations of a text, and the phrase that each is attributed to."""

    def __init__(self, casting: Casting) -> None:
        self._casting = casting
        self._doc = casting.doc
        self._pieces = sorted(piece for quotation in quotations.find(casting.text) for piece in quotation.pieces)
        self._inside = [self._find(token.idx) for token in casting.doc]
        self._paragraph = _paragraphs(casting)
        self._verbs = [
            token
            for token in casting.doc
            if token.pos_ == "VERB" and token.lemma_ in SPEAKING and self._inside[token.i] < 0
        ]
        self._verbs_of: dict[int, list[Token]] = {}
        for verb in self._verbs:
            self._verbs_of.setdefault(self._paragraph[verb.i], []).append(verb)
        self._first: dict[int, Token] = {}
        self._sources = self._attribute()
        self._attributing = {source.i for source in self._sources.values()}

    def piece_of(self, token: Token) -> int:
        """The number of the piece of a quotation around `token`, or -1."""
        return self._inside[token.i]

    def speaker(self, token: Token) -> tuple[str, ...]:
        """The actors who speak the quotation around `token`, as far as they are known by now."""
        piece = self._inside[token.i]
        source = self._sources.get(piece)
        return self._casting.heads.get(source.i, ()) if source is not None else ()

    def own_side(self, token: Token) -> frozenset[str]:
        """Whom "they" does not mean in a quotation: its speaker, for whom he acts and whose he is called: "the rebels'
        spokesman"."""
        source = self._sources.get(self._inside[token.i])
        if source is None:
            return frozenset()
        heads, drafts = self._casting.heads, self._casting.drafts
        speaker = heads.get(source.i, ())
        principals = {drafts[actor].acts_for for actor in speaker} - {None}
        named = [self._doc[i] for i in heads if heads[i] == speaker and i <= source.i]
        owners = {a for noun in named for c in noun.children if c.dep_ in _OWNING for a in heads.get(c.i, ())}
        return frozenset({*speaker, *(p for p in principals if p is not None), *owners})

    def others(self, token: Token) -> frozenset[str]:
        """Whom "he" does not mean because of who speaks to whom: in a quotation the speaker and whom he tells it, and
        as its speaker those whom it names."""
        found = {*self.speaker(token)}
        if self._inside[token.i] >= 0:
            found |= self._told(token)
        if self.attributes(token):
            pieces = {number for number, source in self._sources.items() if source.i == token.i}
            found |= {
                actor
                for i in self._casting.spans
                if self._inside[i] in pieces and i in self._casting.taken
                for actor in self._casting.heads.get(i, ())
            }
        return frozenset(found)

    def _told(self, token: Token) -> set[str]:
        """Whom the quotation around `token` is said to: "telling Korp that …"."""
        verb = self._above(token)
        if verb is None or verb.lemma_ not in _TELLING:
            return set()
        told = [child for child in verb.children if child.dep_ in {"dobj", "dative"}]
        return {actor for noun in told if self._inside[noun.i] < 0 for actor in self._casting.heads.get(noun.i, ())}

    def first_person(self, token: Token, *, plural: bool) -> tuple[str, ...]:
        """The speaker of the quotation; in the plural whom he acts for, or he himself where he acts for nobody."""
        speaker = self.speaker(token)
        drafts = self._casting.drafts
        if not speaker or (not plural and any(drafts[a].kind != "person" for a in speaker)):
            return ()
        principals = tuple(drafts[a].acts_for or "" for a in speaker)
        return principals if plural and all(p in drafts for p in principals) else speaker

    def running(self, token: Token) -> tuple[str, ...]:
        """Who was last said to speak before `token`, in its paragraph or the one before: "…," he added."""
        heads = self._casting.heads
        return next((heads[subject.i] for subject in self._before(token) if subject.i in heads), ())

    def goes_on(self, token: Token) -> Token | None:
        """The word for who spoke last, where `token` says more: "it" in "…, it went on"; None where it may not."""
        verb = token.head
        further = verb.lemma_ == "go" and any(child.lower_ == "on" for child in verb.children)
        if token.dep_ != "nsubj" or self._inside[token.i] >= 0 or not (verb.lemma_ in _GOING_ON or further):
            return None
        return next(self._before(token), None)

    def _before(self, token: Token) -> Iterator[Token]:
        """Those who are said to speak before `token`, the last one first, in its paragraph or the one before."""
        for at in range(bisect_left(self._verbs, token.i, key=_index) - 1, -1, -1):
            verb = self._verbs[at]
            if verb == token.head or verb.dep_ == "advcl":
                continue
            if self._paragraph[token.i] - self._paragraph[verb.i] > 1:
                break
            subject = surface_subject(verb)
            if subject is not None and subject.i < token.i and not _is_deed(verb):
                yield subject

    def attributes(self, token: Token) -> bool:
        """Whether a quotation is attributed to `token`: "he" in "…," he said."""
        return token.i in self._attributing

    def first_of(self, token: Token) -> Token | None:
        """The first word of the first piece that is attributed to `token`."""
        pieces = [number for number, source in self._sources.items() if source.i == token.i]
        return self._first[min(pieces)] if pieces else None

    def reports(self, token: Token) -> bool:
        """Whether `token` says something outside quotations: "he" in "he added that …"."""
        return token.dep_ == "nsubj" and self._inside[token.i] < 0 and token.head.lemma_ in SPEAKING

    def _find(self, offset: int) -> int:
        at = bisect_right(self._pieces, (offset, len(self._casting.text))) - 1
        return at if at >= 0 and offset < self._pieces[at][1] else -1

    def _attribute(self) -> dict[int, Token]:
        """The subject of saying for each piece."""
        tokens: dict[int, list[Token]] = {}
        for token in self._doc:
            if self._inside[token.i] >= 0:
                tokens.setdefault(self._inside[token.i], []).append(token)
        found: dict[int, Token] = {}
        last: tuple[int, Token] | None = None
        for piece in sorted(tokens):
            first, final = tokens[piece][0], tokens[piece][-1]
            self._first[piece] = first
            source = self._governing(first) or self._governing(final) or self._beside(first, final)
            paragraph = self._paragraph[first.i]
            if source is None and last is not None and paragraph - last[0] <= 1:
                source = last[1]
            if source is not None:
                found[piece] = source
                last = paragraph, source
        return found

    def _governing(self, token: Token) -> Token | None:
        """The subject of the verb of saying above a quoted token."""
        verb = self._above(token)
        return self._source(verb) if verb is not None else None

    def _above(self, token: Token) -> Token | None:
        """The verb of saying above a quoted token."""
        at = token
        while at.head != at:
            at = at.head
            if at.pos_ == "VERB" and at.lemma_ in SPEAKING and self._inside[at.i] < 0:
                return at
        return None

    def _beside(self, first: Token, final: Token) -> Token | None:
        """The subject of the nearest verb of saying in the paragraph, one that follows before one that precedes."""
        paragraph = self._paragraph[first.i]
        best: tuple[int, int, Token] | None = None
        for verb in self._verbs_of.get(paragraph, ()):
            after = verb.i > final.i
            away = verb.i - final.i if after else first.i - verb.i
            source = self._source(verb)
            far = away > _NEAR and not (not after and self._doc[first.i].sent == verb.sent)
            if source is not None and (best is None or (far, away) < (best[0], best[1])):
                best = int(far), away, source
        return best[2] if best is not None else None

    def _source(self, verb: Token) -> Token | None:
        subject = surface_subject(verb)
        if subject is not None and self._inside[subject.i] >= 0:  # the parse may give it one of the quoted words too
            subject = next((c for c in verb.children if c.dep_ == "nsubj" and self._inside[c.i] < 0), subject)
        return subject if subject is not None and self._inside[subject.i] < 0 else None


def _is_deed(verb: Token) -> bool:
    """Whether a verb of saying does something else: "described him", "declared a state of siege"."""
    clause = any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children)
    deed = verb.lemma_ == "declare" and not clause and any(child.dep_ == "dobj" for child in verb.children)
    return deed or verb.lemma_ in _CALLING


def _index(token: Token) -> int:
    return token.i


def _paragraphs(casting: Casting) -> list[int]:
    """The number of the paragraph of each token."""
    found, number = [], 0
    for token in casting.doc:
        found.append(number)
        if "\n" in token.text_with_ws:
            number += 1
    return found
