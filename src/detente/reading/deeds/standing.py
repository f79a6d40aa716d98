"""Which words stand in which role of a deed, by the grammar around the word that reports it.

Nouns borrow from the verb that lends them a doer: in "Iran held talks with Oman" the talks are Iran's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, owners, subjects
from detente.reading.deeds.lexicon import Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

PUTTING: Final = frozenset({"put", "place", "keep", "hold", "bring", "take"})
"""Verbs that bring their object under something: "put under arrest"."""
_ADVERBS: Final = frozenset({"advmod", "prep"})
_GOODS: Final = ("aid", "goods", "arms", "carrier")
"""Classes of what one receives from another."""
_LOADED: Final = frozenset({"carry", "bring", "bear", "transport", "haul", "deliver", "load", "lade", "fill", "pack"})
"""Verbs whose participle tells what something carries: "a ship loaded with wheat"."""
_DYING: Final = frozenset({"die", "perish", "fall"})
_SENDING: Final = frozenset(
    {"send", "dispatch", "deploy", "appoint", "name", "recall", "move", "bring", "exchange", "swap"}
)
"""Verbs of what is done with one's own people."""
_BESIDE: Final = frozenset("if unless until once when while after before because although though since as".split())
"""What opens a clause that tells when or why, and not what somebody asks or offers."""


@dataclass(frozen=True)
class Frame:
    """A word that reports an event, in the sense that its neighbours pick."""

    token: Token
    entry: Entry
    hosts: tuple[Token, ...] = ()
    """Verbs that lend a noun their subject and their prepositions, or the noun's participle ("held", "imposed")."""


def undergone(frame: Frame, cast: Cast) -> list[Token]:
    """What stands in the target roles of a frame, actor or not: the camp in "shelled a camp near Goma"."""
    return [t for names in frame.entry.target for name in names for t in in_role(frame, name, cast)]


def heads(tokens: Iterable[Token]) -> Iterator[Token]:
    """`tokens`, each with the nouns that it measures: for "a round of talks" both round and talks."""
    for token in tokens:
        yield token
        if lexicon.lemma(token) in lexicon.nouns("weight") or token.pos_ == "NUM":
            yield from grammar.objects_of(token, "of")


def governor(noun: Token) -> tuple[Token, str]:
    """What `noun` depends on and how, past what measures it: (hold, "obj") for talks in "held a round of talks".

    The second is "obj", "subj", a preposition, or spaCy's label.
    """
    at, relation = noun, ""
    while at.head != at:
        relation = at.dep_
        head = at.head
        if relation == "conj" or (relation in {"compound", "nmod"} and head.pos_ == "NOUN" and head.i == noun.i):
            at = head
            continue
        base = subjects.first_preposition(head)
        if relation in {"pobj", "pcomp"} and base.dep_ in {"prep", "agent", "dative"}:
            above = base.head
            if head.lower_ == "of" and (lexicon.lemma(above) in lexicon.nouns("weight") or _lasts(above)):
                at = above
                continue
            if above.dep_ == "prep" and above.head != above:  # "out of", "because of"
                return above.head, above.lower_
            return above, head.lower_
        if relation in {"dobj", "nsubjpass", "dative", "oprd", "attr"}:
            return head, "obj"
        return head, "subj" if relation in {"nsubj", "csubj"} else relation
    return at, "ROOT"


def _lasts(noun: Token) -> bool:
    """Whether a noun tells how long: "after five hours of talks"."""
    return lexicon.lemma(noun) in grammar.TIMES and any(c.dep_ == "nummod" for c in noun.children)


def in_role(frame: Frame, name: str, cast: Cast) -> Iterator[Token]:
    """The tokens that stand in the role `name` of a frame."""
    token, is_noun = frame.token, frame.entry.part == "n"
    if name == "subj":
        yield from _subjects(token if frame.entry.part == "v" else token.head, cast)
    elif name == "obj":
        yield from subjects.undergoers(token)
    elif name == "passive":
        yield from subjects.undergoers(token) if grammar.is_passive(token) else ()
    elif name == "comp":
        yield from _complement_subjects(token, accused=frame.entry.type == "ACCUSE")
    elif name == "poss":
        yield from (c for c in token.children if c.dep_ == "poss")
    elif name == "mod":
        for mark in (c for c in token.children if c.dep_ in {"amod", "compound", "nmod"}):
            yield from mark.children if mark.lower_ in owners.OF_WHOM else [mark]
            if cast.at(mark):  # "Franco-German talks"
                yield from (c for c in mark.children if c.i == mark.i - 2 and c.nbor(1).text in {"-", "–"})
    elif name == "light":
        yield from () if _is_held(token) else lenders(frame)
    elif name == "under" and is_noun:
        yield from _under(token, cast)
    elif name == "cargo":
        for thing in (token, *subjects.of(token, cast), *grammar.undergoers(token)):
            yield from _carried(thing)
    elif name == "origin":
        for thing in (*subjects.of(token, cast), *grammar.undergoers(token), *_taken(token)):
            yield from _origins(thing)
    elif name == "told":
        for place in (token, *frame.hosts):
            yield from _told_of(place)
    else:
        if is_noun:
            places = [token, *frame.hosts, *_shared(token, name)]
        else:
            places = [token, *_participles(heads(_objects(token)))]
            places += grammar.objects_of(token, "as")  # "serves as a mediator between"
            places += _completing(frame)
        for place in places:
            there = (t for t in grammar.objects_of(place, name) if t.i != token.i and t.dep_ != "pcomp")
            # "at the airport soldiers fired": what stands before is where, and nobody to whom it is done
            yield from (t for t in there if name != "at" or t.i > place.i)
            yield from subjects.shared_object(place, name)
            if is_noun and name == "by" and place.dep_ == "dobj" and not grammar.is_passive(place.head):
                # "denied a charge by Togo": the parse may give "by" to the verb
                beside = [c for c in place.head.children if c.i == place.i + 1]
                yield from (t for c in beside if c.lower_ == "by" for t in c.children if t.dep_ == "pobj")
            # "relief goods worth a million dollars from Kuwait"
            for worth in (c for c in place.children if c.lower_ == "worth"):
                yield from grammar.objects_of(worth, name)
        if frame.entry.particle is not None:
            # "walked away from talks": the parse may hang "from" on "away"
            for adverb in (c for c in token.children if c.dep_ in _ADVERBS and c.lower_ == frame.entry.particle):
                yield from grammar.objects_of(adverb, name)
                left = [t for c in adverb.children if c.dep_ == "prep" for t in c.children if t.dep_ == "pobj"]
                yield from (t for thing in left for t in grammar.objects_of(thing, name))


def _completing(frame: Frame) -> list[Token]:
    """The nouns under a preposition that complete the meaning of a verb: exercises in "took part in exercises with"."""
    return [
        noun
        for need in frame.entry.needs
        if need.values and not need.denied
        for noun in heads(grammar.objects_of(frame.token, need.key))
        if lexicon.lemma(noun) in need.values
    ]


def lenders(frame: Frame) -> list[Token]:
    """The doers that a noun borrows from the verbs around it."""
    return [t for host in frame.hosts for t in grammar.doers(host) if t.i != frame.token.i]


def _subjects(verb: Token, cast: Cast) -> Iterator[Token]:
    """The doers of `verb`; of a document that speaks ("filed a suit accusing") also whose it is."""
    for doer in subjects.of(verb, cast):
        yield doer
        if verb.dep_ in {"acl", "relcl"} and lexicon.lemma(doer) in lexicon.nouns("document"):
            author = grammar.holder(doer)
            yield from grammar.conjuncts(author) if author is not None else []
    by_nobody = verb.dep_ == "acl" and verb.tag_ == "VBN" and grammar.is_passive(verb) and not grammar.doers(verb)
    if by_nobody and (place := governor(verb.head))[1] != "subj":
        # "holds the island, seized in 1974": by its holder
        above, _ = place
        while above.pos_ not in grammar.VERBS and above.head != above:
            above, _ = governor(above)
        if lexicon.lemma(above) in lexicon.nouns("holding"):
            yield from grammar.doers(above)


def _participles(nouns: Iterable[Token]) -> Iterator[Token]:
    """`nouns`, each with what says how it came about: "imposed" in "lifted the sanctions imposed on Cuba", and in "the
    sanctions that it imposed".
    """
    for noun in nouns:
        yield noun
        yield from (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN")
        yield from (c for c in noun.children if c.dep_ == "relcl" and lexicon.lemma(c) in lexicon.nouns("light"))


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "acomp"}]


def _shared(noun: Token, preposition: str) -> list[Token]:
    """What stands between a noun and with whom it is: ties in "the resumption of ties between Peru and Chile"."""
    return grammar.objects_of(noun, "of") if preposition in {"between", "with"} else []


def _carried(thing: Token) -> Iterator[Token]:
    """What a plane, ship or lorry carries: tents in "a plane with tents", "a ship carrying tents"."""
    inner = list(grammar.objects_of(thing, "with", "of"))
    for clause in thing.children:
        if clause.dep_ in {"acl", "relcl"} and lexicon.lemma(clause) in _LOADED:
            inner += [*_objects(clause), *grammar.objects_of(clause, "with")]
    yield from heads(m for noun in inner for m in grammar.conjuncts(noun))


def _taken(verb: Token) -> list[Token]:
    """What somebody takes delivery of."""
    return [t for thing in grammar.undergoers(verb) for t in grammar.objects_of(thing, "of")]


def _origins(thing: Token) -> Iterator[Token]:
    """Whose the goods are, and from whom: China in "rice from China", "Chinese rice", "40 tonnes of rice from it"."""
    whole = list(heads([thing]))
    if not any(lexicon.lemma(noun) in lexicon.nouns(kind) for noun in whole for kind in _GOODS):
        return
    for noun in whole:
        yield from grammar.objects_of(noun, "from")
        yield from (c for c in noun.children if c.dep_ in {"poss", "amod", "compound", "nmod"})


def _under(noun: Token, cast: Cast) -> list[Token]:
    """Who is under sanctions, attack, investigation, or faces them: the subject of being, the object of putting."""
    above, relation = governor(noun)
    name = lexicon.lemma(above)
    if (relation == "under" and above.pos_ in grammar.VERBS) or _is_held(noun):
        return grammar.undergoers(above) if name in PUTTING else grammar.doers(above)
    if relation == "obj" and name in lexicon.nouns("undergo"):
        return grammar.doers(above)
    if (victims := dying_in(noun)) is not None:
        return grammar.doers(victims)
    if name in lexicon.nouns("reaction"):
        # "his response to an assassination attempt": of the person named last
        owners = [c for c in above.children if c.dep_ == "poss"]
        return [_person_before(c, cast) if c.tag_ == "PRP$" else c for c in owners]
    return []


def dying_in(noun: Token) -> Token | None:
    """The verb of dying that `noun` is the cause of: "ten nurses perished in the raid", "lost their lives in it"."""
    above, relation = governor(noun)
    if relation != "in":
        return None
    if lexicon.lemma(above) == "life" and above.dep_ == "dobj":
        above = above.head
    life = any(lexicon.lemma(thing) == "life" for thing in grammar.undergoers(above))
    return above if lexicon.lemma(above) in _DYING or (life and lexicon.lemma(above) == "lose") else None


def _told_of(word: Token) -> Iterator[Token]:
    """Of whom is told what `word` is about: Chile in "investigated whether Chile had fired" and "a probe into claims
    that Chile had fired".
    """
    clauses = [c for c in word.children if c.dep_ == "ccomp"]
    for preposition in (c for c in word.children if c.dep_ == "prep" and c.lower_ in {"into", "of", "on"}):
        clauses += [c for c in preposition.children if c.dep_ == "pcomp"]
    for thing in (*_objects(word), *grammar.objects_of(word, "into", "of", "on")):
        if lexicon.lemma(thing) in lexicon.nouns("claim"):
            clauses += [
                c for c in thing.children if c.dep_ in {"acl", "ccomp", "relcl"} and not grammar.is_infinitive(c)
            ]
    for clause in clauses:
        yield from (m for c in clause.children if c.dep_ == "nsubj" for m in grammar.conjuncts(c))


def _is_held(noun: Token) -> bool:
    """Whether who is in a deed suffers it: "remains in detention", "was kept in isolation"; not "in occupation of"."""
    above, relation = governor(noun)
    if relation != "in" or above.pos_ not in grammar.VERBS or grammar.objects_of(noun, "of"):
        return False
    return lexicon.is_hostile(noun) and lexicon.is_done_to(noun)


def _person_before(pronoun: Token, cast: Cast) -> Token:
    """The last word before `pronoun` in its sentence that stands for a person; without one the pronoun."""
    before = (pronoun.doc[i] for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1))
    return next((t for t in before if any(a.startswith("person:") for a in cast.at(t))), pronoun)


def _complement_subjects(token: Token, *, accused: bool = False) -> list[Token]:
    """Who is to do what `token` asks, offers or alleges: the subject of its clause, or the object that controls it.

    Where somebody is `accused`, who only undergoes what is told is not: "claimed that a Chadian gunboat was sunk".
    """
    found: list[Token] = []
    clauses = grammar.that_clauses(token) if lexicon.lemma(token) in lexicon.nouns("claim") else []
    for child in clauses or token.children:
        marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"}}
        beside = child.dep_ == "advcl" and bool(marks & _BESIDE)
        if clauses or (child.dep_ in {"ccomp", "xcomp", "acl", "advcl"} and not beside):
            if accused and grammar.is_passive(child):
                found += grammar.doers(child)
                continue
            for subject in child.children:
                if accused and subject.lower_ in {"it", "he", "she", "they"}:
                    continue  # "the claim that it had tested a bomb": mostly whoever claims speaks of himself
                if subject.dep_ in {"nsubj", "nsubjpass"} and subject.pos_ != "DET":
                    found += grammar.conjuncts(grammar.antecedent(subject))
            if child.dep_ == "xcomp" and not found:
                found += grammar.undergoers(token)
            if not found and child.dep_ != "advcl":
                # "agreed to share data with Kenya": whom the inner deed is done to; who is only sent is no party to it
                sent = lexicon.lemma(child) in _SENDING
                found += grammar.objects_of(child, "with", "to", "on", "against", "from") or (
                    [] if sent else grammar.undergoers(child)
                )
    return found
