"""HTML pages: hidden text out first, then trafilatura for the article's text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.sources.base import RawText
from briefgen.sources.decode import decode
from briefgen.sources.hidden import remove_hidden
from briefgen.sources.markup import no_article, parse_page, without_formatting
from briefgen.sources.page_metadata import line_of, read_metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from briefgen.errors import InputError

_FAST_FROM = 10_000  # elements: without the second and third extractor
_SHORT_PAGE = 600
_LOGIN_PAGE = 200
_TEASER = 1500
_BULLET = re.compile(r"^- ", re.MULTILINE)
# What a page says that stands where an article should be; looked for in short pages only.
_NO_ARTICLE = (
    *("page not found", "page cannot be found", "page could not be found", "error 404", "404 not found"),
    *("access denied", "just a moment", "are you a robot", "not a robot", "verify you are human"),
    *("enable javascript", "javascript is disabled", "requires javascript", "turn on javascript"),
    *(
        "before you continue",
        "we value your privacy",
        "we use cookies",
        "accept all cookies",
        "manage cookies",
    ),
    *("log in to continue", "sign in to continue", "log in to your account", "sign in to your account"),
    *("forgot your password", "forgotten your password", "session has expired", "service unavailable"),
)


class HtmlSource:
    """One article's page."""

    def read(self, data: bytes, name: str) -> RawText:  # noqa: ARG002 - the interface's
        decoded = decode(data, markup=True)
        return read_page(decoded.text, decoded.flags)


def read_page(text: str, flags: tuple[str, ...] = ()) -> RawText:
    """Return the article of an HTML page.

    Raises :class:`briefgen.errors.InputError` (``no_article_text``, ``input_too_complex``, ``input_too_big``).
    """
    tree = parse_page(text)
    page = read_metadata(tree)
    scripted = next(tree.iter("script"), None) is not None
    password = any(field.get("type", "").lower() == "password" for field in tree.iter("input"))
    if remove_hidden(tree):
        page.flags.insert(0, "hidden_text")
    heading, name = line_of(tree, "h1"), line_of(tree, "title")
    title = page.metadata.title or heading or name
    body = _without_title(_extracted(tree), title)
    if not any(map(str.isalnum, body)):
        raise _empty(scripted=scripted)
    login = password and len(body) < _LOGIN_PAGE  # many pages have a form for it in their frame
    may_stand_in = not page.is_article and len(body) < _SHORT_PAGE
    if may_stand_in and (login or _stands_in(f"{heading} {name} {body}")):
        raise no_article("the page is a login, consent or error page, no article")
    if page.is_teaser and len(body) < _TEASER:
        page.flags.append("too_short")
    return RawText(body, replace(page.metadata, title=title), (*flags, *page.flags))


def _extracted(tree: HtmlElement) -> str:
    import trafilatura  # noqa: PLC0415 - 200 ms that only HTML needs

    tree = without_formatting(tree)
    fast = sum(1 for _ in tree.iter()) > _FAST_FROM
    text = trafilatura.extract(tree, output_format="txt", include_comments=False, fast=fast)
    return _BULLET.sub("", text or "").strip()


def _without_title(body: str, title: str | None) -> str:
    first, _, rest = body.partition("\n")
    if title and rest.strip() and " ".join(first.split()) == " ".join(title.split()):
        return rest.strip()
    return body


def _empty(*, scripted: bool) -> InputError:
    if scripted:
        return no_article(
            "the page holds no text: a script would have to make it",
            "save the page from a browser, or give its text",
        )
    return no_article("the page holds no article")


def _stands_in(said: str) -> bool:
    """Say whether a short page is a login, consent or error page."""
    words = " ".join(said.lower().split())
    return any(phrase in words for phrase in _NO_ARTICLE)
