"""Which deed a date phrase dates, by the parse around it; `dates` resolves the phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import cues
from detente.reading.when import tense
from detente.reading.when.moments import Moment

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_RELATIONS: Final = {
    "since": "since",
    "until": "until",
    "till": "until",
    "by": "by",
    "before": "by",
    "within": "within",
}
_NOT_ITS_DATE: Final = frozenset("after following from to toward towards per than like".split())
"""Prepositions whose date is not the deed's own: "after 2014"."""

_EDGES: Final = frozenset(
    "end close beginning start middle eve half quarter rest course week weeks day days night".split()
)
"""Nouns that stand between a preposition and its date: "by the end of March"."""

_BEFORE_YEAR: Final = frozenset(
    """in since until till by from through during of early late mid before after around about circa between throughout
    for over ( [ election summer spring autumn winter fall""".split()
)
_BEFORE_MONTH: Final = frozenset(
    "in since until till by from through during of early late mid before after between this that for".split()
)
_UNSURE_MONTHS: Final = frozenset({"May", "March", "April", "June", "August"})
"""Months that are verbs or people's names as well: "by May", "from April"."""

_SURE: Final = frozenset("in since until till early late mid during".split())
_NAMED_AFTER: Final = frozenset({"", "from", "of", "and", "with", "to"})
"""Words after which such a month is more likely a person: "the letter from May"."""

_HEDGES: Final = frozenset({"early", "mid", "late"})
"""Words that only a date has after them: "mid-March", "late May"."""

_BETWEEN: Final = frozenset("DET ADJ NOUN PROPN PART NUM ADP".split())
"""What a noun phrase is made of that stands between "the day before" and its date: "the vote on 9 June"."""

_AIMS: Final = frozenset("weekday date ago unit".split())
"""Kinds of phrase that something can be called for, or be moved to."""

_DETERMINERS: Final = frozenset("the a an 's ’s this that its their".split())

LIGHT: Final = frozenset(
    """launch carry conduct hold make stage mount have take begin start open resume sign reach conclude strike host give
    deliver commit wage perform undertake order issue lead join attend impose""".split()
)
"""Verbs that share their date with their object: "held talks on Monday"."""

_OCCUR: Final = frozenset("happen occur take begin start end come erupt follow resume break open close last go".split())
_ASPECT: Final = frozenset("begin start continue cease stop resume finish keep".split())
_HARM: Final = frozenset("kill wound injure destroy damage hit strike".split())

_OCCASIONS: Final = frozenset(
    """speech interview statement address letter meeting conference summit briefing call message visit report post
    session debate hearing talk ceremony rally vote trial war battle raid attack operation election
    referendum""".split()
)
"""A deed "at", "in" or "during" one of these has its date."""

_ADDRESSES: Final = frozenset(
    "speech interview statement address letter conference briefing message post hearing call rally".split()
)
"""Occasions of speech: "denied meddling in the 2016 election" is not dated by the election."""

_EVENTS: Final = _OCCASIONS | frozenset(
    """coup strike deal accord treaty truce crash revolt uprising revolution protest crackdown arrest assault siege
    blockade massacre killing offensive ceasefire cease-fire pact law ban vow pledge demand offer refusal threat
    withdrawal poll exercise trip tour collapse defeat victory launch fall death release""".split()
)
_EVENT_SUFFIXES: Final = ("tion", "sion", "ment", "ance", "ing")


@dataclass(frozen=True)
class Placing:
    """Where a phrase stands: how it is tied to the deeds that it dates, the nearest first."""

    relation: str
    deeds: tuple[Token, ...]
    ahead: bool = False
    """Whether its preposition sets it ahead: "a strike called for Thursday", "moved to Wednesday"."""


def is_date(moment: Moment, tokens: Span) -> bool:
    """Whether a bare year or month is one, by its neighbours: "in 2014", "the June summit"; not "2014 men"."""
    token = tokens[-1]
    before = tokens.doc[tokens.start - 1] if tokens.start > 0 and not tokens[0].is_sent_start else None
    word = before.lower_ if before is not None else ""
    modifies = token.head.i > token.i and token.head.pos_ in grammar.NOUNS
    if tokens[0].lower_ in _HEDGES and len(tokens) > 1:
        return True
    if moment.month is not None:
        if word == "of" and tokens.doc[tokens.start - 2].lower_ in _EDGES:
            return True
        if word == "to" and is_moved(tokens):
            return True
        if tokens.text in _UNSURE_MONTHS:
            if token.i and token.nbor(-1).tag_ == "NNP" and token.nbor(-1).ent_type_ != "DATE":
                return False  # "Theresa May"
            return word in _SURE or (token.ent_type_ == "DATE" and token.pos_ == "PROPN" and word not in _NAMED_AFTER)
        return word in _BEFORE_MONTH or token.ent_type_ == "DATE"
    if modifies and token.head.tag_ in {"NNS", "NNPS"} and (token.ent_type_ != "DATE" or word not in _DETERMINERS):
        return False  # "2014 men"
    if len(tokens) > 1 or word in _BEFORE_YEAR:
        return True
    return token.ent_type_ == "DATE" or (modifies and word in _DETERMINERS)


def place(moment: Moment, tokens: Span) -> Placing | None:
    """What a phrase dates; None where its preposition ties it to nothing ("after 2014")."""
    root = _root(tokens)
    governor, word = _governor(root)
    premodifies = (
        governor.pos_ in grammar.NOUNS and not word and root.dep_ in {"poss", "compound", "nummod", "amod", "nmod"}
    )
    if premodifies:
        return Placing("on", (governor,))
    appointed = _appointed(moment, governor, word)
    if appointed is not None:
        return Placing(_RELATIONS.get(word, "on"), appointed, ahead=True)
    relation = _RELATIONS.get(word, "within" if moment.kind == "window" and not moment.is_point else "on")
    if moment.kind == "span" and moment.side == "next" and relation == "on":
        if word == "for":
            return None  # how long, not by when
        relation = "within"
    is_range = moment.through is not None or moment.kind == "years"
    if word in _NOT_ITS_DATE and not (word in {"from", "to"} and is_range):
        starts = word == "from" and _starts(moment, governor, tokens)
        if word != "from" or not (starts or governor.pos_ in grammar.NOUNS):
            return None
        relation = "since" if starts else "on"
    return Placing(relation, tuple(_deeds_of(moment, governor, word, tokens)))


def _starts(moment: Moment, governor: Token, tokens: Span) -> bool:
    """Whether "from" a day on something is so: "shut from Monday on", "will be shut from Monday"."""
    after = tokens.doc[tokens.end].lower_ if tokens.end < len(tokens.doc) else ""
    if after in {"on", "onward", "onwards"} or (after in {"until", "till"} and governor.pos_ in grammar.VERBS):
        return True
    if moment.year is not None or governor.pos_ not in grammar.VERBS or governor.lemma_ in {"be", *tense.RESCHEDULING}:
        return False
    return tense.is_ahead(governor)


def _appointed(moment: Moment, governor: Token, word: str) -> tuple[Token, ...] | None:
    """What a day is appointed for, where preposition and verb say so: "called a strike for Thursday"."""
    if moment.kind not in _AIMS or moment.through is not None or moment.side == "last":
        return None
    verb: Token | None = governor if governor.pos_ in grammar.VERBS else verb_above(governor)
    lemma = verb.lemma_ if verb is not None else ""
    if verb is not None and word in {"to", "until", "till", "for"} and lemma in tense.RESCHEDULING:
        thing = _undergoer(verb) or verb
        return (verb, thing) if word in _RELATIONS else (thing,)
    if moment.kind == "ago" and moment.count > 0:
        return None
    if verb is None or tense.is_dropped(verb):
        return None
    is_day = moment.kind in {"weekday", "ago"} or moment.day is not None
    if word == "for" and (is_day or (moment.kind == "date" and lemma in tense.CALLING)):
        called = _undergoer(governor) if governor.pos_ in grammar.VERBS else governor
        return (governor,) if called is None or tense.is_ahead(governor) else (called,)
    if word in {"until", "till"} and (lemma == "give" or (lemma == "have" and verb.tag_ != "VBD")):
        return (governor,)
    return None


def is_moved(tokens: Span) -> bool:
    """Whether "from Monday to Wednesday" is no range, but another day for the same thing."""
    verb, before = verb_above(tokens[0]), tokens.doc[tokens.start - 1].lower_ if tokens.start > 0 else ""
    return verb is not None and verb.lemma_ in tense.RESCHEDULING and before in {"from", "to"}


def _undergoer(verb: Token) -> Token | None:
    """What is moved or called: the object, or the subject of the passive."""
    found = next((child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    return grammar.antecedent(found) if found is not None else None


def is_habit(tokens: Span) -> bool:
    """Whether a weekday is any such day: "met on a Monday"; not "a Monday meeting"."""
    before = tokens.doc[tokens.start - 1] if tokens.start > 0 else None
    return before is not None and before.lower_ == "a" and tokens[-1].head.i <= tokens[-1].i


def is_modifier(tokens: Span) -> bool:
    """Whether a phrase only tells which thing is meant: "the Boxing Day tsunami", "the next day care centre"."""
    root = _root(tokens)
    return root.dep_ in {"compound", "nmod", "amod"} and root.head.i >= tokens.end


def is_defined(tokens: Span) -> bool:
    """Whether a clause tells which day is meant, and no date before it: "the same day the minister fled"."""
    if tokens[0].is_sent_start:
        return False
    return any(child.dep_ == "relcl" and child.left_edge.i == tokens.end for child in tokens[-1].children)


def lasts(tokens: Span) -> bool:
    """Whether a preposition makes a phrase a length of time: "over the next year"."""
    before = tokens.doc[tokens.start - 1].lower_ if tokens.start > 0 else ""
    return before in {"over", "in", "for", "within", "during", "through", "throughout"}


def goes_on(tokens: Span) -> bool:
    """Whether the words after "the day before" tell before what: "the vote", "he left"."""
    doc, end = tokens.doc, tokens.end
    if end >= len(doc) or doc[end].is_sent_start:
        return False
    after = doc[end]
    return after.tag_ == "VBG" or after.pos_ not in {"PUNCT", "SPACE", "ADP", "CCONJ", "VERB", "AUX", "SCONJ"}


def hung(tokens: Span, named: Span) -> tuple[Token, ...] | None:
    """The noun that the date `named` dates, where "the day before" is counted from it; () where it has none.

    The words between must be one noun phrase: "the day before (the vote in Minsk on) 9 June".
    """
    between = [token for token in tokens.doc[tokens.end : named.start] if token.tag_ != "PRP$"]
    if len(between) > 8 or any(token.pos_ not in _BETWEEN for token in between):
        return None
    root = _root(named)
    if root.dep_ in {"poss", "compound", "nummod", "nmod"} and root.head.i >= named.end:
        return (root.head,)
    nouns = [token for token in between if token.pos_ in grammar.NOUNS]
    return tuple([token for token in nouns if token.dep_ == "pobj"][:1] or nouns[-1:])


def bound_by(placing: Placing) -> tuple[str, tuple[Token, ...]] | None:
    """What a dated deed bounds in turn: "since the election of 2016", "since it was annexed in 2014"."""
    noun = placing.deeds[0]
    if placing.relation != "on":
        return None
    if noun.pos_ in grammar.VERBS:
        marks = [child for child in noun.children if child.dep_ == "mark" and child.lower_ in _RELATIONS]
        return (_RELATIONS[marks[0].lower_], (noun.head,)) if marks and noun.dep_ == "advcl" else None
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    relation = _RELATIONS.get(noun.head.lower_) if noun.dep_ == "pobj" else None
    if relation is None:
        return None
    governor, _ = _governor(noun)
    return relation, (verb_above(governor) or governor,)


def deeds(token: Token) -> Iterator[tuple[Token, int | None]]:
    """`token` and the words that lend it their date, nearest first.

    With a number, only phrases that end before this character reach it: in "In June, A seized X and took Y" the date of
    "seized" is also that of "took".
    """
    seen: set[int] = set()
    queue: list[tuple[Token, int | None, int]] = [(token, None, 0)]
    while queue:
        at, before, depth = queue.pop(0)
        if at.i in seen:
            continue
        seen.add(at.i)
        yield at, before
        if depth < 3:
            lenders = _verb_lenders(at) if at.pos_ in grammar.VERBS else _noun_lenders(at)
            queue.extend((lender, limit if limit is not None else before, depth + 1) for lender, limit in lenders)


def _verb_lenders(verb: Token) -> Iterator[tuple[Token, int | None]]:
    head, relation = verb.head, verb.dep_
    if relation in {"aux", "auxpass"}:
        yield head, None
        return
    occasions = _ADDRESSES if verb.lemma_ in cues.verbs() else _OCCASIONS
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "at", "during"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in occasions:
                    yield noun, None
        elif (child.dep_ == "xcomp" and verb.lemma_ in _ASPECT) or (
            child.dep_ == "nsubj" and verb.lemma_ in _HARM and child.lemma_ in _EVENTS
        ):
            yield child, None
    if relation == "xcomp" and head.lemma_ in _ASPECT:
        yield head, None
    elif relation == "conj" and head.pos_ in grammar.VERBS:
        yield head, head.idx
    elif relation == "advcl" and _is_simultaneous(verb):
        yield head, None


def _is_simultaneous(verb: Token) -> bool:
    """Whether a participle tells more of what its main verb tells: "met in June, demanding …"; not "after …ing"."""
    if verb.tag_ != "VBG" or verb.i < verb.head.i or verb.head.pos_ not in grammar.VERBS:
        return False
    return not any(child.dep_ in {"mark", "prep"} and child.i < verb.i for child in verb.children)


def _noun_lenders(noun: Token) -> Iterator[tuple[Token, int | None]]:
    head, relation = noun.head, noun.dep_
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "in", "during"}:
            for other in child.children:
                if other.dep_ == "pobj" and other.lemma_.lower() in _OCCASIONS:
                    yield other, None
        elif child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in LIGHT:
            yield child, None
    sharing = {"dobj": LIGHT, "nsubjpass": LIGHT, "nsubj": _OCCUR}.get(relation, frozenset())
    if relation == "compound" or head.lemma_ in sharing:
        yield head, None


def _root(tokens: Span) -> Token:
    """The token by which a phrase hangs on the rest of the sentence."""
    outside = [t for t in tokens if not tokens.start <= t.head.i < tokens.end or t.head == t]
    return next((t for t in outside if t.dep_ not in {"det", "punct", "advmod", "cc"}), outside[0])


def _governor(root: Token) -> tuple[Token, str]:
    """What a phrase depends on, and the preposition between them, "" where there is none."""
    at, word = root, ""
    while at.head != at:
        head = at.head
        if at.dep_ in {"conj", "appos"} and head.ent_type_ == "DATE" and not word:
            at = head
        elif head.pos_ in {"ADP", "SCONJ"} or at.dep_ == "pobj":
            if head.lower_ == "of" and head.head.lower_ in _EDGES:
                at, word = head.head, ""
            else:
                at, word = head, word or head.lower_
        elif head.pos_ == "ADV" and head.head != head:
            at = head
        else:
            return head, word
    return at, word


def _deeds_of(moment: Moment, governor: Token, word: str, tokens: Span) -> list[Token]:
    if governor.pos_ in grammar.VERBS:
        return [_reporting(moment, governor, word, tokens)]
    verb = verb_above(governor)
    if governor.pos_ not in grammar.NOUNS:
        return [governor, verb] if verb is not None else [governor]
    # "since a standoff in April": whatever something has lasted since is an event
    is_event = is_event_noun(governor) or (governor.dep_ == "pobj" and governor.head.lower_ in {"since", "until"})
    if verb is None or word == "of" or (is_event and governor.dep_ not in {"dobj"}):
        return [governor]
    if not is_event:
        return [_reporting(moment, verb, word, tokens)]
    if verb.lemma_ in LIGHT:
        return [governor, verb]
    if moment.kind in {"weekday", "ago"}:
        return [_reporting(moment, verb, word, tokens)] if verb.lemma_ in cues.verbs() else [governor, verb]
    return [governor] if verb.lemma_ in cues.verbs() else [governor, verb]


def is_event_noun(noun: Token) -> bool:
    """Whether a noun names something that happens and so has a date of its own: "attack", "annexation"."""
    lemma = noun.lemma_.lower()
    return lemma in _EVENTS or (noun.pos_ == "NOUN" and lemma.endswith(_EVENT_SUFFIXES))


def verb_above(token: Token) -> Token | None:
    """The nearest verb that `token` depends on."""
    at = token
    while at.head != at:
        at = at.head
        if at.pos_ in grammar.VERBS:
            return at
    return None


def _reporting(moment: Moment, verb: Token, word: str, tokens: Span) -> Token:
    """`verb`, or the reporting verb above it, for a day at the end of a sentence that the parse puts too low.

    In "urged Iran to return to talks on Thursday" the day is that of the urging: news dates what it reports, and what
    is urged or promised has no day yet. Nobody urges by or until a day: that is the deadline of what is urged.
    """
    cue = verb.head
    if (
        _RELATIONS.get(word) in {"by", "until", "within"}
        or moment.kind not in {"weekday", "ago"}
        or moment.unit != "day"
        or moment.count < 0
        or moment.side == "next"
        or verb.dep_ not in {"xcomp", "ccomp"}
        or cue.tag_ not in {"VBD", "VBN"}
        or cue.lemma_ not in cues.verbs()
        or tokens.start < verb.i
    ):
        return verb
    after = tokens.doc[tokens.end : tokens.end + 2]
    ends = tokens.end >= len(tokens.doc) or after[0].is_punct or (len(after) > 1 and after[0].is_sent_start)
    if (
        not ends
        or grammar.is_passive(verb)
        or {*grammar.auxiliaries(verb)} & tense.FUTURE
        or verb.tag_ in {"VBD", "VBN"}
        or verb.lemma_ in _APPOINTED
    ):
        return verb
    return cue


_APPOINTED: Final = frozenset(
    """meet visit hold begin start open arrive travel host convene vote attend resume leave speak sign address
    march rally protest demonstrate gather assemble strike""".split()
)
"""What people agree a day for: "offered to meet on Thursday" dates the meeting."""
