"""A page in the browser, and whatever it did that no page of ours may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from briefgen.render import RenderOptions, render
from briefgen.render.digest_html import render_html
from digest_example import example_digest
from fixture_projection import Fixture
from page_digests import digest_of_text, long_text

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Opened:
    """``trouble``: requests, messages, errors and dialogs. ``address``: the file, the one thing it may ask for."""

    page: Page
    address: str
    trouble: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Directives of the policy that something on the page ran into."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def watch(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self.trouble.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.trouble.append(f"dialog: {dialog.message}"))
        self.page.on("popup", lambda _: self.trouble.append("popup"))

    def _asked(self, request: Any) -> None:
        if request.url.partition("#")[0] != self.address:
            self.trouble.append(f"request: {request.url}")


Opens: TypeAlias = Callable[..., Opened]

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
