"""Which words are somebody's, in tokens of the parse, and whether they were said.

The model (`sourcing`) gives source, cue and content as spans. The parse says which word leads the cue, which word names
the source, and whether the saying is reported as done: "declined to comment" and "may claim" report no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.language.lines import joined
from detente.reading.speech import cue_acts, cues, endings, extents, speakers, unsaid
from detente.reading.speech import nominal as nominals
from detente.reading.speech.decoding import Spans
from detente.reading.speech.nominal import Nominal
from detente.reading.speech.sourcing import Sourced
from detente.records import Act, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLOSED_BY: Final = {
    mark: frozenset(ends) for mark, ends in (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“”"), ("‘", "’"))
}
_CLOSING: Final = "”\"»’'"
_MARKS: Final = frozenset('“”"«»„')

_HEDGES: Final = frozenset(
    """say believe think report allege expect understand rumour rumor claim estimate suspect fear presume suppose deem
    consider know see""".split()
)
"""Verbs whose passive reports what nobody in particular says: "is believed to"."""

_FIRST_PERSON: Final = frozenset({"my", "our"})
_BEFORE: Final = frozenset({"pobj", "npadvmod", "advmod"})
"""What stands before a subject and is none of it."""
_RELATIVE: Final = frozenset({"WP", "WDT"})
_ABOUT: Final = frozenset({"relcl", "acl", "appos"})
"""What hangs on a noun and says more of it."""

_CALLED_HOME: Final = frozenset(
    """ambassador envoy diplomat consul attaché attache chargé commissioner representative delegation delegate
    negotiator mission staff troop soldier force contingent""".split()
)
"""What is called home when it is recalled, where others are remembered."""


@dataclass(frozen=True)
class Attribution:
    """Somebody's words: the lexicon's act of the cue, the cue's tokens (the leading one first), who, and what."""

    act: Act
    cue: tuple[Token, ...]
    """Empty where a quotation stands without a cue."""
    source: Token | None
    """The word that names the speaker, on which the others of its phrase hang."""
    named: tuple[int, int] | None
    """Where the text names the speaker, if in one piece."""
    hedged: bool
    spans: Spans
    content: frozenset[int]
    """Indices of the content's tokens."""
    confidence: float | None
    """The calibrated probability that source and content are right; None where grammar found it."""
    status: Status = "actual"
    """Whether anything was said."""
    model_act: tuple[Act, float] | None = None
    """The act that the model sees in cue and content, with its probability; None where grammar found the cue."""

    @property
    def main(self) -> Token | None:
        """The cue's leading word."""
        return self.cue[0] if self.cue else None


def find(doc: Doc, text: str, found: Iterable[Sourced], quoted: Set[int]) -> list[Attribution]:
    """The attributions of a text in its order; `found` is what the model found in it, `quoted` the tokens between
    quotation marks.
    """
    sourced = (_attribution(doc, text, one) for one in found)
    nouns = list(nominals.find(doc))
    of_noun = {nominal.cue: nominal for nominal in nouns if nominal.source is not None}
    attributions = [_held_to(of_noun[a.cue], a, doc, text) if a.cue in of_noun else a for a in sourced if a is not None]
    cued = {token.i for attribution in attributions for token in attribution.cue}
    attributions = [part for whole in attributions for part in _parts(whole, doc, text, cued, quoted)]
    attributions.extend(_quoted(doc, text, token) for token in doc if _is_unseen_quote(token, cued))
    unseen = (nominal for nominal in nouns if not any(token.i in cued for token in nominal.cue))
    attributions.extend(_nominal(doc, text, nominal) for nominal in unseen)
    return sorted(attributions, key=lambda a: a.cue[0].i if a.cue else min(a.content))


def _parts(whole: Attribution, doc: Doc, text: str, cued: Set[int], quoted: Set[int]) -> list[Attribution]:
    """An attribution without what is none of its content, and what others say by its verb or its speaker by others."""
    main = whole.main
    if main is None:
        return [whole]
    gaps = extents.gaps(main)
    first = min((gap.start for gap in gaps), default=len(doc))
    lost = {i for i in whole.content if i >= first} | extents.beyond(main, whole.content)
    fellow, likewise = endings.likewise(main)
    lost |= _quoted_ones(main, whole.content) | (likewise & whole.content)
    if not whole.content & quoted and not any(doc[i].is_quote for i in whole.content):
        lost |= endings.beyond(main, whole.content)
    onward = [verb for verb in endings.resumed(main, whole.content) if verb.i not in quoted]
    lost |= {i for verb in onward for i in whole.content & endings.clause(verb)}
    resumed = [verb for verb in onward if verb.i not in cued and endings.told(verb)]
    kept = whole.content - lost
    if all(doc[i].is_punct or doc[i].is_space for i in kept):
        return [whole]
    if lost:
        whole = replace(
            whole, spans=_runs(doc, text, kept), content=kept, model_act=None if resumed else whole.model_act
        )
    others = [
        replace(
            whole,
            act=cue_acts.lent(main, gap.thing) or whole.act,
            source=gap.source,
            named=grammar.span_of(gap.named),
            hedged=False,
            spans=_runs(doc, text, gap.content),
            content=gap.content,
            confidence=None,
            model_act=None,
        )
        for gap in gaps
    ]
    others += [
        replace(
            _by_grammar(doc, text, endings.words_of(verb), whole.source, endings.told(verb)),
            named=whole.named,
            hedged=whole.hedged,
            status=unsaid.status(verb),
        )
        for verb in resumed
    ]
    if fellow is not None:
        others.append(replace(whole, source=fellow, named=None, hedged=False, confidence=None))
    return [whole, *others]


def _quoted_ones(saying: Token, content: frozenset[int]) -> frozenset[int]:
    """The words of a content that name who is quoted as saying it, where they stand before "was quoted as saying"."""
    if speakers.quoted(saying) is None:
        return frozenset()
    return content - {t.i for t in saying.subtree if t != saying}


def _is_unseen_quote(token: Token, cued: Set[int]) -> bool:
    """Whether a participle says what somebody is quoted as saying, and no attribution knows it for a cue."""
    if token.i in cued or token.lemma_.lower() not in cues.verbs() or speakers.quoted(token) is None:
        return False
    return any(child.dep_ in {"ccomp", "dobj"} for child in token.children)


def _quoted(doc: Doc, text: str, saying: Token) -> Attribution:
    content = frozenset(t.i for t in saying.subtree if t.i > saying.i)
    return _by_grammar(doc, text, (saying,), speakers.quoted(saying), content)


def _by_grammar(
    doc: Doc, text: str, cue: tuple[Token, ...], source: Token | None, content: frozenset[int]
) -> Attribution:
    """An attribution that the model does not see."""
    act = cue_acts.of(cue) or "state"
    return Attribution(act, cue, source, None, source is None, _runs(doc, text, content), content, None)


def _nominal(doc: Doc, text: str, nominal: Nominal) -> Attribution:
    return _by_grammar(doc, text, nominal.cue, nominal.source, nominal.content)


def _held_to(nominal: Nominal, attribution: Attribution, doc: Doc, text: str) -> Attribution:
    """An attribution by a noun alone, with the clause and the holder that the noun has in the parse."""
    spans = _runs(doc, text, nominal.content)
    return replace(attribution, source=nominal.source, named=None, spans=spans, content=nominal.content)


def _runs(doc: Doc, text: str, content: frozenset[int]) -> Spans:
    """The pieces that tokens make, over gaps of mere punctuation and blanks."""
    kept = sorted(i for i in content if not doc[i].is_space)
    runs = [[kept[0], kept[0]]]
    for before, after in pairwise(kept):
        if all(token.is_punct or token.is_space for token in doc[before + 1 : after]):
            runs[-1][1] = after
        else:
            runs.append([after, after])
    return tuple(trimmed(text, doc[first].idx, doc[last].idx + len(doc[last])) for first, last in runs)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece of content without blanks and punctuation at its edges, and without marks that enclose all of it."""
    words = text[start:end].rstrip(" \t\n,;:.–—").lstrip(" \t\n,;:–—")
    inner = words[1:].rstrip(_CLOSING + ",.")
    if words[:1] in _CLOSED_BY and not _CLOSED_BY[words[:1]] & set(inner):
        words = inner
    elif words[-1:] in _MARKS and not _MARKS & set(words[:-1]):
        words = words[:-1]  # a mark that the piece does not open
    if not words.strip():
        return start, end
    first = text.index(words, start)
    return first, first + len(words)


def _attribution(doc: Doc, text: str, sourced: Sourced) -> Attribution | None:
    cue = _tokens(doc, sourced.cue)
    main = _main(cue)
    spans = tuple(trimmed(text, start, end) for start, end in sourced.content)
    content = frozenset(t.i for t in _tokens(doc, spans) if not t.is_space)
    told = _told(main, content) if main is not None else frozenset()
    if all(doc[i].is_punct for i in content - told):
        return None
    if main is not None and (_calls_home(main) or _runs_on(main, spans, text)):
        return None
    if told:
        spans = _runs(doc, text, content - told)
        content = frozenset(t.i for t in _tokens(doc, spans) if not t.is_space)
    whole = _whole_clause(main, content) if main is not None else content
    if whole != content:
        spans, content = _runs(doc, text, whole), whole
    words = () if main is None else (main, *(t for t in cue if t != main))
    act = cue_acts.of(words) or "state"
    status = unsaid.status(main) if main is not None else "actual"
    if main is not None and main.pos_ == "VERB" and unsaid.is_negated(main):
        act, status = ("refuse", status) if act in cue_acts.TURNED and status == "actual" else (act, "negated")
    source, named = _source(doc, sourced, main)
    if unsaid.is_nobodys(main, source):
        status = "negated"
    if source is not None and source.lower_ in _FIRST_PERSON and main is not None and main.pos_ == "NOUN":
        return None  # "in my opinion" says whose words these are, which the quotation around it says too
    passive = main is not None and (grammar.is_passive(main) or speakers.is_told(main))
    hedged = main is not None and passive and (source is None or _is_hedge(main, source))
    if hedged:
        source = named = None
    elif main is not None and _is_hearsay(main):
        source, named, hedged = grammar.surface_subject(main), None, True
    return Attribution(act, words, source, named, hedged, spans, content, sourced.confidence, status, sourced.act)


def _calls_home(main: Token) -> bool:
    """Whether a "recall" is no memory, but of an envoy or of troops; "recalled that the envoy" is one."""
    if main.pos_ != "VERB" or main.lemma_ != "recall":
        return False
    passive = grammar.is_passive(main)
    things = (c for c in main.children if c.dep_ == ("nsubjpass" if passive else "dobj"))
    return any(thing.lemma_.lower() in _CALLED_HOME for thing in things)


def _whole_clause(main: Token, content: frozenset[int]) -> frozenset[int]:
    """A content as the whole clause before its cue, where the model left out the verb of it: of "Marines landed on the
    island, a rock, and raised a flag, fishermen said" it may see no more than the rock and the flag.
    """
    clause = next((c for c in main.children if c.dep_ == "ccomp" and c.i < main.i), None)
    if clause is None or clause.i in content or any(main.doc[i].is_quote for i in content):
        return content
    whole = frozenset(t.i for t in clause.subtree if not t.is_space)
    return whole if content <= whole and max(content) > clause.i else content


def _runs_on(main: Token, spans: Spans, text: str) -> bool:
    """Whether a word that no lexicon knows as one of speech reports what runs from its paragraph into the next: the
    verb of a headline, by which the model takes the first words of the text for said."""
    lemma = main.lemma_.lower()
    if lemma in cues.verbs() or lemma in cues.nouns() or any(mark in text[a:b] for a, b in spans for mark in _MARKS):
        return False
    paragraphs = joined(text)  # a line end of a text that was broken to a width is no paragraph's
    return any("\n" in paragraphs[start:end].strip() for start, end in spans)


def _told(main: Token, content: frozenset[int]) -> frozenset[int]:
    """The words of a content that name whom it is addressed to, beside the clause that says it: "Macron was told by
    Scholz that", "proposed to Peru that".
    """
    clause = next((child for child in main.children if child.dep_ == "ccomp"), None)
    if main.pos_ != "VERB" or clause is None:
        return frozenset()
    hearer = speakers.addressed(main)
    named = [hearer] if hearer is not None else []
    if _is_hearsay(main):  # "the envoy is said to have replied that": the speaker stands before it
        named += [c for c in (*main.children, *main.head.children) if c.dep_ in {"aux", "nsubjpass"}]
    if any(child.dep_ == "mark" for child in clause.children):
        named += [c for c in main.children if c.dep_ == "prep" and c.lower_ == "to" and main.i < c.i < clause.i]
    return frozenset(token.i for word in named for token in word.subtree) & content


def _tokens(doc: Doc, spans: Spans) -> list[Token]:
    return [token for start, end in spans for token in grammar.at_offset(doc, start, end)]


def _main(cue: list[Token]) -> Token | None:
    """The word that leads a cue: its last verb that the lexicon knows, else a noun of speech, else its last verb, else
    the word on which the others hang.
    """
    verbs = [token for token in cue if token.pos_ == "VERB"]
    known = [token for token in verbs if token.lemma_.lower() in cues.verbs()]
    nouns = [token for token in cue if token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns()]
    roots = [token for token in cue if token.head not in cue or token.head == token]
    return next((group[-1] for group in (known, nouns, verbs, roots[:1]) if group), None)


def _is_hedge(main: Token, source: Token) -> bool:
    """Whether the passive names nobody: "he is believed to have left" is not his own word."""
    return main.lemma_.lower() in _HEDGES and source.dep_ == "nsubjpass" and source.head == main


def _is_hearsay(main: Token) -> bool:
    """Whether nobody in particular has it that something was said: "the envoy is reported to have replied that"."""
    reported = main.head.lemma_.lower() in _HEDGES and grammar.is_passive(main.head)
    return reported and main.dep_ == "xcomp" and grammar.is_infinitive(main)


def _source(doc: Doc, sourced: Sourced, main: Token | None) -> tuple[Token | None, tuple[int, int] | None]:
    """The word that names the speaker, and where it is named. A noun of speech belongs to its possessor."""
    tokens = [token for token in _tokens(doc, sourced.source) if not token.is_punct and not token.is_space]
    if main is not None and main.pos_ == "NOUN":
        possessor = next((child for child in main.children if child.dep_ == "poss"), None)
        if possessor is not None and possessor not in tokens:
            return possessor, None
    kept = _without_edges(tokens)
    inside = {token.i for token in kept}
    tops = [t for t in kept if t.head.i not in inside or t.head == t]
    named = tops[0] if tops else None
    if named is not None and named.dep_ in _BEFORE:  # "in Lima President Ana Duarte said"
        subject = grammar.surface_subject(main) if main is not None and main.pos_ == "VERB" else None
        named = next((t for t in tops if t == subject and t.pos_ in grammar.NOUNS), named)
    if not tokens and main is not None and _goes_on(main):
        return grammar.surface_subject(main), None
    speaker = speakers.of(main, named)
    if main is not None and main.pos_ == "NOUN" and speaker is not None and speaker.dep_ == "dative":
        return grammar.surface_subject(speaker.head), None  # "handed him a note": it is the giver's
    if speaker is None or speaker != named or len(sourced.source) > 1:
        return speaker, None
    if speaker != tops[0]:
        kept = [t for t in kept if t.i >= speaker.left_edge.i]
    whole = _completed(kept, speaker, main)
    start, end = sourced.source[0]
    return speaker, (max(start, tokens[0].idx), end) if whole == tokens else grammar.span_of(whole)


def _completed(named: list[Token], speaker: Token, cue: Token | None) -> list[Token]:
    """A source's words with all of what is said of it where the model has a part: "Chile, whose envoy left, said"; of
    "Chile, who" Chile alone.
    """
    if len(named) > 1 and named[-1].tag_ in _RELATIVE and named[-1].nbor(-1).text == ",":
        return named[:-1]
    words = {t.i for t in named}
    for child in speaker.rights:
        about = {t.i for t in child.subtree if not t.is_punct and not t.is_space}
        whole = child.dep_ != "appos" or not any(t.tag_ in grammar.FINITE for t in child.subtree)
        if child.dep_ in _ABOUT and whole and about & words and (cue is None or cue.i > max(about)):
            words |= about
    return [speaker.doc[i] for i in sorted(words)]


def _goes_on(verb: Token) -> bool:
    """Whether a verb goes on about who speaks in another of the lexicon: "the envoy said that …, and denied that"."""
    said = verb.head
    return verb.tag_ in {"VBD", "VBZ"} and verb.dep_ == "conj" and said.pos_ == "VERB" and said.lemma_ in cues.verbs()


def _without_edges(tokens: list[Token]) -> list[Token]:
    """A source's words without a conjunction before them and the auxiliary of the cue after them."""
    first = 1 if tokens and tokens[0].pos_ == "CCONJ" and tokens[0].dep_ == "cc" else 0
    last = len(tokens)
    while last > first + 1 and tokens[last - 1].pos_ in {"CCONJ", "AUX"}:
        last -= 1
    return tokens[first:last]
