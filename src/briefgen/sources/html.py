"""HTML pages: hidden text out first, then trafilatura for the article's text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.sources.base import RawText
from briefgen.sources.decode import decode
from briefgen.sources.hidden import remove_hidden
from briefgen.sources.markup import no_article, parse_page, without_formatting
from briefgen.sources.page_metadata import Page, read_metadata, title_on_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FAST_FROM = 10_000  # elements: without the second and third extractor
_SHORT_PAGE = 600
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
    scripts = any(True for _ in tree.iter("script"))
    password = any(field.get("type", "").lower() == "password" for field in tree.iter("input"))
    if remove_hidden(tree):
        page.flags.insert(0, "hidden_text")
    title = page.metadata.title or title_on_page(tree)
    body = _without_title(_extracted(tree), title)
    _refuse_without_article(body, page, scripts=scripts, password=password)
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


def _refuse_without_article(body: str, page: Page, *, scripts: bool, password: bool) -> None:
    """Raise where the page is a login form, a consent wall, an error, or made by a script."""
    if not body:
        if scripts:
            raise no_article(
                "the page holds no text: a script would have to make it",
                "save the page from a browser, or give its text",
            )
        raise no_article("the page holds no article")
    if page.is_article or len(body) >= _SHORT_PAGE:
        return
    said = " ".join(f"{page.metadata.title or ''} {body}".lower().split())
    if password or any(phrase in said for phrase in _NO_ARTICLE):
        raise no_article("the page is a login, consent or error page, no article")
