"""Where a content ends that is no clause. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

from detente.language import pipeline
from detente.reading.speech import extents


@pytest.mark.parametrize(
    ("text", "cue", "kept"),
    [
        ("Togo rejects the remarks of Ghana but will meet its envoy.", "rejects", "the remarks of Ghana"),
        ("Togo criticised the raid on Monday, and has offered to mediate.", "criticised", "the raid on Monday"),
        ("Togo criticised the embargo; Ghana and Benin kept silent.", "criticised", "the embargo"),
        ("Togo criticised the embargo and the raid.", "criticised", "the embargo and the raid"),
        ("Togo criticised the embargo; the raid; the silence.", "criticised", "the embargo; the raid; the silence"),
        ("Togo announced that Ghana would leave; Benin stayed.", "announced", "that Ghana would leave; Benin stayed"),
    ],
)
def test_an_object_ends_where_somebody_does_the_next_thing(text: str, cue: str, kept: str) -> None:
    doc = pipeline.parse(text)
    verb = next(token for token in doc if token.text == cue)
    content = frozenset(token.i for token in doc if token.i > verb.i and token.text != ".")
    left = content - extents.beyond(verb, content)
    assert doc[min(left) : max(left) + 1].text == kept


def test_a_quotation_ends_with_its_mark() -> None:
    doc = pipeline.parse('Togo criticised "the embargo; Ghana kept silent".')
    assert not extents.beyond(doc[1], frozenset(range(2, len(doc) - 1)))
