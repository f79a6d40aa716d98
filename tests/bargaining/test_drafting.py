"""Tables made of a ledger: who is placed where, on which sentences, and who is not. The texts are made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from detente import Ledger
from detente.bargaining.drafting import Draft, draft
from detente.bargaining.issue import Ground, Issue
from detente.bargaining.stances import Hearing
from detente.bargaining.subject import Subject
from detente.errors import InputError, IssueError
from detente.reading.reader import read_documents
from detente.reading.wants import matters
from detente.records import Document, Reader, Reading, Span
from tests import strategies

TITLE = "ban on cobalt exports"

TEXTS = {
    ("early", "2024-02-05"): """\
Zambia rejects a ban on cobalt exports, its foreign ministry said on Monday. Zambia's trade minister, Paul Tembo, said \
he was against the ban. Kenya's president, Amos Kirui, said that \
Kenya would support a ban on cobalt exports only if its neighbours did the same.

The Kenyan president spoke about the drought in the north, too. "The rains have failed," he said.""",
    ("late", "2024-06-10"): """\
Zambia now supports the ban on cobalt exports. President Moses Phiri of Zambia called for a ban on cobalt exports on \
Sunday. Zambia's mining minister, Ruth Banda, said she was against the ban.

Norway's prime minister, Lars Vik, said that Norway opposed the ban. Vik claimed that Ghana wanted the ban, too.

India has little cobalt. "We oppose a ban on cobalt exports," Trade Minister Arvind Desai said.""",
    ("other", "2024-06-11"): """\
Norway promised to build a bridge in Malawi. "The bridge will be open to all," Norway's foreign minister, Kari Moe, \
said.""",
}


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [
        *read_documents(
            Document(id=id, language="en", text=text, source="The Courier", published=published)
            for (id, published), text in TEXTS.items()
        )
    ]


@pytest.fixture
def ledger(tmp_path: Path, readings: list[Reading]) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        for reading in readings:
            opened.add(reading)
        yield opened


def points(found: Draft) -> dict[str, float]:
    return {actor.name: float(found.issue.position[i, 0]) for i, actor in enumerate(found.issue.actors)}


def grounds(found: Draft, name: str) -> tuple[Ground, ...]:
    names = [actor.name for actor in found.issue.actors]
    return found.issue.grounds[names.index(name), 0]


def test_members_of_one_government_are_one_row_and_its_later_word_counts_more(ledger: Ledger) -> None:
    found = draft(ledger, TITLE)
    placed = points(found)
    assert placed.keys() == {"Zambia", "Kenya", "Norway", "India"}
    assert placed["Zambia"] > 50
    assert placed["Norway"] == 0
    assert placed["Kenya"] == 50, "support on a condition"
    assert placed["Zambia"] < points(draft(ledger, TITLE, as_of="2024-06-10"))["Zambia"] + 1
    assert points(draft(ledger, TITLE, as_of="2024-03"))["Zambia"] == 0


def test_every_cell_rests_on_sentences_and_its_numbers_are_marked(ledger: Ledger) -> None:
    found = draft(ledger, TITLE)
    texts = {id: " ".join(text.split()) for (id, _), text in TEXTS.items()}
    for i in range(len(found.issue.actors)):
        assert found.issue.proxies[i, 0] == {"position", "salience", "position_sd", "salience_sd"}
        assert found.issue.grounds[i, 0]
        for ground in found.issue.grounds[i, 0]:
            assert ground.sentence in texts[ground.statement.partition("/")[0]]
    assert not found.issue.capability_stated
    (kenyan,) = grounds(found, "Kenya")
    assert (kenyan.speaker, kenyan.date, kenyan.source) == ("Amos Kirui", "2024-02-05", "The Courier")


def test_salience_is_the_share_of_what_an_actor_says(ledger: Ledger) -> None:
    found = draft(ledger, TITLE)
    shares = {actor.name: float(found.issue.salience[i, 0]) for i, actor in enumerate(found.issue.actors)}
    assert shares["Kenya"] == 0.33, "one of its president's three statements"
    assert shares["Norway"] == 0.5, "two of four; the others stand in a text that does not hold the issue"


def test_dissent_inside_and_who_is_only_talked_about_are_told(ledger: Ledger) -> None:
    found = draft(ledger, TITLE)
    (dissent,) = found.dissent  # what Paul Tembo said before all others was not yet dissent
    assert (dissent.row, dissent.ground.speaker, dissent.ground.position) == ("Zambia", "Ruth Banda", 0)
    assert "Ghana" in found.silent
    assert "Dissent in Zambia: Ruth Banda at 0, 2024-06-10: Zambia's mining" in found.text("a ledger")


def test_for_whom_a_minister_of_no_stated_country_speaks_is_supposed_and_told(ledger: Ledger) -> None:
    found = draft(ledger, TITLE)
    assert points(found)["India"] == 0
    assert found.supposed == ("India: Arvind Desai (late)",)
    assert "# Supposed to speak for: India: Arvind Desai (late)" in found.text("a ledger")


def test_the_draft_is_read_again_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    found = draft(ledger, TITLE)
    path = tmp_path / "draft.yaml"
    path.write_text(found.text(str(ledger.path)), encoding="utf-8")
    read = Issue.from_file(path)
    assert (read.grounds, read.proxies, read.actors) == (found.issue.grounds, found.issue.proxies, found.issue.actors)
    assert (read.position == found.issue.position).all()
    assert not read.capability_stated


def test_a_copy_of_a_text_is_not_heard_twice(ledger: Ledger, readings: list[Reading]) -> None:
    before = draft(ledger, TITLE)
    (copied,) = read_documents(
        [Document(id="copy", language="en", text=readings[0].document.text, published="2024-02-06", source="Another")]
    )
    ledger.add(copied)
    after = draft(ledger, TITLE)
    assert (after.issue.salience == before.issue.salience).all()
    assert after.issue.grounds == before.issue.grounds


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("fishing rights", "nobody in"),
        ("exports of goods", "topics near it: ban on cobalt exports"),
    ],
)
def test_an_issue_that_is_not_there_is_refused_with_what_is_near(ledger: Ledger, title: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        draft(ledger, title)


def test_an_empty_ledger_and_an_empty_title_are_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.duckdb") as empty:
        with pytest.raises(InputError, match="holds no documents; detente read"):
            draft(empty, TITLE)
        with pytest.raises(IssueError, match="names no matter"):
            draft(empty, "Kenya")


LET_PASS = {
    "Kenya would not oppose a ban on cobalt exports, its foreign ministry said.": 75,
    "Kenya's foreign minister said Nairobi has no objection to a ban on cobalt exports.": 75,
    "Kenya said it had no objection to a ban on cobalt exports.": 75,
    "Kenya is not against a ban on cobalt exports.": 75,
    "Kenya no longer opposes a ban on cobalt exports, its foreign ministry said.": 75,
    "Kenya will not stand in the way of a ban on cobalt exports, its foreign ministry said.": 75,
    "Kenya has dropped its objections to a ban on cobalt exports.": 75,
    "Kenya would not oppose lifting the ban on cobalt exports, its foreign ministry said.": 25,
    "Kenya would not oppose a ban on cobalt exports if its neighbours agreed, its foreign ministry said.": 50,
    "Kenya refused to withdraw its objections to a ban on cobalt exports.": 0,
    "Kenya will not support a ban on cobalt exports, its foreign ministry said.": 0,
    "Kenya urged Norway to drop its opposition to a ban on cobalt exports.": 100,
    "Kenya, which does not oppose fishing, wants a ban on cobalt exports.": 100,
    "Norway's foreign minister said Kenya would not oppose a ban on cobalt exports.": None,
    "Kenya will not stand in the way of a ban on cobalt exports, Kenya's president said on Monday, but it wants the "
    "mines of its western provinces to be treated as an exception for the next ten years.": 75,
    "Kenya does not rule out a ban on cobalt exports, its foreign ministry said.": 50,
    "Kenya declined to rule out a ban on cobalt exports.": 50,
    "Kenya stopped short of calling for a ban on cobalt exports.": 50,
    "Kenya has not endorsed a ban on cobalt exports.": 50,
    "Kenya neither backed nor opposed a ban on cobalt exports.": 50,
    "Kenya has ruled out a ban on cobalt exports.": 0,
    "Kenya has no intention of joining a ban on cobalt exports.": 0,
    "Kenya wants a ban on cobalt exports, which it will not police with its own guards.": 100,
}


def test_who_does_not_oppose_a_thing_or_leaves_it_open_is_not_for_it() -> None:
    documents = [Document(id=str(i), language="en", text=text) for i, text in enumerate(LET_PASS)]
    placed = {
        reading.document.text: {stance.point for stance in Hearing(reading, Subject.of(TITLE)).stances()}
        for reading in read_documents(documents)
    }
    assert placed == {text: set() if point is None else {point} for text, point in LET_PASS.items()}


def test_a_sentence_over_typed_lines_is_shown_whole() -> None:
    text = (
        "Kenya's foreign minister Amos Kirui said on Monday that\nKenya supports the\nban on cobalt exports. It rained."
    )
    (reading,) = read_documents([Document(id="typed", language="en", text=text)])
    (stance,) = Hearing(reading, Subject.of(TITLE)).stances()
    assert stance.sentence == " ".join(text.removesuffix(" It rained.").split())


@settings(max_examples=25)
@given(strategies.readings())
def test_whatever_a_reading_holds_a_stance_has_a_sentence_of_its_text(reading: Reading) -> None:
    words = {word for position in reading.positions for word in position.what.text.split()}
    subject = next(filter(None, map(_subject, sorted(words))), Subject.of(TITLE))
    hearing = Hearing(reading, subject)
    text = " ".join(reading.document.text.split())
    for stance in hearing.stances():
        assert stance.sentence in text
        assert 0 <= stance.point <= 100
        assert stance.record.startswith(f"{reading.document.id}/")
    assert len({utterance for _, utterance, _ in hearing.utterances()}) <= len(reading.statements)
    assert {*hearing.mentioned()} <= {hearing.sides.of(actor.id) for actor in reading.actors}


def _subject(word: str) -> Subject | None:
    try:
        return Subject.of(word)
    except IssueError:
        return None


@pytest.mark.parametrize(
    ("title", "words", "direction"),
    [
        ("ban on cobalt exports", "a ban on cobalt exports", 1),
        ("ban on cobalt exports", "the export of cobalt", -1),
        ("ban on cobalt exports", "lift the embargo on cobalt", -1),
        ("ban on cobalt exports", "end cobalt exports", 1),
        ("ban on cobalt exports", "never to ban the export of cobalt", -1),
        ("ban on cobalt exports", "fishing rights in the north", None),
        ("lifting of the cobalt ban", "keep the ban on cobalt", -1),
        ("lifting of the cobalt ban", "lift it", 1),
        ("extension of the cobalt agreement", "prolong the accord on cobalt", 1),
        ("extension of the cobalt agreement", "scrap the deal", -1),
        ("extension of the cobalt agreement", "prolong the accord on cobalt even without guarantees", 1),
        ("extension of the cobalt agreement", "more cobalt for the north", None),
    ],
)
def test_words_are_for_an_issue_or_for_its_contrary(title: str, words: str, direction: int | None) -> None:
    text = f"They spoke of the ban on cobalt exports and of the cobalt agreement, and of how to {words}."
    reading = Reading(reader=Reader(version="0", model=""), document=Document(id="d", text=text))
    start = text.rindex(words)
    span = Span(text=words, start=start, end=start + len(words))
    subject = Subject.of(title)
    assert subject.is_in(reading)
    assert subject.direction(span, "KEN", reading, matters.Actors(())) == direction
