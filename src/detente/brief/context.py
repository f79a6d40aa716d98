"""One reading as the brief sees it: its names, its sentences, and how much each actor is in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from detente import days
from detente.brief import clauses, speech
from detente.brief.drafts import Citation, Draft, Section
from detente.brief.model import Piece, Words
from detente.brief.names import Names, Party
from detente.brief.selection import plain
from detente.brief.wanted import Wants
from detente.brief.wording import quote
from detente.ledger.sentences import Sentences, excerpt
from detente.records import Event, Evidence, Holding, Position, Reading, Span, Statement

QUOTATION: Final = 180
"""Characters of the text's words in a line; the whole sentence stands at the end of the brief."""

UNNAMED: Final = Party((Piece(text="sources that are not named"),), is_many=True)

_SHORTEST_WORD: Final = 4
"""Letters of a word that tells texts apart; shorter ones are mostly grammar."""

_AUXILIARY: Final = re.compile(
    r"\b(?:to|(?:will|would|shall|should|can|could|may|might|must|not|never)(?:\s+(?:not|never))?)\s+$", re.IGNORECASE
)
_LONGEST_AUXILIARY: Final = 20
_ASIDE: Final = 40
"""Characters between two pieces of what was said that are shown with them."""

_BEFORE: Final = 40
"""Characters before a deed in which a negation or an auxiliary stands, where its clause does not hold them."""

_TELLING: Final = 4
"""One more than the words from which on what somebody said or wants weighs in full."""

_STEM: Final = re.compile(rf"(?<![^\W_])[^\W_]{{{_SHORTEST_WORD}}}")

_NEWS: Final = 90
"""Days after which what was done is history."""

_UNDATED: Final = "9999-12-31"
"""Lines without any date stand after all others."""


class Context:
    """A reading, and its document's number in the brief."""

    def __init__(self, reading: Reading, number: int) -> None:
        self.document = reading.document
        self.text = reading.document.text
        self.names = Names.of(reading)
        self.wants = Wants(reading)
        self._number = number
        self._sentences = Sentences(self.text)

    def draft(
        self,
        section: Section,
        key: Hashable,
        record: Statement | Event | Holding | Position,
        told: Words | Callable[[Draft], Words],
        *,
        weight: float,
        content: str = "",
        participants: Iterable[str | None] = (),
    ) -> Draft:
        """A draft that rests on the sentence of `record`; `weight` is how much its kind tells."""
        date = (record.since or record.as_of) if isinstance(record, Holding) else record.date
        when = date or self.document.published
        actors = frozenset(actor for actor in participants if actor is not None)
        words = frozenset(word for word in plain(content).split() if len(word) >= _SHORTEST_WORD)
        if section in {"statement", "position"}:
            weight *= min(1, (1 + len(words)) / _TELLING)  # "refused: “to comment”" tells little
        draft = Draft(
            section=section,
            key=(section, key),
            record=record,
            content=words,
            compose=(lambda _: told) if isinstance(told, tuple) else told,
            order=(days.earliest(when) if when else _UNDATED, self._number, record.evidence.start),
            date=date,
            weight=weight,
            salience=weight
            * self._prominence(actors)
            * self._news(date, record.evidence.start)
            * self._headline(record),
            participants=actors,
            documents={self._number},
            records=[self.record_id(record.id)],
            outlets={self.document.source.casefold() if self.document.source else f"document {self.document.id}"},
        )
        self.cite(draft, record.evidence)
        return draft

    def cite(self, draft: Draft, span: Evidence | Span) -> None:
        """Let `draft` rest on the sentence around `span` too, unless it does already."""
        if any(cited.start <= span.start and span.end <= cited.end for cited in draft.citations):
            return
        start, end = self._sentences.around(span.start, span.end)
        draft.citations[Citation(self._number, start, end, self.text[start:end])] = None

    def cite_speaker(self, draft: Draft, statement_id: str | None) -> None:
        """Let `draft` rest on the words that name who makes a statement."""
        statement = self.names.statements.get(statement_id or "")
        if statement is not None:
            at = statement.source or statement.cue or statement.evidence
            self.cite(draft, Evidence(start=at.start, end=at.end))

    def teller(self, statement_id: str | None) -> Party | None:
        """Who makes a statement; `UNNAMED` where nobody is named, None where the text speaks for itself."""
        statement = self.names.statements.get(statement_id or "")
        return (self.names.speaker(statement) or UNNAMED) if statement is not None else None

    def account(self, position: Position) -> Party | None:
        """Whose account a position is, where neither the actor's own nor the text's.

        "A and B demanded …" is a statement of each, of which the position names the first.
        """
        told = self.names.statements.get(position.statement or "")
        if told is None or any(
            (other.cue, other.content) == (told.cue, told.content)
            and other.source is not None
            and other.source.actor == position.actor
            for other in self.names.statements.values()
        ):
            return None
        return self.teller(position.statement)

    def quoted(self, span: Evidence | Span, *, keep: int | None = None) -> Words:
        """The text's words, shortened; `keep` is the offset of a word that must stay."""
        return quote(excerpt(self.text, span.start, span.end, limit=QUOTATION, keep=keep))

    def clause(self, event: Event) -> str:
        """The clause that tells a deed."""
        return self.text[event.evidence.start : event.evidence.end]

    def quoted_deed(self, event: Event, *, is_governed: bool = False) -> Words:
        """What the text calls a deed: its clause, with what stands before it where that alone says who does what.

        With `is_governed` an infinitive has its subject in the brief's words: "A promised …: “to release the sailors”".
        """
        clause = self.clause(event)
        is_part = clauses.is_part(clause) or event.evidence.start == event.trigger.start
        if is_part and not (is_governed and clause.startswith("to ")):
            return self.quoted_from_sentence(event.evidence)
        return self.quoted(event.evidence, keep=event.trigger.start)

    def quoted_from_sentence(self, span: Evidence) -> Words:
        """The text's words up to the end of `span`, from the start of its sentence or as far as there is room."""
        first = self._sentences.around(span.start, span.end)[0]
        start = max(first, min(span.end - QUOTATION, span.start))
        if start > first and not self.text[start - 1].isspace():
            while start < span.start and not self.text[start].isspace():
                start += 1
        said = quote(excerpt(self.text, start, span.end, limit=QUOTATION), is_speech=True)
        return (replace(said[0], text=f"…{said[0].text}"),) if said and start > first else said

    def said(self, statement: Statement) -> str:
        """What was said, with … where words were left out; a few words between that do not say who said it stay."""
        spans = statement.content.spans
        if len(spans) > 1 and self.text[slice(*spans[-1])].strip().lower() == "that":
            spans = spans[:-1]  # what it opens was taken for something else
        aside = [span for span in (statement.source, statement.cue) if span is not None]
        found = self.text[slice(*spans[0])] if spans else ""
        for (_, end), (start, stop) in pairwise(spans):
            is_left_out = start - end > _ASIDE or any(span.start < start and span.end > end for span in aside)
            between = " … " if is_left_out or statement.quotation == "direct" else self.text[end:start]
            found += between + self.text[start:stop]
        return found

    def said_with_cue(self, statement: Statement) -> str | None:
        """The text's word for a statement and what was said where it follows at once: "doubted that it was so"."""
        start, spans = speech.cue_start(statement), statement.content.spans
        if start is None or statement.cue is None or speech.is_verbatim(statement) or len(spans) != 1:
            return None
        first, end = spans[0]
        is_next = first >= statement.cue.end and self.text[statement.cue.end : first].strip() in {"", "that"}
        return self.text[start:end] if is_next else None

    def with_auxiliary(self, span: Span) -> Span:
        """`span` with the "to" or "would not" before its verb, which the text's words do not stand without."""
        before = _AUXILIARY.search(self.text, max(span.start - _LONGEST_AUXILIARY, 0), span.start)
        return replace(span, start=before.start()) if before is not None else span

    def before(self, event: Event) -> str:
        """What stands before the word that tells a deed, in its clause or just before it, and that word."""
        sentence = self._sentences.around(event.evidence.start, event.evidence.end)[0]
        start = min(event.evidence.start, max(sentence, event.trigger.start - _BEFORE))
        return self.text[start : event.trigger.end]

    def record_id(self, id_: str) -> str:
        """A record's id beyond its document."""
        return f"{self.document.id}/{id_}"

    def _prominence(self, actors: frozenset[str]) -> float:
        """How much of the text is about the two foremost of some actors, or of those they act for: from 0.2 to 1."""
        shares = sorted((self._share(actor) for actor in actors), reverse=True)
        first, second = (*shares, 0.0, 0.0)[:2]
        return 0.2 + 0.5 * first + 0.3 * second

    def _news(self, date: str | None, start: int) -> float:
        """What stands first matters most: 2 at the head of the text, 1 at its end; a third of that for history."""
        published = self.document.published
        is_history = date is not None and published is not None and days.between(date, published) > _NEWS
        return (1 + (1 - start / max(len(self.text), 1)) ** 3) * (1 / 3 if is_history else 1)

    def _headline(self, record: Statement | Event | Holding | Position) -> float:
        """What the title tells matters most: from 1 to 2 by the share of its words that the evidence holds."""
        if not self._title:
            return 1
        told = _stems(self.text[record.evidence.start : record.evidence.end])
        return 1 + len(self._title & told) / len(self._title)

    @cached_property
    def _title(self) -> frozenset[str]:
        return _stems(self.document.title or "")

    def _share(self, actor: str) -> float:
        return max(self._shares.get(side, 0.0) for side in self.names.sides(actor))

    @cached_property
    def _shares(self) -> dict[str, float]:
        """For each actor its mentions, with those who act for it, as a share of the most mentioned one's."""
        counts: dict[str, int] = {}
        for actor in self.names.actors.values():
            for side in self.names.sides(actor.id):
                counts[side] = counts.get(side, 0) + len(actor.mentions)
        most = max(counts.values(), default=0) or 1
        return {actor: count / most for actor, count in counts.items()}


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text, so that "sign" and "signed" are one."""
    return frozenset(_STEM.findall(text.casefold()))
