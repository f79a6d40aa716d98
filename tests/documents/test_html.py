"""HTML pages: the article, and what the page says about it."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.documents import Metadata
from detente.documents.html import article
from detente.documents.markup import MAX_ELEMENTS
from detente.errors import InputError
from detente.records import Document
from tests.documents.conftest import Write
from tests.documents.loaded import only, refusal

LEAD = "The two governments resumed their talks on Friday, a spokeswoman said."
SECOND = "They will go on until the end of the month, unless one side leaves."


def page(head: str = "", body: str = f"<p>{LEAD}</p><p>{SECOND}</p>") -> str:
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}</head>\n<body>{body}</body></html>'


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def declared(head: str = "", body: str = f"<p>{LEAD}</p>") -> Metadata:
    return article(page(head, body), "page")[1]


def known(document: Document) -> tuple[str | None, ...]:
    return document.title, document.source, document.url, document.published


def test_the_article_is_read_and_what_stands_around_it_is_not(write: Write) -> None:
    body = f"""<nav><a href="/">Home</a> <a href="/world">World</a></nav>
    <article><h1>Talks resume</h1><p>{LEAD}</p><p>{SECOND}</p></article>
    <script>alert("read me")</script><style>p {{ color: red }}</style>
    <footer>Terms of use and privacy of this newspaper</footer>"""
    text = only(write("a.html", page(body=body))).text
    assert [line for line in text.split("\n") if line != "Talks resume"] == [LEAD, SECOND]


def test_a_paragraph_is_a_line_and_a_line_end_in_the_source_is_a_blank(write: Write) -> None:
    body = "<p>The two governments\n  resumed\ttheir talks.</p>\n\n<p>They &amp; others said “no”, in Zürich.</p>"
    assert only(write("a.html", page(body=body))).text == (
        "The two governments resumed their talks.\nThey & others said “no”, in Zürich."
    )


@pytest.mark.parametrize(
    "body", [f"<p>{LEAD}</p>", f"<div>{LEAD}</div>", LEAD, f"<table><tr><td><p>{LEAD}</p></td></tr></table>"]
)
def test_an_article_of_one_sentence_is_an_article(body: str, write: Write) -> None:
    assert only(write("a.html", page(body=body))).text == LEAD


def test_the_page_s_word_comes_before_the_user_s(write: Write) -> None:
    head = (
        '<meta property="og:title" content="Talks resume"><meta property="article:published_time" content="2024-11-08">'
    )
    user = Metadata(published="2020-01-01", title="User", source="Gazette", url="https://gazette.example/1")
    document = only(write("a.html", page(head)), metadata=user)
    assert known(document) == ("Talks resume", "Gazette", "https://gazette.example/1", "2024-11-08")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Talks resume</title>", "Talks resume"),
        ('<title>x</title><meta property="og:title" content="Talks &amp; more">', "Talks & more"),
        ("<title>x</title>" + linked(**{"@type": "NewsArticle", "headline": "Talks resume"}), "Talks resume"),
        ('<title>Talks resume | The Daily</title><meta property="og:site_name" content="The Daily">', "Talks resume"),
        ('<title>Talks – The Daily</title><meta property="og:site_name" content="The Daily">', "Talks"),
        ('<title>Who reads The Daily</title><meta property="og:site_name" content="The Daily">', "Who reads The Daily"),
        ('<title>The Daily</title><meta property="og:site_name" content="The Daily">', "The Daily"),
        ("<title> \n </title>", None),
        (f'<meta property="og:title" content="{"x" * 5_000}"><title>Talks</title>', "Talks"),
        ("", None),
    ],
)
def test_the_title_is_the_headline_without_the_outlet(head: str, title: str | None) -> None:
    assert declared(head).title == title


def test_a_single_heading_is_the_title_rather_than_the_window_s() -> None:
    assert declared("<title>Window</title>", f"<h1>Talks <i>resume</i></h1><p>{LEAD}</p>").title == "Talks resume"
    assert declared("<title>Window</title>", f"<h1>A</h1><h1>B</h1><p>{LEAD}</p>").title == "Window"


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ('<meta property="og:site_name" content="The Daily">', "The Daily"),
        (linked(**{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "The Daily"}}), "The Daily"),
        ('<link rel="canonical" href="https://www.daily.example/talks">', "daily.example"),
        ("", None),
    ],
)
def test_the_outlet_is_named_by_the_page_or_else_by_its_address(head: str, source: str | None) -> None:
    assert declared(head).source == source


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://daily.example/talks">', "https://daily.example/talks"),
        ('<meta property="og:url" content="https://daily.example/talks">', "https://daily.example/talks"),
        (linked(**{"@type": "NewsArticle", "url": "https://daily.example/talks"}), "https://daily.example/talks"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="/talks">', None),
        ('<link rel="canonical" href="http://[::1/">', "http://[::1/"),
    ],
)
def test_the_address_is_the_page_s_own(head: str, url: str | None) -> None:
    assert declared(head).url == url


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2024-11-08T23:30:00-05:00">', "2024-11-08"),
        ('<meta itemprop="datePublished" content="2024-11-08">', "2024-11-08"),
        ('<meta name="Date" content="2024-11">', "2024-11"),
        ('<meta name="citation_publication_date" content="2024/11/08">', "2024-11-08"),
        ('<meta name="date" content="1978-09-17">', "1978-09-17"),
        ('<meta name="pubdate" content="Fri, 08 Nov 2024 23:30:00 -0500">', "2024-11-08"),
        (linked(**{"@type": "NewsArticle", "datePublished": "2024-11-08", "dateModified": "2024-12-01"}), "2024-11-08"),
        (linked(**{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},
                              {"@type": "ReportageNewsArticle", "datePublished": "2024-11-08"}]}), "2024-11-08"),
        ('<link rel="canonical" href="https://daily.example/2024/11/08/talks">', "2024-11-08"),
        ('<link rel="canonical" href="https://daily.example/2024/13/08/talks">', None),
        ('<meta name="date" content="yesterday"><meta name="dc.date" content="2024-11-08">', "2024-11-08"),
        ('<meta property="article:modified_time" content="2024-11-08">', None),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        (linked(datePublished=["2024-11-08"], publisher=7, headline=None), None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_what_the_page_declares(head: str, published: str | None) -> None:
    assert declared(head).published == published


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ('<article><time datetime="2024-11-08T10:00">8 Nov</time>{}</article>', "2024-11-08"),
        ('<time datetime="2020-01-01"></time><article><time datetime="2024-11-08"></time>{}</article>', "2024-11-08"),
        (
            '<time datetime="2020-01-01"></time><time itemprop="datePublished" datetime="2024-11-08"></time>{}',
            "2024-11-08",
        ),
        ('<time datetime="2024-11-08">8 Nov</time>{}', "2024-11-08"),
        ('<time datetime="2024-11-08"></time>{}<time datetime="2020-01-01"></time>', None),
        ("<p>The report of 2015-03-03 says so, and so does that of 3 March 2015.</p>{}", None),
        ('<img src="/2015/03/03/a.jpg">{}', None),
        ("{}<footer>© 2019 The Daily</footer>", None),
    ],
)
def test_dates_of_the_text_and_of_other_articles_are_not_the_day_of_publication(
    body: str, published: str | None
) -> None:
    assert declared(body=body.format(f"<p>{LEAD}</p>")).published == published


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("ISO-8859-2", "iso-8859-2")],
)
def test_the_encoding_that_a_page_declares_is_used(charset: str, encoding: str, write: Write) -> None:
    body = "<p>The chancellor said in Zürich that the talks go on.</p>"
    html = f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'
    assert "in Zürich that" in only(write("a.html", html.encode(encoding))).text


@pytest.mark.parametrize("charset", ["", '<meta charset="zip">', '<meta charset="iso-8859-99">'])
def test_a_page_in_an_encoding_unknown_is_refused(charset: str, write: Write) -> None:
    path = write("a.html", page(charset).replace("utf-8", "none").replace("talks", "café").encode("latin-1"))
    assert refusal(path).startswith("is not UTF-8")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>var talks = 'resumed on Friday in Geneva';</script>",
        '<nav><a href="/">Home</a><a href="/world">World</a></nav>',
        "<p>Loading …</p>",
        '<img src="talks.jpg">',
    ],
)
def test_a_page_without_an_article_is_refused(body: str, write: Write) -> None:
    assert refusal(write("a.html", page(body=body))) == "is HTML without an article"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p>{LEAD}</p>" * (MAX_ELEMENTS + 1), "more than 20,000 elements"),
        ("<div>" * 5_000 + LEAD, "nested too deeply"),
        ("<div " + " ".join(f"a{n}=x" for n in range(50_000)) + f">{LEAD}</div>", "attributes of one element"),
    ],
)
def test_a_page_beyond_all_measure_is_refused(body: str, why: str, write: Write) -> None:
    assert why in refusal(write("a.html", page(body=body)))


def test_what_the_extraction_stumbles_over_is_a_line_too(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", stumble)
    assert refusal(write("a.html", page())) == "is HTML that cannot be read (RecursionError)"


def test_a_page_that_is_no_article_is_not_also_logged(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        refusal(write("a.html", page(body="")))
    assert caplog.records == []


def test_the_same_page_gives_the_same_document_again_and_again(write: Write) -> None:
    path = write("a.html", page(body=f"<article><p>{LEAD}</p></article>" * 5))
    assert len({only(path) for _ in range(5)}) == 1


PIECES = st.sampled_from(
    [
        "<script type='application/ld+json'>",
        '{"datePublished":',
        "<time datetime=",
        LEAD,
        *'<p> </p> <article> <table> <td> <!-- < &#0; &#xD800; <h1> \x0b " <script> </script>'.split(" "),
    ]
)


@given(st.lists(PIECES))
def test_whatever_a_page_holds_it_gives_a_text_or_a_line(pieces: list[str]) -> None:
    try:
        text, _ = article("".join(pieces), "page")
    except InputError as error:
        assert str(error).startswith("page: is HTML")
    else:
        assert text.strip()
