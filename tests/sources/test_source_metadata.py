"""What a page says of itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pages import page, read

from briefgen.sources import read_article
from briefgen.sources.base import Metadata


def ld(data: Any) -> str:
    return (
        f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'
    )


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Moro &amp; Kel to meet",
    "datePublished": "2024-06-10T09:00:00+02:00",
    "author": [{"@type": "Person", "name": "Ana Bel"}, {"@type": "Person", "name": "Tom Rook"}],
    "publisher": {"@type": "Organization", "name": "The Ledger"},
    "url": "https://ledger.example/moro",
}


def test_json_ld_comes_first() -> None:
    """Title, date, authors, publisher and address are those of the article's JSON-LD."""
    head = ld(NEWS) + '<meta property="og:title" content="Other"><meta name="author" content="Nobody">'
    assert read(head=head, attributes='lang="en-GB"').metadata == Metadata(
        title="Moro & Kel to meet",
        publisher="The Ledger",
        author="Ana Bel, Tom Rook",
        url="https://ledger.example/moro",
        published="2024-06-10T09:00:00+02:00",
        language="en-GB",
    )


def test_meta_tags_come_second() -> None:
    """Without JSON-LD the page's <meta> tags are read."""
    head = (
        '<meta property="og:title" content="Moro to meet Kel"><meta property="og:site_name" content="The Ledger">'
        '<meta name="author" content="Ana Bel"><link rel="canonical" href="https://ledger.example/moro">'
        '<meta property="article:published_time" content="2024-06-10T07:00:00Z">'
    )
    found = read(head=head).metadata
    assert (found.title, found.publisher, found.author) == ("Moro to meet Kel", "The Ledger", "Ana Bel")
    assert (found.url, found.published) == ("https://ledger.example/moro", "2024-06-10T07:00:00Z")


def test_the_page_itself_comes_last() -> None:
    """Without either, the heading is the title and the marked <time> the date; nothing else is guessed."""
    found = read(
        '<time itemprop="datePublished" datetime="2024-06-10">today</time>' + "<p>Moro leaves.</p>" * 9
    )
    assert found.metadata == Metadata(title="Moro to visit Korvia", published="2024-06-10")


@pytest.mark.parametrize(
    "data",
    [
        [NEWS],
        {"@graph": [{"@type": "WebSite", "name": "x"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        {**NEWS, "@type": ["ReportageNewsArticle", "Thing"]},
        {**NEWS, "publisher": "The Ledger", "author": ["Ana Bel", "Tom Rook"]},
    ],
    ids=["list", "graph", "main entity", "types", "plain names"],
)
def test_shapes_of_json_ld(data: Any) -> None:
    """The shapes in which publishers write JSON-LD all give the same metadata."""
    found = read(head=ld(data)).metadata
    assert (found.title, found.author, found.publisher) == (
        "Moro & Kel to meet",
        "Ana Bel, Tom Rook",
        "The Ledger",
    )


@pytest.mark.covers("B-HTML-12")
@pytest.mark.parametrize(
    "data",
    [
        {**NEWS, "headline": 5, "author": 7, "publisher": [[]], "datePublished": {"a": 1}, "url": []},
        {
            **NEWS,
            "headline": ["x"],
            "author": {"name": {"name": 1}},
            "publisher": True,
            "datePublished": 20240610,
        },
        '{"@type": "NewsArticle", "headline": ',
        "[" * 50_000,
        "not json",
    ],
    ids=["wrong types", "nested types", "cut", "deep", "text"],
)
def test_malformed_json_ld_is_ignored_and_flagged(data: Any) -> None:
    """JSON-LD with wrong types, or that is none, costs its values only and is flagged."""
    raw = read(head=ld(data))
    assert raw.metadata.title == "Moro to visit Korvia"
    assert raw.metadata.published is None
    assert "metadata_malformed" in raw.flags


@pytest.mark.covers("B-HTML-12")
@pytest.mark.parametrize(
    "data",
    [
        {"@id": "#a", "@type": "WebPage", "mainEntity": {"@id": "#a"}},
        {"@type": "ItemList", "itemListElement": [{**NEWS, "headline": "Another article"}]},
        {"@type": "Organization", "name": "The Ledger"},
        [[[[]]], None, 5, "x", {"@type": None}, {"@type": {"a": 1}}],
        {"@graph": [{"@graph": [{"mainEntity": "x"}]}] * 2000},
    ],
    ids=["cycle", "list of others", "no article", "odd nodes", "many nodes"],
)
def test_json_ld_about_something_else_is_not_believed(data: Any) -> None:
    """Cycles, other articles and other things in JSON-LD say nothing about this article."""
    assert read(head=ld(data)).metadata == Metadata(title="Moro to visit Korvia")


@pytest.mark.covers("B-HTML-13")
def test_a_date_in_the_text_only_is_no_date() -> None:
    """A date in the text, the title or the address is not taken for the day of publication."""
    body = "<p>Moro leaves on 10 June 2024, the ministry said on 2024-06-01.</p>" * 5
    head = '<link rel="canonical" href="https://ledger.example/2024/06/09/moro">'
    article = read_article(page(body, head).encode())
    assert article.published is None


@pytest.mark.covers("B-HTML-13")
def test_conflicting_dates_have_an_order_and_a_flag() -> None:
    """JSON-LD beats <meta>, <meta> beats <time>, and that they differ is flagged."""
    meta = '<meta property="article:published_time" content="2024-06-08">'
    body = '<time pubdate datetime="2024-06-05">5 June</time>' + "<p>Moro leaves.</p>" * 9
    all_three = read_article(page(body, ld(NEWS) + meta).encode())
    assert str(all_three.published) == "2024-06-10"
    assert "date_conflict" in all_three.flags
    two = read_article(page(body, meta).encode())
    assert str(two.published) == "2024-06-08"
    assert "date_conflict" in two.flags


def test_one_moment_in_two_time_zones_is_no_conflict() -> None:
    """The same moment, written as two days in two zones, is one date: the first that is stated."""
    data = {**NEWS, "datePublished": "2024-06-10T23:30:00-04:00"}
    raw = read(head=ld(data) + '<meta property="article:published_time" content="2024-06-11T03:30:00Z">')
    assert raw.flags == ()
    assert raw.metadata.published == "2024-06-10T23:30:00-04:00"


def test_an_unreadable_date_is_flagged_and_the_next_one_taken() -> None:
    """A date that cannot be read is flagged; a readable one further down counts."""
    data = {**NEWS, "datePublished": "last Monday"}
    raw = read(head=ld(data) + '<meta name="date" content="2024-06-09">')
    assert raw.metadata.published == "2024-06-09"
    assert raw.flags == ("date_unreadable",)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/hosts", "/moro", "data:text/html,x", ""])
def test_only_web_addresses_are_addresses(url: str) -> None:
    """An address that is none of the web is not taken from any place of a page."""
    head = (
        ld({**NEWS, "url": url})
        + f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    )
    assert read(head=head).metadata.url is None


@pytest.mark.parametrize(
    ("lang", "expected"), [("de", "de"), ("zh-Hans-CN", "zh-Hans-CN"), ("x' onload=", None), ("", None)]
)
def test_the_language_is_the_page_s_own_word(lang: str, expected: str | None) -> None:
    """The language is the html element's attribute if it looks like one; it is never guessed."""
    assert read(attributes=f'lang="{lang}"').metadata.language == expected
