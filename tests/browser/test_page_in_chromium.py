"""Evidence in a real browser: what a click and a key show, beside a digest and beside a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opened_page import PHONE, RADIOS, brief_page, current, example, in_view, long_page, marked

if TYPE_CHECKING:
    from opened_page import Opens

pytestmark = pytest.mark.browser


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


def test_the_panel_ends_where_the_window_ends_wherever_the_page_is_scrolled_to(opens: Opens) -> None:
    page = opens(long_page()).page
    page.locator(".visits a.c").first.click()
    for top in (0, 40, 500):
        page.evaluate("top => scrollTo(0, top)", top)
        page.wait_for_function(
            "document.querySelector('#evidence').getBoundingClientRect().bottom <= innerHeight"
        )
        bottom = page.evaluate("document.querySelector('#evidence').getBoundingClientRect().bottom")
        assert bottom == pytest.approx(884, abs=2)


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


def test_an_address_that_ends_in_a_sentence_shows_it(opens: Opens) -> None:
    """A line of a mail may lead to any sentence, not only to the first behind a number."""
    opened = opens(long_page())
    opened.page.goto(f"{opened.address}#a1s77")
    assert marked(opened.page) == ["Harbour pilot 76 told the inquiry that the ferry had left the quay late."]
    assert in_view(opened.page, "#evidence .now", "#evidence .panel-text")
    opened.page.keyboard.press("Escape")
    opened.page.goto(f"{opened.address}#a1s7777")
    assert opened.page.locator("#evidence").is_hidden()


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


def test_a_window_that_grows_gets_the_article_beside_the_brief(opens: Opens) -> None:
    page = opens(brief_page(), width=700).page
    assert page.locator("#evidence").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#evidence").wait_for(state="visible")


def test_a_phone_shows_the_article_of_a_brief_only_when_asked(opens: Opens) -> None:
    page = opens(brief_page(), **PHONE).page
    assert page.locator("#evidence").is_hidden()
    page.locator("#allegations a.c").nth(1).tap()
    assert marked(page) == ["The Sorlandic navy denied it."]
