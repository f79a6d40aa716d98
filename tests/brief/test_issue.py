"""A reckoned issue as a page: whole in itself, escaped, cells with their sentences, no point where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from detente.bargaining.formats import table
from detente.bargaining.issue import Actor, Ground, Issue
from detente.brief.issue import render
from tests.brief.test_html import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("altair")
pytest.importorskip("vl_convert")

TABLE = """\
# title: A ceiling for tariffs
# quota: 0.6
# scale: 0 = none; 20 = as now
# status quo: 20
actor,position,salience,capability,veto,position_sd
Aland,0,0.5,2,,3
Borland,15,1,1,yes,
Cland,8,0.7,1.5,,2
"""


def issue() -> Issue:
    """Three actors; the cells of two rest on sentences, of which one stands for both."""
    shared = Ground(
        "d1/s1", "Aland's minister", "2024-05-01", "The Gazette", "https://news.example/a?b=1&c=2", "Never."
    )
    other = Ground("d2/s3", "", None, "", None, "We want none.")
    return replace(
        table("tariffs.csv", TABLE).issue(),
        grounds={(0, 0): (shared, other), (2, 0): (shared,)},
        proxies={(0, 0): frozenset(["salience", "position_sd"])},
    )


def hostile() -> Issue:
    """All that is text is hostile."""
    one = issue()
    ground = Ground(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE)
    line = one.dimensions[0]
    return replace(
        one,
        title=HOSTILE,
        actors=tuple(Actor(f"{HOSTILE} {number}", f"{HOSTILE} {number}") for number in range(3)),
        dimensions=(replace(line, title=HOSTILE, scale=replace(line.scale, labels=((0.0, HOSTILE),))),),
        grounds={(0, 0): (ground,), (1, 0): (replace(ground, source=""),)},
    )


def page(one: Issue, models: tuple[str, ...] = ()) -> str:
    return render(one.reckon(models), one.sensitivity(draws=256, sd=0.1), date(2024, 5, 14), 0.1)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    silent = replace(issue(), capability_stated=False)
    return {
        "stated": page(issue()),
        "silent": page(silent, ("median", "compromise")),
        "hostile": page(hostile(), ("nash", "expected_utility")),
    }


def test_every_sentence_is_led_to_from_its_cells_and_back(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["stated"])
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = tree.xpath("//a[@class='reference']")
    assert [reference.text for reference in references] == ["[1]", "[2]", "[1]"]
    for reference in references:
        (sentence,) = tree.xpath("//li[@id=$id]", id=reference.get("href")[1:])
        assert f"[{sentence.get('value')}]" == reference.text
        assert f"#{reference.get('id')}" in sentence.xpath("a/@href")
    assert all(href[1:] in ids for href in tree.xpath("//a/@href") if href.startswith("#"))
    (link,) = tree.xpath("//a[not(starts-with(@href, '#'))]")
    assert (link.get("href"), link.text) == ("https://news.example/a?b=1&c=2", "The Gazette")
    assert "noreferrer" in link.get("rel")


def test_cells_have_their_marks(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["stated"])
    (row,) = tree.xpath("//tr[@id='cell-0-0']")
    assert [cell.text_content() for cell in row][:4] == ["Aland [1] [2]", "0 ± 3*", "0.5*", "2"]
    assert "was counted from texts" in tree.xpath("string(//header)")
    (veto,) = tree.xpath("//tr[@id='cell-0-1']/th")
    assert "veto" in veto.text_content()


def test_what_the_library_says_stands_on_it(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["stated"])
    shown = " ".join(tree.xpath("//main")[0].text_content().split())
    found = issue().reckon()
    for result in found.results:
        assert result.model.replace("_", " ") in shown
    assert "Left out: exchange: there is one dimension" in shown
    assert "voting, blocked on position by Borland: has a veto" in shown
    for heading in (
        "Coalitions to watch",
        "Pivotal actors",
        "By its position",
        "The smallest changes",
        "(Sobol)",
        "deviation of 0.1",
    ):
        assert heading in shown
    assert len(tree.xpath("//svg")) == 1 + sum(result.settled is not None for result in found.results)


def test_where_capability_is_not_stated_no_point_stands(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["silent"])
    text = " ".join(tree.text_content().split())
    assert "Capability is not stated" in text
    assert "The median is" not in text
    assert "Median" not in text
    assert "nan" not in text.split()
    outcomes = tree.xpath("//section[h2[@id='models']]//tbody/tr/td[1]/text()")
    assert outcomes
    assert all(" to " in outcome for outcome in outcomes)
    assert {cell.text for cell in tree.xpath("//tr[starts-with(@id, 'cell-')]/td[3]")} == {"not stated"}


def test_cells_of_other_dimensions_are_told_apart_and_actors_known_by_their_names() -> None:
    text = """# scale quota: 0; 100
# scale term: 0; 10
actor,title,dimension,position,salience,capability
A,Aland,quota,10,1,3
A,Aland,term,8,1,3
B,,quota,90,1,4
B,,term,2,0.5,4
"""
    one = table("two.csv", text).issue()
    tree = lxml_html.document_fromstring(
        render(one.reckon(["nash"]), one.sensitivity("nash", draws=10), date(2024, 5, 14))
    )
    told = tree.xpath("//section[h2[@id='changes']]//li/text()")
    assert any(line.startswith("A: position on quota from 10 to ") for line in told)
    assert any(line.startswith("A: position on term from 8 to ") for line in told)
    assert any(line.startswith("A: capability from 3 to ") for line in told)
    assert [row.text_content() for row in tree.xpath("//tr[starts-with(@id, 'cell-0')]/th")] == ["Aland A", "B"]


def test_a_range_of_one_point_is_drawn_and_no_folder_is_told() -> None:
    same = table(
        "/home/somebody/same.csv", "# scale: 0; 9\nactor,position,salience,capability\nA,3,1,\nB,3,0.5,\n"
    ).issue()
    tree = lxml_html.document_fromstring(page(replace(same, capability_stated=False), ("median",)))
    assert tree.xpath("string(//h1)") == "same"
    assert "somebody" not in tree.text_content()
    (drawn,) = tree.xpath("//*[local-name()='line' and @stroke-width='4']")
    assert drawn.get("stroke-linecap") == "round"


def test_the_page_has_a_language_headings_in_order_and_headers_for_its_tables(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["stated"])
    assert tree.get("lang") == "en"
    levels = [int(heading.tag[1]) for heading in tree.xpath("//*[self::h1 or self::h2 or self::h3]")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") for cell in tree.xpath("//th"))
    assert all(region.get("tabindex") == "0" for region in tree.xpath("//div[@role='region']"))


def test_hostile_text_is_text(pages: dict[str, str]) -> None:
    tree = lxml_html.document_fromstring(pages["hostile"])
    assert tree.xpath("//script | //img | //iframe | //@onerror") == []
    assert [href for href in tree.xpath("//a/@href") if not href.startswith("#")] == []
    assert "<script>document.title='owned'</script>" in tree.text_content()
    assert "{{ 7*7 }}" in tree.text_content()
    assert not any(character in tree.text_content() for character in "\x00\x1b\u202e")


@pytest.mark.parametrize("width", [320, 1200])
def test_a_browser_shows_it_within_its_width_and_asks_for_nothing_else(
    browser: Browser, tmp_path: Path, pages: dict[str, str], width: int
) -> None:
    path = tmp_path / "issue.html"
    path.write_text(pages["hostile"], encoding="utf-8")
    requests: list[str] = []
    complaints: list[str] = []
    opened = browser.new_page(viewport={"width": width, "height": 800})
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.goto(path.as_uri())
    assert opened.title() != "owned"
    assert (requests, complaints) == ([path.as_uri()], [])
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()


def test_a_reader_with_a_keyboard_opens_the_levers(browser: Browser, tmp_path: Path, pages: dict[str, str]) -> None:
    path = tmp_path / "issue.html"
    path.write_text(pages["stated"], encoding="utf-8")
    opened = browser.new_page(viewport={"width": 390, "height": 600}, color_scheme="dark")
    opened.goto(path.as_uri())
    opened.focus("summary")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.querySelector('details').open")
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) < 380
    opened.close()


def test_pictures_without_a_legend_say_so(pages: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too many for a legend" not in pages["stated"]
    monkeypatch.setattr("detente.bargaining.pictures.LEGEND", 2)
    assert "rule: its outcome. The 3 actors are too many for a legend." in page(issue(), ("expected_utility",))
