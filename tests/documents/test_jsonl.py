"""JSON Lines."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.documents import Metadata, load
from detente.documents.inputs import MAX_BYTES
from detente.errors import InputError
from tests.documents.conftest import Write
from tests.documents.loaded import loaded, only, reason, refusal, texts

POLNEAR = Path(__file__).parents[3] / "shared/data/polnear/dev.jsonl"
PLOVER = Path(__file__).parents[3] / "shared/data/plover/gsr-dev.jsonl"

PAGE = """<html><head><title>Talks resume</title><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-11-08"></head>
<body><article><p>The two governments resumed their talks on Friday.</p></article></body></html>"""


def line(**fields: object) -> str:
    return json.dumps(fields) + "\n"


def test_every_field_of_a_document_is_read(write: Write) -> None:
    fields = {
        "id": "d1",
        "path": "archive/1.txt",
        "title": "Talks",
        "source": "The Daily",
        "url": "https://daily.example/1",
        "published": "2024-11-08",
        "language": "en",
        "text": "Talks resumed.",
    }
    document = only(write("a.jsonl", line(**fields)))
    assert {name: getattr(document, name) for name in fields} == fields


def test_fields_of_no_document_are_passed_over(write: Write) -> None:
    document = only(write("a.jsonl", line(text="Talks.", publisher="The Daily", attributions=[{"source": [[0, 1]]}])))
    assert (document.text, document.source) == ("Talks.", None)


def test_a_null_is_no_value(write: Write) -> None:
    document = only(write("a.jsonl", line(id=None, text="Talks.", title=None, html=None)))
    assert (document.title, len(document.id)) == (None, 16)


@pytest.mark.parametrize(("told", "kept"), [("d 1", "d 1"), (17, "17"), ("ÄÖ/1", "ÄÖ/1")])
def test_an_id_is_kept(told: object, kept: str, write: Write) -> None:
    assert only(write("a.jsonl", line(id=told, text="Talks."))).id == kept


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_id_is_none(blank: str | None, write: Write) -> None:
    assert len(only(write("a.jsonl", line(id=blank, text="Talks."))).id) == 16


def test_the_path_is_that_of_the_file_where_the_line_has_none(write: Write) -> None:
    path = write("a.jsonl", line(text="Talks."))
    assert only(path).path == str(path)


def test_html_is_read_for_its_article_and_its_metadata(write: Write) -> None:
    document = only(write("a.jsonl", line(html=PAGE)))
    assert document.text == "The two governments resumed their talks on Friday."
    assert (document.title, document.source, document.published) == ("Talks resume", "The Daily", "2024-11-08")


def test_the_line_s_own_word_comes_before_the_page_s_and_the_page_s_before_the_user_s(write: Write) -> None:
    path = write("a.jsonl", line(html=PAGE, title="Own"))
    document = only(path, metadata=Metadata(title="User", source="User", url="https://user.example/"))
    assert (document.title, document.source, document.url) == ("Own", "The Daily", "https://user.example/")


def test_text_comes_before_html(write: Write) -> None:
    document = only(write("a.jsonl", line(text="Talks.", html=PAGE)))
    assert (document.text, document.title) == ("Talks.", None)


@pytest.mark.parametrize("told", ["en", "EN", "en-GB", "en_US"])
def test_a_language_is_its_iso_639_1_code(told: str, write: Write) -> None:
    assert only(write("a.jsonl", line(text="Talks.", language=told))).language == "en"


def test_a_point_in_time_is_read_as_its_day(write: Write) -> None:
    assert only(write("a.jsonl", line(text="T.", published="2024-11-08T23:30:00-05:00"))).published == "2024-11-08"


def test_blank_lines_line_ends_of_windows_and_a_byte_order_mark_do_not_matter(write: Write) -> None:
    content = "\ufeff" + line(id="a", text="A.").replace("\n", "\r\n") + "\r\n \n" + line(id="b", text="B.").rstrip()
    documents, lines = loaded(write("a.jsonl", content))
    assert ([d.id for d in documents], lines) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"text": "A', "no JSON"),
        ("Talks resumed.", "no JSON"),
        ('{"text": "A."} {"text": "B."}', "no JSON"),
        ('{"text": NaN}', "no JSON"),
        ('{"text": "a \\ud800 b"}', "no JSON"),
        ('["A."]', "another shape: Expected `object`, got `array`"),
        ('{"text": 7}', "another shape: Expected `str | null`, got `int` - at `$.text`"),
        ('{"text": "A.", "id": 1.5}', "another shape"),
        ('{"x": ' + "[" * 100_000 + "}", "nested too deeply"),
        ("{}", 'neither "text" nor "html"'),
        ('{"text": "  ", "title": "A"}', 'neither "text" nor "html"'),
        ('{"text": "\\ufeff"}', "is empty"),
        ('{"text": "A\\u0000B"}', "NUL"),
        ('{"text": "A", "title": "A\\u0000B"}', "NUL"),
        ('{"text": "A.", "published": "yesterday"}', 'published: "yesterday" is no date; write it as 2024-11-08'),
        ('{"html": "<nav><a href=/>Home</a></nav>"}', "HTML without an article"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
    ],
)
def test_a_line_without_a_document_is_named_and_the_others_are_read(bad: str | bytes, why: str, write: Write) -> None:
    bad = bad if isinstance(bad, bytes) else bad.encode()
    path = write("a.jsonl", line(text="A.").encode() + bad + b"\n" + line(text="B.").encode())
    documents, lines = loaded(path)
    assert texts(documents) == ["A.", "B."]
    assert why in reason(lines[0], f"{path}:2")
    assert len(lines) == 1


def test_a_line_that_is_too_long_is_named_and_the_others_are_read(write: Write) -> None:
    content = line(text="A.") + line(text="x" * 2 * MAX_BYTES) + "\n" + line(text="B.")
    path = write("a.jsonl", content + line(text="x" * MAX_BYTES).rstrip())
    documents, lines = loaded(path)
    assert texts(documents) == ["A.", "B."]
    assert [reason(one, f"{path}:{number}") for one, number in zip(lines, (2, 5), strict=True)] == [
        "is a line of more than 5 MB"
    ] * 2


@pytest.mark.parametrize("content", ["", "\n \r\n", "\ufeff"])
def test_a_file_of_blank_lines_is_empty(content: str, write: Write) -> None:
    path = write("a.jsonl", content)
    assert refusal(path) == "is empty"


def test_utf_16_is_refused_with_the_way_out(write: Write) -> None:
    path = write("a.jsonl", line(text="A.").encode("utf-16"))
    assert "iconv -f UTF-16 -t UTF-8" in refusal(path)


def test_without_a_listener_an_error_is_raised_after_the_documents_before_it(write: Write) -> None:
    found = load([write("a.jsonl", line(text="A.") + "{\n")])
    assert next(found).text == "A."
    with pytest.raises(InputError, match=r"a\.jsonl:2: is no JSON"):
        next(found)


def test_documents_stream_through(write: Write) -> None:
    def articles() -> Iterator[str]:
        return (line(id=number, text=f"{number} " + "word " * 10_000) for number in range(1_000))

    path = write("a.jsonl", "")
    with path.open("w") as file:
        file.writelines(articles())
    tracemalloc.start()
    try:
        assert sum(1 for _ in load([path])) == 1_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("path", "count"), [(POLNEAR, 84), (PLOVER, 159)])
def test_annotated_collections_are_read_with_their_ids(path: Path, count: int) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    documents, lines = loaded(path)
    told = [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines()]
    assert lines == []
    assert [(d.id, d.text) for d in documents] == [(one["id"], one["text"]) for one in told]
    assert len(documents) == count
