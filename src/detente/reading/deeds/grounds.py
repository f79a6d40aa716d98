"""The state on whose ground a deed lies: whom it reaches, or who does it, where the text names only a thing or a place.

"Shelled a camp near Goma" names nobody that is shelled; the camp stands in the Democratic Republic of the Congo, and
that is whom the records of the field put there. At home nobody is meant: an army that shells a camp in its own state
does not attack that state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, owners, standing
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.roles import Party
from detente.reading.places import Places
from detente.records import EventType
from detente.world.registry import registry

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACHING: Final[frozenset[EventType]] = frozenset({"ASSAULT", "COERCE", "AID", "RETREAT", "MOBILIZE", "CONCEDE"})
"""Types of deeds that are done to whom they are done at."""
_GOVERNED: Final[dict[tuple[EventType, str | None], tuple[str, ...]]] = {
    ("COERCE", "arrest"): ("in", "at"),
    ("COERCE", "deport"): ("from", "out"),
    ("COERCE", "curfew"): ("in", "on"),
    ("COERCE", "martial-law"): ("in",),
    ("SANCTION", "convict"): ("in",),
    ("SANCTION", "expel"): ("from", "out"),
}
"""What only who governs does, with the prepositions that tell where."""
_BY_ANYBODY: Final = frozenset({"hold", "capture", "seize", "nab", "take", "evict", "displace", "keep"})
_TOLD_APART: Final = frozenset({"relcl", "advcl"})
"""Clauses that tell more of a thing, and not where it is: "foreigners who fought for Peru"."""
_WHERE: Final = frozenset("in into inside across throughout near to on around against along".split())
_AWAY: Final = frozenset({"from", "after", "before", "since", "despite", "amid"})


def aim(found: list[Draft], cast: Cast, places: Places) -> dict[tuple[int, int], str]:
    """Aim the drafts that reach a place and name nobody there; the states aimed at, by the offsets of the names."""
    grounds: dict[tuple[int, int], str] = {}
    for draft in found:
        if draft.targets or not (draft.sources or _is_news(draft)):
            continue
        if draft.type not in _REACHING and len(draft.sources) > 1:
            continue
        if draft.type == "REJECT":
            continue  # "refuses to leave the valley" refuses whoever wants it, not who lives there
        own = allegiance.sides(draft.sources, cast)
        if draft.type not in _REACHING:
            # people at home: "protested in Paris"
            own |= {a.country for a in cast.actors if a.id in set(draft.sources) and a.country is not None}
        for token in _places(draft, places):
            state = _state(token, places)
            if state is not None:
                if state not in own:
                    draft.targets = [Party(state, token, "place", draft.token)]
                    draft.rules.append("nobody is named there: whose ground it is")
                    grounds[token.idx, token.idx + len(token)] = state
                break
    return grounds


def hold_to_account(found: list[Draft], cast: Cast, places: Places) -> dict[tuple[int, int], str]:
    """Let a state have done what nobody but who governs there does to people; the states, by the offsets of the names.

    Who is arrested, tried or expelled by nobody named is so by the state on whose ground it happens: "was jailed in
    Belarus", "was expelled from Eritrea". Who is killed there, or held, may be so by anybody.
    """
    grounds: dict[tuple[int, int], str] = {}
    for draft in found:
        where = _GOVERNED.get((draft.type, draft.mode))
        if draft.sources or where is None or not grammar.is_passive(draft.token):
            continue
        if lexicon.lemma(draft.token) in _BY_ANYBODY:
            continue
        for token in grammar.objects_of(draft.token, *where):
            state = _state(token, places)
            if state is not None and state not in draft.targets:
                draft.sources = [Party(state, token, "place", draft.token)]
                draft.rules.append("who governs there does it where nobody is named")
                grounds[token.idx, token.idx + len(token)] = state
                break
    return grounds


def _state(token: Token, places: Places) -> str | None:
    """The state on whose ground the place lies that a word names."""
    place = places.at(token)
    return place.country if place is not None and place.country in registry().states else None


def _is_news(draft: Draft) -> bool:
    """Whether a use of force that nobody is named for is what its sentence tells: "the bombing of Goma killed six"."""
    verb, relation = (draft.token, "") if draft.token.pos_ in grammar.VERBS else standing.governor(draft.token)
    told = relation in {"", "subj"} or standing.dying_in(draft.token) is not None
    return draft.type == "ASSAULT" and told and grammar.first_conjunct(verb).dep_ in {"ROOT", "ccomp", "parataxis"}


def _places(draft: Draft, places: Places) -> Iterator[Token]:
    """The words that name the place of what a deed is done to, then of the deed; of aid also of what it is for."""
    if draft.type not in _REACHING:
        # only where the grammar of the word itself puts whom it is done to: "sought refuge in Peru"
        # and not who suffers what is asked for or reproached: "demanded a boycott of Peru"
        yield from (t for t in draft.undergone if places.at(t) is not None and not owners.suffers(t))
        return
    for thing in draft.undergone:
        if lexicon.lemma(thing) not in lexicon.nouns("others"):
            apart = {t.i for c in thing.subtree if c.dep_ in _TOLD_APART for t in c.subtree}
            yield from (t for t in thing.subtree if t.i in places.names and t.i not in apart)
    for word in draft.words:
        above, relation = standing.governor(word)
        heads = (word, above) if relation in {"obj", "subj", "to", "in"} else (word, *_truces(word))
        for head in heads:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in _WHERE:
                    yield from (t for t in child.children if places.at(t) is not None)
    if draft.type == "AID":
        yield from (t for word in draft.words for t in _given(word) if t.i in places.names)


def _truces(verb: Token) -> list[Token]:
    """The truces that a verb breaks: where they hold is where it happens."""
    return [thing for thing in grammar.undergoers(verb) if lexicon.lemma(thing) in lexicon.nouns("truce")]


def _given(token: Token) -> Iterator[Token]:
    """The words below one, without what tells whence or when."""
    for child in token.children:
        if child.lower_ not in _AWAY and child.dep_ not in {
            "nsubj",
            "nsubjpass",
            "agent",
            "conj",
            "relcl",
            "parataxis",
        }:
            yield child
            yield from _given(child)
