"""Who speaks where the grammar decides it. The sentences are made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from detente.language import pipeline
from detente.reading.reader import read_documents
from detente.reading.speech import attribution, speakers
from detente.reading.speech.sourcing import Sourced
from detente.records import Document, Statement


@dataclass(frozen=True)
class Mouth:
    """A sentence, a cue in it, and who speaks by it to whom; None for nobody."""

    text: str
    cue: str
    speaker: str | None
    hearer: str | None = None


MOUTHS = [
    # who is asked or told says nothing
    Mouth("Asked whether the border would open, the Peruvian envoy shrugged.", "Asked", None, "envoy-of-peru"),
    Mouth(
        "The Peruvian envoy, asked whether the border would open, declined to answer.", "asked", None, "envoy-of-peru"
    ),
    Mouth("The Peruvian envoy was asked why the border had been closed.", "was asked", None, "envoy-of-peru"),
    Mouth(
        "Emmanuel Macron was told by Olaf Scholz that the talks were over.",
        "was told",
        "olaf-scholz",
        "emmanuel-macron",
    ),
    # who is named on the way
    Mouth("Olaf Scholz, who had dined with Emmanuel Macron, said that the talks were over.", "said", "olaf-scholz"),
    Mouth("The plan, first printed by a Lima daily, is believed to have been dropped.", "is believed", None),
    # who is quoted, and who quotes him
    Mouth("Olaf Scholz was quoted as saying that the talks were over.", "was quoted as saying", "olaf-scholz"),
    Mouth("Olaf Scholz was quoted by a Lima daily as saying that the talks were over.", "saying", "olaf-scholz"),
    Mouth("The paper quoted Olaf Scholz as saying that the talks were over.", "as saying", "olaf-scholz"),
    # whoever denies a claim is not the claim
    Mouth("Chad says the camp is empty, a claim Olaf Scholz disputes.", "disputes", "olaf-scholz"),
    # what others have it that somebody said
    Mouth("The Peruvian envoy is reported to have warned that the border would be closed.", "warned", "envoy-of-peru"),
]


@cache
def _read() -> dict[str, tuple[Statement, ...]]:
    documents = (Document(id=m.text, language="en", text=m.text, published="2024-06-14") for m in MOUTHS)
    return {reading.document.text: reading.statements for reading in read_documents(documents)}


@pytest.mark.parametrize("mouth", MOUTHS, ids=lambda m: m.text[:60])
def test_grammar_says_who_speaks(mouth: Mouth) -> None:
    found = [s for s in _read()[mouth.text] if s.cue is not None and s.cue.text == mouth.cue]
    assert [(_bare(s.source.actor if s.source else None), _bare(s.addressee)) for s in found] == [
        (mouth.speaker, mouth.hearer)
    ]


SPEAKERS = {
    # what is said of a speaker is no further one
    "Belgium, the former colonial power and a member of the council, called for restraint.": {"BEL"},
    "China, North Korea's only ally and economic lifeline, said that it opposed the test.": {"CHN"},
    # who is said not to speak
    "Sudan, but not Egypt, accepted the proposal.": {"SDN"},
    # real lists
    "Egypt and its ally Syria rejected the plan.": {"EGY", "SYR"},
    "Belgium, France and the Netherlands called for restraint.": {"BEL", "FRA", "NLD"},
}


@cache
def _listed() -> dict[str, tuple[Statement, ...]]:
    documents = (Document(id=text, language="en", text=text, published="2024-06-14") for text in SPEAKERS)
    return {reading.document.text: reading.statements for reading in read_documents(documents)}


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS.items())
def test_a_list_of_speakers_is_told_from_an_apposition(text: str, speakers: set[str]) -> None:
    assert {s.source.actor if s.source else None for s in _listed()[text]} == speakers


def test_who_is_named_by_according_to_is_addressed_by_nobody() -> None:
    text = "According to Britain and France, the convoy was attacked from the air."
    document = Document(id="d", language="en", text=text, published="2024-06-14")
    assert [s.addressee for s in next(read_documents([document])).statements] == [None, None]


def test_what_somebody_is_reported_to_have_said_is_hearsay() -> None:
    (statement,) = (s for s in _read()[MOUTHS[-1].text] if s.source is not None)
    assert statement.hedged
    assert statement.content.text == "that the border would be closed"


def test_whom_words_are_addressed_to_is_no_part_of_them() -> None:
    (statement,) = _read()["Emmanuel Macron was told by Olaf Scholz that the talks were over."]
    assert statement.content.text == "that the talks were over"


def _bare(actor: str | None) -> str | None:
    return actor.partition(":")[2] if actor else None


@pytest.mark.parametrize(
    ("text", "cue", "named", "speaker"),
    [
        ("Chilean officials said that it rained. Lopez denied that it had.", "denied", "Chilean", "Lopez"),
        ("Chilean officials said that it rained.", "said", "Chilean", "officials"),
        ("The envoy, who dined with Lopez, said that it rained.", "said", "Lopez", "envoy"),
        ("The envoy, Ana Lopez, said that it rained.", "said", "Lopez", "Lopez"),
        ("Lopez, a guard said, was told by Berg that it rained.", "told", "guard", "Berg"),
        ("The plan was denounced by Lopez.", "denounced", "plan", "Lopez"),
        ("The plan was denounced on Monday.", "denounced", "plan", None),
        ("The envoy was convinced that it rained.", "convinced", "envoy", "envoy"),
        ("“It rains,” the envoy said. It was late.", "said", "envoy", "envoy"),
    ],
)
def test_a_speaker_is_taken_from_elsewhere_only_where_the_cue_has_none(
    text: str, cue: str, named: str, speaker: str | None
) -> None:
    doc = pipeline.parse(text)
    words = {token.text: token for token in doc}
    found = speakers.of(words[cue], words[named])
    assert (found.text if found is not None else None) == speaker


@pytest.mark.parametrize(
    ("text", "given", "named"),
    [
        ("Chile, whose envoy left, said that it rained.", "Chile, whose envoy", "Chile, whose envoy left"),
        ("Envoys reached by telephone said that it rained.", "Envoys reached by", "Envoys reached by telephone"),
        ("Ana Lopez, a Chilean envoy, said that it rained.", "Ana Lopez, a Chilean", "Ana Lopez, a Chilean envoy"),
        ("Chile, which had left the pact, said that it rained.", "Chile, which", "Chile"),
        ("In Lima President Ana Lopez said that it rained.", "Lima President Ana Lopez", "President Ana Lopez"),
    ],
)
def test_the_words_that_name_a_speaker_are_whole(text: str, given: str, named: str) -> None:
    first, cue, content = text.index(given), text.index("said"), text.index("that it rained")
    sourced = Sourced(
        ((first, first + len(given)),), ((cue, cue + 4),), ((content, len(text) - 1),), 0.9, ("state", 0.9)
    )
    (frame,) = attribution.find(pipeline.parse(text), text, [sourced], frozenset())
    assert frame.named is not None
    assert text[slice(*frame.named)] == named


def test_a_note_is_of_whoever_hands_it_over_and_not_of_who_is_handed_it() -> None:
    text = "Peru summoned the Chilean envoy on Monday and handed him a note of protest over the landing of troops."

    def at(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    sourced = Sourced(at("him"), at("a note of protest over"), at("the landing of troops"), 0.4, None)
    (found,) = attribution.find(pipeline.parse(text), text, [sourced], frozenset())
    assert found.source is not None
    assert found.main is not None
    assert (found.source.text, found.main.text) == ("Peru", "note")
