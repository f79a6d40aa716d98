"""Gathers what readings say of a situation into the lines of a brief.

Each record becomes a draft (`telling`), drafts that tell the same are joined (`joining`), and what remains is put
under the headings of `Situation`. The terminal, the page and the JSON show what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec.structs import replace

from detente.brief import labels, numbering, summary, telling
from detente.brief.drafts import Citation, Draft, Section
from detente.brief.joining import Joining
from detente.brief.model import (
    Basis,
    Change,
    Deed,
    Deeds,
    Line,
    Lines,
    Saying,
    Sentence,
    Situation,
    Speaker,
    Stand,
    Standpoint,
    Witness,
    Words,
    plain_text,
)
from detente.brief.names import listed
from detente.brief.selection import Selection
from detente.brief.wording import begin, words
from detente.ledger.memory import Taken
from detente.records import Event, Position, Reading, Statement, Status

if TYPE_CHECKING:
    from detente.ledger import Ledger
    from detente.ledger.memory import Memory

__all__ = ["Situation", "gather", "recalled"]

LATEST: Final = 100
"""Documents of a ledger that a brief looks at: what they tell is more than anybody reads at once."""


def gather(
    readings: Iterable[Reading], *, about: str | None = None, since: str | None = None, until: str | None = None
) -> Situation:
    """What `readings` say of a situation, or of what in it concerns `about` and the time from `since` to `until`.

    `about` is an actor's name or id, or words of the text; the time is given by dates like 2024, 2024-06, 2024-06-14.
    Readings are taken one by one, and only what the lines need of each is kept. One and the same document counts once.
    Raises `ValueError` where `since` or `until` is no date.
    """
    selection = Selection(about, since, until)
    joining = Joining()
    witnesses = _Witnesses()
    for reading in readings:
        if not witnesses.know(reading):
            for draft in telling.drafts(selection.of(reading), witnesses.number(reading)):
                joining.add(draft)
    return _Arranging(list(joining), selection, witnesses).situation()


def recalled(
    ledger: Ledger, *, about: str | None = None, since: str | None = None, until: str | None = None
) -> tuple[Situation, int]:
    """The situation as the ledger tells it, with what is new since the last brief and who changed position.

    Beside it stands the last document that it could tell of, for `Ledger.remember_brief`. Of very many documents the
    `LATEST` are looked at. Raises `ValueError` where `since` or `until` is no date.
    """
    selection = Selection(about, since, until)
    memory = ledger.recall(about=about, since=since, until=until, latest=LATEST)
    joining = Joining()
    witnesses = _Witnesses()
    told_by: dict[str, set[str]] = {}
    for event, happening in memory.happenings.items():
        told_by.setdefault(happening, set()).add(event.rpartition("/")[0])
    kept = {event for event, happening in memory.happenings.items() if len(told_by[happening]) > 1}
    taken: list[Taken] = []
    for reading in memory.readings:
        chosen = selection.of(reading)
        taken += (Taken(reading, position) for position in chosen.positions)
        for draft in telling.drafts(chosen, witnesses.number(reading), memory.happenings, kept=kept):
            joining.add(draft)
    changes = [
        (telling.taken(one.reading, witnesses.number(one.reading), one.position),
         telling.taken(other.reading, witnesses.number(other.reading), other.position))
        for one, other in ledger.changed(taken)
    ]  # fmt: skip
    return _Arranging(list(joining), selection, witnesses, memory, changes).situation(), memory.upto


class _Witnesses:
    """Documents, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._by_id: dict[str, Witness] = {}

    def __iter__(self) -> Iterator[Witness]:
        return iter(self._by_id.values())

    def know(self, reading: Reading) -> bool:
        """Whether the document of a reading came before."""
        return reading.document.id in self._by_id

    def number(self, reading: Reading) -> int:
        """The number of a reading's document."""
        document = reading.document
        return self._by_id.setdefault(
            document.id,
            Witness(
                number=len(self._by_id) + 1,
                id=document.id,
                title=document.title,
                outlet=document.source,
                published=document.published,
                url=document.url,
            ),
        ).number


class _Arranging:
    """Puts drafts under their headings."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        selection: Selection,
        witnesses: Iterable[Witness],
        memory: Memory | None = None,
        changes: Sequence[tuple[Draft, Draft]] = (),
    ) -> None:
        self._drafts = sorted(drafts, key=lambda draft: draft.order)
        self._selection = selection
        self._witnesses = list(witnesses)
        self._memory = memory
        self._changes = changes
        told = chain(self._drafts, *changes)
        self._whole = _whole({citation for draft in told for citation in draft.citations})
        self._numbers = {citation: number for number, citation in enumerate(dict.fromkeys(self._whole.values()), 1)}

    def situation(self) -> Situation:
        selection, memory = self._selection, self._memory
        arranged = Situation(
            about=selection.about,
            since=selection.since,
            until=selection.until,
            former=f"{former.made:%Y-%m-%dT%H:%M:%SZ}" if (former := memory and memory.former) else None,
            summary=tuple(self._sentence(draft) for draft in summary.choose(self._drafts)),
            statements=self._statements(),
            happened=self._happened(),
            claimed=self._claimed(),
            positions=self._positions(),
            changes=tuple(
                Change(
                    actor=str(earlier.group), name=later.heading, earlier=self._stand(earlier), later=self._stand(later)
                )
                for earlier, later in self._changes
            ),
            holdings=Lines(
                lines=tuple(self._line(draft, begin(draft.compose(draft))) for draft in self._in("holding"))
            ),
            open_questions=Lines(
                lines=tuple(self._line(draft, begin(draft.compose(draft))) for draft in self._in("open"))
            ),
            sentences=tuple(
                Sentence(number=n, document=c.document, start=c.start, end=c.end, text=c.text)
                for c, n in self._numbers.items()
            ),
            documents=tuple(self._witnesses),
            basis=Basis(read=len(self._witnesses), documents=0, outlets=0, lines=0, single=0),
        )
        numbered = numbering.renumbered(arranged)
        lines = list(numbering.lines(numbered))
        return replace(
            numbered,
            basis=Basis(
                read=len(self._witnesses),
                documents=len(numbered.documents),
                outlets=len({outlet for draft in chain(self._drafts, *self._changes) for outlet in draft.outlets}),
                lines=len(lines),
                single=sum(line.outlets == 1 for line in lines),
                matching=memory.matching if memory is not None else None,
                latest=len(memory.readings) if memory is not None else None,
            ),
        )

    def _statements(self) -> tuple[Speaker, ...]:
        found = [
            Speaker(
                actor=source.actor if (source := cast("Statement", group[0].record).source) is not None else None,
                name=group[0].heading or words("Nobody named"),
                lines=tuple(
                    Saying(
                        **self._parts(draft, draft.compose(draft)),
                        act=cast("Statement", draft.record).act,
                        date=draft.date,
                    )
                    for draft in group
                ),
            )
            for group in _grouped(self._in("statement"))
        ]
        return tuple(found)

    def _happened(self) -> tuple[Deeds, ...]:
        deeds = [draft for draft in self._in("deed") if cast("Event", draft.record).status == "actual"]
        by_heading: dict[str, list[Draft]] = {"In deed": [], "In words": []}
        for deed in deeds:
            is_material = cast("Event", deed.record).quad.startswith("material")
            by_heading["In deed" if is_material else "In words"].append(deed)
        return self._deeds(by_heading)

    def _claimed(self) -> tuple[Deeds, ...]:
        found: dict[Status, list[Draft]] = {status: [] for status in labels.HEADINGS}
        for draft in self._drafts:
            if draft.section == "contested":
                found["denied" if draft.voices.get("denies") else cast("Event", draft.record).status].append(draft)
            elif draft.section == "deed" and cast("Event", draft.record).status != "actual":
                found[cast("Event", draft.record).status].append(draft)
        return self._deeds({labels.HEADINGS[status]: drafts for status, drafts in found.items()})

    def _deeds(self, by_heading: dict[str, list[Draft]]) -> tuple[Deeds, ...]:
        return tuple(
            Deeds(
                heading=heading,
                lines=tuple(
                    Deed(
                        **self._parts(draft, begin(draft.compose(draft))),
                        status=cast("Event", draft.record).status,
                        date=draft.date,
                    )
                    for draft in drafts
                ),
            )
            for heading, drafts in by_heading.items()
            if drafts
        )

    def _positions(self) -> tuple[Standpoint, ...]:
        return tuple(
            Standpoint(
                actor=str(group[0].group),
                name=group[0].heading,
                lines=tuple(map(self._stand, group)),
            )
            for group in _grouped(self._in("position"))
        )

    def _stand(self, draft: Draft) -> Stand:
        return Stand(
            **self._parts(draft, draft.compose(draft)),
            act=cast("Position", draft.record).act,
            condition=draft.condition,
            date=draft.date,
        )

    def _in(self, section: Section) -> list[Draft]:
        return [draft for draft in self._drafts if draft.section == section]

    def _sentence(self, draft: Draft) -> Line:
        """A line that stands on its own, outside its group; it names all who said or want it in one sentence."""
        told = draft.compose(draft)
        fellows = [draft]
        if draft.name:
            fellows = [other for other in self._in(draft.section) if other.name and _tell_alike(other, draft)]
            name = listed(tuple(dict.fromkeys(other.name for other in fellows)))
            is_quoted = bool(told) and told[0].quoted  # a noun, "willingness to talk", goes with no name before it
            told = words("{name}{link}{told}", name=name, link=": " if is_quoted else " ", told=told)
        if draft.condition:
            told = words("{told}, on condition: {condition}", told=told, condition=draft.condition)
        line = self._line(draft, begin(words("{told}.", told=told)))
        return replace(line, records=tuple(dict.fromkeys(record for other in fellows for record in other.records)))

    def _line(self, draft: Draft, pieces: Words) -> Line:
        return Line(**self._parts(draft, pieces))

    def _parts(self, draft: Draft, pieces: Words) -> dict[str, Any]:
        documents = {record.rpartition("/")[0] for record in draft.records}
        memory, independent = self._memory, None
        if memory is not None and draft.reports and len(documents) > 1:
            independent = len({memory.stories.get(document, document) for document in documents})
        return {
            "independent": independent,
            "new": memory is not None and documents <= memory.fresh,
            "text": plain_text(pieces),
            "pieces": pieces,
            "references": tuple(dict.fromkeys(self._numbers[self._whole[c]] for c in draft.citations)),
            "outlets": len(draft.outlets),
            "records": tuple(dict.fromkeys(draft.records)),
            "salience": round(draft.salience, 3),
        }


def _tell_alike(one: Draft, other: Draft) -> bool:
    """Whether two actors' lines have the same words out of the same sentences."""
    return one is other or (
        one.citations.keys() == other.citations.keys()
        and (one.compose(one), one.condition) == (other.compose(other), other.condition)
    )


def _whole(citations: Iterable[Citation]) -> dict[Citation, Citation]:
    """For each citation the widest one that holds it: a sentence of a longer quotation is cited with the quotation."""
    found: dict[Citation, Citation] = {}
    widest: Citation | None = None
    for citation in sorted(citations, key=lambda c: (c.document, c.start, -c.end)):
        if widest is None or citation.document != widest.document or citation.end > widest.end:
            widest = citation
        found[citation] = widest
    return found


def _grouped(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts by the actor that heads their group: the one with most lines first, then by who comes first."""
    first: dict[str | None, int] = {}
    for number, draft in enumerate(drafts):
        first.setdefault(draft.group, number)
    in_groups = sorted(drafts, key=lambda draft: first[draft.group])
    groups = [list(group) for _, group in groupby(in_groups, key=lambda draft: draft.group)]
    return sorted(groups, key=len, reverse=True)
