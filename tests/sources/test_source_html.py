"""HTML pages: the article, or a clear error."""

from __future__ import annotations

import time

import pytest
from pages import ARTICLE, FIRST, SECOND, THIRD, code_of, page, read

from briefgen.errors import InputError
from briefgen.sources import read_article
from briefgen.sources.html import read_page
from briefgen.sources.markup import MAX_DEPTH


def test_the_article_is_taken_and_the_frame_left() -> None:
    """Title and paragraphs come out, navigation and footer do not, formatting and links leave their text."""
    body = ARTICLE.replace("Korvia in June", '<a href="/korvia"><b>Korvia</b></a> <span>in June</span>')
    raw = read(body)
    assert raw.text.split("\n") == [FIRST, SECOND, THIRD]
    assert raw.metadata.title == "Moro to visit Korvia"
    assert raw.flags == ()


def test_nothing_but_one_line_is_still_an_article() -> None:
    """A page with one paragraph is read, and flagged too_short."""
    article = read_article(f"<html><body><p>{FIRST}</p></body></html>".encode())
    assert article.text == FIRST
    assert article.flags == ("too_short",)


@pytest.mark.covers("B-HTML-01")
@pytest.mark.parametrize("opening", ["<div>", "<b>", "<ul><li>", "<table><tr><td>"])
def test_deep_nesting_is_too_complex(opening: str) -> None:
    """A hundred thousand nested elements are refused quickly, before a tree is built."""
    started = time.process_time()
    assert code_of("<html><body>" + opening * 100_000 + FIRST) == "input_too_complex"
    assert time.process_time() - started < 30


@pytest.mark.covers("B-HTML-02")
def test_many_elements_are_too_complex() -> None:
    """Three hundred thousand paragraphs are refused quickly."""
    started = time.process_time()
    assert code_of(page(f"<p>{FIRST}</p>" * 300_000)) == "input_too_big"
    assert code_of(page("<p>Moro leaves.</p>" * 300_000)) == "input_too_complex"
    assert time.process_time() - started < 30


def test_what_the_limits_allow_is_read() -> None:
    """Nesting just under the limit loses nothing."""
    nested = "<div>" * (MAX_DEPTH - 10) + ARTICLE + "</div>" * (MAX_DEPTH - 10)
    assert FIRST in read_page(f"<html><body>{nested}</body></html>").text


@pytest.mark.covers("B-HTML-03")
def test_huge_attributes() -> None:
    """An attribute of a megabyte is read past; a million attributes are refused quickly."""
    assert FIRST in read(f'{ARTICLE}<p title="{"x" * 1_000_000}">Talks go on.</p>').text
    started = time.process_time()
    many = " ".join(f"a{number}=1" for number in range(1_000_000))
    assert code_of(page(f"{ARTICLE}<p {many}>x</p>")) == "input_too_complex"
    assert time.process_time() - started < 30


@pytest.mark.covers("B-HTML-04")
@pytest.mark.parametrize(
    "tail", ["<p>Open", "<!-- open", "<![CDATA[ open", "<script>open", '<p title="open', "<"]
)
def test_unclosed_markup(tail: str) -> None:
    """A page that ends inside a tag, a comment, CDATA or a script keeps what came before."""
    html = f"<html><body><article>{ARTICLE}{tail}"
    assert FIRST in read_page(html).text


@pytest.mark.covers("B-HTML-04")
@pytest.mark.parametrize(
    "html", ["<html>", "<", "<!--", "<html><head><title>Moro</title>", "<!doctype html>", ""]
)
def test_pages_without_a_body(html: str) -> None:
    """Fragments without text are no_article_text."""
    assert code_of(html) == "no_article_text"


@pytest.mark.covers("B-HTML-06")
@pytest.mark.parametrize(
    "html",
    [
        (
            "<html><head><title>Log in</title></head><body><form><p>Log in to your account to read on.</p>"
            '<input name="user"><input type="password"></form></body></html>'
        ),
        (
            "<html><head><title>Before you continue</title></head><body><p>We and our 812 partners store cookies."
            "</p><p>Accept all cookies or manage your choices below.</p><button>Accept</button></body></html>"
        ),
        (
            "<html><head><title>404</title></head><body><h1>Page not found</h1>"
            "<p>The page that you are looking for was moved or never existed.</p></body></html>"
        ),
        "<html><head><title>Just a moment...</title></head><body><p>Verify you are human.</p></body></html>",
    ],
    ids=["login", "consent", "404", "robot check"],
)
def test_pages_that_stand_where_an_article_should_be(html: str) -> None:
    """Login, consent and error pages are no_article_text: no model is asked about them."""
    assert code_of(html) == "no_article_text"


@pytest.mark.covers("B-HTML-06")
def test_an_article_about_such_pages_is_one() -> None:
    """News that quotes the words of an error page is news."""
    quoted = (
        ARTICLE
        + "<p>Readers of the Daily Bell saw “Page not found” for an hour; we use cookies, it said.</p>"
    )
    assert "Page not found" in read(quoted * 2).text
    head = '<meta property="og:type" content="article">'
    assert (
        "Page not found"
        in read("<p>“Page not found”: the Daily Bell was down on Monday, Moro said.</p>", head).text
    )


@pytest.mark.covers("B-HTML-07")
def test_a_teaser_is_flagged() -> None:
    """Two sentences before a paywall are an article with the flag too_short."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Moro to visit Korvia", '
        '"isAccessibleForFree": false}</script>'
    )
    article = read_article(page(f"<p>{FIRST} {SECOND}</p>", head).encode())
    assert article.flags == ("too_short",)
    assert read_article(page(f"<p>{FIRST} {SECOND} {SECOND}</p>").encode()).flags == ()


@pytest.mark.covers("B-HTML-08")
@pytest.mark.parametrize(
    "inside", ["", "<noscript>You need to enable JavaScript.</noscript>", "Please enable JavaScript."]
)
def test_a_page_made_by_a_script(inside: str) -> None:
    """A page that is empty without its script says so and what to do."""
    html = f'<html><body><div id="root">{inside}</div><script src="app.js"></script></body></html>'
    with pytest.raises(InputError) as caught:
        read_page(html)
    assert caught.value.code == "no_article_text"
    assert caught.value.hint


@pytest.mark.covers("B-HTML-09")
def test_nothing_is_followed() -> None:
    """Framesets, refreshes and base addresses lead nowhere: sockets are closed in this test."""
    assert code_of('<html><frameset><frame src="https://a.example/x"></frameset></html>') == "no_article_text"
    head = '<meta http-equiv="refresh" content="0;url=https://a.example/"><base href="https://a.example/">'
    raw = read(head=head + '<link rel="canonical" href="/moro">')
    assert FIRST in raw.text
    assert raw.metadata.url is None


@pytest.mark.covers("B-HTML-11")
def test_inlined_files_are_dropped() -> None:
    """An inlined image of twenty megabytes does not keep the text behind it from being read."""
    image = "data:image/png;base64," + "QUJD" * 5_000_000
    raw = read(f'<p><img src="{image}"></p><div style="background:url({image[:1000]})">{ARTICLE}</div>')
    assert FIRST in raw.text
    assert "QUJD" not in raw.text


def test_a_table_that_places_the_article_is_no_table() -> None:
    """Paragraphs in a table cell, as old pages have them, stay paragraphs; a table of figures stays a table."""
    figures = "<table><tr><td>2014</td><td>5 visits</td></tr></table>"
    html = f'<html><body><table><tr><td><a href="/">Home</a></td><td>{ARTICLE}{figures}</td></tr></table></body></html>'
    text = read_page(html).text
    assert f"{FIRST}\n{SECOND}\n{THIRD}" in text
    assert "2014 | 5 visits" in text


def test_bullets_are_no_text() -> None:
    """List items come without the sign that the extractor puts before them."""
    assert (
        "\nMoro leaves on the third of June.\n"
        in read(
            ARTICLE
            + "<ul><li>Moro leaves on the third of June.</li><li>He returns on the fifth.</li></ul>"
            + ARTICLE
        ).text
        + "\n"
    )


def test_the_declared_character_set_is_used() -> None:
    """A page in Windows-1251 is read by its own declaration."""
    text = "Президент Варнии приедет в Корвию в июне, сообщили чиновники."
    html = f'<html><head><meta charset="windows-1251"></head><body><p>{text}</p></body></html>'
    assert read_article(html.encode("cp1251")).text == text


@pytest.mark.parametrize("tag", ["span", "b", "a href=x", "img", "time", "button", "sub", "q"])
def test_thousands_of_small_elements_in_a_paragraph(tag: str) -> None:
    """Formatting, links and pictures by the thousand, on which the extractor is quadratic, take seconds at most."""
    name = tag.partition(" ")[0]
    started = time.process_time()
    text = read(f"{ARTICLE}<p>" + f"<{tag}>Moro</{name}> said " * 8000 + "</p>").text
    assert time.process_time() - started < 30
    assert FIRST in text
