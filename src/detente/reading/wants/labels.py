"""What to call a matter: "NATO membership of Ukraine", "grain deal", "withdrawal of troops from Gao".

The noun phrase that a position is about, without what is to be done with it, determiners, quantities and dates. A verb
becomes the noun of its family. The words are the text's own, but for that noun, the names of actors that the text
names otherwise ("Kyiv", "its"), and a preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.wants import addressees, families, matters
from detente.records import Position
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LINKS: Final = frozenset({"of", "in", "from", "by"})
"""The prepositions that a label may add."""

_LONGEST: Final = 9
"""Words of a label: what does not fit is left out from the end."""

_COMPLEMENTS: Final = ("xcomp", "ccomp", "pcomp", "dobj", "acl", "prep", "attr", "oprd")
"""Where the matter stands under what is done with it: "stop filling it", "plans to join", "an end to the raids"."""

_LINKING: Final = frozenset(
    "of to from in into on at with between over for against through along across about among".split()
)
_FROM_OBJECT: Final = frozenset({"leave", "quit", "vacate", "evacuate"})
"""Verbs whose object is where somebody goes away from."""

_OF_OBJECT: Final = frozenset({"of", "on", "over", "for", "to", "with", "against", "into"})


@dataclass(frozen=True)
class _Phrase:
    """A head and what may follow it, each a run of words."""

    head: tuple[str, ...]
    rest: tuple[tuple[str, ...], ...] = ()

    def words(self, longest: int = _LONGEST) -> list[str]:
        found = list(self.head)
        for part in self.rest:
            if len(found) + len(part) > longest:
                break
            found += part
        return found


def label(position: Position, doc: Doc, cast: Cast) -> str | None:
    """What to call what a position is about; None where its words say nothing of it ("it", "that")."""
    tokens = [t for t in grammar.at_offset(doc, position.what.start, position.what.end) if not t.is_space]
    inside = frozenset(t.i for t in tokens)
    heads = [t for t in tokens if (t.head.i not in inside or t.head == t) and t.pos_ in grammar.NOUNS | grammar.VERBS]
    if not heads:
        return None
    # Whose "its" is in "demanded that Oman open its port", no grammar tells.
    doubtful = position.act == "demand" and heads[0].pos_ in grammar.VERBS
    phrase = _Labeller(cast, inside, _whose(position, cast), doubtful).matter(heads[0])
    words = phrase.words() if phrase is not None else []
    return " ".join(words).replace(" - ", "-") or None


def _whose(position: Position, cast: Cast) -> tuple[str, ...]:
    """The name of whose membership or seat it is where the words do not say so: who wants it, or is to have it."""
    if position.act not in matters.TAKEN_UPON_ONESELF:
        return ()
    doer = position.of if position.act == "demand" and position.of is not None else position.actor
    known = matters.Actors(cast.actors).side(doer)
    return next((tuple(a.name.split()) for a in cast.actors if a.id == known and a.id in registry().by_id), ())


@dataclass(frozen=True)
class _Labeller:
    cast: Cast
    inside: frozenset[int]
    own: tuple[str, ...]
    """Whose it is where nothing says whose."""
    doubtful: bool
    """Whether a pronoun may mean either side."""

    def matter(self, token: Token, holder: Token | None = None) -> _Phrase | None:
        """The matter under `token`. `holder` is whose it is, where a word above says so."""
        if token.pos_ in grammar.VERBS and not (token.tag_ == "VBG" and token.dep_ in {"pobj", "compound"}):
            return self._deed(token, holder)
        return self._thing(token, holder)

    def _deed(self, verb: Token, holder: Token | None) -> _Phrase | None:
        family = _family(verb)
        subject = self._child(verb, "nsubj") or holder
        patient = self._child(verb, "dobj", "nsubjpass")
        if patient is None and addressees.befalls(verb):
            patient, subject = subject, holder  # "wants the ban lifted"
        if family is None or family.kind == "handling" or _goes_back_to(verb, family):
            inner = self._complement(verb, subject)
            if inner is not None:
                # "impose sanctions on Oman": the parse may have the end of it on the verb
                behind = (part for part in self._prepositional(verb) if part not in inner.rest)
                return _Phrase(inner.head, (*inner.rest, *behind)) if self._child(verb, "dobj") else inner
            if patient is not None:
                return self.matter(patient, subject)
            if family is None or not family.noun:
                return _Phrase((_written(verb),)) if _says_something(verb) else None
        if family is not None and family.kind == "own":
            return self._own(family.noun, verb, subject, patient)
        noun = family.noun if family is not None else verb.lower_
        rest: list[tuple[str, ...]] = []
        if lexicon.lemma(verb) in _FROM_OBJECT and patient is not None:
            rest += self._linked("of", subject)
            rest += self._linked("from", patient)
        else:
            rest += self._linked("of", patient or subject)
        rest += self._prepositional(verb)
        return _Phrase((noun,), tuple(rest))

    def _own(self, noun: str, verb: Token, subject: Token | None, patient: Token | None) -> _Phrase:
        """What somebody has, in what, and whose it is: "NATO membership of Ukraine"."""
        if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children) or self._under(verb, "to", "into"):
            holder, where = patient or subject, self._under(verb, "to", "into", "in")
        else:
            holder, where = subject, patient
        return self._owned(noun, where, holder)

    def _owned(self, noun: str, where: Token | None, holder: Token | None) -> _Phrase:
        of = tuple(self._linked("of", holder) if holder is not None else [("of", *self.own)] if self.own else [])
        if where is None:
            return _Phrase((noun,), of)
        name = self._name(where)
        if name is not None:
            return _Phrase((*name, noun), of)
        return _Phrase((noun,), (*of, *self._linked("in", where)))

    def _thing(self, noun: Token, holder: Token | None) -> _Phrase | None:
        family = families.of(noun.lower_)
        owner = self._owner(noun)
        if family is not None and (family.kind == "handling" or _goes_back_to(noun, family)):
            inner = self._complement(noun, owner or holder)
            if inner is not None:
                return inner
            body = self._body_before(noun)
            if body is not None and families.is_aspiration(noun.lower_):  # "NATO ambitions"
                return self._owned(families.MEMBERSHIP, body, owner or holder or self._state_before(noun))
        if family is not None and family.kind == "own":
            where = self._under(noun, "in", "to", "into") or self._body_before(noun)
            whose = owner or self._under(noun, "of") or holder
            if where is None or self._name(where) is not None:
                if where is None and whose is not None and self._is_body(whose):
                    where, whose = whose, holder  # "membership of the union"
                called = families.MEMBERSHIP if family.key == families.MEMBERSHIP else noun.lower_
                owned = self._owned(called, where, whose)
                behind = [] if where is not None else [p for p in self._prepositional(noun) if p not in owned.rest]
                return _Phrase(owned.head, (*owned.rest, *behind))
        name = self._name(noun)
        if name is not None and not families.is_empty(noun.lower_):
            return _Phrase(name)
        if noun.pos_ in {"PRON", "DET"} or not _says_something(noun):
            return None
        return _Phrase((*self._before(noun), _written(noun)), tuple(self._behind(noun, owner)))

    def _behind(self, noun: Token, owner: Token | None) -> list[tuple[str, ...]]:
        """What follows a noun: what its prepositions bring in, and whose it is."""
        rest = list(self._prepositional(noun))
        if owner is None or self._named_before(noun):
            return rest
        of = any(words[0] == "of" for words in rest)
        return [*rest, *self._linked("by", owner)] if of else [*self._linked("of", owner), *rest]

    def _owner(self, noun: Token) -> Token | None:
        owner = self._child(noun, "poss")
        return None if owner is not None and owner.pos_ == "PRON" and self.doubtful else owner

    def _complement(self, token: Token, holder: Token | None) -> _Phrase | None:
        """The matter under a word that only says what is done with it."""
        for relation in _COMPLEMENTS:
            for child in self._below(token):
                if child.dep_ != relation or child.i not in self.inside or child.i < token.i:
                    continue
                if relation == "prep":
                    if child.lower_ in _OF_OBJECT:
                        for noun in child.children:
                            if noun.dep_ in {"pobj", "pcomp"} and (found := self.matter(noun, holder)) is not None:
                                return found
                elif (found := self.matter(child, holder)) is not None:
                    return found
        return None

    def _prepositional(self, token: Token) -> Iterator[tuple[str, ...]]:
        for child in self._below(token):
            if child.i not in self.inside or child.i < token.i:
                continue
            if child.dep_ in {"prep", "dative"} and child.lower_ in _LINKING:
                for noun in child.children:
                    if noun.dep_ in {"pobj", "pcomp"}:
                        yield from self._linked(child.lower_, noun)
            elif child.lower_ == "out":
                for noun in grammar.objects_of(child, "of"):
                    yield from self._linked("from", noun)

    def _linked(self, link: str, noun: Token | None) -> list[tuple[str, ...]]:
        """`noun` behind a preposition, and what is behind it in turn."""
        if noun is None:
            return []
        name = self._name(noun)
        if name is not None:
            words: tuple[str, ...] = name
        elif noun.pos_ in {"PRON", "DET", "NUM"} or not _says_something(noun) or noun.ent_type_ in {"DATE", "TIME"}:
            return []
        else:
            words = (*self._before(noun), _written(noun))
        for other in noun.children:
            if other.dep_ == "conj" and other.i in self.inside and other.pos_ in {"NOUN", "PROPN"} and other.i > noun.i:
                words = (*words, "and", *(self._name(other) or (*self._before(other), _written(other))))
                break
        if name is not None:
            return [(link, *words)]
        return [(link, *words), *self._behind(noun, self._owner(noun))]

    def _before(self, noun: Token) -> list[str]:
        """The modifiers before a noun that say which it is: no determiner, quantity or degree."""
        found: list[str] = []
        for child in noun.children:
            if child.i < noun.i and child.i in self.inside and child.dep_ in {"amod", "compound", "nmod"}:
                # "that Oman renounce nuclear arms": the parse may make a noun of the verb
                if not families.is_empty(child.lower_) and not _is_misread(child):
                    found += [*self._before(child), _written(child)]
            elif child.dep_ == "punct" and child.text == "-" and found and child.i < noun.i:
                found.append("-")
        return found

    def _name(self, noun: Token) -> tuple[str, ...] | None:
        """The name of the one actor that a name, a pronoun or "the alliance" stands for."""
        ids = self.cast.at(noun)
        if len(ids) != 1 or ids[0] not in registry().by_id:
            return None
        actor = next((a for a in self.cast.actors if a.id == ids[0]), None)
        return tuple(actor.name.split()) if actor is not None else None

    def _named_before(self, noun: Token) -> bool:
        """Whether the owner of a thing stands before it as an adjective: "the American base"."""
        return any(
            c.dep_ in {"amod", "compound", "nmod"} and c.i in self.inside and self.cast.at(c) for c in noun.children
        )

    def _body_before(self, noun: Token) -> Token | None:
        return next((child for child in self._names_before(noun) if self._is_body(child)), None)

    def _state_before(self, noun: Token) -> Token | None:
        return next((child for child in self._names_before(noun) if not self._is_body(child)), None)

    def _names_before(self, noun: Token) -> list[Token]:
        before = (c for c in noun.children if c.dep_ in {"compound", "nmod", "amod"} and c.i in self.inside)
        return [child for child in before if self._name(child) is not None]

    def _is_body(self, noun: Token) -> bool:
        return any(a.id in self.cast.at(noun) and a.kind == "organisation" for a in self.cast.actors)

    def _child(self, token: Token, *relations: str) -> Token | None:
        children = (c for c in token.children if c.dep_ in relations and c.i in self.inside)
        return next(children, None)

    def _under(self, token: Token, *prepositions: str) -> Token | None:
        for child in self._below(token):
            if child.dep_ == "prep" and child.lower_ in prepositions:
                for noun in child.children:
                    if noun.dep_ in {"pobj", "pcomp"} and noun.i in self.inside:
                        return noun
        return None

    def _below(self, token: Token) -> list[Token]:
        """What hangs on a word, and a preposition after it that the parse has hung outside the phrase."""
        below = list(token.children)
        if token.i + 1 in self.inside:
            after = token.nbor(1)
            if after.dep_ == "prep" and after.head != token and after.head.i not in self.inside:
                below.append(after)
        return below


def _family(verb: Token) -> families.Family | None:
    """The family of a verb, with its particle where it has one."""
    known = families.particles(verb.lower_) | families.particles(lexicon.lemma(verb))
    particle = next((c.lower_ for c in verb.children if c.lower_ in known and c.dep_ in {"prt", "advmod", "prep"}), "")
    word = lexicon.lemma(verb)
    return families.of(word, particle) or (families.of(word) if families.is_verb(word) else None)


def _goes_back_to(token: Token, family: families.Family) -> bool:
    """Whether it is a "return to the talks", which is about the talks."""
    after = (child for child in token.children if child.i == token.i + 1)
    return family.key == "return" and any(child.lower_ == "to" and child.dep_ == "prep" for child in after)


def _is_misread(token: Token) -> bool:
    """Whether what should modify a noun is a verb that says what is done with it."""
    family = families.of(token.lower_)
    return (
        family is not None and family.kind == "handling" and not families.is_noun(token.lower_) and token.tag_ != "VBN"
    )


def _says_something(token: Token) -> bool:
    return not families.is_empty(token.lower_)


def _written(token: Token) -> str:
    """A word as it is written within a sentence."""
    return token.lower_ if token.is_sent_start and token.pos_ != "PROPN" else token.text
