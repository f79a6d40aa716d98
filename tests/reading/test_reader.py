"""The whole reading of a text: what must hold whatever the text is. The sentences are made up for these tests."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import detente
from detente.errors import InputError, ModelError
from detente.language import attribution
from detente.reading import reader
from detente.reading.reader import read, read_documents
from detente.reading.speech.sourcing import Sourced
from detente.records import Document, Evidence, Reading, to_json

HOSTILE = {
    "an unclosed mark": "The minister said: “We will not go. He left. Iran attacked Israel on Monday.\nNobody spoke.",
    "nothing but marks": "“”\"'‘’«»„``''" * 200,
    "control characters": "Iran \x1b[31maccused\x1b[0m Israel of \x07attacking\x00 it, the minister said.\r",
    "markup": "<script>alert('x')</script> [bold]Iran[/bold] accused <b>Israel</b> of lying & cheating, {{ 7*7 }}.",
    "a query": "Iran'; DROP TABLE events; -- accused Israel of attacking \"Haifa\", the ministry's spokesman said.",
    "right to left and no width": "Iran\u202e accused\u202c Israel\u200b of a raid\u2066, the\ufeff minister said.",
    "one endless word": "Iran accused Israel of " + "a" * 20_000 + ".",
    "deep brackets": "(" * 500 + "Iran accused Israel" + ")" * 500 + ".",
    "outside the basic plane": "🇮🇷 accused 🇮🇱 of attacking 𝕳aifa 🙂, the minister said: “No 🕊️!”",
    "blank lines": "\n\n \n\t\nIran accused Israel of an attack.\n\n\n\n“Never,” it said.\n \n",
    "one sentence": "Iran attacked Israel and " * 200,
    "nothing but straight marks": '"' * 5_000,
    "quotations never closed": "“Iran said Oman would attack Israel. " * 100,
    "many short quotations": '"We are ready," Iran said. ' * 150,
    "quotations without a speaker": '"We will go now and I agree." ' * 150,
    "clause in clause": "Iran said that Israel told Oman that " * 60,
    "denial in denial": "Iran denied that it had threatened to " * 60,
    "names only": "".join(f"Ada Bel{chr(97 + n % 26)}{chr(97 + n // 26)}, " for n in range(300)),
    "capitals only": "IRAN SAID THE ISRAELI ARMY WOULD LEAVE. " * 50,
    "one word": "Russia " * 600,
    "dates only": "".join(f"{1 + n % 28} June {1950 + n % 80}, " for n in range(250)),
    "mixed scripts": "Iran said Россия العربية 中国 Ελλάδα הודו, " * 60,
    "a table": "".join(f"Iran\t{n}\t{n % 100}%\t3 May 2022\n" for n in range(150)),
    "left-over tags": '<a href="http://x.example/?a=b&amp;c">Iran said</a>&nbsp;<br/>' * 40,
    "a transcript": "IRAN: We will never leave Oman, and I told them so. Thank you.\n" * 60,
    "numbers only": "1, 2, 3. 2024-13-45. 99/99/9999. 10^10. 0x1F. ½ of ⅔.",
}

INNER = [
    "Russia attacked Ukraine",
    "Israel arrested the protesters",
    "China imposed sanctions on Japan",
    "Turkey withdrew its troops from Syria",
    "the rebels released the hostages",
]
WRAPPED = [
    "The minister denied that {}.",
    "The minister rejected the allegation that {}.",
    "If {}, the talks will end.",
    "Egypt warned that the talks would end if {}.",
    "Analysts doubt that {}.",
    "The envoy asked whether {}.",
    "It is not true that {}.",
    "Critics fear that {}.",
    "The opposition claimed that {}.",
]
UNREAL = [
    "Egypt demanded that {source} {bare}.",
    "Egypt urged {source} to {bare}.",
    "{source} threatened to {bare}.",
    "{source} refused to {bare}.",
    "{source} failed to {bare}.",
    "{source} may {bare}.",
    "{source} could {bare} next year, analysts said.",
    "{source} would {bare} only if the talks failed.",
    "{source} denied that it would {bare}.",
    "Egypt accused {source} of planning to {bare}.",
]
DEEDS = [
    ("Russia", "attack Ukraine"),
    ("Israel", "arrest the protesters"),
    ("Turkey", "withdraw its troops from Syria"),
]
VERBAL = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}


def of(text: str, published: str | None = "2024-06-14") -> Reading:
    (reading,) = read_documents([Document(id="d", language="en", text=text, published=published)])
    return reading


def spans(reading: Reading) -> Iterator[tuple[str | None, int, int]]:
    for actor in reading.actors:
        yield from ((m.text, m.start, m.end) for m in actor.mentions)
    for s in reading.statements:
        yield from ((part.text, part.start, part.end) for part in (s.source, s.cue) if part)
        yield from ((None, start, end) for start, end in s.content.spans)
    for event in reading.events:
        yield event.trigger.text, event.trigger.start, event.trigger.end
    for position in reading.positions:
        yield from ((part.text, part.start, part.end) for part in (position.what, position.condition) if part)
    rests: list[Evidence] = [s.evidence for s in reading.statements] + [e.evidence for e in reading.events]
    rests += [h.evidence for h in reading.holdings] + [p.evidence for p in reading.positions]
    yield from ((None, evidence.start, evidence.end) for evidence in rests)


def assert_spans_hold(reading: Reading) -> None:
    text = reading.document.text
    for said, start, end in spans(reading):
        assert 0 <= start < end <= len(text)
        assert said is None or text[start:end] == said


def assert_references_hold(reading: Reading) -> None:
    actors = {actor.id for actor in reading.actors}
    sayings = {s.id for s in reading.statements}
    for s in reading.statements:
        assert {s.source.actor if s.source else None, s.addressee} - {None} <= actors
        assert {s.within} - {None} <= sayings
    for event in reading.events:
        assert {*event.sources, *event.targets, *(x.actor for x in event.stances)} - {None} <= actors
        assert {event.reported_by, *(x.statement for x in event.stances)} - {None} <= sayings
    for holding in reading.holdings:
        assert holding.holder in actors
        assert {holding.reported_by} - {None} <= sayings
    for position in reading.positions:
        assert {position.actor, position.of} - {None} <= actors
        assert {position.statement} - {None} <= sayings
    for part in (reading.actors, reading.statements, reading.events, reading.holdings, reading.positions):
        ids = [record.id for record in part]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_and_its_spans_hold(text: str) -> None:
    reading = of(text)
    assert_spans_hold(reading)
    assert_references_hold(reading)


_WORDS = [
    *"Russia Ukraine “ ” said that attacked demanded will not if the minister of Crimea since 2014 , . ’s on".split(),
    *"Monday 80 percent controls Putin he – 🙂".split(),
    "\n",
]


@settings(max_examples=80)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join))
def test_in_any_jumble_of_words_spans_and_references_hold(text: str) -> None:
    reading = of(text)
    assert_spans_hold(reading)
    assert_references_hold(reading)


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from([*INNER, *(w.format(INNER[0]) for w in WRAPPED)]), min_size=1, max_size=5).map(". ".join)
)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    assert to_json(of(text)) == to_json(of(text))


def facts(text: str) -> list[str]:
    """The types of the material events that a text is said to state as facts."""
    return [e.type for e in of(text).events if e.status == "actual" and e.type not in VERBAL]


@pytest.mark.parametrize("sentence", INNER)
def test_a_plain_report_is_a_fact(sentence: str) -> None:
    assert facts(sentence[0].upper() + sentence[1:] + ".")


@settings(max_examples=45)
@given(st.sampled_from(WRAPPED), st.sampled_from(INNER))
def test_no_claim_becomes_a_fact(frame: str, sentence: str) -> None:
    assert facts(frame.format(sentence)) == []


@settings(max_examples=30)
@given(st.sampled_from(UNREAL), st.sampled_from(DEEDS))
def test_no_demand_threat_or_possibility_becomes_a_fact(frame: str, deed: tuple[str, str]) -> None:
    source, bare = deed
    assert facts(frame.format(source=source, bare=bare)) == []


def test_nothing_is_dated_after_publication_in_a_report_of_the_past() -> None:
    reading = of("On Friday Iran attacked Israel. In December Egypt met Sudan. Iran has held the strait since 2023.")
    dates = [e.date for e in reading.events if e.date] + [h.since for h in reading.holdings if h.since]
    assert dates
    assert all(date[:10] <= "2024-06-14"[: len(date)] for date in dates)


def test_a_text_in_hand_is_read() -> None:
    reading = detente.read("Iran accused Israel of attacking a convoy.", published="2024-06-14")
    assert [s.act for s in reading.statements] == ["accuse"]
    assert reading.document.language == "en"


def test_a_path_that_does_not_exist_is_an_error_and_not_a_text() -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        read("nowhere.txt")


def test_another_language_is_refused_in_one_line() -> None:
    german = "Der Minister sagte am Montag, dass die Verhandlungen über den Waffenstillstand gescheitert seien."
    with pytest.raises(InputError, match=r"another language \(de\)"):
        read(german)


def test_a_text_too_long_to_parse_is_refused_and_the_others_are_read() -> None:
    failed: list[InputError] = []
    long = Document(id="long", language="en", text="word " * 250_000)
    short = Document(id="short", language="en", text="Iran accused Israel of lying.")
    assert [r.document.id for r in read_documents([long, short], failed=failed.append)] == ["short"]
    assert len(failed) == 1
    assert "1,000,000" in str(failed[0])


def test_a_fault_in_one_reading_is_a_line_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader._reading

    def faulty(document: Document, doc: Doc, sourced: Sequence[Sourced]) -> Reading:
        if document.id == "bad":
            raise KeyError("nothing")
        return whole(document, doc, sourced)

    monkeypatch.setattr(reader, "_reading", faulty)
    failed: list[InputError] = []
    documents = [Document(id=name, language="en", text="Iran accused Israel of lying.") for name in ("bad", "good")]
    assert [r.document.id for r in read_documents(documents, failed=failed.append)] == ["good"]
    assert "please report it" in str(failed[0])


def test_without_the_model_nothing_is_read_and_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> attribution.Model:
        raise ModelError("the model is missing; make it with: make train")

    monkeypatch.setattr(attribution, "load", missing)
    failed: list[InputError] = []
    with pytest.raises(ModelError, match="make train"):
        list(read_documents([Document(id="d", language="en", text="Iran said no.")], failed=failed.append))
    assert failed == []


def test_readings_come_in_the_order_of_the_documents_however_many_are_read_ahead() -> None:
    texts = [f"Iran accused Israel of {'a long and costly ' * (n % 5)}raid number {n}." for n in range(40)]
    documents = (Document(id=str(n), language="en", text=text) for n, text in enumerate(texts))
    readings = list(read_documents(documents))
    assert [r.document.id for r in readings] == [str(n) for n in range(40)]
    assert all(f"number {n}" in r.statements[0].content.text for n, r in enumerate(readings))


def test_no_thread_outlives_a_reading_that_is_broken_off() -> None:
    documents = (Document(id=str(n), language="en", text="Iran accused Israel of a raid. " * 40) for n in range(60))
    readings = read_documents(documents)
    next(readings)
    assert isinstance(readings, Generator)
    readings.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("model")]
