"""Who speaks, where the grammar around a cue knows better than the model.

Between the model and the parse the model is right far more often. The parse is asked about what grammar alone decides:
who is asked does not ask, who is told does not tell, who stands in a by-phrase does; nobody speaks by a verb of another
sentence that has a subject of its own; and a name within the phrase that is the subject is not the subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLD: Final = frozenset(
    """tell warn inform assure urge ask brief remind advise notify caution press order instruct beg reassure implore
    quiz""".split()
)
"""Verbs whose object, or subject in the passive, is whom they address."""

_QUOTING: Final = frozenset({"quote", "cite", "paraphrase", "report"})

_NAMED: Final = frozenset({"NOUN", "PROPN"})
_ASIDE: Final = frozenset({"prep", "relcl", "acl"})
"""What hangs on a noun and is about it: whoever is named there is somebody else."""

_HEADING: Final = frozenset({"nsubj", "nsubjpass", "appos", "compound"})
"""What a noun is to its clause where it, and not the word before it, is who speaks."""

_ADVERBIAL: Final = frozenset({"DATE", "TIME", "CARDINAL", "PERCENT", "QUANTITY", "MONEY"})
"""What "by" also stands before: "was promised by Monday"."""


def of(cue: Token | None, source: Token | None) -> Token | None:
    """The word that names the speaker of a cue for which the model names `source`; None where nobody is named."""
    if source is not None:
        source = _whole(source, cue)
    if cue is None or cue.pos_ != "VERB":
        return source
    if (cited := quoted(cue)) is not None:
        return cited
    if is_told(cue):
        return _agent(cue)
    if grammar.is_passive(cue):
        return _of_passive(cue, source)
    subject = own_subject(cue)
    if source is None or subject is None or subject.pos_ not in grammar.NOUNS - {"NUM"} or _is_relative(subject):
        return source
    if cue.dep_ == "ROOT" and any(child.dep_ == "mark" for child in cue.children):
        return source  # "After the raid on Monday Chad said": the parse has lost its way
    if source.sent != cue.sent or _is_aside(source, subject) or _is_spoken_of(source, cue):
        return subject
    return source


def quoted(saying: Token) -> Token | None:
    """Whom somebody quotes by a participle: the envoy in "was quoted as saying", "quoted the envoy as saying"."""
    quoting = saying.head.head
    if saying.dep_ != "pcomp" or saying.head.lower_ != "as" or quoting.lemma_.lower() not in _QUOTING:
        return None
    relation = "nsubjpass" if grammar.is_passive(quoting) else "dobj"
    return next((child for child in quoting.children if child.dep_ == relation), None)


def own_subject(verb: Token) -> Token | None:
    """The subject that stands with a verb in the active."""
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def is_told(cue: Token) -> bool:
    """Whether a cue is a participle said of whom it addresses: "asked whether he would go, the envoy declined".

    Between commas behind its noun the parse takes it for the main verb: "the envoy, asked about it, declined".
    """
    if cue.lemma_ not in TOLD or any(c.dep_ in {"aux", "auxpass", "dobj"} for c in cue.children):
        return False
    subject = own_subject(cue)
    if subject is None:
        return cue.tag_ == "VBN" or (cue.tag_ == "VBD" and cue.dep_ == "advcl")
    follows = cue.i >= 2 and cue.nbor(-1).text == "," and subject.i < cue.i - 1
    return follows and any(
        child.i > cue.i and child.tag_ in {"VBD", "VBZ", "VBP"} and own_subject(child) is None and _after_comma(child)
        for child in cue.children
        if child.dep_ in {"ccomp", "conj", "advcl", "dep", "parataxis"}
    )


def addressed(cue: Token) -> Token | None:
    """Whom a passive cue addresses, its subject: "was told by the envoy"; of a participle, whom it is said of."""
    if cue.lemma_ not in TOLD:
        return None
    subject = next((child for child in cue.children if child.dep_ == "nsubjpass"), None)
    if subject is not None or not (is_told(cue) or grammar.is_passive(cue)):
        return subject
    return own_subject(cue) or (own_subject(cue.head) if cue.dep_ == "advcl" else grammar.surface_subject(cue))


def _of_passive(cue: Token, source: Token | None) -> Token | None:
    """Whoever stands in the by-phrase; nobody, where a verb of speech is said of the source or of what names it."""
    if cue.lemma_.lower() not in cues.verbs() or any(_may_be_has(c) for c in cue.children if c.dep_ == "auxpass"):
        return source
    agent = _agent(cue)
    if agent is not None:
        return source if source is not None and (source == agent or agent in source.ancestors) else agent
    subject = next((child for child in cue.children if child.dep_ in {"nsubjpass", "nsubj"}), None)
    if source is None or subject is None:
        return source
    return None if source in grammar.conjuncts(subject) or _is_aside(source, subject) else source


def _agent(cue: Token) -> Token | None:
    by = grammar.objects_of(cue, "by")
    return next((noun for noun in by if noun.pos_ in grammar.NOUNS and noun.ent_type_ not in _ADVERBIAL), None)


def _may_be_has(auxiliary: Token) -> bool:
    """Whether a contraction may be of "has": "he's predicted a victory"."""
    return auxiliary.lower_ in {"'s", "’s", "'d", "’d"}


def _whole(part: Token, cue: Token | None) -> Token:
    """The noun that a part of its phrase belongs to: "officials" of "American", the surname of a first name.

    Not over the cue: in headlines the parse takes "Lopez slams ministry" for one noun.
    """
    while part.dep_ in {"compound", "amod"} and part.head.pos_ in _NAMED and part.head.dep_ in _HEADING:
        if cue is not None and part.i < cue.i <= part.head.i:
            break
        part = part.head
    return part


def _is_aside(source: Token, subject: Token) -> bool:
    """Whether a source is named only in what is said about the subject: "the envoy, who met Lopez, said"."""
    if subject.pos_ not in _NAMED or subject not in source.ancestors:
        return False
    at = source
    while at.head != subject:
        at = at.head
    return at.dep_ in _ASIDE


def _is_spoken_of(source: Token, cue: Token) -> bool:
    """Whether a source is the noun that a relative clause is about: "a charge that Peru denies"."""
    return cue.dep_ == "relcl" and source == cue.head


def _is_relative(subject: Token) -> bool:
    return subject.tag_ in {"WP", "WDT", "WP$"} or subject.lower_ in {"it", "that", "this", "there"}


def _after_comma(verb: Token) -> bool:
    first = min(t.i for t in verb.subtree)
    return first > 0 and (verb.doc[first - 1].text == "," or verb.doc[first].text == ",")
