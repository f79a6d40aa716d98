"""What a page says about itself: title, outlet, address and the day of publication.

Read from what it declares (JSON-LD, `<meta>`, `<link>`, `<time>`, headings) rather than with trafilatura's metadata,
which asks htmldate for the date. That guesses, from the running text and from links to other articles, and completes
"2024-11" with the day of the run; but every relative date of an article hangs on this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from detente.documents.metadata import Metadata, publication_day_or_none

_TITLE: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_OUTLET: Final = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
_PUBLISHED: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
)
"""Names under which `<meta>` gives each, surest first."""

_LONGEST: Final = 1_000
"""Characters of a title, an outlet or an address; what is longer is none."""

_SEPARATORS: Final = " |-–—·•:»«"
_SLASHED: Final = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")
_IN_URL: Final = re.compile(r"/((?:19|20)[0-9]{2})/([01][0-9])/([0-3][0-9])(?:/|$)")


def declared(tree: Any) -> Metadata:
    """The metadata of the page `tree`, each field None where the page does not declare it."""
    meta = _meta(tree)
    nodes = _linked_data(tree)
    url = _first(_urls(tree, meta, nodes))
    outlet = _first([*_named(meta, _OUTLET), *_publishers(nodes)])
    return Metadata(
        published=_published(tree, meta, nodes, url),
        title=_title(tree, meta, nodes, outlet),
        source=outlet or _host(url),
        url=url,
    )


def _meta(tree: Any) -> dict[str, str]:
    """The contents of `<meta>` by name, in lower case; the first of each name."""
    told: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("itemprop") or element.get("name")
        content = element.get("content")
        if name and content:
            told.setdefault(name.lower(), content)
    return told


def _linked_data(tree: Any) -> list[dict[str, Any]]:
    """The things that schema.org's JSON-LD describes, articles first."""
    nodes = [node for script in tree.xpath('//script[@type="application/ld+json"]') for node in _nodes(script.text)]
    return sorted(nodes, key=lambda node: "Article" not in str(node.get("@type")))


def _nodes(source: str | None) -> Iterator[dict[str, Any]]:
    try:
        data = msgspec.json.decode(source or "")
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return
    for top in data if isinstance(data, list) else [data]:
        if isinstance(top, dict):
            yield top
            graph = top.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def _first(values: Iterable[object]) -> str | None:
    """The first that is a text of sensible length, its blanks put in order."""
    for value in values:
        if isinstance(value, str) and value.strip() and len(value) <= _LONGEST:
            return " ".join(value.split())
    return None


def _named(told: dict[str, str], names: Iterable[str]) -> list[str]:
    return [told[name] for name in names if name in told]


def _urls(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]]) -> Iterator[str]:
    told = [*tree.xpath('//link[@rel="canonical"]/@href'), *_named(meta, ["og:url"]), *(n.get("url") for n in nodes)]
    return (url for url in told if isinstance(url, str) and url.startswith(("http://", "https://")))


def _publishers(nodes: list[dict[str, Any]]) -> Iterator[object]:
    for node in nodes:
        publisher = node.get("publisher")
        yield publisher.get("name") if isinstance(publisher, dict) else publisher


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _title(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]], outlet: str | None) -> str | None:
    """The headline, without the outlet's name that many pages put after it."""
    headings = ["".join(heading.itertext()) for heading in tree.xpath("//h1")]
    title = _first(
        [
            *_named(meta, _TITLE),
            *(node.get("headline") for node in nodes),
            *(headings if len(headings) == 1 else ()),
            *("".join(element.itertext()) for element in tree.xpath("//head/title")),
        ]
    )
    if title and outlet and title.endswith(outlet):
        shorter = title.removesuffix(outlet)
        if shorter.rstrip() != shorter.rstrip(_SEPARATORS):
            return shorter.rstrip(_SEPARATORS)
    return title


def _published(tree: Any, meta: dict[str, str], nodes: list[dict[str, Any]], url: str | None) -> str | None:
    told = [*(node.get("datePublished") for node in nodes), *_named(meta, _PUBLISHED), *_times(tree), *_of_url(url)]
    days = (publication_day_or_none(_SLASHED.sub(r"\1-\2-\3", value)) for value in told if isinstance(value, str))
    return next(filter(None, days), None)


def _times(tree: Any) -> Iterator[str]:
    """`<time>` of the article: marked as its publication, or the first one that stands in it.

    On a page without a marked article, only a date on which all of its times agree: others may belong to teasers.
    """
    yield from tree.xpath('//*[@itemprop="datePublished"]/@datetime | //time[@pubdate]/@datetime')
    yield from tree.xpath("(//article | //main)//time[not(ancestor::aside)]/@datetime")
    anywhere = {publication_day_or_none(value) for value in tree.xpath("//time/@datetime")}
    if len(anywhere) == 1:
        yield from filter(None, anywhere)


def _of_url(url: str | None) -> Iterator[str]:
    found = _IN_URL.search(url or "")
    if found:
        yield "-".join(found.groups())
