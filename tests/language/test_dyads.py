"""The branch of the model for deeds: what it is given, and that it minds only that."""

from __future__ import annotations

import numpy as np
import pytest

from detente.language import attribution, dyads
from detente.language.encoder import Ints, encode

SENTENCE = "Turkish jets bombed a camp in Iraq, officials said."


def asked(source: str, target: str, text: str = SENTENCE) -> tuple[dyads.Sentence, Ints]:
    sentence = dyads.encoded(text, attribution.load().tokenizer)
    pair = [(text.index(part), text.index(part) + len(part)) for part in (source, target)]
    return sentence, dyads.roles(sentence, pair[0], pair[1])


def test_the_pieces_of_each_side_are_marked() -> None:
    sentence, marks = asked("Turkish jets", "Iraq")
    marked = {
        mark: {SENTENCE[start:end] for (start, end), m in zip(sentence.spans.tolist(), marks, strict=True) if m == mark}
        for mark in (dyads.SOURCE, dyads.TARGET)
    }
    assert marked == {dyads.SOURCE: {"Turkish", "jets"}, dyads.TARGET: {"Iraq"}}
    assert marks[0] == dyads.PLAIN


def test_probabilities_sum_to_one_and_know_the_direction() -> None:
    forth, back = dyads.deeds(attribution.load(), [asked("Turkish jets", "Iraq"), asked("Iraq", "Turkish jets")])
    assert [float(share.sum()) for share in (forth, back)] == pytest.approx([1.0, 1.0], abs=1e-4)
    assert dyads.DEEDS[int(forth.argmax())] == "ASSAULT"
    assert back[dyads.DEEDS.index("ASSAULT")] < forth[dyads.DEEDS.index("ASSAULT")]


def test_nothing_asked_gives_nothing() -> None:
    assert dyads.deeds(attribution.load(), []) == []


def test_a_sentence_longer_than_the_branch_reads_is_cut() -> None:
    sentence = dyads.encoded("word " * 1000, attribution.load().tokenizer)
    assert len(sentence.pieces) == len(sentence.spans) == dyads.LONGEST


def test_asking_for_deeds_leaves_attributions_as_they_were() -> None:
    model = attribution.load()
    text = "Peru said on Monday that Chile had left the talks."
    encoded = encode(text, (), model.tokenizer)
    before = model.candidates(encoded)
    dyads.deeds(model, [asked("Turkish jets", "Iraq")])
    after = model.candidates(encoded)
    assert [c.anchor for c in before] == [c.anchor for c in after]
    assert all(np.array_equal(a.shares, b.shares) for a, b in zip(before, after, strict=True))
