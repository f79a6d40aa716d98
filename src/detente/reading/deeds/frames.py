"""Which words report an event, and in which sense: the entry of the lexicon that a word's neighbours pick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, roles, standing
from detente.reading.deeds.lexicon import Entry, Need
from detente.reading.deeds.roles import Parties
from detente.reading.deeds.standing import Frame
from detente.records import Actor
from detente.world.lexicon import of_kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_APPROVAL: Final = frozenset({"backing", "recognition", "endorsement", "approval", "blessing"})
_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "nummod", "npadvmod", "poss"})
_COMPLEMENTS: Final = frozenset({"ccomp", "xcomp"})
_INTO: Final = frozenset({"in", "into", "on"})
"""Prepositions by which one is in a deed of one's own: "in talks", "on strike"."""

_TIMES: Final = frozenset({"DATE", "TIME"})
"""Labels of what says when: "on" in "seized boats on Thursday" is not that of "seized on the mistake"."""

_BESIDE: Final = frozenset({"in", "after", "during", "following", "before"})
"""Prepositions that tell beside what one does something: "said after talks with"."""

_READYING: Final = frozenset({"prepare", "ready", "gird", "brace"})
"""Verbs by which one makes ready "for" a deed of one's own."""
_THERE: Final = frozenset({"be", "gather", "assemble", "convene"})
"""Verbs of who has come together "for" a meeting."""
_GOING: Final = frozenset("fly travel go come arrive head leave depart return journey land rush".split())
"""Verbs of who is on his way "for" one."""
_GOVERNING: Final = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
"""Sectors of who acts for a state."""

_UNIONS: Final = frozenset({"IGO", "UNO", "EUR"})
"""Countries that the records give organisations of states."""
_STATES: Final = frozenset(
    {"be", "come", "remain", "stay", "go", "fall", "enter", "engage", "get", "live", "participate"}
)


def match(token: Token, cast: Cast) -> Frame | None:
    """The frame of `token`; None where it reports no event in its sentence."""
    frame = sense(token, cast)
    return frame if frame is not None and frame.entry.type is not None else None


def sense(token: Token, cast: Cast) -> Frame | None:
    """The sense that a word of the lexicon has in its sentence, also one that is no event; None where it has none."""
    senses = lexicon.entries(token)
    if not senses or (token.pos_ == "VERB" and token.dep_ in {"amod", "compound"}):
        return None
    if token.dep_ == "compound" and lexicon.lemma(token.head) in lexicon.nouns("force"):
        return None  # "riot police"
    if token.tag_ == "VBN" and token.dep_ == "conj" and token.nbor(-1).dep_ == "cc" and token.nbor(-2).tag_ == "JJ":
        return None  # "lost fifty dead and wounded"
    hosts = tuple(_hosts(token)) if token.pos_ == "NOUN" else ()
    for entry in senses:
        frame = Frame(token, entry, hosts)
        if fits(frame, entry, cast):
            return frame
    return None


def fits(frame: Frame, entry: Entry, cast: Cast) -> bool:
    """Whether the neighbours of a frame's word are those that a sense of it asks for."""
    asked = replace(frame, entry=entry)
    return _has_particle(frame.token, entry.particle) and all(_meets(need, asked, cast) for need in entry.needs)


def _hosts(noun: Token) -> Iterator[Token]:
    above, relation = standing.governor(noun)
    lends = above.pos_ in grammar.VERBS and lexicon.lemma(above) in _lends_by(relation)
    # "seeks the release of two men", "wants the support of Oman": others are to do it
    sought = lexicon.lemma(above) in {"seek", "want"} and (
        lexicon.is_done_to(noun) or lexicon.lemma(noun) in lexicon.nouns("aid") | _APPROVAL
    )
    if lends and not sought and not (lexicon.lemma(above) == "discuss" and lexicon.is_hostile(noun)):
        yield above  # who discusses a battle does not fight it
    if relation == "for" and lexicon.lemma(noun) in lexicon.nouns("meeting"):
        alone = lexicon.lemma(above) == "be" and not grammar.objects_of(noun, "with")
        if lexicon.lemma(above) in _THERE and not alone:
            yield above  # "is in Cairo for talks with"
        if lexicon.lemma(above) in _GOING and grammar.objects_of(noun, "with"):
            yield above  # "flew to Cairo for talks with"
        guest = above.head.head if above.dep_ == "pobj" else above
        if guest.dep_ == "nsubj" and grammar.objects_of(guest, "in", "at") and grammar.objects_of(noun, "with"):
            yield guest.head  # "the envoy, in Cairo for talks with Togo, said"
    if relation in _BESIDE and _is_with_others(noun, relation):
        # "the envoy, after talks with Togo, left": the parse may hang "after" on the envoy
        verb = above.head if above.dep_ == "nsubj" else above
        if verb.pos_ in grammar.VERBS:
            yield verb
    if relation == "for" and lexicon.lemma(above) == "responsibility" and above.dep_ == "dobj":
        yield above.head  # who claims responsibility for a deed says that he did it
    for member in grammar.conjuncts(noun):
        for child in member.children:
            if child.dep_ in {"acl", "relcl"} and lexicon.lemma(child) in lexicon.nouns("light") | {"agree"}:
                yield child
            if child.dep_ == "acl" and lexicon.lemma(child) == "claim" and lexicon.lemma(noun) in lexicon.nouns("blow"):
                yield child  # "a bombing claimed by"


def _is_with_others(noun: Token, relation: str) -> bool:
    """Whether a noun tells what somebody has with others, whom alone it names: "said after talks with Togo", "bombed
    it in cooperation with Togo".
    """
    kind = "COOPERATE" if relation == "in" else "CONSULT"
    named = any(c.dep_ == "poss" or (c.dep_ in _MODIFIERS and c.pos_ == "PROPN") for c in noun.children)
    return not named and bool(grammar.objects_of(noun, "with")) and any(e.type == kind for e in lexicon.entries(noun))


def _lends_by(relation: str) -> frozenset[str]:
    """The verbs that lend a noun their subject where it stands in `relation` to them."""
    if relation == "obj":
        return lexicon.nouns("light") | lexicon.nouns("lend")
    if relation == "to":
        return lexicon.nouns("lend")
    if relation == "for":
        return _READYING
    if relation == "subj":
        return lexicon.nouns("occur")
    return _STATES | standing.PUTTING if relation in _INTO else frozenset()


def _has_particle(token: Token, particle: str | None) -> bool:
    return particle is None or any(
        child.lower_ == particle
        and (child.dep_ in {"prt", "advmod"} or (child.dep_ == "prep" and all(c.dep_ == "prep" for c in child.rights)))
        for child in token.children  # "pulled out", "pulled out of"
    )


def _meets(need: Need, frame: Frame, cast: Cast) -> bool:
    return _holds(need, frame, cast) is not need.denied


def _holds(need: Need, frame: Frame, cast: Cast) -> bool:
    token, key = frame.token, need.key
    if key == "light":
        return any(not need.values or lexicon.lemma(host) in need.values for host in frame.hosts)
    if key == "plural":
        return _is_plural(grammar.doers(token) if frame.entry.part != "n" else standing.lenders(frame))
    if key == "pair":
        return _is_pair(roles.parties(frame, cast))
    if key == "many":
        return len(roles.parties(frame, cast).sources) > 2
    if key == "after":
        return token.dep_ == "pobj" and token.head.lower_ in need.values
    if key == "own":
        return any(c.tag_ == "PRP$" for noun in grammar.undergoers(token) for c in noun.children)
    if key == "particle":
        return any(c.dep_ == "prt" for c in token.children)
    if key in {"to-do", "for-to"}:
        clauses = [c for c in token.children if c.dep_ in {"advcl", "ccomp", "xcomp"} and grammar.is_infinitive(c)]
        if key == "to-do":
            # "gave it two days to leave"
            times = (c for c in token.children if lexicon.lemma(c) in grammar.TIMES)
            clauses += [c for time in times for c in time.children if grammar.is_infinitive(c)]
            return bool(clauses)
        return any(c.dep_ == "mark" and c.lower_ == "for" for clause in clauses for c in clause.children)
    if key == "inside":
        return any(t.lower_ in need.values for t in token.subtree if t.i > token.i)
    if key == "inner":
        below = [*token.subtree, *(t for clause in grammar.that_clauses(token) for t in clause.subtree)]
        return any(sense.type in need.values for t in below if t.i != token.i for sense in lexicon.entries(t))
    if key == "does":
        return any(_is_own_deed(clause, need.values, cast) for clause in _infinitives(token))
    if key == "wish":
        return any(c.dep_ == "ccomp" and _is_wish(c) for c in token.children)
    if key in {"comp", "oprd", "advmod"}:
        return _has_child(token, key, need.values)
    found = list(standing.in_role(frame, key, cast)) if key != "mod" else _modifiers(frame)
    if not found and key not in {"obj", "subj", "mod"}:
        return not need.values and any(c.lower_ == key for c in token.children if c.dep_ in {"prt", "advmod", "prep"})
    if not need.values:
        return any(t.ent_type_ not in _TIMES for t in found)
    names = {lexicon.lemma(t) for t in standing.heads(found)}
    if names & need.values or (lexicon.ACTOR in need.values and any(cast.at(t) for t in standing.heads(found))):
        return True
    if lexicon.PERSON in need.values and any(of_kind(t.lower_, "person") is not None for t in standing.heads(found)):
        return True
    if lexicon.NAME in need.values and any(t.pos_ == "PROPN" for t in found):
        return True
    if lexicon.UNION in need.values:
        ids = {a for t in found for a in cast.at(t)}
        return any(a.id in ids and a.kind == "organisation" and a.country in _UNIONS for a in cast.actors)
    if lexicon.STATE in need.values or lexicon.COUNTRY in need.values:
        ids = {a for t in standing.heads(found) for a in cast.at(t)}
        return any(_is_of_state(a, need.values) for a in cast.actors if a.id in ids)
    return False


def _infinitives(verb: Token) -> Iterator[Token]:
    """What a verb says that its subject is to do, or not: condemn and punish in "failed to condemn or punish"."""
    for clause in verb.children:
        if clause.dep_ == "xcomp" and grammar.is_infinitive(clause):
            yield from grammar.conjuncts(clause)


def _is_own_deed(verb: Token, types: frozenset[str], cast: Cast) -> bool:
    """Whether a verb, or the noun that it lends its doer, tells a deed of one of `types` that is its subject's to do.

    To support a plan is, and to reach an accord on it with others; to win support for it is theirs.
    """
    for word in (verb, *grammar.undergoers(verb)):
        frame = match(word, cast)
        if frame is not None and frame.entry.type in types:
            return word != verb or any("subj" in names for names in frame.entry.source)
    return False


def _is_wish(clause: Token) -> bool:
    """Whether a clause tells what is to be: in the subjunctive, which in the plural only the tense of the verb above
    tells ("insisted that the settlers leave"), or with "must" or "should".
    """
    helpers = [c for c in clause.children if c.dep_ in {"aux", "auxpass"}]
    first = min([clause, *helpers], key=lambda t: t.i)
    if first.lower_ in {"must", "should"}:
        return True
    return first.tag_ == "VB" or (first.tag_ == "VBP" and clause.head.tag_ in {"VBD", "VBN"} and first.lower_ != "are")


def _is_of_state(actor: Actor, values: frozenset[str]) -> bool:
    if actor.kind == "state":
        return True
    return lexicon.STATE in values and bool(_GOVERNING & set(actor.sectors))


def _has_child(token: Token, key: str, values: frozenset[str]) -> bool:
    if key == "comp":
        inner = [
            c
            for c in token.children
            if c.dep_ in _COMPLEMENTS or (c.dep_ in {"acl", "relcl"} and grammar.is_infinitive(c))
        ]
        if lexicon.lemma(token) in lexicon.nouns("claim") | lexicon.nouns("demand"):
            inner += grammar.that_clauses(token)
        if not values:
            return bool(inner)
        return any(c.dep_ in values or lexicon.lemma(c) in values for c in inner)
    if key == "advmod":
        return any(c.lower_ in values for c in token.children)
    if not values:
        return any(c.dep_ in {"oprd", "acomp"} for c in token.children)
    # The parser hangs "guilty" in "found him guilty" on the verb or on the object.
    return any(t.lower_ in values for t in token.subtree if t.i > token.i and t.head.head.i in {token.i, token.head.i})


def _is_plural(tokens: list[Token]) -> bool:
    return len(tokens) > 1 or any(
        "Plur" in t.morph.get("Number", []) or t.lower_ in {"they", "we"} or (t.pos_ == "NUM" and t.lower_ != "one")
        for t in tokens
    )


def _is_pair(both: Parties) -> bool:
    return len(both.sources) > 1 or bool(both.sources and both.targets)


def _modifiers(frame: Frame) -> list[Token]:
    """What modifies a noun, or a verb's objects, with what modifies that: missile in "ballistic missile test"."""
    nouns = [frame.token] if frame.entry.part == "n" else grammar.undergoers(frame.token)
    found = [c for noun in nouns for c in noun.children if c.dep_ in _MODIFIERS or c.dep_ == "punct" or c.i < noun.i]
    found += [c for t in tuple(found) for c in t.children]
    return found + [t for noun in nouns for t in grammar.objects_of(noun, "of")]
