"""The act that a cue reports by itself, whatever its content is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from detente.reading.speech import cues
from detente.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_LENDING: Final = frozenset(
    """make issue voice express give have offer raise level repeat reiterate renew deliver extend convey articulate
    reaffirm send pay sound put launch lodge file pose show hold""".split()
)
"""Verbs that lend their subject to a noun of speech."""

TURNED: Final = frozenset({"promise", "agree", "offer"})
"""Acts that a negation turns into a refusal; of others it leaves nothing: what was not claimed was not said."""


def of(cue: Iterable[Token]) -> Act | None:
    """The act that a cue names, negated or not; None where the lexicon does not know the words.

    Reads the cue's verb with its particle ("called for"), a noun that a light verb carries ("issued a warning"), or a
    noun by itself ("the ministry's denial").
    """
    tokens = list(cue)
    for token in tokens:
        if token.pos_ == "VERB":
            act = _of_verb(token, {t.lower_ for t in tokens if t != token})
            if act is not None:
                return act
    for token in tokens:
        entry = cues.nouns().get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        if entry is not None:
            return entry.act
    return "state" if any(token.lower_ == "according" for token in tokens) else None


def _of_verb(verb: Token, others: set[str]) -> Act | None:
    lemma = verb.lemma_.lower()
    if lemma in _LENDING:
        for child in verb.children:
            noun = cues.nouns().get(child.lemma_.lower()) if child.dep_ == "dobj" else None
            if noun is not None:
                return noun.act
    particles = others | {child.lower_ for child in verb.children if child.i > verb.i and child.dep_ in {"prt", "prep"}}
    longer = (cues.verbs().get(f"{lemma} {particle}") for particle in sorted(particles))
    entry = next((entry for entry in longer if entry is not None), None) or cues.verbs().get(lemma)
    return entry.act if entry is not None else None
