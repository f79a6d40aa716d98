"""RSS and Atom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.documents import Metadata
from detente.documents.inputs import MAX_BYTES
from tests.documents.conftest import Write
from tests.documents.loaded import loaded, only, reason, refusal, texts

ITEM = """<item><title>Talks &amp; more</title><link>https://daily.example/talks</link>
<pubDate>Fri, 08 Nov 2024 23:30:00 -0500</pubDate>
<description>&lt;p&gt;The talks &amp;amp; more resumed.&lt;/p&gt;&lt;p&gt;They go on.&lt;/p&gt;</description></item>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title><id>urn:daily</id>
<updated>2024-12-01T00:00:00Z</updated><entry>{}</entry></feed>"""


def rss(items: str, prolog: str = '<?xml version="1.0" encoding="utf-8"?>\n', attributes: str = "") -> str:
    return f'{prolog}<rss version="2.0" {attributes}><channel><title>The Daily</title>{items}</channel></rss>'


def test_an_item_of_rss_is_a_document(write: Write) -> None:
    path = write("a.xml", rss(ITEM))
    document = only(path)
    assert document.text == "The talks & more resumed.\nThey go on."
    assert (document.title, document.source) == ("Talks & more", "The Daily")
    assert (document.url, document.published) == ("https://daily.example/talks", "2024-11-08")
    assert (document.path, len(document.id)) == (str(path), 16)


def test_an_entry_of_atom_is_a_document(write: Write) -> None:
    entry = """<id>tag:daily.example,2024:1</id><title type="html">Talks &amp;amp; more</title>
    <link href="https://daily.example/talks"/><updated>2024-11-09T00:30:00+03:00</updated>
    <published>2024-11-08T23:30:00-05:00</published><summary>Short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The talks
    resumed.</p><ul><li>One &lt; two</li></ul></div></content>"""
    document = only(write("a.atom", ATOM.format(entry)))
    assert document.text == "The talks resumed.\nOne < two"
    assert (document.id, document.title, document.source) == ("tag:daily.example,2024:1", "Talks & more", "The Daily")
    assert (document.url, document.published) == ("https://daily.example/talks", "2024-11-08")


def test_a_feed_of_rdf_is_read(write: Write) -> None:
    content = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Daily</title></channel>
    <item><title>Talks</title><link>https://daily.example/1</link><dc:date>2024-11-08</dc:date>
    <description>The talks resumed.</description></item></rdf:RDF>"""
    document = only(write("a.rss", content))
    assert (document.text, document.source, document.published) == ("The talks resumed.", "The Daily", "2024-11-08")


def test_entries_come_in_the_order_of_the_feed(write: Write) -> None:
    items = "".join(f"<item><description>Number {n}.</description></item>" for n in range(5))
    assert texts(loaded(write("a.rss", rss(items)))[0]) == [f"Number {n}." for n in range(5)]


def test_the_content_comes_before_the_description(write: Write) -> None:
    item = """<item><description>Short.</description><content:encoded><![CDATA[<!DOCTYPE html><p>The whole.</p>
    <script>x()</script>]]></content:encoded></item>"""
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    assert only(write("a.xml", rss(item, attributes=namespace))).text == "The whole."


def test_a_plain_text_that_looks_like_html_stays_as_it_is(write: Write) -> None:
    entry = '<id>tag:x,1</id><summary type="text">a &lt;b&gt; c  &amp;amp; d</summary>'
    assert only(write("a.atom", ATOM.format(entry))).text == "a <b> c  &amp; d"


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("<pubDate>yesterday</pubDate>", "2020-01-01"),
        ("", "2020-01-01"),
        ("<pubDate>2024-11</pubDate>", "2024-11"),
    ],
)
def test_what_an_entry_does_not_say_the_user_does(told: str, published: str, write: Write) -> None:
    user = Metadata(published="2020-01-01", title="User", source="User", url="https://user.example/")
    document = only(write("a.xml", rss(f"<item>{told}<description>Talks.</description></item>")), metadata=user)
    assert (document.published, document.title, document.url) == (published, "User", "https://user.example/")
    assert document.source == "The Daily"


def test_the_outlet_is_that_of_the_entry_where_a_feed_gathers_several(write: Write) -> None:
    item = '<item><description>Talks.</description><source url="https://g.example/">Gazette</source></item>'
    assert only(write("a.xml", rss(item))).source == "Gazette"


@pytest.mark.parametrize(
    ("guid", "kept"),
    [("https://daily.example/?p=1", True), ("urn:uuid:1", True), ("1", False), ("", False)],
)
def test_an_id_that_is_unique_everywhere_is_kept_and_another_is_not(guid: str, kept: bool, write: Write) -> None:
    item = f"<item><guid isPermaLink='false'>{guid}</guid><description>Talks.</description></item>"
    assert (only(write("a.xml", rss(item))).id == guid) is kept


def test_links_that_are_no_addresses_are_none(write: Write) -> None:
    entry = "<id>tag:daily.example,2024:1</id><summary>Talks.</summary>"
    assert only(write("a.atom", ATOM.format(entry))).url is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_that_xml_declares_is_used(encoding: str, write: Write) -> None:
    item = "<item><description>Talks in Zürich.</description></item>"
    content = rss(item, f'<?xml version="1.0" encoding="{encoding}"?>').encode(encoding)
    assert only(write("a.xml", content)).text == "Talks in Zürich."


def test_an_entry_without_text_is_named_and_the_others_are_read(write: Write) -> None:
    empty = "<item><title>Only a title</title><description> &lt;!-- --&gt; </description></item>"
    path = write("a.xml", rss("<item><description>A.</description></item>" + empty + ITEM))
    documents, lines = loaded(path)
    assert len(documents) == 2
    assert [reason(line, f"{path}, entry 2") for line in lines] == ["has neither content nor description"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (rss(ITEM)[:-5], "malformed XML: "),
        (rss(ITEM.replace("</item>", "</itm>")), "malformed XML: mismatched tag: line "),
        (rss("<item><description>&nbsp;Talks.</description></item>"), "malformed XML: undefined entity"),
        (rss("<item><x:y/><description>Talks.</description></item>"), "malformed XML: unbound prefix"),
        ("Talks resumed.", "malformed XML"),
        ("https://daily.example/feed.xml", "malformed XML"),
        ("/etc/hostname", "malformed XML"),
        ('<?xml version="1.0" encoding="utf-7"?><rss/>', "encoding that cannot be read"),
        ('<?xml version="1.0" encoding="none"?><rss/>', "encoding that cannot be read"),
        ("<records><record>Talks.</record></records>", "neither RSS nor Atom"),
        ("<html><body><p>Talks resumed on Friday.</p></body></html>", "neither RSS nor Atom"),
        (rss(""), "feed without entries"),
    ],
)
def test_what_is_no_feed_is_refused(content: str, why: str, write: Write) -> None:
    assert why in refusal(write("a.xml", content))


def laughs() -> str:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'


@pytest.mark.parametrize(
    ("prolog", "word"),
    [
        (laughs(), "&l9;"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "&x;"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
        ('<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>', "Talks."),
        ('<!DOCTYPE rss [<!ENTITY x "harmless">]>', "Talks."),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_unfold(prolog: str, word: str, encoding: str, write: Write) -> None:
    content = rss(f"<item><description>{word}</description></item>", prolog)
    assert refusal(write("a.xml", content.encode(encoding))).startswith("declares XML entities")


def test_a_document_type_without_entities_is_no_harm_and_is_not_fetched(write: Write) -> None:
    prolog = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    assert only(write("a.xml", rss(ITEM, prolog))).title == "Talks & more"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (rss("<x>" * 500 + "</x>" * 500), "nested too deeply"),
        (rss(ITEM, attributes=" ".join(f'a{n}="x"' for n in range(200))), "more than 100 attributes"),
        (rss(ITEM, attributes=" ".join(f'xmlns:a{n}="x"' for n in range(200))), "more than 100 attributes"),
        (rss(f"<item><author>{'1' * 100_000}</author><description>x</description></item>"), "author's name of more"),
        (rss(ITEM, '<?xml version="1.0"?>' + "\n" * 100_000), "not among its first 5,000 bytes"),
        (rss("<item><description>" + "word " * (MAX_BYTES // 5) + "</description></item>"), "larger than 5 MB"),
    ],
)
def test_a_feed_beyond_all_measure_is_refused(content: str, why: str, write: Write) -> None:
    assert why in refusal(write("a.xml", content))


PIECES = st.sampled_from(
    "<item> </item> <title> </title> <description> </description> <![CDATA[ ]]> &lt; <link/> <pubDate>x</pubDate> "
    "Talks. <!-- --> <author>a@b</author> <content/> \x0b".split(" ")
)


@given(pieces=st.lists(PIECES))
def test_whatever_a_feed_holds_it_gives_documents_or_lines(
    pieces: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xml"
    path.write_text(rss("".join(pieces)))
    documents, lines = loaded(path)
    assert documents or lines
    for line in lines:
        assert line.startswith(str(path))
        assert line.isprintable()
