"""HTML to a tree, within limits that are checked before a tree is built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement, HTMLParser

MAX_MARKUP = 20_000_000
"""Longest page, in characters, without the files inlined in it."""

MAX_ELEMENTS = 40_000
"""Most elements: a live blog has 20,000; the extractor takes some seconds for these."""

MAX_DEPTH = 250
"""Deepest nesting: from 256 on libxml2 drops what is inside without a word."""

MAX_ATTRIBUTES = 500
"""Most attributes of one element: libxml2 takes quadratic time for them."""

# An inlined image of some megabytes would break libxml2's limit for attributes; it holds no text anyway.
_INLINED = re.compile(r"data:(?:image|video|audio|font|application|text)/[^\s\"'<>)]+", re.IGNORECASE)
# What only formats. Left in, thousands of these in one paragraph take trafilatura quadratic time.
_FORMATTING = (
    *("b", "strong", "i", "em", "u", "font", "big", "small", "sub", "sup", "mark", "abbr", "acronym"),
    *("cite", "ins", "kbd", "samp", "var", "bdi", "bdo", "nobr", "wbr", "tt"),
)
_MAX_INLINE = 200


def parse_page(text: str) -> HtmlElement:
    """Parse a page. Nothing is fetched, no entity leads outside.

    Raises :class:`InputError` (``input_too_big``, ``input_too_complex``, ``no_article_text``).
    """
    from lxml import etree, html  # noqa: PLC0415 - 40 ms that only HTML needs

    markup = _INLINED.sub("", text).replace("\0", "")
    if len(markup) > MAX_MARKUP:
        raise InputError(
            f"the page has {len(markup):,} characters, more than {MAX_MARKUP:,}", code="input_too_big"
        )
    data = markup.encode("utf-8", "replace")
    if not data.strip():
        raise no_article("the page is empty")
    counter = etree.HTMLParser(target=_Counter(), encoding="utf-8", no_network=True)
    # lxml raises what the counter raises; markup that is broken beyond recovery raises ParserError.
    try:
        etree.fromstring(data, counter)
        tree = html.document_fromstring(data, _parser())
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise no_article("the page is empty") from error
    return tree


def no_article(message: str, hint: str = "give the page of one article, or its text") -> InputError:
    """Return the error for a page without an article."""
    return InputError(message, hint=hint, code="no_article_text")


class _Counter:
    """Parser target that counts and builds nothing."""

    def __init__(self) -> None:
        self.elements = 0
        self.depth = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:  # noqa: ARG002
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS:
            raise _too_complex(f"more than {MAX_ELEMENTS:,} elements")
        if self.depth > MAX_DEPTH:
            raise _too_complex(f"elements nested more than {MAX_DEPTH} deep")
        if len(attrib) > MAX_ATTRIBUTES:
            raise _too_complex(f"an element with more than {MAX_ATTRIBUTES} attributes")

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        pass

    def comment(self, text: str | bytes) -> None:
        pass

    def close(self) -> None:
        pass


def _too_complex(what: str) -> InputError:
    return InputError(f"the page has {what}", hint="give the text of the article", code="input_too_complex")


def without_formatting(tree: HtmlElement) -> HtmlElement:
    """Return the tree without elements that only format, their text kept; the extractor is quadratic in them."""
    from lxml import etree, html  # noqa: PLC0415 - as above

    for span in tree.iter("span"):
        if not span.attrib:
            span.tag = "b"
    for parent in tree.iter():
        if len(parent) > _MAX_INLINE:
            for child in parent.iterchildren("a", "span", "q", "code", "label", "time"):
                child.tag = "b"
    for cell in tree.iter("td"):
        if cell.find("h1") is not None or len(cell.findall("p")) > 1:
            _unwrap_layout(cell)
    etree.strip_tags(tree, *_FORMATTING)
    # Parsed anew, because what was stripped leaves a text node each, and reading one reads all beside it.
    return html.document_fromstring(html.tostring(tree, encoding="utf-8"), _parser())


def _unwrap_layout(cell: HtmlElement) -> None:
    """Make blocks of a table that only places things: as a table its paragraphs would become one line."""
    row = cell.getparent()
    if row is None or row.tag != "tr":
        return
    for part in (row, *row.iterchildren("td"), *row.iterancestors("tbody", "table")):
        part.tag = "div"


def _parser() -> HTMLParser:
    from lxml import html  # noqa: PLC0415 - as above

    return html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
