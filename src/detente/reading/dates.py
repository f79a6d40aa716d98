"""When: date phrases of a text, resolved against its day of publication, and which clause each one dates.

The phrases come from a small grammar (`date_grammar`), and what each one dates from the parse (`dating`). A phrase
inside a noun phrase ("the 2016 election", "Thursday's vote") dates the noun alone; a phrase in a content clause does
not date the cue, nor does the cue's date reach into the content.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.parsed import Parsed
from detente.reading.speech import cues, quotations
from detente.reading.when import date_grammar, dating, leads, moments
from detente.reading.when.dating import Placing
from detente.reading.when.moments import Moment
from detente.reading.when.tense import BIDDING, is_ahead, is_going_on, is_obliged

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_NEAR: Final = 2
"""How many sentences back a date may be named that "the next day" is counted from."""

_JUST_PAST: Final = timedelta(days=60)
_NARRATED: Final = 7
"""Characters of an ISO month: from that precision on, a date sets the year of the months told after it."""


@dataclass(frozen=True)
class DatePhrase:
    """A phrase that names a date. `value` is ISO 8601 with the precision of the phrase, or an interval."""

    start: int
    end: int
    value: str
    relation: str
    """How it is tied to its clause: "on" (the day, month or year of the deed), "since", "until", "within", "by"."""
    head: int
    """Index of the token that the phrase dates."""


@dataclass(frozen=True)
class Calendar:
    """The date phrases of one text, in its order."""

    phrases: tuple[DatePhrase, ...] = ()
    dated: Mapping[int, tuple[DatePhrase, ...]] = field(default_factory=dict)
    """Index of a verb or noun to the phrases that date it; one phrase may date a verb and its object."""

    def of(self, token: Token, *relations: str) -> DatePhrase | None:
        """The phrase that dates the deed which `token` names, of the given relations ("on" where none is given)."""
        wanted = relations or ("on",)
        for deed, before in dating.deeds(token):
            for phrase in self.dated.get(deed.i, ()):
                if phrase.relation in wanted and (before is None or phrase.end <= before):
                    return phrase
        return None


@dataclass(frozen=True)
class _Placed:
    moment: Moment
    tokens: Span
    placing: Placing
    named: _Placed | None = None
    """The date within it that it is counted from: "the eve of the vote on 9 June"."""

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.tokens.start


def find(parsed: Parsed) -> Calendar:
    """The date phrases of a text. Without a day of publication only those that say their year themselves."""
    return _Finder(parsed).calendar()


class _Finder:
    def __init__(self, parsed: Parsed) -> None:
        self.doc = parsed.doc
        self.text = parsed.document.text
        self.published = parsed.published
        self.starts: list[int] = []
        self.sentences: list[int] = []
        """For each token the index of the first of its sentence; `token.sent` would search for it every time."""
        for token in parsed.doc:
            self.starts.append(token.idx)
            self.sentences.append(token.i if token.is_sent_start or token.i == 0 else self.sentences[-1])
        self.quoted = sorted(piece for mark in quotations.find(self.text) for piece in mark.pieces)
        self.dated: dict[int, list[DatePhrase]] = defaultdict(list)
        self.spoken: dict[int, date] = {}
        """By sentence, the day of the first cue in it that has one."""
        self.phrases: list[DatePhrase] = []

    def calendar(self) -> Calendar:
        """Past phrases first: they are what a future one is counted from ("agreed in June to leave by March").

        What is counted from a date that the text names ("the next day") comes last, when all of those are known.
        """
        later, told = [], []
        for one in self._linked():
            if one.moment.is_told:
                told.append(one)
            elif self.published is None or one.moment.is_absolute or not self._waits(one):
                self._register(one, self._anchor_behind(one), ahead=False)
            else:
                later.append(one)
        for one in later:
            if _is_ahead(one) and not self._is_just_past(one):
                self._register(one, self._anchor_ahead(one), ahead=True)
            else:
                self._register(one, self._anchor_behind(one), ahead=False)
        for one in told:
            self._register_told(one)
        self.phrases.sort(key=lambda phrase: (phrase.start, phrase.end))
        for number, verbs in leads.found(self.doc, ((phrase.start, phrase.value) for phrase in self.phrases)):
            for verb in verbs:
                self._date(verb.i, replace(self.phrases[number], head=verb.i))
        return Calendar(tuple(self.phrases), {i: tuple(phrases) for i, phrases in self.dated.items()})

    def _is_just_past(self, placed: _Placed) -> bool:
        """Whether a day without a year is one of the last weeks, where a thing and not its verb would be ahead: "the
        vote on March 20 will be felt", told on March 25."""
        moment, deed = placed.moment, placed.placing.deeds[0]
        if self.published is None or moment.kind != "date" or moment.day is None or moment.year is not None:
            return False
        value = moments.resolve(moment, self.published, ahead=False) if deed.pos_ in grammar.NOUNS else None
        if value is None or placed.placing.ahead:
            return False
        return self.published - moments.first_day(value) <= _JUST_PAST

    def _waits(self, placed: _Placed) -> bool:
        """Whether a phrase may be counted from one that stands behind it: "“We sign tomorrow,” she said Tuesday"."""
        return _is_ahead(placed) or (placed.moment.kind == "ago" and self._is_quoted(placed.moment))

    def _linked(self) -> Iterator[_Placed]:
        """The phrases that stand in the text, "the eve of" and "two days before" with the date that follows them."""
        held: _Placed | None = None
        for one in self._placed():
            if held is not None:
                nouns = dating.hung(held.tokens, one.tokens)
                held = replace(held, named=replace(one, placing=Placing("on", nouns or one.placing.deeds)))
                if nouns is not None and self._value_of(held) is not None:
                    yield held
                    held = None
                    continue
            held = one if one.moment.hangs and dating.goes_on(one.tokens) else None
            if held is None:
                yield one

    def _placed(self) -> Iterator[_Placed]:
        for moment in date_grammar.scan(self.text):
            tokens = self._tokens(moment)
            if moment.through is not None and len(tokens) > 0 and dating.is_moved(tokens):
                moment = moment.through
                tokens = self._tokens(moment)
            if len(tokens) == 0 or not self._is_date(moment, tokens):
                continue
            placing = dating.place(moment, tokens)
            meant = _meant(moment, placing, tokens) if placing is not None else None
            if meant is not None and meant is not moment:
                placing = dating.place(meant, tokens)
            if meant is not None and placing is not None:
                yield _Placed(meant, tokens, placing)

    def _tokens(self, moment: Moment) -> Span:
        first = max(0, bisect_right(self.starts, moment.start) - 1)
        return self.doc[first : bisect_left(self.starts, moment.end)]

    def _is_date(self, moment: Moment, tokens: Span) -> bool:
        if self.published is None and not (moment.is_absolute or moment.is_told):
            return False
        if moment.is_bare:
            return dating.is_date(moment, tokens)
        if moment.kind == "weekday" and moment.side is None:
            return not dating.is_habit(tokens)
        if moment.kind == "shift" and dating.is_defined(tokens):
            return False
        names = moment.kind == "shift" or (moment.feast and moment.year is None)
        return not (names and dating.is_modifier(tokens))

    def _value_of(self, placed: _Placed) -> str | None:
        """What a phrase means that is counted from a date within it."""
        value = self._named_value(placed)
        return moments.shifted(placed.moment, value) if value is not None else None

    def _named_value(self, placed: _Placed) -> str | None:
        """What the date within a phrase means."""
        named = placed.named
        if named is None or named.moment.is_told:
            return None
        ahead = _is_ahead(placed) or _is_ahead(named) or is_going_on(placed.placing.deeds[0])
        return moments.resolve(named.moment, self.published, ahead=ahead)

    def _counted(self, placed: _Placed) -> str | None:
        """What a phrase means that is counted from the date named before it: in its sentence, else just before that."""
        sentence = self.sentences[placed.first]
        earliest, left = sentence, _NEAR
        while earliest > 0 and left > 0:
            earliest, left = self.sentences[earliest - 1], left - 1
        before = sorted((p for p in self.phrases if p.relation == "on" and p.end <= placed.moment.start), key=_end)
        for phrase in reversed(before):
            at = self.sentences[phrase.head]
            value = moments.shifted(placed.moment, phrase.value) if at >= earliest else None
            if value is not None or at != sentence:
                return value
        return None

    def _register(self, placed: _Placed, anchor: date | None, *, ahead: bool) -> None:
        moment = placed.moment
        if moment.year is None and anchor is None:
            return
        value = moments.resolve(moment, anchor, ahead=ahead)
        if value is not None and not self._is_impossible(placed, value):
            self._note(placed, value, moment.end)

    def _register_told(self, placed: _Placed) -> None:
        named = placed.named
        value = self._counted(placed) if named is None else self._value_of(placed)
        if value is None or self._is_impossible(placed, value):
            return
        if named is None:
            self._note(placed, value, placed.moment.end)
            return
        self._note(placed, value, named.moment.end)
        told = self._named_value(placed)
        for deed in named.placing.deeds if told is not None else ():
            self._date(deed.i, DatePhrase(named.moment.start, named.moment.end, told or "", "on", deed.i))

    def _note(self, placed: _Placed, value: str, end: int) -> None:
        """Keep what a phrase, up to `end`, says, and all that it dates."""
        placing = placed.placing
        ties = [(placing.relation, placing.deeds)]
        further = dating.bound_by(placing)
        if further is not None:
            ties.append(further)
        for relation, deeds in ties:
            phrase = DatePhrase(placed.moment.start, end, value, relation, deeds[0].i)
            self.phrases.append(phrase)
            for deed in deeds:
                self._date(deed.i, phrase)

    def _is_impossible(self, placed: _Placed, value: str) -> bool:
        """Whether the past tense tells of a day after publication: what looked like a date is none."""
        if self.published is None or moments.first_day(value) <= self.published:
            return False
        deed = placed.placing.deeds[0]
        verb = deed if deed.pos_ in grammar.VERBS else dating.verb_above(deed)
        return verb is not None and verb.tag_ in {"VBD", "VBN"} and not _is_ahead(placed)

    def _date(self, index: int, phrase: DatePhrase) -> None:
        """Add `phrase` to what dates a deed, the more precise of two first ("in 2014 … in March")."""
        known = self.dated[index]
        at = next((n for n, other in enumerate(known) if phrase.value.startswith(other.value)), len(known))
        known.insert(at, phrase)
        if phrase.relation == "on" and len(phrase.value) == 10 and self.doc[index].lemma_ in cues.verbs():
            self.spoken.setdefault(self.sentences[index], date.fromisoformat(phrase.value))

    def _anchor_behind(self, placed: _Placed) -> date | None:
        """The day that a past phrase is counted from: publication, or what the text tells just before it."""
        moment, published = placed.moment, self.published
        if published is None or moment.is_absolute:
            return published
        if moment.kind == "ago" and moment.unit == "day" and self._is_quoted(moment):
            return self._day_of_speech(placed)
        if moment.kind == "date" and moment.side is None and moment.through is None:
            return self._narrated(placed)
        return published

    def _anchor_ahead(self, placed: _Placed) -> date | None:
        """The day that a future phrase is counted from: that of the words which announce it, if they are dated."""
        moment = placed.moment
        if moment.kind == "ago" and moment.unit == "day":
            return self._day_of_speech(placed) if self._is_quoted(moment) else self.published
        at = placed.placing.deeds[0]
        while at.head != at:
            at = at.head
            for phrase in self.dated.get(at.i, ()):
                if phrase.relation == "on" and phrase.end != moment.end and "/" not in phrase.value:
                    day = moments.first_day(phrase.value)
                    if len(phrase.value) >= _NARRATED and self.published is not None and day <= self.published:
                        return day
        return self.published

    def _narrated(self, placed: _Placed) -> date | None:
        """The day before which a month without a year lies: publication, or what the text has just told sets the year.

        "Troops entered in February 2022. In April, they left": the April of 2022. None where either could be meant:
        "elected in 2020 and received in June".
        """
        deed, sentence = placed.placing.deeds[0], self.sentences[placed.first]
        told = next((phrase for phrase in reversed(self.phrases) if phrase.relation == "on"), None)
        if told is None or self.published is None or not self.text[told.end - 4 : told.end].isdigit():
            return self.published
        value, before = told.value, self.doc[told.head]
        if "/" in value:
            return self.published
        if before.i == deed.i and len(value) == 4:
            return date(int(value), 12, 31)
        if self.sentences[before.i] == sentence:
            follows = deed.dep_ == "conj" and deed.head.i == before.i
            if follows and len(value) < _NARRATED:
                return None
        else:
            follows = (
                before.dep_ == "ROOT"
                and placed.first - sentence <= 1
                and self.sentences[sentence - 1] == self.sentences[before.i]
            )
        if not follows or len(value) < _NARRATED:
            return self.published
        first = moments.first_day(value)
        return min(date(first.year + 1, first.month, 1), self.published)

    def _is_quoted(self, moment: Moment) -> bool:
        at = bisect_right(self.quoted, (moment.start, len(self.text))) - 1
        return at >= 0 and moment.start < self.quoted[at][1]

    def _day_of_speech(self, placed: _Placed) -> date | None:
        """The day of the words around "today" in a quotation, where the sentence tells it; publication may be later."""
        return self.spoken.get(self.sentences[placed.first])


def _end(phrase: DatePhrase) -> int:
    return phrase.end


def _is_ahead(placed: _Placed) -> bool:
    moment, placing = placed.moment, placed.placing
    told = moment.of or moment
    if told.side in {"last", "next"}:
        return told.side == "next"
    if told.kind == "ago" and told.count != 0:
        return told.count < 0
    deed = placing.deeds[0]
    if placing.ahead or (moment.kind == "unit" and moment.part == "later") or is_ahead(deed):
        return True
    if moment.kind == "window" and not moment.is_point:
        return not _is_told(placing, placed.tokens)
    return placing.relation == "by" and _is_bidden(deed, placed.tokens)


def _meant(moment: Moment, placing: Placing, tokens: Span) -> Moment | None:
    """What the same words mean where they tell of the past, or of a duty; None where that cannot be known."""
    if moment.is_point and is_obliged(placing.deeds[0]):
        return replace(moment, is_point=False)
    if moment.kind == "season" and moment.side is None:
        return moment if is_ahead(placing.deeds[0]) or _is_told(placing, tokens) else None  # "swims in the summer"
    is_span = moment.kind == "span" and moment.side == "next"
    if not (is_span or moment.in_tale) or not _is_told(placing, tokens):
        return moment
    if moment.in_tale is not None and not dating.lasts(tokens):
        return replace(moment.in_tale, start=moment.start, end=moment.end)
    return moment if tokens.start > placing.deeds[0].i else None


def _is_told(placing: Placing, tokens: Span) -> bool:
    """Whether the past tense tells of the deed, in the same part of the sentence: not "he warned: go in two days"."""
    deed = placing.deeds[0]
    verb = deed if deed.pos_ in grammar.VERBS else dating.verb_above(deed)
    if verb is None or verb.tag_ not in {"VBD", "VBN"} or _is_bidden(verb, tokens) or is_ahead(verb):
        return False
    return not any(token.text == ":" for token in tokens.doc[verb.i : tokens.start])


def _is_bidden(deed: Token, tokens: Span) -> bool:
    """Whether a deadline behind these words is of what they want: "demanded a reply by Friday"."""
    verb = deed if deed.pos_ in grammar.VERBS else deed.head
    return verb.lemma_ in BIDDING and verb.i < tokens.start and "had" not in grammar.auxiliaries(verb)
