"""Holdings that verbs report: "controls", "was captured by", "withdrew from", and participles: "rebel-held"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon
from detente.reading.places import Places
from detente.reading.territory.extents import Extent, extents, is_measure, strays
from detente.reading.territory.grips import Entry, Grip, holders_of, is_force, is_state
from detente.reading.territory.naming import is_class

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVE: Final = frozenset("cede surrender return relinquish give hand transfer lose yield".split())
_OWNERS: Final = frozenset({"npadvmod", "compound", "nmod", "amod", "nsubj"})
"""Relations of a word before a participle that can say by whom; right before its hyphen any other can too."""
_NO_PLACE: Final = frozenset({"acomp", "oprd", "xcomp", "ccomp", "attr"})
"""Complements that show a word of many meanings in another one: "holds Kyiv responsible"."""


def find(verb: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    if entry.particle and not any(
        c.lower_ == entry.particle and c.dep_ in {"prt", "advmod", "prep"} for c in verb.children
    ):
        return
    if verb.dep_ == "amod":
        yield from _participle(verb, entry, where, cast)
        return
    if any(c.dep_ in _NO_PLACE for c in verb.children) and entry.needs == "named":
        return
    if entry.kind == "claims" and any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children):
        return  # "which it claimed was ready" claims a fact, no land
    if entry.kind == "lost" and _is_partial(verb, entry):
        return
    if entry.needs == "force":
        yield from _moved(verb, entry, where, cast)
        return
    if entry.needs == "rival":
        yield from _driven(verb, entry, where, cast)
        return
    if "subj" in entry.place:
        subject = grammar.surface_subject(verb)
        holders = holders_of(grammar.objects_of(verb, "to", "under"), cast)
        spots = _held([subject] if subject is not None else [], verb, where, cast, entry)
        if holders and spots:
            yield Grip(entry.kind, entry.turn, verb, verb, holders, spots)
        return
    if "obj" in entry.place:
        objects = [_antecedent(noun, verb) for noun in grammar.undergoers(verb)]
        objects = [*objects, *_relative_object(verb)] or _misread_object(verb)
    else:
        objects = _governed(verb, entry.place)
    spots = _held(objects, verb, where, cast, entry)
    if any(noun.i < verb.i for noun in objects):
        spots = [s for s in spots if s.token.i < verb.i]  # not "most of B" in "A, which it annexed, and most of B"
    if not spots:
        return
    kind = "lost" if _no_longer(verb) else entry.kind
    yield Grip(kind, entry.turn, verb, verb, holders_of(grammar.doers(verb), cast), spots)
    yield from _other_side(verb, entry, spots, cast)


def _other_side(verb: Token, entry: Entry, spots: list[Extent], cast: Cast) -> Iterator[Grip]:
    """Who lost what another gained ("recaptured it from"), and who got what another gave ("returned it to")."""
    if entry.turn == "gains":
        losers = holders_of([*grammar.objects_of(verb, "from"), *_from_object(verb)], cast)
        if losers:
            yield Grip("lost", "loses", verb, verb, losers, spots)
    elif entry.turn == "loses" and lexicon.lemma(verb) in _GIVE:
        winners = holders_of(_governed(verb, frozenset({"to"})), cast)
        if winners:
            yield Grip("controls", "gains", verb, verb, winners, spots)


def _from_object(verb: Token) -> list[Token]:
    """Whom a place was taken from, where the parse hangs it on the place: "retook the town of A from the rebels"."""
    return [other for noun in grammar.undergoers(verb) for other in grammar.objects_of(noun, "from")]


def _participle(verb: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    """ "Israeli-occupied": the holder is hyphenated to the participle; a bare "occupied" names nobody."""
    if not {"obj"} & entry.place:
        return
    owners = [c for c in verb.children if c.i < verb.i and (c.dep_ in _OWNERS or (c.i == verb.i - 2 and _joined(verb)))]
    members = grammar.conjuncts(verb.head)
    alike = takewhile(lambda m: not any(c.dep_ in {"det", "amod", "poss"} for c in m.children), members[1:])
    holders = holders_of(owners, cast)
    sure = bool(holders) and verb.head.pos_ == "PROPN" and verb.head.ent_type_ != "PERSON"
    spots = [s for s in _held([verb.head], verb, where, cast, entry, sure=sure) if s.token in {verb.head, *alike}]
    if holders and spots:
        yield Grip(entry.kind, entry.turn, verb, grammar.clause_head(verb), holders, spots, is_given=True)


def _joined(verb: Token) -> bool:
    return verb.i > 0 and verb.nbor(-1).text in {"-", "–"}


def _moved(verb: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    """Troops that are stationed in a place, or that left it."""
    if entry.kind == "lost":
        subject = grammar.surface_subject(verb)
        if subject is None or not is_force(subject):
            return
        spots = [s for s in _held(grammar.undergoers(verb), verb, where, cast, entry) if s.share_text is None]
        if spots:
            yield Grip(entry.kind, entry.turn, verb, verb, holders_of([subject], cast), spots)
        return
    troops = [noun for noun in grammar.undergoers(verb) if is_force(noun)]
    subjects = grammar.doers(verb)
    governed = _governed(verb, entry.place) or [n for t in troops for n in grammar.objects_of(t, *entry.place)]
    spots = extents(governed, where, cast)
    if spots and (troops or any(is_force(noun) for noun in subjects)):
        yield Grip(entry.kind, entry.turn, verb, verb, holders_of([*subjects, *troops], cast)[:1], spots)


def _driven(verb: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    """Who is driven out of a place has lost it: "pushed the militants out of Mosul"."""
    driven = [noun for noun in grammar.undergoers(verb) if noun.pos_ in grammar.NOUNS]
    governed = _governed(verb, entry.place) or [n for d in driven for n in _governed(d, entry.place)]
    spots = extents(governed, where, cast, sure=any(child.lower_ == "out" for child in verb.children))
    armed = [noun for noun in driven if is_force(noun) or not any(a.startswith("person:") for a in cast.at(noun))]
    holders = holders_of(armed, cast)
    if spots and holders:
        yield Grip(entry.kind, entry.turn, verb, verb, holders, spots)


def _held(
    nouns: list[Token], verb: Token, where: Places, cast: Cast, entry: Entry, *, sure: bool = False
) -> list[Extent]:
    loose = grammar.objects_of(verb, "in", "inside")
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):
        loose = [*loose, verb.head]  # "in A, where they hold half of the town"
    sure = sure or (entry.needs == "" and bool(entry.place & {"obj", "subj"}))
    spots = extents(nouns, where, cast, loose=loose, sure=sure)
    if nouns and spots:
        spots += strays(verb, spots, where, cast)
    if entry.needs != "named":
        return spots
    given = lexicon.lemma(verb) in _GIVE and bool(_governed(verb, frozenset({"to"})))
    if lexicon.lemma(verb) in _GIVE:  # not "returned the Bible to its owner"
        spots = [s for s in spots if s.place.country or s.share_text or s.token.dep_ == "pobj" or is_class(s.token)]
    return [s for s in spots if given or s.share_text or s.area_km2 or not is_state(s, cast)]


def _antecedent(noun: Token, verb: Token) -> Token:
    """What a relative pronoun in the object stands for; "that" never for a name, which needs no telling which.

    In "A, a town in the Altai region that Mongolia held" it is the town, wherever the parse hangs the clause.
    """
    pronoun = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.lower_ == "that"), None)
    found = grammar.antecedent(noun)
    if pronoun is None or verb.dep_ != "relcl" or found != verb.head or found.dep_ != "pobj":
        return found
    above = found.head.head
    named = found.pos_ == "PROPN" or any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in found.children)
    told = any(c.lower_ in {"a", "an", "one", "another"} for c in above.children)
    return above if named and told and above.pos_ == "NOUN" else found


def _relative_object(verb: Token) -> Iterator[Token]:
    """The noun of a relative clause without its pronoun: "territory it controls in the north"."""
    if verb.dep_ == "relcl" and not any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and subject.lower_ not in grammar.RELATIVE:
            yield verb.head


def _misread_object(verb: Token) -> list[Token]:
    """A name that the tagger does not know and takes for an adverb: it stands right after its verb, with a capital."""
    return [c for c in verb.children if c.i == verb.i + 1 and c.text[:1].isupper() and c.dep_ in {"advmod", "npadvmod"}]


def _governed(verb: Token, prepositions: frozenset[str]) -> list[Token]:
    """What stands under the prepositions of a verb, or of its particle ("pulled out of the valley")."""
    found = grammar.objects_of(verb, *prepositions)
    for child in verb.children:
        if child.lower_ in {"out", "back", "away"}:
            found += grammar.objects_of(child, *prepositions)
    return found


def _is_partial(verb: Token, entry: Entry) -> bool:
    """Whether troops only begin to leave, or some of them do."""
    if verb.dep_ == "xcomp" and lexicon.lemma(verb.head) in {"begin", "start"}:
        return True
    return "obj" not in entry.place and any(child.dep_ == "dobj" and is_measure(child) for child in verb.children)


def _no_longer(verb: Token) -> bool:
    return any(c.lower_ == "longer" and any(n.lower_ == "no" for n in c.children) for c in verb.children)
