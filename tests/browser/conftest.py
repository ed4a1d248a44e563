"""A real Chromium for the tests of the page, where the machine has one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opened_page import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

sys.path.append(str(Path(__file__).resolve().parents[1] / "render"))  # hostile strings and example briefs

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of a module and not of the session: its event loop would be in the way of tests that have their own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright to drive a browser")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip(f"needs a Chromium: none of {', '.join(_NAMES)} is on this machine")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=list(_QUIET))
        yield opened
        opened.close()


@pytest.fixture
def opens(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page from a file. Afterwards: it asked for nothing, said nothing and ran into no rule."""
    every: list[Opened] = []

    def opening(html: str, *, width: int = 1280, height: int = 900, **context: Any) -> Opened:
        file = tmp_path / f"page-{len(every)}.html"
        file.write_text(html, encoding="utf-8")
        made = browser.new_context(viewport={"width": width, "height": height}, **context)
        made.add_init_script(_VIOLATIONS)
        opened = Opened(made.new_page(), file.as_uri())
        opened.watch()
        every.append(opened)
        opened.page.goto(opened.address)
        return opened

    yield opening
    for opened in every:
        scripted = opened.page.evaluate("document.documentElement.classList.contains('js')")
        assert opened.trouble == []
        assert not scripted or opened.violations() == []
        opened.page.context.close()
