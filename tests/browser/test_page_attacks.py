"""Hostile articles in a real browser: nothing runs, nothing loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hostile import naughty_strings, payloads
from hostile_digest import hostile_digest
from opened_page import example

from briefgen.render.digest_html import render_html
from digest_example import example_digest

if TYPE_CHECKING:
    from opened_page import Opens

pytestmark = pytest.mark.browser


ATTACKS = [
    "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)><svg onload=alert(1)>",
    "</style></script></title><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "\"' onmouseover=alert(1) autofocus onfocus=alert(1) style=background:url(http://evil.example/) x=\"'",
    "javascript:alert(1)//https://x",
    "<meta http-equiv=refresh content='0;url=http://evil.example'><base href=http://evil.example>",
]


@pytest.mark.covers("B-OUT-07", "B-OUT-15")
def test_markup_of_an_article_neither_runs_nor_loads_anything(opens: Opens) -> None:
    """The fixture sees to it: no dialog, no request, no message, no rule of the policy run into."""
    for text in ATTACKS:
        page = opens(render_html(hostile_digest(text))).page
        page.locator("#main a.c").first.click()
        page.locator("#main .line").nth(5).hover()
        assert page.evaluate("document.scripts.length") == 1
        assert page.locator("img, iframe, object, embed, form, base, video").count() == 0


@pytest.mark.covers("B-OUT-07", "B-OUT-11", "B-OUT-15")
def test_the_corpora_of_hostile_strings_run_nothing(opens: Opens, shared: Any) -> None:
    strings = [*payloads("web_html_js"), *payloads("markdown_js"), *naughty_strings()]
    example = example_digest()
    articles = [
        example.articles[0].model_copy(update={"number": n, "title": text, "publisher": text, "url": text})
        for n, text in enumerate(strings, 1)
    ]
    lines = [
        example.background[0].model_copy(update={"id": text, "text": text, "articles": (n,)})
        for n, text in enumerate(strings, 1)
    ]
    digest = example.model_copy(update={"articles": tuple(articles), "background": tuple(lines)})
    page = opens(render_html(digest)).page
    assert page.locator(".sources > li").count() == len(strings)
    assert page.evaluate("document.scripts.length") == 1
    page.locator(".sources .read a").nth(3).click()
    assert page.locator("#evidence").is_visible()


def test_the_policy_stops_what_is_not_ours(browser: Any, tmp_path: Any) -> None:
    """Even where escaping failed: a script, a handler, a style and a picture that somebody slips in are dead."""
    slipped = (
        "<script>document.title = 'run'</script><p id='slipped' style='color: red' onclick=\"document.title = 'run'\">x"
        "</p><img src='http://127.0.0.1:9/x.png'><form action='http://127.0.0.1:9/'><button id='send'>x</button></form>"
    )
    file = tmp_path / "slipped.html"
    file.write_text(example().replace('<main id="main">', f'<main id="main">{slipped}'), encoding="utf-8")
    page = browser.new_page()
    page.add_init_script(
        "window.violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective))"
    )
    page.goto(file.as_uri())
    page.locator("#slipped").click()
    assert page.title() == "Daily brief, Tuesday 10 June 2031"
    page.evaluate("document.getElementById('send').click()")
    page.wait_for_function("violations.includes('form-action')")
    assert set(page.evaluate("violations")) == {
        "script-src-elem", "script-src-attr", "style-src-attr", "img-src", "form-action",
    }  # fmt: skip
    page.close()


def test_right_to_left_names_leave_the_words_around_them_in_their_places(opens: Opens) -> None:
    page = opens(render_html(hostile_digest("زيارة الرئيسة"))).page
    name = page.locator("#positions .line bdi").first
    assert name.evaluate("node => getComputedStyle(node).direction") == "rtl"
    places = page.locator("#positions .line").first.evaluate(
        """line => ["bdi", ".label", ".cites"].map((part) => line.querySelector(part).getBoundingClientRect().left)"""
    )
    assert places == sorted(places)
