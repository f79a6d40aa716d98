from __future__ import annotations

import json
from typing import cast

import numpy as np
import pytest

from detente.language.attribution import ACTS, CONTENT, CUE, SOURCE, Candidate, Model, load
from detente.language.encoder import Encoded, load_tokenizer
from detente.reading.speech import cues
from detente.reading.speech.sourcing import Sourced, find, probability


class Reporter:
    """Stands in for the model: `X said Y` is an attribution wherever a sentence or a content begins with it."""

    threshold = 0.5
    calibration = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])

    def __init__(self) -> None:
        vocabulary = {"[PAD]": 0, "[UNK]": 1, "said": 2, ".": 3}
        model: dict[str, object] = {"type": "WordPiece", "unk_token": "[UNK]", "vocab": vocabulary}
        model |= {"continuing_subword_prefix": "##", "max_input_chars_per_word": 100}
        settings = {"version": "1.0", "pre_tokenizer": {"type": "BertPreTokenizer"}, "model": model}
        self.tokenizer = load_tokenizer(json.dumps(settings | {"added_tokens": []}))

    def candidates(self, encoded: Encoded) -> list[Candidate]:
        starts = [0, *(np.flatnonzero(encoded.pieces == 3) + 1).tolist()]
        return [self._said(encoded, s, e) for s, e in zip(starts, [*starts[1:], len(encoded)], strict=True) if s < e]

    def _said(self, encoded: Encoded, start: int, end: int) -> Candidate:
        certain = 0.9 if start + 1 < end and encoded.pieces[start + 1] == 2 else 0.01
        shares = np.full((end - start, 4), 0.02, dtype=np.float32)
        shares[0, SOURCE] = shares[1:2, CUE] = shares[2:, CONTENT] = 0.94
        return Candidate(start + 1, certain, certain, start, shares, np.eye(len(ACTS), dtype=np.float32)[0])


def read(text: str) -> list[Sourced]:
    return find(text, cast(Model, Reporter()))


def words(text: str, attribution: Sourced) -> list[str]:
    return [
        " … ".join(text[start:end] for start, end in spans)
        for spans in (attribution.source, attribution.cue, attribution.content)
    ]


def test_attributions_come_in_the_order_of_the_text() -> None:
    text = "Lopez said yes. Rain fell. Berg said no."
    assert [words(text, a)[:2] for a in read(text)] == [["Lopez", "said"], ["Berg", "said"]]


def test_what_is_said_within_a_content_points_to_it() -> None:
    text = "Lopez said Berg said Vidal said that nobody would ever come to the old bridge again."
    found = read(text)
    assert [(words(text, a)[0], a.within) for a in found] == [("Lopez", None), ("Berg", 0), ("Vidal", 1)]


def test_a_signed_quotation_has_its_signature_for_its_source() -> None:
    text = "Rain fell.\n“We waited all night for the boats.”\n― Anna Berg\n“Not so,” he wrote."
    (signed,) = read(text)
    assert words(text, signed) == ["Anna Berg", "―", "We waited all night for the boats."]


def test_a_dash_after_words_in_a_sentence_signs_nothing() -> None:
    assert read("They met “the committee” – Berg was late – and left.") == []


def test_a_text_without_words_has_no_attributions() -> None:
    assert read("") == read("\n \n") == []


def test_more_evidence_makes_a_statement_more_probable() -> None:
    calibration = np.array([1.0, 0.5, -2.0])
    low, high = (probability(np.array(evidence), calibration) for evidence in ([0.0, 1.0], [3.0, 1.0]))
    assert 0 < low < high < 1
    assert low == pytest.approx(1 / (1 + np.exp(1.5)))


def test_the_shipped_model_reads_a_quotation_and_what_is_said_within_it() -> None:
    model = load()
    assert model.path.stat().st_size <= 40_000_000
    text = (
        "Rain fell on Monday.\n\n“The harbour will stay closed,” said Anna Berg, the mayor. “The ministry told us that "
        "no ships could be repaired before the spring.”"
    )
    outer, inner = find(text, model)
    assert words(text, outer)[:2] == ["Anna Berg, the mayor", "said"]
    assert [text[start:end][0] for start, end in outer.content] == ["“", "“"]
    assert words(text, inner)[:2] == ["The ministry", "told"]
    assert inner.within == 0 and all(0.5 < found.confidence <= 1 for found in (outer, inner))


def test_the_shipped_model_finds_nothing_where_nobody_speaks() -> None:
    assert find("Rain fell on Monday. The bridge is forty metres long.", load()) == []


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("the minister said no", True),
        ("that Oman, according to Iran, had left", True),
        ("they denied it", True),
        ("arguing for a truce", True),
        ("his warnings came late", True),
        ("admitted late", True),
        ("the bridge is closed and the river high", False),
        ("", False),
    ],
)
def test_a_cue_is_seen_in_every_form(text: str, may: bool) -> None:
    assert cues.may_stand_in(text) is may
