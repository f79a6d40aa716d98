from __future__ import annotations

import json

import pytest
from tokenizers import Tokenizer

from detente.language.encoder import CLS, SEP, WINDOW, Encoded, encode, load_tokenizer, pieces_of, windows

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "minister", "said", '"', ".", "nato", "talk", "##s"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """A tokenizer of the encoder's kind with a dozen words."""
    return load_tokenizer(
        json.dumps(
            {
                "version": "1.0",
                "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
                "padding": None,
                "added_tokens": [],
                "normalizer": {
                    "type": "BertNormalizer",
                    "clean_text": True,
                    "handle_chinese_chars": True,
                    "strip_accents": None,
                    "lowercase": True,
                },
                "pre_tokenizer": {"type": "BertPreTokenizer"},
                "post_processor": None,
                "decoder": None,
                "model": {
                    "type": "WordPiece",
                    "unk_token": "[UNK]",
                    "continuing_subword_prefix": "##",
                    "max_input_chars_per_word": 100,
                    "vocab": {word: i for i, word in enumerate(WORDS)},
                },
            }
        )
    )


def units(text: str, encoded: Encoded) -> list[str]:
    return [text[start:end] for start, end in encoded.spans.tolist()]


def test_units_are_words_and_marks_and_point_into_the_text(tokenizer: Tokenizer) -> None:
    text = 'The minister’s talks.\n\n"NATO" said'
    assert units(text, encode(text, [], tokenizer)) == [
        "The", "minister", "’", "s", "talks", ".", '"', "NATO", '"', "said",
    ]  # fmt: skip


def test_a_unit_of_several_pieces_is_found_at_its_first(tokenizer: Tokenizer) -> None:
    encoded = encode("talks said", [], tokenizer)
    assert encoded.pieces.tolist() == [10, 11, 6]
    assert encoded.first.tolist() == [0, 2, 3]


def test_case_quotation_and_paragraph_are_told_apart(tokenizer: Tokenizer) -> None:
    text = "said Minister NATO said\nsaid"
    plain = encode(text, [], tokenizer).features.tolist()
    assert len({plain[1], plain[2], plain[3]}) == 3
    assert plain[0] == plain[4] != plain[3]
    quoted = encode(text, [(5, 13)], tokenizer).features.tolist()
    assert [a != b for a, b in zip(plain, quoted, strict=True)] == [False, True, False, False, False]


def test_an_empty_text_has_no_windows(tokenizer: Tokenizer) -> None:
    for text in ("", " \n "):
        assert list(windows(encode(text, [], tokenizer))) == []


@pytest.mark.parametrize("phase", [0.01, 0.4, 1.0])
def test_bodies_of_windows_cover_the_text_once_and_no_window_is_too_long(tokenizer: Tokenizer, phase: float) -> None:
    text = "\n".join("the minister said talks . " * n for n in (1, 40, 200, 3, 90))
    encoded = encode(text, [], tokenizer)
    found = list(windows(encoded, phase))
    assert [w.body_start for w in found] == [0, *(w.body_end for w in found[:-1])]
    assert found[-1].body_end == len(encoded)
    for window in found:
        assert window.start <= window.body_start < window.body_end <= window.end
        pieces, features, firsts = pieces_of(encoded, window)
        assert len(pieces) == len(features) <= WINDOW
        assert pieces[0] == CLS and pieces[-1] == SEP
        assert pieces[firsts].tolist() == encoded.pieces[encoded.first[window.start : window.end]].tolist()


def test_windows_end_with_a_paragraph_where_one_is_near(tokenizer: Tokenizer) -> None:
    paragraph = "the minister said . " * 20
    text = "\n".join([paragraph] * 6)
    encoded = encode(text, [], tokenizer)
    starts = [int(encoded.spans[w.body_start, 0]) for w in windows(encoded)]
    assert len(starts) > 1
    assert all(start == 0 or text[start - 1] == "\n" for start in starts)


def test_a_word_longer_than_a_window_is_cut_not_fatal(tokenizer: Tokenizer) -> None:
    text = "the " + "-" * 900 + " said"
    encoded = encode(text, [], tokenizer)
    for window in windows(encoded):
        assert len(pieces_of(encoded, window)[0]) <= WINDOW
