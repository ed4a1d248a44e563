"""What a page's reader does not see does not become text."""

from __future__ import annotations

import pytest
from pages import ARTICLE, FIRST, SECRET, THIRD, page, read

from briefgen.article import Article
from briefgen.sources import read_article

STYLES = {
    "B-INJ-08": [
        "font-size:0",
        "font-size: 0px !important",
        "FONT-SIZE:1px",
        "opacity:0",
        "opacity: 0.01",
        "position:absolute;left:-9999px",
        "position:absolute; top:-200vh",
        "text-indent:-5000px",
        "margin-left:-100em",
        "height:0;overflow:hidden",
        "max-height:0",
        "width:1px;height:1px;overflow:hidden",
        "clip:rect(0, 0, 0, 0)",
        "clip-path: inset(100%)",
        "transform:scale(0)",
        "display:none",
        "display : none ;",
        "visibility:hidden",
    ],
    "B-INJ-09": [
        "color:#fff",
        "color:white;background:#ffffff",
        "color: rgb(255, 255, 255)",
        "color:#fefefe",
        "background-color:black;color:#000",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:#00000000",
    ],
}


@pytest.mark.covers("B-INJ-08", "B-INJ-09", "B-HTML-10")
@pytest.mark.parametrize("style", [style for styles in STYLES.values() for style in styles])
@pytest.mark.parametrize("tag", ["p", "span"])
def test_inline_styles_that_hide(style: str, tag: str) -> None:
    """Text that a style makes invisible is taken out and flagged, and the text after it stays."""
    raw = read(f'<p>{FIRST}</p><{tag} style="{style}">{SECRET}</{tag}>{ARTICLE}')
    assert SECRET not in raw.text
    assert "hidden_text" in raw.flags
    assert FIRST in raw.text
    assert THIRD in raw.text


@pytest.mark.covers("B-INJ-07")
@pytest.mark.parametrize(
    "hidden",
    [
        f"<p hidden>{SECRET}</p>",
        f'<p hidden="until-found">{SECRET}</p>',
        f'<p aria-hidden="true">{SECRET}</p>',
        f"<div hidden><div><p>{SECRET}</p></div></div>",
        f'<p><font color="white">{SECRET}</font></p>',
        f"<dialog>{SECRET}</dialog>",
    ],
)
def test_attributes_that_hide(hidden: str) -> None:
    """Text in a hidden element, at any depth, is taken out and flagged."""
    raw = read(ARTICLE + hidden)
    assert SECRET not in raw.text
    assert "hidden_text" in raw.flags


@pytest.mark.covers("B-INJ-10", "B-HTML-10")
@pytest.mark.parametrize(
    "carrier",
    [
        f"<template>{SECRET}</template>",
        f'<div><template shadowrootmode="open"><p>{SECRET}</p></template></div>',
        f"<noscript><p>{SECRET}</p></noscript>",
        f"<!-- {SECRET} -->",
        f"<script>{SECRET}</script>",
        f"<style>/* {SECRET} */</style>",
        f'<p><img src="x.png" alt="{SECRET}" title="{SECRET}"></p>',
        f'<p title="{SECRET}">Moro smiled.</p>',
        f"<svg><title>{SECRET}</title><desc>{SECRET}</desc></svg>",
        f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{SECRET}"}}</script>',
        f'<iframe srcdoc="{SECRET}">{SECRET}</iframe>',
        f"<textarea>{SECRET}</textarea>",
        f'<button>{SECRET}</button><input value="{SECRET}">',
        f'<a href="data:text/html,{SECRET}">picture</a>',
    ],
)
def test_what_is_no_text_of_the_page(carrier: str) -> None:
    """Templates, comments, scripts, alternative texts and other attributes never become text."""
    raw = read(ARTICLE + carrier + "<p>Talks go on.</p>", f'<meta name="description" content="{SECRET}">')
    assert SECRET not in raw.text
    assert FIRST in raw.text


@pytest.mark.covers("B-INJ-10")
def test_metadata_is_cut() -> None:
    """A page's title is untrusted: it becomes one line of at most 500 characters."""
    head = f'<meta property="og:title" content="{SECRET * 100}\nand more">'
    title = read_article(page(head=head).encode()).title
    assert title is not None
    assert len(title) <= 500
    assert "\n" not in title


@pytest.mark.parametrize(
    "visible",
    [
        f'<div style="background:#000"><p style="color:#fff">{SECRET}</p></div>',
        f'<p style="color:white;background-color:navy">{SECRET}</p>',
        f'<div style="background: url(x.png)"><p style="color:#fff">{SECRET}</p></div>',
        f'<p style="color:#333">{SECRET}</p>',
        f'<p style="font-size:0.9em;opacity:1;height:auto;margin-left:-5px">{SECRET}</p>',
        f'<p style="display:block;visibility:visible">{SECRET}</p>',
        f'<p aria-hidden="false">{SECRET}</p>',
        f'<p style="not css at all">{SECRET}</p>',
        f"<details><summary>More</summary><p>{SECRET}</p></details>",
    ],
)
def test_visible_text_stays(visible: str) -> None:
    """Styles that leave text visible, light text on a dark ground among them, cost nothing."""
    raw = read(ARTICLE + visible)
    assert SECRET in raw.text
    assert raw.flags == ()


def test_a_hidden_root_does_not_empty_the_page() -> None:
    """Pages that hide their body until a script has run are read all the same."""
    assert FIRST in read(attributes='style="display:none"').text


def test_controls_without_words_are_no_reason_for_a_flag() -> None:
    """Hidden icons and labels of a word or two are on every page."""
    assert read(ARTICLE + '<span aria-hidden="true">×</span><span hidden>Share</span>').flags == ()


@pytest.mark.covers("B-INJ-11", "B-ENC-12")
@pytest.mark.parametrize(
    "smuggled",
    [
        "".join(chr(0xE0000 + ord(char)) for char in SECRET),
        "".join("\u200b" if bit == "1" else "\u200c" for char in SECRET for bit in f"{ord(char):08b}"),
        "☺" + "".join(chr(0xE0100 + ord(char) - 16) for char in SECRET),
        "☺" + "".join(chr(0xFE00 + (ord(char) & 15)) for char in SECRET),
    ],
    ids=["tags", "zero width", "variation selectors", "first variation selectors"],
)
def test_smuggled_characters_are_taken_out_and_flagged(smuggled: str) -> None:
    """Invisible characters that spell an instruction are removed, from text and from pages."""
    article = Article.from_text(f"Moro leaves{smuggled} Varnia.")
    assert article.text.replace("☺", "") == "Moro leaves Varnia."
    assert "hidden_characters" in article.flags
    on_page = read_article(page(f"<p>{smuggled}</p>{ARTICLE}").encode())
    assert FIRST in on_page.text
    assert not set(smuggled) - {"☺"} & set(on_page.text)
