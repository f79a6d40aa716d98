"""The parse that every stage shares."""

from __future__ import annotations

from detente.language import pipeline


def test_a_sentence_ends_with_its_paragraph() -> None:
    doc = pipeline.parse("Talks resume in the capital\nThe ministers met on Monday.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Talks resume in the capital",
        "The ministers met on Monday.",
    ]


def test_offsets_are_those_of_the_text_as_it_came() -> None:
    text = "“Iran’s talks failed,” the envoy’s aide said."
    assert [text[token.idx : token.idx + len(token)] for token in pipeline.parse(text)][:4] == [
        "“",
        "Iran",
        "’s",
        "talks",
    ]


def test_verbs_are_coordinated_with_verbs_of_their_own_form() -> None:
    doc = pipeline.parse("Brazil urged both sides to show restraint and offered to host a round of talks.")
    offered = next(token for token in doc if token.text == "offered")
    assert offered.head.text == "urged"


def test_many_texts_come_back_in_order_with_what_they_were_sent_with() -> None:
    texts = [(f"Text number {number}.", number) for number in range(20)]
    assert [(doc.text, number) for doc, number in pipeline.parse_many(texts)] == texts


def test_the_fingerprint_is_a_sha_256_and_stays_the_same() -> None:
    assert len(pipeline.fingerprint()) == 64
    assert pipeline.fingerprint() == pipeline.fingerprint()
