"""Speech that a cue reports: for each cue of the lexicon, who is its subject and what it takes as content.

This is the grammar's part of attribution; what stands between quotation marks is `quoted_speech`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import cues
from detente.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_UNREAL: Final = frozenset("""would could might may should will shall can 'll ’ll wo ca must""".split())
"""Auxiliaries after which nothing has been said yet: "may claim", "will announce"."""

_UNSAID: Final = frozenset(
    """have want plan refuse decline expect ask fail hesitate intend hope try seek need agree prepare wait like
    pretend""".split()
)
"""Verbs whose infinitive is no report: "declined to comment", "has yet to announce"."""

_HEDGES: Final = frozenset(
    """say believe think report allege expect understand rumour rumor claim estimate suspect fear presume suppose deem
    consider""".split()
)
"""Verbs whose passive reports what nobody in particular says: "is believed to"."""

LIGHT: Final = frozenset(
    """make issue voice express give have offer raise level repeat reiterate renew deliver extend convey articulate
    reaffirm send""".split()
)
"""Verbs that lend their subject to a noun of speech: "issued a warning that". "Denied the claim that" does not."""

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})

_TOPICAL: Final = frozenset("for about over of toward towards against regarding".split())

_MANNER: Final = frozenset("""view opinion eye word judgment judgement mind telling account estimation""".split())
"""Nouns that make a source of their holder: "in the eyes of the ministry", "in his view"."""

_SPEAKERS: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_NAME_LENGTH: Final = 6
"""Tokens that a speaker's name has at most where a colon follows it at the head of a line."""


@dataclass
class Attribution:
    """One cue with its source and the indices of its content's tokens."""

    act: Act
    cue: tuple[Token, ...]
    source: Token | None
    hedged: bool = False
    content: set[int] = field(default_factory=set)

    @property
    def main(self) -> Token | None:
        """The cue's main word; None where a quotation goes on without a cue."""
        return self.cue[0] if self.cue else None


def find(doc: Doc) -> list[Attribution]:
    """The attributions that cues make, in the order of the cues; some without a content yet."""
    return [*(frame for token in doc for frame in _of(token)), *_headed_lines(doc)]


def _of(token: Token) -> Iterator[Attribution]:
    if token.pos_ == "VERB":
        if token.lower_ == "according":
            yield from _according(token)
        else:
            yield from _verb(token)
    elif token.pos_ == "NOUN":
        yield from _noun(token)
    elif token.lower_ == "according":
        yield from _according(token)
    elif token.lower_ == "in":
        yield from _manner(token)


def _verb(verb: Token) -> Iterator[Attribution]:
    lemma = verb.lemma_.lower()
    words, entry = [verb], cues.verbs().get(lemma)
    for child in verb.children:
        longer = cues.verbs().get(f"{lemma} {child.lower_}") if child.i > verb.i else None
        if longer is not None:
            words, entry = [verb, child], longer
    if entry is None or verb.dep_ == "amod" or not _is_said(verb):
        return
    passive = grammar.is_passive(verb)
    source = _passive_source(verb) if passive else _subject(verb)
    content = _content(verb, entry, words[1:], passive=passive)
    hedged = False
    if source is None:
        # "is believed to have", "it is said that": nobody is named. A gerund without a subject reports nothing.
        hedged = passive and bool(content) and lemma in _HEDGES
        if not hedged:
            return
        if content and not any(child.dep_ == "ccomp" for child in verb.children):
            content |= {t.i for child in verb.children if child.dep_ == "nsubjpass" for t in child.subtree}
    elif source.dep_ == "expl":
        return
    act: Act = entry.act
    if grammar.is_negated(verb):
        if act not in {"promise", "agree", "offer"} or not content:
            return
        act = "refuse"
    yield Attribution(act, tuple(words), source, hedged, content)


def _is_said(verb: Token) -> bool:
    """Whether the saying is reported as done: not planned, refused, possible or asked about."""
    helpers = grammar.auxiliaries(verb)
    if any(helper in _UNREAL for helper in helpers):
        return False
    if "to" in helpers and any(child.lower_ == "yet" for child in verb.children):
        return False
    if "to" in helpers and verb.dep_ in {"xcomp", "ccomp", "acl"}:
        return verb.head.lemma_ not in _UNSAID and verb.dep_ != "acl"
    if verb.dep_ == "advcl":
        return not any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in verb.children)
    return not any(child.lower_ in {"if", "whether"} and child.dep_ == "mark" for child in verb.children)


def _subject(verb: Token) -> Token | None:
    """The word that names the speaker; a relative pronoun stays itself, as it stands at the cue."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "expl"}:
            return child
    above = verb.head
    if verb.dep_ == "conj" and above.dep_ in {"ccomp", "xcomp"} and _goes_on(verb, above.head):
        return _subject(above.head)
    return grammar.surface_subject(verb)


def _passive_source(verb: Token) -> Token | None:
    found = grammar.objects_of(verb, "by")
    return found[0] if found else None


def _content(verb: Token, entry: cues.Cue, particles: list[Token], *, passive: bool) -> set[int]:
    children = [child for child in verb.children if child not in particles]
    found: set[int] = set()
    objects = [c for c in children if c.dep_ in {"dobj", "nsubjpass" if passive else "dobj"}]
    if "c" in entry.takes:
        for clause in (c for c in children if c.dep_ == "ccomp"):
            found |= _own_side(verb, clause) - _strayed(verb, clause)
    if "i" in entry.takes:
        infinitives = [c for c in children if c.dep_ in {"xcomp", "ccomp", "advcl"} and _is_infinitive(c)]
        if infinitives:
            found |= _subtrees(infinitives)
            for infinitive in infinitives:
                found -= _strayed(verb, infinitive)
            if not passive:
                found |= _subtrees(objects)
    if "p" in entry.takes:
        described = [c for c in children if c.dep_ in {"oprd", "ccomp", "xcomp"} or _is_as(c)]
        # The parse hangs "as" and the description itself on the object as readily as on the verb.
        described += [o for o in objects if any(_is_as(t) or t.dep_ == "appos" for t in o.subtree)]
        things = objects + grammar.objects_of(verb, *entry.prepositions)
        if described and (things or any(c.dep_ == "ccomp" for c in described)):
            found |= _subtrees([*described, *(thing for thing in things if thing.tag_ not in {"WP", "WDT"})])
    attached = [c for c in children if c.dep_ in {"prep", "dative"} and c.lower_ in entry.prepositions]
    attached += [c for p in particles if p.dep_ == "prep" for c in p.children]
    if not found and "o" in entry.takes:
        found |= _subtrees(c for c in children if c.dep_ == "xcomp" and c.tag_ == "VBG")
        denied = entry.act == "deny"  # "denied it" says something: no to what was alleged before
        found |= _subtrees(c for c in objects if (denied or c.pos_ != "PRON") and c.ent_type_ not in {"DATE", "TIME"})
        if found:
            # "voiced hope for a deal": the parse hangs the noun's own complement on the verb as readily.
            found |= _subtrees([*attached, *(c for c in children if c.dep_ == "prep" and c.lower_ in _TOPICAL)])
    if not found and attached:
        found |= _subtrees(attached) - {c.i for c in attached if c.dep_ in {"prep", "dative"}}
    if not found and "c" in entry.takes:
        found |= _around(verb)
    return found


def _is_as(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ == "as"


def _own_side(verb: Token, clause: Token) -> set[int]:
    """A complement clause without what the parse drew into it from the other side of the cue.

    In "Asked about the deal, the envoy said it was off" the participle belongs to "said"; what a semicolon parts from
    the cue is a sentence of its own.
    """
    tokens = {t.i for t in clause.subtree}
    if clause.i > verb.i:
        subject = next((c for c in clause.children if c.dep_ in grammar.SUBJECTS), None)
        return tokens if subject is not None and subject.i < verb.i else {i for i in tokens if i > verb.i}
    before = {i for i in tokens if i < verb.i}
    return set() if any(verb.doc[i].text == ";" for i in range(clause.i, verb.i)) else before


def _strayed(cue: Token, clause: Token) -> set[int]:
    """What hangs on the content but goes on the cue: "said it was ready to sign and proposed that talks begin"."""
    return {
        t.i
        for verb in clause.subtree
        if verb.dep_ == "conj" and _goes_on(verb, cue) and verb.lemma_.lower() in cues.verbs()
        for t in verb.subtree
    }


def _goes_on(verb: Token, cue: Token) -> bool:
    """Whether a coordinated verb without a subject of its own has the finite form of the cue."""
    return verb.tag_ == cue.tag_ in _FINITE and not any(c.dep_ in grammar.SUBJECTS for c in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _around(verb: Token) -> set[int]:
    """The clause that a parenthetical cue interrupts or follows: "the president, officials said, will leave"."""
    host = verb.head
    if host == verb or host.pos_ not in grammar.VERBS:
        return set()
    as_clause = verb.dep_ == "advcl" and any(c.dep_ in {"mark", "advmod"} and c.lower_ == "as" for c in verb.children)
    if verb.dep_ != "parataxis" and not as_clause:
        return set()
    return {t.i for t in host.subtree} - {t.i for t in verb.subtree}


def _noun(noun: Token) -> Iterator[Attribution]:
    """ "Harris's warning that …", "the ministry's denial of …", "voiced concern that …": a noun with a holder."""
    entry = cues.nouns().get(noun.lemma_.lower())
    if entry is None or grammar.is_negated(noun):
        return
    clauses = [c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and _is_complement(c, entry.takes)]
    attached = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in entry.prepositions]
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    if clauses:
        content = _subtrees(clauses)
        source = possessor if possessor is not None else _light_subject(noun)
    elif attached and possessor is not None:
        content = _subtrees(attached) - {c.i for c in attached}
        source = possessor
    else:
        return
    if source is None or source.i in content:
        return
    verb = noun.head
    if verb.pos_ == "VERB" and noun.dep_ == "dobj" and (grammar.is_negated(verb) or not _is_said(verb)):
        return
    yield Attribution(entry.act, (noun,), source, False, content)


def _light_subject(noun: Token) -> Token | None:
    """Whose words a noun without possessor reports: the agent after it, or the subject of a light verb before it."""
    agents = grammar.objects_of(noun, "by", "from")
    if agents:
        return agents[0]
    return _subject(noun.head) if noun.dep_ == "dobj" and noun.head.lemma_ in LIGHT else None


def _is_complement(clause: Token, takes: str) -> bool:
    if "i" in takes and _is_infinitive(clause):
        return clause.dep_ != "relcl"
    that = any(c.lower_ == "that" and c.dep_ in {"mark", "nsubj", "dobj", "det"} for c in clause.children)
    return "c" in takes and clause.dep_ != "relcl" and that


def _according(token: Token) -> Iterator[Attribution]:
    sources = [noun for prep in token.children if prep.lower_ == "to" for noun in prep.children if noun.dep_ == "pobj"]
    if not sources:
        return
    words = (token, *(c for c in token.children if c.lower_ == "to"))
    yield Attribution("state", words, sources[0], False, _clause_without(token))


def _manner(preposition: Token) -> Iterator[Attribution]:
    for noun in preposition.children:
        if noun.dep_ != "pobj" or noun.lemma_.lower() not in _MANNER:
            continue
        possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
        owners = [possessor] if possessor is not None else grammar.objects_of(noun, "of")
        if owners and owners[0].lower_ not in {"my", "our", "your"}:
            yield Attribution("state", (preposition, noun), owners[0], False, _clause_without(preposition))


def _clause_without(token: Token) -> set[int]:
    """The clause that an adjunct stands in, less the adjunct."""
    host = token.head
    while host.pos_ not in grammar.VERBS and host.head != host:
        host = host.head
    if host == token:
        return set()
    return {t.i for t in host.subtree} - {t.i for t in token.subtree}


def _headed_lines(doc: Doc) -> Iterator[Attribution]:
    """Lines that open with a name and a colon, as headlines and transcripts do: "Lavrov: No talks before spring"."""
    starts = [0] + [t.i + 1 for t in doc if t.is_space and "\n" in t.text]
    for start, following in pairwise([*starts, len(doc) + 1]):
        line = doc[start : following - 1]
        colon = next((t.i for t in line[:_NAME_LENGTH] if t.text == ":"), None)
        if colon is None or colon == start or colon + 2 > line.end - 1:
            continue
        name = doc[start:colon]
        if all(t.pos_ == "PROPN" or t.lower_ in {"the", "of"} for t in name) and any(
            t.ent_type_ in _SPEAKERS for t in name
        ):
            yield Attribution("state", (doc[colon],), name.root, False, set(range(colon + 1, line.end)))


def _subtrees(tokens: Iterable[Token]) -> set[int]:
    return {t.i for token in tokens for t in token.subtree}
