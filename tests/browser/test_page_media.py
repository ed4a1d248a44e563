"""The page on every width, in both colour schemes, on paper and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_digest import hostile_digest
from opened_page import PHONE, RADIOS, brief_page, example, in_view, long_page, overflow

from briefgen.render.digest_html import render_html

if TYPE_CHECKING:
    from opened_page import Opens

pytestmark = pytest.mark.browser


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
    title = page.locator("#evidence .for").bounding_box()
    assert title is not None
    assert title["height"] > 20, "a whole line of what is shown stands above the sentences"
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
