"""Texts are kept as they came, and the same document again has the same id."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.documents import Metadata, from_text
from detente.errors import InputError

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
    lambda text: text.removeprefix("\ufeff").strip()
)


@given(texts)
def test_a_text_is_kept_but_for_line_ends_and_a_byte_order_mark(text: str) -> None:
    kept = "\n".join(text.replace("\r\n", "\n").split("\r")).removeprefix("\ufeff")
    assert from_text(text).text == kept


@given(texts, st.sampled_from(["\r\n", "\r", "\n"]))
def test_the_same_text_has_the_same_id_whatever_its_line_ends(text: str, end: str) -> None:
    text = from_text(text).text
    assert from_text(text.replace("\n", end)).id == from_text(text).id


@given(texts, texts)
def test_another_text_has_another_id(text: str, other: str) -> None:
    assume(from_text(text).text != from_text(other).text)
    assert from_text(text).id != from_text(other).id


def test_an_id_is_a_hash_that_anybody_can_compute() -> None:
    def hashed(told: str) -> str:
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    assert from_text("Talks — resumed.").id == hashed('[null,null,null,"Talks — resumed."]')
    url = "https://daily.example/talks"
    assert from_text("Talks — resumed.", metadata=Metadata(url=url)).id == hashed(f'["{url}"]')


@pytest.mark.parametrize(
    "metadata",
    [Metadata(), Metadata(source="The Daily"), Metadata(title="The Daily"), Metadata(published="2024-11-08")],
)
def test_the_same_text_in_another_outlet_on_another_day_or_under_another_title_is_another(metadata: Metadata) -> None:
    other = Metadata(source="Gazette", title="Talks", published="2024-11-09")
    assert from_text("Talks.", metadata=metadata).id != from_text("Talks.", metadata=other).id


def test_an_address_alone_decides_where_there_is_one() -> None:
    url = "https://daily.example/talks"
    first = from_text("Talks.", metadata=Metadata(url=url, title="Talks"))
    assert first.id == from_text("Talks, corrected.", metadata=Metadata(url=url)).id
    assert first.id != from_text("Talks.", metadata=Metadata(url=f"{url}?page=2", title="Talks")).id


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\ufeff\r\n"])
def test_a_text_of_blanks_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^text: is empty$"):
        from_text(text)


@pytest.mark.parametrize("text", ["Talks\0.", "Talks \ud800."])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^letter: .*so it is no text$"):
        from_text(text, name="letter")
    with pytest.raises(InputError, match="no text"):
        from_text("Talks.", metadata=Metadata(title=text))


def test_a_text_in_hand_has_no_path() -> None:
    assert from_text("Talks.").path is None
