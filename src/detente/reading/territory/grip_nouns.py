"""Holdings that nouns report: "exercises authority over", "the occupation of", "under the control of", "a base in"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, standing
from detente.reading.places import Places
from detente.reading.territory.extents import Extent, extents, strays
from detente.reading.territory.grips import Entry, Grip, Turn, entries, holders_of, is_force
from detente.records import HoldingKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_HAVE: Final = frozenset(
    """have exercise maintain retain keep exert assert consolidate tighten enjoy hold extend expand strengthen claim
    cement solidify impose""".split()
)
"""Verbs under which "control of" is had."""

_GAIN: Final = frozenset(
    "gain take seize regain assume win secure establish capture retake wrest reclaim restore".split()
)
_LOSE: Final = frozenset("lose cede relinquish surrender yield abandon give hand transfer forfeit".split())
_ASSERT: Final = frozenset("claim assert have lay maintain press renew".split())
"""Verbs under which sovereignty or a claim is claimed."""

_KEEP: Final = frozenset("have keep maintain retain operate run own establish open build station deploy".split())
_UNDER: Final = frozenset({"under"})
_OUTSIDE: Final = frozenset({"outside", "beyond", "of"})
"""Prepositions that say the contrary; "of" only in "out of"."""
_CLOSE: Final = frozenset(
    "close shut vacate abandon leave dismantle evacuate lose relinquish surrender return give hand transfer".split()
)
"""Verbs under which a base is there no more."""
_LEFT: Final = frozenset({"from", "of"})
_STATES: Final = frozenset("be remain stay come fall bring place put pass go".split())


def find(noun: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    if noun.dep_ == "pobj" and noun.head.lower_ in _UNDER | _OUTSIDE:
        yield from under(noun, where, cast, entry)
        return
    if entry.needs == "force":
        yield from _based(noun, entry, where, cast)
        return
    agents = grammar.objects_of(noun, "by")
    possessors = [c for c in noun.children if c.dep_ == "poss"]
    anchor, relation = standing.governor(noun)
    governed = grammar.objects_of(noun, *entry.place)
    if not governed and relation == "obj":
        governed = grammar.objects_of(anchor, *(entry.place - {"of"}))
    spots = extents(governed, where, cast, sure=True)
    if not spots and agents and possessors:
        spots, possessors = extents(possessors, where, cast), []  # "the town's capture by rebels"
    if not spots:
        return
    verb = lexicon.lemma(anchor) if anchor.pos_ in grammar.VERBS else ""
    spots += strays(anchor, spots, where, cast) if verb else []
    kind, turn = entry.kind, entry.turn
    if relation == "in" and verb in _STATES and noun.dep_ == "pobj" and not possessors and not agents:
        possessors = grammar.doers(anchor)  # "remain in control of the town"
    owners = agents or [_own(possessor, anchor) for possessor in possessors] or _marks(noun, cast)
    if relation == "obj" and verb and not agents and not possessors:
        changed = _by_light_verb(verb, entry)
        if changed is not None:
            kind, turn = changed
            owners = [t for t in grammar.doers(anchor) if t.i != noun.i]
        elif not owners:
            return
    elif relation == "obj" and verb in _LOSE and entry.kind != "lost":
        kind, turn = "lost", "loses"
    holders = holders_of(owners, cast)
    if holders:
        # To claim sovereignty is to hold a claim: the verb does not put it in doubt.
        trigger = anchor if kind == "claims" and relation == "obj" and verb in _ASSERT else noun
        yield Grip(kind, turn, trigger, anchor if verb else grammar.clause_head(noun), holders, spots)


def _own(possessor: Token, verb: Token) -> Token:
    """Whom a possessive pronoun in a verb's object means: the verb's subject ("called on A to end its rule over B")."""
    if possessor.pos_ != "PRON" or verb.pos_ not in grammar.VERBS:
        return possessor
    called = grammar.objects_of(verb.head, "on", "upon", "to") if verb.dep_ in {"xcomp", "advcl"} else []
    subject = called[0] if called else grammar.surface_subject(verb)
    return subject if subject is not None and subject.i < possessor.i else possessor


def _by_light_verb(verb: str, entry: Entry) -> tuple[HoldingKind, Turn] | None:
    """What a verb makes of its object "control of": had, gained or lost."""
    if entry.kind == "claims":
        return ("claims", "has") if verb in _ASSERT else None
    if verb in _HAVE and entry.turn == "has":
        return entry.kind, "has"
    if verb in _GAIN and entry.turn == "has":
        return entry.kind, "gains"
    if verb in _LOSE and entry.turn == "has":
        return "lost", "loses"
    if entry.turn != "has" and verb in {"complete", "claim", "make"}:
        return entry.kind, entry.turn
    return None


def _based(noun: Token, entry: Entry, where: Places, cast: Cast) -> Iterator[Grip]:
    """A base that somebody keeps in a place."""
    spots = _sites(grammar.objects_of(noun, *entry.place), where, cast)
    if not spots:
        return
    holders = holders_of([c for c in noun.children if c.dep_ == "poss"] or _marks(noun, cast), cast)
    if _is_given_up(noun):
        return
    if holders:
        yield Grip(entry.kind, entry.turn, noun, grammar.clause_head(noun), holders, spots, is_given=True)
    else:
        yield from kept(noun, where, cast)


def _is_given_up(base: Token) -> bool:
    """Whether a base is told of as left: "handed over its base in", "pulled out of Jalta, its last base in"."""
    if base.dep_ == "appos":
        return _is_given_up(base.head)
    verb, relation = standing.governor(base)
    if relation == "obj":
        return lexicon.lemma(verb) in _CLOSE or any(entry.turn == "gains" for entry in entries(verb))
    if base.dep_ != "pobj" or base.head.lower_ not in _LEFT:
        return False
    above = base.head.head if base.head.head.pos_ != "ADP" else base.head.head.head
    return any(entry.turn == "loses" for entry in entries(above))


def kept(noun: Token, where: Places, cast: Cast) -> Iterator[Grip]:
    """Troops or a base that a verb says somebody keeps in a place."""
    verb, relation = standing.governor(noun)
    if relation != "obj" or lexicon.lemma(verb) not in _KEEP:
        return
    spots = _sites(
        grammar.objects_of(noun, "in", "at", "on") or grammar.objects_of(verb, "in", "at", "on"), where, cast
    )
    if spots:
        yield Grip("presence", "has", noun, verb, holders_of(grammar.doers(verb), cast), spots)


def _sites(nouns: list[Token], where: Places, cast: Cast) -> list[Extent]:
    """The places of a base; another base that is coordinated with them is no place of the first."""
    spots = extents(nouns, where, cast)
    return [s for s in spots if not is_force(s.token) and not entries(s.token)]


def under(noun: Token, where: Places, cast: Cast, entry: Entry | None = None) -> Iterator[Grip]:
    """Holders in a phrase that is said of a place: "under the control of A", "in rebel hands"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _UNDER | _OUTSIDE | {"in", "into"}:
        return
    preposition = noun.head
    denied = preposition.lower_ in _OUTSIDE
    if preposition.lower_ == "of":
        if preposition.head.lower_ != "out":
            return
        preposition = preposition.head
    if entry is not None and entry.turn != "has":
        return
    owners = grammar.objects_of(noun, "of") or [c for c in noun.children if c.dep_ == "poss"] or _marks(noun, cast)
    above = preposition.head
    if above.pos_ in grammar.VERBS:
        subject = grammar.surface_subject(above)
        if lexicon.lemma(above) not in _STATES or subject is None:
            return
        named = grammar.undergoers(above) if lexicon.lemma(above) in {"bring", "place", "put"} else [subject]
    else:
        named = [above]
    spots = extents(named, where, cast, sure=False)
    holders = holders_of(owners, cast)
    if spots and holders:
        anchor = above if above.pos_ in grammar.VERBS else grammar.clause_head(noun)
        turn: Turn = "gains" if lexicon.lemma(above) in {"come", "fall", "bring", "pass", "go"} else "has"
        kind = entry.kind if entry is not None else "controls"
        yield Grip(kind, turn, noun, anchor, holders, spots, is_denied=denied)


def _marks(noun: Token, cast: Cast) -> list[Token]:
    """The adjective or noun before a noun that says whose it is, the nearest: "rebel control", "Afghan army base"."""
    before = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.i < noun.i]
    return [c for c in before if cast.at(c)][-1:]
