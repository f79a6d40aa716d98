"""Where a content ends that is a clause: what the model takes along though the speaker does not say it.

That is what the speaker does next by a verb of his own ("said the road was closed and urged drivers to stay"), the
newspaper's word behind a semicolon ("said that he had left; no trace was found"), what others call the claim ("a charge
that Peru denies"), and a sentence that only follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import cue_acts, cues, extents
from detente.records import Act
from detente.world.lexicon import of_kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALIVE: Final = frozenset({"PERSON", "NORP", "ORG", "GPE", "FAC", "LOC"})
"""Labels of those who may themselves say or do something."""

_OF_ONES_OWN: Final = frozenset("i we he she it they".split())
"""Subjects that in indirect speech stand for the speaker, as a rule."""

_TEXTS: Final = frozenset(
    """report letter statement resolution document article study survey poll law bill draft treaty agreement memo paper
    book video tape leaflet editorial court verdict ruling constitution speech research evidence data finding""".split()
)
"""What no person is and yet speaks: "the report had appeared and accused the army"."""

_DIRECTED: Final[frozenset[Act]] = frozenset(
    {"accuse", "agree", "ask", "condemn", "demand", "deny", "offer", "praise", "promise", "refuse", "request", "warn"}
)
_ACCOUNTS: Final = frozenset("figure number toll estimate account version".split())
"""Nouns for what somebody says that are no nouns of speech."""
_PROVING: Final = frozenset("verify confirm prove check corroborate substantiate".split())

_FIGURATIVE: Final = frozenset("promise support reflect invite demand contradict challenge confirm belie".split())
"""Verbs of speech that things do too: "the talks had begun and promised much"."""


def beyond(cue: Token, content: frozenset[int]) -> frozenset[int]:
    """The words of a content without quotation marks that its cue does not report."""
    ends = [*_next_sentence(cue, content), *_after_semicolon(content, cue), *_called(cue, content)]
    lost = frozenset(i for i in content if i >= min(ends)) if ends else frozenset()
    return lost | _of_headline(cue, content)


def resumed(cue: Token, content: frozenset[int]) -> list[Token]:
    """The verbs by which a speaker goes on who is the subject of none of them in the parse: it coordinates them with
    the clause that he says, whose subject is a thing that urges nobody, or himself.
    """
    if cue.tag_ not in grammar.FINITE:
        return []
    verbs = [cue.doc[i] for i in sorted(content) if cue.doc[i].dep_ == "conj"]
    verbs = [verb for verb in verbs if _is_as(verb, cue) and not any(t.is_quote for t in verb.subtree)]
    return [verb for verb in verbs if _is_of_speaker(verb, cue, content)]


def _is_as(verb: Token, cue: Token) -> bool:
    """Whether a verb is one of speech, in the tense of a cue, without subject or conjunction of its own."""
    if verb.pos_ != "VERB" or verb.tag_ not in {cue.tag_, "VBN" if cue.tag_ == "VBD" else cue.tag_}:
        return False
    if any(c.dep_ in grammar.SUBJECTS | {"aux", "auxpass", "mark", "expl"} for c in verb.children):
        return False
    return _entry(verb) is not None and not any(c.dep_ == "cc" and c.lower_ == "or" for c in verb.head.children)


def _entry(verb: Token) -> cues.Cue | None:
    return cue_acts.entry((verb, *(c for c in verb.children if c.dep_ in {"prt", "prep"})))


def _is_directed(verb: Token) -> bool:
    """Whether only somebody can do what a verb tells: urge, accuse, promise."""
    entry = _entry(verb)
    return entry is not None and entry.act in _DIRECTED and verb.lemma_.lower() not in _FIGURATIVE


def _is_of_speaker(verb: Token, cue: Token, content: frozenset[int]) -> bool:
    """Whether a verb is coordinated with a cue, or with the clause that it reports and can be nobody's but the
    speaker's.
    """
    first = grammar.first_conjunct(verb)
    reported = first.dep_ == "ccomp" and first.head == cue and first.i in content
    return first == cue or (_is_directed(verb) and reported and _is_no_other(first))


def _is_no_other(clause: Token) -> bool:
    """Whether the subject of what is said is nobody but the speaker himself: a thing, or a pronoun."""
    subject = next((c for c in clause.children if c.dep_ in grammar.SUBJECTS), None)
    if subject is None:
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ in _OF_ONES_OWN
    members = grammar.conjuncts(subject)
    alive = any(t.pos_ == "PROPN" or t.ent_type_ in _ALIVE for t in members)
    described = clause.lemma_ == "be" and any(c.dep_ in {"acomp", "attr"} for c in clause.children)
    alive = alive or (not described and any(t.lemma_.lower() in _TEXTS for t in members))
    kinds = ("person", "organisation", "group")
    return not alive and not any(of_kind(t.lower_, kind) for t in members for kind in kinds)


def clause(verb: Token) -> frozenset[int]:
    """A coordinated clause with the comma and the conjunction before it."""
    return frozenset(range(extents.start_before(verb.left_edge), verb.i)) | {t.i for t in verb.subtree}


def likewise(cue: Token) -> tuple[Token | None, frozenset[int]]:
    """Who else does what a cue tells, and the words that say so: China in "called on both to leave, as did China"."""
    for verb in cue.children:
        if verb.dep_ == "advcl" and verb.lemma_ in {"do", "have"} and verb.left_edge.lower_ == "as":
            who = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > verb.i), None)
            if who is not None:
                return who, frozenset(t.i for t in verb.subtree)
    return None, frozenset()


def words_of(verb: Token) -> tuple[Token, ...]:
    """A verb as a cue, with the particle or preposition that follows it: "called on"."""
    follows = verb.i + 1 < verb.sent.end and verb.nbor(1).head == verb and verb.nbor(1).dep_ in {"prt", "prep"}
    return (verb, verb.nbor(1)) if follows else (verb,)


def told(verb: Token) -> frozenset[int]:
    """What such a verb says, with whom it is said to: "drivers to stay" of "urged drivers to stay"."""
    later = (c for c in verb.children if c.dep_ in {"conj", "cc"})
    behind = {t.i for t in verb.subtree if t.i > words_of(verb)[-1].i} - {t.i for c in later for t in c.subtree}
    return frozenset(i for i in behind if not (verb.doc[i].is_punct and i == max(behind)))


def _next_sentence(cue: Token, content: frozenset[int]) -> list[int]:
    """Where a content that a sentence holds together with its cue would run into the next one."""
    sentence = cue.sent
    if not any(sentence.start <= i < sentence.end for i in content) or sentence[-1].text not in {".", "!", "?"}:
        return []
    return [i for i in sorted(content) if i >= sentence.end][:1]


def _of_headline(cue: Token, content: frozenset[int]) -> frozenset[int]:
    """Words of another paragraph before the sentence that holds a cue and the rest of its content: a headline's."""
    start = cue.sent.start
    before = frozenset(i for i in content if i < start)
    if not before or before == content:
        return frozenset()
    apart = any(token.is_space and "\n" in token.text for token in cue.doc[max(before) : start])
    return before if apart else frozenset()


def _after_semicolon(content: frozenset[int], cue: Token) -> list[int]:
    """Where a main clause begins behind a semicolon that hangs on no word of the content before it."""
    doc = cue.doc
    if cue.i > min(content):
        return []  # "…, he said": what stands around the cue is one sentence of the speaker's
    for mark in (doc[i] for i in sorted(content) if doc[i].text == ";"):
        behind = [doc[i] for i in sorted(content) if i > mark.i]
        verbs = [t for t in behind if t.pos_ in grammar.VERBS and _is_told_by_paper(grammar.first_word(t))]
        if any(_is_free(t, cue, {i for i in content if i < mark.i}) for t in verbs):
            return [mark.i]
    return []


def _is_told_by_paper(first: Token) -> bool:
    """Whether the first word of a verb is finite and its tense not that of what is reported, as in "said that the army
    had left; nine men had died".
    """
    return first.tag_ in grammar.FINITE | {"MD"} and first.lower_ not in {"had", "would"}


def _is_free(verb: Token, cue: Token, before: set[int]) -> bool:
    """Whether a verb heads a sentence, or a clause beside that of the cue."""
    if verb.dep_ == "ROOT":
        return verb != cue
    return verb.head == cue and verb.dep_ in {"conj", "parataxis"} and verb.i not in before


def _called(cue: Token, content: frozenset[int]) -> list[int]:
    """Where a noun behind a comma says what others hold of the claim: ", a charge that Peru denies"."""
    doc = cue.doc
    for noun in (doc[i] for i in sorted(content)):
        if noun.lower_ != "something" and not (
            noun.pos_ == "NOUN" and (noun.lemma_.lower() in _ACCOUNTS or noun.lemma_.lower() in cues.nouns())
        ):
            continue
        first = noun.left_edge
        after_comma = first.i > 0 and first.i - 1 in content and doc[first.i - 1].text == ","
        if after_comma and first.lower_ in {"a", "an", "something"} and any(_is_others(c) for c in noun.children):
            return [first.i - 1]
    return []


def _is_others(clause: Token) -> bool:
    """Whether a relative clause says by a verb of speech or proof what others make of its noun."""
    named = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in clause.children)
    judged = clause.lemma_.lower() in _PROVING or clause.lemma_.lower() in cues.verbs()
    return clause.dep_ == "relcl" and judged and (named or grammar.is_passive(clause))
