"""Reproaches without a verb of accusing: "said that Chad was behind the attack", "said rebels were responsible"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, owners, scope
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.roles import Party
from detente.reading.statements import Sayings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GUILTY: Final = frozenset({"responsible", "guilty", "culpable"})


def find(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """The accusations of who says of another that he is responsible for a deed; `taken` are words of other events."""
    for token in doc:
        verb = token.head
        if not _blames(token) or lexicon.lemma(verb) != "be":
            continue
        saying = sayings.around(verb)
        if saying is None or saying.cue is None or saying.cue in taken or saying.record.source is None:
            continue
        speaker, cue = saying.record.source.actor, doc[saying.cue]
        if speaker is None or cue.pos_ != "VERB" or any(layer.token.head == verb for layer in scope.layers(verb)):
            continue  # "was not responsible", "may be behind it"
        accused = [Party(actor, doer, "subj", verb) for doer in grammar.doers(verb) for actor in owners.who(doer, cast)]
        if accused and not any(allegiance.side(actor, cast) & allegiance.side(speaker, cast) for actor in accused):
            yield Draft(
                cue,
                "ACCUSE",
                "allege",
                [Party(speaker, saying.speaker, "speaker", cue)],
                [*accused],
                scope.layers(cue),
                (cue, cue),
                [cue],
                rules=["who says that another is responsible accuses him"],
            )


def _blames(word: Token) -> bool:
    """Whether a predicate lays a deed at somebody's door: "responsible", "behind the attack"; not "responsible for the
    budget", "behind the plan".
    """
    if word.dep_ == "acomp" and word.lower_ in _GUILTY:
        things = grammar.objects_of(word, "for", "of")
        return not things or any(map(lexicon.is_hostile, things))
    if word.dep_ == "prep" and word.lower_ == "behind":
        return any(lexicon.is_hostile(child) for child in word.children if child.dep_ == "pobj")
    return False
