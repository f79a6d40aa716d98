"""The act that a cue reports by itself, whatever its content is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from detente.reading.speech import cues
from detente.reading.speech.cues import Cue
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
    """The act that a cue names, negated or not; None where the lexicon does not know the words."""
    tokens = list(cue)
    known = entry(tokens)
    if known is not None:
        return known.act
    return "state" if any(token.lower_ == "according" for token in tokens) else None


def entry(tokens: Sequence[Token]) -> Cue | None:
    """The cue of the lexicon that `tokens` hold, if it knows one.

    Reads the cue's verb with its particle ("called for"), a noun that a light verb carries ("issued a warning"), or a
    noun by itself ("the ministry's denial").
    """
    for token in tokens:
        if token.pos_ == "VERB":
            found = _of_verb(token, {t.lower_ for t in tokens if t != token})
            if found is not None:
                return found
    known = (cues.nouns().get(token.lemma_.lower()) for token in tokens if token.pos_ == "NOUN")
    return next((noun for noun in known if noun is not None), None)


def lent(verb: Token, thing: Token) -> Act | None:
    """The act of a noun of speech as the object of a verb that lends it its subject, also where the verb is left out:
    "voiced its anger, Chad its regret"; None where the verb's own act counts."""
    noun = cues.nouns().get(thing.lemma_.lower())
    return noun.act if noun is not None and verb.lemma_.lower() in _LENDING else None


def _of_verb(verb: Token, others: set[str]) -> Cue | None:
    lemma = verb.lemma_.lower()
    if lemma in _LENDING:
        for child in verb.children:
            noun = cues.nouns().get(child.lemma_.lower()) if child.dep_ == "dobj" else None
            if noun is not None:
                # who offers support has not yet agreed to any
                return cues.verbs().get(lemma, noun) if lemma == "offer" and noun.act == "agree" else noun
    particles = others | {child.lower_ for child in verb.children if child.i > verb.i and child.dep_ in {"prt", "prep"}}
    longer = (cues.verbs().get(f"{lemma} {particle}") for particle in sorted(particles))
    return next((known for known in longer if known is not None), None) or cues.verbs().get(lemma)
