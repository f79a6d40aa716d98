from __future__ import annotations

import re

import numpy as np

from detente.language.attribution import ACTS, CONTENT, CUE, NOTHING, SOURCE, Candidate
from detente.language.encoder import Encoded
from detente.reading.speech import quotations
from detente.reading.speech.decoding import EVIDENCE, Draft, drafts

LABELS = {"s": SOURCE, "q": CUE, "c": CONTENT, ".": NOTHING}


def encoded(text: str) -> Encoded:
    spans = np.array([m.span() for m in re.finditer(r"\w+|[^\w\s]", text)])
    count = np.arange(len(spans))
    return Encoded(count, count, np.append(count, len(spans)), spans, count * 0, count * 0)


def candidate(labels: str, sure: float = 0.9, first: int = 0, likely: float = 0.9) -> Candidate:
    """A candidate that holds each unit for what its letter says."""
    shares = np.full((len(labels), 4), (1 - sure) / 3, dtype=np.float32)
    for i, letter in enumerate(labels):
        shares[i, LABELS[letter]] = sure
    return Candidate(first + labels.index("q"), likely, likely, first, shares, np.zeros(len(ACTS), dtype=np.float32))


def read(text: str, *candidates: Candidate) -> list[Draft]:
    return drafts(encoded(text), quotations.find(text), candidates)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_the_parts_of_an_attribution_are_spans_of_the_text() -> None:
    text = "Talks , she said , will resume"
    (draft,) = read(text, candidate("c.sq.cc"))
    assert words(text, draft.source) == ["she"]
    assert words(text, draft.cue) == ["said"]
    assert words(text, draft.content) == ["Talks", "will resume"]
    assert len(draft.evidence) == len(EVIDENCE)


def test_a_cue_without_content_or_of_little_certainty_is_no_attribution() -> None:
    assert read("she said so", candidate("sq.")) == []
    assert read("she said so", candidate("sqc", likely=0.1)) == []


def test_a_quotation_belongs_as_a_whole_to_its_speaker() -> None:
    text = 'He said "we will never leave"'
    (draft,) = read(text, candidate("sq.cc.c."))
    assert words(text, draft.content) == ['"we will never leave"']


def test_of_two_that_claim_a_word_the_surer_has_it() -> None:
    text = "he said yes she said no"
    drafted = read(text, candidate("sqc..c", sure=0.6), candidate("...sqc", sure=0.9))
    assert [words(text, d.content) for d in drafted] == [["yes"], ["no"]]


def test_a_cue_within_the_content_of_another_waits_for_its_own_reading() -> None:
    text = "he said she denied it"
    (draft,) = read(text, candidate("sqccc", sure=0.95), candidate("..sqc", sure=0.99, likely=0.5))
    assert words(text, draft.content) == ["she denied it"]


def test_a_comma_that_the_model_left_out_is_part_of_the_content() -> None:
    text = "he said yes , no"
    (draft,) = read(text, candidate("sqc.c"))
    assert words(text, draft.content) == ["yes , no"]


def test_a_statement_without_a_source_says_so_in_its_evidence() -> None:
    text = "it was said that he left"
    (draft,) = read(text, candidate(".qq.cc"))
    assert draft.source == ()
    assert draft.evidence[EVIDENCE.index("no source")] == 1.0
