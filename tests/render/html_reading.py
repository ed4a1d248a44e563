"""Reading the page: its tree, its policy, and what it shows under which heading."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

ELEMENTS = {
    "html", "head", "meta", "title", "style", "script", "body", "a", "header", "p", "h1", "h2", "h3", "div",
    "strong", "span", "bdi", "b", "nav", "ul", "ol", "li", "main", "section", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "figure", "svg", "defs", "pattern", "rect", "line", "text", "path", "i",
    "details", "summary", "cite", "time", "code", "aside", "button", "kbd", "footer",
}  # fmt: skip
"""Every element of our templates."""


SECTIONS = [
    "bottom-line", "changes", "visits", "allegations", "motives", "positions", "conflicts", "questions",
    "background", "actors", "sources",
]  # fmt: skip
"""Sections of a digest's page, in their order."""


def read(page: str) -> HtmlElement:
    return html.document_fromstring(page)


def shown(node: HtmlElement | Iterable[HtmlElement]) -> str:
    """The words of an element, or of several, single spaced; style and script left out."""
    nodes = [node] if isinstance(node, html.HtmlElement) else list(node)
    texts = (
        text for each in nodes for text in each.xpath(".//text()[not(ancestor::style or ancestor::script)]")
    )
    return " ".join("".join(texts).split())


def part(page: HtmlElement, section: str) -> HtmlElement:
    """A section by its id."""
    return page.xpath("//section[@id=$name]", name=section)[0]


def with_class(node: HtmlElement, name: str) -> list[HtmlElement]:
    found: list[HtmlElement] = node.xpath(".//*[contains(concat(' ', @class, ' '), $name)]", name=f" {name} ")
    return found


def line(page: HtmlElement, line_id: str) -> HtmlElement:
    return page.xpath("//*[@id=$name]", name=f"i-{line_id}")[0]


def policy(page: HtmlElement) -> dict[str, str]:
    """The directives of the Content Security Policy."""
    (content,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return dict(directive.strip().split(" ", 1) for directive in content.split(";"))


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def inlined(page: str, element: str) -> list[str]:
    """What stands in every ``<style>`` or ``<script>``, byte for byte as a browser takes it."""
    return re.findall(f"<{element}>(.*?)</{element}>", page, re.DOTALL)


def problems(page: str) -> list[str]:
    """What no page may hold: foreign elements, handlers, styles, addresses of anything but our own places."""
    tree = read(page)
    found = [f"<{each.tag}>" for each in tree.iter() if not isinstance(each.tag, str)]
    for each in tree.iter():
        if each.tag not in ELEMENTS and not (each.tag == "title" and each.getparent().tag in {"svg", "rect"}):
            found.append(f"<{each.tag}>")
        for name, value in each.attrib.items():
            if name.startswith("on") or name in {
                "style",
                "src",
                "srcset",
                "action",
                "formaction",
                "xlink:href",
            }:
                found.append(f"{name}={value}")
            if name == "href" and not value.startswith("#"):
                outside = (
                    each.tag == "a" and re.match("https?://", value) and "noreferrer" in each.get("rel", "")
                )
                found += [] if outside else [f"href={value}"]
    found += [
        f"{len(inlined(page, name))} <{name}>"
        for name in ("style", "script")
        if len(inlined(page, name)) != 1
    ]
    return found
