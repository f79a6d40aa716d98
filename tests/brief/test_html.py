"""The brief as a page: whole in itself, escaped, and linked from each line to its sentence and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from detente.brief import html
from detente.brief.situation import gather
from detente.records import Reading
from tests.brief.made import Made, crisis
from tests.strategies import readings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = (
    "Avalon <script>document.title='owned'</script> accused <img src=http://x.example/a.png onerror=alert(1)> "
    "Borduria \"of' lying & {{ 7*7 }} </style></title>\x00\x1b[31m \u202eback."
)


def hostile() -> Made:
    made = Made(HOSTILE, title=HOSTILE, source=HOSTILE, published="2024-06-14", url="javascript:alert(1)")
    made.actor("AVA", HOSTILE, mentions=("Avalon",))
    made.statement(HOSTILE, "accuse", by="AVA", named="Avalon")
    made.event("ACCUSE", HOSTILE, sources=("AVA",))
    made.holding("AVA", "controls", HOSTILE, HOSTILE)
    made.position("AVA", "demand", HOSTILE, HOSTILE, condition=HOSTILE)
    return made


def page(*some: Reading) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(html.render(gather(some)))


def test_every_reference_leads_to_its_sentence_and_back() -> None:
    tree = page(crisis().reading, crisis(id="d2", source="Other Outlet").reading)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = tree.xpath("//a[@class='reference']")
    assert references
    for reference in references:
        (sentence,) = tree.xpath("//li[@id=$id]", id=reference.get("href")[1:])
        assert f"[{sentence.get('value')}]" == reference.text
        assert f"#{reference.get('id')}" in sentence.xpath("a/@href")
    assert all(href[1:] in ids for href in tree.xpath("//a/@href") if href.startswith("#"))


def test_every_line_has_a_reference() -> None:
    tree = page(crisis().reading)
    for line in tree.xpath("//main//section[not(@class)]//li | //tbody/tr"):
        assert line.xpath(".//a[@class='reference']")


def test_the_page_has_a_language_headings_in_order_and_headers_for_its_table() -> None:
    tree = page(crisis().reading)
    assert tree.get("lang") == "en"
    assert [heading.tag for heading in tree.xpath("//h1 | //h2")].count("h1") == 1
    levels = [int(heading.tag[1]) for heading in tree.xpath("//*[self::h1 or self::h2 or self::h3]")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") for cell in tree.xpath("//th"))
    assert all(link.get("aria-label") for link in tree.xpath("//a[@class='reference' or @class='back']"))


def test_hostile_text_is_text() -> None:
    tree = page(hostile().reading)
    assert tree.xpath("//script | //img | //iframe | //@onerror") == []
    assert [href for href in tree.xpath("//a/@href") if not href.startswith("#")] == []
    assert "<script>document.title='owned'</script>" in tree.text_content()
    assert "{{ 7*7 }}" in tree.text_content()
    assert not any(character in tree.text_content() for character in "\x00\x1b\u202e")


def test_a_document_links_to_its_page_on_the_web() -> None:
    tree = page(crisis(url="https://news.example/a?b=1&c=2").reading)
    (link,) = tree.xpath("//a[not(starts-with(@href, '#'))]")
    assert link.get("href") == "https://news.example/a?b=1&c=2"
    assert "noreferrer" in link.get("rel")


def test_nothing_found_is_said_plainly() -> None:
    tree = page(Made("The weather stays fair.").reading)
    assert tree.xpath("string(//main)").strip().startswith("Nothing was found in the document that was read")
    assert tree.xpath("//section | //footer | //nav") == []


def test_the_page_ends_with_what_it_rests_on() -> None:
    assert page(crisis().reading).xpath("//footer/p/text()") == [
        "This brief rests on 1 document from 1 outlet.",
        "Lines with a single source: 100% (13 of 13).",
    ]


@settings(max_examples=20)
@given(readings())
def test_whatever_was_read_can_be_shown(reading: Reading) -> None:
    tree = page(reading)
    assert tree.xpath("//script") == []
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= set(tree.xpath("//@id"))


@pytest.mark.parametrize("made", [hostile(), crisis(url="https://news.example/a")], ids=["hostile", "crisis"])
def test_a_browser_asks_for_nothing_but_the_page_and_runs_nothing_in_it(
    browser: Browser, tmp_path: Path, made: Made
) -> None:
    path = tmp_path / "brief.html"
    path.write_text(html.render(gather([made.reading])), encoding="utf-8")
    requests: list[str] = []
    complaints: list[str] = []
    opened = browser.new_page()
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.goto(path.as_uri())
    assert opened.title() != "owned"
    assert requests == [path.as_uri()]
    assert complaints == []
    opened.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_the_page_within_its_width(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    path = tmp_path / "brief.html"
    path.write_text(html.render(gather([crisis().reading, hostile().reading])), encoding="utf-8")
    opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    opened.goto(path.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) > 380) == (scheme == "light")
    opened.close()


def test_a_browser_follows_a_reference_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(html.render(gather([crisis().reading])), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 390, "height": 600})
    opened.goto(path.as_uri())
    opened.click("#line-1-1")
    assert opened.evaluate("location.hash") == "#sentence-1"
    opened.click("#sentence-1 a.back")
    assert opened.evaluate("location.hash") == "#line-1-1"
    opened.close()
