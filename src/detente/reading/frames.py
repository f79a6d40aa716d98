"""Where a sentence puts the parties of a deed: which sense of a word its neighbours pick, and who stands in which role.

A `Frame` is a trigger with its sense; `match` finds it, `parties` reads its sources and targets. Nouns borrow from the
verb that lends them a doer: in "Iran held talks with Oman" the talks are Iran's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import lexicon
from detente.reading.actors import Cast
from detente.reading.lexicon import Entry, Need

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod", "poss"})
_COMPLEMENTS: Final = frozenset({"ccomp", "xcomp"})
_INTO: Final = frozenset({"in", "into", "on"})
"""Prepositions by which one is in a deed of one's own: "in talks", "on strike"."""

_SUFFERED: Final = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "THREATEN", "PROTEST"})
"""Types that one can be under."""

_STATES: Final = frozenset(
    {"be", "come", "remain", "stay", "go", "fall", "enter", "engage", "get", "live", "participate"}
)
_PUT: Final = frozenset({"put", "place", "keep", "hold", "bring", "take"})


@dataclass(frozen=True)
class Frame:
    """A word that reports an event, in the sense that its neighbours pick."""

    token: Token
    entry: Entry
    hosts: tuple[Token, ...] = ()
    """Verbs that lend a noun their subject and their prepositions, or the noun's participle ("held", "imposed")."""


@dataclass(frozen=True)
class Parties:
    """Actor ids of a deed's two sides."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]


def match(token: Token, cast: Cast) -> Frame | None:
    """The frame of `token`; None where it reports no event in its sentence."""
    senses = lexicon.entries(token)
    if not senses or (token.pos_ == "VERB" and token.dep_ in {"amod", "compound"}):
        return None
    hosts = tuple(_hosts(token)) if token.pos_ == "NOUN" else ()
    frame: Frame | None = None
    for entry in senses:
        frame = Frame(token, entry, hosts)
        if _has_particle(token, entry.particle) and all(_meets(need, frame, cast) for need in entry.needs):
            return frame if entry.type is not None else None
    return None


def parties(frame: Frame, cast: Cast) -> Parties:
    """Who did it to whom. No actor stands on both sides; one that could is left with the doers."""
    sources = _first(frame, frame.entry.source, cast)
    target = frame.entry.target
    if frame.entry.part == "n" and frame.entry.type in _SUFFERED:
        target = (*target, ("under",))
    targets = [actor for actor in _first(frame, target, cast, without=sources) if actor not in sources]
    return Parties(tuple(sources), tuple(targets))


def who(token: Token, cast: Cast, depth: int = 2) -> tuple[str, ...]:
    """The actors that the phrase of `token` stands for, or, where it is a thing, whose it is.

    "Tamil villages" and "the ports of Eritrea" lead to Tamils and Eritrea; "dozens of reporters" to the reporters.
    """
    found = cast.at(token)
    if found or depth == 0 or lexicon.lemma(token) in lexicon.nouns("others"):
        return found  # "Iran's rivals" are not Iran
    inner = [t for t in grammar.objects_of(token, "of") if t.dep_ != "pcomp"]
    if lexicon.lemma(token) in lexicon.nouns("proposal") or lexicon.lemma(token) in lexicon.nouns("claim"):
        inner = grammar.objects_of(token, "from", "by") + [
            doer for child in token.children if child.dep_ == "acl" for doer in grammar.doers(child) if doer != token
        ]
    holders = [c for c in token.children if c.dep_ == "poss"]
    marks = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod"}]
    named = [c for c in token.children if c.dep_ == "appos"]
    order = [inner, holders, marks] if lexicon.lemma(token) in lexicon.nouns("weight") else [holders, marks, inner]
    for group in [*order, named]:
        for other in group:
            found += tuple(a for a in who(other, cast, depth - 1) if a not in found)
        if found:
            return found
    return ()


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
        if relation in {"pobj", "pcomp"} and head.dep_ in {"prep", "agent", "dative"}:
            above = head.head
            if head.lower_ == "of" and lexicon.lemma(above) in lexicon.nouns("weight"):
                at = above
                continue
            if above.dep_ == "prep" and above.head != above:  # "out of", "because of"
                return above.head, above.lower_
            return above, head.lower_
        if relation in {"dobj", "nsubjpass", "dative", "oprd", "attr"}:
            return head, "obj"
        return head, "subj" if relation in {"nsubj", "csubj"} else relation
    return at, "ROOT"


def _lends_by(relation: str) -> frozenset[str]:
    """The verbs that lend a noun their subject where it stands in `relation` to them."""
    if relation == "obj":
        return lexicon.nouns("light") | lexicon.nouns("lend")
    if relation == "to":
        return lexicon.nouns("lend")
    if relation == "subj":
        return lexicon.nouns("occur")
    return _STATES | _PUT if relation in _INTO else frozenset()


def _hosts(noun: Token) -> Iterator[Token]:
    above, relation = governor(noun)
    if above.pos_ in grammar.VERBS and lexicon.lemma(above) in _lends_by(relation):
        yield above
    for member in grammar.conjuncts(noun):
        for child in member.children:
            if child.dep_ in {"acl", "relcl"} and lexicon.lemma(child) in lexicon.nouns("light"):
                yield child


def _has_particle(token: Token, particle: str | None) -> bool:
    return particle is None or any(
        child.lower_ == particle and (child.dep_ in {"prt", "advmod"} or (child.dep_ == "prep" and child.n_rights == 0))
        for child in token.children
    )


def _meets(need: Need, frame: Frame, cast: Cast) -> bool:
    return _holds(need, frame, cast) is not need.denied


def _holds(need: Need, frame: Frame, cast: Cast) -> bool:
    token, key = frame.token, need.key
    if key == "light":
        return any(not need.values or lexicon.lemma(host) in need.values for host in frame.hosts)
    if key == "plural":
        return _is_plural(grammar.doers(token) if frame.entry.part != "n" else _lenders(frame))
    if key == "pair":
        return _is_pair(parties(frame, cast))
    if key == "own":
        return any(c.tag_ == "PRP$" for noun in grammar.undergoers(token) for c in noun.children)
    if key == "particle":
        return any(c.dep_ == "prt" for c in token.children)
    if key == "inner":
        return any(sense.type in need.values for t in token.subtree if t.i != token.i for sense in lexicon.entries(t))
    if key in {"comp", "oprd", "advmod"}:
        return _has_child(token, key, need.values)
    found = list(role(frame, key, cast)) if key != "mod" else _modifiers(frame)
    if not found and key not in {"obj", "subj", "mod"}:
        return not need.values and any(c.lower_ == key for c in token.children if c.dep_ in {"prt", "advmod", "prep"})
    if not need.values:
        return bool(found)
    names = {lexicon.lemma(t) for t in heads(found)}
    return bool(names & need.values) or (lexicon.ACTOR in need.values and any(cast.at(t) for t in heads(found)))


def _has_child(token: Token, key: str, values: frozenset[str]) -> bool:
    if key == "comp":
        inner = [
            c for c in token.children if c.dep_ in _COMPLEMENTS or (c.dep_ in {"acl", "relcl"} and _is_infinitive(c))
        ]
        if not values:
            return bool(inner)
        return any(c.dep_ in values or lexicon.lemma(c) in values for c in inner)
    if key == "advmod":
        return any(c.lower_ in values for c in token.children)
    # The parser hangs "guilty" in "found him guilty" on the verb or on the object.
    return any(t.lower_ in values for t in token.subtree if t.i > token.i and t.head.head.i in {token.i, token.head.i})


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_plural(tokens: list[Token]) -> bool:
    return len(tokens) > 1 or any("Plur" in t.morph.get("Number", []) or t.lower_ in {"they", "we"} for t in tokens)


def _is_pair(both: Parties) -> bool:
    return len(both.sources) > 1 or bool(both.sources and both.targets)


def _modifiers(frame: Frame) -> list[Token]:
    """What modifies a noun, or a verb's objects, with what modifies that: missile in "ballistic missile test"."""
    nouns = [frame.token] if frame.entry.part == "n" else grammar.undergoers(frame.token)
    found = [c for noun in nouns for c in noun.children if c.dep_ in _MODIFIERS or c.dep_ == "punct" or c.i < noun.i]
    found += [c for t in tuple(found) for c in t.children]
    return found + [t for noun in nouns for t in grammar.objects_of(noun, "of")]


def _first(
    frame: Frame, alternatives: tuple[tuple[str, ...], ...], cast: Cast, without: Iterable[str] = ()
) -> list[str]:
    """The actors of the first of `alternatives` whose first role names one, not only such as are in `without`."""
    excluded = set(without)
    for roles in alternatives:
        found: dict[str, None] = {}
        for name in roles:
            for token in role(frame, name, cast):
                found.update(dict.fromkeys(who(token, cast)))
            if not found:
                break
        if set(found) - excluded:
            return list(found)
    return []


def role(frame: Frame, name: str, cast: Cast) -> Iterator[Token]:
    """The tokens that stand in the role `name` of a frame."""
    token, is_noun = frame.token, frame.entry.part == "n"
    if name == "subj":
        yield from _subjects(token if frame.entry.part == "v" else token.head)
    elif name == "obj":
        yield from grammar.undergoers(token)
    elif name == "comp":
        yield from _complement_subjects(token)
    elif name == "poss":
        yield from (c for c in token.children if c.dep_ == "poss")
    elif name == "mod":
        yield from (c for c in token.children if c.dep_ in {"amod", "compound", "nmod"})
    elif name == "light":
        yield from _lenders(frame)
    elif name == "under":
        yield from _under(token, cast)
    else:
        places = [token, *frame.hosts] if is_noun else [token, *heads(_objects(token))]
        for place in places:
            yield from (t for t in grammar.objects_of(place, name) if t.i != token.i and t.dep_ != "pcomp")


def _subjects(verb: Token) -> Iterator[Token]:
    """The doers of `verb`; of a document that speaks ("filed a suit accusing") also whose it is."""
    for doer in grammar.doers(verb):
        yield doer
        if verb.dep_ in {"acl", "relcl"} and lexicon.lemma(doer) in lexicon.nouns("document"):
            author = grammar.holder(doer)
            yield from grammar.conjuncts(author) if author is not None else []
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and grammar.is_passive(verb):
        # "holds the island, seized in 1974": by its holder
        above, _ = governor(verb.head)
        while above.pos_ not in grammar.VERBS and above.head != above:
            above, _ = governor(above)
        if lexicon.lemma(above) in lexicon.nouns("holding"):
            yield from grammar.doers(above)


def _objects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "acomp", "prep"} and c.pos_ != "ADP"]


def _lenders(frame: Frame) -> list[Token]:
    return [t for host in frame.hosts for t in grammar.doers(host) if t.i != frame.token.i]


def _under(noun: Token, cast: Cast) -> list[Token]:
    """Who is under sanctions, attack, investigation, or faces them: the subject of being, the object of putting."""
    above, relation = governor(noun)
    name = lexicon.lemma(above)
    if relation == "under" and above.pos_ in grammar.VERBS:
        return grammar.undergoers(above) if name in _PUT else grammar.doers(above)
    if relation == "obj" and name in lexicon.nouns("undergo"):
        return grammar.doers(above)
    if name in lexicon.nouns("reaction"):
        # "his response to an assassination attempt": of the person named last
        owners = [c for c in above.children if c.dep_ == "poss"]
        return [_person_before(c, cast) if c.tag_ == "PRP$" else c for c in owners]
    return []


def _person_before(pronoun: Token, cast: Cast) -> Token:
    """The last word before `pronoun` in its sentence that stands for a person; without one the pronoun."""
    before = (pronoun.doc[i] for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1))
    return next((t for t in before if any(a.startswith("person:") for a in cast.at(t))), pronoun)


def _complement_subjects(token: Token) -> list[Token]:
    """Who is to do what `token` asks, offers or alleges: the subject of its clause, or the object that controls it."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in _COMPLEMENTS or child.dep_ in {"acl", "advcl"}:
            for subject in child.children:
                if subject.dep_ in {"nsubj", "nsubjpass"} and subject.pos_ != "DET":
                    found += grammar.conjuncts(grammar.antecedent(subject))
            if child.dep_ == "xcomp" and not found:
                found += grammar.undergoers(token)
            if not found and child.dep_ != "advcl":
                # "agreed to share data with Kenya": whom the inner deed is done to
                found += grammar.objects_of(child, "with", "to", "on", "against", "from") or grammar.undergoers(child)
    return found
