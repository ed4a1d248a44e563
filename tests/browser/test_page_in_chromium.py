"""The page in a real browser: what a click, a key, a phone, paper and a hostile article do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hostile import naughty_strings, payloads
from hostile_digest import hostile_digest

from briefgen.render import RenderOptions, render
from briefgen.render.digest_html import render_html
from digest_example import example_digest
from fixture_projection import Fixture
from page_digests import digest_of_text, long_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Opened

    Opens = Callable[..., Opened]

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
RADIOS = "#i-allegation-radios"


@cache
def example() -> str:
    return render_html(example_digest())


@cache
def long_page() -> str:
    """The visit rests on sentences 4 and 100 of a text that no screen holds."""
    return render_html(digest_of_text(long_text(), 4, 100))


@cache
def brief_page() -> str:
    fixture = Fixture("two_allegations", "good")
    return render(fixture.brief(), "html", RenderOptions(article=fixture.article()))


def marked(page: Page) -> list[str]:
    return page.locator("#evidence mark").all_inner_texts()


def current(page: Page) -> str:
    return page.locator("#evidence .now").inner_text()


def in_view(page: Page, selector: str, frame: str) -> bool:
    """Whether the element lies inside the frame, top and bottom."""
    inside: bool = page.evaluate(
        """([inner, outer]) => {
            const one = document.querySelector(inner).getBoundingClientRect();
            const other = document.querySelector(outer).getBoundingClientRect();
            return one.top >= other.top && one.bottom <= other.bottom;
        }""",
        [selector, frame],
    )
    return inside


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


# -- evidence -----------------------------------------------------------------------------------------------


def test_a_click_on_a_line_shows_its_sentence_highlighted_in_the_article(opens: Opens) -> None:
    page = opens(example()).page
    assert page.locator("#evidence").is_hidden()
    page.locator(f"{RADIOS} [data-l=Accused]").click()
    (jamming,) = marked(page)
    assert (
        jamming
        == "Osmark and the Free Ports on Monday accused Norland of jamming ships’ radios in the strait."
    )
    assert "Velian Wire" in page.locator("#evidence .from").inner_text()
    assert "Seven ships lost their radios" in page.locator("#evidence .panel-text").inner_text()
    assert page.locator("#evidence .for").inner_text().startswith("Osmark and the Free Ports accuse Norland")


def test_a_far_sentence_is_scrolled_into_view_and_the_page_stays_where_it_was(opens: Opens) -> None:
    page = opens(long_page()).page
    link = page.locator(".visits td[data-l=Sources] a.c")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    assert current(page) == "Harbour pilot 3 told the inquiry that the ferry had left the quay late."
    page.locator("#evidence .next").click()
    assert current(page) == "Harbour pilot 99 told the inquiry that the ferry had left the quay late."
    assert in_view(page, "#evidence .now", "#evidence .panel-text")
    assert page.evaluate("scrollY") == before


def test_the_sentences_of_all_articles_can_be_gone_through_in_order(opens: Opens) -> None:
    page = opens(example()).page
    page.locator(f"{RADIOS} [data-l=Claim] a.c").first.click()
    assert page.locator("#evidence .at").inner_text() == "Sentence 1 (1 of 2)"
    assert page.locator("#evidence .prev").is_disabled()
    page.locator("#evidence .next").click()
    assert "[9] Norland Herald" in page.locator("#evidence .from").inner_text()
    assert (
        current(page) == "At least four ships lost their radios last week, and the Free Ports blamed Norland."
    )
    assert page.locator("#evidence .next").is_disabled()


def test_the_number_of_an_article_opens_that_article(opens: Opens) -> None:
    page = opens(example()).page
    page.locator(f"{RADIOS} [data-l=Claim] a.c", has_text="9").click()
    assert "Norland Herald" in page.locator("#evidence .from").inner_text()


def test_where_the_text_was_not_kept_the_sentence_alone_is_shown(opens: Opens) -> None:
    page = opens(example()).page
    page.locator("#i-visit-renn-osmark").click()
    assert marked(page) == ["The Velian navy denied that Admiral Bo Renn would go to Osmark."]
    assert "text was not kept" in page.locator("#evidence .panel-text").inner_text()


def test_selecting_words_or_following_a_link_of_a_line_opens_nothing(opens: Opens) -> None:
    page = opens(example()).page
    page.locator("#changes .lead a").first.click()
    page.locator(f"{RADIOS} [data-l=Claim] .lead").dblclick()
    page.locator("#evidence .close").click()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#i-question-dahl .lead'))")
    page.locator("#i-question-dahl .label").dispatch_event("click")
    assert page.locator("#evidence").is_hidden()


# -- keyboard and screen readers ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_key_opens_the_evidence_and_escape_brings_the_focus_back(opens: Opens, key: str) -> None:
    page = opens(example()).page
    link = page.locator("#bottom-line a.c").first
    assert [link.get_attribute(name) for name in ("role", "aria-expanded", "aria-controls")] == [
        "button",
        "false",
        "evidence",
    ]
    link.focus()
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "h-evidence"
    assert link.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#evidence").is_hidden()
    assert link.get_attribute("aria-expanded") == "false"
    assert link.evaluate("element => element === document.activeElement")


def test_every_control_is_reached_with_the_tab_key_and_the_covered_contents_are_not(opens: Opens) -> None:
    page = opens(long_page()).page
    page.locator(".visits a.c").first.focus()
    page.keyboard.press("Enter")
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert reached == ["next", "close", "panel-text"]
    assert page.locator("nav a").first.is_hidden()


def test_what_assistive_software_sees_has_names_and_roles(opens: Opens) -> None:
    tree = opens(example()).page.locator("body").aria_snapshot()
    for seen in (
        'heading "Tuesday 10 June 2031" [level=1]',
        'navigation "In this brief"',
        'img "Timeline of 6 visits"',
        'table "Planned visits: when as reported, who, where, status, confirmations, sources"',
        'columnheader "Confirmed, and by whom"',
        'rowheader "Ana Ruiz"',
        'button "evidence: article 1"',
        'region "Where sources disagree"',
    ):
        assert seen in tree, seen


# -- widths, colours, paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["example", "one article", "words without an end"])
def test_no_width_needs_sideways_scrolling(opens: Opens, words: str) -> None:
    endless = render_html(hostile_digest("Donaudampfschiffahrt" * 40))
    page = opens({"example": example(), "one article": brief_page()}.get(words, endless)).page
    page.locator("#main a.c").first.click()
    for width in (320, 360, 700, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert overflow(page) <= 0, width


def test_on_a_phone_visits_are_cards_and_the_evidence_a_sheet_below_the_line(opens: Opens) -> None:
    page = opens(example(), **PHONE).page
    row = page.locator("#i-visit-ruiz-velia")
    assert row.locator("td").first.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert page.locator(".visits thead").is_hidden()
    row.locator("[data-l=Who]").tap()
    sheet, card = page.locator("#evidence").bounding_box(), row.bounding_box()
    assert sheet is not None
    assert card is not None
    assert sheet["y"] + sheet["height"] == pytest.approx(740, abs=1)
    assert sheet["height"] <= 740 * 0.63
    assert card["y"] < sheet["y"]
    assert in_view(page, "#evidence .now", "#evidence .panel-text")
    page.locator("#evidence .close").tap()
    assert page.locator("#evidence").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(opens: Opens, scheme: str) -> None:
    """Contrast of at least 4.5 to 1 (WCAG AA) of every text on the page and in the panel."""
    page = opens(example(), color_scheme=scheme).page
    page.locator(".visits a.c").first.click()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
    assert page.evaluate(_FAINT) == []


_FAINT = """() => {
  const level = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (!/, 0\\)$/.test(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.getClientRects().length || node.closest("button:disabled")) continue;
    const drawn = node.namespaceURI.endsWith("svg");
    const style = getComputedStyle(node);
    const [one, two] = [level(drawn ? style.fill : style.color), level(ground(node))].sort((a, b) => b - a);
    if ((one + 0.05) / (two + 0.05) < 4.5) faint.push(node.className + ": " + walker.currentNode.data);
  }
  return faint;
}"""


def test_on_paper_cited_sentences_are_notes_and_controls_are_gone(opens: Opens) -> None:
    page = opens(example()).page
    page.locator("#bottom-line a.c").first.click()
    page.emulate_media(media="print")
    for hidden in ("#evidence", "nav", ".read", "button"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator("#bottom-line .cites").first.inner_text() == "[1:1]"
    assert page.locator("#a3s1").is_visible()
    note = page.locator("#a3s1").evaluate("node => getComputedStyle(node, '::before').content")
    assert note.startswith('"1')
    assert overflow(page) <= 0


def test_on_paper_the_background_is_open_and_uncited_sentences_are_left_out(opens: Opens) -> None:
    page = opens(long_page()).page
    page.emulate_media(media="print")
    assert page.locator("#a1s100").is_visible()
    assert page.locator("#a1s5").is_hidden()
    other = opens(example()).page
    assert other.locator("#i-background-ferries").is_hidden()
    assert len(other.pdf(format="A4")) > 10_000
    other.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert other.locator("#i-background-ferries").is_visible()
    other.evaluate("dispatchEvent(new Event('afterprint'))")
    assert other.locator("#i-background-ferries").is_hidden()


def test_without_a_script_every_number_leads_to_its_sentence(opens: Opens) -> None:
    page = opens(example(), java_script_enabled=False).page
    assert page.locator("#evidence").is_hidden()
    link = page.locator(f"{RADIOS} [data-l=Claim] .sn a").first
    assert link.is_visible()
    link.click()
    sentence = page.locator("#a3s1")
    assert sentence.is_visible()
    box = sentence.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


# -- one article --------------------------------------------------------------------------------------------


def test_a_wide_page_of_a_brief_has_the_article_beside_it_from_the_start(opens: Opens) -> None:
    page = opens(brief_page()).page
    assert page.locator("#h-evidence").inner_text().lower() == "the article"
    assert marked(page) == []
    page.locator("#allegations a.c").nth(1).click()
    assert marked(page) == ["The Sorlandic navy denied it."]
    page.keyboard.press("Escape")
    assert page.locator("#evidence").is_visible()
    assert marked(page) == []


def test_a_phone_shows_the_article_of_a_brief_only_when_asked(opens: Opens) -> None:
    page = opens(brief_page(), **PHONE).page
    assert page.locator("#evidence").is_hidden()
    page.locator("#allegations a.c").nth(1).tap()
    assert marked(page) == ["The Sorlandic navy denied it."]


# -- hostile articles ---------------------------------------------------------------------------------------

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
