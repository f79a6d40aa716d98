"""Who said what: statements with speaker, addressee, cue, content, kind of quotation and speech act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.speech import acts, attribution, cues, quotations, speakers
from detente.reading.speech.acts import Decided
from detente.reading.speech.attribution import Attribution
from detente.reading.speech.sourcing import Sourced
from detente.records import Act, Content, Evidence, Quotation, Source, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DIRECT: Final = 0.9
"""Share of a content's words between quotation marks from which it counts as direct."""


_THINGS: Final = frozenset("it this that which these those what".split())
_SPEAKING: Final = frozenset(
    """say state note add mention claim argue assert allege declare conclude warn read vow pledge urge accuse call
    describe explain report recommend""".split()
)
"""Verbs by which a text speaks, and a matter of fact does not: "it also says", unlike "it underscored"."""
_PAIRS: Final = frozenset("couple pair duo trio".split())
"""Nouns in the singular that stand for several."""


@dataclass(frozen=True)
class Saying:
    """A statement with the tokens that it was read from."""

    record: Statement
    cue: int | None
    """Index of the cue's main token ("said", "according")."""
    content: frozenset[int]
    """Indices of the content's tokens."""
    speaker: Token | None = field(compare=False)
    """The word that names who speaks."""
    frame: Attribution = field(compare=False, repr=False)
    """The attribution that it is the record of."""
    decided: Decided = field(compare=False, repr=False)
    """Its act, and why."""


@dataclass(frozen=True)
class Sayings:
    """The statements of one text, in the order of the text."""

    found: tuple[Saying, ...] = ()

    @cached_property
    def said(self) -> tuple[Saying, ...]:
        """Those that were said. No other record rests on what was not."""
        return tuple(saying for saying in self.found if saying.record.status == "actual")

    def around(self, token: Token) -> Saying | None:
        """The innermost statement whose content holds `token`; None where the newspaper speaks itself."""
        return next(iter(self.holding(token)), None)

    def holding(self, token: Token) -> tuple[Saying, ...]:
        """The statements whose content holds `token`, innermost first."""
        return self._by_content.get(token.i, ())

    def cued_by(self, token: Token) -> tuple[Saying, ...]:
        """The statements whose cue is `token`."""
        return self._by_cue.get(token.i, ())

    @cached_property
    def _by_content(self) -> dict[int, tuple[Saying, ...]]:
        return _by_token(self.said)

    @cached_property
    def _by_cue(self) -> dict[int, tuple[Saying, ...]]:
        found: dict[int, list[Saying]] = {}
        for saying in self.said:
            if saying.cue is not None:
                found.setdefault(saying.cue, []).append(saying)
        return {cue: tuple(sayings) for cue, sayings in found.items()}


def find(parsed: Parsed, cast: Cast, calendar: Calendar, sourced: Iterable[Sourced]) -> Sayings:
    """The statements of a text; `sourced` is what the model found in it."""
    doc, text = parsed.doc, parsed.document.text
    marks = quotations.find(text)
    quoted = {t.i for mark in marks for start, end in mark.pieces for t in grammar.at_offset(doc, start, end)}
    sayings: list[Saying] = []
    for frame in attribution.find(doc, text, sourced, quoted):
        for source, speaker in _sources(text, frame, cast):
            decided = acts.of(doc, frame, quoted, cast, source)
            record = _record(parsed, frame, source, decided.act, quoted, cast, calendar, number=len(sayings) + 1)
            main = frame.main
            sayings.append(Saying(record, main.i if main is not None else None, frame.content, speaker, frame, decided))
    return Sayings(tuple(_nested(sayings)))


def _record(
    parsed: Parsed,
    frame: Attribution,
    source: Source | None,
    act: Act,
    quoted: set[int],
    cast: Cast,
    calendar: Calendar,
    *,
    number: int,
) -> Statement:
    doc, text = parsed.doc, parsed.document.text
    main = frame.main
    cue = _cue(doc, text, frame)
    when = calendar.of(main) if main is not None else None
    edges = [*frame.spans, *([(cue.start, cue.end)] if cue else []), *([(source.start, source.end)] if source else [])]
    return Statement(
        id=f"s{number}",
        source=source,
        hedged=frame.hedged,
        addressee=_addressee(frame, cast, source),
        cue=cue,
        content=Content(text=" ".join(text[start:end] for start, end in frame.spans), spans=frame.spans),
        quotation=_quotation(doc, frame.content, quoted),
        act=act,
        status=frame.status,
        date=when.value if when is not None else None,
        confidence=None if frame.confidence is None else round(frame.confidence, 2),
        evidence=Evidence(start=min(start for start, _ in edges), end=max(end for _, end in edges)),
    )


def _sources(text: str, frame: Attribution, cast: Cast) -> Iterator[tuple[Source | None, Token | None]]:
    """The speakers of a cue, each with the words that name it and their main one; None where nobody is named."""
    if frame.source is None:
        yield None, None
        return
    members = [t for t in grammar.conjuncts(frame.source) if t == frame.source or t.pos_ in grammar.NOUNS]
    alone = _is_apposed(members)
    members = [t for t in members if t == frame.source or not (alone or _is_left_out(t, frame.source, cast))]
    if frame.named is not None and not alone:
        members = [t for t in members if frame.named[0] <= t.idx < frame.named[1]]
    for token in members:
        if frame.named is not None and len(members) == 1 and not alone:
            start, end = frame.named
        else:
            start, end = grammar.span_of(_source_tokens(token), around=token)
        actors = cast.at(grammar.antecedent(token)) or _apposed(token, cast)
        if token.tag_ in {"NN", "NNP"} and token.lemma_.lower() not in _PAIRS:
            actors = actors[:1]
        if not actors and token.lower_ in _THINGS and not _speaks(frame.main):
            continue  # "it underscored", "which suggests": a matter of fact, nobody's word
        for actor in actors or (None,):
            yield Source(actor=actor, text=text[start:end], start=start, end=end), token


def _speaks(cue: Token | None) -> bool:
    if cue is None or cue.pos_ != "VERB":
        return False
    particles = {c.lower_ for c in cue.children}
    with_particle = (cue.lemma_ == "point" and "out" in particles) or (cue.lemma_ == "go" and "on" in particles)
    return with_particle or cue.lemma_.lower() in _SPEAKING


def _apposed(noun: Token, cast: Cast) -> tuple[str, ...]:
    """Who is named behind a noun that is nobody by itself: "its ally Syria"."""
    named = (c for c in noun.children if c.dep_ == "appos" and c.tag_ == "NNP" and noun.pos_ == "NOUN")
    beside = (c for c in named if not any(t.text in {":", "("} for t in noun.doc[noun.i : c.i]))
    return next((found for child in beside if (found := cast.at(child))), ())


def _is_apposed(members: Sequence[Token]) -> bool:
    """Whether a list is a name and what is said of it, "China, the only ally and lifeline of the North, said": the
    subject that a list is has no comma behind it.
    """
    first, last = members[0], members[-1]
    verb = first.head
    if len(members) < 2 or first.pos_ != "PROPN" or verb.i <= last.i or first.nbor().text != ",":
        return False
    behind = max(t.i for t in last.subtree) + 1
    described = all(t.tag_ == "NN" and t.ent_type_ == "" for t in members[1:])
    return described and any(t.text == "," for t in first.doc[behind - 1 : min(behind + 1, verb.i)])


def _is_left_out(noun: Token, first: Token, cast: Cast) -> bool:
    """Whether a coordinated noun names no further speaker: "Sudan, but not Egypt"."""
    return any(child.lower_ == "not" for child in noun.children) or _is_another_title(noun, first, cast)


def _is_another_title(noun: Token, first: Token, cast: Cast) -> bool:
    """Whether a coordinated noun is said of the same person: "the former first lady and senator"."""
    determined = any(child.dep_ in {"det", "poss"} for child in first.children)
    bare = not any(child.dep_ in {"det", "poss", "nummod"} for child in noun.children)
    meant = {*cast.at(noun), *cast.at(first)}
    is_person = any(actor.kind == "person" for actor in cast.actors if actor.id in meant)
    return determined and bare and is_person and noun.tag_ == first.tag_ == "NN"


def _source_tokens(noun: Token) -> list[Token]:
    """The phrase that names a speaker, with the apposition that introduces it ("Ada Diallo, the minister,")."""
    tokens = grammar.phrase_tokens(noun)
    for child in noun.children:
        if child.dep_ == "appos":
            tokens += [t for t in child.subtree if t.i > noun.i]
            closing = child.right_edge.i + 1  # "Jon Tester (D-Mont.)"
            marks = [c for c in noun.children if c.dep_ == "punct" and noun.i < c.i]
            tokens += [c for c in marks if c.i < child.i or (c.i == closing and c.text == ")")]
    # "the president on Thursday said": the day is the saying's.
    days = {t.i for c in noun.children if c.dep_ in {"prep", "npadvmod", "nmod"} and _is_date(c) for t in c.subtree}
    tokens = [t for t in tokens if t.dep_ not in {"preconj", "predet"} and t.i not in days]
    if noun.dep_ == "poss":
        tokens = [t for t in tokens if t.tag_ != "POS"]
    return sorted(set(tokens), key=lambda t: t.i)


def _is_date(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"} or any(c.ent_type_ in {"DATE", "TIME"} for c in token.children)


def _cue(doc: Doc, text: str, frame: Attribution) -> Span | None:
    if not frame.cue:
        return None
    first, last = min(t.i for t in frame.cue), max(t.i for t in frame.cue)
    main = frame.cue[0]
    if last - first >= max(4, len(frame.cue)):  # a particle far from its verb would take the object along
        first = last = main.i
    while last > first and doc[last].tag_ == "DT":
        last -= 1  # "put the" before "toll at ten"
    span = doc[first : last + 1]
    start, end = span.start_char, span.end_char  # the parse sees other quotation marks than the text has
    return Span(text=text[start:end], start=start, end=end)


def _quotation(doc: Doc, content: frozenset[int], quoted: set[int]) -> Quotation:
    words = [i for i in content if not doc[i].is_punct and not doc[i].is_space]
    share = sum(i in quoted for i in words) / len(words)
    return "direct" if share >= _DIRECT else "mixed" if share else "indirect"


def _addressee(frame: Attribution, cast: Cast, source: Source | None) -> str | None:
    """Whom the words are addressed to, where the cue says so: "told the envoy", "said to reporters"."""
    main = frame.main
    if main is None or main.pos_ != "VERB" or main.dep_ == "prep":  # "according to"
        return None
    subject = speakers.addressed(main)
    told = [subject] if subject is not None else []
    told += [c for c in main.children if c.dep_ in {"dobj", "dative"} and c.pos_ != "ADP"]
    entry = cues.verbs().get(main.lemma_.lower())
    about = entry is not None and "to" in entry.prepositions  # "referred to", "objected to": the matter, not the hearer
    tokens = (told if main.lemma_ in speakers.TOLD else []) + ([] if about else grammar.objects_of(main, "to"))
    if main.lemma_ == "call":
        tokens += grammar.objects_of(main, "on", "upon")
    for token in tokens:
        for actor in cast.at(grammar.antecedent(token)):
            if source is None or actor != source.actor:
                return actor
    return None


def _by_token(sayings: Iterable[Saying]) -> dict[int, tuple[Saying, ...]]:
    """For each token the statements whose content holds it, innermost first."""
    found: dict[int, list[Saying]] = {}
    for saying in sorted(sayings, key=lambda saying: len(saying.content)):
        for token in saying.content:
            found.setdefault(token, []).append(saying)
    return {token: tuple(holding) for token, holding in found.items()}


def _nested(sayings: list[Saying]) -> Iterator[Saying]:
    """Mark each statement whose cue stands in the content of another."""
    by_token = _by_token(sayings)
    for saying in sayings:
        where = saying.cue if saying.cue is not None else min(saying.content)
        holding = by_token.get(where, ())
        outer = next((o for o in holding if o.content != saying.content and o.cue != saying.cue), None)
        if outer is not None:
            saying = replace(saying, record=msgspec.structs.replace(saying.record, within=outer.record.id))
        yield saying
