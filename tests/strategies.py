"""Random valid inputs for property tests: documents, and readings that keep the contract.

Spans lie in the text, ids are unique, references point to what exists. Text is anything that Unicode allows in UTF-8.
"""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from detente import plover, records
from detente.records import (
    Actor,
    Content,
    Count,
    Document,
    Event,
    Evidence,
    Holding,
    Place,
    Position,
    Reader,
    Reading,
    Size,
    Source,
    Span,
    Stance,
    Statement,
)

_CHARACTERS = st.characters(exclude_categories=["Cs"])
_WORDS = st.sampled_from(
    ["Iran", "said", "“no”", "l'Élysée", "\n\n", " ", "\x00", "'; DROP TABLE events; --", "👩‍👧", "[b]"]
)

names = st.text(_CHARACTERS, min_size=1, max_size=12)
texts = st.lists(_WORDS | st.text(_CHARACTERS, max_size=8), min_size=1, max_size=12).map("".join).filter(bool)
probabilities = st.floats(0, 1, allow_nan=False)
countries = st.sampled_from(["RUS", "UKR", "TCD", "FRA", "KOS", *sorted(plover.NOT_STATES)])


@st.composite
def dates(draw: DrawFn) -> str:
    """A day, a month, a year, or an interval of two of these."""

    def one() -> str:
        day = draw(st.dates()).isoformat()
        return day[: draw(st.sampled_from([4, 7, 10]))]

    return "/".join(sorted([one(), one()])) if draw(st.booleans()) else one()


def optional(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """`strategy` or None."""
    return st.none() | strategy


def some(strategy: SearchStrategy[Any], max_size: int = 3) -> SearchStrategy[tuple[Any, ...]]:
    """A short tuple, often empty."""
    return st.just(()) if strategy.is_empty else st.lists(strategy, max_size=max_size).map(tuple)


def documents() -> SearchStrategy[Document]:
    """Documents with and without what can be known of them."""
    return st.builds(
        Document,
        id=names,
        path=optional(names),
        title=optional(names),
        source=optional(names),
        url=optional(names),
        published=optional(st.dates().map(str)),
        language=optional(st.just("en")),
        text=texts,
    )


@st.composite
def readings(draw: DrawFn, document: SearchStrategy[Document] | None = None) -> Reading:
    """Readings of random documents, or of `document`."""
    read = draw(document or documents())
    text = read.text

    def offsets() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    def span() -> Span:
        start, end = offsets()
        return Span(text=text[start:end], start=start, end=end)

    def evidence() -> Evidence:
        start, end = offsets()
        return Evidence(start=start, end=end)

    def count(letter: str) -> list[str]:
        return [f"{letter}{n}" for n in range(1, draw(st.integers(0, 3)) + 1)]

    def place() -> Place:
        return draw(
            st.builds(
                Place,
                name=names,
                country=optional(countries),
                claimed_by=some(countries),
                latitude=optional(st.floats(-90, 90)),
                longitude=optional(st.floats(-180, 180)),
            )
        )

    cast = draw(st.lists(names | countries, max_size=4, unique=True))
    sayings = count("s")
    actor = st.sampled_from(cast) if cast else st.nothing()
    saying = st.sampled_from(sayings) if sayings else st.nothing()

    def actors(id_: str) -> Actor:
        return Actor(
            id=id_,
            name=draw(names),
            kind=draw(st.sampled_from(get_args(records.ActorKind))),
            country=draw(optional(countries)),
            sectors=draw(some(st.sampled_from(sorted(plover.SECTORS)))),
            acts_for=draw(optional(actor)),
            roles=draw(some(names)),
            wikidata=draw(optional(st.just("Q7747"))),
            mentions=tuple(span() for _ in range(draw(st.integers(1, 3)))),
        )

    def source() -> Source:
        words = span()
        return Source(actor=draw(optional(actor)), text=words.text, start=words.start, end=words.end)

    def content() -> Content:
        spans = tuple(sorted(offsets() for _ in range(draw(st.integers(1, 3)))))
        return Content(text=" ".join(text[start:end] for start, end in spans), spans=spans)

    def statement(id_: str) -> Statement:
        named = draw(st.booleans())
        return Statement(
            id=id_,
            source=source() if named else None,
            hedged=not named,
            addressee=draw(optional(actor)),
            cue=span() if draw(st.booleans()) else None,
            content=content(),
            quotation=draw(st.sampled_from(get_args(records.Quotation))),
            act=draw(st.sampled_from(get_args(records.Act))),
            status=draw(st.sampled_from(get_args(records.Status))),
            within=draw(optional(saying)),
            date=draw(optional(dates())),
            confidence=draw(optional(probabilities)),
            evidence=evidence(),
        )

    def event(id_: str) -> Event:
        type_ = draw(st.sampled_from(get_args(records.EventType)))
        mode = draw(optional(st.sampled_from(sorted(plover.TYPES[type_].modes)))) if plover.TYPES[type_].modes else None
        bounds = optional(st.integers(0, 2**63 - 1))
        size = st.builds(Count, low=bounds, high=bounds, text=names)
        return Event(
            id=id_,
            type=type_,
            mode=mode,
            contexts=draw(some(st.sampled_from(["military", "diplomatic", "territory"]))),
            sources=draw(some(actor)),
            targets=draw(some(actor)),
            trigger=span(),
            date=draw(optional(dates())),
            date_end=draw(optional(dates())),
            place=place() if draw(st.booleans()) else None,
            status=draw(st.sampled_from(get_args(records.Status))),
            stances=draw(
                some(
                    st.builds(
                        Stance,
                        actor=optional(actor),
                        statement=optional(saying),
                        stance=st.sampled_from(get_args(records.StanceKind)),
                    )
                )
            ),
            reported_by=draw(optional(saying)),
            size=draw(
                optional(
                    st.builds(
                        Size,
                        dead=optional(size),
                        injured=optional(size),
                        arrested=optional(size),
                        displaced=optional(size),
                        troops=optional(size),
                    )
                )
            ),
            quad=plover.quad(type_),
            intensity=float(plover.intensity(type_, mode)),
            intensity_scale=draw(st.sampled_from(get_args(records.IntensityScale))),
            confidence=draw(optional(probabilities)),
            evidence=evidence(),
        )

    def holding(id_: str) -> Holding:
        return Holding(
            id=id_,
            holder=draw(actor),
            kind=draw(st.sampled_from(get_args(records.HoldingKind))),
            place=place(),
            share=draw(optional(probabilities)),
            share_text=draw(optional(names)),
            area_km2=draw(optional(st.floats(0, 2e7))),
            since=draw(optional(dates())),
            until=draw(optional(dates())),
            as_of=draw(optional(dates())),
            status=draw(st.sampled_from(get_args(records.Status))),
            reported_by=draw(optional(saying)),
            confidence=draw(optional(probabilities)),
            evidence=evidence(),
        )

    def position(id_: str) -> Position:
        return Position(
            id=id_,
            actor=draw(actor),
            act=draw(st.sampled_from(get_args(records.PositionAct))),
            of=draw(optional(actor)),
            what=span(),
            condition=span() if draw(st.booleans()) else None,
            topic=draw(optional(names)),
            due=draw(optional(dates())),
            date=draw(optional(dates())),
            statement=draw(optional(saying)),
            confidence=draw(optional(probabilities)),
            evidence=evidence(),
        )

    return Reading(
        reader=Reader(version=draw(names), model=draw(names)),
        document=read,
        actors=tuple(actors(id_) for id_ in cast),
        statements=tuple(statement(id_) for id_ in sayings),
        events=tuple(event(id_) for id_ in count("e")),
        holdings=tuple(holding(id_) for id_ in (count("h") if cast else [])),
        positions=tuple(position(id_) for id_ in (count("p") if cast else [])),
    )
