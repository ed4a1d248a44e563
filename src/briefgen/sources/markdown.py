"""Markdown: front matter to metadata, the rest to plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.errors import InputError
from briefgen.sources.base import Metadata, RawText
from briefgen.sources.decode import decode
from briefgen.sources.hidden import remove_hidden
from briefgen.sources.markup import parse_page
from briefgen.sources.page_metadata import line_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_CHARACTERS = 1_000_000
_FIELDS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "author": "author",
    "publisher": "publisher",
    "source": "publisher",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}
_MAX_FRONT_LINES = 100
_BLOCKS = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "tr", "div", "section", "article", "hr", "br", "body"),
    }
)
_GAPS = re.compile(r"\n\s*\n")


class MarkdownSource:
    """Markdown, with or without front matter."""

    def read(self, data: bytes, name: str) -> RawText:
        decoded = decode(data)
        if len(decoded.text) > _MAX_CHARACTERS:
            raise InputError(
                f"{name} has more than {_MAX_CHARACTERS:,} characters of Markdown",
                hint="give it as plain text",
                code="input_too_big",
            )
        metadata, body = split_front_matter(decoded.text)
        text, heading, hidden = _plain(body)
        flags = (*decoded.flags, "hidden_text") if hidden else decoded.flags
        title = metadata.title or heading
        if title and title == heading and text.startswith(title):
            text = text[len(title) :].lstrip() or text
        return RawText(text, replace(metadata, title=title), flags)


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """Split off a leading block of ``key: value`` lines between two ``---`` lines."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return Metadata(), text
    for end, line in enumerate(lines[1:_MAX_FRONT_LINES], start=1):
        if line.rstrip() in ("---", "..."):
            return _front_matter(lines[1:end]), "\n".join(lines[end + 1 :])
    return Metadata(), text


def _front_matter(lines: list[str]) -> Metadata:
    found: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        field = _FIELDS.get(key.strip().lower())
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if colon and field and value:
            found.setdefault(field, value)
    return Metadata(**found)


def _plain(markdown: str) -> tuple[str, str | None, bool]:
    """Return text without mark-up, the first ``# title``, and whether hidden words were taken out.

    By way of HTML, so that HTML inside the Markdown is judged as in a page.
    """
    if not markdown.strip():
        return "", None, False
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 30 ms that only Markdown needs

    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    tree = parse_page(f"<html><body>{page}</body></html>")
    hidden = remove_hidden(tree)
    return _text_of(tree), line_of(tree, "h1"), hidden


def _text_of(tree: HtmlElement) -> str:
    """Return the text with an empty line around each block; line ends inside a paragraph are spaces."""
    pieces: list[str] = []
    for step, element in _walk(tree):
        gap = "\n\n" if element.tag in _BLOCKS else " " if element.tag in ("td", "th") else ""
        after = element.text if step == "start" else element.tail
        pieces += (gap, (after or "").replace("\n", " "))
    return _GAPS.sub("\n\n", "".join(pieces)).strip()


def _walk(tree: HtmlElement) -> list[tuple[str, HtmlElement]]:
    from lxml import etree  # noqa: PLC0415 - as above

    return list(etree.iterwalk(tree, events=("start", "end")))
